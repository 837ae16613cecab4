"""Making the workbook of a new tracker: the template filled, a sheet for each theme, support."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from sheetplan.cycle.new_themes import NewTheme
from sheetplan.cycle.prepare import missing_support
from sheetplan.cycle.prepare_plan import NewSheet, add_support_sheets
from sheetplan.cycle.prepare_rows import Row
from sheetplan.errors import TemplateError
from sheetplan.model.clock import utc_now
from sheetplan.model.month import Month
from sheetplan.model.report_line import Line
from sheetplan.model.status import StatusMeaning
from sheetplan.model.support import Recommendation
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.protection import protect
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import definition, rating_words
from sheetplan.sheets.blank_tracker import (
    DASHBOARD,
    KEY,
    LISTS,
    THEME,
    colour_statuses,
    name_month,
    name_table,
    read_themes,
    status_cells,
    table_of,
    use_words,
)
from sheetplan.sheets.reading import WorkbookReading, read_layouts
from sheetplan.sheets.support_columns import RECOMMENDATION_MAP, RECOMMENDATIONS

READY_ROWS = 40
_FEWEST_READY = 20  # rows below those that are filled in already
_LISTED_ROWS = 10
_ON_TRACK, _NOT_ON_TRACK, _NOT_COUNTED = "On track or complete", "Not on track", "Not counted"
"""How the dashboard counts a status; its formulas have these words."""


def make_tracker(
    template: Template,
    themes: Sequence[NewTheme],
    register: Sequence[Recommendation],
    month: Month,
    settings: Settings,
    *,
    is_protected: bool,
) -> Workbook:
    """Make a tracker from its template.

    Raises:
        TemplateError: the profile does not know the template's headings; a template lacks a sheet.
    """
    workbook, reading = make_plan_sheets(template, themes, month, settings)
    support = missing_support(workbook, reading, settings)
    add_support_sheets(workbook, _with_register(support.sheets, themes, register))
    if is_protected:
        for name in (*(theme.name for theme in themes), DASHBOARD.sheet, KEY.sheet):
            protect(workbook[name])
    return workbook


def make_plan_sheets(
    template: Template, themes: Sequence[NewTheme], month: Month, settings: Settings
) -> tuple[Workbook, WorkbookReading]:
    """Make the sheets of a tracker without its support sheets, and read them.

    Raises:
        TemplateError: the profile does not know the template's headings.
    """
    for theme in themes:
        _add_theme(template, theme, month, settings)
    names = [theme.name for theme in themes]
    title = f"{settings.reports.council} Improvement Plan".strip()
    _fill_lists(template, settings)
    _fill_key(template, themes[0], settings)
    _fill_dashboard(template, themes, title, settings)
    template.keep_only([name for name in template.sheet_names if name != THEME.sheet])
    template.set_properties(
        title=title,
        creator=settings.reports.council or "sheetplan",
        language="en-GB",
        made=utc_now(),
    )
    workbook = template.workbook
    reading = _read(workbook, names, settings)
    _colour(workbook, reading, settings)
    return workbook, reading


# ---------------------------------------------------------------- the sheets


def _add_theme(template: Template, theme: NewTheme, month: Month, settings: Settings) -> None:
    """Add the sheet of a theme, with its first actions and rows that are ready for more."""
    pattern = template.anew()
    lines = [
        Line(
            "action",
            {
                "workstream": action.workstream,
                "reference": action.reference,
                "action": action.text,
                "recommendation": action.code,
            },
        )
        for action in theme.actions
    ]
    ready = max(READY_ROWS - len(lines), _FEWEST_READY)
    lines += [Line("ready", {})] * ready
    code = theme.code
    about = (
        f"Theme {code}. References begin with {code}: {code}.A1.0 is a main action, {code}.A1.1 "
        "its first sub-action, and B1 begins another workstream."
    )
    pattern.fill(THEME.sheet, lines, {"title": theme.name, "about": about}, whole_rows=True)
    name_month(pattern.workbook[THEME.sheet], month)
    name_table(pattern.workbook[THEME.sheet], code)
    graft(template.workbook, pattern.workbook, THEME.sheet, name=theme.name)


def _fill_lists(template: Template, settings: Settings) -> None:
    statuses = [entry.words[0] for entry in settings.vocabulary.entries if entry.words]
    focuses = _focuses(settings)
    rows = zip_longest(statuses, focuses, [""] * _LISTED_ROWS, fillvalue="")
    lines = [Line("choice", {"status": status, "focus": focus}) for status, focus, _ in rows]
    about = "What the drop-downs of the theme sheets offer. Add a name below the last one."
    template.fill(LISTS.sheet, lines, {"title": "Lists", "about": about})


def _focuses(settings: Settings) -> list[str]:
    reports = settings.reports
    return [*reports.focus_in_full[:1], *reports.focus_by_exception[:1], "N/A"]


def _fill_key(template: Template, theme: NewTheme, settings: Settings) -> None:
    code, focuses = theme.code, _focuses(settings)
    cells = {
        "title": "Key",
        "about": "What the statuses, references and months of this plan mean.",
        "references": f"References: in {code}.A1.2 the theme is {code} ({theme.name}), the "
        f"workstream A1 and the action 2. {code}.A1.0 is the main action of {code}.A1.1 and "
        f"{code}.A1.2.",
        "focus": f"Focus: a main action with {focuses[0]} is reported in full, one with "
        f"{focuses[-2]} by exception; its sub-actions follow it.",
        "months": "Months: each new month stands at the right of the last one, and the dashboard "
        "shows the newest by itself.",
    }
    lines = [
        Line(
            "status",
            {
                "status": entry.words[0],
                "rating": rating_words(entry.meaning, entry.rag, settings.reports),
                "meaning": definition(entry.meaning, settings.reports),
                "counts": _counted(entry.meaning, settings),
            },
        )
        for entry in settings.vocabulary.entries
        if entry.words
    ]
    template.fill(KEY.sheet, lines, cells)


def _counted(meaning: StatusMeaning, settings: Settings) -> str:
    """How reports count a status."""
    reports = settings.reports
    if meaning in reports.on_track_or_complete:
        return _ON_TRACK
    left_out = (*reports.not_yet_due, *reports.not_applicable, *reports.left_out)
    return _NOT_COUNTED if meaning in left_out else _NOT_ON_TRACK


def _fill_dashboard(
    template: Template, themes: Sequence[NewTheme], title: str, settings: Settings
) -> None:
    lines = [Line("theme", {"theme": theme.name, "code": theme.code}) for theme in themes]
    lines.append(Line("total", {}))
    about = "How the actions of each theme stand in its newest month; it follows by itself."
    template.fill(DASHBOARD.sheet, lines, {"title": title, "about": about})
    workbook = template.workbook
    read_themes(workbook, [theme.name for theme in themes])
    own = [entry for entry in settings.vocabulary.entries if entry.words]
    use_words(workbook, {entry.meaning.words.capitalize(): entry.words[0] for entry in own})


# ---------------------------------------------------------------- what is added to them


def _read(workbook: Workbook, names: Sequence[str], settings: Settings) -> WorkbookReading:
    """Read the tracker as every verb will.

    Raises:
        TemplateError: a theme sheet would not be one to them.
    """
    reading = read_layouts(workbook, settings)
    found = {
        item.sheet.name
        for item in reading.trackers
        if {"status", "update"} <= {column.field for column in item.layout.latest.columns}
    }
    if missing := [name for name in names if name not in found]:
        raise TemplateError(
            f"with the words of {settings.profile_name} the sheet {missing[0]} would not be a "
            "tracker sheet: its headings name no reference, status and update.",
            where=workbook.package.name,
            remedy="Add the template's headings under [fields] in the settings, or name a template "
            "with your own under [templates].",
        )
    return reading


def _colour(workbook: Workbook, reading: WorkbookReading, settings: Settings) -> None:
    for item in reading.trackers:
        area = status_cells(item.sheet, item.layout)
        if area is not None:
            colour_statuses(item.sheet, area, settings)
    table = table_of(workbook, KEY.sheet)
    column = replace(table.area, first_row=table.area.first_row + 1)
    column = replace(column, last_column=column.first_column)
    colour_statuses(table.sheet, column, settings)
    counts = table_of(workbook, DASHBOARD.sheet)
    words = {entry.words[0] for entry in settings.vocabulary.entries if entry.words}
    at = [counts.area.first_column + n for n, text in enumerate(counts.columns) if text in words]
    if at:
        top = counts.area.first_row
        colour_statuses(counts.sheet, Area(top, min(at), top, max(at)), settings)


def _with_register(
    sheets: Sequence[NewSheet], themes: Sequence[NewTheme], register: Sequence[Recommendation]
) -> Iterator[NewSheet]:
    """The support sheets, with the recommendations that the tracker begins with."""
    known: dict[str, tuple[Row, ...]] = {}
    if register:
        known[RECOMMENDATIONS.name] = tuple(
            {"code": row.code, "source": row.source, "text": row.text} for row in register
        )
        known[RECOMMENDATION_MAP.name] = tuple(
            {"code": action.code, "target": action.reference}
            for theme in themes
            for action in theme.actions
            if action.code
        )
    for new in sheets:
        yield replace(new, rows=known.get(new.kind, new.rows))
