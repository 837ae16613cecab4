"""What an insertion of columns did to a part: nothing but to move it, or the promise is broken.

The later form is read side by side with the earlier one. Cells, references and places must be what
they were when the columns are taken out again; everything else must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.inventory.comparison import ALL_OF_IT, Comparison, Difference, Kind
from sheetplan.ooxml.inventory.rows import each_row
from sheetplan.ooxml.inventory.undoing import Undoing
from sheetplan.ooxml.ranges import LAST_COLUMN, column_letters, column_number
from sheetplan.ooxml.sheet_rows import sheet_data_prefix, split_sheet
from sheetplan.ooxml.xml import local_name, main, parse

# What names cells of the part's own sheet, so must have moved with them.
_PLACES = ("ref", "sqref", "activeCell", "syncRef")
_FORMULAS = (
    "f",
    "formula",
    "formula1",
    "formula2",
    "definedName",
    "calculatedColumnFormula",
    "totalsRowFormula",
    "sqref",
)
_COUNTED = ("colId", "xSplit", "id", "min", "max", "count")
_SETTING = re.compile(rb'\s([\w:]+)="([^"]*)"')
_CLIENT_DATA = re.compile(rb"(<(?:\w+:)?(Anchor|Column|Fmla\w+)>)([^<]*)(?=<)")
_OTHERS = ("worksheetSource", "rangeSet", "dataRef")  # their cells may lie on any sheet


def compare_moved(
    part: str, content_type: str, before: bytes, after: bytes, undoing: Undoing
) -> Comparison:
    """Compare a part with what it became when columns were inserted.

    Args:
        part: The part.
        content_type: Its kind.
        before: As it was, in the form that `compare_part` takes.
        after: As it is.
        undoing: What takes the insertion back.
    """
    comparison = Comparison()

    def note(place: str, detail: str = "") -> None:
        comparison.differences.append(Difference(Kind.CHANGED, part, place, detail))

    if content_type.endswith(".worksheet+xml"):
        old_head, old_rows, old_tail = split_sheet(before)
        new_head, new_rows, new_tail = split_sheet(after)
        rows = _Rows(before, undoing, note)
        rows.compare(old_rows, new_rows)
        comparison.cells_unchanged, comparison.cells_moved = rows.cells, rows.cells_moved
        before, after = old_head + old_tail, new_head + new_tail
    if content_type.endswith("xml"):
        _compare(parse(before, part), parse(after, part), undoing, note)
    elif not _same_shapes(before, after, undoing):
        note(ALL_OF_IT)
    return comparison


# ---------------------------------------------------------------- rows


class _Formula(NamedTuple):
    """A formula of a cell, by the cell's earlier name: the settings of its tag, and its text."""

    row: int
    column: int
    settings: dict[str, str]
    text: str


