"""Formulas of the last month's columns, as they read one month to the right."""

from __future__ import annotations

from collections.abc import Mapping

from sheetplan.ooxml.cells import formula_of
from sheetplan.ooxml.formulas import filled_right, moved_from, parse_reference, rewrite, tokens
from sheetplan.ooxml.ranges import ColumnCopy, cell_name
from sheetplan.ooxml.sheet_rows import column_of
from sheetplan.ooxml.tables import rename_columns
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import Element
from sheetplan.sheets.writes import CellWrite

Renamed = Mapping[str, Mapping[str, str]]
"""By a table's name: its copied columns' new names by their old ones."""


def copied_formula(
    sheet: Worksheet,
    row: int,
    column: int,
    columns: ColumnCopy,
    renamed: Renamed,
    *,
    beside: bool = False,
) -> CellWrite | str | None:
    """The formula that a copied column has in its row, as Excel's fill-right would make it.

    Args:
        sheet: The sheet.
        row: The cell's row.
        column: Its column, one of the copied ones.
        columns: The copied columns.
        renamed: New names of columns of tables.
        beside: Whether columns stand to the right of the months, which belong to none: the new
            month reads the same ones as the last.

    Returns:
        What to write; None where there is no formula; where the formula cannot be copied, a
        sentence that says so.
    """
    cell = sheet.cell(row, column)
    element = formula_of(cell)
    if element is None:
        return None
    name = cell_name(row, column)
    kind = element.get("t", "normal")
    if kind == "dataTable" or (kind == "array" and element.get("ref", name) != name):
        return f"{name} belongs to an array or data table over {element.get('ref')}; not copied"
    text = formula_text(sheet, element, row, column)
    if not tokens(text):
        return f"{name} holds a formula that could not be read (={text[:40]}); not copied"
    if beside:
        text = _drawn_back(text, sheet.name, columns)
    text = filled_right(text, row, column, columns.count)
    for table, names in renamed.items():
        text = rename_columns(text, table, dict(names))
    return CellWrite(
        row,
        columns.target(column),
        formula=text,
        is_array=kind == "array",
        metadata=cell.get("cm", "") if cell is not None else "",
    )


def _drawn_back(text: str, sheet: str, columns: ColumnCopy) -> str:
    """A formula whose references behind the new columns will be as they were when it is filled
    right."""

    def change(piece: str) -> str | None:
        reference = parse_reference(piece)
        if reference is None or (reference.sheet or sheet).casefold() != sheet.casefold():
            return None
        if reference.columns[0] <= columns.targets[-1]:
            return None
        return moved_from(piece, (1, 1 + columns.count), (1, 1))

    return rewrite(text, change)


def formula_text(sheet: Worksheet, element: Element, row: int, column: int) -> str:
    """A formula without its equals sign; that of a shared one is worked out from its master."""
    text = element.text or ""
    master = sheet.shared_formulas.get(element.get("si", ""))
    if text or element.get("t") != "shared" or master is None:
        return text
    shared = formula_of(master)
    assert shared is not None
    master_row = int(master.get("r", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return moved_from(shared.text or "", (master_row, column_of(master)), (row, column))
