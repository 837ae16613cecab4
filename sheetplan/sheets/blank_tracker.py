"""The sheets of a new tracker, made from those of its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetplan.model.month import Month
from sheetplan.model.pattern import Pattern, SheetPatterns
from sheetplan.ooxml.cells import change_formula, formula_of
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.formulas import rewrite
from sheetplan.ooxml.graft_names import quoted
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.table_headings import rename_headings
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.rag_colours import add_colours, is_coloured
from sheetplan.sheets.templates import check_template, find_template, refuse

TEMPLATE = "tracker_blank"
_MONTH = "(month)"
_HEAD = {"title": "the title", "about": "one sentence on what the sheet holds"}

DASHBOARD = SheetPatterns(
    "Dashboard",
    _HEAD,
    (
        Pattern("theme", "the counts of a theme", ("theme", "code")),
        Pattern("total", "the counts of all themes", ()),
    ),
)
KEY = SheetPatterns(
    "Key",
    {
        **_HEAD,
        "references": "how references are made",
        "focus": "what the focus of an action says",
        "months": "how a month is opened",
    },
    (Pattern("status", "a status", ("status", "rating", "meaning", "counts")),),
)
LISTS = SheetPatterns(
    "Lists", _HEAD, (Pattern("choice", "what drop-downs offer", ("status", "focus")),)
)
THEME = SheetPatterns(
    "Theme",
    _HEAD,
    (
        Pattern("action", "an action", ("workstream", "reference", "action", "recommendation")),
        Pattern("ready", "a row to fill in", ()),
    ),
)


def tracker_template(settings: Settings) -> Template:
    """The template of new trackers, fit to be filled.

    Raises:
        TemplateError: the council's own template lacks something, or holds what means nothing.
        WorkbookError: it cannot be read as a workbook.
    """
    template = find_template(settings, TEMPLATE)
    check_template(template, [DASHBOARD, KEY, LISTS, THEME])
    refuse(template, list(_faults(template.workbook)))
    return template


def _faults(workbook: Workbook) -> Iterator[str]:
    """What keeps a theme sheet from being a tracker sheet, or a dashboard from having the words
    of the council."""
    for name in (DASHBOARD.sheet, KEY.sheet):
        if not list(tables_of(workbook, workbook[name])):
            yield f"{name}: there is no Excel table on it."
    tables = tables_of(workbook, workbook[THEME.sheet])
    if not any(heading.endswith(_MONTH) for table in tables for heading in table.columns):
        example = f"Status {_MONTH}"
        yield f'{THEME.sheet}: no heading of an Excel table names a month, such as "{example}".'


def name_month(sheet: Worksheet, month: Month) -> None:
    """Put a month's name into the headings of its columns."""
    for table in tables_of(sheet.workbook, sheet):
        named = {old: old.replace(_MONTH, f"({month})") for old in table.columns}
        rename_headings(table, {old: new for old, new in named.items() if new != old})


def name_table(sheet: Worksheet, code: str) -> None:
    """Name the table of a theme's sheet after the theme: Plan_FI."""
    for table in tables_of(sheet.workbook, sheet):
        name = f"{table.name}_{code}"
        with sheet.workbook.package.editing(table.part) as root:
            root.set("name", name)
            root.set("displayName", name)


def table_of(workbook: Workbook, sheet: str) -> Table:
    """The Excel table of a sheet of the template."""
    return next(tables_of(workbook, workbook[sheet]))


def read_themes(workbook: Workbook, themes: Sequence[str]) -> None:
    """Make each row of the dashboard's themes read its own theme's sheet, not the pattern.

    Args:
        workbook: The tracker, with the sheets of all themes.
        themes: Their names, in the order of the rows.
    """
    sheet = workbook[DASHBOARD.sheet]
    first = table_of(workbook, DASHBOARD.sheet).area.first_row + 1
    with workbook.editing(sheet):
        for cell in list(sheet.rows.formulas()):
            place = Area.parse(cell.get("r", ""))
            at = place.first_row - first
            formula = formula_of(sheet.ensure_cell(place.first_row, place.first_column))
            if formula is None or not 0 <= at < len(themes):
                continue
            text = _on_sheet(formula.text or "", themes[at])
            own = sheet.ensure_cell(place.first_row, place.first_column)
            change_formula(own, text, keep_result=True)


def _on_sheet(formula: str, name: str) -> str:
    def change(operand: str) -> str | None:
        place, _, rest = operand.rpartition("!")
        return f"{quoted(name)}!{rest}" if place == THEME.sheet else None

    return rewrite(formula, change)


def use_words(workbook: Workbook, words: Mapping[str, str]) -> None:
    """Head the dashboard's columns with the council's words for statuses, by those it has."""
    rename_headings(table_of(workbook, DASHBOARD.sheet), words)


def colour_statuses(sheet: Worksheet, area: Area, settings: Settings) -> None:
    """Colour statuses by their words, unless the template does so already."""
    if not is_coloured(sheet, area):
        with sheet.workbook.editing(sheet):
            add_colours(sheet, [area], settings).make()


def status_cells(sheet: Worksheet, layout: SheetLayout) -> Area | None:
    """The status cells of a theme sheet's month, down to the last row that is ready."""
    column = layout.latest.column_of("status")
    last = max(sheet.rows)
    return None if column is None else Area(layout.first_row, column, last, column)
