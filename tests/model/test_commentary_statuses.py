"""What the paragraphs of a lead, and their colours, say of how the work stands."""

from __future__ import annotations

import pytest

from sheetplan.model.colour_meaning import meaning_of
from sheetplan.model.commentary import CommentaryRun, CommentaryWords
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.commentary_statuses import colour_meaning, is_complete
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.settings import load_profile
from tests.commentary import marked

JULY, AUGUST, SEPTEMBER = (Month(2023, number) for number in (7, 8, 9))
PLANS, TRACKERS = load_profile("commentary").vocabulary, load_profile("standard").vocabulary


def complete_in(text: str) -> list[str]:
    said = read_commentary(marked(f"[[A]]\n{text}"), CommentaryWords(), SEPTEMBER).paragraphs
    return [m.name for m in (JULY, AUGUST, SEPTEMBER) if is_complete(said, m, PLANS)]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("One (July Update)\nTwo COMPLETE (August Update)", ["August", "September"]),
        ("One COMPLETE (July Update)", ["July", "August", "September"]),
        (
            "One COMPLETE (July Update)\nTwo COMPLETE (August Update)",
            ["July", "August", "September"],
        ),
        ("One COMPLETE", ["July", "August", "September"]),
        ("One COMPLETE (July Update)\nTwo (August Update)", []),
        ("One COMPLETE (July Update)\nTwo (July Update)", []),
        ("One\n**Two COMPLETE (September Update)**", []),
        ("One COMPLETE (July Update)\n**(September Update)**", ["July", "August", "September"]),
        ("One (July Update)", []),
    ],
    ids=["later", "at once", "both", "no month", "reopened", "half", "unknown", "waiting", "open"],
)
def test_work_is_complete_where_nothing_of_that_month_or_later_goes_on(
    text: str, months: list[str]
) -> None:
    assert complete_in(text) == months


def test_words_in_the_colour_of_what_is_complete_say_so_too() -> None:
    runs = [CommentaryRun("A", True, True), CommentaryRun("\nOne (July Update)", colour="00703C")]
    said = read_commentary(runs, CommentaryWords(), SEPTEMBER).paragraphs
    assert is_complete(said, JULY, PLANS)
    assert not is_complete(said, JULY, TRACKERS)  # in which green is on track


@pytest.mark.parametrize(
    ("colour", "in_plans", "in_trackers"),
    [
        ("FFC000", StatusMeaning.ON_TRACK, StatusMeaning.MEDIUM_PROGRESS),
        ("00B050", StatusMeaning.COMPLETE, StatusMeaning.ON_TRACK),
        ("C00000", StatusMeaning.SIGNIFICANT_SLIPPAGE, StatusMeaning.SIGNIFICANT_SLIPPAGE),
        ("0070C0", None, StatusMeaning.COMPLETE),
        ("000000", None, None),
        ("595959", None, None),
        ("", None, None),
    ],
)
def test_a_profile_decides_what_a_colour_means(
    colour: str, in_plans: StatusMeaning | None, in_trackers: StatusMeaning | None
) -> None:
    assert meaning_of(colour, PLANS) is in_plans
    assert meaning_of(colour, TRACKERS) is in_trackers


def test_the_same_word_means_what_the_profile_says() -> None:
    for word, plans, trackers in (
        ("Amber", StatusMeaning.ON_TRACK, StatusMeaning.MEDIUM_PROGRESS),
        ("Green", StatusMeaning.COMPLETE, StatusMeaning.ON_TRACK),
    ):
        in_plans, in_trackers = PLANS.understand(word), TRACKERS.understand(word)
        assert in_plans is not None
        assert in_trackers is not None
        assert (in_plans.meaning, in_trackers.meaning) == (plans, trackers)


def test_of_several_colours_the_worst_counts() -> None:
    assert colour_meaning(["FFC000", "C00000", "00B050"], PLANS) is (
        StatusMeaning.SIGNIFICANT_SLIPPAGE
    )
    assert colour_meaning(["", "000000"], PLANS) is None
