"""Adding a support sheet: the template's, with its rows filled in and its drop-downs linked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sheetplan.errors import TemplateError
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, formula_of
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
    with workbook.editing(sheet):
        added.make_cells()
        for edit in added.edits():
            edit.make()
        formulas = _formulas(sheet, table, first)
        for number, contents in enumerate(rows, first):
            put_contents(sheet, pattern.columns, number, contents)
            _copy_formulas(sheet, formulas, first, number)
            fit_height(sheet, room, number)
    return sheet


def put_contents(
    sheet: Worksheet, columns: Mapping[str, int], row: int, contents: Mapping[str, Content]
) -> None:
    """Fill cells of a row; inside `Workbook.editing` of the sheet.

    Args:
        sheet: The sheet.
        columns: The columns of the fields that it has; the others are left out.
        row: The row.
        contents: What its cells will hold, by field; "" for nothing.
    """
    for name, content in contents.items():
        if name in columns:
            cell = sheet.ensure_cell(row, columns[name])
            _write(sheet, row, columns[name], content, cell.get("s")).put(cell)


def fit_height(sheet: Worksheet, room: SheetRoom, number: int) -> None:
    """Make a row tall enough for its words, unless somebody set its height; while editing."""
    row = sheet.ensure_row(number)
    if row.get("customHeight") in ("1", "true"):
        return
    points = room.height(room.static_height(row, sheet.workbook.reader))
    if points and float(points) > float(row.get("ht") or 0):
        row.set("ht", points)


def _write(
    sheet: Worksheet, row: int, column: int, content: Content, style: str | None
) -> CellWrite:
    if isinstance(content, (Month, date)):
        if sheet.workbook.styles.is_date(int(style or 0)):
            return CellWrite(row, column, number=sheet.workbook.reader.serial(_moment(content)))
        content = in_words(content)
    if isinstance(content, str):
        return CellWrite(row, column, runs=(Run(content),))
    return CellWrite(row, column, number=float(content))


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


def _formulas(sheet: Worksheet, table: Table, row: int) -> dict[int, str]:
    """The formulas of a row of a table, by column."""
    columns = range(table.area.first_column, table.area.last_column + 1)
    found = ((column, formula_of(sheet.cell(row, column))) for column in columns)
    return {column: formula.text or "" for column, formula in found if formula is not None}


def _copy_formulas(sheet: Worksheet, formulas: Mapping[int, str], source: int, target: int) -> None:
    """Fill the first row's formulas down; no row has words yet, so each has the same result."""
    if source == target:
        return
    for column, formula in formulas.items():
        text = moved_from(formula, (source, column), (target, column))
        result = (Run(sheet.text(source, column)),)
        write = CellWrite(target, column, runs=result, formula=text)
        write.put(sheet.ensure_cell(target, column))


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
