"""Reading a tracker: which sheets are trackers, and the actions in their rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from sheetplan.errors import SheetNotFoundError
from sheetplan.model.action import MonthEntry
from sheetplan.model.month import Month
from sheetplan.model.plan_date import Precision
from sheetplan.ooxml.cells import words_for
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import action_rows, read_layouts, read_tracker
from tests.builders import workbook_from_text
from tests.judges import openpyxl_values
from tests.shapes import SHAPES
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


def reading(path, sheets, **options):
    return read_layouts(Workbook.open(workbook_from_text(path, sheets, **options)), STANDARD)


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


@pytest.mark.parametrize("months", [[], [JUNE], [JUNE, JULY], [Month(2020, 1)]])
def test_every_month_can_be_asked_for_whichever_are_read_at_once(tmp_path, months):
    tracker = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": PLAN}), months=months)
    roof, doors = tracker.actions
    assert dict(roof.entries) == {
        JUNE: MonthEntry(JUNE, "On track", "Begun [AB]"),
        JULY: MonthEntry(JULY, "Complete", "Laid [AB]"),
    }
    assert doors.entries[JUNE] == MonthEntry(JUNE, "Not due", "")
    assert doors.entries.get(Month(2023, 8)) is None


def test_a_month_that_was_not_asked_for_is_read_all_the_same(tmp_path):
    tracker = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": PLAN}), months=[JULY])
    roof, doors = tracker.actions
    assert (roof.status(JUNE), roof.update(JUNE)) == ("On track", "Begun [AB]")
    assert (roof.status(Month(2023, 5)), roof.update(Month(2023, 5))) == ("", "")
    assert (doors.status(JUNE), doors.update(JUNE)) == ("Not due", "")


def test_an_action_knows_its_cells(tmp_path):
    roof, doors = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": PLAN})).actions
    assert (roof.cell("reference"), roof.cell("due_date")) == ("A3", "C3")
    assert (doors.cell("status", JUNE), doors.cell("update", JULY)) == ("E5", "H5")
    assert roof.cell("revised_date") == roof.cell("direction", JULY) == roof.cell("status") == ""
    assert roof.cell("status", Month(2023, 8)) == ""


def test_an_action_says_its_fields_in_words(tmp_path):
    roof, _ = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": PLAN})).actions
    assert (roof.title, roof.words("focus"), roof.words("milestones")) == ("Mend the roof", "1", "")


# ---------------------------------------------------------------- dates

DATES = """
| Ref     | Start date | Due date     | Revised date | Statutory recommendation | Status (July 2023) |
| OC.A1.1 | 2022-12-01 | 2023-07-01   |              | S1, S3                   | On track           |
| OC.A1.2 | Autumn 21  | Ocr 23       | 2024-03-01   |                          | On track           |
| OC.A1.3 |            | TBC          | Ongoing      |                          | On track           |
| OC.A1.4 | 2022-03-23 | 2024         | N/A          |                          | On track           |
| OC.A1.5 | Mar-22     |              | soon         |                          | On track           |
"""  # noqa: E501


def dated(path, text, **options):
    return {
        str(a.reference): a for a in read_tracker(reading(path, {"A": text}, **options)).actions
    }


def test_dates_are_read_as_the_cell_shows_them_and_the_fields_stay_as_stored(tmp_path):
    found = dated(tmp_path / "plan.xlsx", DATES, date_format="mmm-yy")
    due = found["OC.A1.1"].dates["due_date"]
    assert (due.text, due.precision, due.last) == ("Jul-23", Precision.MONTH, date(2023, 7, 31))
    assert found["OC.A1.1"].fields["due_date"] == date(2023, 7, 1)
    assert list(found["OC.A1.1"].dates) == ["start_date", "due_date"]
    assert found["OC.A1.2"].dates["start_date"].first == date(2021, 9, 1)
    assert found["OC.A1.2"].dates["due_date"].mended == "read as October 2023"
    assert found["OC.A1.4"].dates["due_date"].precision is Precision.YEAR
    assert found["OC.A1.4"].fields["due_date"] == 2024.0


def test_a_date_that_shows_its_day_is_a_day(tmp_path):
    found = dated(tmp_path / "plan.xlsx", DATES, date_format="d mmm yyyy")
    due = found["OC.A1.1"].dates["due_date"]
    assert (due.text, due.precision, due.last) == ("1 Jul 2023", Precision.DAY, date(2023, 7, 1))


def test_the_due_date_that_holds_is_the_revised_one_where_it_names_a_day(tmp_path):
    found = dated(tmp_path / "plan.xlsx", DATES, date_format="mmm-yy")
    due = {reference: action.due and action.due.text for reference, action in found.items()}
    assert due == {
        "OC.A1.1": "Jul-23",
        "OC.A1.2": "Mar-24",
        "OC.A1.3": "TBC",
        "OC.A1.4": "2024",
        "OC.A1.5": "soon",
    }


def test_recommendations_are_a_field(tmp_path):
    found = dated(tmp_path / "plan.xlsx", DATES)
    assert found["OC.A1.1"].fields["recommendations"] == "S1, S3"
    assert "recommendations" not in found["OC.A1.2"].fields


def starts(path, others):
    """What 23-Mar means as a start date, shown as d-mmm, above other start dates."""

    def shown_as_day_and_month(book):
        sheet = book.get_worksheet_by_name("A")
        style = book.add_format({"num_format": "d-mmm"})
        sheet.write_datetime("B2", datetime(2022, 3, 23), style)

    rows = "".join(f"| OC.A1.{n} | {other} |\n" for n, other in enumerate(others, 2))
    text = f"| Ref | Start date | Status (July 2023) |\n| OC.A1.1 | x | On track |\n{rows}"
    options = {"date_format": "dd/mm/yyyy", "decorate": shown_as_day_and_month}
    return dated(path, text, **options)["OC.A1.1"].dates["start_date"]


@pytest.mark.parametrize(
    "others", [["Apr-23"], ["Apr-23", "June 2023", "2023-05-06"], ["Apr-23", "TBC", "22-Sep", ""]]
)
def test_day_and_month_among_months_is_a_month_that_excel_misread(tmp_path, others):
    found = starts(tmp_path / "plan.xlsx", others)
    assert (found.text, found.precision, found.last) == (
        "23-Mar", Precision.MONTH, date(2023, 3, 31)
    )  # fmt: skip
    assert found.mended == "read as March 2023"


@pytest.mark.parametrize(
    "others", [[], ["2023-05-06"], ["Apr-23", "2023-05-06"], ["TBC"], ["4 May 2023", "Ongoing"]]
)
def test_day_and_month_among_days_is_a_day(tmp_path, others):
    found = starts(tmp_path / "plan.xlsx", others)
    assert (found.text, found.precision, found.last) == (
        "23 March 2022", Precision.DAY, date(2022, 3, 23)
    )  # fmt: skip
    assert found.mended == ""


def test_the_words_for_dates_are_those_of_the_settings(tmp_path):
    words = replace(STANDARD.dates, to_be_confirmed=("soon",))
    path = workbook_from_text(tmp_path / "plan.xlsx", {"A": DATES})
    found = read_layouts(Workbook.open(path), replace(STANDARD, dates=words))
    last = read_tracker(found).actions[-1]
    assert last.dates["revised_date"].precision is Precision.TO_BE_CONFIRMED


# ---------------------------------------------------------------- every shape, and the real tracker


def assert_as_another_reader_sees(path, settings):
    """Every status and update is what openpyxl reads in the cell that the action names."""
    tracker = read_tracker(read_layouts(Workbook.open(path), settings), months=[JULY])
    seen = openpyxl_values(path)
    assert tracker.actions
    for action in tracker.actions:
        cells = seen[action.sheet]
        assert str(cells[action.cell("reference")]).strip() == action.reference_text
        for month, entry in action.entries.items():
            for name, text in (("status", entry.status), ("update", entry.update)):
                value = cells.get(action.cell(name, month), "")
                assert text == _as_read(value)
        for name, value in action.fields.items():
            assert _as_read(cells[action.cell(name)]) == _as_read(value)


def _as_read(value):
    if isinstance(value, datetime):
        return words_for(value)
    if isinstance(value, date):
        return value.strftime("%d %B %Y")
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: shape.name)
def test_every_shape_of_a_tracker_is_read_as_another_reader_sees_it(shape, tmp_path):
    path = tmp_path / f"plan{shape.suffix}"
    shape.build(path)
    profile = tmp_path / "sheetplan.toml"
    profile.write_text(shape.profile or 'profile = "standard"\n', encoding="utf-8")
    assert_as_another_reader_sees(path, load_profile(profile))


@pytest.mark.shared
def test_the_real_tracker_is_read_as_its_source_has_it(shared):
    path = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    source = json.loads(path.with_suffix(".json").read_text("utf-8"))
    rows = [row for theme in source["themes"] for row in theme["rows"]]
    actions = read_tracker(read_layouts(Workbook.open(path), STANDARD), months=[JULY]).actions
    assert [action.reference_text for action in actions] == [row["ref"] for row in rows]
    for action, row in zip(actions, rows, strict=True):
        for name in ("start_date", "due_date"):
            typed = action.dates[name].text if name in action.dates else ""
            assert (action.cell(name), typed) == (action.cell(name), row[name])
        for month, update in zip((JUNE, JULY), row["updates"], strict=True):
            assert action.entries[month].status == update["status"].strip()
            assert action.entries[month].update == update["update"].strip()
    assert_as_another_reader_sees(path, STANDARD)


def test_a_sheet_without_a_title_is_called_by_its_name(tmp_path):
    text = PLAN.replace("| Improving our homes |\n", "")
    tracker = read_tracker(reading(tmp_path / "plan.xlsx", {"Theme 1": text}))
    assert tracker.themes[0].title == "Theme 1"
