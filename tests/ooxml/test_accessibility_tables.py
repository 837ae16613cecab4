"""Rules 1 to 9: each broken in a workbook that breaks no other, and its opposite."""

from __future__ import annotations

import pytest
from openpyxl.styles import Alignment

from tests.builders import workbook_from_text
from tests.ooxml.accessible import TOP, add_table, book, breaches, found, places


def test_a_workbook_that_keeps_every_rule_breaks_none(tmp_path):
    assert found(book(tmp_path / "clean.xlsx")) == []


def test_merged_cells_are_named(tmp_path):
    path = book(tmp_path / "a.xlsx", lambda b: b.active.merge_cells("F1:H1"))
    assert found(path) == [(1, "F1:H1", "Cells are merged.")]


# ---------------------------------------------------------------- data marked up as a table


def test_data_in_no_table_is_found_with_its_whole_area(tmp_path):
    def unmark(made):
        del made.active.tables["Exceptions"]

    message = "Data that is not marked up as a table."
    assert found(book(tmp_path / "a.xlsx", unmark)) == [(2, "A4:D8", message)]


def test_data_beside_a_table_is_found_too(tmp_path):
    def add(made):
        for row in range(4, 9):
            for column in (6, 7, 8):
                made.active.cell(row, column, "x")

    assert places(book(tmp_path / "a.xlsx", add), 2) == ["F4:H8"]


def test_a_list_of_two_columns_is_no_data(tmp_path):
    def add(made):
        cover = made.create_sheet("Cover")
        for row, texts in enumerate(
            [["About this workbook"], ["What it is"], *[["a", "b"]] * 9], 1
        ):
            for column, text in enumerate(texts, 1):
                cover.cell(row, column, text)
        cover["A1"].style = "Title"

    assert found(book(tmp_path / "a.xlsx", add)) == []


def test_two_rows_are_no_data_and_three_are(tmp_path):
    for count, expected in ((2, []), (3, [f"A1:C{3}"])):
        text = "\n".join(["| a | b | c |"] * count)
        path = workbook_from_text(tmp_path / f"{count}.xlsx", {"Plan": text})
        assert places(path, 2) == expected


@pytest.mark.shared
def test_a_pivot_table_counts_as_marked_up(shared):
    path = shared / "corpus" / "ClosedXML__pivot_table_first_header_row.xlsx"
    assert [item.sheet for item in breaches(path) if item.rule.number == 2] == ["users"]


# ---------------------------------------------------------------- headings


def heading(text):
    """Type another heading over that of column C; the table's own name for it stays."""

    def change(made):
        made.active["C4"] = text

    return change


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "A heading is blank."),
        ("  ", "A heading is blank."),
        (2026, "A heading is a number or a date, not text."),
        ("Column3", "A heading is the one that Excel gave, and says nothing."),
        ("Judgement", "A heading is not the name that the table has for the column."),
    ],
)
def test_a_heading_must_be_words_of_its_own(tmp_path, text, message):
    assert found(book(tmp_path / "a.xlsx", heading(text))) == [(3, "C4", message)]


def test_a_heading_may_differ_in_capitals_and_breaks_from_its_tables_name(tmp_path):
    assert found(book(tmp_path / "a.xlsx", heading("RATING \n"))) == []


def test_equal_headings_are_both_named(tmp_path):
    def change(made):
        made.active["C4"] = "action"
        made.active.tables["Exceptions"].tableColumns[2].name = "action"

    message = "Columns have the same heading."
    assert found(book(tmp_path / "a.xlsx", change)) == [(3, "B4, C4", message)]


def test_headings_in_two_rows_are_found(tmp_path):
    def change(made):
        made.active["C3"], made.active["D3"] = "July 2026", "July 2026"

    assert places(book(tmp_path / "a.xlsx", change), 3) == ["rows 3 and 4"]


def test_one_line_above_the_headings_is_no_second_row_of_them(tmp_path):
    def change(made):
        made.active["A3"] = "Blank cells: none."

    assert found(book(tmp_path / "a.xlsx", change)) == []


def test_a_table_without_headings_is_found(tmp_path):
    def change(made):
        made.active.tables["Exceptions"].headerRowCount = 0

    assert places(book(tmp_path / "a.xlsx", change), 3) == ["A4:D8"]


# ---------------------------------------------------------------- tables on the sheet


@pytest.mark.parametrize(("name", "expected"), [("Table12", ["Table12"]), ("Table_of_dates", [])])
def test_the_name_that_excel_gave_says_nothing(tmp_path, name, expected):
    def change(made):
        del made.active.tables["Exceptions"]
        add_table(made.active, name, "A4:D8")

    assert places(book(tmp_path / "a.xlsx", change), 4) == expected


