"""What is wrong with the dates of an action, for whoever can put it right."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.model.action import Action
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.wording import shortened


def date_findings(action: Action) -> Iterator[Finding]:
    """The dates of an action that cannot be read, and those that were read as something else."""
    for name in action.dates:
        finding = date_finding(action, name)
        if finding is not None:
            yield finding


def date_finding(action: Action, name: str) -> Finding | None:
    """What is wrong with one date of an action; None where it was read as it is typed."""
    date = action.dates[name]
    says = f'{name.replace("_", " ")} "{shortened(date.text)}"'
    if date.precision is Precision.UNREADABLE:
        code, severity = "date-unreadable", Severity.WARNING
        message = f"{says} {_what_is_wrong(date)}"
    elif date.mended:
        code, severity = "date-mended", Severity.NOTE
        message = f"{says} was {date.mended}. Correct it if that is wrong."
    else:
        return None
    return Finding(code, severity, action.sheet, action.cell(name), action.reference_text, message)


def _what_is_wrong(date: PlanDate) -> str:
    if date.months:
        return "does not say of which year. Type it as Jul-23 or July 2023."
    return "cannot be read as a date. Type it as 31 July 2023, Jul-23, Autumn 2023 or TBC."
