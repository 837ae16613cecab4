"""Agreed dates against what else is said: an end that an update foresees, work that comes again and
is complete, and main actions that nobody rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, at
from sheetplan.checks.future_texts import FutureWords, Promise, promises
from sheetplan.checks.phrases import says
from sheetplan.checks.rule import Rule, rule
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import listed
from sheetplan.reports.due_dates import has_passed, slippage_months
from sheetplan.reports.ratings import DONE
from sheetplan.returns.lengths import shown
from sheetplan.settings.rating_words import months_words

_COMES_AGAIN = (Precision.RECURRING, Precision.ONGOING)
_UNRATED = (None, StatusMeaning.NOT_APPLICABLE)
_OPEN = (
    StatusMeaning.ON_TRACK, StatusMeaning.MEDIUM_PROGRESS, StatusMeaning.SIGNIFICANT_SLIPPAGE,
    StatusMeaning.NOT_DUE_TO_START, StatusMeaning.ON_HOLD,
)  # fmt: skip


@rule(
    "update-later-than-due",
    Severity.WARNING,
    "The legend counts slippage that is foreseen, and here the council's own words foresee it.",
    unless=("due-passed-on-track", "rating-milder", "update-out-of-date"),
)
def update_later_than_due(plan: CheckedPlan) -> Iterator[Found]:
    """Only where the update speaks of the end of the work, and the rating is milder than the months
    between the two dates."""
    checks, reports = plan.settings.checks, plan.settings.reports
    words = FutureWords(checks.still_to_come, checks.meetings, plan.settings.dates)
    least = {
        StatusMeaning.ON_TRACK: reports.medium_slippage,
        StatusMeaning.MEDIUM_PROGRESS: reports.significant_slippage + 1,
    }
    for action in plan.rated:
        meaning, due, update = plan.meaning(action), action.due, plan.update(action)
        if meaning not in least or due is None or not _is_day(due):
            continue
        if not says(update, checks.speaks_of_end):
            continue
        for promise in promises(update, words):
            late = _months_after(due, promise, plan.month)
            if late < least[meaning] or not says(promise.sentence, checks.speaks_of_end):
                continue
            yield Found(
                f'is rated {meaning.words}, and the update says "{shown(promise.quote)}", which is '
                f"{months_words(late, reports)} after the due date. Rate it by the legend, or have "
                "the date moved by change control.",
                (at(action, "status", plan.month, says=_judged(plan, action)),),
            )
            break


@rule(
    "recurring-complete",
    Severity.NOTE,
    "A reader who sees that it comes again asks who does it now that the plan is done with it.",
)
def recurring_complete(plan: CheckedPlan) -> Iterator[Found]:
    """Told of when it is completed; afterwards nobody asks any more."""
    for action in plan.rated:
        due = action.due
        if due is None or due.precision not in _COMES_AGAIN or plan.previous is None:
            continue
        if plan.meaning(action) in DONE and plan.meaning(action, plan.previous) not in DONE:
            yield Found(
                "is complete or closed, and its due date says that it comes again or goes on. Say "
                "in the update how it goes on from here, or correct the status.",
                (at(action, "status", plan.month, says=_judged(plan, action)),),
            )


@rule(
    "main-due-passed",
    Severity.NOTE,
    "The date of a main action is what was promised, and nobody rates a row that says N/A.",
    unless=("reference-duplicate",),
)
def main_due_passed(plan: CheckedPlan) -> Iterator[Found]:
    """Main actions without a status of their own; one more than red is worth a look."""
    for main in plan.actions:
        family = plan.children.get(main.reference, ()) if main.reference else ()
        if not family or plan.meaning(main) not in _UNRATED or not has_passed(main.due, plan.month):
            continue
        late = slippage_months(main.due, plan.month) or 0
        still_open = [child for child in family if _is_open(plan, child)]
        if late < plan.settings.reports.medium_slippage or not still_open:
            continue
        names = [child.reference_text for child in still_open]
        said = [f"{child.reference_text} {child.status(plan.month)}" for child in still_open]
        yield Found(
            f"was due {months_words(late, plan.settings.reports)} ago, and {listed(names)} "
            f"{'is' if len(names) == 1 else 'are'} still open. Have its date moved by change "
            "control, or correct it.",
            (at(main, "due_date", says="\n".join([str(main.due), *said])),),
            Severity.WARNING if late > plan.settings.reports.significant_slippage else None,
        )


def _is_open(plan: CheckedPlan, action: Action) -> bool:
    """Whether work is left of an action; what comes again need not end with its main action."""
    comes_again = action.due is not None and action.due.precision in _COMES_AGAIN
    return plan.meaning(action) in _OPEN and not comes_again


def _is_day(due: PlanDate) -> bool:
    """Whether a due date says when, and does not only end a series or a part of it."""
    return due.last is not None and due.precision not in _COMES_AGAIN


def _months_after(due: PlanDate, promise: Promise, written: Month) -> int:
    """How many months after a due date it is what an update promises; 0 where it is not."""
    last = promise.last_day(written)
    if due.last is None or last == date.max:
        return 0
    return max(0, Month.of(last).months_since(Month.of(due.last)))


def _judged(plan: CheckedPlan, action: Action) -> str:
    """The status, the due date and the update that were judged."""
    return f"{action.status(plan.month)}\n{action.due}\n{action.update(plan.month)}"


RULES: tuple[Rule, ...] = (update_later_than_due, recurring_complete, main_due_passed)
