"""Importing a plan without month columns: the tracker, and where each paragraph went."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import sheetplan
from sheetplan.errors import NotAPlanError
from tests.cycle.importing import (
    JUNE_AND_JULY,
    counted,
    document_paragraphs,
    listed,
    opened,
    unaccounted,
    workbook_lines,
)
from tests.judges import ROOT, calamine_values, office, office_texts, openpyxl_values, valid
from tests.plans import draw_document, draw_workbook, one_section, plan_row, shared_plan

EXAMPLE = ROOT / "examples" / "plan.docx"
A3 = 1587  # its width on its side, in pixels of 96 dpi


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tracker that the example plan becomes."""
    return sheetplan.import_plan(EXAMPLE, tmp_path_factory.mktemp("import") / "plan.xlsx").output


@pytest.fixture(scope="module")
def shown(imported: Path) -> Mapping[str, Mapping[str, str]]:
    """The texts that LibreOffice shows of it, by sheet and cell."""
    return office_texts([imported])[imported]


# ---------------------------------------------------------------- the tracker


def test_the_example_becomes_a_sheet_for_each_section(imported: Path) -> None:
    cells = openpyxl_values(imported)
    sheet = cells["Answering residents"]
    assert sheet["A1"] == "1. Answering residents"
    heads = [sheet[f"{letter}4"] for letter in "ABCDEF"]
    assert heads == [
        "Workstream", "Ref", "Source", "Action", "Outputs / outcomes", "Undated commentary"
    ]  # fmt: skip
    rows = {sheet[f"B{row}"]: row for row in range(5, 10)}
    assert list(rows) == ["AR.A1.0", "AR.A1.1", "AR.A1.2", "AR.A2.0", "AR.A2.1"]
    assert sheet["D5"] == (
        "Calls are answered in time.[1]\n[1] Call handling standard, agreed by the Customer Board "
        "in 2025."
    )
    assert [sheet[f"I{row}"] for row in (6, 7, 9)] == [
        "Head of Customer Services", "Head of Digital", "Complaints Manager"
    ]  # fmt: skip
    assert [sheet.get(f"{letter}6") for letter in "QRSTUV"] == [
        "Complete",
        "The five lines were moved into one centre. (January Update) COMPLETE",
        "Complete",
        "Waiting times are published on the website. (February Update) COMPLETE",
        "Complete",
        None,
    ]
    assert (sheet["U5"], sheet["U8"]) == ("On track", "Medium progress")


def test_a_row_that_goes_on_over_the_page_is_one_row(imported: Path) -> None:
    sheet = openpyxl_values(imported)["Answering residents"]
    assert str(sheet["T9"]).endswith("(February Update)")
    assert str(sheet["V9"]).startswith("Training begins with Housing")


def test_a_row_without_a_number_has_a_reference_of_its_own(imported: Path) -> None:
    sheet = openpyxl_values(imported)["Repairs, estates and safety"]
    assert [sheet[f"B{row}"] for row in range(5, 9)] == [
        "RE.A1.0", "RE.A1.1", "RE.B1.0", "RE.B1.1"
    ]  # fmt: skip


def test_nothing_of_the_example_is_unaccounted_for(imported: Path) -> None:
    source = document_paragraphs(EXAMPLE)
    assert counted(source)[0] == 55
    assert list(unaccounted(source, imported)) == []
    assert {row.part for row in listed(imported)} == {
        "Text", "Table 1", "Table 2", "Footnote 1", "Footnote 2"
    }  # fmt: skip
    alone = {row.why for row in listed(imported) if not row.cells}
    assert alone == {
        "It heads a column.",
        "It stands outside the rows of the plan, so it is kept here.",
    }


def test_the_count_finds_what_is_left_out(imported: Path) -> None:
    source = document_paragraphs(EXAMPLE)
    source["One more line"] += 1
    assert list(unaccounted(source, imported)) == ["missing: One more line"]


def test_every_verb_takes_the_tracker(imported: Path, tmp_path: Path) -> None:
    seen = sheetplan.inspect(imported)
    assert [str(month) for month in seen.months] == ["January 2026", "February 2026", "March 2026"]
    assert seen.actions == 9
    assert not [f for f in seen.findings if f.severity.value == "error"]
    assert not sheetplan.plan_check(imported).has_errors
    summary = sheetplan.plan_summarise(imported)
    assert str(summary.month) == "March 2026"
    rolled = sheetplan.roll_month(imported, output=tmp_path / "april.xlsx")
    assert str(rolled.plan.month) == "April 2026"
    changes = sheetplan.compare(imported, tmp_path / "april.xlsx")
    assert (changes.added, changes.removed, changes.fields, changes.past) == ((), (), (), ())
    assert sheetplan.plan_send_returns(imported, tmp_path / "sent").has_work


