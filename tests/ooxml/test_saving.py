import errno
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sheetplan.disk import copy_whole, refuse_read_only
from sheetplan.errors import (
    CannotWriteError,
    ContentLossError,
    DamagedWorkbookError,
    WorkbookInUseError,
)
from sheetplan.ooxml.cells import Run, clear, put_text
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import FIRST_SHEET, parts_of, workbook_from_text
from tests.judges import ROOT, diff, openpyxl_values, valid

TEXT = "| Ref | Status |\n| OC.A1.1 | On track |"


@pytest.fixture
def plan(tmp_path):
    """A small workbook, alone in its folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return workbook_from_text(folder / "plan.xlsx", {"Plan": TEXT})


def changed(path):
    """The workbook with a new cell, and its file's state when it was read."""
    state = FileState.of(path)
    workbook = Workbook.open(path)
    with workbook.editing(workbook["Plan"]) as sheet:
        put_text(sheet.ensure_cell(2, 3), [Run("new")])
    return workbook.package, state


def save_change(path, target=None, backup=None):
    """Write a new cell and save."""
    package, state = changed(path)
    return save(package, target or path, source=path, state=state, backup=backup)


def folder_of(path):
    """The content of each file in the folder."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


# ---------------------------------------------------------------- what is written


def test_the_workbook_is_changed_in_its_place_and_a_backup_lies_beside_it(plan):
    before = plan.read_bytes()
    backup = plan.with_name("plan (before).xlsx")
    save_change(plan, backup=backup)
    assert openpyxl_values(plan)["Plan"]["C2"] == "new"
    assert sorted(folder_of(plan)) == ["plan (before).xlsx", "plan.xlsx"]
    assert backup.read_bytes() == before
    assert diff(backup, plan).harm == []
    assert valid(backup, plan) == []


def test_another_file_is_written_and_the_workbook_stays(plan):
    before = plan.read_bytes()
    target = plan.with_name("next.xlsx")
    save_change(plan, target)
    assert plan.read_bytes() == before
    assert openpyxl_values(target)["Plan"]["C2"] == "new"


def test_what_was_verified_is_counted(plan):
    verified = save_change(plan)
    assert verified.parts == len(parts_of(plan))
    assert verified.parts_unchanged == verified.parts - 1
    assert (verified.cells_unchanged, verified.cells_added, verified.cells_lost) == (4, 1, 0)
    assert "; 4 cells unchanged, 1 added, 0 lost" in str(verified)


def test_cells_that_were_empty_and_are_filled_are_counted_as_filled(tmp_path):
    def dress(book):
        sheet = book.get_worksheet_by_name("Plan")
        sheet.write_blank("C2", None, book.add_format({"bg_color": "#FFF8CC"}))

    plan = workbook_from_text(tmp_path / "dressed.xlsx", {"Plan": TEXT}, decorate=dress)
    verified = save_change(plan)
    assert openpyxl_values(plan)["Plan"]["C2"] == "new"
    assert (verified.cells_unchanged, verified.cells_filled, verified.cells_added) == (4, 1, 0)
    assert "; 4 cells unchanged, 1 filled, 0 added, 0 lost" in str(verified)


def test_cells_are_counted_once_when_a_sheet_is_changed_twice(plan):
    state = FileState.of(plan)
    workbook = Workbook.open(plan)
    for column in (3, 4):
        with workbook.editing(workbook["Plan"]) as sheet:
            put_text(sheet.ensure_cell(2, column), [Run("new")])
    verified = save(workbook.package, plan, source=plan, state=state)
    assert (verified.cells_unchanged, verified.cells_added) == (4, 2)


def test_a_cell_that_was_added_may_be_changed_before_it_is_saved(plan):
    state = FileState.of(plan)
    workbook = Workbook.open(plan)
    for text in ("new", "newer"):
        with workbook.editing(workbook["Plan"]) as sheet:
            put_text(sheet.ensure_cell(2, 3), [Run(text)])
    save(workbook.package, plan, source=plan, state=state)
    assert openpyxl_values(plan)["Plan"]["C2"] == "newer"


def test_a_workbook_that_nothing_changed_is_written_as_the_same_parts(plan):
    before = parts_of(plan)
    package, state = Workbook.open(plan).package, FileState.of(plan)
    verified = save(package, plan, source=plan, state=state)
    assert parts_of(plan) == before
    assert verified.parts_unchanged == verified.parts


def test_permissions_stay(plan):
    plan.chmod(0o640)
    backup = plan.with_name("backup.xlsx")
    save_change(plan, backup=backup)
    assert stat.S_IMODE(plan.stat().st_mode) == stat.S_IMODE(backup.stat().st_mode) == 0o640


def test_a_link_stays_a_link_to_the_workbook_that_was_changed(plan, tmp_path):
    link = tmp_path / "link.xlsx"
    link.symlink_to(plan)
    save_change(link)
    assert link.is_symlink()
    assert openpyxl_values(plan)["Plan"]["C2"] == "new"
    assert sorted(folder_of(plan)) == ["plan.xlsx"]


# ---------------------------------------------------------------- what is refused


def refused(path, error, action):
    """The message of an error that leaves the folder as it was."""
    before = folder_of(path)
    with pytest.raises(error) as caught:
        action()
    assert folder_of(path) == before
    assert caught.value.remedy
    return str(caught.value)


def test_a_change_that_loses_something_is_not_written(plan):
    def lose():
        state = FileState.of(plan)
        workbook = Workbook.open(plan)
        with workbook.editing(workbook["Plan"]) as sheet:
            clear(sheet.cell(2, 2))
        save(workbook.package, plan, source=plan, state=state)

    message = refused(plan, ContentLossError, lose)
    assert message.startswith("plan.xlsx: ")
    assert f"{FIRST_SHEET} B2" in message


def test_a_change_that_was_agreed_to_lose_something_is_written(plan):
    state = FileState.of(plan)
    workbook = Workbook.open(plan)
    with workbook.editing(workbook["Plan"]) as sheet:
        clear(sheet.cell(2, 2))
    agreed = frozenset([(FIRST_SHEET, "B2")])
    save(workbook.package, plan, source=plan, state=state, agreed=agreed)
    assert "B2" not in openpyxl_values(plan)["Plan"]


def test_a_workbook_that_somebody_saved_meanwhile_is_not_written_over(plan):
    package, state = changed(plan)
    workbook_from_text(plan, {"Plan": TEXT + "\n| OC.A1.2 | Complete |"})
    message = refused(
        plan, WorkbookInUseError, lambda: save(package, plan, source=plan, state=state)
    )
    assert "changed" in message


def test_a_workbook_that_was_saved_at_the_same_size_is_seen_to_be_another(plan):
    package, state = changed(plan)
    os.utime(plan, ns=(time.time_ns(), state.modified + 1))
    refused(plan, WorkbookInUseError, lambda: save(package, plan, source=plan, state=state))


def test_a_workbook_that_is_gone_meanwhile_is_not_made_again(plan):
    package, state = changed(plan)
    plan.unlink()
    refused(plan, WorkbookInUseError, lambda: save(package, plan, source=plan, state=state))


def test_a_part_that_is_damaged_is_not_handed_on(plan):
    data = bytearray(plan.read_bytes())
    at = data.index(b"xl/theme/theme1.xml") + 60
    data[at] ^= 0x55
    plan.write_bytes(data)
    message = refused(plan, DamagedWorkbookError, lambda: save_change(plan))
    assert message.startswith("plan.xlsx: ")
    assert "theme1.xml" in message


def test_a_read_only_file_is_refused(plan):
    plan.chmod(0o444)
    assert "read-only" in refused(plan, CannotWriteError, lambda: refuse_read_only(plan))


def test_a_file_that_may_be_written_is_not_refused(plan):
    plan.chmod(0o600)
    refuse_read_only(plan)


def test_a_folder_that_is_not_there_is_refused(plan):
    target = plan.parent / "missing" / "plan.xlsx"
    refused(plan, CannotWriteError, lambda: save_change(plan, target))


def failing(code):
    """What fails as the system fails."""

    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    return fail


STEPS = [
    (os, "fsync", None),
    (os, "replace", None),
    (shutil, "copymode", None),
    (os, "fsync", "backup.xlsx"),
    (os, "replace", "backup.xlsx"),
    (shutil, "copyfile", "backup.xlsx"),
]


@pytest.mark.parametrize(("module", "step", "backup"), STEPS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_nothing_is_left_behind_by_a_step_that_fails(plan, monkeypatch, module, step, backup, code):
    backup = backup and plan.with_name(backup)
    monkeypatch.setattr(module, step, failing(code))
    message = refused(plan, CannotWriteError, lambda: save_change(plan, backup=backup))
    assert ("no room" in message) == (code == errno.ENOSPC)


def test_no_backup_is_left_of_a_workbook_that_could_not_be_replaced(plan, monkeypatch):
    replace = os.replace

    def only_backups(source, target):
        if Path(target) == plan:  # as Windows does while Excel has it open
            failing(errno.EACCES)()
        replace(source, target)

    monkeypatch.setattr(os, "replace", only_backups)
    backup = plan.with_name("backup.xlsx")
    message = refused(plan, CannotWriteError, lambda: save_change(plan, backup=backup))
    assert "Excel" in message


@pytest.mark.parametrize("part", [FIRST_SHEET, "xl/theme/theme1.xml"])
def test_a_disk_that_keeps_something_else_is_noticed(plan, monkeypatch, part):
    def spoil(_):
        for temporary in plan.parent.glob(".~sheetplan-*"):
            data = bytearray(temporary.read_bytes())
            data[data.index(part.encode()) + len(part) + 30] ^= 0x55
            temporary.write_bytes(data)

    monkeypatch.setattr(os, "fsync", spoil)
    assert part in refused(plan, ContentLossError, lambda: save_change(plan))


def test_a_folder_that_cannot_be_flushed_does_not_undo_what_was_done(plan, monkeypatch):
    open_ = os.open

    def files_only(path, *args, **kwargs):
        if Path(path) == plan.parent:
            failing(errno.EACCES)()
        return open_(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", files_only)
    save_change(plan)
    assert openpyxl_values(plan)["Plan"]["C2"] == "new"


def test_a_copy_is_whole_or_not_there(plan, monkeypatch):
    monkeypatch.setattr(shutil, "copyfile", failing(errno.ENOSPC))
    copy = plan.with_name("copy.xlsx")
    refused(plan, CannotWriteError, lambda: copy_whole(plan, copy))


# ---------------------------------------------------------------- interruptions

CHILD = """
import os, resource, shutil, sys
from pathlib import Path
from sheetplan.errors import CannotWriteError
from tests.ooxml.test_saving import save_change

