"""Filling pattern rows and marked cells with values."""

import re

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

from sheetplan.errors import DamagedWorkbookError, NotAWorkbookError, TemplateError
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.insertion import insert_columns
from tests.builders import FIRST_SHEET, package_with, parts_of, replaced
from tests.judges import (
    calamine_values,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)
from tests.ooxml.filling import Filled, filled, items, template

TABLE = """
    | {title} |        |         |
    | Name    | Note   | Count   |
    | {name}  | {note} | {count} |
    | End     |        |         |
"""
MARKS = {"cell_title": "$A$1", "row_item": "$A$3:$C$3"}


@pytest.fixture
def report(tmp_path):
    """A template with a title, headings, one pattern row, and a row below."""
    return template(tmp_path, TABLE, MARKS)


def values_of(path):
    return openpyxl_values(path)["Report"]


# ---------------------------------------------------------------- reading a template


def test_a_template_says_what_is_marked_and_what_its_rows_ask_for(report):
    assert report.sheet_names == ["Report"]
    assert report.rows("Report") == {"item": 3}
    assert report.cells("Report") == {"title": (1, 1)}
    assert report.placeholders("Report", "item") == ("name", "note", "count")


def test_names_mind_neither_capitals_nor_whether_they_belong_to_the_workbook(tmp_path):
    def whole_book(book):
        book.define_name("ROW_Item", "=Report!$3:$3")

    made = template(tmp_path, TABLE, {}, whole_book)
    assert made.rows("report") == {"item": 3}


def test_the_same_name_may_mark_rows_on_two_sheets(tmp_path):
    def second(book):
        book.define_name("Other!row_item", "=Other!$A$2")

    made = template(tmp_path, TABLE, MARKS, second, more={"Other": "| Name |\n| {name} |"})
    made.fill("Report", items("a", "b"), {"title": "T"})
    values = openpyxl_values(filled(made, items("c"), sheet="Other"))
    assert [values["Report"]["A3"], values["Report"]["A4"], values["Other"]["A2"]] == [
        "a",
        "b",
        "c",
    ]


def test_a_name_that_points_nowhere_marks_nothing(tmp_path):
    made = template(tmp_path, TABLE, {**MARKS, "row_lost": "#REF!", "row_two": "$A$3:$A$4"})
    assert made.rows("Report") == {"item": 3}


def test_a_template_is_filled_anew_as_it_was_read_or_as_it_was_changed(report):
    insert_columns(report.workbook, report.workbook["Report"], 2, 1)
    for made, note in ((report.anew(), "B"), (report.changed().anew(), "C")):
        made.folder = report.folder
        values = values_of(filled(made, items("a"), {"title": "T"}))
        assert (values["A3"], values[f"{note}3"]) == ("a", "A")


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_text("Name,Note")
    with pytest.raises(NotAWorkbookError, match=r"template\.xlsx: this is a text file"):
        Template.open(path)
    with pytest.raises(DamagedWorkbookError):
        Template.read(b"PK\x03\x04 not quite", "template.xlsx")


# ---------------------------------------------------------------- rows


def test_each_line_becomes_a_row_in_place_of_the_pattern(report):
    path = filled(report, items("a", "b", "c"), {"title": "All of it"})
    assert values_of(path) == {
        "A1": "All of it", "A2": "Name", "B2": "Note", "C2": "Count",
        "A3": "a", "B3": "A", "C3": 0,
        "A4": "b", "B4": "B", "C4": 1,
        "A5": "c", "B5": "C", "C5": 2,
        "A6": "End",
    }  # fmt: skip


def test_without_lines_the_pattern_goes_and_rows_below_move_up(report):
    values = values_of(filled(report, [], {"title": "None"}))
    assert values == {"A1": "None", "A2": "Name", "B2": "Note", "C2": "Count", "A3": "End"}


def test_lines_of_several_patterns_stand_in_the_order_of_the_lines(tmp_path):
    table = "| {name} |\n|  | gap |\n|  | {note} |\n| Below |"
    made = template(tmp_path, table, {"row_head": "$A$1", "row_item": "$A$3"})
    lines = items("a", row="head") + items("b", "c") + items("d", row="head") + items("e")
    assert values_of(filled(made, lines)) == {
        "A1": "a", "B2": "B", "B3": "C", "A4": "d", "B5": "E", "A6": "Below",
    }  # fmt: skip


