"""Reporting months: the steps in which an improvement plan is written up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

# Not from `calendar`, whose names follow the language of the machine.
FULL_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_NAMES = tuple(name[:3] for name in FULL_NAMES)

_NUMBERS = {
    **{name.casefold(): number for number, name in enumerate(SHORT_NAMES, start=1)},
    **{name.casefold(): number for number, name in enumerate(FULL_NAMES, start=1)},
    "sept": 9,
}
_ISO = re.compile(r"(20[0-9]{2})-([0-9]{2})")
_NAMED = re.compile(r"([a-z]+)(?:\s*-\s*|\s+)((?:20)?[0-9]{2})", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Month:
    """A reporting month, such as July 2023. Earlier months are smaller."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"A month is a number from 1 to 12, not {self.month}.")
        if not MINYEAR <= self.year <= MAXYEAR:
            raise ValueError(f"A year is a number from {MINYEAR} to {MAXYEAR}, not {self.year}.")

    def __hash__(self) -> int:
        return self.year * 12 + self.month  # asked for a million times in a large tracker

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that `day` falls in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read a month as a person types it on a command line.

        Strict on purpose: "Mar-23" is March 2023 and never 23 March, and what could be a day is
        refused.

        Raises:
            ValueError: `text` is not a month; the message says what is accepted.
        """
        typed = text.strip()
        if iso := _ISO.fullmatch(typed):
            year, number = int(iso[1]), int(iso[2])
        elif named := _NAMED.fullmatch(typed):
            year, number = full_year(named[2]), _NUMBERS.get(named[1].casefold(), 0)
        else:
            year, number = 0, 0
        if not 1 <= number <= 12:
            raise ValueError(
                f'"{text}" is not a month. Write it as 2023-08, August 2023, Aug 2023 or Aug-23.'
            )
        return cls(year, number)

    @classmethod
    def given(cls, month: Month | str | None) -> Month | None:
        """A month that a caller may give as text, such as "2023-08".

        Raises:
            ValueError: the text is no month.
        """
        return cls.parse(month) if isinstance(month, str) else month

    @property
    def name(self) -> str:
        """The month's name without the year: "July"."""
        return FULL_NAMES[self.month - 1]

    @property
    def label(self) -> str:
        """The month as people read it: "July 2023"."""
        return f"{self.name} {self.year}"

    @property
    def iso(self) -> str:
        """The month as machines sort it: "2023-07"."""
        return f"{self.year:04d}-{self.month:02d}"

    def __str__(self) -> str:
        return self.label

    def plus(self, months: int) -> Month:
        """The month that comes `months` later; earlier when `months` is negative."""
        year, index = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, index + 1)

    @property
    def next(self) -> Month:
        """The month that follows."""
        return self.plus(1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return self.plus(-1)

    def months_since(self, other: Month) -> int:
        """How many months `self` comes after `other`; negative when it comes before."""
        return (self.year - other.year) * 12 + self.month - other.month

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        if self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)


def full_year(digits: str) -> int:
    """The year meant by two or four digits. Two digits are of this century: 23 is 2023."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
