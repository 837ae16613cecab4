"""The plan of `collect-returns`: what is merged into the tracker, and what is not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sheetplan.cycle.backups import COLLECTING_RETURNS, RESOLVING_CONFLICTS
from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.plain_data import plain
from sheetplan.errors import ReconciliationError
from sheetplan.model.action import Action
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.owner_return import (
    PassedOverFile,
    ReadFile,
    ReceivedReturn,
    RejectedFile,
)
from sheetplan.model.return_records import CHOSEN, MERGED, WITHDRAWN, ConflictRecord, LogRecord
from sheetplan.ooxml.workbook import Workbook
from sheetplan.returns.content import CellAnswer, Merging, Outcome, Tally, TrackerWrite
from sheetplan.sheets.month_cells import (
    MonthCellWrite,
    PlacedText,
    agreed_writes,
    put_month_cells,
)
from sheetplan.sheets.register_writing import RegisterPlan

_PLAINLY_MERGED = (Outcome.MERGED, Outcome.SAME)
_WRITTEN = (MERGED, WITHDRAWN, CHOSEN)  # what the log says of a cell that was written
_SUMMED = (
    "asked", "answered", "blank", "missing",
    "changed", "merged", "same", "conflicts", "requests", "rejected",
)  # fmt: skip


@dataclass(frozen=True)
class CollectTotals:
    """The sums of a run, which have to add up."""

    found: int
    merged_files: int
    rejected_files: int
    passed_over: int
    asked: int
    answered: int
    blank: int
    missing: int
    changed: int
    merged: int
    same: int
    conflicts: int
    requests: int
    rejected: int

    @classmethod
    def of(cls, found: int, files: Iterable[ReadFile], tallies: Iterable[Tally]) -> CollectTotals:
        """The sums of the files that were found and of the returns that were merged."""
        kinds = Counter(type(file) for file in files)
        sums: Counter[str] = Counter()
        for tally in tallies:
            sums.update({name: getattr(tally, name) for name in _SUMMED})
        return cls(
            found,
            kinds[ReceivedReturn],
            kinds[RejectedFile],
            kinds[PassedOverFile],
            **{name: sums[name] for name in _SUMMED},
        )


@dataclass(frozen=True)
class CollectStep:
    """Some returns merged, or the choices on the Conflicts sheet carried out.

    Attributes:
        merging: What it comes to.
        actions: The tracker's actions by their keys.
        placed: Where each text will stand that the merging writes, in its order.
        registers: What will be written into the registers.
    """

    merging: Merging
    actions: Mapping[str, Action]
    placed: tuple[PlacedText, ...]
    registers: RegisterPlan

    @property
    def cells(self) -> tuple[MonthCellWrite, ...]:
        """What will be written into cells, each of which may hold several texts."""
        return tuple(dict.fromkeys(each.write for each in self.placed if each.write))

    @property
    def has_work(self) -> bool:
        """Whether anything will be written."""
        return bool(self.cells) or self.registers.has_work

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        """All that is written over, for the promise: (part, place)."""
        return agreed_writes(self.cells) | self.registers.agreed

    @property
    def is_logged(self) -> bool:
        """Whether the cells that are written are just those that the Update log will name."""
        written = Counter(
            (id(write.action), write.field, write.before, write.after)
            for write in self.merging.writes
        )
        logged = Counter(
            (id(self.actions.get(entry.key)), entry.field, entry.before, entry.after)
            for entry in self.merging.changes.added
            if isinstance(entry, LogRecord) and entry.what in _WRITTEN
        )
        return written == logged and self._is_each_in_one_cell

    @property
    def _is_each_in_one_cell(self) -> bool:
        """Whether every text that the merging writes is in a cell, and no cell is written twice."""
        wanted = [(id(w.action), w.field, w.after) for w in self.merging.writes]
        placed = [(id(t.action), t.field, t.words) for t, write, _ in self.placed if write]
        places = {(cell.sheet.name, cell.write.cell) for cell in self.cells}
        return wanted == placed and len(places) == len(self.cells)

    def carry_out(self, workbook: Workbook) -> None:
        """Make the changes in the open workbook."""
        put_month_cells(workbook, self.cells)
        self.registers.carry_out()
        if self.cells:
            workbook.recalculate_on_opening()

    def writes_as_data(self) -> list[dict[str, str]]:
        """What is written into the cells of the month, as plain data."""
        return [
            {
                "sheet": placed.write.sheet.name,
                "cell": placed.write.write.cell,
                "reference": write.action.reference_text,
                "field": write.field,
                "before": write.before,
                "after": write.after,
            }
            for placed, write in zip(self.placed, self.merging.writes, strict=True)
            if placed.write
        ]


@dataclass
class CollectPlan(ChangePlan):
    """What collecting returns, or resolving conflicts, will do; nothing has been done.

    Attributes:
        month: The month that the returns are for.
        found: How many files were found.
        files: What became of each: a return that is merged, or why it is not.
        steps: What will be done. All but the last have been carried out in the open workbook,
            since the last builds on them.
        open_conflicts: How many cells will be in conflict and not settled.
        conflicts_sheet: The name of the sheet on which officers settle them.
        open_requests: How many requests will wait for a decision, of any month.
        requests_sheet: The name of the sheet on which officers note decisions.
        register_findings: What could not be read in the registers.
    """

    month: Month
    found: int
    files: tuple[ReadFile, ...]
    steps: tuple[CollectStep, ...]
    open_conflicts: int
    conflicts_sheet: str
    open_requests: int
    requests_sheet: str
    register_findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        what = COLLECTING_RETURNS if self.files else RESOLVING_CONFLICTS
        return f"{what} {self.month}"

    @property
    def has_work(self) -> bool:
        return any(step.has_work for step in self.steps)

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        return frozenset(place for step in self.steps for place in step.agreed)

    @property
    def writes(self) -> tuple[TrackerWrite, ...]:
        """What the cells of the month will say, and what they said."""
        return tuple(write for step in self.steps for write in step.merging.writes)

    @property
    def taller(self) -> tuple[MonthCellWrite, ...]:
        """The cells whose rows become taller, so that all their words are seen."""
        return tuple(cell for step in self.steps for cell in step.cells if cell.row_height)

    @property
    def returns(self) -> tuple[ReceivedReturn, ...]:
        """The returns that are merged."""
        return tuple(file for file in self.files if isinstance(file, ReceivedReturn))

    @property
    def rejected(self) -> tuple[RejectedFile, ...]:
        """The files that are not merged."""
        return tuple(file for file in self.files if isinstance(file, RejectedFile))

    @property
    def passed_over(self) -> tuple[PassedOverFile, ...]:
        """The files that were meant for no return."""
        return tuple(file for file in self.files if isinstance(file, PassedOverFile))

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The sums of each return."""
        return tuple(tally for step in self.steps for tally in step.merging.tallies)

    @property
    def totals(self) -> CollectTotals:
        """The sums of all of them, and of the files."""
        return CollectTotals.of(self.found, self.files, self.tallies)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        found = (finding for step in self.steps for finding in step.merging.findings)
        return (*self.register_findings, *found)

    @property
    def answers(self) -> tuple[CellAnswer, ...]:
        """Every cell that came back changed."""
        return tuple(answer for step in self.steps for answer in step.merging.answers)

    @property
    def not_merged(self) -> tuple[CellAnswer, ...]:
        """Those of them that were not plainly merged."""
        return tuple(a for a in self.answers if a.outcome not in _PLAINLY_MERGED)

    @property
    def rejected_answers(self) -> tuple[CellAnswer, ...]:
        """Those of them that went nowhere: only what is said of them here keeps them."""
        return tuple(a for a in self.answers if a.outcome is Outcome.REJECTED)

    @property
    def settled_conflicts(self) -> tuple[ConflictRecord, ...]:
        """The rows of Conflicts that are settled by the choices that officers made."""
        choices = (step.merging for step in self.steps if not step.merging.tallies)
        changed = (record for merging in choices for record in merging.changes.changed)
        return tuple(record for record in changed if isinstance(record, ConflictRecord))

    @property
    def needs_attention(self) -> bool:
        """Whether there is anything that a person has to look at."""
        return bool(
            self.rejected
            or self.open_conflicts
            or self.rejected_answers
            or any(finding.severity is not Severity.NOTE for finding in self.findings)
        )

    def reconcile(self) -> None:
        """Make sure that every file, row and cell is accounted for.

        Raises:
            ReconciliationError: something is not; names it.
        """
        faults = list(self._faults())
        if faults:
            raise ReconciliationError(
                f"what came back does not add up: {'; '.join(faults)}.",
                where=self.path,
                remedy="This is a fault in sheetplan. Please report it with a copy of this "
                "message, and merge these returns by hand meanwhile.",
            )

    def _faults(self) -> Iterator[str]:
        totals = self.totals
        files = totals.merged_files + totals.rejected_files + totals.passed_over
        if totals.found != files or files != len(self.files):
            yield f"{totals.found} files were found, and {files} are accounted for"
        if sorted(tally.file for tally in self.tallies) != sorted(r.file for r in self.returns):
            yield "the returns that were merged are not those that were read"
        outcomes = Counter((answer.file, answer.outcome) for answer in self.answers)
        for tally in self.tallies:
            is_told = all(outcomes[tally.file, o] == n for o, n in _outcomes(tally).items())
            if not (tally.adds_up and is_told):
                yield f"the rows and cells of {tally.file}"
        if not all(step.is_logged for step in self.steps):
            yield "the cells that are written are not those in the Update log"

    def as_data(self) -> dict[str, Any]:
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "files": [_file_data(file) for file in self.files],
            "totals": plain(self.totals),
            "returns": plain(self.tallies),
            "not_merged": plain(self.not_merged),
            "writes": [write for step in self.steps for write in step.writes_as_data()],
            "taller": [
                {"sheet": c.sheet.name, "row": c.write.row, "points": float(c.row_height)}
                for c in self.taller
            ],
            "registers": [sheet for step in self.steps for sheet in step.registers.as_data()],
            "open_conflicts": self.open_conflicts,
            "open_requests": self.open_requests,
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        self.reconcile()
        self.steps[-1].carry_out(self.workbook)


def _outcomes(tally: Tally) -> dict[Outcome, int]:
    """What became of the changed cells of a return, as its tally says."""
    return {
        Outcome.MERGED: tally.merged,
        Outcome.SAME: tally.same,
        Outcome.CONFLICT: tally.conflicts,
        Outcome.CHANGE_REQUEST: tally.requests,
        Outcome.REJECTED: tally.rejected,
    }


def _file_data(file: ReadFile) -> dict[str, Any]:
    """What became of a file, as plain data."""
    if isinstance(file, PassedOverFile):
        return {"file": file.file, "outcome": "passed over", "reason": file.reason}
    if isinstance(file, RejectedFile):
        return {"outcome": "rejected", **plain(file)}
    return {
        "file": file.file,
        "outcome": "merged",
        "owner": file.owner_name,
        "return": str(file.identity),
        "notes": list(file.notes),
    }
