"""The month of a report: there, and filled in."""

import pytest

from sheetplan.errors import MonthEmptyError, MonthMissingError
from sheetplan.model.support import SupportRecords
from sheetplan.reports.appendix import appendix
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker

BOTH = pytest.mark.parametrize("report", [summarise, appendix])


@BOTH
def test_a_month_that_the_tracker_does_not_have_is_refused_with_those_it_has(report):
    plan = tracker("T\n1.1 | | | On track: a | On track: b")
    with pytest.raises(MonthMissingError) as caught:
        report(plan, SupportRecords(), MAY, STANDARD)
    assert str(caught.value) == (
        "the tracker does not have May 2026. It has June 2026 and July 2026. To report on July "
        "2026, add --month 2026-07."
    )


def test_many_months_are_named_by_the_first_and_the_last():
    months = tuple(JULY.plus(back) for back in range(-11, 1))
    plan = tracker("T\n1.1 | | " + "| On track: a " * 12, months=months)
    with pytest.raises(MonthMissingError, match="It has 12 months, August 2025 to July 2026"):
        summarise(plan, SupportRecords(), JULY.next, STANDARD)


@BOTH
def test_a_month_that_nobody_has_filled_in_is_refused_with_the_newest_that_is(report):
    plan = tracker(
        "T\n1.1 | | | On track: a | | \n1.2 | | | N/A | N/A: N/A\n1.3 | | | Closed | Closed",
        months=(JUNE, JULY),
    )
    with pytest.raises(MonthEmptyError) as caught:
        report(plan, SupportRecords(), JULY, STANDARD)
    assert "nobody has filled in July 2026 yet" in caught.value.message
    assert "The newest month that is filled in is June 2026." in caught.value.message
    assert caught.value.remedy == "Fill it in first. To report on June 2026, add --month 2026-06."


def test_no_month_is_offered_where_none_is_filled_in():
    plan = tracker("T\n1.1 | | | | ")
    with pytest.raises(MonthEmptyError) as caught:
        summarise(plan, SupportRecords(), JULY, STANDARD)
    assert "No month before it is filled in." in caught.value.message
    assert caught.value.remedy == "Fill it in first."


@pytest.mark.parametrize("said", ["On track", ": an update", "Onn trakc"])
def test_one_cell_that_somebody_typed_is_enough(said):
    plan = tracker(f"T\n1.1 | | | | {said}\n1.2 | | | | ")
    assert summarise(plan, SupportRecords(), JULY, STANDARD).month == JULY


def test_a_plan_of_which_all_is_closed_can_be_reported():
    plan = tracker("T\n1.1 | | | Closed | Closed")
    summary = summarise(plan, SupportRecords(), JULY, STANDARD)
    assert summary.numbers.sentence == "On track or complete: 1 of 1 due (100%)"


def test_an_earlier_month_is_reported_as_it_was():
    plan = tracker("T\n1.1 | | | On hold: a | Complete: b")
    summary = summarise(plan, SupportRecords(), JUNE, STANDARD)
    assert (summary.month, summary.previous) == (JUNE, None)
    assert [line.reference for line in summary.themes[0].exceptions] == ["1.1"]
