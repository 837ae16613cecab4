"""The plan of `prepare`: the support sheets that a tracker lacks, and what they are filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sheetplan.cycle.backups import PREPARING
from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.plain_data import plain
from sheetplan.cycle.prepare_rows import Row
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.support_adding import add_support_sheet, place_of, set_choices
from sheetplan.sheets.support_columns import RECOMMENDATIONS, SUPPORT_KINDS, THEME_LIST
from sheetplan.sheets.support_tables import SupportTable, find_support_tables

_BLANK_ROWS = 3  # of a sheet that the tracker says nothing for


@dataclass(frozen=True)
class NewSheet:
    """A support sheet that will be added.

    Attributes:
        pattern: Where the template has it.
        rows: What its rows will hold, by the name of the column; the rest is for officers.
    """

    pattern: SupportTable
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.pattern.sheet.name

    @property
    def kind(self) -> str:
        """The kind of its records."""
        return self.pattern.kind.name


@dataclass
class PreparePlan(ChangePlan):
    """The support sheets that will be added; nothing has been done.

    Attributes:
        month: The tracker's latest month, which narrative and achievements begin with.
        sheets: The sheets to add, in their order.
        present: The support sheets that are there and stay as they are, by the kind of record.
        findings: What was filled in and is doubtful.
    """

    month: Month
    sheets: tuple[NewSheet, ...]
    present: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        return PREPARING

    @property
    def has_work(self) -> bool:
        return bool(self.sheets)

    def as_data(self) -> dict[str, Any]:
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "sheets": [
                {"sheet": new.name, "kind": new.kind, "rows": plain(new.rows)}
                for new in self.sheets
            ],
            "already_there": dict(self.present),
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        add_support_sheets(self.workbook, self.sheets)


def add_support_sheets(workbook: Workbook, sheets: Iterable[NewSheet]) -> None:
    """Add support sheets at the end of a tracker, with drop-downs that lead somewhere."""
    added = [
        add_support_sheet(workbook, new.pattern, new.rows or ({},) * _BLANK_ROWS) for new in sheets
    ]
    choices = _choices(workbook)
    for sheet in added:
        set_choices(sheet, choices)


def _choices(workbook: Workbook) -> dict[str, str]:
    """The cells that drop-downs offer: the codes of recommendations, the titles of themes."""
    tables, _, _ = find_support_tables(workbook, (*SUPPORT_KINDS, THEME_LIST))
    offered = {"codes": (RECOMMENDATIONS.name, "code"), "themes": (THEME_LIST.name, "theme")}
    return {
        name: place_of(tables[kind].sheet, tables[kind].area(column))
        for name, (kind, column) in offered.items()
        if kind in tables
    }
