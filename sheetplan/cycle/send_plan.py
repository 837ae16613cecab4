"""The plan of `send-returns`: which returns will be made, for whom, and what goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from sheetplan.cycle.backups import SENDING_RETURNS
from sheetplan.cycle.change import ChangePlan, ChangeResult
from sheetplan.cycle.due_day import day_in_words
from sheetplan.cycle.files import save_changed, saying_which_file
from sheetplan.cycle.mail_drafts import (
    MailFacts,
    MailMessage,
    draft,
    message_of,
    reminder_of,
)
from sheetplan.cycle.new_files import NewFiles, new_files
from sheetplan.cycle.plain_data import plain
from sheetplan.cycle.send_list import SendListRow, send_list
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.owner_return import ReturnIdentity
from sheetplan.model.return_marks import TRACKER_PROPERTY
from sheetplan.model.return_records import ReturnRecord
from sheetplan.ooxml.custom_properties import set_property
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.saving import save_new
from sheetplan.returns.content import OwnerRows
from sheetplan.settings.returns import ReturnSettings
from sheetplan.sheets.register_writing import RegisterPlan


class SendState(Enum):
    """What is so, or will be, of one owner's return."""

    NEW = "new"
    MADE_AGAIN = "made again"
    REMINDED = "reminder"
    SENT = "sent"
    RETURNED = "returned"
    NOT_SENT = "not sent"


_WITH_A_MESSAGE = (SendState.NEW, SendState.MADE_AGAIN, SendState.REMINDED)


@dataclass(frozen=True)
class OwnerSending:
    """One owner's return.

    Attributes:
        rows: The owner, and the rows that are asked for now.
        identity: Which return it is.
        state: What is so, or will be, of it.
        is_made: Whether its workbook will be made.
        is_kept: Whether the workbook that lies in the folder is it, and stays.
        file: The name of its workbook.
        draft: The name of the draft that will be made; empty for none.
        to: The addresses that its message goes to.
        due: When it is due.
        record: Its row in the register; None where it has none yet.
    """

    rows: OwnerRows
    identity: ReturnIdentity
    state: SendState
    is_made: bool
    is_kept: bool
    file: str
    draft: str
    to: tuple[str, ...]
    due: date
    record: ReturnRecord | None

    @property
    def name(self) -> str:
        """The owner's name."""
        return self.rows.owner.name

    @property
    def asked(self) -> int:
        """For how many rows its workbook asks an update: one that was sent stays as it is."""
        if self.record is None or self.record.sent is None or self.is_made:
            return len(self.rows.asked)
        return self.record.asked

    @property
    def is_reminder(self) -> bool:
        """Whether the message of this run is a reminder."""
        return self.state is SendState.REMINDED

    @property
    def has_message(self) -> bool:
        """Whether a message goes with it in this run."""
        return self.state in _WITH_A_MESSAGE

    def as_data(self) -> dict[str, Any]:
        """The return as plain data."""
        return {
            "owner": self.name,
            "email": list(self.to),
            "rows": self.asked,
            "reference": str(self.identity),
            "file": self.file,
            "draft": self.draft or None,
            "state": self.state.value,
            "made": self.is_made,
            "due": self.due.isoformat(),
            "sent": plain(self.record.sent) if self.record else None,
            "returned": plain(self.record.returned) if self.record else None,
        }


@dataclass
class SendPlan(ChangePlan):
    """The returns that will be made; nothing has been done.

    Attributes:
        month: The month that they are for.
        folder: Where they go.
        owners: What is so, or will be, of each owner's return.
        tracker_id: The tracker's own id.
        has_id: Whether the tracker says it already.
        registers: What the register will say.
        list_name: The name of the list of messages; empty for none.
        return_to: Whom returns go back to.
        today: The day on which they are sent.
        reminders: Whether only those are written to who have not returned.
        findings: What a person should look at.
        phrases: What the messages say.
        make: Makes the workbook of a return.
    """

    month: Month
    folder: Path
    owners: tuple[OwnerSending, ...]
    tracker_id: str
    has_id: bool
    registers: RegisterPlan
    list_name: str
    return_to: str
    today: date
    reminders: bool
    findings: tuple[Finding, ...]
    phrases: ReturnSettings
    make: Callable[[OwnerSending], Package]

    @property
    def name(self) -> str:
        return f"{SENDING_RETURNS} {self.month}"

    @property
    def has_work(self) -> bool:
        return any(owner.has_message for owner in self.owners)

    @property
    def changes_tracker(self) -> bool:
        return self.has_work and (not self.has_id or self.registers.has_work)

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        return self.registers.agreed

    @property
    def new_files(self) -> tuple[Path, ...]:
        names = [
            *(owner.file for owner in self.owners if owner.is_made),
            *(owner.draft for owner in self.owners),
            self.list_name,
        ]
        return tuple(self.folder / name for name in names if name)

    def as_data(self) -> dict[str, Any]:
        return {
            "tracker": str(self.path),
            "tracker_id": self.tracker_id,
            "month": self.month.iso,
            "folder": str(self.folder),
            "return_to": self.return_to,
            "reminders": self.reminders,
            "owners": [owner.as_data() for owner in self.owners],
            "send_list": self.list_name or None,
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        if not self.has_id:
            set_property(self.workbook.package, TRACKER_PROPERTY, self.tracker_id)
        self.registers.carry_out()

    def apply(self, output: str | Path | None = None) -> ChangeResult[SendPlan]:
        """Make the returns and what goes with them, then say so in the tracker.

        All of it is done, or nothing: when something fails, the files of this run are gone again.

        Args:
            output: A new file for the tracker; the tracker itself, with a backup beside it, when
                None.

        Raises:
            WorkbookError: something could not be written; everything is as it was.
        """
        if not self.has_work:
            return ChangeResult(self, None, None, None)
        place = None
        if self.changes_tracker:
            place = self.destination(None if output is None else Path(output))
        with collecting_no_garbage(), new_files(self.folder) as files:
            self._write_files(files)
            if place is None:
                return ChangeResult(self, None, None, None)
            with saying_which_file(self.path):
                self.carry_out()
            verified = save_changed(self.workbook, self.path, self.state, place, self.agreed)
        return ChangeResult(self, place.output, place.backup, verified)

    def _write_files(self, files: NewFiles) -> None:
        for owner in self.owners:
            if owner.is_made:
                files.add(owner.file, self._saved(owner))
        messages = [(owner, self._message(owner)) for owner in self.owners if owner.has_message]
        for owner, message in messages:
            if owner.draft:
                workbook = (self.folder / owner.file).read_bytes()
                files.add_bytes(owner.draft, draft(message, owner.file, workbook))
        if self.list_name:
            files.add_bytes(self.list_name, send_list(_list_rows(messages)))

    def _saved(self, owner: OwnerSending) -> Callable[[Path], None]:
        return lambda path: save_new(self.make(owner), path)

    def _message(self, owner: OwnerSending) -> MailMessage:
        facts = MailFacts(
            owner.name,
            self.month,
            owner.asked,
            owner.file,
            owner.due,
            self.return_to,
            owner.rows.has_dates,
        )
        if owner.is_reminder:
            return reminder_of(facts, owner.to, self.phrases, self.today)
        return message_of(facts, owner.to, self.phrases)


def _list_rows(messages: Iterable[tuple[OwnerSending, MailMessage]]) -> Iterable[SendListRow]:
    for owner, message in messages:
        yield SendListRow(
            to="; ".join(message.to),
            name=owner.name,
            subject=message.subject,
            file=owner.file,
            rows=owner.asked,
            due=day_in_words(owner.due),
            message=message.text,
        )
