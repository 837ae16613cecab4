"""`sheetplan roll-month`: what it prints, and every reason why it may write nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import judges
from tests.builders import workbook_from_text
from tests.cli.running import (
    TRACKER,
    names_in,
    run,
    tracker_in,
    unharmed,
)

IN_STEP = TRACKER.replace("July", "August").replace("June", "July")
UNFILLED = """
    | Ref     | Action       | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Fix the roof | On track           | Begun [AB]         |                    |                    |
    | OC.A1.2 | Sell it      | N/A                |                    | N/A                |                    |
"""  # noqa: E501
NEWEST_FIRST = """
    | Ref     | Action       | Status (July 2023) | Update (July 2023) | Status (June 2023) | Update (June 2023) |
    | OC.A1.1 | Fix the roof | On track           | Begun [AB]         | On track           | Half done [AB]     |
"""  # noqa: E501
BESIDE = """
    | Ref     | Action       | Status (July 2023) | Update (July 2023) | Evidence | Notes  |
    | OC.A1.1 | Fix the roof | On track           | Begun [AB]         | File 1 | Ask CD |
"""


def _refused(path: Path, *words: object, phrases: list[str]) -> None:
    with unharmed(path.parent):
        outcome = run("roll-month", path, *words)
    assert outcome.status == 3
    assert outcome.out == ""
    assert outcome.said.endswith("Nothing was written.")
    for phrase in phrases:
        assert phrase in outcome.said


# ---------------------------------------------------------------- done


def test_a_roll_opens_the_month_and_says_so(tmp_path):
    path = tracker_in(tmp_path)
    before = path.read_bytes()
    outcome = run("roll-month", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert "plan.xlsx: August 2023 opened" in outcome.out
    assert '1 "N/A"; all other cells are empty' in outcome.printed
    assert "0 lost" in outcome.printed
    assert names_in(tmp_path) == ["plan (before August 2023).xlsx", "plan.xlsx"]
    assert (tmp_path / "plan (before August 2023).xlsx").read_bytes() == before
    cells = judges.openpyxl_values(path)["Theme 1"]
    assert [cells["G1"], cells["H1"], cells["G4"]] == [
        "Status (August 2023)",
        "Update (August 2023)",
        "N/A",
    ]


def test_a_roll_to_a_new_file_leaves_the_tracker_alone(tmp_path):
    path, new = tracker_in(tmp_path / "in"), tmp_path / "september.xlsx"
    with unharmed(path.parent):
        outcome = run("roll-month", path, "-o", new)
    assert outcome.status == 0
    assert "Backup" not in outcome.out
    assert "sheetplan undo" not in outcome.out
    assert judges.openpyxl_values(new)["Theme 1"]["G1"] == "Status (August 2023)"
    assert names_in(tmp_path) == ["in", "september.xlsx"]


def test_the_tracker_itself_as_output_is_a_roll_in_place(tmp_path):
    path = tracker_in(tmp_path)
    assert run("roll-month", path, "-o", path).status == 0
    assert names_in(tmp_path) == ["plan (before August 2023).xlsx", "plan.xlsx"]


def test_a_rehearsal_says_what_would_be_written_and_where(example_path):
    with unharmed(example_path.parent):
        outcome = run("roll-month", example_path, "--dry-run")
    assert "July 2026 would be opened" in outcome.out
    assert "Would write improvement_plan.xlsx" in outcome.printed
    assert "Backup improvement_plan (before July 2026).xlsx" in outcome.printed
    assert "Would still read June 2026" in outcome.out
    assert "Would still say June 2026" in outcome.out
    assert outcome.out.endswith("Nothing was written. Run it again without --dry-run to do this.\n")


def test_the_example_rolls_with_all_that_it_holds(example_path):
    before = Path(shutil.copy(example_path, example_path.with_name("before.xlsx")))
    outcome = run("roll-month", example_path)
    assert outcome.status == 0
    assert '"July Update Due" now stands at Q2 on Theme 2' in outcome.printed
    assert "Dashboard!B6:L11 66 formulas" in outcome.printed
    assert "with --repoint" in outcome.printed
    harm = judges.diff(before, example_path).harm
    assert [line for line in harm if "Update Due" not in line and "mergeCell" not in line] == []
    assert judges.valid(before, example_path) == []


def test_repointed_formulas_are_counted_and_no_longer_listed(example_path):
    outcome = run("roll-month", example_path, "--repoint")
    assert "66 formulas read July 2026" in outcome.printed
    assert "Still reads" not in outcome.out


def test_a_link_to_the_tracker_stays_a_link(tmp_path):
    path = tracker_in(tmp_path / "real")
    link = tmp_path / "link.xlsx"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert run("roll-month", link).status == 0
    assert link.is_symlink()
    assert judges.openpyxl_values(path)["Theme 1"]["G1"] == "Status (August 2023)"
    assert run("undo", link).status == 0
    assert link.is_symlink()
    assert "G1" not in judges.openpyxl_values(path)["Theme 1"]


def test_the_trackers_permissions_are_kept(tmp_path):
    path = tracker_in(tmp_path)
    path.chmod(0o640)
    run("roll-month", path)
    assert path.stat().st_mode & 0o777 == 0o640


# ---------------------------------------------------------------- the month


def test_a_month_that_is_there_already_is_refused(tmp_path):
    _refused(
        tracker_in(tmp_path),
        "--month",
        "2023-07",
        phrases=["July 2023 is there already on every tracker sheet", "next month is August 2023"],
    )


def test_a_month_before_all_others_is_refused(tmp_path):
    phrases = ["May 2023 is before July 2023, the last month of Theme 1", "August 2023"]
    _refused(tracker_in(tmp_path), "--month", "2023-05", phrases=phrases)


@pytest.mark.parametrize(
    ("month", "left_out"),
    [
        ("2023-09", "leave out August 2023. Roll August 2023 first. If that month was"),
        ("2024-01", "leave out August 2023 to December 2023. Roll August 2023 first."),
    ],
)
def test_a_gap_is_refused_with_the_words_that_allow_it(month, left_out, tmp_path):
    path = tracker_in(tmp_path)
    allowed = f"--month {month} --allow-gap"
    phrases = ["Theme 1 ends with July 2023", left_out, allowed]
    _refused(path, "--month", month, phrases=phrases)
    assert run("roll-month", path, *allowed.split()).status == 0


def test_to_allow_a_gap_makes_none(tmp_path):
    path = tracker_in(tmp_path)
    assert run("roll-month", path, "--allow-gap").status == 0
    assert judges.openpyxl_values(path)["Theme 1"]["G1"] == "Status (August 2023)"


def test_a_month_that_nobody_has_filled_is_refused_unless_forced(tmp_path):
    path = tracker_in(tmp_path, text=UNFILLED)
    phrases = ["July 2023 has no status and no update on any of its 2 actions", "rolled already"]
    _refused(path, phrases=[*phrases, "to open August 2023 all the same, add --force."])
    assert run("roll-month", path, "--force").status == 0


def test_a_second_roll_is_refused_as_nobody_has_filled_the_first(tmp_path):
    path = tracker_in(tmp_path)
    assert run("roll-month", path).status == 0
    _refused(path, phrases=["August 2023 has no status and no update"])


def test_a_tracker_rolled_in_part_is_refused_with_the_sheets(tmp_path):
    sheets = {"Theme 1": TRACKER, "Theme 2": IN_STEP, "Theme 3": TRACKER}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets)
    ends = "Theme 2 with August 2023, but Theme 1 and Theme 3 with July 2023"
    _refused(path, phrases=[ends, "sheetplan undo"])
    there = "August 2023 is there already on Theme 2."
    _refused(path, "--month", "2023-08", phrases=[there, "sheetplan undo"])


def test_a_month_on_two_pairs_of_columns_is_refused(tmp_path):
    path = tracker_in(tmp_path, text=TRACKER.replace("June 2023", "July 2023"))
    phrases = ["Theme 1 has the status of July 2023 at column C and again at E", "pasted twice"]
    _refused(path, phrases=phrases)


def test_months_from_right_to_left_are_refused(tmp_path):
    path = tracker_in(tmp_path, text=NEWEST_FIRST)
    order = "July 2023 (columns C to D) is the latest month, but June 2023 (columns E to F) stands"
    _refused(path, phrases=[f"on Theme 1 {order}", "oldest at the left"])


def test_columns_to_the_right_of_the_last_month_are_no_obstacle(tmp_path):
    outcome = run("roll-month", tracker_in(tmp_path, text=BESIDE))
    assert outcome.status == 0
    assert 'E:F before "Evidence"' in outcome.out


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("month", ["2023-08", "August 2023", "aug 23", "Aug-23"])
def test_a_month_may_be_typed_in_many_ways(month, tmp_path):
    outcome = run("roll-month", tracker_in(tmp_path), "--month", month)
    assert "August 2023 opened" in outcome.out


@pytest.mark.parametrize("month", ["2023-13", "next", "1 August 2023", ""])
def test_what_is_no_month_is_wrong_usage(month, tmp_path):
    outcome = run("roll-month", tracker_in(tmp_path), "--month", month)
    assert outcome.status == 2
    assert "Write it as 2023-08, August 2023, Aug 2023 or Aug-23." in outcome.said


@pytest.mark.parametrize(
    ("profile", "phrase"),
    [
        ("stanard", 'There is no profile "stanard". Did you mean "standard"?'),
        ("gone.toml", "gone.toml: cannot be read: there is no such file."),
    ],
)
def test_a_profile_that_is_not_there_is_not_blamed_on_the_tracker(profile, phrase, tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run("roll-month", path, "--profile", profile)
    assert outcome.status == 3
    assert outcome.said.startswith(f"sheetplan: {phrase}")


def test_json_says_what_was_written_cell_by_cell(tmp_path):
    path = tracker_in(tmp_path)
    data = run("roll-month", path, "--json").data
    assert data["month"] == "2023-08"
    assert data["output"] == str(path)
    assert data["backup"] == str(tmp_path / "plan (before August 2023).xlsx")
    assert data["dry_run"] is False
    assert data["verified"]["cells_lost"] == 0
    (sheet,) = data["sheets"]
    assert sheet["sheet"] == "Theme 1"
    assert sheet["columns"] == "G:H"
    assert sheet["carried_forward"] == [{"cell": "G4", "content": "N/A"}]
    assert [heading["cell"] for heading in sheet["headings"]] == ["G1", "H1"]
