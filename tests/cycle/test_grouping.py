"""Cells gathered into ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.cycle.roll_plan import gather
from sheetplan.ooxml.ranges import Area, cell_name


@pytest.mark.parametrize(
    ("cells", "ranges"),
    [
        ([], []),
        (["B6"], ["B6"]),
        (["B6", "C6", "D6"], ["B6:D6"]),
        (["B6", "B7", "B8"], ["B6:B8"]),
        (["B6", "C6", "B7", "C7"], ["B6:C7"]),
        (["C7", "B6", "B7", "C6", "B6"], ["B6:C7"]),
        (["B6", "D6"], ["B6", "D6"]),
        (["B6", "B8"], ["B6", "B8"]),
        (["B6", "C6", "B7"], ["B6:C6", "B7"]),
        (["Z1", "AA1"], ["Z1:AA1"]),
    ],
)
def test_neighbours_become_a_range_and_strangers_do_not(cells, ranges):
    assert gather(cells) == ranges


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=60))
def test_the_ranges_hold_every_cell_once_and_no_other(places):
    areas = [Area.parse(text) for text in gather(cell_name(*place) for place in places)]
    held = [
        (row, column)
        for area in areas
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
    assert len(held) == len(set(held))
    assert set(held) == places
