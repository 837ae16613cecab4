"""The sums of what came back: of each file, where they have to add up, and in the register."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from sheetplan.errors import ReconciliationError
from sheetplan.model.month import Month
from sheetplan.model.owner_return import owner_key
from sheetplan.model.return_records import (
    ConflictRecord,
    LogRecord,
    RegisterChanges,
    RegisterRecord,
    RequestRecord,
    ReturnRecord,
    ReturnRecords,
)
from sheetplan.returns.content import CellAnswer, Outcome, Tally
from sheetplan.returns.gathering import Gathered
from sheetplan.returns.history import OwnerCounts, count_answers, joined, names_in


def tally(gathered: Gathered, answers: Iterable[CellAnswer]) -> Tally:
    """The sums of one return: rows and changed cells as they were found when it was read, and
    what became of the cells.

    Raises:
        ReconciliationError: they do not add up, so that an answer is lost or was taken twice.
    """
    outcomes = Counter(answer.outcome for answer in answers)
    asked = gathered.asked
    answered = asked & gathered.answered
    missing = asked - gathered.there
    sums = Tally(
        file=gathered.received.file,
        reference=str(gathered.sender.identity),
        owner=gathered.sender.owner.name,
        asked=len(asked),
        answered=len(answered),
        blank=len((asked & gathered.there) - answered),
        missing=len(missing),
        changed=gathered.changed,
        merged=outcomes[Outcome.MERGED],
        same=outcomes[Outcome.SAME],
        conflicts=outcomes[Outcome.CONFLICT],
        requests=outcomes[Outcome.CHANGE_REQUEST],
        rejected=outcomes[Outcome.REJECTED],
    )
    if not sums.adds_up:
        raise ReconciliationError(
            f"{sums.changed} cells came back changed and {outcomes.total()} are accounted for; "
            f"of {sums.asked} rows, {sums.answered} are answered, {sums.blank} blank and "
            f"{sums.missing} missing. Nothing was written.",
            where=sums.file,
            remedy="This is a fault in sheetplan: please report it. Collect the other returns "
            "without this file.",
        )
    return sums


def return_records(
    month: Month,
    gathered: Sequence[Gathered],
    tallies: Sequence[Tally],
    records: ReturnRecords,
    changes: RegisterChanges,
    today: date,
) -> RegisterChanges:
    """The rows of Returns, as they are after some changes of the other registers.

    What was merged, is in conflict or is asked for is counted in the registers themselves: each
    answer of an owner once, whatever number of files says so and in whatever order. Which rows
    were answered is not written anywhere. Of several files from one owner, the fullest counts, and
    the rows of which the registers hold an answer count in any case. Rejected cells are counted
    nowhere either: of several files, the one with the most counts.

    Args:
        month: The month.
        gathered: What came back.
        tallies: Its sums, in the same order.
        records: The registers as they were.
        changes: What is to become of Conflicts, Change control and the log.
        today: The day that a return came back.
    """
    counts = count_answers(month, after(records, changes))
    known = {r.owner_key: r for r in records.returns if r.month == month}
    by_owner: dict[str, list[tuple[Gathered, Tally]]] = defaultdict(list)
    for item, sums in zip(gathered, tallies, strict=True):
        by_owner[item.sender.identity.owner].append((item, sums))
    added = [
        _returned(_new_record(month, items), items, counts[key], today)
        for key, items in by_owner.items()
        if key not in known
    ]
    changed = []
    for key, old in known.items():
        if key in by_owner:
            new = _returned(old, by_owner[key], counts[key], today)
        elif key in _owners_in(changes):
            new = _counted(old, counts[key])
        else:
            continue
        if new != old:
            changed.append(new)
    return RegisterChanges(tuple(added), tuple(changed))


def after(records: ReturnRecords, changes: RegisterChanges) -> ReturnRecords:
    """The registers of answers as they are after some changes."""
    changed = {_place(record): record for record in changes.changed}

    def kept(record: ConflictRecord) -> ConflictRecord:
        new = changed.get(_place(record))
        return new if isinstance(new, ConflictRecord) else record

    return replace(
        records,
        conflicts=(*map(kept, records.conflicts), *_of(ConflictRecord, changes)),
        requests=(*records.requests, *_of(RequestRecord, changes)),
        log=(*records.log, *_of(LogRecord, changes)),
    )


_Record = TypeVar("_Record")


def _of(kind: type[_Record], changes: RegisterChanges) -> Iterator[_Record]:
    return (record for record in changes.added if isinstance(record, kind))


def _place(record: RegisterRecord) -> tuple[str, int] | None:
    standing = record.standing
    return (standing.sheet, standing.row) if standing else None


def _owners_in(changes: RegisterChanges) -> frozenset[str]:
    """The keys of all owners whom the changed registers name."""
    names: list[str] = []
    for record in (*changes.added, *changes.changed):
        if isinstance(record, ConflictRecord):
            names += names_in(record.owners)
        elif isinstance(record, LogRecord):
            names += names_in(record.owner)
    return frozenset(map(owner_key, names))


# ---------------------------------------------------------------- one owner's row


class _Rows(NamedTuple):
    """What a return, or several from one owner, say of rows; and the cells that were rejected."""

    asked: int
    answered: int
    missing: int
    rejected: int

    @classmethod
    def fullest(cls, each: Sequence[_Rows], asked: int, answered: int) -> _Rows:
        """Several returns from one owner as one: at least so many rows asked for and answered."""
        asked = max(asked, *(rows.asked for rows in each))
        answered = max(answered, *(rows.answered for rows in each))
        missing = min(asked - answered, *(rows.missing for rows in each))
        return cls(asked, answered, missing, max(rows.rejected for rows in each))


def _new_record(month: Month, items: Sequence[tuple[Gathered, Tally]]) -> ReturnRecord:
    """The row of an owner whom the register does not know."""
    sender = items[0][0].sender
    return ReturnRecord(month, sender.owner.name, str(sender.identity), sender.owner.email)


def _returned(
    record: ReturnRecord,
    items: Sequence[tuple[Gathered, Tally]],
    counts: OwnerCounts,
    today: date,
) -> ReturnRecord:
    """An owner's row with what came back; as it was where that says nothing new."""
    files = joined(item.received.file for item, _ in items)
    rows = [_Rows(sums.asked, sums.answered, sums.missing, sums.rejected) for _, sums in items]
    if record.returned is not None and set(names_in(record.file)) - set(names_in(files)):
        rows.append(_Rows(record.asked, record.answered, record.missing, record.rejected))
    answered = frozenset[str]().union(*(item.asked & counts.rows for item, _ in items))
    all_rows = _Rows.fullest(rows, record.asked, len(answered))
    new = _counted(
        replace(
            record,
            **all_rows._asdict(),
            blank=all_rows.asked - all_rows.answered - all_rows.missing,
        ),
        counts,
    )
    if new == record and record.returned is not None:
        return record
    return replace(new, returned=today, file=joined([record.file, files]))


def _counted(record: ReturnRecord, counts: OwnerCounts) -> ReturnRecord:
    """An owner's row with what the registers hold of their answers."""
    return replace(
        record,
        merged=counts.merged,
        conflicts=counts.conflicts,
        requests=counts.requests,
    )
