"""Phrases are found by their words, and sentences by where they end."""

from __future__ import annotations

import pytest

from sheetplan.checks.phrases import says, sentences


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It is DUE  TO the frost", "due to"),
        ("see above, please", "See above"),
        ("As in June's report", "as in <month>"),
        ("as Jun-26 update", "As <month> update"),
        ("See LC.A1.2", "See <reference>"),
        ("see 1.2", "See <reference>"),
        ("ask JS/KW", "ask <initials>"),
        ("Suggest that this row is closed", "suggest ... closed"),
        ("on-site, and off-site", "on site"),
    ],
)
def test_a_phrase_is_found_whatever_its_capitals_and_punctuation(text, phrase):
    assert says(text, (phrase,))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("undue tobacco", "due to"),
        ("It is due. To begin with", "due to"),
        ("as the update", "As <month> update"),
        ("See chapter", "See <reference>"),
        ("ask js", "ask <initials>"),
        ("ask HR", "ask <initials>"),
        ("Suggest it. The old row was looked at, and then it was closed", "suggest ... closed"),
        ("Suggest that one two three four five six closed", "suggest ... closed"),
    ],
)
def test_a_phrase_is_whole_words_of_one_sentence(text, phrase):
    assert not says(text, (phrase,))


def test_sentences_end_at_full_stops_lines_and_dashes_but_not_at_short_forms():
    text = (
        "Two posts (e.g. a planner) are filled. Cllr. Hale met them - see notes;\n• third is open"
    )
    assert sentences(text) == (
        "Two posts (e.g. a planner) are filled.",
        "Cllr. Hale met them",
        "see notes",
        "third is open",
    )
