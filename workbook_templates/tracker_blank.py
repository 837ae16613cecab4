"""Draws tracker_blank.xlsx: the tracker that `sheetplan new` begins with.

Its sheet Theme, the pattern of every theme sheet, is drawn by tracker_theme.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from look import DARK_GREY, FONT, LINE, NAVY, PALE_BLUE, PALETTE, Look
from pattern_sheet import Cell, PatternSheet
from tracker_theme import THEME, draw_theme
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs, xl_rowcol_to_cell

TITLE = "Improvement Plan"
DASHBOARD, KEY, LISTS = "Dashboard", "Key", "Lists"
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


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_dashboard(look)
    _draw_key(look)
    _draw_lists(look)
    draw_theme(look)
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
        "Every row with a reference and an action is counted, but no main action that has "
        "sub-actions. Other words are statuses that are not on the list. Due are all but those "
        f"that the sheet Key calls {LEFT_OUT.lower()}."
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
    main = f"{place}MainStatus"  # a main action that has sub-actions is not counted
    heading = f"{place}NewestHeading"
    begin = f'FIND("#",SUBSTITUTE({heading},"(","#",{_count_of(heading, "(")}))'
    month = f'=IFERROR(SUBSTITUTE(MID({heading},{begin}+1,40),")",""),{heading})'
    _formula(sheet, row, 2, month, "text", "")
    known = xl_range(row, _COUNT_AT["on_track"], row, _COUNT_AT["no_status"])
    actions = xl_rowcol_to_cell(row, _COUNT_AT["actions"])
    for name in STATUSES:
        column = _COUNT_AT[name]
        word = xl_rowcol_to_cell(top, column, row_abs=True)
        said = f"COUNTIFS({place}NewestStatus,{word},{rows})"
        _formula(sheet, row, column, f"={said}-SUMPRODUCT(--({main}={word}))")
    some = f'COUNTIFS({place}NewestStatus,"<>",{rows})'  # LibreOffice stops at the last filled row
    some += f'-SUMPRODUCT(ISTEXT({main})*({main}<>""))'
    _formula(sheet, row, _COUNT_AT["no_status"], f"={actions}-({some})")
    _formula(sheet, row, _COUNT_AT["other_words"], f"={actions}-SUM({known})")
    counted = f"=COUNTIFS({rows})-SUMPRODUCT(--ISTEXT({main}))"
    _formula(sheet, row, _COUNT_AT["actions"], counted, "strong count")


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
    style = look.changed("count", **_LOOKS[kind]) if kind in _LOOKS else look.style(kind)
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


# ---------------------------------------------------------------- pieces


def _name(look: Look, name: str, sheet: str, area: str) -> None:
    """Name an area for the whole workbook."""
    look.book.define_name(name, f"={quote_sheetname(sheet)}!{area}")
