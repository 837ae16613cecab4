"""What a tracker's own sheets say of its due dates: where each began, and each move since.

A move is known from the Update log, from an agreed request, or from the row itself where a revised
date stands beside the first one. What none of them says is not guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TypeVar

from sheetplan.model.action import Action, Tracker
from sheetplan.model.date_history import (
    DateHistory,
    DateMove,
    DateRecords,
    has_changed,
    is_settled,
    means_the_same,
)
from sheetplan.model.month import Month
from sheetplan.model.owner_return import settled
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.reference import Reference
from sheetplan.model.return_records import CHANGE_CONTROL, LogRecord, RequestRecord, ReturnRecords
from sheetplan.model.wording import compact
from sheetplan.settings import Settings

MOVING_FIELDS = ("due_date", "revised_date")
"""The fields by which a due date moves."""

_Record = TypeVar("_Record", LogRecord, RequestRecord)


def date_records(tracker: Tracker, registers: ReturnRecords, settings: Settings) -> DateRecords:
    """What the tracker's sheets say of its due dates.

    Rows that share a reference have no history, since nobody can tell whose it is.

    Args:
        tracker: The actions.
        registers: What the Update log and the Change control sheet say.
        settings: The council's words for dates.
    """
    log = _by_reference(registers.log)
    requests = _by_reference(registers.requests)
    rows = Counter(action.reference for action in tracker.actions)
    histories = {}
    for action in tracker.actions:
        reference = action.reference
        if reference is None or rows[reference] > 1:
            continue
        entries, asked = log.get(reference, ()), requests.get(reference, ())
        if entries or asked or action.due is not None:
            known = _Moves(action, entries, asked, settings)
            histories[reference] = known.history(tracker.months[-1])
    return DateRecords(
        histories=histories,
        awaiting=frozenset(
            reference
            for reference, asked in requests.items()
            if any(request.is_open for request in asked)
        ),
        has_change_control=_has_change_control(registers),
    )


def _has_change_control(registers: ReturnRecords) -> bool:
    """Whether the tracker has a Change control sheet that can be read as one."""
    sheet = registers.sheets.get("requests")
    unread = (f.sheet for f in registers.findings if f.code == "support-column-missing")
    return sheet is not None and sheet not in unread


def _by_reference(records: Iterable[_Record]) -> Mapping[Reference, Sequence[_Record]]:
    """The records of moved dates, by the action that they are of."""
    found: dict[Reference, list[_Record]] = defaultdict(list)
    for record in records:
        if record.field in MOVING_FIELDS and (reference := Reference.parse(record.key)):
            found[reference].append(record)
    return found


@dataclass(frozen=True)
class _Event:
    """A field of an action that was given another date, as a record says."""

    month: Month
    when: datetime
    field: str
    before: PlanDate | None
    after: PlanDate | None
    is_approved: bool
    says_before: bool = True

    @property
    def place(self) -> int:
        """Where it stands among those of one moment: a revised date comes before the due date
        beside it changes, and goes after that, since it is the one that holds."""
        if self.field == "due_date":
            return 1
        return 0 if is_settled(self.after) else 2


class _Moves:
    """What the records say of one action's due date.

    Args:
        action: The action.
        log: What the Update log says of its dates.
        requests: What is asked for at change control.
        settings: The council's words for dates.
    """

    def __init__(
        self,
        action: Action,
        log: Iterable[LogRecord],
        requests: Iterable[RequestRecord],
        settings: Settings,
    ) -> None:
        self._action = action
        self._words = settings.dates
        self._log = [
            _Event(
                entry.month, entry.when, entry.field,
                self._read(entry.before), self._read(entry.after),
                compact(entry.what) == compact(CHANGE_CONTROL),
            )
            for entry in log
        ]  # fmt: skip
        agreed = (request for request in requests if request.is_agreed and request.after.strip())
        self._agreed = [(request, self._read(request.after)) for request in agreed]

    def is_agreed(self, date: PlanDate | None) -> bool:
        """Whether change control has agreed to a date."""
        return any(means_the_same(date, agreed) for _, agreed in self._agreed)

    def history(self, latest: Month) -> DateHistory:
        """How the due date came to be what it is; `latest` is the tracker's latest month."""
        pending = sorted(
            [*self._log, *self._carried_out(latest)],
            key=lambda event: (event.month, event.when, event.place),
        )
        has_records = bool(pending)
        state = {field: self._first(field, pending) for field in MOVING_FIELDS}
        seen = {field: [date] for field, date in state.items()}
        chain = _Chain(state["due_date"])
        chain.reach(_holding(state), None, self.is_agreed(_holding(state)))
        while pending:
            event = _next(pending, state)
            pending.remove(event)
            held = state[event.field]
            if event.says_before and has_changed(held, event.before):
                is_there_already = not has_changed(held, event.after)
                if is_there_already and _is_among(event.before, seen[event.field]):
                    continue  # it tells again what is known
                state[event.field] = event.before
                chain.reach(_holding(state), event.month, self.is_agreed(event.before))
            state[event.field] = event.after
            seen[event.field] += [event.before, event.after]
            is_approved = event.is_approved or self.is_agreed(event.after)
            chain.reach(_holding(state), event.month, is_approved)
        return DateHistory(
            original=chain.original,
            current=self._action.due,
            moves=tuple(chain.moves),
            is_silent=has_records and chain.moves_with(self._action.due),
        )

    def _carried_out(self, latest: Month) -> Iterator[_Event]:
        """Agreed requests that the log does not know of, and that the tracker's date follows."""
        for request, after in self._agreed:
            holds = means_the_same(self._action.due, after)
            is_logged = any(means_the_same(event.after, after) for event in self._log)
            if is_logged or not (request.is_carried_out or holds):
                continue
            decided = request.decided_on
            month = Month.of(decided) if decided else request.month or latest
            yield _Event(
                month=min(month, latest),
                when=datetime.combine(decided or month.first_day, time()),
                field=self._field_of(after, request.field),
                before=self._read(request.before),
                after=after,
                is_approved=True,
                says_before=bool(request.before),
            )

    def _field_of(self, date: PlanDate | None, usual: str) -> str:
        """The field that has a date, the revised one where both have it."""
        dates = self._action.dates
        has_it = (f for f in reversed(MOVING_FIELDS) if means_the_same(dates.get(f), date))
        return next(has_it, usual)

    def _first(self, field: str, events: Sequence[_Event]) -> PlanDate | None:
        """The date that a field had first, as far as anything says it."""
        of_field = [event for event in events if event.field == field and event.says_before]
        if not of_field:
            return self._action.dates.get(field)
        of_month = [event for event in of_field if event.month == of_field[0].month]
        reached = [event.after for event in of_month]
        firsts = (e.before for e in of_month if not _is_among(e.before, reached))
        return next(firsts, of_month[0].before)

    def _read(self, text: str) -> PlanDate | None:
        """A date as a record has it: where the row says so too, what the row means by it."""
        typed = settled(text)
        if not typed:
            return None
        same = (date for date in self._action.dates.values() if settled(date.text) == typed)
        return next(same, None) or PlanDate.read(typed, self._words)


