"""The day by which returns are to come back."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sheetplan.model.month import Month

_ISO = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_IN_FIGURES = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>20[0-9]{2})")
_IN_WORDS = re.compile(r"(?P<day>[0-9]{1,2})\s+(?P<month>[A-Za-z]+\s+20[0-9]{2})")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_TO_MONDAY = {5: 2, 6: 1}  # from a Saturday, from a Sunday


def usual_due_day(today: date, days: int) -> date:
    """The day that is so many days from today; where nobody works on it, the Monday after it."""
    day = today + timedelta(days)
    return day + timedelta(_DAYS_TO_MONDAY.get(day.weekday(), 0))


def day_in_words(day: date) -> str:
    """A day as a message names it: "Friday 25 August 2023"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {Month.of(day)}"


def due_day(due: date | str, today: date) -> date:
    """A day that a person names as it may be typed: "2023-08-25", "25 August 2023" or, the day
    first as in the whole of the plan, "25/08/2023".

    Raises:
        ValueError: it is no day, or it is before today; the message says what is accepted.
    """
    day = _parsed(due.strip()) if isinstance(due, str) else due
    if day is None:
        raise ValueError(
            f'"{due}" is not a day. Write it as 25 August 2023, 25/08/2023 or 2023-08-25.'
        )
    if day < today:
        raise ValueError(f"{_words(day)} has passed: today is {_words(today)}.")
    return day


def _parsed(text: str) -> date | None:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if figures := _IN_FIGURES.fullmatch(text):
            return date(*(int(figures[part]) for part in ("year", "month", "day")))
        if typed := _IN_WORDS.fullmatch(text):
            month = Month.parse(typed["month"])
            return date(month.year, month.month, int(typed["day"]))
    except ValueError:
        return None  # such as 31 June
    return None


def _words(day: date) -> str:
    return f"{day.day} {Month.of(day)}"
