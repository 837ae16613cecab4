"""`sheetplan colour`: what it prints."""

from __future__ import annotations

from tests.cli.running import names_in, run, tracker_in, unharmed


def test_colour_says_what_it_added_and_where_the_backup_is(tmp_path):
    path = tracker_in(tmp_path)
    outcome = run("colour", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert "plan.xlsx: colour rules added" in outcome.out
    assert "Theme 1 colour rules C2:C4 E2:E4" in outcome.printed
    assert "0 lost" in outcome.printed
    assert "Backup plan (before colouring).xlsx" in outcome.printed
    assert names_in(tmp_path) == ["plan (before colouring).xlsx", "plan.xlsx"]


def test_a_second_time_it_says_that_there_is_nothing_to_do(tmp_path):
    path = tracker_in(tmp_path)
    run("colour", path)
    with unharmed(tmp_path):
        for words in ([], ["--dry-run"], ["-o", tmp_path / "new.xlsx"]):
            outcome = run("colour", path, *words)
            assert outcome.status == 0
            assert outcome.out == (
                "plan.xlsx: every month's statuses have colour rules already; nothing was "
                "written.\n"
            )
        data = run("colour", path, "--json").data
    assert (data["output"], data["backup"], data["verified"]) == (None, None, None)


def test_a_rehearsal_says_what_would_be_written(tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run("colour", path, "-n")
    assert "plan.xlsx: colour rules to add" in outcome.out
    assert "Backup plan (before colouring).xlsx" in outcome.printed


def test_colours_in_a_new_file_leave_the_tracker_alone(tmp_path):
    path = tracker_in(tmp_path / "in")
    with unharmed(path.parent):
        outcome = run("colour", path, "-o", tmp_path / "new.xlsx")
    assert outcome.status == 0
    assert "Backup" not in outcome.out
    assert names_in(tmp_path) == ["in", "new.xlsx"]


def test_colouring_can_be_undone(tmp_path):
    path = tracker_in(tmp_path)
    before = path.read_bytes()
    run("colour", path)
    assert run("undo", path).status == 0
    assert path.read_bytes() == before


def test_json_lists_the_rules_sheet_by_sheet(tmp_path):
    path = tracker_in(tmp_path)
    data = run("colour", path, "--json").data
    assert data["sheets"] == [
        {
            "sheet": "Theme 1",
            "rules": [{"what": "colour rules", "before": "", "after": "C2:C4 E2:E4"}],
        }
    ]
    assert data["verified"]["cells_changed"] == 0
