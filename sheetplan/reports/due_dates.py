"""Due dates in words, and slippage: how far a month is behind one, and what the legend calls that.

Slippage is counted from the last day that the due date can mean to the end of the reporting month,
in whole months: what was due in April is three months late at the end of July.
"""

from __future__ import annotations

from sheetplan.model.action import Action
from sheetplan.model.date_history import DateHistory
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
    first, second = _typed(due), _typed(revised)
    if first and second and first != second:
        return settings.reports.say("due_revised", due=first, revised=second)
    return second or first


def action_due_words(action: Action, history: DateHistory | None, settings: Settings) -> str:
    """An action's due date as typed, with the first one where it has moved; or that there is none.

    Where only a revised date beside the due date tells of a move, the two stand beside each other:
    how often it was revised nobody knows.
    """
    reports = settings.reports
    if history is not None and history.original is not None and _is_recorded(history):
        words = reports.say(
            "due_moved",
            original=_typed(history.original),
            current=_typed(history.current) or reports.say("no_date"),
            moved=_times_words(history.times, settings),
        )
        return words if history.current else words[:1].upper() + words[1:]
    dates = action.dates
    typed = due_words(dates.get("due_date"), dates.get("revised_date"), settings)
    return typed or reports.say("no_due_date")


def _is_recorded(history: DateHistory) -> bool:
    return history.is_silent or any(move.month is not None for move in history.moves)


def _times_words(times: int, settings: Settings) -> str:
    if times > 2:
        return settings.reports.say("moved_times", count=times)
    return settings.reports.say("moved_once" if times == 1 else "moved_twice")


def _typed(date: PlanDate | None) -> str:
    return " ".join(date.text.split()) if date else ""
