"""Where rows have gone: pattern rows became the rows made from them, rows below them moved.

Everything that refers to rows of a filled sheet asks its `Moves`: areas of rules, references in
formulas, anchors of drawings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sheetplan.ooxml.formulas import rewrite
from sheetplan.ooxml.ranges import LAST_COLUMN, LAST_ROW, Area, column_number

LOST = "#REF!"

_END = re.compile(r"(?P<column>\$?(?P<letters>[A-Za-z]{1,3}))?(?P<fixed>\$?)(?P<row>\d{1,7})\Z")


class Moves:
    """What became of the rows of one sheet.

    Args:
        sheet: The sheet's name.
        first: The first pattern row.
        last: The last one; all between them is gone as well.
        made: The rows made from each pattern row, by its number; ascending.
    """

    def __init__(
        self, sheet: str, first: int, last: int, made: Mapping[int, Sequence[int]]
    ) -> None:
        self.sheet = sheet
        self.first, self.last = first, last
        self._made = made
        self._shift = sum(map(len, made.values())) - (last - first + 1)
        self._runs: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def touches(self, first: int, last: int) -> bool:
        """Whether rows `first` to `last` hold any of the pattern rows' block."""
        return first <= self.last and self.first <= last

    def _outside(self, row: int) -> int:
        """Where a row above or below the pattern rows stands now."""
        if row < self.first or row >= LAST_ROW:
            return row
        return min(row + self._shift, LAST_ROW)

    def runs(self, first: int, last: int) -> list[tuple[int, int]]:
        """The rows that rows `first` to `last` have become, those that adjoin run together."""
        if (first, last) not in self._runs:
            rows = [(first, min(last, self.first - 1))] if first < self.first else []
            rows += [(row, row) for row in self._made_from(first, last)]
            if last > self.last:
                rows.append((self._outside(max(first, self.last + 1)), self._outside(last)))
            self._runs[first, last] = _joined(rows)
        return self._runs[first, last]

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """The first and the last row that rows `first` to `last` have become; None if none."""
        runs = self.runs(first, last)
        return (runs[0][0], runs[-1][1]) if runs else None

    def row(self, number: int) -> int | None:
        """What a row has become: of a pattern row the first that was made from it."""
        span = self.span(number, number)
        return span and span[0]

    def _made_from(self, first: int, last: int) -> list[int]:
        patterns = [row for row in self._made if first <= row <= last]
        return sorted(number for row in patterns for number in self._made[row])

    # ---------------------------------------------------------------- areas

    def areas(self, area: Area) -> list[Area]:
        """All that an area has become."""
        runs = self.runs(area.first_row, area.last_row)
        return [replace(area, first_row=first, last_row=last) for first, last in runs]

    def area(self, area: Area) -> Area | None:
        """An area that must stay one rectangle; None when nothing is left of it."""
        span = self.span(area.first_row, area.last_row)
        return span and replace(area, first_row=span[0], last_row=span[1])

    # ---------------------------------------------------------------- formulas

    def formula(self, text: str, own_sheet: str, *, filled: tuple[int, int] | None = None) -> str:
        """A formula that reads what its references have become.

        Args:
            text: With or without its equals sign.
            own_sheet: The sheet that references without a sheet's name mean.
            filled: For a formula that belongs to a row: that row, and the one that it is wanted
                for. As when Excel fills down, a relative reference moves with the row.
        """
        down = filled[1] - filled[0] if filled else None
        return rewrite(text, lambda operand: self._operand(operand, own_sheet, down))

    def _operand(self, text: str, own_sheet: str, down: int | None) -> str | None:
        """A reference as it reads now; None for what is none, or is to another sheet's rows."""
        place, mark, cells = text.rpartition("!")
        is_here = named_sheet(place or own_sheet) == self.sheet.casefold()
        ends = _ends(cells)
        if not ends or (not is_here and down is None):
            return None
        rows = [int(end["row"]) for end in ends]
        span = self.span(min(rows), max(rows)) if is_here else (min(rows), max(rows))
        new: list[int] = []
        for end, row in zip(ends, rows, strict=True):
            if down is not None and not end["fixed"]:
                new.append((row - 1 + down) % LAST_ROW + 1)
            elif span is None:
                return LOST
            else:
                new.append(span[len(new)])
                if len(ends) == 1 and span[0] < span[1]:
                    new.append(span[1])
                    ends = ends * 2
        spelled = (f"{e['column'] or ''}{e['fixed']}{n}" for e, n in zip(ends, new, strict=True))
        return place + mark + ":".join(spelled)


def _ends(cells: str) -> list[re.Match[str]]:
    """The ends of B2, B2:D9 or 2:9; none of what is no reference to rows."""
    ends = [_END.match(end) for end in cells.split(":")]
    found = [end for end in ends if end and column_number(end["letters"] or "A") <= LAST_COLUMN]
    if len(found) < len(ends) or len(found) > 2 or (len(found) == 1 and not found[0]["column"]):
        return []
    return found


def named_sheet(spelled: str) -> str:
    """A sheet's name as it is compared, from a reference that may quote it."""
    if spelled.startswith("'") and spelled.endswith("'"):
        spelled = spelled[1:-1].replace("''", "'")
    return spelled.casefold()


def _joined(rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of rows, ascending, with those that adjoin made one."""
    joined: list[tuple[int, int]] = []
    for first, last in rows:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
