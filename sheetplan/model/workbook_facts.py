"""What a check needs to know of a workbook beside its actions, gathered by whoever can read it."""

from __future__ import annotations

from dataclasses import dataclass

from sheetplan.model.month import Month


@dataclass(frozen=True)
class CellFact:
    """A cell and what it shows. `reference` is that of its row's action, or empty."""

    sheet: str
    cell: str
    says: str
    reference: str = ""


@dataclass(frozen=True)
class UnevenColumn:
    """A column of a tracker sheet in which some rows differ from most of the others.

    Attributes:
        sheet: The sheet.
        column: Its letters.
        heading: What its heading says, on one line.
        what: What differs: "drop-down", "colour rule", "number format" or "protection".
        usual: What most rows have, in words; "none" where most have none.
        cells: The cells that have another, or none, and what they have.
    """

    sheet: str
    column: str
    heading: str
    what: str
    usual: str
    cells: tuple[CellFact, ...]


@dataclass(frozen=True)
class OldMonthFormula:
    """A formula outside of the month's own columns that reads a month before the checked one."""

    sheet: str
    cell: str
    formula: str
    month: Month


@dataclass(frozen=True)
class WorkbookFacts:
    """What a workbook holds that can embarrass a council, beside what its actions say.

    Attributes:
        unread_rows: Rows that look like actions and have no readable reference: the reference
            cell, and what it says.
        hidden_rows: The reference cells of actions whose rows are hidden, by hand or by a filter.
        errors: Cells of the plan that show an error such as #REF!.
        numbers_as_text: Cells that hold a number or a date as text in a column of real ones.
        uneven: Columns whose rows differ in rules, drop-downs or formats.
        external_links: What the workbook reads from other workbooks, as file names.
        old_month_formulas: Formulas that read an earlier month.
        status_choices: The words that the drop-downs of status columns offer, each once, with the
            first cell that offers them.
    """

    unread_rows: tuple[CellFact, ...] = ()
    hidden_rows: tuple[CellFact, ...] = ()
    errors: tuple[CellFact, ...] = ()
    numbers_as_text: tuple[CellFact, ...] = ()
    uneven: tuple[UnevenColumn, ...] = ()
    external_links: tuple[str, ...] = ()
    old_month_formulas: tuple[OldMonthFormula, ...] = ()
    status_choices: tuple[CellFact, ...] = ()
