"""Dates as people type them into a plan, and what each can mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheetplan.model.date_spelling import (
    MONTH_NUMBERS,
    SWAPPED_YEARS,
    find_mentions,
    tidied,
)
from sheetplan.model.date_words import DateWords, MonthSpan, Precision
from sheetplan.model.month import Month
from sheetplan.model.wording import words_of

__all__ = ["DateWords", "MonthSpan", "PlanDate", "Precision"]

_LONGEST = 150  # characters; what is longer is a story, and not a date
_EVERY_MONTH = tuple(range(1, 13))
_RANGE_SIGNS = {"-", "/", "to", "- to", "until", "till", "through", "or"}
_TOO_WIDE = (Precision.YEAR, Precision.PART_OF_YEAR)
"""What is no date when other words stand beside it: "Budget 2024"."""
_LIST_SIGNS = re.compile(r"[ ,;&+]*(?:and)?[ ,;&+]*")
_FROM = {"from", "since", "starting", "commencing", "onwards"}
_UNTIL = {"to", "until", "till", "by", "through", "throughout"}
# Words that say nothing of when, and words that make a date say something else.
_SAY_NOTHING = set(
    "by due in on during of the approx approximately circa c around about expected planned target "
    "estimated est until till to through throughout between and from since starting commencing "
    "mon tue tues wed thu thur thurs fri sat sun "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_TURN_ROUND = set(
    "not no before after post pre was were previously originally later earlier w wc week".split()
)


@dataclass(frozen=True)
class PlanDate:
    """A start or due date.

    Attributes:
        text: What the cell shows, as typed; the day in words where a cell that holds a real date
            shows too little of it, or a time.
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

    @classmethod
    def read(
        cls,
        value: str | float | date,
        words: DateWords,
        *,
        shown: str = "",
        is_day_month: bool = False,
    ) -> PlanDate:
        """Read what a cell holds. Nothing unreadable is guessed.

        Args:
            value: What the cell holds: text, a date, or a number such as 2024.
            words: The council's words for dates.
            shown: A date as the cell shows it; a date that is shown as "Jul-23" is a month.
            is_day_month: Whether the cell shows a day and a month where the cells around it show
                months: then "Mar-23" was typed, and Excel took it for the 23rd of March.
        """
        if isinstance(value, date):
            return _read_date(value, words, shown, is_day_month)
        if isinstance(value, (int, float)):
            value = str(int(value)) if float(value).is_integer() else str(value)
        known = words.known.get(value)
        if known is None:
            known = words.known[value] = _read_text(value, words)
        return known

    @property
    def names_a_day(self) -> bool:
        """Whether there is a last day that it can mean, so that it can have passed."""
        return self.last is not None

    def can_mean(self, day: date) -> bool:
        """Whether it can mean a day; one without a first or a last day reaches on and on."""
        if self.first is None and self.last is None:
            return False
        return (self.first or day) <= day <= (self.last or day)

    def __str__(self) -> str:
        return self.text


def _read_date(value: date, words: DateWords, shown: str, is_day_month: bool) -> PlanDate:
    day = value.date() if isinstance(value, datetime) else value
    if is_day_month and 2000 + day.day in SWAPPED_YEARS:
        month = Month(2000 + day.day, day.month)
        return PlanDate(
            shown or f"{day.day}-{month.name[:3]}", Precision.MONTH,
            month.first_day, month.last_day, mended=f"read as {month}",
        )  # fmt: skip
    if shown:
        typed = PlanDate.read(shown, words)
        is_coarse = typed.precision in (Precision.MONTH, Precision.QUARTER, Precision.YEAR)
        if is_coarse and not typed.mended and typed.can_mean(day):
            return typed
        if typed.mended or (typed.precision, typed.first) != (Precision.DAY, day):
            shown = ""  # "30-Jun" or "30/06/2026 00:00" would be read otherwise elsewhere
    return PlanDate(shown or f"{day.day} {Month.of(day)}", Precision.DAY, day, day)


