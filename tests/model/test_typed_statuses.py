"""Statuses in stamps: "(July update, Off track)" says how the work stands, before all else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.commentary import Commentary, CommentaryRun, CommentaryWords, Paragraph
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.commentary_stamping import stamp_for
from sheetplan.model.commentary_stamps import plan_month, read_marks
from sheetplan.model.commentary_statuses import MonthStatus, is_complete, status_in
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.settings import load_profile
from tests.commentary import marked

SETTINGS = load_profile("commentary")
WORDS, PLANS = SETTINGS.commentary.words, SETTINGS.vocabulary
JULY, AUGUST, SEPTEMBER = (Month(2023, number) for number in (7, 8, 9))
RED, GREEN = "C00000", "00B050"


def read(text: str, words: CommentaryWords = WORDS) -> Commentary:
    return read_commentary(marked(text), words, SEPTEMBER)


def the_paragraph(text: str, words: CommentaryWords = WORDS) -> Paragraph:
    (paragraph,) = read(f"[[A]]\n{text}", words).paragraphs
    return paragraph


def doubts(text: str) -> list[str]:
    return [doubt.sentence for doubt in read(f"[[A]]\n{text}").doubts]


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("stamp", "months", "status"),
    [
        ("(July update, Off track)", "2023-07", "Off track"),
        ("(July update - off track)", "2023-07", "off track"),
        ("(July update – off track)", "2023-07", "off track"),
        ("(July update-off-track)", "2023-07", "off-track"),
        ("(July update off track)", "2023-07", "off track"),
        ("(July update; OFF TRACK.)", "2023-07", "OFF TRACK"),
        ("[July 2022 update: complete]", "2022-07", "complete"),
        ("(July 2022, complete)", "2022-07", "complete"),
        ("(Update July 2022, R)", "2022-07", "R"),
        ("(July / August updates, on track)", "2023-07 2023-08", "on track"),
        ("(12 July update, on track)", "2023-07", "on track"),
        (
            "(July update, Significant issues / slippage)",
            "2023-07",
            "Significant issues / slippage",
        ),
        ("(July Update) (August Update, Off track)", "2023-07 2023-08", "Off track"),
        ("(July update, on track) (July update, Off track)", "2023-07", "Off track"),
        ("(August Update, Off track) (July Update)", "2023-07 2023-08", "Off track"),
        ("(July update, Off track) (July update)", "2023-07", "Off track"),
        ("(July update, N/A)", "2023-07", "N/A"),
    ],
)
def test_a_stamp_may_say_how_the_work_stands(stamp: str, months: str, status: str) -> None:
    paragraph = the_paragraph(f"The survey is out. {stamp}")
    assert paragraph.words == "The survey is out."
    assert paragraph.stamp is not None
    assert (paragraph.stamp.text, paragraph.status) == (stamp, status)
    assert " ".join(month.iso for month in paragraph.stamp.months) == months
    assert paragraph.basis == "printed"


@pytest.mark.parametrize(
    "line",
    [
        "The survey is out (July update, foo)",
        "The survey is out (July update, not on track)",
        "The survey is out (July update, off track for now)",
        "The survey is out (July update, #N/A)",
        "The survey is out (July, off track)",
        "The survey is out (12 July 2023, off track)",
        "The survey is out (off track, July update)",
        "The survey is out (January / February / March / April / May / June / July updates, R)",
        "The survey is out (January / February / March / April / May / June / July updates)",
        "The survey is out (annex to the July update, off track)",
        "The survey is out (off track)",
        "The survey is out. July update, off track",
    ],
)
def test_other_words_in_a_stamp_make_it_none(line: str) -> None:
    paragraph = the_paragraph(line)
    assert (paragraph.stamp, paragraph.words, paragraph.status) == (None, line, "")


def test_a_stamp_names_no_status_where_a_council_has_none() -> None:
    line = "One (July update, Off track)"
    assert the_paragraph(line, CommentaryWords()).words == line


@pytest.mark.parametrize(
    "text",
    [
        "(July update, Off track) One",
        "(July update, Off track): One",
        "(July update, Off track)\nOne",
        "One\n(July update, Off track)",
        "**One**\n**(July update, Off track)**",
        "One COMPLETE (July update, Off track)",
        "One (July update, Off track) COMPLETE",
        "Some (old) words: One (July update, Off track)",
    ],
)
def test_a_stamp_with_a_status_stands_wherever_a_stamp_may(text: str) -> None:
    paragraph = the_paragraph(text)
    plain = the_paragraph(text.replace(", Off track", ""))
    assert (paragraph.month, paragraph.status) == (JULY, "Off track")
    assert plain.month == JULY
    assert paragraph.words == plain.words
    assert not paragraph.is_complete


def test_a_status_without_words_waits_for_them_and_says_something() -> None:
    first, second = read("[[A]]\n(July update, Off track)\n**(September update)**").paragraphs
    assert (first.words, first.status, first.says_anything) == ("", "Off track", True)
    assert (second.words, second.status, second.says_anything) == ("", "", False)


def test_a_status_that_means_so_makes_its_paragraph_complete() -> None:
    assert the_paragraph("One (July update, Complete)").is_complete
    assert the_paragraph("One (July update, green)").is_complete
    assert not the_paragraph("One (July update, closed)").is_complete
    assert not the_paragraph("One COMPLETE (July update, on track)").is_complete


def test_a_status_of_an_older_stamp_is_not_that_of_the_paragraph() -> None:
    paragraph = the_paragraph("One (July update, Off track) (August update)")
    assert (paragraph.month, paragraph.status) == (AUGUST, "")


STATUSES = sorted({*WORDS.statuses, *(each.upper() for each in WORDS.statuses)})
PLAIN_STAMPS = (
    "(July update)", "[July 2023 update]", "(July Update 2022)", "(july update)", "(Jul 2023)",
    "(July / August updates)", "(December / January 2023 updates)", "(Update July)",
    "(12 August Update)", "(Juyl update)", "(Update)", "(October update)",
)  # fmt: skip
LINES = st.lists(
    st.sampled_from(
        ("Work goes on", " ", "\n", ". ", "COMPLETE", "(July update)", "(or not)", "[[B]]", "**x**")
    ),
    max_size=4,
).map("".join)


@given(
    LINES,
    LINES,
    st.sampled_from(PLAIN_STAMPS),
    st.sampled_from(STATUSES),
    st.sampled_from((", ", ": ", " - ", " – ", "; ", " ")),
)
def test_a_stamp_with_a_status_is_the_same_stamp_with_a_status(
    before: str, after: str, stamp: str, status: str, between: str
) -> None:
    closing = stamp[-1]
    typed = f"{stamp[:-1]}{between}{status}{closing}"
    text = f"[[A]]\n{before}\nOne {{}}\n{after}"
    plain, with_status = read(text.format(stamp)), read(text.format(typed))
    assert with_status.leads == plain.leads
    added = len(typed) - len(stamp)
    for found, expected in zip(with_status.paragraphs, plain.paragraphs, strict=True):
        assert (found.words, found.month, found.basis) == (
            expected.words, expected.month, expected.basis,
        )  # fmt: skip
        assert len(found.text) - len(expected.text) in (0, added)
        assert (found.stamp is None) == (expected.stamp is None)
        if found.stamp and expected.stamp:
            assert found.stamp.months == expected.stamp.months
            assert found.status in ("", status.rstrip("."))
    assert any(paragraph.stamp and typed in paragraph.text for paragraph in with_status.paragraphs)


@pytest.mark.parametrize("status", WORDS.statuses)
@pytest.mark.parametrize("with_year", [False, True])
def test_the_stamp_that_is_spelt_for_a_status_is_read_as_that(status: str, with_year: bool) -> None:
    others = [
        the_paragraph(f"One {stamp}").stamp for stamp in ("[Aug. Update]", "(July update, R)")
    ]
    for stamps in ([], [stamp for stamp in others if stamp]):
        spelt = stamp_for(SEPTEMBER, stamps, status=status, with_year=with_year, words=WORDS)
        marks = read_marks(f"One. {spelt}", WORDS)
        (found,) = marks.stamps
        assert (found.months(SEPTEMBER), found.status) == ((SEPTEMBER,), status)
        assert found.text == spelt


# ---------------------------------------------------------------- doubts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "**One (September update, of track)**",
            '"(September update, of track)" was not read as a stamp, as "of track" is no status '
            'that the settings know. Did you mean "Off track"?',
        ),
        (
            "**(September update: onn track) One**",
            '"(September update: onn track)" was not read as a stamp, as "onn track" is no status '
            'that the settings know. Did you mean "On track"?',
        ),
        (
            "**One (September update, not on track).**",
            '"(September update, not on track)" was not read as a stamp, as "not on track" is no '
            "status that the settings know.",
        ),
        (
            "**One (September update, foo)**",
            '"(September update, foo)" was not read as a stamp, as "foo" is no status that the '
            "settings know.",
        ),
        (
            "One (July update, Off track) (August update)",
            '"(July update, Off track) (August update)" names a status in a stamp that is not of '
            "its newest month. It was not read.",
        ),
        (
            "One COMPLETE (July update, Off track)",
            '"COMPLETE" was not read: its stamp says "Off track".',
        ),
        (
            "One (Juyl update, Off track)\nTwo (August update)",
            '"(Juyl update, Off track)" is a stamp that names no month. Did you mean "July"?',
        ),
        (
            "One (July update, off track). Two (August update)",
            '"(July update, off track)" stands within a line and was not read as a stamp. Begin a '
            "new line after it.",
        ),
    ],
)  # fmt: skip
def test_a_doubtful_status_is_said(text: str, said: str) -> None:
    assert said in doubts(text)


@pytest.mark.parametrize(
    "text",
    [
        "One (July update, Off track)",
        "One. It is complete. (July update, Off track)",
        "One COMPLETE (July update, complete)",
        "One (July update, complete)",
        "(July update, Off track)",
        "**(September update)**",
        "The July update (off track, of course) went out (August update)",
        "**The plan (July update, part 2) went out. (September update)**",
        "(July update, on track) (July update, Off track)",
    ],
)
def test_a_plain_status_is_not_doubtful(text: str) -> None:
    assert doubts(text) == []


def test_an_empty_stamp_is_doubtful_before_the_month_of_the_plan_only() -> None:
    assert doubts("(August update)") == ['"(August update)" is a stamp without words.']
    assert doubts("**(September update)**") == []


# ---------------------------------------------------------------- how the work stands


def statuses(text: str, colours: tuple[str, ...] = (), newest: Month = SEPTEMBER) -> list[str]:
    """What a lead's paragraphs say of three months; what was typed stands in quotes."""
    said = read(f"[[A]]\n{text}").paragraphs
    found = []
    for month in (JULY, AUGUST, SEPTEMBER):
        now = colours if month >= newest else ()
        status = status_in(month, said, now, PLANS, StatusMeaning.ON_TRACK)
        meaning = status.meaning.words if status.meaning else ""
        found.append(f'"{status.typed}" {meaning}' if status.typed else meaning)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One (July update)", ["on track", "", ""]),
        ("One (July update, Off track)", ['"Off track" significant slippage', "", ""]),
        ("(July update, Off track)", ['"Off track" significant slippage', "", ""]),
        (
            "One (July update, Off track)\nTwo (July update)",
            ['"Off track" significant slippage', "", ""],
        ),
        (
            "One (July update, on track)\nTwo (July update, Off track)",
            ['"Off track" significant slippage', "", ""],
        ),
        (
            "One COMPLETE (July update, Off track)",
            ['"Off track" significant slippage', "", ""],
        ),
        (
            "One COMPLETE (July update)\nTwo (August update, Off track)",
            ["on track", '"Off track" significant slippage', ""],
        ),
        ("One (August update, Complete)", ["", '"Complete" complete', "complete"]),
        ("(August update, complete)", ["", '"complete" complete', "complete"]),
        (
            "One (July update)\nTwo (August update, Complete)\nThree (September update)",
            ["on track", '"Complete" complete', "on track"],
        ),
        ("(July update, complete)\nOne\nTwo", ['"complete" complete', "complete", "complete"]),
        ("One (July update, Closed)", ['"Closed" closed', "closed", "closed"]),
        (
            "One (July update, Closed)\nTwo (August update)",
            ['"Closed" closed', "on track", ""],
        ),
        ("One (July update, Closed)\n**Two**", ['"Closed" closed', "closed", "on track"]),
        ("One (July update, on hold)", ['"on hold" on hold', "", ""]),
        (
            "One (July update, Closed)\n**(September update)**",
            ['"Closed" closed', "closed", "closed"],
        ),
        ("One COMPLETE (July update)", ["complete", "complete", "complete"]),
        (
            "One (July update, Off track) (August update)",
            ["", "on track", ""],
        ),
    ],
)  # fmt: skip
def test_a_typed_status_decides_for_its_month(text: str, expected: list[str]) -> None:
    assert statuses(text) == expected


