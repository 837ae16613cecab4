"""A tracker sheet as a check looks at it: its actions, and the columns that are checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetplan.model.action import Action, Tracker
from sheetplan.model.month import Month
from sheetplan.ooxml.column_rules import SheetRules
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.reading import WorkbookReading


@dataclass(frozen=True)
class CheckedSheet:
    """A tracker sheet in the month that is checked.

    Attributes:
        sheet: The sheet.
        layout: Its layout.
        month: The month.
        actions: Its actions by their rows.
    """

    sheet: Worksheet
    layout: SheetLayout
    month: Month
    actions: Mapping[int, Action]

    @cached_property
    def monthly(self) -> Mapping[int, str]:
        """The field of each column of the month; empty for one that the profile does not know."""
        blocks = (block for block in self.layout.months if block.month == self.month)
        return {column.column: column.field for block in blocks for column in block.columns}

    @cached_property
    def lasting(self) -> Mapping[int, str]:
        """The field of each column outside the months; empty for one that the profile does not
        know."""
        unknown = {h.column: "" for h in self.layout.unknown if h.column not in self._of_months}
        fields = {column: field for field, column in self.layout.fields.items()}
        return dict(sorted({**unknown, **fields}.items()))

    @property
    def columns(self) -> list[int]:
        """The columns that are checked, from left to right: those outside the months, and the
        month's."""
        return sorted({*self.lasting, *self.monthly})

    @cached_property
    def plan_columns(self) -> frozenset[int]:
        """Every column of the plan, those of other months too."""
        return self._of_months.union(self.lasting)

    @cached_property
    def _of_months(self) -> frozenset[int]:
        blocks = self.layout.months
        return frozenset(column.column for block in blocks for column in block.columns)

    @cached_property
    def cells(self) -> ColumnCells:
        """The cells of the columns that are checked."""
        return ColumnCells(self.sheet, self.columns)

    @cached_property
    def rules(self) -> SheetRules:
        """The rules of the sheet."""
        return SheetRules(self.sheet)

    def values(self, column: int) -> dict[int, object]:
        """What the actions have in a column that is checked, by row; not those that are blank."""
        found = self.cells.values(column)
        return {row: value for row, value in found.items() if row in self.actions}

    def reference(self, row: int) -> str:
        """The reference of the action in a row, as typed; empty for a row that is none."""
        action = self.actions.get(row)
        return action.reference_text if action else ""


def checked_sheets(
    reading: WorkbookReading, tracker: Tracker, month: Month
) -> Iterator[CheckedSheet]:
    """The tracker sheets of a workbook, in their order.

    Args:
        reading: The layouts.
        tracker: The actions that were read from it.
        month: The month that is checked.
    """
    actions: dict[str, dict[int, Action]] = {}
    for action in tracker.actions:
        actions.setdefault(action.sheet, {}).setdefault(action.row, action)
    for item in reading.trackers:
        found = actions.get(item.sheet.name, {})
        yield CheckedSheet(item.sheet, item.layout, month, found)
