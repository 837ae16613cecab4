"""`sheetplan send-returns`: a workbook for each update owner, ready to e-mail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.common import (
    dry_run_option,
    json_option,
    month_option,
    output_option,
    paragraph,
    profile_option,
    quoted_path,
    table,
    tracker_argument,
)
from sheetplan.cli.reporting import print_findings
from sheetplan.cycle.due_day import day_in_words, due_day
from sheetplan.model.clock import now
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month

if TYPE_CHECKING:
    from sheetplan.cycle.send_plan import OwnerSending, SendPlan
    from sheetplan.cycle.send_returns import By


def _read_due(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else due_day(value, now().date())
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command(short_help="Make a workbook for each update owner to fill in, ready to e-mail.")
@tracker_argument
@click.option("--to", required=True, type=click.Path(path_type=Path), metavar="FOLDER",
              help="The folder that the returns go into; it is made if need be.")  # fmt: skip
@month_option("The month to ask for, such as 2023-08. [default: the tracker's latest]")
@click.option("--by", type=click.Choice(["update-owner", "director-lead"]), default="update-owner",
              show_default=True, help="Whom to ask: the update owner or, where none is named, the "
              "director lead; or the director lead always.")  # fmt: skip
@click.option("--only", multiple=True, metavar="NAME", help="Only this owner. May be given again "
              "for others.")  # fmt: skip
@click.option("--all-rows", is_flag=True, help="Show owners their other rows as well, to be read "
              "only.")  # fmt: skip
@click.option("--eml", is_flag=True, help="Make a draft message beside each return.")
@click.option("--reminders", is_flag=True, help="Make drafts for those who were sent a return and "
              "have not returned it. No first return is made.")  # fmt: skip
@click.option("--due", callback=_read_due, metavar="DATE", help="The day by which returns are to "
              "come back: 2023-08-25, or 25 August 2023. [default: so many days from today as the "
              "settings say]")  # fmt: skip
@output_option
@dry_run_option
@profile_option
@json_option
@click.pass_context
def send_returns(
    ctx: click.Context,
    tracker: Path,
    to: Path,
    month: Month | None,
    by: By,
    only: tuple[str, ...],
    all_rows: bool,
    eml: bool,
    reminders: bool,
    due: date | None,
    output: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Make a small workbook for each update owner: their rows, to be filled in in Excel.

    The returns go into a folder, with a list of the messages to send them with (send-list.csv) and
    with --eml a draft of each. Nothing is sent from here. The sheet Returns of the tracker notes
    what went out, so that a second run makes only what is missing.

    \b
    Examples:
      sheetplan send-returns improvement_plan.xlsx --to returns --dry-run
      sheetplan send-returns improvement_plan.xlsx --to returns --eml --due 2026-07-10
      sheetplan send-returns improvement_plan.xlsx --to returns --reminders
    """
    plan = sheetplan.plan_send_returns(
        tracker,
        to,
        month,
        by=by,
        only=only,
        all_rows=all_rows,
        eml=eml,
        reminders=reminders,
        due=due,
        profile=profile,
    )
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)
    to_mend = any(finding.severity is not Severity.NOTE for finding in plan.findings)
    ctx.exit(int(to_mend))


def _print_plan(plan: SendPlan, done: bool) -> None:
    click.secho(f"{plan.path.name}: returns for {plan.month}", bold=True)
    if plan.owners:
        click.echo()
        rows: list[list[object]] = [["Owner", "Rows", "E-mail", "File", "State"]]
        rows += [
            [o.name, o.asked, "yes" if o.to else "none", o.file, _state(o)] for o in plan.owners
        ]
        table(rows, right=[1])
    if plan.has_work:
        _print_messages(plan)
    print_findings(plan.findings, "To look at")
    if not plan.has_work:
        click.echo()
        paragraph(f"{_nothing(plan)}; nothing was written.", indent=0)
        if any(owner.is_kept for owner in plan.owners):
            command = f"sheetplan send-returns {quoted_path(plan.path)} --to"
            click.echo(f"To remind them: {command} {quoted_path(plan.folder)} --reminders")


def _print_messages(plan: SendPlan) -> None:
    click.echo()
    dues = sorted({owner.due for owner in plan.owners if owner.has_message})
    drafts = sum(bool(owner.draft) for owner in plan.owners)
    rows = [
        ["Due", ", ".join(map(day_in_words, dues))],
        ["Back to", plan.return_to],
        ["Messages", plan.list_name + (f", {drafts} .eml" if drafts else "")],
    ]
    table(rows)


def _state(owner: OwnerSending) -> str:
    """ "New", "Sent 12 Aug", "Reminder, made again"."""
    state, record = owner.state.value.capitalize(), owner.record
    if owner.has_message or record is None:
        return f"{state}, made again" if owner.is_reminder and owner.is_made else state
    day = record.returned or record.sent
    return f"{state} {_day(day)}" if day else state


def _day(day: date) -> str:
    return f"{day.day} {Month.of(day).name[:3]}"


def _nothing(plan: SendPlan) -> str:
    if not plan.owners:
        return f"No update is asked for in {plan.month}"
    return "Nobody is to be reminded" if plan.reminders else "Every return has been sent"
