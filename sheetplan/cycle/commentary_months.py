"""Which month is opened in a plan that keeps every month in one cell, and in which leads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sheetplan.cycle.month_choice import refuse_gap
from sheetplan.errors import MonthEmptyError, MonthExistsError
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_actions import entries_by_lead
from sheetplan.sheets.commentary_sheets import CommentaryCell, CommentarySheet, month_written_in
from sheetplan.sheets.commentary_text import CommentaryText, CommentaryTexts
from sheetplan.sheets.reading import WorkbookReading

_DONE = frozenset((StatusMeaning.COMPLETE, StatusMeaning.CLOSED))


@dataclass(frozen=True)
class PlanRow:
    """A row of a plan.

    Attributes:
        text: Its commentary.
        open_leads: Its leads that have more to report.
        done: How many of its leads have not.
    """

    text: CommentaryText
    open_leads: tuple[str, ...]
    done: int

    @property
    def is_empty(self) -> bool:
        """Whether its commentary says nothing."""
        return not self.text.words.strip()


class PlanRows:
    """The rows of a plan that keeps every month in one cell.

    Args:
        workbook: The workbook.
        reading: What was read in it.
        settings: The council's settings.
    """

    def __init__(self, workbook: Workbook, reading: WorkbookReading, settings: Settings) -> None:
        self._workbook, self._reading, self._settings = workbook, reading, settings
        self.sheets = [item.commentary for item in reading.trackers if item.commentary]

    @cached_property
    def by_sheet(self) -> list[tuple[CommentarySheet, list[PlanRow]]]:
        """The rows of each sheet."""
        texts = CommentaryTexts(self._workbook)
        return [
            (item, [self._row(texts.of(item, cell)) for cell in item.cells]) for item in self.sheets
        ]

    def chosen_month(self, asked: Month | None, *, allow_gap: bool, file: str) -> Month:
        """The month to open: the one that was asked for, or the one after the plan's newest.

        The newest may be asked for, where leads have been added since it was opened. A plan that
        says nothing of any month begins with the one in which it was written.

        Raises:
            MonthGapError: the month does not follow the newest.
        """
        latest = self._reading.latest_month
        if not self._has_months:
            return asked or latest
        chosen = asked or latest.next
        if chosen != latest:
            refuse_gap(
                self._reading, chosen, named=asked is not None, allow_gap=allow_gap, file=file
            )
        return chosen

    def refuse_unfilled(self, chosen: Month, file: str) -> None:
        """Raise MonthEmptyError when nobody has written anything for the newest month yet.

        Where stamps tell it, bold words without one do not count: they may be those of a row that
        the last roll had to leave as it was.
        """
        latest = self._reading.latest_month
        said = [p for cell in self._cells for p in cell.commentary.paragraphs if p.month == latest]
        said = [each for each in said if each.basis != "bold"] or said
        if chosen == latest or not self._has_months or any(p.says_anything for p in said):
            return
        raise MonthEmptyError(
            f"no lead says anything for {latest}, so the plan was probably rolled already.",
            where=file,
            remedy=f"Fill in {latest} first; or, to open {chosen} all the same, add --force.",
        )

    def nothing_to_add(self, chosen: Month, file: str) -> MonthExistsError | MonthEmptyError:
        """Why no lead gets a stamp of a month."""
        latest = self._reading.latest_month
        if chosen == latest and self._has_months:
            return MonthExistsError(
                f"{chosen} is there already under every lead that has more to report.",
                where=file,
                remedy=f"The next month is {latest.next}. To take back a roll that was made too "
                "early: sheetplan undo.",
            )
        return MonthEmptyError(
            f"no lead has more to report in {chosen}: each is complete, or its cell is empty.",
            where=file,
            remedy="Type leads, bold and underlined, in the rows where work goes on.",
        )

    def month_written(self, texts: Collection[str]) -> Month:
        """The month in which the plan would be read as written if its commentaries said this."""
        found = [item.found for item in self.sheets]
        return month_written_in(self._workbook, found, texts, self._settings)

    @property
    def _cells(self) -> list[CommentaryCell]:
        return [cell for item in self.sheets for cell in item.cells]

    @cached_property
    def _has_months(self) -> bool:
        return any(p.month for cell in self._cells for p in cell.commentary.paragraphs)

    def _row(self, text: CommentaryText) -> PlanRow:
        now = entries_by_lead(text.item, text.cell, self._reading.latest_month)
        going_on = tuple(lead for lead, entry in now.items() if not self._is_done(entry.status))
        return PlanRow(text, going_on, len(now) - len(going_on))

    def _is_done(self, status: str) -> bool:
        entry = self._settings.vocabulary.understand(status)
        return entry is not None and (entry.carried_forward or entry.meaning in _DONE)
