"""Writing the registers of returns: new sheets and rows, changed cells, what is in the way."""

from __future__ import annotations

import shutil
import string
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.errors import LayoutError, SheetNameError, TemplateError
from sheetplan.model.month import Month
from sheetplan.model.return_records import (
    CHOICES,
    ConflictRecord,
    LogRecord,
    RegisterChanges,
    RequestRecord,
    ReturnRecord,
    ReturnRegisterRecord,
)
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts
from sheetplan.sheets.register_columns import FIELD_WORDS, RETURN_KINDS
from sheetplan.sheets.register_reading import read_registers
from sheetplan.sheets.register_writing import plan_registers
from tests.builders import parts_of, workbook_from_text
from tests.judges import (
    ROOT,
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)
from tests.sheets.building import STANDARD
from tests.sheets.registers import (
    CONFLICT,
    ENTRY,
    ONE_OF_EACH,
    REQUEST,
    RETURN,
    records_of,
    register,
    without_place,
    write,
)

SHEETS = [kind.sheet for kind in RETURN_KINDS]
PLAN = "| Ref | Action | Status (July 2026) |\n| LC.A1.2 | Use values | On track |"


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker without registers."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a row in each register, which others read and nobody changes."""
    path = tmp_path_factory.mktemp("registers") / "plan.xlsx"
    shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", path)
    write(path, *ONE_OF_EACH)
    return path


def sheet_of(path: Path, name: str) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        return openpyxl.load_workbook(path)[name]


def table_of(sheet: Worksheet) -> str:
    """The range of the sheet's one table, which its filter has too."""
    (table,) = sheet.tables.values()
    assert table.autoFilter.ref == table.ref
    return str(table.ref)


