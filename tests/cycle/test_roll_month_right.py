"""Columns that stand to the right of the months: the new month is inserted before them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

import sheetplan
from sheetplan.errors import CannotInsertColumnsError, LayoutError
from sheetplan.model.month import Month
from sheetplan.ooxml.archive import write
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import find_settings
from sheetplan.sheets.reading import read_layouts
from tests.builders import workbook_from_text
from tests.cli.running import run, unharmed
from tests.cycle.looking import book_of, fill_in, sheet_of
from tests.judges import office_texts, openpyxl_values, sdk_errors, valid
from tests.shapes import SHAPES, pairs, plan

RIGHT = """
| Ref     | Action            | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) | Evidence link | Notes    |
| OC.A1.1 | Mend the roof     | On track           | Begun [AB]         | Complete           | Slates laid [AB]   | File 1        | Ask Ann  |
| OC.A1.2 | Paint the doors   | Complete           | Painted [CD]       | Closed             |                    | File 2        |          |
| OC.A1.3 | Train the wardens | N/A                | N/A                | N/A                | N/A                |               | See file |
"""  # noqa: E501
"""Months in C:D and E:F, and beside them columns that belong to none."""

MERGED = """
| Ref     | Action            | June 2023 | <          | July 2023 | <                | Assurance | <       |
|         |                   | Status    | Update     | Status    | Update           | Evidence  | Notes   |
| OC.A1.1 | Mend the roof     | On track  | Begun [AB] | Complete  | Slates laid [AB] | File 1    | Ask Ann |
| OC.A1.2 | Train the wardens | N/A       | N/A        | N/A       | N/A              | File 2    |         |
"""  # noqa: E501
HEADINGS = [line.strip() for line in RIGHT.strip().splitlines()[0].strip("|").split("|")]
AUGUST = ["Status (August 2023)", "Update (August 2023)"]
Rows = dict[str, list[object]]


def rolled(before: Path, **options: Any) -> Path:
    """The tracker's next month opened in a new file, which Excel would accept."""
    after = before.with_name("after.xlsx")
    sheetplan.roll_month(before, output=after, **options)
    assert valid(before, after) == []
    return after


def by_heading(path: Path, name: str = "Plan", heading_rows: int = 1) -> Rows:
    """What openpyxl reads under each heading, from left to right.

    A heading is the text of the merged cells over it and of its own cell.
    """
    sheet = sheet_of(path, name)
    found: Rows = {}
    for column in range(1, sheet.max_column + 1):
        words = [_shown(sheet, row, column) for row in range(1, heading_rows + 1)]
        cells = [
            str(sheet.cell(row, column).value or "")
            for row in range(heading_rows + 1, sheet.max_row + 1)
        ]
        if any(words) or any(cells):
            found[" ".join(filter(None, words))] = cells
    return found


def _shown(sheet: Any, row: int, column: int) -> str:
    for area in sheet.merged_cells.ranges:
        if (row, column) in [*area.cells]:
            row, column = area.min_row, area.min_col
    return str(sheet.cell(row, column).value or "")


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


def test_a_table_that_ends_inside_the_month_is_refused(tmp_path):
    path = plan(tmp_path / "plan.xlsx", RIGHT, table_over("A1:E4", HEADINGS[:5]))
    with unharmed(tmp_path), pytest.raises(LayoutError, match="does not end with the columns"):
        sheetplan.roll_month(path)


# ---------------------------------------------------------------- formulas

READING = RIGHT.replace("Ask Ann ", "=F2&G2").replace("See file", "=Rest!A1")
REST = "| =Plan!G2 | =COUNTA(Plan!G2:G4) | =SUM(Plan!E2:H4) | =Plan!E2 |"


