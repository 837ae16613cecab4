"""Theme sheets for a plan that is imported: a column more for what a tracker has none for, its
months opened, and its rows written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sheetplan.errors import TemplateError
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.insertion import insert_columns
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.month_columns import plan_month_columns
from sheetplan.sheets.reading import SheetReading, action_rows, read_layouts
from sheetplan.sheets.support_adding import fit_height

SOURCE, OUTPUTS, UNDATED = "Source", "Outputs / outcomes", "Undated commentary"
"""The headings of the columns that a tracker has none for."""

_AFTER: Mapping[str, tuple[str, ...]] = {"action": (OUTPUTS, UNDATED), "reference": (SOURCE,)}
"""Which of them stand after which column."""

Cells = Mapping[tuple[str, Month | None], str]
"""What the cells of a row say, by their field and month; a column of ours goes by its heading."""


def add_plan_columns(workbook: Workbook, reading: SheetReading) -> None:
    """Add the columns that a tracker has none for, in the look of those on their left.

    Raises:
        TemplateError: the sheet has no column for the action.
        CannotInsertColumnsError: the template holds what columns cannot be inserted beside.
    """
    sheet, layout = reading.sheet, reading.layout
    after = {
        layout.fields[field]: names for field, names in _AFTER.items() if field in layout.fields
    }
    if len(after) < len(_AFTER):
        raise TemplateError(
            f"{sheet.name} has no column for the action.",
            where=workbook.package.name,
            remedy="Add its heading under [fields] in the settings.",
        )
    for column, names in sorted(after.items(), reverse=True):
        insert_columns(workbook, sheet, column + 1, len(names), headings=names)
        _dress(workbook, sheet, layout, column, names)


def _dress(
    workbook: Workbook, sheet: Worksheet, layout: SheetLayout, left: int, names: Sequence[str]
) -> None:
    """Give new columns the look of the one on their left, and their headings."""
    top, bottom = layout.heading_rows
    with workbook.editing(sheet):
        for row in [row for row in sheet.rows if row >= top]:
            like = sheet.cell(row, left)
            style = None if like is None else like.get("s")
            for at, name in enumerate(names, left + 1):
                cell = sheet.ensure_cell(row, at)
                if style is not None:
                    cell.set("s", style)
                if row == bottom:
                    put_text(cell, [Run(name)])


def open_months(workbook: Workbook, months: Iterable[Month], settings: Settings) -> None:
    """Open months on every tracker sheet, one after the other."""
    for month in months:
        for item in read_layouts(workbook, settings).trackers:
            columns = plan_month_columns(item, month, settings)
            with workbook.editing(item.sheet):
                columns.carry_out()


def write_rows(
    workbook: Workbook, reading: SheetReading, title: str, rows: Mapping[str, Cells]
) -> dict[tuple[str, str, Month | None], str]:
    """Write into the rows of a sheet, which are known by their references.

    Args:
        workbook: The workbook.
        reading: The sheet.
        title: What stands above its headings in the place of its name.
        rows: By reference: what its cells say.

    Returns:
        By reference, field and month: the name of the cell. The title is of no reference.
    """
    sheet, layout = reading.sheet, reading.layout
    columns, room = _columns(sheet, layout), SheetRoom(workbook, sheet)
    written: dict[tuple[str, str, Month | None], str] = {}
    with workbook.editing(sheet):
        place = _title_place(sheet, layout)
        if place is not None:
            put_text(sheet.ensure_cell(*place), [Run(title)])
            written["", "title", None] = cell_name(*place)
        for row in list(action_rows(sheet, layout)):
            for (field, month), text in rows.get(row.reference_text, {}).items():
                column = columns[field, month]
                put_text(sheet.ensure_cell(row.row, column), [Run(text)])
                written[row.reference_text, field, month] = cell_name(row.row, column)
            fit_height(sheet, room, row.row)
    return written


def _columns(sheet: Worksheet, layout: SheetLayout) -> dict[tuple[str, Month | None], int]:
    found: dict[tuple[str, Month | None], int] = {
        (field, None): column for field, column in layout.fields.items()
    }
    for heading in layout.unknown:
        found[heading.text, None] = heading.column
    for block in layout.months:
        for column in block.columns:
            if column.field:
                found[column.field, block.month] = column.column
    return found


def _title_place(sheet: Worksheet, layout: SheetLayout) -> tuple[int, int] | None:
    """Where the sheet says what it is called."""
    for row in range(1, layout.heading_rows[0]):
        for column in range(1, layout.reference_column + 1):
            if sheet.text(row, column).strip() == sheet.name:
                return row, column
    return None
