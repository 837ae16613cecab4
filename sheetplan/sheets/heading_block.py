"""The block of headings around a reference heading: what its columns hold, and of which month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import without_months
from sheetplan.model.wording import compact
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.headings import FieldNames, Heading, HeadingGrid

TALLEST_BLOCK = 4  # rows of headings
# Some trackers ask for evidence once, and some every month.
_SOMETIMES_MONTHLY = ("evidence",)


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


class HeadingBlock:
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

        They do when no reference stands below, but names of monthly fields alone; or, where the
        row of the reference has none, beside at most as many other words ("Evidence").
        """
        row, column = self.reference.row, self.reference.column
        bottom = self.grid.bottom_of(row, column)
        if bottom > row or self.sheet.text(row + 1, column).strip():
            return bottom
        monthly, words = self._count_monthly(row + 1)
        enough = words / 2 if self._count_monthly(row)[0] == 0 else words
        return bottom + 1 if words > 1 and monthly >= enough else bottom

    def _count_monthly(self, row: int) -> tuple[int, int]:
        """How many headings of a row name monthly fields, and how many there are."""
        texts = [heading.text for heading in self.grid.row_headings(row)]
        monthly = self.settings.monthly_fields
        return sum(self.names.field_of(text) in monthly for text in texts), len(texts)

    def _find_months(self) -> dict[int, Month]:
        """The month of each column: in its own heading, or in the nearest cell above it."""
        months: dict[int, Month] = {}
        starts: list[int] = []
        for row in self.reach:
            for month, columns in self._months_in(row):
                for column in columns:
                    months.setdefault(column, month)
                if any(map(self._monthly_field, columns)):
                    starts.append(columns[0])
        first = min(starts, default=0)
        while first and months.get(first - 1) == months[first] and not self._is_static(first - 1):
            first -= 1
        return {c: month for c, month in months.items() if first and c >= first}

    def _months_in(self, row: int) -> Iterator[tuple[Month, list[int]]]:
        """The months that a row names, each with the columns that it counts for.

        A month above the fields counts for the columns that it is merged over; else for its own,
        and for the monthly columns up to the next heading in its row.
        """
        dated = [heading for heading in self.grid.row_headings(row) if heading.month]
        for heading in dated:
            columns = self.grid.columns_of(heading)
            if row < self.bottom:
                if not self._stand_under_a_month(columns, among=len({h.month for h in dated})):
                    continue
                if len(columns) == 1:
                    columns += self._following(heading)
            if heading.month is not None:
                yield heading.month, columns

    def _stand_under_a_month(self, columns: list[int], *, among: int) -> bool:
        """Whether columns are a month's, and what stands over them is not a title of the sheet.

        A title stands over columns such as the action's, or it is the only one in its row.
        """
        if self._monthly_field(columns[0]):
            return True
        if any(map(self._is_static, columns)):
            return False
        return among > 1 or any(map(self._monthly_field, columns))

    def _is_static(self, column: int) -> bool:
        """Whether a column holds something that does not come again every month."""
        field = self.field_at(column)
        monthly = (*self.settings.monthly_fields, *_SOMETIMES_MONTHLY)
        return field is not None and field not in monthly

    def _following(self, heading: Heading) -> list[int]:
        """The monthly columns between a heading and the next one in its row."""
        found = []
        for column in range(heading.column + 1, self.grid.last_column + 1):
            if self.grid.at(heading.row, column) is not None:
                break
            if self._monthly_field(column):
                found.append(column)
        return found

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


@lru_cache(maxsize=2_000)
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