class _Rows:
    """The rows of a sheet, before and after."""

    def __init__(self, sheet: bytes, undoing: Undoing, note: Callable[..., None]) -> None:
        self._undoing, self._note = undoing, note
        self._prefix = sheet_data_prefix(sheet)
        self.cells = self.cells_moved = 0

    def compare(self, old: bytes, new: bytes) -> None:
        """Note each row that is not what it was, once its cells have their old names again."""
        self.cells = old.count(b"<" + self._prefix + b"c ")
        if self._undoing.is_here:
            new = self._taken_back(new)
            old = self._without_spans(old) if b" spans=" in old else old
        bare, new_bare = self._without_formulas(old), self._without_formulas(new)
        if bare != new_bare:
            for before, after in zip_longest(each_row(bare), each_row(new_bare)):
                if before != after:
                    self._note(f"row {(before or after or (0,))[0]}")
        self._compare_formulas(list(self._formulas(old)), list(self._formulas(new)))

    def _taken_back(self, rows: bytes) -> bytes:
        """The rows with the names of cells that they had; a new cell has none."""
        pieces = re.split(rb'(<%bc [^>]*?\br=")([A-Z]+)' % self._prefix, rows)
        before = {name: self._old_letters(name) for name in set(pieces[2::3])}
        self.cells_moved = sum(before[name] != name for name in pieces[2::3])
        pieces[2::3] = [before[name] for name in pieces[2::3]]
        return b"".join(pieces)

    def _old_letters(self, letters: bytes) -> bytes:
        column = self._undoing.column(column_number(letters.decode()))
        return column_letters(column).encode() if column else b"?"

    def _without_spans(self, rows: bytes) -> bytes:
        """`spans` may go: it only hints at where cells stand."""
        return re.sub(rb'(<%brow\b[^>]*?)\sspans="[^"]*"' % self._prefix, rb"\1", rows)

    # ---------------------------------------------------------------- formulas

    @property
    def _tag(self) -> bytes:
        return rb"<%(p)bf\b([^>]*?)(?:/>|>([^<]*)</%(p)bf>)" % {b"p": self._prefix}

    def _without_formulas(self, rows: bytes) -> bytes:
        return re.sub(self._tag, b"", rows) if b"<" + self._prefix + b"f" in rows else rows

    def _formulas(self, rows: bytes) -> Iterator[_Formula]:
        if b"<" + self._prefix + b"f" not in rows:
            return
        for cell, tag, text in re.findall(rb"<%bc ([^>]*)>\s*%b" % (self._prefix, self._tag), rows):
            name = re.search(rb'\br="([A-Z]+)(\d+)"', cell)
            if name is None:  # a new cell: its row was noted
                continue
            settings = {key.decode(): value.decode() for key, value in _SETTING.findall(tag)}
            spelled = unescape(text.decode()).replace("\r\n", "\n").replace("\r", "\n")
            yield _Formula(int(name[2]), column_number(name[1].decode()), settings, spelled)

    def _compare_formulas(self, old: list[_Formula], new: list[_Formula]) -> None:
        shared = {}, {}  # type: tuple[dict[str, _Formula], dict[str, _Formula]]
        for side, formulas in enumerate((old, new)):
            for formula in formulas:
                if formula.settings.get("t") == "shared" and formula.text:
                    shared[side].setdefault(formula.settings.get("si", ""), formula)
        for before, after in zip_longest(old, new):
            if before is None or after is None or before[:2] != after[:2]:
                self._note(f"row {(before or after).row}", "another formula")
                return
            if not self._is_alike(before, after) or not self._undoing.explains(
                self._text(before, shared[0], 0), self._text(after, shared[1], 1)
            ):
                self._note(f"row {before.row}", f"{before.text} -> {after.text}")

    def _is_alike(self, old: _Formula, new: _Formula) -> bool:
        """Whether two formulas are of one kind, and for the same cells; one that was shared may be
        written out."""
        before, after = (_unshared(formula.settings) for formula in (old, new))
        return before.keys() == after.keys() and all(
            self._undoing.explains(value, after[name])
            if name in ("ref", "r1", "r2") and self._undoing.is_here
            else value == after[name]
            for name, value in before.items()
        )

    def _text(self, formula: _Formula, shared: dict[str, _Formula], side: int) -> str:
        """The text of a formula, for a shared one too; as it reads in its place then or now."""
        master = shared.get(formula.settings.get("si", ""))
        if formula.text or master is None:
            return formula.text
        return moved_from(master.text, self._place(master, side), self._place(formula, side))

    def _place(self, formula: _Formula, side: int) -> tuple[int, int]:
        """Where the cell of a formula stands in its own time."""
        is_moved = side and self._undoing.is_here and formula.column >= self._undoing.at
        return formula.row, formula.column + (self._undoing.count if is_moved else 0)


def _unshared(settings: dict[str, str]) -> dict[str, str]:
    if settings.get("t") != "shared":
        return settings
    return {name: value for name, value in settings.items() if name not in ("t", "si", "ref")}


# ---------------------------------------------------------------- everything else


