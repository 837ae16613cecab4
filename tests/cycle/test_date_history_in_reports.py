"""Reports of a tracker whose sheets know of moved dates and of open requests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.month import Month
from sheetplan.model.return_records import FOUND_BY_COMPARISON, LogRecord, RequestRecord
from tests.cycle.reporting import APPENDIX, SUMMARY, small_tracker
from tests.judges import calamine_values, openpyxl_values
from tests.sheets.registers import write

JUNE, JULY = Month(2026, 6), Month(2026, 7)
MOVED = LogRecord(
    datetime(2026, 7, 3, 9), JULY, "june.xlsx", "", "LC.B1.1", "due_date", "Jan-26", "Apr-26",
    FOUND_BY_COMPARISON,
)  # fmt: skip
WAITING = RequestRecord(
    JUNE, "FA.A1.1", "due_date", "Aug-26", "Dec-26", "Cabinet is later.", "Cleo", ""
)
PHRASE = "Date to be amended at change control"
WORDS = "originally Jan-26, now Apr-26, moved once"


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    path = small_tracker(tmp_path / "plan.xlsx")
    write(path, MOVED, WAITING)
    return path


def row_of(path: Path, sheet: str, action: str) -> list[object]:
    """The cells of the first row of a sheet that begins with an action, as openpyxl reads them."""
    rows: dict[str, list[object]] = {}
    for name, value in openpyxl_values(path)[sheet].items():
        rows.setdefault(name.lstrip("ABCDEFGHIJKLMNOP"), []).append(value)
    return next(cells for cells in rows.values() if cells[0] == action)


def test_the_summary_in_the_tracker_says_what_moved_and_what_is_to_move(tracker: Path) -> None:
    sheetplan.summarise(tracker)
    assert WORDS in row_of(tracker, SUMMARY, "LC.B1.1\nTrain")
    assert PHRASE not in row_of(tracker, SUMMARY, "LC.B1.1\nTrain")
    assert PHRASE in row_of(tracker, SUMMARY, "FA.A1.1\nSave")


def test_the_appendix_says_so_beside_the_due_date(tracker: Path) -> None:
    sheetplan.appendix(tracker)
    assert f"Aug-26. {PHRASE}" in row_of(tracker, APPENDIX, "FA.A1.1\nSave")


def test_the_pack_and_the_word_document_say_the_same(tracker: Path) -> None:
    pack = tracker.with_name("pack.xlsx")
    sheetplan.summarise(tracker, output=pack)
    values = calamine_values(pack)
    assert WORDS in values["Exceptions"].values()
    assert PHRASE in values["Exceptions"].values()
    docx = pytest.importorskip("docx")
    for make, name, words in (
        (sheetplan.summarise, "summary.docx", f"Due {WORDS}."),
        (sheetplan.appendix, "appendix.docx", f"Due Aug-26. {PHRASE}."),
    ):
        word = tracker.with_name(name)
        make(tracker, word=word)
        cells = [cell for table in docx.Document(str(word)).tables for row in table.rows
                 for cell in row.cells]  # fmt: skip
        assert any(words in cell.text for cell in cells), name
