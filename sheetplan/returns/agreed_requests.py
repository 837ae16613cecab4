"""What one request comes to: whether it waits, can be carried out, or cannot, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheetplan.model.action import Action
from sheetplan.model.date_history import means_the_same
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.owner_return import settled, without_controls
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.return_records import RequestRecord
from sheetplan.model.support import Standing
from sheetplan.model.wording import compact, listed
from sheetplan.returns.control_content import WaitingRequest
from sheetplan.returns.keys import keys_named, keys_of_leads
from sheetplan.returns.lengths import MOST_UNITS, shown
from sheetplan.returns.waiting import waiting_request
from sheetplan.settings import Settings

_DATES = ("due_date", "start_date")
_TEXTS = ("action", "workstream")
_NOT_AGREED = frozenset(
    ("notagreed", "notapproved", "no", "refused", "rejected", "declined", "withdrawn")
)
_HEADINGS = {
    "id": "Id",
    "decision": "Decision",
    "decided_by": "Decided by",
    "decided_on": "Decided on",
    "carried_out": "Carried out",
}
"""The columns without which nothing can be carried out."""
_LACKING = {"decided_by": "who decided", "decided_on": "when"}
_COLUMNS_MISSING = "request-columns-missing"


@dataclass(frozen=True)
class AgreedRequest:
    """A request that may be carried out, as far as it alone says.

    Attributes:
        request: The request.
        key: The key of its action.
        action: The action.
        name: The field: the due date, though another column than its own may be written.
        before: What the tracker says now.
        after: What was agreed.
        date: What is meant by it, where it is a date.
        is_there: Whether the tracker says so already.
    """

    request: RequestRecord
    key: str
    action: Action
    name: str
    before: str
    after: str
    date: PlanDate | None
    is_there: bool

    @property
    def target(self) -> str:
        """The field that is written: a new due date stands beside the old one where the sheet has
        a column for revised dates."""
        is_beside = self.name == "due_date" and self.action.cell("revised_date")
        return "revised_date" if is_beside else self.name

    @property
    def held(self) -> str:
        """What that cell says now."""
        if self.target == self.name:
            return self.before
        date = self.action.dates.get(self.target)
        return "" if date is None else date.text

    @property
    def place(self) -> str:
        """The cell that is written."""
        return f"{self.action.sheet}!{self.action.cell(self.target)}"

    def leads_where(self, other: AgreedRequest) -> bool:
        """Whether another request leads to the same."""
        if self.date is not None and other.date is not None:
            return means_the_same(self.date, other.date)
        return settled(self.after) == settled(other.after)


@dataclass
class RequestReader:
    """Reads requests one by one, and keeps what is not to be carried out.

    Attributes:
        actions: The tracker's actions by their keys.
        settings: The council's words for dates, and how long a request may wait.
        today: The day from which is counted.
        ids: The ids of all requests.
        waiting: Those that nobody has decided.
        by_hand: Those that are agreed, and that a person has to carry out.
        refused: What cannot be carried out, and why.
        notes: What is doubtful beside that.
    """

    actions: Mapping[str, Action]
    settings: Settings
    today: date
    ids: Sequence[str]
    waiting: list[WaitingRequest] = field(default_factory=list)
    by_hand: list[RequestRecord] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def read(self, request: RequestRecord) -> AgreedRequest | None:
        """The request where it is agreed and may be carried out."""
        if request.is_carried_out:
            return None
        if request.is_open:
            self._wait(request)
            return None
        if not request.is_agreed:
            if compact(request.decision) not in _NOT_AGREED:
                self.refuse(request, "request-decision-unclear", "decision",
                            f'has the decision "{shown(request.decision)}", which is neither '
                            "Agreed, Not agreed nor Deferred. If it is agreed, choose Agreed."
                            )  # fmt: skip
            return None
        if not self._is_decided(request):
            return None
        name = "due_date" if request.field == "revised_date" else request.field
        if name not in (*_DATES, *_TEXTS) or len(request.after) >= MOST_UNITS - 1:
            self.by_hand.append(request)
            return None
        return self._agreed(request, name)

    def refuse(self, request: RequestRecord, code: str, column: str, message: str) -> None:
        """Say why a request cannot be carried out, to follow its id."""
        self.refused.append(_finding(request, code, column, message, Severity.WARNING))

    def _wait(self, request: RequestRecord) -> None:
        standing, codes = request.standing, {note.code for note in self.notes}
        if standing and "decision" not in standing.columns and _COLUMNS_MISSING not in codes:
            self.notes.append(Finding(
                _COLUMNS_MISSING, Severity.WARNING, standing.sheet, "", "",
                "the sheet has no column Decision, so every request is read as one that nobody has "
                "decided. Give the column its heading back.",
            ))  # fmt: skip
        waiting = waiting_request(request, self.today, self.settings.checks.request_months)
        self.waiting.append(waiting)
        if waiting.since is None:
            self.notes.append(_finding(
                request, "request-undated", "month",
                "has neither a month nor a day on which it was received, so nobody can say how "
                "long it has been open. Type the month under Requested.", Severity.NOTE,
            ))  # fmt: skip

    # ------------------------------------------------------------ the decision

    def _is_decided(self, request: RequestRecord) -> bool:
        """Whether it says who agreed to it and when, on a sheet that can keep what became of it."""
        columns = request.standing.columns if request.standing else _HEADINGS
        lacking = [heading for name, heading in _HEADINGS.items() if name not in columns]
        if lacking:
            word, such = "column", "it to the table, with this heading"
            if len(lacking) > 1:
                word, such = "columns", "them to the table, with these headings"
            self.refuse(request, _COLUMNS_MISSING, "decision",
                        f"cannot be carried out: the sheet has no {word} {listed(lacking)}. Add "
                        f"{such}.")  # fmt: skip
        elif self.ids.count(request.id) > 1:
            self.refuse(request, "request-id-repeated", "id",
                        "is the id of several requests. Clear it in the newer row, which then gets "
                        "one of its own.")  # fmt: skip
        elif not request.decided_by or request.decided_on is None:
            blank = {"decided_by": not request.decided_by, "decided_on": not request.decided_on}
            missing = [name for name, is_missing in blank.items() if is_missing]
            self.refuse(request, "request-decision-incomplete", missing[0],
                        f"is agreed and does not say {listed([_LACKING[name] for name in missing])}"
                        f". Fill in {listed([_HEADINGS[name] for name in missing])}."
                        )  # fmt: skip
        elif request.decided_on > self.today:
            day = f"{request.decided_on.day} {Month.of(request.decided_on)}"
            self.refuse(request, "request-decision-incomplete", "decided_on",
                        f"was decided on {day}, which is still to come. Correct the date."
                        )  # fmt: skip
        else:
            return True
        return False

    # ------------------------------------------------------------ what is to change

    def _agreed(self, request: RequestRecord, name: str) -> AgreedRequest | None:
        keys = keys_named(request.key, self.actions)
        if len(keys) != 1:
            self.refuse(request, "request-action-unknown", "key", self._not_one(request, keys))
            return None
        action = self.actions[keys[0]]
        if not (action.cell(name) or (name == "due_date" and action.cell("revised_date"))):
            self.refuse(request, "request-cell-blocked", "field",
                        f"is about the {request.field_words.lower()}, for which {action.sheet} has "
                        "no column. Add one; or change the plan by hand, and write so under "
                        "Carried out.")  # fmt: skip
            return None
        read = self._agreed_date if name in _DATES else self._agreed_text
        return read(request, keys[0], action, name)

    def _not_one(self, request: RequestRecord, keys: Sequence[str]) -> str:
        if not request.key:
            return "names no action. Type its reference."
        leads = keys_of_leads(request.key, self.actions)
        if leads:
            return (
                f'is about "{shown(request.key)}", a row of {len(leads)} leads: '
                f"{listed([self.actions[key].reference_text for key in leads])}. "
                "Type one of these. What the row has one cell for changes for all of them."
            )
        if not keys:
            return f'is about "{shown(request.key)}", a reference that no row bears. Correct it.'
        rows = [f"{self.actions[key].sheet} row {self.actions[key].row}" for key in keys]
        return (
            f'is about "{shown(request.key)}", a reference that {len(keys)} rows bear: '
            f"{listed(rows)}. Give each row its own."
        )

    def _agreed_date(
        self, request: RequestRecord, key: str, action: Action, name: str
    ) -> AgreedRequest | None:
        words, after = self.settings.dates, request.after.strip()
        date = PlanDate.read(after, words)
        if date.precision is Precision.UNREADABLE or date.mended:
            doubt = f"is no plain date: it was {date.mended}" if date.mended else "is no date"
            asks = f'asks for "{shown(after)}", which {doubt}' if after else "asks for no date"
            self.refuse(request, "request-date-unclear", "after",
                        f"{asks}. Type it under To as 31 July 2023, Jul-23, Autumn 2023 or TBC."
                        )  # fmt: skip
            return None
        now = action.due if name == "due_date" else action.dates.get(name)
        says = "" if now is None else now.text
        found = AgreedRequest(
            request, key, action, name, says, after, date, means_the_same(date, now)
        )
        was = PlanDate.read(request.before.strip(), words)
        return self._unless_changed(found, is_as_it_was=means_the_same(was, now))

    def _agreed_text(
        self, request: RequestRecord, key: str, action: Action, name: str
    ) -> AgreedRequest | None:
        after, says = without_controls(request.after).strip(), str(action.fields.get(name, ""))
        if not after:
            self.refuse(request, "request-words-missing", "after",
                        f"asks for another {request.field_words.lower()} and does not say which. "
                        "Type the words under To.")  # fmt: skip
            return None
        is_there = settled(says) == settled(after)
        found = AgreedRequest(request, key, action, name, says, after, None, is_there)
        return self._unless_changed(found, is_as_it_was=False)

    def _unless_changed(self, found: AgreedRequest, *, is_as_it_was: bool) -> AgreedRequest | None:
        """The request, unless the tracker says something else than what it was made for."""
        before, says = found.request.before, found.before
        if found.is_there or is_as_it_was or not before or settled(before) == settled(says):
            return found
        now = f'says "{shown(says)}"' if says else "is blank"
        self.refuse(found.request, "request-from-differs", "before",
                    f'is to change {found.place} from "{shown(before)}" to "{shown(found.after)}", '
                    f"but the cell {now}: somebody has changed it since. If the decision holds all "
                    "the same, correct From; if not, take the decision out.")  # fmt: skip
        return None


def _finding(
    request: RequestRecord, code: str, column: str, message: str, severity: Severity
) -> Finding:
    standing = request.standing or Standing("", 0)
    words = f"{request.id or 'This request'} {message}"
    return Finding(code, severity, standing.sheet, standing.cell(column), request.key, words)
