"""Finding the support sheets: by the name of their Excel table, or else by that of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from sheetplan.model.finding import Finding, Severity
from sheetplan.ooxml.ranges import Area, cell_name, column_letters
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.support_columns import SUPPORT_KINDS, SupportKind

_SEARCHED_ROWS = 30
_FEWEST_HEADINGS = 2


@dataclass(frozen=True)
class SupportTable:
    """Where the records of a support sheet stand.

    Attributes:
        kind: What the records are.
        sheet: The sheet.
        table: Its Excel table; None where the rows stand on the sheet without one.
        heading_row: The row of the headings; None where the table shows none.
        columns: The column of each field that was found.
        cells: What stands in these columns.
        rows: The rows under the headings that have any of these cells filled, in order.
        below: Those of them that stand right below the Excel table, which has not grown to them.
    """

    kind: SupportKind
    sheet: Worksheet
    table: Table | None
    heading_row: int | None
    columns: dict[str, int]
    cells: ColumnCells = field(repr=False, compare=False)
    rows: tuple[int, ...]
    below: tuple[int, ...] = ()

    def cell(self, row: int, name: str) -> str:
        """The name of a cell: of a field's, or of the row's first where there is no such column."""
        return cell_name(row, self.columns.get(name, min(self.columns.values())))

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letters of each field's column."""
        return {name: column_letters(column) for name, column in self.columns.items()}

    def area(self, name: str) -> Area:
        """The cells of a column under its heading."""
        column = self.columns[name]
        if self.table is not None:
            return replace(
                self.table.area,
                first_row=self.first_row,
                first_column=column,
                last_row=self.table.area.last_row - self.table.totals_rows,
                last_column=column,
            )
        return Area(self.first_row, column, max(self.rows, default=self.first_row), column)

    @property
    def first_row(self) -> int:
        """The row under the headings."""
        if self.heading_row is not None:
            return self.heading_row + 1
        return 1 if self.table is None else self.table.area.first_row

    def text(self, row: int, name: str) -> str:
        """What a cell says; empty where there is no such column."""
        column = self.columns.get(name)
        return "" if column is None else self.cells.text(row, column).strip()

    def value(self, row: int, name: str) -> object:
        """The value of a cell; None where there is no such column."""
        column = self.columns.get(name)
        return None if column is None else self.cells.value(row, column)


def find_support_tables(
    workbook: Workbook, kinds: Iterable[SupportKind] = SUPPORT_KINDS
) -> tuple[dict[str, SupportTable], dict[str, str], list[Finding]]:
    """Find each kind of support sheet.

    Returns:
        Those that can be read, by kind; the name of the sheet of each kind that is there, whether
        it can be read or not; and what is wrong.
    """
    readable: dict[str, SupportTable] = {}
    there: dict[str, str] = {}
    findings: list[Finding] = []
    tables = [table for sheet in workbook.sheets for table in tables_of(workbook, sheet)]
    for kind in kinds:
        found = [table for table in tables if is_of_kind(table, kind)]
        for other in found[1:]:
            findings.append(_repeated(kind, found[0], other))
        if found:
            support: SupportTable | Finding = _of_table(kind, found[0])
            there[kind.name] = found[0].sheet.name
        elif kind.sheet in workbook:
            sheet = workbook[kind.sheet]
            support = _of_sheet(kind, sheet, [t for t in tables if t.sheet is sheet])
            there[kind.name] = sheet.name
        else:
            continue
        if isinstance(support, Finding):
            findings.append(support)
            continue
        readable[kind.name] = support
        if support.below:
            findings.append(_stand_below(support))
    return readable, there, findings


def is_of_kind(table: Table, kind: SupportKind) -> bool:
    """Whether a table has a kind's name, perhaps with the number that Excel gives to a copy's."""
    names = "|".join((kind.table, *kind.former_tables))
    return re.fullmatch(rf"({names})(_?\d+)?", table.name, re.IGNORECASE) is not None


def _repeated(kind: SupportKind, first: Table, other: Table) -> Finding:
    return Finding(
        "support-sheet-repeated",
        Severity.WARNING,
        other.sheet.name,
        "",
        "",
        f"the table {other.name} is a second table of the kind {kind.table}; only {first.name} on "
        f"{first.sheet.name} is read. Give it another name under Table Design, or delete it.",
    )


