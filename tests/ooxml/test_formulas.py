from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from sheetplan.ooxml.formulas import (
    filled_right,
    may_read,
    moved_from,
    parse_reference,
    reads,
    references,
    repoint,
    rewrite,
    tokens,
)
from sheetplan.ooxml.ranges import ColumnCopy, cell_name, column_letters

JUNE = ColumnCopy(15, 16)  # O and P, copied to Q and R


def repointed(formula, own_sheet="Dashboard", **options):
    """The formula when O:P of two sheets have been copied to Q:R."""
    copies = {"theme 1": JUNE, "residents' services & more": JUNE}
    return repoint(formula, copies, own_sheet, **options)


# ---------------------------------------------------------------- references


def test_a_reference_is_read_with_its_sheet_columns_and_dollars():
    reference = parse_reference("'Theme 1'!$O$4:P34")
    assert (reference.sheet, reference.columns) == ("Theme 1", (15, 16))
    assert (reference.first.fixed, reference.last.fixed) == (True, False)
    assert not reference.is_fixed


def test_a_sheet_name_with_an_apostrophe_and_an_ampersand_is_read_and_spelled_again():
    reference = parse_reference("'Residents'' services & more'!O4")
    assert reference.sheet == "Residents' services & more"
    assert str(reference.moved(2)) == "'Residents'' services & more'!Q4"


@pytest.mark.parametrize("text", ["O4", "$O$4", "O4:P9", "O:P", "$O:$P", "Sheet1!O4", "XFD1048576"])
def test_a_reference_is_spelled_as_it_stood(text):
    assert str(parse_reference(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "TAX",  # a name, not a column
        "Target_2023",
        "4:9",
        "Actions[Status]",
        "[1]Sheet1!O4",
        "Sheet1:Sheet3!O4",
        "#REF!",
        "O4:P",
        "",
    ],
)
def test_names_rows_tables_and_other_workbooks_are_no_references_to_cells(text):
    assert parse_reference(text) is None


def test_the_references_of_a_formula_leave_out_its_words_names_and_functions():
    formula = '=IF(O5="O6",LOG10(Theme1!P7)+TAX+Actions[O8],SUM($Q:$Q))'
    assert list(map(str, references(formula))) == ["O5", "Theme1!P7", "$Q:$Q"]


def test_a_range_with_an_end_that_is_worked_out_holds_a_reference():
    found = references("SUM(O5:INDEX(P:P,9))+SUM(OFFSET(O1,1,1):P9)")
    assert list(map(str, found)) == ["O5", "P:P", "O1", "P9"]


@pytest.mark.parametrize("formula", ["IF(", 'IF("', "A1)", "{1,2", "A1[", "#WHAT?", "", "="])
def test_a_formula_that_cannot_be_read_reads_nothing_and_stays_as_it_is(formula):
    assert list(references(formula)) == []
    assert repointed(formula) == formula
    assert filled_right(formula, 5, 15, 2) == formula


@given(st.text("OP$5:!'\"[](){},;& \n+-*/=<>#@%.\\ATe1", max_size=25))
def test_no_text_is_too_odd_to_be_looked_at(text):
    list(references(text))
    assert rewrite(text, lambda piece: None) == text
    moved_from(text, (5, 15), (9, 17))
    repointed(text)


def test_white_space_and_line_breaks_inside_a_formula_stay():
    assert repointed("=IF( O5\n, \n   'Theme 1'!O5 )") == "=IF( O5\n, \n   'Theme 1'!Q5 )"


# ---------------------------------------------------------------- reading the old month


@pytest.mark.parametrize(
    "formula", ["O5", "$O$5", "COUNTIF(O:O,1)", "o5", "Theme!P5:P9", "SUM(N1:O9)"]
)
def test_a_quick_look_lets_every_formula_pass_that_might_read_the_month(formula):
    assert may_read(formula, JUNE)


