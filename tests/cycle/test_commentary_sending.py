"""Returns of a plan without month columns, as its leads are sent them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.commentary import marked
from tests.commentary_books import HEADINGS, Row, Section, plan_book
from tests.cycle.collecting import records
from tests.cycle.commentary_returning import (
    PROFILE,
    ROWS,
    STREETS,
    WASTE,
    collect,
    made_plan,
    send,
    sent,
)
from tests.judges import sdk_errors

JUNE, JULY = Month(2026, 6), Month(2026, 7)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan that has sent its returns for July."""
    path = made_plan(tmp_path, *ROWS)
    send(path)
    return path


def test_each_lead_is_asked_for_what_is_not_complete(plan: Path) -> None:
    asked = sheetplan.plan_send_returns(plan, plan.parent / "sent", profile=PROFILE).owners
    assert {each.name: [row.key for row in each.rows.rows] for each in asked} == {
        WASTE: ["1.1a"],
        STREETS: ["1.1b", "1.2"],
    }


def test_a_return_shows_the_lead_and_last_month_and_asks_for_this_one(plan: Path) -> None:
    sheet = openpyxl.load_workbook(sent(plan, STREETS))["Your update"]
    rows = [[cell.value or "" for cell in row[:8]] for row in sheet.iter_rows(min_row=7, max_row=8)]
    assert rows == [
        ["1.1b", STREETS, "Do 1", "", "On track", "Bins were counted.", "", ""],
        ["1.2", STREETS, "Do 2", "", "On track", "Lamps were ordered.", "", ""],
    ]


def test_a_return_offers_the_words_that_rate_work_and_can_stand_in_a_stamp(
    tmp_path: Path,
) -> None:
    path = made_plan(tmp_path, *ROWS)
    (tmp_path / "sheetplan.toml").write_text(
        'profile = "commentary"\n[status.on_hold]\nwords = ["Halted (for now)", "Halted"]\n',
        "utf-8",
    )
    sheetplan.send_returns(path, tmp_path / "sent")
    guide = openpyxl.load_workbook(sent(path, STREETS))["Guide"]
    first = [cells[0].value for cells in guide.iter_rows()]
    words = first[first.index("Status") + 1 :]
    assert words == ["On track", "Off track", "Not due to start", "Complete", "Halted"]
    said = " ".join(str(cells[1].value) for cells in guide.iter_rows())
    assert "where no other words can" in said


def test_a_return_takes_only_the_statuses_that_can_stand_in_a_stamp(plan: Path) -> None:
    sheet = openpyxl.load_workbook(sent(plan, STREETS))["Your update"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert (rules["G7:G8"].type, rules["G7:G8"].errorStyle) == ("list", "stop")
    assert rules["G7:G8"].error == (
        "Choose one from the list. Other words cannot stand beside the month in the plan, so they "
        "are not merged."
    )
    assert rules["H7:H8"].errorStyle is None


@pytest.mark.validator
def test_a_return_that_takes_less_is_valid(plan: Path) -> None:
    assert sdk_errors(sent(plan, STREETS)) == []


def test_a_return_of_a_plan_without_due_dates_shows_no_columns_for_them(tmp_path: Path) -> None:
    bare, dated = made_plan(tmp_path / "bare", ROWS[1]), tmp_path / "dated" / "plan.xlsx"
    dated.parent.mkdir()
    section = Section("1. Waste", [Row("1.1", "Aim", "Do 1", "", marked(ROWS[1]), ["Mar-27"])])
    plan_book(dated, [section], headings=(*HEADINGS, "Due date"))
    for path, hidden in ((bare, ["D", "J", "K"]), (dated, [])):
        sheetplan.send_returns(path, path.parent / "sent", profile=PROFILE, eml=True)
        book = openpyxl.load_workbook(sent(path, STREETS))
        columns = book["Your update"].column_dimensions
        assert [letter for letter in "ABCDEFGHIJK" if columns[letter].hidden] == hidden
        said = [str(value) for row in book["Guide"].values for value in row]
        drafted = next(path.parent.joinpath("sent").glob("*.eml")).read_text("utf-8")
        for text in (" ".join(said), " ".join(drafted.replace("=\n", "").split())):
            assert ("Date change requested" in text) is not bool(hidden)


def test_what_is_typed_into_a_column_that_is_not_shown_is_not_lost(plan: Path) -> None:
    path = sent(plan, STREETS)
    book = openpyxl.load_workbook(path)
    book["Your update"]["J8"], book["Your update"]["K8"] = "Mar-27", "The lamps are late."
    book.save(path)
    collect(plan, path)
    (request,) = records(plan, "Change control")
    assert {"1.2", "Mar-27", "The lamps are late."} <= set(request.values())


def test_a_status_that_was_typed_is_sent_and_one_that_follows_from_words_is_not(
    tmp_path: Path,
) -> None:
    typed, said = (
        ROWS[1].replace("(July", "Lamps burn. (July"),
        ROWS[1].replace("(July", "Lit. (July"),
    )
    path = made_plan(tmp_path, typed.replace("July update", "July update, off track"), said)
    send(path)
    sheet = openpyxl.load_workbook(sent(path, STREETS))["Your update"]
    assert [[cell.value for cell in row] for row in sheet["G7:H8"]] == [
        ["off track", "Lamps burn."],
        [None, "Lit."],
    ]
