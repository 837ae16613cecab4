"""A change of a tracker: planned, shown, and then carried out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from sheetplan.cycle.files import (
    Destination,
    choose_destination,
    save_changed,
    saying_which_file,
)
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.saving import FileState, Verified
from sheetplan.ooxml.workbook import Workbook


@dataclass
class ChangePlan(ABC):
    """A change of a tracker; nothing has been done.

    Attributes:
        path: The tracker.
        workbook: The tracker, open.
        state: The file as it was when it was read.
    """

    path: Path
    workbook: Workbook
    state: FileState

    @property
    @abstractmethod
    def name(self) -> str:
        """The change, as the name of its backup says it."""

    @property
    def has_work(self) -> bool:
        """Whether there is anything to do."""
        return True

    @property
    def changes_tracker(self) -> bool:
        """Whether the tracker itself will be written."""
        return self.has_work

    @property
    def new_files(self) -> tuple[Path, ...]:
        """The files that will be made beside the tracker."""
        return ()

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        """All that the plan says it takes away or writes over: (part, place)."""
        return frozenset()

    @abstractmethod
    def as_data(self) -> Mapping[str, Any]:
        """The plan as plain data."""

    @abstractmethod
    def carry_out(self) -> None:
        """Make the changes in the open workbook; nothing is written to disk yet."""

    def destination(self, output: Path | None = None) -> Destination:
        """Where `apply` will write.

        Raises:
            CannotWriteError: it cannot be written there.
        """
        return choose_destination(self.path, output, self.name)

    def apply(self, output: str | Path | None = None) -> ChangeResult[Self]:
        """Carry the plan out and save the workbook, the promise checked on what was written.

        Does nothing where there is nothing to do.

        Args:
            output: A new file; the tracker itself, with a backup beside it, when None.

        Raises:
            WorkbookError: it could not be written; the workbook is as it was.
        """
        if not self.has_work:
            return ChangeResult(self, None, None, None)
        place = self.destination(None if output is None else Path(output))
        with saying_which_file(self.path), collecting_no_garbage():
            self.carry_out()
        verified = save_changed(self.workbook, self.path, self.state, place, self.agreed)
        return ChangeResult(self, place.output, place.backup, verified)


Plan = TypeVar("Plan", bound=ChangePlan, covariant=True)


@dataclass(frozen=True)
class ChangeResult(Generic[Plan]):
    """What carrying a plan out did; nothing was written where there was nothing to do."""

    plan: Plan
    output: Path | None
    backup: Path | None
    verified: Verified | None

    def as_data(self) -> dict[str, Any]:
        """What was written, where, and what was verified, as plain data."""
        return {
            **self.plan.as_data(),
            "output": None if self.output is None else str(self.output),
            "backup": None if self.backup is None else str(self.backup),
            "verified": None if self.verified is None else self.verified.as_data(),
        }
