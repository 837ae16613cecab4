"""`roll-month` carries the narrative: the last month's rows again, until somebody edits them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.roll_plan import RollPlan
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.saving import FileState
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.support_reading import read_support
from tests.builders import parts_of, patched, workbook_from_text
from tests.cycle.reporting import save_typed
from tests.judges import diff, office_texts, openpyxl_values, sdk_errors, valid

PLAN = """
    | Ref     | Workstream | Action      | Focus   | Status (June 2026) | Update (June 2026) |
    | LC.A1.0 | Values     | Lead well   | Focus 1 | On track           | Drafted            |
    | LC.B1.0 | Skills     | Manage well | Focus 1 | On track           | Begun              |
    | LC.C1.0 | Money      | Spend less  | Focus 2 | On track           | Spent              |
"""
NARRATIVE = """
    | Month     | Block   | Title  | Order | Summary    | Next steps | Seen by |
    | May 2026  | LC.A1.0 | Values | 1     | Begun      | Go on      | AB      |
    | June 2026 | LC.A1.0 | Values | 1     | Half done  | Go on      | AB      |
    | June 2026 | LC.B1.0 | Skills | 2     |            |            |         |
"""


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A tracker with the sheets of `prepare`, and words for LC.A1.0."""
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN})
    sheetplan.prepare(path)
    write(path, {"F5": "Half done", "G5": "Go on"})
    return path


def write(path: Path, cells: dict[str, str]) -> None:
    """What an officer types into the narrative in Excel."""
    workbook, state = Workbook.open(path), FileState.of(path)
    with workbook.editing(workbook["Narrative"]) as sheet:
        for name, words in cells.items():
            put_text(sheet.ensure_cell(int(name[1:]), ord(name[0]) - 64), [Run(words)])
    save_typed(workbook, path, state)


def rolled(path: Path, **options: Any) -> tuple[ChangeResult[RollPlan], Path]:
    output = path.with_name("rolled.xlsx")
    return sheetplan.roll_month(path, output=output, **options), output


def typed_narrative(path: Path, text: str = NARRATIVE, **table: Any) -> Path:
    """A tracker whose narrative is a table that a council made for itself."""
    rows = text.strip().count("\n") + 1

    def decorate(book: Any) -> None:
        headings = [cell.strip() for cell in text.strip().splitlines()[0].strip("| ").split("|")]
        columns = [{"header": heading} for heading in headings]
        last = rows + int(table.get("total_row", False))
        options = {"name": "Narrative", "columns": columns, **table}
        book.get_worksheet_by_name("Words").add_table(0, 0, last - 1, len(columns) - 1, options)

    return workbook_from_text(path, {"Theme 1": PLAN, "Words": text}, decorate=decorate)


# ---------------------------------------------------------------- what is carried


def test_each_block_of_the_last_month_has_a_row_in_the_new_one(prepared: Path) -> None:
    result, output = rolled(prepared)
    values = openpyxl_values(output)["Narrative"]
    july = datetime(2026, 7, 1)
    new = [[values.get(f"{column}{row}") for column in "ABCDEFGH"] for row in (7, 8)]
    assert new == [
        [july, "LC.A1.0", "Values", "Theme 1", 1, "Half done", "Go on", "Carried"],
        [july, "LC.B1.0", "Skills", "Theme 1", 2, None, None, "To write"],
    ]
    assert result.plan.narrative is not None
    assert result.plan.narrative.blocks == ("LC.A1.0", "LC.B1.0")
    assert result.plan.findings == []


def test_the_roll_stays_harmless_and_valid(prepared: Path) -> None:
    _, output = rolled(prepared)
    assert diff(prepared, output).harm == []
    assert valid(prepared, output) == []
    sheet = openpyxl.load_workbook(output)["Narrative"]
    assert sheet.tables["Narrative"].ref == "A4:H8"
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {
        "A5:A8",
        "B5:B8",
        "C5:C8",
        "D5:D8",
        "E5:E8",
    }
    assert sheet["A8"].number_format == "mmmm yyyy"