def test_words_of_an_unknown_month_leave_open_whether_it_is_still_closed() -> None:
    text = "One (July update, Closed)\nTwo"
    assert statuses(text) == ['"Closed" closed', "", ""]


def test_a_status_of_an_unknown_month_speaks_for_its_own_words_only() -> None:
    assert statuses("One (Update, complete)") == ["complete", "complete", "complete"]
    assert statuses("One (Update, complete)\nTwo") == ["", "", ""]


def test_a_typed_status_comes_before_colours() -> None:
    runs = [
        CommentaryRun("A", True, True),
        CommentaryRun("\nOne (July update, on track)", colour=RED),
    ]
    said = read_commentary(runs, WORDS, SEPTEMBER).paragraphs
    assert status_in(JULY, said, (RED,), PLANS, None) == (StatusMeaning.ON_TRACK, "on track")
    plain = [*runs[:1], runs[1]._replace(text="\nOne (July update)")]
    said = read_commentary(plain, WORDS, SEPTEMBER).paragraphs
    assert status_in(JULY, said, (), PLANS, None) == (StatusMeaning.SIGNIFICANT_SLIPPAGE, "")


def test_colours_of_now_say_nothing_while_a_typed_status_is_the_newest() -> None:
    typed = "One (July update, Off track)"
    assert statuses(typed, (GREEN,), JULY) == ['"Off track" significant slippage', "", ""]
    assert statuses("One (July update)", (GREEN,), JULY) == ["complete", "complete", "complete"]
    later = f"{typed}\nTwo (August update)"
    assert statuses(later, (GREEN,), AUGUST)[1:] == ["complete", "complete"]


