"""What requests for change control come to: which wait, which move a date, and which cannot."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sheetplan.model.action import Tracker
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.return_records import (
    CHANGE_CONTROL,
    LogRecord,
    RequestRecord,
    ReturnRecords,
)
from sheetplan.model.support import Standing
from sheetplan.returns.control import judge_requests
from sheetplan.returns.control_content import ChangeControl
from sheetplan.settings import Settings
from tests.checks.building import plan
from tests.reports.building import JULY, STANDARD

NOW = datetime(2026, 8, 5, 9, 30)
COLUMNS = {
    name: letter
    for letter, name in zip(
        "ABCDEFGHIJKLMN",
        (
            "id", "key", "field", "before", "after", "month", "reason", "owner", "received",
            "decision", "decided_by", "decided_on", "carried_out", "file",
        ),
        strict=True,
    )
}  # fmt: skip
AGREED = RequestRecord(
    JULY, "BC.A1.2", "due_date", "Jun-26", "Sep-26", "No staff", "Ann", "ann.xlsx",
    received=date(2026, 7, 20), decision="Agreed", id="CC-1", decided_by="The Board",
    decided_on=date(2026, 8, 3),
)  # fmt: skip
OPEN = replace(AGREED, decision="", decided_by="", decided_on=None)
PLAN = """
    Theme
    BC.A1.1 | N/A | Apr-26
    BC.A1.2 | N/A | Jun-26
    BC.A1.3 | N/A |
