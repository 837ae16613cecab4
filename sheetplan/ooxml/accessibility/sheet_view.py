"""A worksheet as its readers meet it: the words and looks of its cells, its rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from sheetplan.ooxml.accessibility.formats import Formats, Look
from sheetplan.ooxml.accessibility.view_cells import BLANK, Cell, SheetCells, Strings
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.worksheet import Worksheet

STANDARD_WIDTH = 8.43
# Rows and columns from which on filled cells count as data: lists of two columns are none.
_FEWEST = 3
_PADDING = 0.71  # what a column's stored width has beside its characters (18.3.1.13)
_ROW_SETTING = re.compile(rb'\s(ht|hidden)="([^"]*)"')
_ON = (b"1", b"true")


class LooseData(NamedTuple):
    """Data that is in no table: its area from first to last row, and the rows that are full."""

    area: Area
    rows: tuple[int, ...]


class SheetView:
    """What the rules look at of one worksheet."""

    def __init__(self, sheet: Worksheet, formats: Formats, strings: Strings) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.formats = formats
        self._strings = strings
        self._formats_in: dict[int, dict[int, list[int]]] = {}
        self._widths: dict[int, float] = {}

    # ---------------------------------------------------------------- cells

    @cached_property
    def _cells(self) -> SheetCells:
        return SheetCells(self.sheet.rows, self._strings)

    @property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """The cells by row and column."""
        return self._cells.rows

    @cached_property
    def filled(self) -> dict[int, list[int]]:
        """The columns of the cells that hold something, by row; without rows that hold nothing."""
        found = {
            number: [column for column, (_, words) in cells.items() if words.is_filled]
            for number, cells in self.rows.items()
        }
        return {number: columns for number, columns in found.items() if columns}

    @cached_property
    def distinct(self) -> list[Cell]:
        """Every different cell once, of those that hold text."""
        return [cell for cell in self._cells.distinct if cell[1].text]

    @cached_property
    def marked(self) -> list[Cell]:
        """Those of them that may have the mark of a note, or be an address."""
        raised = {number for number, look in enumerate(self.formats.looks) if look.raised}
        return [
            cell for cell in self.distinct if cell[1].has_marks or cell[1].runs or cell[0] in raised
        ]

    def places(self, wanted: set[Cell]) -> Iterator[tuple[int, int]]:
        """Where these cells stand, but for hidden rows and columns."""
        for number, cells in self.rows.items() if wanted else ():
            for column, cell in cells.items():
                if cell in wanted and self.is_shown(number, column):
                    yield number, column

    def formats_in(self, column: int) -> dict[int, list[int]]:
        """By the number of a format: the rows in which cells of a column hold text in it."""
        if column in self._formats_in:
            return self._formats_in[column]
        found = self._formats_in[column] = {}
        for row, cells in self.rows.items():
            number, words = cells.get(column, BLANK)
            if words.text:
                found.setdefault(number, []).append(row)
        return found

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        return self.rows.get(row, {}).get(column, BLANK)

    def text(self, row: int, column: int) -> str:
        """The words of a cell, empty for a number."""
        return self.cell(row, column)[1].text

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a cell holds anything that can be seen."""
        return self.cell(row, column)[1].is_filled

    def look(self, cell: Cell) -> Look:
        """How a cell looks by its own format."""
        return self.formats.look(cell[0])

    # ---------------------------------------------------------------- rows and columns

    @cached_property
    def _row_settings(self) -> dict[int, dict[bytes, bytes]]:
        found = {}
        for number in self.sheet.rows:
            stored = self.sheet.rows.stored(number)
            settings = dict(_ROW_SETTING.findall(stored, 0, stored.index(b">")))
            if settings:
                found[number] = settings
        return found

    @cached_property
    def hidden_rows(self) -> set[int]:
        """The rows that are hidden."""
        return {n for n, found in self._row_settings.items() if found.get(b"hidden") in _ON}

    @cached_property
    def heights(self) -> dict[int, float]:
        """The heights of rows that say one, in points; Excel finds those of the others."""
        return {n: float(found[b"ht"]) for n, found in self._row_settings.items() if b"ht" in found}

    @cached_property
    def _columns(self) -> list[tuple[int, int, float, bool]]:
        """First column, last, width in characters, and whether hidden."""
        cols = self.sheet.child("cols")
        return [
            (
                int(col.get("min", "1")),
                int(col.get("max", "1")),
                float(col.get("width") or STANDARD_WIDTH + _PADDING) - _PADDING,
                col.get("hidden") in ("1", "true") or col.get("width") == "0",
            )
            for col in (cols if cols is not None else ())
        ]

    def is_hidden_column(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last and hidden for first, last, _, hidden in self._columns)

    def is_shown(self, row: int, column: int) -> bool:
        """Whether a cell is neither in a hidden row nor in a hidden column."""
        return row not in self.hidden_rows and not self.is_hidden_column(column)

    @cached_property
    def narrowest(self) -> float:
        """The width of the narrowest column that is shown."""
        shown = [width for _, _, width, hidden in self._columns if not hidden]
        return min([*shown, self._standard_width])

    def width(self, column: int) -> float:
        """The width of a column, in characters of the workbook's plain text."""
        known = self._widths.get(column)
        if known is None:
            known = self._standard_width
            for first, last, width, hidden in self._columns:
                if first <= column <= last:
                    known = 0 if hidden else width
            self._widths[column] = known
        return known

    @cached_property
    def _standard_width(self) -> float:
        settings = self.sheet.child("sheetFormatPr")
        stated = None if settings is None else settings.get("defaultColWidth")
        return float(stated) - _PADDING if stated else STANDARD_WIDTH

    # ---------------------------------------------------------------- what lies on it

    @cached_property
    def tables(self) -> list[Table]:
        """The Excel tables."""
        return list(tables_of(self.sheet.workbook, self.sheet))

    @cached_property
    def merged(self) -> dict[tuple[int, int], Area]:
        """The merged areas by their first cell."""
        return {(area.first_row, area.first_column): area for area in self.sheet.merged}

    @cached_property
    def _pivots(self) -> list[Area]:
        """The areas of pivot tables, which have headings of their own."""
        package = self.sheet.workbook.package
        roots = map(package.xml, package.related(self.sheet.part, "pivotTable"))
        places = [place.get("ref", "A1") for root in roots for place in root.iter("{*}location")]
        return [Area.parse(place) for place in places]

    @cached_property
    def loose_data(self) -> LooseData | None:
        """Data in no table: rows one below the other, each with some cells that are filled."""
        marked = [table.area for table in self.tables] + self._pivots
        run: list[int] = []
        rows: list[int] = []
        columns: set[int] = set()
        for row in [*self.filled, 0]:
            filled = _outside(self.filled.get(row, []), row, marked)
            if run and (row != run[-1] + 1 or len(filled) < _FEWEST):
                rows += run if len(run) >= _FEWEST else []
                run = []
            if len(filled) >= _FEWEST:
                run.append(row)
        for row in rows:
            columns.update(_outside(self.filled[row], row, marked))
        if not rows:
            return None
        return LooseData(Area(rows[0], min(columns), rows[-1], max(columns)), tuple(rows))


def _outside(columns: list[int], row: int, areas: list[Area]) -> list[int]:
    if not areas:
        return columns
    return [c for c in columns if not any(area.contains(row, c) for area in areas)]
