"""How the cells of a workbook look, as far as people use looks to say something."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.palette import Palette
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main

_BLACK = "000000"  # what a font without a colour is drawn in


class Look(NamedTuple):
    """The fill of a cell, empty for none, and the font of what stands in it."""

    fill: str
    words: str


class CellLooks:
    """The looks of cells by the cell format that they wear."""

    def __init__(self, workbook: Workbook) -> None:
        self._palette = Palette(workbook)
        self._lists = workbook.styles.lists
        self._known: dict[str | None, Look] = {}
        self._known_runs: dict[bytes, str] = {}

    def of(self, cell_format: str | None) -> Look:
        """The look of a cell whose `s` this is; None is the first format."""
        if cell_format not in self._known:
            self._known[cell_format] = self._look(int(cell_format or 0))
        return self._known[cell_format]

    def of_run(self, properties: bytes) -> str:
        """The font of a stretch of rich text, given by its <rPr> as XML."""
        if properties not in self._known_runs:
            self._known_runs[properties] = self._font(etree.fromstring(properties))
        return self._known_runs[properties]

    def _look(self, index: int) -> Look:
        formats = self._lists.items("cellXfs")
        if index >= len(formats):
            return Look("", _BLACK)
        fill = self._piece("fills", formats[index].get("fillId"))
        font = self._piece("fonts", formats[index].get("fontId"))
        return Look(self._fill(fill), self._font(font))

    def _piece(self, name: str, index: str | None) -> etree._Element | None:
        items, place = self._lists.items(name), int(index or 0)
        return items[place] if place < len(items) else None

    def _fill(self, fill: etree._Element | None) -> str:
        pattern = None if fill is None else fill.find(main("patternFill"))
        if pattern is None:
            return "" if fill is None or len(fill) == 0 else "gradient"
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return ""
        colours = [self._colour(pattern.find(main(name))) for name in ("fgColor", "bgColor")]
        return (colours[0] or "system") if kind == "solid" else f"{kind} {colours}"

    def _font(self, font: etree._Element | None) -> str:
        if font is None:
            return _BLACK
        kinds = [name for name in ("b", "i", "strike") if _is_on(font.find(main(name)))]
        return " ".join([self._colour(font.find(main("color"))) or _BLACK, *kinds])

    def _colour(self, colour: etree._Element | None) -> str | None:
        if colour is None:
            return None
        return self._palette.figures({str(k): str(v) for k, v in colour.attrib.items()})


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")
