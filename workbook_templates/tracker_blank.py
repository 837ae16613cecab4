"""Draws tracker_blank.xlsx: the tracker that `sheetplan new` begins with.

The sheet Theme is the pattern of every theme sheet. Its own names say where its newest month
stands, so the dashboard follows each new month and nothing has to be pointed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from look import DARK_GREY, FONT, KINDS, LINE, NAVY, PALE_BLUE, PALETTE, TEXT_MARKS, Look
from pattern_sheet import Cell, PatternSheet
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs, xl_rowcol_to_cell

TITLE = "Improvement Plan"
DASHBOARD, KEY, LISTS, THEME = "Dashboard", "Key", "Lists", "Theme"
LAST_MONTH_COLUMN = 255  # the months of ten years
LAST_ACTION_ROW = 499
LAST_LISTED_ROW = 199
ON_TRACK = "On track or complete"
LEFT_OUT = "Not counted"
STATUSES = {
    "on_track": "On track",
    "medium_progress": "Medium progress",
    "significant_slippage": "Significant slippage",
    "not_due_to_start": "Not due to start",
    "complete": "Complete",
    "closed": "Closed",
    "on_hold": "On hold",
    "not_applicable": "Not applicable",
    "assurance_action": "Assurance action",
    "new_action": "New action",
}
"""The meanings of a status, and the headings that the council's own words replace."""

_DATE = {"num_format": "d mmm yyyy"}
_OPEN = {"locked": False}
_MONTH_HEADING = {"font_color": "#FFFFFF", "bg_color": NAVY}


class Column(NamedTuple):
    """A column of a theme sheet: its heading, its width, what stands in it, and its kind of look.

    `hint` is said when one of its cells is chosen: of every row, or of those that are begun with.
    `choices` is the name of the list that it offers.
    """

    heading: str
    width: float
    kind: str
    hint: str
    placeholder: str = ""
    choices: str = ""
    is_strict: bool = False
    is_hinted_everywhere: bool = False
    changes: Mapping[str, Any] = {}


_DATE_HINT = (
    "Type the day, such as 31/03/2027. Words such as Autumn 2027, Ongoing or TBC are understood "
    "too. Mar-27 is not: Excel takes it for the 27th of March."
)
COLUMNS = (
    Column(
        "Workstream",
        17,
        "kept text",
        "The piece of work that the action belongs to. Its actions stand one below the other.",
        "{workstream}",
    ),
    Column(
        "Ref",
        10,
        "kept key",
        "The theme's two letters, the workstream and a number. One that ends in .0 is a main "
        "action, the others are its sub-actions. No two are the same.",
        "{reference}",
        is_hinted_everywhere=True,
    ),
    Column(
        "Action",
        38,
        "kept text",
        "What is to be done, so that anyone can tell when it is.",
        "{action}",
    ),
    Column(
        "Milestones",
        24,
        "kept text",
        "Of a main action: the steps on the way, each with its date, one to a line (Alt+Enter).",
    ),
    Column(
        "We will",
        26,
        "kept text",
        "Of a main action: what residents and staff will see when it is done.",
    ),
    Column(
        "Director lead",
        20,
        "kept text",
        "Who answers for the action. The names of the list stand on the sheet Lists.",
        choices="DirectorLeads",
        is_hinted_everywhere=True,
    ),
    Column(
        "Cabinet member",
        17,
        "kept text",
        "The portfolio holder. The names of the list stand on the sheet Lists.",
        choices="CabinetMembers",
        is_hinted_everywhere=True,
    ),
    Column("Other leads", 16, "kept text", "Who else leads a part of it."),
    Column(
        "Update owner (if different)",
        17,
        "kept text",
        "Who writes the monthly update, where it is not the director lead.",
    ),
    Column("Start date", 13, "kept text", _DATE_HINT, is_hinted_everywhere=True, changes=_DATE),
    Column("Due date", 13, "kept text", _DATE_HINT, is_hinted_everywhere=True, changes=_DATE),
    Column(
        "Focus",
        11,
        "kept text",
        "Of a main action: whether it is reported in full or by exception. The sheet Key says "
        "more. Sub-actions follow their main action.",
        choices="FocusList",
        is_hinted_everywhere=True,
    ),
    Column(
        "Recommendation",
        18,
        "kept text",
        "The codes of the recommendations that the action answers, such as S1, S3. Their full "
        "text stands on the sheet Recommendations.",
        "{recommendation}",
    ),
    Column(
        "Status (month)",
        18,
        "kept key",
        "Choose one from the list. The sheet Key says what each one means.",
        choices="StatusList",
        is_strict=True,
        is_hinted_everywhere=True,
        changes=_OPEN,
    ),
    Column(
        "Update (Initials and date) (month)",
        46,
        "kept text",
        "What was done this month and what comes next; then your initials and the date.",
        changes=_OPEN,
    ),
)
_AT = {column.heading: number for number, column in enumerate(COLUMNS)}
_FIRST_MONTHLY = _AT["Status (month)"]


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_dashboard(look)
    _draw_key(look)
    _draw_lists(look)
    _draw_theme(look)
    look.finish(title=TITLE)


