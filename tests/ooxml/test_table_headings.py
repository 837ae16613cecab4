"""Other headings for a table, and a sheet that is protected, as openpyxl reads them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from openpyxl.worksheet.table import Table as MadeTable

from sheetplan.ooxml.protection import protect
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.table_headings import rename_headings
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Package, Workbook


def _book() -> Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Ref", "Status", "Update"], ["A1.1", "On track", "Begun"]):
        sheet.append(row)
    sheet.add_table(MadeTable(displayName="Plan", ref="A1:C2"))
    stream = io.BytesIO()
    book.save(stream)
    return Workbook(Package(stream.getvalue()))


def test_cells_and_columns_of_a_table_get_the_same_new_headings(tmp_path: Path) -> None:
    book = _book()
    (table,) = tables_of(book, book.sheets[0])
    rename_headings(table, {"Status": "RAG <May & June>", "Unknown": "Nothing"})
    save_new(book.package, tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["Ref", "RAG <May & June>", "Update"]
    assert sheet.tables["Plan"].column_names == ["Ref", "RAG <May & June>", "Update"]
    assert [cell.value for cell in sheet[2]] == ["A1.1", "On track", "Begun"]


def test_headings_that_are_not_there_change_nothing() -> None:
    book = _book()
    (table,) = tables_of(book, book.sheets[0])
    rename_headings(table, {"Unknown": "Nothing"})
    assert not book.package.changed


def test_a_protected_sheet_can_be_filtered_and_its_rows_made_taller(tmp_path: Path) -> None:
    book = _book()
    protect(book.sheets[0])
    save_new(book.package, tmp_path / "book.xlsx")
    protection = openpyxl.load_workbook(tmp_path / "book.xlsx").active.protection
    assert protection.sheet
    assert protection.password is None
    allowed = (protection.autoFilter, protection.formatRows, protection.formatColumns)
    assert allowed == (False, False, False)  # in openpyxl as in the file: not locked
    assert protection.formatCells
