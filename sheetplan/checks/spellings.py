"""How a status is spelt: the legend's words as they are typed, without what is said after them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sheetplan.model.status import StatusEntry
from sheetplan.model.wording import compact

_WORD = re.compile(r"[^\W_]+|&")
_MOST_WORDS = 12
_LEGEND_USES = 3
"""Words after a status are the legend's own when so many cells have them, and not a comment."""


@dataclass(frozen=True)
class Spelling:
    """One spelling of a status.

    Attributes:
        shown: How the status is written, on one line.
        texts: Every text that has it, as typed.
        count: How many cells have it.
    """

    shown: str
    texts: frozenset[str]
    count: int


def spellings(entry: StatusEntry, uses: Mapping[str, int]) -> list[Spelling]:
    """The spellings of one meaning, the most frequent first.

    Capitals, spaces and signs count, and so do other words for the same. Line breaks and double
    spaces do not, since nobody sees them; nor does what is said after the words of the status,
    unless it is the legend's own and is spelt in several ways itself.

    Args:
        entry: The meaning.
        uses: The texts that have it, and how many cells say each.
    """
    parts = {text: _head_and_tail(text, entry) for text in uses}
    tails: dict[str, set[str]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    for text, (_, tail) in parts.items():
        tails[compact(tail)].add(tail)
        times[compact(tail)] += uses[text]
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text, (head, tail) in parts.items():
        said = compact(tail)
        counts = len(tails[said]) > 1 and (not said or times[said] >= _LEGEND_USES)
        grouped[head, tail if counts else ""].append(text)
    found = [
        Spelling(f"{head}{tail}", frozenset(texts), sum(uses[text] for text in texts))
        for (head, tail), texts in grouped.items()
    ]
    return sorted(found, key=lambda spelling: -spelling.count)


def _head_and_tail(text: str, entry: StatusEntry) -> tuple[str, str]:
    """What stands for the meaning as it is typed, and what follows it."""
    line = " ".join(text.split())
    ends = [word.end() for word in _WORD.finditer(line)]
    beginnings = {compact(words) for words in entry.words}
    for end in reversed(ends[:_MOST_WORDS]):
        if compact(line[:end]) in beginnings:
            return line[:end], line[end:]
    return line, ""
