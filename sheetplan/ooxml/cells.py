"""Cells as values: what a reader sees, and how new text is stored.

New text is written as an inline string (ISO/IEC 29500-1, 18.3.1.53), so that the shared strings
of the workbook stay as they are.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, to_excel

from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.strings import SharedStrings, unescaped
from sheetplan.ooxml.xml import XML_SPACE, main

if TYPE_CHECKING:
    from sheetplan.ooxml.styles import Styles

Value = str | int | float | bool | datetime | date | time | timedelta | None

LONGEST_TEXT = 32_767  # characters in one cell, Excel's specifications and limits

_C, _V, _F, _IS, _T, _R, _R_PR, _R_PH = (
    main(name) for name in ("c", "v", "f", "is", "t", "r", "rPr", "rPh")
)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """A stretch of rich text: its words, and its <rPr> as XML (empty for the cell's own style)."""

    text: str
    properties: bytes = b""


@dataclass(frozen=True)
class ErrorValue:
    """An error that a cell shows, such as #REF!."""

    code: str

    def __str__(self) -> str:
        return self.code


class CellReader:
    """Turns cell elements into values with the workbook's strings, formats and date system."""

    def __init__(self, strings: SharedStrings, styles: Styles, *, is_1904: bool) -> None:
        self._strings = strings
        self._texts: dict[bytes, str] = {}
        self._numbers: dict[tuple[str, str], Value] = {}
        self._styles = styles
        self._epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900

    def value(self, cell: etree._Element | None) -> Value | ErrorValue:
        """The cell's value; a formula's is the result that Excel last stored."""
        if cell is None:
            return None
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return item_text(cell.find(_IS)) or None
        stored = _stored(cell)
        return None if stored is None else self.stored_value(kind, cell.get("s") or "0", stored)

    def stored_value(self, kind: str, style: str, stored: str) -> Value | ErrorValue:
        """The value of a cell of a kind ("n", "s", …) whose <v> reads `stored`."""
        if kind == "s":
            return self.shared_text(stored.encode()) or None
        if kind == "str":
            return unescaped(stored) or None
        if kind == "b":
            return stored.strip() == "1"
        if kind == "e":
            return ErrorValue(stored)
        if kind == "d":
            return _iso_date(stored)
        if (stored, style) not in self._numbers:
            self._numbers[stored, style] = self._number(stored, style)
        return self._numbers[stored, style]

    def text(self, cell: etree._Element | None) -> str:
        """The cell's value as words, empty for none; dates as the sheet is likely to show them."""
        return words_for(self.value(cell))

    def runs(self, cell: etree._Element | None) -> list[Run]:
        """The stretches of text in the cell with their formatting, one for plain text."""
        if cell is None:
            return []
        if cell.get("t") == "inlineStr":
            return item_runs(cell.find(_IS))
        stored = _stored(cell)
        if cell.get("t") == "s" and stored is not None:
            index = _index(stored.encode())
            plain = self._strings.plain_text(index)
            return item_runs(self._strings.item(index)) if plain is None else [Run(plain)]
        text = self.text(cell)
        return [Run(text)] if text else []

    def shared_text(self, stored: bytes) -> str:
        """The words of a shared string; most of them are asked for many times."""
        text = self._texts.get(stored)
        if text is None:
            index = _index(stored)
            text = self._strings.plain_text(index)
            if text is None:
                text = item_text(self._strings.item(index))
            self._texts[stored] = text
        return text

    def _number(self, stored: str, style: str) -> Value:
        try:
            number = float(stored)
        except ValueError:
            return stored or None
        if self._styles.is_date(int(style)):
            try:
                moment: Value = from_excel(number, self._epoch)
            except (ValueError, OverflowError):
                return number
            return moment
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def serial(self, moment: datetime) -> float:
        """The number that stands for a date in this workbook's date system."""
        return float(to_excel(moment, self._epoch))


def words_for(value: object) -> str:
    """A cell's value as words, empty for none; dates as the sheet is likely to show them."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d %B %Y")
    return str(value)


def _index(stored: bytes) -> int:
    return int(stored) if stored.strip().isdigit() else -1


def _iso_date(stored: str) -> datetime | str | None:
    """A date as the kind "d" stores it; its own words when it is only a time, or no date."""
    try:
        return datetime.fromisoformat(stored.replace("Z", "+00:00")).replace(tzinfo=None)
    except ValueError:
        return stored or None


def item_text(item: etree._Element | None) -> str:
    """The words of an <si> or <is>, without the phonetic guides."""
    return "".join(run.text for run in item_runs(item))


def item_runs(item: etree._Element | None) -> list[Run]:
    """The runs of an <si> or <is>."""
    if item is None:
        return []
    runs = []
    for child in item:
        if child.tag == _T:
            runs.append(Run(unescaped(child.text or "")))
        elif child.tag == _R:
            properties = child.find(_R_PR)
            xml = b"" if properties is None else etree.tostring(properties, with_tail=False)
            runs.append(Run(unescaped(child.findtext(_T) or ""), xml))
    return runs


def formula_of(cell: etree._Element | None) -> etree._Element | None:
    """The cell's <f>, if it has one; it stands before all else in a cell (18.3.1.4)."""
    if cell is None or len(cell) == 0:
        return None
    first = cell[0]
    return first if first.tag == _F else None


def _stored(cell: etree._Element) -> str | None:
    """The text of the cell's <v>: quicker than lxml's own search, and asked for very often."""
    for child in cell:
        if child.tag == _V:
            return child.text or ""
    return None


def new_cell(row: int, column: int, style: str | None) -> etree._Element:
    """An empty cell, in the cell format of that index."""
    cell = etree.Element(_C, r=cell_name(row, column))
    if style is not None:
        cell.set("s", style)
    return cell


def is_empty(cell: etree._Element) -> bool:
    """Whether the cell holds neither a value nor a formula (it may still wear a style)."""
    return len(cell) == 0


def clear(cell: etree._Element) -> None:
    """Take value and formula out of the cell; its style stays."""
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, "")


