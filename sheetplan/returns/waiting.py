"""How long a request has waited for its decision."""

from __future__ import annotations

from datetime import date

from sheetplan.model.month import Month
from sheetplan.model.return_records import RequestRecord
from sheetplan.returns.control_content import WaitingRequest


def waiting_request(request: RequestRecord, today: date, most_months: int) -> WaitingRequest:
    """How long a request has been open: since the day on which it was received, or else the last
    day of the month in which it was asked."""
    since = request.received or (request.month.last_day if request.month else None)
    if since is None:
        return WaitingRequest(request, None, None, is_too_long=False)
    is_too_long = today > _months_after(since, most_months)
    return WaitingRequest(request, since, max(0, _months_between(since, today)), is_too_long)


def _months_after(day: date, months: int) -> date:
    """The same day some months later; the last one of a month that is too short for it."""
    month = Month.of(day).plus(months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def _months_between(since: date, until: date) -> int:
    """How many whole months lie between two days."""
    months = Month.of(until).months_since(Month.of(since))
    return months if _months_after(since, months) <= until else months - 1
