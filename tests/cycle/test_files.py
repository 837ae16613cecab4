"""The files that a verb reads and writes, and what is refused before any work is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan.cycle.files import choose_destination, open_to_change, saying_which_file
from sheetplan.errors import (
    CannotWriteError,
    DamagedWorkbookError,
    LayoutError,
    NotAWorkbookError,
    SettingsError,
    WorkbookInUseError,
)
from tests.builders import workbook_from_text


@pytest.fixture
def tracker(tmp_path) -> Path:
    return workbook_from_text(tmp_path / "plan.xlsx", {"Sheet1": "| Ref |"})


def test_a_change_in_place_has_a_backup(tracker):
    place = choose_destination(tracker, None, "August 2023")
    assert place.output == tracker
    assert place.backup == tracker.with_name("plan (before August 2023).xlsx")


def test_a_change_to_a_new_file_has_none(tracker):
    place = choose_destination(tracker, tracker.with_name("new.xlsx"), "August 2023")
    assert place.output == tracker.with_name("new.xlsx")
    assert place.backup is None
    assert place.as_data() == {"output": str(place.output), "backup": None}


def test_the_tracker_by_another_road_is_a_change_in_place(tracker, monkeypatch):
    monkeypatch.chdir(tracker.parent)
    assert choose_destination(tracker, Path("plan.xlsx"), "August 2023").backup is not None


def test_endings_differ_by_more_than_capitals(tracker):
    assert choose_destination(tracker, tracker.with_name("NEW.XLSX"), "x").backup is None
    with pytest.raises(CannotWriteError, match=r'must end in \.xlsx.*Name it "new\.xlsx"'):
        choose_destination(tracker, tracker.with_name("new.xlsm"), "x")


def test_a_link_that_leads_nowhere_is_not_written_over(tracker):
    link = tracker.with_name("link.xlsx")
    try:
        link.symlink_to(tracker.with_name("gone.xlsx"))
    except OSError:
        pytest.skip("this system lets nobody make links")
    with pytest.raises(CannotWriteError, match="there is a file of this name already"):
        choose_destination(tracker, link, "x")


def test_a_workbook_is_opened_with_the_state_in_which_it_was_read(tracker):
    workbook, state = open_to_change(tracker)
    assert workbook.sheet_names == ["Sheet1"]
    assert state.size == tracker.stat().st_size


def test_a_workbook_that_is_open_elsewhere_is_not_opened_to_change(tracker):
    tracker.with_name("~$plan.xlsx").write_bytes(b"")
    with pytest.raises(WorkbookInUseError, match=r"plan\.xlsx: .*\(someone has it\)"):
        open_to_change(tracker)


def test_what_is_not_there_is_not_opened(tmp_path):
    with pytest.raises(NotAWorkbookError, match="there is no such file"):
        open_to_change(tmp_path / "gone.xlsx")


def test_an_error_without_a_file_gets_it():
    with (
        pytest.raises(LayoutError, match=r"^plan\.xlsx: it is odd$"),
        saying_which_file(Path("folder/plan.xlsx")),
    ):
        raise LayoutError("it is odd")


def test_an_error_with_a_file_keeps_it():
    with (
        pytest.raises(LayoutError, match=r"^other\.xlsx: it is odd$"),
        saying_which_file(Path("plan.xlsx")),
    ):
        raise LayoutError("it is odd", where="other.xlsx")


@pytest.mark.parametrize("error", [ValueError("'x' is not a range of cells"), KeyError("r")])
def test_what_cannot_be_understood_inside_a_workbook_is_the_workbooks_fault(error):
    words = r"^plan\.xlsx: something inside the workbook cannot be understood .* save it there"
    with pytest.raises(DamagedWorkbookError, match=words), saying_which_file(Path("plan.xlsx")):
        raise error


def test_a_fault_of_sheetplans_own_is_not_blamed_on_the_workbook():
    with pytest.raises(TypeError, match="ours"), saying_which_file(Path("plan.xlsx")):
        raise TypeError("ours")


def test_an_error_of_the_settings_is_not_blamed_on_the_workbook():
    with (
        pytest.raises(SettingsError, match=r"^no such profile$"),
        saying_which_file(Path("plan.xlsx")),
    ):
        raise SettingsError("no such profile")
