"""Registers of returns in workbooks, as officers leave them and as sheetplan writes them."""

from __future__ import annotations

import warnings
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.model.month import Month
from sheetplan.model.return_records import (
    MERGED,
    ConflictRecord,
    LogRecord,
    RegisterChanges,
    RequestRecord,
    ReturnRecord,
    ReturnRecords,
    ReturnRegisterRecord,
)
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.register_columns import RETURN_KINDS
from sheetplan.sheets.register_reading import read_registers
from sheetplan.sheets.register_writing import RegisterPlan, plan_registers
from tests.builders import workbook_from_text
from tests.sheets.building import STANDARD

SHEETS = [kind.sheet for kind in RETURN_KINDS]
PLAN = "| Ref | Action | Status (July 2026) |\n| LC.A1.2 | Use values | On track |"
"""A tracker without registers."""
RETURNS = "| Owner | Month | Reference |\n| Asha | July 2026 | a1 |"
JULY = Month(2026, 7)
RETURN = ReturnRecord(
    JULY,
    "Head of Housing",
    "1a2b3c4d/2026-07/head-of-housing-3f2a/1",
    email="housing@wexcombe.example",
    sent=date(2026, 7, 20),
    due=date(2026, 7, 31),
    asked=12,
)
CONFLICT = ConflictRecord(
    JULY, "LC.A1.2", "update", "Drafted. [AB]", "Agreed. [CD]", "Head of Housing", "housing.xlsx"
)
REQUEST = RequestRecord(
    JULY,
    "LC.A1.2",
    "due_date",
    "31/07/2026",
    "30/09/2026",
    "Tenants asked for more time.",
    "Head of Housing",
    "housing.xlsx",
    date(2026, 7, 29),
    id="CC-1",
)
ENTRY = LogRecord(
    datetime(2026, 7, 29, 9, 15, 7),
    JULY,
    "housing.xlsx",
    "Head of Housing",
    "LC.A1.2",
    "status",
    "On track",
    "Complete",
    MERGED,
)
ONE_OF_EACH = (RETURN, CONFLICT, REQUEST, ENTRY)
QUOTING = (
    replace(REQUEST, field="reference", before="Ref", after="Status July 2026",
            reason="Update July 2026"),
    replace(ENTRY, key="Ref", before="Status (July 2026)", after="Update (July 2026)"),
)  # fmt: skip
"""Rows that quote what tracker sheets have for headings."""


def register(path: Path, name: str, text: str, *, table: str = "", **options: Any) -> Path:
    """A workbook with one register that a text table says, as an Excel table if it has a name.

    The table has as many columns as the headings, and as many rows as the text, but those that
    `beyond` says stand below it.
    """
    beyond, more = options.pop("beyond", 0), options.pop("table_options", {})
    lines = [line.strip() for line in text.strip().splitlines()]
    headings = [cell.strip() for cell in lines[0].strip("|").split("|")]

    def decorate(book: Any) -> None:
        sheet = book.get_worksheet_by_name(name)
        columns = [{"header": heading} for heading in headings]
        last = len(lines) - 1 - beyond
        area = (0, 0, last, len(headings) - 1)
        sheet.add_table(*area, {"name": table, "columns": columns, **more})

    return workbook_from_text(path, {name: text}, decorate=decorate if table else None, **options)


def records_of(path: Path, settings: Settings = STANDARD) -> ReturnRecords:
    """What the registers of a workbook say."""
    return read_registers(Workbook.open(path), settings)


def without_place(records: tuple[ReturnRegisterRecord, ...]) -> list[ReturnRegisterRecord]:
    """Records as they were before they stood anywhere."""
    return [replace(record, standing=None) for record in records]


def write(
    path: Path,
    *added: ReturnRegisterRecord,
    changed: tuple[ReturnRegisterRecord, ...] = (),
    settings: Settings = STANDARD,
) -> RegisterPlan:
    """Write registers of a workbook and save it in its place, the promise checked."""
    workbook, state = Workbook.open(path), FileState.of(path)
    plan = plan_registers(workbook, RegisterChanges(added, changed), settings)
    plan.carry_out()
    save(workbook.package, path, source=path, state=state, agreed=plan.agreed)
    return plan


def sheet_of(path: Path, name: str) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        return openpyxl.load_workbook(path)[name]


def table_of(sheet: Worksheet) -> str:
    """The range of the sheet's one table, which its filter has too."""
    (table,) = sheet.tables.values()
    assert table.autoFilter.ref == table.ref
    return str(table.ref)


def values_in(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]
