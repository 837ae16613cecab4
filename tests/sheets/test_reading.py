"""Reading a tracker: which sheets are trackers, and the actions in their rows."""

from __future__ import annotations

from datetime import date

import pytest

from sheetplan.errors import SheetNotFoundError
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.reading import action_rows, read_layouts, read_tracker
from tests.builders import workbook_from_text
from tests.sheets.building import STANDARD, reading_of

JUNE, JULY = Month(2023, 6), Month(2023, 7)
PLAN = """
| Improving our homes |
| Ref     | Action          | Due date   | Focus | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
| OC.A1.1 | Mend the roof   | 2024-03-31 | 1     | On track           | Begun [AB]         | Complete           | Laid [AB]          |
|         | Workstream B    |            |       |                    |                    |                    |                    |
| OC.B1.1 | Paint the doors | Spring     | 2     | Not due            |                    |  On track          |                    |
| Total   |                 |            |       |                    |                    | 2                  |                    |
"""  # noqa: E501


def reading(path, sheets):
    return read_layouts(Workbook.open(workbook_from_text(path, sheets)), STANDARD)


def test_tracker_sheets_are_told_from_others(tmp_path):
    found = reading(
        tmp_path / "plan.xlsx", {"Cover": "| Plan |", "Theme 1": PLAN, "Lists": "| x |"}
    )
    assert [item.sheet.name for item in found.trackers] == ["Theme 1"]
    assert [other.sheet for other in found.others] == ["Cover", "Lists"]
    assert found.latest_month == JULY


def test_the_latest_month_is_that_of_any_sheet(tmp_path):
    earlier = PLAN.replace("July", "May")
    assert reading(tmp_path / "plan.xlsx", {"A": earlier, "B": PLAN}).latest_month == JULY


def test_a_workbook_without_a_tracker_says_what_was_looked_for_and_what_is_nearest(tmp_path):
    sheets = {"Cover": "| Plan |", "Actions": "| Ref | Action | Status |"}
    with pytest.raises(SheetNotFoundError) as caught:
        reading(tmp_path / "plan.xlsx", sheets)
    assert "Actions" in caught.value.message
    assert "Cover" not in caught.value.message
    assert [other.sheet for other in caught.value.seen] == ["Cover", "Actions"]


def test_rows_with_something_in_the_reference_column_are_found_in_order(tmp_path):
    item = reading_of(tmp_path / "plan.xlsx", PLAN)
    found = [
        (row.row, row.reference_text, row.reference is None)
        for row in action_rows(item.sheet, item.layout)
    ]
    assert found == [(3, "OC.A1.1", False), (5, "OC.B1.1", False), (6, "Total", True)]


def test_actions_are_read_with_their_fields_and_months(tmp_path):
    tracker = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": PLAN}))
    assert tracker.months == (JUNE, JULY)
    (theme,) = tracker.themes
    assert (theme.title, theme.sheet) == ("Improving our homes", "Theme 1")
    roof, doors = theme.actions
    assert (str(roof.reference), roof.reference_text, roof.row) == ("OC.A1.1", "OC.A1.1", 3)
    assert roof.fields == {"action": "Mend the roof", "due_date": date(2024, 3, 31), "focus": 1.0}
    assert (roof.entries[JULY].status, roof.entries[JULY].update) == ("Complete", "Laid [AB]")
    assert doors.fields["due_date"] == "Spring"
    assert (doors.entries[JULY].status, doors.entries[JULY].update) == ("On track", "")


def test_only_the_months_that_are_asked_for_are_read(tmp_path):
    tracker = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": PLAN}), months=[JUNE])
    assert [list(action.entries) for action in tracker.themes[0].actions] == [[JUNE], [JUNE]]


def test_a_sheet_without_a_title_is_called_by_its_name(tmp_path):
    text = PLAN.replace("| Improving our homes |\n", "")
    tracker = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": text}))
    assert tracker.themes[0].title == "Theme 1"
