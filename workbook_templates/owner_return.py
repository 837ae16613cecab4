"""Draws owner_return.xlsx: the workbook that an update owner fills in and sends back.

Yellow cells are unlocked, all others are locked without a password. A very hidden sheet keeps what
was sent, and the statuses by which the formulas and colour rules of the other sheets go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from look import PALE_RED, PALETTE, TEXT_MARKS, Look
from pattern_sheet import Cell, PatternSheet, headings
from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

TITLE = "Improvement Plan update"
FACTS = "_sheetplan"
WORDS = "StatusWords"
KNOWN, COLOURS, NEEDS = (f"_sheetplan_{name}" for name in ("statuses", "colours", "needs"))
STATUS_MISSING, UPDATE_MISSING, FILLED_IN = "Status needed", "Update needed", "Filled in"
FOR_INFORMATION = "For information"
TO_DO = "To do"
ABOVE_HEADINGS = 26  # points
ALLOWED = {"autofilter": True, "format_rows": True, "format_columns": True}
"""What can be done on a protected sheet besides typing in unlocked cells."""


class Column(NamedTuple):
    """A column: its heading, its width in characters, what stands in it, and its kinds of look.

    `hint` is said when one of its cells is chosen.
    """

    heading: str
    width: float
    placeholder: str
    asked: str = "kept text"
    context: str = "shown text"
    hint: str = ""


UPDATE_COLUMNS = (
    Column("Reference", 11, "{reference}", "kept key", "shown key"),
    Column("Workstream", 17, "{workstream}"),
    Column("Action", 28, "{action}"),
    Column("Due date", 13, "{due_date}"),
    Column("Last month's status", 16, "{last_status}", "kept rating", "shown key"),
    Column("Last month's update", 28, "{last_update}"),
    Column(
        "This month's status",
        16,
        "{status}",
        "input rating",
        hint="Choose one from the list. The sheet Guide says what each one means.",
    ),
    Column(
        "This month's update",
        36,
        "{update}",
        "input text",
        hint="What was done this month, and what comes next. Where To do says Update needed, "
        "it cannot stay blank.",
    ),
    Column(TO_DO, 12, ""),
    Column(
        "Date change requested",
        13,
        "{date_change}",
        "input text",
        hint="Only to ask for another due date. Write it as 31/03/2027, Mar-27 or Autumn 2027.",
    ),
    Column(
        "Reason for date change",
        16,
        "{date_change_reason}",
        "input text",
        hint="Why the due date cannot be kept. Change control decides on it.",
    ),
)
_AT = {column.heading: number for number, column in enumerate(UPDATE_COLUMNS)}
_DATE = "Write it as 31/03/2027, Mar-27 or Autumn 2027."
NEW_ACTION_COLUMNS = (
    Column("No.", 6, "{number}", "count"),
    Column("Theme", 24, "{theme}", "input text"),
    Column("Workstream", 22, "{workstream}", "input text"),
    Column(
        "Action",
        50,
        "{action}",
        "input text",
        hint="What is to be done, and what will show that it is.",
    ),
    Column("Start date", 13, "{start_date}", "input text", hint=_DATE),
    Column("Due date", 13, "{due_date}", "input text", hint=_DATE),
    Column("Lead", 20, "{lead}", "input text", hint="Who leads on it: a name or a post."),
    Column("Reason", 36, "{reason}", "input text", hint="Why the plan needs it."),
)


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_update(look)
    _draw_new_actions(look)
    _draw_guide(look)
    _draw_facts(look)
    look.finish(title=TITLE)


# ---------------------------------------------------------------- your update


def _draw_update(look: Look) -> None:
    sheet = _sheet(look, "Your update", UPDATE_COLUMNS, repeat_row=5)
    sheet.value("title", "title")
    sheet.value("reference", "note")
    sheet.value("send_back", "strong note")
    sheet.value("how", "about")
    sheet.value("needed", "about")
    sheet.sheet.set_row(sheet.next_row - 1, ABOVE_HEADINGS)
    top = sheet.next_row
    sheet.next_row += 1
    asked = sheet.row("asked", [Cell(c.placeholder, c.asked) for c in UPDATE_COLUMNS])
    context = sheet.row("context", [Cell(c.placeholder, c.context) for c in UPDATE_COLUMNS])
    _draw_to_do(sheet, asked, context)
    _table(
        sheet,
        top,
        context,
        UPDATE_COLUMNS,
        "ActionUpdates",
        "Each action with last month's status and update, and what to fill in for this month.",
    )
    _hint(sheet, asked, UPDATE_COLUMNS, {"This month's status": f"={WORDS}"})
    for heading in ("Last month's status", "This month's status"):
        _colour(look, sheet, asked, context, _AT[heading])
    _all_is_text(sheet, asked, context, UPDATE_COLUMNS)
    sheet.sheet.freeze_panes(top + 1, 1)
    sheet.sheet.protect("", ALLOWED)


def _draw_to_do(sheet: PatternSheet, asked: int, context: int) -> None:
    """The column that says in words what is missing, and the mark on an update that is."""
    look, column = sheet.look, _AT[TO_DO]
    status = xl_rowcol_to_cell(asked, _AT["This month's status"])
    update = xl_rowcol_to_cell(asked, _AT["This month's update"])
    needs = f'IFERROR(INDEX({NEEDS},MATCH(TRIM({status}),{KNOWN},0)),"no")="yes"'
    missing = f'IF(AND({needs},TRIM({update})=""),"{UPDATE_MISSING}","{FILLED_IN}")'
    formula = f'=IF(TRIM({status})="","{STATUS_MISSING}",{missing})'
    sheet.sheet.write_formula(asked, column, formula, look.style("text"), "{to_do}")
    sheet.sheet.write(context, column, FOR_INFORMATION, look.style("shown text"))
    to_do = xl_rowcol_to_cell(asked, column, col_abs=True)
    wanted = look.book.add_format({"bg_color": PALE_RED, "bold": True})
    for at in (_AT["This month's update"], column):
        rule = {"type": "formula", "criteria": f'={to_do}="{UPDATE_MISSING}"', "format": wanted}
        sheet.sheet.conditional_format(asked, at, asked, at, rule)
    bold = look.book.add_format({"bold": True})
    rule = {"type": "formula", "criteria": f'={to_do}<>"{FILLED_IN}"', "format": bold}
    sheet.sheet.conditional_format(asked, column, asked, column, rule)


def _colour(look: Look, sheet: PatternSheet, first: int, last: int, column: int) -> None:
    """Give statuses the colours of their ratings, whatever their words are."""
    cell = xl_rowcol_to_cell(first, column)
    for colour in PALETTE:
        criteria = f'=IFERROR(INDEX({COLOURS},MATCH(TRIM({cell}),{KNOWN},0)),"")="{colour}"'
        rule = {"type": "formula", "criteria": criteria, "format": look.colour(colour)}
        sheet.sheet.conditional_format(first, column, last, column, rule)


# ---------------------------------------------------------------- the other sheets


def _draw_new_actions(look: Look) -> None:
    sheet = _sheet(look, "New actions", NEW_ACTION_COLUMNS, repeat_row=2)
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.sheet.set_row(sheet.next_row - 1, ABOVE_HEADINGS)
    top = sheet.next_row
    sheet.next_row += 1
    row = sheet.row("new_action", [Cell(c.placeholder, c.asked) for c in NEW_ACTION_COLUMNS])
    _table(
        sheet,
        top,
        row,
        NEW_ACTION_COLUMNS,
        "NewActions",
        "Blank rows for actions that the plan does not have yet.",
    )
    _hint(sheet, row, NEW_ACTION_COLUMNS, {})
    _all_is_text(sheet, row, row, NEW_ACTION_COLUMNS)
    sheet.sheet.freeze_panes(row, 0)
    sheet.sheet.protect("", ALLOWED)


def _draw_guide(look: Look) -> None:
    sheet = PatternSheet(look, "Guide", widths=(34, 104), paper="A4")
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.row("section", [Cell("{text}", "section")], rest="section")
    sheet.row("step", [Cell("{step}", "plain label"), Cell("{text}", "plain")])
    sheet.row("key_heading", headings("{status}", "{meaning}"))
    key = [Cell("{status}", "kept rating"), Cell("{meaning}")]
    word = sheet.row("word", key)
    rating = sheet.row("rating", key)
    _colour(look, sheet, word, rating, 0)
    _name(look, WORDS, "Guide", word, 0)
    sheet.sheet.protect("", ALLOWED)


def _draw_facts(look: Look) -> None:
    fields = [c.placeholder.strip("{}") for c in UPDATE_COLUMNS if c.placeholder]
    sheet = PatternSheet(look, FACTS, widths=[14] * (len(fields) + 2), paper="A4")
    _store(sheet, "fact", "{name}", "{value}")
    _store(sheet, "heading", "{kind}", "{field}", "{heading}")
    status = _store(sheet, "status", "status", "{status}", "{colour}", "{needs_update}")
    _store(sheet, "sent_heading", "key", "asked", *fields)
    _store(sheet, "sent", "{key}", "{is_asked}", *(f"{{{field}_digest}}" for field in fields))
    for column, name in enumerate((KNOWN, COLOURS, NEEDS), 1):
        _name(look, name, FACTS, status, column)
    sheet.sheet.protect("", ALLOWED)
    sheet.sheet.very_hidden()


def _store(sheet: PatternSheet, name: str, *texts: str) -> int:
    return sheet.row(name, [Cell(text, "stored") for text in texts])


# ---------------------------------------------------------------- pieces


def _sheet(look: Look, name: str, columns: Sequence[Column], *, repeat_row: int) -> PatternSheet:
    widths = [column.width for column in columns]
    return PatternSheet(look, name, widths=widths, paper="A3", repeat_row=repeat_row)


def _table(
    sheet: PatternSheet, top: int, last: int, columns: Sequence[Column], name: str, about: str
) -> None:
    """Make the headings and the rows down to `last` an Excel table."""
    heading = sheet.look.style("heading")
    told = [{"header": column.heading, "header_format": heading} for column in columns]
    options = {"name": name, "columns": told, "style": None, "description": about}
    sheet.sheet.add_table(top, 0, last, len(columns) - 1, options)


def _hint(
    sheet: PatternSheet, row: int, columns: Sequence[Column], lists: Mapping[str, str]
) -> None:
    """Say what belongs in the cells of a row; `lists` has the drop-downs by heading."""
    for at, column in enumerate(columns):
        if not column.hint:
            continue
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.heading,
            "input_message": column.hint,
        }
        if column.heading in lists:
            rule |= {
                "validate": "list",
                "source": lists[column.heading],
                "error_type": "information",
                "error_title": "Not in the list",
                "error_message": "Your words are kept as you type them, and somebody may ask you "
                "what they mean. The list has the words that the plan uses.",
            }
        sheet.sheet.data_validation(row, at, row, at, rule)


def _all_is_text(sheet: PatternSheet, first: int, last: int, columns: Sequence[Column]) -> None:
    """Keep Excel from marking numbers and dates in rows in which all cells are text."""
    area = xl_range(first, 0, last, len(columns) - 1)
    sheet.sheet.ignore_errors(dict.fromkeys(TEXT_MARKS, area))


def _name(look: Look, name: str, sheet: str, row: int, column: int) -> None:
    """Name a cell, which becomes the cells of all rows that are made from its row."""
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    look.book.define_name(name, f"={quote_sheetname(sheet)}!{cell}")