def test_what_is_carried_is_read_as_carried_until_it_is_edited(prepared: Path) -> None:
    _, output = rolled(prepared)
    assert carried(output) == {(6, "LC.A1.0"): False, (7, "LC.A1.0"): True}
    write(output, {"F7": "Nearly done"})
    assert carried(output) == {(6, "LC.A1.0"): False, (7, "LC.A1.0"): False}


def carried(path: Path) -> dict[tuple[int, str], bool]:
    found = read_support(Workbook.open(path), load_profile("standard")).narratives
    return {(n.month.month, n.block): n.carried for n in found if n.summary}


@pytest.mark.office
def test_the_formula_in_state_comes_to_carried_edited_or_to_write(prepared: Path) -> None:
    _, output = rolled(prepared)
    write(output, {"F8": "First words"})
    parts = parts_of(output).items()
    part = next(name for name, data in parts if b"<sheetData" in data and b"SUMPRODUCT" in data)
    results = re.compile(rb"(</f>)<v>[^<]*</v>")  # then LibreOffice has to work them out
    patched(output, {part: lambda data: results.sub(rb"\1", data)})
    shown = office_texts([output])[output]["Narrative"]
    assert [shown[f"H{row}"] for row in (5, 6, 7, 8)] == [
        "Edited",
        "To write",
        "Carried",
        "Edited",
    ]


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_new(prepared: Path) -> None:
    _, output = rolled(prepared)
    assert sdk_errors(output) == sdk_errors(prepared)


def test_rows_of_the_councils_own_table_are_carried_as_they_are_typed(tmp_path: Path) -> None:
    path = typed_narrative(tmp_path / "plan.xlsx")
    _, output = rolled(path)
    values = openpyxl_values(output)["Words"]
    new = [[values.get(f"{column}{row}") for column in "ABCDEFG"] for row in (5, 6)]
    assert new == [
        ["July 2026", "LC.A1.0", "Values", 1, "Half done", "Go on", None],  # "Seen by" is theirs
        ["July 2026", "LC.B1.0", "Skills", 2, None, None, None],
    ]
    assert diff(path, output).harm == []


def test_a_month_that_excel_took_for_a_day_is_carried_as_words(tmp_path: Path) -> None:
    text = "| Month | Block | Summary |\n| 2026-06-26 | LC.A1.0 | Begun |"

    def decorate(book: Any) -> None:
        columns = [{"header": name} for name in ("Month", "Block", "Summary")]
        options = {"name": "Narrative", "columns": columns}
        book.get_worksheet_by_name("Words").add_table("A1:C2", options)

    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Theme 1": PLAN, "Words": text},
        date_format="d-mmm",
        decorate=decorate,
    )
    _, output = rolled(path)
    assert openpyxl_values(output)["Words"]["A3"] == "July 2026"


def test_months_are_real_dates_in_a_tracker_that_counts_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    plan = book.add_worksheet("Theme 1")
    plan.write_row(0, 0, ["Ref", "Status (June 2026)"])
    plan.write_row(1, 0, ["LC.A1.0", "On track"])
    sheet = book.add_worksheet("Words")
    columns = [{"header": name} for name in ("Month", "Block", "Summary")]
    sheet.add_table("A1:C2", {"name": "Narrative", "columns": columns})
    dated = book.add_format({"num_format": "mmm yyyy"})
    sheet.write_datetime("A2", datetime(2026, 6, 1), dated)
    sheet.write_row("B2", ["LC.A1.0", "Begun"])
    book.close()
    _, output = rolled(path)
    assert openpyxl_values(output)["Words"]["A3"] == datetime(2026, 7, 1)


