"""Stretches of rich text with the looks by which people say something: bold, underlined, colour."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.palette import Palette
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main


class LookingRun(NamedTuple):
    """A stretch of text. `colour` is six figures, empty for black and for none."""

    text: str
    bold: bool
    underline: bool
    colour: str


_BLACK = "000000"


class RunLooks:
    """The looks of the stretches of text in a workbook's cells."""

    def __init__(self, workbook: Workbook) -> None:
        self._reader = workbook.reader
        self._palette = Palette(workbook)
        self._lists = workbook.styles.lists

    def of(self, sheet: Worksheet, row: int, column: int) -> list[LookingRun]:
        """The stretches of a cell's text; one that has no look of its own has its cell's."""
        cell = sheet.cell(row, column)
        if cell is None:
            return []
        own = self._font_of(cell.get("s"))
        return [
            self._looking(run.text, etree.fromstring(run.properties) if run.properties else own)
            for run in self._reader.runs(cell)
        ]

    def _looking(self, text: str, font: etree._Element | None) -> LookingRun:
        if font is None:
            return LookingRun(text, False, False, "")
        colour = font.find(main("color"))
        named = {} if colour is None else {str(k): str(v) for k, v in colour.attrib.items()}
        figures = self._palette.figures(named) or ""
        return LookingRun(
            text, _is_on(font, "b"), _is_on(font, "u"), "" if figures == _BLACK else figures
        )

    def _font_of(self, cell_format: str | None) -> etree._Element | None:
        formats, fonts = self._lists.items("cellXfs"), self._lists.items("fonts")
        place = int(cell_format or 0)
        if place >= len(formats):
            return None
        number = int(formats[place].get("fontId") or 0)
        return fonts[number] if number < len(fonts) else None


def _is_on(font: etree._Element, name: str) -> bool:
    element = font.find(main(name))
    return element is not None and element.get("val", "1") not in ("0", "false", "none")