class _Chain:
    """The dates that held one after the other."""

    def __init__(self, first: PlanDate | None) -> None:
        self.moves: list[DateMove] = []
        self.original = self._agreed = first if is_settled(first) else None
        self._held = first

    def moves_with(self, date: PlanDate | None) -> bool:
        """Whether an agreed date moves where this one takes the place of the one that holds."""
        if not has_changed(self._held, date):
            return False
        return is_settled(self._held) or (
            self._agreed is not None and has_changed(self._agreed, date)
        )

    def reach(self, date: PlanDate | None, month: Month | None, is_approved: bool) -> None:
        """Go on to the next date. One that cannot be read says nothing."""
        if date is not None and date.precision is Precision.UNREADABLE:
            return
        if self.moves_with(date):
            self.moves.append(DateMove(month, self._held, date, is_approved))
        self._held = date
        if is_settled(date):
            self._agreed = date
            if not self.moves:
                self.original = date


def _holding(state: Mapping[str, PlanDate | None]) -> PlanDate | None:
    """The due date that holds: the revised one where it names a day."""
    due, revised = state["due_date"], state["revised_date"]
    return revised if revised is not None and revised.names_a_day else due or revised


def _next(pending: Sequence[_Event], state: Mapping[str, PlanDate | None]) -> _Event:
    """The event that comes next: in a month that has several, one that goes on from what holds, and
    of two the one from which others go on."""
    of_month = [event for event in pending if event.month == pending[0].month]
    follows = [e for e in of_month if e.says_before and not has_changed(state[e.field], e.before)]
    leads_on = (
        event
        for event in follows
        if any(e.field == event.field and not has_changed(event.after, e.before) for e in of_month)
    )
    return next(leads_on, follows[0] if follows else of_month[0])


def _is_among(date: PlanDate | None, dates: Iterable[PlanDate | None]) -> bool:
    return any(not has_changed(other, date) for other in dates)