def test_the_tracker_is_sound_and_read_alike_by_all_readers(
    imported: Path, request: pytest.FixtureRequest
) -> None:
    assert valid(ROOT / "examples" / "improvement_plan.xlsx", imported) == []
    theirs, others = openpyxl_values(imported), calamine_values(imported)
    assert theirs.keys() == others.keys()
    for sheet, cells in theirs.items():
        texts = {name: value for name, value in cells.items() if isinstance(value, str)}
        assert {name: others[sheet].get(name) for name in texts} == texts
    if office() is not None:
        shown = request.getfixturevalue("shown")["Answering residents"]
        assert shown["A1"] == "1. Answering residents"
        assert shown["V7"].startswith("Call-back is being tested")


@pytest.mark.office
def test_the_dashboard_counts_the_newest_month(shown: Mapping[str, Mapping[str, str]]) -> None:
    dashboard = shown["Dashboard"]
    row = next(name[1:] for name, text in dashboard.items() if text == "Answering residents")
    assert dashboard[f"C{row}"] == "March 2026"
    # Two sub-actions and the one of 1.2; their main actions are not counted.
    assert [dashboard[f"{column}{row}"] for column in "NOPQR"] == ["0", "0", "3", "3", "67%"]


def test_new_columns_look_like_their_neighbours(imported: Path) -> None:
    sheet = opened(imported)["Answering residents"]
    for row in (4, 5, 6, 30):
        assert sheet.cell(row, 5)._style == sheet.cell(row, 4)._style
        assert sheet.cell(row, 3)._style == sheet.cell(row, 2)._style
    assert sheet.row_dimensions[9].height > 21
    [table] = sheet.tables.values()
    assert [c.name for c in table.tableColumns][2:6] == [
        "Source", "Action", "Outputs / outcomes", "Undated commentary"
    ]  # fmt: skip


def test_a_theme_sheet_is_printed_on_a3_over_as_many_pages_as_keep_it_readable(
    imported: Path,
) -> None:
    sheet = opened(imported)["Answering residents"]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.pageOrder) == (8, "landscape", "overThenDown")
    assert (setup.fitToWidth, setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$4:$4", "$A:$B")
    stored = sheet.column_dimensions.values()
    width = sum(each.width * 7 * (each.max - each.min + 1) for each in stored) / A3
    assert 2 < width < 4  # too wide for one page at half its size, and not for two


def test_a_theme_sheet_that_one_page_can_hold_is_printed_on_one(tmp_path: Path) -> None:
    sheetplan.new(tmp_path / "new.xlsx", ["Homes"], month="2026-08")
    sheet = opened(tmp_path / "new.xlsx")["Homes"]
    assert (sheet.page_setup.fitToWidth or 1, sheet.print_title_cols) == (1, None)


def test_an_imported_tracker_is_not_imported_again(imported: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAPlanError, match="January 2026 to March 2026"):
        sheetplan.plan_import(imported, tmp_path / "new.xlsx")


def test_a_workbook_becomes_the_same_tracker(tmp_path: Path) -> None:
    plan = one_section(JUNE_AND_JULY, plan_row("1.2", "__Head of Paths__", "x. (June Update)"))
    source = draw_workbook(plan, tmp_path / "plan.xlsx")
    made = sheetplan.import_plan(source, tmp_path / "tracker.xlsx").output
    assert list(unaccounted(workbook_lines(source), made)) == []
    document = draw_document(plan, tmp_path / "plan.docx")
    other = sheetplan.import_plan(document, tmp_path / "other.xlsx").output
    assert openpyxl_values(made)["Streets"] == openpyxl_values(other)["Streets"]
    assert openpyxl_values(made)["Streets"]["S5"] == "On track"


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_nothing_of_another_councils_plan_is_unaccounted_for(kind: str, tmp_path: Path) -> None:
    plan = shared_plan()
    if kind == "docx":
        source = draw_document(plan, tmp_path / "plan.docx")
        lines = document_paragraphs(source)
    else:
        source = draw_workbook(plan, tmp_path / "plan.xlsx")
        lines = workbook_lines(source)
    made = sheetplan.import_plan(source, tmp_path / "tracker.xlsx", month="2018-09")
    assert list(unaccounted(lines, made.output)) == []
    paragraphs, characters = counted(lines)
    assert paragraphs > 700
    assert characters > 70_000
    plan_made = made.plan.plan
    assert [month.iso for month in plan_made.months] == ["2018-07", "2018-08", "2018-09"]
    assert len(plan_made.themes) == 7
    numbers = [row["number"] for section in plan["sections"] for row in section["rows"]]
    mains = [row.number for row in plan_made.rows if row.reference.endswith(".0")]
    assert mains == numbers
    assert valid(ROOT / "examples" / "improvement_plan.xlsx", made.output) == []
    assert sheetplan.inspect(made.output).actions == len(list(plan_made.rows))
