"""The columns of a new month on one sheet: what will stand in them, worked out before it is done.

The new columns are what Excel's copy and paste of the last month's would be, with three
differences: headings name the new month, what officers are to fill in is empty, and a banner
moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sheetplan.errors import ColumnsInTheWayError, LayoutError
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.ooxml.cells import clear, is_empty
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.growth import filter_edit, merge_edits, move_merge, width_edit
from sheetplan.ooxml.ranges import ColumnCopy, cell_name, column_letters
from sheetplan.ooxml.rules import rule_edits
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.banners import Banner, find_banners
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.month_formulas import Renamed
from sheetplan.sheets.month_headings import HeadingCopy
from sheetplan.sheets.month_room import Room, in_the_way
from sheetplan.sheets.month_rows import plan_rows, write_columns
from sheetplan.sheets.rag_colours import colour_edit
from sheetplan.sheets.reading import SheetReading
from sheetplan.sheets.writes import CellWrite

_NAMED = 6  # cells that a message names


@dataclass
class MonthColumns:
    """The plan for one sheet: everything that will be written, and nothing done yet.

    Attributes:
        headings: The new heading cells.
        carried: Statuses and updates that are filled in already.
        formulas: Formulas that were moved one month to the right.
        banners: Texts that move.
        edits: What grows, or is copied, beside the cells.
        renamed: New names of table columns, by the table and the old name.
        doubts: What could not be done, or should be looked at, in words.
        styles: The styles of the copied cells of each row, by column.
        preformatted: Empty cells of the new columns that wear a format already, and get another.
        room: The columns that were inserted for the new month, where others stood in its place.
        actions: How many rows are actions.
        filled: How many of them have a status or an update of their own for the last month.
    """

    sheet: Worksheet
    layout: SheetLayout
    columns: ColumnCopy
    old_month: Month
    new_month: Month
    headings: list[CellWrite] = field(default_factory=list)
    carried: list[CellWrite] = field(default_factory=list)
    formulas: list[CellWrite] = field(default_factory=list)
    banners: list[Banner] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    renamed: Renamed = field(default_factory=dict)
    styles: dict[int, tuple[tuple[int, str | None], ...]] = field(default_factory=dict)
    preformatted: list[str] = field(default_factory=list)
    actions: int = 0
    filled: int = 0
    room: Room | None = None

    @cached_property
    def heading_copy(self) -> HeadingCopy:
        """How the last month's headings become those of the new one."""
        return HeadingCopy(self.sheet, self.layout, self.columns, self.old_month, self.new_month)

    @property
    def letters(self) -> str:
        """The letters of the new columns: "Q:R"."""
        targets = self.columns.targets
        return f"{column_letters(targets[0])}:{column_letters(targets[-1])}"

    @property
    def headings_of_month(self) -> list[CellWrite]:
        """The new headings that name the month."""
        return [w for w in self.headings if any(m.month for m in find_months(w.text))]

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        """What the plan says it takes away or writes over, for the promise: (part, place)."""
        places = {banner.old_cell for banner in self.banners} | set(self.preformatted)
        places |= {place for edit in self.edits for place in edit.replaces}
        inserting = self.room.inserted.agreed if self.room else frozenset()
        return inserting.union((self.sheet.part, place) for place in places)

    def carry_out(self) -> None:
        """Write the columns; inside `Workbook.editing` of the sheet."""
        writes = [*self.headings, *self.carried, *self.formulas]
        writes += [banner.write for banner in self.banners]
        write_columns(self, writes)
        for banner in self.banners:
            clear(self.sheet.ensure_cell(banner.row, banner.column))
        for edit in self.edits:
            edit.make()
        self.sheet.grow_dimension(max(self.sheet.rows, default=1), self.columns.targets[-1])


def plan_month_columns(
    reading: SheetReading,
    new_month: Month,
    settings: Settings,
    *,
    repointing: bool = False,
    room: Room | None = None,
) -> MonthColumns:
    """Plan the columns of a new month on one sheet.

    Args:
        reading: The sheet and its layout.
        new_month: The month to open at the right of the last one.
        settings: The council's words.
        repointing: Whether rules over earlier columns are to read the new month.
        room: What `make_room` did for this sheet before it was read.

    Raises:
        ColumnsInTheWayError: something stands to the right of the last month, and no room was
            made.
        LayoutError: a table ends in the middle of the month.
    """
    sheet, layout = reading.sheet, reading.layout
    block = layout.rightmost
    columns = ColumnCopy(block.first, block.last)
    plan = MonthColumns(sheet, layout, columns, block.month, new_month, room=room)
    if room is None:
        _refuse_columns_in_the_way(plan)
    else:
        plan.doubts += room.inserted.remarks
    tables = _tables_that_grow(plan)
    _plan_banners(plan, settings)
    _plan_headings(plan)
    plan.renamed = plan.heading_copy.in_tables(plan.headings, tables, has_room=room is not None)
    plan_rows(plan, settings, plan.renamed)
    plan.edits = _plan_edits(plan, tables, settings, repointing=repointing)
    plan.doubts += [*_hidden_under_merges(plan), *_periods_that_grow(plan)]
    return plan


