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
        edited: The sheet that stays because somebody edited or protected it, or that `--replace`
            takes out; None where there is none.
        notes: What else there is to say.
    """

    name: str
    replaces: Worksheet | None = None
    edited: Worksheet | None = None
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What happens, in words: 'Exception summary, a new sheet at the end'."""
        said = [f"{self.name}, {'in its place' if self.replaces else 'a new sheet at the end'}"]
        if self.edited is not None and self.edited is self.replaces:
            said.append("the earlier one is in the backup")
        return "; ".join((*said, *self.notes))


def place_report(
    workbook: Workbook, kind: str, name: str, month: Month, *, replace: bool
) -> Placement:
    """Choose where the sheet of a report goes.

    A generated sheet that nobody touched is replaced in its place. One that was edited or
    protected stays, and the new one goes beside it with the month in its name; so does one beside
    a sheet of that name which is not ours. One that was given another name is kept for good.

    Args:
        workbook: The tracker.
        kind: What the mark of a generated sheet says: "exception-summary".
        name: The name that the sheet usually has.
        month: The reporting month.
        replace: Whether an edited sheet may be replaced, since the backup has it.
    """
    edited: Worksheet | None = None
    notes: list[str] = []
    for candidate in _names(name, month):
        if candidate.casefold() not in map(str.casefold, workbook.sheet_names):
            if workbook.has_protected_structure:
                notes.append("the structure of the workbook is protected, and stays so")
            return Placement(candidate, None, edited, tuple(notes))
        sheet = _generated(workbook, candidate, kind)
        if sheet is None:
            notes.append(f"the sheet {candidate} is not sheetplan's, so it stays as it is")
            continue
        why = _why_it_stays(workbook, sheet)
        if not why:
            return Placement(sheet.name, sheet, edited, tuple(notes))
        if replace:
            return Placement(sheet.name, sheet, sheet, tuple(notes))
        edited = edited or sheet
        notes.append(f"{sheet.name} {why}, so it stays as it is")
    raise AssertionError("names go on without end")


def _generated(workbook: Workbook, name: str, kind: str) -> Worksheet | None:
    """The generated sheet of a name; None where it is a chart sheet, another's, or of another
    kind."""
    if name not in workbook:
        return None
    mark = mark_of(workbook, workbook[name])
    return workbook[name] if mark is not None and mark.kind == kind else None


def _why_it_stays(workbook: Workbook, sheet: Worksheet) -> str:
    """Why a generated sheet is an officer's own by now; empty where nobody touched it."""
    if is_edited(workbook, sheet):
        return "was edited"
    return "is protected" if sheet.child("sheetProtection") is not None else ""


def _names(name: str, month: Month) -> Iterator[str]:
    """The names that a generated sheet may have, the usual one first."""
    yield name[:_LONGEST_NAME]
    short = f"{SHORT_NAMES[month.month - 1]} {month.year}"
    number = 1
    while True:
        ending = f" {short}" if number == 1 else f" {short} ({number})"
        yield name[: _LONGEST_NAME - len(ending)] + ending
        number += 1
