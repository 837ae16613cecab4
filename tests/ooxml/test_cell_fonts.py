"""The fonts of cells, and rich text that wears them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN
from tests.builders import workbook_from_text

BOLD = f'<rPr xmlns="{MAIN}"><b/></rPr>'.encode()


@pytest.fixture
def dressed(tmp_path: Path) -> Workbook:
    """A workbook whose A1 is navy, and whose other cells are in the usual font, Calibri."""

    def decorate(book: Any) -> None:
        navy = book.add_format({"font_name": "Arial", "font_size": 9, "font_color": "#243b53"})
        book.worksheets()[0].write_string("A1", "x", navy)

    path = workbook_from_text(tmp_path / "dressed.xlsx", {"Plan": "| x |"}, decorate=decorate)
    return Workbook.open(path)


def format_of(workbook: Workbook, row: int, column: int) -> str | None:
    cell = workbook.sheets[0].cell(row, column)
    return None if cell is None else cell.get("s")


def said(run: Run) -> dict[str, str]:
    """What a stretch says of its font, by name."""
    names = (
        (etree.QName(e).localname, "".join(e.attrib.values()))
        for e in etree.fromstring(run.properties)
    )
    return dict(names)


def test_a_stretch_wears_the_font_of_its_cell_with_what_makes_it_stand_out(
    dressed: Workbook,
) -> None:
    runs = [Run("Plain "), Run("loud", BOLD)]
    plain, loud = CellFonts(dressed).worn_by(runs, format_of(dressed, 1, 1))
    assert plain == Run("Plain ")
    assert said(loud) == {
        "b": "", "sz": "9", "color": "FF243B53", "rFont": "Arial", "family": "2"
    }  # fmt: skip


def test_in_another_cell_it_wears_another(dressed: Workbook) -> None:
    (loud,) = CellFonts(dressed).worn_by([Run("loud", BOLD)], None)
    assert (said(loud)["rFont"], said(loud)["sz"]) == ("Calibri", "11")


def test_the_usual_colours_are_those_of_the_cell_and_of_the_workbook(dressed: Workbook) -> None:
    fonts = CellFonts(dressed)
    assert fonts.colours(format_of(dressed, 1, 1)) == {"243B53"}
    assert fonts.colours(None) == frozenset()  # a colour of the theme


@pytest.mark.parametrize("index", ["99", "-1", "x", ""])
def test_a_format_that_does_not_exist_has_no_font(dressed: Workbook, index: str) -> None:
    (loud,) = CellFonts(dressed).worn_by([Run("loud", BOLD)], index)
    assert said(loud)["b"] == ""
    assert CellFonts(dressed).colours(index) == frozenset()
