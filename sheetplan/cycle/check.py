"""Checking a tracker: what would embarrass the council, and what officers answered to it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.checking import check as ask_rules
from sheetplan.checks.finding_rows import answers_in, row_changes
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.check_plan import CheckPlan
from sheetplan.cycle.check_rules import codes_named, refuse_unknown_codes
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.returns_opening import refuse_missing_month
from sheetplan.model.finding import Finding
from sheetplan.model.finding_record import FindingRecord
from sheetplan.model.month import Month
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.saving import FileState
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.date_records import date_records
from sheetplan.reports.months import newest_filled
from sheetplan.settings import Settings, find_settings
from sheetplan.sheets.owner_reading import read_owners
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.register_reading import read_findings, read_registers
from sheetplan.sheets.register_writing import plan_registers
from sheetplan.sheets.support_reading import read_support
from sheetplan.sheets.workbook_facts import workbook_facts


@collecting_no_garbage()
def plan_check(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    rules: str | Collection[str] = (),
    into_tracker: bool = False,
    profile: str | Path | None = None,
) -> CheckPlan:
    """Check a tracker, and plan what its sheet Findings will say.

    Args:
        tracker: The workbook.
        month: The month to check; the newest that somebody has filled in when None.
        rules: The codes of the rules, or their families, to tell of; or one alone. All when empty.
        into_tracker: Whether the sheet Findings is to be added, or brought up to date.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        WorkbookError: the tracker cannot be read, or is in use and is to be written into.
        LayoutError: no tracker sheet, or the sheet Findings cannot be written into.
        MonthMissingError: the tracker does not have the month.
        RuleNotFoundError: no rule, and no family of rules, has a name that was given.
        SettingsError: sheetplan.toml cannot be understood, or names a rule that there is not.
        ValueError: `month` is no month.
    """
    path, asked = Path(tracker), Month.given(month)
    only = codes_named([rules] if isinstance(rules, str) else rules)
    with saying_which_file(path):
        workbook, state = _opened(path, to_change=into_tracker)
        settings = find_settings(path, profile)
        refuse_unknown_codes(settings)
        plan, newest, rows, doubts = _read(workbook, settings, asked)
    checking = ask_rules(plan, only=only, answers=answers_in(rows))
    with saying_which_file(path):
        registers = (
            plan_registers(workbook, row_changes(rows, checking, only), settings)
            if into_tracker
            else None
        )
    return CheckPlan(
        path=path,
        workbook=workbook,
        state=state,
        checking=checking,
        latest_month=plan.tracker.months[-1],
        newest_filled=newest,
        rules=only,
        doubts=doubts,
        registers=registers,
    )


def _opened(path: Path, *, to_change: bool) -> tuple[Workbook, FileState]:
    """A workbook that is only read may be open in Excel meanwhile."""
    return open_to_change(path) if to_change else (Workbook.open(path), FileState.of(path))


def _read(
    workbook: Workbook, settings: Settings, asked: Month | None
) -> tuple[CheckedPlan, Month | None, tuple[FindingRecord, ...], tuple[Finding, ...]]:
    """All that is checked, the newest month that is filled in, the rows of the sheet Findings, and
    what cannot be read beside the plan."""
    reading = read_layouts(workbook, settings)
    months = sorted({block.month for item in reading.trackers for block in item.layout.months})
    if asked is not None:
        refuse_missing_month(asked, months, workbook.package.name)
    tracker = read_tracker(reading, months=months)
    newest = newest_filled(tracker, settings)
    month = asked or newest or reading.latest_month
    records = read_support(workbook, settings)
    registers = read_registers(workbook, settings)
    owners, owner_doubts, owners_sheet = read_owners(workbook, settings)
    rows, row_doubts = read_findings(workbook, settings)
    dates = date_records(tracker, registers, settings)
    plan = CheckedPlan(
        tracker=tracker,
        month=month,
        settings=settings,
        records=records,
        owners=owners if owners_sheet else None,
        dates=dates,
        facts=workbook_facts(workbook, reading, tracker, month, settings),
        requests=registers.requests if dates.has_change_control else None,
    )
    doubts = (*records.findings, *owner_doubts, *registers.findings, *row_doubts)
    return plan, newest, rows, doubts


def check(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    rules: str | Collection[str] = (),
    into_tracker: bool = False,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ChangeResult[CheckPlan]:
    """Check a tracker; what was found is `result.plan.checking`.

    Nothing is written unless `into_tracker` says so: then what was found stands on the sheet
    Findings, for officers to answer.

    Args:
        tracker: The workbook.
        month: The month to check; the newest that somebody has filled in when None.
        rules: The codes of the rules, or their families, to tell of; or one alone. All when empty.
        into_tracker: Whether to add the sheet Findings, or to bring it up to date.
        output: A new file to write; the tracker itself when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the tracker is as it was.
        ValueError: `month` is no month, or there is an output and nothing is to be written.
    """
    if output is not None and not into_tracker:
        raise ValueError("output is where the tracker with its findings goes: say into_tracker too")
    plan = plan_check(tracker, month, rules=rules, into_tracker=into_tracker, profile=profile)
    return plan.apply(output)
