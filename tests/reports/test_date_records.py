"""What a tracker's sheets say of moved dates: the log, agreed requests, and the row itself."""

from __future__ import annotations

from datetime import date as day
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model import Month, Reference
from sheetplan.model.date_history import DateHistory, DateRecords
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.return_records import (
    CHANGE_CONTROL,
    FOUND_BY_COMPARISON,
    MERGED,
    LogRecord,
    RequestRecord,
    ReturnRecords,
)
from sheetplan.reports.date_records import date_records
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker

FIRST = datetime(2026, 5, 1, 9)


def entry(
    before: str,
    after: str,
    month: Month = JULY,
    *,
    key: str = "BC.A1.1",
    field: str = "due_date",
    what: str = FOUND_BY_COMPARISON,
    minutes: int = 0,
) -> LogRecord:
    """A row of the Update log."""
    when = FIRST + timedelta(minutes=minutes)
    return LogRecord(when, month, "older.xlsx", "", key, field, before, after, what)


def request(
    after: str, decision: str = "", *, key: str = "BC.A1.1", **more: object
) -> RequestRecord:
    """A row of the Change control sheet."""
    values = {"month": JUNE, "field": "due_date", "before": "", "reason": "", "owner": ""} | more
    return RequestRecord(key=key, after=after, decision=decision, file="", **values)  # type: ignore[arg-type]


def records(
    *rows: LogRecord | RequestRecord, due: str = "Mar-27", has_sheet: bool = True
) -> DateRecords:
    """What a tracker of one action with this due date is known to say."""
    return date_records(
        tracker(f"Theme\nBC.A1.1 | | {due} | On track: a | On track: b"),
        ReturnRecords(
            log=tuple(row for row in rows if isinstance(row, LogRecord)),
            requests=tuple(row for row in rows if isinstance(row, RequestRecord)),
            sheets={"requests": "Change control"} if has_sheet else {},
        ),
        STANDARD,
    )


def history(*rows: LogRecord | RequestRecord, due: str = "Mar-27") -> DateHistory:
    (found,) = records(*rows, due=due).histories.values()
    return found


def told(found: DateHistory) -> list[tuple[str, str, bool]]:
    """The moves in words."""
    return [
        (m.before.text if m.before else "", m.after.text if m.after else "", m.is_approved)
        for m in found.moves
    ]


def ends(found: DateHistory) -> tuple[str, str]:
    """The original date and the current one."""
    return (
        found.original.text if found.original else "",
        found.current.text if found.current else "",
    )


def test_a_date_that_nobody_moved_is_its_own_original() -> None:
    found = history()
    assert (ends(found), found.times, found.slippage) == (("Mar-27", "Mar-27"), 0, 0)


def test_the_log_tells_the_original_date_and_every_move_in_order() -> None:
    found = history(entry("Oct-26", "Mar-27", JULY), entry("Jul-26", "Oct-26", JUNE))
    assert ends(found) == ("Jul-26", "Mar-27")
    assert told(found) == [("Jul-26", "Oct-26", False), ("Oct-26", "Mar-27", False)]
    assert [move.month for move in found.moves] == [JUNE, JULY]
    assert (found.times, found.slippage, found.is_silent) == (2, 8, False)


def test_moves_of_one_month_go_on_from_each_other_whenever_they_were_written() -> None:
    found = history(entry("Oct-26", "Mar-27", minutes=1), entry("Jul-26", "Oct-26", minutes=2))
    assert [(before, after) for before, after, _ in told(found)] == [
        ("Jul-26", "Oct-26"),
        ("Oct-26", "Mar-27"),
    ]


def test_a_date_that_the_log_does_not_lead_to_moved_in_silence() -> None:
    found = history(entry("Jul-26", "Oct-26"))
    assert found.is_silent
    assert (ends(found), found.times) == (("Jul-26", "Mar-27"), 2)


@pytest.mark.parametrize("spelt", ["March 2027", "MAR 27", "31 March 2027", "Mar-2027"])
def test_another_spelling_of_the_last_date_is_not_silent(spelt: str) -> None:
    assert not history(entry("Jul-26", "Mar-27"), due=spelt).is_silent


@pytest.mark.parametrize("odd", ["asap", "#REF!", "after the election"])
def test_a_date_that_cannot_be_read_is_not_called_moved(odd: str) -> None:
    assert not history(entry("Jul-26", "Oct-26"), due=odd).is_silent
    found = history(entry("Jul-26", odd, JUNE), entry(odd, "Mar-27", JULY))
    assert (ends(found), found.times) == (("Jul-26", "Mar-27"), 1)


