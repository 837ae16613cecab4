"""New cells as the XML that a worksheet stores them as."""

from __future__ import annotations

import re
from typing import NamedTuple

from sheetplan.ooxml.cells import NOTHING, Stored
from sheetplan.ooxml.ranges import column_letters

_BARE_TAG = re.compile(r"<(/?)(?=\w+[\s/>])")


class NewCell(NamedTuple):
    """A cell to be added to a row: its column, its cell format, and what it holds."""

    column: int
    style: str | None
    content: Stored = NOTHING


class CellSpelling:
    """How cells are spelled in a worksheet.

    Args:
        prefix: What stands before the names of its elements: empty, or such as "x:".
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def cell(self, row: int, new: NewCell) -> str:
        """A cell of a row."""
        column, style, content = new
        look = "" if style is None else f' s="{style}"'
        return f'<{self._prefix}c r="{column_letters(column)}{row}"{look}{self.rest(content)}'

    def rest(self, content: Stored) -> str:
        """What stands behind the look of a cell, to its end."""
        kind, inside, metadata = content
        if not inside:
            return "/>"
        if self._prefix:
            inside = _BARE_TAG.sub(rf"<\1{self._prefix}", inside)
        stated = f' t="{kind}"' if kind else ""
        if metadata:
            stated += f' cm="{metadata}"'
        return f"{stated}>{inside}</{self._prefix}c>"
