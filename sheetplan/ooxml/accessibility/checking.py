"""All rules, over a whole workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheetplan.ooxml.accessibility import document, drawings, looks, tables, texts
from sheetplan.ooxml.accessibility.breach import Breach
from sheetplan.ooxml.accessibility.contrast import Contrast, faint_text
from sheetplan.ooxml.accessibility.formats import Formats
from sheetplan.ooxml.accessibility.sheet_view import SheetView
from sheetplan.ooxml.accessibility.view_cells import Strings
from sheetplan.ooxml.workbook import Workbook

_OF_THE_WORKBOOK = (
    document.first_sheet,
    document.properties,
    document.hidden_sheets,
    document.loaded,
    drawings.chart_sheets,
)
_OF_A_SHEET = (
    tables.merged_cells,
    tables.unmarked_data,
    tables.headings,
    tables.table_names,
    tables.one_table,
    tables.starting_place,
    document.title_style,
    tables.blanks_in_data,
    tables.unexplained_blanks,
    document.sheet_name,
    document.cursor,
    looks.cut_text,
    looks.colour_alone,
    texts.note_marks,
    texts.notes_without_sheet,
    texts.links,
    document.hidden_cells,
    document.panes_and_filters,
)
_OF_WHAT_LIES_ON_IT = (
    drawings.alternative_texts,
    drawings.floating_objects,
    drawings.page_headers,
)


def breaches_of(
    workbook: Workbook, contrast: Contrast, sheets: Collection[str] | None = None
) -> Iterator[Breach]:
    """What breaks the rules: first in the workbook as a whole, then sheet by sheet, by rule.

    Args:
        workbook: The workbook.
        contrast: What tells how far two colours stand out from each other.
        sheets: Look at these sheets alone; at the whole workbook but for its hidden sheets
            when None.
    """
    if sheets is None:
        for of_workbook in _OF_THE_WORKBOOK:
            yield from of_workbook(workbook)
    formats, strings = Formats(workbook), Strings(workbook)
    for sheet in workbook.sheets:
        if sheet.name not in sheets if sheets is not None else sheet.state != "visible":
            continue
        view = SheetView(sheet, formats, strings)
        found: list[Breach] = []
        for of_sheet in _OF_A_SHEET:
            found += of_sheet(view)
        for of_drawings in _OF_WHAT_LIES_ON_IT:
            found += of_drawings(sheet)
        found += faint_text(view, contrast)
        yield from sorted(found, key=lambda item: (not item.rule.is_essential, item.rule.number))
