"""Commentary: one cell in which each month's paragraph is appended under its lead.

Some councils keep no month columns. A row has one cell, in which leads stand bold and underlined;
under each stand paragraphs, most of them with a stamp such as "(September Update)", the newest in
bold, and "COMPLETE" where the work is done.

Every character of the cell that is not a blank lies in a lead or in a paragraph, and their places
in the cell's text (`first`, `last`) say where: whoever adds a paragraph, or carries all of them
somewhere else, leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sheetplan.model.month import Month
from sheetplan.model.wording import compact, shortened


class CommentaryRun(NamedTuple):
    """A stretch of text with one look. `colour` is six figures such as "FF0000", or empty."""

    text: str
    bold: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True)
class CommentaryWords:
    """The words by which a council's commentary is read.

    Attributes:
        update: What a stamp says beside its month, "update".
        complete: What says that the work is done, "COMPLETE", "NOW COMPLETE".
        statuses: The council's statuses, each of which a stamp may end with.
        complete_statuses: Those of them that mean that the work is done.
    """

    update: tuple[str, ...] = ("update", "updates")
    complete: tuple[str, ...] = ("complete", "now complete", "completed")
    statuses: tuple[str, ...] = ()
    complete_statuses: tuple[str, ...] = ()

    def is_status(self, text: str) -> bool:
        """Whether a text is a status, however it is spelt."""
        return compact(text) in self._statuses

    def is_complete_status(self, text: str) -> bool:
        """Whether a text is a status by which the work is done."""
        return compact(text) in self._complete_statuses

    @cached_property
    def _statuses(self) -> frozenset[str]:
        return _compacted(self.statuses)

    @cached_property
    def _complete_statuses(self) -> frozenset[str]:
        return _compacted(self.complete_statuses)


def _compacted(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(compact, words)) - {""}


@dataclass(frozen=True)
class Stamp:
    """The stamp of a paragraph: as typed, and the months that it names, oldest first.

    `months` is empty where it names none, as "(Update)" does. `status` is how the work stands,
    where the stamp says it: "Off track" of "(July update, Off track)".
    """

    text: str
    months: tuple[Month, ...]
    status: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a commentary.

    Attributes:
        lead: Who leads, as typed; empty where no lead stands before it.
        text: The whole paragraph as typed. A line that closes it ("September Update", "COMPLETE")
            or heads it ("September Update:") belongs to it.
        words: What it says, without its stamp; empty for a stamp that waits for its words.
        stamp: Its own stamp; None where it has none.
        month: The month that it speaks of; None where nothing tells. Of several, the last.
        basis: How the month is known: "printed" by its own stamp, "heading" by one on a line above,
            "bold" since the newest are bold, "next stamp" by the next of its block; or empty.
        is_complete: Whether it says that the work is done: by its status if it has one.
        is_latest: Whether it is in bold, all or in part.
        colour: The colour of its words, or empty.
        first: The place of its first character in the cell's text.
        last: The place after its last.
    """

    lead: str
    text: str
    words: str
    stamp: Stamp | None
    month: Month | None
    basis: str
    is_complete: bool
    is_latest: bool
    colour: str
    first: int
    last: int

    @property
    def status(self) -> str:
        """How the work stands, as its stamp says it; or empty."""
        return self.stamp.status if self.stamp else ""

    @property
    def says_anything(self) -> bool:
        """Whether there is more to it than a stamp that waits for its words."""
        return bool(self.words or self.status)


class LeadPlace(NamedTuple):
    """A lead, where it stands in the cell's text, from `first` to before `last`, and its colour."""

    lead: str
    first: int
    last: int
    colour: str = ""


class CommentaryDoubt(NamedTuple):
    """What is doubtful in a commentary: the doubt, what it says there, and what to do about it.

    `doubt` begins with its kind: "stamp without month" is one about a stamp.
    """

    doubt: str
    says: str
    message: str

    @property
    def kind(self) -> str:
        """What is doubtful: "stamp", "lead", "month", "bold" or "complete"."""
        return self.doubt.partition(" ")[0]

    @property
    def sentence(self) -> str:
        """The doubt in words."""
        return f'"{shortened(self.says)}" {self.message}'


@dataclass(frozen=True)
class Commentary:
    """What a cell of commentary says.

    Attributes:
        paragraphs: Its paragraphs in order.
        leads: The leads that it names, each once, in order.
        places: Each lead where it stands; one that leads two blocks of paragraphs stands twice.
        doubts: What could not be read for certain.
    """

    paragraphs: tuple[Paragraph, ...]
    leads: tuple[str, ...]
    places: tuple[LeadPlace, ...] = ()
    doubts: tuple[CommentaryDoubt, ...] = ()
