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

from sheetplan.checks.named_times import NamedTime, named_times, names_a_time
from sheetplan.checks.phrases import expression, phrases_of, sentences
from sheetplan.checks.texts import is_due_to_do
from sheetplan.model.date_spelling import tidied
from sheetplan.model.date_words import DateWords, Precision
from sheetplan.model.month import Month

_FURTHEST = 160  # characters from a promise to its time
_LONGEST = 2_000  # characters; what is longer is no sentence
_COMES_AGAIN = re.compile(r"\b(?:annual\w*|yearly|every|each|next year)\b", re.IGNORECASE)

# Words for what is to come that speak of the past: "was due in May", "as planned in May".
_IS_OVER_BEFORE = re.compile(
    r"\b(?:as|than|was|were|had(?: been)?|previously|originally|initially|needed|used|proved|found|"
    r"appear\w*|seem\w*|continu\w+|remained)(?: originally| previously| initially| first)? $"
)
_IS_NONE_AFTER = re.compile(r" (?:not|no longer|diligence|course|regard|process|care|dates?)\b")
_TO = re.compile(r" to\b")
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
        time: When it is to happen.
    """

    sentence: str
    quote: str
    time: NamedTime

    @property
    def has_year(self) -> bool:
        """Whether it says in which year."""
        return self.time.mention.last is not None

    def last_day(self, written: Month) -> date:
        """The last day that it can mean in a text that was written for a month."""
        comes_again = _COMES_AGAIN.search(self.sentence) is not None
        return self.time.last_day(written, comes_again=comes_again)


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
    if not names_a_time(text):
        return
    for sentence in sentences(text):
        if len(sentence) <= _LONGEST and names_a_time(sentence):
            yield from _Sentence(sentence, words).promises()


def names_time_ahead(text: str, month: Month, dates: DateWords) -> bool:
    """Whether a text that was written for a month names a time after it."""
    if not names_a_time(text):
        return False
    as_typed = _as_typed(text, tidied(text))
    times = (time for time, _ in named_times(tidied(text), as_typed, dates))
    return any(month.last_day < time.last_day(month) < date.max for time in times)


def _as_typed(typed: str, text: str) -> str:
    """The tidy form of a text with its capitals, where it can be had character by character."""
    spaced = " ".join(typed.split())
    return spaced if len(spaced) == len(text) else text


class _Sentence:
    """A sentence that speaks of what is to come, and names a time."""

    def __init__(self, typed: str, words: FutureWords) -> None:
        self.typed = typed
        self.text = tidied(typed)
        self.words = words
        self.as_typed = _as_typed(typed, self.text)

    def promises(self) -> Iterator[Promise]:
        """What it promises."""
        futures = list(self._futures())
        begins = min((ends for _, ends in futures), default=len(self.text))
        for time in self._times(begins):
            said = [begins for begins, ends in futures if self._is_promised(time, begins, ends)]
            if said:
                quote = self.as_typed[max(said) : time.end].rstrip(" .,")
                yield Promise(self.typed, quote, time)

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

    def _times(self, begins: int) -> Iterator[NamedTime]:
        """The times that it names from there on, but for the date of a stamp."""
        if not names_a_time(self.text[begins:]):
            return
        for time, initials in named_times(self.text, self.as_typed, self.words.dates, begins):
            if not initials or self._is_meeting(f" {initials} "):
                yield time

    def _is_promised(self, time: NamedTime, begins: int, ends: int) -> bool:
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

    def _says_when(self, time: NamedTime, between: str, after: str, *, is_at_once: bool) -> bool:
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

    def _names_what(self, time: NamedTime) -> bool:
        """Whether a time before a noun says which one that is: "for the Q4 report"."""
        if time.mention.precision is Precision.QUARTER:
            return True
        is_whole = time.mention.precision in (Precision.MONTH, Precision.YEAR)
        return is_whole and self.text.endswith((" for ", " with ", " to "), 0, time.start)

    def _has_meeting_before(self, near: str) -> bool:
        """Whether the last words before a time are a meeting: "at Cabinet March 2026"."""
        return self._is_meeting(f" {near.rpartition(' ')[2]} ")

    def _is_day_alone(self, time: NamedTime, after: str) -> bool:
        """Whether it is a day, and no noun follows: "the 12 July newsletter"."""
        return time.mention.has_day and not _A_NOUN.match(after)

    def _is_meeting(self, after: str) -> bool:
        return _meeting(self.words.meetings).match(after) is not None


@lru_cache(maxsize=8)
def _meeting(meetings: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(expression, meetings)) or r"(?!)"
    other = r"(?!(?:with|from|by|for|to|at|and|in|on|of|or)\b)[\w&'’]+"
    return re.compile(rf" (?:{other} ){{0,2}}?(?:{names})\b", re.IGNORECASE)
