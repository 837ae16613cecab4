"""Accessibility: what in a workbook keeps people with disabilities from reading it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetplan.cycle.files import saying_which_file
from sheetplan.errors import SheetNotFoundError
from sheetplan.model.colour import Colours
from sheetplan.ooxml.accessibility.breach import Breach
from sheetplan.ooxml.accessibility.checking import breaches_of
from sheetplan.ooxml.accessibility.rules import RULES
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import find_settings
from sheetplan.sheets.reading import read_layouts


@dataclass(frozen=True)
class AccessibilityReport:
    """The rules that a workbook breaks.

    Attributes:
        path: The workbook.
        sheets: The sheets that were looked at.
        is_whole: Whether the workbook as a whole was looked at too: its properties, for example.
        breaches: What breaks them: first in the workbook, then sheet by sheet, essential first.
    """

    path: Path
    sheets: tuple[str, ...]
    is_whole: bool
    breaches: tuple[Breach, ...]

    @property
    def essential(self) -> tuple[Breach, ...]:
        """The breaches of essential rules."""
        return tuple(breach for breach in self.breaches if breach.rule.is_essential)

    @property
    def desirable(self) -> tuple[Breach, ...]:
        """The breaches of desirable rules."""
        return tuple(breach for breach in self.breaches if not breach.rule.is_essential)

    def as_data(self) -> dict[str, Any]:
        """All of it as plain data, with all rules and whether each is kept."""
        broken = {breach.rule.number for breach in self.breaches}
        return {
            "workbook": str(self.path),
            "sheets": list(self.sheets),
            "whole_workbook": self.is_whole,
            "essential_rules_broken": len({b.rule.number for b in self.essential}),
            "desirable_rules_broken": len({b.rule.number for b in self.desirable}),
            "breaches": [
                {
                    "rule": breach.rule.number,
                    "level": breach.rule.level,
                    "sheet": breach.sheet or None,
                    "places": list(breach.places),
                    "message": breach.message,
                    "remedy": breach.remedy,
                }
                for breach in self.breaches
            ],
            "rules": [
                {
                    "rule": rule.number,
                    "name": rule.name,
                    "level": rule.level,
                    "matters_for": rule.audience.value,
                    "why": rule.why,
                    "source": rule.source,
                    "is_broken": rule.number in broken,
                }
                for rule in RULES.values()
            ],
        }


def accessibility(
    workbook: str | Path,
    *,
    sheets: Collection[str] = (),
    tracker: bool = False,
    profile: str | Path | None = None,
) -> AccessibilityReport:
    """Check a workbook against the rules of accessible spreadsheets; nothing is written.

    Args:
        workbook: The workbook; any one, not only a tracker.
        sheets: Look at these sheets alone, hidden or not; at the workbook and all its visible
            sheets when empty.
        tracker: Look at the tracker sheets (too), as a profile finds them.
        profile: A settings file or the name of a built-in profile, to find tracker sheets with;
            the nearest sheetplan.toml when None.

    Raises:
        WorkbookError: the file cannot be read.
        SheetNotFoundError: it has no sheet of a name, or no tracker sheet.
        SettingsError: the settings cannot be understood.
    """
    path = Path(workbook)
    with saying_which_file(path):
        opened = Workbook.open(path)
        chosen = [_sheet(opened, path, name) for name in sheets]
        if tracker:
            settings = find_settings(path, profile)
            chosen += [item.sheet.name for item in read_layouts(opened, settings).trackers]
        is_whole = not chosen
        names = chosen or [sheet.name for sheet in opened.sheets if sheet.state == "visible"]
        found = breaches_of(opened, _contrast, None if is_whole else set(chosen))
        return AccessibilityReport(path, tuple(dict.fromkeys(names)), is_whole, tuple(found))


def _contrast(fill: str, text: str) -> float:
    return Colours(fill, text).contrast


def _sheet(workbook: Workbook, path: Path, name: str) -> str:
    """The name of a sheet as the workbook spells it."""
    if name in workbook:
        return workbook[name].name
    names = ", ".join(f'"{sheet.name}"' for sheet in workbook.sheets)
    raise SheetNotFoundError(
        f'no worksheet is called "{name}".',
        where=path,
        remedy=f"It has: {names}." if names else "It has no worksheets.",
    )
