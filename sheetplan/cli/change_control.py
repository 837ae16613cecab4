"""`sheetplan change-control`: agreed dates are moved, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    heading,
    json_option,
    output_option,
    paragraph,
    profile_option,
    quoted_path,
    table,
    tracker_argument,
)
from sheetplan.cli.reporting import print_findings
from sheetplan.model.month import Month
from sheetplan.model.wording import listed, shortened

if TYPE_CHECKING:
    from sheetplan.cycle.control_plan import ControlPlan
    from sheetplan.model.return_records import RequestRecord
    from sheetplan.returns.control_content import AgreedMove, WaitingRequest

_LONGEST_SHOWN = 40  # characters of a text in a table


@click.command(short_help="Move the dates that change control agreed, and list what waits.")
@tracker_argument
@output_option
@dry_run_option
@profile_option
@json_option
@click.pass_context
def change_control(
    ctx: click.Context,
    tracker: Path,
    output: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Carry out the agreed requests on the sheet Change control, and list those that wait.

    The new date goes into the tracker, and the Update log keeps the one before. Nothing moves
    unless the sheet says that it is agreed, by whom and when, and the tracker still says what the
    request was made for.

    \b
    Examples:
      sheetplan change-control improvement_plan.xlsx --dry-run
      sheetplan change-control improvement_plan.xlsx
    """
    plan = sheetplan.plan_change_control(tracker, profile=profile)
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)
    ctx.exit(1 if plan.needs_attention else 0)


def _print_plan(plan: ControlPlan, done: bool) -> None:
    today = f"{plan.today.day} {Month.of(plan.today)}"
    click.secho(f"{plan.path.name}: change control, {today}", bold=True)
    if not plan.sheet:
        click.echo()
        click.echo("There is no sheet Change control, so nothing is asked for.")
        click.echo(f"To add one: sheetplan prepare {quoted_path(plan.path)}")
        return
    control = plan.control
    _print_moves(control.moves, done)
    if control.refused:
        print_findings(control.refused, f"Not carried out: {_requests(len(control.refused))}")
    _print_waiting(plan)
    _print_by_hand(control.by_hand)
    print_findings(plan.findings, "To look at")
    if not plan.has_work:
        click.echo()
        click.echo("There is nothing to carry out; nothing was written.")


def _requests(count: int) -> str:
    return count_of(count, "request")


def _print_moves(moves: Iterable[AgreedMove], done: bool) -> None:
    rows = [
        [move.ids, move.action.reference_text, move.place, *_change(move), _outcome(move)]
        for move in moves
    ]
    if rows:
        heading(f"{'Carried out' if done else 'To carry out'}: {_requests(len(rows))}")
        table([["Id", "Reference", "Cell", "From", "To", ""], *rows])


def _change(move: AgreedMove) -> tuple[str, str]:
    return _short(move.before) or "blank", _short(move.after)


def _outcome(move: AgreedMove) -> str:
    others = listed([action.reference_text for action in move.also.values()])
    told = ["the plan said so already"] if move.is_there else []
    return "; ".join([*told, f"holds for {others} too, in the same row"] if others else told)


def _print_waiting(plan: ControlPlan) -> None:
    waiting = plan.control.waiting
    if not waiting:
        return
    heading(f"Waiting for a decision: {_requests(len(waiting))}")
    rows = [["Id", "Reference", "Field", "From", "To", "Asked by", "Open for"]]
    rows += [[*_told(each.request), each.request.owner, _open_for(each, plan)] for each in waiting]
    table(rows)


def _told(request: RequestRecord) -> list[str]:
    texts = (request.key, request.field_words, request.before, request.after)
    return [request.id, *map(_short, texts)]


def _short(text: str) -> str:
    return shortened(text, _LONGEST_SHOWN)


def _open_for(waiting: WaitingRequest, plan: ControlPlan) -> str:
    if waiting.since is None or waiting.months is None:
        return "unknown"
    days = max(0, (plan.today - waiting.since).days)
    words = count_of(waiting.months, "month") if waiting.months else count_of(days, "day")
    return f"{words}: TOO LONG" if waiting.is_too_long else words


def _print_by_hand(requests: tuple[RequestRecord, ...]) -> None:
    if not requests:
        return
    heading(f"Agreed, and to be done by hand: {_requests(len(requests))}")
    table([["Id", "Reference", "Field", "From", "To"], *map(_told, requests)])
    click.echo()
    paragraph("When one is done, write so under Carried out.")
