"""Columns that stand to the right of the months: the new month is inserted before them."""

from __future__ import annotations

from typing import Any

import pytest

import sheetplan
from sheetplan.errors import LayoutError
from sheetplan.model.month import Month
from tests.builders import workbook_from_text
from tests.cli.running import unharmed
from tests.cycle.looking import book_of, fill_in, sheet_of
from tests.cycle.right import RIGHT, by_heading, rolled
from tests.judges import openpyxl_values, sdk_errors
from tests.shapes import pairs, plan

MERGED = """
| Ref     | Action            | June 2023 | <          | July 2023 | <                | Assurance | <       |
|         |                   | Status    | Update     | Status    | Update           | Evidence  | Notes   |
| OC.A1.1 | Mend the roof     | On track  | Begun [AB] | Complete  | Slates laid [AB] | File 1    | Ask Ann |
| OC.A1.2 | Train the wardens | N/A       | N/A        | N/A       | N/A              | File 2    |         |
"""  # noqa: E501
HEADINGS = [line.strip() for line in RIGHT.strip().splitlines()[0].strip("|").split("|")]
AUGUST = ["Status (August 2023)", "Update (August 2023)"]


# ---------------------------------------------------------------- the new month, and the others


def test_the_new_month_comes_before_the_columns_on_the_right(tmp_path):
    before = plan(tmp_path / "plan.xlsx", RIGHT)
    old, new = by_heading(before), by_heading(rolled(before))
    assert list(new) == [*HEADINGS[:6], *AUGUST, *HEADINGS[6:]]
    assert {heading: new[heading] for heading in old} == old
    assert [new[heading] for heading in AUGUST] == [["", "Closed", "N/A"], ["", "", "N/A"]]


def test_where_nothing_stands_on_the_right_nothing_is_inserted(tmp_path):
    opened = sheetplan.plan_roll_month(pairs(tmp_path / "plan.xlsx", lambda *_: None))
    assert [sheet.room for sheet in opened.sheets] == [None]
    assert opened.workbook.package.changed == []


def test_months_merged_in_one_row_stand_beside_a_merged_group(tmp_path):
    before = plan(tmp_path / "plan.xlsx", MERGED)
    after = rolled(before)
    old, new = by_heading(before, heading_rows=2), by_heading(after, heading_rows=2)
    assert [*new][4:] == [
        *["July 2023 Status", "July 2023 Update", "August 2023 Status", "August 2023 Update"],
        *["Assurance Evidence", "Assurance Notes"],
    ]
    assert {heading: new[heading] for heading in old} == old
    merged = {str(area) for area in sheet_of(after).merged_cells.ranges}
    assert merged == {"C1:D1", "E1:F1", "G1:H1", "I1:J1"}


def test_a_banner_moves_over_the_new_month_and_a_title_reaches_over_all(tmp_path):
    title = "| Plan of the council | < | < | < | < | < | < | < |\n"
    banner = "| | | | | July Update Due | < | | |\n"
    before = plan(tmp_path / "plan.xlsx", title + banner + RIGHT.strip())
    after = sheet_of(rolled(before))
    assert (after["G2"].value, after["E2"].value) == ("August Update Due", None)
    assert {str(area) for area in after.merged_cells.ranges} == {"A1:J1", "G2:H2"}


def test_words_far_to_the_right_move_with_the_blank_columns_between(tmp_path):
    before = pairs(tmp_path / "plan.xlsx", lambda _, sheet: sheet.write("K3", "A word"))
    values = openpyxl_values(rolled(before))["Plan"]
    assert (values["G1"], values["M3"]) == (AUGUST[0], "A word")
    assert "K3" not in values


def test_each_sheet_is_given_columns_only_where_it_has_others(tmp_path):
    without = "\n".join(line.rsplit("|", 3)[0] + "|" for line in RIGHT.strip().splitlines())
    before = workbook_from_text(
        tmp_path / "plan.xlsx",
        {
            "Theme 1": RIGHT,
            "Theme 2": without,
            "Theme 3": RIGHT.replace("File", "Box"),
            "Look": "| ='Theme 1'!G2&'Theme 3'!G2 | ='Theme 2'!G2 |",
        },
    )
    after = rolled(before)
    for name in ("Theme 1", "Theme 2", "Theme 3"):
        old, new = by_heading(before, name), by_heading(after, name)
        assert list(new) == [*HEADINGS[:6], *AUGUST, *[*old][6:]]
        assert {heading: new[heading] for heading in old} == old
    look = openpyxl_values(after, formulas=True)["Look"]
    assert look == {"A1": "='Theme 1'!I2&'Theme 3'!I2", "B1": "='Theme 2'!G2"}


