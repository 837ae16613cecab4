"""Notes that were left in a register, and words in brackets that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.checks.recommendation_notes import notes_left
from sheetplan.model.support import Answer, Recommendation, Standing
from sheetplan.settings import load_profile

STANDARD = load_profile("standard")
ONE = Recommendation(
    "A1",
    "Audit",
    "Do better.",
    standing=Standing("Register", 5, {"text": "C", "response": "D", "note": "H"}),
)


def found(recommendation: Recommendation) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in notes_left([recommendation], STANDARD)]


def of_response(text: str) -> list[tuple[str, str]]:
    return found(replace(ONE, answer=Answer(response=text)))


@pytest.mark.parametrize(
    "text",
    [
        "We do. [GP: please expand]",
        "We do. [Peer team: by when?]",
        "Reviewer's note: this is thin.",
        "Reviewer note - say who leads",
        "Please clarify who leads.",
        "Need to check BC.A1.2 with AB and CD",
        "Check with AB before this goes",
        "The contract is with ??",
    ],
)
def test_a_note_left_in_an_answer_is_found(text: str) -> None:
    assert of_response(text) == [("recommendation-note-left", "D5")]


@pytest.mark.parametrize(
    "text",
    [
        "The [golden] link is made.",
        "It is important [re customers] to act.",
        "Residents were asked what matters to them.",
        "We checked this with the regulator.",
        "See BC.A1.2 [added in March]",
    ],
)
def test_words_in_brackets_that_complete_a_sentence_are_no_note(text: str) -> None:
    assert of_response(text) == []


def test_the_text_of_a_recommendation_may_ask_but_holds_no_signed_note() -> None:
    assert found(replace(ONE, text="Can we be sure that residents are heard?")) == []
    assert found(replace(ONE, text="Do better. [GP: too short]")) == [
        ("recommendation-note-left", "C5")
    ]


def test_a_note_beside_a_recommendation_is_told_and_no_more() -> None:
    (finding,) = notes_left([replace(ONE, note="Ask Ben")], STANDARD)
    assert (finding.code, finding.cell, finding.severity.value) == (
        "recommendation-note-beside", "H5", "note",
    )  # fmt: skip
    assert '"Ask Ben"' in finding.message
