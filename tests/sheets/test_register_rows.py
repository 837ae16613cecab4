"""Registers that are there already: rows that are added, and cells that change."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from sheetplan.model.return_records import CHOICES, RegisterChanges
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.register_writing import plan_registers
from tests.builders import parts_of, workbook_from_text
from tests.judges import diff, openpyxl_values, valid
from tests.sheets.building import STANDARD
from tests.sheets.registers import (
    CONFLICT,
    ENTRY,
    ONE_OF_EACH,
    PLAN,
    REQUEST,
    RETURN,
    RETURNS,
    records_of,
    register,
    sheet_of,
    table_of,
    values_in,
    without_place,
    write,
)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker without registers."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN})


# ---------------------------------------------------------------- rows that are added


def test_rows_are_added_inside_the_table_with_its_formats_and_rules(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH)
    before = tracker.with_name("before.xlsx")
    shutil.copy(tracker, before)
    write(tracker, replace(CONFLICT, key="LC.A1.3"), replace(CONFLICT, key="LC.A1.4"), REQUEST)
    sheet = sheet_of(tracker, "Conflicts")
    assert table_of(sheet) == "A4:I7"
    assert [sheet[f"B{row}"].value for row in (5, 6, 7)] == ["LC.A1.2", "LC.A1.3", "LC.A1.4"]
    assert [cell.style_id for cell in sheet[7]] == [cell.style_id for cell in sheet[5]]
    assert {str(rule.sqref) for rule in sheet.conditional_formatting} == {"H5:H7"}
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("G5:G7", f'"{",".join(CHOICES)}"')
    *_, decision, _, _ = sheet_of(tracker, "Change control").data_validations.dataValidation
    assert str(decision.sqref) == "J5:J6"
    assert diff(before, tracker).harm == []
    assert valid(before, tracker) == []


def test_rows_are_added_where_officers_moved_and_added_columns(tmp_path: Path) -> None:
    text = """
        | Seen | File   | Owner | What | After | Before | Field  | Ref     | Month  | When       |
        | yes  | a.xlsx | Asha  | Kept | Done  |        | Update | LC.A1.1 | Jul-26 | 2026-07-02 |
    """
    path = register(tmp_path / "plan.xlsx", "What was merged", text, table="UpdateLog")
    plan = write(path, ENTRY)
    assert plan.new == ()
    assert openpyxl_values(path)["What was merged"]["H3"] == "LC.A1.2"
    assert "A3" not in openpyxl_values(path)["What was merged"]
    assert without_place(records_of(path).log[1:]) == [ENTRY]


def test_what_has_no_column_any_more_is_left_out(tmp_path: Path) -> None:
    text = "| Owner | Month | Reference |\n| Asha | July 2026 | a1 |"
    path = register(tmp_path / "plan.xlsx", "Returns", text, table="Returns")
    write(path, RETURN)
    assert openpyxl_values(path)["Returns"] == {
        "A1": "Owner", "B1": "Month", "C1": "Reference", "A2": "Asha", "B2": "July 2026",
        "C2": "a1", "A3": "Head of Housing", "B3": "July 2026", "C3": RETURN.reference,
    }  # fmt: skip


def test_where_a_column_is_not_formatted_for_dates_they_are_words_that_are_read_back(
    tmp_path: Path,
) -> None:
    text = """
        | When             | Month     | Reference | Field  | Before | After | What | Owner | File |
        | 2 July 2026 9:05 | July 2026 | LC.A1.1   | Update | 'a     | b     | c    | d     | e    |
    """
    path = register(tmp_path / "plan.xlsx", "Update log", text, table="UpdateLog")
    write(path, ENTRY)
    cells = openpyxl_values(path)["Update log"]
    assert (cells["A3"], cells["B3"]) == ("29 July 2026 09:15:07", "July 2026")
    assert [entry.when for entry in records_of(path).log] == [
        datetime(2026, 7, 2, 9, 5),
        ENTRY.when,
    ]


def test_rows_that_stand_blank_at_the_end_of_a_table_are_filled_first(tracker: Path) -> None:
    write(tracker, *(replace(ENTRY, key=f"LC.A1.{n}") for n in range(1, 4)))
    book = openpyxl.load_workbook(tracker)
    for row in (6, 7):
        for cell in book["Update log"][row]:
            cell.value = None
    book.save(tracker)
    write(tracker, *(replace(ENTRY, key=f"LC.B1.{n}") for n in range(1, 4)))
    sheet = sheet_of(tracker, "Update log")
    assert [sheet[f"C{row}"].value for row in range(5, 9)] == [
        "LC.A1.1", "LC.B1.1", "LC.B1.2", "LC.B1.3",
    ]  # fmt: skip
    assert table_of(sheet) == "A4:I8"


def test_a_filtered_or_tall_row_does_not_hide_or_stretch_the_new_ones(tracker: Path) -> None:
    write(tracker, ENTRY)
    book = openpyxl.load_workbook(tracker)
    book["Update log"].row_dimensions[5].hidden = True
    book["Update log"].row_dimensions[5].height = 200
    book.save(tracker)
    write(tracker, replace(ENTRY, key="LC.A1.3"))
    rows = sheet_of(tracker, "Update log").row_dimensions
    assert (rows[5].hidden, rows[5].height) == (True, 200)
    assert (rows[6].hidden, rows[6].height) == (False, None)


def test_a_formula_of_the_officers_own_is_filled_down_and_worked_out_on_opening(
    tmp_path: Path,
) -> None:
    text = "| Owner | Month | Reference | Length |\n| Asha | July 2026 | a1 | =LEN(A2) -> 4 |"
    path = register(tmp_path / "plan.xlsx", "Returns", text, table="Returns")
    write(path, RETURN, replace(RETURN, reference="b2"))
    cells = openpyxl_values(path, formulas=True)["Returns"]
    assert [cells[f"D{row}"] for row in (2, 3, 4)] == ["=LEN(A2)", "=LEN(A3)", "=LEN(A4)"]
    assert openpyxl.load_workbook(path).calculation.fullCalcOnLoad


def test_nothing_is_worked_out_anew_where_there_is_no_such_formula(tmp_path: Path) -> None:
    path = register(tmp_path / "plan.xlsx", "Returns", RETURNS, table="Returns")
    before = parts_of(path)["xl/workbook.xml"]
    write(path, RETURN)
    assert parts_of(path)["xl/workbook.xml"] == before


# ---------------------------------------------------------------- cells that change


def test_of_a_changed_record_only_the_cells_that_differ_are_written(tracker: Path) -> None:
    write(tracker, CONFLICT, replace(CONFLICT, key="LC.A1.3"))
    before = tracker.with_name("before.xlsx")
    shutil.copy(tracker, before)
    _, second = records_of(tracker).conflicts
    plan = write(tracker, changed=(replace(second, files="a.xlsx, b.xlsx", outcome="Chosen"),))
    old, new = openpyxl_values(before)["Conflicts"], openpyxl_values(tracker)["Conflicts"]
    assert {c: (old[c], new[c]) for c in new if new[c] != old.get(c)} == {
        "H6": ("Open", "Chosen"),
        "I6": ("housing.xlsx", "a.xlsx, b.xlsx"),
    }
    part = plan.edits[0].sheet.part
    assert {place for place in plan.agreed if "row" not in place[1]} == {(part, "H6"), (part, "I6")}
    assert [
        line for line in diff(before, tracker).harm if "H6" not in line and "I6" not in line
    ] == []
    assert plan.as_data() == [
        {
            "sheet": "Conflicts",
            "is_new": False,
            "rows": [],
            "changed": [
                {"cell": "I6", "before": "housing.xlsx", "after": "a.xlsx, b.xlsx"},
                {"cell": "H6", "before": "Open", "after": "Chosen"},
            ],
        }
    ]


def test_a_return_that_came_back_says_how_many_even_where_there_are_none(tracker: Path) -> None:
    write(tracker, RETURN)
    (record,) = records_of(tracker).returns
    came = replace(record, returned=date(2026, 7, 30), answered=12, file="housing.xlsx")
    plan = write(tracker, changed=(came,))
    assert values_in(sheet_of(tracker, "Returns"), 5)[5:15] == [
        datetime(2026, 7, 30), 12, 12, 0, 0, 0, 0, 0, 0, "housing.xlsx",
    ]  # fmt: skip
    assert not {place for place in plan.agreed if place[1] != "row 5"}  # all of them were blank
    assert records_of(tracker).returns == (came,)


def test_a_cell_that_says_the_same_in_an_officers_spelling_is_left(tmp_path: Path) -> None:
    text = """
        | Owner | Month  | Sent     | Due  | Rows asked | Reference |
        | Asha  | Jul-26 | 20/07/26 | soon | 12         | a1        |
    """
    path = register(tmp_path / "plan.xlsx", "Returns", text, table="Returns")
    (record,) = records_of(path).returns
    plan = write(path, changed=(replace(record, owner="Asha B"),))
    assert [(c.column, c.before, c.after) for c in plan.edits[0].changed] == [
        ("owner", "Asha", "Asha B")
    ]
    assert openpyxl_values(path)["Returns"]["D2"] == "soon"


def test_what_could_not_be_read_is_written_over_when_the_record_says_it(tmp_path: Path) -> None:
    text = "| Owner | Month | Due | Reference |\n| Asha | July 2026 | soon | a1 |"
    path = register(tmp_path / "plan.xlsx", "Returns", text, table="Returns")
    (record,) = records_of(path).returns
    plan = write(path, changed=(replace(record, due=date(2026, 7, 31)),))
    assert openpyxl_values(path)["Returns"]["C2"] == "31 July 2026"
    assert (plan.edits[0].sheet.part, "C2") in plan.agreed


def test_a_cell_is_cleared_where_the_record_has_nothing_for_it(tracker: Path) -> None:
    write(tracker, replace(REQUEST, decision="Agreed"))
    (record,) = records_of(tracker).requests
    write(tracker, changed=(replace(record, decision="", received=None),))
    assert values_in(sheet_of(tracker, "Change control"), 5)[8:10] == [None, None]


def test_a_record_goes_into_no_row_of_another(tracker: Path) -> None:
    write(tracker, CONFLICT, replace(CONFLICT, key="LC.A1.3"))
    first, second = records_of(tracker).conflicts
    workbook = Workbook.open(tracker)
    for wrong in (
        replace(first, standing=second.standing),
        replace(first, standing=None),
        replace(first, answer="Another"),
    ):
        with pytest.raises(ValueError, match="is not the row of"):
            plan_registers(workbook, RegisterChanges(changed=(wrong,)), STANDARD)


def test_rows_are_added_and_changed_in_one_go(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH)
    found = records_of(tracker)
    settled = replace(found.conflicts[0], choice=CHOICES[0], outcome="Chosen")
    write(tracker, replace(CONFLICT, key="LC.A1.3"), ENTRY, changed=(settled,))
    again = records_of(tracker)
    assert [c.is_open for c in again.conflicts] == [False, True]
    assert len(again.log) == 2


def test_no_changes_are_nothing_to_do(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH)
    records = records_of(tracker)
    plan = plan_registers(Workbook.open(tracker), RegisterChanges(), STANDARD)
    assert (plan.has_work, plan.agreed, plan.as_data()) == (False, frozenset(), [])
    same = plan_registers(
        Workbook.open(tracker), RegisterChanges(changed=records.conflicts), STANDARD
    )
    assert not same.has_work
