"""The sheet Findings: it is added and kept up to date, and officers' answers hold."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.check_plan import CheckPlan
from sheetplan.cycle.made_sheets import made_sheets
from sheetplan.errors import LayoutError
from sheetplan.ooxml.workbook import Workbook
from tests.cycle.checking import (
    FINDINGS,
    PLAN,
    RULES,
    answer,
    edited,
    rows_of,
    told,
    tracker_to_check,
    type_into,
)
from tests.judges import (
    ROOT,
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)

HEADINGS = [
    "Severity", "Finding", "Where", "Reference", "Officer's answer", "State", "Found in",
    "Last found", "Why it matters", "Rule", "Key",
]  # fmt: skip
JUNE, JULY = datetime(2026, 6, 1), datetime(2026, 7, 1)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker with a status that nobody knows in July, and without two leads."""
    return tracker_to_check(tmp_path / "plan.xlsx")


@pytest.fixture
def checked(tracker: Path) -> Path:
    """The same with its sheet Findings."""
    write(tracker)
    return tracker


def write(path: Path, *rules: str, **more: object) -> ChangeResult[CheckPlan]:
    """Check by some rules, into the tracker."""
    return sheetplan.check(path, rules=rules or RULES, into_tracker=True, **more)  # type: ignore[arg-type]


def still_open(path: Path) -> list[tuple[str, list[str]]]:
    """What nobody has answered: rules and cells."""
    checking = sheetplan.plan_check(path, rules=RULES).checking
    return [(c.code, [place.cell for place in c.places]) for c in checking.open]


def of(code: str):
    """The rows of a rule."""
    return lambda row: row["Rule"] == code


# ---------------------------------------------------------------- a new sheet


def test_the_sheet_is_added_with_a_row_for_each_finding(checked: Path) -> None:
    first, second = rows_of(checked)
    assert list(first) == HEADINGS
    assert first.pop("Finding").startswith('Status "Onn track" is not in the vocabulary.')
    assert len(first.pop("Key")) == 8
    assert first == {
        "Severity": "Error",
        "Where": "Theme 1!G3",
        "Reference": "LC.A1.2",
        "Officer's answer": None,
        "State": "Open",
        "Found in": JULY,
        "Last found": JULY,
        "Why it matters": "A status that nobody defined is in no count, and is nobody's exception.",
        "Rule": "status-not-understood",
    }
    assert (second["Where"], second["Reference"]) == ("Theme 1!C3, C5", "LC.A1.2, LC.A1.4")
    assert len(second["Key"].split()) == 2


def test_nothing_else_in_the_workbook_changes(checked: Path, tmp_path: Path) -> None:
    before = tracker_to_check(tmp_path / "before.xlsx")
    assert diff(before, checked).harm == []
    assert valid(before, checked) == []
    ours, theirs = openpyxl_values(checked)[FINDINGS], calamine_values(checked)[FINDINGS]
    assert {cell: theirs[cell] for cell, value in ours.items() if isinstance(value, str)} == {
        cell: value for cell, value in ours.items() if isinstance(value, str)
    }


def test_the_sheet_is_known_and_is_no_tracker_sheet(checked: Path) -> None:
    assert made_sheets(Workbook.open(checked)) == {FINDINGS: "what checks found"}
    seen = sheetplan.inspect(checked)
    assert [sheet.name for sheet in seen.sheets] == ["Theme 1"]


def test_where_nothing_is_found_no_sheet_is_added(tmp_path: Path) -> None:
    sound = PLAN.replace("Onn track", "On track ").replace("|      |", "| Cleo |")
    path = tracker_to_check(tmp_path / "plan.xlsx", sound)
    before = path.read_bytes()
    result = write(path)
    assert (result.output, result.plan.rows_added) == (None, 0)
    assert path.read_bytes() == before


def test_a_new_file_leaves_the_tracker_as_it_was(tracker: Path) -> None:
    before = tracker.read_bytes()
    new = tracker.with_name("checked.xlsx")
    assert write(tracker, output=new).output == new
    assert tracker.read_bytes() == before
    assert len(rows_of(new)) == 2