def _read_text(text: str, words: DateWords) -> PlanDate:
    typed = text.strip()
    if len(typed) > _LONGEST or typed.startswith("#"):  # #N/A is an error, and not N/A
        return PlanDate(typed, Precision.UNREADABLE)
    reading = _Reading(tidied(typed), words)
    found = reading.meaning(typed)
    if found.precision is Precision.UNREADABLE or found.mended:
        mended = _Reading(_with_one_word_mended(reading.text, words), words)
        if mended.text != reading.text and mended.is_understood:
            found = mended.meaning(typed)
            return replace(found, mended=f"read as {_in_words(found)}")
    return found


class _Reading:
    """What a tidy text says of time: its mentions, and the words before, between and after them."""

    def __init__(self, text: str, words: DateWords) -> None:
        self.text = text
        self.mentions = find_mentions(text, words)
        for at in range(len(self.mentions) - 2, -1, -1):
            if self.mentions[at].first is None:
                self.mentions[at] = self.mentions[at].within(self.mentions[at + 1])
        ends = [0, *(m.end for m in self.mentions)]
        starts = [*(m.start for m in self.mentions), len(text)]
        self.gaps = [text[a:b].strip(" ()") for a, b in zip(ends, starts, strict=True)]
        self.kinds: list[set[Precision]] = []
        self.is_monthly = False
        self.others: list[str] = []
        for gap in self.gaps:
            self._read_gap(words_of(gap), words)

    def _read_gap(self, gap: list[str], words: DateWords) -> None:
        kinds = set()
        for phrase, kind, is_monthly in words.phrases:
            at = next((i for i in range(len(gap)) if gap[i : i + len(phrase)] == phrase), None)
            if at is not None:
                gap = [*gap[:at], *gap[at + len(phrase) :]]
                kinds.add(kind)
                self.is_monthly = self.is_monthly or is_monthly
        self.kinds.append(kinds)
        self.others += gap

    @property
    def odd_words(self) -> list[str]:
        """The words that are neither understood nor known to say nothing."""
        return [word for word in self.others if word not in _SAY_NOTHING]

    @property
    def is_understood(self) -> bool:
        """Whether it means something, without a word left over."""
        return not self.odd_words and self.meaning("").precision is not Precision.UNREADABLE

    def meaning(self, text: str) -> PlanDate:
        """What the text means as a whole."""
        kinds = set().union(*self.kinds)
        turned_round = bool(_TURN_ROUND.intersection(self.others))
        if Precision.TO_BE_CONFIRMED in kinds:
            first, last = (None, None) if turned_round else self._reach()
            return PlanDate(text, Precision.TO_BE_CONFIRMED, first, last)
        if turned_round:
            return PlanDate(text, Precision.UNREADABLE)
        if Precision.ON_HOLD in kinds:
            return PlanDate(text, Precision.ON_HOLD)
        if Precision.RECURRING in kinds or self._is_list:
            return self._recurring(text)
        if Precision.ONGOING in kinds or self._begins_with_from:
            return PlanDate(text, Precision.ONGOING, *self._bounds(Precision.ONGOING))
        if Precision.NOT_APPLICABLE in kinds and not self.mentions and not self.others:
            return PlanDate(text, Precision.NOT_APPLICABLE)
        return self._dated(text)

    def _dated(self, text: str) -> PlanDate:
        first, last = self._reach()
        if first is None or any(not word.isalpha() for word in self.odd_words):
            without_year = len(self.mentions) == 1 and first is None
            months = self._months if without_year else ()
            return PlanDate(text, Precision.UNREADABLE, months=months)
        found = PlanDate(text, self.mentions[-1].precision, first, last)
        is_sure = not self.odd_words and "?" not in self.text
        if is_sure and not any(m.is_read_against_the_letter for m in self.mentions):
            return found
        if self.odd_words and found.precision in _TOO_WIDE:
            return PlanDate(text, Precision.UNREADABLE)
        return replace(found, mended=f"read as {_in_words(found)}")

    def _recurring(self, text: str) -> PlanDate:
        first, last = self._bounds(Precision.RECURRING)
        months = () if any(m.first for m in self.mentions) else self._months
        if self._is_list:
            first, last, months = self.mentions[0].first, self.mentions[-1].last, self._months
        if self.is_monthly:
            months = _EVERY_MONTH
        return PlanDate(text, Precision.RECURRING, first, last, months)

    @property
    def _months(self) -> tuple[int, ...]:
        months = {m.span[0] for m in self.mentions if m.span and m.precision is Precision.MONTH}
        return tuple(sorted(months))

    @property
    def _is_range(self) -> bool:
        if len(self.mentions) != 2:
            return False
        sign = self.gaps[1]
        return sign in _RANGE_SIGNS or (sign == "and" and self.gaps[0].endswith("between"))

    @property
    def _is_list(self) -> bool:
        """Whether months are told one after the other, all with a year or all without.

        Two dates with nothing between them are none: one may have taken the other's place.
        """
        months = [m for m in self.mentions if m.precision is Precision.MONTH]
        inner = self.gaps[1:-1]
        if len(months) < 2 or len(months) < len(self.mentions) or self._is_range:
            return False
        days = [m.first for m in months if m.first is not None]
        if days and (len(days) < len(months) or inner == [""] or days != sorted(set(days))):
            return False
        return all(_LIST_SIGNS.fullmatch(gap) for gap in inner)

    @property
    def _begins_with_from(self) -> bool:
        return len(self.mentions) == 1 and bool(_FROM.intersection(words_of(self.gaps[0])))

    def _reach(self) -> tuple[date | None, date | None]:
        """The first and the last day of the one date, or of the range of two."""
        if len(self.mentions) == 1 or self._is_range:
            first, last = self.mentions[0].first, self.mentions[-1].last
            if first and last and first <= last:
                return first, last
        return None, None

    def _bounds(self, kind: Precision) -> tuple[date | None, date | None]:
        """From when until when something goes on or comes again, as far as the text says it."""
        first, last = self._reach()
        if first is None or len(self.mentions) > 1:
            return first, last
        before, after = (set(words_of(gap)) for gap in self.gaps)
        if _FROM & (before | after) or (kind in self.kinds[1] and kind not in self.kinds[0]):
            return first, None
        return None, last if _UNTIL & before else None


