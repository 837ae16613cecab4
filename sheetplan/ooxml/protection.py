"""Protection of a sheet, without a password: it keeps from slips and not from people."""

from __future__ import annotations

from sheetplan.ooxml.worksheet import Worksheet

_ALLOWED = ("formatColumns", "formatRows", "autoFilter")
"""What can be done besides typing in unlocked cells (18.3.1.85: 0 is allowed)."""


def protect(sheet: Worksheet) -> None:
    """Lock the sheet's locked cells. Filters work, and columns and rows can be made larger."""
    with sheet.workbook.editing(sheet):
        element = sheet.ensure_child("sheetProtection")
        for name in ("sheet", "objects", "scenarios"):
            element.set(name, "1")
        for name in _ALLOWED:
            element.set(name, "0")