def test_a_cell_that_is_one_placeholder_keeps_numbers_and_others_make_text(tmp_path):
    table = "| {count} | {count} of {total} | {ratio} | {big} |"
    made = template(tmp_path, table, {"row_item": "$1:$1"})
    path = filled(made, [("item", {"count": 3, "total": 4.0, "ratio": 0.75, "big": 10**14})])
    assert values_of(path) == {"A1": 3, "B1": "3 of 4", "C1": 0.75, "D1": 10**14}


def test_rows_look_like_their_pattern(tmp_path):
    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        bold = book.add_format({"bold": True, "bg_color": "#FFC000", "text_wrap": True})
        sheet.write_string("A3", "{name}", bold)
        sheet.write_blank("E3", None, bold)
        sheet.set_row(2, 39, book.add_format({"italic": True}), {"level": 1, "hidden": True})

    path = filled(template(tmp_path, TABLE, MARKS, look), items("a", "b"), {"title": ""})
    sheet = openpyxl.load_workbook(path)["Report"]
    for row in (3, 4):
        assert sheet.cell(row, 1).font.bold
        assert sheet.cell(row, 5).fill.fgColor.rgb == "FFFFC000"
        kept = sheet.row_dimensions[row]
        assert (kept.height, kept.outlineLevel, kept.hidden) == (39, 1, True)
    assert not sheet.row_dimensions[5].hidden


def test_a_value_takes_the_look_of_the_words_that_its_placeholder_stands_in(tmp_path):
    def rich(book):
        bold = book.add_format({"bold": True})
        sheet = book.get_worksheet_by_name("Report")
        sheet.write_rich_string("A1", bold, "{name}", "\n{note}")

    made = template(tmp_path, "| x |", {"row_item": "$A$1"}, rich)
    path = filled(made, [("item", {"name": "OC.A1.1", "note": "Do it"})])
    cell = openpyxl.load_workbook(path, rich_text=True)["Report"]["A1"].value
    assert str(cell) == "OC.A1.1\nDo it"
    looks = {str(part).strip(): bool(getattr(part, "font", None) and part.font.b) for part in cell}
    assert looks["OC.A1.1"]
    assert not looks["Do it"]


def test_words_with_a_look_of_their_own_keep_it_and_values_take_the_cells(tmp_path):
    def rich(book):
        bold = book.add_format({"bold": True})
        book.get_worksheet_by_name("Report").write_rich_string("A1", bold, "Why: ", "{name} <now>")

    made = template(tmp_path, "| x |", {"row_item": "$A$1"}, rich)
    path = filled(made, items("late & long"))
    cell = openpyxl.load_workbook(path, rich_text=True)["Report"]["A1"].value
    assert isinstance(cell, CellRichText)
    assert str(cell) == "Why: late & long <now>"
    assert [bool(getattr(part, "font", None) and part.font.b) for part in cell] == [
        True, False, False,
    ]  # fmt: skip


def test_a_placeholder_that_excel_has_cut_in_two_is_still_one(tmp_path):
    def rich(book):
        bold = book.add_format({"bold": True})
        book.get_worksheet_by_name("Report").write_rich_string("A1", "{na", bold, "me}", "!")

    made = template(tmp_path, "| x |", {"row_item": "$A$1"}, rich)
    assert made.placeholders("Report", "item") == ("name",)
    assert values_of(filled(made, items("a"))) == {"A1": "a!"}


def test_a_formula_of_a_pattern_is_filled_down(tmp_path):
    table = """
        | Rate    | 2                |                      |
        | {count} | =A2*B$1 -> 0     | =SUM($A$2:$A$2) -> 0 |
        | Sum     | =SUM(B2:B2) -> 0 |                      |
    """
    made = template(tmp_path, table, {"row_item": "$A$2"})
    formulas = openpyxl_values(filled(made, items("a", "b", "c")), formulas=True)["Report"]
    assert [formulas[f"B{row}"] for row in (2, 3, 4, 5)] == [
        "=A2*B$1", "=A3*B$1", "=A4*B$1", "=SUM(B2:B4)",
    ]  # fmt: skip
    assert {formulas[f"C{row}"] for row in (2, 3, 4)} == {"=SUM($A$2:$A$4)"}


