"""What becomes of an answer, by what was sent and what the tracker says now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from sheetplan.model.owner_return import ReceivedCell, TextRun
from sheetplan.returns.content import Outcome
from tests.returns.building import (
    CLOSED,
    FILLED,
    FIRST,
    PLAN,
    SHARED,
    Council,
    answers_of,
    codes,
    council,
    outcomes,
    returned,
    tracker,
    with_rows,
)

# ---------------------------------------------------------------- one side changed


def test_an_answer_is_written_and_logged() -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"status": "On track", "update": "Ok"}}))
    assert outcomes(merging) == {"G12": Outcome.MERGED, "H12": Outcome.MERGED}
    assert (here.says(FIRST, "status"), here.says(FIRST, "update")) == ("On track", "Ok")
    assert here.logged == [
        ("Merged", "Ann", FIRST, "status", "", "On track"),
        ("Merged", "Ann", FIRST, "update", "", "Ok"),
    ]
    assert merging.findings == ()


def test_what_came_back_as_it_was_sent_is_no_answer() -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Bob"))
    assert (merging.answers, merging.writes) == ((), ())
    assert here.says(FILLED, "update") == "seen"


def test_blanks_that_programs_add_are_no_answer() -> None:
    merging = council().collect(returned(PLAN, "Bob", {FILLED: {"update": " seen \r\n"}}))
    assert merging.answers == ()


def test_an_officers_edit_stays_where_the_owner_changed_nothing() -> None:
    here = council()
    here.type(FILLED, "update", "by telephone")
    merging = here.collect(returned(PLAN, "Bob"))
    assert (merging.answers, here.says(FILLED, "update")) == ((), "by telephone")


def test_formatting_arrives_whole() -> None:
    runs = (TextRun("All "), TextRun("done", b"<b/>"))
    cell = ReceivedCell("", "All done", runs=runs)
    merging = council().collect(returned(PLAN, "Ann", {FIRST: {"update": cell}}))
    assert merging.writes[0].runs == runs


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-", "@Ann", "two\nlines", "Zoë – 100%"])
def test_any_text_is_an_answer(text: str) -> None:
    here = council()
    here.collect(returned(PLAN, "Ann", {FIRST: {"update": text}}))
    assert here.says(FIRST, "update") == text


def test_an_answer_to_a_row_that_was_not_asked_is_merged() -> None:
    here = council()
    here.collect(returned(PLAN, "Ann", {CLOSED: {"status": "On track"}}))
    assert here.says(CLOSED, "status") == "On track"


# ---------------------------------------------------------------- both sides changed


def test_an_answer_to_what_an_officer_edited_since_is_a_conflict() -> None:
    here = council()
    here.type(FIRST, "update", "by telephone")
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"update": "mine"}}))
    assert answers_of(merging, "Ann") == [
        ("conflict", "The tracker says something else than what was sent.")
    ]
    assert here.says(FIRST, "update") == "by telephone"
    assert here.open_conflicts == [(FIRST, "update", "by telephone", "mine", "Ann")]


def test_an_officers_edit_to_the_same_words_is_no_conflict() -> None:
    here = council()
    here.type(FIRST, "update", "mine")
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"update": "mine "}}))
    assert outcomes(merging) == {"H12": Outcome.SAME}
    assert (merging.writes, here.open_conflicts) == ((), [])
    assert here.logged == [("Same answer", "Ann", FIRST, "update", "mine", "mine")]


def test_a_cleared_cell_is_a_conflict_and_stays() -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Bob", {FILLED: {"update": ""}}))
    assert answers_of(merging, "Bob") == [
        ("conflict", "It was sent with text and came back blank.")
    ]
    assert here.says(FILLED, "update") == "seen"
    assert here.open_conflicts == [(FILLED, "update", "seen", "", "Bob")]


def test_a_row_that_was_deleted_clears_nothing() -> None:
    here = council()
    sent = returned(PLAN, "Bob")
    merging = here.collect(with_rows(sent, []))
    assert (merging.answers, here.open_conflicts) == ((), [])
    assert (merging.tallies[0].asked, merging.tallies[0].missing) == (2, 2)


def test_a_column_that_was_deleted_clears_nothing_and_is_told() -> None:
    here = council()
    sent = returned(PLAN, "Bob", {FILLED: {"update": ""}})
    columns = {name: letter for name, letter in sent.columns.items() if name != "update"}
    merging = here.collect(replace(sent, columns=columns))
    assert (merging.answers, codes(merging)) == ((), ["return-column-missing"])
    assert "no column for update" in merging.findings[0].message


# ---------------------------------------------------------------- two owners of one row


def both(ann: str, bob: str):
    return (
        returned(PLAN, "Ann", {SHARED: {"update": ann}}),
        returned(PLAN, "Bob", {SHARED: {"update": bob}}),
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("is_together", [True, False])
def test_two_answers_are_both_in_conflict_whoever_comes_first(order, is_together: bool) -> None:
    here, items = council(), both("mine", "no, mine")
    if is_together:
        here.collect(*(items[at] for at in order))
    else:
        for at in order:
            here.collect(items[at])
    assert here.says(SHARED, "update") == ""
    assert here.open_conflicts == [
        (SHARED, "update", "", "mine", "Ann"),
        (SHARED, "update", "", "no, mine", "Bob"),
    ]
    assert [(here.record(o).merged, here.record(o).conflicts) for o in ("Ann", "Bob")] == [
        (0, 1),
        (0, 1),
    ]


def test_an_answer_that_is_taken_out_again_is_logged() -> None:
    here, (ann, bob) = council(), both("mine", "no, mine")
    here.collect(ann)
    assert here.says(SHARED, "update") == "mine"
    here.collect(bob)
    assert here.logged == [
        ("Merged", "Ann", SHARED, "update", "", "mine"),
        ("Withdrawn", "Ann", SHARED, "update", "mine", ""),
    ]


def test_two_owners_who_say_the_same_agree() -> None:
    here = council()
    merging = here.collect(*both("ours", "ours "))
    assert [a.outcome for a in merging.answers] == [Outcome.MERGED, Outcome.SAME]
    assert (here.says(SHARED, "update"), here.open_conflicts) == ("ours", [])
    assert (here.record("Ann").merged, here.record("Bob").merged) == (1, 1)


def test_two_spellings_of_a_status_are_two_answers() -> None:
    here = council()
    here.collect(
        returned(PLAN, "Ann", {SHARED: {"status": "On track"}}),
        returned(PLAN, "Bob", {SHARED: {"status": "On Track- little or no slippage"}}),
    )
    assert len(here.open_conflicts) == 2


def test_a_third_who_agrees_with_one_of_two_joins_them() -> None:
    plan = tracker("OC.A1.2 | Ann + Bob + Cat | Jul-26")
    items = [
        returned(plan, owner, {SHARED: {"update": text}})
        for owner, text in (("Ann", "a"), ("Cat", "a"), ("Bob", "b"))
    ]
    one, other = Council(plan), Council(plan)
    for item in items:
        one.collect(item)
    other.collect(items[2])
    other.collect(items[0])
    other.collect(items[1])
    assert one.open_conflicts == other.open_conflicts == [
        (SHARED, "update", "", "a", "Ann; Cat"),
        (SHARED, "update", "", "b", "Bob"),
    ]  # fmt: skip
    assert [one.record(o).conflicts for o in ("Ann", "Bob", "Cat")] == [1, 1, 1]


def test_who_saw_an_answer_may_change_it() -> None:
    """A return that is sent once another's answer is in the tracker shows it."""
    here = council()
    here.collect(returned(PLAN, "Ann", {SHARED: {"update": "draft"}}))
    later = returned(here.plan, "Bob", {SHARED: {"update": "final"}})
    merging = here.collect(later)
    assert (outcomes(merging), here.open_conflicts) == ({"H12": Outcome.MERGED}, [])
    assert here.says(SHARED, "update") == "final"


