"""Rows added at the end of a table: what grows with it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetplan.ooxml.cells import Run, put_text, stored_number, stored_words
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from tests.builders import replaced, workbook_from_text
from tests.judges import diff, valid

TEXT = """
    | Month  | Words |
    | June   | Begun |
    | July   | Late  |
"""
COLUMNS = [{"header": "Month"}, {"header": "Words"}]


def build(path: Path, decorate: Callable[[Any, Any], None] | None = None, **table: Any) -> Path:
    """A sheet with a table in A1:B3, decorated."""

    def both(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Plan")
        area = "A1:B4" if table.get("total_row") else "A1:B3"
        sheet.add_table(area, {"name": "Words", "columns": COLUMNS, **table})
        if decorate is not None:
            decorate(book, sheet)

    return workbook_from_text(path, {"Plan": TEXT}, decorate=both)


def rows_under(path: Path, *sources: int) -> tuple[Workbook, NewTableRows]:
    workbook = Workbook.open(path)
    (table, *_) = tables_of(workbook, workbook["Plan"])
    return workbook, NewTableRows.under(table, sources)


def grown(path: Path, *sources: int) -> Path:
    """The workbook after rows were added that look as `sources` do, with words in each."""
    workbook, rows = rows_under(path, *sources)
    agreed = frozenset((rows.table.sheet.part, cell) for cell in rows.reformatted())
    state, output = FileState.of(path), path.with_name("grown.xlsx")
    with workbook.editing(workbook["Plan"]) as sheet:
        rows.make_cells()
        for edit in rows.edits():
            edit.make()
        for row in rows.targets:
            put_text(sheet.ensure_cell(row, 2), [Run(f"Row {row}")])
    save(workbook.package, output, source=path, state=state, agreed=agreed)
    return output


def obstacle(path: Path) -> str:
    return rows_under(path, 2, 3)[1].obstacle()


# ---------------------------------------------------------------- what grows


def test_the_table_and_its_filter_hold_the_new_rows(tmp_path: Path) -> None:
    before = build(tmp_path / "plan.xlsx")
    after = grown(before, 2, 3)
    table = openpyxl.load_workbook(after)["Plan"].tables["Words"]
    assert (table.ref, table.autoFilter.ref) == ("A1:B5", "A1:B5")
    assert diff(before, after).harm == []
    assert valid(before, after) == []


def test_the_new_rows_look_as_those_they_are_copied_from(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.write("A3", "July", book.add_format({"bold": True}))
        sheet.set_row(2, 45)

    sheet = openpyxl.load_workbook(grown(build(tmp_path / "plan.xlsx", decorate), 2, 3))["Plan"]
    assert [sheet.cell(row, 1).font.b for row in (4, 5)] == [False, True]
    assert sheet.row_dimensions[5].height == 45
    assert sheet.row_dimensions[4].height != 45
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["Row 4", "Row 5"]


def test_rules_that_end_with_the_table_grow_and_others_stay(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        late = {"type": "cell", "criteria": "==", "value": '"Late"', "format": book.add_format()}
        sheet.conditional_format("B2:B3", late)
        sheet.data_validation("A2:A3", {"validate": "list", "source": ["June", "July"]})
        sheet.data_validation("A2", {"validate": "any", "input_message": "First"})
        sheet.data_validation("D2:D3", {"validate": "list", "source": ["beside"]})

    before = build(tmp_path / "plan.xlsx", decorate)
    after = grown(before, 3)
    sheet = openpyxl.load_workbook(after)["Plan"]
    rules = sheet.data_validations.dataValidation
    assert sorted(str(rule.sqref) for rule in rules) == ["A2", "A2:A4", "D2:D3"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B2:B4"]
    assert diff(before, after).harm == []


def test_an_empty_cell_below_the_table_takes_the_look_of_its_rows(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.write_blank("A4", None, book.add_format({"italic": True}))

    path = build(tmp_path / "plan.xlsx", decorate)
    assert rows_under(path, 3)[1].reformatted() == ["A4"]
    assert openpyxl.load_workbook(grown(path, 3))["Plan"]["A4"].font.i is False


def test_the_new_rows_hold_what_they_are_given_and_are_as_tall_as_is_said(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.set_row(2, 45)
        sheet.write_blank("A5", None, book.add_format({"italic": True}))
        sheet.write("D5", "beside")
        sheet.set_row(4, 60)

    path = build(tmp_path / "plan.xlsx", decorate)
    workbook, rows = rows_under(path, 3, 3, 3, 3)
    contents = {4: {2: stored_words("=1+1")}, 5: {1: stored_number(7)}, 6: {}}
    with workbook.editing(workbook["Plan"]):
        rows.make_cells(contents, {4: "30", 5: "", 6: ""})
        for edit in rows.edits():
            edit.make()
    agreed = frozenset((rows.table.sheet.part, place) for place in ("A5", "row 5"))
    after = tmp_path / "after.xlsx"
    save(workbook.package, after, source=path, state=FileState.of(path), agreed=agreed)
    sheet = openpyxl.load_workbook(after)["Plan"]
    values = [[cell.value for cell in row] for row in sheet["A4:D7"]]
    blank = [None] * 4
    assert values == [[None, "=1+1", None, None], [7, None, None, "beside"], blank, blank]
    assert sheet["B4"].data_type == "s"
    assert [sheet.row_dimensions[row].height for row in range(4, 8)] == [30, None, None, 45]
    assert valid(path, after) == []


# ---------------------------------------------------------------- what stands in the way


def test_a_table_with_room_below_it_can_grow(tmp_path: Path) -> None:
    def beside(book: Any, sheet: Any) -> None:
        sheet.write("D4", "beside it")
        sheet.write("A6", "further down")

    assert obstacle(build(tmp_path / "plan.xlsx", beside)) == ""


@pytest.mark.parametrize(
    ("decorate", "reason"),
    [
        (lambda book, sheet: sheet.write("B5", "a note"), "something stands right below it, in B5"),
        (lambda book, sheet: sheet.write_formula("A4", "=1"), "something stands right below it"),
        (lambda book, sheet: sheet.add_table("A5:B6"), "another table stands right below it"),
        (lambda book, sheet: sheet.merge_range("B5:C6", ""), "merged cells stand right below it"),
    ],
)
def test_what_stands_right_below_a_table_is_named(
    tmp_path: Path, decorate: Callable[[Any, Any], None], reason: str
) -> None:
    assert obstacle(build(tmp_path / "plan.xlsx", decorate)).startswith(reason)


def test_a_table_with_totals_does_not_grow(tmp_path: Path) -> None:
    path = build(tmp_path / "plan.xlsx", total_row=True)
    assert obstacle(path) == "it ends with a row of totals"


def test_a_table_that_a_query_fills_does_not_grow(tmp_path: Path) -> None:
    path = build(tmp_path / "plan.xlsx")
    replaced(path, "xl/tables/table1.xml", 'id="1" name', 'tableType="queryTable" id="1" name')
    assert obstacle(path) == "a query fills it"
