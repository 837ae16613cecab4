"""Files in use, and places where nothing can be written: the tracker stays as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import (
    environment,
    names_in,
    run,
    start,
    start_code,
    tracker_in,
    unharmed,
)


def _refused(path: Path, *words: object, phrases: list[str]) -> None:
    with unharmed(path.parent):
        outcome = run("roll-month", path, *words)
    assert outcome.status == 3
    assert outcome.out == ""
    for phrase in phrases:
        assert phrase in outcome.said


# ---------------------------------------------------------------- in use, or no place to write


def _owner(name: str) -> bytes:
    return bytes([len(name)]) + name.ljust(54).encode("latin-1") + b"\0" + name.encode("utf-16-le")


@pytest.mark.parametrize("verb", ["roll-month", "colour"])
def test_a_tracker_open_in_excel_is_refused_with_the_name_of_who_has_it(verb, tmp_path):
    path = tracker_in(tmp_path)
    (tmp_path / "~$plan.xlsx").write_bytes(_owner("Priya Nair"))
    with unharmed(tmp_path):
        outcome = run(verb, path)
    assert outcome.status == 3
    assert "plan.xlsx: the workbook is open in Excel or another program (Priya Nair" in outcome.said
    assert run("inspect", path).status == 0


def test_a_tracker_open_in_libreoffice_is_refused_with_the_name_of_who_has_it(tmp_path):
    path = tracker_in(tmp_path)
    lock = ",sam,sams-laptop,01.07.2023 09:00,file:///home/sam/.config;"
    (tmp_path / ".~lock.plan.xlsx#").write_text(lock)
    _refused(path, phrases=["open in Excel or another program (sam has it)", "delete the hidden"])


def test_another_workbook_that_is_open_is_no_obstacle(tmp_path):
    path = tracker_in(tmp_path, "my plan.xlsx")
    tracker_in(tmp_path, " plan.xlsx")
    (tmp_path / "~$ plan.xlsx").write_bytes(_owner("Priya Nair"))
    assert run("roll-month", path).status == 0


def test_a_read_only_tracker_is_rolled_to_a_new_file_only(tmp_path):
    path = tracker_in(tmp_path)
    path.chmod(0o444)
    _refused(path, phrases=["plan.xlsx: the file is marked read-only.", "new file with -o"])
    _refused(path, "--dry-run", phrases=["read-only"])
    assert run("roll-month", path, "-o", tmp_path / "new.xlsx").status == 0


@pytest.mark.parametrize("verb", ["roll-month", "colour"])
@pytest.mark.parametrize("rehearsal", [[], ["--dry-run"]])
@pytest.mark.parametrize(
    ("output", "phrase"),
    [
        ("other.xlsx", "other.xlsx: there is a file of this name already"),
        ("folder", "folder: this is a folder. Name the new file inside it."),
        ("new.xlsm", "must end in .xlsx, as the tracker does: Excel refuses a workbook whose"),
        ("new", 'Name it "new.xlsx".'),
        ("no/such/new.xlsx", "such: there is no such folder."),
        ("plan.xlsx/new.xlsx", "plan.xlsx: there is no such folder."),
        (f"{'long ' * 60}.xlsx", "there can be no file of this name"),
    ],
)
def test_an_output_that_cannot_be_is_refused(verb, rehearsal, output, phrase, tmp_path):
    path = tracker_in(tmp_path)
    (tmp_path / "other.xlsx").write_text("somebody's work")
    (tmp_path / "folder").mkdir()
    with unharmed(tmp_path):
        outcome = run(verb, path, "-o", tmp_path / output, *rehearsal)
    assert outcome.status == 3
    assert phrase in outcome.said


_LITTLE_ROOM = """
import resource, sys
from sheetplan.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for files")
@pytest.mark.parametrize("verb", ["roll-month", "colour", "undo", "init"])
def test_no_room_on_the_disk_leaves_all_as_it_was(verb, tmp_path):
    path = tracker_in(tmp_path)
    if verb == "undo":
        run("roll-month", path)
    with unharmed(tmp_path):
        outcome = start_code(_LITTLE_ROOM, verb, path)
    assert outcome.status == 3
    assert "Traceback" not in outcome.err
    words = "settings file could not be written" if verb == "init" else "no room left on the disk"
    assert words in outcome.said


