"""What becomes of each owner's return when a month's returns are sent."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sheetplan.cycle.due_day import usual_due_day
from sheetplan.cycle.mail_drafts import addresses_in
from sheetplan.cycle.new_files import free_name
from sheetplan.cycle.return_making import ReturnMaker
from sheetplan.cycle.returns_opening import OpenedReturns
from sheetplan.cycle.send_doubts import no_address, no_return_to, register_doubts
from sheetplan.cycle.send_plan import OwnerSending, SendState
from sheetplan.errors import CannotWriteError, DamagedWorkbookError
from sheetplan.model.finding import Finding
from sheetplan.model.owner_return import ReceivedReturn, ReturnIdentity
from sheetplan.model.return_marks import TRACKER_PROPERTY
from sheetplan.model.return_records import RegisterChanges, ReturnRecord
from sheetplan.model.wording import listed
from sheetplan.ooxml.package import Package
from sheetplan.returns.content import Asking, OwnerRows
from sheetplan.returns.return_lines import return_text
from sheetplan.sheets.return_reading import read_return
from sheetplan.sheets.status_choices import status_words

SEND_LIST = "send-list.csv"
_REMINDER = "reminder-"
_ID_LENGTH = 8  # figures of a tracker's id


@dataclass
class Sending:
    """One month's sending.

    Attributes:
        opened: The tracker.
        asking: Whom to ask for what.
        folder: Where returns go.
        today: The day.
        due: The day that was asked for; None for the usual one.
        has_drafts: Whether drafts are made.
        reminders: Whether those are asked again who have not returned.
    """

    opened: OpenedReturns
    asking: Asking
    folder: Path
    today: date
    due: date | None
    has_drafts: bool
    reminders: bool

    def __post_init__(self) -> None:
        self.tracker_id = _tracker_id(self.opened)
        self._settings = self.opened.settings
        self._records = {
            record.owner_key: record
            for record in self.opened.records.returns
            if record.month == self.opened.month
        }
        self._maker = ReturnMaker(self._settings)
        self._statuses = status_words(self.opened.reading, self.opened.month, self._settings)
        self._usual_due = usual_due_day(self.today, self._settings.returns.days_to_answer)

    @property
    def return_to(self) -> str:
        """Whom returns go back to."""
        returns = self._settings.returns
        return returns.return_to or returns.say("return_no_return_to")

    # ------------------------------------------------------------ owners

    def owners(self, chosen: Iterable[OwnerRows]) -> tuple[OwnerSending, ...]:
        """What is so, or will be, of each owner's return.

        Raises:
            CannotWriteError: a file that is no such return has the name of one.
        """
        found = tuple(map(self._owner, chosen))
        _refuse_shared_names(found)
        self._refuse_strangers(found)
        return tuple(map(self._with_draft, found))

    def _owner(self, rows: OwnerRows) -> OwnerSending:
        owner, month = rows.owner, self.opened.month
        record = self._records.get(owner.key)
        file = f"{month.iso}_{owner.key}.xlsx"
        state = _state(record, reminders=self.reminders)
        is_wanted = state not in (SendState.RETURNED, SendState.NOT_SENT)
        is_made = is_wanted and not os.path.lexists(self.folder / file)
        if is_made and state is SendState.SENT:
            state = SendState.MADE_AGAIN
        return OwnerSending(
            rows=rows,
            identity=ReturnIdentity(self.tracker_id, month, owner.key),
            state=state,
            is_made=is_made,
            is_kept=is_wanted and not is_made,
            file=file,
            draft="",
            to=addresses_in(owner.email),
            due=self.due or (record and record.due) or self._usual_due,
            record=record,
        )

    def _with_draft(self, owner: OwnerSending) -> OwnerSending:
        if not (self.has_drafts and owner.has_message):
            return owner
        prefix = _REMINDER if self.reminders else ""
        name = f"{prefix}{Path(owner.file).stem}.eml"
        return replace(owner, draft=free_name(self.folder, name))

    def _refuse_strangers(self, owners: Iterable[OwnerSending]) -> None:
        """Raise CannotWriteError where a file that is no such return has the name of one."""
        strangers = [owner.file for owner in owners if owner.is_kept and not self._is_own(owner)]
        if not strangers:
            return
        is_one = len(strangers) == 1
        raise CannotWriteError(
            f"{listed(strangers)} {'is' if is_one else 'are'} there already, and "
            f"{'is not the return' if is_one else 'are not the returns'} of this tracker that "
            f"would be called so. sheetplan does not write over {'it' if is_one else 'them'}.",
            where=str(self.folder),
            remedy="Name another folder. If a run that was stopped or taken back left "
            f"{'the file' if is_one else 'the files'} there, delete {'it' if is_one else 'them'}.",
        )

    def _is_own(self, owner: OwnerSending) -> bool:
        """Whether the file of its name is this return, filled in or not."""
        try:
            data = (self.folder / owner.file).read_bytes()
        except OSError:
            return False
        read = read_return(data, owner.file, self._settings)
        return isinstance(read, ReceivedReturn) and read.identity == owner.identity

    # ------------------------------------------------------------ what goes with them

    def list_name(self, owners: Iterable[OwnerSending]) -> str:
        """The name of the list of messages; empty where there is no message."""
        has_messages = any(owner.has_message for owner in owners)
        return free_name(self.folder, SEND_LIST) if has_messages else ""

    def changes(self, owners: Iterable[OwnerSending]) -> RegisterChanges:
        """What the register will say of the returns that go out."""
        added, changed = [], []
        for owner in owners:
            if not owner.has_message:
                continue
            after = self._record_of(owner)
            if owner.record is None:
                added.append(after)
            elif after != owner.record:
                changed.append(after)
        return RegisterChanges(tuple(added), tuple(changed))

    def _record_of(self, owner: OwnerSending) -> ReturnRecord:
        reference = str(owner.identity)
        record = owner.record or ReturnRecord(self.opened.month, owner.name, reference)
        return replace(
            record,
            reference=record.reference or reference,
            email="; ".join(owner.to) or record.email,
            sent=record.sent or self.today,
            due=owner.due,
            asked=owner.asked,
        )

    def findings(self, owners: Sequence[OwnerSending], *, is_all: bool) -> Iterator[Finding]:
        """What a person should look at; `is_all` where no owner was left out."""
        records = self.opened.records
        if not self._settings.returns.return_to:
            yield no_return_to()
        yield from self.asking.findings
        yield from records.findings
        yield from self._statuses.findings
        asked = {rows.owner.key for rows in self.asking.owners}
        gone = [
            record
            for key, record in self._records.items()
            if is_all and key not in asked and record.returned is None
        ]
        yield from register_doubts(owners, gone, records.sheets.get("returns", "Returns"))
        yield from no_address(owners, records.sheets.get("owners", ""))

    def workbook_of(self, owner: OwnerSending) -> Package:
        """The workbook of an owner's return."""
        text = return_text(
            owner.rows, owner.identity, self._settings, statuses=self._statuses.words, due=owner.due
        )
        return self._maker.make(text).package


