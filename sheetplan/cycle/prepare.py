"""Preparing a tracker for its reports and returns: sheets for what its rows do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.prepare_plan import NewSheet, PreparePlan
from sheetplan.cycle.prepare_rows import Row, SupportRows
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.months import newest_filled
from sheetplan.settings import find_settings
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.register_columns import REQUESTS
from sheetplan.sheets.register_writing import TEMPLATE as REGISTERS
from sheetplan.sheets.support_adding import find_patterns
from sheetplan.sheets.support_columns import (
    ACHIEVEMENTS,
    NARRATIVE,
    PREPARED_KINDS,
    THEME_LIST,
)
from sheetplan.sheets.support_tables import find_support_tables

TEMPLATE = "support_sheets"
_KINDS = (*PREPARED_KINDS, REQUESTS)
_OFFER_THEMES = (NARRATIVE.name, ACHIEVEMENTS.name)


def plan_prepare(tracker: str | Path, *, profile: str | Path | None = None) -> PreparePlan:
    """Plan the support sheets that a tracker lacks. One that is there stays as it is.

    Args:
        tracker: The workbook.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        WorkbookError: the file cannot be read or is in use.
        LayoutError: no tracker sheet.
        TemplateError: the council's own template lacks a sheet.
        SettingsError: sheetplan.toml cannot be understood.
    """
    path = Path(tracker)
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        reading = read_layouts(workbook, settings)
        tracker_read = read_tracker(reading)
        month = newest_filled(tracker_read, settings) or reading.latest_month
        rows = SupportRows(tracker_read, month, settings)
        present = _present(workbook)
        missing = [kind for kind in _KINDS if kind.name not in present]
        contents: dict[str, list[Row]] = {kind.name: rows.of(kind.name) for kind in missing}
    if THEME_LIST.name not in present and any(name in contents for name in _OFFER_THEMES):
        missing.append(THEME_LIST)
        contents[THEME_LIST.name] = [{"theme": title} for title in rows.themes]
    patterns = {
        **find_patterns([kind for kind in missing if kind is not REQUESTS], settings, TEMPLATE),
        **find_patterns([kind for kind in missing if kind is REQUESTS], settings, REGISTERS),
    }
    return PreparePlan(
        path=path,
        workbook=workbook,
        state=state,
        month=rows.month,
        sheets=tuple(NewSheet(patterns[kind.name], tuple(contents[kind.name])) for kind in missing),
        present={kind: sheet for kind, sheet in present.items() if kind != THEME_LIST.name},
        findings=tuple(rows.findings),
    )


def _present(workbook: Workbook) -> Mapping[str, str]:
    """The support sheets that a tracker has, by the kind of their records."""
    _, there, _ = find_support_tables(workbook, (*_KINDS, THEME_LIST))
    return there


def prepare(
    tracker: str | Path,
    *,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ChangeResult[PreparePlan]:
    """Add the support sheets that a tracker lacks: in place with a backup, or in a new file.

    Args:
        tracker: The workbook.
        output: A new file to write; the tracker itself when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
    """
    return plan_prepare(tracker, profile=profile).apply(output)
