"""How a wide sheet is printed: over several pages side by side, before its words are too small."""

from __future__ import annotations

import math

from sheetplan.ooxml.columns import column_settings
from sheetplan.ooxml.defined_names import DefinedName, change_names
from sheetplan.ooxml.graft_names import quoted
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.layout import SheetLayout

_SMALLEST = 0.5  # times the size of what is on the screen: 10 points become 5
_INCHES = {"8": (11.7, 16.5), "9": (8.3, 11.7)}  # A3 and A4: their shorter and longer side
_FIGURE = 7 / 96  # the inches of a figure of a column's width
_USUAL_WIDTH = 9.14
_USUAL_MARGIN = 0.7


def print_over_pages(workbook: Workbook, sheet: Worksheet, layout: SheetLayout) -> None:
    """Let a sheet that is printed one page wide, and too small, go over several pages.

    Each of them begins with the columns up to the reference, and is headed by the same rows.

    Args:
        workbook: The workbook.
        sheet: The sheet.
        layout: Where everything stands on it.
    """
    setup, pages = sheet.child("pageSetup"), _pages(sheet, layout)
    if setup is None or pages < 2 or setup.get("fitToWidth", "1") != "1":
        return
    with workbook.editing(sheet):
        setup = sheet.ensure_child("pageSetup")
        setup.set("fitToWidth", str(pages))
        setup.set("pageOrder", "overThenDown")
    top, bottom = layout.heading_rows
    place, last = f"{quoted(sheet.name)}!", column_letters(layout.reference_column)
    text = f"{place}$A:${last},{place}${top}:${bottom}"
    scope = workbook.sheet_names.index(sheet.name)
    change_names(workbook, [DefinedName("_xlnm.Print_Titles", text, scope)])


def _pages(sheet: Worksheet, layout: SheetLayout) -> int:
    """How many pages it takes for its words to be large enough; 1 where that cannot be said."""
    setup, margins = sheet.child("pageSetup"), sheet.child("pageMargins")
    sides = _INCHES.get("" if setup is None else setup.get("paperSize", ""))
    if setup is None or sides is None:
        return 1
    taken = sum(
        _USUAL_MARGIN if margins is None else float(margins.get(side, _USUAL_MARGIN))
        for side in ("left", "right")
    )
    across = sides[setup.get("orientation") == "landscape"] - taken
    last = max((c.column for month in layout.months for c in month.columns), default=0)
    settings = [column_settings(sheet, column) for column in range(1, last + 1)]
    widths = [float(each.get("width", _USUAL_WIDTH)) for each in settings if "hidden" not in each]
    return math.ceil(sum(widths) * _FIGURE * _SMALLEST / across)
