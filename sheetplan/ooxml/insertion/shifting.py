"""Where columns and references have gone when columns are inserted.

A column from the new ones on moves right. So a range moves, grows when columns are inserted inside
it, and stays when they come before its first or after its last column: each end moves by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sheetplan.ooxml.formulas import rewrite, tokens
from sheetplan.ooxml.ranges import LAST_COLUMN, LAST_ROW, Area, column_letters, column_number

_PLACED = re.compile(r"(?P<place>(?:\[\d+\])?(?:'(?:[^']|'')+'|[^'!]*))!(?P<cells>.*)\Z", re.DOTALL)
_END = re.compile(r"(?P<fixed>\$?)(?P<letters>[A-Za-z]{1,3})(?P<row>\$?\d{1,7})?\Z")
_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,3}(?![A-Za-z])")
_NUMBERS = re.compile(r"\d+")
_BLANKS = re.compile(r"(\s+)")
_BETWEEN_SHEETS = re.compile(r":[^!]*!")


class UnmovableError(ValueError):
    """A reference that nobody can say the new form of; the message says why."""


@dataclass(frozen=True)
class Insertion:
    """New columns of one sheet.

    Attributes:
        sheet: The sheet's name.
        at: The first new column; what stood there moves right.
        count: How many are new.
        sheets: The names of all sheets in their order, for references that span several.
    """

    sheet: str
    at: int
    count: int
    sheets: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.at)}"

    def is_on(self, sheet: str) -> bool:
        """Whether a sheet is the one that is given columns."""
        return sheet.casefold() == self.sheet.casefold()

    def column(self, number: int) -> int:
        """Where a column stands now; it may be past the last that there is."""
        return number if number < self.at else number + self.count

    def splits(self, area: Area) -> bool:
        """Whether the new columns come between columns of an area."""
        return area.first_column < self.at <= area.last_column

    def cells(self, text: str) -> str:
        """Cells of the sheet, or areas divided by blanks, as they are called now.

        Raises:
            UnmovableError: they would stand past the last column.
        """
        return "".join([self._area(piece) for piece in _BLANKS.split(text)])

    def _area(self, text: str, *, only_fixed: bool = False) -> str:
        ends = [_END.match(end) for end in text.split(":")]
        found = [end for end in ends if end and _is_place(end)]
        if len(found) < len(ends) or (len(ends) == 1 and not found[0]["row"]):
            return text  # a name, or whole rows
        numbers = [column_number(end["letters"]) for end in found]
        new = [
            number if only_fixed and not end["fixed"] else self.column(number)
            for number, end in zip(numbers, found, strict=True)
        ]
        if min(new) > LAST_COLUMN:
            raise UnmovableError(f"{text} would stand past the last column")
        return ":".join(
            f"{end['fixed']}{column_letters(min(number, LAST_COLUMN))}{end['row'] or ''}"
            for number, end in zip(new, found, strict=True)
        )

    # ---------------------------------------------------------------- formulas

    def formula(self, text: str, own_sheet: str, *, only_fixed: bool = False) -> str:
        """A formula that reads the same cells as before.

        Args:
            text: With or without its equals sign.
            own_sheet: The sheet that references without a sheet's name mean; empty for none.
            only_fixed: Whether relative references stay: those of a name are counted from the
                cell that uses it.

        Raises:
            UnmovableError: it is no formula, it spans sheets, or it would pass the last column.
        """
        if not self._may_read(text, own_sheet):
            return text
        if not _can_be_read(_NUMBERS.sub("1", text)):
            raise UnmovableError(f"the formula {text[:80]} cannot be read")
        return rewrite(text, lambda operand: self._operand(operand, own_sheet, only_fixed))

    def _may_read(self, text: str, own_sheet: str) -> bool:
        """A quick look before a careful one."""
        if not self.is_on(own_sheet) and not (
            "!" in text and (self._is_named_in(text) or _BETWEEN_SHEETS.search(text))
        ):
            return False
        return any(column_number(m) >= self.at for m in set(_LETTERS.findall(text.upper())))

    def _is_named_in(self, text: str) -> bool:
        return self.sheet.casefold().replace("'", "''") in text.casefold()

    def _operand(self, text: str, own_sheet: str, only_fixed: bool) -> str | None:
        """A reference as it is now; None for what is none, or reads other cells."""
        placed = _PLACED.match(text)
        place, cells = (placed["place"], placed["cells"]) if placed else ("", text)
        first, colon, last = cells.partition(":")
        if "!" in cells and not colon:  # Sheet1!#REF!
            return None
        if "!" in cells:  # Sheet1!O5:Sheet1!O9
            ends = [f"{place}!{first}", last]
            moved = [self._operand(end, own_sheet, only_fixed) or end for end in ends]
            return ":".join(moved)
        if "[" in cells or "]" in cells:
            return None
        if not self._is_here(place, own_sheet):
            return None
        new = self._area(cells, only_fixed=only_fixed)
        if new != cells and ":" in _bare(place):
            raise UnmovableError(
                f"{text} spans several sheets, of which one would be given columns"
            )
        return f"{place}!{new}" if placed else new

    def _is_here(self, place: str, own_sheet: str) -> bool:
        """Whether the place of a reference, empty for its own sheet, is or holds the sheet."""
        name = _bare(place)
        if not name:
            return self.is_on(own_sheet)
        if "[" in name:  # another workbook
            return False
        first, colon, last = name.partition(":")
        if not colon:
            return self.is_on(name)
        if self.is_on(first) or self.is_on(last):
            return True
        order = [sheet.casefold() for sheet in self.sheets]
        ends = sorted(
            order.index(end.casefold()) for end in (first, last) if end.casefold() in order
        )
        return len(ends) > 1 and self.sheet.casefold() in order[ends[0] : ends[1]]


@lru_cache(maxsize=5_000)
def _can_be_read(formula: str) -> bool:
    """Whether the pieces of a formula are known, and make up all of it.

    The formulas of a column are mostly alike but for their numbers, which make no difference here.
    """
    return bool(tokens(formula)) and rewrite(formula, lambda _: None) == formula


def _is_place(end: re.Match[str]) -> bool:
    """Whether something that looks like the end of a reference is one, not a name such as YTD1."""
    row = (end["row"] or "1").removeprefix("$")
    return column_number(end["letters"].upper()) <= LAST_COLUMN and 0 < int(row) <= LAST_ROW


def _bare(place: str) -> str:
    """The name of a sheet without its quotes, and without the [0] for this very workbook."""
    name = place.removeprefix("[0]")
    if name.startswith("'") and name.endswith("'"):
        name = name[1:-1].replace("''", "'").removeprefix("[0]")
    return name
