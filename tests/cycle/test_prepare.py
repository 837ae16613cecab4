"""`prepare` adds the support sheets that are missing, filled in from the tracker, and no more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import sheetplan
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.owner_reading import read_owners
from sheetplan.sheets.support_reading import read_support
from tests.builders import parts_of, workbook_from_text
from tests.cycle.preparing import ADDED, PLAN, prepared, rows_of, sheet_of
from tests.judges import diff, openpyxl_values, valid

REPORTED = ADDED[:5]


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """Two themes with July 2026, a column of milestones, and one of recommendations."""
    return workbook_from_text(tmp_path / "plan.xlsx", PLAN)


# ---------------------------------------------------------------- what is added


def test_prepare_adds_the_support_sheets_after_the_last_sheet(tracker: Path) -> None:
    result, output = prepared(tracker)
    assert list(openpyxl_values(output)) == ["Theme 1", "Theme 2", *ADDED]
    assert [new.name for new in result.plan.sheets] == ADDED


def test_what_was_in_the_tracker_is_there_to_the_byte(tracker: Path) -> None:
    _, output = prepared(tracker)
    before, after = parts_of(tracker), parts_of(output)
    sheets = [name for name in before if "worksheets" in name or "sharedStrings" in name]
    assert {name: after[name] for name in sheets} == {name: before[name] for name in sheets}
    assert diff(tracker, output).harm == []
    assert valid(tracker, output) == []


def test_recommendations_and_their_map_come_from_the_trackers_column(tracker: Path) -> None:
    _, output = prepared(tracker)
    rows = rows_of(output, "Recommendations")
    assert [row[0] for row in rows] == ["S1", "S10"]
    assert {value for row in rows for value in row[1:]} == {None}
    assert rows_of(output, "Recommendation map") == [
        ["S1", "LC.A1.0", None],
        ["S1", "LCA1.1", None],
        ["S10", "LCA1.1", None],
    ]


def test_milestone_cells_are_split_and_numbered_by_main_action(tracker: Path) -> None:
    result, output = prepared(tracker)
    may = datetime(2026, 5, 1)
    assert rows_of(output, "Milestones") == [
        ["LC.A1-M1", "LC.A1.0", "Values agreed", "Mar-27", None, None, None, "S1"],
        ["LC.A1-M2", "LC.A1.0", "Values used", None, None, None, None, "S1"],
        ["LC.A1-M3", "LC.A1.0", "Policy signed", None, None, "Complete", may, None],
        ["LC.B1-M1", "LC.B1.0", "Pilot agreed Rollout complete", None, None, None, None, None],
        ["FA.A1-M1", "FA.A1.0", "=SUM(A1)", None, None, None, None, None],
    ]
    (finding,) = result.plan.findings
    assert (finding.code, finding.sheet, finding.cell, finding.reference) == (
        "milestones-doubtful",
        "Theme 1",
        "D6",
        "LC.B1.0",
    )
    assert '"agreed" stands in its middle' in finding.message


OWNED = {
    "Theme 1": """
        | Ref     | Action | Director Lead       | Update Owner (if different)       | Status (July 2026) |
        | OC.A1.0 | Care   | Chief Executive     |                                   | N/A                |
        | OC.A1.1 | Train  | Chief Executive     | Head of HR\\nPayroll Manager      | On track           |
        | OC.A1.2 | Pay    | Chief Executive     | HEAD OF HR - Payroll manager      | Closed             |
        | OC.A1.3 | Move   | Director - Property | N/A                               | On track           |
        | OC.A1.4 | Rest   | tbc                 |                                   | On track           |
    """,  # noqa: E501
    "Theme 2": """
        | Ref     | Action | Director Lead       | Status (July 2026) |
        | FA.A1.1 | Save   | Director- Property  | On track           |
        | FA.A1.2 | Count  | '=2+2               | On track           |
    """,
}


def test_owners_are_the_update_owners_else_the_leads_each_once(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", OWNED)
    result, output = prepared(path)
    assert rows_of(output, "Owners") == [
        ["Chief Executive", None, None, 1],
        ["Head of HR\nPayroll Manager", None, None, 2],
        ["Director - Property", None, None, 2],
        ["=2+2", None, None, 1],
    ]
    assert [(f.code, f.sheet, f.cell, f.reference) for f in result.plan.findings] == [
        ("owner-doubtful", "Theme 1", "D3", "OC.A1.1"),
        ("owner-doubtful", "Theme 2", "C3", "FA.A1.2"),
    ]
    assert result.plan.findings[0].message == (
        '"Head of HR Payroll Manager" may be several owners: a line break may divide it. It is '
        "taken for one. One other row says the same. On the sheet Owners say whom it is "
        "split into, or give its e-mail address if it is one."
    )


def test_the_owners_that_were_added_are_read_without_a_finding(tmp_path: Path) -> None:
    _, output = prepared(workbook_from_text(tmp_path / "plan.xlsx", OWNED))
    owners, findings, sheet = read_owners(Workbook.open(output), load_profile("standard"))
    assert [owner.name for owner in owners] == [row[0] for row in rows_of(output, "Owners")]
    assert {(owner.split_into, owner.email) for owner in owners} == {((), "")}
    assert (findings, sheet) == ((), "Owners")


def test_owners_that_are_there_stay_and_are_not_doubted(tmp_path: Path) -> None:
    own = "| Name | Split into |\n| Head of HR Payroll Manager | Head of HR; Payroll Manager |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {**OWNED, "Owners": own})
    result, output = prepared(path)
    assert result.plan.present == {"owners": "Owners"}
    assert openpyxl_values(output)["Owners"] == openpyxl_values(path)["Owners"]
    assert result.plan.findings == ()


def test_an_address_stays_as_it_is_typed(tracker: Path) -> None:
    _, output = prepared(tracker)
    assert sheet_of(output, "Owners")["C5"].number_format == "@"


def test_the_narrative_has_a_row_for_each_action_that_is_reported_in_full(tracker: Path) -> None:
    _, output = prepared(tracker)
    july = datetime(2026, 7, 1)
    assert rows_of(output, "Narrative") == [
        [july, "LC.A1.0", "Values", "Theme 1 - People, places and purpose", 1, None, None],
        [july, "FA.A1.0", "=2+2 pounds saved", "Theme 2", 1, None, None],
    ]
    assert openpyxl_values(output)["Narrative"]["H5"] == "To write"


def test_actions_that_became_complete_this_month_are_proposed_as_achievements(
    tracker: Path,
) -> None:
    _, output = prepared(tracker)
    july, people = datetime(2026, 7, 1), "Theme 1 - People, places and purpose"
    assert rows_of(output, "Achievements") == [
        [july, people, "LCA1.1", "Agree values", "no"],
        [july, people, "LC.B1.1", "Train", "no"],
        [july, "Theme 2", "FA.A1.0", "=2+2 pounds saved", "no"],
    ]
    assert not any(a.is_printed for a in read_back(output).achievements)


def read_back(path: Path):
    return read_support(Workbook.open(path), load_profile("standard"))


def test_what_was_added_is_read_without_a_finding_but_for_what_officers_must_write(
    tracker: Path,
) -> None:
    _, output = prepared(tracker)
    records = read_back(output)
    assert [f.code for f in records.findings] == ["recommendation-text-missing"] * 2
    assert [m.id for m in records.milestones] == [
        "LC.A1-M1",
        "LC.A1-M2",
        "LC.A1-M3",
        "LC.B1-M1",
        "FA.A1-M1",
    ]
    assert [n.month for n in records.narratives] == [Month(2026, 7)] * 2
    assert list(records.sheets.values()) == REPORTED


def test_a_tracker_that_says_nothing_gets_blank_rows_to_type_in(tmp_path: Path) -> None:
    text = "| Ref | Action | Status (July 2026) |\n| A.1 | Mend | On track |"
    _, output = prepared(workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text}))
    for sheet in ADDED[:-1]:
        rows = rows_of(output, sheet)
        assert len(rows) == 3
        assert {value for row in rows for value in row} <= {None}
    assert read_back(output).findings == ()


def test_a_long_milestone_stays_in_one_row(tmp_path: Path) -> None:
    words = "Agree " + "every word of it " * 300
    text = f"| Ref | Milestones | Status (July 2026) |\n| A.1 | {words}| On track |"
    _, output = prepared(workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text}))
    assert [row[2] for row in rows_of(output, "Milestones")] == [words.strip()]


def test_months_are_real_dates_in_a_tracker_that_counts_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    sheet = book.add_worksheet("Theme 1")
    for row, cells in enumerate((("Ref", "Focus", "Status (July 2026)"), ("A.1", "Focus 1", ""))):
        sheet.write_row(row, 0, cells)
    book.close()
    _, output = prepared(path)
    assert rows_of(output, "Narrative")[0][0] == datetime(2026, 7, 1)


# ---------------------------------------------------------------- what is there already


def test_a_sheet_that_is_there_is_never_changed(tracker: Path, tmp_path: Path) -> None:
    own = "| Milestone | Ref | Asked by |\n| Ours | LC.A1.0 | AB |"
    path = workbook_from_text(tmp_path / "own.xlsx", {**PLAN, "Milestones": own})
    result, output = prepared(path)
    assert result.plan.present == {"milestones": "Milestones"}
    assert list(openpyxl_values(output)) == [
        "Theme 1",
        "Theme 2",
        "Milestones",
        *(name for name in ADDED if name != "Milestones"),
    ]
    assert openpyxl_values(output)["Milestones"] == openpyxl_values(path)["Milestones"]
    assert result.plan.findings == ()  # nothing was split, so nothing is doubtful


def test_preparing_again_does_nothing(tracker: Path) -> None:
    sheetplan.prepare(tracker)
    before = tracker.read_bytes()
    result = sheetplan.prepare(tracker)
    assert not result.plan.has_work
    assert (result.output, result.backup, result.verified) == (None, None, None)
    assert tracker.read_bytes() == before
    assert [p.name for p in tracker.parent.glob("*before*")] == ["plan (before preparing).xlsx"]


def test_a_deleted_sheet_is_added_again_and_finds_the_lists_that_are_there(
    tracker: Path, tmp_path: Path
) -> None:
    lists = "| Theme |\n| Homes |\n| Money |\n| Roads |"

    def decorate(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Our lists")
        sheet.add_table("A1:A4", {"name": "SupportThemes", "columns": [{"header": "Theme"}]})

    path = workbook_from_text(
        tmp_path / "lists.xlsx", {**PLAN, "Our lists": lists}, decorate=decorate
    )
    _, output = prepared(path)
    assert "Support lists" not in openpyxl_values(output)
    rules = sheet_of(output, "Narrative").data_validations.dataValidation
    assert [r.formula1 for r in rules if r.type == "list"] == ["'Our lists'!$A$2:$A$4"]


def test_a_drop_down_with_nothing_to_offer_keeps_only_its_hint(tmp_path: Path) -> None:
    own = "| Our number | Words |\n| 1 | Mend it |"
    path = workbook_from_text(tmp_path / "own.xlsx", {**PLAN, "Recommendations": own})
    _, output = prepared(path)
    (code,) = [
        rule
        for rule in sheet_of(output, "Recommendation map").data_validations.dataValidation
        if str(rule.sqref).startswith("A5")
    ]
    assert code.type in (None, "none")
    assert code.prompt == "A code from the sheet Recommendations."
    assert valid(path, output) == []


def test_undo_takes_the_sheets_out_again(tracker: Path) -> None:
    before = tracker.read_bytes()
    sheetplan.prepare(tracker)
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before
