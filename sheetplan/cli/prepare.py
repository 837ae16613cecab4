"""`sheetplan prepare`: the sheets that reports and returns need beside the tracker's rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    heading,
    json_option,
    output_option,
    paragraph,
    profile_option,
    table,
    tracker_argument,
)
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.prepare_plan import PreparePlan

_FILLED_FROM = {
    "recommendations": "the tracker's column of recommendations",
    "recommendation_map": "the tracker's column of recommendations",
    "milestones": "the tracker's milestone cells",
    "narrative": "the actions that are reported in full; their words are for you to write",
    "achievements": "the actions that became complete; nothing is printed until you say yes",
    "owners": "the tracker's update owners, and the leads of rows that name none",
    "theme_list": "the titles of the themes, for drop-downs",
}
_LEFT_BLANK = {
    "recommendations": "nothing: the tracker does not say",
    "recommendation_map": "nothing: the tracker does not say",
    "milestones": "nothing: the tracker has no milestones",
    "narrative": "nothing: no action is reported in full",
    "achievements": "nothing: no action became complete",
    "owners": "nothing: the tracker names no owners",
    "requests": "nothing: they come from returns, or are typed in",
    "theme_list": "nothing: there are no themes",
}


@click.command(short_help="Add the sheets that reports and returns need, filled in where possible.")
@tracker_argument
@output_option
@dry_run_option
@profile_option
@json_option
def prepare(
    tracker: Path, output: Path | None, dry_run: bool, profile: str | None, as_json: bool
) -> None:
    """Add the sheets for what reports and returns need and a tracker's rows do not hold.

    They are Recommendations, Recommendation map, Milestones, Narrative, Achievements, Owners and
    Change control, each an Excel table, filled in as far as the tracker allows. Officers keep them
    in Excel from then on: a sheet that is there is never changed.

    \b
    Examples:
      sheetplan prepare improvement_plan.xlsx --dry-run
      sheetplan prepare improvement_plan.xlsx
    """
    plan = sheetplan.plan_prepare(tracker, profile=profile)
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)


def _print_plan(plan: PreparePlan, done: bool) -> None:
    there = listed(list(plan.present.values()))
    if not plan.has_work:
        words = f"all support sheets are there already ({there}); nothing was written."
        paragraph(f"{plan.path.name}: {words}", indent=0)
        return
    click.secho(f"{plan.path.name}: sheets {'added' if done else 'to add'}", bold=True)
    click.echo()
    rows = [["Sheet", "Rows", "Filled from"]]
    for new in plan.sheets:
        filled = (_FILLED_FROM if new.rows else _LEFT_BLANK)[new.kind]
        rows.append([new.name, str(len(new.rows) or "blank"), filled])
    table(rows, right=[1])
    if plan.present:
        click.echo()
        paragraph(f"There already, and left as they are: {there}.")
    if plan.findings:
        heading(f"To look at: {count_of(len(plan.findings), 'doubtful cell')}")
        table([[found.place, found.message] for found in plan.findings])
