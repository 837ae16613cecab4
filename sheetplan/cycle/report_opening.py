"""Opening a tracker to report on it: its actions, its support sheets, and the month."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.checked_report import refuse_unchecked
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.errors import NoRecommendationsError
from sheetplan.model.action import Tracker
from sheetplan.model.date_history import DateRecords
from sheetplan.model.month import Month
from sheetplan.model.return_records import ReturnRecords
from sheetplan.model.support import SupportRecords
from sheetplan.ooxml.saving import FileState
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.date_records import date_records
from sheetplan.reports.recommendation_register import register
from sheetplan.settings import Settings, find_settings
from sheetplan.sheets.reading import WorkbookReading, read_layouts, read_tracker
from sheetplan.sheets.register_reading import read_registers
from sheetplan.sheets.support_reading import read_support


@dataclass(frozen=True)
class OpenedTracker:
    """A tracker that is to be reported on.

    Attributes:
        path: The tracker.
        workbook: The tracker, open.
        state: The file as it was when it was read.
        settings: The council's settings.
        reading: Where everything stands on its sheets.
        tracker: Its actions.
        records: What its support sheets say.
        registers: What its registers say.
        dates: What those say of moved dates, and of requests to move them.
        month: The reporting month.
    """

    path: Path
    workbook: Workbook
    state: FileState
    settings: Settings
    reading: WorkbookReading
    tracker: Tracker
    records: SupportRecords
    registers: ReturnRecords
    dates: DateRecords
    month: Month

    @property
    def has_recommendations(self) -> bool:
        """Whether there is anything for an appendix to say."""
        return bool(register(self.tracker, self.records).recommendations)

    def refuse_without_recommendations(self) -> None:
        """Raise NoRecommendationsError where an appendix would be empty."""
        if self.has_recommendations:
            return
        raise NoRecommendationsError(
            "there is no recommendation to report on.",
            where=self.path,
            remedy="Fill in the sheet Recommendations and its map; sheetplan prepare adds them "
            "where they are missing."
            if "recommendations" in self.records.sheets
            else f"sheetplan prepare {self.path.name} adds the sheets for them. Fill them in, and "
            "run this again.",
        )


@contextmanager
def open_for_report(
    path: Path, month: Month | None, profile: str | Path | None, *, checked: bool = False
) -> Iterator[OpenedTracker]:
    """Open a tracker, and name its file in whatever error comes up while it is reported on.

    Raises:
        UnansweredErrorsError: the plan was to be checked, and has an error.
    """
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        reading = read_layouts(workbook, settings)
        tracker = read_tracker(reading, until=month)
        registers = read_registers(workbook, settings)
        opened = OpenedTracker(
            path=path,
            workbook=workbook,
            state=state,
            settings=settings,
            reading=reading,
            tracker=tracker,
            records=read_support(workbook, settings),
            registers=registers,
            dates=date_records(tracker, registers, settings),
            month=month or reading.latest_month,
        )
        if checked:
            refuse_unchecked(path, opened.month, profile)
        yield opened
