"""The months that a report looks at, and whether there is anything to report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetplan.errors import MonthEmptyError, MonthMissingError
from sheetplan.model.action import Action, Tracker
from sheetplan.model.month import Month
from sheetplan.model.wording import listed
from sheetplan.reports.ratings import Ratings
from sheetplan.reports.updates import Updates
from sheetplan.settings import Settings

_NAMED = 6  # months that a message lists


def months_up_to(tracker: Tracker, month: Month, settings: Settings) -> tuple[Month, ...]:
    """The tracker's months up to the reporting one, oldest first.

    Raises:
        MonthMissingError: the tracker does not have the month.
        MonthEmptyError: nobody has filled it in yet; only what carries forward is there.
    """
    if month not in tracker.months:
        raise MonthMissingError(
            f"the tracker does not have {month}. It has {_list(tracker.months)}.",
            remedy=_report_on(tracker.months[-1:]),
        )
    months = tuple(known for known in tracker.months if known <= month)
    filled = _Filled(tracker.actions, settings)
    if not filled.may_report(month):
        newest = [known for known in months if filled.is_filled(known)][-1:]
        raise MonthEmptyError(
            f"nobody has filled in {month} yet: no action has a status or an update, beyond those "
            f"that were carried forward. {_newest(newest)}",
            remedy=f"Fill it in first. {_report_on(newest)}".rstrip(),
        )
    return months


def is_filled(actions: Sequence[Action], month: Month, settings: Settings) -> bool:
    """Whether these actions have a status or an update of the month, or none is left to fill in."""
    return _Filled(actions, settings).may_report(month)


def newest_filled(tracker: Tracker, settings: Settings) -> Month | None:
    """The newest month that somebody has filled in; None where nobody has filled in any."""
    filled = _Filled(tracker.actions, settings)
    return next((month for month in reversed(tracker.months) if filled.is_filled(month)), None)


class _Filled:
    def __init__(self, actions: Sequence[Action], settings: Settings) -> None:
        self._actions = actions
        self._ratings = Ratings(settings)
        self._updates = Updates(settings)
        self._carried_forward = settings.vocabulary.carried_forward

    def is_filled(self, month: Month) -> bool:
        """Whether any action has what a person must have typed."""
        return any(self._is_typed(action, month) for action in self._actions)

    def may_report(self, month: Month) -> bool:
        """Whether the month is filled, or no action is left to be filled in."""
        return self.is_filled(month) or not any(
            self._ratings.rate(action, month).is_blank for action in self._actions
        )

    def _is_typed(self, action: Action, month: Month) -> bool:
        rating = self._ratings.rate(action, month)
        if rating.is_blank or rating.meaning in self._carried_forward:
            return bool(self._updates.read(action, month))
        return True


def _list(months: Sequence[Month]) -> str:
    if len(months) > _NAMED:
        return f"{len(months)} months, {months[0]} to {months[-1]}"
    return listed([str(month) for month in months])


def _newest(months: Iterable[Month]) -> str:
    for month in months:
        return f"The newest month that is filled in is {month}."
    return "No month before it is filled in."


def _report_on(months: Iterable[Month]) -> str:
    for month in months:
        return f"To report on {month}, add --month {month.iso}."
    return ""
