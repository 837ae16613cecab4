"""Splitting milestone cells: what is certain, what is doubtful, and that no word is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.wording import words_of
from sheetplan.reports.milestone_splitting import SplitCell, split_milestones
from tests.reports.building import STANDARD


def split(text: str) -> SplitCell:
    return split_milestones(text, STANDARD)


def wordings(text: str) -> list[str]:
    return [piece.wording for piece in split(text).pieces]


# ---------------------------------------------------------------- where it divides


@pytest.mark.parametrize(
    "text",
    [
        "Design agreed\nPilot complete",
        "- Design agreed\n- Pilot complete",
        "• Design agreed\n\n• Pilot complete",
        "1. Design agreed\n2. Pilot complete",
        "a) Design agreed\nb) Pilot complete",
        "1) Design agreed 2) Pilot complete",
        "- Design agreed - Pilot complete",
        "– Design agreed – Pilot complete",
        "• Design agreed • Pilot complete",
        "Design agreed • Pilot complete",
        "Design agreed;\nPilot complete;",
    ],
)
def test_bullets_dashes_and_line_breaks_divide_a_cell(text: str) -> None:
    assert split(text).doubt == ""
    assert wordings(text) == ["Design agreed", "Pilot complete"]


def test_a_bulleted_line_goes_on_in_a_line_with_small_letters() -> None:
    found = split("- Design agreed by\nthe whole board\n- Pilot complete")
    assert [piece.wording for piece in found.pieces] == [
        "Design agreed by the whole board",
        "Pilot complete",
    ]
    assert found.doubt == ""


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Design agreed by\nFull Council", "may only go on"),
        ("Design of the new\npilot agreed", "may only go on"),
        ("Milestones:\nDesign agreed", "may only go on"),
        ("Design agreed\nMarch 2027", "only a date or a status"),
        ("Design agreed\nOn track", "only a date or a status"),
        ("Phase 2\n- Design agreed\n- Pilot complete", "only some of its lines have a bullet"),
        ("- Design agreed\nPilot complete", "only some of its lines have a bullet"),
        ("• Design agreed\n- Pilot complete", "bullets of several kinds"),
        ("2. Design agreed\n7. Pilot complete", "bullets of several kinds"),
        ("- Design agreed\n-\n- Pilot complete", "nothing behind it"),
        ("Design agreed\nPilot begun • Pilot complete", "a bullet in it"),
    ],
)
def test_lines_that_do_not_divide_it_for_certain_leave_one_milestone(text: str, doubt: str) -> None:
    found = split(text)
    assert doubt in found.doubt
    assert len(found.pieces) == 1
    assert words_of(found.pieces[0].typed) == words_of(text)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Design agreed; Pilot complete", "a semicolon"),
        ("Depot - Design agreed", "a dash"),
        ("Design of the depot, Pilot of the rounds", "a comma"),
        ("Design agreed Pilot complete", '"agreed"'),
        ("Board in place Programme in place", '"in place"'),
        ("Appointment of designer Appointment of builder", '"Appointment" stands in it twice'),
        ("Q4 report Depot Management Plan", '"Depot"'),
        ("Milestones: • Design agreed • Pilot complete", "a bullet"),
    ],
)
def test_one_line_that_may_be_several_milestones_is_said(text: str, doubt: str) -> None:
    found = split(text)
    assert doubt in found.doubt
    assert [words_of(piece.typed) for piece in found.pieces] == [words_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Design agreed",
        "Agreement of renewed Councillor Training Programme for the year",
        "Business Case for New Depot Team approved",
        "First 30 year Business Plan approved",
        "Design reported to Cabinet, Council",
        "Design complete and builder appointed",
        "Savings of £1.5m -5% on last year",
        "Co-production framework in place",
        "Design agreed by Full Council",
    ],
)
def test_one_plain_milestone_raises_no_doubt(text: str) -> None:
    found = split(text)
    assert found.doubt == ""
    assert [piece.wording for piece in found.pieces] == [text]


@pytest.mark.parametrize(
    "text", ["", "  ", "N/A", "n/a AA", "AA n/a", "n/a assurance", "-", "None"]
)
def test_a_cell_that_says_there_is_none_has_no_milestone(text: str) -> None:
    assert split(text).pieces == ()
    assert split(text).doubt == ""


# ---------------------------------------------------------------- what stands at the end


@pytest.mark.parametrize(
    ("text", "wording", "due"),
    [
        ("Design agreed by Mar-27", "Design agreed", "Mar-27"),
        ("Draft accounts by 30 June 2026", "Draft accounts", "30 June 2026"),
        ("Design agreed - July 2026", "Design agreed", "July 2026"),
        ("Design agreed- July 2026.", "Design agreed", "July 2026"),
        ("Design agreed (Autumn 2026)", "Design agreed", "Autumn 2026"),
        ("Design agreed, due Q3 2026/27", "Design agreed,", "Q3 2026/27"),
        ("Design agreed: end of Sept 26", "Design agreed", "end of Sept 26"),
        ("Carbon neutral by 2030", "Carbon neutral", "2030"),
    ],
)
def test_a_date_behind_a_separator_is_the_due_date(text: str, wording: str, due: str) -> None:
    (piece,) = split(text).pieces
    assert (piece.wording, piece.due, piece.status) == (wording, due, "")


@pytest.mark.parametrize(
    "text",
    [
        "Budget set in February 2027",
        "Three-year grants from April 2027",
        "Vision – 2030",
        "Sign off of 2024/25 accounts",
        "Design agreed by March",
        "Design agreed by Mrach 2027",
        "Council tax collection of 96.5%",
        "Pilot - 12 sites",
        "July 2026",
    ],
)
def test_what_may_be_no_due_date_stays_in_the_wording(text: str) -> None:
    (piece,) = split(text).pieces
    assert (piece.wording, piece.due) == (text, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Design agreed - Complete", ("Design agreed", "", "Complete", "")),
        ("Design agreed. complete", ("Design agreed", "", "complete", "")),
        ("Design agreed (on hold)", ("Design agreed", "", "on hold", "")),
        ("Design agreed- July 26. On track", ("Design agreed", "July 26", "On track", "")),
        ("Design agreed – Complete May 2026", ("Design agreed", "", "Complete", "May 2026")),
    ],
)
def test_a_mark_behind_a_separator_is_the_status(
    text: str, expected: tuple[str, str, str, str]
) -> None:
    (piece,) = split(text).pieces
    assert (piece.wording, piece.due, piece.status, piece.completed) == expected


def test_a_date_beside_complete_may_be_either_and_stays() -> None:
    (piece,) = split("Design agreed - March 2026. Complete").pieces
    assert (piece.wording, piece.due, piece.status) == (
        "Design agreed - March 2026",
        "",
        "Complete",
    )


@pytest.mark.parametrize("text", ["Pilot complete", "Design phase complete", "Board on hold"])
def test_a_mark_that_is_part_of_the_sentence_stays(text: str) -> None:
    (piece,) = split(text).pieces
    assert (piece.wording, piece.status) == (text, "")


# ---------------------------------------------------------------- properties

_STRETCHES = st.sampled_from(
    "Design~agreed~Pilot~complete~the~in place~£6m~96.5%~N/A~by~- ~• ~ – ~; ~, ~. ~: ~1. ~2. ~a) "
    "~b) ~\n~\n\n~ ~Mar-27~July 2026~Autumn 2026~2030~Complete~(on hold)~On track~due".split("~")
)
_CELLS = st.lists(_STRETCHES, max_size=14).map(" ".join)


@given(_CELLS)
def test_the_pieces_of_a_cell_hold_all_of_its_words_in_their_order(text: str) -> None:
    pieces = split(text).pieces
    if pieces:
        typed = [word for piece in pieces for word in words_of(piece.typed)]
        assert typed == words_of(text)


@given(_CELLS)
def test_no_word_of_a_piece_is_lost_or_made_up(text: str) -> None:
    for piece in split(text).pieces:
        parts = (piece.wording, piece.due, piece.status, piece.completed)
        kept = [word for part in parts for word in words_of(part)]
        left = words_of(piece.typed)
        for word in kept:
            left.remove(word)  # raises where the word was never there
        # What is left is the bullet's number or letter, and the words before a date.
        assert set(left) <= {"1", "2", "a", "b", "by", "due"}
        assert words_of(piece.wording)


def test_a_cell_of_the_greatest_length_is_split_at_once() -> None:
    text = "Design agreed, " * 2000
    assert len(split(text).pieces) == 1
