"""How an action's due date came to be what it is: the date that was agreed first, and each move.

An agreed date moves by change control only. What the tracker's log knows of moves, by change
control or found by comparing older copies of the tracker, is told here; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.reference import Reference


@dataclass(frozen=True)
class DateMove:
    """One move of a due date.

    Attributes:
        month: The reporting month in which the tracker first had the new date.
        before: The date before; None where there was none.
        after: The date after; None where it was taken out.
        is_approved: Whether change control agreed to it, as far as the tracker's records say.
    """

    month: Month
    before: PlanDate | None
    after: PlanDate | None
    is_approved: bool


@dataclass(frozen=True)
class DateHistory:
    """What is known of an action's due date.

    Attributes:
        original: The date that was agreed first; None where there was none.
        current: The date that holds now.
        moves: Every known move, oldest first.
        is_silent: Whether the date in the tracker is not the one that the last known move led to:
            it has moved again, and nothing says so.
    """

    original: PlanDate | None
    current: PlanDate | None
    moves: tuple[DateMove, ...] = ()
    is_silent: bool = False

    @property
    def times(self) -> int:
        """How often it has moved, the silent move counted."""
        return len(self.moves) + self.is_silent

    @property
    def slippage(self) -> int | None:
        """Months from the original date to the current one, less than 0 where it came forward.

        None where either names no last day.
        """
        if self.original is None or self.current is None:
            return None
        if self.original.last is None or self.current.last is None:
            return None
        return Month.of(self.current.last).months_since(Month.of(self.original.last))


@dataclass(frozen=True)
class DateRecords:
    """What the tracker's sheets say of its dates: the history of each action that has one, and the
    actions for which a change of the due date is asked for and not decided yet."""

    histories: Mapping[Reference, DateHistory] = field(default_factory=dict)
    awaiting: frozenset[Reference] = frozenset()
