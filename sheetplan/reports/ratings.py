"""Ratings: what a status means to a council, in words that are fit to be printed."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.model.action import Action
from sheetplan.model.month import SHORT_NAMES, Month
from sheetplan.model.status import Rag, StatusMeaning
from sheetplan.reports.content import Rating
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import rating_words

DONE = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED)


class Ratings:
    """Rates actions by the council's own vocabulary: by meaning, and never by colour.

    The same few words stand in thousands of cells, so each is understood once.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, Rating] = {}
        self.no_status = Rating(None, Rag.NONE, settings.reports.say("no_status"), is_blank=True)

    def rate(self, action: Action, month: Month) -> Rating:
        """What `action` was rated in `month`; blank where its row says nothing."""
        status = action.status(month)
        return self._known.get(status) or self.of(status)

    def of(self, status: str) -> Rating:
        """What a status as typed is rated."""
        found = self._known.get(status)
        if found is None:
            found = self._known[status] = self._understood(status)
        return found

    def _understood(self, text: str) -> Rating:
        words = " ".join(text.split())
        if not words:
            return self.no_status
        entry = self._settings.vocabulary.understand(text)
        if entry is None:
            return Rating(None, Rag.NONE, words)
        words = rating_words(entry.meaning, entry.rag, self._settings.reports)
        return Rating(entry.meaning, entry.rag, words)


def history_words(history: Iterable[tuple[Month, Rating]], settings: Settings) -> str:
    """Ratings in one line, months of one rating together.

    "Jan-23 to Mar-23 Green – on track; Apr-23 Amber – medium progress".
    """
    reports = settings.reports
    runs: list[tuple[Month, Month, str]] = []
    for month, rating in history:
        if runs and runs[-1][2] == rating.words:
            runs[-1] = (runs[-1][0], month, rating.words)
        else:
            runs.append((month, month, rating.words))
    if not runs:
        return reports.say("no_earlier_rating")
    return "; ".join(
        reports.say("history", months=_span(first, last, settings), rating=words)
        for first, last, words in runs
    )


def short_month(month: Month) -> str:
    """The month as short as people write it: "Jul-23"."""
    return f"{SHORT_NAMES[month.month - 1]}-{month.year % 100:02d}"


def _span(first: Month, last: Month, settings: Settings) -> str:
    if first == last:
        return short_month(first)
    return settings.reports.say("month_range", first=short_month(first), last=short_month(last))
