"""How the example workbook looks: its cell formats, and rows tall enough for their text."""

import math
import textwrap
from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": False}
NAVY = "#243B53"
PALE_BLUE = "#DCE6F1"
PALE_GREY = "#EDEFF1"
PALE_YELLOW = "#FFF8CC"
RED = "#A3162B"
LINE = "#484949"
PAPER_LINE = "#9AA5B1"
MAX_ROW_HEIGHT = 409
LINE_HEIGHT = 13.0

CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": PAPER_LINE}
CENTRED = {**CELL, "align": "center"}
KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"},
    "subtitle": {"bold": True, "font_size": 12, "font_color": NAVY, "valign": "vcenter"},
    "caption": {"italic": True, "font_color": LINE, "valign": "vcenter"},
    "banner": {
        **CENTRED,
        "valign": "vcenter",
        "bold": True,
        "font_size": 11,
        "bg_color": PALE_YELLOW,
        "font_color": RED,
    },
    "group": {
        **CENTRED,
        "valign": "vcenter",
        "bold": True,
        "bg_color": NAVY,
        "font_color": "#FFFFFF",
    },
    "field": {**CENTRED, "valign": "vcenter", "bold": True, "bg_color": PALE_BLUE},
    "text": CELL,
    "centre": CENTRED,
    "date": {**CENTRED, "num_format": "mmm-yy"},
    "status": {**CENTRED, "valign": "vcenter", "border_color": LINE},
    "label": {**CELL, "valign": "vcenter", "indent": 1},
    "count": {**CENTRED, "valign": "vcenter", "num_format": "0"},
    "percent": {**CENTRED, "valign": "vcenter", "num_format": "0%"},
    "change": {**CENTRED, "valign": "vcenter", "num_format": "+0;-0;0"},
}
BOLD = {"bold": True}
STRONG = {"bold": True, "bg_color": PALE_GREY}


class Styles:
    """The cell formats of one workbook, each made once and when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, kind: str, *, strong: bool = False, unlocked: bool = False) -> Format:
        """The format of a kind of cell: `strong` for main actions and totals."""
        properties = KINDS[kind] | (STRONG if strong else {})
        return self.make(properties | ({"locked": False} if unlocked else {}))

    def coloured(self, kind: str, fill: str, ink: str) -> Format:
        """The format of a kind of cell in the colours of a status."""
        return self.make(
            KINDS[kind] | {"bold": True, "bg_color": f"#{fill}", "font_color": f"#{ink}"}
        )

    def make(self, properties: dict[str, Any]) -> Format:
        """A format with these properties in the font of the workbook."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(FONT | properties)
        return self._made[key]

    def difference(self, fill: str, ink: str, *, bold: bool = False) -> Format:
        """A format for a conditional rule, which says only what the rule changes."""
        properties = {"bg_color": f"#{fill}", "font_color": f"#{ink}"} | (BOLD if bold else {})
        return self._book.add_format(properties)


def row_height(texts: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """The height in points that shows every (text, column width) pair of a row in full.

    Excel does not fit the height of a row when it opens a file that says how tall the row is, and
    a row with no height shows one line; so the lines are counted here.
    """
    tallest = max((_lines(text, width, bold) for text, width in texts), default=1)
    return min(MAX_ROW_HEIGHT, math.ceil(tallest * LINE_HEIGHT + 5))


def _lines(text: str, width: float, bold: bool) -> int:
    room = max(4, int(width * (1.04 if bold else 1.14)))
    return sum(len(textwrap.wrap(part, room)) or 1 for part in text.split("\n"))
