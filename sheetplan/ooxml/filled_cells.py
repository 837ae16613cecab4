"""The cells of a sheet that hold something, row by row, for whoever reads nearly all of them."""

from __future__ import annotations

import re

from lxml import etree

from sheetplan.ooxml.ranges import column_number
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.strings import characters, unescaped
from sheetplan.ooxml.worksheet import Worksheet

_HOLDS_SOMETHING = (b"<v", b"<is", b"<f")
_CELL = re.compile(
    rb'<c r="([A-Z]+)[0-9]+"(?: s="[0-9]+")?'
    rb'(?:/>|(?: t="(s|str|inlineStr)")?>(?:<v>([^<]*)</v>|<is><t[^>]*>([^<]*)</t></is>)?</c>'
    rb"|[^>]*())"
)
"""A cell: its column, kind, <v> and inline text; the last group takes part when it is another."""


class FilledCells:
    """The filled cells of one sheet: plain text as its words, all else as elements.

    Elements are copies.
    """

    def __init__(self, sheet: Worksheet) -> None:
        self._rows, self._strings = sheet.rows, sheet.workbook.strings
        self._texts: dict[bytes, str | None] = {}
        self._columns: dict[bytes, int] = {}

    def in_row(self, number: int) -> dict[int, str | etree._Element]:
        """The filled cells of a row that is there, by column."""
        rows = self._rows
        if not rows.is_usual:
            return {column: cell for column, cell in cells_of(rows[number]) if len(cell)}
        stored = rows.stored(number)
        if not any(piece in stored for piece in _HOLDS_SOMETHING):
            return {}
        found: dict[int, str | etree._Element] = {}
        for match in _CELL.finditer(stored):
            letters, kind, value, inline, other = match.groups()
            if value is None and inline is None and other is None:
                continue
            column = self._columns.get(letters) or self._column(letters)
            text = self._plain_text(kind, value, inline)
            if text is None:
                element = rows.cell(number, column)
                if element is not None and len(element):
                    found[column] = element
            elif text:
                found[column] = text
        return found

    def _column(self, letters: bytes) -> int:
        return self._columns.setdefault(letters, column_number(letters.decode()))

    def _plain_text(
        self, kind: bytes | None, value: bytes | None, inline: bytes | None
    ) -> str | None:
        """The words of a cell; None where it is not plain text."""
        if kind == b"s" and value is not None:
            if value not in self._texts:
                self._texts[value] = (
                    self._strings.plain_text(int(value)) if value.isdigit() else None
                )
            return self._texts[value]
        raw = inline if kind == b"inlineStr" else value if kind == b"str" else None
        try:
            return None if raw is None else unescaped(characters(raw))
        except ValueError:  # a parser will say what is wrong with it
            return None
