"""What the rules of the workbook find in a real council's tracker, and in one that was spoilt.

Every cell of it was looked at by hand in its XML: no row is hidden, no cell is in error, drop-downs
and colours reach from the first action to the last, and the days that stand in its date columns
are real ones or words. So nothing is to be found, until somebody spoils it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.checking import check
from sheetplan.checks.content import Challenge
from sheetplan.cycle.roll_month import roll_month
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.workbook_facts import workbook_facts
from tests.builders import replaced
from tests.sheets.building import STANDARD

pytestmark = pytest.mark.shared

JULY, AUGUST = Month(2023, 7), Month(2023, 8)
THEME_1 = "xl/worksheets/sheet2.xml"


@pytest.fixture
def tracker(tmp_path: Path, shared: Path) -> Path:
    source = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    path = tmp_path / source.name
    shutil.copyfile(source, path)
    return path


def found(path: Path, month: Month = JULY) -> list[Challenge]:
    """What the rules of the workbook tell."""
    workbook = Workbook.open(path)
    reading = read_layouts(workbook, STANDARD)
    actions = read_tracker(reading)
    facts = workbook_facts(workbook, reading, actions, month, STANDARD)
    plan = CheckedPlan(actions, month, STANDARD, facts=facts)
    return list(check(plan, only=["workbook"]).challenges)


def test_nothing_is_found(tracker: Path) -> None:
    assert found(tracker) == []


def test_every_sheet_asks_for_initials_and_offers_the_words_of_one_list(tracker: Path) -> None:
    workbook = Workbook.open(tracker)
    reading = read_layouts(workbook, STANDARD)
    facts = workbook_facts(workbook, reading, read_tracker(reading), JULY, STANDARD)
    assert facts.asks_for_initials == {f"Theme {number}" for number in range(1, 7)}
    assert len(facts.status_choices) == 10


def test_a_row_that_is_hidden_and_rules_that_end_too_soon_are_found(tracker: Path) -> None:
    replaced(tracker, THEME_1, '<row r="6"', '<row r="6" hidden="1"')
    replaced(tracker, THEME_1, "<xm:sqref>F4:F34</xm:sqref>", "<xm:sqref>F4:F33</xm:sqref>")
    replaced(tracker, THEME_1, 'sqref="O4:O34"', 'sqref="O4:O32"')
    told = [(one.code, one.severity, [p.cell for p in one.places]) for one in found(tracker)]
    assert sorted(told, key=str) == [
        ("row-hidden", Severity.WARNING, ["B6"]),
        ("rules-uneven", Severity.NOTE, ["O33", "O34"]),  # their colours
        ("rules-uneven", Severity.WARNING, ["F34"]),
        ("rules-uneven", Severity.WARNING, ["O33", "O34"]),
    ]


def test_a_dashboard_that_stays_behind_is_found(tracker: Path, tmp_path: Path) -> None:
    rolled = tmp_path / "rolled.xlsx"
    roll_month(tracker, output=rolled)
    (one,) = found(rolled, AUGUST)
    assert (one.code, one.severity, len(one.places)) == (
        "formula-reads-old-month",
        Severity.NOTE,  # the words over its figures say July
        66,
    )


def test_a_dashboard_that_moves_on_is_not_found(tracker: Path, tmp_path: Path) -> None:
    rolled = tmp_path / "rolled.xlsx"
    roll_month(tracker, output=rolled, repoint=True)
    assert found(rolled, AUGUST) == []
