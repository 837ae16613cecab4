"""The reports as lines for their templates."""

from __future__ import annotations

from sheetplan.changes.content import PlanChanges
from sheetplan.changes.patterns import SINCE_SHEET
from sheetplan.changes.since_lines import section_lines, since_cover, since_sheet
from sheetplan.cycle.report_kind import APPENDIX, PROGRESS, SUMMARY, ReportText, with_sheets_covered
from sheetplan.model.report_line import SheetText
from sheetplan.reports import appendix_lines, register_lines, summary_lines
from sheetplan.reports.content import ExceptionSummary, RecommendationsAppendix
from sheetplan.reports.cover import COVER
from sheetplan.reports.progress_content import RecommendationProgress
from sheetplan.settings import Settings


def summary_text(
    summary: ExceptionSummary, settings: Settings, changes: PlanChanges | None = None
) -> ReportText:
    """The exception summary as lines; with what changed in the plan since an older copy of it."""

    def sheet() -> SheetText:
        lines = summary_lines.sheet_lines(summary, settings)
        if changes is not None:
            lines += section_lines(changes, settings)
        return SheetText(lines, summary_lines.cells(summary, settings))

    def pack() -> dict[str, SheetText]:
        cells = summary_lines.pack_cells(summary, settings)
        lines = summary_lines.pack_lines(summary, settings)
        texts = {name: SheetText(lines[name], cells[name]) for name in lines}
        if changes is not None:
            texts[COVER] = with_sheets_covered(texts[COVER], [since_cover(changes, settings)])
            texts[SINCE_SHEET.sheet] = since_sheet(changes, summary.month, settings)
        return texts

    return ReportText(SUMMARY, summary_lines.title(summary, settings), sheet, pack)


def appendix_text(
    appendix: RecommendationsAppendix, settings: Settings, *, plain: bool = False
) -> ReportText:
    """The appendix as lines; `plain` leaves ratings and due dates out."""

    def sheet() -> SheetText:
        lines = appendix_lines.sheet_lines(appendix, settings, plain)
        return SheetText(lines, appendix_lines.cells(appendix, settings))

    def pack() -> dict[str, SheetText]:
        cells = appendix_lines.pack_cells(appendix, settings, plain)
        lines = appendix_lines.pack_lines(appendix, settings, plain)
        return {name: SheetText(lines[name], cells[name]) for name in lines}

    return ReportText(APPENDIX, appendix_lines.title(appendix, settings), sheet, pack)


def progress_text(progress: RecommendationProgress, settings: Settings) -> ReportText:
    """How recommendations are answered, as lines."""

    def sheet() -> SheetText:
        lines = register_lines.sheet_lines(progress, settings)
        return SheetText(lines, register_lines.cells(progress, settings))

    return ReportText(
        PROGRESS,
        register_lines.title(progress, settings),
        sheet,
        lambda: register_lines.pack(progress, settings),
    )
