"""The appendix on recommendations as a Word document: a row for each of them.

Recommendation | Summary | Milestones.
"""

from __future__ import annotations

from pathlib import Path

from sheetplan.documents.writing import Cell, Paper, due_words, sentences
from sheetplan.reports.content import (
    AppendixBlock,
    AppendixItem,
    AppendixTheme,
    RecommendationsAppendix,
)
from sheetplan.reports.cover import title_of
from sheetplan.settings import Settings
from sheetplan.settings.reports import ReportSettings

_WIDTHS = (70, 130, 67)  # millimetres; together the page between its margins


def write_recommendations(
    appendix: RecommendationsAppendix, settings: Settings, target: Path, *, plain: bool = False
) -> None:
    """Write the appendix of a month to a new document.

    What is wrong with the map is for officers to mend, and not for a committee: it stays out.

    Args:
        appendix: What it says.
        settings: The council's settings, with the phrases that are printed.
        target: The new file, which ends in .docx.
        plain: Whether references, ratings and due dates are left out.

    Raises:
        MissingExtraError: python-docx is not installed.
        CannotWriteError: the file cannot be there.
    """
    reports = settings.reports
    paper = Paper(title_of("appendix_title", appendix.month, settings), reports)
    paper.links([block.code for block in appendix.blocks])
    table = paper.table(
        [reports.say(phrase) for phrase in ("recommendation", "summary", "milestones")],
        _WIDTHS,
        reports.say("appendix_about"),
    )
    for number, block in enumerate(appendix.blocks, 1):
        recommendation, summary, milestones = table.row()
        recommendation.heading(block.code, 2, link=number)
        _write_recommendation(recommendation, block, reports)
        for theme in block.themes:
            _write_theme(summary, theme, reports, plain)
        _write_milestones(milestones, block, reports)
    paper.save(target)


def _write_recommendation(cell: Cell, block: AppendixBlock, reports: ReportSettings) -> None:
    cell.text(block.text)
    for phrase, fact in (
        ("source", block.source),
        ("dates", block.dates),
        ("accepted", block.accepted),
        ("auditor_view", block.auditor_view),
    ):
        cell.text(fact, label=f"{reports.say(phrase)}:")


def _write_theme(cell: Cell, theme: AppendixTheme, reports: ReportSettings, plain: bool) -> None:
    cell.heading(theme.title, 3)
    if not theme.groups:
        cell.text(reports.say("no_actions_in_theme"))
    for group in theme.groups:
        cell.heading(group.heading, 4)
        cell.bullets([_item_words(item, reports, plain) for item in group.items])


def _item_words(item: AppendixItem, reports: ReportSettings, plain: bool) -> str:
    """The update as typed, and on a line of its own what else is to be said of it."""
    dated = "" if item.dated is None else reports.say("dated", month=item.dated)
    if plain:
        return "\n".join(filter(None, (item.update, dated)))
    due = due_words(item, reports)
    update = reports.say("update", reference=item.reference, update=item.update)
    return f"{update}\n{sentences(dated, item.rating.words, due)}"


def _write_milestones(cell: Cell, block: AppendixBlock, reports: ReportSettings) -> None:
    cell.bullets([milestone.words for milestone in block.open_milestones])
    if block.completed_milestones:
        cell.heading(reports.say("completed_milestones"), 3)
        cell.bullets([milestone.words for milestone in block.completed_milestones])
    if cell.is_empty:
        cell.text(reports.say("no_milestones"))
