"""What came back in one return: every cell that is not as it was sent, by what it asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sheetplan.model.finding import Finding
from sheetplan.model.owner_return import (
    DATE_FIELDS,
    INPUT_FIELDS,
    LOCKED_FIELDS,
    RETURN_FIELDS,
    TRACKER_FIELDS,
    ReceivedCell,
    ReceivedReturn,
    ReceivedRow,
    SentRow,
    digest,
    settled,
)
from sheetplan.returns.answers import Answer, among_others
from sheetplan.returns.content import CellAnswer, Outcome
from sheetplan.returns.history import Giver
from sheetplan.returns.matching import MatchedRow, has_answers, is_typed, match_rows
from sheetplan.returns.notes import notes_on
from sheetplan.returns.requests import Request, Requests
from sheetplan.returns.today import Sender, Today
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind

_NOTHING = digest("")


@dataclass
class Gathered:
    """What came back in one return.

    Attributes:
        received: The return.
        sender: Whose it is.
        answers: Answers to cells of the tracker.
        requests: What only change control can grant.
        rejected: Cells that are not merged, and why.
        findings: What a person should look at.
        changed: How many cells came back other than they were sent.
    """

    received: ReceivedReturn
    sender: Sender
    rows: tuple[MatchedRow, ...] = ()
    answers: list[Answer] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    rejected: list[CellAnswer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    changed: int = 0

    @property
    def asked(self) -> frozenset[str]:
        """The keys of the rows that were asked for."""
        return frozenset(key for key, sent in self.sender.own.items() if sent.is_asked)

    @cached_property
    def there(self) -> frozenset[str]:
        """The keys of the rows that came back."""
        return frozenset(row.key for row in self.rows)

    @cached_property
    def answered(self) -> frozenset[str]:
        """Those of them in which anything is filled in."""
        return frozenset(row.key for row in self.rows if has_answers(row.row))


def gather(
    received: ReceivedReturn, today: Today, settings: Settings, *, trust_owners: bool
) -> Gathered:
    """Find every cell of a return that came back other than it was sent.

    A cell that was sent with text and came back blank is such a cell, if the owner fills it in. A
    locked one is not: nobody asks for anything by emptying it.
    """
    return _Gathering(received, today, settings, trust_owners).gathered()


class _Gathering:
    def __init__(
        self, received: ReceivedReturn, today: Today, settings: Settings, trust_owners: bool
    ) -> None:
        self._received = received
        self._today = today
        self._trust_owners = trust_owners
        self._is_commentary = settings.kind is TrackerKind.COMMENTARY
        sender = today.sender(received)
        self._own = sender.own
        self._giver = Giver(sender.owner.name, received.file)
        self._requests = Requests(today, settings, self._giver)
        self._result = Gathered(received, sender)
        self._junk: list[str] = []
        self._blanked: list[str] = []
        self._shown_by_name: dict[str, frozenset[str | None]] = {}

    def gathered(self) -> Gathered:
        received, result = self._received, self._result
        matched = match_rows(received.rows, self._today.keyed, self._own)
        result.rows = tuple(map(self._still_the_same, matched))
        by_key: dict[str, list[MatchedRow]] = defaultdict(list)
        for row in result.rows:
            by_key[row.key].append(row)
        for row in result.rows:
            if not row.key:
                self._reject_row(row, row.reason)
            elif row.key in self._own:
                self._gather_row(row, self._own[row.key], by_key[row.key])
            elif self._trust_owners:
                self._gather_row(row, self._today.foreign_row(row.key), by_key[row.key])
            else:
                self._reject_row(row, self._not_theirs)
        for new in received.new_actions:
            self._gather_new_action(new)
        result.requests = self._requests.found
        result.findings += self._requests.findings
        result.findings += notes_on(received, result.rows, self._junk, self._blanked)
        return result

    def _still_the_same(self, row: MatchedRow) -> MatchedRow:
        """The row; about no action where the tracker has another under its key by now."""
        sent = self._own.get(row.key)
        change = "" if sent is None else self._today.what_has_changed(sent)
        if not change:
            return row
        reason = (
            f"The tracker has another action under {row.key} than was sent: {change}. Put the "
            "answer in by hand where it belongs."
        )
        return MatchedRow(row.row, reason=reason)

    @property
    def _not_theirs(self) -> str:
        return (
            f"It is not among the rows sent to {self._giver.owner}. To merge it all the same, run "
            "again with --trust-owners."
        )

    # ------------------------------------------------------------ rows that are not merged

    def _reject_row(self, row: MatchedRow, reason: str) -> None:
        """Reject what an owner filled in, and what was sent in no row. The reason says what the
        reference has become."""
        if not has_answers(row.row):
            self._junk += [cell.cell for cell in row.row.cells.values() if is_typed(cell)][:1]
            return
        for name in RETURN_FIELDS[1:]:
            cell = row.row.cells.get(name)
            if cell is None or not is_typed(cell):
                continue
            if name in INPUT_FIELDS or digest(cell.text) not in self._shown(name):
                self._reject(cell, row.key or row.typed, name, reason)

    def _shown(self, name: str) -> frozenset[str | None]:
        """The digests of all that was sent to this owner in a field, or would be to anybody."""
        if name not in self._shown_by_name:
            sent = {row.fields.get(name) for row in self._own.values()}
            said = {digest(self._today.text(key, name)) for key in self._today.keyed}
            self._shown_by_name[name] = frozenset(sent | said)
        return self._shown_by_name[name]

    def _reject(self, cell: ReceivedCell, key: str, name: str, reason: str) -> None:
        if cell.formula and not cell.text:  # nothing is named by what it came to
            cell = cell._replace(text=f"={cell.formula}")
        self._result.changed += 1
        self._result.rejected.append(
            Answer(self._giver, cell.cell, key, name, cell, None).came_to(Outcome.REJECTED, reason)
        )

    # ------------------------------------------------------------ rows of an action

    def _gather_row(self, row: MatchedRow, sent: SentRow, rows: Sequence[MatchedRow]) -> None:
        for name in LOCKED_FIELDS:
            cell = row.row.cells.get(name)
            if cell is None or digest(cell.text) != sent.fields.get(name):
                self._gather_locked(row, name, cell, sent)
        for name in TRACKER_FIELDS:
            self._gather_input(row, name, sent, rows)
        self._gather_date(row, sent)

    def _gather_locked(
        self, row: MatchedRow, name: str, cell: ReceivedCell | None, sent: SentRow
    ) -> None:
        """A locked cell that does not say what was sent in it."""
        if cell is None or not is_typed(cell):
            column = self._received.columns.get(name)
            if column and name != "reference" and sent.fields.get(name, _NOTHING) != _NOTHING:
                self._blanked.append(f"{column}{row.row.row}")
        elif not self._requests.says_what_the_tracker_says(cell.text, row.key, name):
            if cell.is_error:
                self._reject(cell, row.key, name, _fault(cell))
            else:
                self._result.changed += 1
                self._requests.of_locked_cell(row.key, name, cell)

    def _gather_input(
        self, row: MatchedRow, name: str, sent: SentRow, rows: Sequence[MatchedRow]
    ) -> None:
        """An answer to a cell of the tracker, if there is one."""
        cell = row.row.cells.get(name)
        was = sent.fields.get(name)
        if cell is None or not is_typed(cell):
            column = self._received.columns.get(name)
            is_elsewhere = any(is_typed(other.row.cells.get(name)) for other in rows)
            if column is None or was in (None, _NOTHING) or is_elsewhere:
                return
            cell = ReceivedCell(f"{column}{row.row.row}", "")
        if _fault(cell):
            self._reject(cell, row.key, name, _fault(cell))
        elif not self._is_as_sent(cell, row.key, name, was):
            if self._is_commentary:
                cell = among_others(cell, name)
            obstacle = self._today.obstacle(row.key, name, cell.text)
            if obstacle:
                self._reject(cell, row.key, name, obstacle)
            else:
                self._result.changed += 1
                self._result.answers.append(
                    Answer(self._giver, cell.cell, row.key, name, cell, was)
                )

    def _is_as_sent(self, cell: ReceivedCell, key: str, name: str, was: str | None) -> bool:
        if was is None:
            return settled(cell.text) == settled(self._today.officers_text((key, name)))
        return digest(cell.text) == was

    def _gather_date(self, row: MatchedRow, sent: SentRow) -> None:
        """A date that is asked for, and the reason for it."""
        cells: dict[str, ReceivedCell] = {}
        for name in DATE_FIELDS:
            cell = row.row.cells.get(name)
            if cell is None or not is_typed(cell):
                continue
            if _fault(cell):
                self._reject(cell, row.key, name, _fault(cell))
            elif digest(cell.text) != sent.fields.get(name, _NOTHING):
                self._result.changed += 1
                cells[name] = cell
        if cells:
            self._requests.of_date(row.key, cells)

    def _gather_new_action(self, row: ReceivedRow) -> None:
        cells: dict[str, ReceivedCell] = {}
        sheet = self._received.new_actions_sheet
        for name, cell in row.cells.items():
            if not is_typed(cell):
                continue
            cell = _on_sheet(cell, sheet)
            if _fault(cell):
                self._reject(cell, "", name, _fault(cell))
            else:
                self._result.changed += 1
                cells[name] = cell
        if cells:
            self._requests.of_new_action(cells)


def _fault(cell: ReceivedCell) -> str:
    """Why what stands in an owner's cell was not typed there, as a sentence; empty where it was."""
    if cell.is_error:
        return "It shows an error."
    return (
        f"It holds a formula (={cell.formula}), and an answer has to be typed."
        if cell.formula
        else ""
    )


def _on_sheet(cell: ReceivedCell, sheet: str) -> ReceivedCell:
    """A cell of another sheet than the rows, named with its sheet."""
    return cell._replace(cell=f"{sheet}!{cell.cell}") if sheet else cell
