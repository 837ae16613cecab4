"""The structure of a workbook: its sheets, columns, drop-downs, colour rules and names, as data."""

from __future__ import annotations

from dataclasses import dataclass

from sheetplan.model.month import Month


@dataclass(frozen=True)
class ColumnStructure:
    """A column of a tracker sheet.

    Attributes:
        letters: Its letters.
        heading: What its heading says, on one line; empty where it has none of its own.
        field: The field that it holds; empty for one that the profile does not know.
        month: Its month, where it comes again every month.
        drop_downs: What each drop-down over its actions offers, in words: "On track, Complete".
            Other rules for what may be typed stand here too: "a date from 1 January 2023".
        colour_rules: How many different colour rules hold for its actions.
    """

    letters: str
    heading: str
    field: str = ""
    month: Month | None = None
    drop_downs: tuple[str, ...] = ()
    colour_rules: int = 0


@dataclass(frozen=True)
class SheetStructure:
    """A sheet.

    Attributes:
        name: Its name.
        state: "visible", "hidden" or "veryHidden", which Excel's menus do not show again.
        is_tracker: Whether actions are read from it.
        columns: The columns of a tracker sheet, from left to right.
    """

    name: str
    state: str
    is_tracker: bool
    columns: tuple[ColumnStructure, ...] = ()


@dataclass(frozen=True)
class NameStructure:
    """A defined name: what it stands for, and the sheet that it belongs to, or empty."""

    name: str
    meaning: str
    sheet: str = ""


@dataclass(frozen=True)
class WorkbookStructure:
    """A workbook: its worksheets in their order, and its defined names, but for hidden ones."""

    sheets: tuple[SheetStructure, ...]
    names: tuple[NameStructure, ...] = ()
