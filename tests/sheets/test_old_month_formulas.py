"""Formulas that read an old month: those that are left behind, and those that do so by right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sheetplan.cycle.roll_month import roll_month
from sheetplan.model.month import Month
from sheetplan.model.workbook_facts import OldMonthFormula
from tests.builders import replaced, workbook_from_text
from tests.judges import ROOT
from tests.sheets.facts import HEADINGS, JUNE, PLAN, facts, facts_of

EXAMPLE = ROOT / "examples" / "improvement_plan.xlsx"
SUMS = "xl/worksheets/sheet2.xml"
LATE = '=COUNTIF(Plan!{}$2:{}$8,"Late")'
OF_JUNE, OF_JULY = LATE.format("$G", "$G"), LATE.format("$I", "$I")


def old(folder: Path, sheets: dict[str, str], **options: Any) -> dict[str, bool]:
    """The formulas that are told, by their cells, and whether the words over them say so."""
    found = facts(folder, {"Plan": PLAN, **sheets}, **options).old_month_formulas
    return {f"{formula.sheet}!{formula.cell}": formula.is_labelled for formula in found}


def test_a_formula_that_reads_an_old_month_is_told(tmp_path: Path) -> None:
    found = facts(tmp_path, {"Plan": PLAN, "Dashboard": f"| Late | {OF_JUNE} |"})
    assert found.old_month_formulas == (
        OldMonthFormula("Dashboard", "B1", OF_JUNE.removeprefix("="), JUNE),
    )


@pytest.mark.parametrize(
    "formula",
    [
        OF_JULY,
        f"{OF_JUNE}+{OF_JULY.removeprefix('=')}",
        "=COUNTIF(Plan!$G:$J,1)",
        "=COUNTA(Plan!A2:A8)",
        "=COUNTIF(Lists!$G$2:$G$8,1)",
        "=SUM(B1:B2)",
        "=Plan!#REF!",
    ],
    ids=["this month", "both", "both at once", "no month", "another sheet", "own", "broken"],
)
def test_a_formula_that_reads_anything_else_is_not_told(tmp_path: Path, formula: str) -> None:
    assert old(tmp_path, {"Dashboard": f"| Late | {formula} |"}) == {}


def test_an_older_month_that_is_checked_is_not_old(tmp_path: Path) -> None:
    assert old(tmp_path, {"Dashboard": f"| Late | {OF_JUNE} |"}, month=JUNE) == {}


def test_last_month_beside_this_month_is_not_told(tmp_path: Path) -> None:
    sheets = {"Dashboard": f"| This month | Last month |\n| {OF_JULY} | {OF_JUNE} |"}
    assert old(tmp_path, sheets) == {}


def test_other_figures_of_last_month_are_told_beside_those_of_this_month(tmp_path: Path) -> None:
    counted = OF_JUNE.replace("Late", "Closed")
    assert old(tmp_path, {"Dashboard": f"| {OF_JULY} | {counted} |"}) == {"Dashboard!B1": False}


def test_of_figures_by_month_the_last_are_told_where_this_month_is_missing(tmp_path: Path) -> None:
    months = "| Ref | Action | Status (May 2023) | Status (June 2023) | Status (July 2023) |"
    plan = f"{months}\n| A1 | Task | Late | Late | Late |"
    lines = ["| Month | Late |", "| May 2023 | =COUNTIF(Plan!C:C,1) |"]
    lines += ["| June 2023 | =COUNTIF(Plan!D:D,1) |", "| July 2023 | =COUNTIF(Plan!E:E,1) |"]
    assert old(tmp_path, {"Plan": plan, "By month": "\n".join(lines)}) == {}
    assert old(tmp_path, {"Plan": plan, "By month": "\n".join(lines[:3])}) == {"By month!B3": True}


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (f"| June 2023 | {OF_JUNE} |", True),
        (f"| Figures of June 2023 |\n| Theme | Late |\n| Plan | {OF_JUNE} |", True),
        (f"| Theme | 2023-06-01 |\n| Plan | {OF_JUNE} |", True),
        (f"| Theme | July 2023 |\n| Plan | {OF_JUNE} |", False),
        (f"| Theme | Late | June 2023 |\n| Plan | {OF_JUNE} | 1 |", False),
        (f"| Theme | Late |\n| Plan | {OF_JUNE} |", False),
    ],
    ids=["in its row", "title", "date", "another month", "beside it", "no month"],
)
def test_the_words_over_it_are_looked_at(tmp_path: Path, sheet: str, told: bool) -> None:
    (is_labelled,) = old(tmp_path, {"Dashboard": sheet}, date_format="mmm yyyy").values()
    assert is_labelled is told


def test_a_sheet_that_is_kept_for_the_old_month_is_not_told(tmp_path: Path) -> None:
    assert old(tmp_path, {"Dashboard June 2023": f"| Late | {OF_JUNE} |"}) == {}
    assert old(tmp_path, {"Dashboard May 2023": f"| Late | {OF_JUNE} |"}) != {}


def test_a_column_of_the_plan_that_follows_an_old_month_is_told(tmp_path: Path) -> None:
    plan = PLAN.replace("| Jo |", "| =G2 |")
    assert len(old(tmp_path, {"Plan": plan})) == 7
    assert old(tmp_path, {"Plan": PLAN.replace("| Jo |", "| =I2 |")}) == {}


def test_a_months_own_formulas_may_read_the_month_before(tmp_path: Path) -> None:
    assert old(tmp_path, {"Plan": PLAN.replace("| On track | Done |", "| =G3 | Done |")}) == {}


def test_a_formula_that_was_filled_down_is_told_in_each_cell(tmp_path: Path) -> None:
    """As Excel stores it: once, and the cells below point at it."""
    sums = "| =Plan!G2 -> x |\n| =Plan!G3 -> x |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN, "Sums": sums})
    replaced(path, SUMS, "<f>Plan!G2</f>", '<f t="shared" ref="A1:A2" si="0">Plan!G2</f>')
    replaced(path, SUMS, "<f>Plan!G3</f>", '<f t="shared" si="0"/>')
    found = facts_of(path).old_month_formulas
    assert [(f.cell, f.formula) for f in found] == [("A1", "Plan!G2"), ("A2", "Plan!G3")]


def test_a_name_stands_for_the_month_that_it_means(tmp_path: Path) -> None:
    def name(area: str) -> Any:
        return lambda book, sheet: book.define_name("Latest", area)

    sheets = {"Dashboard": '| =COUNTIF(Latest,"Late") |'}
    assert old(tmp_path, sheets, decorate=name("=Plan!$G$2:$G$8")) == {"Dashboard!A1": False}
    assert old(tmp_path, sheets, decorate=name("=Plan!$I$2:$I$8")) == {}


def test_a_column_of_a_table_is_of_its_month(tmp_path: Path) -> None:
    def table(book: Any, sheet: Any) -> None:
        heads = [head.strip() for head in HEADINGS.strip("|").split("|")]
        columns = [{"header": head} for head in heads]
        sheet.add_table("A1:J8", {"name": "Actions", "columns": columns})

    june = {"Dashboard": '| =COUNTIF(Actions[Status (June 2023)],"Late") |'}
    july = {"Dashboard": '| =COUNTIF(Actions[Status (July 2023)],"Late") |'}
    assert old(tmp_path, june, decorate=table) == {"Dashboard!A1": False}
    assert old(tmp_path, july, decorate=table) == {}


def test_the_last_month_of_a_sheet_that_lacks_the_checked_one_is_not_old(tmp_path: Path) -> None:
    other = "| Ref | Action | Status (May 2023) | Status (June 2023) |\n| HO.A1.1 | Task | a | b |"
    sheets = {"Other": other, "Dashboard": "| =COUNTA(Other!D:D) | =COUNTBLANK(Other!C:C) |"}
    assert old(tmp_path, sheets) == {"Dashboard!B1": False}


def test_a_dashboard_is_told_when_it_stays_behind_and_not_when_it_moves_on(tmp_path: Path) -> None:
    for repoint in (False, True):
        path = tmp_path / f"{repoint}.xlsx"
        roll_month(EXAMPLE, output=path, repoint=repoint)
        found = facts_of(path, Month(2026, 7)).old_month_formulas
        assert len(found) == (0 if repoint else 66)
        assert all(formula.sheet == "Dashboard" for formula in found)
