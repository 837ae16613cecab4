"""The sheets that `prepare` adds: how they look, and what other readers make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.month import Month
from sheetplan.sheets.support_columns import PREPARED_KINDS, THEME_LIST
from tests.builders import workbook_from_text
from tests.cycle.preparing import ADDED, PLAN, prepared, rows_of, sheet_of
from tests.cycle.reporting import small_tracker
from tests.judges import (
    ROOT,
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """Two themes with July 2026, a column of milestones, and one of recommendations."""
    return workbook_from_text(tmp_path / "plan.xlsx", PLAN)


# ---------------------------------------------------------------- what they look like


def test_each_sheet_is_one_excel_table_with_a_title_and_a_sentence(tracker: Path) -> None:
    _, output = prepared(tracker)
    for kind in (*PREPARED_KINDS, THEME_LIST):
        sheet = sheet_of(output, kind.sheet)
        (table,) = sheet.tables.values()
        assert table.displayName == kind.table
        headings = [cell.value for cell in sheet[table.ref][0]]
        assert headings == [column.name for column in table.tableColumns]
        assert headings == [column.heading for column in kind.columns]
        assert sheet["A1"].value == kind.sheet
        assert str(sheet["A2"].value).endswith(".")
        assert not sheet.merged_cells.ranges


def test_months_show_as_month_and_year(tracker: Path) -> None:
    _, output = prepared(tracker)
    assert sheet_of(output, "Narrative")["A5"].number_format == "mmmm yyyy"
    assert sheet_of(output, "Achievements")["A7"].number_format == "mmmm yyyy"
    assert sheet_of(output, "Recommendations")["D6"].number_format == "d mmm yyyy"


def test_drop_downs_offer_codes_themes_and_short_lists_in_every_row(tracker: Path) -> None:
    _, output = prepared(tracker)

    def offered(sheet: str) -> dict[str, str]:
        rules = sheet_of(output, sheet).data_validations.dataValidation
        return {str(rule.sqref): rule.formula1 for rule in rules if rule.type == "list"}

    assert offered("Recommendations") == {
        "B5:B6": '"statutory,external audit,LGA,directions,internal"',
        "F5:F6": '"yes,no,partly"',
    }
    assert offered("Recommendation map") == {"A5:A7": "Recommendations!$A$5:$A$6"}
    assert offered("Narrative") == {"D5:D6": "'Support lists'!$A$5:$A$6"}
    assert offered("Achievements")["B5:B7"] == "'Support lists'!$A$5:$A$6"
    assert offered("Achievements")["E5:E7"] == '"yes,no"'
    assert rows_of(output, "Support lists") == [
        ["Theme 1 - People, places and purpose"],
        ["Theme 2"],
    ]


def test_a_title_above_no_heading_makes_no_tracker_sheet_of_a_support_sheet(
    tracker: Path,
) -> None:
    before = sheetplan.inspect(tracker)
    _, output = prepared(tracker)
    after = sheetplan.inspect(output)
    assert [s.name for s in after.sheets] == [s.name for s in before.sheets]
    assert after.actions == before.actions


# ---------------------------------------------------------------- second opinions


def test_two_other_readers_read_the_new_sheets_alike(tracker: Path) -> None:
    _, output = prepared(tracker)
    theirs, others = openpyxl_values(output), calamine_values(output)
    for sheet in ADDED:
        texts = {name: text for name, text in theirs[sheet].items() if isinstance(text, str)}
        assert {name: others[sheet].get(name) for name in texts} == texts


@pytest.mark.office
def test_libreoffice_shows_the_new_sheets(tracker: Path) -> None:
    _, output = prepared(tracker)
    shown = office_texts([output])[output]
    assert shown["Narrative"]["A5"] == "July 2026"
    assert shown["Narrative"]["H5"] == "To write"
    assert shown["Milestones"]["C9"] == "=SUM(A1)"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing(tracker: Path) -> None:
    _, output = prepared(tracker)
    assert sdk_errors(output) == []


@pytest.mark.shared
def test_a_real_tracker_is_prepared_without_harm(shared: Path, tmp_path: Path) -> None:
    before = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    output = tmp_path / "prepared.xlsx"
    result = sheetplan.prepare(before, output=output)
    assert diff(before, output).harm == []
    assert valid(before, output) == []
    milestones = rows_of(output, "Milestones")
    # Looked at one by one: 36 milestones in 34 cells, 7 of which are several run together.
    assert len(milestones) == 36
    assert len({row[0] for row in milestones}) == 36
    found: dict[str, list[str]] = {}
    for finding in result.plan.findings:
        found.setdefault(finding.code, []).append(finding.reference)
    assert found == {
        "milestones-doubtful": [
            "CO.A1.0",
            "CO.B3.0",
            "CO.C1.0",
            "CO.E1.3",
            "CO.G1.0",
            "CO.G1.1",
            "SD.B1.0",
        ],
        "owner-doubtful": ["OC.B2.1", "OC.E2.7", "OC.H1.2", "CO.B1.7", "PC.F1.1"],
    }
    owners = rows_of(output, "Owners")
    assert len(owners) == 27  # of 37 spellings
    assert sum(row[3] for row in owners) == 157
    assert [row[1] for row in rows_of(output, "Narrative")] == [
        "OCA2.0",
        "CO.D4.0",
        "CO.E1.0",
        "CO.F5.0",
        "SD.D1.0",
    ]


def test_the_example_is_prepared_without_harm(tmp_path: Path) -> None:
    before = ROOT / "examples" / "improvement_plan.xlsx"
    output = tmp_path / "prepared.xlsx"
    result = sheetplan.prepare(before, output=output)
    assert diff(before, output).harm == []
    assert valid(before, output) == []
    assert result.plan.findings == ()
    assert len(rows_of(output, "Milestones")) == 33


def test_after_a_roll_the_sheets_are_filled_for_the_month_that_is_written(tmp_path: Path) -> None:
    tracker = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.roll_month(tracker)
    plan = sheetplan.plan_prepare(tracker)
    assert plan.month == Month(2026, 7)
