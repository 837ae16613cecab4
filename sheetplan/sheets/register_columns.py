"""The registers of returns: what each sheet is called, its columns, and what headings may say.

A column has the name that its records have for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sheetplan.model.return_records import (
    ConflictRecord,
    LogRecord,
    RequestRecord,
    ReturnRecord,
    ReturnRegisterRecord,
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
    "ChangeRequests",
    "Change requests",
    (
        _needed("month", "Month", "Reporting month"),
        _needed("key", "Reference", "Ref", "Action"),
        _needed("field", "Field", "Column", "Cell"),
        _column("before", "Tracker says", "Tracker", "Before", "From"),
        _needed("after", "Asked for", "After", "To", "Request"),
        _needed("reason", "Reason", "Reasons", "Why"),
        _needed("owner", "Asked by", "Owner", "By"),
        _column("received", "Received", "Date received", "Received on"),
        _column("decision", "Decision", "Decided", "Outcome"),
        _needed("file", "File", "Files", "File name"),
    ),
    _RENEWAL,
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

REGISTER_KINDS = (RETURNS, CONFLICTS, REQUESTS, LOG)
"""Every kind, in the order in which new sheets are added."""

KIND_OF: Mapping[type[ReturnRegisterRecord], SupportKind] = {
    ReturnRecord: RETURNS,
    ConflictRecord: CONFLICTS,
    RequestRecord: REQUESTS,
    LogRecord: LOG,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    RETURNS.name: ("reference",),
    CONFLICTS.name: ("key", "month", "field", "answer"),
    REQUESTS.name: ("key", "month", "field", "after", "reason", "owner"),
    LOG.name: ("key", "month", "field", "when"),
}
"""By kind: the columns by which a record is known again."""

NEW_ACTION = "new_action"
"""The field of what is about an action that the plan does not have, so has no reference."""

FIELD_WORDS: Mapping[str, str] = {
    "reference": "Reference",
    "workstream": "Workstream",
    "action": "Action",
    "due_date": "Due date",
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
