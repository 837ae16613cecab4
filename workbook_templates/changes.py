"""Draws changes.xlsx: what changed between two trackers, a table a sheet."""

from __future__ import annotations

from pathlib import Path

from exception_summary import BLANK
from look import Look
from pattern_sheet import Cell, Column, PatternSheet, draw_table, headings, pack_sheet

TITLE = "What changed in the Improvement Plan"
REFERENCE = Column("Reference", 13, "{reference}", "label")
THEME = Column("Theme", 22, "{theme}")
ACTION = Column("Action", 44, "{action}")
SHEETS = {
    "Actions": (
        "ActionsChanged",
        "Actions that were added, removed, renumbered or moved to another theme.",
        {"action": "text"},
        [
            Column("Change", 16, "{change}", "label"),
            Column("Reference", 13, "{reference}"),
            THEME,
            ACTION,
            Column("Before", 42, "{before}"),
            Column("After", 42, "{after}"),
        ],
    ),
    "Texts": (
        "TextsChanged",
        "Texts that say something else, before and after, with the new words in bold.",
        {"text": "text"},
        [
            REFERENCE,
            THEME,
            ACTION,
            Column("Field", 17, "{field}"),
            Column("Before", 60, "{before}"),
            Column("After, new words bold", 60, "{after}"),
        ],
    ),
    "Dates": (
        "DatesMoved",
        "Dates before and after, and by how many months each moved.",
        {"date": "text"},
        [
            REFERENCE,
            THEME,
            Column("Action", 60, "{action}"),
            Column("Date", 15, "{field}"),
            Column("Before", 19, "{before}"),
            Column("After", 19, "{after}"),
            Column("Moved", 19, "{moved}"),
            Column("Months", 12, "{months}", "count"),
        ],
    ),
    "Statuses": (
        "RatingsMoved",
        "Ratings before and after, and whether each improved or worsened.",
        {"status": "text"},
        [
            REFERENCE,
            THEME,
            Column("Action", 64, "{action}"),
            Column("Before", 27, "{rating_before}", "rating"),
            Column("After", 27, "{rating_after}", "rating"),
            Column("Movement", 26, "{movement}"),
        ],
    ),
    "Past months": (
        "PastMonthsChanged",
        "Statuses and updates of past months that were altered afterwards.",
        {"past": "text"},
        [
            REFERENCE,
            THEME,
            ACTION,
            Column("Month", 15, "{month}"),
            Column("Field", 12, "{field}"),
            Column("Before", 56, "{before}"),
            Column("After, new words bold", 56, "{after}"),
        ],
    ),
    "Structure": (
        "StructureChanged",
        "Sheets, columns, drop-downs, colour rules and names that differ.",
        {"structure": "text"},
        [
            Column("Change", 24, "{change}", "label"),
            Column("Sheets", 36, "{sheets}"),
            Column("Before", 60, "{before}"),
            Column("After", 60, "{after}"),
        ],
    ),
}
"""By the name of a sheet: its table, what that holds, its pattern rows and its columns."""


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_cover(look)
    for name, (table, about, rows, columns) in SHEETS.items():
        sheet = pack_sheet(look, name, columns, paper="A3")
        sheet.note(BLANK)
        draw_table(sheet, table, about, columns, rows)
    look.finish(title=TITLE)


def _draw_cover(look: Look) -> None:
    sheet = PatternSheet(look, "Cover", widths=(34, 100), paper="A4")
    sheet.value("title", "title")
    sheet.value("about", "about")
    for name, label in (
        ("council", "Council"),
        ("older", "Older tracker"),
        ("newer", "Newer tracker"),
        ("contact", "Contact"),
    ):
        sheet.sheet.write(sheet.next_row, 0, label, look.style("plain label"))
        sheet.value(name, "plain", column=1)
    sheet.row("sheet_heading", headings("Sheet", "What it holds"))
    sheet.row("sheet", [Cell("{sheet}", "label"), Cell("{about}")])
    sheet.row("finding_heading", headings("To look at first", "What is doubtful"))
    sheet.row("finding", [Cell("{place}", "label"), Cell("{message}")])