def test_excel_is_asked_to_work_formulas_out_and_only_then(tmp_path, report):
    assert b"calcPr" in parts_of(filled(report, [], {"title": ""}))["xl/workbook.xml"]
    made = template(tmp_path, "| {name} |\n| =COUNTA(A1) -> 0 |", {"row_item": "$A$1"})
    path = filled(made, items("a"))
    assert b'fullCalcOnLoad="1"' in parts_of(path)["xl/workbook.xml"]
    assert values_of(path) == {"A1": "a"}  # no result that was never worked out


# ---------------------------------------------------------------- values are data


ODD_TEXTS = [
    "=1+1", "+44 20", "-", "@x", "'quoted", "<b>&amp;</b>", "  spaces  ", "two\nlines", "tab\there",
    "1", "TRUE", "{name}", "{{note}}", "é ✓ 😀", "]]>", "a" * 300,
]  # fmt: skip


def test_text_is_data_whatever_it_looks_like(report):
    path = filled(report, items(*ODD_TEXTS), {"title": "=cmd()"})
    for read in (openpyxl_values(path, formulas=True), calamine_values(path)):
        values = read["Report"]
        assert [values[f"A{row}"] for row in range(3, 3 + len(ODD_TEXTS))] == ODD_TEXTS
        assert values["A1"] == "=cmd()"
    book = openpyxl.load_workbook(path)["Report"]
    assert {book.cell(row, 1).data_type for row in range(3, 3 + len(ODD_TEXTS))} <= {
        "s",
        "inlineStr",
    }


@pytest.mark.office
def test_office_shows_control_characters_and_escapes_as_they_were(report):
    texts = ["bell\x0bhere", "_x0041_", "_x000B_ typed", "plain_x"]
    path = filled(report, items(*texts), {"title": ""})
    shown = office_texts([path])[path]["Report"]
    assert [shown[f"A{row}"] for row in range(3, 7)] == texts


def test_characters_that_no_xml_can_hold_are_spelled_as_excel_does(report):
    path = filled(report, items("a\x00b", "half \ud83d", "\ufffe", "_x0041_"), {"title": ""})
    data = parts_of(path)[FIRST_SHEET].decode()
    for spelled in ("a_x0000_b", "half _xD83D_", "_xFFFE_", "_x005F_x0041_"):
        assert f">{spelled}<" in data


def test_an_empty_text_leaves_the_cell_empty(report):
    values = values_of(
        filled(report, [("item", {"name": "", "note": "x", "count": 0})], {"title": ""})
    )
    assert "A3" not in values
    assert values["B3"] == "x"


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_no_cell_can_hold_is_refused(report, number):
    with pytest.raises(ValueError, match="cannot hold the number"):
        report.fill("Report", [("item", {"name": "", "note": "", "count": number})], {"title": ""})


@pytest.mark.validator
def test_the_filled_workbook_is_sound_to_the_open_xml_sdk(report, tmp_path):
    path = filled(report, items(*ODD_TEXTS, "a\x00b", "half \ud83d"), {"title": "T"})
    assert sdk_errors(path) == []


@pytest.mark.shared
def test_the_filled_workbook_keeps_the_rules_that_excel_holds_it_to(report, tmp_path):
    path = filled(report, items(*ODD_TEXTS, "a\x00b"), {"title": "T"})
    assert valid(tmp_path / "template.xlsx", path) == []


# ---------------------------------------------------------------- marked cells


def test_a_marked_cell_takes_its_value_or_what_its_braces_ask_for(tmp_path):
    table = "| Sample | Month: {month} | 0 |"
    marks = {"cell_title": "$A$1", "cell_about": "$B$1", "cell_count": "$C$1", "cell_new": "$D$4"}
    made = template(tmp_path, table, marks)
    values = {"title": "Summary", "month": "July 2026", "count": 12, "new": "there", "unused": "x"}
    assert values_of(filled(made, [], values)) == {
        "A1": "Summary", "B1": "Month: July 2026", "C1": 12, "D4": "there",
    }  # fmt: skip


