"""Colouring a tracker: rules that repeat each status word as a colour, for every month."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.backups import COLOURING
from sheetplan.cycle.change import ChangePlan, ChangeResult
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.errors import NoMonthColumnsError
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import find_settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.rag_colours import colour_edits
from sheetplan.sheets.reading import read_layouts


@dataclass
class ColourPlan(ChangePlan):
    """The colour rules that will be added or made to reach further, sheet by sheet."""

    sheets: tuple[tuple[Worksheet, tuple[Edit, ...]], ...]

    @property
    def name(self) -> str:
        return COLOURING

    @property
    def has_work(self) -> bool:
        return any(edits for _, edits in self.sheets)

    def as_data(self) -> dict[str, object]:
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

    def carry_out(self) -> None:
        for sheet, edits in self.sheets:
            if edits:
                with self.workbook.editing(sheet):
                    for edit in edits:
                        edit.make()


def plan_colour(tracker: str | Path, *, profile: str | Path | None = None) -> ColourPlan:
    """Plan the colour rules that a tracker's status columns lack.

    Raises:
        NoMonthColumnsError: the plan keeps every month in one cell, so there is none to colour.
        SheetplanError: the file or its settings cannot be used.
    """
    path = Path(tracker)
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        if settings.kind is TrackerKind.COMMENTARY:
            raise NoMonthColumnsError(
                "there are no columns of statuses to colour: the settings say that each month's "
                "words are added in one cell.",
                remedy="Colour words or cells in Excel, where you want colours; they are read as "
                "the settings say.",
            )
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
) -> ChangeResult[ColourPlan]:
    """Give every month's status cells colour rules, or make those that they have reach all rows.

    Args:
        tracker: The workbook.
        output: A new file to write; the tracker itself, with a backup beside it, when None.
        profile: A settings file or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the workbook is as it was.
    """
    return plan_colour(tracker, profile=profile).apply(output)
