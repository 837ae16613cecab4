"""What is gathered of a workbook: what is wrong with it, and beside it what looks alike and is
right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetplan.model.month import Month
from sheetplan.model.workbook_facts import CellFact, WorkbookFacts
from tests.builders import FIRST_SHEET, replaced, workbook_from_text
from tests.judges import ROOT
from tests.sheets.facts import HEADINGS, JUNE, MAIN, PLAN, cells, facts, facts_of, with_row

EXAMPLE = ROOT / "examples" / "improvement_plan.xlsx"


def test_of_a_well_kept_sheet_nothing_is_told(tmp_path: Path) -> None:
    assert facts(tmp_path) == WorkbookFacts(asks_for_initials=frozenset({"Plan"}))


def test_of_the_example_only_its_drop_downs_key_and_headings_are_told() -> None:
    found = facts_of(EXAMPLE)
    assert len(found.status_choices) == 10
    assert {fact.sheet for fact in found.status_choices} == {"Theme 1"}
    assert len(found.asks_for_initials) == 6
    assert {fact.sheet for fact in found.status_key} == {"Status key"}
    bare = WorkbookFacts(
        status_choices=found.status_choices,
        status_key=found.status_key,
        asks_for_initials=found.asks_for_initials,
    )
    assert found == bare


def test_a_tracker_of_one_row_is_gathered(tmp_path: Path) -> None:
    found = facts(tmp_path, f"{HEADINGS}\n{MAIN}")
    assert found == WorkbookFacts(asks_for_initials=frozenset({"Plan"}))


def test_a_tracker_without_any_row_is_gathered(tmp_path: Path) -> None:
    assert facts(tmp_path, HEADINGS) == WorkbookFacts(asks_for_initials=frozenset({"Plan"}))


# ---------------------------------------------------------------- rows that are not read


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("| one-two | Mend the roof | | | | | | | On track | |", "one-two"),
        ("| | Mend the roof | | | | | | | On track | |", ""),
        ("| A1 and A2 | Mend the roof | Jo | | | | | | | |", "A1 and A2"),
    ],
    ids=["no reference", "nothing typed", "no status, but a lead"],
)
def test_a_row_that_looks_like_an_action_is_told(tmp_path: Path, line: str, says: str) -> None:
    assert cells(facts(tmp_path, f"{PLAN}\n{line}").unread_rows) == {"A9": says}


@pytest.mark.parametrize(
    "line",
    [
        "| Theme 2: Housing | | Jo | | | | | | | |",
        "| Total | | | | 12 | | | | On track | |",
        "| | Complete | | | | | | | 12 | |",
        "| | a note of mine | | | | | | | | |",
        "| Ref | Action | Lead | Due date | Cost | Focus | | | | |",
        "| see below | a note | | | | | | | | |",
    ],
    ids=["theme", "total", "key", "note", "headings again", "no answer to anything"],
)
def test_a_row_that_is_no_action_is_not_told(tmp_path: Path, line: str) -> None:
    assert facts(tmp_path, f"{PLAN}\n{line}").unread_rows == ()


# ---------------------------------------------------------------- hidden rows


def hide(**how: Any) -> Any:
    return lambda book, sheet: sheet.set_row(3, None, None, {"hidden": True, **how})


def test_a_row_that_is_hidden_by_hand_is_told(tmp_path: Path) -> None:
    found = facts(tmp_path, PLAN, hide()).hidden_rows
    assert found == (CellFact("Plan", "A4", "hidden by hand", "OC.A1.2"),)


def test_a_row_in_a_closed_group_is_told(tmp_path: Path) -> None:
    found = facts(tmp_path, PLAN, hide(level=1))
    assert cells(found.hidden_rows) == {"A4": "folded away in a group"}


def test_a_row_of_no_height_is_told(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN})
    replaced(path, FIRST_SHEET, '<row r="4"', '<row r="4" ht="0" customHeight="1"')
    assert cells(facts_of(path).hidden_rows) == {"A4": "hidden by hand"}


def test_a_row_that_a_filter_hides_is_told_as_that(tmp_path: Path) -> None:
    def filtered(book: Any, sheet: Any) -> None:
        sheet.autofilter("A1:J8")
        sheet.filter_column("A", "x != OC.A1.2")
        hide()(book, sheet)

    assert cells(facts(tmp_path, PLAN, filtered).hidden_rows) == {"A4": "hidden by a filter"}


def test_a_row_that_the_filter_of_a_table_hides_is_told_as_that(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN}))
    table = openpyxl.worksheet.table.Table(displayName="Actions", ref="A1:J8")
    table._initialise_columns()
    for column, cell in zip(table.tableColumns, book["Plan"][1], strict=True):
        column.name = cell.value
    table.autoFilter.add_filter_column(0, ["OC.A1.1"])
    book["Plan"].add_table(table)
    book["Plan"].row_dimensions[4].hidden = True
    book.save(tmp_path / "table.xlsx")
    found = facts_of(tmp_path / "table.xlsx").hidden_rows
    assert cells(found) == {"A4": "hidden by a filter"}


def test_a_filter_that_hides_nothing_is_not_told_and_nor_are_rows_beside_the_actions(
    tmp_path: Path,
) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.autofilter("A1:J8")
        sheet.set_row(8, None, None, {"hidden": True})

    assert facts(tmp_path, f"{PLAN}\n| | a list | | | | | | | | |", decorate).hidden_rows == ()


# ---------------------------------------------------------------- errors


def test_an_error_in_the_plan_is_told_with_its_action(tmp_path: Path) -> None:
    line = "| OC.A1.1 | Task | =B98 -> #N/A | 2024-01-01 | 100 | N/A | =B99 -> #REF! | | Closed | |"
    found = facts(tmp_path, with_row(3, line)).errors
    assert found == (
        CellFact("Plan", "C3", "#N/A", "OC.A1.1"),
        CellFact("Plan", "G3", "#REF!", "OC.A1.1"),
    )


def test_an_error_that_was_typed_into_the_plan_is_told(tmp_path: Path) -> None:
    line = "| OC.A1.1 | Task | '#n/a | 2024-01-01 | 100 | N/A | On track | | '#REF! | |"
    assert cells(facts(tmp_path, with_row(3, line)).errors) == {"C3": "#N/A", "I3": "#REF!"}


def test_words_with_a_hash_are_no_error(tmp_path: Path) -> None:
    line = "| OC.A1.1 | #1 | N/A | 2024-01-01 | 100 | N/A | On track | | Closed | #REF! is gone |"
    assert facts(tmp_path, with_row(3, line)).errors == ()


def test_errors_beside_the_plan_have_no_reference(tmp_path: Path) -> None:
    sheets = {"Plan": PLAN, "Dashboard": "| Total | =1/0 -> #DIV/0! |"}
    found = facts(
        tmp_path,
        sheets,
        lambda book, sheet: sheet.write_formula("M3", "=1/0", None, "#DIV/0!"),
    ).errors
    assert found == (
        CellFact("Plan", "M3", "#DIV/0!"),
        CellFact("Dashboard", "B1", "#DIV/0!"),
    )


def test_a_formula_that_hides_its_error_is_told(tmp_path: Path) -> None:
    sheets = {"Plan": PLAN, "Dashboard": "| =IFERROR(#REF!,0) | =IFERROR(A9,0) | '#REF! |"}
    assert cells(facts(tmp_path, sheets).errors) == {"Dashboard!A1": "=IFERROR(#REF!,0)"}


def test_what_charts_shall_not_draw_and_what_nobody_sees_is_not_told(tmp_path: Path) -> None:
    sheets = {
        "Plan": PLAN,
        "Chart data": "| =IF(1,NA(),2) -> #N/A | '#N/A |",
        "Lists": "| =1/0 -> #DIV/0! |",
    }
    found = facts(tmp_path, sheets, lambda book, sheet: book.get_worksheet_by_name("Lists").hide())
    assert found.errors == ()


def test_a_picture_in_a_cell_is_no_error(tmp_path: Path) -> None:
    """It is stored as #VALUE! for the Excels that cannot draw it."""
    line = "| OC.A1.1 | =A1 -> #VALUE! | Jo | 2024-01-01 | 100 | N/A | On track | | On track | |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Plan": with_row(3, line)})
    assert cells(facts_of(path).errors) == {"B3": "#VALUE!"}
    replaced(path, FIRST_SHEET, '<c r="B3" t="e">', '<c r="B3" t="e" vm="1">')
    assert facts_of(path).errors == ()


