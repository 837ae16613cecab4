"""Text that is too tall for a row of Excel, split over rows that continue it.

How tall a row will be is estimated: only the program that draws it knows its fonts. So the
estimate errs on the tall side, and some room below Excel's limit is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from sheetplan.ooxml.cells import LONGEST_TEXT, length

CONTINUED = "(continued) "
BOLD = 1.1  # times as wide

_TALLEST = 380.0  # points; Excel's limit is 409
_NARROWEST = 4.0  # figures; in less nothing can be read
_SENTENCE_END = re.compile(r"\n|[.!?…][\"'”’)\]]*\s+(?=[^\sa-z])")

# How wide letters are beside a figure, in Arial; other usual fonts are narrower beside theirs.
_LETTERS = {
    0.45: "ijlI'|‘’",
    0.6: ' .,:;!ftr()[]/\\-"“”`',
    0.9: "ckszvxyJ",
    1.2: "ABEFKPSTVXYZ&",
    1.3: "wCDHNRU",
    1.5: "mMGOQ",
    1.8: "W%@—…",
}
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_SPACE = _WIDTHS[" "]
_EAST_ASIAN, _WIDEST = "\u2e80", 2.0


@dataclass(frozen=True)
class Room:
    """What a cell can show: how tall a line is in points, and how many figures wide.

    A cell that does not wrap its text has a width of 0: one line without an end.
    """

    line: float = 0.0
    width: float = 0.0
    most_lines: int = 1
    longest: int = LONGEST_TEXT

    @classmethod
    def wrapping(cls, line: float, width: float) -> Room:
        """The room of a cell that wraps its text."""
        return cls(line, max(width, _NARROWEST), max(int(_TALLEST / line), 1))

    @cached_property
    def _one_line(self) -> int:
        """How many letters surely fit on one line, were all of them wide."""
        return int(self.width / _WIDEST) if self.width else LONGEST_TEXT // 2

    def height(self, text: str) -> float:
        """How tall a row has to be to show the text."""
        return self.lines(text) * self.line

    def lines(self, text: str) -> int:
        """How many lines the text takes; ratings, names and the like come again and again."""
        if len(text) <= self._one_line and "\n" not in text:
            return 1
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = len(list(self._starts(text)))
        return known

    @cached_property
    def _known(self) -> dict[str, int]:
        return {}

    def _starts(self, text: str) -> Iterator[int]:
        """Where each line begins: words go to the next one where they do not fit, and a word that
        fits on none is broken."""
        at = 0
        for paragraph in text.split("\n") if self.width else [text]:
            yield at
            if self.width and len(paragraph) > self._one_line:
                yield from self._wraps(paragraph, at)
            at += len(paragraph) + 1

    def _wraps(self, paragraph: str, at: int) -> Iterator[int]:
        used = 0.0
        for word in paragraph.split(" "):
            wide = _width(word)
            if used + wide <= self.width:
                used += wide
            else:
                if used:
                    yield at
                used = wide
                if wide > self.width:
                    used = 0.0
                    for place, letter in enumerate(word, at):
                        used += _width(letter)
                        if used > self.width:
                            yield place
                            used = _width(letter)
            used += _SPACE
            at += len(word) + 1

    @cached_property
    def bold(self) -> Room:
        """The room for bold words, were all of them bold."""
        return replace(self, width=self.width / BOLD)

    def without(self, text: str) -> Room:
        """The room that other words in the same cell leave; never less than a third."""
        longest = max(self.longest - length(text), self.longest // 3)
        if not self.width or not text.strip():
            return replace(self, longest=longest)
        left = self.most_lines - self.lines(text)
        return replace(self, most_lines=max(left, self.most_lines // 3, 1), longest=longest)

    def cut(self, text: str) -> list[str]:
        """The text in pieces that fit, cut at ends of sentences where that is possible."""
        pieces: list[str] = []
        while text:
            start = CONTINUED if pieces else ""
            end = self._end(text, start)
            if end < len(text):
                end = _good_end(text, end)
            pieces.append(start + text[:end].rstrip())
            text = text[end:].lstrip()
        return pieces

    def _end(self, text: str, start: str) -> int:
        """How much of the text fits behind a start."""
        longest = self.longest - len(start)
        if length(text[:longest]) > longest:
            longest //= 2
        after = next(islice(self._starts(start + text), self.most_lines, None), None)
        end = len(text) if after is None else after - len(start)
        return max(min(end, longest), 1)


def _good_end(text: str, end: int) -> int:
    """Where to cut a text that must be cut at `end` or before: not so early that little is left
    on a row."""
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, 0, end + 1) if m.end() <= end]
    if sentences and sentences[-1] > end / 3:
        return sentences[-1]
    spaces = [match.end() for match in re.finditer(r"\s+", text[: end + 1])]
    return min(spaces[-1], len(text)) if spaces and spaces[-1] > end / 3 else end


@lru_cache(maxsize=20_000)
def _width(word: str) -> float:
    """How wide a word is in figures."""
    return sum([_WIDTHS.get(c, 1.0 if c < _EAST_ASIAN else _WIDEST) for c in word])
