"""`sheetplan undo`: put the newest backup back."""

from __future__ import annotations

from pathlib import Path

import click

import sheetplan
from sheetplan.cli.common import (
    dry_run_option,
    json_option,
    print_json,
    print_nothing_written,
    table,
    tracker_argument,
)


@click.command()
@tracker_argument
@dry_run_option
@json_option
def undo(tracker: Path, dry_run: bool, as_json: bool) -> None:
    """Put the newest backup back in the tracker's place.

    The file that it replaces is kept beside it, so that nothing typed since is lost.

    \b
    Example:
      sheetplan undo improvement_plan.xlsx
    """
    result = sheetplan.undo(tracker, dry_run=dry_run)
    if as_json:
        print_json({**result.as_data(), "dry_run": dry_run})
        return
    click.secho(
        f"{result.tracker.name}: {'the newest backup would be' if dry_run else 'a backup was'} "
        "put back",
        bold=True,
    )
    click.echo()
    rows = [["Put back", result.backup.name]]
    if result.kept is not None:
        rows.append(["Kept", f"the later file, as {result.kept.name}"])
    table(rows)
    if dry_run:
        print_nothing_written()
