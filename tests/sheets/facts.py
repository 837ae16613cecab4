"""What is gathered of a workbook for checks, of plans that are built for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sheetplan.model.month import Month
from sheetplan.model.workbook_facts import CellFact, WorkbookFacts
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.workbook_facts import workbook_facts
from tests.builders import workbook_from_text
from tests.sheets.building import STANDARD

JUNE, JULY = Month(2023, 6), Month(2023, 7)
HEADINGS = (
    "| Ref | Action | Lead | Due date | Cost | Focus | Status (June 2023) | Update (June 2023) "
    "| Status (July 2023) | Update (Initial and Date) (July 2023) |"
)
MAIN = "| OC.A1.0 | Housing | Jo | 2024-03-01 | 100 | Focus 2 | N/A | | N/A | |"
"""Row 2 of PLAN."""
SUBS = tuple(
    f"| OC.A1.{n} | Task | Jo | 2024-0{n}-01 | {n}00 | N/A | On track | Begun | On track | Done |"
    for n in range(1, 7)
)
"""Rows 3 to 8 of PLAN."""
PLAN = "\n".join([HEADINGS, MAIN, *SUBS])
"""Seven actions on a sheet of which nothing is to be told; statuses stand in G and I."""


def with_row(number: int, line: str) -> str:
    """PLAN with another row in the place of one of its own."""
    lines = PLAN.splitlines()
    lines[number - 1] = line
    return "\n".join(lines)


def facts_of(path: Path, month: Month | None = None, settings: Settings = STANDARD):
    """What is gathered of a workbook that is there."""
    workbook = Workbook.open(path)
    reading = read_layouts(workbook, settings)
    tracker = read_tracker(reading)
    return workbook_facts(workbook, reading, tracker, month or reading.latest_month, settings)


def facts(
    folder: Path,
    text: str | Mapping[str, str] = PLAN,
    decorate: Callable[[Any, Any], Any] = lambda book, sheet: None,
    month: Month | None = None,
    **options: Any,
) -> WorkbookFacts:
    """What is gathered of sheets that text tables say, the first of which is decorated."""
    sheets = {"Plan": text} if isinstance(text, str) else text
    path = workbook_from_text(
        folder / "plan.xlsx",
        sheets,
        decorate=lambda book: decorate(book, book.worksheets()[0]),
        **options,
    )
    return facts_of(path, month)


def cells(found: tuple[CellFact, ...]) -> dict[str, str]:
    """What each cell says, by the cell, with its sheet where that is not Plan."""
    return {
        fact.cell if fact.sheet == "Plan" else f"{fact.sheet}!{fact.cell}": fact.says
        for fact in found
    }
