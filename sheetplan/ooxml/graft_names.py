"""What a grafted sheet's formulas call things: its sheet, its tables, and names of the workbook."""

from __future__ import annotations

import re

from sheetplan.errors import CannotGraftError
from sheetplan.ooxml.formulas import rewrite
from sheetplan.ooxml.workbook import Workbook

_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^\s'!\[\]:,;()&+*/^<>=-]+))!")
_ELSEWHERE = re.compile(r"'?\[[^\]]*\][^\[\]]*!")  # [1]Sheet1!A1, in another workbook
_PLAIN = re.compile(r"[A-Za-z_\\][\w.]*\Z")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+\Z|[Rr]\d*(?:[Cc]\d*)?\Z|[Cc]\d*\Z")


def quoted(sheet: str) -> str:
    """A sheet's name as formulas spell it."""
    if _PLAIN.match(sheet) and not _LIKE_A_CELL.match(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


class NewNames:
    """What the sheet and its tables are called in the target, for the formulas that use them.

    `tables` has the new names of its tables by the old ones, `other_tables` what tables the target
    has; both are casefolded, and filled in before formulas are rewritten.

    Args:
        target: The workbook that the sheet is brought into.
        old: The sheet's name in its own workbook.
        new: Its name in the target.
    """

    def __init__(self, target: Workbook, old: str, new: str) -> None:
        self._old = old
        self._new = new
        self.tables: dict[str, str] = {}
        self.other_tables: set[str] = set()
        self._known = {name.casefold() for name in (*target.sheet_names, new)}
        self.words: set[str] = set()

    def formula(self, text: str) -> str:
        """A formula of the sheet as it reads in the target.

        The names in it that are no cells are remembered in `words`.

        Raises:
            CannotGraftError: it reads a sheet that the target does not have.
        """
        return rewrite(text, self._operand)

    def _operand(self, text: str) -> str | None:
        table, bracket, rest = text.partition("[")
        renamed = self.tables.get(table.casefold())
        if renamed is not None:
            return renamed + bracket + rest
        if _ELSEWHERE.match(text):
            raise self._cannot_read("another workbook", text)
        if "!" not in table:
            if bracket and table and table.casefold() not in self.other_tables:
                raise self._cannot_read(f'the table "{table}"', text)
            self.words.add(text.casefold())
            return None
        return self.place(text, must_be_there=True)

    def place(self, text: str, *, must_be_there: bool = False) -> str:
        """A reference with the sheet's name in it; the place that a link leads to is one."""

        def renamed(match: re.Match[str]) -> str:
            name = (match[1] or match[2]).replace("''", "'")
            if name.casefold() == self._old.casefold():
                return f"{quoted(self._new)}!"
            if must_be_there and name.casefold() not in self._known:
                raise self._cannot_read(f'the sheet "{name}"', text)
            return match[0]

        return _SHEET.sub(renamed, text)

    def _cannot_read(self, what: str, text: str) -> CannotGraftError:
        return CannotGraftError(
            f"a formula, rule or chart on it reads {what} ({text}), which the workbook does not "
            "have.",
            where=f"sheet {self._old}",
            remedy="Let the template's formulas read its own sheet only.",
        )

    def is_its_own(self, text: str) -> bool:
        """Whether a formula of the target reads this sheet and no other."""
        sheets = {(m[1] or m[2]).replace("''", "'").casefold() for m in _SHEET.finditer(text)}
        return sheets == {self._new.casefold()}
