"""The history of due dates: what moved when, found by comparing a tracker with its older copies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sheetplan.changes.date_moves import TrackerCopy
from sheetplan.changes.found_moves import compare_dates
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.history_plan import HistoryPlan
from sheetplan.errors import NoSuchFileError, SettingsError, SheetplanError
from sheetplan.model.action import Tracker
from sheetplan.model.clock import now
from sheetplan.model.date_history import DateHistory
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.return_records import LogRecord, RegisterChanges, ReturnRecords
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.date_records import MOVING_FIELDS, date_records
from sheetplan.reports.months import newest_filled
from sheetplan.settings import Settings, find_settings
from sheetplan.sheets.reading import read_layouts, read_tracker
from sheetplan.sheets.register_reading import read_registers
from sheetplan.sheets.register_writing import plan_registers


@collecting_no_garbage()
def plan_history(
    tracker: str | Path,
    older: str | Path | Sequence[str | Path],
    *,
    profile: str | Path | None = None,
) -> HistoryPlan:
    """Plan what the Update log will say of due dates that moved.

    Args:
        tracker: The workbook.
        older: Copies of it from earlier months, in any order; or one alone. They are only read.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None. The older copies are read with the same settings.

    Raises:
        WorkbookError: the tracker cannot be read or is in use. An older copy that cannot be read is
            no error.
        NoSuchFileError: an older copy is not there.
        LayoutError: the tracker has no tracker sheet, or its Update log cannot be written into.
        SettingsError: sheetplan.toml cannot be understood.
    """
    path = Path(tracker)
    named = [older] if isinstance(older, str | Path) else older
    files = _each_once(map(Path, named), path)
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        own = _Copy.of(workbook, path.name, settings)
        registers = read_registers(workbook, settings)
    copies, findings = _in_order(own, files, settings)
    moves, doubts = compare_dates([copy.tracker_copy for copy in copies], registers, settings)
    moment = now()
    entries = tuple(move.entry(moment) for move in moves if not move.is_logged)
    with saying_which_file(path):
        planned = plan_registers(workbook, RegisterChanges(added=entries), settings)
    return HistoryPlan(
        path=path,
        workbook=workbook,
        state=state,
        copies=[copy.tracker_copy for copy in copies],
        moves=moves,
        histories=_moved(own.tracker_copy.tracker, registers, entries, settings),
        findings=(*findings, *_without_dates(own), *doubts),
        registers=planned,
    )


def _moved(
    tracker: Tracker, registers: ReturnRecords, entries: Sequence[LogRecord], settings: Settings
) -> tuple[tuple[str, DateHistory], ...]:
    """How the dates that moved came to be what they are, once the log has these entries."""
    log = replace(registers, log=(*registers.log, *entries))
    known = date_records(tracker, log, settings).histories
    typed = {action.reference: action.reference_text for action in tracker.actions}
    return tuple((typed[key], known[key]) for key in sorted(known) if known[key].times)


def _without_dates(own: _Copy) -> Iterator[Finding]:
    """That the tracker has no dates to compare, if it has not."""
    actions = own.tracker_copy.tracker.actions
    if not any(action.cell(name) for action in actions for name in MOVING_FIELDS):
        yield Finding(
            "date-column-missing",
            Severity.WARNING,
            own.file,
            "",
            "",
            f"{own.file} has no column for due dates or revised dates, so no date can be "
            "compared. Add one, headed Due date.",
        )


def _each_once(paths: Iterable[Path], tracker: Path) -> list[Path]:
    """The older copies, each once and without the tracker itself."""
    found: dict[str, Path] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise NoSuchFileError(
                "there is no such file.", where=str(path), remedy="Check the name."
            )
        found.setdefault(_real(path), path)
    found.pop(_real(tracker), None)
    return list(found.values())


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


@dataclass(frozen=True)
class _Copy:
    """A copy of the tracker that was read.

    Its month is the newest that somebody has filled in. Of two copies of one month, the one that
    has opened a later month is the newer.
    """

    tracker_copy: TrackerCopy
    latest: Month

    @classmethod
    def of(cls, workbook: Workbook, file: str, settings: Settings) -> _Copy:
        reading = read_layouts(workbook, settings)
        tracker = read_tracker(reading)
        latest = reading.latest_month
        return cls(TrackerCopy(file, newest_filled(tracker, settings) or latest, tracker), latest)

    @classmethod
    def read(cls, path: Path, settings: Settings) -> _Copy:
        """Read an older copy, which may be open in Excel meanwhile."""
        with saying_which_file(path):
            package = Package.open(path)
            with package.naming_the_file():
                workbook = Workbook(package, for_reading=True)
            return cls.of(workbook, path.name, settings)

    @property
    def file(self) -> str:
        return self.tracker_copy.file

    @property
    def age(self) -> tuple[Month, Month]:
        """What copies are put in order by."""
        return self.tracker_copy.month, self.latest


def _in_order(
    own: _Copy, paths: Iterable[Path], settings: Settings
) -> tuple[list[_Copy], list[Finding]]:
    """The copies that can be compared, oldest first and the tracker last; and why others cannot."""
    findings: list[Finding] = []
    by_age: dict[tuple[Month, Month], _Copy] = {}
    for path in paths:
        try:
            copy = _Copy.read(path, settings)
        except SettingsError:
            raise
        except SheetplanError as error:
            findings.append(_passed_over(path.name, "copy-unreadable", _reason(error)))
            continue
        first = by_age.setdefault(copy.age, copy)
        if copy.age > own.age:
            del by_age[copy.age]
            findings.append(_passed_over(path.name, "copy-newer", _newer(copy, own)))
        elif first is not copy:
            findings.append(_passed_over(path.name, "copy-repeated", _same_month(copy, first)))
    copies = [by_age[age] for age in sorted(by_age)]
    findings += _notes_on_same_month(copies, own)
    return [*copies, own], findings


def _notes_on_same_month(copies: Sequence[_Copy], own: _Copy) -> Iterator[Finding]:
    for copy in copies:
        if copy.age == own.age:
            yield Finding(
                "copy-of-same-month",
                Severity.NOTE,
                copy.file,
                "",
                "",
                f"it is of {copy.tracker_copy.month}, as the tracker is, and taken for the older "
                "of the two, since it was named so.",
            )


def _passed_over(file: str, code: str, reason: str) -> Finding:
    return Finding(code, Severity.WARNING, file, "", "", f"passed over: {reason}")


def _reason(error: SheetplanError) -> str:
    return f"{error.message} {error.remedy}".strip()


def _newer(copy: _Copy, own: _Copy) -> str:
    month, own_month = copy.tracker_copy.month, own.tracker_copy.month
    than = f" than the tracker, which is of {own_month}" if month != own_month else ""
    return (
        f"it is of {month}{', and newer' if than else ', and has opened a later month'}{than}. "
        "Name the newest copy as the tracker if that is the one to fill the log of."
    )


def _same_month(copy: _Copy, first: _Copy) -> str:
    return (
        f"it is of {copy.tracker_copy.month}, as {first.file} is, and which of the two came first "
        "cannot be told. Name one of them; run this again for the other."
    )


def history(
    tracker: str | Path,
    older: str | Path | Sequence[str | Path],
    *,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ChangeResult[HistoryPlan]:
    """Fill a tracker's Update log with the moves of due dates that its older copies show.

    Args:
        tracker: The workbook.
        older: Copies of it from earlier months, in any order; or one alone. They are only read.
        output: A new file to write; the tracker itself, with a backup beside it, when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the tracker is as it was.
    """
    return plan_history(tracker, older, profile=profile).apply(output)
