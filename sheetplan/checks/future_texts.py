"""Promises: what a text says is still to come, with the day by which that must have happened.

"Will be presented 13/12/23" and "delivery due in August" are promises; "was presented in May" is
none, nor is the date of a stamp, nor that of what a promise only builds on ("will respond to the
comments received in May").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sheetplan.checks.phrases import expression, phrases_of, sentences
from sheetplan.checks.texts import is_due_to_do
from sheetplan.model.date_spelling import Mention, find_mentions, tidied
from sheetplan.model.date_words import DateWords, Precision
from sheetplan.model.month import Month

_MONTHS_BACK = {Precision.SEASON: 1, Precision.QUARTER: 2}
_MOST_MONTHS_BACK = 3
"""How far behind a month without a year may lie: "due in March" of July is of next year."""
_FURTHEST = 160  # characters from a promise to its time

_NAMES_A_TIME = re.compile(
    r"[0-9]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter)",
    re.IGNORECASE,
)
_COMES_AGAIN = re.compile(r"\b(?:annual\w*|yearly|every|each|next year)\b")
_FIGURES = re.compile(r"(?<![\w./-])(?P<day>[0-9]{1,2})/(?P<month>[0-9]{2})(?![\w/%-]|\.[0-9])")
_JOINS = re.compile(r"\s*(?:[/,&-]|and|or|to|until|through)?\s*")
_STAMP_BEFORE = re.compile(
    r"(?:^|[.;:()\[–—-]|\b(?!(?:at|to|by|with|via|from|of|for|in|on|the|and)\b)[A-Za-z]+\s)\s*"
    r"(?P<who>[A-Z]{2,4})(?:/[A-Z]{2,4})?\s?[:,-]?\s?$"
)

# Words for what is to come that speak of the past: "was due in May", "as planned in May".
_IS_OVER_BEFORE = re.compile(
    r"\b(?:as|than|was|were|had(?: been)?|previously|originally|initially|needed|used|proved|found|"
    r"appear\w*|seem\w*|continu\w+|remained)(?: originally| previously| initially| first)? $"
)
_IS_NONE_AFTER = re.compile(r" (?:not|no longer|diligence|course|regard|process|care|dates?)\b")
_TO = re.compile(r" to\b")
_TO_START = re.compile(r"\bto (?:start|end|close)\b")
_NEXT = re.compile(r"\bnext(?= )")
_PLAIN = ("will", "shall", "is ", "are ", "to ", "going", "goes", "being", "on ")
_HAS_AUXILIARY = re.compile(
    r"\b(?:is|are|be|been|being|now|still|currently|remains?|and|will|shall) $"
)
_PARTICIPLES = (
    r"(?:[a-z]{2,}ed|began|begun|brought|built|done|drawn|drew|found|gave|given|held|led|made|met|"
    r"ran|saw|seen|sent|set|taken|undertaken|written|wrote)"
)
_HAPPENED = re.compile(
    r"\b(?:was|were|did|didn't|had|has|have|went|took|came|cancelled|postponed|deferred|rescheduled|"
    r"held|completed|attended|is (?:now )?(?:complete|done|finished|over|closed))\b"
)
_HAPPENED_OR_DONE = re.compile(rf"{_HAPPENED.pattern}|\b{_PARTICIPLES}\b")
_CLAUSE = re.compile(r"[,;:()]| - |\b(?:and|but|which|while|whilst)\b")

# Between the promise and its time: what makes that the time of something else.
_BROKEN = re.compile(
    r"\b(?:following|after|since|was|were|had|did|went|took|came|has|have|because|last|previous|"
    r"dated|when|once|unless|despite|who|which)\b"
)
_VERB_GROUP = re.compile(
    r"\s*(?:(?:to|be|then|also|now|next|only|formally|shortly|still|likely|being|have|been|jointly|"
    r"fully|provisionally) )*[a-z-]+(?:(?: ?[,/&] ?| and | or )[a-z-]+)?"
    r"(?: (?:in place|place|live|ready|available))?"
)
# "The comments received in May", but "the agreed plan", and "drafted, agreed and published in May".
_TIME_OF_ANOTHER = re.compile(
    rf"(?<!\band )(?<!\bor )(?<!, )(?<!\bbe )(?<!\bthe )(?<!\ban )(?<!\bas )(?<!\bto )"
    rf"\b{_PARTICIPLES}(?: (?:in|on|at|by|from|during|to|with|as|through)\b|\s*$)"
)

# Before a time: "in", "by the end of", "w/c".
_SKIPPED = re.compile(
    r"(?:\b(?:the|end|start|beginning|middle|mid|early|late|later|first|last|week|w/?c|commencing|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|around|about|approximately|approx|circa|no later "
    r"than|of|part|half|month)\b[ ,.-]*)+$"
)
_WHEN = re.compile(
    r"\b(?:in|on|by|for|before|during|until|till|this|next|through|throughout|between|effective|"
    r"starting)$"
)
_WHEN_OF_YEAR = re.compile(r"\b(?:in|by|during|before|until|throughout)$")
_PART = re.compile(r"(?:end|start|beginning|close|early|mid|late)\b")
_NOT_WHEN = re.compile(r"\b(?:of|from|since|at|dated|the|its|our|their|this|a|an|to) ?$")
_STARTS = re.compile(r"\b(?:start|commenc|begin|launch|effect|live|open|run|roll)")
_A_NOUN = re.compile(r" (?!and|with|for|to|at|in|or|by|where|when|which|but|if|as|then)[a-z]")


@dataclass(frozen=True)
class Promise:
    """What a text says is still to come.

    Attributes:
        sentence: The sentence, as typed.
        quote: The part of it that promises, up to the time.
        day: The last day that it can mean; None where it names no year.
        month: The month of the year, from 1 to 12, in which that lies at the latest.
        months_back: How many months back it is looked for where it names no year.
    """

    sentence: str
    quote: str
    day: date | None
    month: int
    months_back: int = _MOST_MONTHS_BACK

    def last_day(self, written: Month) -> date:
        """The last day that it can mean in a text that was written for a month.

        Without a year, the month that has just passed is meant, or else the next one to come.
        """
        if self.day is not None:
            return self.day
        back = (written.month - self.month) % 12
        ahead = -back if back <= self.months_back else 12 - back
        return written.plus(ahead).last_day


@dataclass(frozen=True)
class FutureWords:
    """The council's words for what is to come.

    Attributes:
        still_to_come: Words such as "will be".
        meetings: What decisions are made at, "Cabinet".
        dates: What it means by words of time.
    """

    still_to_come: tuple[str, ...]
    meetings: tuple[str, ...]
    dates: DateWords


def promises(text: str, words: FutureWords) -> Iterator[Promise]:
    """What a text says is still to come, in the order of the text."""
    if not _NAMES_A_TIME.search(text):
        return
    sought = phrases_of(words.still_to_come)
    for sentence in sentences(text):
        if _NAMES_A_TIME.search(sentence) and (
            sought.first(sentence) or "next" in sentence.lower()
        ):
            yield from _Sentence(sentence, words).promises()


def names_time_ahead(text: str, month: Month, dates: DateWords) -> bool:
    """Whether a text that was written for a month names a time after it."""
    if not _NAMES_A_TIME.search(text):
        return False
    return any(
        (promise := _promise(sentence, "", mention)) is not None
        and promise.last_day(month) > month.last_day
        for sentence in sentences(text)
        for mention in find_mentions(tidied(sentence), dates)
    )


class _Time(NamedTuple):
    """A time that a sentence names: two that belong together, "June/July", are one."""

    start: int
    end: int
    mention: Mention


class _Sentence:
    """A sentence that speaks of what is to come, and names a time."""

    def __init__(self, typed: str, words: FutureWords) -> None:
        self.typed = typed
        self.text = tidied(typed)
        self.words = words
        spaced = " ".join(typed.split())
        self.as_typed = spaced if len(spaced) == len(self.text) else self.text

    def promises(self) -> Iterator[Promise]:
        """What it promises."""
        futures = list(self._futures())
        for time in self._times():
            said = [begins for begins, ends in futures if self._is_promised(time, begins, ends)]
            quote = self.as_typed[max(said, default=0) : time.end]
            if said and (promise := _promise(self.typed, quote, time.mention)):
                yield promise

    def _futures(self) -> Iterator[tuple[int, int]]:
        """Where the words for what is to come begin and end."""
        for match in phrases_of(self.words.still_to_come).all(self.text):
            begins, ends = match.span("found")
            if _IS_OVER_BEFORE.search(self.text, 0, begins):
                continue
            if _IS_NONE_AFTER.match(self.text, ends):
                continue
            is_due_to = match["found"].endswith("due") and _TO.match(self.text, ends)
            if is_due_to and not is_due_to_do(self.text, ends - 3, self.words.meetings):
                continue
            yield begins, ends
        for following in _NEXT.finditer(self.text):
            meeting = _meeting(self.words.meetings).match(self.text, following.end())
            if meeting is not None:
                yield following.start(), meeting.end()

    def _times(self) -> Iterator[_Time]:
        """The times, those that belong together as one."""
        # "Due to start Sept 26" is no time at the start of September.
        text = _TO_START.sub(lambda match: "_" * len(match[0]), self.text)
        mentions = [*find_mentions(text, self.words.dates), *self._days_of_figures()]
        found: _Time | None = None
        for mention in sorted(filter(self._is_time, mentions), key=lambda mention: mention.start):
            if found is None:
                found = _Time(mention.start, mention.end, mention)
            elif _JOINS.fullmatch(self.text, found.end, mention.start):
                found = _Time(found.start, mention.end, _later(found.mention, mention))
            else:
                yield found
                found = _Time(mention.start, mention.end, mention)
        if found is not None:
            yield found

    def _days_of_figures(self) -> Iterator[Mention]:
        """Days such as 13/07, which name no year."""
        for match in _FIGURES.finditer(self.text):
            day, month = int(match["day"]), int(match["month"])
            if 1 <= day <= 31 and 1 <= month <= 12:
                span = (month, month)
                yield Mention(Precision.DAY, *match.span(), span=span, has_day=True)

    def _is_time(self, mention: Mention) -> bool:
        """Whether it is a time, and neither the verb "may" nor the date of a stamp."""
        if self.as_typed[mention.start : mention.end] in ("may", "march", "mar"):
            return False
        before = self.as_typed[: mention.start]
        if mention.has_day and before.endswith(("(", "[")):
            return False
        stamp = _STAMP_BEFORE.search(before)
        return stamp is None or self._is_meeting(f" {stamp['who']} ")

    def _is_promised(self, time: _Time, begins: int, ends: int) -> bool:
        """Whether what is promised there is to come at that time."""
        between, after = self.text[ends : time.start], self.text[time.end :]
        if time.start < ends or len(between) > _FURTHEST:
            return False
        if _BROKEN.search(between) or _HAPPENED.search(after) or self._is_past(begins):
            return False
        rest = _VERB_GROUP.sub("", between, count=1)
        if _TIME_OF_ANOTHER.search(rest):
            return False
        return self._says_when(time, between, after, is_at_once=not rest.strip())

    def _is_past(self, begins: int) -> bool:
        """Whether a word without "is" or "will", such as "planned", belongs to a past tense:
        "ran the training scheduled for May"."""
        if self.text.startswith(_PLAIN, begins) or _HAS_AUXILIARY.search(self.text, 0, begins):
            return False
        return _HAPPENED_OR_DONE.search(_CLAUSE.split(self.text[:begins])[-1]) is not None

    def _says_when(self, time: _Time, between: str, after: str, *, is_at_once: bool) -> bool:
        """Whether the words around a time make it the time at which something happens."""
        near = _SKIPPED.sub("", between).rstrip()
        if self._is_meeting(after):  # "at October Cabinet", "to the 12 July Cabinet"
            return not between.endswith("from ")
        if _A_NOUN.match(after) and self._names_what(time):
            return False
        if _PART.search(between, len(near)) or _PART.match(self.text, time.start):
            return True  # "launched early June", "at the end of Q3"
        if between.endswith("from "):
            return _STARTS.search(self.text) is not None
        when = _WHEN_OF_YEAR if time.mention.precision is Precision.YEAR else _WHEN
        if near in ("", "(", ":") or when.search(near):
            is_season = time.mention.precision is Precision.SEASON  # "in the autumn"
            return is_season or not between.endswith("the ") or self._is_day_alone(time, after)
        if _NOT_WHEN.search(between):
            return between.endswith("the ") and self._is_day_alone(time, after)
        return is_at_once or time.mention.has_day or self._has_meeting_before(near)

    def _names_what(self, time: _Time) -> bool:
        """Whether a time before a noun says which one that is: "for the Q4 report"."""
        if time.mention.precision is Precision.QUARTER:
            return True
        is_whole = time.mention.precision in (Precision.MONTH, Precision.YEAR)
        return is_whole and self.text.endswith((" for ", " with ", " to "), 0, time.start)

    def _has_meeting_before(self, near: str) -> bool:
        """Whether the last words before a time are a meeting: "at Cabinet March 2026"."""
        return self._is_meeting(f" {near.rpartition(' ')[2]} ")

    def _is_day_alone(self, time: _Time, after: str) -> bool:
        """Whether it is a day, and no noun follows: "the 12 July newsletter"."""
        return time.mention.has_day and not _A_NOUN.match(after)

    def _is_meeting(self, after: str) -> bool:
        return _meeting(self.words.meetings).match(after) is not None


def _promise(sentence: str, quote: str, mention: Mention) -> Promise | None:
    if mention.last is not None:
        return Promise(sentence, quote, mention.last, mention.last.month)
    if mention.span is None:
        return None
    back = _MONTHS_BACK.get(mention.precision, _MOST_MONTHS_BACK)
    if _COMES_AGAIN.search(sentence.lower()):
        back = 0
    return Promise(sentence, quote, None, mention.span[1], back)


def _later(first: Mention, second: Mention) -> Mention:
    """The later of two times that belong together; the year of the second holds for both."""
    return second if second.first or not first.first else first


@lru_cache(maxsize=8)
def _meeting(meetings: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(expression, meetings)) or r"(?!)"
    other = r"(?!(?:with|from|by|for|to|at|and|in|on|of|or)\b)[\w&'’]+"
    return re.compile(rf" (?:{other} ){{0,2}}?(?:{names})\b", re.IGNORECASE)
