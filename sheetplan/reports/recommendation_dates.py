"""When a recommendation was sent and considered, and whether that was in time.

By paragraph 5(5) of Schedule 7 to the Local Audit and Accountability Act 2014 a council considers
a written recommendation of its auditor at a meeting "before the end of the period of one month
beginning with the day on which it was sent". The auditor may allow more time.
"""

from __future__ import annotations

from datetime import date, timedelta

from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.support import Recommendation
from sheetplan.model.wording import words_of
from sheetplan.settings import Settings


def dates_in_words(recommendation: Recommendation, month: Month, settings: Settings) -> str:
    """When a recommendation was sent and considered; of a statutory one also whether in time.

    Where the dates are too vague to tell, nothing is claimed.
    """
    reports = settings.reports
    sent, considered = recommendation.sent, recommendation.considered
    words = reports.say("sent", date=sent.text) if sent and sent.text else reports.say("no_sent")
    limits = _limits(recommendation)
    if considered is not None and considered.text:
        how = "considered" if is_before(considered, sent) else _how_considered(considered, limits)
        limit = in_words(limits[1]) if limits else ""
        return reports.say(how, sent=words, date=considered.text, limit=limit)
    if limits is None:
        return reports.say("not_considered", sent=words)
    has_ended = limits[1] <= month.last_day
    return reports.say(
        "should_have_been_considered" if has_ended else "to_be_considered",
        sent=words,
        limit=in_words(limits[1]),
    )


def last_day_to_consider(sent: date) -> date:
    """The last day of the month that begins with the day on which a recommendation was sent."""
    following = Month.of(sent).next
    if sent.day > following.last_day.day:
        return following.last_day
    return following.first_day.replace(day=sent.day) - timedelta(days=1)


def is_before(considered: PlanDate | None, sent: PlanDate | None) -> bool:
    """Whether a recommendation seems to be considered before it was sent: a slip in a date."""
    if considered is None or considered.last is None or sent is None or sent.first is None:
        return False
    return considered.last < sent.first


def in_words(day: date) -> str:
    """A day as people write it: "2 April 2022"."""
    return f"{day.day} {Month.of(day)}"


def _limits(recommendation: Recommendation) -> tuple[date, date] | None:
    """The first and the last day that the limit can be; None where the law sets none."""
    sent = recommendation.sent
    source = words_of(recommendation.source)
    if sent is None or "statutory" not in source or "non" in source:
        return None
    if sent.first is None or sent.last is None:
        return None
    return last_day_to_consider(sent.first), last_day_to_consider(sent.last)


def _how_considered(considered: PlanDate, limits: tuple[date, date] | None) -> str:
    if limits is None or considered.first is None or considered.last is None:
        return "considered"
    if considered.last <= limits[0]:
        return "considered_in_time"
    return "considered_late" if considered.first > limits[1] else "considered"
