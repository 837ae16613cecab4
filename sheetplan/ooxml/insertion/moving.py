"""The work of one insertion: what each piece of the workbook becomes, and what stands in the way.

Nothing is written here. What cannot be moved is collected with its place, so that all of it is said
at once, and before anything has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetplan.errors import CannotInsertColumnsError
from sheetplan.ooxml.insertion.shifting import Insertion, UnmovableError

_NAMED = 5  # obstacles, or cells in a remark, that a message names

# Functions that are told a column in words or by a number, which nobody can move for them.
_TOLD = re.compile(
    r"\b(INDIRECT|ADDRESS|OFFSET|VLOOKUP|CHOOSECOLS)\s*\(|\b(HYPERLINK)\s*\(\s*\"\s*#",
    re.IGNORECASE,
)
_WORDS = re.compile(r'"(?:[^"]|"")*"')
_AS_TEXT = ("INDIRECT", "ADDRESS", "HYPERLINK")


class Moving:
    """What is found while everything is moved.

    Args:
        insertion: Where the columns come.
    """

    def __init__(self, insertion: Insertion) -> None:
        self.insertion = insertion
        self.obstacles: list[str] = []
        self.has_formulas = False
        self._remarks: list[str] = []
        self._told: dict[str, dict[str, None]] = {}  # places by function, in order

    def refuse(self, what: str) -> None:
        """Remember something that stands in the way: what it is, and where."""
        if what not in self.obstacles:
            self.obstacles.append(what)

    def remark(self, what: str) -> None:
        """Remember something that a person should look at afterwards."""
        if what not in self._remarks:
            self._remarks.append(what)

    def raise_obstacles(self) -> None:
        """Raise CannotInsertColumnsError when anything stands in the way."""
        if self.obstacles:
            named = "; ".join(self.obstacles[:_NAMED])
            more = len(self.obstacles) - _NAMED
            raise CannotInsertColumnsError(
                f"columns cannot be inserted at {self.insertion}: {named}"
                f"{f'; and {more} more' if more > 0 else ''}.",
                remedy="Move this to another sheet, or change it, and run this again; or insert "
                "the columns in Excel, and give them their headings there.",
            )

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should look at afterwards, a sentence each."""
        return tuple([*self._remarks, *self._said_of_functions()])

    def _said_of_functions(self) -> Iterator[str]:
        for name, places in self._told.items():
            more = len(places) - _NAMED
            where = ", ".join(list(places)[:_NAMED]) + (f" and {more} more" if more > 0 else "")
            what = "an address in words" if name in _AS_TEXT else "columns by counting them"
            yield f"{name} names {what}, which cannot be moved: look at {where}."

    # ---------------------------------------------------------------- references

    def formula(self, text: str, own_sheet: str, place: str, *, only_fixed: bool = False) -> str:
        """A formula that reads the same cells as before; as it is where that cannot be.

        Args:
            text: With or without its equals sign.
            own_sheet: The sheet that references without a sheet's name mean.
            place: Where it stands.
            only_fixed: Whether relative references stay.
        """
        try:
            new = self.insertion.formula(text, own_sheet, only_fixed=only_fixed)
        except UnmovableError as error:
            self.refuse(f"{place} ({error})")
            return text
        for name in {(m[0] or m[1]).upper() for m in _TOLD.findall(_spared(text))}:
            if name in _AS_TEXT or new != text:
                self._told.setdefault(name, {})[place] = None
        return new

    def cells(self, text: str, place: str) -> str:
        """Cells of the sheet as they are called now."""
        try:
            return self.insertion.cells(text)
        except UnmovableError as error:
            self.refuse(f"{place} ({error})")
            return text


def _spared(formula: str) -> str:
    """A formula without the words in it, but for how they begin."""
    if "(" not in formula:
        return ""
    return _WORDS.sub(lambda words: words[0][:2], formula) if '"' in formula else formula
