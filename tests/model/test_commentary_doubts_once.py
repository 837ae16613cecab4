"""Doubts that a plan would repeat for every month are told once for a cell."""

from __future__ import annotations

from sheetplan.model.commentary import CommentaryWords
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.month import Month
from tests.commentary import marked


def said(text: str) -> list[str]:
    """The doubts of a cell in a plan of September 2018, as sentences."""
    commentary = read_commentary(marked(text), CommentaryWords(), Month(2018, 9))
    return [doubt.sentence for doubt in commentary.doubts]


def test_stamps_that_nobody_filled_in_are_one_doubt_of_their_cell() -> None:
    assert said("[[A]]\n(May Update)\n(June Update)\n(July Update)\n**(September Update)**") == [
        '"(July Update)" is the last of 3 stamps of older months without words.'
    ]
    assert said("[[A]]\n(May Update)\n[[B]]\n(June Update)\n") == [
        '"(June Update)" is the last of 2 stamps of older months without words.'
    ]
    assert said("[[A]]\nOne. (May Update)\n(June Update)\n") == [
        '"(June Update)" is a stamp without words.'
    ]


def test_stamps_of_long_ago_without_a_year_are_one_doubt_of_their_cell() -> None:
    first = (
        '"(October Update)" has no year and was read as October 2017. Write the year if that is '
        "wrong."
    )
    last = "\nFour. (September 2018 Update)"
    assert said(f"[[A]]\nOne. (October Update){last}") == [first]
    assert said(f"[[A]]\nOne. (October Update)\nTwo. (November Update){last}") == [
        f"{first} The cell has one more stamp of so long ago without a year."
    ]
    assert said(
        f"[[A]]\nOne. (October Update)\nTwo. (November Update)\nThree. (January Update){last}"
    ) == [f"{first} The cell has 2 more stamps of so long ago without a year."]


def test_an_unfilled_stamp_of_which_more_is_doubtful_is_told_for_that_alone() -> None:
    assert said("[[A]]\n(October Update)\n(July Update)\n") == [
        '"(July Update)" is a stamp without words.',
        '"(October Update)" has no year and was read as October 2017. Write the year if that is '
        "wrong.",
    ]
