"""`sheetplan init`: write a settings file to edit."""

from __future__ import annotations

from pathlib import Path

import click

import sheetplan
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    json_option,
    paragraph,
    print_json,
    quoted_path,
    tracker_argument,
)


@click.command()
@tracker_argument
@click.option("--profile", default="standard", show_default=True, help="Built-in profile.")
@dry_run_option
@json_option
def init(tracker: Path, profile: str, dry_run: bool, as_json: bool) -> None:
    """Write a commented sheetplan.toml beside the tracker.

    It says what the columns are called, what each status means, what carries forward and which
    colours are used. Every verb finds it by looking in the tracker's folder and those above it.

    \b
    Example:
      sheetplan init improvement_plan.xlsx
    """
    result = sheetplan.init(tracker, profile=profile, dry_run=dry_run)
    if as_json:
        print_json({**result.as_data(), "dry_run": dry_run})
        return
    if dry_run:
        click.echo(result.text, nl=False)
        return
    click.secho(f"{result.settings_file.name} written beside {tracker.name}", bold=True)
    click.echo()
    if result.not_understood:
        paragraph(
            f"{count_of(len(result.not_understood), 'thing')} in the tracker not understood so "
            "far; listed at the end of the file."
        )
    click.echo("  Open it in Notepad; each setting is explained where it stands.")
    click.echo(f"  Then: sheetplan inspect {quoted_path(tracker)}")
