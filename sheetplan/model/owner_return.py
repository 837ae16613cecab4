"""Returns: the workbook that one update owner is sent for one month, and what came back in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sheetplan.model.month import Month
from sheetplan.model.wording import compact, words_of

SCHEMA = 1
"""The version of what a return's file says of itself."""

LOCKED_FIELDS = ("reference", "workstream", "action", "due_date", "last_status", "last_update")
"""What an owner is shown of an action, from left to right. An edit of it is never merged."""

TRACKER_FIELDS = ("status", "update")
"""What an owner fills in and the tracker has a column for."""

DATE_FIELDS = ("date_change", "date_change_reason")
"""What an owner fills in to ask for another date: change control decides on it."""

INPUT_FIELDS = (*TRACKER_FIELDS, *DATE_FIELDS)
RETURN_FIELDS = (*LOCKED_FIELDS, *INPUT_FIELDS)

NEW_ACTION_FIELDS = ("theme", "workstream", "action", "start_date", "due_date", "lead", "reason")
"""What an owner fills in for an action that the plan does not have yet."""

_SOFT_BREAK = re.compile("[\x0b\x0c]")
# But for the tab and line breaks; halves of characters, and what is no character at all.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST_SLUG = 20
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_IDENTITY = re.compile(
    r"(?P<tracker>[0-9a-f]{8})/(?P<month>20[0-9]{2}-[0-9]{2})/(?P<owner>[a-z0-9-]+)/(?P<schema>[0-9]+)"
)


def without_controls(text: str) -> str:
    """A text as returns carry it: without control characters, which some programs drop and others
    refuse. The soft breaks of mail programs become line breaks."""
    return _CONTROL.sub("", _SOFT_BREAK.sub("\n", text))


