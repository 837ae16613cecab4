"""Statuses that contradict each other, in one family or from month to month."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.checks.movements import (
    RULES,
    children_complete_main_open,
    closed_not_complete,
    closed_without_evidence,
    main_complete_child_open,
    on_hold_long,
    status_reopened,
    status_two_steps,
)
from sheetplan.model import Month
from sheetplan.model.action import Columns
from tests.checks.building import found, graded, plan
from tests.reports.building import JULY, JUNE, MAY, STANDARD

APRIL = Month(2026, 4)


def history(*said, until=JULY, **more):
    """A plan of one action and what was said of it month by month, the last month last."""
    months = tuple(until.plus(n - len(said) + 1) for n in range(len(said)))
    return plan(f"Theme\nBC.A1.1 | N/A | | {' | '.join(said)}", months=months, **more)


def family(main, *children):
    """A plan of a main action and its sub-actions, with their statuses of one month."""
    rows = [f"BC.A1.{number} | N/A | | {status}" for number, status in enumerate((main, *children))]
    return plan("\n".join(["Theme", *rows]), months=(JULY,))


# ---------------------------------------------------------------- main actions and sub-actions


@pytest.mark.parametrize(
    ("main", "children", "severity"),
    [
        ("Complete", ("Complete", "On track"), "warning"),
        ("Closed", ("On hold",), "warning"),
        ("Complete", ("Not due to start",), "warning"),
        ("Complete", ("Complete", "Significant slippage"), "error"),
        ("Complete", ("New action", "Medium progress"), "error"),
        ("Complete", ("New action",), "note"),
        ("Complete", ("Complete", "Closed", "N/A"), None),
        ("Complete", ("Assurance action",), None),
        ("Complete", ("", "Who knows"), None),
        ("N/A", ("On track",), None),
        ("On track", ("On track",), None),
        ("", ("On track",), None),
    ],
)
def test_a_complete_main_action_has_no_open_work(main, children, severity):
    expected = {} if severity is None else {"BC.A1.0": severity}
    assert graded(main_complete_child_open, family(main, *children)) == expected


def test_the_open_sub_actions_are_named_and_an_answer_holds_for_their_statuses():
    (told_of,) = main_complete_child_open.find(family("Complete", "On track", "Closed", "On hold"))
    assert told_of.message == (
        "is complete or closed, and BC.A1.1 and BC.A1.3 are not. Correct whichever status is wrong."
    )
    assert told_of.places[0].says == "Complete\nBC.A1.1 On track\nBC.A1.3 On hold"


@pytest.mark.parametrize(
    ("main", "children", "is_found"),
    [
        ("On track", ("Complete", "Closed"), True),
        ("Medium progress", ("Complete", "N/A"), True),
        ("On hold", ("Closed",), True),
        ("On track", ("Complete", "On track"), False),
        ("On track", ("Complete", "Assurance action"), False),
        ("On track", ("Complete", ""), False),
        ("On track", ("N/A", "N/A"), False),
        ("N/A", ("Complete",), False),
        ("", ("Complete",), False),
        ("Complete", ("Complete",), False),
        ("Assurance action", ("Complete",), False),
    ],
)
def test_an_open_main_action_has_open_work(main, children, is_found):
    expected = {"BC.A1.0": "warning"} if is_found else {}
    assert graded(children_complete_main_open, family(main, *children)) == expected


def test_families_without_a_row_for_the_main_action_are_left_alone():
    orphans = plan("Theme\nBC.A1.1 | | | Complete\nBC.A1.2 | | | On track", months=(JULY,))
    assert found(main_complete_child_open, orphans) == []
    assert found(children_complete_main_open, orphans) == []


# ---------------------------------------------------------------- two steps


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [
        ("On track", "Significant slippage", "worsened"),
        ("Not due to start", "Significant slippage", "worsened"),
        ("Significant slippage", "On track", "improved"),
        ("Significant slippage", "Not due to start", "improved"),
        ("On track", "Medium progress", ""),
        ("Medium progress", "Significant slippage", ""),
        ("Significant slippage", "Medium progress", ""),
        ("Significant slippage", "Complete", ""),
        ("On track", "On hold", ""),
        ("New action", "Significant slippage", ""),
        ("", "Significant slippage", ""),
        ("Significant slippage", "Significant slippage", ""),
    ],
)
def test_a_rating_that_leaps_over_amber_is_found(then, now, moved):
    messages = [message for _, message in found(status_two_steps, history(then, now))]
    expected = (
        f"has {moved} by two steps since June 2026. Make sure that the update says what happened."
    )
    assert messages == ([expected] if moved else [])


@pytest.mark.parametrize(
    ("update", "severity"),
    [
        ("The contractor went into administration", "note"),
        ("", "warning"),
        ("As last month", "warning"),
        ("Work goes on", "warning"),  # word for word last month's
    ],
)
def test_a_new_update_may_well_explain_the_leap(update, severity):
    checked = history("Green: Work goes on", f"Red: {update}")
    assert graded(status_two_steps, checked) == {"BC.A1.1": severity}


def test_a_leap_over_several_months_is_no_leap():
    table = "Theme\nBC.A1.1 | N/A | | On track | Significant slippage"
    assert found(status_two_steps, plan(table, months=(APRIL, JULY))) == []
    assert found(status_two_steps, history("On track", "", "Significant slippage")) == []


# ---------------------------------------------------------------- reopened


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("Complete", "On track"), ("June 2026", "warning")),
        (("Closed", "Medium progress"), ("June 2026", "warning")),
        (("On track", "Complete", "", "On hold"), ("May 2026", "warning")),
        (("Complete", "On track", "On track"), ("May 2026", "note")),
        (("Complete", "On track", "Complete", "New action"), ("June 2026", "warning")),
        (("Complete", "N/A"), None),
        (("Complete", "Assurance action"), None),
        (("Complete", "Closed"), None),
        (("Complete", ""), None),
        (("On track", "Medium progress"), None),
        (("On track", "Complete"), None),
    ],
)
def test_what_was_complete_stays_complete(said, expected):
    checked = history(*said)
    if expected is None:
        assert found(status_reopened, checked) == []
        return
    month, severity = expected
    assert graded(status_reopened, checked) == {"BC.A1.1": severity}
    ((_, message),) = found(status_reopened, checked)
    assert message == (
        f"was complete or closed in {month}, and is open again. Say in the update why, or correct "
        "the status."
    )


def test_an_answer_to_a_reopening_holds_while_the_action_stays_open():
    places = [
        next(iter(status_reopened.find(checked))).places[0]
        for checked in (
            history("Complete", "On track", until=JULY),
            history("Complete", "On track", "Medium progress", until=JULY.next),
        )
    ]
    assert [(place.says, place.month) for place in places] == [("2026-06 Complete", None)] * 2


# ---------------------------------------------------------------- on hold


@pytest.mark.parametrize(
    ("months", "is_found"), [(1, False), (5, False), (6, False), (7, True), (20, True)]
)
def test_on_hold_for_over_six_months_is_asked_about(months, is_found):
    checked = history("On track", *["On hold"] * months)
    assert graded(on_hold_long, checked) == ({"BC.A1.1": "warning"} if is_found else {})


def test_since_when_it_has_been_on_hold_is_told_as_far_as_the_tracker_knows():
    ((_, message),) = found(on_hold_long, history("On track", *["Paused"] * 7))
    assert message == "has been on hold since January 2026. Decide when it goes on, or close it."
    ((_, message),) = found(on_hold_long, history(*["On hold"] * 7))
    assert message.startswith("has been on hold since January 2026 or longer.")


@pytest.mark.parametrize("between", ["On track", "", "Complete", "No idea"])
def test_a_break_begins_the_count_anew(between):
    assert found(on_hold_long, history(*["On hold"] * 8, between, *["On hold"] * 6)) == []


def test_months_without_columns_pass_as_well():
    table = "Theme\nBC.A1.1 | | | On hold | On hold | On hold"
    quarterly = (Month(2026, 1), APRIL, JULY)
    assert len(found(on_hold_long, plan(table, months=quarterly))) == 1


def test_the_council_says_how_long_is_long():
    patient = replace(STANDARD, checks=replace(STANDARD.checks, on_hold_months=12))
    assert found(on_hold_long, history(*["On hold"] * 12, settings=patient)) == []
    assert len(found(on_hold_long, history(*["On hold"] * 13, settings=patient))) == 1


@given(st.lists(st.sampled_from(["On hold", "On track", ""]), min_size=1, max_size=20))
def test_only_the_last_stretch_on_hold_counts(statuses):
    stretch = next((n for n, s in enumerate(reversed(statuses)) if s != "On hold"), len(statuses))
    assert bool(found(on_hold_long, history(*statuses))) == (stretch > 6)


# ---------------------------------------------------------------- closed


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        (("On track", "Closed"), True),
        (("", "Closed"), True),
        (("N/A", "Closed"), True),
        (("Complete", "Closed"), False),
        (("Complete", "On track", "Closed"), False),
        (("On track", "Complete and closed"), False),
        (("Closed", "Closed"), False),
        (("On track", "Closed", "Closed"), False),  # told of a month ago
        (("Closed", "", "Closed"), False),
        (("Closed",), False),  # nobody knows what was before
        (("On track", "Complete"), False),
    ],
)
def test_what_is_closed_was_complete_before(said, is_found):
    checked = history(*said)
    assert graded(closed_not_complete, checked) == ({"BC.A1.1": "warning"} if is_found else {})


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        (("Complete: Done", "Closed: Closed"), True),
        (("Complete: Done", "Closed"), True),
        (("Complete: Done", "Closed: Evidence is with the programme office"), False),
        (("Complete: Minutes of 3 June attached", "Closed"), False),
        (("On track: Published on the website", "Complete: Done", "Closed"), False),
        (("Complete: Done", "Closed: Linked to another action"), True),
        (("Complete: Done", "Closed", "Closed: Closed"), False),  # told of a month ago
        (("Closed: Closed",), False),
        (("On track: Going well", "Complete: Done"), False),
    ],
)
def test_what_is_closed_names_its_evidence(said, is_found):
    checked = history(*said)
    expected = {"BC.A1.1": "warning"} if is_found else {}
    assert graded(closed_without_evidence, checked) == expected


def test_an_evidence_column_that_is_filled_is_evidence():
    rows = "Theme\nBC.A1.1 | | | Complete | Closed | evidence={}"
    assert found(closed_without_evidence, plan(rows.format("Minutes of Cabinet"))) == []
    assert len(found(closed_without_evidence, plan(rows.format("")))) == 1


def test_evidence_in_a_column_of_the_month_is_not_judged():
    checked = history("Complete", "Closed")
    (theme,) = checked.tracker.themes
    (action,) = theme.actions
    months = {month: {**cells, "evidence": "Z"} for month, cells in action.columns.months.items()}
    action = replace(action, columns=Columns(action.columns.fields, months))
    tracker = replace(checked.tracker, themes=(replace(theme, actions=(action,)),))
    assert len(found(closed_without_evidence, checked)) == 1
    assert found(closed_without_evidence, replace(checked, tracker=tracker)) == []


# ---------------------------------------------------------------- small trackers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_one_month_or_no_row_has_no_movement(rule):
    for status in ("Complete", "Closed", "On hold", "Significant slippage", ""):
        assert found(rule, plan(f"Theme\nBC.A1.1 | | | {status}", months=(JULY,))) == []
    assert found(rule, plan("Theme", months=(MAY, JUNE, JULY))) == []
