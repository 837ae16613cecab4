"""The heights of rows whose commentary grows: where all words could be seen, they still can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.commentary_month import OpenedText


@dataclass(frozen=True)
class RowHeight:
    """A row that becomes taller, and its height in points."""

    sheet: Worksheet
    row: int
    points: str

    @property
    def place(self) -> tuple[str, str]:
        """What is written over, for the promise: (part, place)."""
        return self.sheet.part, f"row {self.row}"

    def carry_out(self) -> None:
        """Make it so tall; inside `Workbook.editing` of the sheet."""
        self.sheet.ensure_row(self.row).set("ht", self.points)


def taller_rows(
    workbook: Workbook, sheet: Worksheet, texts: Iterable[OpenedText]
) -> tuple[RowHeight, ...]:
    """The rows of a sheet that have a height at which all words are seen now, and would not be.

    One without a height gets it when the file is opened, and one that is too low stays so.

    Args:
        workbook: The workbook.
        sheet: The sheet.
        texts: The commentaries that are written anew.
    """
    room, reader = SheetRoom(workbook, sheet), workbook.reader
    found = []
    for each in texts:
        row = each.text.cell.row.row
        height = sheet.rows.settings(row).get("ht")
        if height is None:
            continue
        others = (
            room.of(column, cell.get("s", "")).height(reader.text(cell))
            for column, cell in cells_of(sheet.rows[row])
            if len(cell) and column != each.text.column
        )
        of_cell = room.of(each.text.column, each.text.cell_format or "")
        least, now = max(others, default=0.0), float(height)
        before = max(least, of_cell.height(each.text.words))
        after = max(least, of_cell.height(each.words))
        if before <= now < after:
            found.append(RowHeight(sheet, row, room.height(after)))
    return tuple(height for height in found if height.points)
