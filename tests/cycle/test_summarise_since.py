"""A summary since an older copy of the tracker ends with what changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import TextBlock

import sheetplan
from sheetplan.errors import NothingInCommonError
from tests.builders import workbook_from_text
from tests.cycle.comparing import two_trackers
from tests.judges import openpyxl_values


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return two_trackers(tmp_path)


def test_a_summary_since_an_older_copy_ends_with_what_changed(pair: tuple[Path, Path]) -> None:
    older, newer = pair
    sheetplan.summarise(newer, since=older)
    sheet = openpyxl.load_workbook(newer, rich_text=True)["Exception summary"]
    said = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    start = next(i for i, row in enumerate(said) if row[0] == "What changed in the plan since June "
                 "2026")  # fmt: skip
    assert [(str(row[0]).split("\n")[0], row[1], str(row[2])) for row in said[start + 2 :]] == [
        ("LC.A1.9", "Added", "New action; Due Mar-27; Ben"),
        ("LC.A1.3", "Removed", "Green – on track; Due May-26; Asha"),
        ("FA.A1.1", "Moved to another theme", "Theme 2 → Aim: lead well"),
        ("LC.A1.2", "Due date", "May-26 → Oct-26 (5 months later)"),
        ("LC.A1.2", "Action", "Use values → Use our values daily"),
        ("LC.A1.2", "Director lead", "Asha → Ben"),
    ]
    bold = [run.text for run in said[start + 6][2] if isinstance(run, TextBlock)]
    assert bold == ["our", "daily"]


def test_a_pack_since_an_older_copy_has_a_sheet_of_changes_that_its_cover_names(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    older, newer = pair
    sheetplan.summarise(newer, since=older, output=tmp_path / "pack.xlsx")
    found = openpyxl_values(tmp_path / "pack.xlsx")
    assert list(found)[-1] == "Changes"
    assert "What changed in the plan since June 2026." in found["Cover"].values()
    assert [value for cell, value in found["Changes"].items() if cell[0] == "D"] == [
        "Change", "Added", "Removed", "Moved to another theme", "Due date", "Action",
        "Director lead",
    ]  # fmt: skip
    assert not sheetplan.accessibility(tmp_path / "pack.xlsx").essential


def test_a_summary_without_an_older_copy_says_nothing_of_changes(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    sheetplan.summarise(pair[1], output=tmp_path / "pack.xlsx")
    sheetplan.summarise(pair[1])
    assert "Changes" not in openpyxl_values(tmp_path / "pack.xlsx")
    said = openpyxl_values(pair[1])["Exception summary"].values()
    assert not [text for text in said if "since" in str(text)]


def test_a_summary_since_an_equal_copy_says_that_nothing_changed(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    copy = Path(shutil.copy(pair[1], tmp_path / "copy.xlsx"))
    sheetplan.summarise(pair[1], since=copy, output=tmp_path / "pack.xlsx")
    sheetplan.summarise(pair[1], since=copy)
    assert "No changes" in openpyxl_values(pair[1])["Exception summary"].values()
    assert openpyxl_values(tmp_path / "pack.xlsx")["Changes"]["A5"] == "No changes"


def test_a_summary_since_a_newer_copy_or_since_itself_says_so(pair: tuple[Path, Path]) -> None:
    older, newer = pair
    since = {(older, newer): ["older-is-newer"], (newer, newer): ["same-file"], (newer, older): []}
    for (tracker, other), expected in since.items():
        found = sheetplan.plan_summarise(tracker, since=other).findings
        codes = [finding.code for finding in found]
        assert [code for code in codes if code in ("older-is-newer", "same-file")] == expected


def test_a_summary_since_another_plan_is_refused(pair: tuple[Path, Path]) -> None:
    text = "| Ref | RAG Jun-26 |\n| ZZ.Q1.1 | Red |"
    other = workbook_from_text(pair[0].with_name("other.xlsx"), {"Plan": text})
    before = pair[1].read_bytes()
    with pytest.raises(NothingInCommonError):
        sheetplan.summarise(pair[1], since=other)
    assert pair[1].read_bytes() == before
