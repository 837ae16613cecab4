"""The keys of actions: one each, and named however badly a reference is typed."""

from __future__ import annotations

import pytest

from sheetplan.model import Action, Reference, Theme, Tracker
from sheetplan.returns.keys import keyed, keys_named, keys_of_leads, number_behind
from tests.reports.building import tracker

PLAN = """
    Theme 1
    BCA1.0   | | |
    BC.A1.1  | | |
    BC.A1.2b | | |
    BCA1.1   | | |
"""
MORE = """
    Theme 2
    IP-012   | | |
    BC.a1.1  | | |
"""


def test_each_action_has_a_key_in_the_order_of_the_tracker() -> None:
    found = keyed(tracker(PLAN, MORE))
    assert {key: (action.sheet, action.row) for key, action in found.items()} == {
        "BC.A1.0": ("Sheet 1", 5),
        "BC.A1.1": ("Sheet 1", 6),
        "BC.A1.2b": ("Sheet 1", 7),
        "BC.A1.1 (2)": ("Sheet 1", 8),
        "IP-012": ("Sheet 2", 5),
        "BC.A1.1 (3)": ("Sheet 2", 6),
    }


def test_an_action_whose_reference_cannot_be_read_is_known_by_its_words() -> None:
    rows = [Action("to  follow", None, "Sheet 1", row, {}, {}) for row in (5, 6)]
    found = keyed(Tracker((Theme("Theme 1", "Sheet 1", tuple(rows)),), ()))
    assert list(found) == ["to follow", "to follow (2)"]
    assert keys_named("to follow", found) == ("to follow", "to follow (2)")


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("BC.A1.2b", ("BC.A1.2b",)),
        ("BCA1.2b", ("BC.A1.2b",)),
        (" bc.a1.2 B ", ("BC.A1.2b",)),
        ("ip-012", ("IP-012",)),
        ("BC.A1.1", ("BC.A1.1", "BC.A1.1 (2)", "BC.A1.1 (3)")),
        ("bca1.1", ("BC.A1.1", "BC.A1.1 (2)", "BC.A1.1 (3)")),
        ("BC.A1.1 (2)", ("BC.A1.1 (2)",)),
        ("bcA1.1(3)", ("BC.A1.1 (3)",)),
        ("BC.A1.1 ( 1 )", ("BC.A1.1",)),
    ],
)
def test_a_reference_names_its_rows_however_it_is_typed(typed: str, keys: tuple[str, ...]) -> None:
    assert keys_named(typed, keyed(tracker(PLAN, MORE))) == keys


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "BC.A1.9", "BC.A1.1 (4)", "BC.A1.2b (2)", "BC.A1.1 (0)", "(2)", "BC.A1.1 and more"],
)
def test_what_is_not_in_the_tracker_names_no_row(typed: str) -> None:
    assert keys_named(typed, keyed(tracker(PLAN, MORE))) == ()


def of_rows(*rows: tuple[str, int]) -> dict[str, Action]:
    """Actions by their keys, which stand in these rows of one sheet."""
    actions = [Action(typed, Reference.parse(typed), "Plan", row, {}, {}) for typed, row in rows]
    return keyed(Tracker((Theme("Plan", "Plan", tuple(actions)),), ()))


@pytest.mark.parametrize("typed", ["2.2", " 2.2 "])
def test_the_reference_of_a_row_names_its_leads(typed: str) -> None:
    found = of_rows(("2.1", 5), ("2.2a", 6), ("2.2b", 6), ("2.2-27", 6), ("2.20", 7))
    assert keys_of_leads(typed, found) == ("2.2a", "2.2b", "2.2-27")


@pytest.mark.parametrize("rows", [[("2.2a", 6), ("2.2b", 7)], [("2.2a", 6)], [("2.2", 6)]])
def test_rows_of_their_own_are_no_leads_of_one(rows: list[tuple[str, int]]) -> None:
    assert keys_of_leads("2.2", of_rows(*rows)) == ()


def test_a_key_says_what_stands_behind_its_reference() -> None:
    assert number_behind("BC.A1.1 (2)") == " (2)"
    assert number_behind("BC.A1.1") == ""
