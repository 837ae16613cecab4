"""Trackers as text tables, for tests of what reports say. No workbook is opened."""

from __future__ import annotations

from sheetplan.model import Action, Month, MonthEntry, Reference, Theme, Tracker
from sheetplan.model.plan_date import PlanDate
from sheetplan.settings import Settings, load_profile

STANDARD = load_profile("standard")
MAY, JUNE, JULY = Month(2026, 5), Month(2026, 6), Month(2026, 7)


def tracker(*themes: str, months: tuple[Month, ...] = (JUNE, JULY)) -> Tracker:
    """A tracker from tables: a title, and a line for each action.

    reference | focus | due | what each month says, as "status: update"

    The workstream of BC.A1.2 is "Work A1" and its action "Do BC.A1.2"; a due date such as
    "Apr-26 > Jun-26" has been revised; "@S1, S2" after the due date is the recommendations column.
    """
    return Tracker(
        tuple(_theme(text, number, months) for number, text in enumerate(themes, start=1)), months
    )


def date(text: str, settings: Settings = STANDARD) -> PlanDate:
    """A date as it is read from a cell."""
    return PlanDate.read(text, settings.dates)


def _theme(text: str, number: int, months: tuple[Month, ...]) -> Theme:
    title, *rows = [line.strip() for line in text.strip().splitlines()]
    sheet = f"Sheet {number}"
    actions = [_action(row, sheet, at, months) for at, row in enumerate(rows, start=5) if row]
    return Theme(title, sheet, tuple(actions))


def _action(line: str, sheet: str, row: int, months: tuple[Month, ...]) -> Action:
    typed, focus, due, *said = [cell.strip() for cell in line.split("|")]
    reference = Reference.parse(typed)
    assert reference is not None
    due, _, codes = (piece.strip() for piece in due.partition("@"))
    due, _, revised = (piece.strip() for piece in due.partition(">"))
    stem = reference.canonical.partition(".")[2].rpartition(".")[0]
    fields = {
        "workstream": f"Work {stem}" if stem else "",
        "action": f"Do {typed}",
        "director_lead": "Head of Finance",
        "focus": focus,
        "due_date": due,
        "revised_date": revised,
        "recommendations": codes,
    }
    dates = {"due_date": due, "revised_date": revised}
    entries = {}
    for month, cell in zip(months, said, strict=False):
        status, _, update = (piece.strip() for piece in cell.partition(":"))
        entries[month] = MonthEntry(month, status, update)
    return Action(
        typed,
        reference,
        sheet,
        row,
        {name: value for name, value in fields.items() if value},
        entries,
        {name: date(value) for name, value in dates.items() if value},
    )
