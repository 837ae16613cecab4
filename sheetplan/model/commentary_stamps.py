"""The stamps and markers of a commentary: "(September Update)", "September Update:", COMPLETE.

A stamp in brackets may end with a status of the council's: "(September Update, Off track)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sheetplan.model.commentary import CommentaryWords
from sheetplan.model.edit_distance import edit_distance
from sheetplan.model.month import FULL_NAMES, Month
from sheetplan.model.month_spelling import find_months, without_months
from sheetplan.model.wording import words_of

_LONGEST_STAMP = 60
_LONGEST_BRACKET = 160  # with a status
_BRACKETED = re.compile(rf"[(\[](?P<body>[^()\[\]\r\n]{{1,{_LONGEST_BRACKET}}})[)\]]")
_BEFORE_A_STATUS = re.compile(r"[\s,;:–—-]+(?=\w)")
_DAY = re.compile(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\s+(?=[A-Za-z]{3})")
_YEAR = re.compile(r"20[0-9]{2}")
_BETWEEN_MONTHS = frozenset(("and", "to"))
_ENDS_A_SENTENCE = ".;:!?…)]–—-"
UNSEEN = "\u200b\u200c\u200e\u200f\u2060\ufeff\xad"
"""Characters without width, which come along with words that are pasted from elsewhere."""
_SLIPS = 2  # in the name of a month: "Setpember"
# What may not stand before COMPLETE in a line: then the work is not done.
_NOT_DONE = frozenset(
    "not yet nearly almost largely mostly partly partially part half substantially near once until "
    "when if be to never cannot isn t".split()
)
_CONDITION = r"(?: FOR(?: [A-Z&]+){1,4})?"


@dataclass(frozen=True)
class StampFound:
    """A stamp in a line.

    Attributes:
        first, last: Where it stands in the line.
        text: It as typed.
        named: The numbers of its months with their years; None for a year that is not printed.
        says_update: Whether it has the word; "(July 2018)" may be the date of an event.
        status: The status that it ends with, as typed; or empty.
    """

    first: int
    last: int
    text: str
    named: tuple[tuple[int, int | None], ...]
    says_update: bool
    status: str = ""

    def months(self, written: Month) -> tuple[Month, ...]:
        """Its months. One without a year is the newest such month that is not after the next
        month of the stamp, or after `written`."""
        found: list[Month] = []
        for number, year in reversed(self.named):
            limit = found[0] if found else written
            month = Month(limit.year if year is None else year, number)
            if year is None and month > limit:
                month = Month(limit.year - 1, number)
            found.insert(0, month)
        return tuple(sorted(set(found)))


@dataclass(frozen=True)
class LineMarks:
    """The stamps and markers at the ends of a line, and what is left between them.

    Attributes:
        stamps: The stamps, from left to right.
        complete: The marker that says that the work is done, as typed; or empty.
        words_first, words_last: Where the words without stamps and markers stand.
        heads: Whether its only stamp stands in front of the words.
    """

    stamps: tuple[StampFound, ...]
    complete: str
    words_first: int
    words_last: int
    heads: bool

    @property
    def has_words(self) -> bool:
        """Whether the line says anything beside its stamps and markers."""
        return self.words_last > self.words_first


@lru_cache(maxsize=1 << 15)  # each line is asked for several times, and before and after a roll
def read_marks(line: str, words: CommentaryWords) -> LineMarks:
    """The stamps and markers at the beginning and at the end of a line."""
    stamps: list[StampFound] = []
    complete = ""
    last = _trimmed(line, len(line), " \t.,;:")
    while True:
        if stamp := _stamp_before(line, last, words):
            stamps.insert(0, stamp)
            last = stamp.first
        elif not complete and (marker := _marker_before(line, last, words)):
            complete, last = marker[0].strip("()[] "), marker[1]
        else:
            break
        last = _trimmed(line, last, " \t,;" if line[:last].strip() else " ")
    first = 0
    heads = False
    if line[:last].strip():
        if (stamp := _stamp_after(line, words)) and not stamps:
            stamps, first, heads = [stamp], stamp.last, True
        elif not complete and (match := _marker_pattern(words, at_end=False).match(line)):
            complete = match["marker"]
    else:
        last = 0
        heads = bool(stamps) and line.rstrip().endswith(":")
    return LineMarks(tuple(stamps), complete, first, max(first, last), heads)


def stamps_within(line: str, words: CommentaryWords) -> list[StampFound]:
    """The bracketed stamps in the middle of a line, which has words on both sides of them."""
    marks = read_marks(line, words)
    found = (
        _bracketed_stamp(match, words)
        for match in _BRACKETED.finditer(line, marks.words_first, marks.words_last)
    )
    return [stamp for stamp in found if stamp and stamp.says_update and stamp.named]


def unknown_status(line: str, words: CommentaryWords) -> tuple[str, str] | None:
    """What a line begins or ends with that would be a stamp, were its last words a status: the
    whole of it, and those words."""
    known = {stamp.text for stamp in read_marks(line, words).stamps}
    line = line.strip(" \t\xa0.,;:")
    for match in _BRACKETED.finditer(line):
        is_at_an_end = match.start() == 0 or match.end() == len(line)
        if not is_at_an_end or match[0] in known or _bracketed_stamp(match, words):
            continue
        for front, rest in _parted(match["body"]):
            stamp = _stamp(front, match.start(), match.end(), match[0], words)
            if stamp and stamp.says_update and stamp.named:
                return match[0], rest
    return None


def month_written(stamps: Iterable[StampFound], otherwise: Month) -> Month:
    """The month in which a plan was written, as its stamps tell: their newest.

    A month without a year is the one that lies nearest to the newest with a year; where no stamp
    has a year, it is the newest that is not after `otherwise`.
    """
    named = {item for stamp in stamps for item in stamp.named}
    dated = [Month(year, number) for number, year in named if year is not None]
    if not dated:
        latest = (Month(otherwise.year, number) for number, _ in named)
        return max(
            (month if month <= otherwise else month.plus(-12) for month in latest),
            default=otherwise,
        )
    newest = max(dated)
    undated = (number for number, year in named if year is None)
    nearest = (newest.plus((number - newest.month + 5) % 12 - 5) for number in undated)
    return max((newest, *nearest))


def plan_month(
    lines: Iterable[str], titles: Iterable[str], words: CommentaryWords, today: Month
) -> Month:
    """The month in which a plan was written: that of its newest stamp; where no stamp has a year,
    what its titles say helps.

    Args:
        lines: The lines of its commentary.
        titles: What it is called, in its file name and in headings.
        words: The council's words.
        today: This month, where nothing tells a year. No title is of a later one.
    """
    stamps = [stamp for line in dict.fromkeys(lines) for stamp in read_marks(line, words).stamps]
    titled = (mention.month for text in titles for mention in find_months(text))
    past = [month for month in titled if month is not None and month <= today]
    return month_written(stamps, max(past, default=today))


def near_month(text: str) -> str:
    """The month that a misspelt name was probably meant to be; empty where none is near."""
    near = ((edit_distance(text.casefold(), name.casefold()), name) for name in FULL_NAMES)
    slips, name = min(near)
    return name if slips <= _SLIPS and len(text) > _SLIPS + 1 else ""


def _trimmed(line: str, last: int, blanks: str) -> int:
    return len(line[:last].rstrip(blanks + " \xa0" + UNSEEN))


def _stamp_before(line: str, last: int, words: CommentaryWords) -> StampFound | None:
    """The stamp that ends at a place of a line."""
    if last and line[last - 1] in ")]":
        for bracketed in _BRACKETED.finditer(line, max(0, last - _LONGEST_BRACKET - 2), last):
            if bracketed.end() == last:
                return _bracketed_stamp(bracketed, words)
        return None
    plain = _plain_pattern(words, at_end=True).search(line[:last])
    if plain is None or not _begins_a_sentence(line[: plain.start()]):
        return None
    return _stamp(plain[0], plain.start(), last, plain[0], words)


def _stamp_after(line: str, words: CommentaryWords) -> StampFound | None:
    """The stamp that a line begins with."""
    blank = len(line) - len(line.lstrip())
    if bracketed := _BRACKETED.match(line, blank):
        stamp = _bracketed_stamp(bracketed, words)
        return stamp if stamp is not None and stamp.says_update and stamp.named else None
    if plain := _plain_pattern(words, at_end=False).match(line):
        return _stamp(plain["body"], blank, plain.end(), plain[0].strip(), words)
    return None


def _begins_a_sentence(before: str) -> bool:
    """Whether words after `before` are a stamp: not so in "... with the September update"."""
    before = before.rstrip()
    return not before or before[-1] in _ENDS_A_SENTENCE


def _bracketed_stamp(match: re.Match[str], words: CommentaryWords) -> StampFound | None:
    """The stamp that stands in brackets, alone or with a status behind it."""
    stamp = _stamp(match["body"], match.start(), match.end(), match[0], words)
    if stamp:
        return stamp
    for front, status in _parted(match["body"]):
        if words.is_status(status):
            stamp = _stamp(front, match.start(), match.end(), match[0], words)
            if stamp:
                return replace(stamp, status=status)
    return None


def _parted(body: str) -> Iterator[tuple[str, str]]:
    """What stands in brackets, parted into two in every way that it can be."""
    for gap in _BEFORE_A_STATUS.finditer(body):
        yield body[: gap.start()], body[gap.end() :].rstrip(" \t\xa0.,;:")


def _stamp(
    body: str, first: int, last: int, text: str, words: CommentaryWords
) -> StampFound | None:
    """The stamp that words are; None where they say more than a month and "update"."""
    if len(body) > _LONGEST_STAMP:
        return None
    titled = _DAY.sub("", body).title()
    mentions = find_months(titled)
    left = words_of(without_months(titled))
    spelt = [words_of(word) for word in words.update]
    says_update = any(set(word) <= set(left) for word in spelt)
    passed_over = _BETWEEN_MONTHS.union(*spelt)
    rest = [word for word in left if word not in passed_over]
    years = [int(word) for word in rest if _YEAR.fullmatch(word)]
    rest = [word for word in rest if not _YEAR.fullmatch(word)]
    if len(years) > 1 or not (says_update or (mentions and mentions[-1].year)):
        return None
    if rest and (mentions or len(rest) > 1 or not near_month(rest[0])):
        return None
    if not says_update and _DAY.search(body):
        return None  # "(24 September 2018)" is a date
    named = [(mention.number, mention.year) for mention in mentions]
    if named and years and named[-1][1] is None:
        named[-1] = (named[-1][0], years[0])
    return StampFound(first, last, text, tuple(named), says_update)


def _marker_before(line: str, last: int, words: CommentaryWords) -> tuple[str, int] | None:
    """The marker that ends at a place of a line, and where it begins."""
    before = line[:last].rstrip(" .\xa0")
    match = _marker_pattern(words, at_end=True).search(before)
    if match is None:
        return None
    found = match[0], match.start()
    front = before[: match.start()].rstrip()
    if not front or match["bracket"]:
        return found
    is_apart = before[match.start() - 1].isspace()
    if front[-1] in _ENDS_A_SENTENCE and is_apart and (front[-1] != ")" or match[0][0].isupper()):
        return found
    return found if match[0].isupper() and is_apart and not _is_denied(front) else None


def complete_in_a_sentence(text: str, words: CommentaryWords) -> bool:
    """Whether a text ends with a sentence that may say that the work is done: "It is complete."."""
    before = text.rstrip(" .\xa0")
    match = _marker_pattern(words, at_end=True).search(before)
    return match is not None and not _is_denied(before[: match.start()].rstrip())


def _is_denied(front: str) -> bool:
    """Whether the words in front of a marker say that the work is not done yet."""
    said = words_of(front)
    return front.endswith("%") or (bool(said) and said[-1] in _NOT_DONE)


@lru_cache(maxsize=32)
def _marker_pattern(words: CommentaryWords, *, at_end: bool) -> re.Pattern[str]:
    spelt = "|".join(
        r"\s+".join(map(re.escape, marker.split()))
        for marker in sorted(words.complete, key=len, reverse=True)
    )
    if at_end:
        return re.compile(
            rf"(?P<bracket>[(\[]\s*)?(?<![^\W_])(?P<marker>(?i:{spelt})){_CONDITION}"
            r"(?(bracket)\s*[)\]])$"
        )
    return re.compile(rf"\s*(?P<marker>(?i:{spelt}))(?:\s*[.:;]|\s+[-–—])\s+\S")


@lru_cache(maxsize=32)
def _plain_pattern(words: CommentaryWords, *, at_end: bool) -> re.Pattern[str]:
    """A stamp without brackets: months, years and the word, which one of them must be."""
    update = "|".join(re.escape(word) for word in sorted(words.update, key=len, reverse=True))
    names = "|".join((*FULL_NAMES, "Sept", *(name[:3] for name in FULL_NAMES)))
    month = rf"(?:{names})\.?(?:[\s'’-]*(?:20)?[0-9]{{2}})?"
    months = rf"{month}(?:\s*(?:/|,|&|and|to|[-–—])\s*{month}){{0,3}}"
    body = rf"(?P<body>(?:{months}\s+(?:{update})|(?:{update})\s+{months})(?:\s+20[0-9]{{2}})?)"
    if at_end:
        return re.compile(rf"(?<![^\W_]){body}$", re.IGNORECASE)
    return re.compile(rf"\s*{body}\s*(?::|\s[-–—]\s)", re.IGNORECASE)