def put_text(cell: etree._Element, runs: list[Run]) -> None:
    """Store text in the cell as an inline string: data, whatever it begins with.

    Raises:
        ValueError: a character that no XML can hold, or more text than a cell can.
    """
    clear(cell)
    if not runs or not any(run.text for run in runs):
        return
    if sum(len(run.text) for run in runs) > LONGEST_TEXT:
        raise ValueError(f"a cell holds at most {LONGEST_TEXT:,} characters")
    cell.set("t", "inlineStr")
    inline = etree.SubElement(cell, _IS)
    if len(runs) == 1 and not runs[0].properties:
        _put_t(inline, runs[0].text)
        return
    for run in runs:
        r = etree.SubElement(inline, _R)
        if run.properties:
            r.append(etree.fromstring(run.properties))
        _put_t(r, run.text)


def put_number(cell: etree._Element, number: float) -> None:
    """Store a number.

    Raises:
        ValueError: it is infinite, or no number.
    """
    if not math.isfinite(number):
        raise ValueError(f"a cell cannot hold the number {number}")
    clear(cell)
    etree.SubElement(cell, _V).text = repr(int(number) if number == int(number) else number)


def put_formula(
    cell: etree._Element, formula: str, *, array: str = "", result: str | float = ""
) -> None:
    """Store a formula (without its equals sign), to be worked out when the workbook is opened.

    Args:
        cell: The cell.
        formula: The formula.
        array: The range of an array formula.
        result: What it is known to come to; nothing where only Excel can tell.
    """
    clear(cell)
    if isinstance(result, float):
        put_number(cell, result)
    elif result:
        cell.set("t", "str")
        etree.SubElement(cell, _V).text = escaped(result)
    f = etree.Element(_F)
    f.text = formula
    if array:
        f.set("t", "array")
        f.set("ref", array)
    cell.insert(0, f)


def change_formula(cell: etree._Element, formula: str, *, keep_result: bool) -> None:
    """Give a cell that has a formula another one; where it was shared, it is now the cell's own.

    Args:
        cell: The cell.
        formula: Without its equals sign.
        keep_result: Whether the stored result holds for this formula as well.
    """
    f, value = cell.find(_F), cell.find(_V)
    if f is None:
        raise ValueError("the cell has no formula")
    f.text = formula
    if f.get("t") == "shared":
        for attribute in ("t", "ref", "si"):
            f.attrib.pop(attribute, "")
    if value is not None and not keep_result:
        cell.remove(value)
        cell.attrib.pop("t", "")


def escaped(text: str) -> str:
    """Text as a cell stores it, before it is made XML (22.9.2.19).

    Raises:
        ValueError: a character that no XML can hold.
    """
    if _FORBIDDEN.search(text):
        raise ValueError("the text holds a control character, which no workbook can store")
    return _LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


def _put_t(parent: etree._Element, text: str) -> None:
    t = etree.SubElement(parent, _T)
    t.text = escaped(text)
    if text != text.strip() or "\n" in text:
        t.set(XML_SPACE, "preserve")
