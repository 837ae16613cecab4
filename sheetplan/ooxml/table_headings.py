"""Other headings for a table: the cells and the names of its columns, which have to agree."""

from __future__ import annotations

from collections.abc import Mapping

from sheetplan.ooxml.cells import put, stored_words
from sheetplan.ooxml.tables import Table
from sheetplan.ooxml.xml import main

_COLUMN = f"{main('tableColumns')}/{main('tableColumn')}"


def rename_headings(table: Table, renamed: Mapping[str, str]) -> None:
    """Give columns of a table other headings. Formulas that name the columns stay as they are.

    Args:
        table: A table that shows its headings.
        renamed: New headings, without line breaks, by the old ones; others are passed over.
    """
    workbook, row, first = table.sheet.workbook, table.header_row, table.area.first_column
    found = {at: renamed[old] for at, old in enumerate(table.columns) if old in renamed}
    if row is None or not found:
        return
    with workbook.editing(table.sheet) as sheet:
        for at, heading in found.items():
            put(sheet.ensure_cell(row, first + at), stored_words(heading))
    with workbook.package.editing(table.part) as root:
        columns = root.findall(_COLUMN)
        for at, heading in found.items():
            columns[at].set("name", heading)
