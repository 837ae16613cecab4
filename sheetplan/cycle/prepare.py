"""Preparing a tracker for its reports and returns: sheets for what its rows do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.prepare_plan import NewSheet, PreparePlan
from sheetplan.cycle.prepare_rows import Row, SupportRows
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.months import newest_filled
from sheetplan.settings import Settings, find_settings
from sheetplan.sheets.reading import WorkbookReading, read_layouts, read_tracker
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
        support = missing_support(workbook, reading, settings)
    return PreparePlan(
        path=path,
        workbook=workbook,
        state=state,
        month=support.month,
        sheets=support.sheets,
        present=support.present,
        findings=support.findings,
    )


@dataclass(frozen=True)
class MissingSupport:
    """The support sheets that a tracker lacks, and those that it has.

    Attributes:
        sheets: The sheets to add, in their order.
        present: The support sheets that are there, by the kind of record.
        month: The month that narrative and achievements begin with.
        findings: What would be filled in and is doubtful.
    """

    sheets: tuple[NewSheet, ...]
    present: Mapping[str, str]
    month: Month
    findings: tuple[Finding, ...]


def missing_support(
    workbook: Workbook, reading: WorkbookReading, settings: Settings
) -> MissingSupport:
    """The support sheets that a tracker lacks, filled in as far as it allows.

    Raises:
        TemplateError: the council's own template lacks a sheet.
    """
    tracker = read_tracker(reading)
    month = newest_filled(tracker, settings) or reading.latest_month
    rows = SupportRows(tracker, month, settings)
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
    return MissingSupport(
        sheets=tuple(NewSheet(patterns[kind.name], tuple(contents[kind.name])) for kind in missing),
        present={kind: sheet for kind, sheet in present.items() if kind != THEME_LIST.name},
        month=month,
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
