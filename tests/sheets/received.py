"""Returns that were received, and what was read from them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl

from sheetplan.model.owner_return import ReceivedReturn, RejectedFile
from sheetplan.settings import load_profile
from sheetplan.sheets.return_reading import read_return
from tests.return_files import MAIN, ReturnBook, row

STANDARD = load_profile("standard")
FILE = "Head of HR.xlsx"
TWO = (
    row("OC.A1.1", status="On track", update="Begun"),
    row("OC.A1.2", status="Complete", update="Done in July", date_change="Mar-27"),
)


def read(book: ReturnBook | openpyxl.Workbook | bytes) -> ReceivedReturn:
    """A return that can be read."""
    received = outcome(book)
    assert isinstance(received, ReceivedReturn), received
    return received


def rejected(book: ReturnBook | openpyxl.Workbook | bytes) -> RejectedFile:
    """A file that cannot be read as a return."""
    found = outcome(book)
    assert isinstance(found, RejectedFile), found
    assert found.file == FILE
    assert found.reason.endswith(".")
    assert found.remedy.endswith(".")
    return found


def outcome(book: ReturnBook | openpyxl.Workbook | bytes) -> ReceivedReturn | RejectedFile:
    if isinstance(book, ReturnBook):
        book = book.data
    if isinstance(book, openpyxl.Workbook):
        stream = io.BytesIO()
        book.save(stream)
        book = stream.getvalue()
    return read_return(book, FILE, STANDARD)


def said(received: ReceivedReturn) -> list[dict[str, str]]:
    """What the rows say, by the names of their fields."""
    return [{name: cell.text for name, cell in row.cells.items()} for row in received.rows]


def edited(*edits: Callable[[Any], object], **facts: Any) -> ReceivedReturn:
    """The return of two rows after its main sheet was edited."""

    def edit(book: openpyxl.Workbook) -> None:
        for each in edits:
            each(book[MAIN])

    return read(ReturnBook(rows=TWO, edit=edit, **facts))
