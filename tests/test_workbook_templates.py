"""The shipped templates: the patterns that reports need, and a look that may be published."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.changes.patterns import CHANGES_SHEETS, SINCE_SHEET
from sheetplan.importing.account import ACCOUNT, DOUBTS
from sheetplan.model.pattern import SheetPatterns
from sheetplan.model.return_records import CHOICES
from sheetplan.reports.patterns import (
    APPENDIX_PACK,
    APPENDIX_SHEET,
    REGISTER_PACK,
    REGISTER_SHEET,
    SUMMARY_PACK,
    SUMMARY_SHEET,
)
from sheetplan.sheets.register_columns import OPEN, REGISTER_KINDS, RETURN_KINDS
from sheetplan.sheets.support_columns import SupportKind
from tests.judges import ROOT, calamine_values, office_texts, openpyxl_values, sdk_errors

FOLDER = ROOT / "workbook_templates"
BUILT_WITH = "3.3.1"  # of XlsxWriter
REGISTERS, RETURN = FOLDER / "registers.xlsx", FOLDER / "owner_return.xlsx"
SUMMARY, APPENDIX = FOLDER / "exception_summary.xlsx", FOLDER / "statutory_appendix.xlsx"
CHANGES, RECOMMENDATIONS = FOLDER / "changes.xlsx", FOLDER / "recommendations.xlsx"
IMPORTED = FOLDER / "imported_plan.xlsx"
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
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PAGE_WIDTHS = {"8": 1587, "9": 1123}  # pixels of A3 and A4 on their side, 96 to the inch


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
        new, old = _members(tmp_path / path.name), _members(path)
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
    found = {p.name: _placeholders(_marked(sheet, f"row_{p.name}")) for p in patterns.rows}
    assert found == {p.name: sorted(set(p.placeholders)) for p in patterns.rows}
    values = {name: _marked(sheet, f"cell_{name}") for name in patterns.cells}
    assert {name: [str(cell.value) for cell in cells] for name, cells in values.items()} == {
        name: [f"{{{name}}}"] for name in patterns.cells
    }


@EVERY_SHEET
def test_nothing_but_pattern_rows_stands_from_the_first_to_the_last_of_them(
    sheet: Worksheet, patterns: SheetPatterns
) -> None:
    areas = [sheet.defined_names[f"row_{pattern.name}"].attr_text for pattern in patterns.rows]
    rows = sorted(_area(area)[1] for area in areas)
    assert rows == list(range(rows[0], sheet.max_row + 1))


@EVERY_SHEET
def test_a_sheet_begins_with_a_title_that_is_a_heading_and_a_sentence(sheet: Worksheet) -> None:
    assert (sheet["A1"].value, sheet["A1"].style) == ("{title}", "Heading 1")
    assert (sheet["A2"].value, sheet["A2"].style) == ("{about}", "Normal")


def test_headings_inside_the_trackers_sheets_are_headings(books: dict[Path, Workbook]) -> None:
    def styles(path: Path, *names: str) -> list[str]:
        return [_marked(books[path].worksheets[0], f"row_{name}")[0].style for name in names]

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
    pairs = {(_rgb(cell.font.color), _fill(cell)) for row in sheet for cell in row}
    pairs |= {(_rgb(rule.dxf.font.color), _rgb(rule.dxf.fill.bgColor)) for _, rule in _rules(sheet)}
    assert not {pair for pair in pairs if _contrast(*pair) < 4.5}


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
    for place, rule in _rules(sheet):
        assert rule.operator == "beginsWith"
        assert rule.formula == [f'LEFT({place},{len(rule.text)})="{rule.text}"']
        colours = (_rgb(rule.dxf.fill.bgColor), _rgb(rule.dxf.font.color))
        found[place][rule.text] = colours
        assert _rgb(rule.dxf.border.left.color) == "484949"
    for place, rules in found.items():
        assert rules == wanted.get(sheet[place].value, wanted[""])
    assert {_rgb(cell.border.left.color) for cell in ratings} <= {"484949"}


@EVERY_SHEET
def test_only_arial_and_colours_of_its_own_so_that_another_theme_changes_nothing(
    sheet: Worksheet, path: Path
) -> None:
    cells = [cell for row in sheet for cell in row]
    assert {cell.font.name for cell in cells} == {"Arial"}
    parts = _members(path)
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
    assert above.id == _marked(sheet, "row_theme")[0].row - 1
    assert not books[APPENDIX].worksheets[0].row_breaks.brk


# ---------------------------------------------------------------- charts


@pytest.mark.parametrize(("sheet", "row"), [("Exception summary", "chart"), ("Numbers", None)])
def test_a_chart_says_in_words_what_it_shows_and_stands_on_a_row_that_holds_it(
    sheet: str, row: str | None, books: dict[Path, Workbook]
) -> None:
    book = books[SUMMARY]
    anchor = _drawing(book.sheetnames.index(sheet))
    (told,) = anchor.iter(f"{DRAWING}cNvPr")
    assert "Stacked columns" in told.get("descr", "")
    first, last = (int(place.text or "") for place in anchor.iter(f"{DRAWING}row"))
    assert first == last
    if row is not None:
        assert first == _marked(book[sheet], f"row_{row}")[0].row - 1


@pytest.mark.parametrize("sheet", ["Exception summary", "Numbers"])
def test_a_chart_shows_the_months_of_the_whole_plan_by_rating(
    sheet: str, books: dict[Path, Workbook]
) -> None:
    book = books[SUMMARY]
    months = {cell.coordinate: cell.value for cell in _marked(book[sheet], "row_month")}
    number = 1 + ["Exception summary", "Numbers"].index(sheet)
    chart = etree.fromstring(_members(SUMMARY)[f"xl/charts/chart{number}.xml"])
    drawn = {}
    for series in chart.iter(f"{CHART}ser"):
        words, category, value = (
            next(series.find(f"{CHART}{kind}").itertext()) for kind in ("tx", "cat", "val")
        )
        assert months[_cell_of(category, sheet)] == "{month}"
        drawn[words] = months[_cell_of(value, sheet)]
    assert drawn == {
        "Complete": "{complete}",
        "Closed": "{closed}",
        "Green – on track": "{on_track}",
        "Not due to start": "{not_due_to_start}",
        "On hold": "{on_hold}",
        "Amber – medium progress": "{medium_progress}",
        "Red – significant slippage": "{significant_slippage}",
    }
    titles = ["".join(title.itertext(TEXT)) for title in chart.iter(f"{CHART}title")]
    assert titles == ["Actions by rating in each month", "Month", "Number of actions"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_chart_leaves_nothing_to_the_version_of_excel_that_its_workbook_is_from(
    number: int,
) -> None:
    chart = etree.fromstring(_members(SUMMARY)[f"xl/charts/chart{number}.xml"])

    def said(parent: str, name: str) -> list[str | None]:
        children = [element.find(f"{CHART}{name}") for element in chart.iter(f"{CHART}{parent}")]
        return [None if child is None else child.get("val") for child in children]

    assert said("chartSpace", "roundedCorners") == ["0"]
    assert said("chart", "autoTitleDeleted") == ["0"]
    assert said("chart", "plotVisOnly") == ["1"]
    assert said("chart", "dispBlanksAs") == ["gap"]
    assert said("title", "overlay") == ["0"] * 3  # its own, and those of the axes
    assert said("legend", "overlay") == ["0"]
    assert said("barChart", "varyColors") == ["0"]
    assert said("ser", "invertIfNegative") == ["0"] * 7
    for axis in ("catAx", "valAx"):
        assert said(axis, "delete") == ["0"]
        assert said(axis, "majorTickMark") == ["out"]
        assert said(axis, "minorTickMark") == ["none"]
    assert said("catAx", "noMultiLvlLbl") == ["0"]


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


# ---------------------------------------------------------------- registers of returns


@pytest.fixture(scope="module")
def registers() -> Workbook:
    """The template of the registers, as openpyxl reads it."""
    return openpyxl.load_workbook(REGISTERS)


EVERY_REGISTER = pytest.mark.parametrize("kind", REGISTER_KINDS, ids=lambda kind: kind.name)


def test_the_registers_stand_in_their_order_and_say_what_they_are(registers: Workbook) -> None:
    assert registers.sheetnames == [kind.sheet for kind in REGISTER_KINDS]
    told = registers.properties
    assert (told.title, told.language) == (
        "Registers of the improvement plan's returns and checks",
        "en-GB",
    )


@EVERY_REGISTER
def test_a_register_is_one_table_with_the_columns_of_its_kind_and_one_blank_row(
    kind: SupportKind, registers: Workbook
) -> None:
    sheet = registers[kind.sheet]
    (table,) = sheet.tables.values()
    headings = [column.heading for column in kind.columns]
    assert table.name == kind.table
    assert [column.name for column in table.tableColumns] == headings
    assert [cell.value for cell in sheet[4]] == headings
    assert range_boundaries(table.ref) == (1, 4, len(headings), 5)
    assert {cell.value for cell in sheet[5]} == {None}
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$4:$4")


@EVERY_REGISTER
def test_a_register_has_a_title_and_a_line_on_what_it_is_and_one_on_what_officers_do(
    kind: SupportKind, registers: Workbook
) -> None:
    sheet = registers[kind.sheet]
    assert (sheet["A1"].value, sheet["A1"].style) == (kind.sheet, "Heading 1")
    assert all(str(sheet[cell].value).endswith(".") for cell in ("A2", "A3"))
    assert not sheet.merged_cells.ranges


@EVERY_REGISTER
def test_a_register_is_to_be_read_and_printed(kind: SupportKind, registers: Workbook) -> None:
    sheet = registers[kind.sheet]
    assert {cell.font.name for row in sheet for cell in row} == {"Arial"}
    wraps = {cell.value: cell.alignment.wrap_text for cell in sheet[4]}
    wraps |= {sheet.cell(4, cell.column).value: cell.alignment.wrap_text for cell in sheet[5]}
    # Many keys would make a row too tall to read the rest of it.
    assert {heading for heading, is_wrapped in wraps.items() if not is_wrapped} <= {"Key"}
    pairs = {(_rgb(cell.font.color), _fill(cell)) for row in sheet for cell in row}
    pairs |= {(_rgb(rule.dxf.font.color), _rgb(rule.dxf.fill.bgColor)) for _, rule in _rules(sheet)}
    assert not {pair for pair in pairs if _contrast(*pair) < 4.5}
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToHeight, setup.paperSize) == ("landscape", 0, 8)
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    margins = (sheet.page_margins.left + sheet.page_margins.right) * 96
    assert 0.8 * sum(round(7 * width) for width in widths) <= PAGE_WIDTHS["8"] - margins


def test_cells_of_a_register_are_text_but_for_dates_and_numbers(registers: Workbook) -> None:
    formats = {
        (kind.name, column.name): cell.number_format
        for kind in REGISTER_KINDS
        for column, cell in zip(kind.columns, registers[kind.sheet][5], strict=True)
    }
    assert {name for name, code in formats.items() if "yyyy" in code} == {
        *((kind.name, "month") for kind in RETURN_KINDS),
        *(("findings", name) for name in ("found_in", "last_found")),
        *(("returns", name) for name in ("sent", "due", "returned")),
        ("requests", "received"),
        ("requests", "decided_on"),
        ("log", "when"),
    }
    numbers = ("asked answered blank missing merged conflicts requests rejected").split()
    assert {name for name, code in formats.items() if code == "0"} == {
        ("returns", name) for name in numbers
    }
    assert set(formats.values()) == {
        *("@", "0", "mmmm yyyy", "d mmm yyyy", "dd mmm yyyy", "dd mmm yyyy hh:mm")
    }


def test_officers_fill_in_choices_and_decisions_from_drop_downs(registers: Workbook) -> None:
    yellow = {
        (kind.name, column.name)
        for kind in REGISTER_KINDS
        for column, cell in zip(kind.columns, registers[kind.sheet][5], strict=True)
        if _fill(cell) == "FFF8CC"
    }
    assert yellow == {
        ("conflicts", "choice"),
        ("findings", "answer"),
        *(("requests", name) for name in ("decision", "decided_by", "decided_on")),
    }
    (choice,) = registers["Conflicts"].data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("G5", f'"{",".join(CHOICES)}"')
    assert choice.showErrorMessage
    rules = registers["Change control"].data_validations.dataValidation
    (decision,) = (rule for rule in rules if str(rule.sqref) == "J5")
    assert decision.formula1 == '"Agreed,Not agreed,Deferred"'
    assert not decision.showErrorMessage  # other words may be typed


def test_an_open_conflict_has_another_colour_than_a_settled_one(registers: Workbook) -> None:
    (still, settled) = (rule for _, rule in _rules(registers["Conflicts"]))
    assert (still.operator, still.formula, still.stopIfTrue) == ("equal", [f'"{OPEN}"'], True)
    assert settled.type == "notContainsBlanks"
    assert _rgb(still.dxf.fill.bgColor) != _rgb(settled.dxf.fill.bgColor)


def test_two_other_readers_find_the_same_words_in_the_registers() -> None:
    assert openpyxl_values(REGISTERS) == calamine_values(REGISTERS)


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong_with_the_registers() -> None:
    assert sdk_errors(REGISTERS) == []


# ---------------------------------------------------------------- reading


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _area(reference: str) -> tuple[int, int, int, int]:
    return range_boundaries(reference.rpartition("!")[2].replace("$", ""))


def _marked(sheet: Worksheet, name: str) -> list[Cell]:
    left, top, right, bottom = _area(sheet.defined_names[name].attr_text)
    assert top == bottom
    return list(sheet[top][left - 1 : right])


def _placeholders(cells: list[Cell]) -> list[str]:
    found = [name for cell in cells for name in re.findall(r"\{(\w+)\}", str(cell.value))]
    assert len(found) == len(set(found))
    return sorted(found)


def _rules(sheet: Worksheet) -> Iterator[tuple[str, openpyxl.formatting.rule.Rule]]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            yield str(area.sqref), rule


def _rgb(color: Color | None) -> str:
    assert color is not None
    assert color.type == "rgb"
    return str(color.rgb)[2:]


def _fill(cell: Cell) -> str:
    return _rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else "FFFFFF"


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 computes it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _drawing(sheet: int) -> etree._Element:
    """The only thing that is drawn on a sheet of the summary, by the sheet's place."""
    members = _members(SUMMARY)
    related = members[f"xl/worksheets/_rels/sheet{sheet + 1}.xml.rels"].decode()
    (number,) = re.findall(r"drawings/drawing(\d+)\.xml", related)
    (anchor,) = etree.fromstring(members[f"xl/drawings/drawing{number}.xml"])
    return anchor


def _cell_of(reference: str, sheet: str) -> str:
    place, _, cell = reference.rpartition("!")
    assert place.strip("'") == sheet
    first, _, last = cell.replace("$", "").partition(":")
    assert last in ("", first)
    return first