def test_a_month_after_that_is_inserted_too(tmp_path):
    path = plan(tmp_path / "plan.xlsx", RIGHT)
    old = by_heading(path)
    sheetplan.roll_month(path)
    fill_in(path, Month(2023, 8))
    sheetplan.roll_month(path)
    new = by_heading(path)
    assert list(new)[6:] == [
        *AUGUST,
        *["Status (September 2023)", "Update (September 2023)", "Evidence link", "Notes"],
    ]
    assert {heading: new[heading] for heading in old} == old


def test_undo_brings_back_the_tracker_to_the_byte(tmp_path):
    path = plan(tmp_path / "plan.xlsx", RIGHT)
    bytes_before = path.read_bytes()
    sheetplan.roll_month(path)
    assert path.read_bytes() != bytes_before
    sheetplan.undo(path)
    assert path.read_bytes() == bytes_before


# ---------------------------------------------------------------- looks and rules


def test_the_new_columns_look_like_the_last_month_and_not_like_their_neighbours(tmp_path):
    def decorate(book, sheet):
        sheet.set_column("E:E", 17)
        sheet.set_column("F:F", 44)
        sheet.set_column("G:G", 9)
        for row in (1, 2, 3):
            sheet.write(row, 4, "On track", book.add_format({"bg_color": "#DDEEFF"}))
            sheet.write(row, 6, "File", book.add_format({"bg_color": "#112233"}))

    after = sheet_of(rolled(plan(tmp_path / "plan.xlsx", RIGHT, decorate)))
    assert [round(after.column_dimensions[c].width) for c in "GHI"] == [18, 45, 10]
    fills = [after[f"{column}3"].fill.fgColor.rgb for column in "EGI"]
    assert fills == ["FFDDEEFF", "FFDDEEFF", "FF112233"]