def _stand_below(support: SupportTable) -> Finding:
    first, last = support.below[0], support.below[-1]
    assert support.table is not None
    return Finding(
        "support-rows-below-table",
        Severity.NOTE,
        support.sheet.name,
        f"{first}:{last}",
        "",
        f"what stands right below the table {support.table.name} is read as if it stood in it. "
        "Drag the corner of the table down over it, so that its drop-downs hold there too.",
    )


def _missing(sheet: Worksheet, kind: SupportKind, found: Iterable[str], table: str = "") -> Finding:
    """A column that cannot be done without is not there.

    Args:
        sheet: The sheet.
        kind: What its records would be.
        found: The columns that are there.
        table: The name of the Excel table by which the sheet was taken for one of this kind; empty
            where it was by the sheet's own name.
    """
    missing = kind.missing(found)
    columns = " and ".join(f'"{heading}"' for heading in missing)
    word = "column" if len(missing) == 1 else "columns"
    so, other = "so the sheet is not read", "this is a sheet of another kind, rename it"
    if table:
        so = f"so the table {table} is not read"
        other = "it is a table of another kind, give it another name under Table Design"
    return Finding(
        "support-column-missing",
        Severity.ERROR,
        sheet.name,
        "",
        "",
        f"the {word} {columns} cannot be found, {so}. Give the column its "
        f"heading back; or, if {other} and {kind.renewal}.",
    )


def _of_table(kind: SupportKind, table: Table) -> SupportTable | Finding:
    area = table.area
    columns: dict[str, int] = {}
    for column, heading in enumerate(table.columns, area.first_column):
        named = kind.column_named(heading)
        if named is not None:
            columns.setdefault(named.name, column)
    if kind.missing(columns):
        by_table = table.name if is_of_kind(table, kind) else ""
        return _missing(table.sheet, kind, columns, by_table)
    first = area.first_row if table.header_row is None else area.first_row + 1
    last = area.last_row - table.totals_rows
    cells = ColumnCells(table.sheet, columns.values())
    filled = _filled(table.sheet, columns, cells)
    rows = tuple(row for row in filled if first <= row <= last)
    below = () if table.totals_rows else _right_below(filled, last)
    return SupportTable(
        kind, table.sheet, table, table.header_row, columns, cells, (*rows, *below), below
    )


def _right_below(filled: list[int], last: int) -> tuple[int, ...]:
    """The filled rows that follow a table without a blank one between.

    Excel makes a table grow when somebody types below it; other programs do not.
    """
    rows = (row for row in filled if row > last)
    return tuple(row for at, row in enumerate(rows, last + 1) if row == at)


def _of_sheet(kind: SupportKind, sheet: Worksheet, tables: list[Table]) -> SupportTable | Finding:
    """The records of a sheet that only bears the name: in its one table, or as plain rows."""
    if len(tables) == 1:
        return _of_table(kind, tables[0])
    best: dict[str, int] = {}
    for row in sheet.rows:
        if row > _SEARCHED_ROWS:
            break
        columns: dict[str, int] = {}
        for column in range(1, sheet.rows.last_column(row) + 1):
            named = kind.column_named(sheet.text(row, column))
            if named is not None:
                columns.setdefault(named.name, column)
        if not kind.missing(columns):
            cells = ColumnCells(sheet, columns.values())
            rows = tuple(r for r in _filled(sheet, columns, cells) if r > row)
            return SupportTable(kind, sheet, None, row, columns, cells, rows)
        if len(columns) > len(best):
            best = columns
    near = best if len(best) >= _FEWEST_HEADINGS else {}
    return _missing(sheet, kind, near)


def _filled(sheet: Worksheet, columns: dict[str, int], cells: ColumnCells) -> list[int]:
    """The rows in which somebody filled in more than what is filled in by itself."""
    typed = [column for name, column in columns.items() if name not in ("state", "printed")]
    return [row for row in sheet.rows if any(cells.text(row, c).strip() for c in typed)]
