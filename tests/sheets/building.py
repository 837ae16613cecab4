"""A sheet from a text table, opened by sheetplan, and its layout."""

from __future__ import annotations

from pathlib import Path

from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings, load_profile
from sheetplan.sheets.layout import NotATracker, SheetLayout, find_layout
from sheetplan.sheets.reading import SheetReading
from tests.shapes import plan

STANDARD = load_profile("standard")


def sheet_from(path: Path, text: str, **options: object) -> Worksheet:
    """The sheet that a text table says."""
    return Workbook.open(plan(path, text, **options))["Plan"]


def reading_of(path: Path, text: str, settings: Settings = STANDARD, **options: object):
    """The sheet that a text table says, with its layout, which must be a tracker's."""
    sheet = sheet_from(path, text, **options)
    layout = find_layout(sheet, settings)
    assert isinstance(layout, SheetLayout), layout
    return SheetReading(sheet, layout)


def layout_of(path: Path, text: str, settings: Settings = STANDARD, **options: object):
    """The layout of the sheet that a text table says, or what it lacks."""
    found = find_layout(sheet_from(path, text, **options), settings)
    assert isinstance(found, (SheetLayout, NotATracker))
    return found


def months_of(layout: SheetLayout) -> dict[str, list[str]]:
    """By month, as 2023-07: the fields of its columns from left to right."""
    return {block.month.iso: [c.field for c in block.columns] for block in layout.months}
