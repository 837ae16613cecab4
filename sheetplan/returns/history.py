"""What the registers know of a cell: what officers had in it, and which answers it was given.

The registers are all that is known from one run to the next, so that returns may be collected in
any order, some today and some next week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sheetplan.model.month import Month
from sheetplan.model.owner_return import owner_key, settled
from sheetplan.model.return_records import (
    CHOSEN,
    MERGED,
    SAME,
    WITHDRAWN,
    ConflictRecord,
    LogRecord,
    RequestRecord,
    ReturnRecords,
)

CellKey = tuple[str, str]
"""A cell of a month's columns: the key of its action, and its field."""

_SEPARATOR = "; "
_WRITTEN = (MERGED, WITHDRAWN, CHOSEN)


def joined(names: Iterable[str]) -> str:
    """Names as a register lists them: sorted, each once. A name may be such a list itself."""
    each = list(names)
    if len(each) == 1 and _SEPARATOR not in each[0]:
        return each[0]
    return _SEPARATOR.join(sorted({name for text in each for name in names_in(text)}))


def names_in(text: str) -> list[str]:
    """The names that a register lists."""
    return text.split(_SEPARATOR) if text else []


@dataclass(frozen=True)
class Giver:
    """Who gave an answer, and in which file."""

    owner: str
    file: str

    @property
    def key(self) -> str:
        """The owner's key, by which owners are compared."""
        return owner_key(self.owner)


def joined_givers(givers: Iterable[Giver]) -> tuple[str, str]:
    """Their names and their files, as a register lists them."""
    each = list(givers)
    return joined(giver.owner for giver in each), joined(giver.file for giver in each)


@dataclass
class CellHistory:
    """What the registers say of one cell in one month; texts are compared when settled.

    Attributes:
        log: Its entries of the update log, oldest first.
        rows: The row of Conflicts that each answer has.
    """

    log: list[LogRecord] = field(default_factory=list)
    rows: dict[str, ConflictRecord] = field(default_factory=dict)

    def merged_since(self, text: str) -> list[LogRecord]:
        """The merges, oldest first, by which the cell came to say what it says now.

        Before the first of them it said what officers had in it. There are none where officers
        have typed something else since, or have chosen.

        Args:
            text: What the cell says now.
        """
        found: list[LogRecord] = []
        for entry in reversed(self.log):
            if entry.what not in _WRITTEN:
                continue
            if entry.what != MERGED or settled(entry.after) != settled(text):
                break
            found.insert(0, entry)
            text = entry.before
        return found

    @property
    def givers(self) -> Mapping[str, Mapping[str, Giver]]:
        """The answers that were merged, or the same as the tracker's, and not taken out again:
        who gave each, by the owner's key."""
        found: dict[str, dict[str, Giver]] = {}
        for entry in self.log:
            if entry.what in (MERGED, SAME):
                for name in names_in(entry.owner):
                    giver = Giver(name, entry.file)
                    found.setdefault(settled(entry.after), {}).setdefault(giver.key, giver)
            elif entry.what == WITHDRAWN:
                kept = settled(entry.after)
                found = {kept: found[kept]} if kept in found else {}
        return found

    @property
    def open_rows(self) -> Mapping[str, ConflictRecord]:
        """The rows that nobody has settled yet, by their answer."""
        return {answer: row for answer, row in self.rows.items() if row.is_open}


class Histories:
    """What the registers say of a month's cells."""

    def __init__(
        self, month: Month, log: Iterable[LogRecord], conflicts: Iterable[ConflictRecord]
    ) -> None:
        self._cells: dict[CellKey, CellHistory] = defaultdict(CellHistory)
        for entry in sorted((e for e in log if e.month == month), key=lambda e: e.when):
            self._cells[entry.key, entry.field].log.append(entry)
        for row in conflicts:
            if row.month == month:
                # An answer has one row; where somebody copied it, the open one counts.
                rows = self._cells[row.key, row.field].rows
                answer = settled(row.answer)
                if answer not in rows or not rows[answer].is_open:
                    rows[answer] = row

    def of(self, cell: CellKey) -> CellHistory:
        """What is known of a cell."""
        return self._cells.get(cell) or CellHistory()

    def cells(self) -> Iterator[tuple[CellKey, CellHistory]]:
        """Every cell of which something is known."""
        yield from self._cells.items()


def statuses_before_answers(month: Month, log: Iterable[LogRecord]) -> Mapping[str, str]:
    """What the month's statuses were before any answer was written into them, by the keys of the
    rows; without those that no answer was written into."""
    written = (e for e in log if e.month == month and e.field == "status" and e.what in _WRITTEN)
    found: dict[str, str] = {}
    for entry in sorted(written, key=lambda entry: entry.when):
        found.setdefault(entry.key, entry.before)
    return found


@dataclass
class OwnerCounts:
    """What the registers hold of one owner's answers.

    Attributes:
        merged: Answers that the tracker took, or had already.
        conflicts: Answers that are in conflict, or were until somebody chose.
        requests: Changes that are asked for.
        rows: The keys of the rows that were answered so.
    """

    merged: int = 0
    conflicts: int = 0
    requests: int = 0
    rows: set[str] = field(default_factory=set)


def count_answers(month: Month, records: ReturnRecords) -> Mapping[str, OwnerCounts]:
    """What the registers hold of each owner's answers for a month, by the owner's key."""
    found: dict[str, OwnerCounts] = defaultdict(OwnerCounts)
    for (key, _), history in Histories(month, records.log, records.conflicts).cells():
        givers = history.givers
        for answer, known in givers.items():
            for owner in known:
                found[owner].merged += 1
                found[owner].rows |= {key} if answer else set()
        for answer, row in history.rows.items():
            for owner in {owner_key(name) for name in names_in(row.owners)}:
                if owner not in givers.get(answer, {}):
                    found[owner].conflicts += 1
                    found[owner].rows |= {key} if answer else set()
    for request in records.requests:
        if request.month == month:
            found[owner_key(request.owner)].requests += 1
    return found


def request_key(request: RequestRecord) -> tuple[object, ...]:
    """What makes two requests the same, whatever the file that they came in."""
    return (
        request.month,
        request.key,
        request.field,
        settled(request.after),
        settled(request.reason),
        owner_key(request.owner),
    )
