"""The rows of a new month: styles as in the last one, cells empty but for what carries forward."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sheetplan.model.status import StatusEntry, StatusMeaning, Vocabulary
from sheetplan.model.wording import compact
from sheetplan.ooxml.cells import formula_of, is_empty
from sheetplan.ooxml.new_cells import NewCell
from sheetplan.ooxml.ranges import LAST_ROW, ColumnCopy
from sheetplan.ooxml.xml import Element
from sheetplan.settings import Settings
from sheetplan.sheets.month_formulas import Renamed, copied_formula
from sheetplan.sheets.reading import action_rows
from sheetplan.sheets.writes import CellWrite

if TYPE_CHECKING:
    from sheetplan.sheets.month_columns import MonthColumns


def read_styles(plan: MonthColumns, row: int) -> dict[int, Element]:
    """Note the styles of a row's copied cells, and give these cells by column."""
    columns = plan.columns
    cells = plan.sheet.rows.cells_from(row, columns.first)
    cells = {column: cell for column, cell in cells.items() if columns.includes(column)}
    if cells:
        plan.styles[row] = tuple((column, cell.get("s")) for column, cell in cells.items())
    return cells


def write_columns(plan: MonthColumns, writes: Iterable[CellWrite]) -> None:
    """Make the new columns' cells in every row: the style of the cell each copies, and what is
    written into it. The row's height stays as it is.
    """
    waiting: dict[int, dict[int, CellWrite]] = {}
    for write in writes:
        waiting.setdefault(write.row, {})[write.column] = write
    rows = plan.sheet.rows
    for row in rows:
        cells = _new_cells(plan.columns, plan.styles.get(row, ()), waiting.get(row, {}))
        if not cells:
            continue
        if rows.can_append(row, plan.columns.last + 1):
            rows.append(row, cells)
        else:
            for cell in cells:
                plan.sheet.put_cell(row, cell)


def _new_cells(
    columns: ColumnCopy,
    styles: Iterable[tuple[int, str | None]],
    writes: dict[int, CellWrite],
) -> list[NewCell]:
    cells = {columns.target(column): NewCell(columns.target(column), s) for column, s in styles}
    for target, write in writes.items():
        style = cells[target].style if target in cells else None
        cells[target] = NewCell(target, style, write.stored)
    return [cells[target] for target in sorted(cells)] if writes else list(cells.values())


def plan_rows(plan: MonthColumns, settings: Settings, renamed: Renamed) -> None:
    """Plan what the new month's cells hold under the headings, and count what the last one has."""
    sheet, layout = plan.sheet, plan.layout
    actions = {found.row: found for found in action_rows(sheet, layout)}
    carrying = _Carrying(settings.vocabulary)
    block = layout.rightmost
    status, update = block.column_of("status"), block.column_of("update")
    last_action = max((row for row, a in actions.items() if a.reference), default=LAST_ROW)
    for row in sheet.rows:
        cells = read_styles(plan, row)
        if row < layout.first_row:
            continue
        filled = [column for column, cell in cells.items() if not is_empty(cell)]
        typed = [
            column
            for column in filled
            if formula_of(cells[column]) is None or not _plan_formula(plan, row, column, renamed)
        ]
        if row in actions and actions[row].reference is not None:
            plan.actions += 1
            _plan_action(plan, row, typed, status, update, carrying)
            continue
        reference = actions[row].reference_text if row in actions else ""
        is_total = row > last_action and len(typed) < len(filled) and _says_total(reference)
        if is_total or plan.heading_copy.stand_again(row, typed, reference):
            _copy_words(plan, row, typed, only_text=is_total)


def _says_total(reference: str) -> bool:
    """Whether a row under the actions is one of totals, and not an action still to be numbered."""
    return compact(reference) in ("", "total", "totals")


def _plan_formula(plan: MonthColumns, row: int, column: int, renamed: Renamed) -> bool:
    """Plan the copy of a formula, if the cell has one."""
    found = copied_formula(
        plan.sheet, row, column, plan.columns, renamed, beside=plan.room is not None
    )
    if found is None:
        return False
    if isinstance(found, str):
        plan.doubts.append(found)
    else:
        plan.formulas.append(found)
    return True


def _plan_action(
    plan: MonthColumns,
    row: int,
    typed: list[int],
    status: int | None,
    update: int | None,
    carrying: _Carrying,
) -> None:
    """Carry a closed or N/A status forward; an update only when it was N/A as well."""
    sheet = plan.sheet
    entry = carrying.entry(sheet.text(row, status)) if status in typed else None
    carried = entry is not None and entry.carried_forward
    if status in typed and carried and status is not None:
        plan.carried.append(_copy(plan, row, status))
    if status in typed and not carried:
        plan.filled += 1
    elif update is not None and update in typed:
        said = carrying.entry(sheet.text(row, update))
        no_update = said is not None and said.meaning is StatusMeaning.NOT_APPLICABLE
        if carried and no_update:
            plan.carried.append(_copy(plan, row, update))
        elif not carried and not no_update:
            plan.filled += 1


def _copy(plan: MonthColumns, row: int, column: int) -> CellWrite:
    runs = plan.sheet.workbook.reader.runs(plan.sheet.cell(row, column))
    return CellWrite(row, plan.columns.target(column), runs=tuple(runs))


def _copy_words(plan: MonthColumns, row: int, columns: list[int], *, only_text: bool) -> None:
    """Copy headings that stand again over a workstream, or the words beside a total."""
    for column in columns:
        if only_text and not isinstance(plan.sheet.value(row, column), str):
            continue
        write = plan.heading_copy.cell(row, column)
        if write is not None:
            plan.headings.append(write)


class _Carrying:
    """What statuses mean, looked up once for each text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, StatusEntry | None] = {}

    def entry(self, text: str) -> StatusEntry | None:
        if text not in self._known:
            self._known[text] = self._vocabulary.understand(text)
        return self._known[text]