def test_what_was_changed_by_one_who_saw_it_is_not_asked_again() -> None:
    here = council()
    ann = returned(PLAN, "Ann", {SHARED: {"update": "draft"}})
    here.collect(ann)
    here.collect(returned(here.plan, "Bob", {SHARED: {"update": "final"}}))
    merging = here.collect(ann)
    assert answers_of(merging, "Ann") == [
        ("same answer", "It was merged before, and the cell has been changed since.")
    ]
    assert (merging.writes, merging.changes.added, merging.changes.changed) == ((), (), ())


THREE = tracker("OC.A1.2 | Ann + Bob + Cat | Jul-26 | | : base")


def test_a_late_answer_is_in_conflict_with_all_that_its_owner_did_not_see() -> None:
    ann = returned(THREE, "Ann", {SHARED: {"update": "draft"}})
    cat = returned(THREE, "Cat", {SHARED: {"update": "other"}})
    found = []
    for is_late in (True, False):
        here = Council(THREE)
        here.collect(ann)
        bob = returned(here.plan, "Bob", {SHARED: {"update": "final"}})
        for item in (bob, cat) if is_late else (cat, bob):
            here.collect(item)
        assert here.says(SHARED, "update") == "base"
        found.append([row[2:] for row in here.open_conflicts])
    assert found[0] == found[1] == [
        ("base", "draft", "Ann"),
        ("base", "final", "Bob"),
        ("base", "other", "Cat"),
    ]  # fmt: skip


