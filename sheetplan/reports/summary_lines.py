"""The exception summary as lines: one sheet laid out by theme for reading, or a table a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetplan.model.report_line import Line, LineValue
from sheetplan.reports.content import (
    ActionLine,
    ExceptionSummary,
    FocusBlock,
    Numbers,
    ThemeSummary,
)
from sheetplan.reports.cover import COVER, cover_cells, cover_lines, sheet_cells, title_of
from sheetplan.reports.line_values import (
    Values,
    achievement_values,
    attention_values,
    exception_values,
    issue_words,
    labelled_values,
    milestone_values,
    month_values,
    movement_values,
)
from sheetplan.reports.patterns import SUMMARY_PACK
from sheetplan.settings import Settings


class _PackSheet(NamedTuple):
    """A sheet of the pack: its rows' pattern, what says what it holds, and where and what it says
    of a theme that has nothing on it."""

    pattern: str
    about: str
    said_in: str
    nothing: str


_SHEETS = {
    "Numbers": _PackSheet("theme_month", "about_numbers", "on_track_or_complete", "no_actions"),
    "Movement": _PackSheet("movement", "about_movement", "references", "no_month_before"),
    "Focus 1": _PackSheet("labelled", "about_focus", "text", "no_focus"),
    "Exceptions": _PackSheet("exception", "about_exceptions", "commentary", "no_exceptions"),
    "To note": _PackSheet("attention", "about_attention", "commentary", "nothing_to_note"),
    "Achievements": _PackSheet("achievement", "about_achievements", "wording", "no_achievements"),
    "Milestones": _PackSheet("milestone", "about_milestones", "milestone", "no_milestones"),
}
"""The sheets of the pack after its cover."""
_PLACEHOLDERS = {
    (sheet.sheet, pattern.name): pattern.placeholders
    for sheet in SUMMARY_PACK
    for pattern in sheet.rows
}
_SHORT = 2  # months of a theme's numbers; the whole plan's show all, as its chart does


def title(summary: ExceptionSummary, settings: Settings) -> str:
    """The title of the summary."""
    return title_of("summary_title", summary.month, settings)


def cells(summary: ExceptionSummary, settings: Settings) -> dict[str, LineValue]:
    """The single cells of the sheet in the tracker."""
    return {
        "title": title(summary, settings),
        "about": settings.reports.say("summary_about"),
        "numbers": summary.numbers.sentence,
    }


def sheet_lines(summary: ExceptionSummary, settings: Settings) -> list[Line]:
    """The lines of the sheet in the tracker: the whole plan, then theme by theme."""
    return list(_SheetLines(summary, settings).lines())


class _SheetLines:
    def __init__(self, summary: ExceptionSummary, settings: Settings) -> None:
        self._summary = summary
        self._settings = settings
        self._say = settings.reports.say

    def lines(self) -> Iterator[Line]:
        numbers = self._summary.numbers
        yield self._section("whole_plan")
        yield Line("month_heading", {})
        for counts in numbers.months:
            yield Line("month", month_values(counts, self._settings))
        yield Line("chart", {})
        yield from self._movement(numbers)
        for theme in self._summary.themes:
            yield from self._theme(theme)

    def _theme(self, theme: ThemeSummary) -> Iterator[Line]:
        yield Line("theme", {"theme": theme.title})
        yield self._section("section_numbers")
        yield Line("text", {"text": theme.numbers.sentence})
        yield Line("month_heading", {})
        for counts in theme.numbers.months[-_SHORT:]:
            yield Line("theme_month", month_values(counts, self._settings))
        yield from self._movement(theme.numbers)
        yield self._section("section_focus")
        for block in theme.focus_blocks:
            yield from self._block(block)
        if not theme.focus_blocks:
            yield self._text("no_focus")
        yield self._section("section_exceptions")
        yield from self._exceptions(theme.exceptions)
        if not theme.exceptions:
            yield self._text("no_exceptions")
        noted = attention_values(theme.attention, self._summary, self._settings)
        yield from self._table("attention", "nothing_to_note", noted)
        achieved = achievement_values(theme, self._settings)
        yield from self._table("achievement", "no_achievements", achieved)
        milestones = map(milestone_values, theme.milestones)
        yield from self._table("milestone", "no_milestones", milestones)

    def _movement(self, numbers: Numbers) -> Iterator[Line]:
        if self._summary.previous is None:
            yield self._text("no_month_before", month=self._summary.month)
            return
        yield Line("movement_heading", {})
        for values in movement_values(numbers, self._settings):
            yield Line("movement", values)

    def _block(self, block: FocusBlock) -> Iterator[Line]:
        yield Line("block", {"reference": block.reference, "title": block.title})
        said = ""
        for values in labelled_values(block, self._settings):
            label = values["label"]
            yield Line("labelled", {**values, "label": "" if label == said else label})
            said = str(label)
        yield from self._exceptions(block.issues, self._say("issues"))

    def _exceptions(self, lines: Iterable[ActionLine], label: str = "") -> Iterator[Line]:
        values = [exception_values(line, self._settings) for line in lines]
        if values:
            if label:
                yield Line("labelled", {"label": label, "text": ""})
            yield Line("exception_heading", {})
            yield from (Line("exception", row) for row in values)

    def _table(self, pattern: str, nothing: str, rows: Iterable[Values]) -> Iterator[Line]:
        sections = {
            "attention": "section_attention",
            "achievement": "section_achievements",
            "milestone": "section_milestones",
        }
        yield self._section(sections[pattern])
        lines = [Line(pattern, values) for values in rows]
        if not lines:
            yield self._text(nothing)
            return
        yield Line(f"{pattern}_heading", {})
        yield from lines

    def _section(self, phrase: str) -> Line:
        return Line("section", {"text": self._say(phrase)})

    def _text(self, phrase: str, **values: object) -> Line:
        return Line("text", {"text": self._say(phrase, **values)})


def pack_cells(summary: ExceptionSummary, settings: Settings) -> dict[str, dict[str, LineValue]]:
    """The single cells of each sheet of the pack."""
    found = {COVER: cover_cells(title(summary, settings), summary.month, settings)}
    for name, sheet in _SHEETS.items():
        about = settings.reports.say(sheet.about)
        found[name] = sheet_cells(name, about, summary.month, settings)
    return found


def pack_lines(summary: ExceptionSummary, settings: Settings) -> dict[str, list[Line]]:
    """The lines of each sheet of the pack, in its order."""
    abouts = {name: settings.reports.say(sheet.about) for name, sheet in _SHEETS.items()}
    found = {COVER: cover_lines(abouts, settings), **{name: [] for name in _SHEETS}}
    whole_plan = settings.reports.say("whole_plan")
    for counts in summary.numbers.months:
        values = month_values(counts, settings)
        found["Numbers"].append(Line("month", {"theme": whole_plan, **values}))
    for theme in summary.themes:
        for name, rows in _tables(theme, summary, settings).items():
            rows = rows or [_nothing(name, summary, settings)]
            pattern = _SHEETS[name].pattern
            found[name] += [Line(pattern, {**values, "theme": theme.title}) for values in rows]
    return found


def _nothing(name: str, summary: ExceptionSummary, settings: Settings) -> Values:
    """The row of a theme that has nothing on a sheet: it says so, so that no table is empty."""
    sheet = _SHEETS[name]
    blank: Values = dict.fromkeys(_PLACEHOLDERS[name, sheet.pattern], "")
    return {**blank, sheet.said_in: settings.reports.say(sheet.nothing, month=summary.month)}


def _tables(
    theme: ThemeSummary, summary: ExceptionSummary, settings: Settings
) -> dict[str, list[Values]]:
    """What a theme has on each sheet of the pack."""
    return {
        "Numbers": list(_number_rows(theme.numbers, settings)),
        "Movement": list(movement_values(theme.numbers, settings)) if summary.previous else [],
        "Focus 1": list(_focus_rows(theme, settings)),
        "Exceptions": [exception_values(line, settings) for line in theme.exceptions],
        "To note": list(attention_values(theme.attention, summary, settings)),
        "Achievements": list(achievement_values(theme, settings)),
        "Milestones": [milestone_values(line) for line in theme.milestones],
    }


def _number_rows(numbers: Numbers, settings: Settings) -> Iterator[Values]:
    """The months of a theme; its last alone, which says so, where it has no actions."""
    if numbers.months[-1].total:
        yield from (month_values(counts, settings) for counts in numbers.months)
        return
    sheet = _SHEETS["Numbers"]
    none = settings.reports.say(sheet.nothing)
    yield {**month_values(numbers.months[-1], settings), sheet.said_in: none}


def _focus_rows(theme: ThemeSummary, settings: Settings) -> Iterator[Values]:
    for block in theme.focus_blocks:
        head: Values = {"reference": block.reference, "title": block.title}
        for values in labelled_values(block, settings):
            yield {**head, **values}
        for line in block.issues:
            label = settings.reports.say("issues")
            yield {**head, "label": label, "text": issue_words(line, settings)}
