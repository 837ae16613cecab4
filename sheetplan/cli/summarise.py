"""`sheetplan summarise`: the exception summary of a month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import paragraph, table
from sheetplan.cli.reporting import carry_out, report_options

if TYPE_CHECKING:
    from sheetplan.cycle.report_plan import ReportPlan
    from sheetplan.model.month import Month
    from sheetplan.reports.content import ExceptionSummary


@click.command(short_help="Write the exception summary, theme by theme.")
@report_options
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="OLDER",
    help="Tell at the end what changed in the plan since this older copy of the tracker: actions, "
    "dates and words. The Word document does not have it.",
)
@click.pass_context
def summarise(
    ctx: click.Context,
    tracker: Path,
    month: Month | None,
    output: Path | None,
    word: Path | None,
    replace: bool,
    checked: bool,
    since: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Write the exception summary that Leadership Team, Cabinet and Audit Committee read.

    By theme: the numbers and how ratings moved, Focus 1 actions in full, Focus 2 exceptions and
    why, what else to note, achievements and milestones. It becomes a sheet of the tracker; with -o
    a workbook of its own, which has the appendix too where the tracker has recommendations; with
    --word a Word document. A generated sheet that somebody edited is never written over.

    \b
    Examples:
      sheetplan summarise improvement_plan.xlsx
      sheetplan summarise improvement_plan.xlsx -o june_pack.xlsx --word june_summary.docx
      sheetplan summarise improvement_plan.xlsx --since improvement_plan_march.xlsx
    """
    plan = sheetplan.plan_summarise(
        tracker, month, since=since, profile=profile, replace=replace, checked=checked
    )
    ctx.exit(carry_out(plan, output, word, dry_run=dry_run, as_json=as_json, show=_show))


def _show(plan: ReportPlan[ExceptionSummary]) -> None:
    summary = plan.content
    paragraph(summary.numbers.sentence + ".")
    click.echo()
    rows: list[list[object]] = [
        ["Theme", "Focus 1", "Exceptions", "No update", "Copied", "On track"]
    ]
    for theme in summary.themes:
        rows.append(
            [
                theme.title,
                len(theme.focus_blocks),
                len(theme.exceptions),
                len(theme.attention.no_update),
                len(theme.attention.copied),
                f"{theme.numbers.on_track_or_complete} of {theme.numbers.due}",
            ]
        )
    table(rows, right=[1, 2, 3, 4, 5])
