"""Updates: blank, copied, empty of meaning, out of date, or at odds with their status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, at
from sheetplan.checks.months import says_something
from sheetplan.checks.rule import Rule, rule
from sheetplan.checks.texts import says_nothing
from sheetplan.checks.update_texts import RULES as TEXT_RULES
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import words_of
from sheetplan.reports.updates import is_copied
from sheetplan.returns.lengths import shown

_FINISHED = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED)
_SHOWS_A_WAY = 5  # rows; of fewer nobody can tell what is usual
_NOTHING_TO_TELL = (
    StatusMeaning.NOT_DUE_TO_START,
    StatusMeaning.NEW_ACTION,
    StatusMeaning.NOT_APPLICABLE,
)
"""What is said once, and stays true."""


@rule(
    "update-blank",
    Severity.NOTE,
    "Without an update nobody can tell what was done this month.",
    unless=("status-blank",),
)
def update_blank(plan: CheckedPlan) -> Iterator[Found]:
    filled_in, is_usual = _sheets_filled_in(plan), _is_green_told_of(plan)
    for action in plan.rated:
        if plan.update(action) or action.sheet not in filled_in or not _is_due(plan, action):
            continue
        if plan.meaning(action) in plan.settings.returns.update_needed:
            message = (
                f"is behind or on hold, and has no update for {plan.month}. Say why, and what "
                "comes next."
            )
            severity = Severity.WARNING
        elif is_usual and plan.meaning(action) is StatusMeaning.ON_TRACK:
            message = (
                f"is on track, and has no update for {plan.month}, though nearly all such "
                "actions have one. Say what was done, and what comes next."
            )
            severity = Severity.WARNING
        else:
            message = f"has no update for {plan.month}. Say what was done, and what comes next."
            severity = Severity.NOTE
        yield Found(
            message, (at(action, "update", plan.month, says=_both(plan, action)),), severity
        )


@rule(
    "update-copied",
    Severity.WARNING,
    "An update that was only copied passes last month's work off as this month's.",
    unless=("update-says-nothing",),
)
def update_copied(plan: CheckedPlan) -> Iterator[Found]:
    if plan.previous is None:
        return
    for action in plan.rated:
        text, meaning = plan.update(action), plan.meaning(action)
        if not _has_words(text, plan.update(action, plan.previous)):
            continue
        if meaning in _NOTHING_TO_TELL or _is_settled(plan, action):
            continue
        message = f"has the update of {_first_said(plan, action)} word for word."
        before = plan.meaning(action, plan.previous)
        if meaning and before and meaning is not before:
            message += " Its status has changed: say what has."
        else:
            message += " Say what is new, or that nothing is."
        # "Due November 26" is all that there is to say of some assurance actions.
        is_short = len(text) < plan.settings.checks.shortest_copy
        is_assurance = meaning is StatusMeaning.ASSURANCE_ACTION
        severity = Severity.NOTE if is_assurance and is_short else Severity.WARNING
        yield Found(message, (at(action, "update", plan.month),), severity)


@rule(
    "update-says-nothing",
    Severity.WARNING,
    "In a report the rows above and last month's columns are not there: the words mean nothing.",
)
def update_says_nothing(plan: CheckedPlan) -> Iterator[Found]:
    formulas = plan.settings.checks.says_nothing
    for action in plan.rated:
        text = plan.update(action)
        if not says_nothing(text, formulas):
            continue
        if _is_due(plan, action):
            remedy, severity = "Say what was done this month, and what comes next.", None
        elif _is_settled(plan, action) and not _was_ever_told_of(plan, action):
            remedy, severity = "No month says what was done: say it once.", Severity.NOTE
        else:
            continue
        place = at(action, "update", plan.month, says=_both(plan, action))
        yield Found(f'says only "{shown(text)}". {remedy}', (place,), severity)


@rule(
    "update-same-on-rows",
    Severity.WARNING,
    "One text for several actions tells of none of them what was done.",
)
def update_same_on_rows(plan: CheckedPlan) -> Iterator[Found]:
    rows: dict[str, list[Action]] = defaultdict(list)
    for action in plan.rated:
        text = " ".join(plan.update(action).split())
        if len(text) >= plan.settings.checks.shortest_copy and not _is_settled(plan, action):
            rows[text.casefold()].append(action)
    for actions in rows.values():
        if len(actions) > 1:
            message = (
                f'has the same update as other rows: "{shown(plan.update(actions[0]))}". Say of '
                "each action what was done on it."
            )
            yield Found(message, tuple(at(action, "update", plan.month) for action in actions))


def _is_due(plan: CheckedPlan, action: Action) -> bool:
    """Whether something new is to be said of an action: not where it was finished before, where it
    is not due to start or new, or where a status stays from month to month by itself."""
    entry = plan.entry(action)
    if entry is None:
        return True
    if entry.carried_forward or entry.meaning in _NOTHING_TO_TELL:
        return False
    return not _is_settled(plan, action)


def _is_settled(plan: CheckedPlan, action: Action) -> bool:
    """Whether an action is finished and was so before; in the first month nobody can tell."""
    if plan.meaning(action) not in _FINISHED:
        return False
    return plan.previous is None or plan.meaning(action, plan.previous) in _FINISHED


def _was_ever_told_of(plan: CheckedPlan, action: Action) -> bool:
    return any(says_something(plan, action, month) for month in reversed(plan.months))


def _is_green_told_of(plan: CheckedPlan) -> bool:
    """Whether it is the council's way to write an update of what is on track, too."""
    green = [a for a in plan.rated if plan.meaning(a) is StatusMeaning.ON_TRACK]
    told = sum(bool(plan.update(action)) for action in green)
    return told >= _SHOWS_A_WAY and told >= 0.9 * len(green)


def _first_said(plan: CheckedPlan, action: Action) -> Month:
    """The month in which the checked month's update was written first."""
    text, first = plan.update(action), plan.month
    for month in reversed(plan.months[:-1]):
        if not _has_words(text, plan.update(action, month)):
            break
        first = month
    return first


def _has_words(text: str, other: str) -> bool:
    """Whether two updates say the same word for word; capitals and punctuation do not count."""
    if is_copied(text, other):
        return True
    is_near = text[:1].casefold() == other[:1].casefold() and abs(len(text) - len(other)) < 10
    return bool(text) and is_near and words_of(text) == words_of(other)


def _both(plan: CheckedPlan, action: Action) -> str:
    """The status and the update, by which it is judged whether more is to be said."""
    return f"{action.status(plan.month)}\n{action.update(plan.month)}"


def _sheets_filled_in(plan: CheckedPlan) -> set[str]:
    """The sheets on which somebody has filled in the month."""
    return {
        action.sheet
        for action in plan.rated
        if plan.update(action) or not _stays_by_itself(plan, action)
    }


def _stays_by_itself(plan: CheckedPlan, action: Action) -> bool:
    """Whether its status is one that a new month begins with, or blank."""
    entry = plan.entry(action)
    return entry.carried_forward if entry else not action.status(plan.month).strip()


RULES: tuple[Rule, ...] = (
    update_blank,
    update_copied,
    update_says_nothing,
    update_same_on_rows,
    *TEXT_RULES,
)
