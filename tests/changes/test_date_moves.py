"""Moves of due dates between copies of a tracker, and what its own sheets know of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.changes.date_moves import TrackerCopy
from sheetplan.changes.found_moves import FoundMove, compare_dates
from sheetplan.model import Action, Month, Tracker
from sheetplan.model.action import Columns
from sheetplan.model.finding import Finding
from sheetplan.model.return_records import (
    CHANGE_CONTROL,
    FOUND_BY_COMPARISON,
    LogRecord,
    RequestRecord,
    ReturnRecords,
)
from sheetplan.reports.date_records import date_records
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker
from tests.reports.test_date_records import entry, request

NOW = datetime(2026, 8, 1, 9)


def copy(month: Month, *lines: str, fields: tuple[str, ...] = ()) -> TrackerCopy:
    """A copy from lines such as "BC.A1.1 | Jul-26"; its sheet has all columns, or just these."""
    rows = [line.replace("|", "| |", 1) for line in lines]
    made = tracker("\n".join(["Theme", *rows]), months=(month,))
    if fields:
        made = Tracker(
            tuple(
                replace(theme, actions=tuple(_with_columns(a, fields) for a in theme.actions))
                for theme in made.themes
            ),
            made.months,
        )
    return TrackerCopy(f"{month.iso}.xlsx", month, made)


def _with_columns(action: Action, fields: tuple[str, ...]) -> Action:
    return replace(action, columns=Columns(dict(zip(fields, "ABC", strict=False)), {}))


def compared(
    *copies: TrackerCopy, rows: tuple[LogRecord | RequestRecord, ...] = ()
) -> tuple[tuple[FoundMove, ...], tuple[Finding, ...]]:
    registers = ReturnRecords(
        log=tuple(row for row in rows if isinstance(row, LogRecord)),
        requests=tuple(row for row in rows if isinstance(row, RequestRecord)),
    )
    return compare_dates(copies, registers, STANDARD)


def moves(*copies: TrackerCopy) -> list[tuple[str, str, str, str]]:
    """Reference, before, after and the newer month of each move."""
    found, _ = compared(*copies)
    return [(m.reference, m.before, m.after, m.newer_month.iso) for m in found]


def test_each_copy_is_compared_with_the_next_by_reference() -> None:
    found, findings = compared(
        copy(MAY, "BC.A1.1 | Jul-26", "BC.A1.2 | Aug-26"),
        copy(JUNE, "BC.A1.2 | Aug-26", "BC.A1.1 | Oct-26"),
        copy(JULY, "BC.A1.1 | Mar-27", "BC.A1.2 | August 2026", "BC.A1.3 | Sep-26"),
    )
    assert findings == ()
    first, second = found
    assert (first.reference, first.before, first.after, first.months) == (
        "BC.A1.1", "Jul-26", "Oct-26", 3,
    )  # fmt: skip
    assert (first.older, first.older_month, first.newer, first.newer_month) == (
        "2026-05.xlsx", MAY, "2026-06.xlsx", JUNE,
    )  # fmt: skip
    assert (second.before, second.after, second.months) == ("Oct-26", "Mar-27", 5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Jul-26", "July 2026"),
        ("Jul-26", "15 July 2026"),
        ("TBC", ""),
        ("", ""),
        ("asap", "asap"),
        ("Jul-26 > TBC", "Jul-26"),
        ("Jul-26", "Jul-26 > July 2026"),
    ],
)
def test_what_means_the_same_has_not_moved(before: str, after: str) -> None:
    found = compared(copy(JUNE, f"BC.A1.1 | {before}"), copy(JULY, f"BC.A1.1 | {after}"))
    assert found == ((), ())


def test_a_date_that_is_gone_was_taken_out_and_a_row_that_is_gone_was_not() -> None:
    assert moves(copy(JUNE, "BC.A1.1 | Jul-26", "BC.A1.2 | Jul-26"), copy(JULY, "BC.A1.1 |")) == [
        ("BC.A1.1", "Jul-26", "", "2026-07")
    ]


def test_an_action_that_is_missing_in_one_copy_is_compared_with_the_one_before() -> None:
    found, _ = compared(
        copy(MAY, "BC.A1.1 | Jul-26", "BC.A1.2 | Jul-26"),
        copy(JUNE, "BC.A1.2 | Jul-26"),
        copy(JULY, "BC.A1.1 | Oct-26", "BC.A1.2 | Jul-26"),
    )
    (move,) = found
    assert (move.older_month, move.newer_month) == (MAY, JULY)


def test_a_date_that_cannot_be_read_is_a_finding_and_not_a_move() -> None:
    found, findings = compared(
        copy(MAY, "BC.A1.1 | Jul-26"), copy(JUNE, "BC.A1.1 | asap"), copy(JULY, "BC.A1.1 | Oct-26")
    )
    (finding,) = findings
    assert finding.code == "date-unreadable"
    assert finding.sheet == "2026-06.xlsx, Sheet 1"
    assert '2026-05.xlsx has "Jul-26" and 2026-06.xlsx has "asap"' in finding.message
    (move,) = found  # from the last date that could be read
    assert (move.older_month, move.before, move.after) == (MAY, "Jul-26", "Oct-26")


def test_rows_that_share_a_reference_are_left_out_and_said() -> None:
    twice = copy(JUNE, "BC.A1.1 | Jul-26", "BC.A1.1 | Aug-26", "BC.A1.2 | Jul-26")
    found, findings = compared(twice, copy(JULY, "BC.A1.1 | Oct-26", "BC.A1.2 | Oct-26"))
    assert [move.reference for move in found] == ["BC.A1.2"]
    (finding,) = findings
    assert (finding.code, finding.sheet) == ("reference-repeated", "2026-06.xlsx")
    assert "BC.A1.1" in finding.message


def test_copies_that_share_no_reference_are_said_and_the_others_are_compared() -> None:
    found, findings = compared(
        copy(MAY, "ZZ.A1.1 | Jul-26"),
        copy(JUNE, "BC.A1.1 | Jul-26"),
        copy(JULY, "BC.A1.1 | Oct-26"),
    )
    assert len(found) == 1
    (finding,) = findings
    assert (finding.code, finding.sheet) == ("no-reference-shared", "2026-05.xlsx")
    assert "2026-06.xlsx" in finding.message


def test_badly_typed_references_are_the_same_action() -> None:
    assert moves(copy(JUNE, "BCA1.1 | Jul-26"), copy(JULY, "BC.A1.1 | Oct-26")) == [
        ("BC.A1.1", "Jul-26", "Oct-26", "2026-07")
    ]


# ---------------------------------------------------------------- revised dates and columns


def test_a_revised_date_moves_and_the_due_date_beside_it_stays() -> None:
    found, _ = compared(
        copy(MAY, "BC.A1.1 | Jul-26"),
        copy(JUNE, "BC.A1.1 | Jul-26 > Oct-26"),
        copy(JULY, "BC.A1.1 | Jul-26 > Mar-27"),
    )
    assert [(m.field, m.before, m.after) for m in found] == [
        ("revised_date", "", "Oct-26"),
        ("revised_date", "Oct-26", "Mar-27"),
    ]


def test_a_column_of_revised_dates_that_comes_later_tells_of_a_move() -> None:
    only_due = copy(JUNE, "BC.A1.1 | Jul-26", "BC.A1.2 | Jul-26", fields=("reference", "due_date"))
    both = copy(
        JULY, "BC.A1.1 | Jul-26 > Oct-26", "BC.A1.2 | Jul-26 > Jul-26",
        fields=("reference", "due_date", "revised_date"),
    )  # fmt: skip
    assert moves(only_due, both) == [("BC.A1.1", "", "Oct-26", "2026-07")]


def test_a_column_of_due_dates_that_was_not_there_moves_nothing() -> None:
    without = copy(JUNE, "BC.A1.1 |", fields=("reference",))
    assert moves(without, copy(JULY, "BC.A1.1 | Oct-26")) == []
    assert moves(copy(JUNE, "BC.A1.1 | Oct-26"), replace(without, month=JULY)) == []


def test_a_revised_date_that_becomes_the_due_date_is_logged_and_moves_the_plan_once() -> None:
    copies = copy(JUNE, "BC.A1.1 | Jul-26 > Oct-26"), copy(JULY, "BC.A1.1 | Oct-26")
    found, _ = compared(*copies)
    assert [(m.field, m.before, m.after) for m in found] == [
        ("due_date", "Jul-26", "Oct-26"),
        ("revised_date", "Oct-26", ""),
    ]
    log = tuple(move.entry(NOW) for move in found)
    (known,) = date_records(copies[1].tracker, ReturnRecords(log=log), STANDARD).histories.values()
    assert (known.times, known.is_silent) == (1, False)


# ---------------------------------------------------------------- what the tracker's sheets know

THREE = (
    copy(MAY, "BC.A1.1 | Jul-26"),
    copy(JUNE, "BC.A1.1 | Oct-26"),
    copy(JULY, "BC.A1.1 | Mar-27"),
)


def logged(*rows: LogRecord | RequestRecord, copies: tuple[TrackerCopy, ...] = THREE) -> list[bool]:
    found, _ = compared(*copies, rows=rows)
    return [move.is_logged for move in found]


def test_a_move_that_the_log_has_is_not_new_however_it_was_typed() -> None:
    assert logged() == [False, False]
    assert logged(entry("July 2026", "October 2026", JUNE)) == [True, False]
    assert logged(entry("Jul-26", "Oct-26", JUNE, field="revised_date")) == [False, False]
    assert logged(entry("Jul-26", "Oct-26", JUNE, key="BC.A1.2")) == [False, False]
    assert logged(entry("Jul-26", "Sep-26", JUNE)) == [False, False]


def test_steps_of_the_log_that_lead_from_one_copy_to_the_next_are_the_same_move() -> None:
    steps = (
        entry("Jul-26", "Aug-26", JUNE, what=CHANGE_CONTROL),
        entry("Aug-26", "Mar-27", JULY, what=CHANGE_CONTROL),
    )
    assert logged(*steps, copies=(THREE[0], THREE[2])) == [True]
    (move,) = compared(THREE[0], THREE[2], rows=steps)[0]
    assert move.change_control == "agreed"


def test_a_move_that_came_twice_needs_two_entries() -> None:
    back = (*THREE[:2], copy(JULY, "BC.A1.1 | Jul-26"), copy(Month(2026, 8), "BC.A1.1 | Oct-26"))
    august = entry("Jul-26", "Oct-26", Month(2026, 8))
    assert logged(august, copies=back) == [False, False, True]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), ""),
        ((request("October 2026", "Agreed"),), "agreed"),
        ((request("Oct-26"),), "asked for"),
        ((request("Oct-26", "Refused"),), ""),
        ((request("Nov-26", "Agreed"),), ""),
        ((request("Oct-26", "Agreed", key="BC.A1.2"),), ""),
        ((entry("Jul-26", "Oct-26", JUNE, what=CHANGE_CONTROL),), "agreed"),
        ((entry("Jul-26", "Oct-26", JUNE),), ""),
    ],
)
def test_it_is_said_what_change_control_knows(
    rows: tuple[LogRecord | RequestRecord, ...], words: str
) -> None:
    found, _ = compared(*THREE[:2], rows=rows)
    assert [move.change_control for move in found] == [words]


def test_the_entry_of_a_move_says_where_it_was_found_and_who_is_blank() -> None:
    (move,) = compared(*THREE[:2])[0]
    assert move.entry(NOW) == LogRecord(
        NOW, JUNE, "2026-06.xlsx", "", "BC.A1.1", "due_date", "Jul-26", "Oct-26",
        FOUND_BY_COMPARISON,
    )  # fmt: skip


DATES = st.sampled_from(
    ["", "Jul-26", "July 2026", "Oct-26", "TBC", "asap", "N/A", "Jul-26 > Oct-26", "> Mar-27"]
)


@given(
    rows=st.lists(st.lists(DATES, min_size=4, max_size=4), min_size=1, max_size=3),
    first_run=st.sets(st.integers(0, 2), min_size=1),
)
def test_whatever_is_compared_the_log_has_it_the_second_time(
    rows: list[list[str]], first_run: set[int]
) -> None:
    months = [MAY, JUNE, JULY, Month(2026, 8)]
    copies = [
        copy(month, *(f"BC.A1.{number} | {dates[at]}" for number, dates in enumerate(rows, 1)))
        for at, month in enumerate(months)
    ]
    log: list[LogRecord] = []
    for run in ([*(copies[at] for at in sorted(first_run)), copies[3]], copies):
        found, _ = compared(*run, rows=tuple(log))
        log += [move.entry(NOW) for move in found if not move.is_logged]
        again, _ = compared(*run, rows=tuple(log))
        assert all(move.is_logged for move in again)
    known = date_records(copies[3].tracker, ReturnRecords(log=tuple(log)), STANDARD)
    assert not any(history.is_silent for history in known.histories.values())
