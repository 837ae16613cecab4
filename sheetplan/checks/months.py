"""What is said of an action month by month: how long a rating has held, and what is news."""

from __future__ import annotations

from collections.abc import Container
from itertools import takewhile

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.texts import says_nothing
from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning


def run_of(
    plan: CheckedPlan, action: Action, meanings: Container[StatusMeaning | None]
) -> tuple[Month, ...]:
    """The months up to the checked one in which an action has one of these meanings without a
    break, newest first. A blank status is a break: nobody said that nothing had changed."""
    return tuple(
        takewhile(lambda month: plan.meaning(action, month) in meanings, reversed(plan.months))
    )


def last_rated(plan: CheckedPlan, action: Action) -> tuple[Month, StatusMeaning] | None:
    """The last month before the checked one in which the status is understood, and its meaning."""
    for month in reversed(plan.months[:-1]):
        meaning = plan.meaning(action, month)
        if meaning is not None:
            return month, meaning
    return None


def says_something(plan: CheckedPlan, action: Action, month: Month | None = None) -> bool:
    """Whether an update says more than a formula of words such as "As above"; that of the checked
    month when None."""
    update = plan.update(action, month)
    return bool(update) and not says_nothing(update, plan.settings.checks.says_nothing)
