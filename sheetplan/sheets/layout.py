"""Finding the layout: which rows are headings, which columns hold what, and which months.

Nothing is read by a fixed address. A sheet is a tracker sheet when a heading block of one to four
rows within its first thirty names a reference column and at least one month. What was not
recognised is kept, so that it can be said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import without_months
from sheetplan.model.reference import Reference
from sheetplan.model.wording import compact
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.headings import SEARCHED_ROWS, FieldNames, Heading, HeadingGrid

TALLEST_BLOCK = 4  # rows of headings


@dataclass(frozen=True)
class MonthColumn:
    """One column of a month: the field it holds ("" for one that the profile does not know)."""

    column: int
    field: str
    heading: str


@dataclass(frozen=True)
class MonthBlock:
    """The columns of one month, side by side."""

    month: Month
    columns: tuple[MonthColumn, ...]

    @property
    def first(self) -> int:
        """Its first column."""
        return self.columns[0].column

    @property
    def last(self) -> int:
        """Its last column."""
        return self.columns[-1].column

    def column_of(self, field: str) -> int | None:
        """The column of a field, such as "status"."""
        return next((c.column for c in self.columns if c.field == field), None)


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
    """

    sheet: str
    heading_rows: tuple[int, int]
    fields: dict[str, int]
    months: tuple[MonthBlock, ...]
    unknown: tuple[Heading, ...] = ()
    misread: tuple[Heading, ...] = ()
    repeated: tuple[str, ...] = ()

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
            block = _Block(sheet, grid, names, settings, heading)
            if block.months:
                return block.layout(found)
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


