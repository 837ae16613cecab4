"""What words of time mean: how exactly they say when, and what a council takes them for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from sheetplan.model.wording import words_of

if TYPE_CHECKING:
    from sheetplan.model.plan_date import PlanDate

MonthSpan = tuple[int, int]
"""The first and the last month of a stretch of the year; (12, 2) runs over the new year."""


class Precision(Enum):
    """How exactly a plan date says when."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    PART_OF_YEAR = "part of year"
    YEAR = "year"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    ON_HOLD = "on hold"
    TO_BE_CONFIRMED = "to be confirmed"
    NOT_APPLICABLE = "not applicable"
    UNREADABLE = "unreadable"


def _seasons() -> dict[str, MonthSpan]:
    return {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


def _parts() -> dict[str, MonthSpan]:
    edges: dict[str, MonthSpan] = {"start": (1, 1), "beginning": (1, 1), "end": (12, 12)}
    return {"early": (1, 4), "mid": (5, 8), "late": (9, 12), **edges}


@dataclass(frozen=True)
class DateWords:
    """What a council means by words of time: seasons, quarters, and dates that are open.

    What stands here is what the built-in profile says; it holds for a settings file that was
    written before there was a section [dates].

    Attributes:
        financial_year_begins: The month in which 2024/25 and its first quarter begin.
        seasons: The months of each season. One that runs over the new year begins in the year
            that is named.
        parts: Which months "early", "mid" and the like are of a year. Of a month, a quarter or a
            season they are the same share.
        monthly: Words for what falls in every month.
        recurring: Words for what comes again, but not every month.
        ongoing: Words for what has no end.
        on_hold: Words for what is on hold.
        to_be_confirmed: Words for what is not settled yet.
        not_applicable: Words for a date that is not needed.
    """

    financial_year_begins: int = 4
    seasons: Mapping[str, MonthSpan] = field(default_factory=_seasons)
    parts: Mapping[str, MonthSpan] = field(default_factory=_parts)
    monthly: tuple[str, ...] = ("Monthly", "Every month", "Each month")
    recurring: tuple[str, ...] = (
        "Weekly", "Fortnightly", "Bi-monthly", "Every two months", "2 monthly", "Quarterly",
        "3 monthly", "Every quarter", "Each quarter", "Termly", "6 monthly", "Six monthly",
        "Half-yearly", "Bi-annually", "Bi-annual", "Twice a year", "Annually", "Annual", "Yearly",
        "Every year", "Each year", "12 monthly", "Every 2 months", "Every 3 months",
        "Every three months", "Every 6 months", "Every six months", "Every 12 months", "Recurring",
    )  # fmt: skip
    ongoing: tuple[str, ...] = (
        "Ongoing", "On-going", "Continuous", "Continuing", "Rolling", "Onwards", "Thereafter",
        "Annually thereafter", "Quarterly thereafter", "Monthly thereafter", "Business as usual",
        "BAU",
    )  # fmt: skip
    on_hold: tuple[str, ...] = ("On hold", "Paused", "Suspended")
    to_be_confirmed: tuple[str, ...] = (
        "TBC", "TBA", "TBD", "To be confirmed", "To be agreed", "To be determined",
        "To be decided", "Not known", "Not yet known", "Unknown",
    )  # fmt: skip
    not_applicable: tuple[str, ...] = ("N/A", "Not applicable", "None", "No date")

    known: dict[str, PlanDate] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Texts that were read before: a tracker has the same few hundred thousands of times."""

    @cached_property
    def phrases(self) -> list[tuple[list[str], Precision, bool]]:
        """The words for open and recurring dates, the longest first, and which mean every month."""
        kinds = [
            (self.monthly, Precision.RECURRING, True),
            (self.recurring, Precision.RECURRING, False),
            (self.ongoing, Precision.ONGOING, False),
            (self.on_hold, Precision.ON_HOLD, False),
            (self.to_be_confirmed, Precision.TO_BE_CONFIRMED, False),
            (self.not_applicable, Precision.NOT_APPLICABLE, False),
        ]
        found = [(words_of(text), kind, every) for texts, kind, every in kinds for text in texts]
        return sorted(found, key=lambda phrase: -len(phrase[0]))
