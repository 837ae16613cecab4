"""Values as they are stored in a cell: text is data, whatever it begins with or holds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple, Protocol, TypeGuard

from sheetplan.ooxml import cells

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=1_000)
def escaped(text: str) -> str:
    """The text as it stands between the tags of a <t>; the same few fill most cells."""
    return escape(cells.escaped(text), quote=False)


def storable(text: str) -> str:
    """The text for an element that does not know of such spelling: with nothing where XML cannot
    hold a character."""
    return _NOT_IN_XML.sub("", text)


def number_text(number: float) -> str:
    """The number as it is stored, and as it reads between words.

    Raises:
        ValueError: it is infinite, or no number.
    """
    if isinstance(number, int):
        return str(int(number))
    if not math.isfinite(number):
        raise ValueError(f"a cell cannot hold the number {number}")
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


class Rich(Protocol):
    """Text of which some stretches are bold: each with whether it is."""

    @property
    def runs(self) -> Sequence[tuple[str, bool]]: ...


class RichPiece(NamedTuple):
    """A piece of such text."""

    runs: Sequence[tuple[str, bool]]


Value = str | int | float | Rich
"""What a placeholder takes. Text is text, whatever it begins with."""


def is_rich(value: Value) -> TypeGuard[Rich]:
    """Whether it is text with bold words."""
    return not isinstance(value, (str, int, float))


def plain(value: Value) -> str | int | float:
    """The value without what is bold in it."""
    if isinstance(value, (str, int, float)):
        return value
    return "".join(text for text, _ in value.runs)


def words_of(value: Value) -> str:
    """The value as it reads between words."""
    value = plain(value)
    return value if isinstance(value, str) else number_text(value)


def rich_pieces(value: Rich, pieces: Sequence[str], start: str) -> list[RichPiece]:
    """The pieces into which the text was cut, with what is bold in them.

    Args:
        value: The text.
        pieces: Its pieces, with nothing but blanks between them.
        start: What stands before each of them but the first.
    """
    whole = plain(value)
    assert isinstance(whole, str)
    found: list[RichPiece] = []
    at = 0
    for piece in pieces:
        words = piece.removeprefix(start) if found else piece
        at = whole.index(words, at)
        before = ((start, False),) if found else ()
        found.append(RichPiece((*before, *_between(value, at, at + len(words)))))
        at += len(words)
    return found


def _between(value: Rich, first: int, last: int) -> Sequence[tuple[str, bool]]:
    """The stretches from one place to another."""
    found = []
    start = 0
    for text, is_bold in value.runs:
        words = text[max(first - start, 0) : max(last - start, 0)]
        if words:
            found.append((words, is_bold))
        start += len(text)
    return found
