"""Which sheets of a tracker sheetplan added, and what it says of them."""

from __future__ import annotations

from pathlib import Path

import sheetplan
from sheetplan.cycle.made_sheets import made_sheets
from sheetplan.ooxml.workbook import Workbook
from tests.cycle.reporting import SUMMARY, small_tracker, type_into


def test_support_sheets_and_reports_are_known_and_others_are_not(tmp_path: Path) -> None:
    tracker = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.summarise(tracker)
    assert made_sheets(Workbook.open(tracker)) == {
        "Recommendations": "support sheet of the reports",
        "Recommendation map": "support sheet of the reports",
        SUMMARY: "exception summary of July 2026",
    }


def test_the_sheets_of_the_returns_are_known(tmp_path: Path) -> None:
    tracker = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.prepare(tracker)
    assert made_sheets(Workbook.open(tracker))["Owners"] == "sheet of the returns"


def test_inspect_says_that_a_report_was_edited(tmp_path: Path) -> None:
    tracker = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.summarise(tracker)
    type_into(tracker, SUMMARY, 2, 1, "Seen")
    said = {other.sheet: other.reason for other in sheetplan.inspect(tracker).others}
    assert said[SUMMARY] == "exception summary of July 2026, edited since it was made"
    assert "Theme 1" not in said
