"""A real council's tracker with a column of evidence beside its months, rolled twice."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.month import Month
from sheetplan.ooxml.archive import write
from sheetplan.ooxml.cells import Run, Stored, put, put_text
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import action_rows, read_layouts
from tests.cycle.looking import fill_in
from tests.judges import calamine_values, office_texts, openpyxl_values, shared_folder, valid

pytestmark = pytest.mark.shared

BESIDE = ("Theme 1", "Theme 3", "Theme 6")
"""The sheets that are given a column Q beside June and July, in M:P."""

BANNERS = ("Theme 3", "Theme 6")
"""Those of them on which row 2 says which month is due; this moves to the new one."""


@pytest.fixture(scope="module")
def july(tmp_path_factory) -> Path:
    """The tracker with evidence in column Q of some sheets, which the Dashboard reads in Z1."""
    folder = shared_folder()
    assert folder is not None
    workbook = Workbook.open(folder / "data" / "improvement_plan_tracker_2023-07.xlsx")
    for item in read_layouts(workbook, load_profile("standard")).trackers:
        if item.sheet.name not in BESIDE:
            continue
        column = item.layout.rightmost.last + 1
        with workbook.editing(item.sheet) as sheet:
            heading = sheet.ensure_cell(item.layout.heading_rows[1], column)
            put_text(heading, [Run("Evidence link")])
            for found in action_rows(item.sheet, item.layout):
                put_text(sheet.ensure_cell(found.row, column), [Run(f"File {found.row}")])
    formula = "'Theme 1'!Q5&amp;COUNTA('Theme 3'!$Q$5:$Q$32)"
    with workbook.editing(workbook["Dashboard"]) as sheet:
        put(sheet.ensure_cell(1, 26), Stored("str", f"<f>{formula}</f><v>File 528</v>"))
    path = tmp_path_factory.mktemp("real") / "july.xlsx"
    with path.open("wb") as stream:
        write(stream, workbook.package.members())
    return path


@pytest.fixture(scope="module")
def august(july):
    return sheetplan.roll_month(july, output=july.with_name("august.xlsx"))


@pytest.fixture(scope="module")
def september(august):
    filled = august.output.with_name("filled.xlsx")
    filled.write_bytes(august.output.read_bytes())
    fill_in(filled, Month(2023, 8))
    output = filled.with_name("september.xlsx")
    return filled, sheetplan.roll_month(filled, output=output, repoint=True)


def taken_back(cells: dict[str, object], inserted: str) -> dict[str, object]:
    """The cells with column Q and those behind it where they stood before, the new ones left out.

    Written by hand for what is tested here: no sheet reaches column Z.
    """
    by = len(inserted)
    return {
        (chr(ord(name[0]) - by) if name[0] > inserted[-1] else name[0]) + name[1:]: value
        for name, value in cells.items()
        if name[0] not in inserted
    }


@pytest.mark.parametrize("read", [openpyxl_values, calamine_values])
def test_every_cell_beside_the_months_is_two_columns_on_and_the_others_where_they_were(
    july, august, read
):
    before, after = read(july), read(august.output)
    for name in BESIDE:
        old, new = dict(before[name]), taken_back(after[name], "QR")
        if name in BANNERS:
            del old["O2"]
        assert new == old
        assert after[name]["S5"] == "File 5"


def test_the_sheets_without_evidence_are_rolled_as_they_always_were(august):
    rooms = {sheet.sheet.name: sheet.room for sheet in august.plan.sheets}
    assert [name for name, room in rooms.items() if room is not None] == list(BESIDE)
    assert {sheet.letters for sheet in august.plan.sheets} == {"Q:R", "O:P"}


def test_everything_moved_is_counted_and_nothing_is_lost(july, august):
    before = openpyxl_values(july)
    column = [cell for name in BESIDE for cell in before[name] if cell.startswith("Q")]
    assert august.verified.cells_moved == len(column)
    assert valid(july, august.output) == []


def test_a_second_month_is_inserted_behind_the_first(september):
    filled, rolled = september
    before, after = openpyxl_values(filled), openpyxl_values(rolled.output)
    assert valid(filled, rolled.output) == []
    for name in BESIDE:
        old = dict(before[name])
        if name in BANNERS:
            del old["Q2"]
        assert taken_back(after[name], "ST") == old


def test_a_formula_elsewhere_follows_the_evidence_and_not_the_months(august, september):
    for path, column in ((august.output, "S"), (september[1].output, "U")):
        formula = openpyxl_values(path, formulas=True)["Dashboard"]["Z1"]
        assert formula == f"='Theme 1'!{column}5&COUNTA('Theme 3'!${column}$5:${column}$32)"


@pytest.mark.office
def test_libreoffice_works_out_the_same_from_the_dashboard(july, august):
    shown = office_texts([july, august.output])
    assert shown[august.output]["Dashboard"] == shown[july]["Dashboard"]
    assert shown[july]["Dashboard"]["Z1"] == "File 528"
