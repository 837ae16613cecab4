"""Change control: agreed requests carried out in the tracker, and what waits for a decision."""

from __future__ import annotations

from pathlib import Path

from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.control_plan import ControlPlan
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.model.clock import now
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.reports.months import newest_filled
from sheetplan.returns.control import judge_requests
from sheetplan.settings import find_settings
from sheetplan.sheets.action_cells import ActionCells
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.register_reading import read_registers
from sheetplan.sheets.register_writing import plan_registers

_SHEETS = ("requests", "log")


@collecting_no_garbage()
def plan_change_control(tracker: str | Path, *, profile: str | Path | None = None) -> ControlPlan:
    """Plan what the decisions on the Change control sheet come to.

    Args:
        tracker: The workbook.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        WorkbookError: the file cannot be read or is in use.
        LayoutError: no tracker sheet, or Change control or the Update log cannot be written into.
        SettingsError: sheetplan.toml cannot be understood.
    """
    path, moment = Path(tracker), now()
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        reading = read_layouts(workbook, settings)
        tracker_read = read_tracker(reading)
        month = newest_filled(tracker_read, settings) or reading.latest_month
        records = read_registers(workbook, settings)
        cells = ActionCells(reading)
        control = judge_requests(
            records, tracker_read, month, settings, moment, obstacle=cells.obstacle
        )
        sheets = [records.sheets[kind] for kind in _SHEETS if kind in records.sheets]
        return ControlPlan(
            path=path,
            workbook=workbook,
            state=state,
            month=month,
            today=moment.date(),
            sheet=records.sheets.get("requests", ""),
            control=control,
            cells=tuple(cells.write(m.action, m.field, m.after) for m in control.writes),
            registers=plan_registers(workbook, control.changes, settings),
            sheet_findings=tuple(f for f in records.findings if f.sheet in sheets),
        )


def change_control(
    tracker: str | Path,
    *,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ChangeResult[ControlPlan]:
    """Carry out what change control agreed: in place with a backup beside it, or in a new file.

    Args:
        tracker: The workbook.
        output: A new file to write; the tracker itself when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the tracker is as it was.
    """
    return plan_change_control(tracker, profile=profile).apply(output)
