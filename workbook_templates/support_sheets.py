"""Draws support_sheets.xlsx: the sheets that `sheetplan prepare` adds, for officers to keep.

Each has a title, what it is for, how to fill it in, and one Excel table with one blank row, which
shows how every row looks. Columns are known by their headings. Yellow cells are typed in.

The list of themes stands on a sheet of its own, since theme titles may be long and hold commas;
{themes} and {codes} in a drop-down stand for the cells of such a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from look import ONE_LINE, Look
from xlsxwriter.worksheet import Worksheet

TITLE = "Support sheets of the improvement plan"
HEADINGS = 3  # counted from 0: title, what it is for, how to fill it in, headings, the row
TWO_LINES = 30
YELLOW = (
    "Type in the yellow cells, and write new rows right below the last one. "
    "Blank means not filled in yet, or not needed."
)
OWN = "Narrative[[#This Row],[{}]]"
SAME = "(Narrative[{0}]=Narrative[[#This Row],[{0}]])"
STATE = (
    f'=IF(LEN({OWN.format("Summary")}&{OWN.format("Next steps")})=0,"To write",'
    f"IF(SUMPRODUCT({SAME.format('Block')}*(Narrative[Month]<{OWN.format('Month')})"
    f"*{SAME.format('Summary')}*{SAME.format('Next steps')})>0,"
    '"Carried","Edited"))'
)
"""What the column State says: whether the words are those of an earlier month."""
STATE_OF_A_BLANK_ROW = "To write"


class Column(NamedTuple):
    """A column: its heading, its width in characters, its kind of look, and its drop-down.

    `hint` is said when one of its cells is chosen. Other words than those of the drop-down may be
    typed all the same, but where `is_strict`.
    """

    heading: str
    width: float
    kind: str = "input"
    hint: str = ""
    choices: Sequence[str] = ()
    formula: str = ""
    is_strict: bool = False


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_recommendations(look)
    _draw_map(look)
    _draw_milestones(look)
    _draw_narrative(look)
    _draw_achievements(look)
    _draw_owners(look)
    _draw_lists(look)
    look.finish(title=TITLE)


def _draw_recommendations(look: Look) -> None:
    sources = ("statutory", "external audit", "LGA", "directions", "internal")
    draw(
        look,
        "Recommendations",
        "Recommendations",
        "Recommendations that the plan answers, in full, with what became of each.",
        f"{YELLOW} Council has a month to consider a statutory recommendation that is sent to it.",
        [
            Column("Code", 11, hint="A short code, such as S1."),
            Column("Source", 16, hint="Who made the recommendation.", choices=sources),
            Column("Recommendation", 70, hint="The full text."),
            Column("Date sent", 14, "input day"),
            Column("Considered at council", 14, "input day"),
            Column(
                "Accepted", 12, hint="Whether council accepted it.", choices=("yes", "no", "partly")
            ),
            Column("Auditor's latest view", 44),
            Column("Date of view", 14, "input day"),
        ],
    )


def _draw_map(look: Look) -> None:
    draw(
        look,
        "Recommendation map",
        "RecommendationMap",
        "Which actions answer which recommendation; each may stand in several rows.",
        YELLOW,
        [
            Column("Code", 14, hint="A code from the sheet Recommendations.", choices=("{codes}",)),
            Column("Reference, workstream or theme", 44),
            Column("Heading to print", 44, hint="Where it is blank, the workstream is printed."),
        ],
    )


def _draw_milestones(look: Look) -> None:
    statuses = ("On track", "In progress", "Complete", "Closed", "On hold", "Not due to start")
    draw(
        look,
        "Milestones",
        "Milestones",
        "Milestones of the main actions, each in a row of its own.",
        f"{YELLOW} Dates may be typed as in the tracker: 31/07/2026, Jul-26, Autumn 2026, TBC.",
        [
            Column("Id", 15, hint="No two milestones have the same one."),
            Column("Main action", 14, hint="The reference of the main action."),
            Column("Milestone", 72),
            Column("Due", 16, "input text"),
            Column("Revised due", 14, "input text"),
            Column("Status", 18, hint="How it stands.", choices=statuses),
            Column("Month completed", 18, "input month", hint="Type it as July 2026."),
            Column("Recommendation codes", 18, hint="Those that it answers, such as S1, S3."),
        ],
    )


def _draw_narrative(look: Look) -> None:
    draw(
        look,
        "Narrative",
        "Narrative",
        "What is written about each Focus 1 action, in a row for each month.",
        f"{YELLOW} roll-month adds the rows of the next month; State says Carried until somebody "
        "edits them.",
        [
            Column("Month", 17, "input month", hint="Type it as July 2026."),
            Column("Block", 13, hint="The reference of the main action."),
            Column("Title", 32, hint="The title to print."),
            Column("Theme", 36, hint="The theme to print it under.", choices=("{themes}",)),
            Column("Order", 9, hint="1 is printed first in its theme."),
            Column("Summary", 62),
            Column("Next steps", 46),
            Column("State", 12, "text", formula=STATE),
        ],
    )


def _draw_achievements(look: Look) -> None:
    draw(
        look,
        "Achievements",
        "Achievements",
        "What was achieved, month by month, in the words to print.",
        f"{YELLOW} A proposed row says no under Print: word it, and choose yes to print it.",
        [
            Column("Month", 17, "input month", hint="Type it as July 2026."),
            Column("Theme", 38, hint="The theme to print it under.", choices=("{themes}",)),
            Column("Reference", 13),
            Column("Achievement", 80),
            Column("Print", 9, hint="A row that says no is left out.", choices=("yes", "no")),
        ],
    )


def _draw_owners(look: Look) -> None:
    draw(
        look,
        "Owners",
        "Owners",
        "Whom returns are sent to: who each owner is that the tracker names.",
        f"{YELLOW} Where a name stands for several owners, split it; each may have a row too.",
        [
            Column("Name in the tracker", 58, hint="The owner as the tracker spells it."),
            Column(
                "Split into",
                58,
                hint="Where the name stands for several owners: each of them, with a semicolon "
                "or a new line between. Where it looks so and is one: the same name again.",
            ),
            Column("E-mail", 40, "input text", hint="Several addresses have semicolons between."),
            Column("Actions", 12, "count", hint="How many there were when the sheet was made."),
        ],
    )


def _draw_lists(look: Look) -> None:
    draw(
        look,
        "Support lists",
        "SupportThemes",
        "The themes that the drop-downs of the other support sheets offer.",
        "Add a theme below the last one.",
        [Column("Theme", 60)],
    )


def draw(
    look: Look,
    name: str,
    table: str,
    about: str,
    how: str,
    columns: Sequence[Column],
    *,
    paper: str = "A4",
) -> Worksheet:
    """Draw a sheet: its title, what it is for, how to fill it in, and a table with one row."""
    widths = [column.width for column in columns]
    sheet = look.sheet(name, widths=widths, paper=paper, repeat_row=HEADINGS)
    for row, (text, kind) in enumerate(((name, "title"), (about, "about"), (how, "note"))):
        sheet.write(row, 0, text, look.style(kind))
        if kind in ONE_LINE:
            sheet.set_row(row, ONE_LINE[kind])
    headings = [
        {"header": column.heading, "header_format": look.style("heading")}
        | ({"formula": column.formula} if column.formula else {})
        for column in columns
    ]
    row, last = HEADINGS + 1, len(columns) - 1
    options = {"name": table, "columns": headings, "style": None, "description": about}
    sheet.add_table(HEADINGS, 0, row, last, options)
    if any(len(column.heading) > column.width - 2 for column in columns):
        sheet.set_row(HEADINGS, TWO_LINES)
    for at, column in enumerate(columns):
        style = look.style(column.kind)
        if column.formula:
            sheet.write_formula(row, at, column.formula, style, STATE_OF_A_BLANK_ROW)
        else:
            sheet.write_blank(row, at, None, style)
        if column.hint:
            sheet.data_validation(row, at, row, at, _validation(column))
    sheet.freeze_panes(row, 0)
    return sheet


def _validation(column: Column) -> dict[str, Any]:
    hint: dict[str, Any] = {
        "input_title": column.heading,
        "input_message": column.hint,
        "show_error": column.is_strict,
    }
    if column.is_strict:
        hint |= {
            "error_title": column.heading,
            "error_message": "Choose one of the list, or leave the cell blank.",
        }
    if column.choices:
        return {"validate": "list", "source": list(column.choices), **hint}
    return {"validate": "any", **hint}
