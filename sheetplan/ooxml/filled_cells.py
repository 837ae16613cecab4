"""The cells of a sheet that hold something, row by row, for whoever reads nearly all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.ranges import column_number
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.strings import resolved, unescaped
from sheetplan.ooxml.worksheet import Worksheet

_CELL = re.compile(
    r'<c r="([A-Z]+)[0-9]+"(?: s="[0-9]+")?'
    r'(?:/>|(?: t="(s|str|inlineStr|n)")?>'
    r"(?:(?:<f>([^<]*)</f>)?<v>([^<]*)</v>|<is><t[^>]*>([^<]*)</t></is>)?</c>|[^>]*(>))"
)
"""A cell: its column, kind, formula, <v> and inline text; the last group takes part when it is
another."""


class WorkedOut(NamedTuple):
    """What a cell says that works it out: plain text, or nothing as long as nobody has."""

    text: str
    formula: str


FilledCell = str | WorkedOut | etree._Element
"""What a cell holds: plain text as its words; all that is neither this nor worked out as an
element, which is a copy."""


class FilledCells:
    """The filled cells of one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._rows, self._strings = sheet.rows, sheet.workbook.strings
        self._texts: dict[str, str | None] = {}
        self._found: dict[int, dict[int, FilledCell]] = {}

    def in_row(self, number: int) -> Mapping[int, FilledCell]:
        """The filled cells of a row that is there, by column."""
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = self._in_row(number)
        return found

    def _in_row(self, number: int) -> dict[int, FilledCell]:
        try:
            row = self._rows.stored(number).decode() if self._rows.is_usual else ""
        except ValueError:  # a parser will say what is wrong with it
            row = ""
        if not row:
            return {column: cell for column, cell in cells_of(self._rows[number]) if len(cell)}
        found: dict[int, FilledCell] = {}
        if not ("<is" in row or "<v" in row or "<f" in row):
            return found
        is_as_stored = not ("&" in row or "_x" in row or "\r" in row)
        for letters, kind, formula, value, inline, other in _CELL.findall(row):
            cell: FilledCell | None
            if kind == "inlineStr" and inline:
                cell = inline if is_as_stored else _words(inline)
            elif formula:
                cell = _worked_out(kind, formula, value)
            elif value or inline or other:
                cell = None if other else self._plain_text(kind, value)
            else:
                continue
            column = column_number(letters)
            if cell is None:
                element = self._rows.cell(number, column)
                if element is not None and len(element):
                    found[column] = element
            elif cell:
                found[column] = cell
        return found

    def _plain_text(self, kind: str, value: str) -> str | None:
        """The words of a cell that has them in <v>; None where it is not plain text."""
        if kind == "str":
            return _words(value)
        if kind == "s" and value not in self._texts:
            self._texts[value] = self._strings.plain_text(int(value)) if value.isdigit() else None
        return self._texts[value] if kind == "s" else None


def _worked_out(kind: str, formula: str, value: str) -> WorkedOut | None:
    """A formula that comes to text; None where it must be parsed."""
    text = _words(value) if kind == "str" or not value else None
    try:
        return None if text is None else WorkedOut(text, resolved(formula))
    except ValueError:
        return None


def _words(stored: str) -> str | None:
    """What stored text says; None where it must be parsed."""
    try:
        return unescaped(resolved(stored))
    except ValueError:
        return None
