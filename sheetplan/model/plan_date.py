"""Dates as people type them into a plan, and what each can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Precision(Enum):
    """How exactly a plan date says when."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    PART_OF_YEAR = "part of year"
    YEAR = "year"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    ON_HOLD = "on hold"
    TO_BE_CONFIRMED = "to be confirmed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class DateWords:
    """What a council means by words of time: seasons, quarters, and dates that are open."""


@dataclass(frozen=True)
class PlanDate:
    """A start or due date.

    Attributes:
        text: What the cell shows, as typed.
        precision: How exactly it says when.
        first: The first day that it can mean; None where it names no day at all.
        last: The last day that it can mean; None where it names none, or has no end.
        months: The months of the year, from 1 to 12, in which a recurring date falls.
        mended: How a misspelt or swapped date was read, in words for a finding: 'read as October
            2023'; empty where nothing had to be mended.
    """

    text: str
    precision: Precision
    first: date | None = None
    last: date | None = None
    months: tuple[int, ...] = ()
    mended: str = ""

    def __str__(self) -> str:
        return self.text
