"""Sheets with a column for each month are no plan without month columns."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import SheetNotFoundError
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts
from tests.judges import ROOT

SETTINGS = load_profile("commentary")
TEXT = "Bins were counted. (June 2026 update)"


def book(path: Path, *rows: list[str], merged: str = "") -> Path:
    """A workbook whose first sheet has these rows."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if merged:
        made.active.merge_cells(merged)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("rows", "merged", "cell"),
    [
        ((["Ref", "Action", "June 2026 status", "June 2026 update"],), "", "D1"),
        ((["Ref", "Action", "May 2026 update", "June 2026 update"],), "", "C1"),
        ((["", "", "June 2026"], ["Ref", "Action", "Status", "Update"]), "C1:D1", "C1"),
    ],
    ids=["a status and an update", "two updates", "the month above them"],
)
def test_a_column_of_one_month_is_no_commentary(
    tmp_path: Path, rows: tuple[list[str], ...], merged: str, cell: str
) -> None:
    path = book(tmp_path / "plan.xlsx", *rows, ["1.1", "Count", TEXT, TEXT], merged=merged)
    with pytest.raises(SheetNotFoundError, match=f"{cell} heads a column of one month") as caught:
        read_layouts(Workbook.open(path), SETTINGS)
    assert "For a tracker with month columns, run it with --profile standard" in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ((["Ref", "Action", "Outputs", "June 2026 update"],), ""),
        ((["Minutes of June 2026"], ["Ref", "Action", "Outputs", "Update"]), "A1:D1"),
        ((["Minutes of June 2026"], ["Ref", "Action", "Outputs", "Update"]), ""),
    ],
    ids=["in one heading alone", "over the whole plan", "in the corner"],
)
def test_a_month_that_says_when_the_plan_was_written_does_not_matter(
    tmp_path: Path, rows: tuple[list[str], ...], merged: str
) -> None:
    path = book(tmp_path / "plan.xlsx", *rows, ["1.1", "Count", "", TEXT], merged=merged)
    (item,) = read_layouts(Workbook.open(path), SETTINGS).trackers
    assert item.layout.fields["commentary"] == 4


def test_a_tracker_with_month_columns_is_not_rolled_as_a_plan_without(tmp_path: Path) -> None:
    tracker = tmp_path / "tracker.xlsx"
    tracker.write_bytes((ROOT / "examples" / "improvement_plan.xlsx").read_bytes())
    before = tracker.read_bytes()
    with pytest.raises(SheetNotFoundError, match="a column of one month"):
        sheetplan.roll_month(tracker, profile="commentary")
    assert tracker.read_bytes() == before
