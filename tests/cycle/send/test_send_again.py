"""Sending again: what is missing is made, nobody is sent twice, and who is late is reminded."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl

import sheetplan
from sheetplan.model.owner_return import owner_key
from tests.cli.running import names_in, unharmed
from tests.cycle.sending import (
    ASHA,
    HR,
    ZOE,
    codes,
    file_of,
    property_of,
    register,
    send_list,
    set_register,
    set_today,
    states,
)

# ---------------------------------------------------------------- a second run


def test_a_second_run_sends_nothing_and_touches_nothing(tracker, to, tmp_path):
    sheetplan.send_returns(tracker, to, eml=True)
    with unharmed(tmp_path):
        result = sheetplan.send_returns(tracker, to, eml=True)
    assert not result.plan.has_work
    assert (result.output, result.backup, result.verified) == (None, None, None)
    assert set(states(result.plan).values()) == {"sent"}


def test_a_second_run_makes_what_is_missing_and_nothing_else(tracker, to, monkeypatch):
    sheetplan.send_returns(tracker, to, only=[HR, ASHA])
    own = property_of(tracker, "sheetplan_tracker_id")
    kept = (to / file_of(HR)).read_bytes()
    (to / file_of(ASHA)).unlink()
    set_today(monkeypatch, datetime(2023, 8, 17))
    plan = sheetplan.send_returns(tracker, to).plan
    assert states(plan) == {HR: "sent", ASHA: "made again", ZOE: "new"}
    assert (to / file_of(HR)).read_bytes() == kept
    assert [row["name"] for row in send_list(to, "send-list-2.csv")] == [ASHA, ZOE]
    rows = {row["Owner"]: row for row in register(tracker)}
    assert rows[ASHA]["Sent"] == datetime(2023, 8, 15)
    assert rows[ASHA]["Due"] == datetime(2023, 8, 25)
    assert (rows[ZOE]["Sent"], rows[ZOE]["Due"]) == (datetime(2023, 8, 17), datetime(2023, 8, 28))
    assert property_of(tracker, "sheetplan_tracker_id") == own


def test_a_return_that_is_made_again_needs_no_change_of_the_tracker(tracker, to):
    sheetplan.send_returns(tracker, to)
    (to / file_of(ASHA)).unlink()
    before = tracker.read_bytes()
    result = sheetplan.send_returns(tracker, to)
    assert tracker.read_bytes() == before
    assert result.output is None
    assert file_of(ASHA) in names_in(to)


def test_what_came_back_is_not_made_again(tracker, to):
    sheetplan.send_returns(tracker, to)
    set_register(tracker, HR, "Returned", datetime(2023, 8, 20))
    (to / file_of(HR)).unlink()
    plan = sheetplan.send_returns(tracker, to).plan
    assert states(plan)[HR] == "returned"
    assert file_of(HR) not in names_in(to)


def test_a_return_that_its_owner_filled_in_is_still_this_return(tracker, to):
    sheetplan.send_returns(tracker, to)
    book = openpyxl.load_workbook(to / file_of(HR))
    book["Your update"]["H7"] = "Done, and more"
    book.save(to / file_of(HR))
    assert states(sheetplan.plan_send_returns(tracker, to))[HR] == "sent"


def test_the_next_month_is_sent_beside_the_last(tracker, to, tmp_path):
    sheetplan.send_returns(tracker, to, "July 2023")
    own = property_of(tracker, "sheetplan_tracker_id")
    sheetplan.send_returns(tracker, to)
    assert file_of(HR, "2023-07") in names_in(to)
    assert file_of(HR) in names_in(to)
    assert property_of(tracker, "sheetplan_tracker_id") == own
    assert len(register(tracker)) == len([n for n in names_in(to) if n.endswith(".xlsx")])


def test_a_tracker_that_lost_its_id_takes_it_from_the_register(tracker, to):
    sheetplan.send_returns(tracker, to, only=HR)
    own = property_of(tracker, "sheetplan_tracker_id")
    book = openpyxl.load_workbook(tracker)
    del book.custom_doc_props["sheetplan_tracker_id"]
    book.save(tracker)
    plan = sheetplan.send_returns(tracker, to).plan
    assert states(plan)[HR] == "sent"
    assert property_of(tracker, "sheetplan_tracker_id") == own


def test_rows_that_came_since_are_said(tracker, to):
    sheetplan.send_returns(tracker, to)
    set_register(tracker, HR, "Rows asked", 5)
    plan = sheetplan.plan_send_returns(tracker, to)
    (finding,) = [found for found in plan.findings if found.code == "rows-asked-changed"]
    assert finding.sheet == "Returns"
    assert finding.cell
    assert "asks for 5 rows; the tracker now asks for 2" in finding.message


def test_a_name_that_nobody_has_any_more_is_said(tracker, to):
    sheetplan.send_returns(tracker, to)
    book = openpyxl.load_workbook(tracker)
    book["Theme 1"]["C5"] = "Head of Finance"
    book.save(tracker)
    plan = sheetplan.plan_send_returns(tracker, to)
    (finding,) = [found for found in plan.findings if found.code == "owner-gone"]
    assert finding.message.startswith(ZOE)
    assert states(plan)["Head of Finance"] == "new"
    only = sheetplan.plan_send_returns(tracker, to, only=HR)
    assert "owner-gone" not in codes(only)


# ---------------------------------------------------------------- reminders


def test_reminders_are_drafts_for_those_who_have_not_returned(tracker, to):
    sheetplan.send_returns(tracker, to, only=[HR, ASHA])
    set_register(tracker, ASHA, "Returned", datetime(2023, 8, 20))
    before = tracker.read_bytes()
    plan = sheetplan.send_returns(tracker, to, reminders=True).plan
    assert states(plan) == {HR: "reminder", ASHA: "returned", ZOE: "not sent"}
    draft = to / f"reminder-{Path(file_of(HR)).stem}.eml"
    assert [name for name in names_in(to) if name.endswith(".eml")] == [draft.name]
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert mail["Subject"].startswith("Reminder: ")
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == (to / file_of(HR)).read_bytes()
    assert [row["name"] for row in send_list(to, "send-list-2.csv")] == [HR]
    assert tracker.read_bytes() == before


def test_a_reminder_makes_a_return_again_that_is_gone(tracker, to):
    sheetplan.send_returns(tracker, to)
    (to / file_of(HR)).unlink()
    plan = sheetplan.send_returns(tracker, to, reminders=True, only=HR).plan
    assert [(owner.state.value, owner.is_made) for owner in plan.owners] == [("reminder", True)]
    assert property_of(to / file_of(HR), "sheetplan_owner") == owner_key(HR)


def test_reminding_twice_keeps_the_first_reminder(tracker, to):
    sheetplan.send_returns(tracker, to)
    sheetplan.send_returns(tracker, to, reminders=True, only=HR)
    first = to / f"reminder-{Path(file_of(HR)).stem}.eml"
    kept = first.read_bytes()
    sheetplan.send_returns(tracker, to, reminders=True, only=HR)
    assert first.read_bytes() == kept
    assert first.with_name(f"{first.stem}-2.eml").is_file()
    assert (to / "send-list-3.csv").is_file()


def test_a_reminder_may_give_more_time_and_the_register_says_so(tracker, to):
    sheetplan.send_returns(tracker, to)
    sheetplan.send_returns(tracker, to, reminders=True, only=HR, due="2023-09-08")
    rows = {row["Owner"]: row["Due"] for row in register(tracker)}
    assert rows[HR] == datetime(2023, 9, 8)
    assert rows[ASHA] == datetime(2023, 8, 25)


def test_with_nobody_to_remind_nothing_is_written(tracker, to, tmp_path):
    with unharmed(tmp_path):
        result = sheetplan.send_returns(tracker, to, reminders=True)
    assert set(states(result.plan).values()) == {"not sent"}
    assert not to.exists()
