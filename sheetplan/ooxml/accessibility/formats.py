"""How cells look: the fonts, fills and alignments of the styles part, with colours worked out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from sheetplan.ooxml.palette import Palette
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import local_name, main

BLACK, WHITE = "000000", "FFFFFF"
_SYSTEM_BACKGROUND = "65"  # of the indexed colours (18.8.27)
_TITLES = range(15, 20)  # the built-in styles Title and Heading 1 to 4 (18.8.7, builtinId)
_TITLE_NAME = re.compile(r"\b(title|heading|headline)(\b|\d)", re.I)


@dataclass(frozen=True)
class Look:
    """How a cell format draws its cells.

    Attributes:
        wraps: Whether text goes on in the next line.
        size: The height of the letters, in points.
        bold: Whether they are bold.
        colour: Their colour, six hexadecimal figures.
        fills: The colours behind them; none for no fill, two or more for a gradient.
        is_patterned: Whether the fill is a pattern, of which nothing can be said.
        raised: Whether they are superscript.
        is_title: Whether the cell style is a title or a heading.
    """

    wraps: bool = False
    size: float = 11
    bold: bool = False
    colour: str = BLACK
    fills: tuple[str, ...] = ()
    is_patterned: bool = False
    raised: bool = False
    is_title: bool = False

    @property
    def is_large(self) -> bool:
        """Whether WCAG calls the text large: 18 points, or 14 in bold."""
        return self.size >= 18 or (self.bold and self.size >= 14)

    @property
    def is_filled(self) -> bool:
        """Whether a colour that can be seen stands behind the text."""
        return bool(set(self.fills) - {WHITE})


@dataclass(frozen=True)
class RuleLook:
    """What a conditional format changes: None for what it leaves as it is."""

    colour: str | None
    fill: str | None

    def over(self, look: Look) -> Look:
        """What it makes of a look."""
        if self.fill is None:
            return replace(look, colour=self.colour or look.colour)
        return replace(
            look, colour=self.colour or look.colour, fills=(self.fill,), is_patterned=False
        )


class Formats:
    """The cell formats of a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        package = workbook.package
        styles = package.related(package.main_part, "styles")
        self._root = package.xml(styles[0]) if styles else etree.Element(main("styleSheet"))
        self._palette = Palette(workbook)

    @cached_property
    def looks(self) -> list[Look]:
        """The look of each cell format, by its number."""
        fonts, fills = self._items("fonts"), self._items("fills")
        titles = self._title_styles
        found = []
        for xf in self._items("cellXfs"):
            font, fill = _at(fonts, xf.get("fontId")), _at(fills, xf.get("fillId"))
            alignment = xf.find(main("alignment"))
            colours, is_patterned = self._fill(fill)
            found.append(
                Look(
                    wraps=alignment is not None and _is_on(alignment.get("wrapText")),
                    size=_number(_value(font, "sz"), 11),
                    bold=_has(font, "b"),
                    colour=self.colour(_child(font, "color")) or BLACK,
                    fills=colours,
                    is_patterned=is_patterned,
                    raised=_value(font, "vertAlign") == "superscript",
                    is_title=xf.get("xfId", "0") in titles,
                )
            )
        return found

    def look(self, number: int) -> Look:
        """The look of a cell format; the plainest for one that does not exist."""
        return self.looks[number] if 0 <= number < len(self.looks) else Look()

    @cached_property
    def rule_looks(self) -> list[RuleLook]:
        """What each format of conditional formats changes, by its number."""
        return [self.rule_look(dxf) for dxf in self._items("dxfs")]

    def rule_look(self, dxf: etree._Element) -> RuleLook:
        """What a <dxf> changes; in it the colour of a plain fill is its background (18.8.14)."""
        pattern = _child(_child(dxf, "fill"), "patternFill")
        return RuleLook(
            self.colour(_child(_child(dxf, "font"), "color")),
            self.colour(_child(pattern, "bgColor")),
        )

    @property
    def _title_styles(self) -> set[str]:
        """The numbers of the named styles that are titles or headings."""
        return {
            style.get("xfId", "")
            for style in self._items("cellStyles")
            if int(_number(style.get("builtinId"), -1)) in _TITLES
            or _TITLE_NAME.search(style.get("name", ""))
        }

    def _items(self, group: str) -> list[etree._Element]:
        found = self._root.find(main(group))
        return [] if found is None else [item for item in found if local_name(item)]

    # ---------------------------------------------------------------- colours

    def _fill(self, fill: etree._Element | None) -> tuple[tuple[str, ...], bool]:
        """The colours of a <fill>, and whether it is a pattern of two."""
        gradient = _child(fill, "gradientFill")
        if gradient is not None:
            stops = (self.colour(_child(stop, "color")) for stop in gradient)
            return tuple(colour for colour in stops if colour), False
        pattern = _child(fill, "patternFill")
        kind = "none" if pattern is None else pattern.get("patternType", "none")
        if kind != "solid":
            return (), kind != "none"
        return (self.colour(_child(pattern, "fgColor")) or BLACK,), False

    def colour(self, element: etree._Element | None) -> str | None:
        """What a colour element means, six hexadecimal figures; None where it does not say."""
        if element is None:
            return None
        if element.get("indexed") == _SYSTEM_BACKGROUND:
            return WHITE
        return self._palette.figures({str(k): str(v) for k, v in element.attrib.items()})


# ---------------------------------------------------------------- reading elements


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    """A child by its local name: rules of 2010 keep theirs in the same namespace or another."""
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _value(element: etree._Element | None, name: str) -> str | None:
    child = _child(element, name)
    return None if child is None else child.get("val")


def _has(element: etree._Element | None, name: str) -> bool:
    child = _child(element, name)
    return child is not None and _is_on(child.get("val", "1"))


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text or otherwise)
    except ValueError:
        return otherwise


def _at(items: list[etree._Element], number: str | None) -> etree._Element | None:
    place = int(_number(number, 0))
    return items[place] if 0 <= place < len(items) else None
