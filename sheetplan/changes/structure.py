"""What differs in how two workbooks are made: sheets, columns, drop-downs, colour rules, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetplan.changes.content import PlanFile, StructureChange
from sheetplan.changes.sameness import is_same_text
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import without_months
from sheetplan.model.wording import compact
from sheetplan.model.workbook_structure import (
    ColumnStructure,
    SheetStructure,
    WorkbookStructure,
)

_EXCELS_OWN = "_xlnm."


class _Found(NamedTuple):
    what: str
    before: str = ""
    after: str = ""


def structure_changes(
    older: PlanFile, newer: PlanFile, theme_pairs: Mapping[str, str]
) -> Iterator[StructureChange]:
    """The changes of structure; those that several sheets share are told once.

    Args:
        older: The older tracker.
        newer: The newer one.
        theme_pairs: Which tracker sheet of the older is which of the newer.
    """
    if older.structure is None or newer.structure is None:
        return
    found: dict[_Found, list[str]] = {}
    for sheet, change in (
        *_sheets(older.structure, newer.structure, theme_pairs),
        *_titles(older, newer, theme_pairs),
        *_names(older.structure, newer.structure),
    ):
        found.setdefault(change, []).append(sheet)
    for change, sheets in found.items():
        yield StructureChange(change.what, tuple(filter(None, sheets)), change.before, change.after)


def _sheets(
    older: WorkbookStructure, newer: WorkbookStructure, theme_pairs: Mapping[str, str]
) -> Iterator[tuple[str, _Found]]:
    after = {sheet.name: sheet for sheet in newer.sheets}
    by_name = {name.casefold(): name for name in after}
    left = dict(after)
    for sheet in older.sheets:
        name = theme_pairs.get(sheet.name) or by_name.get(sheet.name.casefold(), "")
        twin = left.pop(name, None)
        if twin is None:
            yield sheet.name, _Found("sheet removed")
            continue
        if twin.name != sheet.name:
            yield twin.name, _Found("sheet renamed", sheet.name, twin.name)
        if twin.state != sheet.state:
            yield twin.name, _Found("sheet shown or hidden", sheet.state, twin.state)
        if twin.is_tracker and sheet.is_tracker:
            for change in _columns(sheet, twin):
                yield twin.name, change
    for name in left:
        yield name, _Found("sheet added")


def _titles(
    older: PlanFile, newer: PlanFile, theme_pairs: Mapping[str, str]
) -> Iterator[tuple[str, _Found]]:
    then, now = _titles_by_sheet(older), _titles_by_sheet(newer)
    for sheet, titles in then.items():
        after = now.get(theme_pairs.get(sheet, ""), [])
        if len(after) != len(titles):
            continue  # sections came or went, as their actions show
        for before, title in zip(titles, after, strict=True):
            if not is_same_text(*map(without_months, (before, title))):
                yield theme_pairs[sheet], _Found("theme renamed", before, title)


def _titles_by_sheet(file: PlanFile) -> dict[str, list[str]]:
    """The titles of the themes of each sheet, which may have several as its sections."""
    found: dict[str, list[str]] = {}
    for theme in file.tracker.themes:
        found.setdefault(theme.sheet, []).append(theme.title)
    return found


def _columns(before: SheetStructure, after: SheetStructure) -> Iterator[_Found]:
    """What differs in the columns of a tracker sheet; of the months, in the latest of each."""
    then, now = _Columns(before), _Columns(after)
    for month in now.months:
        if month not in then.months:
            yield _Found("month added", after=str(month))
    for month in then.months:
        if month not in now.months:
            yield _Found("month removed", before=str(month))
    for key, column in then.by_key.items():
        if key not in now.by_key:
            yield _Found("column removed", before=column.heading)
    for key, column in now.by_key.items():
        twin = then.by_key.get(key)
        if twin is None:
            yield _Found("column added", after=column.heading)
        else:
            yield from _column(twin, column)


def _column(before: ColumnStructure, after: ColumnStructure) -> Iterator[_Found]:
    if compact(_heading(before)) != compact(_heading(after)):
        yield _Found("heading reworded", before.heading, after.heading)
    said = {
        "drop-down changed": (_listed(before.drop_downs), _listed(after.drop_downs)),
        "colour rules changed": (_rules(before.colour_rules), _rules(after.colour_rules)),
    }
    for what, (then, now) in said.items():
        if then != now:
            yield _Found(what, *(f"{_heading(after)}: {words}" for words in (then, now)))


class _Columns:
    """The columns of a sheet by what they are, and its months."""

    def __init__(self, sheet: SheetStructure) -> None:
        self.months: list[Month] = sorted({c.month for c in sheet.columns if c.month is not None})
        latest = self.months[-1:]
        self.by_key: dict[tuple[bool, str], ColumnStructure] = {}
        for column in sheet.columns:
            if column.month is None or column.month in latest:
                name = column.field or compact(_heading(column))
                if name:
                    self.by_key.setdefault((column.month is not None, name), column)


def _names(older: WorkbookStructure, newer: WorkbookStructure) -> Iterator[tuple[str, _Found]]:
    """The names that came or went. What a name stands for moves with every row and month."""
    before, after = (
        {
            (name.sheet.casefold(), name.name.casefold()): name
            for name in each.names
            if not name.name.startswith(_EXCELS_OWN)
        }
        for each in (older, newer)
    )
    for key, name in before.items():
        if key not in after:
            yield name.sheet, _Found("name removed", before=name.name)
    for key, name in after.items():
        if key not in before:
            yield name.sheet, _Found("name added", after=name.name)


def _heading(column: ColumnStructure) -> str:
    return " ".join(without_months(column.heading).replace("()", "").split()) or column.field


def _listed(words: tuple[str, ...]) -> str:
    return "; ".join(words) or "no drop-down"


def _rules(count: int) -> str:
    return f"{count} colour rule{'' if count == 1 else 's'}"
