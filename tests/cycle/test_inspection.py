"""What sheetplan sees in a workbook, before anything is done."""

from __future__ import annotations

import pytest

from sheetplan import Month, inspect
from sheetplan.errors import NotAWorkbookError, SettingsError
from sheetplan.model.finding import Severity
from sheetplan.model.status import Rag
from tests.builders import workbook_from_text
from tests.judges import ROOT

MAY, JUNE = Month(2026, 5), Month(2026, 6)
DATED = """
    | Ref  | {} | <      |
    |      | Status | Update |
    | A1.1 | Green  | Fine   |
"""


def seen(folder, text, **options):
    return inspect(workbook_from_text(folder / "plan.xlsx", {"Theme 1": text}, **options))


# ---------------------------------------------------------------- the example


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return inspect(ROOT / "examples" / "improvement_plan.xlsx", profile="standard")


def test_the_examples_sheets_are_told_apart(example):
    assert [(sheet.name, sheet.actions) for sheet in example.sheets] == [
        ("Theme 1", 13),
        ("Theme 2", 14),
        ("Theme 3 - Residents' services", 12),
        ("Theme 4", 12),
        ("Theme 5", 12),
        ("Theme 6 - Partners & people", 11),
    ]
    assert [other.sheet for other in example.others] == ["Status key", "Dashboard", "Lists"]
    assert example.actions == 74


def test_the_examples_headings_fields_and_months_are_found(example):
    assert example.months == [MAY, JUNE]
    rows = [sheet.layout.heading_rows for sheet in example.sheets]
    assert rows == [(2, 3), *[(3, 4)] * 5]
    assert dict(example.sheets[0].columns()) == {
        "workstream": "A",
        "reference": "B",
        "action": "C",
        "milestones": "D",
        "we_will": "E",
        "director_lead": "F",
        "cabinet_member": "G",
        "other_leads": "H",
        "update_owner": "I",
        "start_date": "J",
        "due_date": "K",
        "focus": "L",
    }
    assert example.sheets[0].latest_columns() == [("O", "status"), ("P", "update")]
    assert example.sheets[4].latest_columns() == [("M", "status"), ("N", "update")]


def test_the_examples_spellings_of_on_track_are_all_understood(example):
    green = {s.text: s.count for s in example.statuses if s.entry and s.entry.rag is Rag.GREEN}
    assert green == {
        "On Track- little or no slippage": 41,
        "On track": 3,
        "OnTrack- little or no slippage": 2,
    }


def test_the_examples_only_finding_is_onn_track(example):
    (finding,) = example.findings
    assert (finding.code, finding.severity) == ("status-not-understood", Severity.WARNING)
    assert str(finding) == (
        'Theme 1!O13 (LC.B1.1): status "Onn track" is not in the vocabulary. Did you mean "On '
        'track"? Correct the cell, or add the words under [status] in sheetplan.toml.'
    )
    assert example.needs_attention


def test_the_example_holds_what_would_be_missed_most(example):
    held = {holding.plural: holding.count for holding in example.holdings}
    assert held["threaded comments"] == 4
    assert {"sensitivity label", "drop-down rules", "charts", "sheets with printer settings"} <= {
        *held
    }


def test_the_data_has_a_place_for_everything(example):
    data = example.as_data()
    assert list(data) == [
        "tracker", "profile", "months", "actions", "sheets", "other_sheets", "statuses",
        "blank_in_latest_month", "findings", "holds",
    ]  # fmt: skip
    assert data["blank_in_latest_month"] == 2  # Theme 3!O14 and Theme 5!M16
    assert data["months"] == ["2026-05", "2026-06"]
    assert data["sheets"][0]["months"][1] == {
        "month": "2026-06",
        "columns": {
            "O": {"field": "status", "heading": "Status (June 2026)"},
            "P": {"field": "update", "heading": "Update (Initial and Date)/June 2026)"},
        },
    }
    assert data["statuses"][0] == {
        "text": "On Track- little or no slippage",
        "meaning": "on track",
        "rag": "green",
        "count": 41,
        "count_in_latest_month": 15,
    }
    assert data["findings"][0]["cell"] == "O13"


# ---------------------------------------------------------------- statuses