def _compare(
    old: etree._Element, new: etree._Element, undoing: Undoing, note: Callable[..., None]
) -> None:
    """Note each element that is neither the same nor the same moved."""
    if old.tag != new.tag or old.nsmap != new.nsmap:
        note(f"<{local_name(old)}>")
        return
    if not _same_attributes(old, new, undoing) or not _same_text(old, new, undoing):
        note(f"<{local_name(old)}>", f"{_attributes(old)} -> {_attributes(new)}")
    before, after = list(old), list(new)
    if undoing.is_here and old.tag == main("tableColumns") and len(after) > len(before):
        known = {column.get("id") for column in before}
        after = [column for column in after if column.get("id") in known]
    if undoing.is_here and old.tag == main("cols"):
        if not _same_widths(before, after, undoing):
            note("<cols>")
        return
    if len(before) != len(after):
        note(f"<{local_name(old)}>")
        return
    for one, other in zip(before, after, strict=True):
        _compare(one, other, undoing, note)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _same_attributes(old: etree._Element, new: etree._Element, undoing: Undoing) -> bool:
    before, after = _attributes(old), _attributes(new)
    return before.keys() == after.keys() and all(
        _same_attribute(local_name(old), name, value, after[name], undoing)
        for name, value in before.items()
    )


def _same_attribute(element: str, name: str, old: str, new: str, undoing: Undoing) -> bool:
    if name in _PLACES and undoing.is_here and element not in _OTHERS:
        return undoing.explains(old, new, cells=True)
    if old == new:
        return True
    if name in _COUNTED and old.isdigit() and new.isdigit():
        return undoing.is_here and int(new) - int(old) == undoing.count
    is_cells = undoing.is_here or element in _OTHERS
    return undoing.explains(old, new, cells=is_cells and not name.startswith("fmla"))


def _same_text(old: etree._Element, new: etree._Element, undoing: Undoing) -> bool:
    before, after = old.text or "", new.text or ""
    name = local_name(old)
    if name in _FORMULAS:
        return undoing.explains(before, after, only_fixed=name == "definedName")
    if name == "col" and before != after:
        return undoing.is_here and int(after) - int(before) in (undoing.count, 0)
    return before == after and (old.tail or "") == (new.tail or "")


def _same_widths(
    old: Iterable[etree._Element], new: Iterable[etree._Element], undoing: Undoing
) -> bool:
    """Whether each column that is still there has the settings that it had."""
    before, after = _stretches(old), _stretches(new)
    edges = {1, undoing.at}
    for first, last, _ in before:
        edges |= {first, last + 1}
    for first, last, _ in after:
        edges |= {c for c in (undoing.column(first), undoing.column(last + 1)) if c}
    last_left = LAST_COLUMN - undoing.count
    return all(
        _settings_of(before, column)
        == _settings_of(after, column + (undoing.count if column >= undoing.at else 0))
        for column in edges
        if column <= last_left
    )


_Stretch = tuple[int, int, dict[str, str]]


def _stretches(cols: Iterable[etree._Element]) -> list[_Stretch]:
    found = []
    for col in cols:
        settings = {str(k): str(v) for k, v in col.attrib.items() if k not in ("min", "max")}
        found.append((int(col.get("min", "1")), int(col.get("max", "1")), settings))
    return found


def _settings_of(stretches: list[_Stretch], column: int) -> dict[str, str]:
    return next((s for first, last, s in stretches if first <= column <= last), {})


def _same_shapes(before: bytes, after: bytes, undoing: Undoing) -> bool:
    """Whether two forms of a part of notes and controls differ only by what moved."""
    if _CLIENT_DATA.sub(rb"\1", before) != _CLIENT_DATA.sub(rb"\1", after):
        return False
    pairs = zip(_CLIENT_DATA.finditer(before), _CLIENT_DATA.finditer(after), strict=True)
    return all(_same_shape(old, new, undoing) for old, new in pairs)


def _same_shape(old: re.Match[bytes], new: re.Match[bytes], undoing: Undoing) -> bool:
    if old[3] == new[3] and old[2] != b"Column":
        return True
    if old[2].startswith(b"Fmla"):
        return undoing.explains(old[3].decode(), new[3].decode())
    before, after = ([int(n) for n in re.findall(rb"-?\d+", m[3])] for m in (old, new))
    if old[2] == b"Column":
        return not undoing.is_here or undoing.column(after[0] + 1) == before[0] + 1
    by = [b - a for a, b in zip(before, after, strict=True)]
    return by[1:4] == [0, 0, 0] and by[5:] == [0] * len(by[5:]) and max(by) <= undoing.count
