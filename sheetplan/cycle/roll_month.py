"""Rolling a tracker: opening a new month in the council's own workbook."""

from __future__ import annotations

from pathlib import Path

from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.commentary_roll import plan_commentary_roll
from sheetplan.cycle.commentary_roll_plan import CommentaryRollPlan
from sheetplan.cycle.copied_months import CopiedMonths
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.month_choice import choose_month, refuse_unfilled_month
from sheetplan.cycle.narrative_carrying import plan_carrying
from sheetplan.cycle.old_month import Reader, other_readers, sayings
from sheetplan.cycle.reading_formulas import (
    fixed_on_the_old_month,
    formulas_by_month,
    move_fixed,
    repoint_edits,
)
from sheetplan.cycle.roll_plan import RollPlan
from sheetplan.errors import NoMonthColumnsError
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.ooxml.growth import name_edits
from sheetplan.settings import Settings, find_settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.month_columns import plan_month_columns
from sheetplan.sheets.month_room import make_room, read_beside_room
from sheetplan.sheets.reading import WorkbookReading, read_layouts


def plan_roll_month(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    profile: str | Path | None = None,
    allow_gap: bool = False,
    force: bool = False,
    repoint: bool = False,
) -> RollPlan | CommentaryRollPlan:
    """Plan what opens a month: columns at the right of every tracker sheet's last one, or in a plan
    that keeps every month in one cell a stamp under each lead that has more to report.

    Where other columns stand there, the new ones are inserted before them: in the open workbook
    that the plan holds at once, in the file with all else when the plan is applied.

    Args:
        tracker: The workbook.
        month: The month to open; the one after the tracker's last when None.
        profile: A settings file, or the name of a built-in profile.
        allow_gap: Whether months may be left out before `month`.
        force: Whether to open a month though the last one has not been filled in.
        repoint: Whether formulas elsewhere that read the last month are to read the new one; there
            are none to a plan without month columns.

    Raises:
        WorkbookError: the file cannot be read or is in use.
        CannotInsertColumnsError: columns stand to the right of the last month, and cannot be moved.
        NoMonthColumnsError: `repoint` was asked for in a plan without month columns.
        LayoutError: no tracker sheet, or something stands in the way.
        MonthError: the month is there already, leaves a gap, or the last one is empty.
        SettingsError: sheetplan.toml cannot be understood.
    """
    path, asked = Path(tracker), Month.given(month)
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        reading = read_layouts(workbook, settings)
        if settings.kind is TrackerKind.COMMENTARY:
            if repoint:
                raise NoMonthColumnsError(
                    "--repoint is about formulas that read a month's columns, of which this plan "
                    "has none.",
                    remedy="Roll it without --repoint.",
                )
            return plan_commentary_roll(
                path, workbook, state, reading, settings, asked, allow_gap=allow_gap, force=force
            )
        chosen = choose_month(reading, asked, allow_gap=allow_gap, file=path.name)
        rooms = make_room(workbook, reading.trackers, chosen)
        if rooms:
            reading = read_beside_room(workbook, settings, chosen)
        sheets = [
            plan_month_columns(
                item, chosen, settings, repointing=repoint, room=rooms.get(item.sheet.name)
            )
            for item in reading.trackers
        ]
        if not force:
            refuse_unfilled_month(sheets, path.name)
        plan = RollPlan(path, workbook, state, chosen, sheets)
        _plan_elsewhere(plan, reading, settings, repointing=repoint)
        return plan


def _plan_narrative(plan: RollPlan, settings: Settings) -> None:
    """Plan the rows of the new month in the narrative; what stands in the way stops no roll."""
    carried = plan_carrying(plan.workbook, plan.month, settings)
    if isinstance(carried, Finding):
        plan.findings.append(carried)
    else:
        plan.narrative = carried


def _plan_elsewhere(
    plan: RollPlan, reading: WorkbookReading, settings: Settings, *, repointing: bool
) -> None:
    """Plan what becomes of all that speaks of the last month outside its columns."""
    _plan_narrative(plan, settings)
    copied = CopiedMonths.of(plan.sheets)
    plan.names = name_edits(plan.workbook, dict(copied.columns))
    plan.sayings = sayings(reading, plan.workbook, plan.sheets[0].old_month)
    found = formulas_by_month(plan.workbook, copied)
    others = other_readers(plan.workbook, copied, plan.names)
    if repointing:
        plan.moved = repoint_edits(found, copied)
        plan.readers = [reader for reader in others if not reader.can_move]
        for sheet in plan.sheets:
            move_fixed(sheet)
        return
    plan.readers = [Reader(f.sheet.name, f.text, f.month, f.cell) for f in found if f.month]
    for sheet in plan.sheets:
        for at, _ in fixed_on_the_old_month(sheet):
            write = sheet.formulas[at]
            plan.readers.append(
                Reader(sheet.sheet.name, write.formula, sheet.old_month, write.cell)
            )
    plan.readers += others


def roll_month(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    output: str | Path | None = None,
    profile: str | Path | None = None,
    allow_gap: bool = False,
    force: bool = False,
    repoint: bool = False,
) -> ChangeResult[RollPlan] | ChangeResult[CommentaryRollPlan]:
    """Open a month in a tracker: in place with a backup beside it, or in a new file.

    Args:
        tracker: The workbook.
        month: The month to open, such as "2023-08"; the one after the tracker's last when None.
        output: A new file to write; the tracker itself when None.
        profile: A settings file, or the name of a built-in profile.
        allow_gap: Whether months may be left out before `month`.
        force: Whether to open a month though the last one has not been filled in.
        repoint: Whether formulas elsewhere that read the last month are to read the new one.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
        ValueError: `month` is no month.
    """
    plan = plan_roll_month(
        tracker, month, profile=profile, allow_gap=allow_gap, force=force, repoint=repoint
    )
    return plan.apply(output)
