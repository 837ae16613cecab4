"""Colouring a tracker: rules that repeat each status word as a colour, for every month."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.backups import COLOURING
from sheetplan.cycle.files import (
    Destination,
    choose_destination,
    open_to_change,
    save_changed,
    saying_which_file,
)
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.saving import FileState, Verified
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import find_settings, load_profile
from sheetplan.sheets.rag_colours import colour_edits
from sheetplan.sheets.reading import read_layouts


@dataclass(frozen=True)
class ColourPlan:
    """The colour rules that will be added or made to reach further, sheet by sheet."""

    path: Path
    workbook: Workbook
    state: FileState
    sheets: tuple[tuple[Worksheet, tuple[Edit, ...]], ...]

    @property
    def has_work(self) -> bool:
        """Whether any sheet needs a rule."""
        return any(edits for _, edits in self.sheets)

    def as_data(self) -> dict[str, object]:
        """The plan as plain data."""
        return {
            "tracker": str(self.path),
            "sheets": [
                {
                    "sheet": sheet.name,
                    "rules": [
                        {"what": edit.what, "before": edit.before, "after": edit.after}
                        for edit in edits
                    ],
                }
                for sheet, edits in self.sheets
            ],
        }

    def destination(self, output: Path | None = None) -> Destination:
        """Where `apply` will write.

        Raises:
            CannotWriteError: it cannot be written there.
        """
        return choose_destination(self.path, output, COLOURING)

    def carry_out(self) -> None:
        """Make the changes in the open workbook; nothing is written to disk yet."""
        for sheet, edits in self.sheets:
            if edits:
                with self.workbook.editing(sheet):
                    for edit in edits:
                        edit.make()

    def apply(self, output: Path | None = None) -> ColourResult:
        """Carry the plan out and save the workbook; does nothing when there is nothing to do.

        Raises:
            WorkbookError: it could not be written; the workbook is as it was.
        """
        if not self.has_work:
            return ColourResult(self, None, None, None)
        place = self.destination(output)
        with saying_which_file(self.path):
            self.carry_out()
        verified = save_changed(self.workbook, self.path, self.state, place)
        return ColourResult(self, place.output, place.backup, verified)


@dataclass(frozen=True)
class ColourResult:
    """What colouring did; nothing was written when every month had its colours."""

    plan: ColourPlan
    output: Path | None
    backup: Path | None
    verified: Verified | None

    def as_data(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            **self.plan.as_data(),
            "output": None if self.output is None else str(self.output),
            "backup": None if self.backup is None else str(self.backup),
            "verified": None if self.verified is None else self.verified.as_data(),
        }


def plan_colour(tracker: str | Path, *, profile: str | Path | None = None) -> ColourPlan:
    """Plan the colour rules that a tracker's status columns lack.

    Raises:
        SheetplanError: the file or its settings cannot be used.
    """
    path = Path(tracker)
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = load_profile(profile) if profile is not None else find_settings(path)
        reading = read_layouts(workbook, settings)
        sheets = tuple(
            (item.sheet, tuple(colour_edits(item.sheet, item.layout, settings)))
            for item in reading.trackers
        )
    return ColourPlan(path, workbook, state, sheets)


def colour(
    tracker: str | Path,
    *,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ColourResult:
    """Give every month's status cells colour rules, or make those that they have reach all rows.

    Args:
        tracker: The workbook.
        output: A new file to write; the tracker itself, with a backup beside it, when None.
        profile: A settings file or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
    """
    plan = plan_colour(tracker, profile=profile)
    return plan.apply(Path(output) if output is not None else None)