def _state(record: ReturnRecord | None, *, reminders: bool) -> SendState:
    """What is so of a return by its row in the register."""
    if record is not None and record.returned is not None:
        return SendState.RETURNED
    is_sent = record is not None and record.sent is not None
    if reminders:
        return SendState.REMINDED if is_sent else SendState.NOT_SENT
    return SendState.SENT if is_sent else SendState.NEW


def _tracker_id(opened: OpenedReturns) -> str:
    """The tracker's own id, or a new one where it has never had any.

    Raises:
        DamagedWorkbookError: what it has is no id.
    """
    found = opened.tracker_id
    if not found:
        return secrets.token_hex(_ID_LENGTH // 2)
    if len(found) != _ID_LENGTH or set(found) - set("0123456789abcdef"):
        raise DamagedWorkbookError(
            f'its property {TRACKER_PROPERTY} says "{found}", which is no id of a tracker.',
            remedy="In Excel delete that property under File, Info, Properties, Advanced "
            "Properties, Custom; save, and run this again.",
        )
    return found


def _refuse_shared_names(owners: Iterable[OwnerSending]) -> None:
    """Raise CannotWriteError where two owners' returns would have one name."""
    names: dict[str, str] = {}
    for owner in owners:
        other = names.setdefault(owner.file, owner.name)
        if other != owner.name:
            raise CannotWriteError(
                f'the returns of "{other}" and "{owner.name}" would both be called {owner.file}.',
                remedy="Say on the sheet Owners, which sheetplan prepare adds, that one of them is "
                "split into a name that begins in another way.",
            )
