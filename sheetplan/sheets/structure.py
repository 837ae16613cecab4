"""The structure of a workbook: what two copies of a tracker are compared by, beside its actions."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.model.month import Month
from sheetplan.model.workbook_structure import (
    ColumnStructure,
    NameStructure,
    SheetStructure,
    WorkbookStructure,
)
from sheetplan.ooxml.column_rules import SheetRules, held_in
from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.reading import SheetReading, WorkbookReading


def structure(workbook: Workbook, reading: WorkbookReading) -> WorkbookStructure:
    """The structure of a workbook.

    Args:
        workbook: The workbook.
        reading: Its layouts.
    """
    trackers = {item.sheet.name: item for item in reading.trackers}
    return WorkbookStructure(
        tuple(_sheet(sheet, trackers.get(sheet.name)) for sheet in workbook.sheets),
        tuple(_names(workbook)),
    )


def _sheet(sheet: Worksheet, item: SheetReading | None) -> SheetStructure:
    columns = () if item is None else tuple(_columns(item))
    return SheetStructure(sheet.name, sheet.state, item is not None, columns)


def _columns(item: SheetReading) -> Iterator[ColumnStructure]:
    """The columns; one cell for all months comes again in none of them, so it has no month."""
    layout, rules = item.layout, SheetRules(item.sheet)
    fields = {column: field for field, column in layout.fields.items()}
    comes_again = item.commentary is None
    months: dict[int, tuple[str, Month | None]] = {
        column.column: (column.field, block.month if comes_again else None)
        for block in layout.months
        for column in block.columns
    }
    headings = column_headings(item.sheet, layout)
    last_row = max(item.sheet.rows, default=layout.first_row)
    for column in sorted({*headings, *fields, *months}):
        field, month = months.get(column, (fields.get(column, ""), None))
        offered = held_in(rules.drop_downs, column, layout.first_row, last_row)
        colours = held_in(rules.colour_rules, column, layout.first_row, last_row)
        yield ColumnStructure(
            column_letters(column),
            headings.get(column, ""),
            field,
            month,
            tuple(sorted(map(str, offered))),
            len(colours),
        )


def column_headings(sheet: Worksheet, layout: SheetLayout) -> dict[int, str]:
    """The heading of each column on one line: the lowest words over it."""
    monthly = {column.column: column.heading for block in layout.months for column in block.columns}
    found = {heading.column: heading.text for heading in layout.unknown} | monthly
    top, bottom = layout.heading_rows
    for column in layout.fields.values():
        texts = (sheet.text(row, column) for row in range(bottom, top - 1, -1))
        found[column] = next((text for text in texts if text.strip()), "")
    return {column: " ".join(text.split()) for column, text in found.items()}


def _names(workbook: Workbook) -> Iterator[NameStructure]:
    """The names that people see: Excel and sheetplan hide their own."""
    for name in names_of(workbook):
        if dict(name.settings).get("hidden") not in ("1", "true"):
            is_of_a_sheet = name.scope is not None and name.scope < len(workbook.sheet_names)
            sheet = workbook.sheet_names[name.scope or 0] if is_of_a_sheet else ""
            yield NameStructure(name.name, name.text, sheet)
