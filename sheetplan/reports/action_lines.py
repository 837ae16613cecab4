"""An action as a report shows it: its ratings, due date, slippage, reason and commentary."""

from __future__ import annotations

from collections.abc import Sequence

from sheetplan.model.action import Action
from sheetplan.model.date_history import DateHistory, DateRecords
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.status import StatusMeaning
from sheetplan.model.support import SupportRecords
from sheetplan.reports.content import ActionLine, Rating
from sheetplan.reports.due_dates import (
    action_due_words,
    has_passed,
    slippage_months,
    slippage_words,
)
from sheetplan.reports.places import found_at
from sheetplan.reports.ratings import Ratings
from sheetplan.reports.updates import Updates, asks_for_change_control, is_copied
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import months_words

_ENDED = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED, StatusMeaning.NOT_APPLICABLE)
"""What no longer slips, and is not due next."""


class ActionLines:
    """Makes the lines of one report, which is of one month.

    Args:
        months: The tracker's months up to the reporting one, oldest first.
        records: The support sheets.
        settings: The council's settings.
        dates: What is known of moved dates, and of requests to move them.
    """

    def __init__(
        self,
        months: Sequence[Month],
        records: SupportRecords,
        settings: Settings,
        dates: DateRecords | None = None,
    ) -> None:
        self.month = months[-1]
        self.previous = months[-2] if len(months) > 1 else None
        self.ratings = Ratings(settings)
        self._updates = Updates(settings)
        self._history = months[-settings.reports.history_months - 1 : -1]
        self._settings = settings
        self._dates = dates or DateRecords()
        self._lines: dict[tuple[int, str], ActionLine] = {}
        self._rated: dict[int, Rating] = {}
        self._said: dict[int, str] = {}
        self._copied: dict[int, bool] = {}
        self._asks: dict[str, bool] = {}
        self._milestones: dict[Reference | None, list[str]] = {}
        for milestone in records.milestones:
            if milestone.completed is None:
                reference = Reference.parse(milestone.reference)
                self._milestones.setdefault(reference, []).append(milestone.status)

    def line(self, action: Action, theme: str) -> ActionLine:
        """The line of an action; `theme` is the title of the theme that it is printed under."""
        known = self._lines.get((id(action), theme))
        if known is None:
            known = self._lines[id(action), theme] = self._made(action, theme)
        return known

    def _made(self, action: Action, theme: str) -> ActionLine:
        reports = self._settings.reports
        rating = self.rate(action)
        lead = action.words("director_lead") or reports.say("no_lead")
        is_running = rating.meaning not in _ENDED
        return ActionLine(
            reference=action.reference_text,
            theme=theme,
            workstream=action.words("workstream"),
            action=action.title,
            rating=rating,
            last_rating=self.ratings.rate(action, self.previous) if self.previous else None,
            history=self._history_of(action),
            due=action.due,
            due_words=action_due_words(action, self._history_of_date(action), self._settings),
            slippage=slippage_months(action.due, self.month) if is_running else None,
            slippage_words=slippage_words(action.due, self.month, self._settings)
            if is_running
            else "",
            lead=lead,
            update_owner=action.words("update_owner") or lead,
            reason=self._reason(action, rating),
            change_control=reports.say("change_control")
            if self._goes_to_change_control(action)
            else "",
            commentary=self.commentary(action),
            has_update=self.has_update(action),
            is_copied=self.is_copied(action),
            sheet=action.sheet,
            row=action.row,
        )

    def rate(self, action: Action) -> Rating:
        """What an action is rated in the reporting month."""
        known = self._rated.get(id(action))
        if known is None:
            known = self._rated[id(action)] = self.ratings.rate(action, self.month)
        return known

    def has_update(self, action: Action) -> bool:
        """Whether there is an update in the reporting month."""
        return bool(self._update(action))

    def _update(self, action: Action) -> str:
        """The update of the reporting month, which is asked for again and again."""
        known = self._said.get(id(action))
        if known is None:
            known = self._said[id(action)] = self._updates.read(action, self.month)
        return known

    def is_running(self, action: Action) -> bool:
        """Whether an action is still to be done, so far as its status says."""
        return self.rate(action).meaning not in _ENDED

    def was_complete(self, action: Action) -> bool:
        """Whether an action was complete in the month before: its last update still stands."""
        if self.previous is None:
            return False
        return self.ratings.rate(action, self.previous).meaning in _ENDED

    def is_copied(self, action: Action) -> bool:
        """Whether the update is word for word that of the month before."""
        if self.previous is None:
            return False
        known = self._copied.get(id(action))
        if known is None:
            last = self._updates.read(action, self.previous)
            known = self._copied[id(action)] = is_copied(self._update(action), last)
        return known

    def commentary(self, action: Action) -> str:
        """The update of the month, marked where it is copied; a phrase where there is none."""
        reports = self._settings.reports
        text = self._update(action)
        if not text:
            return reports.say("no_update_given")
        if self.is_copied(action):
            return reports.say("copied", text=text, month=self.previous)
        return text

    def open_request(self, action: Action) -> Finding | None:
        """The finding that a change control was asked for in the month before, and is again.

        There is none where the Change control sheet has no open request.
        """
        if self._dates.has_change_control and not self._awaits_a_decision(action):
            return None
        if self.previous is None or not self._asks_for_change_control(self._update(action)):
            return None
        if not self._asks_for_change_control(self._updates.read(action, self.previous)):
            return None
        return found_at(
            action,
            "update",
            "change-control-open",
            f"change control was asked for in the update of {self.previous}, and is again in that "
            f"of {self.month}. Have it decided, and write the agreed date.",
            month=self.month,
        )

    def not_understood(self, action: Action) -> Finding | None:
        """The finding that the status of the month is not in the vocabulary."""
        rating = self.rate(action)
        if rating.meaning is not None or rating.is_blank:
            return None
        near = self._settings.vocabulary.nearest(rating.words)
        question = f' Did you mean "{near}"?' if near else ""
        return found_at(
            action,
            "status",
            "status-not-understood",
            f'status "{rating.words}" is not in the vocabulary, so the action is '
            f"counted as due and not on track.{question} Correct the cell, or add the words under "
            "[status] in sheetplan.toml.",
            month=self.month,
        )

    def _history_of(self, action: Action) -> tuple[tuple[Month, Rating], ...]:
        """The ratings of the months before, from the first one that has any."""
        found = [(month, self.ratings.rate(action, month)) for month in self._history]
        first = next((at for at, (_, rating) in enumerate(found) if not rating.is_blank), None)
        return tuple(found[first:]) if first is not None else ()

    def _history_of_date(self, action: Action) -> DateHistory | None:
        reference = action.reference
        return None if reference is None else self._dates.histories.get(reference)

    def _reason(self, action: Action, rating: Rating) -> str:
        """Why an action is an exception, so far as is certain: trackers have no column for it."""
        reports = self._settings.reports
        if rating.meaning not in reports.exceptions:
            return ""
        if rating.meaning is StatusMeaning.ON_HOLD:
            return reports.say("reason_on_hold")
        due = action.due
        months = slippage_months(due, self.month)
        if due is None or months is None or not has_passed(due, self.month):
            return reports.say("no_reason")
        return reports.say("reason_slippage", months=months_words(months, reports), due=due.text)

    def _awaits_a_decision(self, action: Action) -> bool:
        return action.reference in self._dates.awaiting

    def _goes_to_change_control(self, action: Action) -> bool:
        """Whether the Change control sheet has an open request; where there is no such sheet,
        whether anything that is said of the action speaks of one."""
        if self._dates.has_change_control:
            return self._awaits_a_decision(action)
        said = [self._update(action)]
        said += [date.text for date in action.dates.values()]
        said += self._milestones.get(action.reference, ()) if action.reference else ()
        return any(map(self._asks_for_change_control, said))

    def _asks_for_change_control(self, text: str) -> bool:
        """Whether a text does: of an update this is asked twice, of a date many times."""
        known = self._asks.get(text)
        if known is None:
            words = self._settings.reports.change_control_words
            known = self._asks[text] = asks_for_change_control(text, words)
        return known
