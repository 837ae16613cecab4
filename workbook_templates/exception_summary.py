"""Draws exception_summary.xlsx: the summary as it stands in the tracker, and its published pack.

The grid of the tracker's sheet serves rows of many kinds without a merged cell: what a row is
about stands in A, its rating or number in B, and what is to be read in C, the widest column.
"""

from __future__ import annotations

from pathlib import Path

from look import Look
from pattern_sheet import Cell, Column, PatternSheet, draw_table, headings, pack_sheet
from ratings_chart import place_chart

TITLE = "Improvement Plan exception summary"
WIDTHS = (28, 15, 84, 12, 13, 14, 15, 14, 15, 24)
CHART_SIZE = (1180, 350)
CHART_HEIGHT = 290
CHART_NOTE = "Chart: actions of the whole plan by rating in each month; the table has the numbers."
BLANK = "A blank cell means that the tracker does not say."
NUMBERS = {
    "on_track": "On track",
    "medium_progress": "Medium progress",
    "significant_slippage": "Significant slippage",
    "on_hold": "On hold",
    "not_due_to_start": "Not due to start",
    "complete": "Complete",
    "closed": "Closed",
}
UNRATED = {
    "not_applicable": "Not applicable",
    "assurance_action": "Assurance action",
    "new_action": "New action",
    "no_update": "No update",
    "not_understood": "Not understood",
}


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_summary(look)
    draw_cover(look)
    _draw_numbers(look)
    _draw_movement(look)
    _draw_focus(look)
    _draw_exceptions(look)
    _draw_attention(look)
    _draw_achievements(look)
    _draw_milestone_table(look)
    _draw_changes(look)
    look.finish(title=TITLE)


# ---------------------------------------------------------------- in the tracker


def _draw_summary(look: Look) -> None:
    sheet = PatternSheet(look, "Exception summary", widths=WIDTHS, paper="A3", repeat_row=0)
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.value("numbers", "strong note")
    theme = sheet.row("theme", [Cell("{theme}", "theme")], rest="theme")
    sheet.sheet.set_h_pagebreaks([theme])  # the whole plan on one page, then theme by theme
    sheet.row("section", [Cell("{text}", "section")], rest="section")
    sheet.row("text", [Cell("{text}", "about")])
    months = _draw_months(sheet)
    chart = sheet.row("chart", [Cell(CHART_NOTE, "note")], height=CHART_HEIGHT)
    columns = {rating: number for number, rating in enumerate(NUMBERS, 3)}
    place_chart(sheet, chart, months, 0, columns, top=24, size=CHART_SIZE)
    sheet.row(
        "movement_heading",
        [Cell("Movement", "heading"), Cell("Actions", "count heading"), *headings("References")],
    )
    sheet.row(
        "movement", [Cell("{movement}", "label"), Cell("{count}", "count"), Cell("{references}")]
    )
    sheet.row("block", [Cell("{reference}  {title}", "block")], rest="block")
    sheet.row(
        "labelled", [Cell("{label}", "plain label"), Cell("", "plain"), Cell("{text}", "plain")]
    )
    _draw_actions(sheet)
    sheet.row("achievement_heading", headings("Month", "Reference", "Achievement"))
    sheet.row("achievement", [Cell("{month}", "label"), Cell("{reference}"), Cell("{wording}")])
    draw_milestones(sheet)
    sheet.row("change_heading", headings("Action", "Change", "Before → after, new words bold"))
    sheet.row(
        "change", [Cell("\n{action}", strong="{reference}"), Cell("{change}"), Cell("{text}")]
    )


def _draw_months(sheet: PatternSheet) -> int:
    sheet.row(
        "month_heading",
        [
            *headings("Month"),
            Cell("Actions", "count heading"),
            *headings("On track or complete, and actions that have no rating"),
            *(Cell(words, "count heading") for words in NUMBERS.values()),
        ],
    )
    unrated = ", ".join(f"{words.lower()} {{{rating}}}" for rating, words in UNRATED.items())
    cells = [
        Cell("{month}", "label"),
        Cell("{total}", "count"),
        Cell(f"{{on_track_or_complete}}; {unrated}"),
        *(Cell(f"{{{rating}}}", "count") for rating in NUMBERS),
    ]
    row = sheet.row("month", cells)
    sheet.row("theme_month", cells)
    return row


