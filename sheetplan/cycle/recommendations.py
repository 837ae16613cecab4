"""How recommendations are answered: the registers' answers, and the ratings of what they cite."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sheetplan.checks.recommendation_notes import notes_left
from sheetplan.cycle.made_sheets import made_sheets
from sheetplan.cycle.register_file import read_register_file
from sheetplan.cycle.report_opening import OpenedTracker, open_for_report
from sheetplan.cycle.report_plan import ReportPlan, ReportResult
from sheetplan.cycle.report_texts import progress_text
from sheetplan.documents.recommendation_progress import write_recommendation_progress
from sheetplan.errors import NoRecommendationsError
from sheetplan.model.month import Month
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.reports.progress_content import RecommendationProgress
from sheetplan.reports.recommendation_progress import recommendation_progress
from sheetplan.sheets.recommendation_reading import RegisterReading, read_recommendations
from sheetplan.sheets.support_columns import RECOMMENDATIONS


@collecting_no_garbage()
def plan_recommendations(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    register: str | Path | None = None,
    profile: str | Path | None = None,
    replace: bool = False,
    checked: bool = False,
) -> ReportPlan[RecommendationProgress]:
    """Plan the report on how recommendations are answered.

    The statutory recommendations of the tracker's support sheets stand beside those of registers.

    Args:
        tracker: The workbook.
        month: The month whose ratings count; the tracker's latest when None.
        register: A workbook that holds the register; the tracker's own sheets when None.
        profile: A settings file, or the name of a built-in profile.
        replace: Whether a generated sheet that somebody edited may be replaced.
        checked: Whether to refuse while `check` finds an error that nobody has answered.

    Raises:
        WorkbookError: a file cannot be read or is in use.
        LayoutError: no tracker sheet, or no register in the workbook that was named as one.
        MonthError: the tracker does not have the month, or nobody has filled it in.
        SettingsError: sheetplan.toml cannot be understood.
        NoRecommendationsError: there is no recommendation.
        UnansweredErrorsError: the plan was to be checked, and has an error.
    """
    with open_for_report(Path(tracker), Month.given(month), profile, checked=checked) as opened:
        if register is None:
            found = _of_tracker(opened)
        else:
            found = read_register_file(Path(register), opened.settings)
        content = recommendation_progress(
            opened.tracker,
            opened.records,
            found.recommendations,
            opened.month,
            opened.settings,
            (*found.findings, *notes_left(found.recommendations, opened.settings)),
        )
        if not content.lines:
            raise _nothing_to_report(opened, found)
        document = partial(write_recommendation_progress, content, opened.settings)
        texts = [progress_text(content, opened.settings)]
        return ReportPlan.of(opened, content, texts, document, replace=replace)


@collecting_no_garbage()
def recommendations(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    register: str | Path | None = None,
    output: str | Path | None = None,
    word: str | Path | None = None,
    profile: str | Path | None = None,
    replace: bool = False,
    checked: bool = False,
) -> list[ReportResult]:
    """Write how recommendations are answered: as a sheet of the tracker, or as files of its own.

    Args:
        tracker: The workbook.
        month: The month whose ratings count, such as "2023-07"; the tracker's latest when None.
        register: A workbook that holds the register; the tracker's own sheets when None.
        output: A new workbook that holds it as a pack, the tracker staying as it is.
        word: A new Word document, the tracker staying as it is; needs the extra [word].
        profile: A settings file, or the name of a built-in profile.
        replace: Whether a generated sheet that somebody edited may be replaced.
        checked: Whether to refuse while `check` finds an error that nobody has answered.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
        ValueError: `month` is no month.
    """
    plan = plan_recommendations(
        tracker, month, register=register, profile=profile, replace=replace, checked=checked
    )
    return plan.write(output, word)


def _of_tracker(opened: OpenedTracker) -> RegisterReading:
    """The registers among the sheets of a tracker: no theme, and none that sheetplan made but the
    support sheet of recommendations, to which a council may add its answers."""
    made = set(made_sheets(opened.workbook))
    made.discard(opened.records.sheets.get(RECOMMENDATIONS.name, ""))
    themes = {item.sheet.name for item in opened.reading.trackers}
    return read_recommendations(opened.workbook, opened.settings, without=made | themes)


def _nothing_to_report(opened: OpenedTracker, found: RegisterReading) -> NoRecommendationsError:
    if found.sheets:
        empty = found.findings[0].sheet if found.findings else found.sheets[0]
        return NoRecommendationsError(
            f"the register {empty} has headings, and no recommendation under them.",
            remedy="Fill it in, and run this again.",
        )
    return NoRecommendationsError(
        "there is no recommendation to report on: no sheet of the tracker is a register, and none "
        "holds statutory recommendations.",
        where=opened.path,
        remedy="If the register is a workbook of its own, name it with --register FILE. If it is a "
        'sheet of the tracker, it needs headings such as "Recommendation" and "Response"; other '
        "words go under [recommendations] in sheetplan.toml.",
    )