def test_two_tables_on_a_sheet_are_named(tmp_path):
    def change(made):
        for row in (4, 5):
            made.active.cell(row, 6, "Lead").alignment = Alignment(wrap_text=True)
        add_table(made.active, "Leads", "F4:F5")

    path = book(tmp_path / "a.xlsx", change)
    assert places(path, 5) == ["A4:D8, F4:F5"]
    assert places(path, 6) == ["F4:F5"]  # and the second does not begin in column A


def test_what_stands_below_a_table_is_named(tmp_path):
    def change(made):
        made.active["A10"], made.active["B10"] = "Source: the tracker", "July"

    message = "Cells below the table are filled."
    assert found(book(tmp_path / "a.xlsx", change)) == [(5, "A10:B10", message)]


# ---------------------------------------------------------------- title


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("A1", "There is no title in A1."),
        ("A2", "Nothing in row 2 says what the sheet holds."),
    ],
)
def test_title_and_what_the_sheet_holds_are_asked_for(tmp_path, cell, message):
    def change(made):
        made.active[cell] = None

    assert found(book(tmp_path / "a.xlsx", change)) == [(6, cell, message)]


def test_data_in_the_first_row_leaves_no_place_for_a_title(tmp_path):
    path = book(tmp_path / "a.xlsx", _table_at_the_top)
    assert found(path) == [(6, "A1", "The sheet begins with its data; it has no title.")]


def _table_at_the_top(made):
    sheet = made.active
    del sheet.tables["Exceptions"]
    sheet.delete_rows(1, TOP - 1)
    add_table(sheet, "Exceptions", "A1:D5")


def test_a_table_that_does_not_begin_in_column_a_is_found(tmp_path):
    def change(made):
        del made.active.tables["Exceptions"]
        made.active.move_range("A4:D8", cols=1)
        add_table(made.active, "Exceptions", "B4:E8")

    assert places(book(tmp_path / "a.xlsx", change), 6) == ["B4:E8"]


@pytest.mark.parametrize("style", ["Headline 1", "Headline 2", "Title"])
def test_a_title_in_a_heading_style_is_one(tmp_path, style):
    def change(made):
        made.active["A1"].style = style

    assert found(book(tmp_path / "a.xlsx", change)) == []


def test_a_title_in_the_normal_style_is_none(tmp_path):
    def change(made):
        made.active["A1"].style = "Normal"

    message = "The title is not marked as a heading."
    assert found(book(tmp_path / "a.xlsx", change)) == [(7, "A1", message)]


# ---------------------------------------------------------------- blanks


def test_a_blank_row_inside_a_table_is_found(tmp_path):
    def change(made):
        for column in "ABCD":
            made.active[f"{column}6"] = None

    message = "Blank rows or columns inside the data."
    assert found(book(tmp_path / "a.xlsx", change)) == [(8, "row 6", message)]


def test_a_blank_column_inside_data_is_found(tmp_path):
    text = "\n".join(["| a | | b | c |"] * 4)
    path = workbook_from_text(tmp_path / "a.xlsx", {"Plan": text})
    assert places(path, 8) == ["column B"]


def test_a_blank_row_between_rows_of_data_is_found_and_one_between_parts_is_not(tmp_path):
    rows = "| a | b | c |\n" * 3
    inside = workbook_from_text(tmp_path / "a.xlsx", {"Plan": f"{rows}| |\n{rows}"})
    between = workbook_from_text(tmp_path / "b.xlsx", {"Plan": f"{rows}| |\n| Part 2 |\n{rows}"})
    assert (places(inside, 8), places(between, 8)) == (["row 4"], [])


def test_a_table_without_data_is_found(tmp_path):
    def change(made):
        made.active.delete_rows(5, 4)
        made.active.tables["Exceptions"].ref = "A4:D5"

    message = "A table has no data."
    assert found(book(tmp_path / "a.xlsx", change)) == [(8, "Exceptions", message)]


def test_a_blank_sheet_is_found_but_not_when_it_is_hidden(tmp_path):
    def add(made):
        made.create_sheet("Nothing here")
        made.create_sheet("Nor here").sheet_state = "hidden"

    path = book(tmp_path / "a.xlsx", add)
    assert [item.sheet for item in breaches(path) if item.rule.number == 8] == ["Nothing here"]


def test_blank_cells_in_a_table_must_be_explained_above_it(tmp_path):
    def blank(made):
        made.active["C6"] = None
        made.active["D6"], made.active["D7"] = " ", None

    def explain(made):
        blank(made)
        made.active["A3"] = "A blank cell means that nothing was reported."

    message = "Blank cells that nothing explains."
    assert found(book(tmp_path / "a.xlsx", blank)) == [(9, "C6:D6, D7", message)]
    assert found(book(tmp_path / "b.xlsx", explain)) == []


def test_the_totals_of_a_table_may_be_blank(tmp_path):
    def change(made):
        made.active["A8"], made.active["B8"] = "Total", None
        made.active.tables["Exceptions"].totalsRowCount = 1

    assert places(book(tmp_path / "a.xlsx", change), 9) == []
