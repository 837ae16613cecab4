"""Areas of cells in A1 notation, and what becomes of them when columns are copied to the right.

A worksheet's rules name their cells as a list of areas ("sqref": areas divided by spaces; the
first one's top left cell anchors the rule's relative references, ISO/IEC 29500-1, 18.18.76).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from openpyxl.utils.cell import column_index_from_string, get_column_letter

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_END = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?\Z")


@cache
def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    return int(column_index_from_string(letters))


@cache
def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    return str(get_column_letter(number))


def cell_name(row: int, column: int) -> str:
    """B7 for row 7, column 2."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, its edges included. Rows and columns count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """Read "B2", "B2:D9", "$B$2:$D$9", "B:D" or "2:9".

        Raises:
            ValueError: the text is no area.
        """
        ends = text.split(":")
        matches = [_END.match(end) for end in ends]
        if len(ends) > 2 or not all(match and match[0] for match in matches):
            raise ValueError(f"{text!r} is not a range of cells")
        letters = [match[1] for match in matches if match]
        digits = [match[2] for match in matches if match]
        if len(ends) == 1 and (letters[0] is None or digits[0] is None):
            raise ValueError(f"{text!r} is not a range of cells")
        if any((part is None) != (letters[0] is None) for part in letters) or any(
            (part is None) != (digits[0] is None) for part in digits
        ):
            raise ValueError(f"{text!r} is not a range of cells")
        columns = sorted(column_number(part) for part in letters if part) or [1, LAST_COLUMN]
        rows = sorted(int(part) for part in digits if part) or [1, LAST_ROW]
        return cls(rows[0], columns[0], rows[-1], columns[-1])

    def __str__(self) -> str:
        if (self.first_row, self.last_row) == (1, LAST_ROW):
            return f"{column_letters(self.first_column)}:{column_letters(self.last_column)}"
        if (self.first_column, self.last_column) == (1, LAST_COLUMN):
            return f"{self.first_row}:{self.last_row}"
        return self.corners

    @property
    def corners(self) -> str:
        """The area as Excel stores it: O1:P1048576 even for whole columns, shown as O:P."""
        first = cell_name(self.first_row, self.first_column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    def contains(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )

    def covers(self, other: Area) -> bool:
        """Whether all of `other` lies inside."""
        return self.contains(other.first_row, other.first_column) and self.contains(
            other.last_row, other.last_column
        )

    def overlaps(self, other: Area) -> bool:
        """Whether any cell lies in both."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )


def parse_areas(text: str) -> list[Area]:
    """The areas of an sqref, in their order.

    Raises:
        ValueError: a piece of it is no area.
    """
    return [Area.parse(piece) for piece in text.split()]


def spell_areas(areas: Iterable[Area]) -> str:
    """The areas as an sqref."""
    return " ".join(area.corners for area in areas)


def covers_all(areas: Iterable[Area], needed: Iterable[Area]) -> bool:
    """Whether every needed area lies inside the others, column by column where it must."""
    have = list(areas)

    def is_covered(area: Area) -> bool:
        if any(other.covers(area) for other in have):
            return True
        if area.first_column == area.last_column:
            return False
        columns = range(area.first_column, area.last_column + 1)
        return all(
            any(other.covers(replace(area, first_column=c, last_column=c)) for other in have)
            for c in columns
        )

    return all(map(is_covered, needed))


def gathered(places: Iterable[tuple[int, int]]) -> list[Area]:
    """The areas that hold just these cells (row, column), in the order of reading."""
    by_row: dict[int, list[int]] = {}
    for row, column in places:
        by_row.setdefault(row, []).append(column)
    open_areas: dict[tuple[int, int], Area] = {}
    done: list[Area] = []
    for row in sorted(by_row):
        stretches = set(_stretches(by_row[row]))
        for stretch in list(open_areas):
            if stretch not in stretches or open_areas[stretch].last_row != row - 1:
                done.append(open_areas.pop(stretch))
        for first, last in sorted(stretches):
            start = open_areas[first, last].first_row if (first, last) in open_areas else row
            open_areas[first, last] = Area(start, first, row, last)
    done += open_areas.values()
    return sorted(done, key=lambda area: (area.first_row, area.first_column))


def _stretches(columns: list[int]) -> Iterator[tuple[int, int]]:
    columns = sorted(set(columns))
    start = previous = columns[0]
    for column in [*columns[1:], None]:
        if column is None or column != previous + 1:
            yield start, previous
            start = column or 0
        previous = column or 0


@dataclass(frozen=True)
class ColumnCopy:
    """Columns `first` to `last` of a sheet, copied so that they stand again right after `last`."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many columns are copied; also how far each of them moves."""
        return self.last - self.first + 1

    @property
    def targets(self) -> range:
        """The new columns."""
        return range(self.last + 1, self.last + self.count + 1)

    def target(self, column: int) -> int:
        """Where the copy of one of the columns stands."""
        return column + self.count

    def includes(self, column: int) -> bool:
        """Whether a column is one of those that are copied."""
        return self.first <= column <= self.last

    def moved(self, area: Area) -> Area | None:
        """The part of an area that lies in the copied columns, as it stands in the new ones."""
        first = max(area.first_column, self.first)
        last = min(area.last_column, self.last)
        if first > last:
            return None
        return replace(
            area, first_column=first + self.count, last_column=min(last + self.count, LAST_COLUMN)
        )

    def grown(self, areas: list[Area]) -> list[Area]:
        """The areas of a rule after its columns were copied, as Excel's own copy leaves them.

        What lies in the copied columns is added for the new ones: as part of the area that it
        came from where the two touch, else at the end, since the first area anchors the rule.
        """
        grown = list(areas)
        for at, area in enumerate(areas):
            copy = self.moved(area)
            if copy is None or covers_all(grown, [copy]):
                continue
            if area.last_column == copy.first_column - 1:
                grown[at] = replace(area, last_column=copy.last_column)
            else:
                grown.append(copy)
        return grown

    def stretched(self, area: Area) -> Area:
        """An area that holds all of the copied columns and ends with them, made to hold the new.

        For what stays one rectangle: a filter, a print area, a table, a merged title.
        """
        if area.first_column <= self.first and area.last_column == self.last:
            return replace(area, last_column=self.last + self.count)
        return area