path, module, step, number, when = sys.argv[1:]
path = Path(path)
real = getattr(sys.modules.get(module), step, None)
calls = 0

def dying(*args, **kwargs):
    global calls
    calls += 1
    if calls == int(number) and when == "before":
        os._exit(9)
    result = real(*args, **kwargs)
    if calls == int(number):
        os._exit(9)
    return result

if real is not None:
    setattr(sys.modules[module], step, dying)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(number), int(number)))
try:
    save_change(path, backup=path.with_name("backup.xlsx"))
except CannotWriteError as error:
    print(error)
    sys.exit(7)
"""


def in_a_child(path, *how):
    """Save in another process that ends, or runs out of room, at a step."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(path), *map(str, how)],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("module", "step", "number"),
    [
        ("os", "fsync", 1),  # the new file is written
        ("shutil", "copyfile", 1),  # the backup is being written
        ("os", "replace", 1),  # the backup is put in place
        ("os", "replace", 2),  # the new file is put in place
    ],
)
def test_a_save_that_is_killed_leaves_the_old_workbook_or_the_new(plan, module, step, number, when):
    before = plan.read_bytes()
    done = in_a_child(plan, module, step, number, when)
    assert done.returncode == 9, done.stderr
    is_new = (step, number, when) == ("replace", 2, "after")
    assert openpyxl_values(plan)["Plan"].get("C2") == ("new" if is_new else None)
    assert is_new or plan.read_bytes() == before
    backup = plan.with_name("backup.xlsx")
    assert not backup.exists() or backup.read_bytes() == before
    # What a killed process leaves is hidden, and no workbook by its name.
    for name in folder_of(plan).keys() - {"plan.xlsx", "backup.xlsx"}:
        assert name.startswith(".~sheetplan-")
        assert name.endswith(".tmp")


def test_a_save_after_one_that_was_killed_goes_well(plan):
    in_a_child(plan, "os", "replace", 2, "before")
    save_change(plan)
    assert openpyxl_values(plan)["Plan"]["C2"] == "new"


@pytest.mark.skipif(os.name != "posix", reason="limits of this kind are a matter of POSIX")
@pytest.mark.parametrize("limit", [0, 100, 3000])
def test_a_disk_without_room_leaves_the_folder_as_it_was(plan, limit):
    before = folder_of(plan)
    done = in_a_child(plan, "nothing", "nothing", limit, "never")
    assert done.returncode == 7, done.stderr
    assert "no room left on the disk" in done.stdout
    assert folder_of(plan) == before
