"""Trackers with columns to the right of the months, in the verbs that come after a roll."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.cli.running import run
from tests.cycle.collecting import from_hr, sent_tracker
from tests.cycle.looking import fill_in, sheet_of
from tests.judges import openpyxl_values, valid

JUNE_ALONE = """
    | Ref     | Workstream | Action                   | Update owner | Due date | Status (June 2023) | Update (June 2023) | Evidence link | Notes |
    | OC.A1.1 | Finance    | Do what OC.A1.1 asks for | Head of HR   | Mar 2024 | Medium Progress    | Begun in June      | File 1        |       |
    | OC.A1.2 | Finance    | Do what OC.A1.2 asks for | Head of HR   | Mar 2024 | Medium Progress    | Begun in June      | File 2        |       |
    | OC.A1.3 | Finance    | Do what OC.A1.3 asks for | Head of ICT  | Mar 2024 | On track           | Begun in June      |               | A word |
"""  # noqa: E501
EVIDENCE = {"J1": "Evidence link", "K1": "Notes", "J2": "File 1", "J3": "File 2", "K4": "A word"}


@pytest.fixture
def july(tmp_path: Path) -> Path:
    """July opened between June and the evidence, and nothing of it filled in."""
    path = sent_tracker(tmp_path, JUNE_ALONE)
    sheetplan.roll_month(path)
    return path


def evidence(path: Path) -> dict[str, object]:
    """What stands to the right of July."""
    cells = openpyxl_values(path)["Theme 1"]
    return {cell: value for cell, value in cells.items() if cell[0] in "JK"}


def test_returns_are_sent_with_the_new_months_rows(july):
    result = sheetplan.send_returns(july, july.parent / "returns")
    assert len(result.plan.owners) == 2
    assert evidence(july) == EVIDENCE


def test_returns_are_collected_into_the_new_month(july):
    before = july.read_bytes()
    result = sheetplan.collect_returns(july, [from_hr(july.parent / "hr.xlsx")])
    cells = openpyxl_values(july)["Theme 1"]
    assert result.output == july
    assert july.read_bytes() != before
    assert cells["H2"]
    assert cells["I2"]
    assert "H4" not in cells
    assert evidence(july) == EVIDENCE


def test_colours_come_to_the_months_alone(july):
    before = july.with_name("before.xlsx")
    before.write_bytes(july.read_bytes())
    sheetplan.colour(july)
    assert valid(before, july) == []
    coloured = {str(item.sqref) for item in sheet_of(july, "Theme 1").conditional_formatting}
    assert coloured
    assert all("J" not in area and "K" not in area for area in coloured)


def test_checks_and_reports_read_the_new_month(july):
    fill_in(july, Month(2023, 7))
    assert sheetplan.plan_check(july).newest_filled == Month(2023, 7)
    outcome = run("summarise", july, "-o", july.with_name("pack.xlsx"))
    assert outcome.status in (0, 1)
    assert july.with_name("pack.xlsx").exists()
    assert evidence(july) == EVIDENCE


def test_a_comparison_tells_of_the_month_and_of_nothing_that_moved(tmp_path):
    old = sent_tracker(tmp_path / "old", JUNE_ALONE)
    new = tmp_path / "plan.xlsx"
    sheetplan.roll_month(old, output=new)
    said = run("compare", old, new).out
    assert "Month added" in said
    assert "Evidence" not in said
    assert "Notes" not in said
