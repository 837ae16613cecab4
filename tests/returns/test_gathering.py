"""What in a return is an answer, what is a request, and what is neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sheetplan.model.action import Tracker
from sheetplan.model.owner_return import ReceivedCell
from sheetplan.returns.content import Outcome
from sheetplan.returns.merging import merge
from tests.returns.building import (
    FILLED,
    FIRST,
    FORMULA,
    JULY,
    NOW,
    PLAN,
    SHARED,
    STANDARD,
    Council,
    answers_of,
    asking_of,
    codes,
    council,
    outcomes,
    returned,
    texts_of,
    tracker,
    with_rows,
)

# ---------------------------------------------------------------- rows that are not as sent


def test_an_inserted_row_shifts_no_answer() -> None:
    here = council()
    item = returned(PLAN, "Ann", {FIRST: {"update": "first"}, SHARED: {"update": "second"}})
    here.collect(with_rows(item, [{"action": "see below"}, *texts_of(item)]))
    assert (here.says(FIRST, "update"), here.says(SHARED, "update")) == ("first", "second")


def test_copies_of_a_row_that_agree_are_one() -> None:
    here = council()
    item = returned(PLAN, "Ann", {FIRST: {"update": "mine"}})
    merging = here.collect(with_rows(item, [*texts_of(item), texts_of(item)[0]]))
    assert outcomes(merging) == {"H12": Outcome.MERGED, "H15": Outcome.SAME}
    assert here.record("Ann").merged == 1


def test_copies_of_a_row_that_differ_are_in_conflict() -> None:
    here = council()
    item = returned(PLAN, "Ann", {FIRST: {"update": "mine"}})
    copy = {**texts_of(item)[0], "update": "mine too"}
    here.collect(with_rows(item, [*texts_of(item), copy]))
    assert [row[3] for row in here.open_conflicts] == ["mine", "mine too"]


def test_an_empty_copy_of_a_row_clears_nothing() -> None:
    here = council()
    item = returned(PLAN, "Bob", {FILLED: {"update": "more"}})
    merging = here.collect(with_rows(item, [*texts_of(item), {"reference": FILLED}]))
    assert here.says(FILLED, "update") == "more"
    assert outcomes(merging) == {"H13": Outcome.MERGED}


def test_an_unknown_reference_is_rejected_cell_by_cell() -> None:
    here = council()
    item = with_rows(
        returned(PLAN, "Ann"), [{"reference": "OC.A1.9", "status": "Complete", "update": "Done"}]
    )
    merging = here.collect(item)
    assert outcomes(merging) == {"G12": Outcome.REJECTED, "H12": Outcome.REJECTED}
    assert {answer.key for answer in merging.answers} == {"OC.A1.9"}
    assert 'no action "OC.A1.9". The nearest is OC.A1.' in merging.answers[0].reason


def test_an_altered_reference_is_found_by_its_wording_and_asked_for() -> None:
    here = council()
    item = returned(PLAN, "Ann", {FIRST: {"reference": "OC.X1.1", "status": "On track"}})
    merging = here.collect(item)
    assert here.says(FIRST, "status") == "On track"
    assert here.requests == [(FIRST, "reference", FIRST, "OC.X1.1", "", "Ann")]
    assert codes(merging) == ["return-reference-altered"]
    assert merging.findings[0].place == "Ann.xlsx, Update!A12 (OC.A1.1)"


def test_a_reference_that_is_only_badly_typed_asks_for_nothing() -> None:
    here = council()
    typed = {"reference": "OCA1.1", "status": "On track"}
    merging = here.collect(returned(PLAN, "Ann", {FIRST: typed}))
    assert (here.requests, merging.findings) == ([], ())


def test_answers_to_rows_of_others_are_rejected() -> None:
    here = council()
    item = with_rows(
        returned(PLAN, "Ann"), [{"reference": FILLED, "update": "done", "date_change": "Sep-26"}]
    )
    merging = here.collect(item)
    assert outcomes(merging) == {"H12": Outcome.REJECTED, "I12": Outcome.REJECTED}
    assert merging.answers[0].reason == (
        "It is not among the rows sent to Ann. To merge it all the same, run again with "
        "--trust-owners."
    )
    assert here.record("Ann").rejected == 2


def test_what_was_edited_in_a_row_that_is_rejected_is_rejected_with_it() -> None:
    here = council()
    mine, *_ = texts_of(returned(PLAN, "Ann"))
    texts = {**mine, "reference": FILLED, "action": "", "due_date": "Mar-30", "status": "Complete"}
    merging = here.collect(with_rows(returned(PLAN, "Ann"), [texts]))
    assert {answer.text for answer in merging.answers} == {"Mar-30", "Complete"}
    assert set(outcomes(merging).values()) == {Outcome.REJECTED}


def test_trusted_owners_may_answer_rows_of_others_where_nothing_stands() -> None:
    plan = tracker("OC.A1.1 | Ann | Jul-26\nOC.A1.2 | Bob | Jul-26 | | : seen")
    here = Council(plan)
    item = with_rows(
        returned(plan, "Bob"),
        [{"reference": FIRST, "update": "done"}, {"reference": SHARED, "update": "seen"}],
    )
    here.collect(item)
    assert (here.says(FIRST, "update"), here.record("Bob").rejected) == ("", 1)
    here.collect(item, trust_owners=True)
    assert (here.says(FIRST, "update"), here.record("Bob").rejected) == ("done", 0)
    ann = with_rows(returned(plan, "Ann"), [{"reference": SHARED, "update": "other"}])
    here.collect(ann, trust_owners=True)
    assert here.open_conflicts == [(SHARED, "update", "seen", "other", "Ann")]


def test_pasted_rows_without_answers_are_told_once() -> None:
    item = returned(PLAN, "Ann")
    junk = [{"action": f"pasted {n}"} for n in range(10_000)]
    merging = council().collect(with_rows(item, [*texts_of(item), *junk]))
    assert (merging.answers, codes(merging)) == ((), ["return-row-unknown"])
    assert "9992 more" in merging.findings[0].cell


def test_pasted_rows_with_answers_are_all_accounted_for() -> None:
    item = returned(PLAN, "Ann")
    junk = [{"update": f"pasted {n}"} for n in range(10_000)]
    merging = council().collect(with_rows(item, [*texts_of(item), *junk]))
    assert merging.tallies[0].rejected == 10_000
    assert {a.reason for a in merging.answers} == {
        "It has no reference, and no wording that was sent."
    }


# ---------------------------------------------------------------- what was sent is not known


def forgotten(owner: str, **typed: str):
    return replace(returned(PLAN, owner, {FILLED: typed}), sent=None)


def test_without_what_was_sent_a_blank_cell_takes_an_answer() -> None:
    here = council()
    merging = here.collect(replace(returned(PLAN, "Ann", {FIRST: {"update": "x"}}), sent=None))
    assert (here.says(FIRST, "update"), merging.tallies[0].asked) == ("x", 2)


def test_without_what_was_sent_another_text_is_a_conflict() -> None:
    here = council()
    here.collect(forgotten("Bob", update="more"))
    assert here.open_conflicts == [(FILLED, "update", "seen", "more", "Bob")]


@pytest.mark.parametrize("text", ["seen", ""])
def test_without_what_was_sent_the_trackers_text_and_blanks_are_no_answer(text: str) -> None:
    merging = council().collect(forgotten("Bob", update=text))
    assert merging.answers == ()


# ---------------------------------------------------------------- what is not an answer


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (
            FORMULA,
            "It holds a formula (=3+4), and an answer has to be typed.",
        ),
        (ReceivedCell("", "#REF!", is_error=True), "It shows an error."),
    ],
)
def test_a_formula_or_an_error_is_shown_and_not_merged(cell, reason: str) -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"status": cell, "date_change": cell}}))
    assert answers_of(merging, "Ann") == [("rejected", reason)] * 2
    assert [a.text for a in merging.answers] == [cell.text] * 2
    assert (here.says(FIRST, "status"), here.requests) == ("", [])


def test_a_cell_of_the_tracker_that_cannot_be_written_rejects_its_answer() -> None:
    def obstacle(action, field: str, text: str) -> str:
        return "It is merged." if (action.reference_text, field) == (FIRST, "status") else ""

    item = returned(PLAN, "Ann", {FIRST: {"status": "On track", "update": "x"}})
    merging = merge(
        [item], PLAN, JULY, STANDARD, council().records, asking_of(PLAN),
        trust_owners=False, now=NOW, obstacle=obstacle,
    )  # fmt: skip
    assert [(a.outcome.value, a.reason) for a in merging.answers] == [
        ("merged", ""),
        ("rejected", "It is merged."),
    ]


# ---------------------------------------------------------------- change requests


def test_a_date_is_asked_for_with_its_reason() -> None:
    here = council()
    item = returned(
        PLAN, "Ann", {FIRST: {"date_change": "Sep-26", "date_change_reason": "No staff"}}
    )
    merging = here.collect(item)
    assert outcomes(merging) == {"I12": Outcome.CHANGE_REQUEST, "J12": Outcome.CHANGE_REQUEST}
    assert here.requests == [(FIRST, "due_date", "Jul-26", "Sep-26", "No staff", "Ann")]
    assert here.records.requests[0].received == date(2026, 8, 7)
    assert here.record("Ann").requests == 1
    assert here.collect(item).changes.added == ()


def test_a_reason_without_a_date_is_kept_and_told() -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"date_change_reason": "No staff"}}))
    assert here.requests == [(FIRST, "due_date", "Jul-26", "", "No staff", "Ann")]
    assert codes(merging) == ["date-change-without-date"]
    assert merging.findings[0].place == "Plan!C5 (OC.A1.1)"


def test_a_date_that_cannot_be_read_is_kept_and_told() -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"date_change": "when we can"}}))
    assert [row[3] for row in here.requests] == ["when we can"]
    assert codes(merging) == ["date-change-unreadable"]


@pytest.mark.parametrize(
    ("field", "text", "before"),
    [
        ("action", "Do less", "Do OC.A1.1"),
        ("due_date", "Aug-26", "Jul-26"),
        ("due_date", "1 July 2026", "Jul-26"),
        ("last_status", "Complete", "On track"),
        ("workstream", "Other", ""),
    ],
)
def test_an_edited_locked_cell_is_asked_for_and_not_merged(field, text, before) -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {field: text}}))
    assert here.requests == [(FIRST, field, before, text, "", "Ann")]
    assert merging.writes == ()


def test_a_due_date_in_other_words_is_not_asked_for() -> None:
    merging = council().collect(
        returned(
            PLAN, "Ann", {FIRST: {"due_date": "July 2026"}, SHARED: {"due_date": "31/07/2026"}}
        )
    )
    assert merging.answers == ()


def test_what_the_tracker_says_by_now_is_not_asked_for() -> None:
    item = returned(PLAN, "Ann", {FIRST: {"due_date": "Sep-26"}})
    here = Council(tracker("OC.A1.1 | Ann | Sep-26"))
    here.collect(replace(item, rows=item.rows[:1]))
    assert here.requests == []


def test_a_locked_cell_that_came_back_blank_asks_for_nothing() -> None:
    typed = {FIRST: {"due_date": "", "last_update": ""}}
    merging = council().collect(returned(PLAN, "Ann", typed))
    assert (merging.answers, codes(merging)) == ((), ["return-locked-blank"])
    assert merging.findings[0].cell == "D12 and F12"


def test_a_new_action_is_asked_for() -> None:
    here = council()
    row = {"theme": "Theme 1", "action": "Hire", "due_date": "Sep-26", "reason": "Gap"}
    merging = here.collect(returned(PLAN, "Ann", new_actions=[row]))
    assert here.requests == [
        ("", "new_action", "", "Theme: Theme 1; Action: Hire; Due date: Sep-26", "Gap", "Ann")
    ]
    assert [a.cell for a in merging.answers] == [f"New actions!{c}4" for c in "ACEG"]
    assert merging.tallies[0].requests == 4


# ---------------------------------------------------------------- rows that are other rows by now

REPEATED = tracker(
    """
    OC.A1.1 | Ann |  | On track: Ann's own June
    OC.A1.1 | Bob |  | On hold: Bob's own June
    """
)


def worded(plan: Tracker, *wordings: str) -> Tracker:
    """The tracker with other wordings of its actions."""
    (theme,) = plan.themes
    actions = tuple(
        replace(action, fields={**action.fields, "action": wording})
        for action, wording in zip(theme.actions, wordings, strict=True)
    )
    return replace(plan, themes=(replace(theme, actions=actions),))


def without_first(plan: Tracker) -> Tracker:
    (theme,) = plan.themes
    return replace(plan, themes=(replace(theme, actions=theme.actions[1:]),))


def test_an_answer_to_a_deleted_row_is_not_put_into_the_one_that_has_its_reference_now() -> None:
    plan = worded(REPEATED, "Agree the strategy", "Publish the register")
    item = returned(plan, "Ann", {"OC.A1.1": {"update": "of the strategy"}})
    here = Council(without_first(plan))
    merging = here.collect(item)
    assert here.says("OC.A1.1", "update") == ""
    ((outcome, reason),) = answers_of(merging, "Ann")
    assert outcome == "rejected"
    assert reason == (
        "The tracker has another action under OC.A1.1 than was sent: its wording and what was said "
        "of it last month differ. Put the answer in by hand where it belongs."
    )
    (tally,) = merging.tallies
    assert (tally.asked, tally.answered, tally.missing) == (1, 0, 1)


def test_an_answer_to_a_row_that_officers_worded_anew_is_merged() -> None:
    plan = worded(REPEATED, "Agree the strategy", "Publish the register")
    item = returned(plan, "Ann", {"OC.A1.1": {"update": "of the strategy"}})
    here = Council(worded(plan, "Agree and publish the strategy", "Publish the register"))
    here.collect(item)
    assert here.says("OC.A1.1", "update") == "of the strategy"
