"""What is written into a register that is there: new rows at its end, and cells that change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheetplan.errors import LayoutError
from sheetplan.model.return_records import RegisterRecord
from sheetplan.ooxml.cells import formula_of, is_empty
from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.month_formulas import formula_text
from sheetplan.sheets.register_contents import contents_of
from sheetplan.sheets.register_reading import key_of, record_at
from sheetplan.sheets.support_adding import (
    Content,
    fit_height,
    in_words,
    put_contents,
    stored_rows,
)
from sheetplan.sheets.support_tables import SupportTable
from sheetplan.sheets.writes import CellWrite


@dataclass(frozen=True)
class ChangedCell:
    """A cell of a register that will say something else.

    Attributes:
        row: Its row.
        column: The name of its column.
        before: What it says.
        after: What it will hold; "" to be blank.
        replaces: Whether it holds anything now.
    """

    row: int
    column: str
    before: str
    after: Content
    replaces: bool


@dataclass(frozen=True)
class RegisterEdit:
    """What is written into a register that is there.

    Attributes:
        table: Where its records stand.
        added: What each new row will hold: first those that stand blank at the table's end.
        grown: The rows by which the table grows; None where the blank ones are enough.
        formulas: Those of officers' own columns, as Excel fills them down into new rows.
        reformatted: Empty cells below the table that had another look.
        changed: The cells that will say something else.
    """

    table: SupportTable
    added: Mapping[int, Mapping[str, Content]]
    grown: NewTableRows | None
    formulas: tuple[CellWrite, ...]
    reformatted: tuple[str, ...]
    changed: tuple[ChangedCell, ...]

    @property
    def sheet(self) -> Worksheet:
        """The register's sheet."""
        return self.table.sheet

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        """What is written over, for the promise."""
        cells = [self.table.cell(c.row, c.column) for c in self.changed if c.replaces]
        heights = [f"row {row}" for row in (*self.added, *(c.row for c in self.changed))]
        places = (*cells, *heights, *self.reformatted)
        return frozenset((self.sheet.part, place) for place in places)

    def as_data(self) -> dict[str, Any]:
        """The new rows and the changed cells as plain data."""
        return {
            "sheet": self.sheet.name,
            "is_new": False,
            "rows": rows_data(self.added),
            "changed": [
                {
                    "cell": self.table.cell(change.row, change.column),
                    "before": change.before,
                    "after": in_words(change.after),
                }
                for change in self.changed
            ],
        }

    def carry_out(self) -> None:
        """Write it."""
        workbook = self.sheet.workbook
        room = SheetRoom(workbook, self.sheet)
        columns = self.table.columns
        with workbook.editing(self.sheet):
            if self.grown is not None:
                contents, heights = stored_rows(self.grown, columns, self.added, room)
                for write in self.formulas:
                    contents[write.row][write.column] = write.stored
                self.grown.make_cells(contents, heights)
                for edit in self.grown.edits():
                    edit.make()
            new = () if self.grown is None else self.grown.targets
            written = {row: dict(said) for row, said in self.added.items() if row not in new}
            for change in self.changed:
                written.setdefault(change.row, {})[change.column] = change.after
            for row, said in written.items():
                put_contents(self.sheet, columns, row, said)
                fit_height(self.sheet, room, row)


def plan_edit(
    table: SupportTable,
    added: Sequence[RegisterRecord],
    changed: Iterable[RegisterRecord],
    settings: Settings,
) -> RegisterEdit:
    """Plan the new rows and the changed cells of a register.

    Raises:
        LayoutError: the rows cannot be added; says why, and what to do.
        ValueError: a changed record does not stand where it says that it stands.
    """
    blank = _blank_rows(table)[: len(added)] if added else []
    grown = _growth(table, len(added) - len(blank))
    rows = [*blank, *(() if grown is None else grown.targets)]
    return RegisterEdit(
        table,
        {row: contents_of(record) for row, record in zip(rows, added, strict=True)},
        grown,
        () if grown is None else tuple(_filled_down(table, grown)),
        () if grown is None else tuple(grown.reformatted()),
        tuple(cell for record in changed for cell in _changes(table, record, settings)),
    )


def rows_data(rows: Mapping[int, Mapping[str, Content]]) -> list[dict[str, Any]]:
    """The contents of new rows as plain data, without their blank cells."""
    return [
        {"row": row, **{name: in_words(value) for name, value in contents.items() if value != ""}}
        for row, contents in rows.items()
    ]


def _growth(table: SupportTable, count: int) -> NewTableRows | None:
    if count == 0:
        return None
    if table.table is None:
        raise LayoutError(
            f"{table.sheet.name}: the rows are not an Excel table, so none can be added.",
            remedy="Select them with their headings, choose Insert > Table, give the table the "
            f"name {table.kind.table} under Table Design, and run this again.",
        )
    grown = NewTableRows.under(table.table, [table.table.area.last_row] * count)
    obstacle = grown.obstacle()
    if obstacle:
        raise LayoutError(
            f"{table.sheet.name}: the table {table.table.name} cannot grow by {count} "
            f"row{'' if count == 1 else 's'}, because {obstacle}.",
            remedy="Nothing may stand below it: move that elsewhere, turn off the Total Row under "
            "Table Design, or, where it is rows of the table, drag the table's corner down over "
            "them. Then run this again.",
        )
    return grown


def _filled_down(table: SupportTable, grown: NewTableRows) -> Iterator[CellWrite]:
    sheet, own = table.sheet, set(table.columns.values())
    source = grown.old.last_row
    for column in range(grown.old.first_column, grown.old.last_column + 1):
        element = None if column in own else formula_of(sheet.cell(source, column))
        if element is None or element.get("t", "normal") not in ("normal", "shared"):
            continue
        text = formula_text(sheet, element, source, column)
        for target in grown.targets:
            moved = moved_from(text, (source, column), (target, column))
            yield CellWrite(target, column, formula=moved)


def _blank_rows(table: SupportTable) -> list[int]:
    """The rows at the end of a table that hold nothing, as where somebody cleared them."""
    if table.table is None:
        return []
    area = table.table.area
    columns = range(area.first_column, area.last_column + 1)
    found: list[int] = []
    for row in range(area.last_row - table.table.totals_rows, table.first_row - 1, -1):
        cells = (table.sheet.cell(row, column) for column in columns)
        if any(cell is not None and not is_empty(cell) for cell in cells):
            break
        found.append(row)
    return found[::-1]


def _changes(
    table: SupportTable, record: RegisterRecord, settings: Settings
) -> Iterator[ChangedCell]:
    """The cells of a record's row that say something else than it does.

    Raises:
        ValueError: another record stands in its row.
    """
    row = 0 if record.standing is None else record.standing.row
    there = record_at(table, row, settings) if row in table.rows else None
    if there is None or key_of(there) != key_of(record):
        raise ValueError(f"{table.sheet.name}!{cell_name(row or 1, 1)} is not the row of {record}")
    before = contents_of(there)
    for name, after in contents_of(record).items():
        if name in table.columns and after != before[name]:
            cell = table.sheet.cell(row, table.columns[name])
            is_filled = cell is not None and not is_empty(cell)
            yield ChangedCell(row, name, table.text(row, name), after, is_filled)