def _refuse_columns_in_the_way(plan: MonthColumns) -> None:
    named = in_the_way(plan.sheet, plan.columns.last)
    if named:
        names = [cell_name(row, column) for row, column in named[:_NAMED]]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        raise ColumnsInTheWayError(
            f"{plan.sheet.name} has something to the right of {plan.old_month}, where the new "
            f"month would go: {', '.join(names)}{more}.",
            where=plan.sheet.workbook.package.name,
            remedy="In Excel move those columns to the left of the months (cut them, then Insert "
            "Cut Cells), or delete them if they are not needed, and run this again.",
        )
    rows = plan.sheet.rows
    for row in rows:
        if rows.last_column(row) > plan.columns.last:
            plan.preformatted += [
                cell_name(row, column)
                for column, cell in cells_of(rows[row])
                if column in plan.columns.targets and is_empty(cell) and cell.get("s")
            ]


def _tables_that_grow(plan: MonthColumns) -> list[Table]:
    tables, columns = [], plan.columns
    file = plan.sheet.workbook.package.name
    for table in tables_of(plan.sheet.workbook, plan.sheet):
        area = table.area
        if area.last_column < columns.first or area.first_column > columns.targets[-1]:
            continue
        if table.is_fed:
            raise LayoutError(
                f"{plan.sheet.name}: the table {table.name} ({area}) is filled from elsewhere, by "
                "a query or an XML map, so it cannot grow.",
                where=file,
                remedy="In Excel use Table Design > Convert to Range, and run this again.",
            )
        is_wide = plan.room is not None and area.last_column >= columns.targets[-1]
        if area.first_column > columns.first or not (area.last_column == columns.last or is_wide):
            raise LayoutError(
                f"{plan.sheet.name}: the table {table.name} ({area}) does not end with the columns "
                f"of {plan.old_month}, so it cannot grow with them.",
                where=file,
                remedy="In Excel use Table Design > Resize Table so that it ends with the last "
                "month's columns, or Convert to Range, and run this again.",
            )
        tables.append(table)
    return tables


def _plan_banners(plan: MonthColumns, settings: Settings) -> None:
    for banner in find_banners(plan.heading_copy, settings):
        if isinstance(banner, str):
            plan.doubts.append(banner)
        elif not banner.stays:
            plan.banners.append(banner)
        elif banner.row < plan.layout.heading_rows[0]:
            plan.headings.append(banner.write)


def _plan_headings(plan: MonthColumns) -> None:
    moving = {(banner.write.row, banner.write.column) for banner in plan.banners}
    for write in plan.heading_copy.block():
        if isinstance(write, str):
            plan.doubts.append(write)
        elif (write.row, write.column) not in moving:
            plan.headings.append(write)


def _hidden_under_merges(plan: MonthColumns) -> Iterator[str]:
    """What nobody will see, since cells were merged for something else where it stands."""
    merged = [area for area in plan.sheet.merged if area.last_column > plan.columns.last]
    for write in (*plan.headings, *plan.carried, *plan.formulas):
        for area in merged:
            is_anchor = (area.first_row, area.first_column) == (write.row, write.column)
            if area.contains(write.row, write.column) and not is_anchor:
                yield f'{write.cell} ("{write.text}") lies hidden under the merged cells {area}'


def _periods_that_grow(plan: MonthColumns) -> Iterator[str]:
    """Headings over several months, such as "Quarter 1" or "2023/24", that reach over one more."""
    for area in plan.sheet.merged:
        text = plan.sheet.text(area.first_row, area.first_column)
        if (
            plan.columns.stretched(area) != area
            and plan.layout.reference_column < area.first_column < plan.columns.first
            and area.first_row < plan.layout.first_row
            and any(map(str.isdigit, text))
        ):
            name = cell_name(area.first_row, area.first_column)
            yield f'{name} ("{text}") reaches over {plan.new_month} as well; split it if it ended'


def _plan_edits(
    plan: MonthColumns,
    tables: list[Table],
    settings: Settings,
    *,
    repointing: bool,
) -> list[Edit]:
    sheet, columns = plan.sheet, plan.columns
    moving = [banner.merged for banner in plan.banners if banner.merged]
    edits = [width_edit(sheet, columns)]
    edits += merge_edits(sheet, columns, leaving=moving)
    for area in moving:
        moved = columns.moved(area)
        assert moved is not None
        edits.append(move_merge(sheet, area, moved))
    edits += rule_edits(sheet, columns, repointing=repointing)
    filtered = filter_edit(sheet, columns)
    if filtered is not None:
        edits.append(filtered)
    edits += [
        table.growth(columns, list(plan.renamed[table.name].values()))
        for table in tables
        if table.area.last_column == columns.last
    ]
    if settings.add_colours:
        coloured = colour_edit(plan.sheet, plan.layout, settings, columns)
        if coloured is not None:
            edits.append(coloured)
    return edits
