"""What an update says: of a time that has passed, too little of a delay, or not for print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.cut_off import is_cut_off
from sheetplan.checks.future_texts import FutureWords, Promise, names_time_ahead, promises
from sheetplan.checks.rule import Rule, rule
from sheetplan.checks.stamps import has_stamp
from sheetplan.checks.texts import (
    gives_next_step,
    gives_reason,
    note_to_colleague,
    opening,
    says_late,
    says_nothing,
)
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.status import StatusMeaning
from sheetplan.returns.lengths import shown

_BEHIND = (
    StatusMeaning.MEDIUM_PROGRESS,
    StatusMeaning.SIGNIFICANT_SLIPPAGE,
    StatusMeaning.ON_HOLD,
)
_TOLD_OTHERWISE = ("update-blank", "update-copied", "update-says-nothing")
_ENDS_OF_SENTENCE = re.compile(r"[.;\n]+(?:\s|$)")
_HARDLY_ANYONE = 5
"""One in so many: where fewer sign, nobody expects it, and it is told once for the sheet."""


@rule(
    "update-out-of-date",
    Severity.WARNING,
    "A committee that reads of May as still to come sees that nobody looked at the text since.",
)
def update_out_of_date(plan: CheckedPlan) -> Iterator[Found]:
    words = FutureWords(
        plan.settings.checks.still_to_come, plan.settings.checks.meetings, plan.settings.dates
    )
    for action in plan.actions:
        for promise in promises(plan.update(action), words):
            if _has_passed(plan, action, promise):
                message = (
                    f'speaks of what has passed as still to come: "{shown(promise.quote)}". Say '
                    "what came of it."
                )
                yield Found(message, (at(action, "update", plan.month),))
                break


@rule(
    "update-without-reason",
    Severity.NOTE,
    "Who reads that an action is behind asks first of all why.",
    unless=(*_TOLD_OTHERWISE, "update-cut-off"),
)
def update_without_reason(plan: CheckedPlan) -> Iterator[Found]:
    for action in _behind(plan):
        if not _gives_reason(plan, action):
            message = "is behind or on hold, and the update does not say why. Give the reason."
            severity = _severity(plan, action, _gives_next_step)
            yield Found(message, (_judged_with_status(plan, action),), severity)


@rule(
    "update-without-next-step",
    Severity.NOTE,
    "Who reads that an action is behind asks what is done about it.",
    unless=(*_TOLD_OTHERWISE, "update-cut-off"),
)
def update_without_next_step(plan: CheckedPlan) -> Iterator[Found]:
    for action in _behind(plan):
        if not _gives_next_step(plan, action):
            message = (
                "is behind or on hold, and the update does not say what comes next. Say what is "
                "done about it, and by when."
            )
            severity = _severity(plan, action, _gives_reason)
            yield Found(message, (_judged_with_status(plan, action),), severity)


@rule(
    "update-contradicts-status",
    Severity.WARNING,
    "A rating that the council's own words contradict cannot be relied on.",
)
def update_contradicts_status(plan: CheckedPlan) -> Iterator[Found]:
    """Late or not begun, and on track; or another status than last month and "No change"."""
    words = plan.settings.checks
    for action in plan.rated:
        update, meaning, said = plan.update(action), plan.meaning(action), ""
        if meaning is StatusMeaning.ON_TRACK:
            is_unstarted = says_nothing(update, words.says_unstarted)
            said = says_late(update, words.says_late) or (shown(update) if is_unstarted else "")
        rated = "is rated on track"
        if not said and _has_moved(plan, action):
            said = opening(update, words.says_unchanged)
            rated = f"has another status than in {plan.previous}"
        if said:
            message = f'{rated}, and the update says "{said}". Put right the one or the other.'
            yield Found(message, (_judged_with_status(plan, action),))


@rule(
    "update-cut-off",
    Severity.WARNING,
    "A text that stops in mid-sentence was pasted without being read.",
)
def update_cut_off(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.actions:
        if is_cut_off(action.update(plan.month)):
            message = (
                f'stops in mid-sentence: "…{_last_words(plan.update(action))}". Write the rest.'
            )
            yield Found(message, (at(action, "update", plan.month),))


@rule(
    "update-note-to-colleague",
    Severity.WARNING,
    "What was meant for a colleague would be printed for everybody.",
)
def update_note_to_colleague(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.actions:
        update = plan.update(action)
        if note := note_to_colleague(update, plan.settings.checks.to_colleague):
            said = next(s for s in _ENDS_OF_SENTENCE.split(update[update.index(note) :]) if s)
            message = f'has a note to a colleague in the update: "{shown(said)}". Take it out.'
            yield Found(message, (at(action, "update", plan.month),))


@rule(
    "update-without-initials",
    Severity.NOTE,
    "The heading asks for initials and a date, so that it is known who said what, and when.",
    unless=("update-says-nothing", "update-cut-off"),
)
def update_without_initials(plan: CheckedPlan) -> Iterator[Found]:
    rows: dict[str, list[tuple[Action, bool]]] = defaultdict(list)
    for action in plan.rated:
        entry = plan.entry(action)
        is_asked = action.sheet in plan.facts.asks_for_initials
        if is_asked and plan.update(action) and not (entry and entry.carried_forward):
            rows[action.sheet].append((action, has_stamp(plan.update(action))))
    for sheet, judged in rows.items():
        signed = sum(is_signed for _, is_signed in judged)
        if signed * _HARDLY_ANYONE < len(judged) and len(judged) >= _HARDLY_ANYONE:
            message = (
                "has hardly any update with initials and a date, and the heading asks for them. "
                "Ask for them, or take the words out of the heading."
            )
            yield Found(message, (Place(sheet, "", "", says=sheet, month=plan.month),))
            continue
        for action, is_signed in judged:
            if not is_signed:
                message = "has an update without initials and date. Add them."
                yield Found(message, (at(action, "update", plan.month),))


def _behind(plan: CheckedPlan) -> Iterator[Action]:
    """The actions that are behind or on hold and have an update."""
    for action in plan.rated:
        if plan.meaning(action) in _BEHIND and plan.update(action):
            yield action


def _severity(
    plan: CheckedPlan, action: Action, gives_the_other: Callable[[CheckedPlan, Action], bool]
) -> Severity | None:
    """A reason or a next step alone may do where an action is amber or on hold, and not in red."""
    is_red = plan.meaning(action) is StatusMeaning.SIGNIFICANT_SLIPPAGE
    return Severity.WARNING if is_red or not gives_the_other(plan, action) else None


def _has_moved(plan: CheckedPlan, action: Action) -> bool:
    """Whether the status means something else than it did the month before."""
    before = plan.meaning(action, plan.previous) if plan.previous else None
    return before is not None and plan.meaning(action) not in (None, before)


def _gives_reason(plan: CheckedPlan, action: Action) -> bool:
    words = plan.settings.checks
    return gives_reason(plan.update(action), words.gives_reason, words.meetings)


def _gives_next_step(plan: CheckedPlan, action: Action) -> bool:
    text = plan.update(action)
    if gives_next_step(text, plan.settings.checks.gives_next_step):
        return True
    return names_time_ahead(text, plan.month, plan.settings.dates)


def _judged_with_status(plan: CheckedPlan, action: Action) -> Place:
    says = f"{action.status(plan.month)}\n{action.update(plan.month)}"
    return at(action, "update", plan.month, says=says)


def _has_passed(plan: CheckedPlan, action: Action, promise: Promise) -> bool:
    """Whether what is promised must have happened before the month began.

    A promise without a year is read from the month in which its sentence was written first.
    """
    if promise.last_day(plan.month) < plan.month.first_day:
        return True
    if promise.has_year:
        return False
    written = plan.month
    for month in reversed(plan.months[:-1]):
        if promise.sentence not in plan.update(action, month):
            break
        written = month
    return promise.last_day(written) < plan.month.first_day


def _last_words(text: str) -> str:
    """The end of a text, as a message quotes it."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[-40:].partition(" ")[2]


RULES: tuple[Rule, ...] = (
    update_out_of_date,
    update_without_reason,
    update_without_next_step,
    update_contradicts_status,
    update_cut_off,
    update_note_to_colleague,
    update_without_initials,
)
