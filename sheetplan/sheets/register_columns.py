"""The registers of returns and of findings: what each sheet is called, its columns, and what
headings may say.

A column has the name that its records have for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sheetplan.model.finding_record import FindingRecord
from sheetplan.model.return_records import (
    ConflictRecord,
    LogRecord,
    RegisterRecord,
    RequestRecord,
    ReturnRecord,
)
from sheetplan.model.wording import compact
from sheetplan.sheets.support_columns import SupportColumn, SupportKind

OPEN = "Open"
"""What a conflict says of itself that nobody has settled yet."""

_RENEWAL = "run this again, which adds a new one"


def _column(name: str, *headings: str) -> SupportColumn:
    return SupportColumn(name, headings)


def _needed(name: str, *headings: str) -> SupportColumn:
    """A column by which rows are known, or that holds an owner's words."""
    return SupportColumn(name, headings, is_needed=True)


RETURNS = SupportKind(
    "returns",
    "Returns",
    "Returns",
    (
        _needed("owner", "Owner", "Update owner", "Name"),
        _column("email", "E-mail", "E-mail address", "Address"),
        _needed("month", "Month", "Reporting month"),
        _column("sent", "Sent", "Date sent", "Sent on"),
        _column("due", "Due", "Due date", "Due by"),
        _column("returned", "Returned", "Date returned", "Returned on", "Received"),
        _column("asked", "Rows asked", "Asked", "Rows"),
        _column("answered", "Answered", "Rows answered"),
        _column("blank", "Blank", "Rows blank", "Left blank"),
        _column("missing", "Missing", "Rows missing"),
        _column("merged", "Merged", "Cells merged"),
        _column("conflicts", "Conflicts", "Conflict"),
        _column("requests", "Change requests", "Requests"),
        _column("rejected", "Rejected", "Cells rejected"),
        _column("file", "File", "Files", "File name"),
        _needed("reference", "Reference", "Return reference", "Return", "Identity"),
    ),
    _RENEWAL,
)

CONFLICTS = SupportKind(
    "conflicts",
    "Conflicts",
    "Conflicts",
    (
        _needed("month", "Month", "Reporting month"),
        _needed("key", "Reference", "Ref", "Action"),
        _needed("field", "Field", "Column", "Cell"),
        _needed("kept", "Tracker keeps", "Tracker says", "Kept", "Tracker"),
        _needed("answer", "Answer", "Answered", "Returned"),
        _needed("owners", "From", "Owners", "Owner", "Answered by"),
        _needed("choice", "Choice", "Choose", "Decision"),
        _needed("outcome", "Outcome", "State"),
        _needed("files", "Files", "File", "File names"),
    ),
    _RENEWAL,
)

REQUESTS = SupportKind(
    "requests",
    "ChangeControl",
    "Change control",
    (
        _column("id", "Id", "Request id", "Change control id", "No.", "Number"),
        _needed("key", "Reference", "Ref", "Action"),
        _needed("field", "Field", "Column", "Cell"),
        _column("before", "From", "Tracker says", "Tracker", "Before"),
        _needed("after", "To", "Asked for", "After", "Request"),
        _needed(
            "month", "Requested", "Requested month", "Month requested", "Month", "Reporting month"
        ),
        _needed("reason", "Reason", "Reasons", "Why"),
        _needed("owner", "Asked by", "Requested by", "Owner", "By"),
        _column("received", "Received", "Date received", "Received on"),
        _column("decision", "Decision", "Decided", "Outcome"),
        _column("decided_by", "Decided by", "Approved by", "Agreed by"),
        _column("decided_on", "Decided on", "Date decided", "Date of decision", "Approved on"),
        _column("carried_out", "Carried out", "Carried out on", "Done"),
        _needed("file", "File", "Files", "File name"),
    ),
    _RENEWAL,
    former_tables=("ChangeRequests",),
)

LOG = SupportKind(
    "log",
    "UpdateLog",
    "Update log",
    (
        _needed("when", "When", "Date", "Time", "Date and time"),
        _needed("month", "Month", "Reporting month"),
        _needed("key", "Reference", "Ref", "Action"),
        _needed("field", "Field", "Column", "Cell"),
        _needed("before", "Before", "From"),
        _needed("after", "After", "To"),
        _needed("what", "What happened", "What", "Outcome"),
        _needed("owner", "Owner", "By", "Answered by"),
        _needed("file", "File", "Files", "File name"),
    ),
    _RENEWAL,
)

FINDINGS = SupportKind(
    "findings",
    "CheckFindings",
    "Findings",
    (
        _column("severity", "Severity", "Kind"),
        _needed("finding", "Finding", "What is wrong"),
        _column("where", "Where", "Cells", "Cell", "Place"),
        _column("reference", "Reference", "References", "Ref", "Action"),
        _needed("answer", "Officer's answer", "Answer"),
        _column("state", "State", "Status"),
        _column("found_in", "Found in", "First found"),
        _column("last_found", "Last found", "Last found in"),
        _column("why", "Why it matters", "Why"),
        _column("rule", "Rule", "Rule code"),
        _needed("key", "Key", "Keys"),
    ),
    _RENEWAL,
)

RETURN_KINDS = (RETURNS, CONFLICTS, REQUESTS, LOG)
"""The registers of returns, in the order in which new sheets are added."""

REGISTER_KINDS = (*RETURN_KINDS, FINDINGS)
"""Every kind."""

KIND_OF: Mapping[type[RegisterRecord], SupportKind] = {
    ReturnRecord: RETURNS,
    ConflictRecord: CONFLICTS,
    RequestRecord: REQUESTS,
    LogRecord: LOG,
    FindingRecord: FINDINGS,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    RETURNS.name: ("reference",),
    CONFLICTS.name: ("key", "month", "field", "answer"),
    REQUESTS.name: ("key", "month", "field", "after", "reason", "owner"),
    LOG.name: ("key", "month", "field", "when"),
    FINDINGS.name: ("rule", "answer"),
}
"""By kind: the columns by which a record is known again.

The places of a finding come and go, and its row stays: sheetplan never changes its rule, nor what
was answered.
"""

NEW_ACTION = "new_action"
"""The field of what is about an action that the plan does not have, so has no reference."""

FIELD_WORDS: Mapping[str, str] = {
    "reference": "Reference",
    "workstream": "Workstream",
    "action": "Action",
    "start_date": "Start date",
    "due_date": "Due date",
    "revised_date": "Revised date",
    "last_status": "Last status",
    "last_update": "Last update",
    "status": "Status",
    "update": "Update",
    NEW_ACTION: "New action",
}
"""The fields of the records by what their cells say."""

_NAMES = {compact(words): name for name, words in FIELD_WORDS.items()}


def field_words(name: str) -> str:
    """What a cell says for a field; the name itself of one that has no words."""
    return FIELD_WORDS.get(name, name)


def field_named(words: str) -> str | None:
    """The field that a cell names; None where it names none."""
    return _NAMES.get(compact(words))
