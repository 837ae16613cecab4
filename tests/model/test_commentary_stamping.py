"""Spelling the stamp of a new month as the council spells its stamps, judged by reading it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.commentary import CommentaryWords, Stamp
from sheetplan.model.commentary_stamping import stamp_for
from sheetplan.model.commentary_stamps import read_marks
from sheetplan.model.month import FULL_NAMES, SHORT_NAMES, Month

WORDS = CommentaryWords()
SEPTEMBER, OCTOBER, JANUARY = Month(2026, 9), Month(2026, 10), Month(2027, 1)


def stamps(*typed: str, written: Month = SEPTEMBER, words: CommentaryWords = WORDS) -> list[Stamp]:
    """The stamps that lines consist of, each as a reader of the plan finds it."""
    found = []
    for line in typed:
        (stamp,) = read_marks(line, words).stamps
        found.append(Stamp(stamp.text, stamp.months(written)))
    return found


@pytest.mark.parametrize(
    ("typed", "october", "january_with_its_year"),
    [
        ("(September Update)", "(October Update)", "(January 2027 Update)"),
        ("(Sept Update)", "(Oct Update)", "(Jan 2027 Update)"),
        ("(Sep. update)", "(Oct. update)", "(Jan. 2027 update)"),
        ("[September 2026 update]", "[October 2026 update]", "[January 2027 update]"),
        ("(September update 2026)", "(October update 2026)", "(January update 2027)"),
        ("(2026 September update)", "(2026 October update)", "(2027 January update)"),
        ("(September 2026)", "(October 2026)", "(January 2027)"),
        ("(09/2026 update)", "(10/2026 update)", "(01/2027 update)"),
        ("September update:", "October update", "January 2027 update"),
        ("(UPDATE SEPTEMBER)", "(UPDATE OCTOBER)", "(UPDATE JANUARY 2027)"),
        ("(update, september)", "(update, october)", "(update, january 2027)"),
        ("(Update: September '26)", "(Update: October '26)", "(Update: January '27)"),
        ("(Update - Sep-26)", "(Update - Oct-26)", "(Update - Jan-27)"),
        # Before a word, 26 is read as a day: it goes on, but as a year it counts for nothing.
        ("(Sept 26 update)", "(Oct 26 update)", "(January 2027 update)"),
    ],
)
def test_a_stamp_is_spelt_as_the_one_before(
    typed: str, october: str, january_with_its_year: str
) -> None:
    before = stamps(typed)
    assert stamp_for(OCTOBER, before) == october
    assert stamp_for(JANUARY, before, with_year=True) == january_with_its_year


@pytest.mark.parametrize(
    "typed",
    [
        "(August / September updates)",  # of two months
        "(18 September update)",  # of a day
        "(September 18th update)",
        "(September 18 update)",
        "(Update)",
        "(Setpember update)",
    ],
)
def test_a_stamp_that_is_no_pattern_is_not_followed(typed: str) -> None:
    assert stamp_for(OCTOBER, stamps(typed)) == "(October update)"
    assert stamp_for(JANUARY, stamps(typed), with_year=True) == "(January 2027 update)"


def test_a_plan_without_stamps_gets_a_usual_one() -> None:
    assert stamp_for(OCTOBER, []) == "(October update)"
    assert stamp_for(JANUARY, [], with_year=True) == "(January 2027 update)"


def test_the_newest_month_decides_and_in_it_the_most_usual_spelling() -> None:
    older = ["(Aug update)"] * 5
    newest = ["[September update]", "(Sept Update)", "(Sept Update)"]
    assert stamp_for(OCTOBER, stamps(*older, *newest)) == "(Oct Update)"
    assert stamp_for(OCTOBER, stamps(*newest[:1], *older)) == "[October update]"


def test_of_two_spellings_as_usual_the_first_in_the_plan_is_taken() -> None:
    both = stamps("(Sept Update)", "[September update]")
    assert stamp_for(OCTOBER, both) == "(Oct Update)"
    assert stamp_for(OCTOBER, both[::-1]) == "[October update]"


def test_where_the_newest_is_no_pattern_an_older_one_is() -> None:
    assert stamp_for(OCTOBER, stamps("(Aug Update)", "(18 September update)")) == "(Oct Update)"


def test_one_with_a_status_is_no_pattern() -> None:
    rated = Stamp("(Sept update, Off track)", (SEPTEMBER,), "Off track")
    assert stamp_for(OCTOBER, [rated, *stamps("[August update]")]) == "[October update]"


def test_two_stamps_of_one_paragraph_are_no_pattern() -> None:
    assert stamp_for(OCTOBER, [Stamp("(Update) (Sept Update)", (SEPTEMBER,))]) == "(October update)"


@pytest.mark.parametrize(
    ("typed", "rated"),
    [
        ("(Sept Update)", "(Oct Update, Off track)"),
        ("[September 2026 update]", "[October 2026 update, Off track]"),
        ("September update:", "(October update, Off track)"),
        ("UPDATE SEPTEMBER", "(UPDATE OCTOBER, Off track)"),
    ],
)
def test_a_status_stands_inside_the_stamp(typed: str, rated: str) -> None:
    before = [Stamp(typed.rstrip(":"), (SEPTEMBER,))]
    assert stamp_for(OCTOBER, before, status="Off track") == rated


def test_the_council_s_own_word_is_used_where_there_is_no_pattern() -> None:
    words = CommentaryWords(update=("position", "progress note"))
    assert stamp_for(OCTOBER, [], words=words) == "(October position)"
    before = stamps("(Sept Progress Note)", words=words)
    assert stamp_for(OCTOBER, before, words=words) == "(Oct Progress Note)"
    assert stamp_for(OCTOBER, stamps("(Sept update)"), words=words) == "(October position)"


# ---------------------------------------------------------------- whatever is typed

STATUSES = ("On track", "Off track", "Complete")
RATED = CommentaryWords(statuses=STATUSES, complete_statuses=("Complete",))


def cased(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from((text, text.upper(), text.lower(), text.title()))


@st.composite
def typed_stamps(draw: st.DrawFn) -> str:
    """A stamp in any hand: of one month, most often; with days, years, dots and statuses."""
    number = draw(st.integers(0, 11))
    names = [FULL_NAMES[number], SHORT_NAMES[number], f"{SHORT_NAMES[number]}."]
    name = draw(st.sampled_from([*names, *(["Sept", "Sept."] if number == 8 else [])]))
    year = draw(st.sampled_from(["", "", " 2026", " 26", "-26", " '26", "’26", " 2025", " 18"]))
    front = draw(st.sampled_from(["", "", "2026 ", "18 ", "3rd ", "end of "]))
    month = f"{front}{name}{year}" if draw(st.booleans()) else f"{number + 1:02d}/2026"
    word = draw(st.sampled_from(["update", "updates", "Update", ""]))
    gap = draw(st.sampled_from([" ", ", ", ": ", " - ", "  ", "\xa0", " 2026 "]))
    body = draw(st.sampled_from([f"{month}{gap}{word}", f"{word}{gap}{month}"])).strip()
    body += draw(st.sampled_from(["", "", ", Off track", " complete"]))
    frame = draw(st.sampled_from(["(%s)", "[%s]", "%s", "%s:", "%s -", "( %s )", "(%s", "%s 2026"]))
    return draw(cased(frame % body))


def stamps_in(lines: list[str]) -> list[Stamp]:
    found = [stamp for line in lines for stamp in read_marks(line, RATED).stamps]
    return [Stamp(stamp.text, stamp.months(SEPTEMBER), stamp.status) for stamp in found]


@given(
    st.lists(typed_stamps(), max_size=4),
    st.builds(Month, st.integers(2025, 2032), st.integers(1, 12)),
    st.sampled_from(["", *STATUSES]),
    st.booleans(),
)
def test_what_is_spelt_is_read_as_that_month_alone(
    typed: list[str], month: Month, status: str, with_year: bool
) -> None:
    before = stamps_in(typed)
    spelt = stamp_for(month, before, status=status, with_year=with_year, words=RATED)
    for line in (spelt, f"Roads were mended. {spelt}"):
        marks = read_marks(line, RATED)
        (stamp,) = marks.stamps
        assert stamp.months(month) == (month,)
        assert (stamp.status, marks.complete) == (status, "")
        if with_year:
            assert stamp.months(month.plus(40)) == (month,)
    assert not read_marks(spelt, RATED).has_words
