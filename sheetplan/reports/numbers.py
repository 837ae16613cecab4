"""The numbers of a theme or of the whole plan: ratings by month, movement, and the share on track.

How ratings moved is a matter of how severe each is:

- complete and closed are the least severe;
- then comes what is not behind: on track, not due to start, not applicable, assurance action, new
  action. From one of these to another an action is neither better nor worse;
- then medium progress, then significant slippage;
- on hold is the most severe, since the work has stopped: what is put on hold never "improves".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.reports.content import MonthCounts, Movement, Numbers
from sheetplan.reports.ratings import DONE, Ratings
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import meaning_words

_NOT_BEHIND = 1
_SEVERITY = {
    StatusMeaning.COMPLETE: 0,
    StatusMeaning.CLOSED: 0,
    StatusMeaning.MEDIUM_PROGRESS: 2,
    StatusMeaning.SIGNIFICANT_SLIPPAGE: 3,
    StatusMeaning.ON_HOLD: 4,
}


def numbers(
    actions: Sequence[Action], months: Sequence[Month], ratings: Ratings, settings: Settings
) -> Numbers:
    """The numbers of some reported actions.

    Args:
        actions: The actions, in the order of the tracker.
        months: The tracker's months up to the reporting one, oldest first.
        ratings: Rates the actions.
        settings: The council's settings.
    """
    shown = months[-settings.reports.history_months - 1 :]
    counts = tuple(_counts(actions, month, ratings, settings) for month in shown)
    return _numbers(counts, _movements(actions, months, ratings), settings)


def whole_plan(themes: Sequence[Numbers], months: Sequence[Month], settings: Settings) -> Numbers:
    """The numbers of the whole plan, from those of its themes."""
    shown = months[-settings.reports.history_months - 1 :]
    counts = tuple(
        _added([theme.months[place] for theme in themes], month, settings)
        for place, month in enumerate(shown)
    )
    movement = {
        movement: tuple(chain.from_iterable(theme.movement[movement] for theme in themes))
        for movement in Movement
    }
    return _numbers(counts, movement, settings)


def share_of(counts: MonthCounts, settings: Settings) -> tuple[int, int]:
    """How many actions are on track or complete, and how many are due.

    A blank status, and one that is not understood, is due and not on track.
    """
    reports = settings.reports
    left_out = (*reports.not_yet_due, *reports.not_applicable, *reports.left_out)
    good = _sum(counts, reports.on_track_or_complete)
    return good, counts.total - _sum(counts, left_out)


def share_words(counts: MonthCounts, settings: Settings) -> str:
    """The share with its denominator: "61 of 74 due (82%)"."""
    good, due = share_of(counts, settings)
    if not due:
        return settings.reports.say("none_due")
    percent = (200 * good + due) // (2 * due)  # half up, where round() goes to the even number
    return settings.reports.say("share", good=good, due=due, percent=percent)


def joined(pieces: Sequence[str], settings: Settings) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    if len(pieces) < 2:
        return "".join(pieces)
    return f"{', '.join(pieces[:-1])} {settings.reports.say('and')} {pieces[-1]}"


def _numbers(
    counts: tuple[MonthCounts, ...],
    movement: Mapping[Movement, tuple[str, ...]],
    settings: Settings,
) -> Numbers:
    good, due = share_of(counts[-1], settings)
    return Numbers(counts, movement, good, due, _sentence(counts[-1], settings))


def _added(themes: Sequence[MonthCounts], month: Month, settings: Settings) -> MonthCounts:
    return MonthCounts(
        month,
        {
            entry.meaning: sum(theme.counts[entry.meaning] for theme in themes)
            for entry in settings.vocabulary.entries
        },
        sum(theme.blank for theme in themes),
        sum(theme.not_understood for theme in themes),
    )


def _counts(
    actions: Iterable[Action], month: Month, ratings: Ratings, settings: Settings
) -> MonthCounts:
    counts = {entry.meaning: 0 for entry in settings.vocabulary.entries}
    blank = not_understood = 0
    # Actions by the thousand have a handful of statuses.
    for status, times in Counter(action.status(month) for action in actions).items():
        rating = ratings.of(status)
        if rating.meaning is not None:
            counts[rating.meaning] += times
        elif rating.is_blank:
            blank += times
        else:
            not_understood += times
    return MonthCounts(month, counts, blank, not_understood)


def _sum(counts: MonthCounts, meanings: Iterable[StatusMeaning]) -> int:
    return sum(counts.counts.get(meaning, 0) for meaning in meanings)


def _sentence(counts: MonthCounts, settings: Settings) -> str:
    reports = settings.reports
    if not counts.total:
        return reports.say("no_actions")
    sentence = reports.say("on_track_or_complete", share=share_words(counts, settings))
    groups = [
        ("left_out_not_yet_due", reports.not_yet_due, ""),
        ("left_out_not_applicable", reports.not_applicable, ""),
        *(
            ("left_out_other", (meaning,), meaning_words(meaning, settings.reports))
            for meaning in reports.left_out
        ),
    ]
    left_out = [
        reports.say(phrase, count=count, meaning=words)
        for phrase, meanings, words in groups
        if (count := _sum(counts, meanings))
    ]
    if left_out:
        return reports.say("left_out", sentence=sentence, left_out=joined(left_out, settings))
    return sentence


def _movements(
    actions: Iterable[Action], months: Sequence[Month], ratings: Ratings
) -> dict[Movement, tuple[str, ...]]:
    moved: dict[Movement, list[str]] = {movement: [] for movement in Movement}
    if len(months) > 1:
        for action in actions:
            moved[_movement(action, months, ratings)].append(action.reference_text)
    return {movement: tuple(references) for movement, references in moved.items()}


def _movement(action: Action, months: Sequence[Month], ratings: Ratings) -> Movement:
    """How an action moved since the last month in which it had a rating that is understood.

    A month that was left blank between them must not make a known action a new one.
    """
    earlier = (ratings.rate(action, month).meaning for month in reversed(months[:-1]))
    before = next((meaning for meaning in earlier if meaning is not None), None)
    return movement_between(before, ratings.rate(action, months[-1]).meaning)


def movement_between(before: StatusMeaning | None, now: StatusMeaning | None) -> Movement:
    """How an action moved from one rating to another; None is one that is not understood."""
    if now is None:
        return Movement.NO_UPDATE
    if now in DONE and before not in DONE:
        return Movement.COMPLETED
    if before is None:
        return Movement.NEW
    change = _SEVERITY.get(now, _NOT_BEHIND) - _SEVERITY.get(before, _NOT_BEHIND)
    if change == 0:
        return Movement.UNCHANGED
    return Movement.WORSENED if change > 0 else Movement.IMPROVED
