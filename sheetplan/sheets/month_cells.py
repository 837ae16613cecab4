"""Writing into the cells of a month as if somebody had typed there: the words change, the look of
the cells stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.owner_return import TRACKER_FIELDS
from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import Run, formula_of
from sheetplan.ooxml.columns import column_settings
from sheetplan.ooxml.new_cells import NewCell
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.month_formulas import formula_text
from sheetplan.sheets.reading import SheetReading, WorkbookReading
from sheetplan.sheets.row_heights import NewWords, taller_rows
from sheetplan.sheets.writes import CellWrite


@dataclass(frozen=True)
class MonthCellWrite:
    """What a cell of a month will say.

    Attributes:
        sheet: Its sheet.
        write: The cell and its words; no words make it blank.
        replaces: Whether it holds something now.
        is_dressed: Whether stretches of rich text have the look that they shall have; else they
            are written in the font of their cell.
        row_height: How tall its row becomes, in points, for all words to be seen; empty where it
            stays.
    """

    sheet: Worksheet
    write: CellWrite
    replaces: bool
    is_dressed: bool = False
    row_height: str = ""


class MonthText(NamedTuple):
    """What a field of an action will say for the month: its status or its update."""

    action: Action
    field: str
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """What it will say; empty to make it blank."""
        return "".join(run.text for run in self.runs)


class PlacedText(NamedTuple):
    """A text for the month and the cell that will hold it: perhaps with others, of which each has
    the same write. Where no cell can hold it there is no write, and `obstacle` says why."""

    text: MonthText
    write: MonthCellWrite | None
    obstacle: str = ""


class PlacesOfMonth(Protocol):
    """Where the texts of one month stand in a tracker of either kind."""

    def obstacle(self, action: Action, field: str, text: str) -> str:
        """Why a text cannot be written, as a sentence; empty where it can."""

    def placed(self, texts: Sequence[MonthText]) -> tuple[PlacedText, ...]:
        """Which cells will hold some texts, which may be too much for one cell together."""


class MonthCells:
    """The cells of one month, on all tracker sheets."""

    def __init__(self, workbook: Workbook, reading: WorkbookReading, month: Month) -> None:
        self._workbook, self._month = workbook, month
        self._readings = {item.sheet.name: item for item in reading.trackers}
        self._columns = {
            (item.sheet.name, field): block.column_of(field)
            for item in reading.trackers
            for block in item.layout.months
            if block.month == month
            for field in TRACKER_FIELDS
        }
        self._merged: dict[str, dict[tuple[int, int], Area]] = {}

    def obstacle(self, action: Action, field: str, text: str) -> str:
        """Why a text cannot be written into a cell, as a sentence; empty where it can.

        Args:
            action: The action of its row.
            field: The field of its column: "status" or "update".
            text: The text. Each has a cell of its own, and is cut where that cannot hold it.
        """
        sheet, row = action.sheet, action.row
        item = self._readings[sheet]
        column = self._columns.get((sheet, field))
        if column is None:
            return f"{sheet} has no column for the {field} of {self._month}."
        place = f"{sheet}!{cell_name(row, column)}"
        area = self._covering(item).get((row, column))
        if area is not None and (row, column) != (area.first_row, area.first_column):
            anchor = cell_name(area.first_row, area.first_column)
            return (
                f"{place} is part of the merged cells {area}, whose words stand in {anchor}. "
                "Unmerge them and run this again."
            )
        return formula_obstacle(item.sheet, row, column) if self._holds(item, row, column) else ""

    def placed(self, texts: Sequence[MonthText]) -> tuple[PlacedText, ...]:
        """The cell of each text; its obstacle was asked before."""
        writes = with_heights(self._workbook, [self._write(text) for text in texts])
        return tuple(PlacedText(text, write) for text, write in zip(texts, writes, strict=True))

    def _write(self, text: MonthText) -> MonthCellWrite:
        item, row = self._readings[text.action.sheet], text.action.row
        column = self._columns.get((text.action.sheet, text.field))
        assert column is not None
        write = CellWrite(row, column, runs=text.runs)
        return MonthCellWrite(item.sheet, write, self._holds(item, row, column))

    def _holds(self, item: SheetReading, row: int, column: int) -> bool:
        """Whether a cell holds anything; most cells of a new month are stored empty."""
        stored = item.sheet.rows.stored_cell(row, column)
        return bool(stored) and not stored.endswith(b"/>")

    def _covering(self, item: SheetReading) -> Mapping[tuple[int, int], Area]:
        """The merged area over each cell of the month's columns that has one."""
        sheet = item.sheet
        if sheet.name not in self._merged:
            named = (self._columns.get((sheet.name, field)) for field in TRACKER_FIELDS)
            columns = [column for column in named if column is not None]
            last = max(sheet.rows, default=0)
            self._merged[sheet.name] = {
                (row, column): area
                for area in sheet.merged
                for column in columns
                if area.first_column <= column <= area.last_column
                for row in range(area.first_row, min(area.last_row, last) + 1)
            }
        return self._merged[sheet.name]


