"""What the cells above a tracker's rows say."""

from __future__ import annotations

import pytest

from sheetplan.model.month import Month
from sheetplan.sheets.headings import FieldNames, HeadingGrid, dated_month
from tests.sheets.building import STANDARD, sheet_from

NAMES = FieldNames.of(STANDARD)


def grid_from(path, text, **options):
    return HeadingGrid(sheet_from(path, text, **options), STANDARD)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ref", "reference"),
        ("REF.", "reference"),
        ("Action ref", "reference"),
        ("Status (July 2023)", "status"),
        ("RAG Nov-24", "status"),
        ("2025-03 status", "status"),
        ("Progress against plan: status rating", "status"),
        ("Update (Initial and Date)/June 2023)", "update"),
        ("Update\n(Initial & Date)", "update"),
        ("Update Owner (if different)", "update_owner"),
        ("Due date (as agreed by Cabinet)", "due_date"),
        ("Status2", "status"),
        ("Update12", "update"),
    ],
)
def test_a_heading_names_a_field_by_its_words(heading, field):
    assert NAMES.field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "July 2023",
        "Budget",
        "No. of milestones",
        "Reference group",
        "Restatus",
        "Ref2",
        "Statuses2",
    ],
)
def test_a_heading_that_says_something_else_names_none(heading):
    assert NAMES.field_of(heading) is None


def test_of_two_names_for_a_field_the_one_that_the_profile_lists_first_is_the_commoner():
    assert NAMES.rank("Status (July 2023)") < NAMES.rank("RAG") < NAMES.rank("Progress")
    assert NAMES.rank("Progress") < NAMES.rank("Budget")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Status (July 2023)", Month(2023, 7)),
        ("July 2023", Month(2023, 7)),
        ("July 2023 % done", Month(2023, 7)),
        ("July", None),
        ("June 2023 to July 2023", None),
        ("July 2023 update due", None),  # a banner is no heading
        ("Approved 3 July 2023", None),
    ],
)
def test_a_heading_names_one_month_with_its_year(tmp_path, text, month):
    assert grid_from(tmp_path / "a.xlsx", f"| {text} |").own(1, 1).month == month


@pytest.mark.parametrize(
    ("number_format", "month", "is_misread"),
    [
        ("mmm yyyy", Month(2024, 7), False),
        ("dd/mm/yyyy", Month(2024, 7), False),
        ("mmm-yy", Month(2024, 7), False),
        ("d-mmm", Month(2023, 7), True),
        ("dd\\ mmm", Month(2023, 7), True),
        ("[$-809]d mmmm;@", Month(2023, 7), True),
        ('d mmm "y"', Month(2023, 7), True),
    ],
)
def test_a_date_means_its_month_unless_only_its_day_and_month_show(
    tmp_path, number_format, month, is_misread
):
    sheet = sheet_from(tmp_path / "a.xlsx", "| 2024-07-23 |", date_format=number_format)
    moment = sheet.value(1, 1)
    assert dated_month(sheet, 1, 1, moment) == (month, is_misread)
    heading = HeadingGrid(sheet, STANDARD).own(1, 1)
    assert (heading.month, heading.is_date, heading.is_misread) == (month, True, is_misread)


def test_a_merged_heading_counts_for_every_cell_that_it_covers(tmp_path):
    grid = grid_from(tmp_path / "a.xlsx", "| Ref | July 2023 | < |\n| | Status | Update |")
    assert [h and h.text for h in (grid.at(1, column) for column in (1, 2, 3))] == [
        "Ref", "July 2023", "July 2023",
    ]  # fmt: skip
    assert grid.own(1, 3) is None
    assert grid.at(2, 1) is None
    assert grid.columns_of(grid.own(1, 2)) == [2, 3]
    assert grid.columns_of(grid.own(1, 1)) == [1]


def test_only_the_first_rows_hold_headings(tmp_path):
    grid = grid_from(tmp_path / "a.xlsx", "| Ref |", first_row=40)
    assert grid.row_headings(40) == []
