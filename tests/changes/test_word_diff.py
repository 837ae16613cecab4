"""Which words of a text are new beside an earlier one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sheetplan.changes.word_diff import with_new_words_bold, word_diff
from sheetplan.model.report_line import RichText

texts = st.lists(
    st.sampled_from(["the", "plan", "Plan", "slipped.", " ", "  ", "\n", "\t", "\u00a0", "é", "—"]),
    max_size=30,
).map(" ".join) | st.text(max_size=40)


@given(texts, texts)
def test_the_stretches_joined_are_the_new_text(before: str, after: str) -> None:
    assert "".join(text for text, _ in word_diff(before, after)) == after


@given(texts, texts)
def test_the_words_that_are_not_new_stand_in_the_old_text_in_their_order(
    before: str, after: str
) -> None:
    left = iter(before.split())
    kept = [
        word for text, is_new in word_diff(before, after) if not is_new for word in text.split()
    ]
    assert all(word in left for word in kept)


@given(texts, texts)
def test_two_stretches_side_by_side_are_of_two_kinds(before: str, after: str) -> None:
    kinds = [is_new for _, is_new in word_diff(before, after)]
    assert all(first is not second for first, second in pairwise(kinds))


@given(texts)
def test_a_text_has_no_new_word_beside_itself_whatever_its_blanks(text: str) -> None:
    assert not any(is_new for _, is_new in word_diff(" ".join(text.split()), text))


def test_words_that_are_new_are_told_with_the_blanks_between_them() -> None:
    assert word_diff("Begun.\nLate.", "Begun early  in May.\nLate.") == (
        ("Begun early  in May.", True),
        ("\nLate.", False),
    )


def test_nothing_is_bold_where_nothing_was_before_or_words_were_only_taken_out() -> None:
    assert with_new_words_bold("", "All of it") == "All of it"
    assert with_new_words_bold("All of it", "All it") == "All it"
    assert with_new_words_bold("All of it", "") == ""


def test_all_is_bold_where_every_word_is_another() -> None:
    assert with_new_words_bold("One", "Two\nthree") == RichText((("Two\nthree", True),))
