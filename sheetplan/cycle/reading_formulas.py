"""Formulas that read the old month when the new one is open, and how they are moved on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sheetplan.cycle.copied_months import CopiedMonths
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import change_formula, formula_of
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.formulas import repoint
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.month_columns import MonthColumns
from sheetplan.sheets.month_formulas import formula_text


@dataclass(frozen=True)
class CellFormula:
    """The formula of one cell.

    Attributes:
        sheet: The sheet.
        row: The cell's row.
        column: The cell's column.
        shared: The number under which others share it; empty when it is the cell's own.
        month: The old month, when the formula reads it.
    """

    sheet: Worksheet
    row: int
    column: int
    shared: str
    month: Month | None

    @property
    def cell(self) -> str:
        """The cell's name."""
        return cell_name(self.row, self.column)

    @cached_property
    def text(self) -> str:
        """The formula without its equals sign, worked out where the cell shares it."""
        element = formula_of(self.sheet.cell(self.row, self.column))
        return "" if element is None else formula_text(self.sheet, element, self.row, self.column)


def formulas_by_month(workbook: Workbook, copied: CopiedMonths) -> list[CellFormula]:
    """The formulas outside the copied columns that read them, and those that share one with them.

    Excel stores a formula that was filled down once, and the other cells point at it: to change
    one of these is to change all, so they are taken together.
    """
    found = [formula for sheet in workbook.sheets for formula in _formulas(sheet, copied)]
    groups = {(id(f.sheet), f.shared) for f in found if f.month and f.shared}
    return [f for f in found if f.month or (id(f.sheet), f.shared) in groups]


def _formulas(sheet: Worksheet, copied: CopiedMonths) -> Iterator[CellFormula]:
    """The formulas of a sheet that read the old month or are shared."""
    own = copied.columns.get(sheet.name.casefold())
    # Those who share a formula in one column read other rows of the same columns.
    months: dict[tuple[str, int], Month | None] = {}
    for cell in sheet.rows.formulas():
        element = formula_of(cell)
        if element is None:
            continue
        place = Area.parse(cell.get("r", ""))
        row, column = place.first_row, place.first_column
        shared = element.get("si", "") if element.get("t") == "shared" else ""
        if own is not None and own.includes(column):
            month = None
        elif (shared, column) in months:
            month = months[shared, column]
        else:
            month = copied.month_read(formula_text(sheet, element, row, column), sheet.name)
        if shared:
            months[shared, column] = month
        if month or shared:
            yield CellFormula(sheet, row, column, shared, month)


def repoint_edits(found: list[CellFormula], copied: CopiedMonths) -> list[tuple[Worksheet, Edit]]:
    """The edits that make formulas read the new month; Excel works them out when it opens."""
    return [(formula.sheet, _repoint_edit(formula, copied)) for formula in found]


def _repoint_edit(formula: CellFormula, copied: CopiedMonths) -> Edit:
    sheet, name, old = formula.sheet, formula.cell, formula.text
    new = copied.moved_on(old, sheet.name) if formula.month else old

    def make() -> None:
        cell = sheet.ensure_cell(formula.row, formula.column)
        change_formula(cell, new, keep_result=new == old)

    return Edit("formula", sheet.name, f"{name} ={old}", f"={new}", make, replaces=(name,))


def fixed_on_the_old_month(sheet: MonthColumns) -> Iterator[tuple[int, str]]:
    """The new month's own formulas that read the old one, since a dollar holds them there.

    Returns:
        Of each, its place in `sheet.formulas`, and how it reads when it is moved on.
    """
    name = sheet.sheet.name
    copies = {name.casefold(): sheet.columns}
    for at, write in enumerate(sheet.formulas):
        moved = repoint(write.formula, copies, name, only_fixed=True)
        if moved != write.formula:
            yield at, moved


def move_fixed(sheet: MonthColumns) -> None:
    """Make the new month's own formulas read the new month, dollars or not."""
    for at, moved in list(fixed_on_the_old_month(sheet)):
        sheet.formulas[at] = replace(sheet.formulas[at], formula=moved)
