"""Reports of a checked plan: none while there is an error that nobody has answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import UnansweredErrorsError
from tests.checks.well_kept import build
from tests.judges import ROOT


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """The example, in which one status is misspelt: an error."""
    path = tmp_path / "plan.xlsx"
    shutil.copy(ROOT / "examples" / "improvement_plan_prepared.xlsx", path)
    return path


@pytest.mark.parametrize(
    "verb", [sheetplan.summarise, sheetplan.appendix, sheetplan.recommendations]
)
def test_a_checked_report_is_refused_while_there_is_an_error(verb, tracker: Path) -> None:
    before = tracker.read_bytes()
    with pytest.raises(UnansweredErrorsError, match=r"1 error .*\n  Theme 1!O13 \(LC\.B1\.1\)"):
        verb(tracker, checked=True)
    assert tracker.read_bytes() == before


@pytest.mark.parametrize("verb", [sheetplan.summarise, sheetplan.appendix])
def test_a_report_that_need_not_be_checked_is_written_all_the_same(verb, tracker: Path) -> None:
    assert verb(tracker)[0].output == tracker


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_checked_report_is_written_once_the_error_is_answered(tracker: Path) -> None:
    sheetplan.check(tracker, into_tracker=True)
    book = openpyxl.load_workbook(tracker)
    sheet = book["Findings"]
    headings = next(
        row for row in sheet.iter_rows() if any(c.value == "Officer's answer" for c in row)
    )
    column = {cell.value: cell.column for cell in headings}
    for row in range(headings[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, column["Severity"]).value == "Error":
            sheet.cell(row, column["Officer's answer"]).value = "The owner will correct it"
    book.save(tracker)
    assert sheetplan.summarise(tracker, checked=True)[0].output == tracker


def test_a_well_kept_plan_passes(tmp_path: Path) -> None:
    tracker = build(tmp_path / "plan.xlsx")
    assert sheetplan.summarise(tracker, checked=True)[0].output == tracker
