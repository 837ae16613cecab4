"""What `sheetplan roll-month` prints of a plan that keeps every month in one cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from sheetplan.cli.common import count_of, table
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.commentary_roll_plan import CommentaryRollPlan

_NAMED = 12  # references in one row


def print_commentary_plan(plan: CommentaryRollPlan, done: bool) -> None:
    """Print what a roll does, or has done."""
    verb = "opened" if done else "would be opened"
    click.secho(f"{plan.path.name}: {plan.month} {verb}", bold=True)
    click.echo()
    rows: list[list[object]] = [
        ["Sheet", "Rows", "Leads", "New stamps", "Complete", "No longer bold"]
    ]
    for sheet in plan.sheets:
        rows.append(
            [sheet.name, len(sheet.rows), sheet.leads, sheet.stamps, sheet.done, sheet.not_bold]
        )
    table(rows, right=[1, 2, 3, 4, 5])
    click.echo()
    table(list(_words(plan, done=done)))


def _words(plan: CommentaryRollPlan, *, done: bool) -> Iterator[list[str]]:
    stamps = listed([f'"{stamp}"' for stamp in plan.stamps])
    yield ["Stamp", f"{stamps}, bold, in a line of its own under each lead that has more to report"]
    for stamp, references in plan.stamped.items():
        put = "put" if done else "would be put"
        where = f"paragraphs of {_counted(references)}"
        yield [
            "Older stamp",
            f'"{stamp}" {put} behind {where}, known by their bold alone until now',
        ]
    dated = [f'"{stamp}" in {_counted(rows)}' for stamp, rows in plan.dated.items()]
    if dated:
        why = "as they would be read as of another year without"
        yield ["Years", f"put in {listed(dated, most=_NAMED)}, {why}"]
    empty = [reference for sheet in plan.sheets for reference in sheet.empty]
    if empty:
        rows = f"{count_of(len(empty), 'row')}, {listed(empty, most=_NAMED)}"
        yield ["Left empty", f"{rows}: type the lead there, bold and underlined"]
    if plan.taller:
        are = "are" if done else "would be"
        what = f"{count_of(len(plan.taller), 'row')} {are} made taller"
        yield ["Heights", f"{what}, as all their words could be seen before"]
    if plan.narrative is not None:
        what = count_of(len(plan.narrative.blocks), "row")
        put = "added to" if done else "would be added to"
        words = f"the words of {plan.narrative.before}: {listed(plan.narrative.blocks)}"
        yield ["Narrative", f"{what} {put} {plan.narrative.sheet.name}, with {words}"]
    for saying in plan.sayings:
        yield ["Still says", f'"{saying.text}" ({saying.place}); change it by hand']
    if plan.still_bold:
        why = "without it, words above that have no stamp would be read as of the same month"
        remedy = "Put a stamp behind those, and take the bold off by hand"
        yield [
            "Still bold",
            f"older words of {listed(plan.still_bold, most=_NAMED)}: {why}. {remedy}",
        ]
    for finding in plan.findings:
        if finding.reference not in plan.still_bold:
            yield ["Look at", str(finding)]


def _counted(references: Mapping[str, int]) -> str:
    """Rows, each with how many there are in it where there are several."""
    named = [f"{each} ({n})" if n > 1 else each for each, n in references.items()]
    return listed(named, most=_NAMED)
