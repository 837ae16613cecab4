"""What changed between two trackers, as data.

Each change says where the action stands in the newer tracker; one that was removed, where it stood
in the older. Ratings and texts are words that are fit to be printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sheetplan.model.action import Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.workbook_structure import WorkbookStructure
from sheetplan.reports.content import Movement
from sheetplan.settings import Settings


@dataclass(frozen=True)
class PlanFile:
    """One of the two trackers, as it is read.

    Attributes:
        name: The file, as messages call it.
        tracker: Its actions.
        settings: The words by which it was read.
        structure: Its sheets and columns; None where only actions are compared.
    """

    name: str
    tracker: Tracker
    settings: Settings
    structure: WorkbookStructure | None = None


@dataclass(frozen=True)
class ComparedFile:
    """One of the two trackers, as it is told.

    Attributes:
        name: The file.
        month: The newest month that somebody has filled in, or else its last; None where it has
            no month at all.
        months: How many months it has.
        actions: How many actions.
    """

    name: str
    month: Month | None
    months: int
    actions: int


@dataclass(frozen=True)
class Change:
    """An action that changed: its reference as typed, its theme, what it is about, and its cell."""

    reference: str
    theme: str
    action: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class ListedAction(Change):
    """An action that only one tracker has, with what that says of it."""

    due: str
    lead: str
    rating: str


@dataclass(frozen=True)
class ThemeMove(Change):
    """An action that stands in another theme."""

    before: str
    after: str


@dataclass(frozen=True)
class Renumbering(Change):
    """An action with the very words of one that is gone. `before` is that one's reference."""

    before: str


@dataclass(frozen=True)
class FieldChange(Change):
    """A field that says something else. `month` where it is that month's update."""

    field: str
    month: Month | None
    before: str
    after: str


@dataclass(frozen=True)
class DateChange(Change):
    """A date that means something else, as typed before and after; empty where there is none.

    `months` is by how many it moved, less than 0 where it came forward; None where one of the two
    names no day. A revised date that is new has moved from the due date.
    """

    field: str
    before: str
    after: str
    months: int | None


@dataclass(frozen=True)
class StatusMove(Change):
    """A rating that is another in the newer tracker's month than in the older's."""

    before: str
    after: str
    movement: Movement


@dataclass(frozen=True)
class PastChange(Change):
    """A status or update of a past month that says something else in the newer tracker.

    `field` is "status" or "update".
    """

    month: Month
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class StructureChange:
    """What differs in how the workbooks are made: "column added", on which sheets, and what."""

    what: str
    sheets: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True)
class PlanChanges:
    """All that changed from the older tracker to the newer, in the order of the tracker.

    `findings` is what a person should look at before trusting the rest.
    """

    older: ComparedFile
    newer: ComparedFile
    added: tuple[ListedAction, ...] = ()
    removed: tuple[ListedAction, ...] = ()
    renumbered: tuple[Renumbering, ...] = ()
    moved: tuple[ThemeMove, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    dates: tuple[DateChange, ...] = ()
    statuses: tuple[StatusMove, ...] = ()
    past: tuple[PastChange, ...] = ()
    structure: tuple[StructureChange, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind."""
        return {kind: len(getattr(self, kind)) for kind in _kinds()}

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not any(self.counts.values())

    @property
    def needs_attention(self) -> bool:
        """Whether the past was changed, or a finding is more than a note."""
        return bool(self.past) or any(f.severity is not Severity.NOTE for f in self.findings)


def _kinds() -> Iterator[str]:
    known = ("older", "newer", "findings")
    return (field.name for field in fields(PlanChanges) if field.name not in known)