@pytest.mark.parametrize("formula", ["N5", "AO5", "LOG10(N5)", "PI()", "OR(N5,N6)", "COUNT(A:A)"])
def test_a_quick_look_drops_formulas_that_cannot_read_the_month(formula):
    assert not may_read(formula, JUNE)


@pytest.mark.parametrize(
    "formula",
    [
        "COUNTIF('Theme 1'!$O$4:$O$34,\"Complete\")",
        "'THEME 1'!O4",  # names of sheets do not mind capitals
        "SUM('Theme 1'!O:P)",
        "'Residents'' services & more'!P9",
    ],
)
def test_a_formula_that_reads_the_month_on_its_sheet_is_known(formula):
    assert repointed(formula) != formula
    assert reads(formula, {"theme 1": JUNE, "residents' services & more": JUNE}, "Dashboard")


@pytest.mark.parametrize(
    "formula",
    [
        "O4",  # the Dashboard's own
        "'Theme 2'!O4",
        "'Theme 1'!N4:P9",  # more than the month
        "'Theme 1'!$A$4:$P$34",
        "\"'Theme 1'!O4\"",
        "INDIRECT(\"'Theme 1'!O4\")",
        "[1]Theme 1!O4",
        "'[Other plan.xlsx]Theme 1'!O4",
        "TAX2023+Actions[O4]",
    ],
)
def test_a_formula_that_does_not_read_just_the_month_is_left_alone(formula):
    assert repointed(formula) == formula
    assert not reads(formula, {"theme 1": JUNE}, "Dashboard")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'Theme 1'!O4", "'Theme 1'!Q4"),
        ("'Theme 1'!$O$4:$P$9", "'Theme 1'!$Q$4:$R$9"),
        ("SUM('Theme 1'!$O:$O)", "SUM('Theme 1'!$Q:$Q)"),
        ("'Theme 1'!O4&\" is 'Theme 1'!O4\"", "'Theme 1'!Q4&\" is 'Theme 1'!O4\""),
        ("='Theme 1'!O4-'Theme 1'!M4", "='Theme 1'!Q4-'Theme 1'!M4"),
        ("'Residents'' services & more'!$P9", "'Residents'' services & more'!$R9"),
        (
            "COUNTIFS('Theme 1'!$B$4:$B$9,\"OC*\",'Theme 1'!$O$4:$O$9,\"Complete\")",
            "COUNTIFS('Theme 1'!$B$4:$B$9,\"OC*\",'Theme 1'!$Q$4:$Q$9,\"Complete\")",
        ),
    ],
)
def test_a_repointed_formula_reads_the_new_month_where_it_read_the_old(before, after):
    assert repointed(before) == after


def test_a_formula_on_the_months_own_sheet_needs_no_sheet_name_to_read_it():
    assert repointed("COUNTA(O4:O9)", own_sheet="Theme 1") == "COUNTA(Q4:Q9)"


def test_only_fixed_references_move_when_the_rest_moves_with_the_cells():
    formula = "AND($O5=1,O5=1,$O$5:P$5=1)"
    assert repointed(formula, "Theme 1", only_fixed=True) == "AND($Q5=1,O5=1,$O$5:P$5=1)"


# ---------------------------------------------------------------- filling right


@dataclass(frozen=True)
class Cell:
    """A cell as a formula speaks of it, and as it reads so many columns further right."""

    column: int
    row: int
    column_dollar: str
    row_dollar: str

    def spelled(self, moved=0):
        column = self.column + (0 if self.column_dollar else moved)
        return f"{self.column_dollar}{column_letters(column)}{self.row_dollar}{self.row}"


dollars = st.sampled_from(["", "$"])
cells = st.builds(Cell, st.integers(1, 700), st.integers(1, 1048576), dollars, dollars)
sheets = st.sampled_from(["", "Theme1!", "'Theme 1'!", "'Residents'' services & more'!"])
operators = st.sampled_from(["+", "-", "*", "/", "&", "<>", ">=", "="])
SHAPES = ["{0}{1}{2}", "SUM({0}:{2}){1}2", 'IF({0}{1}{2},"{0}",-{2}%)', "LOG10({0}){1}{2}^2"]


