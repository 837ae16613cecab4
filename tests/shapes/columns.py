"""How many columns a month has, how they look, and what is merged or moves over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import FIRST_SHEET, replaced
from tests.shapes.shape import AUGUST, PAIRS, pairs, plan, shape

EVIDENCE = 'profile = "standard"\n[months]\nfields = ["status", "update", "direction", "evidence"]\n'


@shape({"Plan": {"E1": "Status Aug-23", "E3": "N/A"}})
def one_column_a_month(path: Path) -> Path:
    """There is a status for each month and no update."""
    return plan(
        path,
        """
        | Ref     | Action          | Status Jun-23 | Status Jul-23 |
        | OC.A1.1 | Mend the roof   | On track      | Complete      |
        | OC.A1.2 | Paint the doors | N/A           | N/A           |
        """,
    )


@shape({"Plan": {"I1": "RAG Aug-23", "J1": "DoT Aug-23", "K1": "Comments Aug-23", "I3": "N/A"}})
def three_columns_a_month(path: Path) -> Path:
    """A direction of travel stands between status and update."""
    return plan(
        path,
        """
        | Ref     | Action | RAG Jun-23 | DoT Jun-23 | Comments Jun-23 | RAG Jul-23 | DoT Jul-23 | Comments Jul-23 |
        | OC.A1.1 | Roof   | On track   | ↑          | Begun           | Complete   | ↓          | Laid            |
        | OC.A1.2 | Doors  | N/A        |            |                 | N/A        |            |                 |
        """,  # noqa: E501
    ) and _shift(path)


def _shift(path: Path) -> Path:
    return path
