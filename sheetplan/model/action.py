"""The tracker as data: themes, their actions, and what was said of each action in each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.reference import Reference
from sheetplan.model.wording import run_on

FieldValue = str | float | date
"""What a cell of an action holds; a blank cell has no value and is left out."""


DATE_FIELDS = ("start_date", "due_date", "revised_date")
"""The fields that hold a date."""


class MonthEntry(NamedTuple):
    """What an action's row says for one month, as typed. A blank cell is empty text.

    `is_inferred` is whether nobody typed the status: a plan without month columns tells it by
    colours, or by words that say nothing to the contrary.
    """

    month: Month
    status: str = ""
    update: str = ""
    is_inferred: bool = False


@dataclass(frozen=True)
class Columns:
    """Where a sheet keeps what it says of its actions: letters of columns, by field."""

    fields: Mapping[str, str]
    months: Mapping[Month, Mapping[str, str]]


@dataclass(frozen=True)
class Action:
    """A row of the tracker.

    `reference_text` is the reference as typed; `reference` is None where that cannot be read as
    one. `fields` holds the row's other cells by the name of their field, `dates` what is meant by
    those that hold a date, and `entries` every month of its sheet.
    """

    reference_text: str
    reference: Reference | None
    sheet: str
    row: int
    fields: Mapping[str, FieldValue]
    entries: Mapping[Month, MonthEntry]
    dates: Mapping[str, PlanDate] = field(default_factory=dict)
    columns: Columns | None = field(default=None, repr=False, compare=False)

    @property
    def title(self) -> str:
        """What is to be done, on one line."""
        value = self.fields.get("action", "")
        return run_on(value) if isinstance(value, str) else self.words("action")

    @property
    def due(self) -> PlanDate | None:
        """The due date that holds: the revised one where it names a day, else the first."""
        revised = self.dates.get("revised_date")
        if revised is not None and revised.names_a_day:
            return revised
        return self.dates.get("due_date", revised)

    def words(self, name: str) -> str:
        """What a field says, on one line; empty for a blank cell."""
        value = self.fields.get(name, "")
        return f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())

    def status(self, month: Month) -> str:
        """What the row says of its status in a month; empty where it says nothing."""
        entry = self.entries.get(month)
        return entry.status if entry else ""

    def typed_status(self, month: Month) -> str:
        """The same, but empty where it follows from something else that the row says."""
        entry = self.entries.get(month)
        return entry.status if entry and not entry.is_inferred else ""

    def update(self, month: Month) -> str:
        """What the row says of a month's work; empty where it says nothing."""
        entry = self.entries.get(month)
        return entry.update if entry else ""

    def cell(self, name: str, month: Month | None = None) -> str:
        """The cell of a field, such as "K5"; of a month's own field with `month`. Empty where the
        sheet has no such column."""
        if self.columns is None:
            return ""
        fields = self.columns.fields if month is None else self.columns.months.get(month, {})
        return f"{fields[name]}{self.row}" if name in fields else ""


@dataclass(frozen=True)
class Theme:
    """A sheet of the tracker: its title and its actions in their order."""

    title: str
    sheet: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Tracker:
    """A council's Improvement Plan: its themes, and the months that have columns, oldest first."""

    themes: tuple[Theme, ...]
    months: tuple[Month, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of every theme, in the order of the tracker."""
        return tuple(action for theme in self.themes for action in theme.actions)
