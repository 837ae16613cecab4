"""Starting: a settings file beside the tracker, with everything in it explained."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.inspection import Inspection, inspect
from sheetplan.errors import CannotWriteError
from sheetplan.model.commentary_doubts import is_commentary_doubt
from sheetplan.settings import SETTINGS_FILE, STANDARD, settings_text

_LISTED = 20


@dataclass(frozen=True)
class InitResult:
    """The settings file, its text, and what in the tracker it does not understand yet."""

    settings_file: Path
    text: str
    not_understood: tuple[str, ...]

    def as_data(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "settings_file": str(self.settings_file),
            "not_understood": list(self.not_understood),
        }


def init(tracker: str | Path, *, profile: str = STANDARD, dry_run: bool = False) -> InitResult:
    """Write a commented sheetplan.toml beside a tracker.

    At its end stands what the profile does not understand of this tracker, for the officer to put
    in its place.

    Args:
        tracker: The workbook; it is only read.
        profile: The built-in profile to start from.
        dry_run: Only make the text.

    Raises:
        CannotWriteError: there is a settings file already, or the folder cannot be written to.
        WorkbookError: the tracker cannot be read.
    """
    path = Path(tracker)
    target = path.absolute().parent / SETTINGS_FILE
    if os.path.isfile(path):
        _refuse_second(target)
    seen = inspect(path, profile=profile)
    missing = tuple(str(each) for each in seen.findings if not is_commentary_doubt(each))
    text = settings_text(profile) + _notes(seen, missing)
    if not dry_run:
        _write_new(target, text)
    return InitResult(target, text, missing)


def _notes(seen: Inspection, missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    lines = ["", "", f"# Not understood in {seen.path.name}", f"# {'-' * 18}"]
    lines += [f"#   {_one_line(text)}" for text in missing[:_LISTED]]
    if len(missing) > _LISTED:
        lines.append(f"#   and {len(missing) - _LISTED} more: see sheetplan inspect.")
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    """The text as a comment can hold it: a settings file may hold no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _refuse_second(target: Path) -> None:
    if os.path.lexists(target):
        raise CannotWriteError(
            "there is a settings file already; it was left as it is.",
            where=target,
            remedy="Edit it, or rename it and run this again.",
        )


def _write_new(target: Path, text: str) -> None:
    try:
        stream = target.open("xb")
    except OSError as error:
        raise _could_not_write(target, error) from error
    try:
        with stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        target.unlink(missing_ok=True)  # half a settings file would stop every verb
        raise _could_not_write(target, error) from error


def _could_not_write(target: Path, error: OSError) -> CannotWriteError:
    return CannotWriteError(
        f"the settings file could not be written ({error.strerror or error}).",
        where=target,
        remedy="Check that you may write to the tracker's folder and that the disk has room.",
    )
