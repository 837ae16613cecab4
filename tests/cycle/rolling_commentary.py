"""Plans that keep every month in one cell, rolled for tests: what they then say."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

import sheetplan
from sheetplan.cycle.commentary_roll_plan import CommentaryRollPlan
from sheetplan.model.commentary import Paragraph
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_sheets import CommentarySheet
from sheetplan.sheets.reading import read_layouts
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book
from tests.judges import ROOT, calamine_values

EXAMPLE = ROOT / "examples" / "commentary_plan.xlsx"
PROFILE = "commentary"
JUNE, JULY, AUGUST = (Month(2026, number) for number in (6, 7, 8))
TEXT = "[[A]]\nOne. (May 2026 update)\n**Two. (June 2026 update)**"
NEW = "\n(July 2026 update)"


def book(path: Path, *texts: str, title: str = "Improvement Plan") -> Path:
    rows = [Row(f"1.{n}", "Aim", "Act", "", marked(text)) for n, text in enumerate(texts, 1)]
    return plan_book(path, [Section("1. Waste", rows)], title=title)


def roll(path: Path, month: str | None = None, **how: bool) -> CommentaryRollPlan:
    rolled = sheetplan.roll_month(path, month, profile=PROFILE, **how).plan
    assert isinstance(rolled, CommentaryRollPlan)
    return rolled


def sheets_of(path: Path) -> list[CommentarySheet]:
    readings = read_layouts(Workbook.open(path), load_profile(PROFILE)).trackers
    return [item.commentary for item in readings if item.commentary]


def said(path: Path) -> list[tuple[str, list[Paragraph]]]:
    return [
        (cell.row.reference_text, list(cell.commentary.paragraphs))
        for item in sheets_of(path)
        for cell in item.cells
    ]


def reading(path: Path, until: Month) -> list[object]:
    """All that the paragraphs of a plan say until a month, row by row."""
    return [
        (reference, p.lead, p.words, p.month, p.is_complete)
        for reference, paragraphs in said(path)
        for p in paragraphs
        if p.says_anything and (p.month is None or p.month <= until)
    ]


def waiting(path: Path, month: Month) -> list[tuple[str, str]]:
    """The leads that have a stamp of a month which waits for its words."""
    return [
        (reference, p.lead)
        for reference, paragraphs in said(path)
        for p in paragraphs
        if p.month == month and not p.says_anything and p.is_latest
    ]


def texts(path: Path) -> list[str]:
    """The commentaries as calamine reads them."""
    cells = calamine_values(path)["Plan"]
    return [str(cells[name]) for name in cells if name.startswith("E") and name not in ("E4",)]


def fill_in(path: Path, month: Month) -> None:
    """Put words before each stamp that waits for them, as an officer does: in bold."""
    words = f"In {month} we went on. "
    workbook = openpyxl.load_workbook(path, rich_text=True)
    for sheet in workbook:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, CellRichText):
                    for block in cell.value:
                        if isinstance(block, TextBlock):
                            block.text = _filled(block.text, month, words)
    workbook.save(path)


def _filled(text: str, month: Month, words: str) -> str:
    bare = text.strip()
    is_stamp = bare.startswith(f"({month.name}") and bare.endswith(")")
    return text.replace("(", f"{words}(") if is_stamp else text
