"""The columns that a roll copies, and what a formula anywhere in the workbook reads of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetplan.model.month import Month
from sheetplan.ooxml.formulas import may_read, reads, repoint
from sheetplan.ooxml.ranges import ColumnCopy
from sheetplan.ooxml.tables import rename_columns
from sheetplan.sheets.month_columns import MonthColumns


@dataclass(frozen=True)
class CopiedMonths:
    """The last month's columns of each sheet, by their letters and by their names in tables.

    Attributes:
        columns: The copied columns, by the casefolded name of their sheet.
        months: The month that they hold, by the same name.
        tables: By a table's name, its month and its new columns' names by their old ones.
    """

    columns: Mapping[str, ColumnCopy]
    months: Mapping[str, Month]
    tables: Mapping[str, tuple[Month, dict[str, str]]]

    @classmethod
    def of(cls, sheets: list[MonthColumns]) -> CopiedMonths:
        """What a roll of these sheets copies."""
        return cls(
            {sheet.sheet.name.casefold(): sheet.columns for sheet in sheets},
            {sheet.sheet.name.casefold(): sheet.old_month for sheet in sheets},
            {
                table: (sheet.old_month, dict(names))
                for sheet in sheets
                for table, names in sheet.renamed.items()
            },
        )

    def without(self, sheet: str) -> CopiedMonths:
        """The same without one sheet."""
        name = sheet.casefold()
        columns = {other: copied for other, copied in self.columns.items() if other != name}
        return CopiedMonths(columns, self.months, self.tables)

    def month_read(self, formula: str, sheet: str) -> Month | None:
        """The month whose columns a formula on a sheet reads; None when it reads none of them."""
        for name, columns in self.columns.items():
            if may_read(formula, columns) and reads(formula, {name: columns}, sheet):
                return self.months[name]
        if "[" in formula:
            for table, (month, names) in self.tables.items():
                if rename_columns(formula, table, names, whole=True) != formula:
                    return month
        return None

    def moved_on(self, formula: str, sheet: str) -> str:
        """A formula on a sheet that reads the new month where it read the old one."""
        formula = repoint(formula, self.columns, sheet)
        for table, (_, names) in self.tables.items():
            formula = rename_columns(formula, table, names, whole=True)
        return formula
