"""The headings of a new month, spelled as the last month's are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sheetplan.model.month import FULL_NAMES, Month
from sheetplan.model.month_spelling import find_months, replace_month, without_months
from sheetplan.model.wording import compact
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.ranges import ColumnCopy
from sheetplan.ooxml.tables import Table, free_heading
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.headings import dated_month
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.month_formulas import copied_formula
from sheetplan.sheets.writes import CellWrite


@dataclass(frozen=True)
class HeadingCopy:
    """The headings of a sheet's last month, to be copied for a new one.

    Attributes:
        sheet: The sheet.
        layout: Its layout.
        columns: The last month's columns.
        old: The last month.
        new: The new month.
    """

    sheet: Worksheet
    layout: SheetLayout
    columns: ColumnCopy
    old: Month
    new: Month

    def block(self) -> Iterator[CellWrite | str]:
        """The new cells of every heading row, and sentences for those that could not be made."""
        for row in self._rows:
            for column in self._sources:
                write = copied_formula(self.sheet, row, column, self.columns, {})
                if isinstance(write, CellWrite):
                    write = self._with_result(write, row, column)
                write = write or self.cell(row, column)
                if write is not None:
                    yield write

    def cell(self, row: int, column: int) -> CellWrite | None:
        """One heading cell as it reads for the new month; None where nothing stands."""
        value = self.sheet.value(row, column)
        target = self.columns.target(column)
        if value is None:
            return None
        if isinstance(value, datetime):
            meant, is_misread = dated_month(self.sheet, row, column, value)
            moved = _moved_date(value, self.new, is_misread) if meant == self.old else value
            if moved is None:
                short = f"{self.new.name[:3]}-{self.new.year % 100}"
                return CellWrite(row, target, runs=(Run(short),))
            serial = self.sheet.workbook.reader.serial(moved)
            return CellWrite(row, target, number=serial, shown=moved.strftime("%d %B %Y"))
        if isinstance(value, (int, float)):
            return CellWrite(row, target, number=float(value), shown=str(value))
        runs = self.sheet.workbook.reader.runs(self.sheet.cell(row, column))
        respelled = respelled_runs(runs, self.old, self.new, self.short)
        return CellWrite(row, target, runs=tuple(respelled))

    def in_tables(
        self, writes: list[CellWrite], tables: list[Table], *, has_room: bool = False
    ) -> dict[str, dict[str, str]]:
        """The names of each table's new columns, and its heading cells made to agree with them.

        A table's heading cell must be plain text that no other column bears.

        Args:
            writes: The heading cells.
            tables: The tables that hold the month.
            has_room: Whether those that go on behind the month have the new columns already.
        """
        renamed: dict[str, dict[str, str]] = {}
        for table in tables:
            names = table.columns
            taken = {name.casefold() for name in names}
            names_by_column = dict(enumerate(names, table.area.first_column))
            renamed[table.name] = {}
            for source in self._sources:
                name = names_by_column[source]
                target = self.columns.target(source)
                respelled = replace_month(name, self.old, self.new, self.short)
                is_there = has_room and target in names_by_column
                heading = names_by_column[target] if is_there else free_heading(respelled, taken)
                taken.add(heading.casefold())
                renamed[table.name][name] = heading
                if table.header_row is not None:
                    _put(writes, CellWrite(table.header_row, target, runs=(Run(heading),)))
        return renamed

    def stand_again(self, row: int, columns: list[int], reference: str) -> bool:
        """Whether a row's filled columns repeat the headings, as some do over each workstream.

        What officers write of a month in a row of its own ("Begun in July 2023") is no heading.

        Args:
            row: A row under the headings.
            columns: Its filled columns.
            reference: What stands in the reference column: nothing, or its heading again.
        """
        return (
            bool(columns)
            and compact(reference) in ("", *self._references)
            and all(self._words_in(row, column) in self._words for column in columns)
        )

    @cached_property
    def short(self) -> bool | None:
        """Whether the sheet's headings cut months short; None when only Mays are there to tell."""
        for row in self._rows:
            for block in self.layout.months:
                for column in range(block.first, block.last + 1):
                    for mention in find_months(self.sheet.text(row, column)):
                        letters = "".join(filter(str.isalpha, mention.text)).casefold()
                        if letters and mention.number != 5:
                            return letters != FULL_NAMES[mention.number - 1].casefold()
        return None

    @property
    def _rows(self) -> range:
        first, last = self.layout.heading_rows
        return range(first, last + 1)

    @property
    def _sources(self) -> range:
        return range(self.columns.first, self.columns.last + 1)

    @cached_property
    def _references(self) -> set[str]:
        column = self.layout.reference_column
        return {compact(self.sheet.text(row, column)) for row in self._rows}

    @cached_property
    def _words(self) -> set[str]:
        cells = [(row, column) for row in self._rows for column in self._sources]
        return {self._words_in(*cell) for cell in cells if self.sheet.value(*cell) is not None}

    def _words_in(self, row: int, column: int) -> str:
        """What a heading says beside its month."""
        value = self.sheet.value(row, column)
        return "" if isinstance(value, datetime) else compact(without_months(str(value)))

    def _with_result(self, write: CellWrite, row: int, column: int) -> CellWrite:
        """A heading's formula with what it will come to, so that the month is there to be read.

        Excel works it out anew; who reads the workbook before that finds the month as well.
        """
        result = self.cell(row, column)
        if result is None:
            return write
        return replace(write, number=result.number, runs=result.runs)


def _put(writes: list[CellWrite], write: CellWrite) -> None:
    """Add a write, in the place of another one for the same cell."""
    for at, other in enumerate(writes):
        if (other.row, other.column) == (write.row, write.column):
            writes[at] = write
            return
    writes.append(write)


def _moved_date(moment: datetime, new: Month, is_misread: bool) -> datetime | None:
    """A heading's date in another month; Excel's 23-Dec for Dec-23 becomes 24-Jan.

    None for Feb-29 and the like: Excel takes it for a day only in a year that has it.
    """
    if not is_misread:
        day = min(moment.day, new.last_day.day)
        return moment.replace(year=new.year, month=new.month, day=day)
    try:
        return moment.replace(month=new.month, day=new.year % 100)
    except ValueError:
        return None


def respelled_runs(runs: list[Run], old: Month, new: Month, short: bool | None) -> list[Run]:
    """Rich text with one month put for another, each stretch keeping its format.

    A month that lies across two stretches is put wholly into the first of them.
    """
    text = "".join(run.text for run in runs)
    mentions = [
        m for m in find_months(text) if m.number == old.month and m.year in (None, old.year)
    ]
    result, start = [], 0
    for run in runs:
        end = start + len(run.text)
        piece, read_to = "", start
        for mention in mentions:
            if mention.end <= start or mention.start >= end:
                continue
            piece += text[read_to : max(read_to, mention.start)]
            if start <= mention.start:
                piece += mention.respelled(new, short)
            read_to = min(mention.end, end)
        piece += text[read_to:end]
        result.append(Run(piece, run.properties))
        start = end
    return result
