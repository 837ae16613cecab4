"""`sheetplan colour`: colour rules for every month's statuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.common import (
    dry_run_option,
    json_option,
    output_option,
    profile_option,
    table,
    tracker_argument,
)

if TYPE_CHECKING:
    from sheetplan.cycle.colour import ColourPlan


@click.command(short_help="Add or repair the colour rules of every month's status cells.")
@tracker_argument
@output_option
@dry_run_option
@profile_option
@json_option
def colour(
    tracker: Path, output: Path | None, dry_run: bool, profile: str | None, as_json: bool
) -> None:
    """Add or repair the colour rules of every month's status cells.

    A month without colour rules gets those of the profile, which anyone can read: the word stays
    in the cell, and text on its colour has a contrast of at least 4.5 to 1. Rules that stop short
    of the last action are made to reach it. A tracker's own rules stay as they are.

    \b
    Example:
      sheetplan colour improvement_plan.xlsx --dry-run
    """
    plan = sheetplan.plan_colour(tracker, profile=profile)
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)


def _print_plan(plan: ColourPlan, done: bool) -> None:
    if not plan.has_work:
        click.echo(
            f"{plan.path.name}: every month's statuses have colour rules already; nothing was "
            "written."
        )
        return
    click.secho(f"{plan.path.name}: colour rules {'added' if done else 'to add'}", bold=True)
    click.echo()
    table(
        [
            [sheet.name, edit.what, f"{edit.before} -> {edit.after}" if edit.before else edit.after]
            for sheet, edits in plan.sheets
            for edit in edits
        ]
    )
