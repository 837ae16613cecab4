"""Findings: what a check says about a cell that a person can put right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding matters: an error misleads readers, a warning may, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """What is wrong in a cell, where it is, and what to do. It is collected, never raised.

    `cell` and `reference` are empty where a finding is about a whole sheet or row.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    reference: str
    message: str

    @property
    def place(self) -> str:
        """Where it is: "Theme 1!O13 (LC.B1.1)"."""
        place = place_words(self.sheet, cell_words(self.cell))
        return f"{place} ({self.reference})" if self.reference else place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def cell_words(cell: str) -> str:
    """A cell as people say it; a whole row, which findings call "13:13", is "row 13".

    >>> cell_words("O13"), cell_words("13:13")
    ('O13', 'row 13')
    """
    first, _, last = cell.partition(":")
    return f"row {first}" if first == last and first.isdecimal() else cell


def place_words(sheet: str, cells: str) -> str:
    """Where cells or rows of a sheet stand, in words; the sheet alone where none are named.

    >>> place_words("Theme 1", "O13, O15"), place_words("Theme 1", "row 13")
    ('Theme 1!O13, O15', 'Theme 1, row 13')
    """
    if not cells:
        return sheet
    return f"{sheet}, {cells}" if cells.startswith("row ") else f"{sheet}!{cells}"
