"""Every exception that sheetplan raises on purpose.

An error means that sheetplan cannot go on, and that nothing was written. What a person can put
right in a cell is not an error but a `Finding`.

A message says where (file, sheet, cell, reference), what is wrong, and what to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class SheetplanError(Exception):
    """Something that stops the work: what is wrong, where, and what to do about it."""

    exit_code = 3

    def __init__(self, message: str, *, where: str | Path | None = None, remedy: str = "") -> None:
        self.message = message
        self.where = Path(where).name if isinstance(where, Path) else (where or "")
        self.remedy = remedy
        super().__init__(message)

    @property
    def problem(self) -> str:
        """Where, and what is wrong."""
        return f"{self.where}: {self.message}" if self.where else self.message

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}" if self.remedy else self.problem


class WorkbookError(SheetplanError):
    """The workbook, as a file, cannot be read or may not be written."""


class NotAWorkbookError(WorkbookError):
    """The file is not an .xlsx or .xlsm workbook that sheetplan can edit."""


class DamagedWorkbookError(WorkbookError):
    """The package is truncated, fails its checksums or contradicts itself."""


class UnsafeWorkbookError(WorkbookError):
    """The package is too large to be a tracker, or holds XML that could do harm."""


class WorkbookInUseError(WorkbookError):
    """Someone has the workbook open, or it changed while sheetplan worked."""


class CannotWriteError(WorkbookError):
    """The file could not be written: read-only, no room, or no permission."""


class ContentLossError(WorkbookError):
    """The written workbook would not hold all that it held before, so it was thrown away."""


class LayoutError(SheetplanError):
    """The sheets are not laid out in a way that this verb can work with."""


class SheetNotFoundError(LayoutError):
    """The workbook has no tracker sheet.

    `seen` holds what each of its sheets lacks.
    """

    seen: tuple[Any, ...] = ()


class DuplicateHeadingError(LayoutError):
    """Two columns claim to be the same thing."""


class ColumnsInTheWayError(LayoutError):
    """Something stands to the right of the last month, where the new month would go."""


class MonthError(SheetplanError):
    """The month that was asked for cannot be opened."""


class MonthExistsError(MonthError):
    """The month already has columns."""


class MonthGapError(MonthError):
    """The month does not follow the tracker's last month."""


class MonthEmptyError(MonthError):
    """The tracker's last month has not been filled in, so it was probably rolled already."""


class BackupError(SheetplanError):
    """There is no backup to put back."""


class SettingsError(SheetplanError):
    """sheetplan.toml, or a profile, cannot be understood."""
