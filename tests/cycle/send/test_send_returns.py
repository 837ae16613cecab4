"""Sending returns: who gets which file, and what the tracker then says."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.model.owner_return import owner_key
from tests.cli.running import names_in
from tests.cycle.sending import (
    ASHA,
    HR,
    ZOE,
    codes,
    file_of,
    property_of,
    register,
    send_list,
    states,
)
from tests.judges import ROOT, calamine_values, diff, openpyxl_values, valid

TEMPLATE = ROOT / "workbook_templates" / "owner_return.xlsx"


# ---------------------------------------------------------------- a first run


def test_each_owner_gets_a_workbook_with_the_rows_that_are_asked(tracker, to):
    sheetplan.send_returns(tracker, to)
    assert names_in(to) == sorted([*map(file_of, (HR, ASHA, ZOE)), "send-list.csv"])
    values = calamine_values(to / file_of(HR))["Your update"]
    assert {"OC.A1.1", "OC.A1.5"} <= set(values.values())
    assert not {"OC.A1.2", "OC.A1.3", "OC.A1.4"} & set(values.values())
    assert openpyxl_values(to / file_of(ASHA))["Your update"]["C7"] == "=SUM(A1)"


def test_with_all_rows_an_owner_sees_those_that_are_not_asked_as_well(tracker, to):
    sheetplan.send_returns(tracker, to, all_rows=True)
    values = calamine_values(to / file_of(HR))["Your update"]
    assert {"OC.A1.1", "OC.A1.2", "OC.A1.5"} <= set(values.values())
    assert {row["Owner"]: row["Rows asked"] for row in register(tracker)}[HR] == 2


def test_by_director_lead_the_leads_are_asked(tracker, to):
    sheetplan.send_returns(tracker, to, by="director-lead")
    assert names_in(to) == sorted([file_of("Asha"), file_of("Ben"), "send-list.csv"])


def test_only_those_who_are_named_are_sent_something(tracker, to):
    plan = sheetplan.send_returns(tracker, to, only="head of  hr").plan
    assert states(plan) == {HR: "new"}
    assert names_in(to) == [file_of(HR), "send-list.csv"]
    assert [row["Owner"] for row in register(tracker)] == [HR]
    two = sheetplan.plan_send_returns(tracker, to, only=[HR, ZOE])
    assert states(two) == {HR: "sent", ZOE: "new"}


def test_a_return_says_which_it_is_and_the_tracker_has_an_id(tracker, to):
    plan = sheetplan.send_returns(tracker, to).plan
    own = property_of(tracker, "sheetplan_tracker_id")
    assert len(own) == 8
    assert int(own, 16) >= 0
    for owner in plan.owners:
        path = to / owner.file
        assert property_of(path, "sheetplan_tracker_id") == own
        assert property_of(path, "sheetplan_id") == f"{own}/2023-08/{owner_key(owner.name)}/1"


def test_the_register_says_what_went_out(tracker, to):
    sheetplan.send_returns(tracker, to)
    rows = {row["Owner"]: row for row in register(tracker)}
    assert list(rows) == [HR, ASHA, ZOE]
    own = property_of(tracker, "sheetplan_tracker_id")
    hr = rows[HR]
    assert hr["Reference"] == f"{own}/2023-08/{owner_key(HR)}/1"
    assert (hr["Sent"], hr["Due"]) == (datetime(2023, 8, 15), datetime(2023, 8, 25))
    assert hr["Rows asked"] == 2
    assert hr["E-mail"] == "hr@wexcombe.example; jo@wexcombe.example"
    assert hr["Returned"] is None


def test_nothing_else_of_the_tracker_changes(tracker, to, tmp_path):
    before = shutil.copy(tracker, tmp_path / "before.xlsx")
    result = sheetplan.send_returns(tracker, to)
    found = diff(before, tracker)
    assert (found.lost, found.changed) == ([], [])
    assert valid(before, tracker) == []
    assert result.verified is not None
    assert result.verified.cells_lost == 0
    assert result.backup is not None
    assert result.backup.read_bytes() == before.read_bytes()
    assert result.backup.name == "plan (before sending returns August 2023).xlsx"


def test_undo_takes_the_register_back(tracker, to):
    before = tracker.read_bytes()
    sheetplan.send_returns(tracker, to)
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before


def test_the_tracker_can_go_into_a_new_file(tracker, to, tmp_path):
    before = tracker.read_bytes()
    result = sheetplan.send_returns(tracker, to, output=tmp_path / "new.xlsx")
    assert tracker.read_bytes() == before
    assert (result.output, result.backup) == (tmp_path / "new.xlsx", None)
    assert len(register(tmp_path / "new.xlsx")) == 3


def test_returns_are_sound_workbooks(tracker, to):
    plan = sheetplan.send_returns(tracker, to).plan
    for owner in plan.owners:
        assert openpyxl.load_workbook(to / owner.file).sheetnames[0] == "Your update"
        assert valid(TEMPLATE, to / owner.file) == []


def test_whom_it_goes_back_to_stands_in_the_return_and_in_the_message(tracker, to):
    sheetplan.send_returns(tracker, to, only=HR)
    wanted = "Programme Office, plan@wexcombe.example"
    texts = calamine_values(to / file_of(HR))["Your update"].values()
    assert any(f"back to {wanted} by" in str(text) for text in texts)
    assert wanted in send_list(to)[0]["message"]


def test_whom_reports_name_is_asked_where_returns_name_nobody(tracker, to, tmp_path):
    text = '[reports]\ncontact = "Jo Reed"\n'
    (tmp_path / "sheetplan.toml").write_text(f'profile = "standard"\n{text}', "utf-8")
    plan = sheetplan.send_returns(tracker, to).plan
    assert plan.return_to == "Jo Reed"
    assert "return-to-missing" not in codes(plan)
    texts = calamine_values(to / file_of(HR))["Your update"].values()
    assert any("back to Jo Reed by" in str(text) for text in texts)


def test_where_nobody_is_named_that_is_said(tracker, to, tmp_path):
    (tmp_path / "sheetplan.toml").unlink()
    plan = sheetplan.send_returns(tracker, to).plan
    (finding,) = [found for found in plan.findings if found.code == "return-to-missing"]
    assert "[returns]" in finding.message
    assert plan.return_to == "the person who sent it to you"
    assert "back to the person who sent it to you" in send_list(to)[0]["message"]


# ---------------------------------------------------------------- plain data


def test_the_plan_as_data_says_all_of_it(tracker, to):
    data = sheetplan.plan_send_returns(tracker, to, eml=True, only=HR).as_data()
    (owner,) = data["owners"]
    assert owner == {
        "owner": HR,
        "email": ["hr@wexcombe.example", "jo@wexcombe.example"],
        "rows": 2,
        "reference": f"{data['tracker_id']}/2023-08/{owner_key(HR)}/1",
        "file": file_of(HR),
        "draft": f"{Path(file_of(HR)).stem}.eml",
        "state": "new",
        "made": True,
        "due": "2023-08-25",
        "sent": None,
        "returned": None,
    }
    assert data["month"] == "2023-08"
    assert data["send_list"] == "send-list.csv"


# ---------------------------------------------------------------- a real tracker


@pytest.mark.shared
def test_every_row_of_a_real_tracker_that_is_asked_is_in_a_return_and_nothing_is_lost(
    shared, tmp_path
):
    before = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    tracker = Path(shutil.copyfile(before, tmp_path / "plan.xlsx"))
    plan = sheetplan.send_returns(tracker, tmp_path / "returns").plan
    assert len(plan.owners) > 20
    found = diff(before, tracker)
    assert found.lost == []
    assert [line for line in found.changed if "docProps/custom.xml" not in line] == []
    assert valid(before, tracker) == []
    for owner in plan.owners:
        path = tmp_path / "returns" / owner.file
        texts = set(calamine_values(path)["Your update"].values())
        assert {row.texts["reference"] for row in owner.rows.asked} <= texts
        assert valid(TEMPLATE, path) == []
    rows = {row["Owner"]: row["Rows asked"] for row in register(tracker)}
    assert rows == {owner.name: len(owner.rows.asked) for owner in plan.owners}
