"""What a sheet of a template is to say, before it has a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class RichText:
    """Text of which some stretches are bold: each with whether it is."""

    runs: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.runs)


LineValue = str | int | float | RichText
"""What a placeholder of a pattern row takes. Text is text, whatever it begins with."""


class Line(NamedTuple):
    """One line: which pattern row of the template draws it, and what its placeholders take.

    `pattern` is the name of the pattern row without its "row_": "exception" is drawn by the row
    that the template names `row_exception`.
    """

    pattern: str
    values: Mapping[str, LineValue]


@dataclass(frozen=True)
class SheetText:
    """What one sheet says: the lines of its body, and the values of its single cells."""

    lines: Sequence[Line]
    cells: Mapping[str, LineValue]