@lru_cache(maxsize=1_024)
def settled(text: str) -> str:
    """A text as it is compared: line breaks count, other blanks and control characters do not.

    Programs differ in the blanks and line breaks that they keep: Windows' line breaks, those of
    Numbers (U+2028), hard spaces. Accents are composed, as Excel stores them.
    """
    if text.isprintable():  # then it is one line, and has no control characters
        return " ".join(unicodedata.normalize("NFC", text).split())
    lines = unicodedata.normalize("NFC", without_controls(text)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


@lru_cache(maxsize=1_024)
def digest(text: str) -> str:
    """What stands in a return for a text that was sent: twelve figures of its SHA-256."""
    return hashlib.sha256(settled(text).encode()).hexdigest()[:12]


_NOTHING = digest("")


@lru_cache(maxsize=1_024)
def owner_key(name: str) -> str:
    """A short ASCII name for an owner, the same each time: "head-of-hr-3f2a".

    The four figures at its end keep apart names that differ only in what ASCII has not.
    """
    words = " ".join(words_of(name))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    slug = _NOT_IN_A_SLUG.sub("-", plain)[:_LONGEST_SLUG].strip("-") or "owner"
    return f"{slug}-{hashlib.sha256(compact(name).encode()).hexdigest()[:4]}"


@dataclass(frozen=True)
class ReturnIdentity:
    """Which return a file is, whatever its name: of which tracker, for which month, whose.

    `tracker` is the tracker's own id, `owner` the key of the owner, `schema` the version of what
    the file says of itself.
    """

    tracker: str
    month: Month
    owner: str
    schema: int = SCHEMA

    def __str__(self) -> str:
        return f"{self.tracker}/{self.month.iso}/{self.owner}/{self.schema}"

    @classmethod
    def find(cls, text: str) -> ReturnIdentity | None:
        """The identity that a text names, perhaps among other words; None where it names none."""
        found = _IDENTITY.search(text)
        if found is None:
            return None
        try:
            month = Month.parse(found["month"])
        except ValueError:
            return None
        return cls(found["tracker"], month, found["owner"], int(found["schema"]))


@dataclass(frozen=True)
class Owner:
    """Who writes the monthly update of some actions.

    `name` is as the tracker or the Owners sheet has it; `email` is empty where nobody gave one.
    """

    name: str
    email: str = ""

    @property
    def key(self) -> str:
        """The owner's short name in identities and file names."""
        return owner_key(self.name)


@dataclass(frozen=True)
class SentRow:
    """What a return says of itself: a row that was sent, and a digest of each of its cells.

    `key` is the action's key in the tracker, `fields` the digests by the names of RETURN_FIELDS.
    A row that was sent as context only is not asked for.
    """

    key: str
    is_asked: bool
    fields: Mapping[str, str]


class TextRun(NamedTuple):
    """A stretch of text that came back, and its formatting as XML (empty for the cell's own)."""

    text: str
    properties: bytes = b""


class ReceivedCell(NamedTuple):
    """A cell that came back.

    Attributes:
        cell: Its name in the return, such as "H7".
        text: What it says, as its sheet shows it; control characters are gone.
        runs: The same with its formatting, where it has any; empty for plain text.
        formula: The formula that it holds instead of a value, without its equals sign. Then
            `text` is the result that was last stored.
        is_error: Whether it shows an error such as #REF!.
        controls: How many control characters were dropped.
    """

    cell: str
    text: str
    runs: tuple[TextRun, ...] = ()
    formula: str = ""
    is_error: bool = False
    controls: int = 0


@dataclass(frozen=True)
class ReceivedRow:
    """A row that came back: its cells by the names of RETURN_FIELDS; blank ones are left out."""

    row: int
    cells: Mapping[str, ReceivedCell]

    def text(self, name: str) -> str:
        """What a cell says; empty for a blank one, and where the column is gone."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def is_as(self, sent: SentRow | None) -> bool:
        """Whether it says what was sent in it, and nothing else; not where that is not known."""
        if sent is None or any(cell.formula or cell.is_error for cell in self.cells.values()):
            return False
        return all(
            digest(self.text(name)) == sent.fields.get(name, _NOTHING) for name in RETURN_FIELDS
        )


@dataclass(frozen=True)
class ReceivedReturn:
    """A return as it came back.

    Attributes:
        file: Its name as messages give it, such as "july.zip, Head of HR.xlsx".
        content: The SHA-256 of its bytes: two files of the same content are one return.
        identity: Which return it is; None where no place says so.
        owner_name: The owner's name as the file has it; empty where it has none.
        sheet: The sheet of the rows.
        columns: The fields whose columns were found, by their letters.
        sent: What was sent, by the keys of the rows; None where the file no longer says so.
        rows: The rows under the headings that hold anything in these columns.
        new_actions: The rows of the sheet for new actions, by the names of NEW_ACTION_FIELDS.
        new_actions_sheet: That sheet's name.
        notes: What was odd about the file and did no harm, such as macros that were not run.
    """

    file: str
    content: str
    identity: ReturnIdentity | None
    owner_name: str
    sheet: str
    columns: Mapping[str, str]
    sent: Mapping[str, SentRow] | None
    rows: tuple[ReceivedRow, ...]
    new_actions: tuple[ReceivedRow, ...] = ()
    new_actions_sheet: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was filled in or changed since it was sent.

        Rows that are gone or stand elsewhere do not count: nobody answered anything by that. What
        is said beside the rows does, since whoever collects the return has to be told.
        """
        if self.sent is None or self.new_actions or self.notes:
            return False
        as_sent = {row.fields.get("reference"): row for row in self.sent.values()}
        return all(row.is_as(as_sent.get(digest(row.text("reference")))) for row in self.rows)


@dataclass(frozen=True)
class RejectedFile:
    """A file that was not merged: why, and what to do about it."""

    file: str
    code: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class PassedOverFile:
    """A file that is no return and was meant for none, such as Excel's own "~$…"."""

    file: str
    reason: str


ReadFile = ReceivedReturn | RejectedFile | PassedOverFile
"""What became of one file that was found."""
