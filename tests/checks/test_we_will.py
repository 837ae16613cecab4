""" "We will" statements: one text for each code, and one code for each text."""

from __future__ import annotations

import pytest

from sheetplan.checks.we_will import we_will_two_codes, we_will_two_texts
from sheetplan.model import Severity
from tests.checks.building import found, plan


def rows(*cells: str) -> str:
    return "\n".join(
        ["Money", *(f"BC.A{number}.0 | we_will={cell}" for number, cell in enumerate(cells, 1))]
    )


def test_two_texts_under_one_code_are_found_where_they_begin_to_differ() -> None:
    table = rows(
        "W1 We will answer every letter within ten days",
        "W1 - We will answer every letter within five days",
        "W2 We will plant a tree in every street",
    )
    message = (
        'the code W1 has 2 texts: "… every letter within ten days" on BC.A1.0 and "… every letter '
        'within five days" on BC.A2.0. Write one text, or give the other a code of its own.'
    )
    assert found(we_will_two_texts, plan(table)) == [("BC.A1.0", message), ("BC.A2.0", message)]


def test_the_cells_are_those_that_differ_from_most_and_one_of_the_others() -> None:
    usual, other = "W1 We will plant trees", "W1 We will mend roofs"
    (one,) = we_will_two_texts.find(plan(rows(usual, usual, other, usual, usual)))
    assert [place.reference for place in one.places] == ["BC.A1.0", "BC.A3.0"]
    assert '"We will plant trees" on BC.A1.0, BC.A2.0, BC.A4.0 and 1 more' in one.message


@pytest.mark.parametrize(
    "cell",
    [
        "W1 We will plant trees",
        "(New) W1 We will plant trees.",
        "New W1- We will  plant trees",
        "(New)W1 – we will PLANT trees",
        "W1: We will plant trees (See W7 - W9)",
        "W1. We will\\nplant trees",
    ],
)
def test_spaces_capitals_and_punctuation_make_no_other_text(cell: str) -> None:
    assert found(we_will_two_texts, plan(rows("W1 We will plant trees", cell))) == []


def test_each_statement_of_a_cell_has_its_own_code() -> None:
    several = "W1 We will plant trees. We will water them. (New) W2 - We will mend roofs."
    assert found(we_will_two_texts, plan(rows(several, "W2 We will mend roofs"))) == []
    wrong = rows(several, "W2 We will mend all roofs")
    assert [reference for reference, _ in found(we_will_two_texts, plan(wrong))] == [
        "BC.A1.0",
        "BC.A2.0",
    ]


@pytest.mark.parametrize(
    "cell",
    ["", "We will plant trees", "W1", "W1 Trees", "Q4 of 2026", "tree W1 in the park", "W1, W2"],
)
def test_what_is_no_statement_with_a_code_is_left_alone(cell: str) -> None:
    table = rows("W1 We will mend roofs", cell)
    assert found(we_will_two_texts, plan(table)) == []
    assert found(we_will_two_codes, plan(table)) == []


def test_one_text_under_two_codes_is_found() -> None:
    table = rows("W1 We will plant trees", "W2 - We will plant trees.", "W3 We will mend roofs")
    message = "one text has 2 codes: W1 on BC.A1.0 and W2 on BC.A2.0. Keep one of them."
    assert found(we_will_two_codes, plan(table)) == [("BC.A1.0", message), ("BC.A2.0", message)]


def test_nearly_the_same_text_under_two_codes_is_a_note() -> None:
    text = "We will work with schools and parents so that every child can"
    (one,) = we_will_two_codes.find(plan(rows(f"W1 {text} swim", f"W2 {text} read well")))
    assert one.severity is Severity.NOTE
    assert one.message.startswith("nearly the same text has 2 codes: W1 on BC.A1.0 and W2")


def test_promises_that_only_begin_alike_are_two() -> None:
    table = rows(
        "W1 We will work with partners so that every child can swim before they leave school",
        "W2 We will work with partners so that no bus is ever late on a market day again",
        "W3 We will work with partners",
    )
    assert found(we_will_two_codes, plan(table)) == []
