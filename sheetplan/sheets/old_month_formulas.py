"""Formulas that read an earlier month than the one that is checked, and only that.

Figures by month read old months by right, and so do those of last month beside those of this. So a
formula counts only where none on its sheet reads the same columns of a later month, and where the
name of its sheet does not say that it is kept for that month.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.model.workbook_facts import OldMonthFormula
from sheetplan.ooxml.cells import formula_of
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import Element
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.month_formulas import formula_text
from sheetplan.sheets.months_read import MonthsRead, Read
from sheetplan.sheets.reading import WorkbookReading

_LONGEST_LABEL = 80  # characters; what is longer is a text that happens to name a month
_ROW_PART = re.compile(r"(?<=[A-Za-z])\$?\d+")


@dataclass(frozen=True)
class _Reader:
    """A formula that reads months, the latest of them, and what tells it from others."""

    row: int
    column: int
    element: Element
    month: Month
    shape: str


def old_month_formulas(
    workbook: Workbook, reading: WorkbookReading, month: Month
) -> Iterator[OldMonthFormula]:
    """The formulas outside the months' own columns that read only months before the checked one.

    Args:
        workbook: The workbook.
        reading: Its layouts.
        month: The month that is checked.
    """
    months = MonthsRead(workbook, reading, month)
    layouts = {item.sheet.name: item.layout for item in reading.trackers}
    for sheet in workbook.sheets:
        layout = layouts.get(sheet.name)
        readers = list(_readers(sheet, layout, months))
        latest: dict[str, Month] = {}
        for reader in readers:
            latest[reader.shape] = max(reader.month, latest.get(reader.shape, reader.month))
        kept = {mention.month for mention in find_months(sheet.name)}
        labels = _Labels(sheet, layout)
        for reader in readers:
            if reader.month == latest[reader.shape] < month and reader.month not in kept:
                row, column = reader.row, reader.column
                yield OldMonthFormula(
                    sheet.name,
                    cell_name(row, column),
                    formula_text(sheet, reader.element, row, column),
                    reader.month,
                    is_labelled=labels.month_over(row, column) == reader.month,
                )


def _readers(sheet: Worksheet, layout: SheetLayout | None, months: MonthsRead) -> Iterator[_Reader]:
    """The formulas of a sheet outside the months' columns that read any month.

    Formulas that were filled down read other rows of the same columns: one is looked at for all.
    """
    blocks = layout.months if layout is not None else ()
    own = {column for block in blocks for column in range(block.first, block.last + 1)}
    known: dict[Hashable, Read] = {}
    for cell in sheet.rows.formulas():
        element = formula_of(cell)
        place = Area.parse(cell.get("r", ""))
        row, column = place.first_row, place.first_column
        if element is None or column in own:
            continue
        is_shared = element.get("t") == "shared"
        key = (element.get("si"), column) if is_shared else _ROW_PART.sub("", element.text or "")
        if key not in known:
            known[key] = months.by(formula_text(sheet, element, row, column), sheet.name)
        read = known[key]
        if read.months:
            yield _Reader(row, column, element, max(read.months), read.shape)


class _Labels:
    """The words on a sheet that name a month: of a tracker sheet those over its actions."""

    def __init__(self, sheet: Worksheet, layout: SheetLayout | None) -> None:
        self._sheet = sheet
        self._last_row = None if layout is None else layout.heading_rows[1]
        self._known: dict[int, list[tuple[int, Month]]] = {}

    def month_over(self, row: int, column: int) -> Month | None:
        """The month that is named in a cell's row, or over it in the nearest row that names one:
        just over the cell, or at its left."""
        for number in range(row if self._last_row is None else self._last_row, 0, -1):
            named = [month for at, month in self._in_row(number) if at <= column]
            if named:
                return named[-1]
        return None

    def _in_row(self, number: int) -> list[tuple[int, Month]]:
        if number not in self._known:
            row = self._sheet.rows.get(number)
            columns = [column for column, _ in cells_of(row)] if row is not None else []
            found = ((column, self._month(number, column)) for column in columns)
            self._known[number] = [(column, month) for column, month in found if month]
        return self._known[number]

    def _month(self, row: int, column: int) -> Month | None:
        value = self._sheet.value(row, column)
        if isinstance(value, datetime):
            return Month.of(value)
        if not isinstance(value, str) or len(value) > _LONGEST_LABEL:
            return None
        return next((mention.month for mention in find_months(value)), None)
