"""The rows of a worksheet: its cells under their new names, and their formulas moved.

Rows are worked on as the text that they are stored as (see `plain_form`): a tracker has hundreds of
thousands of cells, of which only the names change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import escape

from lxml import etree

from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.insertion.shifting import UnmovableError
from sheetplan.ooxml.ranges import LAST_COLUMN, Area, cell_name, column_letters, column_number

_NAME = re.compile(rb'\sr="([A-Z]+)(\d+)"')
_SETTING = re.compile(rb'\s([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_CELLS_OF_A_FORMULA = ("ref", "r1", "r2")
_OF_SHARED = ("t", "ref", "si")


@dataclass
class _Formula:
    """A formula of a cell: the cell, the settings of its tag, and its text, empty for none."""

    start: int
    end: int
    row: int
    column: int
    settings: dict[str, str]
    text: str

    @property
    def place(self) -> tuple[int, int]:
        return self.row, self.column


class Rows:
    """The rows of one worksheet.

    Args:
        rows: Their text, in the plain form.
        prefix: What stands before the names of its elements: empty, or such as b"x:".
        sheet: The sheet's name.
        moving: The insertion.
    """

    def __init__(self, rows: bytes, prefix: bytes, sheet: str, moving: Moving) -> None:
        self._rows, self._prefix, self._sheet, self._moving = rows, prefix, sheet, moving
        self._insertion = moving.insertion
        self._is_here = self._insertion.is_on(sheet)

    def moved(self) -> bytes:
        """The rows as they are to be."""
        rows = self._with_formulas_moved()
        return self._renamed(rows) if self._is_here else rows

    # ---------------------------------------------------------------- names of cells

    def _renamed(self, rows: bytes) -> bytes:
        """Every cell under its new name. `spans` goes: it hints at where cells stand."""
        if b" spans=" in rows:
            rows = re.sub(rb'(<%brow\b[^>]*?)\sspans="[^"]*"' % self._prefix, rb"\1", rows)
        if rows.find(b"extLst") >= 0 and re.search(rb"<[\w.:-]*extLst\b", rows):
            self._moving.refuse(f'an extension of rows or cells on sheet "{self._sheet}"')
        pieces = re.split(rb'(<%bc\b[^>]*?\sr=")([A-Z]+)(?=\d)' % self._prefix, rows)
        names = {name: self._new_letters(name) for name in set(pieces[2::3])}
        pieces[2::3] = [names[name] for name in pieces[2::3]]
        return b"".join(pieces)

    def _new_letters(self, letters: bytes) -> bytes:
        column = self._insertion.column(column_number(letters.decode()))
        if column > LAST_COLUMN:
            self._moving.refuse(
                f'cells in column {letters.decode()} of sheet "{self._sheet}", which would be '
                "pushed off its right edge"
            )
            return letters
        return column_letters(column).encode()

    # ---------------------------------------------------------------- formulas

    @cached_property
    def _formulas(self) -> list[_Formula]:
        return list(self._find_formulas())

    def _find_formulas(self) -> Iterator[_Formula]:
        found = re.finditer(
            rb"<%(p)bc\b([^>]*)>\s*(<%(p)bf\b([^>]*?)(?:/>|>([^<]*)</%(p)bf>))"
            % {b"p": self._prefix},
            self._rows,
        )
        for match in found:
            name = _NAME.search(match[1])
            assert name is not None  # the plain form has the name of every cell
            settings = {
                key.decode(): (quoted or other).decode()
                for key, quoted, other in _SETTING.findall(match[3])
            }
            column = column_number(name[1].decode())
            yield _Formula(
                match.start(2), match.end(2), int(name[2]), column, settings, _read(match[4] or b"")
            )

    def _with_formulas_moved(self) -> bytes:
        if self._rows.find(b"<%bf" % self._prefix) < 0:
            return self._rows
        self._moving.has_formulas = True
        pieces, at = [], 0
        for formula in self._formulas:
            new = self._moved(formula)
            if new is not None:
                pieces += [self._rows[at : formula.start], new]
                at = formula.end
        return b"".join([*pieces, self._rows[at:]])

    def _moved(self, formula: _Formula) -> bytes | None:
        """A formula's element as it is to be; None where it stays as it is."""
        settings, where = dict(formula.settings), self._name_of(formula)
        kind, text = settings.get("t"), formula.text
        if kind == "shared" and settings.get("si") in self._spread:
            text = self._text_of(formula)
            settings = {key: value for key, value in settings.items() if key not in _OF_SHARED}
        elif kind in ("array", "dataTable"):
            self._refuse_a_split(settings, where)
        if self._is_here:
            for name in _CELLS_OF_A_FORMULA:
                if settings.get(name):
                    settings[name] = self._moving.cells(settings[name], f"the formula in {where}")
        text = self._moving.formula(text, self._sheet, where) if text else text
        if (settings, text) == (formula.settings, formula.text):
            return None
        return self._spelled(settings, text)

    def _name_of(self, formula: _Formula) -> str:
        return f"{self._sheet}!{cell_name(formula.row, formula.column)}"

    def _refuse_a_split(self, settings: dict[str, str], where: str) -> None:
        """Nothing may come between the cells of an array, or of a table of what-ifs."""
        if not self._is_here or not settings.get("ref"):
            return
        area = Area.parse(settings["ref"])
        if self._insertion.splits(area):
            what = "the array formula" if settings["t"] == "array" else "the data table"
            self._moving.refuse(f"{what} of {where}, which fills {area}")

    def _spelled(self, settings: dict[str, str], text: str) -> bytes:
        stated = "".join([f' {name}="{value}"' for name, value in settings.items()])
        tag = f"{self._prefix.decode()}f"
        if not text:
            return f"<{tag}{stated}/>".encode()
        return f"<{tag}{stated}>{escape(text, {chr(13): '&#13;'})}</{tag}>".encode()

    # ---------------------------------------------------------------- shared formulas

    @cached_property
    def _masters(self) -> dict[str, _Formula]:
        """The cells that hold the text of a shared formula, by its index (18.3.1.40)."""
        masters: dict[str, _Formula] = {}
        for formula in self._formulas:
            if formula.settings.get("t") == "shared" and formula.text:
                masters.setdefault(formula.settings.get("si", ""), formula)
        return masters

    @cached_property
    def _spread(self) -> set[str]:
        """The shared formulas that must be written out, cell by cell: moved, they would not read
        the same for each of their cells."""
        return {
            index
            for formula in self._formulas
            if formula.settings.get("t") == "shared"
            and (index := formula.settings.get("si", "")) in self._masters
            and not self._stays_shared(formula, self._masters[index])
        }

    def _text_of(self, formula: _Formula) -> str:
        """The text of one cell of a shared formula."""
        master = self._masters[formula.settings["si"]]
        return formula.text or moved_from(master.text, master.place, formula.place)

    def _stays_shared(self, formula: _Formula, master: _Formula) -> bool:
        if formula is master:
            return True
        if formula.text:  # another formula under the same index
            return False
        try:
            wanted = self._insertion.formula(self._text_of(formula), self._sheet)
            shared = self._insertion.formula(master.text, self._sheet)
        except UnmovableError:
            return False  # it is refused where it is moved
        return wanted == moved_from(shared, self._now(master), self._now(formula))

    def _now(self, formula: _Formula) -> tuple[int, int]:
        """Where a cell stands when the columns are there."""
        if not self._is_here:
            return formula.place
        return formula.row, self._insertion.column(formula.column)


def _read(text: bytes) -> str:
    """The characters that a piece of XML stands for."""
    if b"&" not in text:
        return text.decode().replace("\r\n", "\n").replace("\r", "\n")  # as XML is read
    return etree.fromstring(b"<f>" + text + b"</f>").text or ""
