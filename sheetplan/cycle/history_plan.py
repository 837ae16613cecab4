"""The plan of `history`: the moves of due dates that the Update log lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sheetplan.changes.date_moves import TrackerCopy
from sheetplan.changes.found_moves import FoundMove
from sheetplan.cycle.backups import DATE_HISTORY
from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.plain_data import plain
from sheetplan.model.date_history import DateHistory
from sheetplan.model.finding import Finding, Severity
from sheetplan.sheets.register_writing import RegisterPlan


@dataclass
class HistoryPlan(ChangePlan):
    """The moves that were found, and the entries that the Update log will have; nothing has been
    done.

    Attributes:
        copies: The copies that were compared, oldest first; the last is the tracker.
        moves: Every move that was found, by reference and month.
        histories: Each date that moved, by the reference as typed: the original, the current one,
            and every known move, those that were found among them.
        findings: What could not be read or compared.
        registers: What will be written into the Update log.
    """

    copies: Sequence[TrackerCopy]
    moves: tuple[FoundMove, ...]
    histories: tuple[tuple[str, DateHistory], ...]
    findings: tuple[Finding, ...]
    registers: RegisterPlan

    @property
    def name(self) -> str:
        return DATE_HISTORY

    @property
    def has_work(self) -> bool:
        return self.registers.has_work

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        return self.registers.agreed

    @property
    def added(self) -> tuple[FoundMove, ...]:
        """The moves that the Update log does not have yet."""
        return tuple(move for move in self.moves if not move.is_logged)

    @property
    def needs_attention(self) -> bool:
        """Whether there is something that a person should look at."""
        return any(finding.severity is not Severity.NOTE for finding in self.findings)

    def as_data(self) -> dict[str, Any]:
        return {
            "tracker": str(self.path),
            "compared": [{"file": copy.file, "month": copy.month.iso} for copy in self.copies],
            "moves": plain(self.moves),
            "added": len(self.added),
            "dates": [_date_data(reference, history) for reference, history in self.histories],
            "registers": self.registers.as_data(),
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        self.registers.carry_out()


def _date_data(reference: str, history: DateHistory) -> dict[str, Any]:
    """Where a date that moved stands; slippage in months from the original date."""
    return {
        "reference": reference,
        "original": None if history.original is None else history.original.text,
        "current": None if history.current is None else history.current.text,
        "times": history.times,
        "slippage": history.slippage,
    }
