"""Statuses in the stamps of a plan: the actions of its leads, and what tells their statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan.model.action import Action, MonthEntry
from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_actions import leads_by_reference
from sheetplan.sheets.commentary_sheets import CommentaryCell
from sheetplan.sheets.reading import WorkbookReading, read_layouts, read_tracker
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book, published_book

SETTINGS = load_profile("commentary")
JULY, AUGUST, SEPTEMBER = (Month(2023, number) for number in (7, 8, 9))
RED, GREEN = "C00000", "00B050"


def reading(tmp_path: Path, *texts: str) -> WorkbookReading:
    rows = [Row(f"1.{n}", "Aim", "Action", "", marked(text)) for n, text in enumerate(texts, 1)]
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", rows)])
    return read_layouts(Workbook.open(path), SETTINGS)


def actions(tmp_path: Path, *texts: str) -> tuple[Action, ...]:
    return read_tracker(reading(tmp_path, *texts)).actions


def cells(found: WorkbookReading) -> list[CommentaryCell]:
    return [cell for item in found.trackers if item.commentary for cell in item.commentary.cells]


# ---------------------------------------------------------------- statuses


def test_a_status_in_a_stamp_is_typed_and_every_other_inferred(tmp_path: Path) -> None:
    (action,) = actions(
        tmp_path,
        "[[A]]\nOne (July 2023 update)\nTwo (August update, off-track)\n**Three COMPLETE "
        "(September update)**",
    )
    assert list(action.entries.values()) == [
        MonthEntry(JULY, "On track", "One", is_inferred=True),
        MonthEntry(AUGUST, "off-track", "Two"),
        MonthEntry(SEPTEMBER, "Complete", "Three COMPLETE", is_inferred=True),
    ]
    assert [action.typed_status(m) for m in action.entries] == ["", "off-track", ""]


def test_a_month_without_words_may_have_a_status_and_a_blank_one_is_no_inference(
    tmp_path: Path,
) -> None:
    first, second = actions(
        tmp_path, "[[A]]\n(July 2023 update, Off track)\n[[B]]\nTwo (August update, complete)"
    )
    assert first.entries == {
        JULY: MonthEntry(JULY, "Off track", ""),
        AUGUST: MonthEntry(AUGUST, "", ""),
    }
    assert second.entries == {
        JULY: MonthEntry(JULY, "", ""),
        AUGUST: MonthEntry(AUGUST, "complete", "Two"),
    }


def test_a_typed_status_stands_before_the_colour_of_its_lead(tmp_path: Path) -> None:
    def status(stamp: str) -> str:
        runs = [CommentaryRun("A", True, True, GREEN), CommentaryRun(f"\nOne {stamp}", colour=RED)]
        row = Row("1.1", "Aim", "Action", "", runs)
        path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", [row])])
        (action,) = read_tracker(read_layouts(Workbook.open(path), SETTINGS)).actions
        return action.status(JULY)

    assert status("(July 2023 update, on hold)") == "on hold"
    assert status("(July 2023 update)") == "Complete"


def test_a_status_alone_is_the_newest_that_a_lead_says(tmp_path: Path) -> None:
    runs = [
        CommentaryRun("A", True, True, RED),
        CommentaryRun("\nOne (July 2023 update)\n(August update, on hold)"),
    ]
    row = Row("1.1", "Aim", "Action", "", runs)
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", [row])])
    (action,) = read_tracker(read_layouts(Workbook.open(path), SETTINGS)).actions
    assert [entry.status for entry in action.entries.values()] == ["On track", "on hold"]


def test_what_was_closed_is_closed_in_the_months_of_other_leads(tmp_path: Path) -> None:
    closed, open_ = actions(
        tmp_path,
        "[[A]]\nOne (July 2023 update, closed)",
        "[[A]]\nOne (July 2023 update, off track)\nTwo (August update, off track)",
    )
    assert closed.entries[AUGUST] == MonthEntry(AUGUST, "Closed", "", is_inferred=True)
    assert open_.typed_status(AUGUST) == "off track"


def test_a_plan_of_stamps_with_statuses_alone_has_its_months(tmp_path: Path) -> None:
    (action,) = actions(tmp_path, "[[A]]\n(July 2023 update, R)\n(August update, On track)")
    assert [(m, e.status) for m, e in action.entries.items()] == [
        (JULY, "R"),
        (AUGUST, "On track"),
    ]


# ---------------------------------------------------------------- leads


def test_the_lead_of_an_action_is_found_by_its_reference(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "[[A]]\nOne (July 2023 update)",
        "[[A]]\nOne (July update)\n[[B]]\nTwo (July update)\n[[ A ]]\nThree (July update)",
        "Old (July update)\n[[B]]\nTwo (July update)",
        "",
    )
    by_reference = [leads_by_reference(cell) for cell in cells(found)]
    assert by_reference == [
        {"1.1": "A"},
        {"1.2a": "A", "1.2b": "B"},
        {"1.3a": "", "1.3b": "B"},
        {"1.4": ""},
    ]
    assert [action.reference_text for action in read_tracker(found).actions] == [
        reference for row in by_reference for reference in row
    ]


def test_a_row_of_very_many_leads_goes_on_in_numbers(tmp_path: Path) -> None:
    text = "\n".join(f"[[Lead {n}]]\nOne (July 2023 update)" for n in range(1, 29))
    (cell,) = cells(reading(tmp_path, text))
    assert list(leads_by_reference(cell).items())[24:] == [
        ("1.1y", "Lead 25"),
        ("1.1z", "Lead 26"),
        ("1.1-27", "Lead 27"),
        ("1.1-28", "Lead 28"),
    ]


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
def test_in_another_councils_plan_every_lead_is_found_and_no_status_is_typed(
    tmp_path: Path,
) -> None:
    found = read_layouts(Workbook.open(published_book(tmp_path / "plan.xlsx")), SETTINGS)
    plan = read_tracker(found)
    entries = [entry for action in plan.actions for entry in action.entries.values()]
    assert all(entry.is_inferred == bool(entry.status) for entry in entries)
    assert {entry.status for entry in entries} == {"", "On track", "Complete"}
    leads = [item for cell in cells(found) for item in leads_by_reference(cell).items()]
    assert leads == [(a.reference_text, a.words("director_lead")) for a in plan.actions]
    doubts = {d.doubt for cell in cells(found) for d in cell.commentary.doubts}
    assert not [doubt for doubt in doubts if "status" in doubt]
