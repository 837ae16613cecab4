"""The sheets that sheetplan added to a tracker: support sheets, reports, accounts of an import."""

from __future__ import annotations

from sheetplan.model.month import Month
from sheetplan.ooxml.marks import Mark, is_edited, marks_of
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.register_columns import FINDINGS, RETURN_KINDS
from sheetplan.sheets.support_columns import OWNERS, SUPPORT_KINDS, THEME_LIST
from sheetplan.sheets.support_tables import find_support_tables

_ACCOUNTS = {"WhereItWent": "account of the import", "ImportDoubts": "doubts of the import"}
"""What the sheets that came with an imported plan are, by the names of their tables."""


def made_sheets(workbook: Workbook) -> dict[str, str]:
    """What each sheet that sheetplan added is, by the sheet's name.

    "support sheet of the reports", "sheet of the returns"; "exception summary of June 2026, edited
    since it was made".
    """
    _, support, _ = find_support_tables(workbook, (*SUPPORT_KINDS, THEME_LIST))
    _, registers, _ = find_support_tables(workbook, (OWNERS, *RETURN_KINDS))
    found = dict.fromkeys(support.values(), "support sheet of the reports")
    found |= dict.fromkeys(registers.values(), "sheet of the returns")
    found |= _findings(workbook)
    found |= _accounts(workbook)
    for name, mark in marks_of(workbook).items():
        edited = ", edited since it was made" if is_edited(workbook, workbook[name]) else ""
        found[name] = _report(mark) + edited
    return found


def _findings(workbook: Workbook) -> dict[str, str]:
    """The sheet Findings; not one of the council's own that only bears the name."""
    tables, _, _ = find_support_tables(workbook, (FINDINGS,))
    return {table.sheet.name: "what checks found" for table in tables.values()}


def _accounts(workbook: Workbook) -> dict[str, str]:
    return {
        sheet.name: _ACCOUNTS[table.name]
        for sheet in workbook.sheets
        for table in tables_of(workbook, sheet)
        if table.name in _ACCOUNTS
    }


def _report(mark: Mark) -> str:
    kind = mark.kind.replace("-", " ")
    try:
        return f"{kind} of {Month.parse(mark.detail)}"
    except ValueError:
        return kind
