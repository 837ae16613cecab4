"""`sheetplan undo`: what it prints, and when it will not."""

from __future__ import annotations

from tests.builders import package_with
from tests.cli.running import names_in, run, start_code, tracker_in, unharmed


def test_undo_puts_the_backup_back_and_says_where_the_later_file_is(tmp_path):
    path = tracker_in(tmp_path)
    before = path.read_bytes()
    run("roll-month", path)
    rolled = path.read_bytes()
    outcome = run("undo", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert "plan.xlsx: a backup was put back" in outcome.out
    assert "Put back plan (before August 2023).xlsx" in outcome.printed
    kept = next(name for name in names_in(tmp_path) if "(undone" in name)
    assert f"Kept the later file, as {kept}" in outcome.printed
    assert path.read_bytes() == before
    assert (tmp_path / kept).read_bytes() == rolled
    assert len(names_in(tmp_path)) == 2


def test_a_rehearsed_undo_says_what_it_would_do_and_does_nothing(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    with unharmed(tmp_path):
        outcome = run("undo", path, "--dry-run")
    assert "the newest backup would be put back" in outcome.out
    assert outcome.out.endswith("Nothing was written. Run it again without --dry-run to do this.\n")


def test_nothing_to_undo_is_said_with_the_name_that_was_looked_for(tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run("undo", path)
    assert outcome.status == 3
    assert "plan.xlsx: there is no backup to put back." in outcome.said
    assert '"plan (before August 2023).xlsx"' in outcome.said


def test_a_name_that_is_nowhere_is_said_to_be_nowhere(tmp_path):
    outcome = run("undo", tmp_path / "gone.xlsx")
    assert outcome.status == 3
    assert f"{tmp_path / 'gone.xlsx'}: there is no such file, and no backup of it." in outcome.said
    outcome = run("undo", tmp_path / "no folder" / "plan.xlsx")
    assert f"{tmp_path / 'no folder'}: there is no such folder." in outcome.said


def test_a_tracker_that_was_deleted_comes_back(tmp_path):
    path = tracker_in(tmp_path)
    before = path.read_bytes()
    run("roll-month", path)
    path.unlink()
    outcome = run("undo", path)
    assert outcome.status == 0
    assert "Kept" not in outcome.out
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["plan.xlsx"]


def test_undo_waits_until_excel_has_closed_the_tracker(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    (tmp_path / "~$plan.xlsx").write_bytes(b"\x05Priya")
    with unharmed(tmp_path):
        outcome = run("undo", path)
    assert outcome.status == 3
    assert "Priya has it" in outcome.said


def test_a_backup_that_is_open_in_excel_is_not_moved(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    (tmp_path / "~$plan (before August 2023).xlsx").write_bytes(b"\x05Priya")
    with unharmed(tmp_path):
        outcome = run("undo", path)
    assert outcome.status == 3
    assert "plan (before August 2023).xlsx: the workbook is open" in outcome.said


def test_half_a_backup_never_takes_the_trackers_place(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    backup = tmp_path / "plan (before August 2023).xlsx"
    backup.write_bytes(backup.read_bytes()[:3000])
    with unharmed(tmp_path):
        outcome = run("undo", path)
    assert outcome.status == 3
    assert "plan (before August 2023).xlsx: the file is damaged" in outcome.said


def test_a_damaged_tracker_can_be_undone(tmp_path):
    path = tracker_in(tmp_path)
    before = path.read_bytes()
    run("roll-month", path)
    package_with(path, {"xl/workbook.xml": None})
    assert run("undo", path).status == 0
    assert path.read_bytes() == before


def test_a_read_only_tracker_is_not_undone(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    path.chmod(0o444)
    with unharmed(tmp_path):
        outcome = run("undo", path)
    assert outcome.status == 3
    assert "read-only" in outcome.said


def test_json_names_the_files(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    data = run("undo", path, "--json").data
    kept = next(name for name in names_in(tmp_path) if "(undone" in name)
    assert data == {
        "tracker": str(path),
        "restored": str(tmp_path / "plan (before August 2023).xlsx"),
        "kept": str(tmp_path / kept),
        "dry_run": False,
    }


def test_an_undoing_that_fails_leaves_no_copy_behind(tmp_path):
    path = tracker_in(tmp_path)
    run("roll-month", path)
    code = """
import errno, os
from sheetplan.cli.main import main
replace = os.replace
def refuse_the_tracker(source, target):
    if str(target).endswith("plan.xlsx"):
        raise PermissionError(errno.EACCES, "Access is denied")
    replace(source, target)
os.replace = refuse_the_tracker
main()
"""
    with unharmed(tmp_path):
        outcome = start_code(code, "undo", path)
    assert outcome.status == 3
    assert "plan.xlsx: it could not be written: you may not write to this folder" in outcome.said
