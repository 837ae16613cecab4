"""A breach: a rule that is broken, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetplan.ooxml.accessibility.rules import RULES, Rule
from sheetplan.ooxml.ranges import column_letters, gathered


@dataclass(frozen=True)
class Breach:
    """One kind of breach on one sheet, with all its places.

    Attributes:
        rule: The rule.
        sheet: The sheet's name, empty for the workbook as a whole.
        places: Ranges of cells, or the names of what is not in a cell; empty for a whole sheet.
        message: What is wrong there.
        remedy: What to do.
    """

    rule: Rule
    sheet: str
    places: tuple[str, ...]
    message: str
    remedy: str


def breach(
    number: int, sheet: str, message: str, places: Iterable[str] = (), remedy: str = ""
) -> Breach:
    """A breach of the rule of that number, with the rule's own remedy if no other is given."""
    rule = RULES[number]
    return Breach(rule, sheet, tuple(places), message, remedy or rule.remedy)


def ranges(cells: Iterable[tuple[int, int]]) -> list[str]:
    """Cells (row, column) as the fewest ranges."""
    return [str(area) for area in gathered(cells)]


def row_words(rows: Iterable[int]) -> list[str]:
    """Rows in words, such as ["row 5", "rows 8 to 10"]."""
    areas = gathered((row, 1) for row in rows)
    return [_span("row", area.first_row, area.last_row) for area in areas]


def column_words(columns: Iterable[int]) -> list[str]:
    """Columns in words, such as ["column B", "columns D to F"]."""
    areas = gathered((1, column) for column in columns)
    return [
        _span("column", column_letters(area.first_column), column_letters(area.last_column))
        for area in areas
    ]


def _span(word: str, first: int | str, last: int | str) -> str:
    return f"{word} {first}" if first == last else f"{word}s {first} to {last}"