def test_no_room_for_the_backup_leaves_all_as_it_was(tmp_path):
    path = tracker_in(tmp_path)
    code = """
import errno, os, shutil
from sheetplan.cli.main import main
def full(source, target):
    open(target, "wb").write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")
shutil.copyfile = full
main()
"""
    with unharmed(tmp_path):
        outcome = start_code(code, "roll-month", path)
    assert outcome.status == 3
    assert "plan (before August 2023).xlsx: there is no room left on the disk" in outcome.said


def _in_a_small_disk(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run in a mount namespace where `folder` is a disk of 64 KB."""
    script = (
        'mount -t tmpfs -o size=64k none "$1" && cp "$2" "$1/plan.xlsx" && shift 2'
        ' && "$@"; status=$?; ls -A "$0"; exit $status'
    )
    command = ["unshare", "-rm", "sh", "-c", script, str(folder), str(folder), *words]
    return subprocess.run(command, capture_output=True, env=environment(), timeout=60)


def test_a_disk_that_fills_up_leaves_all_as_it_was(tmp_path, example_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    probe = _in_a_small_disk(disk, str(example_path), "true") if shutil.which("unshare") else None
    if probe is None or probe.returncode:
        pytest.skip("this system lets nobody mount a small disk")
    done = _in_a_small_disk(
        disk, str(example_path), sys.executable, "-m", "sheetplan", "roll-month",
        str(disk / "plan.xlsx"),
    )  # fmt: skip
    assert done.returncode == 3
    assert b"there is no room left on the disk" in done.stderr
    assert done.stdout.split() == [b"plan.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions on Windows")
def test_a_folder_where_nobody_may_write_is_refused(tmp_path):
    path = tracker_in(tmp_path / "in")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    if os.access(closed, os.W_OK):
        pytest.skip("whoever runs this may write everywhere")
    with unharmed(tmp_path):
        outcome = start("roll-month", path, "-o", closed / "new.xlsx")
    assert outcome.status == 3
    assert "you may not write to this folder" in outcome.said


# ---------------------------------------------------------------- somebody else is at work

_MEANWHILE = """
import os, sys
from sheetplan.cli.main import main
fsync, path = os.fsync, sys.argv[2]
def meanwhile(handle):
    fsync(handle)
    os.fsync = fsync
    {deed}
os.fsync = meanwhile
main()
"""


@pytest.mark.parametrize("to_new_file", [False, True])
def test_a_change_by_somebody_else_meanwhile_is_theirs_to_keep(to_new_file, tmp_path):
    path = tracker_in(tmp_path)
    code = _MEANWHILE.format(deed='open(path, "ab").write(b"what they typed")')
    words = ["-o", tmp_path / "new.xlsx"] if to_new_file else []
    before = path.read_bytes()
    outcome = start_code(code, "roll-month", path, *words)
    assert outcome.status == 3
    assert "plan.xlsx: somebody changed the workbook while sheetplan worked" in outcome.said
    assert path.read_bytes() == before + b"what they typed"
    assert names_in(tmp_path) == ["plan.xlsx"]


def test_a_tracker_moved_away_meanwhile_is_not_made_again(tmp_path):
    path = tracker_in(tmp_path)
    code = _MEANWHILE.format(deed='os.rename(path, path + ".moved")')
    outcome = start_code(code, "roll-month", path)
    assert outcome.status == 3
    assert "somebody moved or deleted the workbook while sheetplan worked" in outcome.said
    assert names_in(tmp_path) == ["plan.xlsx.moved"]


def test_a_file_that_is_not_what_was_written_is_thrown_away(tmp_path):
    path = tracker_in(tmp_path)
    code = """
import os, sys
from sheetplan.cli.main import main
fsync = os.fsync
def failing_disk(handle):
    fsync(handle)
    os.pwrite(handle, b"!!!!", 900)
os.fsync = failing_disk
main()
"""
    with unharmed(tmp_path):
        outcome = start_code(code, "roll-month", path)
    assert outcome.status == 3
    assert "was written and read back, and was not what it should be" in outcome.said
    assert "disk may be failing" in outcome.said
