"""Formulas beside the months: they go on reading what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from tests.builders import workbook_from_text
from tests.cycle.right import RIGHT, rolled
from tests.judges import office_texts, openpyxl_values
from tests.shapes import plan

READING = RIGHT.replace("Ask Ann ", "=F2&G2").replace("See file", "=Rest!A1")
REST = "| =Plan!G2 | =COUNTA(Plan!G2:G4) | =SUM(Plan!E2:H4) | =Plan!E2 |"


@pytest.fixture
def reading(tmp_path: Path) -> Path:
    """Notes read July and the evidence; the sheet Rest reads both from outside."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": READING, "Rest": REST})


def test_formulas_go_on_reading_what_they_read(reading):
    cells = openpyxl_values(rolled(reading), formulas=True)
    assert cells["Plan"]["J2"] == "=F2&I2"
    assert cells["Rest"] == {
        "A1": "=Plan!I2",
        "B1": "=COUNTA(Plan!I2:I4)",
        "C1": "=SUM(Plan!E2:J4)",
        "D1": "=Plan!E2",
    }


def test_formulas_that_read_the_last_month_are_named(reading):
    opened = sheetplan.plan_roll_month(reading)
    assert {reader.where for reader in opened.readers} >= {"Plan!J2", "Rest!D1"}
    assert "Rest!A1" not in {reader.where for reader in opened.readers}


def test_formulas_that_read_the_last_month_can_read_the_new_one(reading):
    cells = openpyxl_values(rolled(reading, repoint=True), formulas=True)
    assert cells["Plan"]["J2"] == "=H2&I2"
    assert (cells["Rest"]["A1"], cells["Rest"]["D1"]) == ("=Plan!I2", "=Plan!G2")


def test_a_formula_of_the_month_goes_on_reading_the_column_on_the_right(tmp_path):
    text = RIGHT.replace("Slates laid [AB]", '=E2&G2&Plan!$H2&" "')
    cells = openpyxl_values(rolled(plan(tmp_path / "plan.xlsx", text)), formulas=True)["Plan"]
    assert cells["F2"] == '=E2&I2&Plan!$J2&" "'
    assert cells["H2"] == '=G2&I2&Plan!$J2&" "'


def test_an_address_in_words_is_said(tmp_path):
    sheets = {"Plan": RIGHT, "Rest": '| =INDIRECT("Plan!G2") |'}
    opened = sheetplan.plan_roll_month(workbook_from_text(tmp_path / "plan.xlsx", sheets))
    assert len(opened.sheets[0].doubts) == 1
    assert "INDIRECT" in opened.sheets[0].doubts[0]
    assert "Rest!A1" in opened.sheets[0].doubts[0]


def test_what_several_insertions_leave_to_look_at_is_said_once(tmp_path):
    sheets = {"Plan": RIGHT, "Two": RIGHT, "Rest": '| =INDIRECT("Plan!G2") |'}
    opened = sheetplan.plan_roll_month(workbook_from_text(tmp_path / "plan.xlsx", sheets))
    assert sum("INDIRECT" in doubt for sheet in opened.sheets for doubt in sheet.doubts) == 1


@pytest.mark.office
def test_libreoffice_works_out_the_same_from_outside(reading):
    after = rolled(reading)
    shown = office_texts([reading, after])
    assert shown[after]["Rest"] == shown[reading]["Rest"]
    assert shown[after]["Plan"]["J2"] == shown[reading]["Plan"]["H2"]