# ---------------------------------------------------------------- the dashboard

_COUNTS = (*STATUSES, "no_status", "other_words", "actions", "due", "share")
_HEADINGS = (
    *("Theme", "Code", "Newest month"),
    *STATUSES.values(),
    *("No status", "Other words", "Actions", "Due", ON_TRACK),
)
_COUNT_AT = {name: 3 + number for number, name in enumerate(_COUNTS)}
_WIDTHS = (34, 8, 17, *[14] * len(STATUSES), 10, 10, 10, 9, 17)


def _draw_dashboard(look: Look) -> None:
    sheet = PatternSheet(look, DASHBOARD, widths=_WIDTHS, paper="A3")
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.note(
        "Every row with a reference and an action is counted. Other words are statuses that are "
        f"not on the list. Due are all but those that the sheet Key calls {LEFT_OUT.lower()}."
    )
    top = sheet.next_row
    sheet.sheet.set_row(top, 32)
    sheet.next_row += 1
    theme = sheet.row("theme", [Cell("{theme}", "label"), Cell("{code}", "count")])
    total = sheet.row("total", [Cell("All themes", "heading"), Cell("All", "count heading")])
    _count_theme(sheet, theme, top)
    _add_up(sheet, total, theme)
    _add_share(sheet, (theme, total), top)
    options = {
        "name": "ThemeCounts",
        "style": None,
        "autofilter": False,
        "description": "How many actions of each theme have each status in its newest month.",
        "columns": [
            {"header": text, "header_format": look.style("heading" if at < 3 else "count heading")}
            for at, text in enumerate(_HEADINGS)
        ],
    }
    sheet.sheet.add_table(top, 0, total, len(_HEADINGS) - 1, options)
    _place_chart(sheet, theme, top, total + 2)
    sheet.sheet.set_tab_color(NAVY)


def _count_theme(sheet: PatternSheet, row: int, top: int) -> None:
    """The counts of a theme, by the names of its sheet."""
    place = f"{THEME}!"
    rows = f'{place}PlanRefs,"?*",{place}PlanActions,"?*"'
    heading = f"{place}NewestHeading"
    begin = f'FIND("#",SUBSTITUTE({heading},"(","#",{_count_of(heading, "(")}))'
    month = f'=IFERROR(SUBSTITUTE(MID({heading},{begin}+1,40),")",""),{heading})'
    _formula(sheet, row, 2, month, "text", "")
    known = xl_range(row, _COUNT_AT["on_track"], row, _COUNT_AT["no_status"])
    actions = xl_rowcol_to_cell(row, _COUNT_AT["actions"])
    for name in STATUSES:
        column = _COUNT_AT[name]
        word = xl_rowcol_to_cell(top, column, row_abs=True)
        _formula(sheet, row, column, f"=COUNTIFS({place}NewestStatus,{word},{rows})")
    some = f'COUNTIFS({place}NewestStatus,"<>",{rows})'  # LibreOffice stops at the last filled row
    _formula(sheet, row, _COUNT_AT["no_status"], f"={actions}-{some}")
    _formula(sheet, row, _COUNT_AT["other_words"], f"={actions}-SUM({known})")
    _formula(sheet, row, _COUNT_AT["actions"], f"=COUNTIFS({rows})", "strong count")


