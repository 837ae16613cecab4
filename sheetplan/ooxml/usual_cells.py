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

_FORMULA = rb"(?:<f[^>]*/>|<f(?: [^>]*)?>[^<]*</f>)?"
_USUAL = re.compile(
    rb'(?:<c r="[A-Z]+[0-9]+")?(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|>(?:%b<v>([^<]*)</v>'
    rb'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)' % _FORMULA
)
"""A usual cell, with or without its name: its style, kind, <v> and inline text."""
_CELL = re.compile(
    rb'<c r="([A-Z]+)[0-9]+"([^<]*(?:%b<v>[^<]*</v></c>|<is><t[^>]*>[^<]*</t></is></c>|</c>)?)'
    % _FORMULA
)
"""Any cell: its column, and the rest of it; of an unusual one only how it begins."""
_NEAR = 4  # columns: what lies between two that are wanted is sooner read than passed over


class UnusualCellError(Exception):
    """The cell must be parsed to be read."""


class ColumnCells:
    """The cells of some columns of a sheet, found in one pass and read when they are asked for.

    Many cells hold the same, such as a status, so each text of a cell is read once.
    """

    def __init__(self, sheet: Worksheet, columns: Collection[int]) -> None:
        self._sheet, self._reader = sheet, sheet.workbook.reader
        self._columns: dict[int, dict[int, bytes]] = {}
        self._values: dict[bytes, object] = {}
        self._styles: dict[bytes, int] = {}
        if sheet.rows.is_usual and not sheet.is_being_edited:
            self._columns = {column: {} for column in sorted(columns)}
            self._find_cells()

    def _find_cells(self) -> None:
        """Keep the text of each wanted cell, without its name, by column and row.

        Where the first cell of a stretch is not there, it is looked for from the row's beginning.
        """
        wanted = {column_letters(c).encode(): cells for c, cells in self._columns.items()}
        stretches = list(_stretches(self._columns))
        for number in self._sheet.rows:
            text = self._sheet.rows.stored(number)
            for first, after in stretches:
                start = max(text.find(b'<c r="%b%d"' % (first, number)), 0)
                end = text.find(b'<c r="%b%d"' % (after, number), start)
                for column, cell in _CELL.findall(text, start, end if end >= 0 else len(text)):
                    if column in wanted:
                        wanted[column].setdefault(number, cell)

    def value(self, row: int, column: int) -> object:
        """The value of a cell, None for an empty one."""
        cells = self._columns.get(column)
        if cells is None:
            return self._sheet.value(row, column)
        cell = cells.get(row)
        if cell is None:
            return None
        if cell not in self._values:
            try:
                self._values[cell] = value_in(cell, self._reader)
            except UnusualCellError:
                return self._sheet.value(row, column)
        return self._values[cell]

    def values(self, column: int) -> dict[int, object]:
        """The values of all cells of a column that are not empty, by row."""
        if column in self._columns:
            cells, known = self._columns[column], self._values
            found = {
                row: known[cell] if cell in known else self.value(row, column)
                for row, cell in cells.items()
            }
        else:
            found = {row: self._sheet.value(row, column) for row in self._sheet.rows}
        return {row: value for row, value in found.items() if value is not None}

    def text(self, row: int, column: int) -> str:
        """The value of a cell as words."""
        return words_for(self.value(row, column))

    def number_format(self, row: int, column: int) -> str:
        """The number format code of a cell, "General" for one that is not there."""
        return self._sheet.workbook.styles.number_format(self.style(row, column) or 0)

    def style(self, row: int, column: int) -> int | None:
        """The cell format that a cell wears, None for one that is not there."""
        text = self._columns.get(column, _NO_CELLS).get(row, b"")
        if text not in self._styles:
            usual = _USUAL.fullmatch(text) if text else None
            if usual is None:
                cell = self._sheet.cell(row, column)
                return None if cell is None else int(cell.get("s") or 0)
            self._styles[text] = int(usual[1] or 0)
        return self._styles[text]


_NO_CELLS: dict[int, bytes] = {}


def _stretches(columns: Iterable[int]) -> Iterator[tuple[bytes, bytes]]:
    """The columns in stretches, each with its first column and the one after it."""
    wanted = sorted(columns)
    starts = [c for before, c in zip([-_NEAR, *wanted], wanted, strict=False) if c - before > _NEAR]
    ends = [c for c, after in zip_longest(wanted, wanted[1:]) if not after or after - c > _NEAR]
    for first, last in zip(starts, ends, strict=True):
        yield column_letters(first).encode(), column_letters(last + 1).encode()


def value_in(cell: bytes, reader: CellReader) -> object:
    """The value of a cell from its text, with or without its name.

    Raises:
        UnusualCellError: it must be parsed.
    """
    usual = _USUAL.fullmatch(cell)
    if usual is None:
        raise UnusualCellError
    try:
        return _value(reader, *usual.groups(b""))
    except ValueError as error:
        raise UnusualCellError from error


def _value(reader: CellReader, style: bytes, kind: bytes, stored: bytes, inline: bytes) -> object:
    if kind == b"s" and stored.isdigit():
        return reader.shared_text(stored) or None
    if kind == b"inlineStr" and not stored:
        return unescaped(characters(inline)) or None
    if kind in (b"", b"n") and not stored and not inline:
        return None
    if kind in (b"s", b"inlineStr") or inline or not stored:
        raise UnusualCellError
    return reader.stored_value(kind.decode() or "n", style.decode() or "0", characters(stored))
