"""Rules of change control: dates that moved in silence, and requests that wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found
from sheetplan.checks.plan_dates import (
    RULES,
    date_moved_in_silence,
    request_not_recorded,
    request_reference_unknown,
    request_waiting,
)
from sheetplan.model import Month
from sheetplan.model.finding import Severity
from sheetplan.model.return_records import (
    CHANGE_CONTROL,
    LogRecord,
    RequestRecord,
    ReturnRecords,
)
from sheetplan.model.support import Standing
from sheetplan.reports.date_records import date_records
from tests.checks.building import found, plan, told
from tests.reports.building import JULY, JUNE, MAY
from tests.reports.test_date_records import entry, request

MONTHS = (MAY, JUNE, JULY)


def known(
    *themes: str,
    rows: tuple[LogRecord | RequestRecord, ...] = (),
    has_sheet: bool = True,
    month: Month = JULY,
) -> CheckedPlan:
    """A plan with these rows of the Update log and of the Change control sheet."""
    checked = plan(*themes, months=MONTHS, month=month)
    requests = tuple(row for row in rows if isinstance(row, RequestRecord))
    registers = ReturnRecords(
        log=tuple(row for row in rows if isinstance(row, LogRecord)),
        requests=requests,
        sheets={"requests": "Change control"} if has_sheet else {},
    )
    dates = date_records(checked.tracker, registers, checked.settings)
    return replace(checked, dates=dates, requests=requests if has_sheet else None)


def silent(due: str, *rows: LogRecord | RequestRecord, month: Month = JULY) -> list[Found]:
    checked = known(f"Theme\nBC.A1.1 | | {due}", rows=rows, month=month)
    return list(date_moved_in_silence.find(checked))


def test_a_date_that_no_record_leads_to_is_an_error() -> None:
    (one,) = silent("Mar-27", entry("Jul-26", "Oct-26", what=CHANGE_CONTROL))
    assert one.severity is None
    assert date_moved_in_silence.severity is Severity.ERROR
    assert one.places[0].cell
    assert '"Oct-26"' in one.message
    assert 'is now "Mar-27"' in one.message
    (out,) = silent("", entry("Jul-26", "Oct-26", what=CHANGE_CONTROL))
    assert "has been taken out" in out.message


@pytest.mark.parametrize("due", ["Oct-26", "October 2026", "15 October 2026", "asap", "31/10/2026"])
def test_a_date_that_a_record_leads_to_is_right_however_it_is_spelt(due: str) -> None:
    assert silent(due, entry("Jul-26", "Oct-26", what=CHANGE_CONTROL)) == []


def test_a_date_of_which_nothing_is_recorded_is_not_called_silent() -> None:
    assert silent("Mar-27") == []
    assert silent("Jul-26 > Mar-27") == []  # the row itself says that it was revised


def test_a_move_found_by_comparison_is_a_warning_until_change_control_has_agreed() -> None:
    moved = entry("Jul-26", "Mar-27", JUNE)
    (one,) = silent("Mar-27", moved)
    assert one.severity is Severity.WARNING
    assert 'from "Jul-26" to "Mar-27" in June 2026' in one.message
    assert silent("Mar-27", moved, request("March 2027", "Agreed")) == []
    for other in (request("Mar-27", "Refused"), request("Apr-27", "Agreed"), request("Mar-27")):
        assert len(silent("Mar-27", moved, other)) == 1


def test_all_moves_of_an_action_are_one_finding() -> None:
    (one,) = silent("Mar-27", entry("Jul-26", "Oct-26", JUNE), entry("Oct-26", "Mar-27", JULY))
    assert "in June 2026 and from" in one.message
    assert one.places[0].says == "Jul-26\nOct-26\nMar-27\nMar-27"


def test_a_move_after_the_checked_month_is_not_judged_yet() -> None:
    assert silent("Mar-27", entry("Jul-26", "Mar-27", JULY), month=JUNE) == []


def test_the_revised_date_is_named_where_it_is_the_one_that_holds() -> None:
    revised = entry("", "Oct-26", JUNE, field="revised_date")
    checked = known("Theme\nBC.A1.1 | | Jul-26 > Mar-27", rows=(revised,))
    ((place,),) = [found.places for found in date_moved_in_silence.find(checked)]
    (action,) = checked.actions
    assert place.cell == action.cell("revised_date") != action.cell("due_date")


# ---------------------------------------------------------------- requests that wait

WORDS = "On track: This goes to change control [AB]"


def test_a_request_that_is_open_too_long_is_found_at_its_decision() -> None:
    standing = Standing("Change control", 7, {"decision": "J"})
    asked = request("Mar-27", month=MAY, standing=standing)
    (one,) = request_waiting.find(known("Theme\nBC.A1.1 | | Jul-26", rows=(asked,)))
    assert "asked for in May 2026 and not decided 2 months later" in one.message
    (place,) = one.places
    assert (place.sheet, place.cell, place.reference) == ("Change control", "J7", "BC.A1.1")


@pytest.mark.parametrize(
    "asked",
    [
        request("Mar-27", month=JUNE),
        request("Mar-27", month=JULY),
        request("Mar-27", "Agreed", month=MAY),
        request("Mar-27", "Refused", month=MAY),
        request("Mar-27", month=None),
    ],
)
def test_a_young_request_or_a_decided_one_does_not_wait(asked: RequestRecord) -> None:
    assert found(request_waiting, known("Theme\nBC.A1.1 | | Jul-26", rows=(asked,))) == []


def test_waiting_is_judged_at_the_checked_month_and_by_the_council_s_limit() -> None:
    asked = request("Mar-27", month=MAY)
    table = "Theme\nBC.A1.1 | | Jul-26"
    assert found(request_waiting, known(table, rows=(asked,), month=JUNE)) == []
    checked = known(table, rows=(asked,))
    patient = replace(checked.settings.checks, request_months=2)
    lenient = replace(checked, settings=replace(checked.settings, checks=patient))
    assert found(request_waiting, lenient) == []
    assert found(request_waiting, known(table, has_sheet=False)) == []


# ---------------------------------------------------------------- requests that are not recorded


def test_an_update_that_speaks_of_change_control_without_a_request_is_found() -> None:
    table = (
        f"Theme\nBC.A1.1 | | Jul-26 | | | {WORDS}\nBC.A1.2 | | Jul-26 | | | On track: Going well"
    )
    ((reference, message),) = found(request_not_recorded, known(table))
    assert reference == "BC.A1.1"
    assert "has no request for this action" in message


@pytest.mark.parametrize("decision", ["", "Agreed", "Refused"])
def test_an_open_or_a_decided_request_records_it(decision: str) -> None:
    table = f"Theme\nBC.A1.1 | | Jul-26 | | | {WORDS}"
    asked = request("Mar-27", decision, key="BCA1.1")
    assert found(request_not_recorded, known(table, rows=(asked,))) == []


def test_an_update_of_another_month_is_not_judged() -> None:
    table = f"Theme\nBC.A1.1 | | Jul-26 | | {WORDS} | On track: Going well"
    assert found(request_not_recorded, known(table)) == []


def test_without_the_sheet_there_is_one_note_for_all_updates() -> None:
    table = f"Theme\nBC.A1.1 | | Jul-26 | | | {WORDS}\nBC.A1.2 | | Jul-26 | | | {WORDS}"
    (one,) = request_not_recorded.find(known(table, has_sheet=False))
    assert one.severity is Severity.NOTE
    assert [place.reference for place in one.places] == ["BC.A1.1", "BC.A1.2"]
    quiet = "Theme\nBC.A1.1 | | Jul-26 | | | On track: Going well"
    assert list(request_not_recorded.find(known(quiet, has_sheet=False))) == []


# ---------------------------------------------------------------- requests for unknown actions


def test_a_live_request_for_an_action_that_is_not_there_names_the_nearest() -> None:
    asked = request("Mar-27", key="BC.A1.11")
    ((_, message),) = found(
        request_reference_unknown, known("Theme\nBC.A1.1 | | Jul-26", rows=(asked,))
    )
    assert 'no action has the reference "BC.A1.11"' in message
    assert 'Did you mean "BC.A1.1"?' in message
    nameless = known("Theme\nBC.A1.1 | | Jul-26", rows=(request("Mar-27", "Agreed", key=""),))
    ((_, said),) = found(request_reference_unknown, nameless)
    assert "names no action" in said


@pytest.mark.parametrize(
    "asked",
    [
        request("Mar-27", key="BCA1.1"),
        request("Mar-27", key="BC.A1.1 (2)"),
        request("Mar-27", "Refused", key="BC.A9.9"),
        request("Mar-27", "Agreed", key="BC.A9.9", carried_out="1 July 2026"),
        request("Action: Build it", key="", field="new_action"),
    ],
)
def test_a_request_that_is_done_or_can_be_placed_is_not_found(asked: RequestRecord) -> None:
    table = "Theme\nBC.A1.1 | | Jul-26\nBC.A1.1 | | Aug-26"
    assert found(request_reference_unknown, known(table, rows=(asked,))) == []


# ---------------------------------------------------------------- beside the other rules


def test_the_rules_are_asked_with_all_others() -> None:
    moved = known(f"Theme\nBC.A1.1 | | Mar-27 | | | {WORDS}", rows=(entry("Jul-26", "Oct-26"),))
    assert told(moved, only=["change-control"]) == [
        ("date-moved-in-silence", "BC.A1.1"),
        ("request-not-recorded", "BC.A1.1"),
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_plan_of_which_nothing_is_recorded_has_no_findings(rule) -> None:
    quiet = plan("Theme\nBC.A1.1 | | Jul-26 | On track: a | On track: b\nBC.A1.2 | | | | ")
    assert found(rule, quiet) == []
