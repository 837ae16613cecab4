"""Rich text changed by place: stretches of a cell's words put in, taken out, or given another look.

Places count characters of the whole text. What no change touches stays as it was, to the run; only
runs without words go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sheetplan.ooxml.cells import Run


class Span(NamedTuple):
    """A stretch of a text, from `first` to before `last`."""

    first: int
    last: int


class TextChange(NamedTuple):
    """Words for the stretch from `first` to before `last`; put in between where both are one."""

    first: int
    last: int
    runs: tuple[Run, ...] = ()


def changed(runs: Sequence[Run], changes: Iterable[TextChange]) -> tuple[Run, ...]:
    """The runs of a text with other words in some places.

    Args:
        runs: The text. It stays as it is.
        changes: What is put where; of two at one place the first comes first.

    Raises:
        ValueError: two changes overlap, or one lies outside the text or ends before it begins.
    """
    made: list[Run] = []
    place = 0
    for change in sorted(changes, key=lambda change: change[:2]):
        if not 0 <= change.first <= change.last:
            raise ValueError(f"no change reaches from {change.first} to {change.last}")
        if change.first < place:
            raise ValueError(f"two changes overlap at {change.first}")
        made += _cut(runs, place, change.first)
        made += change.runs
        place = change.last
    length = sum(len(run.text) for run in runs)
    if place > length:
        raise ValueError(f"a change reaches {place}, and the text ends at {length}")
    return (*made, *_cut(runs, place, length))


def restyled(
    runs: Sequence[Run], spans: Iterable[Span], look: Callable[[bytes], bytes]
) -> tuple[Run, ...]:
    """The runs of a text with some stretches in another look.

    Args:
        runs: The text. It stays as it is.
        spans: The stretches, none of which overlap.
        look: Gives the properties that a run shall have for those that it has.

    Raises:
        ValueError: two of the stretches overlap.
    """
    changes = []
    for span in spans:
        place = span.first
        for run in _cut(runs, *span):
            worn = Run(run.text, look(run.properties))
            last = place + len(run.text)
            if worn != run:
                changes.append(TextChange(place, last, (worn,)))
            place = last
    return changed(runs, changes)


def run_at(runs: Sequence[Run], place: int) -> Run:
    """The run that holds the character before a place, or the first character of the text; an
    empty one where there is none."""
    for run in runs:
        place -= len(run.text)
        if place <= 0 and run.text:
            return run
    return Run("")


def _cut(runs: Sequence[Run], first: int, last: int) -> Iterator[Run]:
    """What lies between two places; a run that lies there whole is itself."""
    place = 0
    for run in runs:
        begin, end = max(first - place, 0), min(last - place, len(run.text))
        if begin < end:
            is_whole = end - begin == len(run.text)
            yield run if is_whole else Run(run.text[begin:end], run.properties)
        place += len(run.text)
