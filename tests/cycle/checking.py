"""A small tracker to check, and what officers do to its sheet Findings."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from tests.builders import workbook_from_text

FINDINGS = "Findings"
RULES = ("status-not-understood", "lead-missing")
"""The rules that the small tracker breaks: one by month, and one whatever the month."""

PLAN = """
    | Ref     | Action       | Lead | Due date | RAG Jun-26 | Update Jun-26 | RAG Jul-26 | Update Jul-26 |
    | LC.A1.1 | Agree values | Asha | Jul-27   | On track   | Drafted [AB]  | On track   | Adopted [AB]  |
    | LC.A1.2 | Use values   |      | Jul-27   | On track   | Begun [AB]    | Onn track  | Going on [AB] |
    | LC.A1.3 | Train        | Ben  | Jul-27   | On track   | Booked [BC]   | On track   | Held [BC]     |
    | LC.A1.4 | Appraise     |      | Jul-27   | On track   | Agreed [BC]   | On track   | Half [BC]     |
"""  # noqa: E501


def tracker_to_check(path: Path, text: str = PLAN, **more: str) -> Path:
    """A tracker whose July has a status that nobody knows, and which lacks two leads."""
    return workbook_from_text(path, {"Theme 1": text, **more})


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    """The workbook as somebody edits and saves it in another program."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it loses
        book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def type_into(path: Path, sheet: str, **cells: object) -> None:
    """What an officer types into cells: `type_into(path, "Theme 1", C3="Cleo")`."""
    with edited(path) as book:
        for cell, value in cells.items():
            book[sheet][cell] = value


def rows_of(path: Path, sheet: str = FINDINGS) -> list[dict[str, Any]]:
    """The rows of the sheet Findings by their headings, as openpyxl reads them."""
    book = openpyxl.load_workbook(path)
    headings, *rows = list(book[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(headings, row, strict=True)) for row in rows]


def told(path: Path, *headings: str) -> list[tuple[Any, ...]]:
    """What the rows of Findings say under some headings."""
    return [tuple(row[heading] for heading in headings) for row in rows_of(path)]


def answer(path: Path, words: str, where: Callable[[dict[str, Any]], bool]) -> None:
    """Answer the findings that are meant, on the sheet Findings."""
    with edited(path) as book:
        sheet = book[FINDINGS]
        headings = [cell.value for cell in sheet[4]]
        column = headings.index("Officer's answer") + 1
        for number, row in enumerate(rows_of(path), start=5):
            if where(row):
                sheet.cell(number, column, words)
