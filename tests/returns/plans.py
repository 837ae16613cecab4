"""Plans to ask about, from tables of text."""

from __future__ import annotations

from sheetplan.model import Action, Month, MonthEntry, Reference, Theme, Tracker
from sheetplan.model.action import Columns
from sheetplan.returns.content import Asking
from tests.reports.building import JULY, JUNE

COLUMNS = Columns(
    {"reference": "A", "director_lead": "F", "update_owner": "I"},
    {JUNE: {"status": "M", "update": "N"}, JULY: {"status": "O", "update": "P"}},
)


def plan(
    *tables: str, columns: Columns = COLUMNS, months: tuple[Month, ...] = (JUNE, JULY)
) -> Tracker:
    """A tracker from tables of: reference | lead | update owner | status of each month."""
    return Tracker(
        tuple(
            Theme(f"Theme {number}", f"Sheet {number}", tuple(_actions(table, number, columns)))
            for number, table in enumerate(tables, 1)
        ),
        months,
    )


def _actions(table: str, number: int, columns: Columns) -> list[Action]:
    lines = [line for line in table.strip().splitlines() if line.strip()]
    return [_action(line, f"Sheet {number}", row, columns) for row, line in enumerate(lines, 5)]


def _action(line: str, sheet: str, row: int, columns: Columns) -> Action:
    typed, lead, owner, *statuses = [cell.strip() for cell in line.split("|")]
    fields = {"director_lead": lead, "update_owner": owner.replace("\\n", "\n")}
    return Action(
        typed,
        Reference.parse(typed),
        sheet,
        row,
        {name: value for name, value in fields.items() if value},
        {m: MonthEntry(m, s) for m, s in zip((JUNE, JULY), statuses, strict=False)},
        columns=columns,
    )


def asked(asking: Asking) -> dict[str, list[str]]:
    """The keys of the rows that each owner is asked for."""
    return {rows.owner.name: [row.key for row in rows.asked] for rows in asking.owners}


def said(asking: Asking) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.place, finding.severity.value) for finding in asking.findings]
