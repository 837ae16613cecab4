"""Change control: dates that moved in silence, and requests that wait."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.rule import Rule, rule
from sheetplan.model.action import Action
from sheetplan.model.date_history import DateHistory, DateMove
from sheetplan.model.finding import Severity
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.reference import Reference
from sheetplan.model.return_records import RequestRecord
from sheetplan.model.wording import did_you_mean, listed, shortened
from sheetplan.reports.updates import asks_for_change_control
from sheetplan.returns.keys import keyed, keys_named

_NEW_ACTION = "new_action"
_SHOWN = 40  # characters of a date or of a reference, as typed


@rule(
    "date-moved-in-silence",
    Severity.ERROR,
    "An agreed date moves by change control only, and a committee that sees the new date alone "
    "believes that the old one was kept.",
    unless=("reference-duplicate",),
)
def date_moved_in_silence(plan: CheckedPlan) -> Iterator[Found]:
    """Due dates that are not what the last record says, and moves that nobody agreed to."""
    for action in plan.actions:
        history = plan.dates.histories.get(action.reference) if action.reference else None
        if history is None:
            continue
        if history.is_silent:
            yield _silent(action, history, plan)
            continue
        moves = [move for move in history.moves if _is_unapproved(move, plan)]
        if moves:
            yield _unapproved(action, history, moves, plan)


def _is_unapproved(move: DateMove, plan: CheckedPlan) -> bool:
    return not move.is_approved and move.month is not None and move.month <= plan.month


def _silent(action: Action, history: DateHistory, plan: CheckedPlan) -> Found:
    last = history.moves[-1].after if history.moves else history.original
    now = "has been taken out" if history.current is None else f"is now {_quoted(history.current)}"
    return Found(
        f"the last date on record is {_quoted(last)}, and the due date {now}: it moved, and "
        f"nothing says so. Put the old date back, or enter the move {_where(plan)} and have it "
        "decided.",
        (_due_place(action, history),),
    )


def _unapproved(
    action: Action, history: DateHistory, moves: list[DateMove], plan: CheckedPlan
) -> Found:
    steps = [f"from {_quoted(m.before)} to {_quoted(m.after)} in {m.month}" for m in moves]
    return Found(
        f"the due date moved {listed(steps)}, and no agreed request covers that. Enter the move "
        f"{_where(plan)}, with who agreed to it and when, or put the old date back.",
        (_due_place(action, history),),
        Severity.WARNING,
    )


def _where(plan: CheckedPlan) -> str:
    """Where a move is entered."""
    sheet = "on the sheet Change control"
    return sheet if plan.requests is not None else f"{sheet} (sheetplan prepare adds it)"


def _due_place(action: Action, history: DateHistory) -> Place:
    """The cell of the date that holds, and every date by which the rule judged."""
    revised = action.dates.get("revised_date")
    field = "revised_date" if revised is not None and history.current is revised else "due_date"
    dates = [history.original, *(move.after for move in history.moves), history.current]
    return at(action, field, says="\n".join(date.text if date else "" for date in dates))


@rule(
    "request-waiting",
    Severity.WARNING,
    "While a request waits, the plan reports against a date that nobody means to keep.",
)
def request_waiting(plan: CheckedPlan) -> Iterator[Found]:
    """Requests that have been open for longer than the council allows."""
    for request in plan.requests or ():
        if request.month is None or not request.is_open:
            continue
        months = plan.month.months_since(request.month)
        if months > plan.settings.checks.request_months:
            yield Found(
                f"asked for in {request.month} and not decided {months} months later. Have it "
                "decided, and write the decision down.",
                (_place(request, "decision", str(request.month), request.after, request.decision),),
            )


@rule(
    "request-not-recorded",
    Severity.WARNING,
    "A request that stands only in an update is never decided, and the date moves by itself.",
    unless=("reference-duplicate",),
)
def request_not_recorded(plan: CheckedPlan) -> Iterator[Found]:
    """Updates of the month that speak of change control where there is no request."""
    words = plan.settings.reports.change_control_words
    asking = [a for a in plan.actions if asks_for_change_control(plan.update(a), words)]
    if plan.requests is None:
        if asking:
            yield Found(
                "the update speaks of change control, and the tracker has no sheet for it, so "
                "nobody can see what is asked for. sheetplan prepare adds the sheet.",
                tuple(at(action, "update", plan.month) for action in asking),
                Severity.NOTE,
            )
        return
    recorded = {Reference.parse(request.key) for request in plan.requests}
    for action in asking:
        if action.reference not in recorded:
            yield Found(
                "the update speaks of change control, and the sheet Change control has no request "
                "for this action. Enter there what is asked for, and why; or say it otherwise.",
                (at(action, "update", plan.month),),
            )


@rule(
    "request-reference-unknown",
    Severity.WARNING,
    "What is agreed for an action that the plan does not have is never carried out.",
)
def request_reference_unknown(plan: CheckedPlan) -> Iterator[Found]:
    """Requests that are still to be decided or carried out, for actions that are not there."""
    if not plan.requests:
        return
    actions = keyed(plan.tracker)
    for request in plan.requests:
        is_live = request.is_open or (request.is_agreed and not request.is_carried_out)
        if not is_live or request.field == _NEW_ACTION or keys_named(request.key, actions):
            continue
        if request.key:
            near = did_you_mean(request.key, actions, cutoff=0.8)
            said = (
                f'no action has the reference "{shortened(request.key, _SHOWN)}".{near} Correct it.'
            )
        else:
            said = "this request names no action. Type the reference of its action."
        yield Found(said, (_place(request, "key", request.key),))


def _place(request: RequestRecord, column: str, *says: str) -> Place:
    """A cell of the Change control sheet."""
    standing = request.standing
    sheet = standing.sheet if standing else "Change control"
    cell = standing.cell(column) if standing else ""
    return Place(sheet, cell, request.key, "\n".join(says))


def _quoted(date: PlanDate | None) -> str:
    return "no date" if date is None else f'"{shortened(date.text, _SHOWN)}"'


RULES: tuple[Rule, ...] = (
    date_moved_in_silence,
    request_waiting,
    request_not_recorded,
    request_reference_unknown,
)
