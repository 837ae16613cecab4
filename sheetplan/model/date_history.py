"""How an action's due date came to be what it is: the date that was agreed first, and each move.

An agreed date moves by change control only. What the tracker's log knows of moves, by change
control or found by comparing older copies of the tracker, is told here; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.reference import Reference
from sheetplan.model.wording import compact

_NOT_SETTLED = (Precision.TO_BE_CONFIRMED, Precision.NOT_APPLICABLE, Precision.UNREADABLE)


def means_the_same(one: PlanDate | None, other: PlanDate | None) -> bool:
    """Whether two dates mean the same, however each is spelt: Mar-24 and March 2024.

    What cannot be read as a date means what it says.
    """
    if one is None or other is None:
        return one is other
    return _meaning(one) == _meaning(other)


def months_moved(before: PlanDate | None, after: PlanDate | None) -> int | None:
    """By how many months a date moved, from last day to last day; None where either names none.

    It is less than 0 where the date came forward.
    """
    if before is None or after is None or before.last is None or after.last is None:
        return None
    return Month.of(after.last).months_since(Month.of(before.last))


def is_settled(date: PlanDate | None) -> bool:
    """Whether there is a date that can have been agreed: "TBC" and "N/A" are none."""
    return date is not None and date.precision not in _NOT_SETTLED


def has_changed(before: PlanDate | None, after: PlanDate | None) -> bool:
    """Whether a plan now says another date than before.

    It does not where it says the same more exactly, as "15 March 2024" after "Mar-24", or less
    exactly within the month; where one of the two cannot be read; and where neither is settled.
    """
    if not (is_settled(before) or is_settled(after)) or means_the_same(before, after):
        return False
    if before is None or after is None:
        return True
    if Precision.UNREADABLE in (before.precision, after.precision):
        return False
    is_said_less_exactly = _lies_within(before, after) and months_moved(before, after) == 0
    return not (_lies_within(after, before) or is_said_less_exactly)


def _meaning(date: PlanDate) -> tuple[object, ...]:
    words = compact(date.text) if date.precision is Precision.UNREADABLE else ""
    return date.precision, date.first, date.last, date.months, words


def _lies_within(date: PlanDate, other: PlanDate) -> bool:
    if date.first is None or date.last is None or other.first is None or other.last is None:
        return False
    return other.first <= date.first and date.last <= other.last


@dataclass(frozen=True)
class DateMove:
    """One move of a due date.

    Attributes:
        month: The reporting month in which the tracker first had the new date; None where only its
            row tells of the move, by a revised date beside the first one.
        before: The date before; None where there was none.
        after: The date after; None where it was taken out.
        is_approved: Whether change control agreed to it, as far as the tracker's records say.
    """

    month: Month | None
    before: PlanDate | None
    after: PlanDate | None
    is_approved: bool


@dataclass(frozen=True)
class DateHistory:
    """What is known of an action's due date.

    Attributes:
        original: The date that was agreed first, as it stood before it moved; None where there
            was none.
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
        return months_moved(self.original, self.current)


@dataclass(frozen=True)
class DateRecords:
    """What the tracker's sheets say of its dates.

    Attributes:
        histories: The history of each action that has a date, or had one.
        awaiting: The actions for which a change of the due date is asked for and not decided yet.
        has_change_control: Whether the tracker has a Change control sheet, so that `awaiting` is
            all that there is.
    """

    histories: Mapping[Reference, DateHistory] = field(default_factory=dict)
    awaiting: frozenset[Reference] = frozenset()
    has_change_control: bool = False
