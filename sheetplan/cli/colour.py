"""`sheetplan colour`: colour rules for every month's statuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import (
    dry_run_option,
    json_option,
    output_option,
    print_destination,
    print_json,
    profile_option,
    table,
    tracker_argument,
)

if TYPE_CHECKING:
    from sheetplan.cycle.colour import ColourPlan


@click.command()
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
    if dry_run:
        _show(plan, output, as_json=as_json)
        return
    result = plan.apply(output)
    if as_json:
        print_json({**result.as_data(), "dry_run": False})
        return
    _print_plan(plan, done=True)
    if result.output is None:
        return
    click.echo()
    rows = [["Verified", str(result.verified)], ["Written", str(result.output)]]
    if result.backup is not None:
        rows.append(["Backup", result.backup.name])
    table(rows)


def _show(plan: ColourPlan, output: Path | None, *, as_json: bool) -> None:
    place = plan.destination(output) if plan.has_work else None
    if as_json:
        places = {"output": None, "backup": None} if place is None else place.as_data()
        print_json({**plan.as_data(), **places, "verified": None, "dry_run": True})
        return
    _print_plan(plan, done=False)
    if place is not None:
        print_destination(place)


def _print_plan(plan: ColourPlan, *, done: bool) -> None:
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
