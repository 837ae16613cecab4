"""Collecting files: bad ones stop no others, and those of other trackers and months are told."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import MonthMissingError, NoSuchFileError
from tests.cli.running import unharmed
from tests.cycle.collecting import (
    HR,
    ICT,
    JUNE,
    collect,
    from_hr,
    records,
    rejected,
    return_book,
    said_of_july,
    sent_tracker,
)
from tests.judges import openpyxl_values
from tests.return_files import row

# ---------------------------------------------------------------- files


def test_one_bad_file_never_stops_the_others(tracker: Path, returns: Path) -> None:
    (returns / "~$Head of HR.xlsx").write_bytes(b"\x0bHead of HR")
    (returns / "desktop.ini").write_text("[.ShellClassInfo]")
    (returns / ".hidden").write_text("x")
    (returns / "torn.xlsx").write_bytes((returns / "Head of HR.xlsx").read_bytes()[:2_000])
    (returns / "empty.xlsx").write_bytes(b"")
    (returns / "answers.csv").write_text("Reference,Status\nOC.A1.1,Complete\n")
    plan = collect(tracker, returns)
    assert len(said_of_july(tracker)) == 6
    assert {file.file for file in plan.returns} == {"Head of HR.xlsx", "Head of ICT.xlsx"}
    assert {file.file for file in plan.passed_over} == {
        "~$Head of HR.xlsx", "desktop.ini", ".hidden",
    }  # fmt: skip
    assert {file.file for file in plan.rejected} == {"torn.xlsx", "empty.xlsx", "answers.csv"}
    assert all(file.reason and file.remedy for file in plan.rejected)
    sums = plan.totals
    assert (sums.found, sums.merged_files, sums.rejected_files, sums.passed_over) == (8, 2, 3, 3)


def test_one_path_need_not_stand_in_a_list(tracker: Path, returns: Path) -> None:
    for path in (returns, str(returns)):
        assert sheetplan.plan_collect_returns(tracker, path).found == 2


def test_returns_in_a_zip_file_are_found(tracker: Path, returns: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "july.zip", "w") as archive:
        for path in sorted(returns.iterdir()):
            archive.write(path, f"from outlook/{path.name}")
    plan = collect(tracker, tmp_path / "july.zip")
    assert len(said_of_july(tracker)) == 6
    assert [file.file for file in plan.returns] == [
        "july.zip, from outlook/Head of HR.xlsx",
        "july.zip, from outlook/Head of ICT.xlsx",
    ]


def test_the_tracker_and_its_backups_are_no_returns(tracker: Path, returns: Path) -> None:
    collect(tracker, returns)
    for path in returns.iterdir():
        shutil.copy(path, tracker.parent)
    plan = collect(tracker, tracker.parent)
    assert {file.file for file in plan.passed_over} == {
        "plan.xlsx", "plan (before collecting returns July 2023).xlsx",
    }  # fmt: skip
    assert len(plan.returns) == 2


def test_a_file_that_is_not_there_is_said_before_anything_is_read(
    tracker: Path, returns: Path
) -> None:
    with unharmed(tracker.parent), pytest.raises(NoSuchFileError, match="no such file or folder"):
        collect(tracker, returns, tracker.with_name("gone.xlsx"))


# ---------------------------------------------------------------- other trackers, other months


def test_a_return_of_another_tracker_is_rejected_with_both_ids(
    tracker: Path, tmp_path: Path
) -> None:
    path = from_hr(tmp_path / "hr.xlsx", tracker="ffff0000")
    said = rejected(tracker, path)["hr.xlsx"]
    assert "belongs to another tracker" in said
    assert "ffff0000" in said
    assert "1a2b3c4d" in said


def test_a_return_for_another_month_says_how_to_collect_it(tracker: Path, tmp_path: Path) -> None:
    path = from_hr(tmp_path / "hr.xlsx", month=JUNE)
    said = rejected(tracker, path)["hr.xlsx"]
    assert "is for June 2023" in said
    assert "Run collect-returns --month 2023-06" in said
    collect(tracker, path, month="2023-06")
    cells = openpyxl_values(tracker)
    assert [r["Answer"] for r in records(tracker, "Conflicts")]  # June has words of its own
    assert cells["Theme 1"]["G2"] == "Begun in June"


def test_a_tracker_that_lost_its_id_is_known_by_its_register(tmp_path: Path) -> None:
    tracker = sent_tracker(tmp_path)
    first = tmp_path / "hr.xlsx"
    return_book(HR, row("OC.A1.1", status="Complete")).save(first)
    sheetplan.collect_returns(tracker, [first])
    book = openpyxl.load_workbook(tracker)
    del book.custom_doc_props["sheetplan_tracker_id"]
    book.save(tracker)
    second = tmp_path / "ict.xlsx"
    return_book(ICT, row("OC.A1.3", status="Complete")).save(second)
    plan = sheetplan.plan_collect_returns(tracker, [second])
    assert not plan.rejected
    assert [write.action.reference_text for write in plan.steps[0].merging.writes] == ["OC.A1.3"]


def test_a_tracker_that_never_sent_a_return_takes_none(tmp_path: Path) -> None:
    tracker = sent_tracker(tmp_path / "tracker")
    book = openpyxl.load_workbook(tracker)
    del book.custom_doc_props["sheetplan_tracker_id"]
    book.save(tracker)
    said = rejected(tracker, from_hr(tmp_path / "hr.xlsx"))["hr.xlsx"]
    assert "this tracker has never sent a return" in said


def test_a_month_that_the_tracker_lacks_is_refused(tracker: Path, returns: Path) -> None:
    with unharmed(tracker.parent), pytest.raises(MonthMissingError) as caught:
        collect(tracker, returns, month="2023-08")
    assert "the tracker does not have August 2023; its latest months are June 2023 and July" in (
        str(caught.value)
    )
