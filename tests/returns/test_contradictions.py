"""Answers that are merged, and do not fit in their row."""

from __future__ import annotations

import pytest

from sheetplan.returns.content import Outcome
from tests.returns.building import (
    FIRST,
    PLAN,
    Council,
    council,
    returned,
    tracker,
)


@pytest.mark.parametrize(
    ("typed", "code", "cell"),
    [
        ({"status": "Complete", "update": "x"}, "status-before-start", "G5"),
        ({"status": "On hold"}, "update-missing", "H5"),
        ({"update": "x"}, "status-missing", "G5"),
        ({"status": "Onn track", "update": "x"}, "status-not-understood", "G5"),
    ],
)
def test_an_answer_that_contradicts_its_row_is_merged_and_told(typed, code, cell) -> None:
    here = council()
    merging = here.collect(returned(PLAN, "Ann", {FIRST: typed}))
    assert {a.outcome for a in merging.answers} == {Outcome.MERGED}
    assert [(f.code, f.place) for f in merging.findings] == [(code, f"Plan!{cell} (OC.A1.1)")]


@pytest.mark.parametrize(
    ("agreed", "ann", "bob"),
    [
        ({"update": "x"}, {"status": "On hold"}, {"status": "On track"}),
        ({"status": "On hold"}, {"update": "a"}, {"update": "b"}),
    ],
)
def test_nobody_is_asked_for_what_waits_on_conflicts(agreed, ann, bob) -> None:
    plan = tracker("OC.A1.1 | Ann + Bob | Jul-26 | | :")
    both = [
        returned(plan, name, {FIRST: agreed | typed})
        for name, typed in (("Ann", ann), ("Bob", bob))
    ]
    here = Council(plan)
    assert here.collect(*both).findings == ()
    assert here.collect(both[0]).findings == ()


def test_nobody_is_asked_for_what_still_waits_when_the_rest_is_chosen() -> None:
    plan = tracker("OC.A1.1 | Ann + Bob | Jul-26 | | :")
    here = Council(plan)
    here.collect(
        returned(plan, "Ann", {FIRST: {"status": "On hold", "update": "a"}}),
        returned(plan, "Bob", {FIRST: {"status": "On track", "update": "b"}}),
    )
    here.choose(a="Use this answer")
    assert here.resolve().findings == ()


@pytest.mark.parametrize(
    "typed",
    [
        {"status": "On hold", "update": "x"},
        {"status": "On track"},
        {"status": "On track", "update": "x"},
    ],
)
def test_an_answer_that_fits_is_not_told(typed) -> None:
    assert council().collect(returned(PLAN, "Ann", {FIRST: typed})).findings == ()


def test_complete_after_its_start_is_not_told() -> None:
    plan = tracker("OC.A1.1 | Ann | Jul-26 | | | Jul-26")
    merging = Council(plan).collect(returned(plan, "Ann", {FIRST: {"status": "Complete"}}))
    assert merging.findings == ()


def test_a_status_that_is_not_understood_is_told_with_the_nearest() -> None:
    merging = council().collect(returned(PLAN, "Ann", {FIRST: {"status": "Onn track"}}))
    assert 'Did you mean "On track"?' in merging.findings[0].message
