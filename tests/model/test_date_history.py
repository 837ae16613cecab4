"""Dates that mean the same, and dates that moved."""

from __future__ import annotations

from datetime import date

import pytest

from sheetplan.model.date_history import (
    DateHistory,
    DateMove,
    has_changed,
    is_settled,
    means_the_same,
    months_moved,
)
from sheetplan.model.month import Month
from sheetplan.model.plan_date import DateWords, PlanDate

WORDS = DateWords()


def read(text: str) -> PlanDate | None:
    return PlanDate.read(text, WORDS) if text else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mar-24", "March 2024"),
        ("31/03/2024", "31 March 2024"),
        ("TBC", "To be confirmed"),
        ("", ""),
        ("who knows", "Who knows?"),
        ("Q1 2024/25", "April to June 2024"),
    ],
)
def test_one_date_in_two_spellings_has_not_changed(one: str, other: str) -> None:
    assert not has_changed(read(one), read(other))
    assert not has_changed(read(other), read(one))


@pytest.mark.parametrize(
    ("one", "other"), [("Mar-24", "March 2024"), ("TBC", "To be confirmed"), ("", "")]
)
def test_dates_mean_the_same_however_they_are_spelt(one: str, other: str) -> None:
    assert means_the_same(read(one), read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mar-24", "Mar-25"), ("Mar-24", ""), ("Mar-24", "31/03/2024"), ("asap", "soon")],
)
def test_dates_that_differ_do_not_mean_the_same(one: str, other: str) -> None:
    assert not means_the_same(read(one), read(other))


@pytest.mark.parametrize(
    ("before", "after", "months"),
    [
        ("Jul-23", "Mar-24", 8),
        ("Mar-24", "Jul-23", -8),
        ("15 March 2024", "Mar-24", 0),
        ("Q1 2024/25", "Sep-24", 3),
        ("Jul-23", "TBC", None),
        ("Ongoing", "Jul-23", None),
        ("", "Jul-23", None),
    ],
)
def test_moves_are_counted_in_months(before: str, after: str, months: int | None) -> None:
    assert months_moved(read(before), read(after)) == months


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Jul-23", "Aug-23"),
        ("Jul-23", "Jun-23"),
        ("Jul-23", ""),
        ("Jul-23", "TBC"),
        ("TBC", "Jul-23"),
        ("", "Jul-23"),
        ("Mar-24", "2024"),
        ("Quarterly", "Jul-23"),
        ("15 March 2024", "16 March 2024"),
    ],
)
def test_another_date_has_changed(before: str, after: str) -> None:
    assert has_changed(read(before), read(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mar-24", "15 March 2024"),
        ("2024", "Mar-24"),
        ("15 March 2024", "Mar-24"),
        ("TBC", ""),
        ("N/A", "TBC"),
        ("Jul-23", "asap"),
        ("asap", "Jul-23"),
    ],
)
def test_what_is_only_said_otherwise_has_not_changed(before: str, after: str) -> None:
    assert not has_changed(read(before), read(after))


def test_only_a_date_that_can_have_been_agreed_is_settled() -> None:
    assert [is_settled(read(text)) for text in ("Jul-23", "Ongoing", "TBC", "N/A", "asap", "")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_a_silent_move_counts_as_one_and_slippage_runs_from_the_original_date() -> None:
    july, august = (PlanDate.read(text, WORDS) for text in ("Jul-23", "Aug-23"))
    moved = DateMove(Month(2023, 6), july, august, True)
    assert DateHistory(july, august, (moved,)).times == 1
    silent = DateHistory(july, PlanDate.read(date(2024, 3, 31), WORDS), (moved,), is_silent=True)
    assert (silent.times, silent.slippage) == (2, 8)
    assert DateHistory(july, None, ()).slippage is None
