"""The template of new trackers: built by its script, with every name, and easy on the eye."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.model.colour import Colours
from sheetplan.model.pattern import SheetPatterns
from sheetplan.model.status import StatusMeaning
from sheetplan.settings import load_profile
from sheetplan.sheets.blank_tracker import DASHBOARD, KEY, LISTS, THEME
from tests.judges import ROOT, calamine_values, openpyxl_values, sdk_errors

FOLDER = ROOT / "workbook_templates"
TEMPLATE = FOLDER / "tracker_blank.xlsx"
BUILT_WITH = "3.3.1"  # of XlsxWriter
SHEETS = (DASHBOARD, KEY, LISTS, THEME)
EVERY_SHEET = pytest.mark.parametrize("patterns", SHEETS, ids=lambda patterns: patterns.sheet)
A3 = 1587  # its width on its side, in pixels of 96 dpi


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    """The template as openpyxl reads it."""
    with pytest.warns(UserWarning, match="extension is not supported"):
        return openpyxl.load_workbook(TEMPLATE)


@pytest.mark.skipif(xlsxwriter.__version__ != BUILT_WITH, reason=f"built with {BUILT_WITH}")
def test_the_committed_file_is_what_its_script_builds(tmp_path: Path) -> None:
    script = FOLDER / "build_templates.py"
    subprocess.run([sys.executable, "-B", script, tmp_path], check=True, timeout=120)
    assert (tmp_path / TEMPLATE.name).read_bytes() == TEMPLATE.read_bytes()


def marked(sheet: Worksheet, name: str) -> list[Cell]:
    """The cells that a name of a sheet marks."""
    reference = sheet.defined_names[name].attr_text.rpartition("!")[2].replace("$", "")
    left, top, right, bottom = range_boundaries(reference)
    assert top == bottom
    return list(sheet[top][left - 1 : right])


def rgb(color: Color | None) -> str:
    assert color is not None
    assert color.type == "rgb"
    return str(color.rgb)[2:]


@EVERY_SHEET
def test_pattern_rows_and_cells_have_the_placeholders_that_are_filled(
    patterns: SheetPatterns, book: openpyxl.Workbook
) -> None:
    sheet = book[patterns.sheet]
    names = [name for name in sheet.defined_names if name.startswith(("row_", "cell_"))]
    rows = [f"row_{pattern.name}" for pattern in patterns.rows]
    assert sorted(names) == sorted([*rows, *(f"cell_{name}" for name in patterns.cells)])
    for pattern in patterns.rows:
        texts = " ".join(str(cell.value) for cell in marked(sheet, f"row_{pattern.name}"))
        assert sorted(re.findall(r"\{(\w+)\}", texts)) == sorted(pattern.placeholders)


@EVERY_SHEET
def test_a_sheet_begins_with_a_heading_and_is_readable(
    patterns: SheetPatterns, book: openpyxl.Workbook
) -> None:
    sheet = book[patterns.sheet]
    assert (sheet["A1"].value, sheet["A1"].style) == ("{title}", "Heading 1")
    assert not sheet.merged_cells.ranges
    assert len(sheet.tables) == 1
    cells = [cell for row in sheet for cell in row if cell.has_style]
    assert {cell.font.name for cell in cells} == {"Arial"}
    fills = {
        rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else "FFFFFF": cell
        for cell in cells
    }
    pairs = {(fill, rgb(cell.font.color)) for fill, cell in fills.items()}
    assert not {pair for pair in pairs if not Colours(*pair).is_readable}


def test_a_theme_sheet_prints_on_one_page_across(book: openpyxl.Workbook) -> None:
    sheet = book["Theme"]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (8, "landscape", 0)
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    assert sum(round(7 * width) for width in widths) < 2 * A3  # at no less than half its size


def test_every_heading_is_one_that_the_profile_knows(book: openpyxl.Workbook) -> None:
    known = {words for all_words in load_profile("standard").fields.values() for words in all_words}
    known = {re.sub(r"\W", "", words).casefold() for words in known}
    headings = [str(cell.value).replace(" (month)", "") for cell in book["Theme"][4]]
    assert not {h for h in headings if re.sub(r"\W", "", h).casefold() not in known}


def test_the_dashboard_has_a_column_for_each_meaning(book: openpyxl.Workbook) -> None:
    headings = [cell.value for cell in book["Dashboard"][4]]
    assert headings[3:13] == [meaning.words.capitalize() for meaning in StatusMeaning]


def test_the_chart_says_what_it_shows() -> None:
    with zipfile.ZipFile(TEMPLATE) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Stacked bars, one for each theme' in drawing


def test_two_other_readers_find_the_same_words() -> None:
    assert openpyxl_values(TEMPLATE) == calamine_values(TEMPLATE)


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong() -> None:
    assert sdk_errors(TEMPLATE) == []