def test_drop_downs_formats_and_the_filter_reach_over_the_new_month(tmp_path):
    def decorate(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.data_validation("E2:E4", {"validate": "list", "source": ["On track", "Closed"]})
        sheet.data_validation("G2:G4", {"validate": "list", "source": ["File 1", "File 2"]})
        rule = {"type": "cell", "criteria": "==", "value": '"Late"', "format": bold}
        sheet.conditional_format("C2:H4", rule)
        sheet.conditional_format("E2:E4", {**rule, "value": '"Closed"'})
        sheet.autofilter("A1:H4")

    after = sheet_of(rolled(plan(tmp_path / "plan.xlsx", RIGHT, decorate)))
    lists = {str(rule.sqref): rule.formula1 for rule in after.data_validations.dataValidation}
    assert lists == {"E2:E4 G2:G4": '"On track,Closed"', "I2:I4": '"File 1,File 2"'}
    formats = {str(item.sqref) for item in after.conditional_formatting}
    assert formats == {"C2:J4", "E2:E4 G2:G4"}
    assert after.auto_filter.ref == "A1:J4"


def test_names_and_print_areas_that_end_with_the_month_grow_and_others_move(tmp_path):
    def decorate(book, sheet):
        sheet.print_area("A1:H4")
        book.define_name("Months", "=Plan!$C$1:$F$4")
        book.define_name("Evidence", "=Plan!$G$2:$G$4")

    book = book_of(rolled(plan(tmp_path / "plan.xlsx", RIGHT, decorate)))
    names = {name: item.attr_text for name, item in book.defined_names.items()}
    assert names == {"Months": "Plan!$C$1:$H$4", "Evidence": "Plan!$I$2:$I$4"}
    assert book["Plan"].print_area == "'Plan'!$A$1:$J$4"


def test_notes_and_links_stay_with_their_cells(tmp_path):
    def decorate(_, sheet):
        sheet.write_url("G2", "https://example.org/1", string="File 1")
        sheet.write_comment("H4", "Look there")

    after = sheet_of(rolled(plan(tmp_path / "plan.xlsx", RIGHT, decorate)))
    assert after["I2"].hyperlink.target == "https://example.org/1"
    assert after["J4"].comment.text == "Look there"
    assert after["G2"].hyperlink is None
    assert after["H4"].comment is None


# ---------------------------------------------------------------- tables


def table_over(area: str, headings: list[str], **options: Any) -> Any:
    def decorate(_: object, sheet: Any) -> None:
        columns = [{"header": heading} for heading in headings]
        for name, values in options.get("columns", {}).items():
            columns[headings.index(name)].update(values)
        total = bool(options.get("total_row"))
        sheet.add_table(area, {"name": "Actions", "columns": columns, "total_row": total})

    return decorate


def test_a_table_over_all_columns_gets_the_month_inside(tmp_path):
    before = plan(tmp_path / "plan.xlsx", RIGHT, table_over("A1:H4", HEADINGS))
    after = rolled(before)
    table = sheet_of(after).tables["Actions"]
    assert table.ref == table.autoFilter.ref == "A1:J4"
    names = [column.name for column in table.tableColumns]
    assert names == [*HEADINGS[:6], *AUGUST, *HEADINGS[6:]] == list(by_heading(after))
    identifiers = [column.id for column in table.tableColumns]
    assert len(set(identifiers)) == 10
    assert [identifiers[at] for at in (0, 5, 8, 9)] == [1, 6, 7, 8]


def test_a_table_keeps_its_worked_out_columns_and_totals_in_the_new_month(tmp_path):
    columns = {
        "Update (July 2023)": {"formula": '=Actions[[#This Row],[Status (July 2023)]]="Late"'},
        "Notes": {"formula": "=Actions[[#This Row],[Update (July 2023)]]"},
        "Status (July 2023)": {"total_function": "count_nums"},
    }
    decorate = table_over("A1:H5", HEADINGS, columns=columns, total_row=True)
    after = rolled(plan(tmp_path / "plan.xlsx", RIGHT, decorate))
    cells = openpyxl_values(after, formulas=True)["Plan"]
    assert cells["H2"] == '=Actions[[#This Row],[Status (August 2023)]]="Late"'
    assert cells["J2"] == "=Actions[[#This Row],[Update (July 2023)]]"
    assert cells["G5"] == cells["E5"].replace("July", "August")
    found = {column.name: column for column in sheet_of(after).tables["Actions"].tableColumns}
    assert found[AUGUST[0]].totalsRowFunction == "countNums"
    worked_out = found[AUGUST[1]].calculatedColumnFormula.attr_text
    assert worked_out == 'Actions[[#This Row],[Status (August 2023)]]="Late"'


def test_a_table_that_ends_with_the_months_grows_and_another_beside_it_moves(tmp_path):
    def decorate(book, sheet):
        table_over("A1:F4", HEADINGS[:6])(book, sheet)
        columns = [{"header": heading} for heading in HEADINGS[6:]]
        sheet.add_table("G1:H4", {"name": "Beside", "columns": columns})

    tables = sheet_of(rolled(plan(tmp_path / "plan.xlsx", RIGHT, decorate))).tables
    assert {table.name: table.ref for table in tables.values()} == {
        "Actions": "A1:H4",
        "Beside": "I1:J4",
    }


STACKED = f"""{RIGHT}
{RIGHT.strip().splitlines()[0]}
| OC.B1.1 | Weed the paths    | On track           | Half done [AB]     | On track           | Three done [AB]    | File 3        |          |
"""  # noqa: E501
"""Two lists with the same headings, one below the other."""


@pytest.mark.parametrize("second", [None, "A6:H7", "A6:F7"])
def test_of_two_lists_one_below_the_other_each_gets_the_month(tmp_path, second):
    """Both are Excel's tables, or neither is; the second may end with the month."""

    def decorate(book, sheet):
        if second:
            table_over("A1:H4", HEADINGS)(book, sheet)
            width = 8 if second == "A6:H7" else 6
            columns = [{"header": heading} for heading in HEADINGS[:width]]
            sheet.add_table(second, {"name": "Below", "columns": columns})

    after = rolled(plan(tmp_path / "plan.xlsx", STACKED, decorate))
    rows = list(sheet_of(after).values)
    assert rows[0] == rows[5] == (*HEADINGS[:6], *AUGUST, *HEADINGS[6:])
    assert rows[6][4:10] == ("On track", "Three done [AB]", None, None, "File 3", None)
    tables = {table.name: table.ref for table in sheet_of(after).tables.values()}
    grown = {"A6:H7": "A6:J7", "A6:F7": "A6:H7"}
    assert tables == ({"Actions": "A1:J4", "Below": grown[second]} if second else {})


def test_a_table_that_ends_inside_the_month_is_refused(tmp_path):
    path = plan(tmp_path / "plan.xlsx", RIGHT, table_over("A1:E4", HEADINGS[:5]))
    with unharmed(tmp_path), pytest.raises(LayoutError, match="does not end with the columns"):
        sheetplan.roll_month(path)


# ---------------------------------------------------------------- formulas


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong_in_a_table(tmp_path):
    after = rolled(plan(tmp_path / "plan.xlsx", RIGHT, table_over("A1:H4", HEADINGS)))
    assert sdk_errors(after) == []
