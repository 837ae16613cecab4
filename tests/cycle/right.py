"""Trackers with columns to the right of their months, and what stands under each heading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sheetplan
from tests.cycle.looking import sheet_of
from tests.judges import valid

RIGHT = """
| Ref     | Action            | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) | Evidence link | Notes    |
| OC.A1.1 | Mend the roof     | On track           | Begun [AB]         | Complete           | Slates laid [AB]   | File 1        | Ask Ann  |
| OC.A1.2 | Paint the doors   | Complete           | Painted [CD]       | Closed             |                    | File 2        |          |
| OC.A1.3 | Train the wardens | N/A                | N/A                | N/A                | N/A                |               | See file |
"""  # noqa: E501
"""Months in C:D and E:F, and beside them columns that belong to none."""
Rows = dict[str, list[object]]


def rolled(before: Path, **options: Any) -> Path:
    """The tracker's next month opened in a new file, which Excel would accept."""
    after = before.with_name("after.xlsx")
    sheetplan.roll_month(before, output=after, **options)
    assert valid(before, after) == []
    return after


def by_heading(path: Path, name: str = "Plan", heading_rows: int = 1) -> Rows:
    """What openpyxl reads under each heading, from left to right.

    A heading is the text of the merged cells over it and of its own cell.
    """
    sheet = sheet_of(path, name)
    found: Rows = {}
    for column in range(1, sheet.max_column + 1):
        words = [_shown(sheet, row, column) for row in range(1, heading_rows + 1)]
        cells = [
            str(sheet.cell(row, column).value or "")
            for row in range(heading_rows + 1, sheet.max_row + 1)
        ]
        if any(words) or any(cells):
            found[" ".join(filter(None, words))] = cells
    return found


def _shown(sheet: Any, row: int, column: int) -> str:
    for area in sheet.merged_cells.ranges:
        if (row, column) in [*area.cells]:
            row, column = area.min_row, area.min_col
    return str(sheet.cell(row, column).value or "")
