"""Finding what a text says of time: days, months, quarters, seasons and years, however spelt.

The text is in its tidy form (see `tidied`): small letters, single spaces, plain dashes and
apostrophes. "Mar-23" is March 2023 and never the 23rd of March; figures are read day first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

from sheetplan.model.date_words import DateWords, MonthSpan, Precision
from sheetplan.model.month import FULL_NAMES, SHORT_NAMES, Month, full_year

MONTH_NUMBERS = {
    **{name.casefold(): number for number, name in enumerate(SHORT_NAMES, start=1)},
    **{name.casefold(): number for number, name in enumerate(FULL_NAMES, start=1)},
    "sept": 9,
}

_BLANKS = re.compile(r"\s+")
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’`´", "'"))
# Longest first, so that "sept" is not read as "sep".
_NAME = rf"(?P<name>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})(?![a-z])\.?"
# Two figures below 10 would be a day: nobody writes Apr-05 for a plan of today.
_YEAR = r"(?P<year>20[0-9]{2}|[1-9][0-9])"
_YEARS = rf"{_YEAR}(?:\s?[/-]\s?(?P<second>20[0-9]{{2}}|[0-9]{{2}}))?"
_GAP = r"[ ./,_'-]{0,4}"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_NOTHING = r"(?!)"
_ENDS = r"(?![a-z0-9])(?![/.:-][0-9])"
SWAPPED_YEARS = range(2015, 2050)
"""The years that 23-Mar can mean: 12-Mar may well be a day."""


@dataclass(frozen=True)
class Mention:
    """A stretch of time that a text names.

    `first` and `last` are None where it names no year. `span` says which months of a year it
    covers, where that can be said; `is_read_against_the_letter` that it was swapped by Excel, or
    could mean something else.
    """

    precision: Precision
    start: int
    end: int
    first: date | None = None
    last: date | None = None
    span: MonthSpan | None = None
    has_day: bool = False
    is_read_against_the_letter: bool = False

    def within(self, following: Mention) -> Mention:
        """The mention with the year of a later one: April in "April to June 2024"."""
        if self.span is None or self.has_day or following.first is None:
            return self
        year = following.first.year
        first, last = _days_of(self.span, year)
        if first > following.first:
            first, last = _days_of(self.span, year - 1)
        return replace(self, first=first, last=last)


def tidied(text: str) -> str:
    """The text in the form in which dates are found."""
    return _BLANKS.sub(" ", text.translate(_SIGNS)).strip().casefold()


def find_mentions(text: str, words: DateWords) -> list[Mention]:
    """All stretches of time that a tidy text names, from left to right."""
    mentions: list[Mention] = []
    at = 0
    while at < len(text):
        found = None
        if text[at].isalnum() and not (at and text[at - 1].isalnum()):
            found = _mention_at(text, at, words)
        if found is not None:
            mentions.append(found)
        at = found.end if found else at + 1
    return mentions


def _mention_at(text: str, at: int, words: DateWords) -> Mention | None:
    part = _part_pattern(tuple(words.parts)).match(text, at)
    if part is not None and (whole := _mention_at(text, part.end(), words)) is not None:
        return _part_of(whole, words.parts[part["word"]], at)
    week = _WEEK.match(text, at)
    if week is not None and (day := _mention_at(text, week.end(), words)) is not None:
        return _week(day, at, ends=week["which"] == "e")
    for pattern, read in (*_READERS, (_season_pattern(tuple(words.seasons)), _read_season)):
        match = pattern.match(text, at)
        found = read(match, words) if match else None
        if found is not None:
            return found
    return None


def _part_of(whole: Mention, share: MonthSpan, start: int) -> Mention | None:
    """The part of a period, such as the early months of a year or the end of a month."""
    if (
        whole.first is None
        or whole.last is None
        or whole.precision in (Precision.DAY, Precision.WEEK)
    ):
        return None
    first_month, last_month = Month.of(whole.first), Month.of(whole.last)
    months = last_month.months_since(first_month) + 1
    size = (whole.last - whole.first).days + 1 if months == 1 else months
    begins = size * (share[0] - 1) // 12
    ends = -(-size * share[1] // 12) - 1
    if months == 1:
        first = whole.first + timedelta(days=begins)
        last = whole.first + timedelta(days=ends)
    else:
        first, last = first_month.plus(begins).first_day, first_month.plus(ends).last_day
    precision = whole.precision
    if precision is Precision.YEAR:
        precision = Precision.PART_OF_YEAR
    return replace(whole, precision=precision, first=first, last=last, start=start, span=None)


_WEEK = re.compile(
    r"(?:w/?(?=[cbe])|week )(?P<which>c|b|e)(?:ommencing|eginning|nding)?[ :-]{1,3}"
    r"(?:(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)[a-z]* )?"
)


def _week(day: Mention, start: int, *, ends: bool) -> Mention | None:
    if day.precision is not Precision.DAY or day.first is None:
        return None
    first = day.first - timedelta(days=6) if ends else day.first
    return replace(
        day, precision=Precision.WEEK, first=first, last=first + timedelta(days=6), start=start
    )


@lru_cache(maxsize=16)
def _part_pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
    return re.compile(rf"(?P<word>{names or _NOTHING})(?:[ -]of| in)?(?: the)?[ -]{{1,3}}")


@lru_cache(maxsize=16)
def _season_pattern(seasons: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(seasons, key=len, reverse=True)))
    return re.compile(
        rf"(?P<season>{names or _NOTHING})(?![a-z])(?:{_GAP}(?:of )?{_YEARS})?{_ENDS}"
    )


# ---------------------------------------------------------------- what a match means


def _day(match: re.Match[str], words: DateWords) -> Mention | None:
    """A day; one whose month can only be a day is read the American way, against the letter."""
    groups = match.groupdict()
    name = groups.get("name")
    number = MONTH_NUMBERS[name] if name else int(match["month"])
    day, year = int(match["day"]), full_year(match["year"])
    swapped = number > 12 >= day
    if swapped:
        day, number = number, day
    try:
        found = date(year, number, day)
    except ValueError:
        return None
    return Mention(
        Precision.DAY, match.start(), match.end(), found, found,
        has_day=True, is_read_against_the_letter=swapped,
    )  # fmt: skip


def _month(match: re.Match[str], words: DateWords) -> Mention | None:
    name = match.groupdict().get("name")
    number = MONTH_NUMBERS[name] if name else int(match["month"])
    return _of_span(match, Precision.MONTH, (number, number), full_year(match["year"]))


def _swapped_month(match: re.Match[str], words: DateWords) -> Mention | None:
    """A month that Excel shows as 23-Mar."""
    if full_year(match["year"]) not in SWAPPED_YEARS:
        return None
    found = _month(match, words)
    return replace(found, is_read_against_the_letter=True) if found else None


def _bare_month(match: re.Match[str], words: DateWords) -> Mention:
    number = MONTH_NUMBERS[match["name"]]
    has_day = "day" in match.re.groupindex
    return _of_span(match, Precision.MONTH, (number, number), None, has_day=has_day)


def _quarter(match: re.Match[str], words: DateWords) -> Mention | None:
    """A quarter of the financial year. With a single year it could be of the calendar year."""
    number = int(match["quarter"])
    begins = (words.financial_year_begins - 1 + 3 * (number - 1)) % 12 + 1
    span = (begins, (begins + 1) % 12 + 1)
    if match.groupdict().get("year") is None:
        return _of_span(match, Precision.QUARTER, span, None)
    year, second = full_year(match["year"]), _second_year(match)
    if second not in (None, year + 1):
        return None
    if begins < words.financial_year_begins:
        year += 1
    found = _of_span(match, Precision.QUARTER, span, year)
    return replace(found, is_read_against_the_letter=second is None)


def _years(match: re.Match[str], words: DateWords) -> Mention | None:
    """A financial year, or a stretch of calendar years."""
    year, second = full_year(match["year"]), _second_year(match)
    if second is None:
        found = _of_span(match, Precision.YEAR, (1, 12), year)
        return replace(found, span=None)
    is_short = len(match["year"]) == 2
    if second == year + 1 and not (is_short and year <= 2012):
        first = Month(year, words.financial_year_begins)
        return Mention(
            Precision.YEAR, match.start(), match.end(),
            first.first_day, first.plus(11).last_day,
        )  # fmt: skip
    if second > year and not is_short and len(match["second"]) == 4:
        return Mention(
            Precision.YEAR, match.start(), match.end(), date(year, 1, 1), date(second, 12, 31)
        )
    return None


def _read_season(match: re.Match[str], words: DateWords) -> Mention | None:
    span = words.seasons[match["season"]]
    if match["year"] is None:
        return _of_span(match, Precision.SEASON, span, None)
    year, second = full_year(match["year"]), _second_year(match)
    runs_over = span[0] > span[1]
    if second is not None and not (runs_over and second == year + 1):
        return None
    return _of_span(match, Precision.SEASON, span, year)


def _second_year(match: re.Match[str]) -> int | None:
    second = match.groupdict().get("second")
    return full_year(second) if second else None


def _of_span(
    match: re.Match[str],
    precision: Precision,
    span: MonthSpan,
    year: int | None,
    *,
    has_day: bool = False,
) -> Mention:
    first, last = (None, None) if year is None else _days_of(span, year)
    return Mention(precision, match.start(), match.end(), first, last, span, has_day)


def _days_of(span: MonthSpan, year: int) -> tuple[date, date]:
    runs_over = span[0] > span[1] and year < MAXYEAR
    return Month(year, span[0]).first_day, Month(year + runs_over, span[1]).last_day


_Reader = Callable[[re.Match[str], DateWords], Mention | None]
# In this order: what says more is tried before what says less.
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern + _ENDS), read)
    for pattern, read in (
        (r"(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ t]00:00:00)?", _day),
        (rf"(?P<day>[0-9]{{1,2}}) ?(?P<sign>[./-]) ?(?P<month>[0-9]{{1,2}}) ?(?P=sign) ?{_YEAR}",
         _day),
        (rf"{_DAY}(?: of |{_GAP}){_NAME}{_GAP}{_YEAR}", _day),
        (rf"{_NAME} {_DAY},? (?P<year>20[0-9]{{2}})", _day),
        (rf"(?:q|qtr\.? ?|quarter )(?P<quarter>[1-4])(?: of)?{_GAP}(?:fy ?)?{_YEARS}", _quarter),
        (rf"(?P<quarter>[1-4])(?:st|nd|rd|th) (?:qtr\.?|quarter)(?: of)?{_GAP}{_YEARS}", _quarter),
        (rf"{_YEARS}[ ,-]{{0,2}}(?:q|qtr\.? ?|quarter )(?P<quarter>[1-4])", _quarter),
        (r"(?:q|qtr\.? ?|quarter )(?P<quarter>[1-4])", _quarter),
        (r"(?:fy|financial year) ?(?P<year>20[0-9]{2}|[1-9][0-9]) ?[/-] ?"
         r"(?P<second>20[0-9]{2}|[0-9]{2})", _years),
        (r"(?P<year>20[0-9]{2}) ?[/-] ?(?P<second>20[0-9]{2}|[0-9]{2})", _years),
        (r"(?P<year>[1-9][0-9])/(?P<second>[0-9]{2})", _years),
        (r"(?P<year>20[0-9]{2})[-/](?P<month>0[1-9]|1[0-2])", _month),
        (r"(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>20[0-9]{2})", _month),
        (rf"{_NAME}{_GAP}(?:of )?{_YEAR}", _month),
        (rf"(?P<year>20[0-9]{{2}})[ /-]{{1,3}}{_NAME}(?!{_GAP}[0-9])", _month),
        (rf"(?P<year>[1-9][0-9])-(?P<name>{'|'.join(map(str.casefold, SHORT_NAMES))})",
         _swapped_month),
        (rf"{_DAY}(?: of | |-){_NAME}", _bare_month),
        (r"(?P<year>20[0-9]{2})", _years),
        (_NAME, _bare_month),
    )
)  # fmt: skip
