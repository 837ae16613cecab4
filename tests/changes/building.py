"""Trackers as text tables, for tests of what changed between two of them. No workbook is opened."""

from __future__ import annotations

from sheetplan.changes.comparing import compare
from sheetplan.changes.content import PlanChanges, PlanFile
from sheetplan.model import Action, Month, MonthEntry, PlanDate, Reference, Theme, Tracker
from sheetplan.model.action import DATE_FIELDS, Columns
from sheetplan.model.workbook_structure import WorkbookStructure
from sheetplan.settings import load_profile

STANDARD = load_profile("standard")


def plan(
    *themes: str, name: str = "plan.xlsx", structure: WorkbookStructure | None = None
) -> PlanFile:
    """A tracker from tables, one for each theme.

    The first line is "sheet: title", the second has the headings: "reference", other fields by
    their names, and months such as "2026-06" whose cells are "status: update". In a cell \\n is a
    line break.
    """
    made = [_theme(text) for text in themes]
    months = sorted({month for theme in made for a in theme.actions for month in a.entries})
    return PlanFile(name, Tracker(tuple(made), tuple(months)), STANDARD, structure)


def changed(before: str, after: str) -> PlanChanges:
    """What changed between two trackers of one theme."""
    return compare(plan(before, name="older.xlsx"), plan(after, name="newer.xlsx"))


def _theme(text: str) -> Theme:
    head, headings, *rows = [line.strip() for line in text.strip().splitlines()]
    sheet, _, title = (piece.strip() for piece in head.partition(":"))
    names = [name.strip() for name in headings.split("|")]
    actions = [_action(row, names, sheet, at) for at, row in enumerate(rows, 3) if row]
    return Theme(title or sheet, sheet, tuple(actions))


def _action(line: str, names: list[str], sheet: str, row: int) -> Action:
    cells = [cell.strip().replace("\\n", "\n") for cell in line.split("|")]
    said = dict(zip(names, cells, strict=True))
    typed = said.pop("reference")
    months = {name: Month.parse(name) for name in said if name.startswith("20")}
    fields = {name: text for name, text in said.items() if text and name not in months}
    entries = {}
    for name, month in months.items():
        status, _, update = (piece.strip() for piece in said[name].partition(":"))
        entries[month] = MonthEntry(month, status, update)
    letters = {name: chr(ord("A") + at) for at, name in enumerate(names)}
    return Action(
        typed,
        Reference.parse(typed),
        sheet,
        row,
        fields,
        entries,
        {
            name: PlanDate.read(text, STANDARD.dates)
            for name, text in fields.items()
            if name in DATE_FIELDS
        },
        Columns(
            {name: letter for name, letter in letters.items() if name not in months},
            {month: {"status": letters[n], "update": letters[n]} for n, month in months.items()},
        ),
    )
