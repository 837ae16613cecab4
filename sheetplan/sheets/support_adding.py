"""Adding a support sheet: the template's, with its rows filled in and its drop-downs linked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from sheetplan.errors import TemplateError
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, Stored, formula_of, put, stored_number, stored_words
from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.graft_names import quoted
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.ranges import Area, column_letters
from sheetplan.ooxml.rules import DROP_DOWN, rules_of
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.support_columns import SupportKind
from sheetplan.sheets.support_tables import SupportTable, find_support_tables
from sheetplan.sheets.templates import find_template
from sheetplan.sheets.writes import CellWrite

Content = str | float | Month | date
"""What a cell of a new support sheet is given. Text is text, whatever it begins with.

Months, dates and times are real ones where the cell is formatted to show them, else words.
"""

_WANTED = re.compile(r'"\{(\w+)\}"')


def find_patterns(
    kinds: Sequence[SupportKind], settings: Settings, template: str
) -> dict[str, SupportTable]:
    """Where a template has the sheets of these kinds.

    Raises:
        TemplateError: it lacks one, or one lacks a column or its Excel table.
    """
    if not kinds:
        return {}
    source = find_template(settings, template)
    found, there, findings = find_support_tables(source.workbook, kinds)
    faults = [str(finding) for finding in findings]
    for kind in kinds:
        if kind.name not in there or (kind.name in found and found[kind.name].table is None):
            faults.append(f"There is no Excel table with the name {kind.table}.")
    if faults:
        error = TemplateError(
            "this template cannot be used: " + " ".join(faults),
            where=source.name,
            remedy="Mend the template, or take its line out of [templates] to use the one that "
            "comes with sheetplan.",
        )
        error.faults = tuple(faults)
        raise error
    return found


def add_support_sheet(
    workbook: Workbook, pattern: SupportTable, rows: Sequence[Mapping[str, Content]]
) -> Worksheet:
    """Add a sheet of the template at the end, with these rows in its table.

    Args:
        workbook: The tracker.
        pattern: Where the template has the sheet; its first row shows how every row looks.
        rows: The contents of each row by the name of their columns; one blank row where empty.

    Raises:
        SheetNameError: another sheet has the name of the template's.
        CannotGraftError: the template's sheet holds what cannot be brought along.
    """
    assert pattern.table is not None
    sheet = graft(workbook, pattern.sheet.workbook, pattern.sheet.name, name=pattern.sheet.name)
    table = next(t for t in tables_of(workbook, sheet) if t.area == pattern.table.area)
    first = table.area.first_row + 1
    added = NewTableRows.under(table, [first] * (len(rows) - 1))
    room = SheetRoom(workbook, sheet)
    numbered = dict(enumerate(rows, first))
    with workbook.editing(sheet):
        contents, heights = stored_rows(added, pattern.columns, numbered, room)
        for write in _copied_formulas(sheet, table, first, added.targets):
            contents[write.row][write.column] = write.stored
        added.make_cells(contents, None if _has_fixed_height(sheet, first) else heights)
        for edit in added.edits():
            edit.make()
        for row in numbered:
            if row not in added.targets:
                put_contents(sheet, pattern.columns, row, numbered[row])
                fit_height(sheet, room, row)
    return sheet


def stored_rows(
    added: NewTableRows,
    columns: Mapping[str, int],
    rows: Mapping[int, Mapping[str, Content]],
    room: SheetRoom,
) -> tuple[dict[int, dict[int, Stored]], dict[int, str]]:
    """What the cells of a table's new rows hold, and how tall these rows have to be for it.

    Args:
        added: The new rows, which all look like the first of those whose look they take.
        columns: The columns of the fields that the table has; the others are left out.
        rows: The contents of its rows by field; "" for nothing.
        room: What the cells of the sheet can show.
    """
    sheet = added.table.sheet
    kept: dict[str, _ColumnCells] = {}
    for name, column in columns.items() if added.sources else ():
        cell = sheet.rows.cell(added.sources[0], column)
        kept[name] = _ColumnCells(sheet, column, None if cell is None else cell.get("s"), room)
    contents: dict[int, dict[int, Stored]] = {}
    heights: dict[int, str] = {}
    for row in added.targets:
        held, points = {}, 0.0
        for name, content in rows.get(row, {}).items():
            if name in kept and content != "":
                held[columns[name]], needed = kept[name].of(content)
                points = max(points, needed)
        contents[row], heights[row] = held, room.height(points)
    return contents, heights


class _ColumnCells:
    """The cells of a column that look alike: what they hold, and how tall they are for it. The same
    content comes again and again."""

    def __init__(self, sheet: Worksheet, column: int, style: str | None, room: SheetRoom) -> None:
        self._sheet, self._style = sheet, style
        self._room = room.of(column, style or "")
        self._known: dict[Content, tuple[Stored, float]] = {}

    def of(self, content: Content) -> tuple[Stored, float]:
        """What a cell holds, and how many points tall it is."""
        found = self._known.get(content)
        if found is None:
            given = _given(self._sheet, content, self._style)
            points = self._room.height(given) if isinstance(given, str) else self._room.line
            found = self._known[content] = _stored(given), points
        return found


def put_contents(
    sheet: Worksheet, columns: Mapping[str, int], row: int, contents: Mapping[str, Content]
) -> None:
    """Fill cells of a row that is there; inside `Workbook.editing` of the sheet.

    Args:
        sheet: The sheet.
        columns: The columns of the fields that it has; the others are left out.
        row: The row.
        contents: What its cells will hold, by field; "" for nothing.
    """
    for name, content in contents.items():
        if name in columns:
            cell = sheet.ensure_cell(row, columns[name])
            put(cell, _stored(_given(sheet, content, cell.get("s"))))


def fit_height(sheet: Worksheet, room: SheetRoom, number: int) -> None:
    """Make a row tall enough for its words, unless somebody set its height; while editing."""
    if _has_fixed_height(sheet, number):
        return
    row = sheet.ensure_row(number)
    points = room.height(room.static_height(row, sheet.workbook.reader))
    if points and float(points) > float(row.get("ht") or 0):
        row.set("ht", points)


def _has_fixed_height(sheet: Worksheet, row: int) -> bool:
    return sheet.rows.settings(row).get("customHeight") in ("1", "true")


def _given(sheet: Worksheet, content: Content, style: str | None) -> str | float:
    """What a cell of a style is given: words, or the number that it shows as a date."""
    if isinstance(content, (Month, date)):
        if sheet.workbook.styles.is_date(int(style or 0)):
            return sheet.workbook.reader.serial(_moment(content))
        return in_words(content)
    return content


def _stored(given: str | float) -> Stored:
    return stored_words(given) if isinstance(given, str) else stored_number(given)


def _moment(content: Month | date) -> datetime:
    if isinstance(content, Month):
        return datetime(content.year, content.month, 1)
    return content if isinstance(content, datetime) else datetime.combine(content, time())


def in_words(content: Content) -> str:
    """What a cell is given, as somebody would type it: "July 2026", "31 July 2026 14:05"."""
    if isinstance(content, date):
        day = f"{content.day} {Month.of(content).label}"
        return f"{day} {content.time()}" if isinstance(content, datetime) else day
    return content.label if isinstance(content, Month) else str(content)


def _copied_formulas(
    sheet: Worksheet, table: Table, source: int, targets: range
) -> Iterator[CellWrite]:
    """The formulas of a row of a table, filled down. No row has words yet, so each has the same
    result."""
    for column in range(table.area.first_column, table.area.last_column + 1):
        formula = formula_of(sheet.cell(source, column))
        if formula is not None:
            result = (Run(sheet.text(source, column)),)
            for target in targets:
                text = moved_from(formula.text or "", (source, column), (target, column))
                yield CellWrite(target, column, runs=result, formula=text)


def set_choices(sheet: Worksheet, choices: Mapping[str, str]) -> None:
    """Make the drop-downs of a new sheet lead somewhere.

    A drop-down that offers "{themes}" offers the cells that `choices` has under "themes"; where it
    has none, only its hint is left.
    """
    with sheet.workbook.editing(sheet):
        for rule in list(rules_of(sheet)):
            for formula in rule.formulas if rule.what == DROP_DOWN else ():
                wanted = _WANTED.fullmatch(formula.text or "")
                if wanted is None:
                    continue
                if wanted[1] in choices:
                    formula.text = choices[wanted[1]]
                else:
                    rule.element.attrib.pop("type", "")
                    rule.element.remove(formula)


def place_of(sheet: Worksheet, area: Area) -> str:
    """Cells of a sheet as a formula elsewhere names them, fixed with dollars."""
    first, last = column_letters(area.first_column), column_letters(area.last_column)
    return f"{quoted(sheet.name)}!${first}${area.first_row}:${last}${area.last_row}"