# ---------------------------------------------------------------- numbers and days as text


def with_text(row: int, due: str, cost: str) -> str:
    return with_row(row, f"| OC.A1.{row} | Task | Jo | {due} | {cost} | N/A | | | On track | |")


def test_a_number_or_a_day_among_real_ones_is_told(tmp_path: Path) -> None:
    found = facts(tmp_path, with_text(4, "14/03/2024", "'1,200.50")).numbers_as_text
    assert found == (
        CellFact("Plan", "D4", "14/03/2024", "OC.A1.4"),
        CellFact("Plan", "E4", "1,200.50", "OC.A1.4"),
    )


@pytest.mark.parametrize(
    ("due", "cost"),
    [("Mar-24", "tbc"), ("Autumn 2024", "2 posts"), ("31/02/2024", "N/A"), ("Ongoing", "")],
)
def test_words_among_them_are_not_told(tmp_path: Path, due: str, cost: str) -> None:
    assert facts(tmp_path, with_text(4, due, cost)).numbers_as_text == ()


def test_a_column_of_text_is_not_told_and_nor_is_one_that_is_half_text(tmp_path: Path) -> None:
    lines = [
        f"| OC.A1.{n} | 2024 | '1 | 1{n}/03/2024 | '12 | N/A | | | On track | |" for n in range(4)
    ]
    real = [f"| OC.A2.{n} | Task | Jo | 2024-01-01 | 12 | N/A | | | On track | |" for n in range(4)]
    assert facts(tmp_path, "\n".join([HEADINGS, *lines])).numbers_as_text == ()
    assert facts(tmp_path, "\n".join([HEADINGS, *lines, *real])).numbers_as_text == ()


