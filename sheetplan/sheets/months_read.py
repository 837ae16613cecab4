"""Which months' columns a formula reads, by their letters, as columns of a table, or by a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sheetplan.model.month import Month
from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.formulas import CellReference, parse_reference, rewrite
from sheetplan.ooxml.tables import Table, columns_named, tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.heading_block import MonthBlock
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.reading import WorkbookReading

_DEEPEST = 5  # names that stand for names


class Read(NamedTuple):
    """What a formula reads of the months.

    Attributes:
        months: The months of which it reads any column.
        shape: The same for formulas that read the same columns of other months.
    """

    months: frozenset[Month]
    shape: str


class MonthsRead:
    """The columns of the months of a workbook, and who reads them.

    The last month of a sheet that lacks the checked one counts as the checked one.

    Args:
        workbook: The workbook.
        reading: Its layouts.
        month: The month that is checked.
    """

    def __init__(self, workbook: Workbook, reading: WorkbookReading, month: Month) -> None:
        self._blocks = {
            item.sheet.name.casefold(): _blocks(item.layout, month) for item in reading.trackers
        }
        self._tables = {
            table.name.casefold(): self._columns_of(table)
            for item in reading.trackers
            for table in tables_of(workbook, item.sheet)
        }
        self._names = {name.name.casefold(): name.text for name in names_of(workbook)}

    def _columns_of(self, table: Table) -> Mapping[str, tuple[Month, int]]:
        """The months of a table's columns, by name, with their places in their month."""
        names = dict(enumerate(table.columns, start=table.area.first_column))
        return {
            names[column].casefold(): (month, column - block.first)
            for block, month in self._blocks[table.sheet.name.casefold()]
            for column in range(block.first, block.last + 1)
            if column in names
        }

    def by(self, formula: str, sheet: str) -> Read:
        """What a formula on a sheet reads, given without its equals sign."""
        months: set[Month] = set()
        shape = self._shape(formula, sheet, months, 0)
        return Read(frozenset(months), shape)

    def _shape(self, formula: str, sheet: str, months: set[Month], depth: int) -> str:
        def change(text: str) -> str | None:
            reference = parse_reference(text)
            if reference is not None:
                return self._of_cells(reference, reference.sheet or sheet, months)
            if "[" in text:
                return self._of_table(text, months)
            meant = self._names.get(text.casefold())
            if meant is None or depth >= _DEEPEST:
                return None
            return self._shape(meant, sheet, months, depth + 1)

        return rewrite(formula, change)

    def _of_cells(self, reference: CellReference, sheet: str, months: set[Month]) -> str:
        low, high = reference.columns
        places = []
        for block, month in self._blocks.get(sheet.casefold(), ()):
            if block.first <= high and low <= block.last:
                months.add(month)
                places.append(f"{low - block.first}:{high - block.first}")
        return f"<{sheet}!{places[0]}>" if places else "<>"

    def _of_table(self, text: str, months: set[Month]) -> str | None:
        table, _, rest = text.partition("[")
        columns = self._tables.get(table.casefold(), {})
        places = []
        for name in columns_named(rest):
            if name.casefold() in columns:
                month, place = columns[name.casefold()]
                months.add(month)
                places.append(str(place))
        return f"<{table}[{':'.join(places)}]>" if places else None


def _blocks(layout: SheetLayout, month: Month) -> list[tuple[MonthBlock, Month]]:
    """The months of a sheet, each with the month that it counts as."""
    last = max((block.month for block in layout.months if block.month <= month), default=month)
    return [(block, month if block.month == last else block.month) for block in layout.months]
