"""The plan of a new tracker: what it will hold, to be shown and then written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetplan.cycle.new_themes import NewTheme
from sheetplan.model.month import Month
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.workbook import Workbook


@dataclass(frozen=True)
class NewPlan:
    """A tracker that is ready to be written; nothing has been.

    Attributes:
        path: The new file.
        workbook: The tracker.
        month: Its first month.
        themes: Its themes, with the actions that they begin with.
        is_protected: Whether headings and the columns of the plan are locked.
        profile: Whose words it has.
        left_out: The codes of recommendations that the register says are not monitored through
            the plan.
    """

    path: Path
    workbook: Workbook
    month: Month
    themes: tuple[NewTheme, ...]
    is_protected: bool
    profile: str
    left_out: tuple[str, ...] = ()

    @property
    def recommendations(self) -> int:
        """How many recommendations became actions."""
        return sum(bool(action.code) for theme in self.themes for action in theme.actions)

    @property
    def other_sheets(self) -> list[str]:
        """The sheets that it has besides those of the themes."""
        own = {theme.name for theme in self.themes}
        return [name for name in self.workbook.sheet_names if name not in own]

    def as_data(self) -> dict[str, Any]:
        """What the tracker will hold, as plain data."""
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "profile": self.profile,
            "protected": self.is_protected,
            "themes": [
                {
                    "theme": theme.name,
                    "code": theme.code,
                    "actions": [action.reference for action in theme.actions],
                }
                for theme in self.themes
            ],
            "recommendations": self.recommendations,
            "not_monitored": list(self.left_out),
            "other_sheets": self.other_sheets,
        }

    def apply(self) -> NewResult:
        """Write the tracker.

        Raises:
            CannotWriteError: there is such a file by now; no room, no permission.
        """
        save_new(self.workbook.package, self.path)
        return NewResult(self, self.path)


@dataclass(frozen=True)
class NewResult:
    """A tracker that was written."""

    plan: NewPlan
    output: Path

    def as_data(self) -> dict[str, Any]:
        """What it holds, and where, as plain data."""
        return {**self.plan.as_data(), "output": str(self.output)}
