"""The reports, and what each is made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetplan.changes.patterns import SINCE_SHEET
from sheetplan.cycle.backups import EXCEPTION_SUMMARY, RECOMMENDATION_PROGRESS, STATUTORY_APPENDIX
from sheetplan.model.pattern import SheetPatterns
from sheetplan.model.report_line import Line, SheetText
from sheetplan.reports.patterns import (
    APPENDIX_PACK,
    APPENDIX_SHEET,
    REGISTER_PACK,
    REGISTER_SHEET,
    SUMMARY_PACK,
    SUMMARY_SHEET,
)


@dataclass(frozen=True)
class ReportKind:
    """One of the reports.

    Attributes:
        words: What it is called, "exception summary".
        mark: What its generated sheet is marked as.
        template: The name of its template under [templates].
        sheet: Its sheet in the tracker.
        pack: The sheets of the pack.
    """

    words: str
    mark: str
    template: str
    sheet: SheetPatterns
    pack: tuple[SheetPatterns, ...]


SUMMARY = ReportKind(
    EXCEPTION_SUMMARY,
    "exception-summary",
    "exception_summary",
    SUMMARY_SHEET,
    (*SUMMARY_PACK, SINCE_SHEET),
)
APPENDIX = ReportKind(
    STATUTORY_APPENDIX, "statutory-appendix", "statutory_appendix", APPENDIX_SHEET, APPENDIX_PACK
)
PROGRESS = ReportKind(
    RECOMMENDATION_PROGRESS,
    "recommendation-progress",
    "recommendations",
    REGISTER_SHEET,
    REGISTER_PACK,
)
REPORT_KINDS = (SUMMARY, APPENDIX, PROGRESS)


COVERED_SHEET = "sheet"
"""The pattern of a cover's line that names one sheet of the pack."""


def with_sheets_covered(cover: SheetText, lines: Iterable[Line]) -> SheetText:
    """A cover that names more sheets, after those that it names already."""
    end = max(at for at, line in enumerate(cover.lines, 1) if line.pattern == COVERED_SHEET)
    return SheetText([*cover.lines[:end], *lines, *cover.lines[end:]], cover.cells)


@dataclass(frozen=True)
class ReportText:
    """A report in words, ready for its template.

    Of the sheet for the tracker and the pack one is asked for, so each is made when it is.
    """

    kind: ReportKind
    title: str
    make_sheet: Callable[[], SheetText]
    make_pack: Callable[[], Mapping[str, SheetText]]

    @cached_property
    def sheet(self) -> SheetText:
        """What the sheet in the tracker says."""
        return self.make_sheet()

    @cached_property
    def pack(self) -> Mapping[str, SheetText]:
        """What each sheet says that is to be in the pack, by its name in the template, in order."""
        return self.make_pack()
