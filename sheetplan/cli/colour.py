"""`sheetplan colour`: colour rules for every month's statuses."""

from __future__ import annotations

from pathlib import Path

import click

import sheetplan
from sheetplan.cli.common import (
    dry_run_option,
    json_option,
    output_option,
    print_json,
    profile_option,
    table,
    tracker_argument,
)


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
    result = None if dry_run else plan.apply(output)
    if as_json:
        data = plan.as_data() if result is None else result.as_data()
        print_json({**data, "dry_run": dry_run})
        return
    if not plan.has_work:
        click.echo(f"{tracker.name}: every month's statuses have colour rules; nothing to do.")
        return
    click.secho(f"{tracker.name}: colour rules {'to add' if dry_run else 'added'}", bold=True)
    click.echo()
    table(
        [
            [sheet.name, edit.what, f"{edit.before} -> {edit.after}" if edit.before else edit.after]
            for sheet, edits in plan.sheets
            for edit in edits
        ]
    )
    click.echo()
    if result is None:
        click.echo("Nothing was written. Run it again without --dry-run to do this.")
        return
    assert result.output is not None
    rows = [["Verified", str(result.verified)], ["Written", result.output.name]]
    if result.backup is not None:
        rows.append(["Backup", result.backup.name])
    table(rows)
