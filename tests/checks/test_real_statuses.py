"""What the rules on statuses and dates find in a real council's tracker, each finding judged.

Every finding was read against its row and judged by hand: whether a careful reader would agree that
a person should look at it. What is listed here is all that the rules find, so that whatever comes
or goes is judged anew.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest

from sheetplan.checks import dates, movements, statuses
from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.model import Month
from sheetplan.model.workbook_facts import CellFact, WorkbookFacts
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.status_choices import status_drop_downs
from tests.judges import shared_folder

pytestmark = pytest.mark.shared

JUNE, JULY = Month(2023, 6), Month(2023, 7)
RULES = (*statuses.RULES, *dates.RULES, *movements.RULES)
SILENT = {
    "status-not-understood", "legend-not-understood", "start-after-due", "complete-in-future",
    "rating-milder", "children-complete-main-open", "status-reopened", "on-hold-long",
    "status-not-in-key", "closed-not-complete", "closed-without-evidence",
}  # fmt: skip

# What is wrong whatever the month: three dates say nothing that can be read; sixteen were typed as
# a month and became a day, or are misspelt; two rows have their agreed date in the Start column.
OF_THE_PLAN = {
    "date-unreadable": "CO.B3.3 OC.E2.3 PR.A2.3",
    "date-mended": (
        "CO.B3.2 CO.B3.3 CO.E1.5 CO.F5.0 OC.D5.1 OC.D5.2 OC.E2.7 PC.A4.2 PC.A4.3 PC.A5.3 PC.F1.0 "
        "PC.F1.2 PC.F1.3 PR.D1.4 SD.A1.2b SD.A5.0"
    ),
    "start-without-due": "CO.E1.3 CO.E1.4",
}
TRUE = {
    JULY: {
        **OF_THE_PLAN,
        "status-spellings": ("PC.A5.2 PC.C1.1 SD.A1.3 SD.A3.0 SD.A4.4 SD.A5.0 SD.A5.4 SD.A6.4"),
        "status-blank": "CO.A1.11 CO.D2.3 CO.D3.4 CO.D3.5 CO.D3.6 CO.E1.4 PC.B3.4",
        "status-na-with-update": "CO.G1.0",  # "new action", where the status says N/A
        "due-passed-on-track": "OC.D3.2",  # due in June, and to be closed after mid August
        "not-due-after-start": "PR.D1.4",  # its start is April
        "rating-harsher": "SD.A5.3 SD.A6.4",  # neither update names a delay or an issue
        "main-complete-child-open": "PC.A1.0",  # PC.A1.5 goes on, on track
        "status-two-steps": "CO.C1.9",  # from not due to start to significant
    },
    JUNE: {
        **OF_THE_PLAN,
        "status-spellings": "PC.A5.2 SD.A1.3 SD.A3.0 SD.A4.4 SD.A5.0 SD.A5.4 SD.F1.0",
        "status-blank": "CO.D3.6 CO.E1.4",
        "status-na-with-update": "CO.F5.0 CO.G1.0",
        "due-passed-on-track": "CO.C1.5 CO.D3.4 OC.B2.1 PR.C1.1",
        "not-due-after-start": "PR.D1.4",
        "main-complete-child-open": "PC.A1.0",
    },
}
FALSE = {
    JULY: {},
    JUNE: {
        "status-blank": "SD.A6.5",  # the row was added in July
        "rating-harsher": "SD.A6.4",  # "over 12 mths" says how long it will be
        "main-complete-child-open": "DM.C3.0",  # what was added is an assurance action; a note
    },
}


@pytest.fixture(scope="module")
def data():
    """The rows of the tracker as data, by their reference as typed."""
    folder = shared_folder()
    assert folder is not None
    text = (folder / "data" / "improvement_plan_tracker_2023-07.json").read_text("utf-8")
    return {row["ref"]: row for theme in json.loads(text)["themes"] for row in theme["rows"]}


@pytest.fixture(scope="module")
def plans():
    """The tracker, checked in each of its months."""
    folder = shared_folder()
    assert folder is not None
    settings = load_profile("standard")
    workbook = Workbook.open(folder / "data" / "improvement_plan_tracker_2023-07.xlsx")
    reading = read_layouts(workbook, settings)
    tracker = read_tracker(reading)
    facts = WorkbookFacts(
        status_choices=tuple(
            CellFact(item.sheet.name, cell, words)
            for item in reading.trackers
            for cell, choices in status_drop_downs(item, JULY)
            for words in choices
        )
    )
    return {month: CheckedPlan(tracker, month, settings, facts=facts) for month in tracker.months}


def findings(rule, plan):
    """The references that a rule finds, sorted, with how much each matters."""
    return sorted(
        (place.reference, (found.severity or rule.severity).value)
        for found in rule.find(plan)
        for place in found.places
    )


@pytest.mark.parametrize("month", [JUNE, JULY], ids=str)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_finding_has_been_judged(rule, month, plans):
    judged = [
        reference
        for judgement in (TRUE, FALSE)
        for reference in judgement[month].get(rule.code, "").split()
    ]
    assert [reference for reference, _ in findings(rule, plans[month])] == sorted(judged)
    assert not (rule.code in SILENT and judged)


def test_every_rule_is_judged_or_said_to_be_silent():
    told = {code for by_code in (*TRUE.values(), *FALSE.values()) for code in by_code}
    assert told | SILENT == {rule.code for rule in RULES}
    assert not told & SILENT


def test_no_error_is_found_that_is_none(plans):
    for month, plan in plans.items():
        for rule in RULES:
            errors = {ref for ref, severity in findings(rule, plan) if severity == "error"}
            assert not errors & set(FALSE[month].get(rule.code, "").split())


# ---------------------------------------------------------------- against the rows themselves


def said(row, month):
    """What a row of the data says of a month: its status in small letters, and its update."""
    (entry,) = [entry for entry in row["updates"] if entry["month"] == month.iso]
    return entry["status"].strip().lower(), entry["update"].strip()


def carries_status(reference, data):
    """Whether a row is a sub-action, or a main action without any."""
    if not reference.endswith(".0"):
        return True
    stem = reference.removesuffix("0")
    return not any(other.startswith(stem) and other != reference for other in data)


@pytest.mark.parametrize("month", [JUNE, JULY], ids=str)
def test_blank_statuses_are_those_of_the_rows(month, data, plans):
    blank = [r for r, row in data.items() if carries_status(r, data) and not said(row, month)[0]]
    found = [reference for reference, _ in findings(statuses.status_blank, plans[month])]
    assert found == sorted(blank)


@pytest.mark.parametrize("month", [JUNE, JULY], ids=str)
def test_late_actions_on_track_are_those_whose_dates_are_plainly_past(month, data, plans):
    """Of dates such as Jun-23 and April 23, read here by Python's own parser."""
    late = []
    for reference, row in data.items():
        due = re.fullmatch(r"([A-Z][a-z]{2})[a-z]*[- ]([0-9]{2})", row["due_date"])
        status = re.sub(r"[^a-z]", "", said(row, month)[0])
        if due and status.startswith("ontrack") and carries_status(reference, data):
            day = datetime.strptime(f"{due[1]} {due[2]}", "%b %y")
            if (day.year, day.month) < (month.year, month.month):
                late.append(reference)
    found = [reference for reference, _ in findings(dates.due_passed_on_track, plans[month])]
    assert found == sorted(late)


def test_spellings_are_counted_as_the_cells_have_them(data, plans):
    cells = [entry["status"] for row in data.values() for entry in row["updates"]]
    (on_track,) = [
        found.message
        for found in statuses.status_spellings.find(plans[JULY])
        if '"on track"' in found.message
    ]
    counts = [sum(text.startswith(way) for text in cells) for way in ("On Track", "OnTrack")]
    assert on_track == (
        f'"on track" is spelt in 2 ways: "On Track" ({counts[0]} cells) and "OnTrack" '
        f"({counts[1]} cells). Use the words of the drop-down everywhere."
    )