def _draw_actions(sheet: PatternSheet) -> None:
    action = Cell("\n{action}", strong="{reference}")
    told = [action, Cell("{rating}", "rating"), Cell("{commentary}"), Cell("{due}")]
    sheet.row(
        "exception_heading",
        headings(
            "Action",
            "Rating",
            "Progress commentary",
            "Due",
            "Slippage",
            "Lead",
            "Reason",
            "Change control",
            "Last month",
            "Months before",
        ),
    )
    sheet.row(
        "exception",
        [
            *told,
            Cell("{slippage}"),
            Cell("{lead}"),
            Cell("{reason}"),
            Cell("{change_control}"),
            Cell("{last_rating}"),
            Cell("{history}"),
        ],
    )
    sheet.row(
        "attention_heading",
        headings("Action", "Rating", "Progress commentary", "Due", "To note", "Lead"),
    )
    sheet.row("attention", [*told, Cell("{why}"), Cell("{lead}")])


def draw_milestones(sheet: PatternSheet) -> None:
    """Draw the rows of milestones on a sheet of the tracker."""
    sheet.row("milestone_heading", headings("Reference", "Status", "Milestone", "Due"))
    sheet.row(
        "milestone",
        [
            Cell("{reference}", "label"),
            Cell("{status}", "rating"),
            Cell("{milestone}"),
            Cell("{due}"),
        ],
    )


# ---------------------------------------------------------------- in the pack


def draw_cover(look: Look) -> None:
    """Draw the cover: what it is, of which month, whom to ask, what is in it, and a key."""
    sheet = PatternSheet(look, "Cover", widths=(34, 100), paper="A4")
    sheet.value("title", "title")
    sheet.value("about", "about")
    for name, label in (
        ("council", "Council"),
        ("month", "Reporting month"),
        ("contact", "Contact"),
    ):
        sheet.sheet.write(sheet.next_row, 0, label, look.style("plain label"))
        sheet.value(name, "plain", column=1)
    sheet.row("sheet_heading", headings("Sheet", "What it holds"))
    sheet.row("sheet", [Cell("{sheet}", "label"), Cell("{about}")])
    sheet.row("key_heading", headings("Rating", "What it means"))
    sheet.row("key", [Cell("{rating}", "rating"), Cell("{meaning}")])


def _draw_numbers(look: Look) -> None:
    counts = NUMBERS | UNRATED | {"total": "Total"}
    columns = [
        Column("Theme", 26, "{theme}"),
        Column("Month", 15, "{month}"),
        *(Column(words, 12.5, f"{{{rating}}}", "count") for rating, words in counts.items()),
        Column("On track or complete", 20, "{on_track_or_complete}"),
    ]
    sheet = pack_sheet(look, "Numbers", columns, paper="A3")
    chart = sheet.note(CHART_NOTE, height=CHART_HEIGHT)
    drawn = draw_table(
        sheet,
        "RatingsByMonth",
        "How many actions had each rating, by theme and month; the whole plan comes first.",
        columns,
        {"month": "label", "theme_month": "text"},
    )
    places = {rating: number for number, rating in enumerate(counts, 2)}
    place_chart(sheet, chart, drawn["month"], 1, places, top=24, size=CHART_SIZE)


def _draw_movement(look: Look) -> None:
    columns = [
        Column("Theme", 28, "{theme}"),
        Column("Movement", 18, "{movement}", "label"),
        Column("Actions", 12, "{count}", "count"),
        Column("References", 78, "{references}"),
    ]
    note = "Ratings of this month against last month. A blank cell means that no action moved so."
    sheet = pack_sheet(look, "Movement", columns, paper="A4")
    sheet.note(note)
    about = "How ratings moved from last month to this, with the references of the actions."
    draw_table(sheet, "RatingMovement", about, columns, {"movement": "text"})


