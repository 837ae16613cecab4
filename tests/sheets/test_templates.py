"""Finding a template, and saying all that is wrong with it."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from sheetplan.errors import NotAWorkbookError, TemplateError
from sheetplan.ooxml.filling import Template
from sheetplan.settings import load_profile
from sheetplan.sheets.templates import check_template, find_template
from tests.builders import replaced, workbook_from_text
from tests.ooxml.filling import template

STANDARD = load_profile("standard")


class Row(NamedTuple):
    name: str
    purpose: str
    placeholders: tuple[str, ...]


class Sheet(NamedTuple):
    sheet: str
    cells: dict[str, str]
    rows: tuple[Row, ...]


NEEDED = Sheet(
    "Exceptions",
    {"title": "the title"},
    (
        Row("exception", "an exception", ("reference", "action", "commentary")),
        Row("text", "a paragraph", ("text",)),
    ),
)
TABLE = """
    | {title}     |             |
    |             |             |
    | Reference   | Commentary  |
    | {reference} | {commentary} |
    | {text}      |             |
"""
MARKS = {"cell_title": "$A$1", "row_exception": "$A$4:$B$4", "row_text": "$A$5:$B$5"}


def faults(made: Template, *needed: Sheet) -> list[str]:
    """What is wrong with a template."""
    with pytest.raises(TemplateError) as caught:
        check_template(made, needed or [NEEDED])
    assert all(fault in str(caught.value) for fault in caught.value.faults)
    return list(caught.value.faults)


def exceptions(path, table=TABLE, marks=MARKS, decorate=None):
    """A template of the one sheet."""
    on_sheet = decorate and (lambda book: decorate(book, book.get_worksheet_by_name("Exceptions")))
    return template(path, table, marks, on_sheet, sheet="Exceptions")


# ---------------------------------------------------------------- checking


def test_a_template_with_all_that_is_needed_passes(tmp_path):
    check_template(exceptions(tmp_path), [NEEDED])


def test_a_council_may_leave_columns_out_and_have_rows_and_sheets_of_its_own(tmp_path):
    table = TABLE.replace("{commentary}", "{action}") + "| Ours {x} |\n"
    check_template(exceptions(tmp_path, table, {**MARKS, "row_ours": "$A$6"}), [])
    check_template(exceptions(tmp_path, TABLE + "| Signed |\n"), [NEEDED])


def test_a_missing_sheet_is_named_with_the_one_that_may_be_meant(tmp_path):
    wanted = [NEEDED._replace(sheet="Exception"), NEEDED._replace(sheet="Cover")]
    assert faults(exceptions(tmp_path), *wanted) == [
        "The sheet Exception is missing. Did you mean Exceptions?",
        "The sheet Cover is missing.",
    ]


def test_missing_names_are_named_with_what_each_is_for(tmp_path):
    marks = {"row_exeption": "$A$4:$B$4", "cell_other": "$A$1"}
    table = TABLE.replace("{title}", "Title").replace("{text}", "")
    found = [fault for fault in faults(exceptions(tmp_path, table, marks)) if "name" in fault]
    assert found == [
        "Exceptions: no cell has the name cell_title (the title).",
        "Exceptions: no row has the name row_exception (an exception). Is row_exeption meant for "
        "it?",
        "Exceptions: no row has the name row_text (a paragraph).",
    ]


def test_a_name_that_marks_more_than_one_row_or_points_nowhere_is_told(tmp_path):
    marks = {
        "cell_title": "$A$1:$B$1",
        "row_exception": "$A$4:$B$5",
        "row_text": "#REF!",
    }
    table = TABLE.replace("{text}", "").replace("{title}", "T").replace("{reference}", "R")
    assert faults(exceptions(tmp_path, table.replace("{commentary}", ""), marks)) == [
        "Exceptions!A1:B1: the name cell_title has to mark one cell.",
        "Exceptions!A4:B5: the name row_exception has to mark one row.",
        "Exceptions: the name row_text points to cells that are gone.",
    ]


def test_a_placeholder_that_means_nothing_is_named_with_the_nearest(tmp_path):
    table = TABLE.replace("{reference}", "{refrence}").replace("{title}", "{titel}")
    assert faults(exceptions(tmp_path, table)) == [
        "Exceptions!A1: {titel} means nothing here. Did you mean {title}? Accepted: {title}.",
        "Exceptions!A4: {refrence} means nothing here. Did you mean {reference}? Accepted: "
        "{action}, {commentary}, {reference}.",
    ]


def test_a_placeholder_of_another_row_means_nothing_here(tmp_path):
    table = TABLE.replace("{text}", "{reference}")
    assert faults(exceptions(tmp_path, table)) == [
        "Exceptions!A5: {reference} means nothing here. Accepted: {text}."
    ]


def test_a_placeholder_outside_of_all_marked_rows_is_told_and_other_braces_are_not(tmp_path):
    table = TABLE + "| {reference} | {sic} |\n"
    assert faults(exceptions(tmp_path, table)) == [
        "Exceptions!A6: {reference} stands in no marked row or cell."
    ]


def test_two_names_on_one_row_take_what_both_know(tmp_path):
    needed = NEEDED._replace(rows=(*NEEDED.rows, Row("issue", "an issue", ("reference", "due"))))
    marks = {**MARKS, "row_issue": "$4:$4"}
    assert faults(exceptions(tmp_path, TABLE, marks), needed) == [
        "Exceptions!B4: {commentary} means nothing here. Accepted: {reference}."
    ]


def test_words_between_pattern_rows_would_be_gone_and_are_told(tmp_path):
    table = TABLE.replace("| {text}", "|  | And then |\n| {text}")
    marks = {**MARKS, "row_text": "$A$6:$B$6"}
    assert faults(exceptions(tmp_path, table, marks)) == [
        "Exceptions!B5: this row lies between pattern rows and is none, so it would be gone. Move "
        "it above or below them."
    ]


def test_a_marked_cell_among_pattern_rows_is_told(tmp_path):
    table = TABLE.replace("{title}", "T").replace("{commentary}", "{title}")
    found = faults(exceptions(tmp_path, table, {**MARKS, "cell_title": "$B$4"}))
    assert found == [
        "Exceptions!B4: the name cell_title marks a cell among the pattern rows, which are cloned. "
        "Move the cell above or below them."
    ]


def test_merged_cells_in_a_pattern_row_are_told_and_others_are_not(tmp_path):
    def merge(book, sheet):
        sheet.merge_range("D5:E5", "")
        sheet.merge_range("D1:E1", "")

    assert faults(exceptions(tmp_path, decorate=merge)) == [
        "Exceptions!D5:E5: merged cells in a pattern row are not cloned. Unmerge them."
    ]


def test_the_headings_of_a_table_stand_right_above_the_pattern_rows(tmp_path):
    def table(first):
        columns = [{"header": "Reference"}, {"header": "Commentary"}]

        def draw(book, sheet):
            sheet.add_table(f"A{first}:B5", {"name": "Rows", "columns": columns})
            for cell, text in (("A4", "{reference}"), ("B4", "{commentary}"), ("A5", "{text}")):
                sheet.write_string(cell, text)

        return draw

    check_template(exceptions(tmp_path, decorate=table(3)), [NEEDED])
    assert faults(exceptions(tmp_path, decorate=table(2))) == [
        "Exceptions!A2:B5: the headings of the table Rows have to stand right above the first "
        "pattern row, in row 3."
    ]


def test_a_heading_of_a_table_takes_no_value(tmp_path):
    def draw(book, sheet):
        columns = [{"header": "{title}"}, {"header": "Commentary"}]
        sheet.add_table("A3:B5", {"name": "Rows", "columns": columns})
        for cell, text in (("A4", "{reference}"), ("A5", "{text}"), ("A1", "")):
            sheet.write_string(cell, text)

    marks = {**MARKS, "cell_title": "$A$3"}
    assert faults(exceptions(tmp_path, TABLE, marks, draw)) == [
        "Exceptions!A3: the headings of the table Rows cannot take values. Take the name off the "
        "cell."
    ]


def test_a_note_on_a_pattern_row_or_below_is_told_and_one_above_is_not(tmp_path):
    def notes(book, sheet):
        sheet.write_comment("A1", "Mind the title")
        sheet.write_comment("B4", "The update")

    assert faults(exceptions(tmp_path, decorate=notes)) == [
        "Exceptions!B4: a note on a pattern row, or below, cannot move with its cell. Delete it."
    ]


def test_a_workbook_with_macros_is_told(tmp_path):
    exceptions(tmp_path)
    path = replaced(
        tmp_path / "template.xlsx",
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert faults(Template.open(path)) == [
        "It is a workbook with macros. Save it as an Excel Workbook (*.xlsx), which has none."
    ]


def test_all_faults_are_said_at_once_with_the_file_and_what_to_do(tmp_path):
    table = TABLE.replace("{reference}", "{refrence}")
    with pytest.raises(TemplateError) as caught:
        check_template(exceptions(tmp_path, table, {"row_exception": "$4:$4"}), [NEEDED])
    assert str(caught.value).splitlines() == [
        "template.xlsx: this template cannot be used:",
        "  Exceptions: no cell has the name cell_title (the title).",
        "  Exceptions: no row has the name row_text (a paragraph).",
        "  Exceptions!A1: {title} stands in no marked row or cell.",
        "  Exceptions!A4: {refrence} means nothing here. Did you mean {reference}? Accepted: "
        "{action}, {commentary}, {reference}.",
        "  Exceptions!A5: {text} stands in no marked row or cell.",
        " Names are listed in Excel under Formulas > Name Manager. Mend the template, or take its "
        "line out of [templates] to use the one that comes with sheetplan.",
    ]


def test_a_broken_template_that_is_filled_all_the_same_names_what_it_lacks(tmp_path):
    made = exceptions(tmp_path, TABLE, {"row_exception": "$4:$4"})
    with pytest.raises(KeyError, match="Exceptions has no pattern row text"):
        made.fill("Exceptions", [("text", {"text": "x"})], {})


# ---------------------------------------------------------------- finding


def test_a_councils_own_template_comes_before_the_shipped_one(tmp_path):
    path = workbook_from_text(tmp_path / "ours.xlsx", {"Our sheet": "| x |"})
    settings = replace(STANDARD, templates={"exception_summary": path})
    found = find_template(settings, "exception_summary")
    assert (found.name, found.sheet_names) == ("ours.xlsx", ["Our sheet"])


def test_a_template_that_is_not_there_is_named_with_its_place_in_the_settings(tmp_path):
    path = tmp_path / "ours.xlsx"
    settings = replace(
        STANDARD, profile_name="sheetplan.toml", templates={"exception_summary": path}
    )
    with pytest.raises(TemplateError) as caught:
        find_template(settings, "exception_summary")
    assert str(caught.value).startswith(
        f"sheetplan.toml: [templates] names {path} as exception_summary, and there is no such file."
    )


def test_a_template_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "ours.xlsx"
    path.write_text("a,b")
    settings = replace(STANDARD, templates={"exception_summary": path})
    with pytest.raises(NotAWorkbookError, match=r"ours\.xlsx: this is a text file"):
        find_template(settings, "exception_summary")
