"""Spelling the stamp of a new month, as the council spells those of its months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetplan.model.commentary import CommentaryWords, Stamp
from sheetplan.model.commentary_stamps import read_marks
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import MonthMention, find_months

_YEAR = re.compile(r"\b20[0-9]{2}\b")
_BRACKETS = {"(": ")", "[": "]"}


def stamp_for(
    month: Month,
    stamps: Iterable[Stamp],
    *,
    status: str = "",
    with_year: bool = False,
    words: CommentaryWords | None = None,
) -> str:
    """The stamp of a month, spelt as most stamps of the newest month that has any are.

    Without a status it is read as that month alone, in a plan that was written in that month; with
    its year, in any plan.

    Args:
        month: The month.
        stamps: Those of the plan. One of several months is no pattern, nor is one with a status.
        status: How the work stands, to stand in the stamp: "(July update, Off track)".
        with_year: Whether it must have its year, whatever the others do.
        words: The council's words.
    """
    words = words or CommentaryWords()
    year = f" {month.year}" if with_year else ""
    usual = f"({month.name}{year} {words.update[0]})"
    spellings = (_spelt(month, pattern, with_year) for pattern in _patterns(stamps))
    fitting = (spelt for spelt in spellings if _is_read(spelt, month, words, with_year))
    spelt = next(fitting, usual)
    if not status:
        return spelt
    closing = _BRACKETS.get(spelt[0])
    inside = spelt[1:-1] if closing else spelt
    return f"{spelt[0] if closing else '('}{inside}, {status}{closing or ')'}"


def _patterns(stamps: Iterable[Stamp]) -> Iterator[tuple[str, MonthMention]]:
    """The spellings of stamps of one month, the newest months' first, and the most usual first;
    each with the month that it names."""
    alone = Counter(
        (stamp.months[0], stamp.text.rstrip(" :-–—"))
        for stamp in stamps
        if len(stamp.months) == 1 and not stamp.status
    )
    newest_first = sorted(alone, key=lambda each: (each[0], alone[each]), reverse=True)
    for month, text in newest_first:
        titled = text.title()  # "may" is a month in a stamp, though not in a sentence
        mentions = find_months(titled)
        if len(mentions) == 1 and len(titled) == len(text):
            (mention,) = mentions
            if mention.number == month.month and mention.year in (None, month.year):
                yield text, replace(mention, text=text[mention.start : mention.end])


def _spelt(month: Month, pattern: tuple[str, MonthMention], with_year: bool) -> str:
    """The stamp of a month, spelt as another is."""
    text, mention = pattern
    before, after = text[: mention.start], text[mention.end :]
    before, after = (_YEAR.sub(str(month.year), piece) for piece in (before, after))
    if with_year and mention.year is None and not _YEAR.search(f"{before} {after}"):
        dot = "." if after.startswith(".") else ""
        after = f"{dot} {month.year}{after.removeprefix(dot)}"
    return f"{before}{mention.respelled(month)}{after}"


def _is_read(text: str, month: Month, words: CommentaryWords, with_year: bool) -> bool:
    """Whether a text is one stamp, of a month alone."""
    marks = read_marks(text, words)
    if marks.has_words or marks.complete or len(marks.stamps) != 1:
        return False
    (stamp,) = marks.stamps
    is_whole = (stamp.first, stamp.last, stamp.status) == (0, len(text), "")
    has_year = any(year is not None for _, year in stamp.named)
    return is_whole and stamp.months(month) == (month,) and has_year >= with_year
