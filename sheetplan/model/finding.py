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
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{place} ({self.reference})" if self.reference else place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
