"""`change-control` moves what was agreed, keeps what was there before, and moves nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import LayoutError
from sheetplan.model.reference import Reference
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.date_records import date_records
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.register_reading import read_registers
from tests.cli.running import unharmed
from tests.cycle.controlling import (
    AGREED,
    DATED,
    HEADINGS,
    OPEN,
    PLAN,
    carried_out,
    controlled,
    row_of,
    sheet_of,
)
from tests.cycle.reporting import type_into
from tests.judges import (
    ROOT,
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    shared_folder,
)
from tests.sheets.building import STANDARD

CARRIED_OUT = "5 August 2026, in the plan of July 2026"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 5 August 2026, half past nine."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1785922200")


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """A tracker with some requests."""
    return lambda *requests, **options: controlled(tmp_path / "plan.xlsx", *requests, **options)


# ---------------------------------------------------------------- what is carried out


def test_an_agreed_date_is_in_the_tracker_the_log_and_the_request(
    made: Callable[..., Path],
) -> None:
    plan, output = carried_out(made(AGREED))
    assert openpyxl_values(output)["Theme 1"]["D3"] == "Sep-26"
    assert calamine_values(output)["Theme 1"]["D3"] == "Sep-26"
    assert row_of(output, "Change control", 1) == {**AGREED, "Carried out": CARRIED_OUT}
    assert row_of(output, "Update log", 1) == {
        "When": datetime(2026, 8, 5, 9, 30), "Month": datetime(2026, 7, 1), "Reference": "LC.A1.2",
        "Field": "Due date", "Before": "Jun-26", "After": "Sep-26",
        "What happened": "Change control", "Owner": "The Board", "File": "CC-1",
    }  # fmt: skip
    assert not plan.needs_attention


def test_nothing_else_in_the_row_is_touched(made: Callable[..., Path]) -> None:
    path = made(AGREED)
    _, output = carried_out(path)
    before, after = openpyxl_values(path)["Theme 1"], openpyxl_values(output)["Theme 1"]
    assert {cell for cell in before | after if before.get(cell) != after.get(cell)} == {"D3"}
    assert sheet_of(output)["D3"].style_id == sheet_of(path)["D3"].style_id


def test_running_it_again_does_nothing_more(made: Callable[..., Path]) -> None:
    _, output = carried_out(made(AGREED, {**OPEN, "Id": "", "Reference": "LC.A1.1"}))
    before = output.read_bytes()
    plan = sheetplan.change_control(output).plan
    assert (plan.has_work, plan.control.moves, plan.control.refused) == (False, (), ())
    assert output.read_bytes() == before


def test_nothing_moves_without_a_decision(made: Callable[..., Path]) -> None:
    path = made(OPEN)
    with unharmed(path.parent):
        result = sheetplan.change_control(path)
    assert (result.output, len(result.plan.control.waiting)) == (None, 1)


@pytest.mark.parametrize("lacking", ["Decided by", "Decided on"])
def test_nothing_moves_before_somebody_says_who_decided_and_when(
    lacking: str, made: Callable[..., Path]
) -> None:
    path = made({**AGREED, lacking: ""})
    with unharmed(path.parent):
        plan = sheetplan.change_control(path).plan
    assert plan.needs_attention
    (finding,) = plan.control.refused
    assert finding.place == f"Change control!{'K2' if lacking == 'Decided by' else 'L2'} (LC.A1.2)"


def test_what_may_move_does_though_another_is_refused(made: Callable[..., Path]) -> None:
    other = {**AGREED, "Id": "CC-2", "Reference": "LC.A1.1", "From": "May-26"}
    plan, output = carried_out(made(AGREED, other))
    values = openpyxl_values(output)
    assert (values["Theme 1"]["D3"], values["Theme 1"]["D2"]) == ("Sep-26", "Apr-26")
    assert "Carried out" not in row_of(output, "Change control", 2)
    assert [finding.code for finding in plan.control.refused] == ["request-from-differs"]


def test_undo_takes_it_back(made: Callable[..., Path]) -> None:
    path = made(AGREED)
    before = path.read_bytes()
    result = sheetplan.change_control(path)
    assert result.backup is not None
    assert result.backup.name == "plan (before change control).xlsx"
    assert path.read_bytes() != before
    sheetplan.undo(path)
    assert path.read_bytes() == before


def test_requests_that_officers_typed_get_their_ids(made: Callable[..., Path]) -> None:
    typed = {"Reference": "LC.A1.3", "To": "Dec-26", "Reason": "Agreed late"}
    plan, output = carried_out(made({**OPEN, "Id": "CC-4"}, typed))
    assert [row_of(output, "Change control", row)["Id"] for row in (1, 2)] == ["CC-4", "CC-5"]
    assert row_of(output, "Change control", 2) == {**typed, "Id": "CC-5"}
    assert [w.request.field for w in plan.control.waiting] == ["due_date", "due_date"]


def test_a_sheet_that_prepare_added_works_as_it_is(tmp_path: Path) -> None:
    path = controlled(tmp_path / "plan.xlsx")
    sheetplan.prepare(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Change control"]
    assert [cell.value for cell in sheet[4]] == list(HEADINGS)
    for row, key in ((5, "LC.A1.1"), (6, "LC.A1.2")):
        for column, value in (("B", key), ("E", "Mar-27"), ("J", "Approved"), ("K", "Board"),
                              ("L", datetime(2026, 8, 4))):  # fmt: skip
            sheet[f"{column}{row}"] = value
    book.save(path)
    plan, output = carried_out(path)
    assert [move.ids for move in plan.control.moves] == ["CC-1", "CC-2"]
    assert [openpyxl_values(output)["Theme 1"][cell] for cell in ("D2", "D3")] == ["Mar-27"] * 2
    assert row_of(output, "Change control", 2)["Carried out"] == CARRIED_OUT


def test_a_request_from_a_return_and_one_that_is_typed_stand_on_one_sheet(tmp_path: Path) -> None:
    path = Path(shutil.copy(ROOT / "examples" / "improvement_plan_returns.xlsx", tmp_path))
    sheetplan.collect_returns(path, [ROOT / "examples" / "returns"])
    requests = read_registers(Workbook.open(path), STANDARD).requests
    assert [request.id for request in requests] == ["CC-1", "CC-2", "CC-3"]
    plan = sheetplan.plan_change_control(path)
    assert len(plan.control.waiting) == 3
    assert not plan.has_work


# ---------------------------------------------------------------- what stands in the way


def test_a_formula_is_not_written_over(made: Callable[..., Path]) -> None:
    plan = PLAN.replace("Jun-26", '=UPPER("Jun-26") -> Jun-26')
    path = made(AGREED, plan=plan)
    with unharmed(path.parent):
        (finding,) = sheetplan.change_control(path).plan.control.refused
    assert finding.message == (
        'CC-1 cannot be carried out: Theme 1!D3 holds a formula (=UPPER("Jun-26")), which is not '
        "written over. Type the words there by hand."
    )


def test_a_cell_that_is_merged_with_others_is_not_written(made: Callable[..., Path]) -> None:
    def merged(book: Any) -> None:
        book.get_worksheet_by_name("Theme 1").merge_range("D3:D4", "Jun-26")

    path = made(AGREED, decorate=merged)
    with unharmed(path.parent):
        (finding,) = sheetplan.change_control(path).plan.control.refused
    assert "Theme 1!D3 is part of the merged cells D3:D4" in finding.message


def test_a_protected_sheet_and_a_table_are_written_as_they_are(made: Callable[..., Path]) -> None:
    def decorate(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Theme 1")
        headings = ("Ref", "Action", "Start", "Due", "Status (July 2026)", "Update (July 2026)")
        columns = [{"header": heading} for heading in headings]
        sheet.add_table(0, 0, 3, 5, {"name": "Plan", "columns": columns})
        sheet.protect("secret")
        sheet.conditional_format("D2:D4", {"type": "no_blanks"})

    path = made(AGREED, decorate=decorate)
    _, output = carried_out(path)
    sheet = sheet_of(output)
    assert (sheet["D3"].value, sheet.protection.sheet) == ("Sep-26", True)
    assert sheet.tables["Plan"].ref == "A1:F4"
    assert diff(path, output).lost == []


def test_no_date_moves_where_the_log_cannot_be_written(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        book.add_worksheet("Update log").write_row(0, 0, ["When", "Reference", "Notes"])

    path = controlled(tmp_path / "plan.xlsx", AGREED, decorate=decorate)
    with unharmed(tmp_path), pytest.raises(LayoutError, match="cannot be found"):
        sheetplan.change_control(path)


def test_a_tracker_without_the_sheet_has_nothing_to_carry_out(tmp_path: Path) -> None:
    path = controlled(tmp_path / "plan.xlsx")
    with unharmed(tmp_path):
        plan = sheetplan.change_control(path).plan
    assert (plan.sheet, plan.needs_attention, plan.has_work) == ("", False, False)


def test_a_sheet_that_cannot_be_read_is_something_to_look_at(made: Callable[..., Path]) -> None:
    path = made(AGREED)
    book = openpyxl.load_workbook(path)
    book["Change control"]["E1"] = "New words"
    book["Change control"].tables["ChangeControl"].tableColumns[4].name = "New words"
    book.save(path)
    plan = sheetplan.plan_change_control(path)
    assert [finding.code for finding in plan.findings] == ["support-column-missing"]
    assert plan.needs_attention


def test_a_sheet_without_a_column_for_decisions_is_said_once(made: Callable[..., Path]) -> None:
    path = made(AGREED, {**AGREED, "Id": "CC-2", "Reference": "LC.A1.3", "From": ""})
    book = openpyxl.load_workbook(path)
    (heading,) = (cell for cell in book["Change control"][1] if cell.value == "Decision")
    table = book["Change control"].tables["ChangeControl"]
    heading.value = table.tableColumns[heading.column - 1].name = "What we said"
    book.save(path)
    plan = sheetplan.plan_change_control(path)
    assert [finding.code for finding in plan.findings] == ["request-columns-missing"]
    assert (len(plan.control.waiting), plan.control.moves) == (2, ())
    assert plan.needs_attention


# ---------------------------------------------------------------- what others make of it


@pytest.mark.parametrize("has_revised", [False, True])
def test_the_history_of_the_date_knows_the_move_and_that_it_was_agreed(
    has_revised: bool, made: Callable[..., Path]
) -> None:
    plan = PLAN.replace("Start  ", "Revised date") if has_revised else PLAN
    _, output = carried_out(made(AGREED, plan=plan))
    workbook = Workbook.open(output)
    tracker = read_tracker(read_layouts(workbook, STANDARD))
    found = date_records(tracker, read_registers(workbook, STANDARD), STANDARD)
    reference = Reference.parse("LC.A1.2")
    assert reference is not None
    history = found.histories[reference]
    assert str(history.original) == "Jun-26"
    assert str(history.current) == "Sep-26"
    assert [(move.is_approved, move.after.first) for move in history.moves if move.after] == [
        (True, date(2026, 9, 1))
    ]
    assert not history.is_silent


@pytest.mark.office
def test_libreoffice_opens_it_and_shows_the_date_as_agreed(made: Callable[..., Path]) -> None:
    _, output = carried_out(made(AGREED, plan=DATED, date_format="mmm-yy"))
    shown = office_texts([output])[output]
    assert (shown["Theme 1"]["D3"], shown["Change control"]["M2"]) == ("Sep-26", CARRIED_OUT)
    assert shown["Update log"]["E5"] == "Jun-26"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(made: Callable[..., Path]) -> None:
    path = made(AGREED, plan=DATED, date_format="mmm-yy")
    _, output = carried_out(path)
    assert sdk_errors(output) == sdk_errors(path)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("to", "written"), [("Mar-24", datetime(2024, 3, 1)), ("31/03/2024", "31/03/2024")]
)
def test_a_real_tracker_keeps_all_but_the_cell_that_was_agreed(
    to: str, written: object, tmp_path: Path
) -> None:
    """Its dates are real ones that show mmm-yy."""
    folder = shared_folder()
    assert folder is not None
    path = tmp_path / "plan.xlsx"
    tracker = folder / "data" / "improvement_plan_tracker_2023-07.xlsx"
    sheetplan.prepare(tracker, output=path)
    moved = next(a for a in read_tracker(read_layouts(Workbook.open(path), STANDARD)).actions
                 if isinstance(a.fields.get("due_date"), date))  # fmt: skip
    cells = {2: moved.reference_text, 4: str(moved.due), 5: to, 10: "Agreed", 11: "Board",
             12: "1 August 2023"}  # fmt: skip
    for column, words in cells.items():
        type_into(path, "Change control", 5, column, words)
    plan, output = carried_out(path)
    assert [move.place for move in plan.control.moves] == [
        f"{moved.sheet}!{moved.cell('due_date')}"
    ]
    assert openpyxl_values(output)[moved.sheet][moved.cell("due_date")] == written
