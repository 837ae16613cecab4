"""What the tests of new trackers do with them: make one, and fill it in as officers do."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

import sheetplan
from tests.judges import ROOT

THEMES = ("Finance", "People and culture")
STATUSES = ("On track", "Medium progress", "Complete", "Significant issues", "On hold", "On track")
FIRST_ROW = 5
TEMPLATE = ROOT / "workbook_templates" / "tracker_blank.xlsx"
SUPPORT = [
    "Recommendations", "Recommendation map", "Milestones", "Narrative", "Achievements", "Owners",
    "Change control", "Support lists",
]  # fmt: skip
LISTED = [
    "On track", "Medium progress", "Significant issues", "Not due to start", "Complete", "Closed",
    "On hold", "N/A", "Assurance action", "New action",
]  # fmt: skip


def blank(folder: Path, themes: Sequence[str] = THEMES, **options: object) -> Path:
    """A new tracker that begins in August 2026."""
    path = folder / "plan.xlsx"
    sheetplan.new(path, themes, **({"month": "2026-08"} | options))  # type: ignore[arg-type]
    return path


def opened(path: Path) -> Workbook:
    """The tracker as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        return openpyxl.load_workbook(path)


def fill_in(path: Path) -> dict[str, Counter[str]]:
    """Type a main action and six sub-actions into each theme; how often each status was typed."""
    book = opened(path)
    typed = {}
    for theme, code in zip(THEMES, ("FI", "PC"), strict=True):
        sheet = book[theme]
        typed[theme] = Counter({"N/A": 1})
        for at, status in enumerate(("N/A", *STATUSES)):
            update = f"Step {at} of {theme} was taken. AB 28/08/26" if at else ""
            row = [
                "Budget", f"{code}.A1.{at}", f"Do what {at} says", "Agreed – Oct-26" if not at
                else "", "", "Director of Finance", "Cllr Owusu", "", "", datetime(2026, 4, 1),
                datetime(2027, 3, 31), "" if at else "Focus 1", "S1" if at == 1 else "", status,
                update,
            ]  # fmt: skip
            for column, value in enumerate(row, 1):
                sheet.cell(FIRST_ROW + at, column).value = value or None
            if at:
                typed[theme][status] += 1
        (table,) = sheet.tables.values()  # which Excel makes longer when a row is typed below it
        table.ref = table.autoFilter.ref = f"A4:O{FIRST_ROW + len(STATUSES)}"
    book["Recommendations"]["C5"] = "Keep a budget."
    book.save(path)
    return typed