@given(st.sampled_from(SHAPES), sheets, cells, operators, cells, st.integers(1, 12))
def test_filling_right_moves_what_no_dollar_holds(shape, sheet, first, operator, last, columns):
    def spelled(moved):
        return shape.replace('"{0}"', '"O5"').format(
            sheet + first.spelled(moved), operator, last.spelled(moved)
        )

    assert filled_right(spelled(0), 5, 15, columns) == spelled(columns)


@given(st.sampled_from(SHAPES), sheets, cells, operators, cells, st.integers(1, 12))
def test_filling_right_agrees_with_openpyxl(shape, sheet, first, operator, last, columns):
    formula = shape.format(sheet + first.spelled(), operator, last.spelled())
    theirs = Translator(f"={formula}", "O5").translate_formula(cell_name(5, 15 + columns))
    assert f"={filled_right(formula, 5, 15, columns)}" == theirs


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("IF(O5=M5,1,0)", "IF(Q5=O5,1,0)"),
        ("COUNTA(O:O)", "COUNTA(Q:Q)"),
        ("SUM(5:9)", "SUM(5:9)"),
        ("SUM($A5:O5)", "SUM($A5:Q5)"),
        ("[1]Sheet1!O5", "[1]Sheet1!Q5"),
        ("'[Other plan.xlsx]Theme 1'!O5", "'[Other plan.xlsx]Theme 1'!Q5"),
        ("Sheet1:Sheet3!O5", "Sheet1:Sheet3!Q5"),
        ("Sheet1!O5:Sheet1!O9", "Sheet1!Q5:Sheet1!Q9"),
        ("SUM(O5:INDEX(O:O,9))", "SUM(Q5:INDEX(Q:Q,9))"),
        ("SUM(OFFSET($A5,1,1):O9)", "SUM(OFFSET($A5,1,1):Q9)"),
        ("O5:P6 P5:P9", "Q5:R6 R5:R9"),
        ("SUM({1,2;3,4})+1E+5+O5%", "SUM({1,2;3,4})+1E+5+Q5%"),
    ],
)
def test_filling_right_moves_every_kind_of_reference(before, after):
    assert filled_right(before, 5, 15, 2) == after


@pytest.mark.parametrize(
    "formula",
    [
        '"O5"&"see ""O6"""',
        "TAX+Target_2023",
        "'Theme 1'!Target",  # a name that belongs to one sheet
        "YTD1*2",  # Excel's last column is XFD, so this is a name
        "Actions[Status]",
        "Actions[[#This Row],[Status (June 2023)]]",
        "Actions[[Status]:[Update]]",
        "Actions[Cost '[£m']]",
        "Actions[from:O5:to]",
        "#REF!",
        "TRUE",
        "$O$5",
    ],
)
def test_filling_right_leaves_words_names_tables_and_fixed_references(formula):
    assert filled_right(formula, 5, 15, 2) == formula


def test_a_shared_formula_reads_from_the_cell_that_shows_it():
    assert moved_from("SUM($B3,C$3)+D3", (3, 5), (7, 6)) == "SUM($B7,D$3)+E7"


def test_a_reference_past_the_edge_of_the_sheet_comes_back_at_the_other_edge():
    # As in the rules that Excel keeps, where M5 for a cell in row 10 is row 1048573 for row 2.
    assert moved_from("M5>1", (10, 13), (2, 13)) == "M1048573>1"
    assert moved_from("B5>1", (5, 26), (5, 17)) == "XEW5>1"


def test_a_formula_of_many_brackets_has_all_its_tokens():
    formula = "=" + "(" * 60 + "O5" + ")" * 60
    assert "".join(token.value for token in tokens(formula)) == formula[1:]
