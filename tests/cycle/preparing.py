"""A tracker to prepare, and what stands on its sheets then."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.prepare_plan import PreparePlan

ADDED = [
    "Recommendations",
    "Recommendation map",
    "Milestones",
    "Narrative",
    "Achievements",
    "Owners",
    "Change control",
    "Support lists",
]
PLAN = {
    "Theme 1": """
        | Theme 1 - People, places and purpose |
        | Ref     | Workstream | Action       | Milestones                               | Statutory recommendation | Focus   | Status (June 2026) | Update (June 2026) | Status (July 2026) | Update (July 2026) |
        | LC.A1.0 | Values     | Lead well    | - Values agreed by Mar-27\\n- Values used | S1                       | Focus 1 | N/A                |                    | N/A                |                    |
        | LCA1.1  | Values     | Agree values | n/a                                      | S10, S1                  | N/A     | On track           | Drafted            | Complete           | Adopted            |
        | LC.A1.2 | Values     | Use values   | Policy signed – Complete May 2026        |                          | N/A     | Complete           | Done               | Complete           | Done               |
        | LC.B1.0 | Skills     | Manage well  | Pilot agreed Rollout complete            |                          | Focus 2 | N/A                |                    | N/A                |                    |
        | LC.B1.1 | Skills     | Train        |                                          |                          | N/A     | On track           | Late               | Closed             | Trained            |
    """,  # noqa: E501
    "Theme 2": """
        | Ref     | Workstream | Action             | Milestones | Focus   | Status (July 2026) | Update (July 2026) |
        | FA.A1.0 | Money      | '=2+2 pounds saved | '=SUM(A1)  | Focus 1 | Complete           | Saved              |
        | FA.B1.0 | Money      | Spend less         |            | Focus 2 | On track           | Spent              |
    """,  # noqa: E501
}


def prepared(tracker: Path, **options: Any) -> tuple[ChangeResult[PreparePlan], Path]:
    """The tracker prepared into a new file."""
    output = tracker.with_name("prepared.xlsx")
    return sheetplan.prepare(tracker, output=output, **options), output


def sheet_of(path: Path, name: str) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        return openpyxl.load_workbook(path)[name]


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    """The rows of a support sheet's table, without its headings and its column State."""
    found = sheet_of(path, sheet)
    (table,) = found.tables.values()
    return [
        [cell.value for cell in row if not str(cell.value or "").startswith("=IF(")]
        for row in found[table.ref][1:]
    ]
