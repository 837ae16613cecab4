"""Cells in the form in which all common programs write them, read from their text unparsed.

    <c r="B7" s="3" t="s"><v>12</v></c>    <c r="C7" t="inlineStr"><is><t>Begun</t></is></c>

A cell in any other form is left to the parser, so that either way gives the same value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
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
_CELL = re.compile(rb'<c r="([A-Z]+)[0-9]+"(?:%b|([^>]*>))' % _REST)
_NEAR = 4  # columns: what lies between two that are wanted is sooner read than passed over

_Pieces = tuple[bytes, ...]
"""A usual cell's column, style, kind, <v> and inline text, each empty where it has none; in a
sixth place something where it is unusual."""

_Row = dict[bytes, _Pieces | bytes]
"""A row's cells by column; of a shared string only its index."""
_NO_CELLS: _Row = {}


class UnusualCellError(Exception):
    """The cell must be parsed to be read."""


class ColumnCells:
    """The cells of some columns of a sheet, found in one pass and read when they are asked for."""

    def __init__(self, sheet: Worksheet, columns: Collection[int]) -> None:
        self._sheet, self._reader = sheet, sheet.workbook.reader
        self._names: dict[int, bytes] = {}
        self._rows: dict[int, _Row] = {}
        if sheet.rows.is_usual and not sheet.is_being_edited:
            self._names = {column: column_letters(column).encode() for column in sorted(columns)}
            stretches = list(_stretches(self._names))
            for number in sheet.rows:
                self._rows[number] = _row(sheet.rows.stored(number), number, stretches)

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
        if isinstance(pieces, tuple) and not pieces[5]:
            style = pieces[1].decode()
        else:
            cell = self._sheet.cell(row, column)
            style = "" if cell is None else cell.get("s", "")
        return self._sheet.workbook.styles.number_format(int(style or "0"))


def _stretches(columns: Iterable[int]) -> Iterator[tuple[bytes, bytes]]:
    """The columns in stretches, each with its first column and the one after it."""
    wanted = sorted(columns)
    starts = [c for before, c in zip([-_NEAR, *wanted], wanted, strict=False) if c - before > _NEAR]
    ends = [c for c, after in zip_longest(wanted, wanted[1:]) if not after or after - c > _NEAR]
    for first, last in zip(starts, ends, strict=True):
        yield column_letters(first).encode(), column_letters(last + 1).encode()


def _row(text: bytes, number: int, stretches: list[tuple[bytes, bytes]]) -> _Row:
    """The cells of stretches of a row, by column; of shared strings, as most are, the index.

    Where the first cell of a stretch is not there, it is looked for from the row's beginning.
    """
    cells: _Row = {}
    for first, after in stretches:
        start = max(text.find(b'<c r="%b%d"' % (first, number)), 0)
        end = text.find(b'<c r="%b%d"' % (after, number), start)
        for pieces in _CELL.findall(text, start, end if end >= 0 else len(text)):
            column, _, kind, stored, _, _ = pieces
            cells.setdefault(column, stored if kind == b"s" and stored.isdigit() else pieces)
    return cells


def value_in(cell: bytes, reader: CellReader) -> object:
    """The value of a cell from its text.

    Raises:
        UnusualCellError: it must be parsed.
    """
    found = _CELL.fullmatch(cell)
    if found is None:
        raise UnusualCellError
    try:
        return _value(reader, found.groups(b""))
    except ValueError as error:
        raise UnusualCellError from error


def _value(reader: CellReader, pieces: _Pieces) -> object:
    _, style, kind, stored, inline, odd = pieces
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
