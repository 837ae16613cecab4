"""Comparing what officers type by its words, not by its punctuation.

Headings and statuses drift from sheet to sheet: "On Track- ok", "OnTrack – OK" and "on track (OK)"
are one thing to whoever reads them. Everything that compares typed words does it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_BULLET = re.compile(r"[•·▪◦‣●○*–—-]\s+")
_MARKS = tuple(".,;:!?…-–—")  # after one of them no semicolon is needed


def words_of(text: str) -> list[str]:
    """The words of `text` in small letters; an ampersand is read as "and".

    >>> words_of("Update (Initial & Date)/")
    ['update', 'initial', 'and', 'date']
    """
    return _WORD.findall(text.replace("&", " and ").casefold())


@lru_cache(maxsize=4_096)
def compact(text: str) -> str:
    """The words of `text` run together, so that spaces and punctuation do not count.

    >>> compact("On-Track (ok)") == compact("OnTrack / OK.")
    True
    """
    return "".join(words_of(text))


def closest(text: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The choice that is spelt most like `text`, for "Did you mean"; None where none is near."""
    import difflib  # late: only a mistake pays for it

    spelt = {compact(choice): choice for choice in choices}
    near = difflib.get_close_matches(compact(text), spelt, n=1, cutoff=cutoff)
    return spelt[near[0]] if near else None


def did_you_mean(text: str, choices: Iterable[str], cutoff: float = 0.6) -> str:
    """The question after a message, with a space before it; empty where no choice is near.

    >>> did_you_mean("Finanse", ["People", "Finance"])
    ' Did you mean "Finance"?'
    """
    near = closest(text, choices, cutoff)
    return f' Did you mean "{near}"?' if near else ""


def listed(words: Sequence[str], most: int = 8) -> str:
    """ "A, B and C", or with a count of those that are left out."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def run_on(text: str) -> str:
    """Lines on one line, with a semicolon between the items of a list, whose bullets go.

    >>> run_on("A programme with:\\n• Induction\\n• Peer support\\nMentors for\\nall members")
    'A programme with: Induction; Peer support; Mentors for all members'
    """
    said = ""
    for line in text.splitlines():
        words = " ".join(line.split())
        bullet = _BULLET.match(words)
        item = words[bullet.end() :] if bullet else words
        if not item:
            continue
        is_next = bullet or not item[0].islower()
        apart = "; " if is_next and not said.endswith(_MARKS) else " "
        said = f"{said}{apart}{item}" if said else item
    return said


def shortened(text: str, longest: int = 60) -> str:
    """What was typed, on one line, and cut where it is too long for a message.

    >>> shortened("To be  confirmed by Cabinet", longest=15)
    'To be confirme…'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
