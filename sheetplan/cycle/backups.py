"""Backups: the copy beside a tracker that each change leaves, and putting it back."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sheetplan.errors import BackupError
from sheetplan.ooxml.in_use import refuse_if_open
from sheetplan.ooxml.saving import copy_whole, refuse_read_only


def backup_path(tracker: Path, change: str) -> Path:
    """A free name for a copy from before a change: NAME (before August 2023).xlsx."""
    return _free(tracker, f"before {change}")


def backups_of(tracker: Path) -> list[Path]:
    """The tracker's backups, the newest first."""
    pattern = re.compile(
        rf"{re.escape(tracker.stem)} \(before [^()]+\)( \d+)?{re.escape(tracker.suffix)}\Z",
        re.IGNORECASE,
    )
    found = [
        path
        for path in tracker.absolute().parent.iterdir()
        if pattern.match(path.name) and path.is_file()
    ]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


@dataclass(frozen=True)
class UndoResult:
    """What `undo` did: the backup that is the tracker again, and where the later one was kept."""

    tracker: Path
    backup: Path
    kept: Path

    def as_data(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "tracker": str(self.tracker),
            "restored": str(self.backup),
            "kept": str(self.kept),
        }


def undo(tracker: str | Path, *, dry_run: bool = False) -> UndoResult:
    """Put the newest backup back in the tracker's place; the file that it replaces is kept.

    Args:
        tracker: The tracker.
        dry_run: Only find out what would be done.

    Raises:
        BackupError: there is no backup beside the tracker.
        WorkbookInUseError: somebody has the tracker open.
    """
    path = Path(tracker)
    if not path.absolute().parent.is_dir():
        raise BackupError("there is no such folder.", where=str(path))
    backups = backups_of(path)
    if not backups:
        raise BackupError(
            "there is no backup to put back.",
            where=path,
            remedy=f'Backups lie beside the tracker under names such as "{path.stem} (before '
            f'August 2023){path.suffix}".',
        )
    newest = backups[0]
    stamp = datetime.now().strftime("%Y-%m-%d %H.%M")
    result = UndoResult(path, newest, _free(path, f"undone {stamp}"))
    if dry_run:
        return result
    if path.exists():
        refuse_if_open(path)
        refuse_read_only(path)
        copy_whole(path, result.kept)
    os.replace(newest, path)
    return result


def _free(tracker: Path, what: str) -> Path:
    path = tracker.with_name(f"{tracker.stem} ({what}){tracker.suffix}")
    number = 2
    while path.exists():
        path = tracker.with_name(f"{tracker.stem} ({what}) {number}{tracker.suffix}")
        number += 1
    return path