def test_references_may_be_text_among_numbers(tmp_path: Path) -> None:
    lines = [f"| 1.{n} | Task | Jo | | | N/A | | | On track | |" for n in range(1, 6)]
    text = "\n".join([HEADINGS, *lines, "| '1.10 | Task | Jo | | | N/A | | | On track | |"])
    assert facts(tmp_path, text).numbers_as_text == ()


def test_what_an_officer_told_excel_to_ignore_is_not_told(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        with_text(4, "2024-01-01", "'12"),
        lambda book, sheet: sheet.ignore_errors({"number_stored_as_text": "E3:E4"}),
    )
    assert found.numbers_as_text == ()


# ---------------------------------------------------------------- drop-downs and headings


def test_the_words_of_the_months_drop_downs_are_told_once(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.data_validation("G2:G8", {"validate": "list", "source": ["Old word"]})
        sheet.data_validation("I2:I5", {"validate": "list", "source": ["On track", "Late"]})
        sheet.data_validation("I6:I8", {"validate": "list", "source": ["On track", "Closed"]})

    found = facts(tmp_path, PLAN, decorate).status_choices
    assert cells(found) == {"I2": "Late", "I6": "Closed"}
    assert [fact.says for fact in found] == ["On track", "Late", "Closed"]


def test_only_the_heading_of_the_month_asks_for_initials(tmp_path: Path) -> None:
    assert facts(tmp_path).asks_for_initials == {"Plan"}
    assert facts(tmp_path, month=JUNE).asks_for_initials == frozenset()


def test_sheets_with_other_months_are_gathered(tmp_path: Path) -> None:
    other = "| Ref | Action | Status (June 2023) |\n| HO.A1.1 | Task | On track |"
    found = facts(tmp_path, {"Plan": PLAN, "Other": other})
    assert found == WorkbookFacts(asks_for_initials=frozenset({"Plan"}))
    assert facts(tmp_path, {"Plan": PLAN, "Other": other}, month=Month(2024, 1)) == WorkbookFacts()


# ---------------------------------------------------------------- links to other workbooks


def linked(path: Path, formula: str) -> Path:
    """A plan whose sheet Sums has a formula, and which is linked to a file."""
    sheets = {"Plan": PLAN, "Sums": f"| {formula} |"}
    built = workbook_from_text(path / "plan.xlsx", sheets)
    book = openpyxl.load_workbook(built)
    links = openpyxl.workbook.external_link.external
    target = "file:///\\\\server\\Plans\\Old%20tracker.xlsx"
    file_link = openpyxl.packaging.relationship.Relationship(
        type="externalLinkPath", Target=target, TargetMode="External", Id="rId1"
    )
    link = links.ExternalLink(externalBook=links.ExternalBook(id="rId1"))
    link.file_link = file_link
    book._external_links.append(link)
    book.save(path / "linked.xlsx")
    return path / "linked.xlsx"


def test_the_cells_that_read_another_workbook_are_told_with_its_file(tmp_path: Path) -> None:
    found = facts_of(linked(tmp_path, "=[1]Theme!$A$1+A2")).external_links
    assert found == (CellFact("Sums", "A1", "Old tracker.xlsx"),)


def test_a_workbook_that_no_cell_reads_is_told_without_a_place(tmp_path: Path) -> None:
    found = facts_of(linked(tmp_path, "a text [1]")).external_links
    assert found == (CellFact("", "", "Old tracker.xlsx"),)
