"""Banners: the texts over a month that say when its updates are due, and that move with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.ooxml.cells import formula_of
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.settings import Settings
from sheetplan.sheets.headings import HeadingGrid
from sheetplan.sheets.month_headings import HeadingCopy
from sheetplan.sheets.writes import CellWrite


@dataclass(frozen=True)
class Banner:
    """A text over the last month: where it stands, where it goes, and its merged cells.

    One that the month before has as well is a heading: it stays, and the new month gets its own.
    """

    row: int
    column: int
    write: CellWrite
    merged: Area | None = None
    stays: bool = False

    @property
    def old_cell(self) -> str:
        """The cell that loses the text."""
        return cell_name(self.row, self.column)


def find_banners(headings: HeadingCopy, settings: Settings) -> Iterator[Banner | str]:
    """The banners over the last month, and sentences for those that cannot move."""
    sheet, columns, old = headings.sheet, headings.columns, headings.old
    grid = HeadingGrid(sheet, settings)
    for row in range(1, headings.layout.first_row):
        for column in range(columns.first, columns.last + 1):
            if not _is_banner(grid, row, column, old):
                continue
            if formula_of(sheet.cell(row, column)) is not None:
                name = cell_name(row, column)
                yield f'{name} says "{sheet.text(row, column)}" by a formula, so it stays there'
                continue
            write = headings.cell(row, column)
            if write is not None:
                stays = _is_banner(grid, row, column - columns.count, old.previous)
                yield Banner(row, column, write, _merged(headings, row, column), stays)


def _is_banner(grid: HeadingGrid, row: int, column: int, month: Month) -> bool:
    heading = grid.own(row, column)
    return (
        heading is not None
        and not heading.is_date
        and grid.says_banner(heading.text)
        and any(
            m.number == month.month and m.year in (None, month.year)
            for m in find_months(heading.text)
        )
    )


def _merged(headings: HeadingCopy, row: int, column: int) -> Area | None:
    """The merged area that a banner fills, when it lies in the copied columns."""
    for area in headings.sheet.merged:
        if (area.first_row, area.first_column) == (row, column):
            return area if area.last_column <= headings.columns.last else None
    return None
