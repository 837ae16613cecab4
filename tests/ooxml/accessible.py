"""A workbook that breaks no rule of accessibility, for tests to break one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table, TableStyleInfo

from sheetplan.model.colour import Colours
from sheetplan.ooxml.accessibility.breach import Breach
from sheetplan.ooxml.accessibility.checking import breaches_of
from sheetplan.ooxml.workbook import Workbook

ROWS = [
    ["Reference", "Action", "Rating", "Update"],
    ["LC.A1.1", "Mend the library roof", "Amber", "Two months late [AB]"],
    ["LC.A1.2", "Paint the town hall", "Red", "Not begun [CD]"],
    ["LC.A1.3", "Plant the verges", "Amber", "One month late [AB]"],
    ["LC.A1.4", "Count the lamp posts", "Red", "Stopped [CD]"],
]
TOP = 4
"""The row of the headings; the title and a sentence stand above it."""


def book(path: Path, change: Callable[[Any], Any] = lambda book: None) -> Path:
    """Save the workbook that breaks no rule, changed as openpyxl's own objects."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Exceptions"
    sheet["A1"] = "Exceptions in July 2026"
    sheet["A1"].style = "Headline 1"
    sheet["A2"] = "Each action that is amber or red, with its update."
    for row, texts in enumerate(ROWS, TOP):
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column, text).alignment = Alignment(wrap_text=True)
    add_table(sheet, "Exceptions", "A4:D8")
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = 24
    made.properties.title = "Exceptions in July 2026"
    made.properties.creator = "Wexcombe Borough Council"
    made.properties.language = "en-GB"
    change(made)
    made.save(path)
    return path


def add_table(sheet: Any, name: str, area: str) -> Any:
    """Mark cells up as a table that has no filter buttons."""
    table = Table(displayName=name, ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1")
    table._initialise_columns()
    for column, cell in zip(table.tableColumns, sheet[area][0], strict=True):
        column.name = str(cell.value or f"Column{column.id}")
    table.autoFilter = None
    sheet.add_table(table)
    return table


def breaches(path: Path) -> list[Breach]:
    """What breaks the rules in a workbook."""
    return list(breaches_of(Workbook.open(path), lambda fill, text: Colours(fill, text).contrast))


def found(path: Path, rule: int | None = None) -> list[tuple[int, str, str]]:
    """Of each breach the rule, the places and the message; of one rule alone if it is named."""
    return [
        (item.rule.number, ", ".join(item.places), item.message)
        for item in breaches(path)
        if rule in (None, item.rule.number)
    ]


def places(path: Path, rule: int) -> list[str]:
    """Where a rule is broken."""
    return [item[1] for item in found(path, rule)]
