"""Start and due dates by themselves: unreadable, missing, or the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, at
from sheetplan.checks.rule import rule
from sheetplan.model.date_findings import date_finding
from sheetplan.model.finding import Severity
from sheetplan.model.status import StatusMeaning

_NEEDS_NO_DATE = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED, StatusMeaning.NOT_APPLICABLE)


@rule(
    "date-unreadable",
    Severity.WARNING,
    "An action whose date cannot be read is never found to be late.",
    unless=("cell-error",),
)
def date_unreadable(plan: CheckedPlan) -> Iterator[Found]:
    return _dates_that_are(plan, "date-unreadable")


@rule(
    "date-mended",
    Severity.NOTE,
    "Everything that is said of lateness rests on how a misspelt date was read.",
)
def date_mended(plan: CheckedPlan) -> Iterator[Found]:
    return _dates_that_are(plan, "date-mended")


def _dates_that_are(plan: CheckedPlan, code: str) -> Iterator[Found]:
    for action in plan.actions:
        for name in action.dates:
            finding = date_finding(action, name)
            if finding is not None and finding.code == code:
                yield Found(finding.message, (at(action, name),))


@rule(
    "start-after-due",
    Severity.WARNING,
    "Work cannot be due before it starts: one of the two dates is wrong.",
)
def start_after_due(plan: CheckedPlan) -> Iterator[Found]:
    """No day that the start can mean is early enough for any day that the due date can mean."""
    for action in plan.actions:
        start, due = action.dates.get("start_date"), action.due
        if start and due and start.first and due.last and start.first > due.last:
            place = at(action, "start_date", says=f"{start}\n{due}")
            yield Found("starts after its due date. Correct whichever date is wrong.", (place,))


@rule(
    "start-without-due",
    Severity.WARNING,
    "An action without a due date cannot be late, and nobody can hold anybody to it.",
)
def start_without_due(plan: CheckedPlan) -> Iterator[Found]:
    """Only on sheets that have due dates at all, and not of work that is over."""
    dated = {action.sheet for action in plan.actions if action.due is not None}
    for action in plan.rated:
        start = action.dates.get("start_date")
        if (
            action.sheet in dated
            and action.due is None
            and start is not None
            and start.first is not None
            and plan.meaning(action) not in _NEEDS_NO_DATE
        ):
            yield Found(
                "has a start date and no due date. Write when it is due; if the start column "
                "holds the date that was agreed for its end, move it.",
                (at(action, "due_date", says=start.text),),
            )


RULES = (date_unreadable, date_mended, start_after_due, start_without_due)
