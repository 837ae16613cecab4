"""The day by which returns are asked back: the usual one, and one that is typed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import sheetplan
from sheetplan.cycle.due_day import due_day, usual_due_day
from tests.cycle.sending import NOON, register, send_list


@pytest.mark.parametrize(
    ("today", "days", "due"),
    [
        (date(2023, 8, 15), 10, date(2023, 8, 25)),
        (date(2023, 8, 16), 10, date(2023, 8, 28)),  # a Saturday
        (date(2023, 8, 17), 10, date(2023, 8, 28)),  # a Sunday
        (date(2023, 12, 28), 5, date(2024, 1, 2)),
    ],
)
def test_the_usual_day_is_so_many_days_on_and_never_on_a_weekend(today, days, due):
    assert usual_due_day(today, days) == due


@pytest.mark.parametrize(
    "typed", ["2023-08-19", "19 August 2023", "19 Aug 2023", " 2023-08-19 ", "19/8/2023"]
)
def test_a_day_may_be_typed_in_three_ways_and_stays_as_it_is(typed):
    assert due_day(typed, NOON.date()) == date(2023, 8, 19)


@pytest.mark.parametrize(
    "typed", ["", "Friday", "31 June 2024", "2024-13-01", "2024-W05-1", "8/19/2023", "12 Foo 2024"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError, match=r"is not a day\. Write it as 25 August 2023"):
        due_day(typed, NOON.date())


def test_a_day_that_has_passed_is_refused_and_today_is_not():
    with pytest.raises(ValueError, match="14 August 2023 has passed: today is 15 August 2023"):
        due_day("2023-08-14", NOON.date())
    assert due_day("2023-08-15", NOON.date()) == NOON.date()


def test_the_day_that_is_asked_for_is_in_register_and_messages(tracker, to):
    sheetplan.send_returns(tracker, to, due="1 September 2023")
    assert {row["Due"] for row in register(tracker)} == {datetime(2023, 9, 1)}
    assert {row["due"] for row in send_list(to)} == {"Friday 1 September 2023"}
