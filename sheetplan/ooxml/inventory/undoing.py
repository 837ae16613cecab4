"""Taking inserted columns back: what a later form of a reference must have been before.

This is the proof of an insertion, so it shares nothing with what makes one: it reads formulas in
its own way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheetplan.ooxml.ranges import LAST_COLUMN, LAST_ROW, column_letters, column_number

_PIECE = re.compile(
    r"""
    "(?:[^"]|"")*"                                              # words
    |(?P<place>(?:\[\d+\])?(?:'(?:[^']|'')*'|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)?
     (?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?
        |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!\[])
    |\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]                  # columns of a table
    |'(?:[^']|'')*'
    |[\w.\\]+
    |[^\w.\\"'\[$]+
    |.
    """,
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?\d{1,7})?\Z")


@dataclass(frozen=True)
class Undoing:
    """Columns that were inserted, to be taken out again.

    Attributes:
        sheet: The sheet's name.
        at: The first new column.
        count: How many are new.
        own_sheet: The sheet that the part belongs to which is looked at; empty for none.
    """

    sheet: str
    at: int
    count: int
    own_sheet: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the part belongs to the sheet that was given columns."""
        return self.own_sheet.casefold() == self.sheet.casefold()

    def column(self, number: int) -> int:
        """Where a column stood; 0 for a new one, which stood nowhere."""
        if number < self.at:
            return number
        return number - self.count if number >= self.at + self.count else 0

    def explains(
        self, old: str, new: str, *, only_fixed: bool = False, cells: bool = False
    ) -> bool:
        """Whether a later form of a text is the earlier one, moved.

        Args:
            old: A formula, or cells, as they were.
            new: As they are.
            only_fixed: Whether relative references stayed.
            cells: Whether it names cells of the sheet wherever it stands.
        """
        back = self._with(new, only_fixed, cells, undo=True)
        return back == self._with(old, only_fixed, cells, undo=False)

    def _with(self, text: str, only_fixed: bool, cells: bool, *, undo: bool) -> str:
        def change(match: re.Match[str]) -> str:
            if not match["cells"] or not (cells or self._is_meant(match["place"] or "")):
                return match[0]
            ends = [self._end(end, only_fixed, undo) for end in match["cells"].split(":")]
            return (match["place"] or "") + ":".join(ends)

        return _PIECE.sub(change, text)

    def _end(self, text: str, only_fixed: bool, undo: bool) -> str:
        match = _END.match(text)
        if match is None or (only_fixed and not match[1]):
            return text
        column, row = column_number(match[2].upper()), int((match[3] or "1").removeprefix("$"))
        if column > LAST_COLUMN or not 0 < row <= LAST_ROW:
            return text  # a name
        if undo and column < LAST_COLUMN:
            column = self.column(column)
        elif column >= max(self.at, LAST_COLUMN - self.count):
            column = LAST_COLUMN  # what would pass the edge of the sheet ends there
        return f"{match[1]}{column_letters(column) if column else '?'}{match[3] or ''}".upper()

    def _is_meant(self, place: str) -> bool:
        name = place.removesuffix("!").removeprefix("[0]")
        if not name:
            return self.is_here
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'").removeprefix("[0]")
        return name.casefold() == self.sheet.casefold()
