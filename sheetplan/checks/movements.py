"""Statuses against each other: main actions and their sub-actions, and month against month."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.months import last_rated, run_of, says_something
from sheetplan.checks.phrases import says
from sheetplan.checks.rule import rule
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact, listed
from sheetplan.reports.ratings import DONE
from sheetplan.reports.updates import is_copied

_LATE = (StatusMeaning.MEDIUM_PROGRESS, StatusMeaning.SIGNIFICANT_SLIPPAGE)
_OPEN = (
    StatusMeaning.ON_TRACK, *_LATE, StatusMeaning.NOT_DUE_TO_START, StatusMeaning.ON_HOLD,
    StatusMeaning.NEW_ACTION,
)  # fmt: skip
_IN_LINE = (StatusMeaning.ON_TRACK, StatusMeaning.NOT_DUE_TO_START)


@rule(
    "main-complete-child-open",
    Severity.WARNING,
    "What is reported as complete has work left in it.",
)
def main_complete_child_open(plan: CheckedPlan) -> Iterator[Found]:
    """An assurance action is no open work, and a new action may be going to be one."""
    for main, family in _families(plan):
        if plan.meaning(main) not in DONE:
            continue
        still_open = [child for child in family if plan.meaning(child) in _OPEN]
        if still_open:
            meanings = {plan.meaning(child) for child in still_open}
            which = listed([child.reference_text for child in still_open])
            yield Found(
                f"is complete or closed, and {which} {_is(still_open)} not. Correct whichever "
                "status is wrong.",
                (_compared(plan, main, still_open),),
                _severity_of_open(meanings),
            )


@rule(
    "children-complete-main-open",
    Severity.WARNING,
    "The plan shows work as open of which nothing is left.",
)
def children_complete_main_open(plan: CheckedPlan) -> Iterator[Found]:
    """Only where the main action carries a status of its own; most have N/A."""
    for main, family in _families(plan):
        if plan.meaning(main) not in _OPEN:
            continue
        meanings = {plan.meaning(child) for child in family}
        if meanings.isdisjoint(DONE) or meanings - {*DONE, StatusMeaning.NOT_APPLICABLE}:
            continue
        yield Found(
            "is still open, and every sub-action of it is complete or closed. Complete it, or add "
            "the action that is still to be done.",
            (_compared(plan, main, family),),
        )


@rule(
    "status-two-steps",
    Severity.WARNING,
    "A rating that leaps over amber says that last month's was wrong, or that this one is.",
)
def status_two_steps(plan: CheckedPlan) -> Iterator[Found]:
    """A new update that says something may well explain it, so then it only tells."""
    before = plan.previous
    if before is None or before != plan.month.previous:
        return
    for action in plan.rated:
        then, now = plan.meaning(action, before), plan.meaning(action)
        if then in _IN_LINE and now is StatusMeaning.SIGNIFICANT_SLIPPAGE:
            moved = "worsened"
        elif then is StatusMeaning.SIGNIFICANT_SLIPPAGE and now in _IN_LINE:
            moved = "improved"
        else:
            continue
        is_new = says_something(plan, action) and not is_copied(
            plan.update(action), plan.update(action, before)
        )
        yield Found(
            f"has {moved} by two steps since {before}. Make sure that the update says what "
            "happened.",
            (_moved(plan, action, before),),
            Severity.NOTE if is_new else None,
        )


@rule(
    "status-reopened",
    Severity.WARNING,
    "A committee was told that this was complete.",
)
def status_reopened(plan: CheckedPlan) -> Iterator[Found]:
    """Told of when it happens; as long as the action stays open afterwards it is a note."""
    for action in plan.rated:
        if plan.meaning(action) not in _OPEN:
            continue
        done = next((m for m in reversed(plan.months) if plan.meaning(action, m) in DONE), None)
        if done is None:
            continue
        last = last_rated(plan, action)
        then = f"{done.iso} {action.status(done)}"
        yield Found(
            f"was complete or closed in {done}, and is open again. Say in the update why, or "
            "correct the status.",
            (at(action, "status", plan.month, says=then)._replace(month=None),),
            None if last is not None and last[0] == done else Severity.NOTE,
        )


@rule(
    "on-hold-long",
    Severity.WARNING,
    "What is on hold for long is given up in silence.",
)
def on_hold_long(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.rated:
        if plan.meaning(action) is not StatusMeaning.ON_HOLD:
            continue
        since = run_of(plan, action, (StatusMeaning.ON_HOLD,))[-1]
        if plan.month.months_since(since) + 1 > plan.settings.checks.on_hold_months:
            longer = " or longer" if since == plan.months[0] else ""
            place = at(action, "status", plan.month, says=f"{since.iso} {action.status(since)}")
            yield Found(
                f"has been on hold since {since}{longer}. Decide when it goes on, or close it.",
                (place._replace(month=None),),
            )


@rule(
    "closed-not-complete",
    Severity.WARNING,
    "The legend closes what is complete; this was never said to be.",
)
def closed_not_complete(plan: CheckedPlan) -> Iterator[Found]:
    """Told of when it is closed, and not of what the tracker's first month has as closed."""
    words = _words_for_complete(plan)
    for action in _newly_closed(plan):
        is_said_in_one = any(word in compact(action.status(plan.month)) for word in words)
        earlier = plan.months[:-1]
        if is_said_in_one or any(
            plan.meaning(action, month) is StatusMeaning.COMPLETE for month in earlier
        ):
            continue
        yield Found(
            "is closed and was never complete. Make sure that it was done, or say why it is no "
            "longer needed.",
            (at(action, "status", plan.month),),
        )


