"""`sheetplan prepare` and what `roll-month` says of the narrative, as officers see them."""

from __future__ import annotations

from pathlib import Path

from tests.builders import workbook_from_text
from tests.cli.running import names_in, run, unharmed
from tests.judges import openpyxl_values

PLAN = """
    | Ref     | Action    | Milestones                 | Focus   | Status (June 2026) | Update (June 2026) |
    | LC.A1.0 | Lead well | Pilot agreed Rollout begun | Focus 1 | On track           | Drafted            |
"""  # noqa: E501
SHEETS = [
    "Recommendations",
    "Recommendation map",
    "Milestones",
    "Narrative",
    "Achievements",
    "Owners",
    "Change control",
]


def tracker_in(folder: Path) -> Path:
    return workbook_from_text(folder / "plan.xlsx", {"Theme 1": PLAN})


def test_prepare_says_what_it_added_and_what_is_doubtful(tmp_path: Path) -> None:
    path = tracker_in(tmp_path)
    done = run("prepare", path)
    assert done.status == 0
    assert "plan.xlsx: sheets added" in done.printed
    assert "Milestones 1 the tracker's milestone cells" in done.printed
    assert "Recommendations blank nothing: the tracker does not say" in done.printed
    assert "Owners blank nothing: the tracker names no owners" in done.printed
    assert "To look at: 1 doubtful cell" in done.printed
    assert 'Theme 1!C2 (LC.A1.0) "Pilot agreed Rollout begun" may be several' in done.printed
    assert "To take it back: sheetplan undo" in done.printed
    assert names_in(tmp_path) == ["plan (before preparing).xlsx", "plan.xlsx"]
    assert list(openpyxl_values(path)) == ["Theme 1", *SHEETS, "Support lists"]


def test_a_dry_run_shows_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        done = run("prepare", path, "--dry-run")
    assert done.status == 0
    assert "plan.xlsx: sheets to add" in done.printed
    assert "Would write plan.xlsx Backup plan (before preparing).xlsx" in done.printed
    assert "Nothing was written." in done.printed


def test_nothing_to_add_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tracker_in(tmp_path)
    run("prepare", path)
    with unharmed(tmp_path):
        done = run("prepare", path)
    assert done.status == 0
    assert done.printed == (
        "plan.xlsx: all support sheets are there already (Recommendations, Recommendation map, "
        "Milestones, Narrative, Achievements, Owners and Change control); nothing was written."
    )


def test_what_is_there_already_is_said_beside_what_is_added(tmp_path: Path) -> None:
    own = "| Month | Block | Summary |\n| June 2026 | LC.A1.0 | Words |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, "Narrative": own})
    done = run("prepare", path, "-n")
    assert "There already, and left as they are: Narrative." in done.printed
    assert "Would write" in done.printed


def test_json_has_the_rows_and_the_findings(tmp_path: Path) -> None:
    path = tracker_in(tmp_path)
    done = run("prepare", path, "--json", "-n")
    assert done.status == 0
    assert [sheet["sheet"] for sheet in done.data["sheets"]] == [*SHEETS, "Support lists"]
    (narrative,) = done.data["sheets"][3]["rows"]
    assert (narrative["month"], narrative["block"]) == ("2026-06", "LC.A1.0")
    (finding,) = done.data["findings"]
    assert (finding["code"], finding["cell"]) == ("milestones-doubtful", "C2")
    assert (done.data["dry_run"], done.data["verified"]) == (True, None)
    assert run("prepare", path, "--json").data["verified"]["cells_lost"] == 0
    again = run("prepare", path, "--json").data
    assert (again["sheets"], again["output"]) == ([], None)
    assert again["already_there"]["narrative"] == "Narrative"


def test_output_writes_a_new_file_and_leaves_the_tracker(tmp_path: Path) -> None:
    path = tracker_in(tmp_path)
    before = path.read_bytes()
    done = run("prepare", path, "-o", tmp_path / "new.xlsx")
    assert done.status == 0
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["new.xlsx", "plan.xlsx"]


def test_a_workbook_without_a_tracker_sheet_is_refused(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Notes": "| Buy | milk |"})
    with unharmed(tmp_path):
        done = run("prepare", path)
    assert done.status == 3
    assert "no sheet is a tracker sheet" in done.said


def test_a_roll_says_what_it_carries(tmp_path: Path) -> None:
    path = tracker_in(tmp_path)
    run("prepare", path)
    shown = run("roll-month", path, "-n")
    assert "Narrative 1 row would be added to Narrative, with the words of June 2026: LC.A1.0" in (
        shown.printed
    )
    done = run("roll-month", path, "--json")
    assert done.data["narrative"]["blocks"] == ["LC.A1.0"]
    assert done.data["findings"] == []


def test_a_roll_says_what_it_could_not_carry(tmp_path: Path) -> None:
    own = "| Month | Block | Summary |\n| June 2026 | LC.A1.0 | Words |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, "Narrative": own})
    done = run("roll-month", path)
    assert done.status == 0
    assert "Look at Narrative!A2: no rows for July 2026 are added, because the rows are not an" in (
        done.printed
    )
