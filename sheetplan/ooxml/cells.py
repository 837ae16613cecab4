"""Cells as values: what a reader sees, and how new text is stored.

New text is written as an inline string (ISO/IEC 29500-1, 18.3.1.53), so that the shared strings
of the workbook stay as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, to_excel

from sheetplan.ooxml.strings import SharedStrings, unescaped
from sheetplan.ooxml.xml import MAIN, main

if TYPE_CHECKING:
    from sheetplan.ooxml.styles import Styles

Value = str | int | float | bool | datetime | date | time | timedelta | None

LONGEST_TEXT = 32_767  # the `length` of a cell's text, Excel's specifications and limits

_C, _V, _F, _IS, _T, _R, _R_PR = (main(name) for name in ("c", "v", "f", "is", "t", "r", "rPr"))
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What XML cannot hold, or would make another line break of (XML 1.0, 2.2 and 2.11).
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """A stretch of rich text: its words, and its <rPr> as XML (empty for the cell's own style)."""

    text: str
    properties: bytes = b""


class Stored(NamedTuple):
    """What a cell holds, as it is stored: its kind (18.3.1.4, t), the XML between its tags, and the
    index of its metadata (cm). An empty cell has none of them."""

    kind: str = ""
    inside: str = ""
    metadata: str = ""


NOTHING = Stored()
"""What an empty cell holds."""


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
            return item_runs(self.item(cell))
        stored = _stored(cell)
        if cell.get("t") == "s" and stored is not None:
            index = _index(stored.encode())
            plain = self._strings.plain_text(index)
            return item_runs(self._strings.item(index)) if plain is None else [Run(plain)]
        text = self.text(cell)
        return [Run(text)] if text else []

    def item(self, cell: etree._Element) -> etree._Element | None:
        """The <si> or <is> that holds the cell's words; None for a cell of another kind."""
        if cell.get("t") == "inlineStr":
            return cell.find(_IS)
        stored = _stored(cell)
        is_shared = cell.get("t") == "s" and stored is not None
        return self._strings.item(_index((stored or "").encode())) if is_shared else None

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


def is_empty(cell: etree._Element) -> bool:
    """Whether the cell holds neither a value nor a formula (it may still wear a style)."""
    return len(cell) == 0


def clear(cell: etree._Element) -> None:
    """Take value and formula out of the cell; its style stays."""
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, "")


def stored_text(runs: Sequence[Run]) -> Stored:
    """Text as an inline string: data, whatever it begins with.

    Raises:
        ValueError: it is more text than a cell can hold.
    """
    if len(runs) == 1 and not runs[0].properties:
        return stored_words(runs[0].text)
    if not any(run.text for run in runs):
        return NOTHING
    _refuse_long(sum(length(run.text) for run in runs))
    spelled = (f"<r>{_spelled_look(run.properties)}{_spelled_t(run.text)}</r>" for run in runs)
    return Stored("inlineStr", f"<is>{''.join(spelled)}</is>")


def stored_words(text: str) -> Stored:
    """Words in the cell's own look; `stored_text` says the rest."""
    _refuse_long(length(text))
    return Stored("inlineStr", f"<is>{_spelled_t(text)}</is>") if text else NOTHING


def stored_number(number: float) -> Stored:
    """A number.

    Raises:
        ValueError: it is infinite, or no number.
    """
    if not math.isfinite(number):
        raise ValueError(f"a cell cannot hold the number {number}")
    return Stored("", f"<v>{int(number) if number == int(number) else number!r}</v>")


def stored_formula(
    formula: str, *, array: str = "", metadata: str = "", result: str | float = ""
) -> Stored:
    """A formula (without its equals sign), to be worked out when the workbook is opened.

    Args:
        formula: The formula.
        array: The range of an array formula.
        metadata: The index of cell metadata that marks a dynamic array.
        result: What it is known to come to; nothing where only Excel can tell.
    """
    place = f' t="array" ref="{array}"' if array else ""
    spelled = f"<f{place}>{_spelled(formula)}</f>"
    if isinstance(result, float):
        return Stored("", spelled + stored_number(result).inside, metadata)
    if result:
        return Stored("str", f"{spelled}<v>{_spelled(escaped(result))}</v>", metadata)
    return Stored("", spelled, metadata)


def put(cell: etree._Element, stored: Stored) -> None:
    """Give a cell other content; its style stays."""
    clear(cell)
    if stored.kind:
        cell.set("t", stored.kind)
    if stored.metadata:
        cell.set("cm", stored.metadata)
    if stored.inside:
        cell.extend(list(etree.fromstring(f'<c xmlns="{MAIN}">{stored.inside}</c>')))


def put_text(cell: etree._Element, runs: Sequence[Run]) -> None:
    """Store text in the cell, as `stored_text` says."""
    put(cell, stored_text(runs))


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
    """Text as a cell stores it, before it is made XML: what XML cannot hold is spelt _x000B_, and
    what looks like that _x005F_x000B_ (22.9.2.19)."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def length(text: str) -> int:
    """How long Excel takes a text to be: it counts some characters, such as emoji, twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _refuse_long(units: int) -> None:
    if units > LONGEST_TEXT:
        raise ValueError(f"a cell holds at most {LONGEST_TEXT:,} characters")


def _spelled(text: str) -> str:
    """Text as it stands between the tags of an element."""
    return escape(text, quote=False).replace("\r", "&#13;")


def _spelled_t(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{space}>{_spelled(escaped(text))}</t>"


@lru_cache(maxsize=100)
def _spelled_look(properties: bytes) -> str:
    """An <rPr> that says nothing of namespaces that it does not need, or has from its sheet."""
    if not properties:
        return ""
    element = etree.fromstring(properties)
    etree.cleanup_namespaces(element)
    return etree.tostring(element, encoding="unicode").replace(f' xmlns="{MAIN}"', "", 1)
