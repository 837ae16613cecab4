"""Trackers with a Change control sheet, as officers leave them, for tests of change control."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.cycle.control_plan import ControlPlan
from sheetplan.sheets.register_columns import REQUESTS
from tests.builders import workbook_from_text
from tests.judges import diff, valid

HEADINGS = tuple(column.heading for column in REQUESTS.columns)
AGREED = {
    "Id": "CC-1",
    "Reference": "LC.A1.2",
    "From": "Jun-26",
    "To": "Sep-26",
    "Requested": "July 2026",
    "Decision": "Agreed",
    "Decided by": "The Board",
    "Decided on": "3 August 2026",
}
OPEN = {**AGREED, "Decision": "", "Decided by": "", "Decided on": ""}
PLAN = """
    | Ref     | Action      | Start  | Due    | Status (July 2026) | Update (July 2026) |
    | LC.A1.1 | Agree them  | Jan-26 | Apr-26 | Complete           | Done               |
    | LC.A1.2 | Use them    |        | Jun-26 | On track           | Half done          |
    | LC.A1.3 | Review them |        |        | On track           | Begun              |
"""
DATED = PLAN.replace("Jan-26", "2026-01-01").replace("Apr-26", "2026-04-01").replace(
    "Jun-26", "2026-06-01"
)  # fmt: skip


def controlled(path: Path, *requests: Mapping[str, str], plan: str = PLAN, **options: Any) -> Path:
    """A tracker with a theme and, if there are any, these requests on Change control, which is an
    Excel table with the shipped headings."""
    sheets = {"Theme 1": plan}
    decorate = options.pop("decorate", None)
    if requests:
        rows = [HEADINGS, *([asked.get(heading, "") for heading in HEADINGS] for asked in requests)]
        sheets["Change control"] = "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def with_table(book: Any) -> None:
        if requests:
            columns = [{"header": heading} for heading in HEADINGS]
            sheet = book.get_worksheet_by_name("Change control")
            area = (0, 0, len(requests), len(HEADINGS) - 1)
            sheet.add_table(*area, {"name": "ChangeControl", "columns": columns})
        if decorate is not None:
            decorate(book)

    return workbook_from_text(path, sheets, decorate=with_table, **options)


def carried_out(path: Path) -> tuple[ControlPlan, Path]:
    """The plan, and a new file in which it is carried out; nothing that was there is harmed but
    what the plan says."""
    output = path.with_name("after.xlsx")
    result = sheetplan.change_control(path, output=output)
    agreed = tuple(f"{move.place} " for move in result.plan.control.writes)
    harm = [line for line in diff(path, output).harm if "{} -> {'ht':" not in line]  # taller rows
    assert [line for line in harm if not line.startswith(agreed)] == []
    assert valid(path, output) == []
    return result.plan, output


def sheet_of(path: Path, name: str = "Theme 1") -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)[name]


def row_of(path: Path, sheet: str, row: int) -> dict[str, object]:
    """The filled cells of a row of a register, by their headings."""
    found = sheet_of(path, sheet)
    (table,) = found.tables.values()
    first = found[table.ref][0]
    cells = zip(first, found[first[0].row + row], strict=True)
    return {str(head.value): cell.value for head, cell in cells if cell.value is not None}
