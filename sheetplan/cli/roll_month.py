"""`sheetplan roll-month`: open a new month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.commentary_rolling import print_commentary_plan
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    heading,
    json_option,
    month_option,
    output_option,
    paragraph,
    profile_option,
    table,
    tracker_argument,
)
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.commentary_roll_plan import CommentaryRollPlan
    from sheetplan.cycle.roll_plan import RollPlan
    from sheetplan.model.month import Month


@click.command("roll-month", short_help="Open a new month on every tracker sheet.")
@tracker_argument
@month_option(
    'The month to open, such as 2023-08 or "August 2023". [default: the one after the last]'
)
@output_option
@dry_run_option
@click.option(
    "--repoint",
    is_flag=True,
    help="Make formulas elsewhere that read the last month read the new one.",
)
@click.option(
    "--allow-gap", is_flag=True, help="Let --month leave months out that were never collected."
)
@click.option(
    "--force", is_flag=True, help="Roll though the last month has not been filled in at all."
)
@profile_option
@json_option
def roll_month(
    tracker: Path,
    month: Month | None,
    output: Path | None,
    dry_run: bool,
    repoint: bool,
    allow_gap: bool,
    force: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Open a new month's columns on every tracker sheet, to the right of the last month's.
    Columns that stand there, such as links to evidence, move to the right of the new month.

    The new columns look as Excel's own copy and paste of the last month's would make them:
    headings with the new month's name, styles, widths, drop-downs, conditional formats, filter and
    print area. Statuses and updates are empty but for those that carry forward (N/A and closed).
    On the sheet Narrative, if there is one, the new month begins with the words of the last.

    In a plan that keeps every month in one cell, each lead that has more to report gets the new
    month's stamp, in bold, which waits for its words; the last month's words lose their bold.

    \b
    Examples:
      sheetplan roll-month improvement_plan.xlsx --dry-run
      sheetplan roll-month improvement_plan.xlsx
      sheetplan roll-month improvement_plan.xlsx --month 2023-09 -o september.xlsx
    """
    plan = sheetplan.plan_roll_month(
        tracker,
        month,
        profile=profile,
        allow_gap=allow_gap,
        force=force,
        repoint=repoint,
    )
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)


def _print_plan(plan: RollPlan | CommentaryRollPlan, done: bool) -> None:
    if plan.kind == "commentary":
        print_commentary_plan(plan, done)
    else:
        _print_columns(plan, done)


def _print_columns(plan: RollPlan, done: bool) -> None:
    verb = "opened" if done else "would be opened"
    click.secho(f"{plan.path.name}: {plan.month} {verb}", bold=True)
    click.echo()
    rows: list[list[object]] = [
        ["Sheet", "New columns", "Actions", "Headings", "Carried forward", "Formulas"]
    ]
    for sheet in plan.sheets:
        rows.append(
            [
                sheet.sheet.name,
                sheet.letters,
                sheet.actions,
                len(sheet.headings),
                len(sheet.carried),
                len(sheet.formulas),
            ]
        )
    table(rows, right=[2, 3, 4, 5])
    _print_words(plan, done=done)
    _print_readers(plan, done=done)


def _print_words(plan: RollPlan, *, done: bool) -> None:
    rows = []
    new = plan.new_headings
    if new:
        rows.append(["New headings", listed([f'"{text}"' for text in new], most=6)])
    carried = Counter(write.text for sheet in plan.sheets for write in sheet.carried)
    if carried:
        words = [f'{count} "{text}"' for text, count in carried.most_common()]
        rows.append(["Carried forward", listed(words) + "; all other cells are empty"])
    rows += _rows_of_places(plan, done=done)
    grown = Counter(edit.what for edit in plan.edits_beside_cells)
    named = ("name ", "table ")  # each has a name of its own
    kinds = [kind if kind.startswith(named) else count_of(n, kind) for kind, n in grown.items()]
    if kinds:
        rows.append(["Grown or copied", listed(kinds, most=20)])
    if plan.coloured:
        added = "added" if done else "would be added"
        rows.append(
            ["Colour rules", f"{added} on {listed(plan.coloured)}, where {plan.old_month} has none"]
        )
    if plan.reformatted:
        what = count_of(plan.reformatted, "empty cell")
        rows.append(["Reformatted", f"{what} of the new columns that had another format"])
    if plan.moved:
        what = "read" if done else "would read"
        rows.append(["Repointed", f"{count_of(len(plan.moved), 'formula')} {what} {plan.month}"])
    rows += _narrative_rows(plan, done=done)
    for sheet in plan.sheets:
        rows += [["Look at", f"{sheet.sheet.name}: {doubt}"] for doubt in sheet.doubts]
    if rows:
        click.echo()
        table(rows)


def _rows_of_places(plan: RollPlan, *, done: bool) -> Iterator[list[str]]:
    """What stands elsewhere than it did."""
    stands = "now stands" if done else "would stand"
    for (letters, before, old, new), sheets in plan.insertions.items():
        where = f'{letters} before "{before}"' if before else letters
        what = f"{where} on {listed(sheets)}; what stood in {old} {stands} in {new}"
        yield ["Inserted", what]
    for text, cells in plan.banner_moves.items():
        what = f'"{text}" {stands} at {"; ".join(cells)}. The cells it leaves keep their style and '
        yield ["Moved", f"{what}lose their text and merge."]


def _narrative_rows(plan: RollPlan, *, done: bool) -> list[list[str]]:
    rows = [["Look at", str(finding)] for finding in plan.findings]
    if plan.narrative is not None:
        what = count_of(len(plan.narrative.blocks), "row")
        put = "added to" if done else "would be added to"
        words = f"the words of {plan.narrative.before}: {listed(plan.narrative.blocks)}"
        rows.append(["Narrative", f"{what} {put} {plan.narrative.sheet.name}, with {words}"])
    return rows


def _print_readers(plan: RollPlan, *, done: bool) -> None:
    groups = plan.grouped_readers()
    if groups:
        still = "Still reads" if done else "Would still read"
        heading(f"{still} {plan.old_month}")
        table([[place, f"{count_of(n, 'formula')}, such as ={example}"]
               for place, n, example in groups])  # fmt: skip
        if plan.can_repoint:
            paragraph(f"To make these read {plan.month}, roll with --repoint.")
    if plan.sayings:
        says = "Still says" if done else "Would still say"
        heading(f"{says} {plan.old_month}; change by hand where it should not")
        table([[f'"{saying.text}"', saying.place] for saying in plan.grouped_sayings()])
