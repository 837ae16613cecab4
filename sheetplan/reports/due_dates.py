"""Due dates in words, and slippage: how far a month is behind one, and what the legend calls that.

Slippage is counted from the last day that the due date can mean to the end of the reporting month,
in whole months: what was due in April is three months late at the end of July.
"""

from __future__ import annotations

from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import months_words


def slippage_months(due: PlanDate | None, month: Month) -> int | None:
    """Whole months of slippage at the end of `month`; 0 where the date has not passed.

    None where there is no due date, or it names no last day.
    """
    if due is None or due.last is None:
        return None
    return max(0, month.months_since(Month.of(due.last)))


def has_passed(due: PlanDate | None, month: Month) -> bool:
    """Whether the last day that the due date can mean has passed at the end of `month`."""
    return due is not None and due.last is not None and due.last < month.last_day


def slippage_words(due: PlanDate | None, month: Month, settings: Settings) -> str:
    """The slippage against the legend's own limits: "3 months; the legend calls this medium"."""
    reports = settings.reports
    months = slippage_months(due, month)
    if months is None:
        return reports.say(_why_not_measured(due))
    if not has_passed(due, month):
        is_now = due is not None and due.last is not None and Month.of(due.last) == month
        return reports.say("due_this_month" if is_now else "not_yet_due")
    if months > reports.significant_slippage:
        called = "slippage_significant"
    elif months >= reports.medium_slippage:
        called = "slippage_medium"
    else:
        called = "slippage_minor"
    words = reports.say(called, months=months_words(months, reports))
    return words[:1].upper() + words[1:]


def _why_not_measured(due: PlanDate | None) -> str:
    if due is None:
        return "no_due_date"
    return "unreadable_due_date" if due.precision is Precision.UNREADABLE else "open_due_date"


def due_words(due: PlanDate | None, revised: PlanDate | None, settings: Settings) -> str:
    """The due date as typed, and the revised one beside it; empty where there is neither."""
    first, second = (" ".join(date.text.split()) if date else "" for date in (due, revised))
    if first and second and first != second:
        return settings.reports.say("due_revised", due=first, revised=second)
    return second or first