@pytest.fixture
def reading(tmp_path: Path) -> Path:
    """Notes read July and the evidence; the sheet Rest reads both from outside."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": READING, "Rest": REST})


def test_formulas_go_on_reading_what_they_read(reading):
    cells = openpyxl_values(rolled(reading), formulas=True)
    assert cells["Plan"]["J2"] == "=F2&I2"
    assert cells["Rest"] == {
        "A1": "=Plan!I2",
        "B1": "=COUNTA(Plan!I2:I4)",
        "C1": "=SUM(Plan!E2:J4)",
        "D1": "=Plan!E2",
    }


def test_formulas_that_read_the_last_month_are_named(reading):
    opened = sheetplan.plan_roll_month(reading)
    assert {reader.where for reader in opened.readers} >= {"Plan!J2", "Rest!D1"}
    assert "Rest!A1" not in {reader.where for reader in opened.readers}


def test_formulas_that_read_the_last_month_can_read_the_new_one(reading):
    cells = openpyxl_values(rolled(reading, repoint=True), formulas=True)
    assert cells["Plan"]["J2"] == "=H2&I2"
    assert (cells["Rest"]["A1"], cells["Rest"]["D1"]) == ("=Plan!I2", "=Plan!G2")


def test_a_formula_of_the_month_goes_on_reading_the_column_on_the_right(tmp_path):
    text = RIGHT.replace("Slates laid [AB]", '=E2&G2&Plan!$H2&" "')
    cells = openpyxl_values(rolled(plan(tmp_path / "plan.xlsx", text)), formulas=True)["Plan"]
    assert cells["F2"] == '=E2&I2&Plan!$J2&" "'
    assert cells["H2"] == '=G2&I2&Plan!$J2&" "'


def test_an_address_in_words_is_said(tmp_path):
    sheets = {"Plan": RIGHT, "Rest": '| =INDIRECT("Plan!G2") |'}
    opened = sheetplan.plan_roll_month(workbook_from_text(tmp_path / "plan.xlsx", sheets))
    assert len(opened.sheets[0].doubts) == 1
    assert "INDIRECT" in opened.sheets[0].doubts[0]
    assert "Rest!A1" in opened.sheets[0].doubts[0]


def test_what_several_insertions_leave_to_look_at_is_said_once(tmp_path):
    sheets = {"Plan": RIGHT, "Two": RIGHT, "Rest": '| =INDIRECT("Plan!G2") |'}
    opened = sheetplan.plan_roll_month(workbook_from_text(tmp_path / "plan.xlsx", sheets))
    assert sum("INDIRECT" in doubt for sheet in opened.sheets for doubt in sheet.doubts) == 1


@pytest.mark.office
def test_libreoffice_works_out_the_same_from_outside(reading):
    after = rolled(reading)
    shown = office_texts([reading, after])
    assert shown[after]["Rest"] == shown[reading]["Rest"]
    assert shown[after]["Plan"]["J2"] == shown[reading]["Plan"]["H2"]


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong_in_a_table(tmp_path):
    after = rolled(plan(tmp_path / "plan.xlsx", RIGHT, table_over("A1:H4", HEADINGS)))
    assert sdk_errors(after) == []


# ---------------------------------------------------------------- what is said


def test_a_dry_run_says_what_would_be_inserted_and_writes_nothing(tmp_path):
    path = plan(tmp_path / "plan.xlsx", RIGHT)
    with unharmed(tmp_path):
        outcome = run("roll-month", path, "--dry-run", columns=200)
    said = 'G:H before "Evidence link" on Plan; what stood in G:H would stand in I:J'
    assert said in outcome.out


def test_a_roll_says_what_was_inserted_and_how_many_cells_moved(tmp_path):
    outcome = run("roll-month", plan(tmp_path / "plan.xlsx", RIGHT), columns=200)
    assert 'G:H before "Evidence link" on Plan; what stood in G:H now stands in I:J' in outcome.out
    assert "(6 of them moved)" in outcome.out


def test_a_roll_gives_data_of_what_was_inserted(tmp_path):
    outcome = run("roll-month", plan(tmp_path / "plan.xlsx", RIGHT), "--json")
    found = json.loads(outcome.out)
    assert found["sheets"][0]["inserted"] == {
        "columns": "G:H",
        "before": "Evidence link",
        "moved_from": "G:H",
        "moved_to": "I:J",
    }
    assert found["verified"]["cells_moved"] == 6


def test_columns_without_a_heading_are_inserted_before_nothing_named(tmp_path):
    path = pairs(tmp_path / "plan.xlsx", lambda _, sheet: sheet.write("G3", "A word"))
    assert "Inserted         G:H on Plan;" in run("roll-month", path, columns=200).out


# ---------------------------------------------------------------- what cannot be moved


def in_the_last_column(_, sheet):
    sheet.write("XFD3", "The end")


def array_over_the_edge(_, sheet):
    sheet.write_array_formula("F6:G6", "{=A2:B2}")


@pytest.mark.parametrize("decorate", [in_the_last_column, array_over_the_edge])
def test_what_cannot_be_moved_refuses_the_roll_and_nothing_is_written(tmp_path, decorate):
    path = plan(tmp_path / "plan.xlsx", RIGHT, decorate)
    with unharmed(tmp_path), pytest.raises(CannotInsertColumnsError) as caught:
        sheetplan.roll_month(path)
    assert "Plan" in caught.value.message
    assert caught.value.remedy


def test_what_cannot_be_moved_on_the_second_sheet_refuses_all(tmp_path):
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Plan": RIGHT, "Two": RIGHT},
        decorate=lambda book: in_the_last_column(book, book.get_worksheet_by_name("Two")),
    )
    with unharmed(tmp_path):
        outcome = run("roll-month", path)
    assert outcome.status == 3
    assert "Two" in outcome.said


# ---------------------------------------------------------------- whatever it looks like

WORDS = st.text("abcxyz ", min_size=1, max_size=6).map(lambda text: f"'{text}.")


@given(
    before=st.integers(0, 2),
    months=st.integers(1, 3),
    blank=st.integers(0, 2),
    right=st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4),
    again=st.booleans(),
)
def test_what_is_read_by_heading_is_the_same_after_the_roll(
    tmp_path_factory, before, months, blank, right, again
):
    lead = [[f"Column {n}", *"abc"] for n in range(before)]
    first = Month(2023, 11)
    monthly = [
        [f"{what} {first.plus(n).label}", "On track", "N/A", "Closed"]
        for n in range(months)
        for what in ("Status", "Update")
    ]
    others = [[f"Other {n}", *cells] for n, cells in enumerate(right)]
    columns = [["Ref", "A1.1", "A1.2", "A1.3"], *lead, *monthly, *[[""] * 4] * blank, *others]
    text = "\n".join("|" + "|".join(row) + "|" for row in zip(*columns, strict=True))
    path = plan(tmp_path_factory.mktemp("any") / "plan.xlsx", text)
    old = by_heading(path)
    for _ in range(2 if again else 1):
        sheetplan.roll_month(path, force=True)
    new = by_heading(path)
    assert {heading: new[heading] for heading in old} == old
    assert [heading for heading in new if heading in old] == list(old)
    opened = [heading for heading in new if heading not in old]
    assert len(opened) == (4 if again else 2)
    place = list(new).index(f"Update {first.plus(months - 1).label}")
    assert list(new)[place + 1 : place + 1 + len(opened)] == opened


# ---------------------------------------------------------------- every shape of the catalogue


def with_evidence(path: Path) -> dict[str, tuple[int, int, int]]:
    """Put evidence behind the last month of each tracker sheet that has nothing there.

    Returns:
        By sheet: the row of its headings, the evidence's column, and how many a month has.
    """
    workbook = Workbook.open(path)
    put_there = {}
    for item in read_layouts(workbook, find_settings(path, None)).trackers:
        row, block = item.layout.heading_rows[1], item.layout.rightmost
        column = block.last + 1
        with workbook.editing(item.sheet) as sheet:
            put_text(sheet.ensure_cell(row, column), [Run("Proof of it")])
            put_text(sheet.ensure_cell(row + 1, column), [Run("File 1")])
        put_there[item.sheet.name] = (row, column, len(block.columns))
    with path.open("wb") as stream:
        write(stream, workbook.package.members())
    return put_there


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_rolls_with_evidence_beside_it_as_it_does_without(name, all_rolled, tmp_path):
    shape = SHAPES[name]
    before = tmp_path / f"plan{shape.suffix}"
    before.write_bytes(all_rolled[name].before.read_bytes())
    places = with_evidence(before)
    after = tmp_path / f"after{shape.suffix}"
    sheetplan.roll_month(before, output=after)
    assert valid(before, after) == []
    expected, found = openpyxl_values(all_rolled[name].after), openpyxl_values(after)
    for sheet, (row, column, count) in places.items():
        letters = get_column_letter(column + count)
        assert found[sheet].pop(f"{letters}{row}") == "Proof of it"
        assert found[sheet].pop(f"{letters}{row + 1}") == "File 1"
    assert found == expected
    assert rules_in(after) == rules_in(all_rolled[name].after)


def rules_in(path: Path) -> dict[str, object]:
    """What each sheet has beside its cells that evidence behind the months does not touch."""
    return {
        sheet.title: (
            sorted(str(rule.sqref) for rule in sheet.data_validations.dataValidation),
            sorted(str(rule.sqref) for rule in sheet.conditional_formatting),
            {table.name: table.ref for table in sheet.tables.values()},
            sheet.auto_filter.ref,
            sheet.print_area,
            sheet.freeze_panes,
        )
        for sheet in book_of(path).worksheets
    }
