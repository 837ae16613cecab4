"""The template of returns: its patterns, what can be typed, and a look that owners can read."""

from __future__ import annotations

import re

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.model.colour import Colours
from sheetplan.model.pattern import SheetPatterns
from sheetplan.returns.patterns import (
    FILLED_IN,
    GUIDE_SHEET,
    NEW_ACTIONS_SHEET,
    RETURN_SHEETS,
    STATUS_MISSING,
    UPDATE_MISSING,
    UPDATE_SHEET,
)
from sheetplan.settings import load_profile
from tests.judges import ROOT, calamine_values, openpyxl_values, sdk_errors

TEMPLATE = ROOT / "workbook_templates" / "owner_return.xlsx"
SEEN = (UPDATE_SHEET, NEW_ACTIONS_SHEET, GUIDE_SHEET)
EVERY_SHEET = pytest.mark.parametrize("patterns", RETURN_SHEETS, ids=lambda p: p.sheet)
EVERY_SEEN_SHEET = pytest.mark.parametrize("patterns", SEEN, ids=lambda p: p.sheet)
PAPERS = {"8": 1587, "9": 1123}  # the widths of A3 and A4 on their sides, in pixels of 96 dpi
SCREEN = 1850  # pixels that Excel has for columns on a screen of 1,920


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    """The template as openpyxl reads it, with the results of its formulas."""
    return openpyxl.load_workbook(TEMPLATE, data_only=True)


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


def fill(cell: Cell) -> str:
    return rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else "FFFFFF"


def test_the_sheets_are_those_of_the_patterns_and_only_the_last_is_hidden(
    book: openpyxl.Workbook,
) -> None:
    assert book.sheetnames == [patterns.sheet for patterns in RETURN_SHEETS]
    states = [sheet.sheet_state for sheet in book]
    assert states == ["visible", "visible", "visible", "veryHidden"]


@EVERY_SHEET
def test_pattern_rows_and_cells_have_the_placeholders_that_returns_fill(
    patterns: SheetPatterns, book: openpyxl.Workbook
) -> None:
    sheet = book[patterns.sheet]
    names = [name for name in sheet.defined_names if name.startswith(("row_", "cell_"))]
    rows = [f"row_{pattern.name}" for pattern in patterns.rows]
    assert sorted(names) == sorted([*rows, *(f"cell_{name}" for name in patterns.cells)])
    for name in patterns.cells:
        assert [cell.value for cell in marked(sheet, f"cell_{name}")] == [f"{{{name}}}"]
    for pattern in patterns.rows:
        texts = " ".join(str(cell.value) for cell in marked(sheet, f"row_{pattern.name}"))
        assert sorted(re.findall(r"\{(\w+)\}", texts)) == sorted(pattern.placeholders)


@EVERY_SEEN_SHEET
def test_a_sheet_begins_with_a_heading_and_is_readable(
    patterns: SheetPatterns, book: openpyxl.Workbook
) -> None:
    sheet = book[patterns.sheet]
    assert (sheet["A1"].value, sheet["A1"].style) == ("{title}", "Heading 1")
    assert not sheet.merged_cells.ranges
    cells = [cell for row in sheet for cell in row]
    assert {cell.font.name for cell in cells} == {"Arial"}
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    pairs = {(fill(cell), rgb(cell.font.color)) for cell in cells if cell.value}
    coloured = [rule.dxf for rule in rules if rule.dxf.fill and rule.dxf.font]
    pairs |= {(rgb(look.fill.bgColor), rgb(look.font.color)) for look in coloured}
    pairs |= {(rgb(r.dxf.fill.bgColor), "0B0C0C") for r in rules if r.dxf.fill and not r.dxf.font}
    assert not {pair for pair in pairs if not Colours(*pair).is_readable}


@EVERY_SEEN_SHEET
def test_a_sheet_is_as_wide_as_a_screen_and_prints_at_its_full_size(
    patterns: SheetPatterns, book: openpyxl.Workbook
) -> None:
    sheet = book[patterns.sheet]
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToHeight) == ("landscape", 0)
    assert sheet.oddFooter.right.text == "Page &P of &N"
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    margins = (sheet.page_margins.left + sheet.page_margins.right) * 96
    width = sum(round(7 * width) for width in widths)  # with the padding of the cells
    assert width <= min(SCREEN, PAPERS[str(setup.paperSize)] - margins)


@EVERY_SEEN_SHEET
def test_rows_grow_with_their_text(patterns: SheetPatterns, book: openpyxl.Workbook) -> None:
    sheet = book[patterns.sheet]
    for pattern in patterns.rows:
        cells = [cell for cell in marked(sheet, f"row_{pattern.name}") if cell.value]
        if pattern.name != "section":
            assert sheet.row_dimensions[cells[0].row].height is None
            assert all(cell.alignment.wrap_text for cell in cells if cell.value != "{number}")


def test_every_rating_has_a_rule_with_the_profiles_colours_and_an_edge(
    book: openpyxl.Workbook,
) -> None:
    palette = load_profile("standard").palette
    wanted = {rag.value: (colours.fill, colours.text) for rag, colours in palette.items()}
    for sheet, areas in {"Your update": ("E7:E8", "G7:G8"), "Guide": ("A6:A7",)}.items():
        rules = {str(area.sqref): area.rules for area in book[sheet].conditional_formatting}
        for area in areas:
            found = {
                rule.formula[0].rpartition('="')[2].rstrip('"'): (
                    rgb(rule.dxf.fill.bgColor), rgb(rule.dxf.font.color)
                )
                for rule in rules[area]
            }  # fmt: skip
            assert found == wanted
            assert {rgb(rule.dxf.border.left.color) for rule in rules[area]} == {"484949"}


def test_the_formula_under_to_do_has_the_words_that_returns_store(book: openpyxl.Workbook) -> None:
    assert book["Your update"]["I7"].value == "{to_do}"
    formula = openpyxl_values(TEMPLATE, formulas=True)["Your update"]["I7"]
    assert set(re.findall(r'"([A-Z][^"]+)"', str(formula))) == {
        STATUS_MISSING,
        UPDATE_MISSING,
        FILLED_IN,
    }


def test_two_other_readers_find_the_same_words() -> None:
    assert openpyxl_values(TEMPLATE) == calamine_values(TEMPLATE)


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong() -> None:
    assert sdk_errors(TEMPLATE) == []