def test_a_sheet_without_pattern_rows_takes_no_lines(tmp_path):
    made = template(tmp_path, "| Sample |", {"cell_title": "$A$1"})
    with pytest.raises(KeyError, match="Report has no pattern row item"):
        made.fill("Report", items("a"), {"title": "T"})


def test_text_that_is_too_long_for_a_marked_cell_is_refused(report):
    with pytest.raises(ValueError, match="the text for cell title of Report is too long"):
        report.fill("Report", [], {"title": "x" * 32_768})


# ---------------------------------------------------------------- what is missing


def test_a_missing_value_is_named(report):
    with pytest.raises(KeyError, match="row item of Report needs note"):
        report.fill("Report", [("item", {"name": "a", "count": 1})], {"title": ""})
    with pytest.raises(KeyError, match="cell title of Report needs title"):
        report.fill("Report", [], {})


def test_a_sheet_that_is_not_there_is_named(report):
    with pytest.raises(KeyError, match="Summary"):
        report.fill("Summary", [], {})


def test_nothing_has_changed_when_filling_is_refused(report):
    with pytest.raises(KeyError):
        report.fill("Report", [*items("a"), ("item", {})], {"title": ""})
    assert values_of(filled(report, items("b"), {"title": "T"}))["A3"] == "b"


def test_more_rows_than_a_sheet_can_have_are_refused(tmp_path):
    def last_row(book):
        book.get_worksheet_by_name("Report").write_string("A1048576", "the last")

    made = template(tmp_path, "| {name} |", {"row_item": "$A$1"}, last_row)
    with pytest.raises(TemplateError, match="Report: 2 rows are more than a sheet can have"):
        made.fill("Report", items("a", "b"), {})
    assert b'<c r="A1048576"' in parts_of(filled(made, items("a")))[FIRST_SHEET]


# ---------------------------------------------------------------- what stays


def test_the_marks_are_gone_and_other_names_stay(tmp_path):
    def more(book):
        book.define_name("Rate", "=Report!$A$4")
        book.define_name("Other!row_item", "=Other!$A$1")

    made = template(tmp_path, TABLE, MARKS, more, more={"Other": "| {name} |"})
    book = openpyxl.load_workbook(filled(made, items("a", "b"), {"title": ""}))
    assert list(book["Report"].defined_names) == []
    assert book.defined_names["Rate"].attr_text == "Report!$A$5"
    assert list(book["Other"].defined_names) == ["row_item"]


def test_a_sheet_whose_xml_has_prefixes_is_filled_too(tmp_path, report):
    def prefixed(data: bytes) -> bytes:
        text = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data)
        return text.replace(b"xmlns=", b"xmlns:x=").replace(b"<x:?xml", b"<?xml")

    path = tmp_path / "template.xlsx"
    package_with(path, {FIRST_SHEET: prefixed(parts_of(path)[FIRST_SHEET])})
    made = Filled.open(path)
    made.folder = tmp_path
    assert values_of(filled(made, items("a", "b"), {"title": "T"}))["A4"] == "b"


def test_a_shared_formula_is_every_rows_own_afterwards(tmp_path):
    table = "| {count} | =A1*2 -> 0 |\n| 5 | =A2*2 -> 10 |"
    template(tmp_path, table, {"row_item": "$A$1"})
    path = tmp_path / "template.xlsx"
    replaced(path, FIRST_SHEET, "<f>A1*2</f>", '<f t="shared" ref="B1:B2" si="0">A1*2</f>')
    replaced(path, FIRST_SHEET, "<f>A2*2</f>", '<f t="shared" si="0"/>')
    made = Filled.open(path)
    made.folder = tmp_path
    formulas = openpyxl_values(filled(made, items("a", "b")), formulas=True)["Report"]
    assert [formulas[f"B{row}"] for row in (1, 2, 3)] == ["=A1*2", "=A2*2", "=A3*2"]
