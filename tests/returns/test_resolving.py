"""Carrying out what officers chose on Conflicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.model.return_records import ConflictRecord, ReturnRecords
from sheetplan.model.support import Standing
from sheetplan.returns.content import Merging
from sheetplan.returns.resolving import resolve
from tests.returns.building import (
    JULY,
    JUNE,
    NOW,
    STANDARD,
    Council,
    codes,
    returned,
    tracker,
)

PLAN = tracker("OC.A1.1 | Ann + Bob | Jul-26 | | On track:\nOC.A1.2 | Ann | Jul-26 | | : text")
KEY = "OC.A1.1"
USE, KEEP = "Use this answer", "Keep the tracker's"


def in_conflict() -> Council:
    """Ann says "a" and Bob says "b"."""
    here = Council(PLAN)
    here.collect(
        returned(PLAN, "Ann", {KEY: {"update": "a"}}),
        returned(PLAN, "Bob", {KEY: {"update": "b"}}),
    )
    return here


def rows(here: Council) -> dict[str, str]:
    """What became of each answer."""
    return {row.answer: row.outcome for row in here.records.conflicts}


def is_nothing(merging: Merging) -> bool:
    return not (merging.writes or merging.changes.added or merging.changes.changed)


def test_nothing_happens_before_anything_is_chosen() -> None:
    merging = in_conflict().resolve()
    assert is_nothing(merging)
    assert merging.findings == ()


def test_a_chosen_answer_is_written_and_the_others_are_settled() -> None:
    here = in_conflict()
    here.choose(b=USE)
    merging = here.resolve()
    assert here.says(KEY, "update") == "b"
    assert rows(here) == {"a": "Not used 7 August 2026", "b": "Used 7 August 2026"}
    assert here.logged[-1] == ("Chosen", "Bob", KEY, "update", "", "b")
    assert merging.findings == ()
    assert is_nothing(here.resolve())


@pytest.mark.parametrize("typed", ["use this answer", " USE THIS ANSWER. ", "use this", "Use"])
def test_a_choice_is_known_however_it_is_typed(typed: str) -> None:
    here = in_conflict()
    here.choose(b=typed)
    here.resolve()
    assert here.says(KEY, "update") == "b"


@pytest.mark.parametrize("typed", ["keep the tracker’s", "Keep"])
def test_keeping_is_known_however_it_is_typed(typed: str) -> None:
    here = in_conflict()
    here.choose(a=typed)
    here.resolve()
    assert rows(here)["a"] == "Tracker kept 7 August 2026"


@pytest.mark.parametrize("typed", ["yes", "x", "?", "answer", "use this answer please"])
def test_what_is_no_choice_is_not_carried_out(typed: str) -> None:
    here = in_conflict()
    here.choose(b=typed)
    merging = here.resolve()
    assert is_nothing(merging)
    assert codes(merging) == ["choice-not-understood"]


def test_keeping_the_trackers_settles_that_row_only() -> None:
    here = in_conflict()
    here.choose(a=KEEP)
    merging = here.resolve()
    assert (merging.writes, merging.changes.added) == ((), ())
    assert rows(here) == {"a": "Tracker kept 7 August 2026", "b": ""}
    assert here.says(KEY, "update") == ""


def test_one_is_used_while_the_other_says_to_keep() -> None:
    here = in_conflict()
    here.choose(a=KEEP, b=USE)
    here.resolve()
    assert rows(here) == {"a": "Not used 7 August 2026", "b": "Used 7 August 2026"}


def test_two_chosen_answers_to_one_cell_are_not_carried_out() -> None:
    here = in_conflict()
    here.choose(a=USE, b=USE)
    merging = here.resolve()
    assert is_nothing(merging)
    assert codes(merging) == ["choice-twice", "choice-twice"]


def test_a_choice_that_is_not_understood_is_told_with_the_nearest() -> None:
    here = in_conflict()
    here.choose(a="Use this anser", b=USE)
    merging = here.resolve()
    assert is_nothing(merging)
    assert [f.message for f in merging.findings] == [
        '"Use this anser" is not one of the choices. Did you mean "Use this answer"? Choose "Use '
        'this answer" or "Keep the tracker\'s".'
    ]


def test_a_choice_is_not_carried_out_where_the_tracker_was_changed_since() -> None:
    here = in_conflict()
    here.choose(b=USE)
    here.type(KEY, "update", "by hand")
    merging = here.resolve()
    assert is_nothing(merging)
    assert codes(merging) == ["choice-not-carried-out"]
    assert 'the tracker says "by hand" now' in merging.findings[0].message
    assert here.says(KEY, "update") == "by hand"


def test_a_chosen_answer_that_somebody_typed_already_is_only_settled() -> None:
    here = in_conflict()
    here.choose(b=USE)
    here.type(KEY, "update", "b")
    merging = here.resolve()
    assert (merging.writes, merging.changes.added, merging.findings) == ((), (), ())
    assert rows(here)["b"] == "Used 7 August 2026"


def test_a_blank_answer_that_is_chosen_clears_the_cell() -> None:
    here = Council(PLAN)
    here.collect(returned(PLAN, "Ann", {"OC.A1.2": {"update": ""}}))
    here.choose(blank=USE)
    merging = here.resolve()
    assert (merging.writes[0].runs, here.says("OC.A1.2", "update")) == ((), "")


def test_a_chosen_answer_that_contradicts_its_row_is_told() -> None:
    here = Council(PLAN)
    here.type(KEY, "status", "Complete")
    here.collect(returned(PLAN, "Ann", {KEY: {"status": "On hold"}}))
    here.choose(**{"On hold": USE})
    assert codes(here.resolve()) == ["update-missing"]


def test_answers_that_are_chosen_for_one_row_together_are_looked_at_together() -> None:
    here = Council(PLAN)
    here.collect(
        returned(PLAN, "Ann", {KEY: {"status": "On hold", "update": "a"}}),
        returned(PLAN, "Bob", {KEY: {"status": "Complete", "update": "b"}}),
    )
    here.choose(**{"On hold": USE, "a": USE})
    merging = here.resolve()
    assert (here.says(KEY, "status"), here.says(KEY, "update")) == ("On hold", "a")
    assert merging.findings == ()


def test_a_chosen_answer_stays_when_returns_are_collected_again() -> None:
    here = in_conflict()
    here.choose(b=USE)
    here.resolve()
    merging = here.collect(
        returned(PLAN, "Ann", {KEY: {"update": "a"}}),
        returned(PLAN, "Bob", {KEY: {"update": "b"}}),
    )
    assert (merging.writes, here.says(KEY, "update")) == ((), "b")
    assert here.open_conflicts == []


# ---------------------------------------------------------------- rows that officers changed


def conflict(**changed: object) -> ConflictRecord:
    row = ConflictRecord(JULY, KEY, "update", "", "a", "Ann", "Ann.xlsx", choice=USE)
    return replace(row, standing=Standing("Conflicts", 5, {"choice": "G"}), **changed)


def resolved(row: ConflictRecord, **how) -> Merging:
    return resolve(PLAN, JULY, ReturnRecords(conflicts=(row,)), STANDARD, NOW, **how)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"key": "OC.A9.9"}, "the tracker has no action OC.A9.9."),
        ({"field": "Colour"}, "the tracker has no Colour of OC.A1.1."),
    ],
)
def test_a_choice_for_a_cell_that_is_not_there_is_told(changed, reason: str) -> None:
    merging = resolved(conflict(**changed))
    assert is_nothing(merging)
    (finding,) = merging.findings
    assert finding.message == f"the choice was not carried out: {reason}"
    assert (finding.sheet, finding.cell) == ("Conflicts", "G5")


def test_a_choice_for_a_cell_that_cannot_be_written_is_told() -> None:
    merging = resolved(conflict(), obstacle=lambda action, field, text: "It holds a formula.")
    assert is_nothing(merging)
    assert merging.findings[0].message == "the choice was not carried out: It holds a formula."


def test_a_choice_for_another_month_waits_and_is_told() -> None:
    merging = resolved(conflict(month=JUNE))
    assert is_nothing(merging)
    assert merging.findings[0].message == (
        "A choice for June 2026 will be carried out when you run this with --month 2026-06."
    )


def test_a_settled_row_is_left_alone() -> None:
    assert is_nothing(resolved(conflict(outcome="Used 1 August 2026")))
