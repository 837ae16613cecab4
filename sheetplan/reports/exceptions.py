"""Exceptions, and what else Leadership Team should know of a theme."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.reports.action_lines import ActionLines
from sheetplan.reports.content import ActionLine, Attention
from sheetplan.reports.places import by_reference
from sheetplan.settings import Settings


def exception_lines(
    actions: Iterable[Action], theme: str, lines: ActionLines, settings: Settings
) -> tuple[ActionLine, ...]:
    """The actions that are exceptions: in the profile's order of ratings, then by reference."""
    order = {meaning: place for place, meaning in enumerate(settings.reports.exceptions)}
    found = [
        (order[rating.meaning], action)
        for action in actions
        if (rating := lines.rate(action)).meaning in order and rating.meaning is not None
    ]
    # Trackers are nearly in order already, and sorting twice compares references far less often.
    found.sort(key=lambda pair: by_reference(pair[1]))
    found.sort(key=lambda pair: pair[0])
    return tuple(lines.line(action, theme) for _, action in found)


def attention(
    actions: Iterable[Action], theme: str, lines: ActionLines, settings: Settings
) -> Attention:
    """What else to note of a theme's reported actions."""
    carried_forward = settings.vocabulary.carried_forward
    no_update, not_understood, copied, due_next = [], [], [], []
    for action in actions:
        rating = lines.rate(action)
        is_update_due = rating.meaning not in carried_forward
        if rating.meaning is None and not rating.is_blank:
            not_understood.append(action)
        if is_update_due and (rating.is_blank or not lines.has_update(action)):
            no_update.append(action)
        if is_update_due and lines.is_copied(action) and not lines.was_complete(action):
            copied.append(action)
        if _is_due_next(action, lines, settings.reports.due_next_months):
            due_next.append(action)
    return Attention(
        *(
            tuple(lines.line(action, theme) for action in group)
            for group in (no_update, not_understood, copied, due_next)
        )
    )


def _is_due_next(action: Action, lines: ActionLines, months: int) -> bool:
    due = action.due
    if due is None or due.last is None or not lines.is_running(action):
        return False
    return 1 <= Month.of(due.last).months_since(lines.month) <= months