"""
FIELDS = ("reference", "action", "workstream", "start_date", "due_date")


def standing(*requests: RequestRecord) -> tuple[RequestRecord, ...]:
    """Requests as they stand on the sheet, from row 5."""
    return tuple(
        replace(request, standing=Standing("Change control", row, COLUMNS))
        for row, request in enumerate(requests, start=5)
    )


def the_tracker(text: str = PLAN, columns: Collection[str] = FIELDS) -> Tracker:
    return plan(text, columns=columns).tracker


def judged(
    *requests: RequestRecord,
    tracker: Tracker | None = None,
    log: tuple[LogRecord, ...] = (),
    settings: Settings = STANDARD,
    **more: Any,
) -> ChangeControl:
    records = ReturnRecords(requests=standing(*requests), log=log)
    return judge_requests(records, tracker or the_tracker(), JULY, settings, NOW, **more)


def refusal(*requests: RequestRecord, **more: Any) -> tuple[str, str, str]:
    """The one refusal: its code, its cell, and what it says. Nothing moves."""
    control = judged(*requests, **more)
    assert (control.moves, control.by_hand) == ((), ())
    (finding,) = control.refused
    assert (finding.severity, finding.sheet) == (Severity.WARNING, "Change control")
    return finding.code, finding.cell, finding.message


# ---------------------------------------------------------------- what is carried out


@pytest.mark.parametrize("decision", ["Agreed", "agreed.", "Approved", " APPROVED "])
def test_an_agreed_request_moves_its_date(decision: str) -> None:
    control = judged(replace(AGREED, decision=decision))
    (move,) = control.moves
    assert (move.ids, move.field, move.before, move.after) == (
        "CC-1", "due_date", "Jun-26", "Sep-26",
    )  # fmt: skip
    assert (move.action.reference_text, move.is_there, control.refused) == ("BC.A1.2", False, ())


@pytest.mark.parametrize("decision", ["", "Deferred", "Not agreed", "Refused", "No", "Withdrawn"])
def test_a_request_that_is_not_agreed_moves_nothing(decision: str) -> None:
    control = judged(replace(AGREED, decision=decision))
    assert (control.moves, control.refused, control.changes.added) == ((), (), ())
    assert len(control.waiting) == (decision in ("", "Deferred"))


def test_the_log_keeps_the_date_before_and_who_agreed() -> None:
    (entry,) = judged(AGREED).changes.added
    assert entry == LogRecord(
        NOW, JULY, "CC-1", "The Board", "BC.A1.2", "due_date", "Jun-26", "Sep-26", CHANGE_CONTROL
    )


def test_the_request_says_when_it_was_carried_out() -> None:
    (changed,) = judged(AGREED).changes.changed
    (request,) = standing(AGREED)
    assert changed == replace(request, carried_out="5 August 2026, in the plan of July 2026")


def test_a_request_that_was_carried_out_is_done_with() -> None:
    control = judged(replace(AGREED, carried_out="4 August 2026"), replace(OPEN, carried_out="x"))
    assert (control.moves, control.waiting, control.refused) == ((), (), ())
    assert control.changes.changed == ()


@pytest.mark.parametrize("before", ["", "Jun-26", "June 2026", " jun 26 "])
def test_a_request_may_spell_the_date_before_in_its_own_way_or_leave_it_out(before: str) -> None:
    assert len(judged(replace(AGREED, before=before)).moves) == 1


@pytest.mark.parametrize("key", ["BC.A1.2", "bca1.2", "BC A1.2"])
def test_a_reference_may_be_badly_typed(key: str) -> None:
    (move,) = judged(replace(AGREED, key=key)).moves
    assert move.key == "BC.A1.2"


def test_a_blank_date_may_be_given_one() -> None:
    (move,) = judged(replace(AGREED, key="BC.A1.3", before="")).moves
    assert (move.before, move.after) == ("", "Sep-26")


def test_a_date_need_not_be_a_day_or_a_month() -> None:
    moves = [
        judged(replace(AGREED, after=text)).moves for text in ("TBC", "Autumn 2026", "Ongoing")
    ]
    assert [move.after for (move,) in moves] == ["TBC", "Autumn 2026", "Ongoing"]


def test_a_revised_date_stands_beside_the_first_one_where_there_is_a_column_for_it() -> None:
    text = "Theme\nBC.A1.2 | N/A | Jun-26\nBC.A1.3 | N/A | Jun-26 > Aug-26"
    tracker = the_tracker(text, (*FIELDS, "revised_date"))
    control = judged(
        AGREED, replace(AGREED, id="CC-2", key="BC.A1.3", before="Aug-26"), tracker=tracker
    )
    assert [(m.field, m.before, m.held) for m in control.moves] == [
        ("revised_date", "Jun-26", ""),
        ("revised_date", "Aug-26", "Aug-26"),
    ]
    assert [(e.field, e.before) for e in control.changes.added] == [
        ("revised_date", ""),
        ("revised_date", "Aug-26"),
    ]


def test_what_holds_now_is_the_revised_date_and_not_the_first() -> None:
    tracker = the_tracker("Theme\nBC.A1.2 | N/A | Jun-26 > Aug-26", (*FIELDS, "revised_date"))
    code, cell, message = refusal(AGREED, tracker=tracker)
    assert (code, cell) == ("request-from-differs", "D5")
    assert 'from "Jun-26" to "Sep-26", but the cell says "Aug-26"' in message


def test_two_requests_for_the_same_move_are_carried_out_once() -> None:
    control = judged(AGREED, replace(AGREED, id="CC-2", after="September 2026", owner="Ben"))
    (move,) = control.moves
    (entry,) = control.changes.added
    assert (move.ids, entry.file) == ("CC-1; CC-2", "CC-1; CC-2")  # type: ignore[union-attr]
    assert len(control.changes.changed) == 2


def test_what_the_plan_says_already_is_noted_and_not_logged() -> None:
    control = judged(replace(AGREED, after="June 2026", before="Apr-26"))
    (move,) = control.moves
    assert (move.is_there, control.writes, control.changes.added) == (True, (), ())
    (changed,) = control.changes.changed
    assert changed.carried_out == "5 August 2026: the plan said so already"  # type: ignore[union-attr]


def test_wording_and_workstream_are_carried_out_as_text() -> None:
    asked = replace(AGREED, field="action", before="Do BC.A1.2", after="Do it =well=")
    control = judged(asked, replace(asked, id="CC-2", field="workstream", before="", after="Work"))
    assert [(m.field, m.before, m.after) for m in control.moves] == [
        ("action", "Do BC.A1.2", "Do it =well="),
        ("workstream", "Work A1", "Work"),
    ]


def test_a_start_date_moves_as_well() -> None:
    asked = replace(AGREED, field="start_date", before="", after="1 October 2026")
    assert [(m.field, m.after) for m in judged(asked).moves] == [("start_date", "1 October 2026")]


@pytest.mark.parametrize("field", ["reference", "new_action", "director_lead", "Colour", "status"])
def test_other_changes_are_to_be_done_by_hand(field: str) -> None:
    control = judged(replace(AGREED, field=field))
    assert [request.id for request in control.by_hand] == ["CC-1"]
    assert (control.moves, control.refused, control.changes.changed) == ((), (), ())


def test_words_that_were_cut_to_fit_their_cell_are_to_be_copied_by_hand() -> None:
    control = judged(replace(AGREED, field="action", before="", after="x" * 32_767))
    assert (len(control.by_hand), control.moves) == (1, ())


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("change", "code", "cell", "message"),
    [
        ({"decided_by": ""}, "request-decision-incomplete", "K5",
         "CC-1 is agreed and does not say who decided. Fill in Decided by."),
        ({"decided_on": None}, "request-decision-incomplete", "L5",
         "CC-1 is agreed and does not say when. Fill in Decided on."),
        ({"decided_by": "", "decided_on": None}, "request-decision-incomplete", "K5",
         "CC-1 is agreed and does not say who decided and when. Fill in Decided by and Decided "
         "on."),
        ({"decided_on": date(2026, 8, 6)}, "request-decision-incomplete", "L5",
         "CC-1 was decided on 6 August 2026, which is still to come. Correct the date."),
        ({"decision": "Agreed if funded"}, "request-decision-unclear", "J5",
         'CC-1 has the decision "Agreed if funded", which is neither Agreed, Not agreed nor '
         "Deferred. If it is agreed, choose Agreed."),
        ({"key": "BC.A9.9"}, "request-action-unknown", "B5",
         'CC-1 is about "BC.A9.9", a reference that no row bears. Correct it.'),
        ({"key": ""}, "request-action-unknown", "B5",
         "CC-1 names no action. Type its reference."),
        ({"before": "May-26"}, "request-from-differs", "D5",
         'CC-1 is to change Sheet 1!{due}6 from "May-26" to "Sep-26", but the cell says "Jun-26": '
         "somebody has changed it since. If the decision holds all the same, correct From; if not, "
         "take the decision out."),
        ({"key": "BC.A1.3"}, "request-from-differs", "D5",
         'CC-1 is to change Sheet 1!{due}7 from "Jun-26" to "Sep-26", but the cell is blank: '
         "somebody has changed it since. If the decision holds all the same, correct From; if not, "
         "take the decision out."),
        ({"after": "when we can"}, "request-date-unclear", "E5",
         'CC-1 asks for "when we can", which is no date. Type it under To as 31 July 2023, Jul-23, '
         "Autumn 2023 or TBC."),
        ({"after": "Setpember 2026"}, "request-date-unclear", "E5",
         'CC-1 asks for "Setpember 2026", which is no plain date: it was read as September 2026. '
         "Type it under To as 31 July 2023, Jul-23, Autumn 2023 or TBC."),
        ({"after": ""}, "request-date-unclear", "E5",
         "CC-1 asks for no date. Type it under To as 31 July 2023, Jul-23, Autumn 2023 or TBC."),
        ({"field": "action", "after": " "}, "request-words-missing", "E5",
         "CC-1 asks for another action and does not say which. Type the words under To."),
        ({"field": "action", "before": "Do that", "after": "Do this"}, "request-from-differs", "D5",
         'CC-1 is to change Sheet 1!{action}6 from "Do that" to "Do this", but the cell says "Do '
         'BC.A1.2": somebody has changed it since. If the decision holds all the same, correct '
         "From; if not, take the decision out."),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_out_is_refused_with_its_reason(
    change: dict[str, Any], code: str, cell: str, message: str
) -> None:
    tracker = the_tracker()
    columns = tracker.actions[0].columns
    assert columns is not None
    words = message.format(due=columns.fields["due_date"], action=columns.fields["action"])
    assert refusal(replace(AGREED, **change), tracker=tracker) == (code, cell, words)


def test_two_requests_that_lead_to_different_dates_are_both_refused() -> None:
    control = judged(AGREED, replace(AGREED, id="CC-2", after="Oct-26", before=""))
    assert control.moves == ()
    assert [finding.cell for finding in control.refused] == ["E5", "E6"]
    assert control.refused[0].message.endswith(
        'to "Sep-26", and CC-2 to "Oct-26". Leave Agreed on the one that holds.'
    )


def test_two_requests_for_two_actions_or_fields_do_not_disagree() -> None:
    other = replace(AGREED, id="CC-2", key="BC.A1.1", before="Apr-26", after="Oct-26")
    start = replace(AGREED, id="CC-3", field="start_date", before="", after="Aug-26")
    assert len(judged(AGREED, other, start).moves) == 3


def test_one_that_leads_on_from_another_is_carried_out_once_the_plan_says_so() -> None:
    first = replace(AGREED, before="Apr-26", after="Jun-26")
    control = judged(first, replace(AGREED, id="CC-2"))
    assert [(move.ids, move.is_there) for move in control.moves] == [
        ("CC-1", True),
        ("CC-2", False),
    ]


def test_a_reference_that_two_rows_bear_is_refused() -> None:
    tracker = the_tracker("Theme\nBC.A1.2 | N/A | Jun-26\nBCA1.2 | N/A | Jun-26")
    code, _, message = refusal(AGREED, tracker=tracker)
    assert code == "request-action-unknown"
    assert "2 rows bear: Sheet 1 row 5 and Sheet 1 row 6. Give each row its own." in message
    (move,) = judged(replace(AGREED, key="BC.A1.2 (2)"), tracker=tracker).moves
    assert move.action.row == 6


def test_a_field_that_the_sheet_has_no_column_for_is_refused() -> None:
    tracker = the_tracker(columns=("reference", "action"))
    code, cell, message = refusal(AGREED, tracker=tracker)
    assert (code, cell) == ("request-cell-blocked", "C5")
    assert message.startswith("CC-1 is about the due date, for which Sheet 1 has no column.")


def test_a_cell_that_cannot_be_written_is_refused() -> None:
    code, cell, message = refusal(
        AGREED, obstacle=lambda action, field, text: f"{field} is a formula."
    )
    assert (code, cell) == ("request-cell-blocked", "B5")
    assert message == "CC-1 cannot be carried out: due_date is a formula."


def test_nothing_is_carried_out_on_a_sheet_that_cannot_keep_what_became_of_it() -> None:
    old = Standing("Change requests", 5, {n: c for n, c in COLUMNS.items() if "d_" not in n})
    records = ReturnRecords(requests=(replace(AGREED, standing=old),))
    control = judge_requests(records, the_tracker(), JULY, STANDARD, NOW)
    assert control.moves == ()
    assert [finding.message for finding in control.refused] == [
        "CC-1 cannot be carried out: the sheet has no columns Decided by, Decided on and Carried "
        "out. Add them to the table, with these headings."
    ]


def test_an_id_that_several_requests_have_is_refused_where_they_are_agreed() -> None:
    control = judged(AGREED, replace(OPEN, key="BC.A1.1"))
    assert [finding.code for finding in control.refused] == ["request-id-repeated"]
    assert control.moves == ()


# ---------------------------------------------------------------- ids


def test_a_request_without_an_id_gets_the_next_one_that_was_never_given() -> None:
    entry = LogRecord(NOW, JULY, "CC-7; CC-3", "B", "BC.A1.1", "due_date", "", "", CHANGE_CONTROL)
    control = judged(
        OPEN, replace(AGREED, id=""), replace(OPEN, id="", key="BC.A1.3"), log=(entry,)
    )
    assert [(r.id, r.standing.row) for r in control.changes.changed] == [  # type: ignore[union-attr]
        ("CC-8", 6),
        ("CC-9", 7),
    ]
    assert [move.ids for move in control.moves] == ["CC-8"]


def test_an_id_of_the_councils_own_stays() -> None:
    control = judged(replace(AGREED, id="Board 26/14"))
    assert [move.ids for move in control.moves] == ["Board 26/14"]


# ---------------------------------------------------------------- what waits


@pytest.mark.parametrize(
    ("month", "received", "months", "is_too_long"),
    [
        (JULY, date(2026, 7, 20), 0, False),
        (JULY, date(2026, 7, 5), 1, False),  # a month to the day
        (JULY, date(2026, 7, 4), 1, True),
        (Month(2026, 5), None, 2, True),  # from 31 May
        (JULY, None, 0, False),
        (Month(2026, 5), date(2026, 7, 20), 0, False),
        (None, date(2026, 3, 31), 4, True),
        (Month(2026, 9), None, 0, False),  # still to come
    ],
)
def test_a_request_waits_from_the_day_it_came_or_the_end_of_its_month(
    month: Month | None, received: date | None, months: int, is_too_long: bool
) -> None:
    control = judged(replace(OPEN, month=month, received=received))
    (waiting,) = control.waiting
    assert (waiting.months, waiting.is_too_long) == (months, is_too_long)
    assert len(control.too_long) == is_too_long


def test_a_council_may_let_requests_wait_for_longer() -> None:
    checks = replace(STANDARD.checks, request_months=3)
    old = replace(OPEN, received=date(2026, 5, 5))
    settings = replace(STANDARD, checks=checks)
    assert judged(old).too_long
    assert not judged(old, settings=settings).too_long


def test_the_oldest_stands_first_and_one_without_any_date_is_said() -> None:
    control = judged(
        OPEN,
        replace(OPEN, id="CC-2", month=None, received=None),
        replace(OPEN, id="CC-3", received=date(2026, 6, 1), decision="Deferred"),
    )
    assert [waiting.request.id for waiting in control.waiting] == ["CC-3", "CC-1", "CC-2"]
    (note,) = control.notes
    assert (note.code, note.cell, note.severity) == ("request-undated", "F6", Severity.NOTE)
