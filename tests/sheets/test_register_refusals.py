"""What stands in the way of a register's rows, and templates of a council's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from sheetplan.errors import LayoutError, SheetNameError, TemplateError
from sheetplan.model.return_records import RegisterChanges, ReturnRegisterRecord
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.register_writing import plan_registers
from tests.builders import workbook_from_text
from tests.judges import ROOT, openpyxl_values
from tests.sheets.building import STANDARD
from tests.sheets.registers import (
    CONFLICT,
    ENTRY,
    PLAN,
    REQUEST,
    RETURN,
    RETURNS,
    records_of,
    register,
    sheet_of,
    write,
)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker without registers."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN})


# ---------------------------------------------------------------- what stands in the way


def refusal(path: Path, record: ReturnRegisterRecord) -> LayoutError:
    """Why a record cannot be added."""
    workbook = Workbook.open(path)
    with pytest.raises(LayoutError) as caught:
        plan_registers(workbook, RegisterChanges((record,)), STANDARD)
    return caught.value


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
