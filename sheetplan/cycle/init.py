"""Starting: a settings file beside the tracker, with everything in it explained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.inspection import Inspection, inspect
from sheetplan.errors import CannotWriteError
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
    seen = inspect(path, profile=profile)
    missing = tuple(str(finding) for finding in seen.findings)
    text = settings_text(profile) + _notes(seen, missing)
    target = path.absolute().parent / SETTINGS_FILE
    if not dry_run:
        _write_new(target, text)
    return InitResult(target, text, missing)


def _notes(seen: Inspection, missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    lines = ["", "", f"# Not understood in {seen.path.name}", f"# {'-' * 18}"]
    lines += [f"#   {' '.join(text.split())}" for text in missing[:_LISTED]]
    if len(missing) > _LISTED:
        lines.append(f"#   and {len(missing) - _LISTED} more: see sheetplan inspect.")
    return "\n".join(lines) + "\n"


def _write_new(target: Path, text: str) -> None:
    try:
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise CannotWriteError(
            "there is a settings file already; it was left as it is.",
            where=target,
            remedy="Edit it, or rename it and run this again.",
        ) from error
    except OSError as error:
        raise CannotWriteError(
            f"the settings file could not be written ({error.strerror or error}).", where=target
        ) from error
