"""Draws recommendations.xlsx: how the recommendations of registers are answered, and its pack.

On the tracker's sheet A says what a row is about, B how it stands or how many there are, and C, the
widest column, what is to be read.
"""

from __future__ import annotations

from pathlib import Path

from exception_summary import BLANK, draw_cover
from look import Look
from pattern_sheet import Cell, Column, PatternSheet, draw_table, headings, pack_sheet

TITLE = "How recommendations are answered"
WIDTHS = (56, 20, 62, 34, 24, 18)
_STANDS = {
    "delivered": "Delivered",
    "on_track": "On track",
    "at_risk": "At risk",
    "not_rated": "Not rated",
    "outside_the_plan": "Answered outside the plan",
    "no_trace": "No trace in the plan",
    "unknown_reference": "Cites a reference that is not there",
    "not_monitored": "Not monitored through the plan",
}


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_progress(look)
    draw_cover(look)
    _draw_coverage(look)
    _draw_recommendations(look)
    look.finish(title=TITLE)


# ---------------------------------------------------------------- in the tracker


def _draw_progress(look: Look) -> None:
    sheet = PatternSheet(look, "Recommendations answered", widths=WIDTHS, paper="A3", repeat_row=0)
    sheet.value("title", "title")
    sheet.value("about", "about")
    sheet.row("section", [Cell("{text}", "section")], rest="section")
    sheet.row(
        "coverage_heading",
        [
            *headings("Reviewer", "How they stand", "Which"),
            Cell("Recommendations", "count heading"),
        ],
    )
    counted = [Cell("{codes}"), Cell("{count}", "count")]
    sheet.row("reviewer", [Cell("{source}", "label"), Cell("All monitored", "label"), *counted])
    sheet.row("coverage", [Cell("", "label"), Cell("{verdict}", "verdict"), *counted])
    source = sheet.row("source", [Cell("{source}", "theme")], rest="theme")
    sheet.sheet.set_h_pagebreaks([source])  # the coverage on one page, then a reviewer on each
    sheet.row("text", [Cell("{text}", "about")])
    sheet.row(
        "recommendation_heading",
        headings(
            "Recommendation",
            "How it stands",
            "What answers it",
            "What is wrong",
            "Strand",
            "Question",
        ),
    )
    sheet.row(
        "recommendation",
        [
            Cell("\n{text}", strong="{code}"),
            Cell("{verdict}", "verdict"),
            Cell("{answered_by}"),
            Cell("{wrong}"),
            Cell("{strand}"),
            Cell("{question}"),
        ],
    )
    sheet.row("finding_heading", headings("Place", "", "What to put right"))
    sheet.row("finding", [Cell("{place}", "label"), Cell(""), Cell("{message}")])


# ---------------------------------------------------------------- in the pack


def _draw_coverage(look: Look) -> None:
    columns = [
        Column("Reviewer", 34, "{source}", "label"),
        Column("Monitored", 13, "{monitored}", "count"),
        *(Column(words, 15, f"{{{name}}}", "count") for name, words in _STANDS.items()),
    ]
    sheet = pack_sheet(look, "Coverage", columns, paper="A4")
    sheet.note(
        "The first row is for all reviews. Those not monitored are counted in no other column."
    )
    about = "How many recommendations of each reviewer stand in each way."
    draw_table(sheet, "CoverageByReviewer", about, columns, {"coverage": "text"})


def _draw_recommendations(look: Look) -> None:
    columns = [
        Column("Reviewer", 18, "{source}"),
        Column("Question", 14, "{question}"),
        Column("Strand", 18, "{strand}"),
        Column("Code", 11, "{code}", "label"),
        Column("Recommendation", 58, "{text}"),
        Column("How it stands", 20, "{verdict}", "verdict"),
        Column("What answers it", 46, "{answered_by}"),
        Column("What is wrong", 30, "{wrong}"),
        Column("Monitored through the plan", 13, "{monitored}"),
    ]
    sheet = pack_sheet(look, "Recommendations", columns, paper="A3")
    sheet.note(BLANK.replace("the tracker", "the register"))
    about = "Each recommendation, how it stands, and the actions that answer it with their ratings."
    draw_table(sheet, "RecommendationsAnswered", about, columns, {"recommendation": "text"})
