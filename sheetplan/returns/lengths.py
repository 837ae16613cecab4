"""Long texts: a cell has what it can hold and the log has the rest; a message has the beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheetplan.model.owner_return import TextRun
from sheetplan.model.wording import shortened

MOST_UNITS = 32_767
"""What a cell holds at most, as Excel counts: a character beyond U+FFFF counts twice."""


def shown(text: str) -> str:
    """A text as a message quotes it: on one line, and not all of a long one."""
    return shortened(text)


def cut(text: str) -> str:
    """What a cell holds of a text."""
    return text if len(text) * 2 <= MOST_UNITS else pieces(text)[0]


def pieces(text: str) -> list[str]:
    """A text in pieces that a cell can hold each; one piece where it is short enough."""
    found = []
    while True:
        end = _end_of_piece(text, MOST_UNITS)
        found.append(text[:end])
        text = text[end:]
        if not text:
            return found


def cut_runs(runs: Sequence[TextRun]) -> tuple[TextRun, ...]:
    """What a cell holds of a text with formatting."""
    is_short = sum(len(run.text) for run in runs) * 2 <= MOST_UNITS
    return tuple(runs if is_short else _runs_that_fit(runs))


def _runs_that_fit(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    room = MOST_UNITS
    for run in runs:
        text = run.text[: _end_of_piece(run.text, room)]
        if text:
            yield run._replace(text=text)
        if text != run.text:
            return
        room -= _units(text)


def _end_of_piece(text: str, room: int) -> int:
    """How many characters from the start of a text fit into so many units."""
    if len(text) * 2 <= room:
        return len(text)
    units = text[:room].encode("utf-16-le", "surrogatepass")[: room * 2]
    return len(units.decode("utf-16-le", "ignore"))  # half of a pair is left to the next piece


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
