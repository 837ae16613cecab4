"""What the colours of a workbook's theme and of its old palette are.

Formats name a colour by its figures, by its place in the theme with a tint, or by its place in a
palette of 64 (ISO/IEC 29500-1, 18.8.3 and 18.8.27). The last two mean something only inside their
own workbook.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import local_name, main

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_IN_THE_SYSTEM = 64  # from here on a number stands for what the screen's own colours are
# A theme stores dark 1, light 1, dark 2, light 2; formats count light 1, dark 1, light 2, dark 2.
_PLACES = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
_FIGURES = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")


class Palette:
    """The theme's colours and fonts, and the indexed colours, of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._theme: list[str] = []
        self.fonts: tuple[str, ...] = ()
        self._indexed = [str(figures) for figures in COLOR_INDEX[:_IN_THE_SYSTEM]]
        package = workbook.package
        for part in package.related(package.main_part, "theme"):
            self._read_theme(package.xml(part))
        for part in package.related(package.main_part, "styles"):
            own = package.xml(part).findall(f"{main('colors')}/{main('indexedColors')}/*")
            for place, colour in enumerate(own[:_IN_THE_SYSTEM]):
                self._indexed[place] = colour.get("rgb", "")

    def _read_theme(self, root: etree._Element) -> None:
        scheme = root.find(f".//{_DRAWING}clrScheme")
        stored = [
            (colour[0].get("lastClr") or colour[0].get("val") or "") if len(colour) else ""
            for colour in (scheme if scheme is not None else ())
            if local_name(colour)
        ]
        self._theme = [stored[place] for place in _PLACES if place < len(stored)]
        latin = root.findall(f".//{_DRAWING}fontScheme/*/{_DRAWING}latin")
        self.fonts = tuple(font.get("typeface", "") for font in latin)

    def figures(self, colour: Mapping[str, str]) -> str | None:
        """Six hexadecimal figures for the attributes of a colour; None where it says none, or
        where the screen decides."""
        if "rgb" in colour:
            return _six(colour["rgb"])
        known, place = self._theme, colour.get("theme", "")
        if not place:
            known, place = self._indexed, colour.get("indexed", "")
        if not place.isdecimal() or int(place) >= len(known):
            return None
        figures = _six(known[int(place)])
        tint = float(colour.get("tint") or 0)
        return _tinted(figures, tint) if figures and tint else figures


def _six(text: str) -> str | None:
    match = _FIGURES.match(text)
    return match[1].upper() if match else None


def _tinted(figures: str, tint: float) -> str:
    """A colour made darker (below 0) or lighter (above), as 18.8.19 has it."""
    red, green, blue = (int(figures[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(c * 255):02X}" for c in colorsys.hls_to_rgb(hue, light, saturation))


def settle_colours(element: etree._Element, source: Palette, target: Palette) -> None:
    """Spell out in figures each colour in and under an element that another workbook's theme or
    palette would draw differently. One that the screen decides stays."""
    for colour in element.iter():
        if "theme" not in colour.attrib and "indexed" not in colour.attrib:
            continue
        attributes = {str(name): str(value) for name, value in colour.attrib.items()}
        figures = source.figures(attributes)
        if figures is None or figures == target.figures(attributes):
            continue
        for name in ("theme", "indexed", "tint", "auto"):
            colour.attrib.pop(name, "")
        colour.set("rgb", f"FF{figures}")
