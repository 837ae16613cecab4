"""`sheetplan inspect`: a newcomer's first command."""

from __future__ import annotations

from tests.builders import workbook_from_text
from tests.cli.running import TRACKER, run, tracker_in, unharmed


def test_what_is_seen_fits_on_a_page_and_ends_with_the_next_command(tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run("inspect", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert (
        outcome.out
        == f"""\
plan.xlsx
1 tracker sheet, 3 actions, 2 months (June 2023 and July 2023); words of the profile standard

Tracker sheets
  Sheet    Headings  Actions  Months                Latest in
  Theme 1  row 1           3  June 2023, July 2023  E status, F update

Columns of Theme 1
  A reference, B action

Statuses (in all months, and in July 2023)
  All  July  Understood as    RAG        As typed
    2     1  not applicable   Not rated  "N/A"
    2     1  on track         Green      "On track"
    1     1  complete         Blue       "Complete"
    1     0  medium progress  Amber      "Medium progress"

Beside the cells' values the workbook holds
  nothing else.
  All of it stays when sheetplan writes.

Next: sheetplan roll-month {path} --dry-run
"""
    )


def test_something_to_put_right_is_exit_status_1_with_the_cell(example_path):
    with unharmed(example_path.parent):
        outcome = run("inspect", example_path)
    assert outcome.status == 1
    assert "6 tracker sheets, 74 actions, 2 months (May 2026 and June 2026)" in outcome.out
    assert "Columns of Theme 1, Theme 2, Theme 3 - Residents' services, Theme 4 and" in outcome.out
    assert "Typed in several ways: on track (3), complete (2)." in outcome.out
    assert 'Theme 1!O13 (LC.B1.1) status "Onn track" is not in the vocabulary.' in outcome.printed
    assert "sensitivity label" in outcome.printed


def test_a_workbook_without_a_tracker_sheet_is_shown_all_the_same(tmp_path):
    path = tracker_in(tmp_path, text="| Ref | Action |\n| A1.1 | Fix the roof |")
    outcome = run("inspect", path)
    assert (outcome.status, outcome.err) == (1, "")
    assert "No sheet is a tracker sheet." in outcome.out
    assert 'Theme 1 A1 ("Ref") heads a reference column, but no heading' in outcome.printed
    assert 'a heading such as "Ref" and beside it one with a month' in outcome.printed
    assert f"sheetplan init {path}\n" in outcome.out
    assert f"in one cell:\nsheetplan init {path} --profile commentary\n" in outcome.out
    assert "Next:" not in outcome.out


def test_of_a_plan_without_month_columns_its_own_headings_are_asked_for(tmp_path):
    path = tracker_in(tmp_path, text="| Ref | Action |\n| A1.1 | Fix the roof |")
    outcome = run("inspect", path, "--profile", "commentary")
    assert outcome.status == 1
    assert 'headings such as "No.", "Required action" and "Lead / RAG status"' in outcome.printed
    words = f"If the headings have other words: sheetplan init {path} --profile commentary"
    assert outcome.out.count("sheetplan init") == 1
    assert words in outcome.out


def test_json_of_a_workbook_without_a_tracker_sheet_is_exit_status_1_too(tmp_path):
    path = tracker_in(tmp_path, text="| Ref | Action |")
    outcome = run("inspect", path, "--json")
    assert outcome.status == 1
    assert outcome.data["sheets"] == []
    assert outcome.data["other_sheets"][0]["sheet"] == "Theme 1"


def test_a_hidden_tracker_sheet_is_said_to_be_hidden(tmp_path):
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Theme 1": TRACKER, "Theme 2": TRACKER},
        decorate=lambda book: book.get_worksheet_by_name("Theme 2").hide(),
    )
    assert "Theme 2 (hidden)" in run("inspect", path).out


def test_many_months_are_shown_by_the_first_and_the_last(tmp_path):
    months = ["May 2023", "June 2023", "July 2023"]
    headings = " | ".join(f"Status ({month})" for month in months)
    path = tracker_in(tmp_path, text=f"| Ref | {headings} |\n| A1.1 | Green | Green | Green |")
    outcome = run("inspect", path)
    assert "3 months (May 2023 to July 2023)" in outcome.out
    assert "May 2023 to July 2023  D status" in outcome.out


def test_a_missing_month_is_not_glossed_over(tmp_path):
    headings = "Status (April 2023) | Status (May 2023) | Status (July 2023)"
    path = tracker_in(tmp_path, text=f"| Ref | {headings} |\n| A1.1 | Green | Green | Green |")
    assert "April 2023, May 2023, July 2023" in run("inspect", path).out


def test_a_built_in_profile_may_be_named(tmp_path):
    path = tracker_in(tmp_path)
    (tmp_path / "sheetplan.toml").write_text("broken = ")
    assert run("inspect", path).status == 3
    assert run("inspect", path, "--profile", "standard").status == 0
