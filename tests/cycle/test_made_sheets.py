"""Which sheets of a tracker sheetplan added, and what it says of them."""

from __future__ import annotations

from pathlib import Path

import sheetplan
from sheetplan.cycle.made_sheets import made_sheets
from sheetplan.ooxml.workbook import Workbook
from tests.cycle.importing import JUNE_AND_JULY
from tests.cycle.reporting import SUMMARY, small_tracker, type_into
from tests.plans import draw_workbook, one_section


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


def test_the_account_of_an_import_is_known_and_no_roll_asks_for_its_months(tmp_path: Path) -> None:
    source = draw_workbook(one_section(JUNE_AND_JULY), tmp_path / "plan.xlsx")
    tracker = sheetplan.import_plan(source, tmp_path / "tracker.xlsx").output
    made = made_sheets(Workbook.open(tracker))
    assert made["Where it went"] == "account of the import"
    assert made["To look at"] == "doubts of the import"
    said = [saying.place for saying in sheetplan.plan_roll_month(tracker).sayings]
    assert not [place for place in said if place.startswith(("Where it went", "To look at"))]
    type_into(tracker, "Dashboard", 30, 1, "As at July 2026")
    said = [saying.place for saying in sheetplan.plan_roll_month(tracker).sayings]
    assert said == ["Dashboard!A30"]
