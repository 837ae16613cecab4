"""The bullets and numbers that Word puts before paragraphs, which stand in no text.

ISO/IEC 29500-1, 17.9.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_BULLET = "• "
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Numbering:
    """The lists of a document. Paragraphs have to be asked for in their order, each once."""

    def __init__(self, document: Document) -> None:
        self._styles = {
            style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")
        }
        self._levels: dict[str, dict[int, Any]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        for part in _numbering_parts(document):
            self._read(part)

    def label(self, paragraph: Any) -> str:
        """What Word puts before a paragraph, with the space after it: "• ", "1.1 ", or nothing."""
        number, level = self._place(paragraph)
        if number not in self._list_of or level not in self._levels[number]:
            return ""
        made = self._levels[number][level]
        form = _value(made, "numFmt") or "decimal"
        if form == "bullet":
            return _BULLET
        counts = self._counted(number, level)
        if form == "none":
            return ""
        text = _value(made, "lvlText")
        for place in range(level + 1):
            own = self._levels[number].get(place, made)
            spelled = _SPELLINGS.get(_value(own, "numFmt"), str)(counts[place])
            text = text.replace(f"%{place + 1}", spelled)
        return f"{text} " if text else ""

    def _read(self, part: Any) -> None:
        abstract = {
            each.get(f"{_W}abstractNumId"): {
                int(level.get(f"{_W}ilvl", "0")): level for level in each.iterfind(f"{_W}lvl")
            }
            for each in part.iter(f"{_W}abstractNum")
        }
        for each in part.iterfind(f"{_W}num"):
            number, named = each.get(f"{_W}numId", ""), _value(each, "abstractNumId")
            levels = dict(abstract.get(named, {}))
            overrides = list(each.iterfind(f"{_W}lvlOverride"))
            for override in overrides:
                level = override.find(f"{_W}lvl")
                if level is not None:
                    levels[int(override.get(f"{_W}ilvl", "0"))] = level
            self._levels[number] = levels
            self._list_of[number] = number if overrides else f"list {named}"

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, which its style may name."""
        properties = paragraph.find(f"{_W}pPr")
        number, level = "", ""
        style = "" if properties is None else _value(properties, "pStyle")
        seen: set[str] = set()
        while properties is not None:
            own = properties.find(f"{_W}numPr")
            if own is not None:
                number, level = number or _value(own, "numId"), level or _value(own, "ilvl")
            if style in seen or style not in self._styles:
                break
            seen.add(style)
            element = self._styles[style]
            properties, style = element.find(f"{_W}pPr"), _value(element, "basedOn")
        return number, int(level) if level.isdigit() else 0

    def _counted(self, number: str, level: int) -> list[int]:
        """Count a paragraph, and give the numbers of all levels."""
        levels = self._levels[number]
        starts = [_start(levels.get(place)) for place in range(9)]
        counts = self._counts.setdefault(self._list_of[number], [start - 1 for start in starts])
        counts[level] += 1
        for place in range(level):
            counts[place] = max(counts[place], starts[place])
        counts[level + 1 :] = [start - 1 for start in starts[level + 1 :]]
        return counts


def _numbering_parts(document: Document) -> list[Any]:
    return [
        relation.target_part.element
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/numbering") and not relation.is_external
    ]


def _value(element: Any, name: str) -> str:
    """The value of a child: of <w:numFmt w:val="bullet"/> it is "bullet"."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else str(child.get(f"{_W}val", ""))


def _start(level: Any) -> int:
    text = "" if level is None else _value(level, "start")
    return int(text) if text.isdigit() else 1


def _letters(number: int) -> str:
    """a to z, then aa to zz, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    spelled = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        spelled += letters * count
    return spelled


_SPELLINGS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
}
