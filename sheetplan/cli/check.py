"""`sheetplan check`: what in a tracker would embarrass the council, and what officers answered."""

from __future__ import annotations

from pathlib import Path

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.check_printing import print_found
from sheetplan.cli.check_summary import print_rules, print_summary
from sheetplan.cli.common import (
    dry_run_option,
    json_option,
    month_option,
    output_option,
    print_json,
    profile_option,
)
from sheetplan.model.month import Month


@click.command(short_help="Find what would embarrass the council, before a committee does.")
@click.argument("tracker", type=click.Path(path_type=Path), required=False)
@month_option("The month to check, such as 2023-08. [default: the newest that is filled in]")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Tell of this rule, or of "
              "this family of rules, alone; may be given several times.")  # fmt: skip
@click.option("--summary", is_flag=True, help="Print how often each rule was broken, on one "
              "screen.")  # fmt: skip
@click.option("--into-tracker", is_flag=True, help="Write what was found on the sheet Findings, "
              "where officers answer it.")  # fmt: skip
@click.option("--rules", "list_rules", is_flag=True, help="List every rule and why it matters; "
              "no tracker is needed.")  # fmt: skip
@output_option
@dry_run_option
@profile_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    tracker: Path | None,
    month: Month | None,
    rules: tuple[str, ...],
    summary: bool,
    into_tracker: bool,
    list_rules: bool,
    output: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Find what would embarrass the council, the way a sharp auditor would.

    Reads the whole tracker: references, statuses, dates, updates, owners, change control and the
    workbook itself. Says of each finding where it is and what to do. With --into-tracker officers
    answer findings in Excel, and an answer holds until its cell changes; without, nothing is
    written.

    Exit status: 0 no error is open, 1 some are, 3 the file could not be read.

    \b
    Examples:
      sheetplan check improvement_plan.xlsx
      sheetplan check improvement_plan.xlsx --rule dates --rule update-copied
      sheetplan check improvement_plan.xlsx --into-tracker
    """
    if list_rules:
        known = sheetplan.check_rules(tracker, profile=profile)
        if as_json:
            print_json({"rules": [rule.as_data() for rule in known]})
        else:
            print_rules(known)
        return
    if tracker is None:
        raise click.UsageError("Missing argument 'TRACKER'.")
    if output is not None and not into_tracker:
        raise click.UsageError("--output goes with --into-tracker; without it nothing is written.")
    plan = sheetplan.plan_check(
        tracker, month, rules=rules, into_tracker=into_tracker, profile=profile
    )
    show = print_summary if summary else print_found
    if into_tracker:
        show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=show)
    elif as_json:
        print_json(plan.as_data())
    else:
        show(plan, False)
    ctx.exit(1 if plan.has_errors else 0)
