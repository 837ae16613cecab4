"""The headings of a new month, spelled as the last month's are, and the banners that move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sheetplan.model.month import FULL_NAMES, Month
from sheetplan.model.month_spelling import find_months, replace_month
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.ranges import Area, ColumnCopy
from sheetplan.ooxml.tables import Table, free_heading
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.headings import HeadingGrid, dated_month
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.month_formulas import copied_formula
from sheetplan.sheets.writes import CellWrite


def heading_writes(
    sheet: Worksheet, layout: SheetLayout, columns: ColumnCopy, old: Month, new: Month
) -> Iterator[CellWrite | str]:
    """The new cells of every heading row, and sentences for those that could not be made."""
    short = shortens_months(sheet, layout)
    first, last = layout.heading_rows
    for row in range(first, last + 1):
        for column in range(columns.first, columns.last + 1):
            formula = copied_formula(sheet, row, column, columns, {})
            if formula is not None:
                yield formula
                continue
            write = heading_copy(sheet, row, column, columns, old, new, short)
            if write is not None:
                yield write


def heading_copy(
    sheet: Worksheet,
    row: int,
    column: int,
    columns: ColumnCopy,
    old: Month,
    new: Month,
    short: bool | None,
) -> CellWrite | None:
    """One heading cell as it reads for the new month; None where nothing stands."""
    value = sheet.value(row, column)
    target = columns.target(column)
    if value is None:
        return None
    if isinstance(value, datetime):
        meant, is_misread = dated_month(sheet, row, column, value)
        moved = _moved_date(value, new, is_misread) if meant == old else value
        if moved is None:
            return CellWrite(row, target, runs=(Run(f"{new.name[:3]}-{new.year % 100}"),))
        serial = sheet.workbook.reader.serial(moved)
        return CellWrite(row, target, number=serial, shown=moved.strftime("%d %B %Y"))
    if isinstance(value, (int, float)):
        return CellWrite(row, target, number=float(value), shown=str(value))
    runs = sheet.workbook.reader.runs(sheet.cell(row, column))
    return CellWrite(row, target, runs=tuple(respelled_runs(runs, old, new, short)))


def _moved_date(moment: datetime, new: Month, is_misread: bool) -> datetime | None:
    """A heading's date in another month; Excel's 23-Dec for Dec-23 becomes 24-Jan.

    None for Feb-29 and the like: Excel takes it for a day only in a year that has it.
    """
    if not is_misread:
        day = min(moment.day, new.last_day.day)
        return moment.replace(year=new.year, month=new.month, day=day)
    try:
        return moment.replace(month=new.month, day=new.year % 100)
    except ValueError:
        return None


def respelled_runs(runs: list[Run], old: Month, new: Month, short: bool | None) -> list[Run]:
    """Rich text with one month put for another, each stretch keeping its format.

    A month that lies across two stretches is put wholly into the first of them.
    """
    text = "".join(run.text for run in runs)
    mentions = [
        m for m in find_months(text) if m.number == old.month and m.year in (None, old.year)
    ]
    result, start = [], 0
    for run in runs:
        end = start + len(run.text)
        piece, read_to = "", start
        for mention in mentions:
            if mention.end <= start or mention.start >= end:
                continue
            piece += text[read_to : max(read_to, mention.start)]
            if start <= mention.start:
                piece += mention.respelled(new, short)
            read_to = min(mention.end, end)
        piece += text[read_to:end]
        result.append(Run(piece, run.properties))
        start = end
    return result


def shortens_months(sheet: Worksheet, layout: SheetLayout) -> bool | None:
    """Whether the sheet's headings cut months short; None when only Mays are there to tell."""
    first, last = layout.heading_rows
    for row in range(first, last + 1):
        for block in layout.months:
            for column in range(block.first, block.last + 1):
                for mention in find_months(sheet.text(row, column)):
                    letters = "".join(filter(str.isalpha, mention.text)).casefold()
                    if letters and mention.number != 5:
                        return letters != FULL_NAMES[mention.number - 1].casefold()
    return None


def table_headings(
    writes: list[CellWrite], tables: list[Table], columns: ColumnCopy, old: Month, new: Month
) -> dict[str, dict[str, str]]:
    """The names of each table's new columns, and its heading cells made to agree with them.

    A table's heading cell must be plain text that no other column bears.
    """
    renamed: dict[str, dict[str, str]] = {}
    for table in tables:
        names = table.columns
        taken = {name.casefold() for name in names}
        names_by_column = dict(enumerate(names, table.area.first_column))
        renamed[table.name] = {}
        for source in range(columns.first, columns.last + 1):
            name = names_by_column[source]
            heading = free_heading(replace_month(name, old, new), taken)
            taken.add(heading.casefold())
            renamed[table.name][name] = heading
            row = table.header_row
            if row is None:
                continue
            target = columns.target(source)
            at = next((i for i, w in enumerate(writes) if (w.row, w.column) == (row, target)), None)
            write = CellWrite(row, target, runs=(Run(heading),))
            if at is None:
                writes.append(write)
            else:
                writes[at] = write
    return renamed


def find_banners(
    sheet: Worksheet, layout: SheetLayout, columns: ColumnCopy, settings: Settings
) -> list[tuple[int, int, bool]]:
    """The cells above the rows that say that the last month's updates are due: row, column, stays.

    Where the month before has one as well it is a heading, and stays.
    """
    grid = HeadingGrid(sheet, settings)
    old = layout.rightmost.month
    return [
        (row, column, _is_banner(grid, row, column - columns.count, old.previous))
        for row in range(1, layout.first_row)
        for column in range(columns.first, columns.last + 1)
        if _is_banner(grid, row, column, old)
    ]


def _is_banner(grid: HeadingGrid, row: int, column: int, month: Month) -> bool:
    heading = grid.own(row, column)
    return (
        heading is not None
        and not heading.is_date
        and grid.says_banner(heading.text)
        and any(
            m.number == month.month and m.year in (None, month.year)
            for m in find_months(heading.text)
        )
    )


def banner_merge(sheet: Worksheet, row: int, column: int, columns: ColumnCopy) -> Area | None:
    """The merged area that a banner fills, when it lies in the copied columns."""
    for area in sheet.merged:
        if (area.first_row, area.first_column) == (row, column):
            return area if area.last_column <= columns.last else None
    return None
