"""Cells gathered into ranges, so that a message can name many of them in few words."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.ooxml.ranges import Area, gathered


def gather(cells: Iterable[str]) -> list[str]:
    """The ranges that hold just these cells of one sheet, such as ["B6:M11", "O6"]."""
    areas = map(Area.parse, cells)
    return [str(area) for area in gathered((a.first_row, a.first_column) for a in areas)]
