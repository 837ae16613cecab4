"""Who is asked for what in whole workbooks, a real one among them."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from sheetplan.model import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.returns.asking import ask
from sheetplan.returns.content import Asking
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts, read_tracker
from tests.builders import workbook_from_text
from tests.reports.building import JULY
from tests.returns.plans import asked


def test_hidden_rows_and_sheets_are_asked_for_as_well(tmp_path: Path) -> None:
    table = """
        | Ref     | Action | Director Lead | Status (June 2026) | Status (July 2026) |
        | BC.A1.1 | Train  | HR            | On track           |                    |
        | BC.A1.2 | Pay    | HR            | On track           |                    |
    """

    def hide(book) -> None:
        book.get_worksheet_by_name("Theme 1").set_row(2, None, None, {"hidden": True})
        book.get_worksheet_by_name("Theme 2").hide()

    sheets = {"Theme 1": table, "Theme 2": table.replace("BC", "FA")}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets, decorate=hide)
    assert asked(of_workbook(path, JULY)) == {"HR": ["BC.A1.1", "BC.A1.2", "FA.A1.1", "FA.A1.2"]}


def of_workbook(path: Path, month: Month, **options) -> Asking:
    settings = load_profile("standard")
    tracker = read_tracker(read_layouts(Workbook.open(path), settings))
    return ask(tracker, month, settings, (), **options)


class RealRow(NamedTuple):
    """A row of the real tracker as openpyxl reads it."""

    reference: str
    status: str
    owner: str

    @property
    def family(self) -> tuple[str, str]:
        """("OCA2", "1") for OC.A2.1, OCA2.1 and OC.A2.1b."""
        match = re.fullmatch(r"([A-Z]+)\.?([A-Z]\d+)\.(\d+)[A-Z]?", plain(self.reference, "."))
        assert match is not None, self.reference
        return match[1] + match[2], match[3]


def plain(text: str, kept: str = "") -> str:
    return "".join(c for c in text.replace("&", "and").upper() if c.isalnum() or c in kept)


def _real_rows(path: Path) -> list[RealRow]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        book = openpyxl.load_workbook(path, data_only=True)
    found = []
    for number in range(1, 7):
        rows = [[str(v or "").strip() for v in row] for row in book[f"Theme {number}"].values]
        at = next(row for row, values in enumerate(rows) if "Ref" in values)
        starts = ("Ref", "Status (July", "Status (June", "Update Owner", "Director")
        ref, july, june, owner, lead = (
            next(i for i, words in enumerate(rows[at]) if words.startswith(start))
            for start in starts
        )
        found += [
            RealRow(row[ref], row[july] or row[june], row[owner] or row[lead])
            for row in rows[at + 1 :]
            if row[ref]
        ]
    return found


@pytest.mark.shared
def test_in_a_real_tracker_each_open_row_is_asked_of_one_owner(shared: Path) -> None:
    path = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    rows = _real_rows(path)
    with_subs = {stem for stem, number in (row.family for row in rows) if number != "0"}
    expected = [
        row
        for row in rows
        if not (row.family[1] == "0" and row.family[0] in with_subs)
        and not row.status.lower().startswith(("closed", "n/a"))
    ]
    asking = of_workbook(path, Month(2023, 7))
    shown = [
        (row.texts["reference"], plain(owner.owner.name))
        for owner in asking.owners
        for row in owner.asked
    ]
    assert sorted(shown) == sorted((row.reference, plain(row.owner)) for row in expected)
    assert (len(rows), len(expected), len(asking.owners)) == (157, 111, 25)


@pytest.mark.shared
def test_in_a_real_tracker_five_owner_cells_are_doubtful(shared: Path) -> None:
    path = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    findings = of_workbook(path, Month(2023, 7)).findings
    # Read by eye: all 37 spellings of its owners. Two people or more are named in these five.
    assert [(finding.code, finding.sheet, finding.cell) for finding in findings] == [
        ("owner-doubtful", "Theme 1", "I9"),
        ("owner-doubtful", "Theme 1", "I27"),
        ("owner-doubtful", "Theme 1", "I34"),
        ("owner-doubtful", "Theme 2", "I13"),
        ("owner-doubtful", "Theme 5", "G28"),
    ]
