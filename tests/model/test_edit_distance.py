"""How far words lie apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.edit_distance import edit_distance

WORDS = st.text("ABC.1", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("", "", 0),
        ("LC.A2.1", "LC.A2.1", 0),
        ("LC.A2.1", "LC.A2.3", 1),  # another figure
        ("LC.A2.1", "LC.A2.10", 1),  # one too many
        ("LCA2.1", "LC.A2.1", 1),  # one too few
        ("CL.A2.1", "LC.A2.1", 1),  # two swapped
        ("LC.A2.1", "LC.B3.1", 2),
        ("", "LC", 2),
        ("kitten", "sitting", 3),
    ],
)
def test_each_slip_of_the_pen_counts_once(one: str, other: str, slips: int) -> None:
    assert edit_distance(one, other) == slips


@given(WORDS, WORDS)
def test_the_way_there_is_as_long_as_the_way_back(one: str, other: str) -> None:
    there = edit_distance(one, other)
    assert there == edit_distance(other, one)
    assert abs(len(one) - len(other)) <= there <= max(len(one), len(other))
    assert (there == 0) is (one == other)