def test_a_gap_between_two_entries_is_a_move_of_its_own() -> None:
    found = history(entry("Jul-26", "Oct-26", MAY), entry("Dec-26", "Mar-27", JULY))
    assert told(found) == [
        ("Jul-26", "Oct-26", False),
        ("Oct-26", "Dec-26", False),
        ("Dec-26", "Mar-27", False),
    ]


def test_an_entry_that_tells_again_what_is_known_is_no_move() -> None:
    coarse, fine = entry("Jul-26", "Mar-27"), entry("Jul-26", "Oct-26", JUNE)
    rest = entry("Oct-26", "Mar-27", minutes=5)
    assert history(coarse, fine, rest).times == 2
    assert history(fine, fine, rest, rest).times == 2
    same_month = entry("Jul-26", "Oct-26", minutes=4)
    assert history(coarse, same_month, rest).times == 2


def test_an_entry_whose_two_dates_mean_the_same_is_no_move() -> None:
    assert history(entry("Mar-27", "March 2027")).times == 0


def test_there_and_back_are_two_moves() -> None:
    found = history(entry("Mar-27", "Jul-27", JUNE), entry("Jul-27", "Mar-27", JULY))
    assert (found.times, found.slippage) == (2, 0)


def test_the_first_date_that_is_given_is_no_move_and_one_taken_out_is() -> None:
    assert history(entry("", "Mar-27")).times == 0
    assert history(entry("TBC", "Mar-27")).times == 0
    out = history(entry("Mar-27", ""), due="")
    assert (told(out), ends(out)) == ([("Mar-27", "", False)], ("Mar-27", ""))


def test_what_is_taken_out_and_given_anew_has_moved_when_it_is_another_date() -> None:
    out, anew = entry("Jul-26", "", JUNE), entry("", "Mar-27", JULY)
    assert history(out, anew).times == 2
    assert history(out).is_silent  # it is back as another date, and nothing says so
    assert not history(entry("Mar-27", "", JUNE)).is_silent


def test_a_move_by_change_control_is_approved_and_one_found_by_comparison_is_not() -> None:
    carried_out = entry("Jul-26", "Mar-27", what=CHANGE_CONTROL)
    assert told(history(carried_out)) == [("Jul-26", "Mar-27", True)]
    found = entry("Jul-26", "Mar-27")
    assert told(history(found)) == [("Jul-26", "Mar-27", False)]
    assert told(history(found, request("March 2027", "Agreed"))) == [("Jul-26", "Mar-27", True)]
    for decision in ("Refused", "", "Deferred"):
        assert told(history(found, request("Mar-27", decision))) == [("Jul-26", "Mar-27", False)]
    assert told(history(found, request("Apr-27", "Agreed"))) == [("Jul-26", "Mar-27", False)]


def test_an_agreed_request_that_the_tracker_follows_is_a_move_without_any_log() -> None:
    asked = request("Mar-27", "Agreed", before="Jul-26", decided_on=day(2026, 6, 20))
    found = history(asked)
    assert (told(found), ends(found)) == ([("Jul-26", "Mar-27", True)], ("Jul-26", "Mar-27"))
    assert found.moves[0].month == JUNE
    assert history(entry("Jul-26", "Oct-26", MAY), request("Mar-27", "Agreed")).is_silent is False


def test_an_agreed_request_that_nobody_has_carried_out_is_no_move() -> None:
    assert history(request("Jul-27", "Agreed", before="Mar-27")).times == 0
    done = request("Jul-27", "Agreed", before="Mar-27", carried_out="1 July 2026")
    assert history(done, due="Jul-27").times == 1


def test_a_revised_date_beside_the_due_date_is_a_move() -> None:
    found = history(due="Jul-26 > Mar-27")
    assert (told(found), ends(found)) == ([("Jul-26", "Mar-27", False)], ("Jul-26", "Mar-27"))
    assert found.moves[0].month is None
    assert told(history(request("Mar-27", "Approved"), due="Jul-26 > Mar-27")) == [
        ("Jul-26", "Mar-27", True)
    ]


@pytest.mark.parametrize("due", ["Mar-27 > March 2027", "Mar-27 > TBC", "Mar-27 > N/A", "> Mar-27"])
def test_a_revised_date_that_says_nothing_else_is_no_move(due: str) -> None:
    assert history(due=due).times == 0


def test_revised_dates_follow_each_other_and_the_due_date_stays_the_original() -> None:
    revised = [
        entry("", "Oct-26", JUNE, field="revised_date"),
        entry("Oct-26", "Mar-27", JULY, field="revised_date"),
    ]
    found = history(*revised, due="Jul-26 > Mar-27")
    assert (ends(found), found.times, found.is_silent) == (("Jul-26", "Mar-27"), 2, False)


