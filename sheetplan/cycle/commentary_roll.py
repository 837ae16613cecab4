"""Rolling a plan that keeps every month in one cell: each lead gets the new month's stamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sheetplan.cycle.commentary_months import PlanRow, PlanRows
from sheetplan.cycle.commentary_roll_plan import STILL_BOLD, CommentaryRollPlan, RolledSheet
from sheetplan.cycle.narrative_carrying import plan_carrying
from sheetplan.cycle.old_month import sayings
from sheetplan.errors import LayoutError
from sheetplan.model.commentary import Stamp
from sheetplan.model.commentary_stamping import stamp_for
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.wording import listed
from sheetplan.ooxml.saving import FileState
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_month import OpenedMonth, open_month
from sheetplan.sheets.commentary_sheets import CommentarySheet
from sheetplan.sheets.month_cells import MonthCellWrite, with_heights
from sheetplan.sheets.reading import WorkbookReading


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
    sheets = [
        replace(sheet, writes=_writes(workbook, sheet))
        for sheet in _rolled_sheets(rows, chosen, settings, path.name)
    ]
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


def _writes(workbook: Workbook, sheet: RolledSheet) -> tuple[MonthCellWrite, ...]:
    """What is written into the cells of a sheet, and how tall its rows become."""
    return tuple(with_heights(workbook, [each.text.write(each.runs) for each in sheet.changed]))


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
    findings = (finding for sheet in sheets for finding in sheet.findings())
    found = [str(finding) for finding in findings if finding.code != STILL_BOLD]
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
