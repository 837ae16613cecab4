"""The rows of a tracker sheet as actions. What is asked for of every row is read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sheetplan.model.action import DATE_FIELDS, Action, Columns, FieldValue, MonthEntry
from sheetplan.model.date_words import DateWords
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.reference import Reference
from sheetplan.ooxml.cells import words_for
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.shown_dates import shown_date, shows_day_and_month
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.layout import SheetLayout

_NOTHING = None, None
"""The columns of status and update in a month that the sheet does not have."""


class TrackerRows:
    """Reads the actions of one sheet.

    Args:
        sheet: The sheet.
        layout: Its layout.
        words: The council's words for dates.
        months: The months that will be asked for of every action. The others are read when they
            are asked for.
    """

    def __init__(
        self, sheet: Worksheet, layout: SheetLayout, words: DateWords, months: Collection[Month]
    ) -> None:
        self._sheet, self._layout = sheet, layout
        self.months = {
            block.month: (block.column_of("status"), block.column_of("update"))
            for block in layout.months
        }
        self._ahead = {month for month in months if month in self.months}
        wanted = {column for month in self._ahead for column in self.months[month] if column}
        self.cells = ColumnCells(sheet, {*layout.fields.values(), *wanted})
        self.statuses: dict[Month, dict[int, str]] = {}
        self._fields = {
            name: {row: _field_value(value) for row, value in self.cells.values(column).items()}
            for name, column in layout.fields.items()
            if name != "reference"
        }
        self._columns = Columns(
            {name: column_letters(column) for name, column in layout.fields.items()},
            {
                block.month: {c.field: column_letters(c.column) for c in block.columns if c.field}
                for block in layout.months
            },
        )
        rows = [row for row in sheet.rows if row >= layout.first_row]
        self._dates = {
            name: _DateColumn(column, self.cells, rows, words)
            for name, column in layout.fields.items()
            if name in DATE_FIELDS
        }

    def actions(self) -> Iterator[Action]:
        """The actions of the sheet, in its order."""
        for row, value in self.cells.values(self._layout.reference_column).items():
            typed = words_for(value).strip()
            reference = Reference.parse(typed) if row >= self._layout.first_row else None
            if reference is not None:
                yield self.action(row, typed, reference)

    def action(self, row: int, typed: str, reference: Reference) -> RowAction:
        """The action of a row."""
        dates = ((name, column.date(row)) for name, column in self._dates.items())
        return RowAction(
            reference_text=typed,
            reference=reference,
            sheet=self._sheet.name,
            row=row,
            fields={name: values[row] for name, values in self._fields.items() if row in values},
            entries=Entries(self, row),
            dates={name: date for name, date in dates if date is not None},
            columns=self._columns,
            rows=self,
        )

    def status(self, row: int, month: Month) -> str:
        """The status of a row in a month; what is read ahead is read for all rows at once."""
        column = self.months.get(month, _NOTHING)[0]
        if column is None or month not in self._ahead:
            return self._text(row, column)
        if month not in self.statuses:
            values = self.cells.values(column)
            self.statuses[month] = {row: words_for(v).strip() for row, v in values.items()}
        return self.statuses[month].get(row, "")

    def update(self, row: int, month: Month) -> str:
        """The update of a row in a month."""
        return self._text(row, self.months.get(month, _NOTHING)[1])

    def _text(self, row: int, column: int | None) -> str:
        """What a cell says, without blanks around it."""
        return self.cells.text(row, column).strip() if column else ""


@dataclass(frozen=True)
class RowAction(Action):
    """An action that reads of its row only what is asked for: of most months that is the status."""

    rows: TrackerRows = field(kw_only=True, repr=False, compare=False)

    def status(self, month: Month) -> str:
        known = self.rows.statuses.get(month)
        return self.rows.status(self.row, month) if known is None else known.get(self.row, "")

    def update(self, month: Month) -> str:
        return self.rows.update(self.row, month)


class Entries(Mapping[Month, MonthEntry]):
    """What a row says for each month of its sheet."""

    __slots__ = ("_row", "_rows")

    def __init__(self, rows: TrackerRows, row: int) -> None:
        self._rows, self._row = rows, row

    def __getitem__(self, month: Month) -> MonthEntry:
        if month not in self._rows.months:
            raise KeyError(month)
        rows, row = self._rows, self._row
        return MonthEntry(month, rows.status(row, month), rows.update(row, month))

    def __iter__(self) -> Iterator[Month]:
        return iter(self._rows.months)

    def __len__(self) -> int:
        return len(self._rows.months)


class _DateColumn:
    """A column of dates. What its other cells show decides what 23-Mar is."""

    def __init__(self, column: int, cells: ColumnCells, rows: list[int], words: DateWords) -> None:
        self._column, self._cells, self._rows, self._words = column, cells, rows, words
        self._values = cells.values(column)
        self._known: dict[tuple[datetime, str], PlanDate] = {}

    def date(self, row: int) -> PlanDate | None:
        """The date of a row; None for a blank cell."""
        value = self._values.get(row)
        if isinstance(value, datetime):
            code = self._cells.number_format(row, self._column)
            if (value, code) not in self._known:
                self._known[value, code] = self._dated(value, code)
            return self._known[value, code]
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return PlanDate.read(_field_value(value), self._words)

    def _dated(self, moment: datetime, code: str) -> PlanDate:
        return PlanDate.read(
            moment,
            self._words,
            shown=shown_date(moment, code),
            is_day_month=shows_day_and_month(code) and self._holds_months,
        )

    @cached_property
    def _holds_months(self) -> bool:
        """Whether more of the cells show a month and its year than a day with its year."""
        shown: Counter[Precision] = Counter()
        for row in self._rows:
            value = self._values.get(row)
            is_dated = isinstance(value, datetime)
            if not (is_dated and shows_day_and_month(self._cells.number_format(row, self._column))):
                date = self.date(row)
                shown[date.precision if date else Precision.UNREADABLE] += 1
        return shown[Precision.MONTH] > shown[Precision.DAY]


def _field_value(value: object) -> FieldValue:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (float, date)):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return str(value)