def test_bold_words_stay_bold(prepared: Path) -> None:
    workbook, state = Workbook.open(prepared), FileState.of(prepared)
    bold = b'<rPr xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><b/></rPr>'
    with workbook.editing(workbook["Narrative"]) as sheet:
        put_text(sheet.ensure_cell(6, 6), [Run("Begun "), Run("late", bold)])
    save_typed(workbook, prepared, state)
    _, output = rolled(prepared)
    book = openpyxl.load_workbook(output, rich_text=True)
    assert [getattr(piece, "text", piece) for piece in book["Narrative"]["F8"].value] == [
        "Begun ",
        "late",
    ]
    assert book["Narrative"]["F8"].value[1].font.b


# ---------------------------------------------------------------- what is left alone


def test_a_tracker_without_a_narrative_is_rolled_as_ever(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN})
    result, _ = rolled(path)
    assert result.plan.narrative is None
    assert result.plan.findings == []


def test_a_narrative_that_has_the_month_already_is_left_as_it_is(tmp_path: Path) -> None:
    text = "| Month | Block | Summary |\n| July 2026 | LC.A1.0 | Ahead of time |"
    path = typed_narrative(tmp_path / "plan.xlsx", text)
    result, output = rolled(path)
    assert result.plan.narrative is None
    assert openpyxl_values(output)["Words"] == openpyxl_values(path)["Words"]


def test_a_blank_narrative_carries_nothing(tmp_path: Path) -> None:
    path = typed_narrative(tmp_path / "plan.xlsx", "| Month | Block | Summary |\n| | | |")
    result, _ = rolled(path)
    assert (result.plan.narrative, result.plan.findings) == (None, [])


def test_rows_right_below_the_table_stop_the_carrying_and_not_the_roll(prepared: Path) -> None:
    write(prepared, {"A8": "A note that somebody left"})
    result, output = rolled(prepared)
    (finding,) = result.plan.findings
    assert (finding.code, finding.sheet, finding.cell) == (
        "narrative-not-carried",
        "Narrative",
        "A6",
    )
    assert "because something stands right below it, in A8" in finding.message
    assert "Copy rows 5 to 6 by hand" in finding.message
    assert result.plan.month == Month(2026, 7)
    assert openpyxl_values(output)["Narrative"] == openpyxl_values(prepared)["Narrative"]
    assert "G1" in openpyxl_values(output)["Theme 1"]


def test_a_row_of_totals_stops_the_carrying(tmp_path: Path) -> None:
    path = typed_narrative(tmp_path / "plan.xlsx", total_row=True)
    (finding,) = rolled(path)[0].plan.findings
    assert "because it ends with a row of totals" in finding.message


def test_rows_without_a_table_are_named(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, "Narrative": NARRATIVE})
    (finding,) = rolled(path)[0].plan.findings
    assert "because the rows are not an Excel table" in finding.message


def test_a_narrative_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = typed_narrative(tmp_path / "plan.xlsx", "| Month | Words |\n| June 2026 | Begun |")
    (finding,) = rolled(path)[0].plan.findings
    assert finding.code == "support-column-missing"


# ---------------------------------------------------------------- what is said


def test_the_plan_says_what_is_carried_as_data(prepared: Path) -> None:
    plan = sheetplan.plan_roll_month(prepared)
    data = plan.as_data()["narrative"]
    assert (data["sheet"], data["after"], data["rows"]) == ("Narrative", "2026-06", "7:8")
    assert {"cell": "A7", "content": "July 2026"} in data["cells"]
    assert {"what": "table Narrative", "before": "A4:H6", "after": "A4:H8"} in data["grown"]


def test_two_rolls_carry_from_month_to_month(prepared: Path) -> None:
    sheetplan.roll_month(prepared)
    _, output = rolled(prepared, force=True)
    assert carried(output) == {
        (6, "LC.A1.0"): False,
        (7, "LC.A1.0"): True,
        (8, "LC.A1.0"): True,
    }
