"""Statuses against dates: what the legend's own months say of a rating.

A date is judged by the last day that it can mean, so that "Mid 2026" has not passed in July; one
that names no last day, such as "Ongoing" or "Quarterly", is not judged at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.checks import date_cells
from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.months import run_of, says_something
from sheetplan.checks.rule import rule
from sheetplan.checks.texts import gives_reason, says_late
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.status import StatusMeaning
from sheetplan.reports.due_dates import has_passed, slippage_months
from sheetplan.reports.ratings import DONE
from sheetplan.reports.updates import asks_for_change_control
from sheetplan.settings.rating_words import months_words

_NOT_FIXED = (Precision.RECURRING, Precision.ONGOING, Precision.TO_BE_CONFIRMED)
_RATED_AS_LATE = (StatusMeaning.MEDIUM_PROGRESS, StatusMeaning.SIGNIFICANT_SLIPPAGE)


@rule(
    "due-passed-on-track",
    Severity.WARNING,
    "A committee that reads green takes it that the agreed date holds.",
    unless=("start-after-due",),
)
def due_passed_on_track(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.rated:
        if plan.meaning(action) is not StatusMeaning.ON_TRACK:
            continue
        late = _months_late(plan, action.due)
        if late is not None:
            yield Found(
                f"is on track, and its due date passed {_ago(plan, late)}. {_REMEDY}",
                (_judged(plan, action, action.due),),
                _graded(plan, late, is_firm=_is_firm(action.due)),
            )


@rule(
    "not-due-after-start",
    Severity.WARNING,
    "Work that should have begun is left out of the count of what is late.",
    unless=("start-after-due",),
)
def not_due_after_start(plan: CheckedPlan) -> Iterator[Found]:
    """Of the two dates the due date is told of where both have passed: that is the worse."""
    for action in plan.rated:
        if plan.meaning(action) is not StatusMeaning.NOT_DUE_TO_START:
            continue
        due, start = action.due, action.dates.get("start_date")
        is_overdue = _months_late(plan, due) is not None
        name, date = ("due", due) if is_overdue else ("start", start)
        late = _months_late(plan, date)
        if late is not None:
            yield Found(
                f"is not due to start, and its {name} date passed {_ago(plan, late)}. {_REMEDY}",
                (_judged(plan, action, date),),
                _graded(plan, late, is_firm=is_overdue and _is_firm(due)),
            )


@rule(
    "complete-in-future",
    Severity.WARNING,
    "What is complete long before its date is either good news that is not told, or not complete.",
    unless=("start-after-due",),
)
def complete_in_future(plan: CheckedPlan) -> Iterator[Found]:
    """Work may be finished early; then some update since it was finished says so."""
    for action in plan.rated:
        if plan.meaning(action) not in DONE:
            continue
        start, due = action.dates.get("start_date"), action.due
        is_unstarted = _months_ahead(plan, start) > 0
        if not is_unstarted and _months_ahead(plan, due) <= 1:
            continue
        has_note = any(says_something(plan, action, month) for month in run_of(plan, action, DONE))
        if is_unstarted:
            yield Found(
                "is complete or closed, and its start date is still to come. Correct the status "
                "or the start date.",
                (_judged(plan, action, start),),
                Severity.WARNING if has_note or not _is_firm(start) else Severity.ERROR,
            )
        elif not has_note:
            yield Found(
                "is complete or closed over a month before its due date, and no update says how. "
                "Say what was done and when, or correct the status.",
                (_judged(plan, action, due),),
            )


@rule(
    "rating-milder",
    Severity.WARNING,
    "By the council's own legend the action is red, and the report shows it as amber.",
    unless=("start-after-due",),
)
def rating_milder(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.rated:
        if plan.meaning(action) is not StatusMeaning.MEDIUM_PROGRESS:
            continue
        late = _months_late(plan, action.due)
        if late is not None and late > plan.settings.reports.significant_slippage:
            yield Found(
                f"has medium progress, and its due date passed {_ago(plan, late)}, which the "
                f"legend calls significant slippage. {_REMEDY}",
                (_judged(plan, action, action.due),),
            )


@rule(
    "rating-harsher",
    Severity.NOTE,
    "The dates alone do not explain the rating, so a reader will ask what does.",
    unless=("start-after-due", "update-without-reason", "update-blank"),
)
def rating_harsher(plan: CheckedPlan) -> Iterator[Found]:
    """Not where the update speaks of a delay: the legend counts what is expected as well.

    Its other ground is issues, which no date can show: amber is explained by any reason. A date
    that may mean several months is taken for the first of them, and what is due this month may well
    be amber.
    """
    reports = plan.settings.reports
    for action in plan.rated:
        meaning, due = plan.meaning(action), action.due
        if meaning not in _RATED_AS_LATE or due is None or due.precision in _NOT_FIXED:
            continue
        if due.first is None or due.last is None:
            continue
        most = plan.month.months_since(Month.of(due.first))
        is_red = meaning is StatusMeaning.SIGNIFICANT_SLIPPAGE
        if most > reports.significant_slippage or (most >= 0 and not is_red):
            continue
        if _speaks_of_delay(plan, action) or (not is_red and _gives_reason(plan, action)):
            continue
        late = _months_late(plan, due)
        passed = "has not passed" if late is None else f"passed {_ago(plan, late)}"
        yield Found(
            f"is rated {'significant' if is_red else 'medium'}, and its due date {passed}: the "
            "rating stands for issues, or for a delay that the update does not name. Make sure "
            "that a reader can tell.",
            (_judged(plan, action, due),),
        )


_REMEDY = "Rate it by the legend, or have the date moved by change control."


def _months_late(plan: CheckedPlan, date: PlanDate | None) -> int | None:
    """Whole months since a date; None where it has not passed, or nobody has settled it yet."""
    if date is None or date.precision is Precision.TO_BE_CONFIRMED:
        return None
    return slippage_months(date, plan.month) if has_passed(date, plan.month) else None


def _speaks_of_delay(plan: CheckedPlan, action: Action) -> bool:
    update = plan.update(action)
    words = plan.settings.reports.change_control_words
    return bool(says_late(update, plan.settings.checks.says_late)) or asks_for_change_control(
        update, words
    )


def _gives_reason(plan: CheckedPlan, action: Action) -> bool:
    words = plan.settings.checks
    return gives_reason(plan.update(action), words.gives_reason, words.meetings)


def _months_ahead(plan: CheckedPlan, date: PlanDate | None) -> int:
    """How many months off the first day is that a date can mean; 0 where it is not to come."""
    if date is None or date.first is None or date.precision in _NOT_FIXED:
        return 0
    return max(0, Month.of(date.first).months_since(plan.month))


def _ago(plan: CheckedPlan, months: int) -> str:
    """When a date passed: "3 months ago"."""
    return f"{months_words(months, plan.settings.reports)} ago" if months else "this month"


def _graded(plan: CheckedPlan, late: int, *, is_firm: bool) -> Severity:
    """How much lateness matters, by the legend's own months; an error only where that is sure."""
    reports = plan.settings.reports
    if late > reports.significant_slippage and is_firm:
        return Severity.ERROR
    return Severity.WARNING if late >= reports.medium_slippage else Severity.NOTE


def _is_firm(date: PlanDate | None) -> bool:
    """Whether a date can bear an error: it was read as typed, and does not only end a series."""
    return date is not None and not date.mended and date.precision not in _NOT_FIXED


def _judged(plan: CheckedPlan, action: Action, date: PlanDate | None) -> Place:
    """The status that was judged, by the date beside it."""
    return at(action, "status", plan.month, says=f"{action.status(plan.month)}\n{date}")


RULES = (
    *date_cells.RULES,
    due_passed_on_track,
    not_due_after_start,
    complete_in_future,
    rating_milder,
    rating_harsher,
)
