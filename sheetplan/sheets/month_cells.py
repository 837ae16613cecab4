"""Writing into the cells of a month as if somebody had typed there: the words change, the look of
the cells stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, formula_of, is_empty
from sheetplan.ooxml.columns import column_settings
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import Element
from sheetplan.sheets.month_formulas import formula_text
from sheetplan.sheets.reading import SheetReading, WorkbookReading
from sheetplan.sheets.writes import CellWrite


@dataclass(frozen=True)
class MonthCellWrite:
    """What a cell of a month will say.

    Attributes:
        sheet: Its sheet.
        write: The cell and its words; no words make it blank.
        replaces: Whether it holds something now.
    """

    sheet: Worksheet
    write: CellWrite
    replaces: bool


class MonthCells:
    """The cells of one month, on all tracker sheets."""

    def __init__(self, reading: WorkbookReading, month: Month) -> None:
        self._month = month
        self._readings = {item.sheet.name: item for item in reading.trackers}
        self._merged: dict[str, list[Area]] = {}

    def obstacle(self, sheet: str, row: int, field: str) -> str:
        """Why nothing can be written into a cell, as a sentence; empty where something can.

        Args:
            sheet: The name of the cell's sheet.
            row: Its row.
            field: The field of its column: "status" or "update".
        """
        item = self._readings[sheet]
        column = self._column(item, field)
        if column is None:
            return f"{sheet} has no column for the {field} of {self._month}."
        place = f"{sheet}!{cell_name(row, column)}"
        area = next((area for area in self._merges(item.sheet) if area.contains(row, column)), None)
        if area is not None and (row, column) != (area.first_row, area.first_column):
            anchor = cell_name(area.first_row, area.first_column)
            return f"{place} is part of the merged cells {area}, whose words stand in {anchor}."
        element = formula_of(item.sheet.cell(row, column))
        if element is not None:
            formula = formula_text(item.sheet, element, row, column)
            return f"{place} holds a formula (={formula}), which is not written over."
        return ""

    def write(self, sheet: str, row: int, field: str, runs: Iterable[Run]) -> MonthCellWrite:
        """What writing into a cell comes to, of one that has no obstacle."""
        item = self._readings[sheet]
        column = self._column(item, field)
        assert column is not None
        cell = item.sheet.cell(row, column)
        replaces = cell is not None and not is_empty(cell)
        return MonthCellWrite(item.sheet, CellWrite(row, column, runs=tuple(runs)), replaces)

    def _column(self, item: SheetReading, field: str) -> int | None:
        blocks = (block for block in item.layout.months if block.month == self._month)
        return next((block.column_of(field) for block in blocks), None)

    def _merges(self, sheet: Worksheet) -> list[Area]:
        """The merged areas under the headings, of which a tracker has few."""
        if sheet.name not in self._merged:
            first = self._readings[sheet.name].layout.first_row
            self._merged[sheet.name] = [area for area in sheet.merged if area.last_row >= first]
        return self._merged[sheet.name]


def agreed_writes(writes: Iterable[MonthCellWrite]) -> frozenset[tuple[str, str]]:
    """What is written over, for the promise: (part, place)."""
    return frozenset((item.sheet.part, item.write.cell) for item in writes if item.replaces)


def put_month_cells(workbook: Workbook, writes: Iterable[MonthCellWrite]) -> None:
    """Write into the cells of a month."""
    by_sheet: dict[str, list[MonthCellWrite]] = {}
    for item in writes:
        by_sheet.setdefault(item.sheet.name, []).append(item)
    for items in by_sheet.values():
        with workbook.editing(items[0].sheet) as sheet:
            for item in items:
                row, column = item.write.row, item.write.column
                is_new = sheet.cell(row, column) is None
                cell = sheet.ensure_cell(row, column)
                if is_new:
                    _give_usual_look(sheet, cell, row, column)
                    sheet.grow_dimension(row, column)
                item.write.put(cell)


def _give_usual_look(sheet: Worksheet, cell: Element, row: int, column: int) -> None:
    """Give a cell that was not stored the look that Excel showed there: its row's or column's."""
    stored = sheet.rows[row]
    has_look = stored.get("customFormat") in ("1", "true")
    style = stored.get("s") if has_look else column_settings(sheet, column).get("style")
    if style is not None:
        cell.set("s", style)
