"""Backups: their names, which is the newest, and putting one back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sheetplan import undo
from sheetplan.cycle.backups import backup_path, backups_of
from sheetplan.errors import BackupError, DamagedWorkbookError
from tests.builders import workbook_from_text


def _book(folder: Path, name: str, text: str = "", age: int = 0) -> Path:
    """A workbook whose first cell says `text`, written `age` minutes ago."""
    path = workbook_from_text(folder / name, {"Sheet1": f"| {text or name} |"})
    moment = 1_700_000_000 - 60 * age
    os.utime(path, (moment, moment))
    return path


# ---------------------------------------------------------------- names


def test_a_backup_is_named_after_the_change_that_it_comes_before(tmp_path):
    path = tmp_path / "plan.xlsx"
    assert backup_path(path, "August 2023").name == "plan (before August 2023).xlsx"


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    path = tmp_path / "plan.xlsx"
    for expected in ("", " 2", " 3"):
        backup = backup_path(path, "August 2023")
        assert backup.name == f"plan (before August 2023){expected}.xlsx"
        backup.touch()


@pytest.mark.parametrize(
    "name",
    ["plan.v1.2.xlsx", "Plan (final) (2).xlsx", "plan [draft].xlsx", "plan+.xlsm", "Café ^2.xlsx"],
)
def test_names_with_dots_and_brackets_have_backups_too(name, tmp_path):
    tracker = tmp_path / name
    backup = backup_path(tracker, "August 2023")
    backup.touch()
    assert backups_of(tracker) == [backup]


@pytest.mark.parametrize(
    "name",
    [
        "plan (before the meeting).xlsx",
        "plan (before August 2023) final.xlsx",
        "plan (before August 2023).xlsm",
        "plan (after August 2023).xlsx",
        "other plan (before August 2023).xlsx",
        "plan (before August 2023) (before September 2023).xlsx",
        "plan (undone 2023-08-01 09.30).xlsx",
        "plan (before 2023-08).xlsx",
    ],
)
def test_what_somebody_else_named_alike_is_no_backup(name, tmp_path):
    (tmp_path / name).touch()
    (tmp_path / "plan (before July 2023).xlsx").mkdir()
    assert backups_of(tmp_path / "plan.xlsx") == []


def test_the_newest_backup_comes_first_whatever_its_month(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx")
    oldest = _book(tmp_path, "plan (before September 2023).xlsx", age=30)
    newest = _book(tmp_path, "plan (before August 2023).xlsx", age=10)
    middle = _book(tmp_path, "plan (before colouring).xlsx", age=20)
    assert backups_of(tracker) == [newest, middle, oldest]


def test_of_backups_of_one_moment_the_higher_number_is_the_newer(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx")
    names = ["plan (before August 2023)", *(f"plan (before August 2023) {n}" for n in (2, 9, 10))]
    made = [_book(tmp_path, f"{name}.xlsx") for name in names]
    assert backups_of(tracker) == made[::-1]


def test_backups_are_found_from_the_trackers_own_folder(tmp_path, monkeypatch):
    _book(tmp_path, "plan (before August 2023).xlsx")
    monkeypatch.chdir(tmp_path)
    assert [path.name for path in backups_of(Path("plan.xlsx"))] == [
        "plan (before August 2023).xlsx"
    ]


# ---------------------------------------------------------------- undo


def test_undo_takes_the_newest_of_several(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx")
    older = _book(tmp_path, "plan (before August 2023).xlsx", age=20)
    newer = _book(tmp_path, "plan (before September 2023).xlsx", age=10)
    before = newer.read_bytes()
    result = undo(tracker)
    assert result.backup == newer
    assert tracker.read_bytes() == before
    assert older.exists()
    assert not newer.exists()


def test_undo_after_undo_goes_back_a_step_further_and_then_there_is_none(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx", "September")
    older = _book(tmp_path, "plan (before August 2023).xlsx", "July", age=20)
    newer = _book(tmp_path, "plan (before September 2023).xlsx", "August", age=10)
    states = [path.read_bytes() for path in (tracker, newer, older)]
    first = undo(tracker)
    second = undo(tracker)
    assert tracker.read_bytes() == states[2]
    assert first.kept is not None
    assert second.kept is not None
    assert [first.kept.read_bytes(), second.kept.read_bytes()] == states[:2]
    with pytest.raises(BackupError, match="there is no backup to put back"):
        undo(tracker)
    assert tracker.read_bytes() == states[2]


def test_a_rehearsed_undo_touches_nothing(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx")
    backup = _book(tmp_path, "plan (before August 2023).xlsx")
    result = undo(tracker, dry_run=True)
    assert result.backup == backup
    assert sorted(tmp_path.iterdir()) == sorted([tracker, backup])


def test_undo_takes_a_path_as_text(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx")
    _book(tmp_path, "plan (before August 2023).xlsx")
    assert undo(str(tracker)).tracker == tracker


def test_a_backup_that_cannot_be_read_stays_where_it_is(tmp_path):
    tracker = _book(tmp_path, "plan.xlsx")
    _book(tmp_path, "plan (before August 2023).xlsx").write_bytes(b"PK\x03\x04 and no more")
    before = tracker.read_bytes()
    with pytest.raises(DamagedWorkbookError, match=r"before August 2023\)\.xlsx"):
        undo(tracker)
    assert tracker.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2
