"""Change control: which requests wait, which agreed ones move a cell of the tracker, and which
cannot, because nobody says who decided, or the tracker is not what the request was made for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sheetplan.model.action import Action, Tracker
from sheetplan.model.month import Month
from sheetplan.model.return_records import (
    CHANGE_CONTROL,
    LogRecord,
    RegisterChanges,
    RequestRecord,
    ReturnRecords,
)
from sheetplan.model.wording import listed
from sheetplan.returns.agreed_requests import AgreedRequest, RequestReader
from sheetplan.returns.control_content import AgreedMove, ChangeControl
from sheetplan.returns.history import joined
from sheetplan.returns.keys import keyed
from sheetplan.returns.lengths import shown
from sheetplan.returns.request_ids import next_ids, without_id
from sheetplan.returns.today import Obstacle, no_obstacle
from sheetplan.settings import Settings


def judge_requests(
    records: ReturnRecords,
    tracker: Tracker,
    month: Month,
    settings: Settings,
    now: datetime,
    obstacle: Obstacle = no_obstacle,
) -> ChangeControl:
    """Say what the requests on Change control come to. Nothing is written.

    Args:
        records: What the registers say.
        tracker: The tracker as it is now.
        month: The reporting month in which agreed dates are moved, which the log notes.
        settings: The council's words for dates, and how long a request may wait.
        now: The time that the registers note.
        obstacle: Why nothing can be written into a cell of the tracker.
    """
    actions = keyed(tracker)
    named = {_row(r): r for r in without_id(records, next_ids(records))}
    requests = [named.get(_row(request), request) for request in records.requests]
    reader = RequestReader(actions, settings, now.date(), [request.id for request in requests])
    agreed = [found for request in requests if (found := reader.read(request)) is not None]
    moves = tuple(_moves(agreed, reader, _by_row(actions), obstacle))
    done = {
        _row(request): replace(request, carried_out=_outcome(move, month, now))
        for move in moves
        for request in move.requests
    }
    return ChangeControl(
        waiting=tuple(sorted(reader.waiting, key=lambda waiting: waiting.since or date.max)),
        moves=moves,
        by_hand=tuple(reader.by_hand),
        refused=tuple(reader.refused),
        notes=tuple(reader.notes),
        changes=RegisterChanges(
            tuple(
                _entry(move, key, month, now)
                for move in moves
                if not move.is_there
                for key in move.keys
            ),
            tuple({**named, **done}.values()),
        ),
    )


def _row(request: RequestRecord) -> int:
    return 0 if request.standing is None else request.standing.row


def _by_row(actions: Mapping[str, Action]) -> dict[tuple[str, int], dict[str, Action]]:
    """The actions of each row by their keys: several where each lead of a row is an action."""
    rows: dict[tuple[str, int], dict[str, Action]] = {}
    for key, action in actions.items():
        rows.setdefault((action.sheet, action.row), {})[key] = action
    return rows


def _moves(
    agreed: Sequence[AgreedRequest],
    reader: RequestReader,
    rows: Mapping[tuple[str, int], Mapping[str, Action]],
    obstacle: Obstacle,
) -> Iterator[AgreedMove]:
    """What the cells will say. Requests that lead a cell to different ends are refused, and so is
    what cannot be written."""
    cells: dict[str, list[AgreedRequest]] = {}
    for found in agreed:
        cells.setdefault(found.place, []).append(found)
    for each in cells.values():
        row = rows[each[0].action.sheet, each[0].action.row]
        there = [found for found in each if found.is_there]
        if there:
            yield _move(there, row)
        moving = [found for found in each if not found.is_there]
        if any(not found.leads_where(moving[0]) for found in moving):
            _refuse_all(moving, reader)
        elif moving:
            blocked = obstacle(moving[0].action, moving[0].target, moving[0].after)
            if not blocked:
                yield _move(moving, row)
            for found in moving if blocked else ():
                message = f"cannot be carried out: {blocked}"
                reader.refuse(found.request, "request-cell-blocked", "key", message)


def _refuse_all(moving: Sequence[AgreedRequest], reader: RequestReader) -> None:
    for found in moving:
        against = [other for other in moving if not other.leads_where(found)]
        others = [
            f'{other.request.id}{_whose(other, found)} to "{shown(other.after)}"'
            for other in against
        ]
        is_shared = any(other.key != found.key for other in against)
        row = " The row has one cell for all its leads." if is_shared else ""
        reader.refuse(found.request, "requests-disagree", "after",
                      f'is to change {found.place} to "{shown(found.after)}", and '
                      f"{listed(others)}.{row} Leave Agreed on the one that holds.")  # fmt: skip


def _whose(other: AgreedRequest, found: AgreedRequest) -> str:
    """Whose request another is, where it is about another lead of the row."""
    return "" if other.key == found.key else f", for {other.action.reference_text},"


def _move(each: Sequence[AgreedRequest], row: Mapping[str, Action]) -> AgreedMove:
    first = each[0]
    return AgreedMove(
        requests=tuple(found.request for found in each),
        key=first.key,
        action=first.action,
        field=first.target,
        before=first.before,
        held=first.held,
        after=first.after,
        also={key: action for key, action in row.items() if key != first.key},
        is_there=first.is_there,
    )


def _outcome(move: AgreedMove, month: Month, now: datetime) -> str:
    """What a request says of itself once it is carried out."""
    day = f"{now.day} {Month.of(now)}"
    return f"{day}: the plan said so already" if move.is_there else f"{day}, in the plan of {month}"


def _entry(move: AgreedMove, key: str, month: Month, now: datetime) -> LogRecord:
    """What the log keeps of a cell that is written, for an action of its row: what it said before,
    and who agreed."""
    return LogRecord(
        when=now,
        month=month,
        file=move.ids,
        owner=joined(request.decided_by for request in move.requests),
        key=key,
        field=move.field,
        before=move.held,
        after=move.after,
        what=CHANGE_CONTROL,
    )
