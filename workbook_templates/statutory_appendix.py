"""Draws statutory_appendix.xlsx: the appendix as it stands in the tracker, and its published pack.

As in the exception summary, A says what a row is about, B its rating, and C is what is read.
"""

from __future__ import annotations

from pathlib import Path

from exception_summary import BLANK, draw_cover, draw_milestones
from look import Look
from pattern_sheet import Cell, Column, PatternSheet, draw_table, headings, pack_sheet

TITLE = "Progress on statutory recommendations"
WIDTHS = (32, 16, 74, 14, 13)


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_appendix(look)
    draw_cover(look)
    _draw_recommendations(look)
    _draw_progress(look)
    _draw_plain_progress(look)
    _draw_milestone_table(look)
    look.finish(title=TITLE)


# ---------------------------------------------------------------- in the tracker


def _draw_appendix(look: Look) -> None:
    sheet = PatternSheet(look, "Statutory appendix", widths=WIDTHS, paper="A4", repeat_row=0)
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.row(
        "recommendation",
        [Cell("Recommendation {code}", "theme"), Cell("", "theme"), Cell("{text}", "theme text")],
        rest="theme",
    )
    sheet.row("fact", [Cell("{label}", "plain label"), Cell("", "plain"), Cell("{text}", "plain")])
    sheet.row("theme", [Cell("{theme}", "section")], rest="section")
    sheet.row("heading", [Cell("{text}", "block")])
    sheet.row("text", [Cell("{text}", "about")])
    sheet.row("item_heading", headings("Action", "Rating", "Latest update", "Update of", "Due"))
    sheet.row(
        "item",
        [
            Cell("\n{action}", strong="{reference}"),
            Cell("{rating}", "rating"),
            Cell("{update}"),
            Cell("{dated}"),
            Cell("{due}"),
        ],
    )
    sheet.row(
        "plain_item",
        [
            Cell("Latest update", "plain label"),
            Cell("", "plain"),
            Cell("{update}", "plain"),
            Cell("{dated}", "plain"),
        ],
    )
    sheet.row("section", [Cell("{text}", "section")], rest="section")
    draw_milestones(sheet)
    sheet.row("finding_heading", headings("Place", "", "What to put right"))
    sheet.row("finding", [Cell("{place}", "label"), Cell(""), Cell("{message}")])


# ---------------------------------------------------------------- in the pack


def _draw_recommendations(look: Look) -> None:
    columns = [
        Column("Recommendation", 19, "{code}", "label"),
        Column("Source", 16, "{source}"),
        Column("Text", 52, "{text}"),
        Column("Sent and considered", 24, "{dates}"),
        Column("Accepted", 13, "{accepted}"),
        Column("Auditor's latest view", 26, "{auditor_view}"),
    ]
    sheet = pack_sheet(look, "Recommendations", columns, paper="A4")
    sheet.note(BLANK)
    about = "Each recommendation in full, when it was sent and considered, and the auditor's view."
    draw_table(sheet, "RecommendationsInFull", about, columns, {"recommendation": "text"})


def _draw_progress(look: Look) -> None:
    columns = [
        Column("Recommendation", 19, "{code}", "label"),
        Column("Theme", 22, "{theme}"),
        Column("Heading", 22, "{heading}"),
        Column("Reference", 13, "{reference}", "label"),
        Column("Action", 34, "{action}"),
        Column("Rating", 17, "{rating}", "rating"),
        Column("Latest update", 62, "{update}"),
        Column("Update of", 13, "{dated}"),
        Column("Due", 12, "{due}"),
    ]
    sheet = pack_sheet(look, "Recommendation progress", columns, paper="A3")
    sheet.note(_DATED)
    about = "The latest update of every action that answers a recommendation."
    draw_table(sheet, "RecommendationProgress", about, columns, {"item": "text"})


def _draw_plain_progress(look: Look) -> None:
    columns = [
        Column("Recommendation", 19, "{code}", "label"),
        Column("Theme", 24, "{theme}"),
        Column("Heading", 24, "{heading}"),
        Column("Latest update", 68, "{update}"),
        Column("Update of", 13, "{dated}"),
    ]
    sheet = pack_sheet(look, "Progress without ratings", columns, paper="A4")
    sheet.note(_DATED)
    about = "The latest update of every action that answers a recommendation."
    draw_table(sheet, "ProgressWithoutRatings", about, columns, {"plain_item": "text"})


def _draw_milestone_table(look: Look) -> None:
    columns = [
        Column("Recommendation", 19, "{code}", "label"),
        Column("Reference", 13, "{reference}"),
        Column("Milestone", 74, "{milestone}"),
        Column("Due", 14, "{due}"),
        Column("Status", 22, "{status}", "rating"),
    ]
    sheet = pack_sheet(look, "Recommendation milestones", columns, paper="A4")
    sheet.note(BLANK)
    about = "The milestones of each recommendation, the open ones first."
    draw_table(sheet, "RecommendationMilestones", about, columns, {"milestone": "text"})


_DATED = f'{BLANK} "Update of" is blank where the update is that of the reporting month.'
