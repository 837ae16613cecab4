"""The process is killed at any moment: the tracker is wholly the old one or wholly the new one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import environment, names_in, run, tracker_in
from tests.judges import openpyxl_values

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, as on Linux")

# Runs the command line again and again, each time in a child that dies before or after the next
# step that touches the disk, until one child lives to the end.
_DEATHS = """
import os, shutil, sys, tempfile
from pathlib import Path
import sheetplan.cycle.backups, sheetplan.cycle.colour, sheetplan.cycle.roll_month
import sheetplan.cycle.send_returns
from sheetplan.cli.main import sheetplan

folder, stage, *words = sys.argv[1:]
steps = [(os, "fsync"), (os, "replace"), (shutil, "copyfile"), (shutil, "copymode"),
         (tempfile, "mkstemp"), (os, "unlink")]

def arm(at, when):
    calls = [0]
    def deadly(function):
        def call(*arguments, **options):
            calls[0] += 1
            own = calls[0]
            if own == at and when == "before":
                os._exit(9)
            try:
                return function(*arguments, **options)
            finally:
                if own == at:
                    os._exit(9)
        return call
    for module, name in steps:
        setattr(module, name, deadly(getattr(module, name)))

def child(place, at, when):
    os.chdir(place)
    sys.stdout = open(os.devnull, "w")
    arm(at, when)
    sheetplan.main(words, prog_name="sheetplan")

for at in range(1, 100):
    for when in ("before", "after"):
        place = Path(folder, f"step {at:02} {when}")
        shutil.copytree(stage, place)
        if (process := os.fork()) == 0:
            child(place, at, when)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(status, place.name)
    if status == 0:
        break
"""

# Dies by the kernel's hand, in the middle of writing a file.
_MID_WRITE = """
import resource, signal, sys
from sheetplan.cli.main import main
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
room = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
main()
"""


def _deaths(folder: Path, stage: Path, *words: str) -> list[Path]:
    """The folders in which a child was killed, in order of its steps."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", _DEATHS, str(folder), str(stage), *words]
    done = subprocess.run(
        command, capture_output=True, env=environment(), timeout=120, check=True, text=True
    )
    steps = dict(line.split(" ", 1)[::-1] for line in done.stdout.splitlines())
    assert list(steps.values())[-2:] == ["0", "0"], "no child lived to the end"
    killed = [name for name, status in steps.items() if status == "9"]
    assert len(steps) == len(killed) + 2
    return [folder / name for name in killed]


@pytest.fixture
def stage(tmp_path) -> Path:
    """A folder with a tracker, to be copied for each death."""
    return tracker_in(tmp_path / "stage").parent


@pytest.fixture(scope="module")
def killed_rolls(tmp_path_factory) -> list[Path]:
    """The folders of rolls in place that were killed; not to be changed."""
    folder = tmp_path_factory.mktemp("rolls")
    stage = tracker_in(folder / "stage").parent
    return _deaths(folder / "deaths", stage, "roll-month", "plan.xlsx")


def _done(stage: Path, folder: Path, *words: str) -> dict[str, bytes]:
    """The files when nobody is killed."""
    folder.mkdir()
    for path in stage.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert run(*words).status == 0
    finally:
        os.chdir(here)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _check_in_place(killed: list[Path], old: bytes, new: bytes) -> None:
    assert len(killed) >= 14
    states = []
    for folder in killed:
        data = (folder / "plan.xlsx").read_bytes()
        assert data in (old, new), folder.name
        openpyxl_values(folder / "plan.xlsx")
        states.append("new" if data == new else "old")
        backups = list(folder.glob("plan (before *).xlsx"))
        assert all(backup.read_bytes() == old for backup in backups), folder.name
        assert data == old or len(backups) == 1, folder.name
    assert states == sorted(states, reverse=True), "once new, it stays new"
    assert {"old", "new"} == set(states)


def test_a_roll_in_place_leaves_the_old_tracker_or_the_new_one(killed_rolls, stage, tmp_path):
    old = (stage / "plan.xlsx").read_bytes()
    new = _done(stage, tmp_path / "done", "roll-month", "plan.xlsx")["plan.xlsx"]
    _check_in_place(killed_rolls, old, new)


def test_work_goes_on_after_any_death(killed_rolls, tmp_path):
    for folder in killed_rolls:
        path = Path(shutil.copytree(folder, tmp_path / folder.name)) / "plan.xlsx"
        is_rolled = "G1" in openpyxl_values(path)["Theme 1"]
        outcome = run("roll-month", path)
        assert outcome.status == (3 if is_rolled else 0), folder.name
        assert not is_rolled or "probably rolled already" in outcome.said
        assert openpyxl_values(path)["Theme 1"]["G1"] == "Status (August 2023)"
        assert run("undo", path).status == 0
        assert "G1" not in openpyxl_values(path)["Theme 1"]


def test_colouring_in_place_leaves_the_old_tracker_or_the_new_one(stage, tmp_path):
    old = (stage / "plan.xlsx").read_bytes()
    new = _done(stage, tmp_path / "done", "colour", "plan.xlsx")["plan.xlsx"]
    _check_in_place(_deaths(tmp_path / "deaths", stage, "colour", "plan.xlsx"), old, new)


def test_a_new_file_is_there_in_full_or_not_at_all(stage, tmp_path):
    old = (stage / "plan.xlsx").read_bytes()
    words = ("roll-month", "plan.xlsx", "-o", "new.xlsx")
    new = _done(stage, tmp_path / "done", *words)["new.xlsx"]
    there = []
    for folder in _deaths(tmp_path / "deaths", stage, *words):
        assert (folder / "plan.xlsx").read_bytes() == old
        there.append((folder / "new.xlsx").exists())
        if there[-1]:
            assert (folder / "new.xlsx").read_bytes() == new
    assert {True, False} == set(there)


def test_undo_leaves_the_rolled_tracker_or_the_earlier_one_and_loses_neither(stage, tmp_path):
    old = (stage / "plan.xlsx").read_bytes()
    assert run("roll-month", stage / "plan.xlsx").status == 0
    rolled = (stage / "plan.xlsx").read_bytes()
    states = set()
    for folder in _deaths(tmp_path / "deaths", stage, "undo", "plan.xlsx"):
        data = (folder / "plan.xlsx").read_bytes()
        assert data in (old, rolled), folder.name
        states.add(data)
        assert {old, rolled} <= {path.read_bytes() for path in folder.iterdir()}, folder.name
    assert states == {old, rolled}


@pytest.mark.parametrize("room", [1, 1000, 4096, 6000])
def test_a_death_in_the_middle_of_writing_leaves_the_old_tracker(room, stage):
    path = stage / "plan.xlsx"
    old = path.read_bytes()
    command = [sys.executable, "-c", _MID_WRITE, str(room), "roll-month", str(path)]
    done = subprocess.run(command, capture_output=True, env=environment(), timeout=60)
    assert done.returncode < 0, done.stderr
    assert path.read_bytes() == old
    assert [name for name in names_in(stage) if not name.startswith(".~sheetplan-")] == [
        "plan.xlsx"
    ]
