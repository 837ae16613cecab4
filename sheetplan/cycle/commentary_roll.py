"""Rolling a plan that keeps every month in one cell: each lead gets the new month's stamp."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.commentary_months import PlanRow, PlanRows
from sheetplan.cycle.narrative_carrying import NarrativeCarrying, plan_carrying
from sheetplan.cycle.old_month import Saying, sayings
from sheetplan.cycle.plain_data import plain
from sheetplan.errors import LayoutError
from sheetplan.model.commentary import Stamp
from sheetplan.model.commentary_stamping import stamp_for
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.wording import listed, shortened
from sheetplan.ooxml.saving import FileState
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_month import OpenedMonth, OpenedText, open_month
from sheetplan.sheets.commentary_sheets import CommentarySheet
from sheetplan.sheets.month_cells import agreed_writes, put_month_cells
from sheetplan.sheets.reading import WorkbookReading

STILL_BOLD = "month-still-bold"
"""The code of findings on older words that keep their bold."""


@dataclass(frozen=True)
class RolledSheet:
    """A sheet of the plan in which the month is opened.

    Attributes:
        item: The sheet.
        stamp: The month's stamp, as it is spelt there.
        rows: Its rows.
        opened: The commentary of each row that says anything, as it becomes.
    """

    item: CommentarySheet
    stamp: str
    rows: tuple[PlanRow, ...]
    opened: tuple[OpenedText, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.item.found.sheet.name

    @property
    def changed(self) -> tuple[OpenedText, ...]:
        """The commentaries that are written anew."""
        return tuple(each for each in self.opened if each.is_changed)

    @property
    def leads(self) -> int:
        """How many leads its rows name; a row with words and no lead counts as one."""
        return sum(len(row.open_leads) + row.done for row in self.rows if not row.is_empty)

    @property
    def done(self) -> int:
        """How many of them have nothing more to report."""
        return sum(row.done for row in self.rows)

    @property
    def stamps(self) -> int:
        """How many stamps of the month are added."""
        return sum(len(each.leads) for each in self.opened)

    @property
    def not_bold(self) -> int:
        """How many paragraphs lose their bold."""
        return sum(each.not_bold for each in self.opened)

    @property
    def empty(self) -> list[str]:
        """The references of the rows that say nothing."""
        return [row.text.cell.row.reference_text for row in self.rows if row.is_empty]

    def findings(self) -> Iterator[Finding]:
        """What stays as it is though the month would change it, and why."""
        for each in self.opened:
            if each.obstacle:
                yield self._finding("month-not-opened", each, f"the cell {each.obstacle}")
            elif each.still_bold:
                words = listed([f'"{shortened(text)}"' for text in each.still_bold], most=3)
                yield self._finding(
                    STILL_BOLD,
                    each,
                    f"{words} {'stays' if len(each.still_bold) == 1 else 'stay'} bold: without it, "
                    "words above that have no stamp would be read as of the same month. Put a "
                    "stamp behind those, and take the bold off by hand.",
                )

    def _finding(self, code: str, opened: OpenedText, message: str) -> Finding:
        text = opened.text
        return Finding(code, Severity.WARNING, self.name, text.name, opened.reference, message)


@dataclass
class CommentaryRollPlan(ChangePlan):
    """All that rolling a plan with dated paragraphs will do; nothing has been done.

    Attributes:
        month: The month that will be opened.
        old_month: The plan's newest month before the roll.
        sheets: What will be written on each sheet.
        sayings: Titles and page headers that go on naming the old month.
        narrative: The rows that the narrative is given, where there is one.
        findings: What was left undone, and what a person can do.
    """

    kind: ClassVar[Literal["commentary"]] = "commentary"

    month: Month
    old_month: Month
    sheets: list[RolledSheet]
    sayings: list[Saying] = field(default_factory=list)
    narrative: NarrativeCarrying | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.month)

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        narrative = self.narrative.agreed if self.narrative else frozenset()
        return agreed_writes(self._writes) | narrative

    @property
    def changed(self) -> list[OpenedText]:
        """The commentaries that are written anew."""
        return [each for sheet in self.sheets for each in sheet.changed]

    @property
    def stamps(self) -> list[str]:
        """The spellings of the new stamps."""
        return list(dict.fromkeys(sheet.stamp for sheet in self.sheets if sheet.stamps))

    @property
    def stamped(self) -> dict[str, Counter[str]]:
        """The stamps of older months that are put behind paragraphs: how many in each row."""
        found: dict[str, Counter[str]] = {}
        for each in self.changed:
            for stamp in each.stamped:
                found.setdefault(stamp, Counter())[each.reference] += 1
        return found

    @property
    def dated(self) -> dict[str, Counter[str]]:
        """The stamps of older months that get their year: how many in each row."""
        found: dict[str, Counter[str]] = {}
        for each in self.changed:
            for stamp in each.dated:
                found.setdefault(stamp, Counter())[each.reference] += 1
        return found

    @property
    def still_bold(self) -> list[str]:
        """The references of rows in which older words keep their bold."""
        return [finding.reference for finding in self.findings if finding.code == STILL_BOLD]

    def as_data(self) -> dict[str, Any]:
        """What the plan will write, row by row, as plain data."""
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "after": self.old_month.iso,
            "sheets": [_sheet_data(sheet) for sheet in self.sheets],
            "still_saying": [{"place": s.place, "text": s.text} for s in self.sayings],
            "narrative": None if self.narrative is None else self.narrative.as_data(),
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        put_month_cells(self.workbook, self._writes)
        if self.narrative is not None:
            with self.workbook.editing(self.narrative.sheet):
                self.narrative.carry_out()
        self.workbook.recalculate_on_opening()

    @property
    def _writes(self) -> list[Any]:
        return [each.text.write(each.runs) for each in self.changed]


def plan_commentary_roll(
    path: Path,
    workbook: Workbook,
    state: FileState,
    reading: WorkbookReading,
    settings: Settings,
    asked: Month | None,
    *,
    allow_gap: bool = False,
    force: bool = False,
) -> CommentaryRollPlan:
    """Plan the stamps of a month in a plan that keeps every month in one cell.

    Raises:
        LayoutError: the plan would go on being read as of another month.
        MonthError: the month is there already, leaves a gap, or the last one is empty.
    """
    rows = PlanRows(workbook, reading, settings)
    chosen = rows.chosen_month(asked, allow_gap=allow_gap, file=path.name)
    if not force:
        rows.refuse_unfilled(chosen, path.name)
    sheets = _rolled_sheets(rows, chosen, settings, path.name)
    latest = reading.latest_month
    plan = CommentaryRollPlan(path, workbook, state, chosen, latest, sheets)
    plan.findings += [finding for sheet in sheets for finding in sheet.findings()]
    if chosen != latest:
        plan.sayings = sayings(reading, workbook, latest)
    carried = plan_carrying(workbook, chosen, settings)
    if isinstance(carried, Finding):
        plan.findings.append(carried)
    else:
        plan.narrative = carried
    return plan


def _rolled_sheets(
    rows: PlanRows, month: Month, settings: Settings, file: str
) -> list[RolledSheet]:
    """The sheets with the month opened, so that the plan is then read as written in it.

    Where that cannot be had without, the new stamps have their year; and where that is not enough,
    so have older ones that would be taken for later months.
    """
    for with_year, dates_later in ((False, False), (True, False), (True, True)):
        sheets = [
            _rolled(item, of_sheet, rows, month, settings, with_year, dates_later)
            for item, of_sheet in rows.by_sheet
        ]
        written = rows.month_written([each.words for sheet in sheets for each in sheet.opened])
        if written == month and any(sheet.stamps for sheet in sheets):
            return sheets
    found = [str(finding) for sheet in sheets for finding in sheet.findings()]
    if not found and not any(sheet.stamps for sheet in sheets):
        raise rows.nothing_to_add(month, file)
    raise LayoutError(
        f"{month} cannot be opened, since cells in its way cannot be changed. "
        f"{listed(found, most=3)}",
        where=file,
        remedy="Put these right first.",
    )


def _rolled(
    item: CommentarySheet,
    of_sheet: Sequence[PlanRow],
    rows: PlanRows,
    month: Month,
    settings: Settings,
    with_year: bool,
    dates_later: bool,
) -> RolledSheet:
    stamps = _stamps([item]) or _stamps(rows.sheets)
    words = settings.commentary.words
    stamp = stamp_for(month, stamps, with_year=with_year, words=words)
    opened = OpenedMonth(month, stamp, tuple(stamps), dates_later)
    texts = [open_month(row.text, opened, row.open_leads) for row in of_sheet if not row.is_empty]
    return RolledSheet(item, stamp, tuple(of_sheet), tuple(texts))


def _stamps(sheets: Sequence[CommentarySheet]) -> list[Stamp]:
    return [
        paragraph.stamp
        for item in sheets
        for cell in item.cells
        for paragraph in cell.commentary.paragraphs
        if paragraph.stamp
    ]


def _sheet_data(sheet: RolledSheet) -> dict[str, Any]:
    """What will be written on one sheet."""
    return {
        "sheet": sheet.name,
        "stamp": sheet.stamp,
        "rows": len(sheet.rows),
        "leads": sheet.leads,
        "done": sheet.done,
        "empty": sheet.empty,
        "cells": [_text_data(each) for each in sheet.changed],
    }


def _text_data(each: OpenedText) -> dict[str, Any]:
    return {
        "cell": each.text.name,
        "reference": each.reference,
        "stamped_leads": list(each.leads),
        "not_bold": each.not_bold,
        "still_bold": list(each.still_bold),
        "stamped_paragraphs": list(each.stamped),
        "dated_stamps": list(each.dated),
        "content": each.words,
    }
