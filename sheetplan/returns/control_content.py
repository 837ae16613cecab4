"""What the requests on Change control come to: what waits, what moves, and what cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetplan.model.action import Action
from sheetplan.model.finding import Finding
from sheetplan.model.return_records import RegisterChanges, RequestRecord


@dataclass(frozen=True)
class WaitingRequest:
    """A request that waits for its decision.

    Attributes:
        request: The request.
        since: The day from which it counts as open; None where the sheet does not say.
        months: For how many whole months it has been open; None where that cannot be said.
        is_too_long: Whether that is longer than the council allows.
    """

    request: RequestRecord
    since: date | None
    months: int | None
    is_too_long: bool


@dataclass(frozen=True)
class AgreedMove:
    """What one cell of the tracker will say, as change control agreed.

    Attributes:
        requests: The requests that ask for it; nearly always one.
        key: The key of its action.
        action: The action.
        field: The field of the cell: the revised date where the sheet has a column for it.
        before: What the tracker says now: of due dates the one that holds.
        held: What the cell itself says now, which may be nothing beside a first due date.
        after: What was agreed, as typed.
        also: Other actions by their keys, for which it holds too, since they are in the same row.
        is_there: Whether the tracker says so already, so that nothing is written.
    """

    requests: tuple[RequestRecord, ...]
    key: str
    action: Action
    field: str
    before: str
    held: str
    after: str
    also: Mapping[str, Action]
    is_there: bool = False

    @property
    def ids(self) -> str:
        """The ids of its requests: "CC-1", or "CC-1; CC-4"."""
        return "; ".join(request.id for request in self.requests)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all actions for which it holds."""
        return (self.key, *self.also)

    @property
    def place(self) -> str:
        """Its cell: "Theme 1!K5"."""
        return f"{self.action.sheet}!{self.action.cell(self.field)}"


@dataclass(frozen=True)
class ChangeControl:
    """What the requests come to; nothing has been written.

    Attributes:
        waiting: Those that nobody has decided, the oldest first.
        moves: What is agreed and not carried out yet, in the order of the sheet.
        by_hand: Those that are agreed, and that a person has to carry out.
        refused: What cannot be carried out, and why.
        notes: What is doubtful beside that.
        changes: What the registers will say.
    """

    waiting: tuple[WaitingRequest, ...]
    moves: tuple[AgreedMove, ...]
    by_hand: tuple[RequestRecord, ...]
    refused: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    changes: RegisterChanges

    @property
    def writes(self) -> tuple[AgreedMove, ...]:
        """The moves for which a cell of the tracker is written."""
        return tuple(move for move in self.moves if not move.is_there)

    @property
    def too_long(self) -> tuple[WaitingRequest, ...]:
        """Those that have waited for longer than the council allows."""
        return tuple(waiting for waiting in self.waiting if waiting.is_too_long)
