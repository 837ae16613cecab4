"""Writing into the cells that say what an action is: what changes is the words, or the date."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time

from sheetplan.model.action import DATE_FIELDS, Action
from sheetplan.model.date_history import means_the_same
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.shown_dates import shown_date, shows_day_and_month
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.sheets.month_cells import MonthCellWrite, formula_obstacle
from sheetplan.sheets.reading import SheetReading, WorkbookReading
from sheetplan.sheets.writes import CellWrite


class ActionCells:
    """The cells of the actions' own fields, on all tracker sheets."""

    def __init__(self, reading: WorkbookReading) -> None:
        self._readings = {item.sheet.name: item for item in reading.trackers}
        self._date_words = reading.date_words

    def obstacle(self, action: Action, field: str, text: str) -> str:
        """Why a text cannot be written into a cell, as a sentence; empty where it can."""
        item, row, column = self._place(action, field)
        for area in item.sheet.merged:
            rows = area.first_row <= row <= area.last_row
            if rows and area.first_column <= column <= area.last_column:
                return (
                    f"{action.sheet}!{action.cell(field)} is part of the merged cells {area}, "
                    "which may speak for other rows too. Unmerge them, or change them by hand."
                )
        return formula_obstacle(item.sheet, row, column)

    def write(self, action: Action, field: str, text: str) -> MonthCellWrite:
        """What writing into a cell comes to, of one that has no obstacle.

        A date is written as a real one where the cell holds real dates, or is blank in a column
        that mostly does, and shows just what the text says; else it is the text.
        """
        item, row, column = self._place(action, field)
        held = item.sheet.value(row, column)
        number = self._serial(item, row, column, held, text) if field in DATE_FIELDS else None
        if number is None:
            write = CellWrite(row, column, runs=(Run(text),))
        else:
            write = CellWrite(row, column, number=number, shown=text)
        return MonthCellWrite(item.sheet, write, held is not None)

    def _place(self, action: Action, field: str) -> tuple[SheetReading, int, int]:
        area = Area.parse(action.cell(field))
        return self._readings[action.sheet], action.row, area.first_column

    def _serial(
        self, item: SheetReading, row: int, column: int, held: object, text: str
    ) -> float | None:
        """The number that the cell would show as the text says; None where there is none."""
        is_dated = isinstance(held, datetime) or (held is None and _holds_dates(item, column))
        agreed = PlanDate.read(text, self._date_words)
        if not is_dated or agreed.precision not in (Precision.DAY, Precision.MONTH):
            return None
        first, code = agreed.first, _number_format(item, row, column)
        if first is None or not code or shows_day_and_month(code):
            return None
        moment = datetime.combine(first, time())
        read = PlanDate.read(moment, self._date_words, shown=shown_date(moment, code))
        return item.sheet.workbook.reader.serial(moment) if means_the_same(read, agreed) else None


def _holds_dates(item: SheetReading, column: int) -> bool:
    """Whether most cells of a column are real dates."""
    kinds = Counter(
        isinstance(value, datetime)
        for row, value in ColumnCells(item.sheet, [column]).values(column).items()
        if row >= item.layout.first_row and row not in item.layout.other_rows and str(value).strip()
    )
    return kinds[True] > kinds[False]


def _number_format(item: SheetReading, row: int, column: int) -> str:
    """The format in which a cell shows dates; empty where it shows none."""
    cell, styles = item.sheet.cell(row, column), item.sheet.workbook.styles
    style = 0 if cell is None else int(cell.get("s") or 0)
    return styles.number_format(style) if styles.is_date(style) else ""
