"""What rules find: places, findings, and what a check comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sheetplan.model.action import Action
from sheetplan.model.finding import Severity, cell_words, place_words
from sheetplan.model.month import Month


class Place(NamedTuple):
    """Where a finding is, and what stands there: an officer's answer holds while that is so.

    `cell` may be a row such as "12:12", or empty for a whole sheet. `says` is the text, or texts,
    by which the rule judged; `month` is the month that it judged, where it judged one.
    """

    sheet: str
    cell: str
    reference: str
    says: str = ""
    month: Month | None = None

    @property
    def words(self) -> str:
        """Where it is: "Theme 1!O13 (LC.B1.1)"."""
        place = place_words(self.sheet, cell_words(self.cell))
        return f"{place} ({self.reference})" if self.reference else place


def at(action: Action, field: str, month: Month | None = None, *, says: str | None = None) -> Place:
    """The cell of an action's field, of a month's own field with `month`; its row where the sheet
    has no such column.

    `says` is what the rule judged by, where that is more than what the cell says.
    """
    cell = action.cell(field, month) or f"{action.row}:{action.row}"
    if says is None:
        says = _text(action, field, month)
    return Place(action.sheet, cell, action.reference_text, says, month)


def _text(action: Action, field: str, month: Month | None) -> str:
    if month is not None:
        return action.status(month) if field == "status" else action.update(month)
    if field == "reference":
        return action.reference_text
    date = action.dates.get(field)
    return date.text if date is not None else action.words(field)


class Found(NamedTuple):
    """What a rule yields: what is wrong and what to do, in whole sentences, and where.

    The message does not name its place, so that what is the same in many cells is said once: all
    that one rule yields with the same message becomes one finding with all its places. `severity`
    is None for the rule's own.
    """

    message: str
    places: tuple[Place, ...]
    severity: Severity | None = None


@dataclass(frozen=True)
class Challenge:
    """A finding of a check, with all its places, and what an officer answered.

    Attributes:
        code: The rule's code.
        family: The family of the rule.
        severity: How much it matters; an error blocks a checked report.
        message: What is wrong, and what to do.
        why: Why it matters, in one sentence.
        places: Where it is; at least one.
        keys: By which it is known again on the Findings sheet, one for each place: the same while
            the place says what it says now.
        answer: What an officer answered to all of its places on the Findings sheet; empty where
            nobody has.
    """

    code: str
    family: str
    severity: Severity
    message: str
    why: str
    places: tuple[Place, ...]
    keys: tuple[str, ...]
    answer: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether an officer has answered it, so that it is no longer held against the plan."""
        return bool(self.answer.strip())


@dataclass(frozen=True)
class Checking:
    """What a check comes to.

    Attributes:
        month: The month that was checked.
        challenges: What was found: errors first, then in the order of the tracker.
        off: The rules that the council has switched off, with its reasons, by code.
        knock_on: How many findings were left out because another one on the same row explains them.
        rules: How many rules were asked.
    """

    month: Month
    challenges: tuple[Challenge, ...]
    off: Mapping[str, str]
    knock_on: int
    rules: int

    @property
    def open(self) -> tuple[Challenge, ...]:
        """Those that nobody has answered."""
        return tuple(found for found in self.challenges if not found.is_answered)