def _with_one_word_mended(text: str, words: DateWords) -> str:
    """The text with its one misspelt word of time put right; as it is where none is certain."""
    names: dict[str, str] = {name: str(number) for name, number in MONTH_NUMBERS.items()}
    single = (phrase[0] for phrase, _, _ in words.phrases if len(phrase) == 1)
    others = (*words.seasons, *words.parts, *(word for word in single if len(word) > 4))
    names |= {name: name for name in others}
    known = names.keys() | _SAY_NOTHING | _FROM | _TURN_ROUND
    mended = text
    for word in dict.fromkeys(re.findall(r"[a-z]{3,}", text)):
        nearest = _nearest(word, names) if word not in known else ""
        if nearest:
            if mended != text:
                return text
            mended = re.sub(rf"\b{word}\b|{word}(?=[0-9])", nearest, text)
    return mended


def _nearest(word: str, names: Mapping[str, str]) -> str:
    """The name that a word is a slip of the pen away from; empty where two are as near."""
    most = 1 if len(word) <= 4 else 2
    near: dict[int, dict[str, str]] = {}
    for name, meaning in names.items():
        if name[0] == word[0] and abs(len(name) - len(word)) <= most:
            away = _slips(word, name)
            if away <= most and away < len(name) / 2:
                near.setdefault(away, {})[meaning] = name
    best = near[min(near)] if near else {}
    return next(iter(best.values())) if len(best) == 1 else ""


def _slips(a: str, b: str) -> int:
    """How many letters were left out, added, exchanged or swapped between two words."""
    rows = [list(range(len(b) + 1))]
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, a[i - 2]) == (b[j - 2], other):
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


def _in_words(found: PlanDate) -> str:
    first, last = found.first, found.last
    if first is None or last is None:
        return found.precision.value
    if first == last:
        return f"{first.day} {Month.of(first)}"
    start, end = Month.of(first), Month.of(last)
    if (first, last) != (start.first_day, end.last_day):
        return f"{first.day} {start} to {last.day} {end}"
    if start == end:
        return str(start)
    return f"{start.name if start.year == end.year else start} to {end}"