def test_a_status_beside_the_colour_of_what_is_complete_is_not_complete() -> None:
    runs = [CommentaryRun("A", True, True), CommentaryRun("\nOne (July update, R)", colour=GREEN)]
    said = read_commentary(runs, WORDS, SEPTEMBER).paragraphs
    assert not is_complete(said, SEPTEMBER, PLANS)


def test_a_status_that_the_vocabulary_does_not_know_stands_as_typed() -> None:
    words = replace(WORDS, statuses=("Steady",))
    said = read("[[A]]\nOne (July update, steady)", words).paragraphs
    assert status_in(JULY, said, (), PLANS, StatusMeaning.ON_TRACK) == MonthStatus(None, "steady")


# ---------------------------------------------------------------- the month of a plan


def test_stamps_with_a_status_tell_the_month_of_a_plan() -> None:
    lines = [
        "One (June 2023 update)",
        "Two (July update, Off track)",
        "Two (July update, Off track)",
    ]
    assert plan_month(lines, [], WORDS, Month(2026, 1)) == JULY
    assert plan_month(lines[1:], ["Plan of August 2022"], WORDS, Month(2026, 1)) == Month(2022, 7)
    assert plan_month(lines[1:], ["Plan of August 2027"], WORDS, Month(2026, 1)) == Month(2025, 7)
    assert plan_month([], [], WORDS, Month(2026, 1)) == Month(2026, 1)
