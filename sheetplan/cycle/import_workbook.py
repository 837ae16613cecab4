"""Making the tracker of a plan that is imported, and the sheets that account for it."""

from __future__ import annotations

from sheetplan.cycle.new_themes import FirstAction, NewTheme
from sheetplan.cycle.new_workbook import make_plan_sheets
from sheetplan.cycle.prepare import missing_support
from sheetplan.cycle.prepare_plan import add_support_sheets
from sheetplan.importing.account import ACCOUNT, DOUBTS, account_of, doubts_of
from sheetplan.importing.content import (
    ACTION,
    ImportedPlan,
    ImportedRow,
    ImportedTheme,
    Target,
)
from sheetplan.importing.content import OUTPUTS as OUTPUTS_COLUMN
from sheetplan.importing.content import SOURCE as SOURCE_COLUMN
from sheetplan.importing.content import UNDATED as UNDATED_COLUMN
from sheetplan.importing.plan_import import TITLE
from sheetplan.model.month import Month
from sheetplan.model.status import Vocabulary
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.graft_names import quoted
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.blank_tracker import THEME, name_month
from sheetplan.sheets.imported_rows import (
    OUTPUTS,
    SOURCE,
    UNDATED,
    Cells,
    add_plan_columns,
    open_months,
    write_rows,
)
from sheetplan.sheets.printing import print_over_pages
from sheetplan.sheets.reading import read_layouts

_HEADINGS = {SOURCE_COLUMN: SOURCE, OUTPUTS_COLUMN: OUTPUTS, UNDATED_COLUMN: UNDATED}
"""The columns that a tracker has none for, with their headings."""


def make_imported_tracker(
    plan: ImportedPlan, blank: Template, account: Template, settings: Settings
) -> Workbook:
    """Make the tracker of an imported plan.

    Args:
        plan: The plan.
        blank: The template of new trackers.
        account: The template of the sheets that account for the import.
        settings: The council's words.

    Raises:
        TemplateError: a template lacks a sheet, or has no column for the action.
        CannotInsertColumnsError: a template holds what columns cannot be inserted beside.
    """
    themes = [_new_theme(theme) for theme in plan.themes]
    wider = _with_plan_columns(blank, plan.months[0], settings)
    workbook, _ = make_plan_sheets(wider, themes, plan.months[0], settings)
    open_months(workbook, plan.months[1:], settings)
    for item in read_layouts(workbook, settings).trackers:
        print_over_pages(workbook, item.sheet, item.layout)
    cells = _write_themes(workbook, plan, settings)
    _add_account(workbook, plan, account, cells)
    support = missing_support(workbook, read_layouts(workbook, settings), settings)
    add_support_sheets(workbook, support.sheets)
    return workbook


def _with_plan_columns(blank: Template, month: Month, settings: Settings) -> Template:
    """The template with the columns that a tracker has none for; sheets are made from it then."""
    template = blank.anew()
    name_month(template.workbook[THEME.sheet], month)  # without a month it is no tracker's sheet
    for item in read_layouts(template.workbook, settings).trackers:
        add_plan_columns(template.workbook, item)
    return template.changed()


def _new_theme(theme: ImportedTheme) -> NewTheme:
    actions = tuple(FirstAction(row.reference, text=row.text(ACTION)) for row in theme.rows)
    return NewTheme(theme.sheet, theme.code, actions)


def _write_themes(workbook: Workbook, plan: ImportedPlan, settings: Settings) -> dict[Target, str]:
    """Write the rows of all themes, and tell the cell of each target."""
    sheets = {item.sheet.name: item for item in read_layouts(workbook, settings).trackers}
    cells = {}
    for theme in plan.themes:
        rows = {row.reference: _cells(row, settings.vocabulary) for row in theme.rows}
        written = write_rows(workbook, sheets[theme.sheet], theme.title, rows)
        place = f"{quoted(theme.sheet)}!"
        if ("", "title", None) in written:
            cells[Target(theme.code, TITLE)] = place + written["", "title", None]
        for row in theme.rows:
            for column in row.lines:
                name = _HEADINGS.get(column, column.name)
                cells[Target(row.reference, column)] = (
                    place + written[row.reference, name, column.month]
                )
    return cells


def _cells(row: ImportedRow, vocabulary: Vocabulary) -> Cells:
    """What the cells of a row say, by the names of their columns."""
    words = {entry.meaning: entry.words[0] for entry in vocabulary.entries if entry.words}
    cells: dict[tuple[str, Month | None], str] = {
        (_HEADINGS.get(column, column.name), column.month): row.text(column) for column in row.lines
    }
    for month, meaning in row.statuses.items():
        if meaning in words:
            cells["status", month] = words[meaning]
    return cells


def _add_account(
    workbook: Workbook, plan: ImportedPlan, account: Template, cells: dict[Target, str]
) -> None:
    for pattern, text in ((ACCOUNT, account_of(plan, cells)), (DOUBTS, doubts_of(plan))):
        account.fill(pattern.sheet, text.lines, text.cells, whole_rows=True)
        graft(workbook, account.workbook, pattern.sheet, name=pattern.sheet)
