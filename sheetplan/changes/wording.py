"""Changes in words: by how much a date moved, what a field is called, what a change came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sheetplan.changes.content import (
    Change,
    ComparedFile,
    DateChange,
    FieldChange,
    ListedAction,
    PlanChanges,
)
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import months_words


def field_words(change: FieldChange | DateChange) -> str:
    """What a field is called, with the month of an update: "Update, July 2026"."""
    words = change.field.replace("_", " ").capitalize()
    month = getattr(change, "month", None)
    return f"{words}, {month}" if month else words


def moved_words(change: DateChange, settings: Settings) -> str:
    """By how much a date moved: "3 months later"."""
    reports = settings.reports
    if change.months:
        phrase = "moved_later" if change.months > 0 else "moved_earlier"
        return reports.say(phrase, months=months_words(abs(change.months), reports))
    if change.months == 0:
        return reports.say("moved_within_month")
    if not change.after:
        return reports.say("taken_out")
    return reports.say("moved_uncounted" if change.before else "date_set")


def listed_words(action: ListedAction, settings: Settings) -> str:
    """What a tracker says of an action that only it has: "On hold; Due Jul-26; Head of HR"."""
    due = settings.reports.say("due", due=action.due) if action.due else ""
    return "; ".join(filter(None, (action.rating, due, action.lead)))


def count_words(count: int, settings: Settings) -> str:
    """How many changes there are: "No changes", "1 change", "12 changes"."""
    if count < 2:
        return settings.reports.say("one_change" if count else "no_changes")
    return settings.reports.say("several_changes", count=count)


def file_words(file: ComparedFile, settings: Settings) -> str:
    """A tracker on the cover: its file, its actions, and its month."""
    phrase = "compared_file" if file.month else "compared_file_without_month"
    return settings.reports.say(phrase, file=file.name, count=file.actions, month=file.month)


def span_words(changes: PlanChanges, settings: Settings) -> str:
    """From which month to which: "June 2026 to July 2026"."""
    ends = [file.month.label if file.month else file.name
            for file in (changes.older, changes.newer)]  # fmt: skip
    if ends[0] == ends[1]:
        return ends[0]
    return settings.reports.say("month_range", first=ends[0], last=ends[1])


class ActionChange(NamedTuple):
    """What became of a whole action: in a word, of which, what was before and what is after."""

    words: str
    change: Change
    before: str
    after: str


def action_changes(changes: PlanChanges, settings: Settings) -> Iterator[ActionChange]:
    """The actions that were added, removed, renumbered or moved to another theme."""
    say = settings.reports.say
    for added in changes.added:
        yield ActionChange(say("change_added"), added, "", listed_words(added, settings))
    for removed in changes.removed:
        yield ActionChange(say("change_removed"), removed, listed_words(removed, settings), "")
    for other in changes.renumbered:
        yield ActionChange(say("change_renumbered"), other, other.before, other.reference)
    for moved in changes.moved:
        yield ActionChange(say("change_moved"), moved, moved.before, moved.after)
