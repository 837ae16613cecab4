"""Moves of due dates as they are told: with what the tracker's own sheets know of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sheetplan.changes.date_moves import Move, TrackerCopy, find_moves, typed
from sheetplan.model.date_history import means_the_same, months_moved
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.owner_return import settled
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.reference import Reference
from sheetplan.model.return_records import (
    CHANGE_CONTROL,
    FOUND_BY_COMPARISON,
    LogRecord,
    RequestRecord,
    ReturnRecords,
)
from sheetplan.model.wording import compact
from sheetplan.reports.date_records import MOVING_FIELDS
from sheetplan.settings import Settings


@dataclass(frozen=True)
class FoundMove:
    """A date that is another in the newer of two copies.

    Attributes:
        reference: The action's.
        field: "due_date" or "revised_date".
        older: The name of the file that has `before`, and `older_month` its month.
        newer: The name of the file that has `after`, and `newer_month` its month.
        before: The date as typed; empty where there was none.
        after: The date as typed; empty where it was taken out.
        months: By how many months it moved; None where one of the two names no last day.
        change_control: "agreed" where change control agreed to the new date, "asked for" where it
            has yet to decide on it, and empty where it knows nothing of it.
        is_logged: Whether the Update log has the move already.
    """

    reference: str
    field: str
    older: str
    older_month: Month
    newer: str
    newer_month: Month
    before: str
    after: str
    months: int | None
    change_control: str = ""
    is_logged: bool = False

    def entry(self, now: datetime) -> LogRecord:
        """What the Update log will say of it."""
        return LogRecord(
            when=now,
            month=self.newer_month,
            file=self.newer,
            owner="",
            key=self.reference,
            field=self.field,
            before=self.before,
            after=self.after,
            what=FOUND_BY_COMPARISON,
        )


def compare_dates(
    copies: Sequence[TrackerCopy], registers: ReturnRecords, settings: Settings
) -> tuple[tuple[FoundMove, ...], tuple[Finding, ...]]:
    """Find what moved between copies of a tracker, and what could not be compared.

    Args:
        copies: The copies, oldest first; the last is the tracker itself.
        registers: What the tracker's Update log and Change control sheet say.
        settings: The council's words for dates.
    """
    moves, findings = find_moves(copies)
    log, asked = _Log(registers.log, settings), _Asked(registers.requests, settings)
    log.take(moves)
    return tuple(_told(move, log, asked) for move in moves), tuple(findings)


def _told(move: Move, log: _Log, asked: _Asked) -> FoundMove:
    return FoundMove(
        reference=str(move.reference),
        field=move.field,
        older=move.older.file,
        older_month=move.older.month,
        newer=move.newer.file,
        newer_month=move.newer.month,
        before=typed(move.before),
        after=typed(move.after),
        months=months_moved(move.before, move.after),
        change_control="agreed" if log.is_agreed(move) else asked.says(move),
        is_logged=log.has(move),
    )


class _Log:
    """What the Update log says of moved dates, each entry taken for one move at most."""

    def __init__(self, entries: Iterable[LogRecord], settings: Settings) -> None:
        self._entries: dict[tuple[Reference, str], list[_Entry]] = defaultdict(list)
        self._taken: dict[Move, list[_Entry]] = {}
        for entry in sorted(entries, key=lambda entry: (entry.month, entry.when)):
            reference = Reference.parse(entry.key) if entry.field in MOVING_FIELDS else None
            if reference is not None:
                self._entries[reference, entry.field].append(_Entry(entry, settings))

    def take(self, moves: Sequence[Move]) -> None:
        """Find the entries that tell of each move: those of its own months; then those of change
        control, which may have been carried out earlier or later than the copies show."""
        for move in moves:
            months = move.older.month, move.newer.month
            self._take(move, partial(_Entry.is_between, months=months))
        for move in moves:
            if move not in self._taken:
                self._take(move, lambda entry: entry.is_agreed)

    def _take(self, move: Move, may_tell: Callable[[_Entry], bool]) -> None:
        entries = self._entries[move.reference, move.field]
        way = _way(move.before, move.after, list(filter(may_tell, entries)))
        if way:
            self._taken[move] = way
            entries[:] = [entry for entry in entries if entry not in way]

    def has(self, move: Move) -> bool:
        """Whether the log tells of a move, perhaps in several steps."""
        return move in self._taken

    def is_agreed(self, move: Move) -> bool:
        """Whether it says that change control agreed."""
        way = self._taken.get(move, ())
        return bool(way) and all(entry.is_agreed for entry in way)


class _Entry:
    """An entry of the Update log, with its dates as they are understood."""

    def __init__(self, entry: LogRecord, settings: Settings) -> None:
        self.month = entry.month
        self.before = _read(entry.before, settings)
        self.after = _read(entry.after, settings)
        self.is_agreed = compact(entry.what) == compact(CHANGE_CONTROL)

    def is_between(self, months: tuple[Month, Month]) -> bool:
        """Whether its month is one of these or lies between them."""
        first, last = months
        return first <= self.month <= last


def _way(
    before: PlanDate | None, after: PlanDate | None, entries: Sequence[_Entry]
) -> list[_Entry]:
    """The entries that lead from one date to another: a single one, or else one after the other."""
    for entry in entries:
        if _is_same(entry.before, before) and _is_same(entry.after, after):
            return [entry]
    held, way = before, []
    for entry in entries:
        if _is_same(entry.before, held):
            held = entry.after
            way.append(entry)
            if _is_same(held, after):
                return way
    return []


class _Asked:
    """The dates that are asked for at change control."""

    def __init__(self, requests: Iterable[RequestRecord], settings: Settings) -> None:
        self._agreed: dict[Reference, list[PlanDate | None]] = defaultdict(list)
        self._open: dict[Reference, list[PlanDate | None]] = defaultdict(list)
        for request in requests:
            reference = Reference.parse(request.key) if request.field in MOVING_FIELDS else None
            if reference is None or not request.after.strip():
                continue
            if request.is_agreed:
                self._agreed[reference].append(_read(request.after, settings))
            elif request.is_open:
                self._open[reference].append(_read(request.after, settings))

    def says(self, move: Move) -> str:
        """What change control knows of a move."""
        if _is_among(move.after, self._agreed[move.reference]):
            return "agreed"
        return "asked for" if _is_among(move.after, self._open[move.reference]) else ""


def _read(text: str, settings: Settings) -> PlanDate | None:
    typed = settled(text)
    return PlanDate.read(typed, settings.dates) if typed else None


def _is_same(one: PlanDate | None, other: PlanDate | None) -> bool:
    return means_the_same(one, other) or settled(typed(one)) == settled(typed(other))


def _is_among(date: PlanDate | None, dates: Iterable[PlanDate | None]) -> bool:
    return any(_is_same(date, other) for other in dates)
