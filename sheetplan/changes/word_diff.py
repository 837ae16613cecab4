"""Which words of a text are new beside an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from sheetplan.model.report_line import RichText

_PIECES = re.compile(r"\s+|\S+")


def word_diff(before: str, after: str) -> tuple[tuple[str, bool], ...]:
    """The text of `after` in stretches, each with whether its words are new.

    Blanks and line breaks stay as they are. Those between two new words are new, so that a new
    sentence is one stretch.

    >>> word_diff("Begun in May", "Begun late in May")
    (('Begun ', False), ('late', True), (' in May', False))
    """
    pieces = _PIECES.findall(after)
    are_new = _are_new(before.split(), after.split())
    marks = [None if piece.isspace() else next(are_new) for piece in pieces]
    around = zip(pieces, marks, [None, *marks], [*marks[1:], None], strict=False)
    told = [
        (piece, bool(last and following) if mark is None else mark)
        for piece, mark, last, following in around
    ]
    return tuple(
        ("".join(piece for piece, _ in run), is_new)
        for is_new, run in groupby(told, key=lambda item: item[1])
    )


def with_new_words_bold(before: str, after: str) -> str | RichText:
    """The text of `after`, its new words bold; plain where none is new, or nothing was before."""
    runs = word_diff(before, after) if before.strip() else ()
    return RichText(runs) if any(is_new for _, is_new in runs) else after


def _are_new(before: list[str], after: list[str]) -> Iterator[bool]:
    """For each word of `after` whether it is new."""
    from difflib import SequenceMatcher  # late: only texts that differ pay for it

    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, _, _, first, last in matcher.get_opcodes():
        yield from [kind != "equal"] * (last - first)
