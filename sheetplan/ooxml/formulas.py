"""Formulas: which cells they read, and what they become when columns are copied or moved on.

The tokens are openpyxl's; what a reference means to a copy of columns is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from sheetplan.ooxml.ranges import (
    LAST_COLUMN,
    LAST_ROW,
    ColumnCopy,
    column_letters,
    column_number,
)

_REFERENCE = re.compile(
    r"""(?P<sheet>(?:'(?:[^']|'')+'|[^'!\[\]:]+)!)?
        (?P<first>\$?[A-Za-z]{1,3}(?:\$?\d+)?)
        (?::(?P<last>\$?[A-Za-z]{1,3}(?:\$?\d+)?))?\Z""",
    re.VERBOSE,
)
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(?:(\$?)(\d+))?\Z")
_END = re.compile(r"(?:(\$?)([A-Za-z]{1,3}))?(?:(\$?)(\d{1,7}))?\Z")
_BLANKS = re.compile(r"[ \n]+")


class _Tokenizer(Tokenizer):  # type: ignore[misc]
    """openpyxl's, for which a line break ends an operand as a blank does."""

    TOKEN_ENDERS = Tokenizer.TOKEN_ENDERS + "\n"


@dataclass(frozen=True)
class Corner:
    """One end of a reference: its column, whether it is fixed with a dollar, and its row part."""

    column: int
    fixed: bool
    row: str

    @classmethod
    def parse(cls, text: str) -> Corner:
        match = _CORNER.match(text)
        assert match is not None
        row = f"{match[3]}{match[4]}" if match[4] else ""
        return cls(column_number(match[2]), bool(match[1]), row)

    def __str__(self) -> str:
        return f"{'$' if self.fixed else ''}{column_letters(self.column)}{self.row}"


@dataclass(frozen=True)
class CellReference:
    """A reference to cells as it stands in a formula: 'Theme 1'!$O$4:$O$34."""

    sheet: str | None
    first: Corner
    last: Corner | None
    spelled_sheet: str = ""

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column."""
        last = self.last or self.first
        low, high = sorted((self.first.column, last.column))
        return low, high

    @property
    def is_fixed(self) -> bool:
        """Whether every column in it is fixed with a dollar."""
        return self.first.fixed and (self.last is None or self.last.fixed)

    @property
    def has_fixed_rows(self) -> bool:
        """Whether every row in it is fixed with a dollar."""
        return all(corner.row.startswith("$") for corner in (self.first, self.last or self.first))

    def moved(self, columns: int) -> CellReference:
        """The same reference so many columns to the right, dollars or not."""
        first = Corner(self.first.column + columns, self.first.fixed, self.first.row)
        last = self.last and Corner(self.last.column + columns, self.last.fixed, self.last.row)
        return CellReference(self.sheet, first, last, self.spelled_sheet)

    def __str__(self) -> str:
        cells = f"{self.first}:{self.last}" if self.last else str(self.first)
        return f"{self.spelled_sheet}{cells}"


def parse_reference(text: str) -> CellReference | None:
    """Read a reference, or None for a name, a whole row, a table or another workbook's cell."""
    match = _REFERENCE.match(text)
    if match is None:
        return None
    first, last = Corner.parse(match["first"]), match["last"] and Corner.parse(match["last"])
    if (not first.row and not last) or (last and bool(last.row) != bool(first.row)):
        return None  # a name such as TAX, not a column
    spelled = match["sheet"] or ""
    sheet = spelled[:-1] if spelled else None
    if sheet and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return CellReference(sheet, first, last or None, spelled)


@lru_cache(maxsize=500)
def tokens(formula: str) -> tuple[Token, ...]:
    """The tokens of a formula, given with or without its equals sign; none if it is no formula.

    The few formulas of a template are asked for again with every workbook that is made from it.
    """
    try:
        return tuple(_Tokenizer(formula if formula.startswith("=") else f"={formula}").items)
    except (TokenizerError, IndexError):
        return ()


def _pieces(formula: str) -> Iterator[tuple[str, bool]]:
    """The formula cut up: each piece, and whether it is a reference or a name.

    Two ends of a range may be worked out: O5:INDEX(…) and OFFSET(…):O9 hold references too.
    """
    at = 0 if not formula.startswith("=") else 1
    for token in tokens(formula):
        text = token.value
        if token.type == Token.WSPACE:  # the token is one blank, whatever stands there
            found = _BLANKS.match(formula, at)
            text = found[0] if found else text
        at += len(text)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            if text.startswith(":"):
                yield ":", False
            yield text.removeprefix(":"), True
        elif token.type == Token.FUNC and ":" in text:
            start, colon, function = text.rpartition(":")
            yield start, True
            yield colon + function, False
        else:
            yield text, False


