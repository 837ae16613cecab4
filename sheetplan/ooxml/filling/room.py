"""How much text the cells of a sheet can show, from its columns and the workbook's formats."""

from __future__ import annotations

import math
from typing import NamedTuple, TypeVar

from lxml import etree

from sheetplan.ooxml.cells import CellReader
from sheetplan.ooxml.filling.splitting import BOLD, Room
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main

_USUAL_WIDTH = 8.43
_USUAL_ROW = 15.0  # points
_USUAL_SIZE = 11.0
_TALLEST_ROW = 409.5  # points
_LINE = {"arial": 1.28}  # times the size of the font: 12.75 points for size 10
_USUAL_LINE = 1.36  # Calibri's 15 points for size 11, the most of the usual fonts
_PADDING = 0.75  # figures of a column's width that no text stands in
_ROUNDED = 0.94  # Excel counts a figure in whole pixels, 7 of 7.4
_FIGURE = {"calibri": 0.507, "aptos narrow": 0.52, "segoe ui": 0.539, "times new roman": 0.5,
           "verdana": 0.636}  # fmt: skip
_USUAL_FIGURE = 0.556  # times the size of the font: Arial's


_Item = TypeVar("_Item")


class _Font(NamedTuple):
    """How tall a line is, and how wide a figure, in points."""

    line: float
    figure: float


class SheetRoom:
    """The room of the cells of one sheet."""

    def __init__(self, workbook: Workbook, sheet: Worksheet) -> None:
        parts = workbook.package.related(workbook.package.main_part, "styles")
        styles = workbook.package.xml(parts[0]) if parts else etree.Element("none")
        fonts = [_font(font) for font in styles.iterfind(f"{main('fonts')}/{main('font')}")]
        self._normal = fonts[0] if fonts else _font(etree.Element("none"))
        self._formats = [
            (_wraps(xf), _at(fonts, int(xf.get("fontId") or 0), self._normal))
            for xf in styles.iterfind(f"{main('cellXfs')}/{main('xf')}")
        ]
        self._widths = [
            (int(col.get("min", "1")), int(col.get("max", "1")), _width(col))
            for col in sheet.root.iterfind(f"{main('cols')}/{main('col')}")
        ]
        usual = sheet.child("sheetFormatPr")
        usual = etree.Element("none") if usual is None else usual
        self._usual_width = float(usual.get("defaultColWidth") or _USUAL_WIDTH)
        self._usual_row = float(usual.get("defaultRowHeight") or _USUAL_ROW)
        self._rooms: dict[tuple[int, str], Room] = {}

    def of(self, column: int, style: str) -> Room:
        """The room of a cell with a format."""
        if (column, style) not in self._rooms:
            self._rooms[column, style] = self._room(column, style)
        return self._rooms[column, style]

    def _room(self, column: int, style: str) -> Room:
        wraps, font = _at(self._formats, int(style or 0), (False, self._normal))
        width = self._width(column)
        if not wraps or not width:
            return Room(font.line)
        figures = (width - _PADDING) * _ROUNDED * self._normal.figure / font.figure
        return Room.wrapping(font.line, figures)

    def height(self, points: float) -> str:
        """How tall a row says it is; empty where it is no taller than others.

        This is no height of its own, which would be customHeight: when somebody edits the row,
        Excel finds its height again. Without it Excel would find it on opening; few others do.
        """
        return f"{_pixels(points):g}" if points > self._usual_row else ""

    def static_height(self, row: etree._Element, reader: CellReader) -> float:
        """How tall a row has to be that is no pattern."""
        return max(
            (self.of(column, cell.get("s", "")).height(reader.text(cell))
             for column, cell in cells_of(row) if len(cell)),
            default=0.0,
        )  # fmt: skip

    def _width(self, column: int) -> float:
        for first, last, width in self._widths:
            if first <= column <= last:
                return self._usual_width if width is None else width
        return self._usual_width


def _at(items: list[_Item], number: int, usual: _Item) -> _Item:
    return items[number] if number < len(items) else usual


def _pixels(points: float) -> float:
    """Points in whole pixels, of which Excel's rows are made, but no more than it can show."""
    return min(math.ceil(points / 0.75) * 0.75, _TALLEST_ROW)


def _wraps(xf: etree._Element) -> bool:
    alignment = xf.find(main("alignment"))
    return alignment is not None and alignment.get("wrapText") in ("1", "true")


def _width(col: etree._Element) -> float | None:
    """The width of a <col>: 0 for hidden columns, None where it does not say."""
    if col.get("hidden") in ("1", "true"):
        return 0.0
    stated = col.get("width")
    return float(stated) if stated else None


def _font(font: etree._Element) -> _Font:
    stated, name, bold = (font.find(main(tag)) for tag in ("sz", "name", "b"))
    size = float(stated.get("val", _USUAL_SIZE)) if stated is not None else _USUAL_SIZE
    called = "" if name is None else name.get("val", "").casefold()
    figure = size * _FIGURE.get(called, _USUAL_FIGURE)
    is_bold = bold is not None and bold.get("val") not in ("0", "false")
    line = size * _LINE.get(called, _USUAL_LINE)
    return _Font(line, figure * BOLD if is_bold else figure)