def test_undo_takes_the_sheet_back(tracker: Path) -> None:
    before = tracker.read_bytes()
    result = write(tracker)
    assert result.backup is not None
    assert result.backup.name == "plan (before checking July 2026).xlsx"
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before


def test_what_is_quoted_is_text_whatever_it_begins_with(tmp_path: Path) -> None:
    path = tracker_to_check(tmp_path / "plan.xlsx", PLAN.replace("Onn track", "'=1+1"))
    write(path)
    sheet = openpyxl.load_workbook(path)[FINDINGS]
    assert 'Status "=1+1" is not' in sheet["B5"].value
    type_into(path, FINDINGS, E5="'=1+1 is the auditor's own")
    write(path)
    cells = [cell for row in openpyxl.load_workbook(path)[FINDINGS].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


# ---------------------------------------------------------------- again


def test_a_second_run_writes_nothing(checked: Path) -> None:
    before = checked.read_bytes()
    result = write(checked)
    assert (result.output, result.plan.has_work) == (None, False)
    assert checked.read_bytes() == before


def test_all_rules_write_nothing_the_second_time_either(tmp_path: Path) -> None:
    path = Path(shutil.copy(ROOT / "examples" / "improvement_plan_prepared.xlsx", tmp_path))
    assert sheetplan.check(path, into_tracker=True).output == path
    assert sheetplan.check(path, into_tracker=True).output is None


def test_an_answer_holds_until_its_cell_changes(checked: Path) -> None:
    answer(checked, "The auditor's own word", of("status-not-understood"))
    assert still_open(checked) == [("lead-missing", ["C3", "C5"])]
    assert not sheetplan.plan_check(checked, rules=RULES).has_errors
    write(checked)
    assert told(checked, "State", "Officer's answer") == [
        ("Answered", "The auditor's own word"),
        ("Open", None),
    ]
    type_into(checked, "Theme 1", G3="Onn trakc")
    assert [code for code, _ in still_open(checked)] == list(RULES)
    write(checked)
    assert told(checked, "Rule", "State", "Officer's answer") == [
        ("status-not-understood", "No longer found", "The auditor's own word"),
        ("lead-missing", "Open", None),
        ("status-not-understood", "Open", None),
    ]


def test_an_answer_to_several_cells_holds_for_those_that_stay(checked: Path) -> None:
    answer(checked, "Posts are vacant", of("lead-missing"))
    type_into(checked, "Theme 1", C2=None)  # another action loses its lead
    assert still_open(checked) == [("status-not-understood", ["G3"]), ("lead-missing", ["C2"])]
    write(checked)
    assert told(checked, "Where", "State") == [
        ("Theme 1!G3", "Open"),
        ("Theme 1!C3, C5", "Answered"),
        ("Theme 1!C2", "Open"),
    ]


def test_what_is_mended_is_no_longer_found_and_what_comes_back_is_open(checked: Path) -> None:
    type_into(checked, "Theme 1", G3="On track")
    write(checked)
    assert told(checked, "State", "Last found") == [("No longer found", JULY), ("Open", JULY)]
    type_into(checked, "Theme 1", G3="Onn track")
    write(checked)
    assert told(checked, "State") == [("Open",), ("Open",)]


def test_a_finding_keeps_its_row_when_its_action_moves(checked: Path) -> None:
    answer(checked, "Posts are vacant", of("lead-missing"))
    with edited(checked) as book:
        book["Theme 1"].insert_rows(2)
    assert [code for code, _ in still_open(checked)] == ["status-not-understood"]
    write(checked)
    assert told(checked, "Where") == [("Theme 1!G4",), ("Theme 1!C4, C6",)]


def test_each_month_finds_what_is_wrong_in_it(tmp_path: Path) -> None:
    path = tracker_to_check(tmp_path / "plan.xlsx")
    write(path, month="June 2026")
    write(path)
    assert told(path, "Rule", "State", "Found in", "Last found") == [
        ("lead-missing", "Open", JUNE, JULY),
        ("status-not-understood", "Open", JULY, JULY),
    ]
    write(path, month="June 2026")
    assert told(path, "State", "Last found") == [("Open", JULY), ("Open", JULY)]


def test_rules_that_are_not_told_of_leave_their_rows_alone(checked: Path) -> None:
    type_into(checked, "Theme 1", G3="On track", C3="Cleo", C5="Cleo")
    write(checked, "lead-missing")
    assert told(checked, "Rule", "State") == [
        ("status-not-understood", "Open"),
        ("lead-missing", "No longer found"),
    ]


# ---------------------------------------------------------------- what officers do to the sheet


def test_rows_may_be_sorted_and_filtered(checked: Path) -> None:
    answer(checked, "Posts are vacant", of("lead-missing"))
    with edited(checked) as book:
        sheet = book[FINDINGS]
        first, second = ([cell.value for cell in sheet[row]] for row in (5, 6))
        for column, (one, other) in enumerate(zip(second, first, strict=True), start=1):
            sheet.cell(5, column).value, sheet.cell(6, column).value = one, other
        sheet.row_dimensions[5].hidden = True
    write(checked)
    assert told(checked, "Rule", "State", "Officer's answer") == [
        ("lead-missing", "Answered", "Posts are vacant"),
        ("status-not-understood", "Open", None),
    ]
    assert openpyxl.load_workbook(checked)[FINDINGS].row_dimensions[5].hidden


def test_a_row_that_was_deleted_comes_back_at_the_end(checked: Path) -> None:
    with edited(checked) as book:
        sheet = book[FINDINGS]
        for column in range(1, 12):
            sheet.cell(5, column, sheet.cell(6, column).value)
            sheet.cell(6, column).value = None
    write(checked)
    assert told(checked, "Rule") == [("lead-missing",), ("status-not-understood",)]


def test_columns_of_the_officers_own_stay(checked: Path) -> None:
    with edited(checked) as book:
        sheet = book[FINDINGS]
        table = sheet.tables["CheckFindings"]
        sheet["L4"] = "Who looks at it"
        sheet["L5"], sheet["L6"] = "Asha", "Ben"
        table.ref = table.autoFilter.ref = "A4:L6"
        table.tableColumns.append(
            openpyxl.worksheet.table.TableColumn(id=12, name="Who looks at it")
        )
    type_into(checked, "Theme 1", G3="On track", C2=None)
    before = Path(shutil.copy(checked, checked.with_name("before.xlsx")))
    write(checked)
    assert told(checked, "State", "Who looks at it") == [
        ("No longer found", "Asha"),
        ("Open", "Ben"),
    ]
    assert told(checked, "Where")[1] == ("Theme 1!C3, C5, C2",)
    assert diff(before, checked).lost == []


def test_answers_of_two_rows_that_bear_one_key_both_count(checked: Path) -> None:
    answer(checked, "Posts are vacant", of("lead-missing"))
    with edited(checked) as book:
        sheet = book[FINDINGS]
        for column in range(1, 12):
            sheet.cell(7, column, sheet.cell(6, column).value)
        sheet["E7"] = "Interim from May"
        sheet.tables["CheckFindings"].ref = "A4:K7"
        sheet.tables["CheckFindings"].autoFilter.ref = "A4:K7"
    (found,) = sheetplan.plan_check(checked, rules="lead-missing").answered
    assert found.answer == "Posts are vacant; Interim from May"


def test_a_row_that_officers_typed_themselves_stays(checked: Path) -> None:
    type_into(checked, FINDINGS, B7="Ask the auditor", E7="Asha does")
    write(checked)
    assert told(checked, "Finding", "Officer's answer", "State")[2] == (
        "Ask the auditor", "Asha does", None,
    )  # fmt: skip


def test_a_finding_with_very_many_cells_fits_its_own(tmp_path: Path) -> None:
    rows = [f"| LC.A1.{n} | Do it {n} | | Onn track |" for n in range(1, 1_500)]
    text = "\n".join(["| Ref | Action | Lead | RAG Jul-26 |", *rows])
    path = tracker_to_check(tmp_path / "plan.xlsx", text)
    write(path)
    first, _ = rows_of(path)
    assert first["Where"].endswith("D13 and 1487 more")
    assert len(first["Key"].split()) == 1_499
    answer(path, "Agreed", of("status-not-understood"))
    assert [code for code, _ in still_open(path)] == ["lead-missing"]
    write(path)
    assert write(path).output is None


# ---------------------------------------------------------------- sheets that are not as they were


def test_a_sheet_that_lost_a_column_it_needs_is_said_and_not_written_into(checked: Path) -> None:
    type_into(checked, FINDINGS, K4="Code")
    with edited(checked) as book:
        book[FINDINGS].tables["CheckFindings"].tableColumns[10].name = "Code"
    plan = sheetplan.plan_check(checked, rules=RULES)
    (doubt,) = plan.doubts
    assert (doubt.code, doubt.sheet) == ("support-column-missing", FINDINGS)
    assert 'the column "Key" cannot be found, so the table CheckFindings is not read' in str(doubt)
    with pytest.raises(LayoutError, match='the column "Key" cannot be found'):
        write(checked)


def test_a_sheet_that_lost_another_column_is_kept_without_it(checked: Path) -> None:
    type_into(checked, FINDINGS, I4="Notes")
    with edited(checked) as book:
        book[FINDINGS].tables["CheckFindings"].tableColumns[8].name = "Notes"
    type_into(checked, FINDINGS, I5="Asked Ben", I6=None)
    type_into(checked, "Theme 1", G3="On track")
    write(checked)
    assert told(checked, "State", "Notes") == [("No longer found", "Asked Ben"), ("Open", None)]


def test_a_sheet_of_the_councils_own_that_has_the_name_is_left_alone(tmp_path: Path) -> None:
    own = {FINDINGS: "| Audit | Date |\n| Payroll | May |"}
    path = tracker_to_check(tmp_path / "plan.xlsx", **own)
    plan = sheetplan.plan_check(path, rules=RULES)
    assert plan.doubts == ()
    assert made_sheets(Workbook.open(path)) == {}
    before = path.read_bytes()
    with pytest.raises(LayoutError) as raised:
        write(path)
    assert "if this is a sheet of another kind, rename it and run this again" in str(raised.value)
    assert path.read_bytes() == before


# ---------------------------------------------------------------- other readers


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with all that is found in it, which others read and nobody changes."""
    path = tmp_path_factory.mktemp("findings") / "plan.xlsx"
    shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", path)
    sheetplan.check(path, into_tracker=True)
    return path


def test_the_example_holds_all_that_it_held(example: Path) -> None:
    before = ROOT / "examples" / "improvement_plan.xlsx"
    assert diff(before, example).harm == []
    assert valid(before, example) == []


@pytest.mark.office
def test_libreoffice_shows_what_was_written(example: Path) -> None:
    shown = office_texts([example])[example][FINDINGS]
    written = openpyxl_values(example)[FINDINGS]
    texts = {cell: value for cell, value in written.items() if isinstance(value, str)}
    assert {cell: shown[cell] for cell in texts} == texts
    assert shown["G5"] == "June 2026"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_new_wrong(example: Path) -> None:
    assert sdk_errors(example) == sdk_errors(ROOT / "examples" / "improvement_plan.xlsx")


@pytest.mark.shared
def test_a_real_tracker_keeps_all_that_it_has(shared: Path, tmp_path: Path) -> None:
    before = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    path = Path(shutil.copyfile(before, tmp_path / "plan.xlsx"))
    assert sheetplan.check(path, into_tracker=True).plan.rows_added > 10
    assert diff(before, path).harm == []
    assert valid(before, path) == []
    assert sheetplan.check(path, into_tracker=True).output is None
