"""When due dates moved, found by comparing copies of a tracker from different months.

Actions are compared by reference, each copy with the last before it in which the action has a date
that can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sheetplan.model.action import Action, Tracker
from sheetplan.model.date_history import has_changed, means_the_same
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.reference import Reference
from sheetplan.model.wording import listed, shortened
from sheetplan.reports.date_records import MOVING_FIELDS


@dataclass(frozen=True)
class TrackerCopy:
    """A copy of the tracker: the name of its file, the month that it is of, and its actions."""

    file: str
    month: Month
    tracker: Tracker = field(repr=False)


@dataclass(frozen=True, eq=False)
class Move:
    """A date that is another in the newer of two copies. Each move is one of its own."""

    reference: Reference
    field: str
    older: TrackerCopy
    newer: TrackerCopy
    before: PlanDate | None
    after: PlanDate | None


def find_moves(copies: Iterable[TrackerCopy]) -> tuple[list[Move], list[Finding]]:
    """The moves of dates between copies of a tracker, the oldest first, by reference and month; and
    what could not be compared."""
    comparing = _Comparing()
    for copy in copies:
        comparing.add(copy)
    moves = sorted(comparing.moves, key=lambda move: (move.reference, move.newer.month))
    return moves, comparing.findings


def typed(date: PlanDate | None) -> str:
    """A date as typed; empty where there is none."""
    return date.text if date is not None else ""


class _Comparing:
    """Takes the copies one after the other, and knows the last date of each action."""

    def __init__(self) -> None:
        self.moves: list[Move] = []
        self.findings: list[Finding] = []
        self._last: dict[tuple[Reference, str], tuple[TrackerCopy, PlanDate | None]] = {}
        self._previous: tuple[TrackerCopy, set[Reference]] | None = None

    def add(self, copy: TrackerCopy) -> None:
        """Compare a copy with those before it."""
        actions = self._once_each(copy)
        references = set(actions)
        if self._previous is not None and references.isdisjoint(self._previous[1]):
            self.findings.append(_nothing_shared(self._previous[0], copy))
        self._previous = copy, references
        for reference, action in actions.items():
            fields = [name for name in MOVING_FIELDS if _has_column(action, name)]
            for name in fields:
                self._compare(reference, name, copy, action)
            known = self._last.get((reference, "revised_date"), (copy, None))[1]
            if fields == ["due_date"] and known is None:
                self._last[reference, "revised_date"] = copy, None  # its column may come

    def _once_each(self, copy: TrackerCopy) -> dict[Reference, Action]:
        """The actions whose reference no other row has."""
        read = [action for action in copy.tracker.actions if action.reference is not None]
        times = Counter(action.reference for action in read)
        repeated = [action for action in read if times[action.reference] > 1]
        if repeated:
            self.findings.append(_repeated(copy, repeated))
        return {a.reference: a for a in read if a.reference and times[a.reference] == 1}

    def _compare(self, reference: Reference, name: str, copy: TrackerCopy, action: Action) -> None:
        date, key = action.dates.get(name), (reference, name)
        older, before = self._last.get(key, (copy, date))
        if _is_unreadable(date) or _is_unreadable(before):
            if not means_the_same(before, date):
                self.findings.append(_unreadable(older, before, copy, action, name))
        elif has_changed(before, date) and not _is_said_by_the_due_date(name, before, action):
            self.moves.append(Move(reference, name, older, copy, before, date))
        if not _is_unreadable(date) or key not in self._last:
            self._last[key] = copy, date


def _is_unreadable(date: PlanDate | None) -> bool:
    return date is not None and date.precision is Precision.UNREADABLE


def _is_said_by_the_due_date(name: str, before: PlanDate | None, action: Action) -> bool:
    """Whether a revised date came, and says what the due date beside it says."""
    if name != "revised_date" or before is not None:
        return False
    return means_the_same(action.dates.get(name), action.dates.get("due_date"))


def _has_column(action: Action, name: str) -> bool:
    return action.columns is None or name in action.columns.fields


# ---------------------------------------------------------------- what could not be compared


def _nothing_shared(older: TrackerCopy, newer: TrackerCopy) -> Finding:
    return Finding(
        "no-reference-shared",
        Severity.WARNING,
        older.file,
        "",
        "",
        f"no reference of this file is in {newer.file}, so nothing could be compared between the "
        "two. Look whether it is an older copy of this plan.",
    )


def _repeated(copy: TrackerCopy, actions: Sequence[Action]) -> Finding:
    references = list(dict.fromkeys(str(action.reference) for action in actions))
    return Finding(
        "reference-repeated",
        Severity.WARNING,
        copy.file,
        "",
        "",
        f"several rows have the reference {listed(references)}, so nobody can tell whose dates "
        "are whose, and they are left out. Give each row its own.",
    )


def _unreadable(
    older: TrackerCopy, before: PlanDate | None, newer: TrackerCopy, action: Action, name: str
) -> Finding:
    date = action.dates.get(name)
    unread = newer.file if _is_unreadable(date) else older.file
    said = [f'"{text}"' if text else "no date" for text in (_typed(before), _typed(date))]
    return Finding(
        "date-unreadable",
        Severity.WARNING,
        f"{newer.file}, {action.sheet}",
        action.cell(name),
        action.reference_text,
        f"{older.file} has {said[0]} and {newer.file} has {said[1]}. The one in {unread} cannot be "
        "read as a date, so whether it moved cannot be told. If it did, enter it in the Update "
        "log.",
    )


def _typed(date: PlanDate | None) -> str:
    return shortened(typed(date))
