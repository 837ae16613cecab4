"""`sheetplan compare`: what changed between two trackers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    heading,
    json_option,
    paragraph,
    print_json,
    print_nothing_written,
    profile_option,
    table,
)
from sheetplan.cli.reporting import print_findings
from sheetplan.model.wording import listed, shortened

if TYPE_CHECKING:
    from sheetplan.changes.content import ComparedFile, PlanChanges
    from sheetplan.cycle.compare import ComparePlan

_MOST_ROWS = 20
_LONGEST = 64  # characters of a text that is shown
_BEFORE = 16  # of them those in front of what differs
_COUNTED = {
    "added": ("action added", "actions added"),
    "removed": ("action removed", "actions removed"),
    "renumbered": ("renumbered", "renumbered"),
    "moved": ("in another theme", "in another theme"),
    "fields": ("text changed", "texts changed"),
    "dates": ("date moved", "dates moved"),
    "statuses": ("rating moved", "ratings moved"),
    "past": ("cell of a past month altered", "cells of past months altered"),
    "structure": ("change of structure", "changes of structure"),
}
"""How one change, and several, of a kind are counted."""


@click.command(short_help="Show what changed between two trackers.")
@click.argument("older", type=click.Path(path_type=Path))
@click.argument("newer", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="CHANGES.xlsx",
    help="Write all changes to a new workbook, with a sheet for each kind; new words are bold.",
)
@dry_run_option
@profile_option
@json_option
@click.pass_context
def compare(
    ctx: click.Context,
    older: Path,
    newer: Path,
    output: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Show what changed in the plan between two copies of the tracker.

    By reference, never by position: actions added, removed, renumbered or moved to another theme,
    fields that say something else, dates by how many months they moved, ratings, past months that
    were altered afterwards, and sheets and columns. The copies may have different layouts and
    months. Spaces, line breaks and spellings of one meaning are no changes. The trackers stay as
    they are.

    Exit status: 0 compared, whether or not anything differs; 1 a past month was altered, or there
    is something to look at first; 3 could not be compared.

    \b
    Examples:
      sheetplan compare improvement_plan.xlsx improvement_plan_july.xlsx
      sheetplan compare june.xlsx july.xlsx -o changes.xlsx
    """
    plan = sheetplan.plan_compare(older, newer, profile=profile)
    written = None
    if output is not None:
        written = plan.rehearse(output) if dry_run else plan.write(output)
    if as_json:
        done = None if dry_run or written is None else str(written)
        print_json({**plan.as_data(), "written": done, "dry_run": dry_run})
    else:
        _print(plan)
        _print_written(written, dry_run)
    ctx.exit(1 if plan.changes.needs_attention else 0)


def _print(plan: ComparePlan) -> None:
    changes = plan.changes
    click.secho(f"{changes.older.name} to {changes.newer.name}", bold=True)
    click.echo(f"{_file(changes.older)} to {_file(changes.newer)}")
    if changes.is_same:
        click.echo("Nothing differs.")
    else:
        paragraph(", ".join(_counts(changes)), indent=0)
    for title, rows in _sections(changes):
        if rows:
            heading(title)
            table(rows[:_MOST_ROWS])
            if len(rows) > _MOST_ROWS:
                more = len(rows) - _MOST_ROWS
                click.echo(f"  and {more:,} more; -o CHANGES.xlsx and --json list them all.")
    print_findings(changes.findings, "To look at first")


def _file(file: ComparedFile) -> str:
    actions = count_of(file.actions, "action")
    return f"{file.month}, {actions}" if file.month else actions


def _counts(changes: PlanChanges) -> Iterator[str]:
    for kind, count in changes.counts.items():
        if count:
            one, several = _COUNTED[kind]
            yield f"{count:,} {one if count == 1 else several}"


def _sections(changes: PlanChanges) -> Iterator[tuple[str, list[list[str]]]]:
    """Each kind of change with its rows."""
    yield "Actions added", [[c.reference, c.theme, _short(c.action)] for c in changes.added]
    yield "Actions removed", [[c.reference, c.theme, _short(c.action)] for c in changes.removed]
    yield (
        "Actions renumbered",
        [[_arrow(c.before, c.reference), c.theme] for c in changes.renumbered],
    )
    yield (
        "Actions moved to another theme",
        [[c.reference, _arrow(c.before, c.after)] for c in changes.moved],
    )
    yield (
        "Dates",
        [
            [c.reference, _field(c.field), _months(c.months), _arrow(c.before, c.after)]
            for c in changes.dates
        ],
    )
    yield (
        "Ratings",
        [
            [c.reference, c.movement.value.capitalize(), _arrow(c.before, c.after)]
            for c in changes.statuses
        ],
    )
    yield (
        "Past months altered afterwards",
        [
            [c.reference, f"{c.month}", _field(c.field), _differing(c.before, c.after)]
            for c in changes.past
        ],
    )
    yield (
        "Texts",
        [[c.reference, _field(c.field), _differing(c.before, c.after)] for c in changes.fields],
    )
    yield (
        "Structure",
        [
            [c.what.capitalize(), listed(c.sheets), _arrow(c.before, c.after)]
            for c in changes.structure
        ],
    )


def _field(name: str) -> str:
    return name.replace("_", " ")


def _months(months: int | None) -> str:
    if not months:
        return "" if months is None else "same month"
    return f"{count_of(abs(months), 'month')} {'later' if months > 0 else 'earlier'}"


def _arrow(before: str, after: str) -> str:
    """What was, and what is; the one that is there where only one is."""
    if before and after:
        return f"{_short(before)} -> {_short(after)}"
    return _short(after) if after or not before else f"{_short(before)} -> (nothing)"


def _differing(before: str, after: str) -> str:
    """Two texts from a little in front of where they differ."""
    then, now = " ".join(before.split()), " ".join(after.split())
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(then, now, strict=False)))
    start = max(same - _BEFORE, 0)
    if start:
        start = now.rfind(" ", 0, start + 1) + 1
    first, second = (f"…{text[start:]}" if start else text for text in (then, now))
    return f"{_short(first) or '(nothing)'} -> {_short(second) or '(nothing)'}"


def _short(text: str) -> str:
    return shortened(text, _LONGEST)


def _print_written(written: Path | None, dry_run: bool) -> None:
    if written is None:
        return
    click.echo()
    table([["Would write" if dry_run else "Written", str(written)]])
    if dry_run:
        print_nothing_written()