@rule(
    "closed-without-evidence",
    Severity.WARNING,
    "The legend asks for evidence before an action is closed.",
)
def closed_without_evidence(plan: CheckedPlan) -> Iterator[Found]:
    """Told of when it is closed. Evidence in a column of the month's own is not read, so there
    nothing is said."""
    words = plan.settings.checks.gives_evidence
    for action in _newly_closed(plan):
        if action.words("evidence") or action.cell("evidence", plan.month):
            continue
        if any(says(plan.update(action, month), words) for month in reversed(plan.months)):
            continue
        yield Found(
            "is closed, and neither an evidence column nor an update names any evidence. Name it.",
            (at(action, "update", plan.month, says=_status_and_update(plan, action)),),
        )


def _severity_of_open(meanings: set[StatusMeaning | None]) -> Severity | None:
    """How much it matters that a complete action has sub-actions with these meanings."""
    if meanings == {StatusMeaning.NEW_ACTION}:
        return Severity.NOTE
    return None if meanings.isdisjoint(_LATE) else Severity.ERROR


def _families(plan: CheckedPlan) -> Iterator[tuple[Action, tuple[Action, ...]]]:
    """Each main action that has a row, with its sub-actions."""
    for reference, family in plan.children.items():
        main = plan.by_reference.get(reference)
        if main is not None:
            yield main, family


def _newly_closed(plan: CheckedPlan) -> Iterator[Action]:
    """The actions that are closed in the checked month and were not in any month before."""
    if plan.previous is None:
        return
    for action in plan.rated:
        if plan.meaning(action) is StatusMeaning.CLOSED:
            last = last_rated(plan, action)
            if last is None or last[1] is not StatusMeaning.CLOSED:
                yield action


def _words_for_complete(plan: CheckedPlan) -> tuple[str, ...]:
    return tuple(
        compact(words)
        for entry in plan.settings.vocabulary.entries
        if entry.meaning is StatusMeaning.COMPLETE
        for words in entry.words
    )


def _is(actions: list[Action]) -> str:
    return "is" if len(actions) == 1 else "are"


def _compared(plan: CheckedPlan, main: Action, family: tuple[Action, ...] | list[Action]) -> Place:
    """The status of a main action, by those of its sub-actions."""
    said = [f"{child.reference_text} {child.status(plan.month)}" for child in family]
    return at(main, "status", plan.month, says="\n".join([main.status(plan.month), *said]))


def _moved(plan: CheckedPlan, action: Action, before: Month) -> Place:
    said = f"{action.status(before)}\n{action.status(plan.month)}"
    return at(action, "status", plan.month, says=said)


def _status_and_update(plan: CheckedPlan, action: Action) -> str:
    return f"{action.status(plan.month)}\n{action.update(plan.month)}"


RULES = (
    main_complete_child_open,
    children_complete_main_open,
    status_two_steps,
    status_reopened,
    on_hold_long,
    closed_not_complete,
    closed_without_evidence,
)
