"""Sending returns is refused as a whole: nothing is half done, nothing is written over."""

from __future__ import annotations

import os

import openpyxl
import pytest

import sheetplan
from sheetplan.cycle import send_plan
from sheetplan.errors import (
    CannotWriteError,
    DamagedWorkbookError,
    LayoutError,
    MonthMissingError,
    OwnerNotFoundError,
    WorkbookInUseError,
)
from tests.cli.running import names_in, unharmed
from tests.cycle.sending import ASHA, HR, ZOE, file_of, made_tracker

# ---------------------------------------------------------------- nothing is half done


def test_a_plan_writes_nothing(tracker, to, tmp_path):
    with unharmed(tmp_path):
        plan = sheetplan.plan_send_returns(tracker, to, eml=True)
        assert plan.has_work
        assert len(plan.new_files) == 7


@pytest.mark.parametrize("is_new", [True, False])
def test_when_the_tracker_cannot_be_written_no_file_stays(tracker, to, tmp_path, is_new):
    if not is_new:
        to.mkdir()
        (to / "mine.txt").write_text("mine")
    plan = sheetplan.plan_send_returns(tracker, to, eml=True)
    os.utime(tracker, (1, 1))  # as if somebody had saved it meanwhile
    with unharmed(tmp_path), pytest.raises(WorkbookInUseError, match="changed the workbook"):
        plan.apply()
    assert to.exists() is not is_new


def test_when_one_return_cannot_be_written_none_stays(tracker, to, tmp_path):
    plan = sheetplan.plan_send_returns(tracker, to, eml=True)
    to.mkdir()
    (to / file_of(ZOE)).write_bytes(b"somebody was quicker")
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="of this name already"):
        plan.apply()


def test_when_a_draft_cannot_be_made_none_stays(tracker, to, tmp_path, monkeypatch):
    def broken(*_: object) -> bytes:
        raise MemoryError

    plan = sheetplan.plan_send_returns(tracker, to, eml=True)
    monkeypatch.setattr(send_plan, "draft", broken)
    with unharmed(tmp_path), pytest.raises(MemoryError):
        plan.apply()


# ---------------------------------------------------------------- what is refused


def test_a_file_that_is_not_this_return_is_named_and_kept(tracker, to, tmp_path):
    to.mkdir()
    (to / file_of(HR)).write_bytes(b"minutes of a meeting")
    (to / file_of(ASHA)).mkdir()
    with unharmed(tmp_path), pytest.raises(CannotWriteError) as caught:
        sheetplan.send_returns(tracker, to)
    assert f"{file_of(HR)} and {file_of(ASHA)} are there already" in str(caught.value)
    assert "does not write over them" in str(caught.value)


def test_the_return_of_another_tracker_is_not_this_one(tracker, to, tmp_path):
    other = made_tracker(tmp_path / "other")
    sheetplan.send_returns(other, to, only=HR)
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="is not the return of this"):
        sheetplan.send_returns(tracker, to, only=HR)


def test_a_file_has_no_place_where_a_folder_should_be(tracker, to, tmp_path):
    to.write_text("a file")
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="this is a file, not a folder"):
        sheetplan.send_returns(tracker, to)


def test_a_folder_is_made_but_not_those_above_it(tracker, to, tmp_path):
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="there is no such folder"):
        sheetplan.send_returns(tracker, to / "deep")
    assert not to.exists()


@pytest.mark.parametrize("name", ["Café – returns (v1.2) #1", "returns.xlsx", "it's & <that>"])
def test_odd_folder_names_are_no_obstacle(tracker, tmp_path, name):
    sheetplan.send_returns(tracker, tmp_path / name, eml=True)
    assert len(names_in(tmp_path / name)) == 7


def test_a_folder_name_that_no_system_takes_is_refused(tracker, tmp_path):
    with pytest.raises(CannotWriteError, match="there can be no folder of this name"):
        sheetplan.plan_send_returns(tracker, tmp_path / ("x" * 300))


def test_a_month_that_the_tracker_lacks_is_refused(tracker, to):
    with pytest.raises(MonthMissingError, match="does not have May 2024"):
        sheetplan.plan_send_returns(tracker, to, "2024-05")
    with pytest.raises(ValueError, match="is not a month"):
        sheetplan.plan_send_returns(tracker, to, "soon")


def test_an_owner_whom_nobody_asks_is_refused_with_the_nearest(tracker, to):
    with pytest.raises(OwnerNotFoundError) as caught:
        sheetplan.plan_send_returns(tracker, to, only=["Hed of HR"])
    assert 'no owner called "Hed of HR"' in str(caught.value)
    assert f'Did you mean "{HR}"?' in str(caught.value)


def test_whom_to_ask_is_one_of_two(tracker, to):
    with pytest.raises(ValueError, match="Accepted: update-owner, director-lead"):
        sheetplan.plan_send_returns(tracker, to, by="nobody")


def test_an_id_that_is_none_is_refused(tracker, to):
    book = openpyxl.load_workbook(tracker)
    book.custom_doc_props.append(
        openpyxl.packaging.custom.StringProperty(name="sheetplan_tracker_id", value="Plan")
    )
    book.save(tracker)
    with pytest.raises(DamagedWorkbookError, match='says "Plan", which is no id'):
        sheetplan.plan_send_returns(tracker, to)


def test_a_register_that_cannot_be_read_is_never_taken_for_an_empty_one(tracker, to, tmp_path):
    sheetplan.send_returns(tracker, to)
    book = openpyxl.load_workbook(tracker)
    table = book["Returns"].tables["Returns"]
    for cell in book["Returns"][table.ref][0]:
        if cell.value == "Month":
            cell.value = "Mth"
    for column in table.tableColumns:
        column.name = "Mth" if column.name == "Month" else column.name
    book.save(tracker)
    with unharmed(tmp_path), pytest.raises((LayoutError, CannotWriteError)):
        sheetplan.send_returns(tracker, to)
