"""Finding the layout in shapes that are read by hand; test_layout_properties.py has the others."""

from __future__ import annotations

import pytest

from sheetplan.model.month import Month
from sheetplan.settings import load_profile
from sheetplan.sheets.layout import NotATracker
from tests.shapes import PAIRS
from tests.sheets.building import layout_of, months_of


def test_the_plainest_tracker(tmp_path):
    layout = layout_of(tmp_path / "plan.xlsx", PAIRS)
    assert layout.sheet == "Plan"
    assert layout.fields == {"reference": 1, "action": 2}
    assert months_of(layout) == {"2023-06": ["status", "update"], "2023-07": ["status", "update"]}
    assert (layout.heading_rows, layout.first_row) == ((1, 1), 2)
    assert layout.latest == layout.rightmost == layout.months[1]
    assert (layout.unknown, layout.misread, layout.repeated) == ((), (), ())


def test_headings_that_are_not_understood_are_kept_with_their_cells(tmp_path):
    text = "| Ref | Budget | Status (July 2023) | Risk (July 2023) |\n| 1.1 | 12 | Red | High |"
    layout = layout_of(tmp_path / "plan.xlsx", text)
    assert [(heading.cell, heading.text) for heading in layout.unknown] == [
        ("B1", "Budget"),
        ("D1", "Risk (July 2023)"),
    ]
    assert months_of(layout) == {"2023-07": ["status", ""]}


def test_a_date_that_excel_misread_is_kept_to_be_said(tmp_path):
    text = "| Ref | 2024-07-23 | < |\n| | Status | Update |\n| 1.1 | Red | Begun |"
    layout = layout_of(tmp_path / "plan.xlsx", text, date_format="d-mmm")
    assert [(heading.cell, heading.text) for heading in layout.misread] == [("B1", "23-Jul")]
    assert layout.latest.month == Month(2023, 7)


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        (
            "| Ref | Status (July 2023) | Status (June 2023) | Status (July 2023) |",
            "July 2023 at column B and again at D",
        ),
        (
            "| Ref | Status (July 2023) | Status (July 2023) |",
            "the status of July 2023 at column B and again at C",
        ),
    ],
)
def test_what_stands_twice_is_said(tmp_path, text, repeated):
    assert layout_of(tmp_path / "plan.xlsx", text).repeated == (repeated,)


@pytest.mark.parametrize("columns", ["RAG | Progress", "Progress | RAG"])
def test_of_two_names_for_the_status_the_commoner_one_has_it(tmp_path, columns):
    heading = " | ".join(f"{name} Jul-23" for name in columns.split(" | "))
    layout = layout_of(tmp_path / "plan.xlsx", f"| Ref | {heading} |")
    assert layout.repeated == ()
    status = layout.latest.column_of("status")
    assert columns.split(" | ")[status - 2] == "RAG"


def test_the_reference_column_is_the_one_with_references(tmp_path):
    text = "| Item | Ref | Status (July 2023) |\n| Roof | OC.A1.1 | Red |\n| Door | OC.A1.2 | Red |"
    assert layout_of(tmp_path / "plan.xlsx", text).reference_column == 2


def test_a_column_between_two_of_a_month_belongs_to_it(tmp_path):
    text = "| Ref | Status (July 2023) | Confidence | Update (July 2023) | Notes |"
    layout = layout_of(tmp_path / "plan.xlsx", text)
    assert months_of(layout) == {"2023-07": ["status", "", "update"]}
    assert [heading.cell for heading in layout.unknown] == ["C1", "E1"]


def test_a_column_behind_a_month_belongs_to_it_when_the_month_before_has_one_too(tmp_path):
    text = "| Ref | Status (June 2023) | Risk | Status (July 2023) | Risk |"
    assert months_of(layout_of(tmp_path / "plan.xlsx", text)) == {
        "2023-06": ["status", ""],
        "2023-07": ["status", ""],
    }


def test_a_column_behind_the_last_month_alone_does_not(tmp_path):
    text = "| Ref | Status (June 2023) | Status (July 2023) | Risk |"
    assert months_of(layout_of(tmp_path / "plan.xlsx", text)) == {
        "2023-06": ["status"],
        "2023-07": ["status"],
    }


@pytest.mark.parametrize(
    "title",
    [
        "| Position at July 2023 | | | | |",
        "| Position at July 2023 | < | < | < | < |",
        "| | Position at July 2023 | < | < | < |",
    ],
)
def test_a_title_that_names_a_month_is_nobodys_month(tmp_path, title):
    text = f"{title}\n| Ref | Action | Status (May 2023) | Risk | Update (May 2023) |"
    layout = layout_of(tmp_path / "plan.xlsx", text)
    assert months_of(layout) == {"2023-05": ["status", "", "update"]}
    assert layout.heading_rows[1] == 2


def test_a_date_beside_the_months_is_no_month(tmp_path):
    text = "| Ref | Due date (July 2023) | Status (June 2023) | Update (June 2023) |"
    layout = layout_of(tmp_path / "plan.xlsx", text)
    assert layout.fields["due_date"] == 2
    assert list(months_of(layout)) == ["2023-06"]


def test_a_workstreams_row_under_the_headings_is_no_heading(tmp_path):
    layout = layout_of(
        tmp_path / "plan.xlsx",
        """
        | Ref | Action       | Status (July 2023) | Update (July 2023) |
        |     | Workstream A |                    | Comments due       |
        | 1.1 | Roof         | Red                | Begun              |
        """,
    )
    assert layout.heading_rows == (1, 1)


def test_the_profile_says_which_columns_come_again_every_month(tmp_path):
    profile = tmp_path / "sheetplan.toml"
    profile.write_text(
        'profile = "standard"\n[months]\nfields = ["status", "update", "evidence"]\n',
        encoding="utf-8",
    )
    text = "| Ref | July 2023 | | |\n| | Status | Update | Evidence |\n| 1.1 | Red | Begun | File |"
    path = tmp_path / "plan.xlsx"
    assert months_of(layout_of(path, text)) == {"2023-07": ["status", "update"]}
    layout = layout_of(path, text, load_profile(profile))
    assert months_of(layout) == {"2023-07": ["status", "update", "evidence"]}


@pytest.mark.parametrize(
    ("text", "reason", "is_near"),
    [
        ("| Cover |", "no heading names a reference column or a month", False),
        ("| Action | Status (July 2023) |", "B1 names July 2023, but", False),
        ("| Ref | Action | Status |", 'A1 ("Ref") heads a reference column, but', True),
        ("| Ref | Status July |", 'A1 ("Ref") heads a reference column, but', True),
    ],
)
def test_a_sheet_that_is_no_tracker_says_what_it_lacks(tmp_path, text, reason, is_near):
    found = layout_of(tmp_path / "plan.xlsx", text)
    assert isinstance(found, NotATracker)
    assert found.reason.startswith(reason)
    assert found.is_near == is_near


@pytest.mark.parametrize(("first_row", "is_found"), [(30, True), (31, False)])
def test_headings_are_looked_for_in_the_first_thirty_rows(tmp_path, first_row, is_found):
    found = layout_of(tmp_path / "plan.xlsx", PAIRS, first_row=first_row)
    assert isinstance(found, NotATracker) != is_found
