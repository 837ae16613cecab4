"""A small plan without month columns whose leads are sent returns, and filling these in."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.collect_plan import CollectPlan
from sheetplan.model.owner_return import owner_key
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book

PROFILE = "commentary"
WASTE, STREETS, PARKS = "Head of Waste", "Head of Streets", "Head of Parks"
BOTH = f"{WASTE} / {STREETS}"
ROWS = (
    f"[[{WASTE}]]\nVans were bought. (May update)\nRounds were drawn. (June 2026 update)\n"
    f"**(July update)**\n\n[[{STREETS}]]\nBins were counted. (June update)\n**(July update)**",
    f"[[{STREETS}]]\nLamps were ordered. (June update)\n**(July update)**",
    f"[[{PARKS}]]\nTrees were planted. COMPLETE (June update)",
)
SHARED_ROW = f"[[{BOTH}]]\nPlans were drawn. (June update)\n**(July update)**"
"""A row whose lead is two people, as the sheet Owners says."""

Answers = Mapping[str, tuple[str, str]]
"""The status and the update of some rows, by their references."""


def made_plan(folder: Path, *rows: str) -> Path:
    """A plan of one section, whose newest month is July 2026."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [Row(f"1.{n}", "Aim", f"Do {n}", "", marked(t)) for n, t in enumerate(rows, start=1)]
    return plan_book(folder / "plan.xlsx", [Section("1. Waste", texts)])


def retyped(plan: Path, row: int, text: str) -> None:
    """The plan after officers typed a cell of commentary anew: that of the row 1.`row`."""
    made = made_plan(plan.parent / "retyped", *[text] * row)
    cell = openpyxl.load_workbook(made, rich_text=True)["Plan"].cell(4 + row, 5)
    book = openpyxl.load_workbook(plan, rich_text=True)
    book["Plan"].cell(4 + row, 5).value = cell.value
    book.save(plan)


def split_owner(plan: Path, name: str, *owners: str) -> None:
    """The plan with a sheet Owners that says who a lead is."""
    sheetplan.prepare(plan, profile=PROFILE)
    book = openpyxl.load_workbook(plan, rich_text=True)
    sheet = book["Owners"]
    headings = next(row for row in sheet.iter_rows() if row[1].value == "Split into")
    for row in range(headings[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == name:
            sheet.cell(row, 2).value = "; ".join(owners)
    book.save(plan)


def sent(plan: Path, owner: str) -> Path:
    """The return that an owner was sent."""
    return plan.parent / "sent" / f"2026-07_{owner_key(owner)}.xlsx"


def send(plan: Path) -> None:
    """Send all returns for July 2026."""
    sheetplan.send_returns(plan, plan.parent / "sent", profile=PROFILE)


def filled(path: Path, answers: Answers, to: Path | None = None) -> Path:
    """A return that somebody filled in."""
    book = openpyxl.load_workbook(path)
    sheet = book["Your update"]
    left = dict(answers)
    for row in sheet.iter_rows(min_row=7):
        for cell, text in zip(row[6:8], left.pop(str(row[0].value), ("", "")), strict=True):
            if text:
                cell.value = text
                cell.data_type = "s"
    assert left == {}
    to = to or path
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return to


def collect(plan: Path, *files: Path, **options: Any) -> ChangeResult[CollectPlan]:
    """Collect these returns."""
    return sheetplan.collect_returns(plan, files, profile=PROFILE, **options)


def lines(plan: Path, row: int) -> list[str]:
    """The lines of the commentary of the row 1.`row`, as openpyxl reads them."""
    value = openpyxl.load_workbook(plan, rich_text=True)["Plan"].cell(4 + row, 5).value
    return str(value).split("\n")


def choose(plan: Path, *answers: str) -> None:
    """Choose answers on the sheet Conflicts."""
    book = openpyxl.load_workbook(plan, rich_text=True)
    rows = list(book["Conflicts"].iter_rows())
    heading = next(cells for cells in rows if any(c.value == "Choice" for c in cells))
    choice = next(c.column for c in heading if c.value == "Choice")
    for cells in rows:
        if any(c.value in answers for c in cells):
            book["Conflicts"].cell(cells[0].row, choice).value = "Use this answer"
    book.save(plan)


def copied(plan: Path, folder: Path) -> Path:
    """A copy of a plan in another folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(plan, folder / plan.name))
