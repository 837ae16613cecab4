"""The plan of `check`: what was found in a tracker, and what its sheet Findings will say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sheetplan.checks.content import Challenge, Checking
from sheetplan.cycle.backups import CHECKING
from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.plain_data import plain
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.sheets.register_writing import RegisterPlan


@dataclass
class CheckPlan(ChangePlan):
    """What a check found, and what of it will be written; nothing has been done.

    Attributes:
        checking: What was found.
        latest_month: The tracker's latest month, which may not be filled in yet.
        newest_filled: The newest month that is; None where none is.
        rules: The codes of the rules that were asked for; all when empty.
        doubts: What cannot be read on the sheets beside the plan, so that it was not checked.
        registers: What the sheet Findings will say; None where nothing is to be written.
    """

    checking: Checking
    latest_month: Month
    newest_filled: Month | None
    rules: frozenset[str]
    doubts: tuple[Finding, ...]
    registers: RegisterPlan | None

    @property
    def month(self) -> Month:
        """The month that was checked."""
        return self.checking.month

    @property
    def name(self) -> str:
        return f"{CHECKING} {self.month}"

    @property
    def has_work(self) -> bool:
        return self.registers is not None and self.registers.has_work

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        return frozenset() if self.registers is None else self.registers.agreed

    @property
    def answered(self) -> tuple[Challenge, ...]:
        """What officers have answered."""
        return tuple(found for found in self.checking.challenges if found.is_answered)

    def open_of(self, severity: Severity) -> tuple[Challenge, ...]:
        """What nobody has answered, of one severity."""
        return tuple(found for found in self.checking.open if found.severity is severity)

    @property
    def has_errors(self) -> bool:
        """Whether there is an error that nobody has answered."""
        return bool(self.open_of(Severity.ERROR))

    @property
    def rows_added(self) -> int:
        """How many rows the sheet Findings gets."""
        if self.registers is None:
            return 0
        return sum(len(edit.added) for edit in self.registers.edits) + sum(
            len(new.rows) for new in self.registers.new
        )

    @property
    def rows_changed(self) -> int:
        """How many of its rows will say something else."""
        edits = () if self.registers is None else self.registers.edits
        return sum(len({cell.row for cell in edit.changed}) for edit in edits)

    def as_data(self) -> dict[str, Any]:
        totals = {f"{severity.value}s": self.open_of(severity) for severity in Severity}
        totals["answered"] = self.answered
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "latest_month": self.latest_month.iso,
            "newest_filled": plain(self.newest_filled),
            "rules": self.checking.rules,
            "only": sorted(self.rules),
            "totals": {name: _counts(found) for name, found in totals.items()},
            "findings": [_data(found) for found in self.checking.challenges],
            "off": dict(self.checking.off),
            "knock_on": self.checking.knock_on,
            "doubts": plain(self.doubts),
            "registers": [] if self.registers is None else self.registers.as_data(),
        }

    def carry_out(self) -> None:
        assert self.registers is not None
        self.registers.carry_out()


def _counts(found: Iterable[Challenge]) -> dict[str, int]:
    found = tuple(found)
    return {"findings": len(found), "places": sum(len(one.places) for one in found)}


def _data(found: Challenge) -> dict[str, Any]:
    """A finding as plain data, each place with the key by which it is known again."""
    return {
        "rule": found.code,
        "family": found.family,
        "severity": found.severity.value,
        "message": found.message,
        "why": found.why,
        "answer": found.answer,
        "places": [
            {**plain(place._asdict()), "key": key}
            for place, key in zip(found.places, found.keys, strict=True)
        ],
    }
