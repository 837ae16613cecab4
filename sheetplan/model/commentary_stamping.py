"""Spelling the stamp of a new month, as the council spells those of its months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from sheetplan.model.commentary import Stamp
from sheetplan.model.month import FULL_NAMES, Month

_YEAR = re.compile(r"\b20[0-9]{2}\b")
_MONTH = re.compile(
    rf"\b(?:{'|'.join((*FULL_NAMES, 'Sept', *(name[:3] for name in FULL_NAMES)))})\b\.?",
    re.IGNORECASE,
)
_BRACKETS = {"(": ")", "[": "]"}


def stamp_for(
    month: Month, stamps: Iterable[Stamp], *, status: str = "", with_year: bool = False
) -> str:
    """The stamp of a month, spelt as most stamps of the newest month that has any are.

    Args:
        month: The month.
        stamps: Those of the plan. One of several months is no pattern, nor is one with a status.
        status: How the work stands, to stand in the stamp: "(July update, Off track)".
        with_year: Whether it must have its year, whatever the others do.
    """
    spelt = _spelt(month, [stamp for stamp in stamps if not stamp.status])
    if with_year and not _YEAR.search(spelt):
        name = _MONTH.search(spelt)
        assert name is not None  # as it was spelt just now
        spelt = f"{spelt[: name.end()]} {month.year}{spelt[name.end() :]}"
    if not status:
        return spelt
    closing = _BRACKETS.get(spelt[0])
    inside = spelt[1:-1] if closing and spelt.endswith(closing) else spelt
    return f"{spelt[0] if closing else '('}{inside}, {status}{closing or ')'}"


def _spelt(month: Month, stamps: Iterable[Stamp]) -> str:
    alone = [s for s in stamps if len(s.months) == 1 and len(_MONTH.findall(s.text)) == 1]
    latest = max((stamp.months[0] for stamp in alone), default=None)
    patterns = Counter(s.text.rstrip(" :") for s in alone if s.months[0] == latest)
    if not patterns:
        return f"({FULL_NAMES[month.month - 1]} update)"
    pattern = patterns.most_common(1)[0][0]
    typed = _MONTH.search(pattern)
    assert typed is not None  # one was counted
    name = _like(typed[0], FULL_NAMES[month.month - 1])
    return _YEAR.sub(str(month.year), pattern[: typed.start()] + name + pattern[typed.end() :])


def _like(typed: str, name: str) -> str:
    """The name of a month, as short and in such letters as another was typed."""
    is_short = typed.rstrip(".").title() not in FULL_NAMES
    spelt = name[:3] if is_short else name
    return spelt.upper() if typed.isupper() else spelt.lower() if typed.islower() else spelt
