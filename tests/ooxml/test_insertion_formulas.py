"""What a formula becomes when columns are inserted into the sheet that it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from sheetplan.ooxml.insertion.shifting import Insertion, UnmovableError
from sheetplan.ooxml.inventory.undoing import Undoing
from sheetplan.ooxml.ranges import LAST_COLUMN

# Two columns before D of the first sheet.
TWO = Insertion("Theme 1", 4, 2, ("Theme 1", "It's", "Key", "Last"))


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("C2+D2", "C2+F2"),
        ("=C2+D2", "=C2+F2"),
        ("$D$2+D$2+$D2", "$F$2+F$2+$F2"),
        ("SUM(B2:C4)", "SUM(B2:C4)"),  # they come right after its last column
        ("SUM(D2:E4)", "SUM(F2:G4)"),  # and before its first
        ("SUM(C2:D4)", "SUM(C2:F4)"),
        ("SUM(E4:B2)", "SUM(G4:B2)"),
        ("SUM(B:C,D:D,A:XFD)", "SUM(B:C,F:F,A:XFD)"),
        ("SUM(2:3)", "SUM(2:3)"),
        ("SUM(A1:XFD9)", "SUM(A1:XFD9)"),
        ("B2:INDEX(E:E,3)", "B2:INDEX(G:G,3)"),
        ("SUM(D2:D4 A3:E3)", "SUM(F2:F4 A3:G3)"),
        ("'Theme 1'!E2", "'Theme 1'!G2"),
        ("'theme 1'!E2:E9", "'theme 1'!G2:G9"),
        ("'Theme 1'!E2:'Theme 1'!F9", "'Theme 1'!G2:'Theme 1'!H9"),
        ("'It''s'!E2+Key!E2", "'It''s'!E2+Key!E2"),
        ("[0]!Name+'[0]Theme 1'!E2", "[0]!Name+'[0]Theme 1'!G2"),
        ("[1]Sheet!E2+'[2]Theme 1'!E2", "[1]Sheet!E2+'[2]Theme 1'!E2"),
        ("'C:\\plans\\[old.xlsx]Theme 1'!E2", "'C:\\plans\\[old.xlsx]Theme 1'!E2"),
        ('IF(E2="E2","E2","""E2")', 'IF(G2="E2","E2","""E2")'),
        ("Table1[E2]+Table1[[#This Row],[E2]]+E2", "Table1[E2]+Table1[[#This Row],[E2]]+G2"),
        ("TAX+YTD1+LOG10(E2)+E2E", "TAX+YTD1+LOG10(G2)+E2E"),
        ("'Theme 1'!Own+'Theme 1'!#REF!+E2", "'Theme 1'!Own+'Theme 1'!#REF!+G2"),
        ("_xlfn.ANCHORARRAY(E2)", "_xlfn.ANCHORARRAY(G2)"),
        ("_xlfn.LET(_xlpm.e2,E2,_xlpm.e2)", "_xlfn.LET(_xlpm.e2,G2,_xlpm.e2)"),
        ("SUM( E2 ,\n  E3 )", "SUM( G2 ,\n  G3 )"),
        ("{1,2;3,4}*E2%", "{1,2;3,4}*G2%"),
        ("SUM(Key:Last!E2)", "SUM(Key:Last!E2)"),
        ("SUM('Theme 1:Last'!B2)", "SUM('Theme 1:Last'!B2)"),
        ("SUM(Theme)", "SUM(Theme)"),
        ("", ""),
    ],
)
def test_a_formula_reads_the_same_cells_as_before(formula, moved):
    assert TWO.formula(formula, "Theme 1") == moved


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("E2", "E2"),
        ("'Theme 1'!E2+E2", "'Theme 1'!G2+E2"),
        ("'THEME 1'!$E:$E", "'THEME 1'!$G:$G"),
        ("Theme!E2", "Theme!E2"),
    ],
)
def test_a_formula_of_another_sheet_names_the_sheet(formula, moved):
    assert TWO.formula(formula, "Key") == moved


@pytest.mark.parametrize(
    ("formula", "own", "says"),
    [
        ("SUM('Theme 1:Last'!E2)", "Last", "spans several sheets"),
        ("SUM('Theme 1:Last'!A2:F2)", "Theme 1", "spans several sheets"),
        ("XFD2+1", "Theme 1", "XFD2 would stand past the last column"),
        ('"E2', "Theme 1", "cannot be read"),
    ],
)
def test_what_cannot_be_moved_says_why(formula, own, says):
    with pytest.raises(UnmovableError, match=says):
        TWO.formula(formula, own)


