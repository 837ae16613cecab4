"""The sheet on which a workbook says what its statuses mean, beside what looks like one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts
from sheetplan.sheets.status_key import status_key
from tests.checks.faults import write

STANDARD = load_profile("standard")
MEANINGS = {
    "On track": "Less than a month behind its date",
    "Medium progress": "One or two months behind its date",
    "Significant slippage": "More than two months behind",
    "Complete": "All of it is done",
    "Gone fishing": "Nobody is there to ask",
}


def words(path: Path, rows: list[tuple[str, ...]], state: str = "visible") -> dict[str, str]:
    """What is read as the key of a workbook with these rows on another sheet, by cell."""
    book = openpyxl.load_workbook(write(path / "plan.xlsx"))
    sheet = book.create_sheet("Key")
    for row in rows:
        sheet.append(row)
    sheet.sheet_state = state
    book.save(path / "plan.xlsx")
    workbook = Workbook.open(path / "plan.xlsx")
    reading = read_layouts(workbook, STANDARD)
    return {fact.cell: fact.says for fact in status_key(workbook, reading, STANDARD)}


def test_a_key_is_read_below_its_heading_with_words_that_nobody_knows(tmp_path: Path) -> None:
    rows = [("Our plan",), ("Rating of progress", "What the rating means"), *MEANINGS.items()]
    assert words(tmp_path, rows) == {f"A{row}": said for row, said in enumerate(MEANINGS, start=3)}


@pytest.mark.parametrize(
    "rows",
    [
        [(status,) for status in MEANINGS],
        [(status, "12") for status in MEANINGS],
        [(status, meaning) for status, meaning in [*MEANINGS.items()][2:]],
        [(status, f"{status} of an action") for status in [*MEANINGS, *MEANINGS]],
        [("Repairs", "What tenants told us of repairs")] * 3,
    ],
    ids=["a list", "counts", "three statuses", "each twice", "other words"],
)
def test_what_is_no_key_defines_nothing(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    assert words(tmp_path, rows) == {}


def test_a_key_that_nobody_sees_defines_nothing(tmp_path: Path) -> None:
    assert words(tmp_path, [*MEANINGS.items()], state="hidden") == {}
