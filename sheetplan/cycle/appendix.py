"""The appendix on recommendations: progress on each, in the words of the actions that answer it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sheetplan.cycle.report_opening import open_for_report
from sheetplan.cycle.report_plan import ReportPlan, ReportResult
from sheetplan.cycle.report_texts import appendix_text
from sheetplan.documents.recommendations import write_recommendations
from sheetplan.model.month import Month
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.reports.appendix import appendix as appendix_of
from sheetplan.reports.content import RecommendationsAppendix


@collecting_no_garbage()
def plan_appendix(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    profile: str | Path | None = None,
    replace: bool = False,
    checked: bool = False,
    plain: bool = False,
) -> ReportPlan[RecommendationsAppendix]:
    """Plan the appendix on the recommendations for a month.

    Args:
        tracker: The workbook.
        month: The reporting month; the tracker's latest when None.
        profile: A settings file, or the name of a built-in profile.
        replace: Whether a generated sheet that somebody edited may be replaced.
        checked: Whether to refuse while `check` finds an error that nobody has answered.
        plain: Whether ratings and due dates are left out.

    Raises:
        WorkbookError: the file cannot be read or is in use.
        LayoutError: no tracker sheet.
        MonthError: the tracker does not have the month, or nobody has filled it in.
        SettingsError: sheetplan.toml cannot be understood.
        UnansweredErrorsError: the plan was to be checked, and has an error.
        NoRecommendationsError: the tracker has no recommendations.
    """
    with open_for_report(Path(tracker), Month.given(month), profile, checked=checked) as opened:
        opened.refuse_without_recommendations()
        content = appendix_of(
            opened.tracker, opened.records, opened.month, opened.settings, dates=opened.dates
        )
        text = appendix_text(content, opened.settings, plain=plain)
        document = partial(write_recommendations, content, opened.settings, plain=plain)
        return ReportPlan.of(opened, content, [text], document, replace=replace)


@collecting_no_garbage()
def appendix(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    output: str | Path | None = None,
    word: str | Path | None = None,
    profile: str | Path | None = None,
    replace: bool = False,
    checked: bool = False,
    plain: bool = False,
) -> list[ReportResult]:
    """Write the appendix: as a sheet of the tracker, or as files of its own.

    Args:
        tracker: The workbook.
        month: The reporting month, such as "2023-07"; the tracker's latest when None.
        output: A new workbook that holds it as a pack, the tracker staying as it is.
        word: A new Word document, the tracker staying as it is; needs the extra [word].
        profile: A settings file, or the name of a built-in profile.
        replace: Whether a generated sheet that somebody edited may be replaced.
        checked: Whether to refuse while `check` finds an error that nobody has answered.
        plain: Whether ratings and due dates are left out.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
        ValueError: `month` is no month.
    """
    plan = plan_appendix(
        tracker, month, profile=profile, replace=replace, checked=checked, plain=plain
    )
    return plan.write(output, word)
