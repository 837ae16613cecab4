"""Pattern rows: how a row of a kind looks, and the rows that are made from it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import LONGEST_TEXT, CellReader, length
from sheetplan.ooxml.filling.cells import (
    FixedCell,
    FormulaCell,
    PatternCell,
    ValueCell,
    Values,
    WordsCell,
    pattern_cell,
)
from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.filling.splitting import CONTINUED, Room
from sheetplan.ooxml.filling.text import Value, escaped, is_rich, rich_pieces, words_of
from sheetplan.ooxml.sheet_rows import cells_of

_SURELY_FITS = LONGEST_TEXT // 2  # characters, each of which counts as two at most
_NOT_TAKEN = {"r", "spans", "ht", "customHeight"}


class Part(NamedTuple):
    """The values of one row to be made, and how tall it has to be."""

    values: Values
    points: float


class PatternRow:
    """A pattern row of a sheet.

    Args:
        element: The row.
        number: Where it stands.
        reader: Reads its texts.
        fonts: What words look like in the workbook's cells.
        room: What the sheet's cells can show.
        is_whole: Whether one row is made for all that is said, however tall it has to be.
    """

    def __init__(
        self,
        element: etree._Element,
        number: int,
        reader: CellReader,
        fonts: CellFonts,
        room: SheetRoom,
        *,
        is_whole: bool = False,
    ) -> None:
        self.number = number
        self._is_whole = is_whole
        self._attributes = _attributes(element)
        self._cells = [
            pattern_cell(column, cell, number, reader, fonts) for column, cell in cells_of(element)
        ]
        self._is_fixed = element.get("customHeight") in ("1", "true")
        if self._is_fixed:
            self._attributes += f' ht="{element.get("ht", "15")}" customHeight="1"'
        self._room = room
        self._rooms: list[tuple[ValueCell | WordsCell, Room]] = []
        self._least = 0.0
        for cell in self._cells:
            its_room = room.of(cell.frame.column, cell.frame.style)
            if isinstance(cell, (ValueCell, WordsCell)):
                self._rooms.append((cell, Room() if self._is_fixed else its_room))
                self._least = max(self._least, its_room.line)
            elif isinstance(cell, FixedCell) and isinstance(cell.value({}), str):
                self._least = max(self._least, its_room.height(str(cell.value({}))))

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names in braces, in their order, each once."""
        return tuple(dict.fromkeys(name for cell in self._cells for name in cell.placeholders))

    def blank(self, text: str) -> PatternRow:
        """The row with nothing in its placeholders, but `text` in the first."""
        twin = copy.copy(self)
        twin._cells = list(_blanked(self._cells, text))
        twin._rooms = []
        return twin

    def attach(self, moves: Moves) -> None:
        """Tell the row's formulas where rows have gone; needed before rows are made."""
        for cell in self._cells:
            if isinstance(cell, FormulaCell):
                cell.moves = moves

    def parts(self, values: Values) -> list[Part]:
        """The values as one row; or where a text is too tall for it those of the rows that it is
        split over: the text goes on, and the rest is repeated.

        Raises:
            KeyError: a value is missing.
            ValueError: a text that no cell can hold, of a row that must not be split.
        """
        points = self._least
        pieces: dict[str, Sequence[Value]] = {}
        for cell, room in self._rooms:
            text = cell.value(values)
            if not isinstance(text, str):
                continue
            lines = room.lines(text)
            if lines == 1 and len(text) <= _SURELY_FITS:
                continue
            if any(is_rich(values[name]) for name in cell.placeholders):
                room = room.bold
                lines = room.lines(text)
            points = max(points, lines * room.line)
            is_too_long = length(text) > LONGEST_TEXT
            if self._is_whole and is_too_long:
                raise ValueError(f"the text of {{{cell.placeholders[0]}}} is too long for a cell")
            if not self._is_whole and (lines > room.most_lines or is_too_long):
                name = max(cell.placeholders, key=lambda name: len(words_of(values[name])))
                rest = cell.value({**values, name: ""})
                cut = _cut(values[name], room.without(str(rest)))
                if len(cut) > len(pieces.get(name, [""])):
                    pieces[name] = cut
        if not pieces:
            return [Part(values, points)]
        rows = zip_longest(*pieces.values(), fillvalue="")
        split = [{**values, **dict(zip(pieces, row, strict=True))} for row in rows]
        return [part for piece in split for part in self.parts(piece)]

    def made(self, row: int, part: Part) -> str:
        """The row that is made, as XML."""
        cells = "".join([cell.spell(row, part.values) for cell in self._cells])
        points = "" if self._is_fixed else self._room.height(part.points)
        height = f' ht="{points}"' if points else ""
        return f'<row r="{row}"{self._attributes}{height}>{cells}</row>'

    def value(self, column: int, values: Values) -> object:
        """What a cell of a made row holds; None where only Excel can tell."""
        for cell in self._cells:
            if cell.frame.column == column:
                return cell.value(values)
        return None


def _cut(value: Value, room: Room) -> Sequence[Value]:
    """A value in pieces that fit into a room."""
    pieces = room.cut(words_of(value))
    return rich_pieces(value, pieces, CONTINUED) if is_rich(value) else pieces


def _blanked(cells: Iterable[PatternCell], text: str) -> Iterable[PatternCell]:
    words = text
    for cell in cells:
        if isinstance(cell, FormulaCell):
            yield cell.without_result()
        elif not cell.placeholders:
            yield cell
        elif words:
            said = f'<is><t xml:space="preserve">{escaped(words)}</t></is>'
            yield FixedCell(cell.frame, said, "inlineStr", words)
            words = ""
        else:
            yield FixedCell(cell.frame)


def _attributes(element: etree._Element) -> str:
    """What all rows that are made say of themselves: style, outline, whether they are hidden."""
    stated = ((str(name), str(value)) for name, value in element.attrib.items())
    return "".join(
        f' {name}="{escaped(value)}"'
        for name, value in stated
        if name not in _NOT_TAKEN and not name.startswith("{")
    )
