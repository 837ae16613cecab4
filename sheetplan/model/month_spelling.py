"""Months as they are spelt in headings, and how to spell another month in exactly the same way.

A tracker's headings name their month in many hands: "Status (July 2023)", "RAG Nov-24",
"Status 2025-03", "Jul- 24". A new month must look as if the same officer had typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sheetplan.model.month import FULL_NAMES, SHORT_NAMES, Month, full_year

# Longest first, so that "Sept" is not read as "Sep".
_NAMES = "|".join((*FULL_NAMES, "Sept", *SHORT_NAMES))
_STARTS = r"(?<![^\W_])"
_ENDS = r"(?![^\W_])"
# No more than a few spaces: a cell may hold 32,767 of them, and each would be tried with each.
_BETWEEN = r"\s{0,4}[-–—./,_(]?\s{0,4}['’‘]?"

_CANDIDATE = re.compile(
    rf"""
    # American dates and years of another century: found so that they can be passed over.
    {_STARTS} (?P<not_a_month> (?:{_NAMES}) (?:
        \s+ [0-9]{{1,2}} (?:st|nd|rd|th) {_ENDS} (?: ,? \s+ 20[0-9]{{2}} {_ENDS} )?
      | \s+ [0-9]{{1,2}} ,? \s+ 20[0-9]{{2}} {_ENDS}
      | \s+ [0-9] {_ENDS}
      | {_BETWEEN} (?!20) [0-9]{{4}} {_ENDS} ) )
    # July 2023, Jul-23, Jul '23, July; 2023 July. No year goes on: 2023/24, July 50%.
  | {_STARTS} (?: (?P<year_before> 20[0-9]{{2}}) (?: \s{{1,4}} | \s{{0,4}}[-/]\s{{0,4}} ) )?
    (?P<name> {_NAMES})
    (?: {_BETWEEN} (?P<year_after> (?:20)?[0-9]{{2}}) {_ENDS} (?! [-–/.:][0-9] )
        (?: (?<=20[0-9]{{2}}) | (?! \s*% ) ) )?
    {_ENDS}
    # 2023-07 and 07/2023, neither of them part of a date.
  | {_STARTS} (?<![0-9][-/.]) (?:
        (?P<year_first> 20[0-9]{{2}}) [-/] (?P<number_last> 0[1-9] | 1[0-2])
      | (?P<number_first> 0?[1-9] | 1[0-2]) [-/] (?P<year_last> 20[0-9]{{2}}) )
    {_ENDS} (?! [-/.] [0-9]{{1,2}} (?![0-9]) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DAY_IN_FRONT = re.compile(
    r"(?<![\w./]) (?P<day>[0-9]{1,2}) (?:st|nd|rd|th)? (?: \s+ (?:of\s+)? | [-–./] ) $",
    re.IGNORECASE | re.VERBOSE,
)
_ENGLISH_WORDS = ("may", "march")
_YEAR_GROUPS = ("year_after", "year_before", "year_first", "year_last")
_NUMBER_GROUPS = ("number_first", "number_last")


@dataclass(frozen=True)
class MonthMention:
    """A month that a text names: which month, where it stands and how it is spelt."""

    number: int
    year: int | None
    start: int
    end: int
    text: str

    @property
    def month(self) -> Month | None:
        """The month that is meant; None where the text names no year."""
        return None if self.year is None else Month(self.year, self.number)

    def respelled(self, month: Month, short: bool | None = None) -> str:
        """Spell `month` in the way that this mention is spelt.

        Kept are the capitals, what stands between month and year, the digits of the year, and
        whether the name is cut short. From "12/2023" nobody can tell whether "1/2024" or
        "01/2024" would follow: it is padded.

        Args:
            month: The month to spell.
            short: For a mention of May, whose name is full and short in one: True when the
                tracker cuts its months short. When None, a year of two digits speaks for short.
        """
        match = _CANDIDATE.fullmatch(self.text)
        if match is None:
            raise ValueError(f'"{self.text}" is not the mention of a month.')
        short = self._is_short(match, short)
        pieces = sorted(
            (match.start(group), match.end(group), respell(match[group], month, short))
            for group, respell in _RESPELL.items()
            if match[group] is not None
        )
        return _with_pieces(self.text, pieces)

    def _is_short(self, match: re.Match[str], short: bool | None) -> bool:
        if match["name"] is None:
            return False
        if self.number != 5:
            return match["name"].casefold() != FULL_NAMES[self.number - 1].casefold()
        if short is not None:
            return short
        return len(match["year_after"] or "") == 2


def find_months(text: str) -> list[MonthMention]:
    """Find every month that `text` names, from left to right.

    A date is not the mention of a month: "3 July 2023", "03/07/2023" and "2023-07-03" tell when
    something was done, and must stay as they are when the month moves on. Neither are the English
    words "may" and "march", unless they have a capital or a year.
    """
    mentions: list[MonthMention] = []
    read_to = 0
    for match in _CANDIDATE.finditer(text):
        mention = _mention(match, text[read_to : match.start()])
        read_to = match.end()
        if mention is not None:
            mentions.append(mention)
    return mentions


@lru_cache(maxsize=2_000)
def only_month(text: str) -> Month | None:
    """The month that a text names, None for several; the same headings stand on every sheet."""
    months = {mention.month for mention in find_months(text)}
    return months.pop() if len(months) == 1 else None


def replace_month(text: str, old: Month, new: Month, short: bool | None = None) -> str:
    """Put `new` wherever `text` names `old`, with or without its year, in the same spelling.

    Every other character, and every other month, stays as it was.

    >>> replace_month("RAG Dec-23", Month(2023, 12), Month(2024, 1))
    'RAG Jan-24'
    """
    pieces = [
        (mention.start, mention.end, mention.respelled(new, short))
        for mention in find_months(text)
        if mention.number == old.month and mention.year in (None, old.year)
    ]
    return _with_pieces(text, pieces)


def without_months(text: str) -> str:
    """Cut the months out of `text`, so that what is left says what kind of column it heads.

    >>> without_months("Status (July 2023)")
    'Status ()'
    """
    return _with_pieces(text, [(mention.start, mention.end, "") for mention in find_months(text)])


def _mention(match: re.Match[str], before: str) -> MonthMention | None:
    """The mention that `match` is, or None where it is part of a date or an English word.

    Args:
        match: A match of the candidate pattern.
        before: The text in front of it that belongs to no other match: in "Jun-23 Jul-23" the
            first 23 is a year, and not the day of a date.
    """
    if match["not_a_month"] is not None:
        return None
    start = match.start()
    year = next((match[group] for group in _YEAR_GROUPS if match[group] is not None), None)
    if match["name"] is None:
        number = int(match["number_first"] or match["number_last"])
    else:
        number = _number_of(match["name"])
        if year is None and match["name"] in _ENGLISH_WORDS:
            return None
        if match["year_before"] is not None and match["year_after"] is not None:
            start = match.start("name")  # "Plan 2023 July 2023": the first year stands by itself
        elif match["year_before"] is None and _ends_with_a_day(before):
            return None
    return MonthMention(
        number=number,
        year=None if year is None else full_year(year),
        start=start,
        end=match.end(),
        text=match.string[start : match.end()],
    )


def _ends_with_a_day(before: str) -> bool:
    day = _DAY_IN_FRONT.search(before)
    return day is not None and 1 <= int(day["day"]) <= 31


def _number_of(name: str) -> int:
    return SHORT_NAMES.index(name[:3].capitalize()) + 1


def _respelled_name(typed: str, month: Month, short: bool) -> str:
    if month.month == _number_of(typed):
        return typed  # keeps the four letters of "Sept", which no other month has
    name = SHORT_NAMES[month.month - 1] if short else month.name
    if typed.isupper():
        return name.upper()
    return name.lower() if typed.islower() else name


def _respelled_number(typed: str, month: Month, short: bool) -> str:
    return f"{month.month:0{len(typed)}d}"


def _respelled_year(typed: str, month: Month, short: bool) -> str:
    return f"{month.year:04d}"[-len(typed) :]


_RESPELL = {
    "name": _respelled_name,
    **dict.fromkeys(_NUMBER_GROUPS, _respelled_number),
    **dict.fromkeys(_YEAR_GROUPS, _respelled_year),
}


def _with_pieces(text: str, pieces: list[tuple[int, int, str]]) -> str:
    """`text` with each (start, end) of `pieces` exchanged for its new text."""
    parts: list[str] = []
    read_to = 0
    for start, end, new in pieces:
        parts += [text[read_to:start], new]
        read_to = end
    return "".join([*parts, text[read_to:]])
