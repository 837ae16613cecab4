"""Phrases of the settings, found in what people type: by whole words, however they are punctuated.

In a phrase "..." stands for up to five other words, `<month>` for a month ("June", "Jun-26"),
`<reference>` for an action's reference and `<initials>` for a person's initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sheetplan.model.date_spelling import MONTH_NUMBERS

_MONTHS = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
# Between the words of a phrase no sentence ends.
_BETWEEN = r"[^\w.!?;\n]+"
_OTHER_WORDS = rf"(?:{_BETWEEN}[\w.]*\w){{0,5}}?"
_PLACEHOLDERS = {
    "<month>": rf"(?:{_MONTHS})(?:['’]?s)?(?:[ ./'’-]{{0,2}}(?:20)?[0-9]{{2}})?",
    "<reference>": r"(?=[a-z0-9.]{0,9}[0-9])[a-z]{0,4}\.?[a-z]?[0-9]{1,3}(?:\.[0-9]{1,3}[a-z]?)?",
    # Departments and offices that are written in capitals are nobody's initials.
    "<initials>": (
        r"(?-i:(?!(?:AD|BI|CE|CEX|CX|HR|ICT|IT|LA|LGA|LT|PM|PMO|SLT|CLT|CMT|TU|NHS|ICB)\b)"
        r"[A-Z]{2,3})(?:[/ &]+(?-i:[A-Z]{2,3}))?"
    ),
}
_TOKEN = re.compile(r"<[a-z]+>|\.\.\.|…|[^\W_]+")
_CLAUSE_BEGINS = r"(?:^|[.!?:;,/([\n–—]|\s-)\s*"
_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|approx|nos?|st|cllrs?|dr|mr|mrs|ms|dept|refs?|para|vs|inc|incl"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.\s$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.!?])\s|[\n\r;•]+|(?:\s|(?<=[^\W_]))[-–—]+\s")


class Phrases:
    """A list of phrases to look for."""

    def __init__(self, phrases: tuple[str, ...], *, begins_clause: bool = False) -> None:
        """Prepare to look.

        Args:
            phrases: The phrases.
            begins_clause: Whether a phrase counts only where a sentence or a part of one begins;
                one that begins with "..." counts anywhere.
        """
        self._sought = [_sought(phrase, begins_clause) for phrase in phrases]

    def first(self, text: str) -> str:
        """The first of the phrases that `text` says, as typed; empty where it says none."""
        match = next(self.all(text), None)
        return match["found"] if match else ""

    def all(self, text: str) -> Iterator[re.Match[str]]:
        """Where `text` says one of the phrases, in the order of the phrases."""
        small = text.lower()
        for sought in self._sought:
            if sought.rare in small:
                yield from sought.pattern.finditer(text)


@lru_cache(maxsize=64)
def phrases_of(phrases: tuple[str, ...], *, begins_clause: bool = False) -> Phrases:
    """A list of phrases, prepared once."""
    return Phrases(phrases, begins_clause=begins_clause)


def says(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether `text` says one of the phrases anywhere."""
    return bool(phrases_of(phrases).first(text))


def expression(phrase: str) -> str:
    """A phrase as a regular expression that does not count capitals."""
    pieces = []
    for token in _TOKEN.findall(phrase):
        if token in ("...", "…"):
            pieces.append(_OTHER_WORDS)
        else:
            between = _BETWEEN if pieces else ""
            pieces.append(between + _PLACEHOLDERS.get(token, re.escape(token)))
    return "".join(pieces)


@lru_cache(maxsize=8_192)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; a list's lines, and what stands apart by a dash, are some too."""
    found, begins = [], 0
    for end in _ENDS.finditer(text):
        if not _ABBREVIATED.search(text[max(begins, end.start() - 8) : end.end()]):
            found.append(text[begins : end.start()].strip())
            begins = end.end()
    found.append(text[begins:].strip())
    return tuple(sentence for sentence in found if sentence)


@dataclass(frozen=True)
class _Sought:
    """A phrase to look for. Few texts have its longest word at all: only they are searched."""

    rare: str
    before: str
    words: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        said = rf"{self.before}(?P<found>{expression(self.words)})(?![^\W_])"
        return re.compile(said, re.IGNORECASE)


def _sought(phrase: str, begins_clause: bool) -> _Sought:
    is_anywhere = phrase.lstrip().startswith(("...", "…"))
    words = phrase.strip().removeprefix("...").removeprefix("…")
    before = _CLAUSE_BEGINS if begins_clause and not is_anywhere else r"(?<![^\W_])"
    literal = [token for token in _TOKEN.findall(words) if token[0] not in "<.…"]
    return _Sought(max(literal, key=len, default="").lower(), before, words)