class _Block:
    """The heading block around one reference heading."""

    def __init__(
        self,
        sheet: Worksheet,
        grid: HeadingGrid,
        names: FieldNames,
        settings: Settings,
        reference: Heading,
    ) -> None:
        self.sheet, self.grid, self.names, self.settings = sheet, grid, names, settings
        self.reference = reference
        self.bottom = self._find_bottom()
        self.reach = range(self.bottom, max(0, self.bottom - TALLEST_BLOCK), -1)
        self.month_of = self._find_months()
        self.repeated: list[str] = []
        self.months = self._months()

    def _find_bottom(self) -> int:
        """The last heading row: under a tall reference heading, or where the months go on.

        They do when no reference stands below, but names of monthly fields, and beside those at
        most as many other words ("Evidence").
        """
        row, column = self.reference.row, self.reference.column
        bottom = self.grid.bottom_of(row, column)
        if bottom > row or self.sheet.text(row + 1, column).strip():
            return bottom
        below = self.grid.row_headings(bottom + 1)
        monthly = sum(self.names.field_of(h.text) in self.settings.monthly_fields for h in below)
        goes_on = len(below) > 1 and 2 * monthly >= len(below)
        return bottom + 1 if goes_on else bottom

    def _find_months(self) -> dict[int, Month]:
        """The month of each column: in its own heading, or in the nearest cell above it.

        A month above counts where it stands over a monthly column: merged, for all columns under
        it; else for the monthly columns up to the next heading in its row. A title that names a
        month stands over the first columns, and counts for none.
        """
        months: dict[int, Month] = {}
        for row in self.reach:
            current: Heading | None = None
            for column in range(1, self.grid.last_column + 1):
                heading = self.grid.at(row, column)
                current = heading or current
                if current is None or current.month is None:
                    continue
                heads = heading is not None
                if row < self.bottom:
                    heads = self._monthly_field(current.column) and (
                        heads or self._monthly_field(column)
                    )
                if heads:
                    months.setdefault(column, current.month)
        first = min((c for c in months if self._monthly_field(c)), default=0)
        return {c: month for c, month in months.items() if first and c >= first}

    def _monthly_field(self, column: int) -> bool:
        text = self.heading_text(column)
        return bool(text) and self.field_at(column) in self.settings.monthly_fields

    def heading_text(self, column: int) -> str:
        """What heads a column: the lowest words over it."""
        for row in self.reach:
            heading = self.grid.at(row, column)
            if heading is not None and not (heading.is_date or self.grid.says_banner(heading.text)):
                return heading.text
        return ""

    def field_at(self, column: int) -> str | None:
        """The field that a column holds: the lowest heading over it that names one."""
        for row in self.reach:
            heading = self.grid.at(row, column)
            if heading is None or heading.is_date:
                continue
            field = self.names.field_of(heading.text)
            if field is not None:
                return field
            if heading.row == self.bottom and heading.month is None:
                return None  # it has words of its own; a group over it does not speak for it
        return None

    def _months(self) -> tuple[MonthBlock, ...]:
        blocks: list[MonthBlock] = []
        for column in range(1, self.grid.last_column + 1):
            month = self.month_of.get(column)
            text = self.heading_text(column)
            last = blocks[-1] if blocks else None
            follows = last is not None and last.last == column - 1
            if month is None and not (follows and last and self._belongs(column, blocks)):
                continue
            item = MonthColumn(column, self.field_at(column) or "", text)
            if follows and last is not None and month in (None, last.month):
                blocks[-1] = replace(last, columns=(*last.columns, item))
            elif month is not None:
                blocks.append(MonthBlock(month, (item,)))
        blocks = [self._with_one_of_each_field(block) for block in blocks]
        self.repeated = _repeated(blocks)
        return tuple(blocks)

    def _with_one_of_each_field(self, block: MonthBlock) -> MonthBlock:
        """Of two columns that name a field in different words, the commoner name has it.

        In "RAG" beside "Progress" both may be the status, and only one is. The same words twice
        stay: a column was pasted twice.
        """
        best: dict[str, MonthColumn] = {}
        for item in block.columns:
            kept = best.setdefault(item.field, item)
            if item.field and self.names.rank(item.heading) < self.names.rank(kept.heading):
                best[item.field] = item
        named = {field: _bare(item.heading) for field, item in best.items()}
        columns = (
            item if _bare(item.heading) == named[item.field] else replace(item, field="")
            for item in block.columns
        )
        return replace(block, columns=tuple(columns))

    def _belongs(self, column: int, blocks: list[MonthBlock]) -> bool:
        """Whether a column that names no month belongs to the one at its left.

        It does when it stands between two columns of that month, or when another month has the
        same heading at the same place; in the first month also when it is a monthly field.
        """
        if not self.heading_text(column):
            return False
        month = blocks[-1].month
        later = [self.month_of.get(c) for c in range(column + 1, self.grid.last_column + 1)]
        if month in later and all(m in (None, month) for m in later[: later.index(month)]):
            return True
        place = len(blocks[-1].columns)
        if len(blocks) > 1:
            before = blocks[-2].columns
            return place < len(before) and self._are_alike(column, before[place].column)
        if self.field_at(column) in self.settings.monthly_fields:
            return True
        following = next((c for c in sorted(self.month_of) if c > column), None)
        return following is not None and self._are_alike(column, following + place)

    def _are_alike(self, column: int, other: int) -> bool:
        """Whether two columns are headed by the same words, or by names of the same field."""
        text, other_text = self.heading_text(column), self.heading_text(other)
        field = self.names.field_of(text)
        return text == other_text or (
            field is not None and field == self.names.field_of(other_text)
        )

    def layout(self, references: list[Heading]) -> SheetLayout:
        """The sheet's layout, with the reference column that holds the most references."""
        monthly = {c.column for block in self.months for c in block.columns}
        fields: dict[str, int] = {}
        unknown = []
        for column in range(1, self.grid.last_column + 1):
            if column in monthly:
                continue
            field = self.field_at(column)
            heading = self.grid.own(self.bottom, column) or self.grid.at(self.bottom, column)
            if field is not None and field not in self.settings.monthly_fields:
                fields.setdefault(field, column)
            elif heading is not None and heading.column == column:
                unknown.append(heading)
        unknown += [
            heading
            for block in self.months
            for c in block.columns
            if not c.field and (heading := self.grid.at(self.bottom, c.column)) is not None
        ]
        fields["reference"] = max(references, key=self._count_references).column
        misread = {
            h.cell: h
            for row in self.reach
            for h in self.grid.row_headings(row)
            if h.is_misread and h.column in monthly
        }
        return SheetLayout(
            self.sheet.name,
            (self._top(monthly), self.bottom),
            fields,
            self.months,
            tuple(sorted(unknown, key=lambda h: h.column)),
            tuple(misread.values()),
            tuple(self.repeated),
        )

    def _count_references(self, heading: Heading) -> tuple[int, int]:
        found = sum(
            Reference.parse(self.sheet.text(row, heading.column)) is not None
            for row in range(self.bottom + 1, self.bottom + 21)
        )
        return found, -heading.column

    def _top(self, monthly: set[int]) -> int:
        """The first heading row: the block goes up while its rows head the months too."""
        top = self.bottom
        while top > 1 and top > self.bottom - TALLEST_BLOCK + 1:
            above = self.grid.row_headings(top - 1)
            heads_months = any(
                h.column in monthly and not self.grid.says_banner(h.text) for h in above
            )
            if not heads_months and top <= self.reference.row:
                break
            top -= 1
        return top


def _bare(heading: str) -> str:
    """The words of a heading without its month."""
    return compact(without_months(heading))


def _repeated(blocks: list[MonthBlock]) -> list[str]:
    """What stands twice: a month in two places, or a field twice in one month."""
    found = []
    for at, block in enumerate(blocks):
        for other in blocks[:at]:
            if other.month == block.month:
                found.append(
                    f"{block.month} at column {column_letters(other.first)} and again at "
                    f"{column_letters(block.first)}"
                )
        seen: dict[str, int] = {}
        for column in block.columns:
            if column.field and column.field in seen:
                found.append(
                    f"the {column.field} of {block.month} at column "
                    f"{column_letters(seen[column.field])} and again at "
                    f"{column_letters(column.column)}"
                )
            seen.setdefault(column.field, column.column)
    return found
