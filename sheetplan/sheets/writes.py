"""What is to be written into one cell, told before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from sheetplan.ooxml.cells import Run, Stored, put, stored_formula, stored_number, stored_text
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.xml import Element


@dataclass(frozen=True)
class CellWrite:
    """One cell's new content: text in runs, a number, or a formula without its equals sign.

    A formula may have its result beside it, as a number or as text.
    """

    row: int
    column: int
    runs: tuple[Run, ...] = ()
    number: float | None = None
    formula: str = ""
    is_array: bool = False
    metadata: str = ""
    """The index of cell metadata that marks a dynamic array (18.3.1.4, cm)."""
    shown: str = ""
    """The content as a person would read it, where it is not the text itself."""

    @property
    def cell(self) -> str:
        """The cell's name."""
        return cell_name(self.row, self.column)

    @property
    def text(self) -> str:
        """The content in words."""
        if self.shown:
            return self.shown
        if self.formula:
            return f"={self.formula}"
        return self._words

    @property
    def _words(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def stored(self) -> Stored:
        """The content as the cell stores it."""
        if self.formula:
            array = self.cell if self.is_array else ""
            result = self.number if self.number is not None else self._words
            return stored_formula(self.formula, array=array, metadata=self.metadata, result=result)
        return stored_text(self.runs) if self.number is None else stored_number(self.number)

    def put(self, cell: Element) -> None:
        """Write it into its cell, whose style stays."""
        put(cell, self.stored)
