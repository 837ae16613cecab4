"""Finding the columns of a return by their headings, wherever they were moved to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetplan.model.owner_return import (
    LOCKED_FIELDS,
    TRACKER_FIELDS,
    ReceivedCell,
    ReceivedRow,
)
from sheetplan.model.wording import compact
from sheetplan.settings import Settings
from sheetplan.sheets.return_cells import ReturnSheet

_LONGEST_HEADING = 120
_FEWEST_OF_NEW_ACTIONS = 3

# Not the lead: "Owner" and "Responsible" may well be an owner's own columns.
_ALSO_IN_A_TRACKER = frozenset(
    ["reference", "workstream", "action", "theme", "due_date", "start_date"]
)

ROW_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "reference": ("Reference",),
    "workstream": ("Workstream",),
    "action": ("Action",),
    "due_date": ("Due date", "Due"),
    "last_status": ("Last month's status", "Status last month", "Last status", "Previous status"),
    "last_update": ("Last month's update", "Update last month", "Last update", "Previous update"),
    "status": ("This month's status", "Status this month", "Your status", "New status"),
    "update": ("This month's update", "Update this month", "Your update", "New update"),
    "date_change": ("Date change requested", "Date change", "New date requested"),
    "date_change_reason": (
        "Reason for date change",
        "Reason for the date change",
        "Reason for change of date",
    ),
}
"""The headings of a return's rows; the first of each is that of the shipped template."""

NEW_ACTION_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "theme": ("Theme",),
    "workstream": ("Workstream",),
    "action": ("Action", "New action"),
    "start_date": ("Start date", "Start"),
    "due_date": ("Due date", "Due"),
    "lead": ("Lead", "Director lead", "Lead officer"),
    "reason": ("Reason", "Reason for the action"),
}
"""The same for the sheet of new actions."""

# Not the lead: "Owner" or "Responsible" may well be a column that an owner added.
_ALSO_IN_A_TRACKER = frozenset("reference workstream action theme due_date start_date".split())


class HeadingWords:
    """What headings mean, by their words.

    What the file itself says of its headings counts for more than the words that are usual, and
    these for more than those of the settings.

    Args:
        said: The headings of fields as the file has them.
        usual: The usual ones.
        settings: The council's, for the fields that a tracker has as well.
    """

    def __init__(
        self, said: Mapping[str, str], usual: Mapping[str, tuple[str, ...]], settings: Settings
    ) -> None:
        fields = settings.fields
        self._meant: dict[str, tuple[int, str]] = {}
        for rank, source in enumerate(
            (
                {name: (text,) for name, text in said.items()},
                usual,
                {name: fields[name] for name in _ALSO_IN_A_TRACKER & usual.keys() & fields.keys()},
            )
        ):
            for name, texts in source.items():
                for text in texts:
                    self._meant.setdefault(compact(text), (rank, name))

    def columns_in(self, texts: Mapping[int, str]) -> dict[str, list[int]]:
        """The columns of each field in a row of headings, those that count for most alone."""
        found: dict[str, dict[int, list[int]]] = {}
        for column, text in texts.items():
            meant = self._meant.get(compact(text)) if len(text) <= _LONGEST_HEADING else None
            if meant is not None:
                rank, name = meant
                found.setdefault(name, {}).setdefault(rank, []).append(column)
        return {name: by_rank[min(by_rank)] for name, by_rank in found.items()}


@dataclass(frozen=True)
class ReturnTable:
    """Rows under a row of headings.

    Attributes:
        sheet: The sheet.
        heading_row: The row of the headings.
        headings: What they say, by column.
        all_columns: The columns of each field that was found; more than one where several columns
            have headings that mean it.
    """

    sheet: ReturnSheet
    heading_row: int
    headings: Mapping[int, str]
    all_columns: Mapping[str, list[int]]

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each field; the first where there are several."""
        return {name: columns[0] for name, columns in self.all_columns.items()}

    @cached_property
    def contents(self) -> TableContents:
        """What stands under the headings, read in one pass."""
        names = {column: name for name, column in self.columns.items()}
        rows, others = [], dict[int, dict[int, str]]()
        for row in self.sheet.sheet.rows:
            if row <= self.heading_row:
                continue
            cells = {}
            for column, cell in self.sheet.received(row, names):
                if column in names:
                    cells[names[column]] = cell
                else:
                    others.setdefault(column, {})[row] = cell.text
            if cells and not self._are_headings(cells):
                rows.append(ReceivedRow(row, cells))
        return TableContents(tuple(rows), others)

    def _are_headings(self, cells: Mapping[str, ReceivedCell]) -> bool:
        """Whether a row repeats the headings, as one that was pasted with them does."""
        return len(cells) > 1 and all(
            compact(cell.text) == compact(self.headings[self.columns[name]])
            for name, cell in cells.items()
        )


@dataclass(frozen=True)
class TableContents:
    """What stands under headings.

    Attributes:
        rows: The rows, with the cells of the fields; blank rows are left out.
        others: The texts in columns of no field, by column and row. Formulas are left out.
    """

    rows: tuple[ReceivedRow, ...]
    others: Mapping[int, Mapping[int, str]]


def find_rows_table(sheet: ReturnSheet, words: HeadingWords) -> ReturnTable | None:
    """The rows of a return on a sheet; None where nothing heads both an answer and an action."""
    table = _best_table(sheet, words)
    if table is None or table.columns.keys().isdisjoint(TRACKER_FIELDS):
        return None
    return None if table.columns.keys().isdisjoint(LOCKED_FIELDS) else table


def find_new_actions_table(sheet: ReturnSheet, words: HeadingWords) -> ReturnTable | None:
    """The rows for new actions on a sheet; None where it has none."""
    table = _best_table(sheet, words)
    is_enough = table is not None and len(table.columns) >= _FEWEST_OF_NEW_ACTIONS
    return table if is_enough else None


def _best_table(sheet: ReturnSheet, words: HeadingWords) -> ReturnTable | None:
    """The first row in which at least half as many headings are known as in the row with most.

    Not always the one with most: where the rows were pasted again with their headings, and one of
    the upper ones was changed, that would be the lower, and what is above it would not be read.
    """
    found, most = [], 0
    for row, texts in sheet.first_texts.items():
        # A row of no more texts than that can only be the second of its kind.
        if len(texts) > most and (columns := words.columns_in(texts)):
            found.append(ReturnTable(sheet, row, texts, columns))
            most = max(most, len(columns))
    return next((table for table in found if len(table.columns) * 2 >= most), None)