def test_nothing_is_written_where_an_answer_was_undone_before_it_was_disputed() -> None:
    here = Council(THREE)
    here.collect(returned(THREE, "Ann", {SHARED: {"update": "draft"}}))
    here.collect(returned(here.plan, "Bob", {SHARED: {"update": "base"}}))
    cat = replace(returned(THREE, "Cat", {SHARED: {"update": "other"}}), sent=None)
    assert here.collect(cat).writes == ()
    assert [row[3] for row in here.open_conflicts] == ["draft", "other"]
    assert here.collect(cat).changes.added == ()


def test_two_files_of_one_owner_that_differ_are_in_conflict() -> None:
    here = council()
    here.collect(
        returned(PLAN, "Ann", {FIRST: {"update": "old"}}, file="a.xlsx"),
        returned(PLAN, "Ann", {FIRST: {"update": "new"}}, file="b.xlsx"),
    )
    assert [row[3:] for row in here.open_conflicts] == [("new", "Ann"), ("old", "Ann")]
    assert (here.record("Ann").conflicts, here.record("Ann").file) == (2, "a.xlsx; b.xlsx")


# ---------------------------------------------------------------- the same again


def test_collecting_again_changes_nothing_under_another_name_or_day() -> None:
    here, (ann, bob) = council(), both("mine", "no, mine")
    here.collect(ann, bob)
    copy = replace(ann, file="Copy of Ann.xlsx", content="the same")
    merging = here.collect(copy, bob, now=datetime(2026, 8, 20))
    assert (merging.writes, merging.changes.added, merging.changes.changed) == ((), (), ())
    assert [a.outcome for a in merging.answers] == [Outcome.CONFLICT, Outcome.CONFLICT]
    assert here.record("Ann").returned == date(2026, 8, 7)


def test_what_an_officer_changed_after_it_was_merged_is_not_merged_again() -> None:
    here = council()
    ann = returned(PLAN, "Ann", {FIRST: {"update": "mine"}})
    here.collect(ann)
    here.type(FIRST, "update", "put better")
    merging = here.collect(ann)
    assert (merging.writes, here.open_conflicts) == ((), [])
    assert here.says(FIRST, "update") == "put better"


def test_what_was_decided_on_conflicts_is_not_asked_again() -> None:
    here, items = council(), both("mine", "no, mine")
    here.collect(*items)
    here.choose(**{"mine": "Keep the tracker's", "no, mine": "Keep the tracker's"})
    here.resolve()
    merging = here.collect(*items)
    assert (merging.writes, merging.changes.added, merging.changes.changed) == ((), (), ())
    assert answers_of(merging, "Ann") == [
        ("conflict", "Settled on the Conflicts sheet: Tracker kept 7 August 2026.")
    ]


def test_a_third_answer_after_a_decision_is_a_new_conflict() -> None:
    plan = tracker("OC.A1.2 | Ann + Bob + Cat | Jul-26")
    here = Council(plan)
    here.collect(
        returned(plan, "Ann", {SHARED: {"update": "a"}}),
        returned(plan, "Bob", {SHARED: {"update": "b"}}),
    )
    here.choose(a="Use this answer")
    here.resolve()
    here.collect(returned(plan, "Cat", {SHARED: {"update": "c"}}))
    assert here.open_conflicts == [(SHARED, "update", "a", "c", "Cat")]
    assert here.says(SHARED, "update") == "a"
