"""Rows that look like actions and have no reference that can be read, so that they are left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sheetplan.model.month import Month
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_layout import PlanSheet
from sheetplan.sheets.headings import FieldNames
from sheetplan.sheets.reading import SheetReading

_ANSWERED_FOR = ("director_lead", "due_date")


class UnreadRow(NamedTuple):
    """A row that is left out: its number, what its reference cell says, which may be nothing, and
    whether it has a status for the month."""

    row: int
    typed: str
    has_status: bool


def unread_rows(
    item: SheetReading, actions: Collection[int], month: Month, settings: Settings
) -> Iterator[UnreadRow]:
    """Rows that say what is to be done, but have no reference to be known by.

    In a plan without month columns that is all. Elsewhere they say beside it how it goes, or what
    should be a reference and who answers for it or when it is due. Totals, headings of themes, and
    lists for drop-downs say less.

    Args:
        item: The sheet.
        actions: The rows of its actions.
        month: The month of which a row says how it goes.
        settings: The council's settings.
    """
    if item.commentary is not None:
        yield from _unread_of_plan(item, item.commentary.found)
        return
    layout, names = item.layout, FieldNames.of(settings)
    reference = layout.reference_column
    action = layout.fields.get("action", reference)
    months = {block.month: block.column_of("status") for block in layout.months}
    status = months.get(month)
    answered_for = [layout.fields[name] for name in _ANSWERED_FOR if name in layout.fields]
    columns = {reference, action, *answered_for, *([status] if status else [])}
    cells = ColumnCells(item.sheet, columns)
    for row in item.sheet.rows:
        if row < layout.first_row or row in actions or not cells.text(row, action).strip():
            continue
        typed = cells.text(row, reference).strip()
        entry = settings.vocabulary.understand(cells.text(row, status)) if status else None
        if entry is not None:
            yield UnreadRow(row, typed, has_status=True)
        elif (
            typed
            and action != reference
            and names.field_of(typed) != "reference"
            and any(cells.text(row, column).strip() for column in answered_for)
        ):
            yield UnreadRow(row, typed, has_status=False)


def _unread_of_plan(item: SheetReading, found: PlanSheet) -> Iterator[UnreadRow]:
    for row in found.unread:
        typed = item.sheet.text(row, item.layout.reference_column).strip()
        says = item.sheet.text(row, item.layout.fields["commentary"]).strip()
        yield UnreadRow(row, typed, has_status=bool(says))
