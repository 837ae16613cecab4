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
class CommentaryFact:
    """What is doubtful in a cell of commentary: its kind, as `CommentaryDoubt` has it, and what to
    do about it in a sentence."""

    place: CellFact
    kind: str
    sentence: str


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
    """A formula outside of the month's own columns that reads a month before the checked one.

    `is_labelled` is whether the words over it name the month that it reads.
    """

    sheet: str
    cell: str
    formula: str
    month: Month
    is_labelled: bool = False


@dataclass(frozen=True)
class WorkbookFacts:
    """What a workbook holds that can embarrass a council, beside what its actions say.

    Attributes:
        unread_rows: Rows that look like actions and have no readable reference: the reference
            cell, and what it says.
        hidden_rows: The reference cells of actions whose rows are hidden, by hand or by a filter.
        errors: Cells that show an error such as #REF!, or "=…" for a formula that hides one. Those
            of the plan's own columns have the reference of their action.
        numbers_as_text: Cells that hold a number or a date as text in a column of real ones.
        uneven: Columns whose rows differ in rules, drop-downs or formats.
        external_links: The cells whose formulas read another workbook, with the name of its file;
            one without a sheet for a workbook that no cell reads, but a name or a rule may.
        old_month_formulas: Formulas that read an earlier month, where none reads the same of the
            checked one.
        status_choices: The words that the drop-downs of status columns offer, each once, with the
            first cell that offers them.
        status_key: The words that the workbook's own key defines, each with its cell.
        asks_for_initials: The sheets whose heading over the month's updates asks for initials.
        commentary: What is doubtful in cells that hold every month's words.
    """

    unread_rows: tuple[CellFact, ...] = ()
    hidden_rows: tuple[CellFact, ...] = ()
    errors: tuple[CellFact, ...] = ()
    numbers_as_text: tuple[CellFact, ...] = ()
    uneven: tuple[UnevenColumn, ...] = ()
    external_links: tuple[CellFact, ...] = ()
    old_month_formulas: tuple[OldMonthFormula, ...] = ()
    status_choices: tuple[CellFact, ...] = ()
    status_key: tuple[CellFact, ...] = ()
    asks_for_initials: frozenset[str] = frozenset()
    commentary: tuple[CommentaryFact, ...] = ()
