"""What changed in the plan since an older copy, as a section of the exception summary.

How ratings moved is told by the summary itself, and updates stand in it; so this is what became of
the plan: its actions, its dates, and its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sheetplan.changes.content import Change, PlanChanges
from sheetplan.changes.patterns import SINCE_SHEET
from sheetplan.changes.word_diff import with_new_words_bold
from sheetplan.changes.wording import action_changes, field_words, moved_words
from sheetplan.model.month import Month
from sheetplan.model.report_line import Line, LineValue, RichText, SheetText
from sheetplan.reports.cover import sheet_cells
from sheetplan.settings import Settings


class _Row(NamedTuple):
    of: Change
    change: str
    before: str
    after: LineValue


def section_lines(changes: PlanChanges, settings: Settings) -> Iterator[Line]:
    """The section at the end of the summary's sheet."""
    reports = settings.reports
    yield Line("theme", {"theme": reports.say("section_changes", month=_since(changes))})
    rows = list(_rows(changes, settings))
    if not rows:
        yield Line("text", {"text": reports.say("no_changes")})
        return
    yield Line("change_heading", {})
    for row in rows:
        yield Line("change", {**_known(row), "text": _arrow(row.before, row.after)})


def since_sheet(changes: PlanChanges, month: Month, settings: Settings) -> SheetText:
    """The sheet of the pack."""
    about = settings.reports.say("section_changes", month=_since(changes))
    rows = list(_rows(changes, settings))
    lines = [
        Line("change", {**_known(row), "theme": row.of.theme, "before": row.before,
                        "after": row.after})
        for row in rows
    ]  # fmt: skip
    if not lines:
        blank = dict.fromkeys(SINCE_SHEET.rows[0].placeholders, "")
        lines.append(Line("change", {**blank, "theme": settings.reports.say("no_changes")}))
    return SheetText(lines, sheet_cells(SINCE_SHEET.sheet, f"{about}.", month, settings))


def since_cover(changes: PlanChanges, settings: Settings) -> Line:
    """The line of the pack's cover that names the sheet."""
    about = settings.reports.say("section_changes", month=_since(changes))
    return Line("sheet", {"sheet": SINCE_SHEET.sheet, "about": f"{about}."})


def _since(changes: PlanChanges) -> str:
    """The older copy's month; its name where it has none."""
    return str(changes.older.month or changes.older.name)


def _rows(changes: PlanChanges, settings: Settings) -> Iterator[_Row]:
    gone = settings.reports.say("taken_out")
    for action in action_changes(changes, settings):
        yield _Row(action.change, action.words, action.before, action.after)
    for date in changes.dates:
        moved = moved_words(date, settings)
        after = f"{date.after} ({moved})" if date.after else moved
        yield _Row(date, field_words(date), date.before, after)
    for field in changes.fields:
        if field.month is None:
            words = with_new_words_bold(field.before, field.after) or gone
            yield _Row(field, field_words(field), field.before, words)


def _known(row: _Row) -> dict[str, LineValue]:
    return {"reference": row.of.reference, "action": row.of.action, "change": row.change}


def _arrow(before: str, after: LineValue) -> LineValue:
    """What was and what is in one cell: "Jul-26 → Oct-26 (3 months later)"."""
    if not (before and after):
        return before or after
    if isinstance(after, RichText):
        return RichText(((f"{before} → ", False), *after.runs))
    return f"{before} → {after}"