def with_heights(workbook: Workbook, writes: Sequence[MonthCellWrite]) -> list[MonthCellWrite]:
    """Some writes; the first of each row that becomes taller by them says how tall."""
    sheets: dict[str, Worksheet] = {}
    words: dict[str, list[NewWords]] = {}
    for item in writes:
        if "ht" in item.sheet.rows.settings(item.write.row):
            sheets[item.sheet.name] = item.sheet
            words.setdefault(item.sheet.name, []).append(_new_words(item))
    heights = {
        (name, row): points
        for name, new in words.items()
        for row, points in taller_rows(workbook, sheets[name], new).items()
    }
    return [
        replace(item, row_height=heights.pop((item.sheet.name, item.write.row), ""))
        for item in writes
    ]


def _new_words(item: MonthCellWrite) -> NewWords:
    """What a cell says and will say."""
    sheet, row, column = item.sheet, item.write.row, item.write.column
    stored = sheet.rows.cell(row, column)
    style = _usual_look(sheet, row, column) if stored is None else stored.get("s")
    before = sheet.text(row, column) if item.replaces else ""
    after = "".join(run.text for run in item.write.runs)
    return NewWords(row, column, style or "", before, after)


def formula_obstacle(sheet: Worksheet, row: int, column: int) -> str:
    """Why nothing can be written into a cell that holds a formula; empty for any other."""
    element = formula_of(sheet.cell(row, column))
    if element is None:
        return ""
    formula = formula_text(sheet, element, row, column)
    return (
        f"{sheet.name}!{cell_name(row, column)} holds a formula (={formula}), which is not written "
        "over. Type the words there by hand."
    )


def agreed_writes(writes: Iterable[MonthCellWrite]) -> frozenset[tuple[str, str]]:
    """What is written over, for the promise: (part, place)."""
    each = list(writes)
    cells = {(item.sheet.part, item.write.cell) for item in each if item.replaces}
    rows = {(item.sheet.part, f"row {item.write.row}") for item in each if item.row_height}
    return frozenset(cells | rows)


def put_month_cells(workbook: Workbook, writes: Iterable[MonthCellWrite]) -> None:
    """Write into the cells of a month."""
    fonts = CellFonts(workbook)
    by_sheet: dict[str, list[MonthCellWrite]] = {}
    for item in writes:
        by_sheet.setdefault(item.sheet.name, []).append(item)
    for items in by_sheet.values():
        with workbook.editing(items[0].sheet) as sheet:
            for item in items:
                _put(sheet, item, fonts)


def _put(sheet: Worksheet, item: MonthCellWrite, fonts: CellFonts) -> None:
    write = item.write
    row, column = write.row, write.column
    if not sheet.has_cell(row, column):
        style = _usual_look(sheet, row, column)
        sheet.put_cell(row, NewCell(column, style))
        sheet.grow_dimension(row, column)
    if not item.is_dressed and any(run.properties for run in write.runs):
        cell = sheet.rows.cell(row, column)
        assert cell is not None
        write = replace(write, runs=fonts.worn_by(write.runs, cell.get("s")))
    sheet.fill_cell(row, column, write.stored)
    if item.row_height:
        sheet.ensure_row(row).set("ht", item.row_height)


def _usual_look(sheet: Worksheet, row: int, column: int) -> str | None:
    """The look that Excel shows where no cell is stored: its row's or column's."""
    stored = sheet.rows[row]
    has_look = stored.get("customFormat") in ("1", "true")
    return stored.get("s") if has_look else column_settings(sheet, column).get("style")
