"""Rows that must stay one row each, and formulas that show a result before they are worked out."""

from __future__ import annotations

import openpyxl
import pytest

from tests.judges import openpyxl_values
from tests.ooxml.filling import filled, template

SENTENCE = "The board met on Tuesday and agreed the next steps with the finance team. "
TALL = (SENTENCE * 100).strip()


@pytest.fixture
def report(tmp_path):
    """A pattern row with a narrow cell that wraps, and one below it that is no pattern."""

    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        sheet.set_column("B:B", 20)
        sheet.write_string("B2", "{text}", book.add_format({"text_wrap": True}))

    table = "| Ref | Text |\n| {ref} |  |\n| End |"
    return template(tmp_path, table, {"row_item": "$A$2"}, look)


def test_a_line_becomes_one_row_with_its_whole_text_where_that_is_asked_for(report):
    lines = [("item", {"ref": ref, "text": TALL}) for ref in ("A1", "A2")]
    path = filled(report, lines, whole_rows=True)
    values = openpyxl_values(path)["Report"]
    assert [values[cell] for cell in ("A2", "B2", "A3", "B3", "A4")] == [
        "A1", TALL, "A2", TALL, "End",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(path)["Report"]
    assert sheet.row_dimensions[2].height == 409.5


def test_it_goes_on_in_further_rows_where_that_is_not_asked_for(report):
    values = openpyxl_values(filled(report, [("item", {"ref": "A1", "text": TALL})]))["Report"]
    assert values["A3"] == "A1"
    assert values["B3"].startswith("(continued) ")


@pytest.mark.parametrize("text", ["x" * 32_768, "\N{GRINNING FACE}" * 16_384])
def test_a_text_that_no_cell_can_hold_is_refused_in_a_whole_row(report, text):
    with pytest.raises(ValueError, match=r"the text of \{text\} is too long for a cell"):
        filled(report, [("item", {"ref": "A1", "text": text})], whole_rows=True)


def test_the_longest_text_that_a_cell_can_hold_is_not_refused(report):
    text = "x" * 32_767
    path = filled(report, [("item", {"ref": "A1", "text": text})], whole_rows=True)
    assert openpyxl_values(path)["Report"]["B2"] == text


# ---------------------------------------------------------------- results of formulas


def sums(tmp_path, result, **more):
    """A pattern row whose B says what doubling A comes to, with a result that is stored."""
    table = f"| Number | Twice |\n| {{number}} | =A2*2 -> {result} |\n| End |"
    return template(tmp_path, table, {"row_item": "$A$2:$B$2"}, **more)


@pytest.mark.parametrize("result", [8, 2.5, "eight & a <half>"])
def test_a_formula_whose_result_is_a_placeholder_takes_its_value_as_the_result(tmp_path, result):
    lines = [("item", {"number": 4, "twice": result}), ("item", {"number": 5, "twice": 10})]
    path = filled(sums(tmp_path, "{twice}"), lines)
    assert openpyxl_values(path)["Report"]["B2"] == result
    assert openpyxl_values(path)["Report"]["B3"] == 10
    formulas = openpyxl_values(path, formulas=True)["Report"]
    assert (formulas["B2"], formulas["B3"]) == ("=A2*2", "=A3*2")


@pytest.mark.parametrize("result", ["0", "about {twice}"])
def test_any_other_result_is_left_for_excel_to_find(tmp_path, result):
    path = filled(sums(tmp_path, result), [("item", {"number": 4, "twice": 8})])
    assert "B2" not in openpyxl_values(path)["Report"]
    assert openpyxl_values(path, formulas=True)["Report"]["B2"] == "=A2*2"


def test_a_value_for_the_result_that_is_missing_is_named(tmp_path):
    with pytest.raises(KeyError, match="twice"):
        filled(sums(tmp_path, "{twice}"), [("item", {"number": 4})])


def test_the_row_that_an_empty_table_keeps_has_the_formula_without_a_result(tmp_path):
    def table(book):
        columns = [{"header": "Number"}, {"header": "Twice"}]
        sheet = book.get_worksheet_by_name("Report")
        sheet.add_table("A1:B2", {"name": "Sums", "columns": columns})

    path = filled(sums(tmp_path, "{twice}", decorate=table), [], blank="None")
    assert openpyxl_values(path)["Report"]["A2"] == "None"
    assert openpyxl_values(path, formulas=True)["Report"]["B2"] == "=A2*2"