def test_a_revised_date_that_becomes_the_due_date_has_moved_nothing() -> None:
    found = history(entry("Jul-26", "Mar-27"), entry("Mar-27", "", field="revised_date"))
    assert (ends(found), found.times, found.is_silent) == (("Jul-26", "Mar-27"), 1, False)


def test_entries_of_other_fields_and_of_unknown_references_say_nothing() -> None:
    others = (
        entry("On track", "Complete", field="status", what=MERGED),
        entry("Jul-26", "Oct-26", key="BC.Z9.9"),
        entry("Jul-26", "Oct-26", key="see above"),
        entry("Jul-26", "Oct-26", field="start_date"),
    )
    assert history(*others).times == 0


def test_a_badly_typed_reference_in_the_log_is_the_same_action() -> None:
    assert history(entry("Jul-26", "Mar-27", key="BCA1.1")).times == 1


def test_rows_that_share_a_reference_have_no_history() -> None:
    plan = tracker("Theme\nBC.A1.1 | | Mar-27\nBC.A1.1 | | Apr-27\nBC.A1.2 | | Apr-27")
    found = date_records(plan, ReturnRecords(log=(entry("Jul-26", "Oct-26"),)), STANDARD)
    assert set(found.histories) == {Reference.parse("BC.A1.2")}


def test_only_an_open_request_for_a_date_awaits_its_decision() -> None:
    reference = frozenset({Reference.parse("BC.A1.1")})
    assert records(request("Jul-27")).awaiting == reference
    assert records(request("Jul-27", "Deferred")).awaiting == reference
    assert records(request("Jul-27", field="revised_date")).awaiting == reference
    for other in (
        request("Jul-27", "Agreed"),
        request("Jul-27", "Refused"),
        request("Do less", field="action"),
        request("Jul-27", key="no idea"),
    ):
        assert records(other).awaiting == frozenset()


def test_a_sheet_that_only_bears_the_name_is_no_change_control() -> None:
    assert records().has_change_control
    assert not records(has_sheet=False).has_change_control
    own = Finding("support-column-missing", Severity.ERROR, "Change control", "", "", "…")
    registers = ReturnRecords(sheets={"requests": "Change control"}, findings=(own,))
    assert not date_records(tracker("Theme\nBC.A1.1 | | "), registers, STANDARD).has_change_control


DATES = st.sampled_from(
    ["", "Jul-26", "July 2026", "Oct-26", "Mar-27", "TBC", "N/A", "asap", "31/10/2026", "Ongoing"]
)
ROWS = st.lists(
    st.builds(
        entry,
        DATES,
        DATES,
        st.sampled_from([MAY, JUNE, JULY]),
        field=st.sampled_from(["due_date", "revised_date"]),
        what=st.sampled_from([FOUND_BY_COMPARISON, CHANGE_CONTROL]),
        minutes=st.integers(0, 3),
    )
    | st.builds(request, DATES, st.sampled_from(["", "Agreed", "Refused"]), before=DATES),
    max_size=6,
)


@given(rows=ROWS, due=DATES, revised=DATES)
def test_whatever_the_records_say_the_history_hangs_together(
    rows: list[LogRecord | RequestRecord], due: str, revised: str
) -> None:
    found = records(*rows, due=f"{due} > {revised}").histories.get(Reference.parse("BC.A1.1"))
    if found is None:
        assert not due
        assert not revised
        return
    assert found.times == len(found.moves) + found.is_silent
    known = {"", due, revised, *(r.before for r in rows), *(r.after for r in rows)}
    assert {text for move in told(found) for text in move[:2]} <= known
    assert all(before != after for before, after, _ in told(found))
    if not rows:
        assert not found.is_silent


@given(
    dates=st.lists(st.sampled_from(["Jul-26", "Oct-26", "Mar-27", "2028"]), min_size=1, max_size=8)
)
def test_a_log_that_tells_each_move_is_told_back(dates: list[str]) -> None:
    steps = [pair for pair in pairwise(dates) if pair[0] != pair[1]]
    months = [Month(2025, 12)]
    for _ in steps:
        months.append(months[-1].next)
    log = [entry(*step, month=month) for step, month in zip(steps, months, strict=False)]
    found = history(*reversed(log), due=dates[-1])
    assert [(before, after) for before, after, _ in told(found)] == steps
    assert ends(found) == (dates[0], dates[-1])
    assert not found.is_silent
    assert history(*log, *log, due=dates[-1]).is_silent is False
