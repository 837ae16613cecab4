"""What counts as the same: spellings that differ and mean one thing are no change."""

from __future__ import annotations

from collections.abc import Hashable

from sheetplan.model.owner_return import settled
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.wording import compact
from sheetplan.reports.content import Rating


def one_line(text: str) -> str:
    """A text as it is compared: blanks, line breaks and control characters do not count."""
    return " ".join(settled(text).split())


def is_same_text(before: str, after: str) -> bool:
    """Whether two texts say the same in the same words."""
    return before == after or one_line(before) == one_line(after)


def is_same_rating(before: Rating, after: Rating) -> bool:
    """Whether two statuses mean the same; those that are not understood, by their words."""
    if before.meaning is None and after.meaning is None:
        return compact(before.words) == compact(after.words)
    return before.meaning is after.meaning


def is_same_date(before: PlanDate | None, after: PlanDate | None) -> bool:
    """Whether two dates mean the same days, and as exactly; a blank cell means none."""
    return _meaning(before) == _meaning(after)


def _meaning(date: PlanDate | None) -> Hashable:
    if date is None:
        return None
    if date.precision is Precision.UNREADABLE:
        return one_line(date.text)
    return date.precision, date.first, date.last, date.months
