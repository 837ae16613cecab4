"""The shipped templates: the patterns that reports need, and a look that may be published."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.changes.patterns import CHANGES_SHEETS, SINCE_SHEET
from sheetplan.importing.account import ACCOUNT, DOUBTS
from sheetplan.model.pattern import SheetPatterns
from sheetplan.reports.patterns import (
    APPENDIX_PACK,
    APPENDIX_SHEET,
    REGISTER_PACK,
    REGISTER_SHEET,
    SUMMARY_PACK,
    SUMMARY_SHEET,
)
from tests.judges import ROOT, calamine_values, office_texts, openpyxl_values, sdk_errors
from tests.template_sheets import (
    APPENDIX,
    CHANGES,
    FOLDER,
    IMPORTED,
    PAGE_WIDTHS,
    RECOMMENDATIONS,
    REGISTERS,
    RETURN,
    SUMMARY,
    area_of,
    contrast,
    fill_of,
    marked,
    members_of,
    rgb,
    rules_of,
)

BUILT_WITH = "3.3.1"  # of XlsxWriter
SHEETS: dict[Path, tuple[SheetPatterns, ...]] = {
    CHANGES: CHANGES_SHEETS,
    SUMMARY: (SUMMARY_SHEET, *SUMMARY_PACK, SINCE_SHEET),
    APPENDIX: (APPENDIX_SHEET, *APPENDIX_PACK),
    RECOMMENDATIONS: (REGISTER_SHEET, *REGISTER_PACK),
    IMPORTED: (ACCOUNT, DOUBTS),
}
TRACKER_SHEETS = {SUMMARY_SHEET.sheet, APPENDIX_SHEET.sheet, REGISTER_SHEET.sheet}
CASES = [(path, patterns) for path, sheets in SHEETS.items() for patterns in sheets]
EVERY_SHEET = pytest.mark.parametrize(
    ("path", "patterns"), CASES, ids=[f"{path.stem}-{p.sheet}" for path, p in CASES]
)
EVERY_TEMPLATE = pytest.mark.parametrize("path", SHEETS, ids=[path.stem for path in SHEETS])
COLOUR_WORDS = {
    "red": ["Red"],
    "amber": ["Amber"],
    "green": ["Green"],
    "blue": ["Blue", "Complete", "Closed"],
    "grey": ["Grey", "On hold", "Not due to start"],
}
VERDICT_WORDS = {
    "red": ["Cites a reference", "No trace"],
    "amber": ["At risk"],
    "green": ["On track"],
    "blue": ["Delivered"],
    "grey": ["Not rated", "Answered outside"],
}


@pytest.fixture(scope="module")
def books() -> dict[Path, Workbook]:
    """The committed templates, as openpyxl reads them."""
    return {path: openpyxl.load_workbook(path, rich_text=True) for path in SHEETS}


@pytest.fixture
def sheet(path: Path, patterns: SheetPatterns, books: dict[Path, Workbook]) -> Worksheet:
    """The sheet that a test for every sheet is about."""
    return books[path][patterns.sheet]


def test_building_the_templates_again_gives_the_committed_parts(tmp_path: Path) -> None:
    script = FOLDER / "build_templates.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    for path in (*SHEETS, REGISTERS, RETURN):
        new, old = members_of(tmp_path / path.name), members_of(path)
        assert list(new) == list(old)
        assert openpyxl_values(tmp_path / path.name) == openpyxl_values(path)
        if xlsxwriter.__version__ == BUILT_WITH:  # another version may spell some XML otherwise
            assert [name for name in old if new[name] != old[name]] == []


# ---------------------------------------------------------------- patterns


@EVERY_TEMPLATE
def test_a_template_has_the_sheets_of_the_tracker_and_of_the_pack(
    path: Path, books: dict[Path, Workbook]
) -> None:
    assert books[path].sheetnames == [patterns.sheet for patterns in SHEETS[path]]


@EVERY_SHEET
def test_a_sheet_marks_every_pattern_row_and_every_cell(
    sheet: Worksheet, patterns: SheetPatterns
) -> None:
    marks = [name for name in sheet.defined_names if name.startswith(("row_", "cell_"))]
    needed = [f"cell_{name}" for name in patterns.cells]
    needed += [f"row_{pattern.name}" for pattern in patterns.rows]
    assert sorted(marks) == sorted(needed)


@EVERY_SHEET
def test_a_pattern_row_has_the_placeholders_that_reports_fill(
    sheet: Worksheet, patterns: SheetPatterns
) -> None:
    found = {p.name: _placeholders(marked(sheet, f"row_{p.name}")) for p in patterns.rows}
    assert found == {p.name: sorted(set(p.placeholders)) for p in patterns.rows}
    values = {name: marked(sheet, f"cell_{name}") for name in patterns.cells}
    assert {name: [str(cell.value) for cell in cells] for name, cells in values.items()} == {
        name: [f"{{{name}}}"] for name in patterns.cells
    }


@EVERY_SHEET
def test_nothing_but_pattern_rows_stands_from_the_first_to_the_last_of_them(
    sheet: Worksheet, patterns: SheetPatterns
) -> None:
    areas = [sheet.defined_names[f"row_{pattern.name}"].attr_text for pattern in patterns.rows]
    rows = sorted(area_of(area)[1] for area in areas)
    assert rows == list(range(rows[0], sheet.max_row + 1))


@EVERY_SHEET
def test_a_sheet_begins_with_a_title_that_is_a_heading_and_a_sentence(sheet: Worksheet) -> None:
    assert (sheet["A1"].value, sheet["A1"].style) == ("{title}", "Heading 1")
    assert (sheet["A2"].value, sheet["A2"].style) == ("{about}", "Normal")


def test_headings_inside_the_trackers_sheets_are_headings(books: dict[Path, Workbook]) -> None:
    def styles(path: Path, *names: str) -> list[str]:
        return [marked(books[path].worksheets[0], f"row_{name}")[0].style for name in names]

    levels = ["Heading 2", "Heading 3", "Heading 4"]
    assert styles(SUMMARY, "theme", "section", "block") == levels
    assert styles(APPENDIX, "recommendation", "theme", "heading") == levels
    assert styles(SUMMARY, "exception", "text", "labelled") == ["Normal"] * 3


@EVERY_TEMPLATE
def test_a_template_says_its_title_its_author_and_its_language(
    path: Path, books: dict[Path, Workbook]
) -> None:
    told = books[path].properties
    titles = {SUMMARY: "Improvement Plan exception summary"}
    titles[APPENDIX] = "Progress on statutory recommendations"
    titles[CHANGES] = "What changed in the Improvement Plan"
    titles[RECOMMENDATIONS] = "How recommendations are answered"
    titles[IMPORTED] = "Where an imported plan went"
    assert (told.title, told.creator, told.language) == (titles[path], "sheetplan", "en-GB")


@EVERY_SHEET
def test_a_pack_sheet_is_one_table_with_different_headings_and_a_line_on_blanks(
    sheet: Worksheet, patterns: SheetPatterns
) -> None:
    tables = list(sheet.tables.values())
    if patterns.sheet in TRACKER_SHEETS | {"Cover"}:
        assert tables == []
        return
    (table,) = tables
    left, top, right, bottom = range_boundaries(table.ref)
    headings = [cell.value for cell in sheet[top][left - 1 : right]]
    assert headings == [column.name for column in table.tableColumns]
    assert len({heading.casefold() for heading in headings}) == len(headings)
    assert all(isinstance(heading, str) and heading.strip() for heading in headings)
    assert (left, right, bottom) == (1, sheet.max_column, sheet.max_row)
    assert bottom - top == len(patterns.rows)
    assert sheet.print_title_rows == f"${top}:${top}"
    assert patterns.sheet in ("Numbers", "Coverage") or "blank" in sheet["A3"].value


def test_tables_have_names_that_say_what_they_hold_and_no_two_the_same(
    books: dict[Path, Workbook],
) -> None:
    names = [name for book in books.values() for sheet in book for name in sheet.tables]
    assert len(names) == len({name.casefold() for name in names}) == 22
    assert not [name for name in names if re.match(r"Table\d*$", name)]


# ---------------------------------------------------------------- the look


@EVERY_SHEET
def test_a_sheet_has_no_merged_or_frozen_or_hidden_cells(sheet: Worksheet) -> None:
    assert not sheet.merged_cells.ranges
    assert sheet.freeze_panes is None
    assert sheet.sheet_state == "visible"
    dimensions = (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
    assert not [dimension for dimension in dimensions if dimension.hidden]


@EVERY_SHEET
def test_text_stands_out_from_its_cell(sheet: Worksheet) -> None:
    pairs = {(rgb(cell.font.color), fill_of(cell)) for row in sheet for cell in row}
    pairs |= {(rgb(rule.dxf.font.color), rgb(rule.dxf.fill.bgColor)) for _, rule in rules_of(sheet)}
    assert not {pair for pair in pairs if contrast(*pair) < 4.5}


@EVERY_SHEET
def test_every_rating_takes_the_profiles_colour_of_its_word_and_keeps_its_edge(
    sheet: Worksheet,
) -> None:
    profile = tomllib.loads((ROOT / "sheetplan/profiles/standard.toml").read_text("utf-8"))
    wanted = {
        kind: {
            word: (profile["colours"][colour]["fill"], profile["colours"][colour]["text"])
            for colour, words in by_colour.items()
            for word in words
        }
        for kind, by_colour in {"": COLOUR_WORDS, "{verdict}": VERDICT_WORDS}.items()
    }
    placeholders = ("{rating}", "{status}", "{rating_before}", "{rating_after}", "{verdict}")
    ratings = [c for row in sheet for c in row if c.value in placeholders]
    found: dict[str, dict[str, tuple[str, str]]] = {cell.coordinate: {} for cell in ratings}
    for place, rule in rules_of(sheet):
        assert rule.operator == "beginsWith"
        assert rule.formula == [f'LEFT({place},{len(rule.text)})="{rule.text}"']
        colours = (rgb(rule.dxf.fill.bgColor), rgb(rule.dxf.font.color))
        found[place][rule.text] = colours
        assert rgb(rule.dxf.border.left.color) == "484949"
    for place, rules in found.items():
        assert rules == wanted.get(sheet[place].value, wanted[""])
    assert {rgb(cell.border.left.color) for cell in ratings} <= {"484949"}


@EVERY_SHEET
def test_only_arial_and_colours_of_its_own_so_that_another_theme_changes_nothing(
    sheet: Worksheet, path: Path
) -> None:
    cells = [cell for row in sheet for cell in row]
    assert {cell.font.name for cell in cells} == {"Arial"}
    parts = members_of(path)
    assert b"theme=" not in parts["xl/styles.xml"]
    charts = [data for name, data in parts.items() if name.startswith("xl/charts/")]
    assert not [data for data in charts if b"schemeClr" in data]


@EVERY_SHEET
def test_text_wraps_in_rows_that_grow_and_only_single_lines_keep_their_height(
    sheet: Worksheet,
) -> None:
    fixed = {number for number, row in sheet.row_dimensions.items() if row.customHeight}
    wrapping = {
        cell.row for row in sheet for cell in row if cell.value and cell.alignment.wrap_text
    }
    assert not fixed & wrapping
    told = {cell.row for row in sheet for cell in row if cell.value}
    assert told <= fixed | wrapping


@EVERY_SHEET
def test_a_sheet_prints_on_its_side_one_page_wide_with_page_numbers_and_nothing_shrinks_much(
    sheet: Worksheet, patterns: SheetPatterns
) -> None:
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    footer = sheet.oddFooter
    assert (footer.left.text, footer.center.text) == (None, None)
    assert footer.right.text == "Page &P of &N"
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    margins = (sheet.page_margins.left + sheet.page_margins.right) * 96
    paper = PAGE_WIDTHS[str(setup.paperSize)] - margins
    assert 0.85 * sum(round(7 * width) for width in widths) <= paper
    assert sheet.print_title_rows is not None or patterns.sheet == "Cover"


def test_each_theme_begins_a_page_of_its_own(books: dict[Path, Workbook]) -> None:
    sheet = books[SUMMARY].worksheets[0]
    (above,) = sheet.row_breaks.brk
    assert above.id == marked(sheet, "row_theme")[0].row - 1
    assert not books[APPENDIX].worksheets[0].row_breaks.brk


# ---------------------------------------------------------------- charts


@EVERY_TEMPLATE
def test_two_other_readers_find_the_same_words(path: Path) -> None:
    assert openpyxl_values(path) == calamine_values(path)


@pytest.mark.office
def test_libreoffice_shows_every_sheet() -> None:
    shown = office_texts(list(SHEETS))
    for path, sheets in SHEETS.items():
        assert {patterns.sheet for patterns in sheets} == shown[path].keys()
        assert {texts["A1"] for texts in shown[path].values()} == {"{title}"}


@pytest.mark.validator
@EVERY_TEMPLATE
def test_the_open_xml_sdk_finds_nothing_wrong(path: Path) -> None:
    assert sdk_errors(path) == []


def _placeholders(cells: list[Cell]) -> list[str]:
    found = [name for cell in cells for name in re.findall(r"\{(\w+)\}", str(cell.value))]
    assert len(found) == len(set(found))
    return sorted(found)
