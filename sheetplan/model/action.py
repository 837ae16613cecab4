"""The tracker as data: themes, their actions, and what was said of each action in each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetplan.model.month import Month
from sheetplan.model.reference import Reference

FieldValue = str | float | date
"""What a cell of an action holds; a blank cell has no value and is left out."""


@dataclass(frozen=True)
class MonthEntry:
    """What an action's row says for one month, as typed. A blank cell is empty text."""

    month: Month
    status: str = ""
    update: str = ""


@dataclass(frozen=True)
class Action:
    """A row of the tracker.

    `reference_text` is the reference as typed; `reference` is None where that cannot be read as
    one. `fields` holds the row's other cells by the name of their field.
    """

    reference_text: str
    reference: Reference | None
    sheet: str
    row: int
    fields: Mapping[str, FieldValue]
    entries: Mapping[Month, MonthEntry]


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
