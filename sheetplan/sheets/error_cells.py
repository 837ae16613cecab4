"""Cells in error: what a formula could not work out, and what somebody typed that looks like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetplan.model.workbook_facts import CellFact
from sheetplan.ooxml.cells import ErrorValue, formula_of
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.checked_sheet import CheckedSheet
from sheetplan.sheets.month_formulas import formula_text

_GONE = "#REF!"
_CODES = {
    _GONE, "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
}  # fmt: skip


def error_cells(workbook: Workbook, trackers: Mapping[str, CheckedSheet]) -> Iterator[CellFact]:
    """The cells that show an error, or whose formula reads a cell that is gone.

    Of a plan's own cells also those where an error was typed as text. Of a hidden sheet that is no
    tracker sheet none: nobody sees it, and whatever reads its errors shows them itself.

    Args:
        workbook: The workbook.
        trackers: The tracker sheets by their names.
    """
    for sheet in workbook.sheets:
        checked = trackers.get(sheet.name)
        if checked is None and sheet.state != "visible":
            continue
        found = _shown(sheet, is_plan=checked is not None)
        if checked is not None:
            found |= _typed(checked)
        for (row, column), says in sorted(found.items()):
            is_ours = checked is not None and column in checked.plan_columns
            reference = checked.reference(row) if checked is not None and is_ours else ""
            yield CellFact(sheet.name, cell_name(row, column), says, reference)


def _shown(sheet: Worksheet, *, is_plan: bool) -> dict[tuple[int, int], str]:
    """What the cells in error say, by row and column."""
    found = {}
    for row, column in sheet.rows.cells_holding(b">#"):
        value = sheet.value(row, column)
        if str(value) not in _CODES or _is_picture(sheet, row, column):
            continue
        if is_plan or not _is_meant(sheet, row, column, value):
            found[row, column] = str(value)
    for row, column in sheet.rows.cells_holding(_GONE.encode()):
        formula = _formula(sheet, row, column)
        if _GONE in formula:
            found.setdefault((row, column), f"={formula}")
    return found


def _is_picture(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether a cell holds a picture, or other data of Excel 365 for which older ones show #VALUE!
    (its vm says which, 18.3.1.4)."""
    cell = sheet.cell(row, column)
    return cell is not None and cell.get("vm") is not None


def _is_meant(sheet: Worksheet, row: int, column: int, value: object) -> bool:
    """Whether a cell is to show #N/A, as charts need it for what they shall not draw; or whether
    it is a word in a list."""
    if not isinstance(value, ErrorValue):
        return True
    return value.code == "#N/A" and "NA()" in _formula(sheet, row, column).upper()


def _formula(sheet: Worksheet, row: int, column: int) -> str:
    element = formula_of(sheet.cell(row, column))
    return "" if element is None else formula_text(sheet, element, row, column)


def _typed(checked: CheckedSheet) -> dict[tuple[int, int], str]:
    """The cells of actions in which an error was typed."""
    return {
        (row, column): value.strip().upper()
        for column in checked.columns
        for row, value in checked.values(column).items()
        if isinstance(value, str) and value.strip().upper() in _CODES
    }
