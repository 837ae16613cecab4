"""`sheetplan status`: who has returned, who has not, and what to send to whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.collect_returns import print_way_to_resolve
from sheetplan.cli.common import (
    count_of,
    heading,
    json_option,
    month_option,
    obeyed_by_none,
    print_json,
    profile_option,
    quoted_path,
    table,
    tracker_argument,
)
from sheetplan.cli.reporting import print_findings
from sheetplan.model.month import Month

if TYPE_CHECKING:
    from sheetplan.cycle.status import ReturnsStatus
    from sheetplan.returns.standing import ChaseMessage, OwnerStanding


@click.command(short_help="Show who has returned, who has not, and what is still blank.")
@tracker_argument
@month_option("The month that the returns are for, such as 2023-08. [default: the tracker's "
              "latest]")  # fmt: skip
@profile_option
@json_option
@click.pass_context
def status(
    ctx: click.Context, tracker: Path, month: Month | None, profile: str | None, as_json: bool
) -> None:
    """Show who has returned, who has not, and what is still blank. Writes nothing.

    At its end stand messages to those who owe something, ready to paste into an e-mail.

    \b
    Example:
      sheetplan status improvement_plan.xlsx
    """
    seen = sheetplan.status(tracker, month, profile=profile)
    if as_json:
        print_json(seen.as_data())
    else:
        _print(seen)
    ctx.exit(1 if seen.needs_attention else 0)


def _print(seen: ReturnsStatus) -> None:
    click.secho(f"{seen.path.name}: returns for {seen.month}", bold=True)
    if not seen.is_sent:
        click.echo(f"No return for {seen.month} has been sent.")
    _print_owners(seen)
    _print_conflicts(seen)
    print_findings(seen.findings, "To look at")
    for message in seen.chase:
        _print_message(message)
    if any(owner.sent is None for owner in seen.standing.owners):
        click.echo()
        which = "the others" if seen.is_sent else "them"
        command = f"sheetplan send-returns {quoted_path(seen.path)} --to FOLDER"
        click.echo(f"To send {which}: {command} --month {seen.month.iso}")


def _print_owners(seen: ReturnsStatus) -> None:
    found = seen.standing
    if not found.owners:
        click.echo("There is no action for which an update is asked.")
        return
    click.echo()
    rows: list[list[object]] = [
        ["Owner", "Sent", "Due", "Returned", "Asked", "Blank", "In conflict", "Deadline"]
    ]
    for owner in found.owners:
        days = (_day(owner.sent), _day(owner.due), _day(owner.returned))
        counts = (owner.asked, len(owner.blank), owner.conflicts)
        rows.append([owner.owner, *days, *counts, _deadline(owner)])
    counts = (found.asked, found.blank, found.conflicts)
    rows.append(["All", found.sent, "", found.returned, *counts, ""])
    table(rows, right=[4, 5, 6])


def _day(day: date | None) -> str:
    """A day as short as it can be said; a dash for none."""
    return "-" if day is None else f"{day.day} {Month.of(day).name[:3]}"


def _deadline(owner: OwnerStanding) -> str:
    days = owner.days_left
    if days is None:
        return ""
    if days == 0:
        return "today"
    return f"in {count_of(days, 'day')}" if days > 0 else f"{count_of(-days, 'day')} late"


def _print_conflicts(seen: ReturnsStatus) -> None:
    if seen.standing.conflicts:
        click.echo()
        print_way_to_resolve(seen.path, seen.month, seen.standing.conflicts, seen.conflicts_sheet)


def _print_message(message: ChaseMessage) -> None:
    """A message as it can be pasted: its lines are not wrapped."""
    heading(f"To {message.owner}" + (f" <{message.email}>" if message.email else ""))
    click.echo(obeyed_by_none(f"Subject: {message.subject}"))
    click.echo()
    click.echo(obeyed_by_none(message.text))