def _draw_focus(look: Look) -> None:
    columns = [
        Column("Theme", 18, "{theme}"),
        Column("Reference", 13, "{reference}"),
        Column("Title", 20, "{title}", "label"),
        Column("Part", 14, "{label}", "label"),
        Column("Text", 76, "{text}"),
    ]
    sheet = pack_sheet(look, "Focus 1", columns, paper="A4")
    sheet.note(BLANK)
    about = "The actions that are reported in full: summary, progress, next steps, issues."
    draw_table(sheet, "FocusInFull", about, columns, {"labelled": "text"})


def _draw_exceptions(look: Look) -> None:
    columns = [
        Column("Theme", 15, "{theme}"),
        Column("Reference", 13, "{reference}", "label"),
        Column("Action", 24, "{action}"),
        Column("Rating", 14, "{rating}", "rating"),
        Column("Progress commentary", 66, "{commentary}"),
        Column("Due", 12, "{due}"),
        Column("Slippage", 13, "{slippage}"),
        Column("Lead", 14, "{lead}"),
        Column("Reason", 16, "{reason}"),
        Column("Change control", 15, "{change_control}"),
        Column("Last month", 14, "{last_rating}"),
        Column("Months before", 24, "{history}"),
    ]
    sheet = pack_sheet(look, "Exceptions", columns, paper="A3")
    sheet.note(BLANK)
    about = "Actions rated red, amber or on hold, with due date, slippage, reason and commentary."
    draw_table(sheet, "Exceptions", about, columns, {"exception": "text"})


def _draw_attention(look: Look) -> None:
    columns = [
        Column("Theme", 22, "{theme}"),
        Column("To note", 22, "{why}"),
        Column("Reference", 13, "{reference}", "label"),
        Column("Action", 36, "{action}"),
        Column("Rating", 18, "{rating}", "rating"),
        Column("Progress commentary", 66, "{commentary}"),
        Column("Due", 12, "{due}"),
        Column("Lead", 18, "{lead}"),
    ]
    sheet = pack_sheet(look, "To note", columns, paper="A3")
    sheet.note(BLANK)
    about = "Actions without an update, not understood, with a copied update, or due soon."
    draw_table(sheet, "ActionsToNote", about, columns, {"attention": "text"})


def _draw_achievements(look: Look) -> None:
    columns = [
        Column("Theme", 30, "{theme}"),
        Column("Month", 16, "{month}"),
        Column("Reference", 13, "{reference}", "label"),
        Column("Achievement", 80, "{wording}"),
    ]
    sheet = pack_sheet(look, "Achievements", columns, paper="A4")
    sheet.note(BLANK)
    about = "What was achieved, by theme, the newest month first."
    draw_table(sheet, "AchievementsByMonth", about, columns, {"achievement": "text"})


def _draw_milestone_table(look: Look) -> None:
    columns = [
        Column("Theme", 28, "{theme}"),
        Column("Reference", 13, "{reference}", "label"),
        Column("Milestone", 62, "{milestone}"),
        Column("Due", 14, "{due}"),
        Column("Status", 20, "{status}", "rating"),
    ]
    sheet = pack_sheet(look, "Milestones", columns, paper="A4")
    sheet.note(BLANK)
    about = "The milestones of each theme, with due date and status."
    draw_table(sheet, "MilestonesByTheme", about, columns, {"milestone": "text"})


def _draw_changes(look: Look) -> None:
    columns = [
        Column("Theme", 22, "{theme}"),
        Column("Reference", 13, "{reference}", "label"),
        Column("Action", 40, "{action}"),
        Column("Change", 18, "{change}", "label"),
        Column("Before", 54, "{before}"),
        Column("After, new words bold", 54, "{after}"),
    ]
    sheet = pack_sheet(look, "Changes", columns, paper="A3")
    sheet.note(BLANK)
    about = "What became of the plan's actions, dates and words since an older copy of it."
    draw_table(sheet, "ChangesOfThePlan", about, columns, {"change": "text"})
