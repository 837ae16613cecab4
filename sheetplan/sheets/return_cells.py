"""The cells of a return as they came back: whatever was typed, pasted or worked out in them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cached_property
from itertools import takewhile

from sheetplan.model.owner_return import ReceivedCell, TextRun
from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import Run, formula_of
from sheetplan.ooxml.filled_cells import FilledCells, WorkedOut
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.received_text import ReceivedRuns, received_runs, received_text
from sheetplan.ooxml.shown_values import shown_text
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import Element

FIRST_ROWS = 60
"""How far down headings are looked for."""

_TEXTS = ("s", "inlineStr")


class ReturnSheet:
    """A worksheet of a return, whose cells are read when they are asked for."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._reader = sheet.workbook.reader
        self._fonts = CellFonts(sheet.workbook)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.sheet.name

    @cached_property
    def _cells(self) -> FilledCells:
        return FilledCells(self.sheet)

    @cached_property
    def first_texts(self) -> dict[int, dict[int, str]]:
        """What the sheet's first rows say, by row and column."""
        first = takewhile(lambda row: row <= FIRST_ROWS, self.sheet.rows)
        return {row: self._texts(row) for row in first}

    def texts(self, row: int) -> dict[int, str]:
        """What the cells of a row say, by column; a date is not spelt as the sheet shows it."""
        return self.first_texts[row] if row in self.first_texts else self._texts(row)

    def _texts(self, row: int) -> dict[int, str]:
        texts = {}
        for column, cell in self._cells.in_row(row).items():
            if not isinstance(cell, str):
                cell = cell.text if isinstance(cell, WorkedOut) else self._reader.text(cell)
            if text := cell.strip():
                texts[column] = text
        return texts

    def received(self, row: int, wanted: Container[int]) -> Iterator[tuple[int, ReceivedCell]]:
        """The cells of a row as they came back, with their columns.

        Blank cells are left out, and formulas in other columns than those that are wanted.
        """
        for column, cell in self._cells.in_row(row).items():
            if isinstance(cell, str):
                text, controls = (cell, 0) if cell.isprintable() else received_text(cell)
                if text and not text.isspace():
                    yield column, ReceivedCell(cell_name(row, column), text, controls=controls)
                continue
            if isinstance(cell, WorkedOut):
                if column in wanted:
                    text, controls = received_text(cell.text)
                    name, formula = cell_name(row, column), cell.formula
                    yield column, ReceivedCell(name, text, formula=formula, controls=controls)
                continue
            formula = self._formula(cell)
            if formula and column not in wanted:
                continue
            kind = cell.get("t")
            runs = self._reader.runs(cell) if kind in _TEXTS else self._shown(row, column)
            cleaned = received_runs(runs, self._usual_colours(cell, runs))
            received = _received(cell_name(row, column), cleaned, formula, is_error=kind == "e")
            if received.text.strip() or formula:
                yield column, received

    def _formula(self, cell: Element) -> str:
        """The formula of a cell, "?" for one that is not written out; empty for none."""
        f = formula_of(cell)
        if f is None:
            return ""
        if f.get("t") == "shared" and not f.text:
            master = formula_of(self.sheet.shared_formulas.get(f.get("si", "")))
            f = f if master is None else master
        return f.text or "?"

    def _usual_colours(self, cell: Element, runs: list[Run]) -> frozenset[str]:
        """The colours that make nothing stand out in a cell; none for one of plain text."""
        is_rich = any(run.properties for run in runs)
        return self._fonts.colours(cell.get("s")) if is_rich else frozenset()

    def _shown(self, row: int, column: int) -> list[Run]:
        """What a cell of a number, a date or a result says."""
        return [Run(shown_text(self.sheet, row, column))]


def _received(cell: str, cleaned: ReceivedRuns, formula: str, *, is_error: bool) -> ReceivedCell:
    is_rich = any(run.properties for run in cleaned.runs)
    return ReceivedCell(
        cell,
        "".join(run.text for run in cleaned.runs),
        tuple(TextRun(run.text, run.properties) for run in cleaned.runs) if is_rich else (),
        formula,
        is_error,
        cleaned.dropped,
    )
