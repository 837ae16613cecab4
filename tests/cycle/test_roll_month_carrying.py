"""What the new month starts with: statuses that carry forward, and nothing else."""

from __future__ import annotations

import pytest

import sheetplan
from tests.builders import workbook_from_text
from tests.cycle.looking import sheet_of
from tests.judges import openpyxl_values
from tests.shapes import plan


def carried(tmp_path, status, update="", profile=""):
    """What August starts with, (status, update), when July ended with these."""
    settings = tmp_path / "sheetplan.toml"
    if profile:
        settings.write_text(profile, encoding="utf-8")
    path = plan(
        tmp_path / "plan.xlsx",
        """
        | Ref | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
        | 1.1 | On track           | Begun              | On track           | Going on           |
        | 1.2 | On track           | Begun              |                    |                    |
        """,
        lambda _, sheet: [sheet.write_string("D3", status), sheet.write_string("E3", update)],
    )
    (sheet,) = sheetplan.plan_roll_month(path).sheets
    found = {write.cell: write.text for write in sheet.carried}
    assert found.keys() <= {"F3", "G3"}
    return found.get("F3", ""), found.get("G3", "")


@pytest.mark.parametrize(
    "status",
    ["N/A", "n/a", "N / A", "Not applicable", "Closed", "CLOSED", "Action closed", "N/A "],
)
def test_closed_and_not_applicable_are_carried_forward_in_the_same_words(tmp_path, status):
    assert carried(tmp_path, status) == (status, "")


@pytest.mark.parametrize(
    "status",
    [
        "On track", "Complete", "Completed", "On hold", "Not due to start", "Significant slippage",
        "New action", "R", "Not closed", "Nearly N/A", "Onn track", "5", "",
    ],
)  # fmt: skip
def test_any_other_status_starts_empty(tmp_path, status):
    assert carried(tmp_path, status) == ("", "")


def test_words_after_a_closed_status_come_with_it(tmp_path):
    assert carried(tmp_path, "Closed - see Cabinet minutes") == ("Closed - see Cabinet minutes", "")


@pytest.mark.parametrize("update", ["N/A", "n/a ", "Not applicable"])
def test_an_update_is_carried_forward_when_it_too_was_not_applicable(tmp_path, update):
    assert carried(tmp_path, "N/A", update) == ("N/A", update)


@pytest.mark.parametrize("update", ["Signed off by Cabinet [AB]", "Closed", "-"])
def test_any_other_update_starts_empty(tmp_path, update):
    assert carried(tmp_path, "N/A", update) == ("N/A", "")


def test_an_update_that_was_not_applicable_starts_empty_beside_a_status_that_does(tmp_path):
    assert carried(tmp_path, "On track", "N/A") == ("", "")


def test_a_profile_says_what_else_is_carried_forward(tmp_path):
    profile = 'profile = "standard"\n[status.complete]\ncarried_forward = true\n'
    assert carried(tmp_path, "Complete", "N/A", profile) == ("Complete", "N/A")
    assert carried(tmp_path, "On track", "N/A", profile) == ("", "")


def test_a_profile_says_what_is_no_longer_carried_forward(tmp_path):
    profile = 'profile = "standard"\n[status.closed]\ncarried_forward = false\n'
    assert carried(tmp_path, "Closed", "N/A", profile) == ("", "")


def test_a_councils_own_words_for_closed_are_carried_forward(tmp_path):
    profile = 'profile = "standard"\n[status.closed]\nwords = ["Signed off"]\n'
    assert carried(tmp_path, "Signed off", "", profile) == ("Signed off", "")
    assert carried(tmp_path, "Closed", "", profile) == ("Closed", "")


def test_a_carried_status_keeps_its_rich_text(tmp_path):
    path = plan(
        tmp_path / "plan.xlsx",
        """
        | Ref | Status (June 2023) | Status (July 2023) |
        | 1.1 | On track           | On track           |
        | 1.2 | On track           |                    |
        """,
        lambda book, sheet: sheet.write_rich_string(
            "C3", "Closed ", book.add_format({"bold": True}), "by Cabinet"
        ),
    )
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output
    text = sheet_of(after)["D3"].value
    assert [(str(run), bool(getattr(run, "font", None) and run.font.b)) for run in text] == [
        ("Closed ", False),
        ("by Cabinet", True),
    ]


def test_a_status_that_is_worked_out_is_worked_out_again_and_not_carried(tmp_path):
    path = plan(
        tmp_path / "plan.xlsx",
        """
        | Ref | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
        | 1.1 | On track           | Begun              | On track           | Going on           |
        | 1.2 | On track           |                    | ='N/A' -> N/A      | N/A                |
        """,
    )
    (sheet,) = sheetplan.plan_roll_month(path).sheets
    assert [(write.cell, write.text) for write in sheet.formulas] == [("F3", "='N/A'")]
    assert sheet.carried == []


def test_an_action_whose_reference_cannot_be_read_carries_nothing_forward(tmp_path):
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {
            "Plan": """
            | Ref       | Status (June 2023) | Status (July 2023) |
            | 1.1       | On track           | On track           |
            | to follow | N/A                | N/A                |
            """
        },
    )
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output
    assert openpyxl_values(after)["Plan"].get("D3") is None