def _count_of(text: str, mark: str) -> str:
    return f'LEN({text})-LEN(SUBSTITUTE({text},"{mark}",""))'


def _add_up(sheet: PatternSheet, row: int, theme: int) -> None:
    """The counts of all themes, and the month where all have the same."""
    months = xl_rowcol_to_cell(theme, 2, row_abs=True)  # fixed rows hold all themes
    same = f"COUNTIF({months}:{months},INDEX({months}:{months},1))=ROWS({months}:{months})"
    month = f'=IF({same},INDEX({months}:{months},1),"Not the same")'
    _formula(sheet, row, 2, month, "heading", "")
    for name in _COUNTS[:-2]:
        column = _COUNT_AT[name]
        first = xl_rowcol_to_cell(theme, column, row_abs=True)
        _formula(sheet, row, column, f"=SUM({first}:{first})", "total")


def _add_share(sheet: PatternSheet, rows: Sequence[int], top: int) -> None:
    """How many are due, and how many of these go well, as the sheet Key counts statuses."""
    first, last = _COUNT_AT["on_track"], _COUNT_AT["new_action"]
    headings = xl_range_abs(top, first, top, last)
    for row in rows:
        counts = xl_range(row, first, row, last)

        def of(words: str, counts: str = counts) -> str:
            return f'SUMPRODUCT((KeyCounts="{words}")*SUMIF({headings},KeyStatus,{counts}))'

        actions, due = (xl_rowcol_to_cell(row, _COUNT_AT[name]) for name in ("actions", "due"))
        kinds = ("strong count", "share") if row == rows[0] else ("total", "total share")
        _formula(sheet, row, _COUNT_AT["due"], f"={actions}-{of(LEFT_OUT)}", kinds[0])
        share = f'=IF({due}=0,"None due",{of(ON_TRACK)}/{due})'
        _formula(sheet, row, _COUNT_AT["share"], share, kinds[1], "None due")
    bar = {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_color": "#A9CBE5",
        "bar_solid": True,
        "min_type": "num",
        "max_type": "num",
        "min_value": 0,
        "max_value": 1,
    }
    column = _COUNT_AT["share"]
    sheet.sheet.conditional_format(rows[0], column, rows[0], column, bar)


_TOTAL = {"bold": True, "bg_color": PALE_BLUE, "font_color": NAVY}
_LOOKS: dict[str, dict[str, Any]] = {
    "strong count": {"bold": True},
    "share": {"bold": True, "num_format": "0%"},
    "total": _TOTAL,
    "total share": {**_TOTAL, "num_format": "0%"},
}


def _formula(
    sheet: PatternSheet, row: int, column: int, formula: str, kind: str = "count", result: Any = 0
) -> None:
    look = sheet.look
    style = _changed(look, "count", **_LOOKS[kind]) if kind in _LOOKS else look.style(kind)
    sheet.sheet.write_formula(row, column, formula, style, result)


_BARS = {
    "complete": f"#{PALETTE['blue']['fill']}",
    "closed": NAVY,
    "on_track": f"#{PALETTE['green']['fill']}",
    "not_due_to_start": f"#{PALETTE['grey']['fill']}",
    "on_hold": LINE,
    "medium_progress": f"#{PALETTE['amber']['fill']}",
    "significant_slippage": f"#{PALETTE['red']['fill']}",
}
"""What the chart stacks, from the left. Statuses that share a colour differ by how dark it is."""


