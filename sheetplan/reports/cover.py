"""What every sheet of a report has: its title, and on the cover of a pack the key to ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetplan.model.month import Month
from sheetplan.model.report_line import Line, LineValue
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import definition, rating_words

COVER = "Cover"


def title_of(phrase: str, month: Month, settings: Settings) -> str:
    """The title of a report: the phrase with the council's name, where it is known."""
    reports = settings.reports
    return reports.say(phrase, council=reports.council, month=month).strip()


def cover_cells(title: str, month: Month, settings: Settings) -> dict[str, LineValue]:
    """The single cells of a cover."""
    reports = settings.reports
    return {
        "title": title,
        "about": reports.say("cover_about"),
        "council": reports.council or reports.say("not_stated"),
        "month": month.label,
        "contact": reports.contact or reports.say("not_stated"),
    }


def cover_lines(sheets: Mapping[str, str], settings: Settings) -> list[Line]:
    """The lines of a cover: the sheets with what each holds, and what the ratings mean."""
    return [
        Line("sheet_heading", {}),
        *(Line("sheet", {"sheet": name, "about": about}) for name, about in sheets.items()),
        Line("key_heading", {}),
        *_key(settings),
    ]


def sheet_cells(sheet: str, about: str, month: Month, settings: Settings) -> dict[str, LineValue]:
    """The single cells of a sheet in a pack."""
    title = settings.reports.say("sheet_title", sheet=sheet, month=month)
    return {"title": title, "about": about}


def _key(settings: Settings) -> Iterator[Line]:
    reports = settings.reports
    for entry in settings.legend:
        yield Line(
            "key",
            {
                "rating": rating_words(entry.meaning, entry.rag, reports),
                "meaning": definition(entry.meaning, reports),
            },
        )