def test_statuses_are_counted_by_spelling_with_the_most_frequent_first(tmp_path):
    found = seen(
        tmp_path,
        """
        | Ref  | Status (June 2023) | Status (July 2023) |
        | A1.1 | Green              | green              |
        | A1.2 | Green              | Amber              |
        |      | Red                | Red                |
        | A1.3 |                    | Green              |
        """,
    )
    assert [(s.text, s.count, s.in_latest, s.first_cell) for s in found.statuses] == [
        ("Green", 3, 1, "Theme 1!B2"),
        ("Amber", 1, 1, "Theme 1!C3"),
        ("green", 1, 1, "Theme 1!C2"),
    ]
    assert found.findings == ()
    assert not found.needs_attention


def test_a_status_that_nobody_knows_is_reported_once_with_its_count(tmp_path):
    found = seen(
        tmp_path,
        """
        | Ref  | Status (July 2023) |
        | A1.1 | Sideways           |
        | A1.2 | Sideways           |
        """,
    )
    (finding,) = found.findings
    assert (finding.cell, finding.reference) == ("B2", "A1.1")
    assert 'status "Sideways" is not in the vocabulary (2 cells). Correct' in finding.message


# ---------------------------------------------------------------- findings


def _codes(found):
    return [(f.code, f.severity, f.cell) for f in found.findings]


def test_a_reference_that_is_none_is_noted_and_needs_nobody(tmp_path):
    found = seen(tmp_path, "| Ref | Status (July 2023) |\n| A1.1 | Green |\n| Total | 1 |")
    assert _codes(found) == [("reference-unreadable", Severity.NOTE, "A3")]
    assert found.actions == 1
    assert not found.needs_attention


def test_a_heading_that_means_nothing_is_noted(tmp_path):
    found = seen(tmp_path, "| Ref | Colour of shed | Status (July 2023) |\n| A1.1 | red | Green |")
    assert _codes(found) == [("heading-not-understood", Severity.NOTE, "B1")]
    assert '"Colour of shed" names no field' in found.findings[0].message


def test_a_month_that_excel_took_for_a_day_is_a_warning(tmp_path):
    found = seen(tmp_path, DATED.format("2024-03-23"), date_format="d-mmm")
    assert _codes(found) == [("month-misread-by-excel", Severity.WARNING, "B1")]
    assert 'heading shows "23-Mar"' in found.findings[0].message
    assert "read as March 2023" in found.findings[0].message
    assert found.months == [Month(2023, 3)]


def test_a_month_in_a_real_date_that_shows_its_year_is_no_finding(tmp_path):
    assert seen(tmp_path, DATED.format("2023-03-01"), date_format="mmm yyyy").findings == ()


def test_a_month_on_two_columns_is_an_error_that_inspect_can_still_show(tmp_path):
    text = "| Ref | Status (July 2023) | Notes | Status (July 2023) |\n| A1.1 | Green | | Red |"
    found = seen(tmp_path, text)
    repeated = [f for f in found.findings if f.code == "month-repeated"]
    assert [f.severity for f in repeated] == [Severity.ERROR]
    assert "July 2023 at column B and again at D" in repeated[0].message
    assert found.needs_attention


# ---------------------------------------------------------------- no tracker sheet


def test_a_workbook_without_a_tracker_sheet_can_be_inspected(tmp_path):
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Notes": "| Buy milk |", "Old": "| Ref | Action |", "New": "| Status (July 2023) |"},
    )
    found = inspect(path)
    assert found.sheets == ()
    assert found.needs_attention
    assert [(other.sheet, other.reason) for other in found.others] == [
        ("Notes", "no heading names a reference column or a month"),
        (
            "Old",
            'A1 ("Ref") heads a reference column, but no heading beside it names a month with its '
            "year",
        ),
        ("New", "A1 names July 2023, but no heading names a reference column"),
    ]
    assert found.months == []


def test_what_is_no_workbook_cannot(tmp_path):
    with pytest.raises(NotAWorkbookError, match="there is no such file"):
        inspect(tmp_path / "gone.xlsx")


def test_settings_that_cannot_be_read_are_never_passed_over(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": "| Ref |"})
    (tmp_path / "sheetplan.toml").write_text("[status")
    with pytest.raises(SettingsError, match=r"sheetplan\.toml: line 1"):
        inspect(path)
    assert inspect(path, profile="standard").profile == "standard"
