"""Room for a new month: columns inserted where others stand to the right of the last month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheetplan.model.month import Month
from sheetplan.model.wording import shortened
from sheetplan.ooxml.cells import is_empty
from sheetplan.ooxml.insertion import Inserted, insert_columns
from sheetplan.ooxml.ranges import ColumnCopy, column_letters
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.month_headings import HeadingCopy
from sheetplan.sheets.reading import SheetReading, WorkbookReading, read_layouts


@dataclass(frozen=True)
class Room:
    """Columns that were inserted on a sheet, for a new month to be written into.

    Attributes:
        inserted: What the insertion did.
        last: The last column that holds anything, where it stood before.
        heading: The heading of the first column that moved; empty where it has none.
    """

    inserted: Inserted
    last: int
    heading: str

    @property
    def letters(self) -> str:
        """The letters of the new columns: "Q:R"."""
        return _letters(self.inserted.at, self.inserted.at + self.inserted.count - 1)

    @property
    def moved(self) -> tuple[str, str]:
        """The columns that moved, where they stood and where they stand: "Q:S" and "S:U"."""
        first, by = self.inserted.at, self.inserted.count
        return _letters(first, self.last), _letters(first + by, self.last + by)


def make_room(
    workbook: Workbook, readings: Sequence[SheetReading], month: Month
) -> dict[str, Room]:
    """Insert columns on each sheet that has something to the right of its last month.

    The layouts that were read before say nothing of these sheets any more.

    Returns:
        By the names of the sheets that were given columns: what was done. What a person should
        look at is said once, with the first of them.

    Raises:
        CannotInsertColumnsError: columns cannot be inserted without harm to something.
    """
    rooms: dict[str, Room] = {}
    said: set[str] = set()
    for reading in readings:
        sheet, block = reading.sheet, reading.layout.rightmost
        places = in_the_way(sheet, block.last)
        if not places:
            continue
        copied = HeadingCopy(
            sheet, reading.layout, ColumnCopy(block.first, block.last), block.month, month
        )
        first, last = (f(column for _, column in places) for f in (min, max))
        heading = _heading(sheet, reading.layout, first)
        inserted = insert_columns(
            workbook,
            sheet,
            copied.columns.targets[0],
            copied.columns.count,
            headings=_headings_in_table(workbook, copied),
            copying=True,
        )
        remarks = tuple(remark for remark in inserted.remarks if remark not in said)
        said.update(remarks)
        rooms[sheet.name] = Room(replace(inserted, remarks=remarks), last, heading)
    return rooms


def read_beside_room(workbook: Workbook, settings: Settings, month: Month) -> WorkbookReading:
    """The layouts of all sheets once room was made for a month.

    The month itself is not among theirs, though a table may show its headings already.
    """
    reading = read_layouts(workbook, settings)
    trackers = []
    for item in reading.trackers:
        months = tuple(block for block in item.layout.months if block.month != month)
        trackers.append(replace(item, layout=replace(item.layout, months=months)))
    return replace(reading, trackers=tuple(trackers))


def _headings_in_table(workbook: Workbook, copied: HeadingCopy) -> list[str]:
    """What the new columns of a table are called that goes on behind the month; none for none."""
    columns = copied.columns
    for table in tables_of(workbook, copied.sheet):
        if table.area.first_column <= columns.first and columns.last < table.area.last_column:
            return list(copied.in_tables([], [table])[table.name].values())
    return []


def in_the_way(sheet: Worksheet, last: int) -> list[tuple[int, int]]:
    """The cells (row, column) that hold something to the right of a column."""
    rows = sheet.rows
    return sorted(
        (row, column)
        for row in rows
        if rows.last_column(row) > last
        for column, cell in cells_of(rows[row])
        if column > last and not is_empty(cell)
    )


def _heading(sheet: Worksheet, layout: SheetLayout, column: int) -> str:
    """What a column is called, in the lowest row of the headings that says it."""
    top, bottom = layout.heading_rows
    texts = (sheet.text(row, column) for row in range(bottom, top - 1, -1))
    return shortened(next((text for text in texts if text.strip()), ""))


def _letters(first: int, last: int) -> str:
    names = column_letters(first), column_letters(last)
    return names[0] if first == last else ":".join(names)