def values_in(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


# ---------------------------------------------------------------- new registers


def test_a_register_is_added_when_it_gets_its_first_row_and_no_other_is(tracker: Path) -> None:
    plan = write(tracker, RETURN)
    assert [new.pattern.sheet.name for new in plan.new] == ["Returns"]
    assert list(openpyxl_values(tracker)) == ["Plan", "Returns"]
    write(tracker, CONFLICT, REQUEST, ENTRY)
    assert list(openpyxl_values(tracker)) == ["Plan", *SHEETS]


def test_new_registers_hold_the_records_from_their_first_row_on(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH, replace(ENTRY, key="LC.A1.3"))
    assert values_in(sheet_of(tracker, "Returns"), 5) == [
        "Head of Housing", "housing@wexcombe.example", datetime(2026, 7, 1),
        datetime(2026, 7, 20), datetime(2026, 7, 31), None,
        12, None, None, None, None, None, None, None, None,
        "1a2b3c4d/2026-07/head-of-housing-3f2a/1",
    ]  # fmt: skip
    assert values_in(sheet_of(tracker, "Conflicts"), 5) == [
        datetime(2026, 7, 1), "LC.A1.2", "Update", "Drafted. [AB]", "Agreed. [CD]",
        "Head of Housing", None, "Open", "housing.xlsx",
    ]  # fmt: skip
    assert values_in(sheet_of(tracker, "Change control"), 5) == [
        "CC-1", "LC.A1.2", "Due date", "31/07/2026", "30/09/2026", datetime(2026, 7, 1),
        "Tenants asked for more time.", "Head of Housing", datetime(2026, 7, 29), None, None, None,
        None, "housing.xlsx",
    ]  # fmt: skip
    log = sheet_of(tracker, "Update log")
    assert values_in(log, 5) == [
        datetime(2026, 7, 29, 9, 15, 7), datetime(2026, 7, 1), "LC.A1.2", "Status", "On track",
        "Complete", "Merged", "Head of Housing", "housing.xlsx",
    ]  # fmt: skip
    assert (log["C6"].value, table_of(log)) == ("LC.A1.3", "A4:I6")


def test_what_was_written_is_read_back(written: Path) -> None:
    found = records_of(written)
    records = (*found.returns, *found.conflicts, *found.requests, *found.log)
    assert without_place(records) == list(ONE_OF_EACH)
    assert found.findings == ()
    assert list(found.sheets.values()) == SHEETS


def test_the_tracker_is_what_it_was_when_registers_are_added(written: Path) -> None:
    before = ROOT / "examples" / "improvement_plan.xlsx"
    assert diff(before, written).harm == []
    assert valid(before, written) == []


def test_two_other_readers_find_the_same_words(written: Path) -> None:
    theirs, others = openpyxl_values(written), calamine_values(written)
    for name in SHEETS:
        texts = {c: v for c, v in theirs[name].items() if isinstance(v, str)}
        assert {c: others[name].get(c) for c in texts} == texts


def test_dates_months_and_times_are_real_and_show_as_such(written: Path) -> None:
    returns, log = sheet_of(written, "Returns"), sheet_of(written, "Update log")
    assert [returns[cell].number_format for cell in ("C5", "D5", "F5", "A5")] == [
        "mmmm yyyy", "dd mmm yyyy", "dd mmm yyyy", "@",
    ]  # fmt: skip
    assert log["A5"].number_format == "dd mmm yyyy hh:mm"


def test_months_are_real_dates_in_a_tracker_that_counts_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        book.add_worksheet("Plan").write_row(0, 0, ("Ref", "Status (July 2026)"))
    write(path, ENTRY)
    write(path, replace(ENTRY, key="LC.A1.3"))
    assert [sheet_of(path, "Update log")[cell].value for cell in ("A6", "B5")] == [
        ENTRY.when,
        datetime(2026, 7, 1),
    ]
    assert [entry.when for entry in records_of(path).log] == [ENTRY.when] * 2


@pytest.mark.parametrize("text", ["=1+1", "+44 1234", "-3%", "@asha", "'quoted", "<b>"])
def test_text_stays_text_whatever_it_begins_with(text: str, tracker: Path) -> None:
    write(tracker, replace(ENTRY, before=text, after=f"{text}\nmore"))
    assert openpyxl_values(tracker)["Update log"]["E5"] == text
    assert calamine_values(tracker)["Update log"]["F5"] == f"{text}\nmore"
    assert b"<f>" not in parts_of(tracker)["xl/worksheets/sheet2.xml"]
    (entry,) = records_of(tracker).log
    assert (entry.before, entry.after) == (text, f"{text}\nmore")


def test_what_no_workbook_can_hold_is_shown_as_such_and_stops_nothing(tracker: Path) -> None:
    write(tracker, replace(ENTRY, file="bad\x07name\udc80.xlsx", after="x" * 40_000))
    (entry,) = records_of(tracker).log
    assert entry.file == "bad\ufffdname\ufffd.xlsx"
    assert entry.after == "x" * 32_766 + "…"


def test_what_is_long_enough_for_a_cell_is_whole(tracker: Path) -> None:
    write(tracker, replace(ENTRY, after="x" * 32_767))
    assert records_of(tracker).log[0].after == "x" * 32_767


def test_a_row_is_tall_enough_for_its_words(tracker: Path) -> None:
    write(tracker, ENTRY, replace(ENTRY, after="Many words. " * 40))
    write(tracker, replace(ENTRY, after="Many words. " * 40), ENTRY)
    heights = [sheet_of(tracker, "Update log").row_dimensions[row].height for row in range(5, 9)]
    assert heights[0] is heights[3] is None
    assert heights[1] == heights[2] > 100


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


# ---------------------------------------------------------------- what stands in the way


def refusal(path: Path, record: ReturnRegisterRecord) -> LayoutError:
    """Why a record cannot be added."""
    workbook = Workbook.open(path)
    with pytest.raises(LayoutError) as caught:
        plan_registers(workbook, RegisterChanges((record,)), STANDARD)
    return caught.value


RETURNS = "| Owner | Month | Reference |\n| Asha | July 2026 | a1 |"


def test_a_table_with_something_below_it_cannot_grow(tmp_path: Path) -> None:
    text = f"{RETURNS}\n|  |  | Checked by AB |"
    path = register(tmp_path / "plan.xlsx", "Returns", text, table="Returns", beyond=1)
    error = refusal(path, RETURN)
    assert error.message == (
        "Returns: the table Returns cannot grow by 1 row, because something stands right below "
        "it, in C3."
    )
    assert "drag the table's corner down over them" in error.remedy


def test_a_table_with_a_row_of_totals_cannot_grow(tmp_path: Path) -> None:
    text = f"{RETURNS}\n|  |  |  |"
    options = {"total_row": True}
    path = register(tmp_path / "plan.xlsx", "Returns", text, table="Returns", table_options=options)
    error = refusal(path, RETURN)
    assert "because it ends with a row of totals" in error.message
    assert "turn off the Total Row" in error.remedy


def test_rows_that_are_no_table_cannot_grow_and_are_told_how_to_become_one(
    tmp_path: Path,
) -> None:
    error = refusal(register(tmp_path / "plan.xlsx", "Returns", RETURNS), RETURN)
    assert error.message == "Returns: the rows are not an Excel table, so none can be added."
    assert "give the table the name Returns" in error.remedy


def test_cells_of_rows_that_are_no_table_can_change(tmp_path: Path) -> None:
    path = register(tmp_path / "plan.xlsx", "Returns", RETURNS)
    (record,) = records_of(path).returns
    write(path, changed=(replace(record, owner="Ben"),))
    assert openpyxl_values(path)["Returns"]["A2"] == "Ben"


def test_another_sheet_of_a_registers_name_is_never_written_into(tmp_path: Path) -> None:
    own = "| Change | Approved by |\n| Later | Cabinet |"
    path = register(tmp_path / "plan.xlsx", "Change control", own)
    error = refusal(path, REQUEST)
    assert error.where == "plan.xlsx"
    assert error.message.startswith("Change control: the columns")
    assert "rename it and run this again, which adds a new one" in error.message
    write(path, ENTRY)  # the others do without it


def test_a_chart_sheet_of_a_registers_name_is_said_before_anything_is_done(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, ("Ref", "Status (July 2026)"))
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Plan!$A$1:$A$2"})
        book.add_chartsheet("Returns").set_chart(chart)
    with pytest.raises(SheetNameError, match="Returns"):
        plan_registers(Workbook.open(path), RegisterChanges((RETURN,)), STANDARD)


# ---------------------------------------------------------------- a template of the council's own


def own_template(tmp_path: Path, change: Any) -> Path:
    """A settings file that names a changed copy of the template."""
    own = tmp_path / "ours.xlsx"
    book = openpyxl.load_workbook(ROOT / "workbook_templates" / "registers.xlsx")
    change(book)
    book.save(own)
    settings = tmp_path / "sheetplan.toml"
    settings.write_text(f'profile = "standard"\n[templates]\nregisters = "{own.name}"\n')
    return settings


def test_a_councils_own_template_decides_how_registers_look(tracker: Path, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Update log"]["A1"] = "What our returns changed"
        book["Update log"]["A5"].number_format = "d.m.yyyy h:mm"

    settings = load_profile(own_template(tmp_path, change))
    write(tracker, ENTRY, settings=settings)
    sheet = sheet_of(tracker, "Update log")
    assert (sheet["A1"].value, sheet["A5"].number_format) == (
        "What our returns changed",
        "d.m.yyyy h:mm",
    )


def test_a_template_without_a_column_is_refused(tracker: Path, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Conflicts"]
        sheet["G4"] = "Pick"
        sheet.tables["Conflicts"].tableColumns[6].name = "Pick"

    settings = load_profile(own_template(tmp_path, change))
    with pytest.raises(TemplateError, match='the column "Choice" cannot be found') as caught:
        plan_registers(Workbook.open(tracker), RegisterChanges((CONFLICT,)), settings)
    assert caught.value.where == "ours.xlsx"
    write(tracker, ENTRY, settings=settings)  # whose sheet is whole


# ---------------------------------------------------------------- beside the tracker's own sheets


QUOTING = (
    replace(REQUEST, field="reference", before="Ref", after="Status July 2026",
            reason="Update July 2026"),
    replace(ENTRY, key="Ref", before="Status (July 2026)", after="Update (July 2026)"),
)  # fmt: skip
"""Rows that quote what tracker sheets have for headings."""


def test_a_register_that_quotes_headings_is_no_tracker_sheet(tracker: Path) -> None:
    write(tracker, *QUOTING)
    reading = read_layouts(Workbook.open(tracker), STANDARD)
    assert [item.sheet.name for item in reading.trackers] == ["Plan"]
    assert {other.reason for other in reading.others} == {"a register of the returns"}


@pytest.mark.parametrize("verb", ["inspect", "roll_month", "colour", "summarise", "appendix"])
def test_a_verb_does_with_registers_what_it_does_without_them(verb: str, tmp_path: Path) -> None:
    plain = Path(shutil.copy(ROOT / "examples" / "improvement_plan_prepared.xlsx", tmp_path))
    path = Path(shutil.copy(plain, tmp_path / "with_registers.xlsx"))
    decided = [
        replace(record, decision="Not agreed") if isinstance(record, RequestRecord) else record
        for record in (*ONE_OF_EACH, *QUOTING)
    ]  # a report speaks of requests that are open
    write(path, *decided)
    before = parts_of(path)
    done, usual = getattr(sheetplan, verb)(path), getattr(sheetplan, verb)(plain)
    if verb == "inspect":
        assert [s.name for s in done.sheets] == [s.name for s in usual.sheets]
        assert (done.actions, done.findings) == (usual.actions, usual.findings)
        return
    after = parts_of(path)
    for name in _register_parts(path):
        assert after[name] == before[name]
    theirs, ours = openpyxl_values(path, formulas=True), openpyxl_values(plain, formulas=True)
    others = [name for name in ours if name not in SHEETS]  # Change control is in both
    assert {name: theirs[name] for name in others} == {name: ours[name] for name in others}


def _register_parts(path: Path) -> Iterator[str]:
    workbook = Workbook.open(path)
    for name in SHEETS:
        yield workbook[name].part
        yield from workbook.package.related(workbook[name].part, "table")


# ---------------------------------------------------------------- any records


_LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_WORDS = st.text(st.one_of(_LETTERS, st.sampled_from("\n=_x0041")), max_size=40).map(str.strip)
_KEYS = st.text(string.ascii_uppercase + string.digits + ".", min_size=1, max_size=8)
_DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
_MAYBE = st.none() | _DAYS
_MONTHS = _DAYS.map(Month.of)
_FIELDS = st.sampled_from(list(FIELD_WORDS))
_COUNTS = st.integers(0, 100_000)
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
_RECORDS = st.one_of(
    st.builds(
        ReturnRecord, _MONTHS, _WORDS, _KEYS, email=_WORDS, sent=_MAYBE, due=_MAYBE,
        returned=_MAYBE, asked=_COUNTS, answered=_COUNTS, blank=_COUNTS, missing=_COUNTS,
        merged=_COUNTS, conflicts=_COUNTS, requests=_COUNTS, rejected=_COUNTS, file=_WORDS,
        standing=st.none(),
    ),
    st.builds(
        ConflictRecord, _MONTHS, _KEYS, _FIELDS, _WORDS, _WORDS, _WORDS, _WORDS,
        st.sampled_from(("", *CHOICES)), st.sampled_from(("", "Chosen", "Kept")), st.none(),
    ),
    st.builds(
        RequestRecord, _MONTHS, _KEYS, _FIELDS, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS, _MAYBE,
        _WORDS, _WORDS, _WORDS, _MAYBE, _WORDS, st.none(),
    ),
    st.builds(
        LogRecord, _MOMENTS, _MONTHS, _WORDS, _WORDS, _KEYS, _FIELDS, _WORDS, _WORDS, _WORDS,
        st.none(),
    ),
)  # fmt: skip


@given(record=_RECORDS)
def test_any_record_is_read_back_as_it_was_written(record: Any, written: Path) -> None:
    workbook = Workbook.open(written)
    plan_registers(workbook, RegisterChanges((record,)), STANDARD).carry_out()
    found = read_registers(workbook, STANDARD)
    last = {
        type(records[-1]): records[-1]
        for records in (found.returns, found.conflicts, found.requests, found.log)
    }[type(record)]
    assert replace(last, standing=None) == record
    assert found.findings == ()


# ---------------------------------------------------------------- judges


@pytest.mark.office
def test_libreoffice_shows_every_register(written: Path) -> None:
    shown = office_texts([written])[written]
    assert [shown[name]["A1"] for name in SHEETS] == SHEETS
    assert (shown["Update log"]["A5"], shown["Update log"]["B5"]) == (
        "29 Jul 2026 09:15",
        "July 2026",
    )
    assert (shown["Returns"]["D5"], shown["Conflicts"]["H5"]) == ("20 Jul 2026", "Open")


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH)
    write(tracker, *ONE_OF_EACH, *QUOTING)
    assert sdk_errors(tracker) == []


@pytest.mark.shared
def test_a_real_tracker_gets_registers_without_harm(shared: Path, tmp_path: Path) -> None:
    before = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    path = Path(shutil.copy(before, tmp_path / "plan.xlsx"))
    write(path, *ONE_OF_EACH)
    found = records_of(path)
    write(
        path,
        *(
            replace(ENTRY, key=f"LC.A1.{n}", when=ENTRY.when + timedelta(minutes=n))
            for n in range(99)
        ),
        changed=(replace(found.conflicts[0], outcome="Chosen"),),
    )
    assert diff(before, path).harm == []
    assert valid(before, path) == []
    assert len(records_of(path).log) == 100
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
