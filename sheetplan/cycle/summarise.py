"""Summarising a month: what Leadership Team, Cabinet and Audit Committee read, theme by theme."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sheetplan.changes.comparing import compare as changes_between
from sheetplan.changes.content import PlanFile
from sheetplan.cycle.compare import read_plan, same_file
from sheetplan.cycle.report_opening import open_for_report
from sheetplan.cycle.report_plan import ReportPlan, ReportResult
from sheetplan.cycle.report_texts import appendix_text, summary_text
from sheetplan.documents.theme_summary import write_theme_summary
from sheetplan.model.month import Month
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.reports.appendix import appendix as appendix_of
from sheetplan.reports.content import ExceptionSummary
from sheetplan.reports.outline import outline
from sheetplan.reports.summary import summarise as summary_of


@collecting_no_garbage()
def plan_summarise(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    since: str | Path | None = None,
    profile: str | Path | None = None,
    replace: bool = False,
    checked: bool = False,
) -> ReportPlan[ExceptionSummary]:
    """Plan the exception summary of a month.

    Args:
        tracker: The workbook.
        month: The reporting month; the tracker's latest when None.
        since: An older copy of the tracker; what changed in the plan since then is told at the end
            of the summary, and on a sheet of the pack.
        profile: A settings file, or the name of a built-in profile.
        replace: Whether a generated sheet that somebody edited may be replaced.
        checked: Whether to refuse while `check` finds an error that nobody has answered.

    Raises:
        WorkbookError: the file cannot be read or is in use.
        LayoutError: no tracker sheet.
        MonthError: the tracker does not have the month, or nobody has filled it in.
        NothingInCommonError: no action of the older copy is in the tracker.
        SettingsError: sheetplan.toml cannot be understood.
        UnansweredErrorsError: the plan was to be checked, and has an error.
    """
    older = None if since is None else read_plan(Path(since), profile=profile)
    with open_for_report(Path(tracker), Month.given(month), profile, checked=checked) as opened:
        plan = outline(opened.tracker, opened.settings)
        known = (
            opened.tracker, opened.records, opened.month, opened.settings, plan, opened.dates,
        )  # fmt: skip
        content = summary_of(*known)
        newer = PlanFile(opened.path.name, opened.tracker, opened.settings)
        changes = None if older is None else changes_between(older, newer)
        findings = list(same_file(Path(since), opened.path)) if since is not None else []
        findings += changes.findings if changes is not None else ()
        texts = [summary_text(content, opened.settings, changes)]
        if opened.has_recommendations:
            texts.append(appendix_text(appendix_of(*known), opened.settings))
        document = partial(write_theme_summary, content, opened.settings)
        return ReportPlan.of(
            opened, content, texts, document, replace=replace, more_findings=findings
        )


@collecting_no_garbage()
def summarise(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    output: str | Path | None = None,
    word: str | Path | None = None,
    since: str | Path | None = None,
    profile: str | Path | None = None,
    replace: bool = False,
    checked: bool = False,
) -> list[ReportResult]:
    """Write the exception summary: as a sheet of the tracker, or as files of its own.

    Args:
        tracker: The workbook.
        month: The reporting month, such as "2023-07"; the tracker's latest when None.
        output: A new workbook that holds it as a pack, the tracker staying as it is.
        word: A new Word document, the tracker staying as it is; needs the extra [word].
        since: An older copy of the tracker, to tell what changed in the plan since then.
        profile: A settings file, or the name of a built-in profile.
        replace: Whether a generated sheet that somebody edited may be replaced.
        checked: Whether to refuse while `check` finds an error that nobody has answered.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
        ValueError: `month` is no month.
    """
    plan = plan_summarise(
        tracker, month, since=since, profile=profile, replace=replace, checked=checked
    )
    return plan.write(output, word)