def test_a_sheet_between_two_others_is_spanned_by_them():
    between = Insertion("Key", 2, 1, ("Theme 1", "It's", "Key", "Last"))
    with pytest.raises(UnmovableError, match="spans several sheets"):
        between.formula("SUM('It''s:Last'!C3)", "Theme 1")
    assert between.formula("SUM('Theme 1:It''s'!C3)", "Theme 1") == "SUM('Theme 1:It''s'!C3)"


def test_relative_references_of_a_name_stay_since_they_count_from_the_cell_that_uses_it():
    name = "'Theme 1'!$E$2:E9+'Theme 1'!F2"
    assert TWO.formula(name, "", only_fixed=True) == "'Theme 1'!$G$2:E9+'Theme 1'!F2"


def test_a_name_that_only_looks_like_a_cell_past_the_last_column_stays():
    assert TWO.formula("XFE1+ZZZ9+E1048577", "Theme 1") == "XFE1+ZZZ9+E1048577"


# ---------------------------------------------------------------- properties


@st.composite
def reference(draw) -> str:
    def end() -> str:
        dollars = draw(st.sampled_from(["", "$"])), draw(st.sampled_from(["", "$"]))
        column = get_column_letter(draw(st.integers(1, 30)))
        return f"{dollars[0]}{column}{dollars[1]}{draw(st.integers(1, 9))}"

    place = draw(st.sampled_from(["", "'Theme 1'!", "'It''s'!", "Key!"]))
    return place + (end() if draw(st.booleans()) else f"{end()}:{end()}")


@st.composite
def formulas(draw) -> str:
    operands = draw(st.lists(reference() | st.sampled_from(['"A1 E5"', "12", "TRUE"]), min_size=1))
    start = draw(st.sampled_from(["", "SUM(", "IF(1,"]))
    return start + draw(st.sampled_from([",", "+", " "])).join(operands) + (")" if start else "")


def cells_read(formula: str, own: str, sheet: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """The ends of each reference, by the sheet that it is to; read here, not by the code."""
    from openpyxl.formula.tokenizer import Tokenizer
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    found = []
    for token in Tokenizer(f"={formula}").items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            place, _, cells = token.value.rpartition("!")
            ends = [coordinate_from_string(end.replace("$", "")) for end in cells.split(":")]
            where = place.strip("'").replace("''", "'") or own
            found.append((where, [(column_index_from_string(c), str(r)) for c, r in ends]))
    return found


@given(formula=formulas(), own=st.sampled_from(["Theme 1", "Key"]), at=st.integers(1, 31))
def test_every_end_of_a_reference_moves_with_its_column_and_only_there(formula, own, at):
    insertion = Insertion("Theme 1", at, 3, TWO.sheets)
    before = cells_read(formula, own, "Theme 1")
    after = cells_read(insertion.formula(formula, own), own, "Theme 1")
    assert after == [
        (sheet, [(c + 3 if sheet == "Theme 1" and c >= at else c, row) for c, row in ends])
        for sheet, ends in before
    ]


@given(formula=formulas(), at=st.integers(1, 31), one=st.integers(1, 9), two=st.integers(1, 9))
def test_two_insertions_in_a_row_are_one_of_both(formula, at, one, two):
    first = Insertion("Theme 1", at, one, TWO.sheets)
    second = Insertion("Theme 1", at, two, TWO.sheets)
    both = Insertion("Theme 1", at, one + two, TWO.sheets)
    once = first.formula(formula, "Theme 1")
    assert second.formula(once, "Theme 1") == both.formula(formula, "Theme 1")


@given(formula=formulas(), at=st.integers(1, 31), count=st.integers(1, 9))
def test_what_proves_an_insertion_takes_it_back(formula, at, count):
    moved = Insertion("Theme 1", at, count, TWO.sheets).formula(formula, "Theme 1")
    undoing = Undoing("Theme 1", at, count, "Theme 1")
    assert undoing.explains(formula, moved)
    reads_moved = any(
        sheet == "Theme 1" and max(column for column, _ in ends) >= at
        for sheet, ends in cells_read(formula, "Theme 1", "Theme 1")
    )
    assert undoing.explains(formula, formula) == (not reads_moved)


@given(st.integers(1, LAST_COLUMN), st.integers(1, LAST_COLUMN), st.integers(1, 9))
def test_a_range_to_the_edge_of_the_sheet_stays_there(at, column, count):
    insertion = Insertion("Theme 1", at, count, ("Theme 1",))
    letters = get_column_letter(column)
    if insertion.column(column) > LAST_COLUMN:
        with pytest.raises(UnmovableError):
            insertion.cells(f"{letters}2")
        return
    moved = insertion.cells(f"{letters}2:XFD9")
    assert moved == f"{get_column_letter(insertion.column(column))}2:XFD9"
    undoing = Undoing("Theme 1", at, count, "Theme 1")
    assert undoing.explains(f"{letters}2:XFD9", moved, cells=True)
