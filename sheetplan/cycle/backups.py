"""Backups: the copy beside a tracker that each change leaves, and putting it back."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sheetplan.disk import copy_whole, move_whole, refuse_read_only
from sheetplan.errors import BackupError, CannotWriteError
from sheetplan.model.clock import now
from sheetplan.model.month import Month
from sheetplan.ooxml.in_use import refuse_if_open
from sheetplan.ooxml.package import Package

COLOURING = "colouring"
"""The change that `colour` makes, as the name of its backup says it; a roll's is its month."""

PREPARING = "preparing"
"""The change that `prepare` makes."""

CHANGE_CONTROL = "change control"
"""The change that `change-control` makes."""

DATE_HISTORY = "date history"
"""The change that `history` makes."""

EXCEPTION_SUMMARY = "exception summary"
"""The change that `summarise` makes, with the reporting month behind it."""

STATUTORY_APPENDIX = "statutory appendix"
"""The change that `appendix` makes, with the reporting month behind it."""

RECOMMENDATION_PROGRESS = "recommendation progress"
"""The change that `recommendations` makes, with the reporting month behind it."""

SENDING_RETURNS = "sending returns"
"""The change that `send-returns` makes, with the month of the returns behind it."""

COLLECTING_RETURNS = "collecting returns"
"""The change that `collect-returns` makes, with the month of the returns behind it."""

RESOLVING_CONFLICTS = "resolving conflicts"
"""The change that `collect-returns --resolve` makes where no return is named, with the month."""

CHECKING = "checking"
"""The change that `check --into-tracker` makes, with the month that was checked behind it."""

_WITH_A_MONTH = (
    EXCEPTION_SUMMARY,
    STATUTORY_APPENDIX,
    RECOMMENDATION_PROGRESS,
    SENDING_RETURNS,
    COLLECTING_RETURNS,
    RESOLVING_CONFLICTS,
    CHECKING,
)


def backup_path(tracker: Path, change: str) -> Path:
    """A free name for a copy from before a change: NAME (before August 2023).xlsx."""
    return _free(tracker, f"before {change}")


def backups_of(tracker: Path) -> list[Path]:
    """The tracker's backups, the newest first.

    A copy that somebody named alike, such as "NAME (before the meeting).xlsx", is none.
    """
    pattern = re.compile(
        rf"{re.escape(tracker.stem)} \(before (?P<change>[^()]+)\)( (?P<number>\d+))?"
        rf"{re.escape(tracker.suffix)}",
        re.IGNORECASE,
    )
    found = []
    for path in tracker.absolute().parent.iterdir():
        match = pattern.fullmatch(path.name)
        if match is not None and _is_change(match["change"]) and path.is_file():
            found.append((path.stat().st_mtime_ns, int(match["number"] or 1), path))
    return [path for *_, path in sorted(found, reverse=True)]


def _is_change(text: str) -> bool:
    change = text.casefold()
    if change in (COLOURING, PREPARING, CHANGE_CONTROL, DATE_HISTORY):
        return True
    for what in _WITH_A_MONTH:
        change = change.removeprefix(f"{what} ")
    try:
        return str(Month.parse(change)).casefold() == change
    except ValueError:
        return False


@dataclass(frozen=True)
class UndoResult:
    """What `undo` did: the backup that is the tracker again, and where the later one was kept.

    Nothing was kept where the tracker was no longer there.
    """

    tracker: Path
    backup: Path
    kept: Path | None

    def as_data(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "tracker": str(self.tracker),
            "restored": str(self.backup),
            "kept": None if self.kept is None else str(self.kept),
        }


def undo(tracker: str | Path, *, dry_run: bool = False) -> UndoResult:
    """Put the newest backup back in the tracker's place; the file that it replaces is kept.

    Args:
        tracker: The tracker.
        dry_run: Only find out what would be done.

    Raises:
        BackupError: there is no backup beside the tracker.
        WorkbookInUseError: somebody has the tracker open.
        WorkbookError: the backup is damaged, or could not be put back.
    """
    path = Path(tracker)
    newest = _newest_backup(path)
    kept = None
    if os.path.exists(path):
        refuse_if_open(path)
        refuse_read_only(path)
        kept = _free(path, f"undone {now():%Y-%m-%d %H.%M}")
    refuse_if_open(newest)
    _refuse_damaged(newest)
    if not dry_run:
        _put_back(newest, path, kept)
    return UndoResult(path, newest, kept)


def _put_back(backup: Path, path: Path, kept: Path | None) -> None:
    if kept is not None:
        copy_whole(path, kept)
    try:
        move_whole(backup, path)
    except CannotWriteError:
        if kept is not None:  # of an undoing that was not done
            kept.unlink(missing_ok=True)
        raise


def _newest_backup(path: Path) -> Path:
    if os.path.isdir(path):
        raise BackupError(
            "this is a folder, not a workbook.", where=str(path), remedy="Name the tracker in it."
        )
    if not os.path.isdir(path.absolute().parent):
        raise BackupError(
            "there is no such folder.", where=str(path.parent), remedy="Check the name."
        )
    backups = backups_of(path)
    if backups:
        return backups[0]
    is_there = os.path.exists(path)
    raise BackupError(
        "there is no backup to put back."
        if is_there
        else "there is no such file, and no backup of it.",
        where=path if is_there else str(path),
        remedy=f'Backups lie beside the tracker under names such as "{path.stem} (before August '
        f"2023){path.suffix}\". Earlier versions may be in SharePoint's version history.",
    )


def _refuse_damaged(backup: Path) -> None:
    """Read every part of the backup: half a file must never take the tracker's place."""
    package = Package.open(backup)
    for _ in package.members():
        pass


def _free(tracker: Path, what: str) -> Path:
    path = tracker.with_name(f"{tracker.stem} ({what}){tracker.suffix}")
    number = 2
    while path.exists():
        path = tracker.with_name(f"{tracker.stem} ({what}) {number}{tracker.suffix}")
        number += 1
    return path