def _place_chart(sheet: PatternSheet, theme: int, top: int, row: int) -> None:
    chart = sheet.look.book.add_chart({"type": "bar", "subtype": "stacked"})
    font = {"name": FONT["font_name"], "size": 10, "color": FONT["font_color"], "bold": False}
    for name, colour in _BARS.items():
        column = _COUNT_AT[name]
        chart.add_series(
            {
                "name": [DASHBOARD, top, column],
                "categories": [DASHBOARD, theme, 0, theme, 0],
                "values": [DASHBOARD, theme, column, theme, column],
                "fill": {"color": colour},
                "border": {"color": "#FFFFFF", "width": 0.75},
                "gap": 60,
            }
        )
    title = {"name": "Actions by status in each theme's newest month"}
    chart.set_title({**title, "name_font": {**font, "size": 13, "color": NAVY, "bold": True}})
    bare = {"num_font": font, "line": {"none": True}, "major_tick_mark": "none"}
    counts = {"min": 0, "num_format": '[=0]0;[<1]"";General', "label_position": "high"}
    grid = {"visible": True, "line": {"color": "#CECECE", "width": 0.75}}
    chart.set_x_axis({**bare, **counts, "major_gridlines": grid})
    chart.set_y_axis({**bare, "reverse": True, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": "#CECECE"}, "fill": {"color": "#FFFFFF"}})
    chart.set_size({"width": 1240, "height": 420})
    told = (
        "Stacked bars, one for each theme: how many of its actions are complete, closed, on track, "
        "not due to start, on hold, in medium progress, and in significant slippage in its newest "
        "month. The table above has the same numbers."
    )
    sheet.sheet.insert_chart(row, 0, chart, {"description": told, "object_position": 2})


# ---------------------------------------------------------------- key and lists


def _draw_key(look: Look) -> None:
    sheet = PatternSheet(look, KEY, widths=(26, 88, 30, 26), paper="A4", repeat_row=6)
    sheet.value("title", "title")
    sheet.value("about", "about")
    for name in ("references", "focus", "months"):
        sheet.value(name, "about")
    sheet.note("")
    headings = ("Status", "What it means", "In reports", "Counts as")
    row = _table_row(
        sheet,
        "status",
        "StatusKey",
        "What each status means, and how reports and the dashboard count it.",
        [
            (heading, Cell(f"{{{name}}}", kind))
            for heading, name, kind in zip(
                headings,
                ("status", "meaning", "rating", "counts"),
                ("kept rating", "text", "text", "text"),
                strict=True,
            )
        ],
    )
    for name, column in (("KeyStatus", 0), ("KeyCounts", 3)):
        _name(look, name, KEY, xl_range_abs(row, column, row, column))
    sheet.sheet.set_tab_color(DARK_GREY)


def _draw_lists(look: Look) -> None:
    sheet = PatternSheet(look, LISTS, widths=(30, 16, 38, 38), paper="A4", repeat_row=3)
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.note("Yellow cells are for you to fill in. Blank cells are room for more names.")
    row = _table_row(
        sheet,
        "choice",
        "PlanLists",
        "What the drop-downs of the theme sheets offer.",
        [
            ("Status", Cell("{status}", "label")),
            ("Focus", Cell("{focus}", "text")),
            ("Director lead", Cell("", "input text")),
            ("Cabinet member", Cell("", "input text")),
        ],
    )
    _name(look, "StatusList", LISTS, xl_range_abs(row, 0, row, 0))
    for name, column in (("FocusList", 1), ("DirectorLeads", 2), ("CabinetMembers", 3)):
        area = f"{LISTS}!{xl_range_abs(row, column, LAST_LISTED_ROW, column)}"
        last = f"INDEX({area},MAX(1,COUNTA({area})))"
        look.book.define_name(name, f"=INDEX({area},1):{last}")
    sheet.sheet.set_tab_color(DARK_GREY)


def _table_row(
    sheet: PatternSheet, name: str, table: str, about: str, columns: Sequence[tuple[str, Cell]]
) -> int:
    """Draw an Excel table of one pattern row, and give that row's number."""
    top = sheet.next_row
    sheet.next_row += 1
    row = sheet.row(name, [cell for _, cell in columns])
    heading = sheet.look.style("heading")
    told = [{"header": text, "header_format": heading} for text, _ in columns]
    options = {"name": table, "columns": told, "style": None, "description": about}
    sheet.sheet.add_table(top, 0, row, len(columns) - 1, options | {"autofilter": False})
    return row


# ---------------------------------------------------------------- the theme sheet


def _draw_theme(look: Look) -> None:
    widths = [column.width for column in COLUMNS]
    sheet = PatternSheet(look, THEME, widths=widths, paper="A3", repeat_row=3)
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.note("Blank cells are still to be filled in. Choose a cell to read what belongs in it.")
    top = sheet.next_row
    sheet.sheet.set_row(top, 32)
    sheet.next_row += 1
    cells = [Cell(column.placeholder, column.kind) for column in COLUMNS]
    action = sheet.row("action", cells)
    ready = sheet.row("ready", [Cell("", column.kind) for column in COLUMNS])
    for row in (action, ready):
        for at, column in enumerate(COLUMNS):
            if column.changes:
                style = _changed(look, column.kind, **column.changes)
                sheet.sheet.write_blank(row, at, None, style)
    plan, month = look.style("heading"), _changed(look, "heading", **_MONTH_HEADING)
    told = [
        {"header": column.heading, "header_format": month if at >= _FIRST_MONTHLY else plan}
        for at, column in enumerate(COLUMNS)
    ]
    about = "The actions of the theme: the plan, and a status and an update for every month."
    options = {"name": "Plan", "columns": told, "style": None, "description": about}
    sheet.sheet.add_table(top, 0, action, len(COLUMNS) - 1, options)
    _hint(sheet, action, ready)
    _mark_main_actions(sheet, action, ready)
    area = xl_range(action, 0, ready, len(COLUMNS) - 1)
    sheet.sheet.ignore_errors(dict.fromkeys(TEXT_MARKS, area))
    _name_months(look, top, action)
    sheet.sheet.freeze_panes(top + 1, _AT["Action"] + 1)
    sheet.sheet.set_zoom(85)
    sheet.sheet.set_tab_color("#1D70B8")


def _hint(sheet: PatternSheet, action: int, ready: int) -> None:
    """Say what belongs in the cells, and offer the lists."""
    for at, column in enumerate(COLUMNS):
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.heading.partition(" (")[0],
            "input_message": column.hint,
            "show_error": column.is_strict,
        }
        if column.choices:
            rule |= {"validate": "list", "source": f"={column.choices}"}
        if column.is_strict:
            rule |= {
                "error_type": "warning",
                "error_title": "Not on the list",
                "error_message": "The dashboard counts the words of the list only. Keep it?",
            }
        last = ready if column.is_hinted_everywhere else action
        sheet.sheet.data_validation(action, at, last, at, rule)


def _mark_main_actions(sheet: PatternSheet, action: int, ready: int) -> None:
    """Main actions stand out in bold on a pale ground, in the columns of the plan."""
    reference = xl_rowcol_to_cell(action, _AT["Ref"], col_abs=True)
    form = sheet.look.book.add_format({"bold": True, "bg_color": PALE_BLUE})
    rule = {"type": "formula", "criteria": f'=RIGHT(TRIM({reference}),2)=".0"', "format": form}
    sheet.sheet.conditional_format(action, 0, ready, _FIRST_MONTHLY - 1, rule)


def _name_months(look: Look, top: int, first: int) -> None:
    """The names by which the dashboard finds a theme's newest month: its last column of Status."""

    def rows(column: int, last_column: int) -> str:
        return f"{THEME}!{xl_range_abs(first, column, LAST_ACTION_ROW, last_column)}"

    headings = f"{THEME}!{xl_range_abs(top, 0, top, LAST_MONTH_COLUMN)}"
    newest = f'SUMPRODUCT(MAX((LEFT({headings},6)="Status")*COLUMN({headings})))'
    names = {
        "PlanRefs": rows(_AT["Ref"], _AT["Ref"]),
        "PlanActions": rows(_AT["Action"], _AT["Action"]),
        "NewestColumn": newest,
        "NewestHeading": f"INDEX({headings},1,{THEME}!NewestColumn)",
        "NewestStatus": f"INDEX({rows(0, LAST_MONTH_COLUMN)},0,{THEME}!NewestColumn)",
    }
    for name, meaning in names.items():
        look.book.define_name(f"{THEME}!{name}", f"={meaning}")


# ---------------------------------------------------------------- pieces


def _changed(look: Look, kind: str, **changes: Any) -> Any:
    """The format of a kind of cell with something else about it."""
    return look.book.add_format(FONT | KINDS[kind] | changes)


def _name(look: Look, name: str, sheet: str, area: str) -> None:
    """Name an area for the whole workbook."""
    look.book.define_name(name, f"={quote_sheetname(sheet)}!{area}")
