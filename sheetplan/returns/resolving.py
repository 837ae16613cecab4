"""Resolving: carrying out what officers chose on the sheet Conflicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sheetplan.model.action import Action, Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.owner_return import TRACKER_FIELDS, TextRun, settled
from sheetplan.model.return_records import (
    CHOICES,
    CHOSEN,
    KEEP,
    USE_THIS,
    ConflictRecord,
    LogRecord,
    RegisterChanges,
    ReturnRecords,
)
from sheetplan.model.wording import compact, did_you_mean
from sheetplan.returns.content import Merging, TrackerWrite
from sheetplan.returns.contradictions import contradictions
from sheetplan.returns.keys import keyed
from sheetplan.returns.lengths import shown
from sheetplan.returns.settling import in_words
from sheetplan.returns.today import Obstacle, no_obstacle
from sheetplan.settings import Settings


def resolve(
    tracker: Tracker,
    month: Month,
    records: ReturnRecords,
    settings: Settings,
    now: datetime,
    *,
    obstacle: Obstacle = no_obstacle,
) -> Merging:
    """Say what the choices for a month's conflicts come to. Nothing is written.

    An answer that was chosen is written if the tracker still says what it said when the conflict
    arose; the others to that cell are settled with it. A blank answer clears the cell. Where
    choices cannot be carried out, nothing is done for that cell, and a finding says why.

    Args:
        tracker: The tracker as it is now.
        month: The month.
        records: What the tracker's registers say now.
        settings: The council's words.
        now: The time that the registers note.
        obstacle: Why a text cannot be written into a cell of the tracker.
    """
    resolver = _Resolver(keyed(tracker), month, settings, now, obstacle)
    cells: dict[tuple[str, str], list[ConflictRecord]] = defaultdict(list)
    for row in records.conflicts:
        if row.month == month and row.is_open:
            cells[row.key, row.field].append(row)
    for cell, rows in cells.items():
        before = len(resolver.settled_rows)
        resolver.resolve_cell(rows)
        if len(resolver.settled_rows) - before < len(rows):
            resolver.disputed.add(cell)
    resolver.find_contradictions()
    return Merging(
        month,
        answers=(),
        writes=tuple(resolver.writes),
        changes=RegisterChanges(tuple(resolver.log), tuple(resolver.settled_rows)),
        tallies=(),
        findings=(*resolver.findings, *_waiting(records, month)),
    )


def _waiting(records: ReturnRecords, month: Month) -> Iterator[Finding]:
    """The choices for other months, which are not carried out now."""
    rows = [r for r in records.conflicts if r.is_open and r.choice.strip() and r.month != month]
    for other, count in sorted(Counter(row.month for row in rows).items()):
        first = next(row for row in rows if row.month == other)
        choices = "A choice" if count == 1 else f"{count} choices"
        yield _finding(
            first, "choice-other-month", f"{choices} for {other} will be carried out when you "
            f"run this with --month {other.iso}.", Severity.NOTE,
        )  # fmt: skip


@dataclass
class _Resolver:
    keyed: Mapping[str, Action]
    month: Month
    settings: Settings
    now: datetime
    obstacle: Obstacle
    writes: list[TrackerWrite] = field(default_factory=list)
    log: list[LogRecord] = field(default_factory=list)
    settled_rows: list[ConflictRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    chosen: dict[str, dict[str, str]] = field(default_factory=dict)
    """What rows of the tracker say once the choices for them are carried out, by key and field."""
    disputed: set[tuple[str, str]] = field(default_factory=set)
    """The cells that stay in conflict, by key and field."""

    def resolve_cell(self, rows: Sequence[ConflictRecord]) -> None:
        """Carry out what was chosen for one cell; all of its open rows are given."""
        choices = [_choice(row) for row in rows]
        if None in choices:
            self.findings += [
                _finding(
                    row, "choice-not-understood",
                    f'"{shown(row.choice)}" is not one of the choices.'
                    f'{did_you_mean(row.choice, CHOICES)} Choose "{USE_THIS}" or "{KEEP}".',
                )
                for row, choice in zip(rows, choices, strict=True)
                if choice is None
            ]  # fmt: skip
            return
        used = [row for row in rows if _choice(row) == USE_THIS]
        if len(used) > 1:
            self.findings += [
                _finding(
                    row, "choice-twice", f'"{USE_THIS}" is chosen for {len(used)} answers to one '
                    "cell. Choose one of them.",
                )
                for row in used
            ]  # fmt: skip
        elif used:
            self._use(used[0], rows)
        else:
            self._settle((row for row in rows if _choice(row) == KEEP), "Tracker kept")

    def _use(self, chosen: ConflictRecord, rows: Sequence[ConflictRecord]) -> None:
        action = self.keyed.get(chosen.key)
        if action is None or chosen.field not in TRACKER_FIELDS:
            what = f"{chosen.field} of {chosen.key}" if action else f"action {chosen.key}"
            self._cannot(chosen, f"the tracker has no {what}")
            return
        before = self._texts(action)[chosen.field]
        if settled(before) != settled(chosen.answer):
            if settled(before) != settled(chosen.kept):
                self._cannot(
                    chosen, f'the tracker says "{shown(before)}" now, and not what stands under '
                    "Tracker keeps. Correct the tracker by hand, or type there what it says",
                )  # fmt: skip
                return
            obstacle = self.obstacle(action, chosen.field, chosen.answer)
            if obstacle:
                self._cannot(chosen, obstacle.rstrip("."))
                return
            self._write(chosen, action, before)
        self.chosen.setdefault(chosen.key, self._texts(action))[chosen.field] = chosen.answer
        self._settle([chosen], "Used")
        self._settle((row for row in rows if row is not chosen), "Not used")

    def find_contradictions(self) -> None:
        """Find what does not fit in the rows for which an answer was chosen."""
        for key, texts in self.chosen.items():
            self.findings += contradictions(
                self.keyed[key],
                self.month,
                texts["status"],
                texts["update"],
                self.settings,
                [name for other, name in self.disputed if other == key],
            )

    def _texts(self, action: Action) -> dict[str, str]:
        return {
            "status": action.typed_status(self.month),
            "update": action.update(self.month),
        }

    def _write(self, chosen: ConflictRecord, action: Action, before: str) -> None:
        runs = (TextRun(chosen.answer),) if chosen.answer else ()
        self.writes.append(TrackerWrite(action, chosen.field, before, runs))
        self.log.append(LogRecord(
            self.now, self.month, chosen.files, chosen.owners, chosen.key, chosen.field,
            before, chosen.answer, CHOSEN,
        ))  # fmt: skip

    def _settle(self, rows: Iterator[ConflictRecord] | Sequence[ConflictRecord], how: str) -> None:
        outcome = f"{how} {in_words(self.now)}"
        self.settled_rows += [replace(row, outcome=outcome) for row in rows]

    def _cannot(self, row: ConflictRecord, why: str) -> None:
        self.findings.append(
            _finding(row, "choice-not-carried-out", f"the choice was not carried out: {why}.")
        )


def _choice(row: ConflictRecord) -> str | None:
    """What was chosen, of which the beginning is enough; empty for nothing, None for no choice."""
    typed = compact(row.choice)
    if not typed:
        return "" if not row.choice.strip() else None
    return next((choice for choice in CHOICES if compact(choice).startswith(typed)), None)


def _finding(
    row: ConflictRecord, code: str, message: str, severity: Severity = Severity.WARNING
) -> Finding:
    standing = row.standing
    sheet = standing.sheet if standing else "Conflicts"
    cell = standing.cell("choice") if standing else ""
    return Finding(code, severity, sheet, cell, row.key, message)
