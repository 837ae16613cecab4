import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model import Rag, StatusEntry, StatusMeaning, Vocabulary

VOCABULARY = Vocabulary(
    (
        StatusEntry(StatusMeaning.ON_TRACK, Rag.GREEN, ("On Track",), ("Green", "G")),
        StatusEntry(StatusMeaning.MEDIUM_PROGRESS, Rag.AMBER, ("Medium Progress",), ("Amber", "A")),
        StatusEntry(StatusMeaning.COMPLETE, Rag.BLUE, ("Complete",), ("Blue", "B")),
        StatusEntry(StatusMeaning.CLOSED, Rag.BLUE, ("Complete and closed",)),
        StatusEntry(StatusMeaning.NOT_DUE_TO_START, Rag.GREY, ("Not due to start", "Not due")),
        StatusEntry(
            StatusMeaning.NOT_APPLICABLE, Rag.NONE, ("N/A", "Not applicable"), carried_forward=True
        ),
    )
)


def meaning(text: str) -> str | None:
    entry = VOCABULARY.understand(text)
    return entry.meaning.words if entry else None


@pytest.mark.parametrize(
    "typed",
    [
        "On Track",
        "on track",
        "ON TRACK",
        "OnTrack",
        "On-Track.",
        " On\nTrack ",
        "(On track)",
        "on–track",
    ],
)
def test_understand_does_not_count_case_spaces_or_punctuation(typed):
    assert meaning(typed) == "on track"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("OnTrack- little or no slippage", "on track"),
        ("On Track- little or no slippage", "on track"),
        ("Medium Progress-actual/ projected slippage of 1-2 months", "medium progress"),
        ("Complete November 2023", "complete"),
        ("Complete and closed, see minutes", "closed"),
        ("Not due until spring", "not due to start"),
        ("n/a - reported elsewhere", "not applicable"),
    ],
)
def test_understand_takes_the_longest_words_that_a_status_begins_with(typed, expected):
    assert meaning(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "Not on track",
        "Almost complete",
        "Completely stuck",
        "On tracking",
        "Onn track",
        "",
        " - ",
        "#N/A",
    ],
)
def test_understand_does_not_guess(typed):
    assert meaning(typed) is None


@pytest.mark.parametrize(
    ("typed", "expected"), [("G", "on track"), ("amber", "medium progress"), ("Blue.", "complete")]
)
def test_understand_reads_colours_and_letters_that_stand_alone(typed, expected):
    assert meaning(typed) == expected


@pytest.mark.parametrize("typed", ["Amber/Green", "A/G", "Green last month", "A new lead started"])
def test_understand_does_not_read_colours_and_letters_beside_other_words(typed):
    assert meaning(typed) is None


def test_understand_tells_what_the_profile_says_of_a_status():
    entry = VOCABULARY.understand("N/a")
    assert entry is not None
    assert (entry.rag, entry.carried_forward) == (Rag.NONE, True)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Onn track", "On Track"),
        ("Compelte", "Complete"),
        ("Meduim progress - slipping by two months", "Medium Progress"),
        ("Gren", "Green"),
        ("Not du to start", "Not due to start"),
    ],
)
def test_nearest_finds_what_was_probably_meant(typed, near):
    assert VOCABULARY.nearest(typed) == near


@pytest.mark.parametrize("typed", ["Waiting for the auditor", "Not complete", "x", ""])
def test_nearest_offers_nothing_where_nothing_is_near_or_the_opposite_is_meant(typed):
    assert VOCABULARY.nearest(typed) is None


def test_a_vocabulary_refuses_words_with_two_meanings():
    with pytest.raises(ValueError, match="two meanings"):
        Vocabulary(
            (
                StatusEntry(StatusMeaning.ON_TRACK, Rag.GREEN, ("On track",)),
                StatusEntry(StatusMeaning.COMPLETE, Rag.BLUE, ("ON-TRACK",)),
            )
        )


def test_every_rag_has_a_word_of_its_own():
    assert [rag.word for rag in Rag] == ["Green", "Amber", "Red", "Blue", "Grey", "Not rated"]


def test_every_meaning_has_words():
    assert StatusMeaning.SIGNIFICANT_SLIPPAGE.words == "significant slippage"


@given(
    st.sampled_from(["On Track", "Medium Progress", "Not due to start", "Complete and closed"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "", "-", "\n", " / ", "  "]),
    st.sampled_from(["", ".", " - as agreed", "\n(see minutes)"]),
)
def test_a_status_is_understood_however_it_is_spelt(words, capitals, between, after):
    expected = VOCABULARY.understand(words)
    assert VOCABULARY.understand(capitals(words).replace(" ", between) + after) is expected


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_looked_up(text):
    VOCABULARY.understand(text)
    VOCABULARY.nearest(text)