def references(formula: str) -> Iterator[CellReference]:
    """The references to cells in a formula."""
    for text, is_operand in _pieces(formula):
        if is_operand:
            reference = parse_reference(text)
            if reference is not None:
                yield reference


def rewrite(formula: str, change: Callable[[str], str | None]) -> str:
    """The formula with each range operand changed; `change` gives None to leave one as it is."""
    pieces = []
    for text, is_operand in _pieces(formula):
        new = change(text) if is_operand else None
        pieces.append(text if new is None else new)
    if not pieces:
        return formula
    prefix = "=" if formula.startswith("=") else ""
    return prefix + "".join(pieces)


def may_read(formula: str, copy: ColumnCopy) -> bool:
    """Whether the formula could read the copied columns: a quick look before a careful one."""
    letters = "|".join(column_letters(n) for n in range(copy.first, copy.last + 1))
    return bool(re.search(rf"(?<![A-Za-z])\$?(?:{letters})(?![A-Za-z(])", formula, re.IGNORECASE))


def lies_in(reference: CellReference, copy: ColumnCopy) -> bool:
    """Whether all of the reference lies in the copied columns."""
    low, high = reference.columns
    return copy.first <= low and high <= copy.last


def reads(formula: str, copies: Mapping[str, ColumnCopy], own_sheet: str) -> bool:
    """Whether the formula reads only-month cells: copied columns of a sheet, by casefolded name."""
    for reference in references(formula):
        copy = copies.get((reference.sheet or own_sheet).casefold())
        if copy is not None and lies_in(reference, copy):
            return True
    return False


def repoint(
    formula: str,
    copies: Mapping[str, ColumnCopy],
    own_sheet: str,
    *,
    only_fixed: bool = False,
) -> str:
    """The formula with what it reads in copied columns read in the new ones instead.

    Args:
        formula: With or without its equals sign.
        copies: The copied columns of each sheet, by its casefolded name.
        own_sheet: The sheet that references without a sheet's name mean.
        only_fixed: Move only references whose columns are fixed with a dollar, for a rule whose
            relative references move with its cells anyhow.
    """

    def change(text: str) -> str | None:
        reference = parse_reference(text)
        if reference is None or (only_fixed and not reference.is_fixed):
            return None
        copy = copies.get((reference.sheet or own_sheet).casefold())
        if copy is None or not lies_in(reference, copy):
            return None
        return str(reference.moved(copy.count))

    return rewrite(formula, change)


def filled_right(formula: str, row: int, column: int, columns: int) -> str:
    """What Excel's fill-right makes of a formula: relative references move, fixed ones stay.

    Args:
        formula: Without its equals sign.
        row: The row of the cell that holds it.
        column: The column of the cell that holds it.
        columns: How many columns to the right the new cell stands.
    """
    return moved_from(formula, (row, column), (row, column + columns))


def moved_from(formula: str, origin: tuple[int, int], to: tuple[int, int]) -> str:
    """A formula as it reads for another cell (row, column): how shared formulas are stored."""
    down, right = to[0] - origin[0], to[1] - origin[1]
    return rewrite(formula, lambda text: _moved_operand(text, down, right))


def _moved_operand(text: str, down: int, right: int) -> str | None:
    """A reference moved where it is not fixed; None for a name or a column of a table.

    openpyxl's Translator does the same, but drops the sheet of a name ('Theme 1'!Target), takes
    names such as YTD1 for cells, and gives up where a rule's reference runs off the sheet.
    """
    first, colon, last = text.partition(":")
    if colon and "!" in first:  # Sheet1!O5:Sheet1!O9, but not Sheet1:Sheet3!O5
        ends = [_moved_operand(end, down, right) or end for end in (first, last)]
        return ":".join(ends)
    place, mark, cells = text.rpartition("!")
    if "[" in cells or "]" in cells:
        return None
    ends = cells.split(":")
    moved = [_moved_end(end, down, right, alone=len(ends) == 1) for end in ends]
    return place + mark + ":".join(moved)


def _moved_end(text: str, down: int, right: int, *, alone: bool) -> str:
    match = _END.match(text)
    if match is None or (alone and not (match[2] and match[4])):
        return text
    column, row = match[2] and column_number(match[2]), match[4] and int(match[4])
    if (column or 1) > LAST_COLUMN or (row or 1) > LAST_ROW:
        return text
    # Past one edge of the sheet is the other, as it is for the rules that Excel keeps.
    if column and not match[1]:
        column = (column - 1 + right) % LAST_COLUMN + 1
    if row and not match[3]:
        row = (row - 1 + down) % LAST_ROW + 1
    letters = f"{match[1]}{column_letters(column)}" if column else ""
    return letters + (f"{match[3]}{row}" if row else "")
