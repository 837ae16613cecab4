"""How the words of a cell look, stretch by stretch: bold, underlined, and in what colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.palette import Palette
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main

_OFF = ("0", "false", "none")


class TextLook(NamedTuple):
    """How words look. `colour` is six figures, or empty for the screen's own."""

    bold: bool = False
    underline: bool = False
    colour: str = ""


class LookedRun(NamedTuple):
    """A stretch of a cell's text in one look."""

    text: str
    look: TextLook


class TextLooks:
    """The looks of words in a workbook's cells, and the fills behind them."""

    def __init__(self, workbook: Workbook) -> None:
        self._palette = Palette(workbook)
        self._lists = workbook.styles.lists
        self._reader = workbook.reader
        self._of_cells: dict[str | None, TextLook] = {}
        self._of_runs: dict[bytes, TextLook] = {}

    def runs(self, sheet: Worksheet, row: int, column: int) -> tuple[LookedRun, ...]:
        """The stretches of a cell's text; none for an empty cell.

        A stretch with properties of its own takes nothing from its cell (18.4.7); one without
        looks as the cell does.
        """
        cell = sheet.cell(row, column)
        return () if cell is None else self.looked(self._reader.runs(cell), cell.get("s"))

    def looked(self, runs: Iterable[Run], cell_format: str | None) -> tuple[LookedRun, ...]:
        """The same of words that a cell of a format holds, or would hold."""
        return tuple(
            LookedRun(run.text, self._run_look(run.properties) or self._cell_look(cell_format))
            for run in runs
        )

    def fill(self, sheet: Worksheet, row: int, column: int) -> str:
        """The colour behind a cell's words, as six figures; empty for none."""
        cell = sheet.cell(row, column)
        fill = None if cell is None else self._item("fills", cell.get("s"), "fillId")
        pattern = None if fill is None else fill.find(main("patternFill"))
        if pattern is None or pattern.get("patternType") != "solid":
            return ""
        return self._colour(pattern.find(main("fgColor")))

    def _run_look(self, properties: bytes) -> TextLook | None:
        if not properties:
            return None
        if properties not in self._of_runs:
            self._of_runs[properties] = self._look(etree.fromstring(properties))
        return self._of_runs[properties]

    def _cell_look(self, cell_format: str | None) -> TextLook:
        if cell_format not in self._of_cells:
            self._of_cells[cell_format] = self._look(self._item("fonts", cell_format, "fontId"))
        return self._of_cells[cell_format]

    def _item(self, name: str, cell_format: str | None, key: str) -> etree._Element | None:
        """The font or fill of a cell format."""
        formats = list(self._at("cellXfs", cell_format or "0"))
        return next((i for f in formats for i in self._at(name, f.get(key) or "0")), None)

    def _at(self, name: str, place: str) -> Iterator[etree._Element]:
        items = self._lists.items(name)
        if place.isdecimal() and int(place) < len(items):
            yield items[int(place)]

    def _look(self, font: etree._Element | None) -> TextLook:
        if font is None:
            return TextLook()
        return TextLook(
            _is_on(font.find(main("b"))),
            _is_on(font.find(main("u"))),
            self._colour(font.find(main("color"))),
        )

    def _colour(self, colour: etree._Element | None) -> str:
        if colour is None:
            return ""
        return self._palette.figures({str(k): str(v) for k, v in colour.attrib.items()}) or ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") not in _OFF
