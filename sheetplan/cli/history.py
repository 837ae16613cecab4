"""`sheetplan history`: what moved when, from previous months' copies of the tracker."""

from __future__ import annotations

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
    table,
    tracker_argument,
)
from sheetplan.cli.reporting import print_findings
from sheetplan.model.wording import shortened

if TYPE_CHECKING:
    from sheetplan.changes.found_moves import FoundMove
    from sheetplan.cycle.history_plan import HistoryPlan

_SHOWN = 24  # characters of a date as typed


@click.command(short_help="Fill the log of moved dates from older copies of the tracker.")
@tracker_argument
@click.argument(
    "older", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="OLDER..."
)
@output_option
@dry_run_option
@profile_option
@json_option
@click.pass_context
def history(
    ctx: click.Context,
    tracker: Path,
    older: tuple[Path, ...],
    output: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Find out which due dates moved, and when, from previous months' copies of the tracker.

    The copies are put in the order of their months, and due dates are compared by reference, each
    copy with the next. What the sheet Update log does not have yet is added to it, marked "Found by
    comparison"; the copies are only read. From then on reports and checks know of the moves.

    \b
    Examples:
      sheetplan history improvement_plan.xlsx archive/plan_2026-05.xlsx archive/plan_2026-06.xlsx
      sheetplan history improvement_plan.xlsx archive/*.xlsx --dry-run
    """
    plan = sheetplan.plan_history(tracker, older, profile=profile)
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)
    ctx.exit(1 if plan.needs_attention else 0)


def _print_plan(plan: HistoryPlan, done: bool) -> None:
    click.secho(f"{plan.path.name}: moves of due dates, from older copies", bold=True)
    if len(plan.copies) > 1:
        heading("Compared, oldest first")
        table([[str(copy.month), copy.file] for copy in plan.copies])
        _print_moves(plan, done)
    _print_dates(plan)
    print_findings(plan.findings, "To look at")
    if not plan.has_work:
        click.echo()
        click.echo(f"{_why_nothing(plan)}; nothing was written.")


def _why_nothing(plan: HistoryPlan) -> str:
    if len(plan.copies) < 2:
        return "There is no older copy to compare with"
    return "The Update log has every move already" if plan.moves else "No date moved"


def _print_moves(plan: HistoryPlan, done: bool) -> None:
    if not plan.moves:
        return
    heading(count_of(len(plan.moves), "move"))
    rows = [["Reference", "From", "To", "Months", "Change control", "Log", "Between"]]
    for move in plan.moves:
        months = "" if move.months is None else f"{move.months:+d}"
        log = "there" if move.is_logged else "added" if done else "to add"
        agreed = move.change_control or "does not know"
        between = f"{move.older} and {move.newer}"
        rows.append([_name(move), *_dates(move), months, agreed, log, between])
    table(rows, right=[3])
    unknown = sum(not move.change_control for move in plan.moves)
    if unknown:
        click.echo()
        paragraph(
            f"Change control does not know of {count_of(unknown, 'move')}. Have them agreed, or "
            "put the old dates back.",
            indent=0,
        )


def _print_dates(plan: HistoryPlan) -> None:
    """Where each date that moved stands now, with all moves that are known."""
    if not plan.histories:
        return
    heading("Where these dates stand")
    rows: list[list[object]] = [["Reference", "Originally", "Now", "Moved", "Months in all"]]
    for reference, history in plan.histories:
        original, current = (
            "no date" if date is None else _shortened(date.text)
            for date in (history.original, history.current)
        )
        slippage = "" if history.slippage is None else f"{history.slippage:+d}"
        rows.append([reference, original, current, count_of(history.times, "time"), slippage])
    table(rows, right=[4])


def _name(move: FoundMove) -> str:
    is_revised = move.field == "revised_date"
    return f"{move.reference} (revised date)" if is_revised else move.reference


def _dates(move: FoundMove) -> tuple[str, str]:
    return _shortened(move.before) or "no date", _shortened(move.after) or "taken out"


def _shortened(text: str) -> str:
    return shortened(text, _SHOWN)
