"""The workbook: cells in error, hidden rows, rules that not all rows have, formulas and links that
read what is old or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place
from sheetplan.checks.rule import Rule, rule
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import shortened
from sheetplan.model.workbook_facts import CellFact, UnevenColumn

_MOST_CHOICES = 3
_DONE = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED)
_UNHIDE = {
    "hidden by a filter": "Clear the filter: Data > Clear.",
    "folded away in a group": "Open its group with the + beside it.",
    "hidden by hand": "Mark the rows around it, and choose Home > Format > Hide & Unhide > Unhide "
    "Rows.",
}


def _place(fact: CellFact, about: str = "") -> Place:
    """The place of a fact. `about` tells apart cells of a row that say the same."""
    says = f"{about}\n{fact.says}" if about else fact.says
    return Place(fact.sheet, fact.cell, fact.reference, says)


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _by_row(plan: CheckedPlan) -> Mapping[tuple[str, str], Action]:
    """The actions by their sheets and rows."""
    return {(action.sheet, str(action.row)): action for action in plan.actions}


def _action(actions: Mapping[tuple[str, str], Action], fact: CellFact) -> Action | None:
    return actions.get((fact.sheet, fact.cell[len(_letters(fact.cell)) :]))


@rule(
    "cell-error",
    Severity.WARNING,
    "Whoever opens the workbook sees the error, and every figure that is worked out from it is one "
    "as well.",
)
def cell_error(plan: CheckedPlan) -> Iterator[Found]:
    """An error in what is said of an action this month, or for good, is printed in reports."""
    actions = _by_row(plan)
    for fact in plan.facts.errors:
        if fact.says.startswith("="):
            message = (
                "has a formula that reads a cell which was deleted (#REF!), though it does not "
                "show it. Mend the formula."
            )
        else:
            message = f"shows {fact.says}. Mend the formula, or type what is meant."
        action = _action(actions, fact) if fact.reference else None
        field = _field(action, _letters(fact.cell), plan)
        is_reported = field != _letters(fact.cell)
        yield Found(message, (_place(fact, field),), Severity.ERROR if is_reported else None)


def _field(action: Action | None, letters: str, plan: CheckedPlan) -> str:
    """The field of a column that speaks of an action for good, or in the checked month; its letters
    where it is none of them."""
    if action is None or action.columns is None:
        return letters
    monthly = action.columns.months.get(plan.month, {})
    fields = {**action.columns.fields, **monthly}
    return next((field for field, column in fields.items() if column == letters), letters)


@rule(
    "row-hidden",
    Severity.WARNING,
    "Reports count an action that nobody sees on its sheet, so the two do not add up.",
)
def row_hidden(plan: CheckedPlan) -> Iterator[Found]:
    """Actions that are done are often hidden on purpose."""
    actions = _by_row(plan)
    for fact in plan.facts.hidden_rows:
        action = _action(actions, fact)
        is_done = action is not None and plan.meaning(action) in _DONE
        yield Found(
            f"stands in a row that is {fact.says}, and reports count it all the same. "
            f"{_UNHIDE.get(fact.says, '')}".strip(),
            (_place(fact),),
            Severity.NOTE if is_done else None,
        )


@rule(
    "number-as-text",
    Severity.WARNING,
    "Excel sorts, filters and adds up text apart from real numbers and dates, without a word.",
)
def number_as_text(plan: CheckedPlan) -> Iterator[Found]:
    """Trackers say "Mar-23" in words on purpose: that is not found."""
    actions = _by_row(plan)
    for fact in plan.facts.numbers_as_text:
        field = _field(_action(actions, fact), _letters(fact.cell), plan)
        yield Found(
            "holds a number or a day as text, where the others of its column hold real ones. Mark "
            "the column and choose Data > Text to Columns > Finish, or type it again.",
            (_place(fact, field),),
        )


@rule(
    "formula-reads-old-month",
    Severity.WARNING,
    "Figures of an earlier month are taken for those of this one.",
)
def formula_reads_old_month(plan: CheckedPlan) -> Iterator[Found]:
    """Where the words over a formula name the month that it reads, nobody is misled."""
    for formula in plan.facts.old_month_formulas:
        place = Place(formula.sheet, formula.cell, "", f"={formula.formula}")
        yield Found(
            f"reads {formula.month}, and no formula of its sheet reads the same of {plan.month}. "
            f"Point it at the columns of {plan.month}, or name the sheet after {formula.month} if "
            "it is kept for that.",
            (place,),
            Severity.NOTE if formula.is_labelled else None,
        )


@rule(
    "external-link",
    Severity.NOTE,
    "Excel asks every reader whether to update the links, and most of them have no access to the "
    "other file.",
)
def external_link(plan: CheckedPlan) -> Iterator[Found]:
    """What other workbooks the plan reads."""
    for fact in plan.facts.external_links:
        yield Found(
            f'reads the workbook "{shortened(fact.says)}". If it need not, choose Data > Edit '
            "Links > Break Link: the values stay.",
            (_place(fact) if fact.sheet else Place("The workbook", "", "", fact.says),),
        )


# ---------------------------------------------------------------- uneven columns


@rule(
    "rules-uneven",
    Severity.NOTE,
    "A row without the drop-down or the colours of the others is filled in and read differently.",
)
def rules_uneven(plan: CheckedPlan) -> Iterator[Found]:
    """Rows of one column that Excel treats differently: most often they were pasted or inserted."""
    for column in plan.facts.uneven:
        said = {
            "drop-down": partial(_uneven_drop_down, column),
            "colour rule": partial(_uneven_colours, column),
            "number format": partial(_uneven_format, column),
            "protection": partial(_uneven_protection, column),
        }[column.what]
        for fact in column.cells:
            message, severity = said(fact)
            place = _place(fact, f"{column.what} of {column.heading or column.column}")
            yield Found(message, (place,), severity)


_Said = tuple[str, Severity | None]


def _uneven_drop_down(column: UnevenColumn, fact: CellFact) -> _Said:
    copying = "Copy one of these cells, and paste it here with Paste Special > Validation."
    if fact.says == "none":
        return (
            f'has no drop-down, where most cells of its column offer "{shortened(column.usual)}". '
            f"{copying}"
        ), Severity.WARNING
    if column.usual == "none":
        return "has a drop-down, where most cells of its column have none. Clear it.", None
    return (
        f"has another drop-down than most cells of its column: {_difference(column, fact)}. "
        f"{copying}"
    ), Severity.WARNING


def _difference(column: UnevenColumn, fact: CellFact) -> str:
    """What a drop-down offers more or less than the usual one."""
    usual, own = column.usual.split(", "), fact.says.split(", ")
    lacking = [words for words in usual if words not in own]
    more = [words for words in own if words not in usual]
    said = []
    for verb, words in (("lacks", lacking), ("also offers", more)):
        if words:
            quoted = [f'"{shortened(each)}"' for each in words[:_MOST_CHOICES]]
            left_out = len(words) - _MOST_CHOICES
            rest = f" and {left_out} more" if left_out > 0 else ""
            said.append(f"it {verb} {', '.join(quoted)}{rest}")
    return ", and ".join(said) or "the order differs"


def _uneven_colours(column: UnevenColumn, fact: CellFact) -> _Said:
    if column.usual == "none":
        said = "has colour rules, where most cells of its column have none"
        return f"{said}. Clear them: Home > Conditional Formatting > Clear Rules.", None
    copying = "Copy one of these cells, and paste it here with Paste Special > Formats."
    if fact.says == "none":
        said = f"has no colour rule, where most cells of its column have {column.usual}"
    else:
        said = f"has not the colour rules that most cells of its column have: {fact.says}"
    return f"{said}. {copying}", None


def _uneven_format(column: UnevenColumn, fact: CellFact) -> _Said:
    return (
        f"does not show its value as most cells of its column do, which show {column.usual}. Copy "
        "the format of one of these cells with the Format Painter."
    ), None


def _uneven_protection(column: UnevenColumn, fact: CellFact) -> _Said:
    if fact.says == "locked":
        return (
            "is locked, where most cells of its column are not, so nobody can fill it in while the "
            "sheet is protected. Untick Format Cells > Protection > Locked."
        ), Severity.WARNING
    return (
        "can be typed over, where most cells of its column are locked. Tick Format Cells > "
        "Protection > Locked."
    ), None


RULES: tuple[Rule, ...] = (
    cell_error,
    row_hidden,
    number_as_text,
    formula_reads_old_month,
    external_link,
    rules_uneven,
)
