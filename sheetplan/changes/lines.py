"""What changed as lines for templates: a workbook of its own, with a sheet for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetplan.changes.content import Change, PlanChanges
from sheetplan.changes.patterns import CHANGES_SHEETS, COVER_SHEET
from sheetplan.changes.word_diff import with_new_words_bold
from sheetplan.changes.wording import (
    action_changes,
    count_words,
    field_words,
    file_words,
    moved_words,
    span_words,
)
from sheetplan.model.report_line import Line, LineValue, SheetText
from sheetplan.settings import Settings

Values = dict[str, LineValue]

_ABOUT = {
    "Actions": "about_changed_actions",
    "Texts": "about_changed_texts",
    "Dates": "about_changed_dates",
    "Statuses": "about_changed_statuses",
    "Past months": "about_changed_past",
    "Structure": "about_changed_structure",
}
"""What says what a sheet holds, by its name."""


def changes_title(settings: Settings) -> str:
    """The title of the workbook."""
    reports = settings.reports
    return reports.say("changes_title", council=reports.council).strip()


def sheet_texts(changes: PlanChanges, settings: Settings) -> dict[str, SheetText]:
    """What each sheet of the workbook says, by its name in the template, in order."""
    lines = _lines(changes, settings)
    span = span_words(changes, settings)
    texts = {COVER_SHEET.sheet: _cover(changes, lines, settings)}
    for name, phrase in _ABOUT.items():
        title = settings.reports.say("sheet_title", sheet=name, month=span)
        cells: Values = {"title": title, "about": settings.reports.say(phrase)}
        texts[name] = SheetText(lines[name], cells)
    return texts


def _lines(changes: PlanChanges, settings: Settings) -> dict[str, list[Line]]:
    rows = {
        "Actions": _action_rows(changes, settings),
        "Texts": _text_rows(changes),
        "Dates": _date_rows(changes, settings),
        "Statuses": _status_rows(changes, settings),
        "Past months": _past_rows(changes),
        "Structure": _structure_rows(changes),
    }
    patterns = {sheet.sheet: sheet.rows[0].name for sheet in CHANGES_SHEETS}
    return {name: [Line(patterns[name], row) for row in found] for name, found in rows.items()}


def _action_rows(changes: PlanChanges, settings: Settings) -> Iterator[Values]:
    for words, change, before, after in action_changes(changes, settings):
        yield {"change": words, **_of(change), "before": before, "after": after}


def _text_rows(changes: PlanChanges) -> Iterator[Values]:
    for change in changes.fields:
        texts = _texts(change.before, change.after)
        yield {**_of(change), "field": field_words(change), **texts}


def _date_rows(changes: PlanChanges, settings: Settings) -> Iterator[Values]:
    for change in changes.dates:
        yield {
            **_of(change),
            "field": field_words(change),
            "before": change.before,
            "after": change.after,
            "moved": moved_words(change, settings),
            "months": "" if change.months is None else change.months,
        }


def _status_rows(changes: PlanChanges, settings: Settings) -> Iterator[Values]:
    for change in changes.statuses:
        yield {
            **_of(change),
            "rating_before": change.before,
            "rating_after": change.after,
            "movement": settings.reports.say(change.movement.value.replace(" ", "_")),
        }


def _past_rows(changes: PlanChanges) -> Iterator[Values]:
    for change in changes.past:
        yield {
            **_of(change),
            "month": change.month.label,
            "field": change.field.capitalize(),
            **_texts(change.before, change.after),
        }


def _structure_rows(changes: PlanChanges) -> Iterator[Values]:
    for change in changes.structure:
        yield {
            "change": change.what.capitalize(),
            "sheets": ", ".join(change.sheets),
            "before": change.before,
            "after": change.after,
        }


def _of(change: Change) -> Values:
    return {"reference": change.reference, "theme": change.theme, "action": change.action}


def _texts(before: str, after: str) -> Values:
    return {"before": before, "after": with_new_words_bold(before, after)}


def _cover(changes: PlanChanges, sheets: Mapping[str, list[Line]], settings: Settings) -> SheetText:
    reports = settings.reports
    lines = [Line("sheet_heading", {})]
    for name, rows in sheets.items():
        about = f"{reports.say(_ABOUT[name])} {count_words(len(rows), settings)}."
        lines.append(Line("sheet", {"sheet": name, "about": about}))
    if changes.findings:
        lines.append(Line("finding_heading", {}))
        for finding in changes.findings:
            lines.append(Line("finding", {"place": finding.place, "message": finding.message}))
    cells: Values = {
        "title": changes_title(settings),
        "about": reports.say("changes_about", months=span_words(changes, settings)),
        "council": reports.council or reports.say("not_stated"),
        "older": file_words(changes.older, settings),
        "newer": file_words(changes.newer, settings),
        "contact": reports.contact or reports.say("not_stated"),
    }
    return SheetText(lines, cells)
