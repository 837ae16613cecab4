"""Adding a support sheet: the template's, with its rows filled in and its drop-downs linked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, formula_of
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.graft_names import quoted
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.ranges import Area, column_letters
from sheetplan.ooxml.rules import DROP_DOWN, rules_of
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.support_tables import SupportTable
from sheetplan.sheets.writes import CellWrite

Content = str | float | Month
"""What a cell of a new support sheet is given. Text is text, whatever it begins with."""

_WANTED = re.compile(r'"\{(\w+)\}"')


def add_support_sheet(
    workbook: Workbook, pattern: SupportTable, rows: Sequence[Mapping[str, Content]]
) -> Worksheet:
    """Add a sheet of the template at the end, with these rows in its table.

    Args:
        workbook: The tracker.
        pattern: Where the template has the sheet; its first row shows how every row looks.
        rows: The contents of each row by the name of their columns; one blank row where empty.

    Raises:
        SheetNameError: another sheet has the name of the template's.
        CannotGraftError: the template's sheet holds what cannot be brought along.
    """
    assert pattern.table is not None
    sheet = graft(workbook, pattern.sheet.workbook, pattern.sheet.name, name=pattern.sheet.name)
    table = next(t for t in tables_of(workbook, sheet) if t.area == pattern.table.area)
    first = table.area.first_row + 1
    added = NewTableRows.under(table, [first] * (len(rows) - 1))
    with workbook.editing(sheet):
        added.make_cells()
        for edit in added.edits():
            edit.make()
        for number, contents in enumerate(rows, first):
            for write in _writes(sheet, pattern, number, contents):
                write.put(sheet.ensure_cell(write.row, write.column))
            _copy_formulas(sheet, table, first, number)
    return sheet


def _writes(
    sheet: Worksheet, pattern: SupportTable, row: int, contents: Mapping[str, Content]
) -> list[CellWrite]:
    writes = []
    for name, content in contents.items():
        column = pattern.columns.get(name)
        if column is None or content == "":
            continue
        if isinstance(content, Month):
            serial = sheet.workbook.reader.serial(datetime(content.year, content.month, 1))
            writes.append(CellWrite(row, column, number=serial))
        elif isinstance(content, str):
            writes.append(CellWrite(row, column, runs=(Run(content),)))
        else:
            writes.append(CellWrite(row, column, number=float(content)))
    return writes


def _copy_formulas(sheet: Worksheet, table: Table, source: int, target: int) -> None:
    """Fill the first row's formulas down; no row has words yet, so each has the same result."""
    if source == target:
        return
    for column in range(table.area.first_column, table.area.last_column + 1):
        cell = sheet.cell(source, column)
        formula = formula_of(cell)
        if formula is not None:
            text = moved_from(formula.text or "", (source, column), (target, column))
            result = (Run(sheet.text(source, column)),)
            write = CellWrite(target, column, runs=result, formula=text)
            write.put(sheet.ensure_cell(target, column))


def set_choices(sheet: Worksheet, choices: Mapping[str, str]) -> None:
    """Make the drop-downs of a new sheet lead somewhere.

    A drop-down that offers "{themes}" offers the cells that `choices` has under "themes"; where it
    has none, only its hint is left.
    """
    with sheet.workbook.editing(sheet):
        for rule in list(rules_of(sheet)):
            for formula in rule.formulas if rule.what == DROP_DOWN else ():
                wanted = _WANTED.fullmatch(formula.text or "")
                if wanted is None:
                    continue
                if wanted[1] in choices:
                    formula.text = choices[wanted[1]]
                else:
                    rule.element.attrib.pop("type", "")
                    rule.element.remove(formula)


def place_of(sheet: Worksheet, area: Area) -> str:
    """Cells of a sheet as a formula elsewhere names them, fixed with dollars."""
    first, last = column_letters(area.first_column), column_letters(area.last_column)
    return f"{quoted(sheet.name)}!${first}${area.first_row}:${last}${area.last_row}"
