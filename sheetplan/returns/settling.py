"""What becomes of the answers to one cell: one of them is taken, or none is.

An answer is taken where its owner saw what the tracker says now, and nobody answers otherwise.
Else all of them wait on Conflicts, and the cell says what officers had in it: an answer that was
merged before is taken out again. So the order in which returns are collected does not matter.

Two spellings of one status are two answers: which of them the council prefers is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.owner_return import TextRun, owner_key, settled
from sheetplan.model.return_records import (
    MERGED,
    SAME,
    WITHDRAWN,
    ConflictRecord,
    LogRecord,
)
from sheetplan.returns.answers import Answer
from sheetplan.returns.content import CellAnswer, Outcome, TrackerWrite
from sheetplan.returns.history import CellHistory, Giver, joined, joined_givers, names_in
from sheetplan.returns.lengths import cut


@dataclass
class SettledCell:
    """What becomes of the answers to one cell.

    Attributes:
        text: What the tracker will say.
        answers: What became of each answer.
        write: What is written; None where the tracker says it already.
        log: New entries of the update log.
        new_rows: New rows of Conflicts.
        changed_rows: Rows of Conflicts that say something else.
    """

    text: str
    answers: list[CellAnswer] = field(default_factory=list)
    write: TrackerWrite | None = None
    log: list[LogRecord] = field(default_factory=list)
    new_rows: list[ConflictRecord] = field(default_factory=list)
    changed_rows: list[ConflictRecord] = field(default_factory=list)


def settle(
    answers: Sequence[Answer], action: Action, month: Month, history: CellHistory, now: datetime
) -> SettledCell:
    """Decide on the answers to one cell.

    Args:
        answers: The answers, of which there is at least one; all are to the same cell.
        action: The action.
        month: The month.
        history: What the registers say of the cell.
        now: The time that the log notes.
    """
    return _Settling(answers, action, month, history, now).settled_cell()


class _Settling:
    def __init__(
        self,
        answers: Sequence[Answer],
        action: Action,
        month: Month,
        history: CellHistory,
        now: datetime,
    ) -> None:
        self._answers = sorted(answers, key=lambda a: (a.giver.key, a.giver.file, a.place))
        self._action = action
        self._month = month
        self._history = history
        self._now = now
        self._key, self._field = answers[0].key, answers[0].field
        self._before = (action.typed_status if self._field == "status" else action.update)(month)
        self._merges = history.merged_since(self._before)
        self._givers = history.givers
        self._result = SettledCell(self._before)

    def settled_cell(self) -> SettledCell:
        fresh = [answer for answer in self._answers if self._is_fresh(answer)]
        rivals = {answer.text for answer in fresh} | self._history.open_rows.keys()
        seen = [answer for answer in fresh if self._may_be_taken(answer)]
        if seen and len(rivals) == 1:
            self._take(seen[0])
        elif fresh:
            self._dispute(fresh)
        else:
            self._answer({})
        return self._result

    def _is_fresh(self, answer: Answer) -> bool:
        """Whether it says something that is neither in the tracker nor dealt with already."""
        if answer.text == settled(self._before):
            return False
        row = self._history.rows.get(answer.text)
        return row.is_open if row else not self._is_known(answer)

    def _may_be_taken(self, answer: Answer) -> bool:
        """Whether nothing but another answer speaks against it. One that waits on Conflicts beside
        others waits for an officer, whatever has become of those."""
        rows = self._history.rows
        is_waiting = answer.text in rows and len(rows) > 1
        return bool(answer.text) and answer.has_seen(self._before) and not is_waiting

    def _is_known(self, answer: Answer) -> bool:
        return answer.giver.key in self._givers.get(answer.text, {})

    # ------------------------------------------------------------ one is taken

    def _take(self, taken: Answer) -> None:
        """Write an answer into the tracker."""
        self._write(taken.runs)
        self._note(MERGED, [taken.giver], self._before, self._result.text)
        row = self._history.rows.get(taken.text)
        noted = {taken.giver.key}
        if row is not None:
            outcome = f"{MERGED} {in_words(self._now)}"
            self._result.changed_rows.append(replace(row, outcome=outcome))
            for name in names_in(row.owners):
                self._note_same(Giver(name, row.files), noted)
        self._answer({}, taken, noted)

    # ------------------------------------------------------------ none is taken

    def _dispute(self, fresh: Sequence[Answer]) -> None:
        """Put all answers on Conflicts, those that were merged before as well."""
        officers = self._merges[0].before if self._merges else self._before
        merged = {settled(entry.after): entry.after for entry in self._merges}
        merged.pop(settled(officers), None)
        if settled(officers) != settled(self._before):
            self._write((TextRun(officers),) if officers else ())
            self._note(WITHDRAWN, self._givers_of(settled(self._before)), self._before, officers)
        disputed = merged | {answer.text: cut(answer.cell.text) for answer in reversed(fresh)}
        for text in sorted(disputed):
            self._put_row(text, disputed[text], officers, is_withdrawn=text in merged)
        self._answer(disputed)

    def _givers_of(self, text: str) -> Iterator[Giver]:
        """All who gave an answer, in these returns and in earlier ones."""
        yield from self._givers.get(text, {}).values()
        yield from (answer.giver for answer in self._answers if answer.text == text)

    def _put_row(self, text: str, words: str, kept: str, *, is_withdrawn: bool) -> None:
        """Give an answer a row, or its row whoever else gave it.

        A row that was settled is open again where its answer is taken out of the tracker.
        """
        givers = list(self._givers_of(text))
        row = self._history.rows.get(text)
        if row is None:
            self._result.new_rows.append(ConflictRecord(
                self._month, self._key, self._field, kept, words, *joined_givers(givers),
            ))  # fmt: skip
            return
        changed = _with_givers(row, givers)
        if is_withdrawn and not row.is_open:
            changed = replace(changed, kept=kept, choice="", outcome="")
        if changed != row:
            self._result.changed_rows.append(changed)

    # ------------------------------------------------------------ what became of each

    def _answer(
        self,
        disputed: Mapping[str, str],
        taken: Answer | None = None,
        noted: set[str] | None = None,
    ) -> None:
        """Say of every answer what became of it."""
        noted = set() if noted is None else noted
        final = settled(self._result.text)
        for answer in self._answers:
            row = self._history.rows.get(answer.text)
            if answer is taken:
                found = answer.came_to(Outcome.MERGED)
            elif answer.text in disputed:
                found = answer.came_to(Outcome.CONFLICT, self._why(answer))
            elif answer.text == final:
                found = answer.came_to(Outcome.SAME)
                self._note_same(answer.giver, noted)
            elif row is not None:
                found = answer.came_to(
                    Outcome.CONFLICT, f"Settled on the Conflicts sheet: {row.outcome}."
                )
                self._join(row, answer)
            else:
                found = answer.came_to(
                    Outcome.SAME, "It was merged before, and the cell has been changed since."
                )
            self._result.answers.append(found)

    def _why(self, answer: Answer) -> str:
        if not answer.text:
            return "It was sent with text and came back blank."
        others = self._history.open_rows.keys() | {a.text for a in self._answers}
        if self._merges or others - {answer.text, settled(self._before)}:
            return "Others answer it differently."
        return "The tracker says something else than what was sent."

    def _join(self, row: ConflictRecord, answer: Answer) -> None:
        """Note on a settled row who else gave its answer."""
        changed = self._result.changed_rows
        at = next((i for i, other in enumerate(changed) if other.answer == row.answer), None)
        joined_row = _with_givers(row if at is None else changed[at], [answer.giver])
        if joined_row == row:
            return
        if at is None:
            changed.append(joined_row)
        else:
            changed[at] = joined_row

    # ------------------------------------------------------------ writing

    def _write(self, runs: tuple[TextRun, ...]) -> None:
        write = TrackerWrite(self._action, self._field, self._before, runs)
        self._result.write = write
        self._result.text = write.after

    def _note_same(self, giver: Giver, noted: set[str]) -> None:
        """Note once of each owner that the tracker says what they answered."""
        text = self._result.text
        known = self._givers.get(settled(text), {})
        if text and giver.key not in known and giver.key not in noted:
            noted.add(giver.key)
            self._note(SAME, [giver], text, text)

    def _note(self, what: str, givers: Iterable[Giver], before: str, after: str) -> None:
        owners, files = joined_givers(givers)
        self._result.log.append(LogRecord(
            self._now, self._month, files, owners, self._key, self._field, before, after, what,
        ))  # fmt: skip


def _with_givers(row: ConflictRecord, givers: Sequence[Giver]) -> ConflictRecord:
    """A row with more owners and files, where it does not name these owners yet."""
    known = {owner_key(name) for name in names_in(row.owners)}
    new = [giver for giver in givers if giver.key not in known]
    if not new:
        return row
    return replace(
        row,
        owners=joined([*names_in(row.owners), *(giver.owner for giver in new)]),
        files=joined([*names_in(row.files), *(giver.file for giver in new)]),
    )


def in_words(when: datetime) -> str:
    """A day as people write it: "2 April 2022"."""
    return f"{when.day} {Month.of(when)}"
