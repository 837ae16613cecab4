"""The exception summary as a Word document: a row for each theme.

Theme | Summary | Achievements | Key milestones.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sheetplan.documents.writing import Cell, Paper, due_words, sentences
from sheetplan.reports.content import (
    AchievementMonth,
    ActionLine,
    ExceptionSummary,
    FocusBlock,
    MilestoneLine,
    ThemeSummary,
)
from sheetplan.reports.cover import title_of
from sheetplan.reports.line_values import issue_said
from sheetplan.settings import Settings
from sheetplan.settings.reports import ReportSettings

_WIDTHS = (40, 126, 51, 50)  # millimetres; together the page between its margins


def write_theme_summary(summary: ExceptionSummary, settings: Settings, target: Path) -> None:
    """Write the theme progress summary of a month to a new document.

    Args:
        summary: What it says.
        settings: The council's settings, with the phrases that are printed.
        target: The new file, which ends in .docx.

    Raises:
        MissingExtraError: python-docx is not installed.
        CannotWriteError: the file cannot be there.
    """
    reports = settings.reports
    paper = Paper(title_of("summary_title", summary.month, settings), reports)
    paper.text(summary.numbers.sentence, label=f"{reports.say('whole_plan')}:")
    paper.links([theme.title for theme in summary.themes])
    table = paper.table(
        [
            reports.say(phrase)
            for phrase in ("theme", "summary", "section_achievements", "section_milestones")
        ],
        _WIDTHS,
        reports.say("word_about"),
    )
    for number, theme in enumerate(summary.themes, 1):
        name, report, achievements, milestones = table.row()
        name.heading(theme.title, 2, link=number)
        _write_report(report, theme, reports)
        _write_achievements(achievements, theme.achievements, reports)
        _write_milestones(milestones, theme.milestones, reports)
    paper.save(target)


def _write_report(cell: Cell, theme: ThemeSummary, reports: ReportSettings) -> None:
    cell.text(theme.numbers.sentence)
    cell.heading(reports.say("section_focus"), 3)
    if not theme.focus_blocks:
        cell.text(reports.say("no_focus"))
    for block in theme.focus_blocks:
        _write_block(cell, block, reports)
    cell.heading(reports.say("section_exceptions"), 3)
    if not theme.exceptions:
        cell.text(reports.say("no_exceptions"))
    for line in theme.exceptions:
        cell.text(_why(line, reports), label=_what(line, reports))
        cell.text(reports.say("commentary", commentary=line.commentary))


def _write_block(cell: Cell, block: FocusBlock, reports: ReportSettings) -> None:
    cell.heading(block.title, 4)
    cell.heading(reports.say("summary"), 5)
    cell.text(block.summary)
    cell.heading(reports.say("progress"), 5)
    updates = [
        reports.say("update", reference=reference, update=update)
        for reference, update in block.progress
    ]
    cell.bullets(updates, otherwise=reports.say("no_progress"))
    cell.heading(reports.say("next_steps"), 5)
    cell.text(block.next_steps)
    cell.heading(reports.say("issues"), 5)
    issues = [sentences(_what(line, reports), _why(line, reports)) for line in block.issues]
    cell.bullets(issues, otherwise=reports.say("no_issues"))


def _what(line: ActionLine, reports: ReportSettings) -> str:
    return sentences(issue_said(line, reports))


def _why(line: ActionLine, reports: ReportSettings) -> str:
    reason = "" if line.reason == line.rating.words else line.reason  # on hold because on hold
    return sentences(due_words(line, reports), reason, line.change_control)


def _write_achievements(
    cell: Cell, months: Iterable[AchievementMonth], reports: ReportSettings
) -> None:
    for month in months:
        cell.heading(month.month.label, 3)
        wordings = [wording for _, wording in month.items]
        cell.bullets(wordings, otherwise=reports.say("none_recorded"))
    if cell.is_empty:
        cell.text(reports.say("no_achievements"))


def _write_milestones(
    cell: Cell, milestones: Iterable[MilestoneLine], reports: ReportSettings
) -> None:
    cell.bullets(
        [milestone.words for milestone in milestones], otherwise=reports.say("no_milestones")
    )
