"""The times that a sentence names, and the last day that each can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sheetplan.model.date_spelling import Mention, find_mentions
from sheetplan.model.date_words import DateWords, Precision
from sheetplan.model.month import Month

_MONTHS_BACK = {Precision.SEASON: 1, Precision.QUARTER: 2}
_MOST_MONTHS_BACK = 3
"""How far behind a month without a year may lie: "due in March" of July is of next year."""

_NAMES_A_TIME = re.compile(
    r"[0-9]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\w./-])(?P<day>[0-9]{1,2})/(?P<month>[0-9]{2})(?![\w/%-]|\.[0-9])")
_TO_START = re.compile(r"\bto (?:start|end|close)\b")
_JOINS = re.compile(r"\s*(?:[/,&-]|and|or|to|until|through)?\s*")
_VERBS = ("may", "march", "mar")
# Initials that stand before a date, but not "presented at LT 12/06/26".
_INITIALS_BEFORE = re.compile(
    r"(?:^|[.;:()\[–—-]|\b(?!(?:at|to|by|with|via|from|of|for|in|on|the|and)\b)[A-Za-z]+\s)\s*"
    r"(?P<who>[A-Z]{2,4})(?:/[A-Z]{2,4})?\s?[:,-]?\s?$"
)


class NamedTime(NamedTuple):
    """A time that a sentence names: two that belong together, "June/July", are one."""

    start: int
    end: int
    mention: Mention

    def last_day(self, written: Month, *, comes_again: bool = False) -> date:
        """The last day that it can mean in a text that was written for a month.

        Without a year, what has just passed is meant, or else what comes next; of what comes again
        every year always the next.
        """
        last, span = self.mention.last, self.mention.span
        if last is not None or span is None:
            return last or date.max
        back = (written.month - span[1]) % 12
        most = 0 if comes_again else _MONTHS_BACK.get(self.mention.precision, _MOST_MONTHS_BACK)
        return written.plus(-back if back <= most else 12 - back).last_day


def names_a_time(text: str) -> bool:
    """Whether a text may name a time at all; few do, and others need not be read."""
    return _NAMES_A_TIME.search(text) is not None


def named_times(
    text: str, as_typed: str, dates: DateWords, begins: int = 0
) -> Iterator[tuple[NamedTime, str]]:
    """The times that a sentence names, and whose initials stand before each, where there are some.

    Args:
        text: The sentence in its tidy form.
        as_typed: The same with its capitals, character by character.
        dates: What the council means by words of time.
        begins: From where on it is read.
    """
    # "Due to start Sept 26" is no time at the start of September.
    masked = _TO_START.sub(lambda match: "_" * len(match[0]), text)
    masked = "_" * begins + masked[begins:]
    mentions = [*find_mentions(masked, dates), *_days_of_figures(text)]
    found: NamedTime | None = None
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if not _is_time(mention, as_typed):
            continue
        if found is not None and _JOINS.fullmatch(text, found.end, mention.start):
            found = NamedTime(found.start, mention.end, _later(found.mention, mention))
            continue
        if found is not None:
            yield found, _initials_before(found, as_typed)
        found = NamedTime(mention.start, mention.end, mention)
    if found is not None:
        yield found, _initials_before(found, as_typed)


def _days_of_figures(text: str) -> Iterator[Mention]:
    """Days such as 13/07, which name no year."""
    for match in _FIGURES.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield Mention(Precision.DAY, *match.span(), span=(month, month), has_day=True)


def _is_time(mention: Mention, as_typed: str) -> bool:
    """Whether it is neither the verb "may" nor a day alone in brackets, as stamps have."""
    if as_typed[mention.start : mention.end] in _VERBS:
        return False
    return not (mention.has_day and as_typed.endswith(("(", "["), 0, mention.start))


def _initials_before(time: NamedTime, as_typed: str) -> str:
    match = _INITIALS_BEFORE.search(as_typed[: time.start])
    return match["who"] if match else ""


def _later(first: Mention, second: Mention) -> Mention:
    """The later of two times that belong together; the year of the one holds for the other."""
    if second.first is not None or first.last is None or second.span is None:
        return second
    last = Month(first.last.year, second.span[1])
    if last < Month.of(first.last):
        last = last.plus(12)
    return replace(second, first=first.first, last=last.last_day)
