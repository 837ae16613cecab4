"""`sheetplan appendix`: progress on each recommendation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import table
from sheetplan.cli.reporting import carry_out, report_options

if TYPE_CHECKING:
    from sheetplan.cycle.report_plan import ReportPlan
    from sheetplan.model.month import Month
    from sheetplan.reports.content import RecommendationsAppendix


@click.command(short_help="Write the appendix on the auditor's recommendations.")
@report_options
@click.option(
    "--plain", is_flag=True, help="Leave out the references, ratings and due dates of actions."
)
@click.pass_context
def appendix(
    ctx: click.Context,
    tracker: Path,
    month: Month | None,
    output: Path | None,
    word: Path | None,
    replace: bool,
    checked: bool,
    plain: bool,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Write the appendix that shows progress on each statutory recommendation.

    For each recommendation, all themes in the tracker's order with the latest update of every
    action that answers it, then its milestones. What answers what stands in the tracker's sheets
    Recommendations and Recommendation map, which sheetplan prepare adds.

    \b
    Examples:
      sheetplan appendix improvement_plan.xlsx
      sheetplan appendix improvement_plan.xlsx --plain --word appendix.docx
    """
    plan = sheetplan.plan_appendix(
        tracker, month, profile=profile, replace=replace, plain=plain, checked=checked
    )
    ctx.exit(carry_out(plan, output, word, dry_run=dry_run, as_json=as_json, show=_show))


def _show(plan: ReportPlan[RecommendationsAppendix]) -> None:
    rows: list[list[object]] = [["Code", "Actions", "Open", "Completed", "Recommendation"]]
    for block in plan.content.blocks:
        items = sum(len(group.items) for theme in block.themes for group in theme.groups)
        rows.append(
            [
                block.code,
                items,
                len(block.open_milestones),
                len(block.completed_milestones),
                " ".join(block.text.split()),
            ]
        )
    table(rows, right=[1, 2, 3])
