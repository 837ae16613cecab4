"""The heights of rows whose words grow: where all words could be seen, they still can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet

_TOO_TALL = 1.25  # times as tall as it is may words be estimated that a row shows


class NewWords(NamedTuple):
    """What a cell says and will say; `style` is the number of its format, empty for the usual."""

    row: int
    column: int
    style: str
    before: str
    after: str


def taller_rows(workbook: Workbook, sheet: Worksheet, words: Iterable[NewWords]) -> dict[int, str]:
    """The rows of a sheet that have a height at which all words are seen now, and would not be:
    how tall each becomes, in points.

    One without a height gets it when the file is opened, and one that is too low stays so. How
    much words need is estimated, and rather too much, so that a row which seems a little too low is
    taken to show them. Merged cells do not count, as they do not for Excel.

    Args:
        workbook: The workbook.
        sheet: The sheet.
        words: The cells that are written anew.
    """
    by_row: dict[int, list[NewWords]] = {}
    for each in words:
        by_row.setdefault(each.row, []).append(each)
    fixed = {row: float(height) for row in by_row if (height := sheet.rows.settings(row).get("ht"))}
    if not fixed:
        return {}
    heights = _Heights(workbook, sheet)
    found = ((row, heights.needed(row, now, by_row[row])) for row, now in fixed.items())
    return {row: points for row, points in found if points}


class _Heights:
    """How tall the rows of a sheet have to be."""

    def __init__(self, workbook: Workbook, sheet: Worksheet) -> None:
        self._reader, self._sheet = workbook.reader, sheet
        self._room = SheetRoom(workbook, sheet)
        self._merged = {(area.first_row, area.first_column) for area in sheet.merged}

    def needed(self, row: int, now: float, words: Iterable[NewWords]) -> str:
        """How tall a row becomes, in points; empty where it stays as it is."""
        counted = [each for each in words if (row, each.column) not in self._merged]
        rooms = [self._room.of(each.column, each.style) for each in counted]
        after = max(
            (room.height(each.after) for room, each in zip(rooms, counted, strict=True)),
            default=0.0,
        )
        points = self._room.height(after)
        if after <= now or not points or float(points) <= now:
            return ""
        before = (room.height(each.before) for room, each in zip(rooms, counted, strict=True))
        others = self._others(row, {each.column for each in counted})
        return points if max(*before, *others, 0.0) <= now * _TOO_TALL else ""

    def _others(self, row: int, left_out: set[int]) -> Iterator[float]:
        """How tall each of the other cells of a row needs it to be."""
        for column, cell in cells_of(self._sheet.rows[row]):
            if len(cell) and column not in left_out and (row, column) not in self._merged:
                text = self._reader.text(cell)
                yield self._room.of(column, cell.get("s", "")).height(text)
