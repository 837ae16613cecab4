"""Plans as text tables, for tests of what checks find. No workbook is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.checking import check
from sheetplan.checks.rule import Rule
from sheetplan.model import Action, Month, Tracker
from sheetplan.model.action import DATE_FIELDS, Columns
from sheetplan.settings import FIELD_NAMES, Settings
from tests.reports.building import JULY, JUNE, STANDARD, date, tracker

_MONTHLY = ("status", "update")


def plan(
    *themes: str,
    months: tuple[Month, ...] = (JUNE, JULY),
    month: Month | None = None,
    settings: Settings = STANDARD,
    columns: Collection[str] = FIELD_NAMES,
    **more: Any,
) -> CheckedPlan:
    """A plan from tables such as those of `tracker`, which leave out what is not of interest.

    reference | focus | due | what each month says, as "status: update"

    Any cell of a line may set a field, wherever it stands: "director_lead=Jo Smith", or empty it:
    "workstream=". A field typed as "\\n" has a line break there. Rows are counted from 5 on each
    sheet, which is "Sheet 1", "Sheet 2", and every field has a column.

    Args:
        themes: The tables.
        months: The months that have columns.
        month: The month that is checked; the last one when None.
        settings: The council's settings.
        columns: The fields that the sheets have columns for.
        more: What else a CheckedPlan knows: `records`, `owners`, `dates`, `facts`.
    """
    plain = tracker(*map(_without_set_fields, themes), months=months)
    letters = _columns(columns, months)
    made = []
    for theme, table in zip(plain.themes, themes, strict=True):
        rows = zip(theme.actions, _set_fields(table), strict=True)
        actions = tuple(_with(action, values, letters) for action, values in rows)
        made.append(replace(theme, actions=actions))
    return CheckedPlan(Tracker(tuple(made), months), month or months[-1], settings, **more)


def found(rule: Rule, plan: CheckedPlan) -> list[tuple[str, str]]:
    """What a rule finds by itself: the reference of each place, and what is said of it."""
    return [(place.reference, found.message) for found in rule.find(plan) for place in found.places]


def graded(rule: Rule, plan: CheckedPlan) -> dict[str, str]:
    """How much each finding of a rule matters, by the reference of its place."""
    return {
        place.reference: (found.severity or rule.severity).value
        for found in rule.find(plan)
        for place in found.places
    }


def told(
    plan: CheckedPlan, only: Collection[str] = (), answers: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """What a check tells, beside all other rules: the code and the reference of each place."""
    return [
        (challenge.code, place.reference)
        for challenge in check(plan, only=only, answers=answers).challenges
        for place in challenge.places
    ]


def _with(action: Action, values: dict[str, str], columns: Columns) -> Action:
    """An action with fields set or emptied, and with its columns."""
    fields = {**action.fields, **values}
    dates = {
        **action.dates,
        **{name: date(text) for name, text in values.items() if name in DATE_FIELDS},
    }
    return replace(
        action,
        fields={name: value for name, value in fields.items() if value != ""},
        dates={name: value for name, value in dates.items() if value.text},
        columns=columns,
    )


def _columns(fields: Collection[str], months: tuple[Month, ...]) -> Columns:
    names = [name for name in FIELD_NAMES if name in fields and name not in _MONTHLY]
    first = len(names) + 1
    return Columns(
        {name: get_column_letter(number) for number, name in enumerate(names, start=1)},
        {
            month: {
                name: get_column_letter(first + 2 * place + offset)
                for offset, name in enumerate(_MONTHLY)
            }
            for place, month in enumerate(months)
        },
    )


def _lines(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


def _set_fields(table: str) -> list[dict[str, str]]:
    """The fields that each line of a table sets."""
    return [
        {
            name.strip(): value.strip().replace("\\n", "\n")
            for name, is_set, value in (cell.partition("=") for cell in line.split("|"))
            if is_set and name.strip() in FIELD_NAMES
        }
        for line in _lines(table)[1:]
        if line
    ]


def _without_set_fields(table: str) -> str:
    """A table with the cells that `tracker` knows, and at least three of them."""
    title, *rows = _lines(table)
    lines = [title]
    for row in rows:
        cells = [
            cell for cell in row.split("|") if cell.partition("=")[0].strip() not in FIELD_NAMES
        ]
        lines.append("|".join([*cells, "", ""][: max(3, len(cells))]) if row else "")
    return "\n".join(lines)


def lines(text: str) -> list[str]:
    """The lines of a text; "\\n" stands for a line break."""
    return [line.strip().replace("\\n", "\n") for line in text.strip().splitlines()]
