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


class NoSuchFileError(SheetplanError):
    """A file or folder that was named is not there: the command is put wrongly."""

    exit_code = 2


class WorkbookError(SheetplanError):
    """The workbook, as a file, cannot be read or may not be written."""


class NotADocumentError(SheetplanError):
    """The file is not a Word document that sheetplan can read."""


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


class SheetNameError(WorkbookError):
    """A new sheet cannot have this name."""


class CannotGraftError(WorkbookError):
    """A sheet holds something that cannot be brought into another workbook."""


class CannotInsertColumnsError(WorkbookError):
    """The workbook holds something that columns cannot be inserted beside without harm to it."""


class LayoutError(SheetplanError):
    """The sheets are not laid out in a way that this verb can work with."""


class NotAPlanError(LayoutError):
    """A file cannot be imported as a plan: a tracker already, or of another kind."""


class ReturnGivenError(LayoutError):
    """A return of an update owner was given where a tracker or a plan is meant."""


class PlanNotFoundError(LayoutError):
    """A document or workbook has no table with the headings of a plan."""


class SheetNotFoundError(LayoutError):
    """The workbook has no tracker sheet, or none of the name that was asked for.

    In the first case `seen` holds what each of its sheets lacks.
    """

    seen: tuple[Any, ...] = ()


class DuplicateHeadingError(LayoutError):
    """Two columns claim to be the same thing."""


class NoMonthColumnsError(LayoutError):
    """The plan keeps every month in one cell, and the verb is about columns that it has not."""


class RegisterNotFoundError(LayoutError):
    """No sheet of a workbook is a register of recommendations."""


class ColumnsInTheWayError(LayoutError):
    """Something stands to the right of the last month, where the new month would go."""


class UnansweredErrorsError(SheetplanError):
    """A report was asked for of a checked plan, and the check finds errors."""


class MonthError(SheetplanError):
    """The month that was asked for cannot be opened, or cannot be reported on."""


class MonthExistsError(MonthError):
    """The month already has columns."""


class MonthGapError(MonthError):
    """The month does not follow the tracker's last month."""


class MonthMissingError(MonthError):
    """The tracker does not have the month that is to be reported on."""


class MonthEmptyError(MonthError):
    """The month has not been filled in: there is nothing to report, and no call for another."""


class NoRecommendationsError(SheetplanError):
    """The tracker names no recommendation, so there is nothing to write an appendix on."""


class NothingInCommonError(SheetplanError):
    """Two trackers have no action in common, so there is nothing to compare them by."""


class OwnerNotFoundError(SheetplanError):
    """No owner of the name that was given is asked for anything."""


class RuleNotFoundError(SheetplanError):
    """No rule of the checks, and no family of them, has the name that was given."""

    exit_code = 2


class ThemeNameError(SheetplanError):
    """The themes of a new tracker were named in a way that cannot be."""

    exit_code = 2


class TemplateError(SheetplanError):
    """A template cannot be used: something is missing in it, or means nothing.

    `faults` holds what is wrong, each with its place.
    """

    faults: tuple[str, ...] = ()


class MissingExtraError(SheetplanError):
    """What was asked for needs an extra of sheetplan that is not installed."""


class ReturnError(SheetplanError):
    """A file that came back cannot be read as a return. `code` says why in a word."""

    def __init__(self, code: str, message: str, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.code = code


class ReconciliationError(SheetplanError):
    """What came back in returns is not all accounted for, so nothing was written."""


class BackupError(SheetplanError):
    """There is no backup to put back."""


class SettingsError(SheetplanError):
    """sheetplan.toml, or a profile, cannot be understood."""
