"""What changed as lines: each fits the pattern that draws it."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.changes.content import PlanChanges
from sheetplan.changes.lines import sheet_texts
from sheetplan.changes.patterns import CHANGES_SHEETS, SINCE_SHEET
from sheetplan.changes.since_lines import section_lines, since_sheet
from sheetplan.model import Month
from sheetplan.model.pattern import SheetPatterns
from sheetplan.model.report_line import Line
from sheetplan.model.workbook_structure import SheetStructure, WorkbookStructure
from sheetplan.reports.patterns import SUMMARY_SHEET
from tests.changes.building import STANDARD, compare, plan

HEAD = "reference | action | director_lead | due_date | 2026-05 | 2026-06"
BEFORE = f"""Theme 1: Homes
{HEAD}
A1.1 | Mend the roof | Asha | Jul-26 | On track: Begun | On track: Going
A1.2 | Paint it      | Ben  | Jul-26 | On track: Begun | On track: Going
A1.3 | Sell it       | Ben  | Jul-26 | On track: Begun | On track: Going
"""
AFTER = f"""Theme 1: Homes
{HEAD}
A1.1 | Mend the whole roof | Asha | Oct-26 | Amber: Begun | Amber: Going
A1.9 | Paint it      | Ben  |        | On track: Begun | On track: Going
A2.1 | Let it        | Ben  | TBC    | On track: Begun | On track: Going
A2.1 | Let it twice  | Ben  | TBC    | On track: Begun | On track: Going
"""


def changes() -> PlanChanges:
    """A change of every kind but a move to another theme."""
    sheets = [SheetStructure(name, "visible", False) for name in ("Theme 1", "Notes")]
    return compare(
        plan(BEFORE, structure=WorkbookStructure(tuple(sheets[:1]))),
        plan(AFTER, structure=WorkbookStructure(tuple(sheets))),
    )


def refuse_unfit(lines: Iterable[Line], sheet: SheetPatterns) -> None:
    placeholders = {pattern.name: set(pattern.placeholders) for pattern in sheet.rows}
    for line in lines:
        assert set(line.values) == placeholders[line.pattern], line


def test_lines_of_the_workbook_fit_their_patterns():
    texts = sheet_texts(changes(), STANDARD)
    assert list(texts) == [sheet.sheet for sheet in CHANGES_SHEETS]
    for sheet in CHANGES_SHEETS:
        assert texts[sheet.sheet].lines
        refuse_unfit(texts[sheet.sheet].lines, sheet)
        assert set(texts[sheet.sheet].cells) == set(sheet.cells)


def test_lines_of_the_summary_fit_their_patterns():
    refuse_unfit(section_lines(changes(), STANDARD), SUMMARY_SHEET)
    sheet = since_sheet(changes(), Month(2026, 6), STANDARD)
    refuse_unfit(sheet.lines, SINCE_SHEET)
    assert set(sheet.cells) == set(SINCE_SHEET.cells)


def test_the_summary_says_how_dates_moved_in_words():
    said = [str(line.values.get("text")) for line in section_lines(changes(), STANDARD)]
    assert "Jul-26 → Oct-26 (3 months later)" in said
    assert "Jul-26 → Taken out" in said
