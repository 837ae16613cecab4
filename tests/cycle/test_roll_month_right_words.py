"""What a roll says of the columns that it inserts, and of what cannot be moved."""

from __future__ import annotations

import json

import pytest

import sheetplan
from sheetplan.errors import CannotInsertColumnsError
from tests.builders import workbook_from_text
from tests.cli.running import run, unharmed
from tests.cycle.right import RIGHT
from tests.ooxml.inserting import with_pivot_table
from tests.shapes import pairs, plan

# ---------------------------------------------------------------- what is said


def test_a_dry_run_says_what_would_be_inserted_and_writes_nothing(tmp_path):
    path = plan(tmp_path / "plan.xlsx", RIGHT)
    with unharmed(tmp_path):
        outcome = run("roll-month", path, "--dry-run", columns=200)
    said = 'G:H before "Evidence link" on Plan; what stood in G:H would stand in I:J'
    assert said in outcome.out


def test_a_roll_says_what_was_inserted_and_how_many_cells_moved(tmp_path):
    outcome = run("roll-month", plan(tmp_path / "plan.xlsx", RIGHT), columns=200)
    assert 'G:H before "Evidence link" on Plan; what stood in G:H now stands in I:J' in outcome.out
    assert "(6 of them moved)" in outcome.out


def test_a_roll_gives_data_of_what_was_inserted(tmp_path):
    outcome = run("roll-month", plan(tmp_path / "plan.xlsx", RIGHT), "--json")
    found = json.loads(outcome.out)
    assert found["sheets"][0]["inserted"] == {
        "columns": "G:H",
        "before": "Evidence link",
        "moved_from": "G:H",
        "moved_to": "I:J",
    }
    assert found["verified"]["cells_moved"] == 6


def test_columns_without_a_heading_are_inserted_before_nothing_named(tmp_path):
    path = pairs(tmp_path / "plan.xlsx", lambda _, sheet: sheet.write("G3", "A word"))
    assert "Inserted         G:H on Plan;" in run("roll-month", path, columns=200).out


# ---------------------------------------------------------------- what cannot be moved


def in_the_last_column(_, sheet):
    sheet.write("XFD3", "The end")


def array_over_the_edge(_, sheet):
    sheet.write_array_formula("F6:G6", "{=A2:B2}")


@pytest.mark.parametrize("decorate", [in_the_last_column, array_over_the_edge])
def test_what_cannot_be_moved_refuses_the_roll_and_nothing_is_written(tmp_path, decorate):
    path = plan(tmp_path / "plan.xlsx", RIGHT, decorate)
    with unharmed(tmp_path), pytest.raises(CannotInsertColumnsError) as caught:
        sheetplan.roll_month(path)
    assert "Plan" in caught.value.message
    assert caught.value.remedy


def test_a_pivot_table_beside_the_months_is_named_with_what_to_do(tmp_path):
    path = with_pivot_table(plan(tmp_path / "plan.xlsx", RIGHT), "K3:M9")
    with unharmed(tmp_path):
        outcome = run("roll-month", path, columns=200)
    assert outcome.status == 3
    assert 'the pivot table "Counts" in K3:M9 of sheet "Plan"' in outcome.said
    assert "Move this to another sheet" in outcome.said
    below = with_pivot_table(plan(tmp_path / "below.xlsx", RIGHT), "A20:B24")
    assert run("roll-month", below).status == 0


def test_what_cannot_be_moved_on_the_second_sheet_refuses_all(tmp_path):
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Plan": RIGHT, "Two": RIGHT},
        decorate=lambda book: in_the_last_column(book, book.get_worksheet_by_name("Two")),
    )
    with unharmed(tmp_path):
        outcome = run("roll-month", path)
    assert outcome.status == 3
    assert "Two" in outcome.said
