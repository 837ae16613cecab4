"""What the verbs that change a tracker share: showing the plan, or carrying it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from sheetplan.cli.common import (
    print_destination,
    print_json,
    print_nothing_written,
    quoted_path,
    table,
)

if TYPE_CHECKING:
    from sheetplan.cycle.change import ChangePlan

Plan = TypeVar("Plan", bound="ChangePlan")


def show_or_apply(
    plan: Plan,
    output: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
    print_plan: Callable[[Plan, bool], None],
) -> None:
    """Show what would be done, or do it and say what was done.

    Args:
        plan: The change.
        output: A new file to write; the tracker itself when None.
        dry_run: Whether to show only.
        as_json: Whether to print data.
        print_plan: Prints the plan, as what is done where its second argument is true.
    """
    if dry_run:
        _show(plan, output, as_json=as_json, print_plan=print_plan)
        return
    result = plan.apply(output)
    if as_json:
        print_json({**result.as_data(), "dry_run": False})
        return
    print_plan(plan, True)
    rows = _files_row(plan)
    if result.output is not None:
        rows += [["Verified", str(result.verified)], ["Written", str(result.output)]]
    if result.backup is not None:
        rows.append(["Backup", result.backup.name])
    if not rows:
        return
    click.echo()
    table(rows)
    if result.backup is not None:
        click.echo()
        files = ", and delete the new files" if plan.new_files else ""
        click.echo(f"To take it back: sheetplan undo {quoted_path(plan.path)}{files}")


def _show(
    plan: Plan, output: Path | None, *, as_json: bool, print_plan: Callable[[Plan, bool], None]
) -> None:
    place = plan.destination(output) if plan.changes_tracker else None
    if as_json:
        places = {"output": None, "backup": None} if place is None else place.as_data()
        print_json({**plan.as_data(), **places, "verified": None, "dry_run": True})
        return
    print_plan(plan, False)
    rows = _files_row(plan)
    if place is not None:
        print_destination(place, rows)
    elif rows:
        click.echo()
        table(rows)
        print_nothing_written()


def _files_row(plan: ChangePlan) -> list[list[str]]:
    """How many files a plan makes beside the tracker, and where; no row where it makes none."""
    if not plan.has_work or not plan.new_files:
        return []
    return [["New files", f"{len(plan.new_files):,} in {plan.new_files[0].parent}"]]
