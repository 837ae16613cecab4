"""What importing a plan takes for no plan, and what it never writes over."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

import sheetplan
from sheetplan.errors import (
    CannotWriteError,
    NotADocumentError,
    NotAPlanError,
    NotAWorkbookError,
    PlanNotFoundError,
    ReturnGivenError,
    SheetplanError,
)
from tests.builders import workbook_from_text
from tests.cycle.importing import JUNE_AND_JULY, planned
from tests.judges import ROOT
from tests.plans import one_section

EXAMPLE = ROOT / "examples" / "plan.docx"
RETURN = ROOT / "examples" / "returns" / "People Services.xlsx"


# ---------------------------------------------------------------- workbooks


def test_a_tracker_with_month_columns_is_refused(tmp_path: Path) -> None:
    text = "| Ref | Action | Status (June 2026) |\n| A1.1 | Mend | On track |"
    tracker = workbook_from_text(tmp_path / "plan.xlsx", {"Streets": text})
    with pytest.raises(NotAPlanError) as refused:
        sheetplan.plan_import(tracker, tmp_path / "new.xlsx")
    assert "plan.xlsx: this is a tracker with month columns already (June 2026, on Streets)" in str(
        refused.value
    )


def test_a_workbook_with_other_headings_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "plan.xlsx")
    book.add_worksheet("Costs").write_row(0, 0, ["Item", "Price"])
    book.close()
    with pytest.raises(PlanNotFoundError, match='Costs: "Item" and "Price"'):
        sheetplan.plan_import(tmp_path / "plan.xlsx", tmp_path / "new.xlsx")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("plan.pdf", NotAPlanError, "a plan is imported from a Word document (.docx) or"),
        ("plan.doc", NotADocumentError, "this is not a Word document"),
        ("plan.docx", NotADocumentError, "this is not a Word document"),
        ("plan.xlsx", NotAWorkbookError, "this is a text file"),
        ("plan.xls", NotAWorkbookError, "this is a text file"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_what_it_is(
    name: str, error: type[SheetplanError], message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("Just words", "utf-8")
    with pytest.raises(error) as refused:
        sheetplan.plan_import(tmp_path / name, tmp_path / "new.xlsx")
    assert f"{name}: {message}" in str(refused.value)
    assert not (tmp_path / "new.xlsx").exists()


@pytest.mark.parametrize("profile", [None, "commentary"])
def test_a_return_is_no_plan(profile: str | None, tmp_path: Path) -> None:
    with pytest.raises(ReturnGivenError, match="this is a return"):
        sheetplan.plan_import(RETURN, tmp_path / "new.xlsx", profile=profile)


@pytest.mark.parametrize("name", ["none.docx", "none.xlsx"])
def test_a_file_that_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SheetplanError, match="there is no such file"):
        sheetplan.plan_import(tmp_path / name, tmp_path / "new.xlsx")


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "tracker.xlsx"
    taken.write_text("mine", "utf-8")
    with pytest.raises(CannotWriteError, match="there is a file of this name already"):
        sheetplan.import_plan(EXAMPLE, taken)
    assert taken.read_text("utf-8") == "mine"


def test_a_file_that_came_in_the_meantime_is_not_written_over(tmp_path: Path) -> None:
    plan = planned(tmp_path, one_section(JUNE_AND_JULY))
    (tmp_path / "tracker.xlsx").write_text("mine", "utf-8")
    with pytest.raises(CannotWriteError, match="there is a file of this name already"):
        plan.apply()
    assert (tmp_path / "tracker.xlsx").read_text("utf-8") == "mine"


def test_the_tracker_cannot_be_written_as_another_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="the new file must end in"):
        sheetplan.plan_import(EXAMPLE, tmp_path / "tracker.docx")
