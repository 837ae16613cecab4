"""What comes with the new month's cells: widths, merges, tables, names, filter, styles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.builders import parts_of
from tests.cycle.looking import MAIN, book_of, root_of, sheet_of, xml_of
from tests.shapes.tables import TABLE

# ---------------------------------------------------------------- widths and outlines


def widths(path: Path) -> dict[str, tuple[float, bool, int]]:
    """By column: its width, whether it is hidden, its outline level."""
    found = {}
    for item in re.findall(r"<col [^>]*>", xml_of(path)):
        settings = dict(re.findall(r'(\w+)="([^"]*)"', item))
        for column in range(int(settings["min"]), min(int(settings["max"]), 12) + 1):
            width = float(settings.get("width", 0)), settings.get("hidden") == "1"
            found["ABCDEFGHIJKL"[column - 1]] = (*width, int(settings.get("outlineLevel", 0)))
    return found


@pytest.mark.parametrize(
    ("name", "g", "h"),
    [
        ("widths_and_a_hidden_past", (12.7109375, False, 0), (40.7109375, False, 0)),
        ("last_month_hidden", (14.7109375, False, 0), (14.7109375, False, 0)),
        ("last_month_grouped_and_folded", (14.7109375, False, 1), (14.7109375, False, 1)),
        ("past_months_grouped", (14.7109375, False, 0), (14.7109375, False, 0)),
        ("widths_to_the_last_column", (20.7109375, False, 0), (20.7109375, False, 0)),
        ("everything_else_hidden", (20.7109375, False, 0), (20.7109375, False, 0)),
    ],
)
def test_new_columns_are_as_wide_as_julys_and_can_be_seen(all_rolled, name, g, h):
    found = widths(all_rolled[name].after)
    assert (found["G"], found["H"]) == (g, h)


def test_the_columns_behind_the_new_ones_stay_as_they_were(all_rolled):
    for name in ("widths_to_the_last_column", "everything_else_hidden"):
        before, after = widths(all_rolled[name].before), widths(all_rolled[name].after)
        assert after["I"] == before["G"]
        assert 'max="16384"' in xml_of(all_rolled[name].after)


def test_a_folded_outline_has_its_plus_sign_once(all_rolled):
    text = xml_of(all_rolled["past_months_grouped"].after)
    assert text.count('collapsed="1"') == 1


# ---------------------------------------------------------------- merges


@pytest.mark.parametrize(
    ("name", "merged"),
    [
        ("title_over_the_whole_width", {"A1:H1"}),
        ("title_wider_than_the_table", {"A1:L1"}),
        ("banner_merged", {"G1:H1"}),
        ("banner_over_every_month", {"C1:D1", "E1:F1", "G1:H1"}),
        ("month_merged_above", {"C1:D1", "E1:F1", "G1:H1"}),
        ("merged_for_months_to_come", {"C1:D1", "E1:F1", "G1:H1", "I1:J1", "K1:L1"}),
        ("workstreams_merged_over_the_width", {"A5:H5"}),
        ("actions_over_two_rows", {f"{column}5:{column}6" for column in "ABCDEFGH"}),
    ],
)
def test_merged_cells_repeat_grow_or_move(all_rolled, name, merged):
    found = {str(area) for area in sheet_of(all_rolled[name].after).merged_cells.ranges}
    assert found == merged


def test_a_banner_leaves_its_style_behind(all_rolled):
    sheet = sheet_of(all_rolled["banner_not_merged"].after)
    assert sheet["F1"].fill.bgColor.rgb == sheet["H1"].fill.bgColor.rgb
    assert sheet["F1"].fill.fill_type == "solid"


def test_a_banner_that_is_a_formula_is_said_to_stay(all_rolled):
    (sheet,) = all_rolled["banner_worked_out"].result.plan.sheets
    assert sheet.doubts == ['E1 says "July update due" by a formula, so it stays there']


# ---------------------------------------------------------------- tables, names, filter


def test_the_tables_columns_are_called_what_their_headings_say(all_rolled):
    for name in ("table", "table_with_totals", "table_under_a_row_of_months"):
        sheet = sheet_of(all_rolled[name].after)
        table = sheet.tables["Actions"]
        headings = [cell.value for cell in sheet[table.ref][0]]
        assert [column.name for column in table.tableColumns] == headings
        assert table.autoFilter.ref.split(":")[1].startswith("H")


def test_a_tables_formulas_read_the_new_month(all_rolled):
    text = xml_of(all_rolled["table_with_calculated_columns"].after, TABLE)
    formulas = re.findall(r"<calculatedColumnFormula>(.*?)<", text)
    months = [re.search(r"June|July|August", formula)[0] for formula in formulas]
    assert months == ["June", "July", "August"]


def test_a_tables_column_that_is_worked_out_by_letters_reads_the_new_ones(all_rolled):
    text = xml_of(all_rolled["table_with_columns_worked_out_by_cells"].after, TABLE)
    formulas = re.findall(r"<calculatedColumnFormula>IF\((\w+)=.*?\$(\w+)\)<", text)
    assert formulas == [("C2", "A2"), ("E2", "A2"), ("G2", "A2")]


def test_each_column_of_a_table_has_an_id_of_its_own(all_rolled):
    for item in all_rolled.values():
        text = parts_of(item.after).get(TABLE, b"").decode()
        ids = re.findall(r'<tableColumn id="(\d+)"', text)
        assert len(ids) == len(set(ids))


def test_names_and_print_areas_that_end_with_the_month_grow_and_others_stay(all_rolled):
    book = book_of(all_rolled["names_and_print_areas"].after)
    assert {name: book.defined_names[name].value for name in book.defined_names} == {
        "Latest": "Plan!$E$2:$H$4",
        "EveryMonth": "Plan!$C$2:$H$4",
        "Statuses": "Plan!$E$2:$E$4",
    }
    sheet = book["Plan"]
    assert sheet.defined_names["Target"].value == "Plan!$B$2:$B$4"
    assert sheet.print_area == "'Plan'!$A$1:$H$1,'Plan'!$A$3:$H$4"
    assert sheet.print_titles == "'Plan'!$1:$1,'Plan'!$A:$B"
    assert sheet.auto_filter.ref == "A1:H4"


def test_names_of_sheets_with_quotes_grow(all_rolled):
    book = book_of(all_rolled["many_sheets"].after)
    assert book.defined_names["Latest"].value == "'Children''s & families'!$E$2:$H$4"
    assert all(sheet.auto_filter.ref == "A1:H4" for sheet in book.worksheets[1:4])


def test_a_filter_goes_on_hiding_what_it_hid(all_rolled):
    sheet = sheet_of(all_rolled["filtered_and_hidden_rows"].after)
    assert sheet.auto_filter.ref == "A1:H4"
    assert [sheet.row_dimensions[row].hidden for row in (2, 3, 4)] == [False, True, True]
    assert sheet.row_dimensions[3].height == 30


# ---------------------------------------------------------------- cells and packages


def test_new_cells_wear_the_style_of_those_they_copy(rolled):
    for item in rolled.result.plan.sheets:
        sheet = sheet_of(rolled.after, item.sheet.name)
        for row in range(1, sheet.max_row + 1):
            for column in range(item.columns.first, item.columns.last + 1):
                old, new = sheet.cell(row, column), sheet.cell(row, item.columns.target(column))
                assert new.style_id == old.style_id, new.coordinate


def test_rich_text_in_a_heading_keeps_its_runs(all_rolled):
    bold = sheet_of(all_rolled["month_in_bold"].after)["G1"].value
    assert [(str(run), getattr(run, "font", None) and run.font.b) for run in bold] == [
        ("Status (", None),
        ("August 2023", True),
        (")", False),
    ]
    split = sheet_of(all_rolled["month_split_over_runs"].after)["G1"].value
    assert "".join(map(str, split)) == "Status (August 2023)"


def test_macros_stay_and_the_workbook_stays_one_that_has_them(all_rolled):
    item = all_rolled["macros"]
    before, after = parts_of(item.before), parts_of(item.after)
    for part in ("xl/vbaProject.bin", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert after[part] == before[part]


def test_a_sheet_under_a_prefix_has_no_element_without_one(all_rolled):
    text = xml_of(all_rolled["prefixed_parts"].after)
    assert not re.search(r"<[a-zA-Z]+[ >/]", text)
    assert "ns0:" not in text


def test_a_workbook_without_styles_gets_no_colours(all_rolled):
    assert "conditionalFormatting" not in xml_of(all_rolled["no_styles"].after)


def test_the_workbook_is_set_to_recalculate_and_nothing_else_of_it_changes(rolled):
    roots = [root_of(path, "xl/workbook.xml") for path in (rolled.before, rolled.after)]
    assert roots[1].find(f"{MAIN}calcPr").get("fullCalcOnLoad") == "1"
    for root in roots:
        for name in ("calcPr", "definedNames"):
            for element in root.findall(f"{MAIN}{name}"):
                root.remove(element)
    before, after = (etree.tostring(root, method="c14n") for root in roots)
    assert before == after
