"""What the tracker says today of the rows that returns are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sheetplan.model.action import Action, Tracker
from sheetplan.model.month import Month
from sheetplan.model.owner_return import (
    LOCKED_FIELDS,
    Owner,
    ReceivedReturn,
    ReturnIdentity,
    SentRow,
    digest,
    owner_key,
    settled,
)
from sheetplan.model.return_records import ReturnRecords
from sheetplan.returns.asking import sent_texts
from sheetplan.returns.content import Asking, OwnerRows
from sheetplan.returns.history import CellKey, Histories
from sheetplan.returns.keys import keyed

Obstacle = Callable[[Action, str, str], str]
"""Why a text cannot be written into the cell of an action's field, as a sentence; empty where it
can."""


_LAST_MONTHS = ("last_status", "last_update")


def no_obstacle(action: Action, field: str, text: str) -> str:
    """Every cell can hold every text."""
    return ""


@dataclass(frozen=True)
class Sender:
    """Whose return a file is, and which rows they were sent, by key."""

    identity: ReturnIdentity
    owner: Owner
    own: Mapping[str, SentRow]


class Today:
    """The tracker and its registers, as they are now.

    Args:
        tracker: The tracker.
        month: The month of the returns.
        asking: Whom the tracker would ask for what today, with all rows.
        records: What the registers say.
        obstacle: Why a text cannot be written into a cell.
    """

    def __init__(
        self,
        tracker: Tracker,
        month: Month,
        asking: Asking,
        records: ReturnRecords,
        obstacle: Obstacle,
    ) -> None:
        self.month = month
        self._obstacle = obstacle
        self.keyed: Mapping[str, Action] = keyed(tracker)
        self._rows = Counter((action.sheet, action.row) for action in tracker.actions)
        self.histories = Histories(month, records.log, records.conflicts)
        self._last_month = asking.last_month
        self._asked: dict[str, OwnerRows] = {rows.owner.key: rows for rows in asking.owners}
        self._registered = {
            r.owner_key: Owner(r.owner, r.email) for r in records.returns if r.month == month
        }
        self._texts: dict[str, Mapping[str, str]] = {}

    def sender(self, received: ReceivedReturn) -> Sender:
        """Whose return it is. Where the file no longer says what was sent, today's rows of that
        owner are taken for it, and what their input cells said is not known."""
        identity = received.identity
        assert identity is not None  # no file comes so far without one
        sent = received.sent
        if sent is None:
            asked = self._asked.get(identity.owner)
            rows = asked.rows if asked else ()
            sent = {row.key: self._as_sent(row.key, row.is_asked) for row in rows}
        return Sender(identity, self._owner(received, identity.owner), sent)

    def _owner(self, received: ReceivedReturn, key: str) -> Owner:
        asked = self._asked.get(key)
        known = asked.owner if asked else self._registered.get(key)
        if known is None:
            is_theirs = owner_key(received.owner_name) == key
            known = Owner(received.owner_name if is_theirs else key)
        return Owner(known.name.replace(";", ","), known.email)  # ";" parts names in registers

    def foreign_row(self, key: str) -> SentRow:
        """A row that was sent to somebody else: it is not asked of whoever answers it."""
        return self._as_sent(key, is_asked=False)

    def _as_sent(self, key: str, is_asked: bool) -> SentRow:
        return SentRow(
            key, is_asked, {name: digest(self.text(key, name)) for name in LOCKED_FIELDS}
        )

    def what_has_changed(self, sent: SentRow) -> str:
        """By what it shows that the tracker has another action under the key of a row that was
        sent: "its lead is another"; empty where it has the same.

        That is so where rows share a reference and one of them was deleted or put in meanwhile.
        Officers who only word an action anew leave what was said of it last month. Actions that
        share their row are those of its leads: the wording is the same for all, so the lead
        decides, whom a return shows as the workstream.
        """

        def is_as_sent(name: str) -> bool:
            was = sent.fields.get(name)
            return was is None or was == digest(self.text(sent.key, name))

        def is_said_as_sent() -> bool:
            return all(map(is_as_sent, _LAST_MONTHS))

        action = self.keyed.get(sent.key)
        if action is not None and self._rows[action.sheet, action.row] > 1:
            if not is_as_sent("workstream"):
                return "its lead is another"
            if "workstream" not in sent.fields and not is_said_as_sent():
                return "what was said of it last month differs"
        if is_as_sent("action") or is_said_as_sent():
            return ""
        return "its wording and what was said of it last month differ"

    def text(self, key: str, field: str) -> str:
        """What a return would show in a cell if it were sent today; empty for no row at all."""
        action = self.keyed.get(key)
        if action is None:
            return ""
        if field == "status":  # asked of every answer; the rest of a row seldom is
            return action.typed_status(self.month)
        if field == "update":
            return action.update(self.month)
        if key not in self._texts:
            self._texts[key] = sent_texts(action, key, self.month, self._last_month)
        return self._texts[key].get(field, "")

    def obstacle(self, key: str, field: str, text: str) -> str:
        """Why a text cannot be written into a cell, as a sentence; empty where it can, and where
        the cell says so already."""
        if settled(text) == settled(self.text(key, field)):
            return ""
        return self._obstacle(self.keyed[key], field, text)

    def officers_text(self, cell: CellKey) -> str:
        """What officers had in a cell before any answer was merged into it."""
        text = self.text(*cell)
        merges = self.histories.of(cell).merged_since(text)
        return merges[0].before if merges else text
