"""The two reports as lines for their templates."""

from __future__ import annotations

from sheetplan.cycle.report_kind import APPENDIX, SUMMARY, ReportText, SheetText
from sheetplan.reports import appendix_lines, summary_lines
from sheetplan.reports.content import ExceptionSummary, RecommendationsAppendix
from sheetplan.settings import Settings


def summary_text(summary: ExceptionSummary, settings: Settings) -> ReportText:
    """The exception summary as lines."""
    cells = summary_lines.pack_cells(summary, settings)
    lines = summary_lines.pack_lines(summary, settings)
    return ReportText(
        kind=SUMMARY,
        title=summary_lines.title(summary, settings),
        sheet=SheetText(
            summary_lines.sheet_lines(summary, settings), summary_lines.cells(summary, settings)
        ),
        pack={name: SheetText(lines[name], cells[name]) for name in lines},
    )


def appendix_text(
    appendix: RecommendationsAppendix, settings: Settings, *, plain: bool = False
) -> ReportText:
    """The appendix as lines; `plain` leaves ratings and due dates out."""
    cells = appendix_lines.pack_cells(appendix, settings, plain)
    lines = appendix_lines.pack_lines(appendix, settings, plain)
    return ReportText(
        kind=APPENDIX,
        title=appendix_lines.title(appendix, settings),
        sheet=SheetText(
            appendix_lines.sheet_lines(appendix, settings, plain),
            appendix_lines.cells(appendix, settings),
        ),
        pack={name: SheetText(lines[name], cells[name]) for name in lines},
    )
