"""Changing a workbook and saving it, as the layers above do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet


def edited(
    source: Path,
    change: Callable[[Worksheet], Any],
    *,
    agreed: Iterable[str] = (),
    target: Path | None = None,
) -> Path:
    """Change the first sheet of a workbook and save it as after.xlsx beside it.

    Args:
        source: The workbook.
        change: What is done to the sheet.
        agreed: Places on it that may change or go.
        target: Another file to save to.
    """
    target = target or source.with_name("after.xlsx")
    state = FileState.of(source)
    workbook = Workbook.open(source)
    sheet = workbook.sheets[0]
    with workbook.editing(sheet):
        change(sheet)
    save(
        workbook.package,
        target,
        source=source,
        state=state,
        agreed=frozenset((sheet.part, place) for place in agreed),
    )
    return target


def make(edits: Iterable[Edit]) -> None:
    """Make edits, in their order."""
    for edit in list(edits):
        edit.make()
