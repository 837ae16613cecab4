"""The exception summary of a month: by theme, what Leadership Team, Cabinet and Audit read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sheetplan.model.action import Tracker
from sheetplan.model.date_findings import date_findings
from sheetplan.model.date_history import DateRecords
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.support import SupportRecords
from sheetplan.reports.achievements import Achievements
from sheetplan.reports.action_lines import ActionLines
from sheetplan.reports.content import ExceptionSummary, Movement, ThemeSummary
from sheetplan.reports.exceptions import attention, exception_lines
from sheetplan.reports.focus_blocks import FocusBlocks
from sheetplan.reports.milestones import milestones_by_theme
from sheetplan.reports.months import months_up_to
from sheetplan.reports.narratives import Narratives
from sheetplan.reports.numbers import numbers, whole_plan
from sheetplan.reports.outline import Outline, outline
from sheetplan.reports.places import found_at, with_those_of
from sheetplan.reports.themes import References, Themes
from sheetplan.settings import Settings

_KINDS = ("milestones", "narrative", "achievements")


def summarise(
    tracker: Tracker,
    records: SupportRecords,
    month: Month,
    settings: Settings,
    plan: Outline | None = None,
    dates: DateRecords | None = None,
) -> ExceptionSummary:
    """Summarise a month of a tracker.

    Args:
        tracker: The actions.
        records: The support sheets.
        month: The reporting month.
        settings: The council's settings.
        plan: The tracker's outline, where that is known.
        dates: What is known of moved dates, and of requests to move them.

    Raises:
        MonthMissingError: the tracker does not have the month.
        MonthEmptyError: nobody has filled the month in.
    """
    months = months_up_to(tracker, month, settings)
    plan = plan or outline(tracker, settings)
    lines = ActionLines(months, records, settings, dates)
    themes, references = Themes(tracker), References(tracker.actions)
    narratives = Narratives(month, records.narratives, plan.blocks, references)
    focus_blocks = FocusBlocks(narratives, themes, lines, settings)
    achievements = Achievements(month, themes, references)
    milestones, lost = milestones_by_theme(records.milestones, month, themes, references, settings)
    blocks, achieved = focus_blocks.by_theme(plan.blocks), achievements.by_theme(records)
    summaries = tuple(
        ThemeSummary(
            title=item.title,
            sheet=item.theme.sheet,
            numbers=numbers(item.reported, months, lines.ratings, settings),
            focus_blocks=blocks.get(place, ()),
            exceptions=exception_lines(item.by_exception, item.title, lines, settings),
            attention=attention(item.reported, item.title, lines, settings),
            achievements=achieved.get(place, ()),
            milestones=milestones.get(place, ()),
        )
        for place, item in enumerate(plan.themes)
    )
    whole = whole_plan([theme.numbers for theme in summaries], months, settings)
    achievements.propose(records, whole.movement[Movement.COMPLETED])
    found = (narratives.findings, focus_blocks.findings, achievements.findings, lost)
    findings = with_those_of(records, _KINDS, chain(_findings(plan, lines, settings), *found))
    return ExceptionSummary(month, lines.previous, whole, summaries, findings)


def _findings(plan: Outline, lines: ActionLines, settings: Settings) -> Iterator[Finding]:
    yield from plan.findings
    for action in plan.reported:
        for finding in (lines.not_understood(action), lines.open_request(action)):
            if finding is not None:
                yield finding
        yield from date_findings(action)
    for action in plan.headings:
        rating = lines.rate(action)
        if rating.meaning in settings.reports.exceptions:
            yield found_at(
                action,
                "status",
                "main-action-rated",
                f"this main action is itself rated {rating.words}, and is not counted, because "
                "its sub-actions are. Rate it N/A, or give the rating to a sub-action.",
                month=lines.month,
            )
