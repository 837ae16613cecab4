"""Finding the layout: which rows are headings, which columns hold what, and which months.

Nothing is read by a fixed address. A sheet is a tracker sheet when a heading block of one to four
rows within its first thirty names a reference column and at least one month. What was not
recognised is kept, so that it can be said.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheetplan.model.reference import Reference
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.heading_block import TALLEST_BLOCK, HeadingBlock, MonthBlock
from sheetplan.sheets.headings import SEARCHED_ROWS, FieldNames, Heading, HeadingGrid


@dataclass(frozen=True)
class SheetLayout:
    """Where everything stands on one tracker sheet.

    Attributes:
        sheet: The sheet's name.
        heading_rows: The first and the last row of the heading block.
        fields: The column of each field outside the months.
        months: The months from left to right.
        unknown: Headings that were not understood.
        misread: Dates in headings that Excel took for a day of the year.
        repeated: What stands twice: "July 2023", or "status of July 2023".
        other_rows: Rows below the headings that are known to be none of an action: titles of
            sections, and headings that come again.
    """

    sheet: str
    heading_rows: tuple[int, int]
    fields: dict[str, int]
    months: tuple[MonthBlock, ...]
    unknown: tuple[Heading, ...] = ()
    misread: tuple[Heading, ...] = ()
    repeated: tuple[str, ...] = ()
    other_rows: frozenset[int] = frozenset()

    @property
    def reference_column(self) -> int:
        """The column of the references."""
        return self.fields["reference"]

    @property
    def first_row(self) -> int:
        """The first row under the headings."""
        return self.heading_rows[1] + 1

    @property
    def latest(self) -> MonthBlock:
        """The latest month."""
        return max(self.months, key=lambda block: block.month)

    @property
    def rightmost(self) -> MonthBlock:
        """The month whose columns stand furthest to the right."""
        return max(self.months, key=lambda block: block.last)


@dataclass(frozen=True)
class NotATracker:
    """A sheet that is none, with what it lacks."""

    sheet: str
    reason: str
    is_near: bool = False
    """Whether it has half of what makes a tracker sheet."""


def find_layout(
    sheet: Worksheet, settings: Settings, names: FieldNames | None = None
) -> SheetLayout | NotATracker:
    """Find the layout of a sheet, or say why it is not a tracker sheet.

    Args:
        sheet: The sheet.
        settings: The council's words.
        names: The names of fields in them, where several sheets are looked at.
    """
    grid = HeadingGrid(sheet, settings)
    names = names or FieldNames.of(settings)
    nearest: NotATracker | None = None
    for row in range(1, SEARCHED_ROWS + 1):
        found = [h for h in grid.row_headings(row) if names.field_of(h.text) == "reference"]
        for heading in found:
            block = HeadingBlock(sheet, grid, names, settings, heading)
            if block.months:
                return _layout(block, found)
            if nearest is None:
                nearest = NotATracker(
                    sheet.name,
                    f'{heading.cell} ("{" ".join(heading.text.split())}") heads a reference '
                    "column, but no heading beside it names a month with its year",
                    is_near=True,
                )
    if nearest is not None:
        return nearest
    dated = next(
        (h for r in range(1, SEARCHED_ROWS + 1) for h in grid.row_headings(r) if h.month), None
    )
    if dated is not None:
        return NotATracker(
            sheet.name, f"{dated.cell} names {dated.month}, but no heading names a reference column"
        )
    return NotATracker(sheet.name, "no heading names a reference column or a month")


def _layout(block: HeadingBlock, references: list[Heading]) -> SheetLayout:
    """The sheet's layout, with the reference column that holds the most references."""
    monthly = {c.column for month in block.months for c in month.columns}
    fields: dict[str, int] = {}
    unknown = []
    for column in range(1, block.grid.last_column + 1):
        if column in monthly:
            continue
        field = block.field_at(column)
        heading = block.grid.own(block.bottom, column) or block.grid.at(block.bottom, column)
        if field is not None and field not in block.settings.monthly_fields:
            fields.setdefault(field, column)
        elif heading is not None and heading.column == column:
            unknown.append(heading)
    unknown += [
        heading
        for month in block.months
        for c in month.columns
        if not c.field and (heading := block.grid.at(block.bottom, c.column)) is not None
    ]
    fields["reference"] = max(
        references, key=lambda heading: _count_references(block, heading)
    ).column
    misread = {
        h.cell: h
        for row in block.reach
        for h in block.grid.row_headings(row)
        if h.is_misread and h.column in monthly
    }
    return SheetLayout(
        block.sheet.name,
        (_top(block, monthly), block.bottom),
        fields,
        block.months,
        tuple(sorted(unknown, key=lambda h: h.column)),
        tuple(misread.values()),
        tuple(block.repeated),
    )


def _count_references(block: HeadingBlock, heading: Heading) -> tuple[int, int]:
    found = sum(
        Reference.parse(block.sheet.text(row, heading.column)) is not None
        for row in range(block.bottom + 1, block.bottom + 21)
    )
    return found, -heading.column


def _top(block: HeadingBlock, monthly: set[int]) -> int:
    """The first heading row: the block goes up while its rows head the months too."""
    top = block.bottom
    while top > 1 and top > block.bottom - TALLEST_BLOCK + 1:
        above = block.grid.row_headings(top - 1)
        heads_months = any(
            h.column in monthly and not block.grid.says_banner(h.text) for h in above
        )
        if not heads_months and top <= block.reference.row:
            break
        top -= 1
    return top
