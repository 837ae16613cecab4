"""Draws imported_plan.xlsx: the sheets that account for a plan that was imported."""

from __future__ import annotations

from pathlib import Path

from look import Look
from pattern_sheet import Column, draw_table, pack_sheet

TITLE = "Where an imported plan went"
SHEETS = {
    "Where it went": (
        "WhereItWent",
        "Every paragraph of the plan that was imported, and where it went.",
        "A blank cell under Went to: the paragraph is kept here alone, and the last column says "
        "why.",
        {"paragraph": "text"},
        [
            Column("Stands in", 15, "{part}", "label"),
            Column("Row", 8, "{row}", "count"),
            Column("Section", 26, "{section}"),
            Column("Source number", 10, "{number}"),
            Column("Column", 16, "{column}"),
            Column("Paragraph", 12, "{paragraph}", "count"),
            Column("Text", 70, "{text}"),
            Column("Went to", 32, "{target}"),
            Column("How, or why not", 36, "{why}"),
        ],
    ),
    "To look at": (
        "ImportDoubts",
        "What was doubtful when the plan was imported, and is for a person to look at.",
        "A blank number: the row has none. When all is settled, this sheet may be deleted.",
        {"doubt": "text"},
        [
            Column("Where", 24, "{place}", "label"),
            Column("Source number", 10, "{number}"),
            Column("What is doubtful", 90, "{message}"),
        ],
    ),
}
"""By the name of a sheet: its table, what that holds, how to read it, its rows and columns."""


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    for name, (table, about, how, rows, columns) in SHEETS.items():
        sheet = pack_sheet(look, name, columns, paper="A3")
        sheet.note(how)
        draw_table(sheet, table, about, columns, rows)
    look.finish(title=TITLE)
