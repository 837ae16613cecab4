"""Where a generated sheet goes: what an officer has edited is never written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheetplan.model.month import SHORT_NAMES, Month
from sheetplan.ooxml.marks import is_edited, mark_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet

_LONGEST_NAME = 31


@dataclass(frozen=True)
class Placement:
    """Where a report's sheet goes in the tracker.

    Attributes:
        name: The name that it will have.
        replaces: The sheet that it takes the place of; None for a new one at the end.
        edited: The sheet that stays because somebody edited it, or that `--replace` takes out;
            None where there is none.
    """

    name: str
    replaces: Worksheet | None = None
    edited: Worksheet | None = None

    @property
    def words(self) -> str:
        """What happens, in words: 'Exception summary, a new sheet at the end'."""
        if self.replaces is None:
            beside = f"; {self.edited.name} was edited, so it stays as it is" if self.edited else ""
            return f"{self.name}, a new sheet at the end{beside}"
        if self.edited is self.replaces:
            return f"{self.name}, in its place; the edited one is in the backup"
        beside = f"; {self.edited.name} was edited, so it stays as it is" if self.edited else ""
        return f"{self.name}, in its place{beside}"


def place_report(
    workbook: Workbook, kind: str, name: str, month: Month, *, replace: bool
) -> Placement:
    """Choose where the sheet of a report goes.

    A generated sheet that nobody touched is replaced in its place. One that was edited stays, and
    the new one goes beside it with the month in its name; so does one beside a sheet of that name
    which is not ours. A generated sheet that was given another name is kept for good.

    Args:
        workbook: The tracker.
        kind: What the mark of a generated sheet says: "exception-summary".
        name: The name that the sheet usually has.
        month: The reporting month.
        replace: Whether an edited sheet may be replaced, since the backup has it.
    """
    edited: Worksheet | None = None
    for candidate in _names(name, month):
        if candidate not in workbook:
            if candidate.casefold() in map(str.casefold, workbook.sheet_names):
                continue  # a chart sheet
            return Placement(candidate, edited=edited)
        sheet = workbook[candidate]
        mark = mark_of(workbook, sheet)
        if mark is None or mark.kind != kind:
            continue
        if not is_edited(workbook, sheet):
            return Placement(sheet.name, sheet, edited)
        if replace:
            return Placement(sheet.name, sheet, sheet)
        edited = edited or sheet
    raise AssertionError("names go on without end")


def _names(name: str, month: Month) -> Iterator[str]:
    """The names that a generated sheet may have, the usual one first."""
    yield name[:_LONGEST_NAME]
    short = f"{SHORT_NAMES[month.month - 1]} {month.year}"
    number = 1
    while True:
        ending = f" {short}" if number == 1 else f" {short} ({number})"
        yield name[: _LONGEST_NAME - len(ending)] + ending
        number += 1
