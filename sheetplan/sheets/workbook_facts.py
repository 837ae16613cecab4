"""What a workbook holds, beside what its actions say, that could embarrass a council."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheetplan.model.action import Tracker
from sheetplan.model.month import Month
from sheetplan.model.wording import words_of
from sheetplan.model.workbook_facts import CellFact, CommentaryFact, WorkbookFacts
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import Element, main
from sheetplan.settings import Settings
from sheetplan.sheets.checked_sheet import CheckedSheet, checked_sheets
from sheetplan.sheets.error_cells import error_cells
from sheetplan.sheets.external_links import external_links
from sheetplan.sheets.number_texts import numbers_as_text
from sheetplan.sheets.old_month_formulas import old_month_formulas
from sheetplan.sheets.reading import WorkbookReading
from sheetplan.sheets.status_choices import status_drop_downs
from sheetplan.sheets.status_key import status_key
from sheetplan.sheets.uneven_columns import uneven_columns
from sheetplan.sheets.unread_rows import unread_rows

_ASKS_FOR_INITIALS = {"initial", "initials", "initialled"}


def workbook_facts(
    workbook: Workbook, reading: WorkbookReading, tracker: Tracker, month: Month, settings: Settings
) -> WorkbookFacts:
    """Gather what checks need to know of a workbook.

    Args:
        workbook: The workbook.
        reading: Its layouts.
        tracker: The actions that were read from it.
        month: The month that is checked.
        settings: The council's settings.
    """
    sheets = list(checked_sheets(reading, tracker, month))
    return WorkbookFacts(
        unread_rows=tuple(_unread(reading, sheets, settings)),
        hidden_rows=tuple(fact for sheet in sheets for fact in _hidden(sheet, workbook)),
        errors=tuple(error_cells(workbook, {sheet.sheet.name: sheet for sheet in sheets})),
        numbers_as_text=tuple(f for s in sheets for f in numbers_as_text(s, settings.dates)),
        uneven=tuple(column for sheet in sheets for column in uneven_columns(sheet)),
        external_links=tuple(external_links(workbook)),
        old_month_formulas=tuple(old_month_formulas(workbook, reading, month)),
        status_choices=tuple(_status_choices(reading, month)),
        status_key=status_key(workbook, reading, settings),
        asks_for_initials=frozenset(_asking_for_initials(reading, month)),
        commentary=tuple(_commentary_doubts(reading)),
    )


def _unread(
    reading: WorkbookReading, sheets: Collection[CheckedSheet], settings: Settings
) -> Iterator[CellFact]:
    for item, checked in zip(reading.trackers, sheets, strict=True):
        for row in unread_rows(item, checked.actions, checked.month, settings):
            cell = cell_name(row.row, item.layout.reference_column)
            yield CellFact(item.sheet.name, cell, row.typed)


def _commentary_doubts(reading: WorkbookReading) -> Iterator[CommentaryFact]:
    for item in reading.trackers:
        for cell in item.commentary.cells if item.commentary else ():
            name = cell_name(cell.row.row, item.layout.fields["commentary"])
            for doubt in cell.commentary.doubts:
                place = CellFact(item.sheet.name, name, doubt.says, cell.row.reference_text)
                yield CommentaryFact(place, doubt.kind, doubt.sentence)


# ---------------------------------------------------------------- hidden rows


def _hidden(checked: CheckedSheet, workbook: Workbook) -> Iterator[CellFact]:
    """The actions whose rows nobody sees, and why."""
    filtered: list[Area] | None = None
    for row in checked.actions:
        settings = checked.sheet.rows.settings(row)
        if settings.get("hidden") in ("1", "true") or settings.get("ht") in ("0", "0.0"):
            if filtered is None:
                filtered = list(_filtered(checked.sheet, workbook))
            if any(area.first_row < row <= area.last_row for area in filtered):
                why = "hidden by a filter"
            elif settings.get("outlineLevel", "0") != "0":
                why = "folded away in a group"
            else:
                why = "hidden by hand"
            cell = cell_name(row, checked.layout.reference_column)
            yield CellFact(checked.sheet.name, cell, why, checked.reference(row))


def _filtered(sheet: Worksheet, workbook: Workbook) -> Iterator[Area]:
    """The areas in which a filter is set, the row of its arrows first."""
    filters: list[Element | None] = [sheet.child("autoFilter")]
    filters += [table.root.find(main("autoFilter")) for table in tables_of(workbook, sheet)]
    for element in filters:
        if element is not None and element.find(main("filterColumn")) is not None:
            try:
                yield Area.parse(element.get("ref", ""))
            except ValueError:
                continue


# ---------------------------------------------------------------- drop-downs and headings


def _status_choices(reading: WorkbookReading, month: Month) -> Iterator[CellFact]:
    told: set[str] = set()
    for item in reading.trackers:
        for cell, offered in status_drop_downs(item, month):
            for words in offered:
                if words not in told:
                    told.add(words)
                    yield CellFact(item.sheet.name, cell, words)


def _asking_for_initials(reading: WorkbookReading, month: Month) -> Iterator[str]:
    """The sheets whose updates of the month are to be initialled."""
    for item in reading.trackers:
        columns = [c for block in item.layout.months if block.month == month for c in block.columns]
        headings = " ".join(column.heading for column in columns if column.field == "update")
        if _ASKS_FOR_INITIALS.intersection(words_of(headings)):
            yield item.sheet.name
