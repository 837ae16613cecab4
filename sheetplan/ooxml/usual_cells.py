"""Cells in the form in which all common programs write them, read from their text unparsed.

    <c r="B7" s="3" t="s"><v>12</v></c>    <c r="C7" t="inlineStr"><is><t>Begun</t></is></c>

A cell in any other form is left to the parser, so that either way gives the same value.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetplan.ooxml.cells import words_for
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.strings import characters, unescaped

if TYPE_CHECKING:
    from sheetplan.ooxml.cells import CellReader
    from sheetplan.ooxml.worksheet import Worksheet

_REST = (
    rb'(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|>(?:'
    rb"(?:<f[^>]*/>|<f(?: [^>]*)?>[^<]*</f>)?<v>([^<]*)</v>"
    rb'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"' + _REST)

_Pieces = tuple[bytes, ...]
"""A usual cell's column, row, style, kind, <v> and inline text, each empty where it has none; in
a seventh place something where it is unusual."""

_Row = dict[bytes, _Pieces | bytes]
"""A row's cells by column; of a shared string only its index."""
_NO_CELLS: _Row = {}


class UnusualCellError(Exception):
    """The cell must be parsed to be read."""


class ColumnCells:
    """The cells of some columns of a sheet, found in one pass and read when they are asked for."""

    def __init__(self, sheet: Worksheet, columns: Collection[int]) -> None:
        self._sheet, self._reader = sheet, sheet.workbook.reader
        self._names = {column: column_letters(column).encode() for column in columns}
        text = sheet.rows.usual_text
        if text is None:
            self._names = {}
        found = _pattern(tuple(self._names.values())).findall(text) if text and self._names else []
        self._rows = _by_row(found)

    def value(self, row: int, column: int) -> object:
        """The value of a cell, None for an empty one."""
        name = self._names.get(column)
        if name is None:
            return self._sheet.value(row, column)
        cell = self._rows.get(row, _NO_CELLS).get(name)
        if cell is None:
            return None
        if isinstance(cell, bytes):
            return self._reader.shared_text(cell) or None
        try:
            return _value(self._reader, cell)
        except (UnusualCellError, ValueError):
            return self._sheet.value(row, column)

    def text(self, row: int, column: int) -> str:
        """The value of a cell as words."""
        return words_for(self.value(row, column))

    def number_format(self, row: int, column: int) -> str:
        """The number format code of a cell, "General" for one that is not there."""
        pieces = self._rows.get(row, _NO_CELLS).get(self._names.get(column, b""))
        if isinstance(pieces, tuple) and not pieces[6]:
            style = pieces[2].decode()
        else:
            cell = self._sheet.cell(row, column)
            style = "" if cell is None else cell.get("s", "")
        return self._sheet.workbook.styles.number_format(int(style or "0"))


def _by_row(found: list[_Pieces]) -> dict[int, _Row]:
    """The cells by row and column. Few cells are no shared strings, and of these the index does."""
    rows: dict[int, _Row] = {}
    last: bytes = b""
    cells: _Row = {}
    for pieces in found:
        column, row, _, kind, stored, _, _ = pieces
        if row != last:
            last = row
            cells = rows.setdefault(int(row), {})
        cells.setdefault(column, stored if kind == b"s" and stored.isdigit() else pieces)
    return rows


@lru_cache(maxsize=64)
def _pattern(names: tuple[bytes, ...]) -> re.Pattern[bytes]:
    return re.compile(rb'<c r="(%b)([0-9]+)"(?:%b|([^>]*>))' % (b"|".join(names), _REST))


def value_in(cell: bytes, reader: CellReader) -> object:
    """The value of a cell from its text.

    Raises:
        UnusualCellError: it must be parsed.
    """
    found = _CELL.fullmatch(cell)
    if found is None:
        raise UnusualCellError
    try:
        return _value(reader, (*found.groups(b""), b""))
    except ValueError as error:
        raise UnusualCellError from error


def _value(reader: CellReader, pieces: _Pieces) -> object:
    _, _, style, kind, stored, inline, odd = pieces
    if odd:
        raise UnusualCellError
    if kind == b"s" and stored.isdigit():
        return reader.shared_text(stored) or None
    if kind == b"inlineStr" and not stored:
        return unescaped(characters(inline)) or None
    if kind in (b"", b"n") and not stored and not inline:
        return None
    if kind in (b"s", b"inlineStr") or inline or not stored:
        raise UnusualCellError
    return reader.stored_value(kind.decode() or "n", style.decode() or "0", characters(stored))
