"""Stamps beside characters that nobody sees, which come along with pasted words."""

from __future__ import annotations

import pytest

from sheetplan.model.commentary import CommentaryWords
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.month import Month
from tests.commentary import marked

JUNE = Month(2026, 6)


@pytest.mark.parametrize(
    "line",
    [
        "Bins were counted. (June update)\u200b",
        "Bins were counted. (June update) \ufeff",
        "Bins were counted. (June update)\u200e.",
        "Bins were counted.\u200b (June update)\u200f",
        "\u200e(June update)\nBins were counted.",
    ],
)
def test_a_stamp_is_read_beside_characters_without_width(line: str) -> None:
    (paragraph,) = read_commentary(marked(line), CommentaryWords(), JUNE).paragraphs
    assert (paragraph.month, paragraph.basis) == (JUNE, "printed")
    assert paragraph.words.rstrip("\u200b") == "Bins were counted."
    assert paragraph.text == line


def test_a_character_that_is_seen_behind_a_stamp_makes_it_part_of_the_words() -> None:
    line = "Bins were counted. (June update) *"
    (paragraph,) = read_commentary(marked(line), CommentaryWords(), JUNE).paragraphs
    assert (paragraph.month, paragraph.words) == (None, line)
