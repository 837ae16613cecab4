"""Cells gathered into ranges, so that a message can name many of them in few words."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.ooxml.ranges import Area


def gather(cells: Iterable[str]) -> list[str]:
    """The ranges that hold just these cells of one sheet, such as ["B6:M11", "O6"]."""
    by_row: dict[int, list[int]] = {}
    for name in cells:
        area = Area.parse(name)
        by_row.setdefault(area.first_row, []).append(area.first_column)
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
    return [str(area) for area in sorted(done, key=lambda a: (a.first_row, a.first_column))]


def _stretches(columns: list[int]) -> Iterable[tuple[int, int]]:
    columns = sorted(set(columns))
    start = previous = columns[0]
    for column in [*columns[1:], None]:
        if column is None or column != previous + 1:
            yield start, previous
            start = column or 0
        previous = column or 0
