"""Draws the sheet Theme of tracker_blank.xlsx, the pattern of every theme sheet.

Its own names say where its newest month stands, so the dashboard follows each new month and nothing
has to be pointed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from look import NAVY, PALE_BLUE, TEXT_MARKS, Look
from pattern_sheet import Cell, PatternSheet
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

THEME = "Theme"
LAST_MONTH_COLUMN = 255  # the months of ten years
LAST_ACTION_ROW = 499
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


def draw_theme(look: Look) -> None:
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
                style = look.changed(column.kind, **column.changes)
                sheet.sheet.write_blank(row, at, None, style)
    plan, month = look.style("heading"), look.changed("heading", **_MONTH_HEADING)
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
    references = rows(_AT["Ref"], _AT["Ref"])
    stem = f"LEFT(TRIM({references}),LEN(TRIM({references}))-1+(LEN(TRIM({references}))=0))"
    is_main = (
        f'(RIGHT(TRIM({references}),2)=".0")*({rows(_AT["Action"], _AT["Action"])}<>"")'
        f'*(COUNTIF({references},{stem}&"*")>1)'
    )
    newest = f'SUMPRODUCT(MAX((LEFT({headings},6)="Status")*COLUMN({headings})))'
    names = {
        "PlanRefs": references,
        "PlanActions": rows(_AT["Action"], _AT["Action"]),
        "NewestColumn": newest,
        "NewestHeading": f"INDEX({headings},1,{THEME}!NewestColumn)",
        "NewestStatus": f"INDEX({rows(0, LAST_MONTH_COLUMN)},0,{THEME}!NewestColumn)",
        # Text in the rows of main actions that have sub-actions, and a number in all others.
        "MainStatus": f'IF({is_main},IFERROR({THEME}!NewestStatus&"","?"),0)',
    }
    for name, meaning in names.items():
        look.book.define_name(f"{THEME}!{name}", f"={meaning}")
