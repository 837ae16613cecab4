"""The names of sheets, made from the titles of a plan's sections."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_LONGEST, _SHORTEST = 31, 10
_KEPT_BY_EXCEL = "history"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LEFT_AT_THE_END = frozenset("a an and at by for from in of on or the to with &".split())


def sheet_names(titles: Sequence[str], taken: Collection[str]) -> tuple[str, ...]:
    """A name for each title that a sheet can have: cut between words, and different from others.

    >>> sheet_names(["A Fair and Welcoming Place of Work"], [])
    ('A Fair and Welcoming Place',)
    """
    used = {_KEPT_BY_EXCEL, *(name.casefold() for name in taken)}
    names = []
    for title in titles:
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", title).split()).strip("'") or "Section"
        name, number = _cut(plain, _LONGEST), 2
        while name.casefold() in used:
            name = f"{_cut(plain, _LONGEST - 3)} {number}"
            number += 1
        used.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cut(text: str, longest: int) -> str:
    """A text cut between two words, and not after a word that joins."""
    units = text.encode("utf-16-le")[: longest * 2]  # as Excel counts: an emoji is two
    room = len(units.decode("utf-16-le", "ignore"))
    if len(text) <= room:
        return text
    words = text[: room + 1].split(" ")[:-1]
    while words and words[-1].casefold() in _LEFT_AT_THE_END:
        words.pop()
    kept = " ".join(words)
    whole = re.split("[,;:–(]", kept)[0]  # a list that is cut reads better without its last piece
    kept = whole if len(whole) >= _SHORTEST else kept
    return kept.strip("' ,;-–") or text[:room].strip("' ")
