"""A small tracker whose owners are sent returns, and looking at what came of it."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetplan.cycle.send_plan import SendPlan
from sheetplan.model.owner_return import owner_key
from tests.builders import workbook_from_text
from tests.cycle.looking import book_of

NOON = datetime(2023, 8, 15, 12, 0)  # a Tuesday
HEADINGS = (
    "| Ref | Action | Update owner | Director lead | Due date | Status (July 2023) | "
    "Update (July 2023) | Status (August 2023) | Update (August 2023) |"
)
ROWS = """
    | OC.A1.1 | Fix the roof  | Head of HR        | Asha | Mar-24 | On track | Begun [AB]   | | |
    | OC.A1.2 | Paint it      | Head of HR        | Asha | Apr-24 | Closed   | Done [AB]    | | |
    | OC.A1.3 | '=SUM(A1)     | N/A               | Asha | May-24 | On hold  | @waiting     | | |
    | OC.A1.4 | Sell it       | Zoë Ž. / Finance  | Ben  | Jun-24 | On track | Offers in    | | |
    | OC.A1.5 | Let it        | Head of HR        | Ben  | Jul-24 | On track | Let          | | |
"""
OWNERS = """
    | Name              | Split into | E-mail                               |
    | Head of HR        |            | hr@wexcombe.example; jo@wexcombe.example |
    | Asha              |            |                                      |
"""
HR, ASHA, ZOE = "Head of HR", "Asha", "Zoë Ž. / Finance"
SETTINGS = """
profile = "standard"

[returns]
return_to = "Programme Office, plan@wexcombe.example"
"""


def set_today(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Say what time it is."""
    epoch = (moment - datetime(1970, 1, 1)).total_seconds()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(epoch)))


def made_tracker(folder: Path, rows: str = ROWS, owners: str = OWNERS) -> Path:
    """A tracker with settings that lack nothing; `owners` is its sheet Owners, if any."""
    folder.mkdir(exist_ok=True)
    (folder / "sheetplan.toml").write_text(SETTINGS, "utf-8")
    sheets = {"Theme 1": HEADINGS + rows, **({"Owners": owners} if owners else {})}
    return workbook_from_text(folder / "plan.xlsx", sheets)


def file_of(owner: str, month: str = "2023-08") -> str:
    """The name of an owner's return."""
    return f"{month}_{owner_key(owner)}.xlsx"


def register(tracker: Path) -> list[dict[str, Any]]:
    """The rows of the sheet Returns by their headings, as openpyxl reads them."""
    sheet = book_of(tracker)["Returns"]
    table = sheet.tables["Returns"]
    first, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [
        {str(heading): value for heading, value in zip(first, row, strict=True)}
        for row in rows
        if any(value is not None for value in row)
    ]


def property_of(path: Path, name: str) -> str:
    """A custom property of a workbook, as openpyxl reads it."""
    found = {prop.name: prop.value for prop in openpyxl.load_workbook(path).custom_doc_props.props}
    return str(found[name])


def states(plan: SendPlan) -> dict[str, str]:
    """The state of each owner's return."""
    return {owner.name: owner.state.value for owner in plan.owners}


def codes(plan: SendPlan) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in plan.findings]


def send_list(to: Path, name: str = "send-list.csv") -> list[dict[str, str]]:
    """The rows of a list of messages."""
    text = (to / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def set_register(tracker: Path, owner: str, heading: str, value: Any) -> None:
    """What an officer types into the register."""
    book = openpyxl.load_workbook(tracker)
    sheet = book["Returns"]
    first = sheet[sheet.tables["Returns"].ref][0]
    columns = {cell.value: cell.column for cell in first}
    for row in range(first[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["Owner"]).value == owner:
            sheet.cell(row, columns[heading], value)
    book.save(tracker)
