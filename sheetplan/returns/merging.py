"""Merging: what the answers of some returns come to, in the tracker and in its registers.

Every answer is in one place in the end, whatever it says: in the tracker, on Conflicts, on Change
control, or named with the reason why it is not. What is known of earlier runs stands in the
registers alone, so that returns may be collected in any order, together or one by one, and again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sheetplan.model.action import Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.owner_return import TRACKER_FIELDS, ReceivedReturn
from sheetplan.model.return_records import (
    LogRecord,
    RegisterChanges,
    RequestRecord,
    ReturnRecords,
    ReturnRegisterRecord,
)
from sheetplan.returns.answers import Answer
from sheetplan.returns.content import Asking, CellAnswer, Merging, Outcome, TrackerWrite
from sheetplan.returns.contradictions import contradictions
from sheetplan.returns.gathering import Gathered, gather
from sheetplan.returns.history import CellKey, joined, request_key
from sheetplan.returns.lengths import MOST_UNITS, cut, pieces
from sheetplan.returns.reconciliation import return_records, tally
from sheetplan.returns.request_ids import next_ids, without_id
from sheetplan.returns.requests import Request
from sheetplan.returns.settling import settle
from sheetplan.returns.today import Obstacle, Today, no_obstacle
from sheetplan.settings import Settings


def merge(
    received: Sequence[ReceivedReturn],
    tracker: Tracker,
    month: Month,
    settings: Settings,
    records: ReturnRecords,
    asking: Asking,
    *,
    trust_owners: bool,
    now: datetime,
    obstacle: Obstacle = no_obstacle,
) -> Merging:
    """Say what merging some returns comes to. Nothing is written.

    Args:
        received: The returns; each says which return it is, and that has been checked.
        tracker: The tracker as it is now.
        month: The month of the returns.
        settings: The council's words.
        records: What the tracker's registers say now.
        asking: Whom the tracker would ask for what today, with all rows.
        trust_owners: Whether an answer to a row that another owner was sent is merged.
        now: The time that the registers note.
        obstacle: Why a text cannot be written into a cell of the tracker. Such an answer is
            rejected.

    Raises:
        ReconciliationError: an answer is not accounted for.
    """
    merger = _Merger(Today(tracker, month, asking, records, obstacle), settings, records, now)
    return merger.merging(received, trust_owners)


@dataclass
class _Merger:
    today: Today
    settings: Settings
    records: ReturnRecords
    now: datetime
    answers: list[CellAnswer] = field(default_factory=list)
    writes: list[TrackerWrite] = field(default_factory=list)
    added: list[ReturnRegisterRecord] = field(default_factory=list)
    changed: list[ReturnRegisterRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._logged = {_log_key(record) for record in self.records.log}

    def merging(self, received: Sequence[ReceivedReturn], trust_owners: bool) -> Merging:
        gathered = [
            gather(each, self.today, self.settings, trust_owners=trust_owners) for each in received
        ]
        self._settle_cells([answer for item in gathered for answer in item.answers])
        self._add_requests([request for item in gathered for request in item.requests])
        self.answers += [answer for item in gathered for answer in item.rejected]
        self.findings += [finding for item in gathered for finding in item.findings]
        changes = RegisterChanges(tuple(self.added), tuple(self.changed))
        by_file = self._by_file(gathered)
        tallies = [tally(item, by_file[item.received.file]) for item in gathered]
        counted = return_records(
            self.today.month, gathered, tallies, self.records, changes, self.now.date()
        )
        return Merging(
            self.today.month,
            tuple(answer for item in gathered for answer in by_file[item.received.file]),
            tuple(self.writes),
            RegisterChanges((*counted.added, *changes.added), (*counted.changed, *changes.changed)),
            tuple(tallies),
            tuple(self.findings),
        )

    def _by_file(self, gathered: Sequence[Gathered]) -> Mapping[str, list[CellAnswer]]:
        """What became of the answers of each file, in the order of its rows."""
        found: dict[str, list[CellAnswer]] = defaultdict(list)
        for answer in self.answers:
            found[answer.file].append(answer)
        return found

    # ------------------------------------------------------------ cells of the tracker

    def _settle_cells(self, answers: Sequence[Answer]) -> None:
        by_row: dict[str, dict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
        for answer in answers:
            by_row[answer.key][answer.field].append(answer)
        for key in self.today.keyed:
            if key in by_row:
                self._settle_row(key, by_row[key])
        for answer in answers:
            cell = answer.key, answer.field
            self._keep_whole(cell, answer.giver.owner, answer.giver.file, answer.cell.text)

    def _settle_row(self, key: str, by_field: Mapping[str, Sequence[Answer]]) -> None:
        action, month = self.today.keyed[key], self.today.month
        texts = {"status": action.typed_status(month), "update": action.update(month)}
        is_answered, disputed = False, set()
        for name in TRACKER_FIELDS:
            history = self.today.histories.of((key, name))
            if name not in by_field:
                disputed |= {name} if history.open_rows else set()
                continue
            done = settle(by_field[name], action, month, history, self.now)
            texts[name] = done.text
            self.answers += done.answers
            self.added += [*done.new_rows, *done.log]
            self.changed += done.changed_rows
            self.writes += [done.write] if done.write else []
            if history.open_rows or any(r.is_open for r in (*done.new_rows, *done.changed_rows)):
                disputed.add(name)
            is_answered |= any(
                answer.outcome in (Outcome.MERGED, Outcome.SAME) for answer in done.answers
            )
        if is_answered:
            self.findings += contradictions(
                action, month, texts["status"], texts["update"], self.settings, disputed
            )

    # ------------------------------------------------------------ change requests

    def _add_requests(self, requests: Sequence[Request]) -> None:
        known = {request_key(record) for record in self.records.requests}
        new: list[RequestRecord] = []
        for request in requests:
            record = request.record
            self.answers += request.answers
            for text in (record.after, record.reason):
                self._keep_whole((record.key, record.field), record.owner, record.file, text)
            cut_record = replace(
                record,
                before=cut(record.before),
                after=cut(record.after),
                reason=cut(record.reason),
                received=self.now.date(),
            )
            if request_key(cut_record) not in known:
                known.add(request_key(cut_record))
                new.append(cut_record)
        if new:
            ids = next_ids(self.records)
            self.changed += without_id(self.records, ids)
            self.added += [replace(record, id=next(ids)) for record in new]

    # ------------------------------------------------------------ long texts

    def _keep_whole(self, cell: CellKey, owner: str, file: str, text: str) -> None:
        """Keep in the log what no cell can hold of a text; the cell has its beginning."""
        if cut(text) == text:
            return
        parts = pieces(text)
        for number, part in enumerate(parts[1:], start=2):
            what = f"Part {number} of {len(parts)}"
            record = LogRecord(
                self.now, self.today.month, file, joined([owner]), *cell, "", part, what
            )
            if _log_key(record) not in self._logged:
                self._logged.add(_log_key(record))
                self.added.append(record)
        self.findings.append(self._too_long(cell, file, text))

    def _too_long(self, cell: CellKey, file: str, text: str) -> Finding:
        key, name = cell
        message = (
            f"what {file} says has {len(text):,} characters, and a cell holds {MOST_UNITS:,}. The "
            "cell has the beginning, and the rest is in the Update log."
        )
        action = self.today.keyed.get(key)
        if action is None:
            return Finding("text-too-long", Severity.WARNING, file, "", key, message)
        place = action.cell(name, self.today.month) or action.cell(name)
        return Finding(
            "text-too-long", Severity.WARNING, action.sheet, place, action.reference_text, message
        )


def _log_key(record: LogRecord) -> tuple[object, ...]:
    """What makes two parts of a long text the same, whatever the file that they came in."""
    return record.month, record.key, record.field, record.owner, record.after, record.what
