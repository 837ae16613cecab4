"""What a month's returns ask for, and what merging them comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sheetplan.model.action import Action
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.owner_return import Owner, TextRun
from sheetplan.model.return_records import RegisterChanges

_DATE_FIELDS = ("due_date", "revised_date")

# ---------------------------------------------------------------- asking


@dataclass(frozen=True)
class AskedRow:
    """A row of a return, before it has a look.

    Attributes:
        key: The action's key: its reference, with " (2)" behind it for the second row of one.
        action: The action.
        theme: The title of its theme.
        texts: What each cell says, by the names of RETURN_FIELDS.
        is_asked: Whether an update is asked for; the others are shown as context.
    """

    key: str
    action: Action
    theme: str
    texts: Mapping[str, str]
    is_asked: bool


@dataclass(frozen=True)
class OwnerRows:
    """The rows of one owner's return, in the order of the tracker."""

    owner: Owner
    rows: tuple[AskedRow, ...]

    @property
    def asked(self) -> tuple[AskedRow, ...]:
        """Those for which an update is asked."""
        return tuple(row for row in self.rows if row.is_asked)

    @property
    def has_dates(self) -> bool:
        """Whether the plan has a column for the due date of any row: else none can be moved."""
        return any(_has_dates(row.action) for row in self.rows)


def _has_dates(action: Action) -> bool:
    columns = action.columns
    return columns is None or not columns.fields.keys().isdisjoint(_DATE_FIELDS)


@dataclass(frozen=True)
class Asking:
    """Whom to ask for what in a month.

    Attributes:
        month: The month.
        last_month: The one before it in the tracker; None where there is none.
        owners: The owners, in the order in which the tracker first names them.
        findings: What is doubtful, such as a cell that seems to name several people.
    """

    month: Month
    last_month: Month | None
    owners: tuple[OwnerRows, ...]
    findings: tuple[Finding, ...]


# ---------------------------------------------------------------- merging


class Outcome(Enum):
    """What became of a cell that came back changed."""

    MERGED = "merged"
    SAME = "same answer"  # the tracker said so already
    CONFLICT = "conflict"
    CHANGE_REQUEST = "change request"
    REJECTED = "rejected"


@dataclass(frozen=True)
class CellAnswer:
    """A cell that came back changed, and what became of it.

    Attributes:
        file: The file that it came in.
        owner: The owner's name.
        cell: Its name in the file, such as "H7".
        key: The key of its row; as typed where the tracker has no such row.
        field: The name of its field, one of RETURN_FIELDS or NEW_ACTION_FIELDS.
        outcome: What became of it.
        text: What it says.
        reason: Why it was rejected, or is in conflict; a sentence.
    """

    file: str
    owner: str
    cell: str
    key: str
    field: str
    outcome: Outcome
    text: str
    reason: str = ""


@dataclass(frozen=True)
class TrackerWrite:
    """What is written into one cell of a month's columns.

    `before` is what it holds; `runs` are the text that it will hold, none to make it blank.
    """

    action: Action
    field: str
    before: str
    runs: tuple[TextRun, ...]

    @property
    def after(self) -> str:
        """The words that it will hold."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Tally:
    """The sums of one return, which have to add up.

    `asked` is rows; `changed` is cells that came back other than they were sent.
    """

    file: str
    reference: str
    owner: str
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

    @property
    def adds_up(self) -> bool:
        """Whether every row and every changed cell is accounted for."""
        rows = self.answered + self.blank + self.missing
        cells = self.merged + self.same + self.conflicts + self.requests + self.rejected
        return self.asked == rows and self.changed == cells


@dataclass(frozen=True)
class Merging:
    """What merging some returns comes to; nothing has been written.

    Attributes:
        month: The month.
        answers: Every cell that came back changed.
        writes: What the tracker will say, one for each cell that changes.
        changes: What the registers will say.
        tallies: The sums of each return.
        findings: What a person should look at: places are cells of the tracker where it has one.
    """

    month: Month
    answers: tuple[CellAnswer, ...]
    writes: tuple[TrackerWrite, ...]
    changes: RegisterChanges
    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
