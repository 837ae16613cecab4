"""The registers of returns: what the tracker's own sheets keep about who sent what.

They are sheets that officers read, filter and fill in in Excel: Owners, Returns, Conflicts, Change
control and Update log. A record knows where it stands; one that is new stands nowhere yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sheetplan.model.finding import Finding
from sheetplan.model.finding_record import FindingRecord
from sheetplan.model.month import Month
from sheetplan.model.owner_return import ReturnIdentity, owner_key
from sheetplan.model.support import Standing
from sheetplan.model.wording import compact

USE_THIS = "Use this answer"
KEEP = "Keep the tracker's"
CHOICES = (USE_THIS, KEEP)
"""What an officer may choose for a conflict."""

MERGED = "Merged"
SAME = "Same answer"
WITHDRAWN = "Withdrawn"
CHOSEN = "Chosen"
CHANGE_CONTROL = "Change control"
FOUND_BY_COMPARISON = "Found by comparison"
"""What an entry of the update log says of itself.

Merged: the answer was written into the tracker. Same answer: the tracker said so already.
Withdrawn: it was taken out again, since another return answers differently. Chosen: an officer
chose it. Change control: an agreed request was carried out. Found by comparison: an older copy
of the tracker says something else.
"""

_AGREED = frozenset({"agreed", "approved"})
_PUT_OFF = frozenset({"", "deferred"})


@dataclass(frozen=True)
class OwnerRecord:
    """A row of Owners: a name as it is typed in the tracker, and who that is.

    `split_into` holds the owners whom the cell names; empty where it names the one.
    """

    name: str
    split_into: tuple[str, ...] = ()
    email: str = ""
    standing: Standing | None = None


@dataclass(frozen=True)
class ReturnRecord:
    """A row of Returns: one owner's return for one month. `reference` is its identity."""

    month: Month
    owner: str
    reference: str
    email: str = ""
    sent: date | None = None
    due: date | None = None
    returned: date | None = None
    asked: int = 0
    answered: int = 0
    blank: int = 0
    missing: int = 0
    merged: int = 0
    conflicts: int = 0
    requests: int = 0
    rejected: int = 0
    file: str = ""
    standing: Standing | None = None

    @property
    def owner_key(self) -> str:
        """The short name of the owner, whatever has become of the name in the register."""
        identity = ReturnIdentity.find(self.reference)
        return identity.owner if identity else owner_key(self.owner)


@dataclass(frozen=True)
class ConflictRecord:
    """A row of Conflicts: one answer to a cell for which others differ from it.

    The tracker keeps what it had (`kept`); an officer chooses. `owners` and `files` are those that
    gave this answer, `outcome` what became of the choice; it is empty while the conflict is open.
    """

    month: Month
    key: str
    field: str
    kept: str
    answer: str
    owners: str
    files: str
    choice: str = ""
    outcome: str = ""
    standing: Standing | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return not self.outcome


@dataclass(frozen=True)
class RequestRecord:
    """A row of Change control: what somebody asks for and only change control can grant.

    `field` is the name of a field such as "due_date", or "new_action"; other words as typed.
    `month` is the reporting month in which it was asked, None where an officer typed the row
    without one. `decision`, `decided_by` and `decided_on` are the officers' own; `carried_out` says
    what became of an agreed request, and is empty until something has.
    """

    month: Month | None
    key: str
    field: str
    before: str
    after: str
    reason: str
    owner: str
    file: str
    received: date | None = None
    decision: str = ""
    id: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    carried_out: str = ""
    standing: Standing | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision: nobody has decided, or the decision was put off."""
        return compact(self.decision) in _PUT_OFF and not self.is_carried_out

    @property
    def field_words(self) -> str:
        """The field as people say it: "Due date"."""
        words = self.field.replace("_", " ")
        return words[:1].upper() + words[1:]

    @property
    def is_agreed(self) -> bool:
        """Whether change control has agreed to it."""
        return compact(self.decision) in _AGREED

    @property
    def is_carried_out(self) -> bool:
        """Whether something has been done about it already."""
        return bool(self.carried_out.strip())


@dataclass(frozen=True)
class LogRecord:
    """A row of the Update log: what was written into the tracker, from whose return."""

    when: datetime
    month: Month
    file: str
    owner: str
    key: str
    field: str
    before: str
    after: str
    what: str
    standing: Standing | None = None


ReturnRegisterRecord = ReturnRecord | ConflictRecord | RequestRecord | LogRecord
RegisterRecord = ReturnRegisterRecord | FindingRecord


@dataclass(frozen=True)
class ReturnRecords:
    """The records of all registers, in the order in which they stand.

    `sheets` has the name of each register's sheet that is there, by kind: "owners", "returns",
    "conflicts", "requests", "log". `findings` is what could not be read in them.
    """

    owners: tuple[OwnerRecord, ...] = ()
    returns: tuple[ReturnRecord, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    requests: tuple[RequestRecord, ...] = ()
    log: tuple[LogRecord, ...] = ()
    sheets: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RegisterChanges:
    """What is to become of the registers: rows to add at the end, and rows that say something else.

    A record in `changed` has the standing of the row that it takes the place of.
    """

    added: tuple[RegisterRecord, ...] = ()
    changed: tuple[RegisterRecord, ...] = ()
