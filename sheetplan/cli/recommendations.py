"""`sheetplan recommendations`: how the recommendations of reviews are answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import heading, table
from sheetplan.cli.reporting import carry_out, report_options

if TYPE_CHECKING:
    from sheetplan.cycle.report_plan import ReportPlan
    from sheetplan.model.month import Month
    from sheetplan.reports.progress_content import RecommendationLine, RecommendationProgress


@click.command(short_help="Say how the recommendations of reviews are answered.")
@report_options
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The workbook that holds the register. [default: the tracker's own sheets]",
)
@click.pass_context
def recommendations(
    ctx: click.Context,
    tracker: Path,
    month: Month | None,
    output: Path | None,
    word: Path | None,
    replace: bool,
    checked: bool,
    register: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Say for each recommendation of a register what in the plan answers it, and how that stands.

    A verdict in words for each: delivered, on track, at risk, not rated, answered outside the plan,
    no trace in the plan, or that it cites a reference that is not there. Then how many of each
    reviewer stand in each way. It becomes a sheet of the tracker; with -o a workbook of its own.

    \b
    Examples:
      sheetplan recommendations improvement_plan.xlsx --register recommendations_register.xlsx
      sheetplan recommendations improvement_plan.xlsx -o recommendations_june.xlsx
    """
    plan = sheetplan.plan_recommendations(
        tracker, month, register=register, profile=profile, replace=replace, checked=checked
    )
    ctx.exit(carry_out(plan, output, word, dry_run=dry_run, as_json=as_json, show=_show))


def _show(plan: ReportPlan[RecommendationProgress]) -> None:
    progress = plan.content
    _show_lines([line for line in progress.lines if line.is_monitored])
    apart = [line for line in progress.lines if not line.is_monitored]
    if apart:
        heading("Not monitored through the plan")
        _show_lines(apart)
    heading("Coverage by reviewer")
    rows: list[list[object]] = [["Reviewer", "Recommendations", "How they stand"]]
    several = progress.coverage if len(progress.coverage) > 1 else ()
    for coverage in (progress.total, *several):
        said = [
            f"{len(codes)} {plan.settings.reports.say(verdict.phrase).lower()}"
            for verdict, codes in coverage.codes.items()
            if codes
        ]
        if coverage.not_monitored:
            said.append(f"{len(coverage.not_monitored)} not monitored")
        rows.append([coverage.source, coverage.monitored, ", ".join(said)])
    table(rows, right=[1])


def _show_lines(lines: list[RecommendationLine]) -> None:
    rows: list[list[object]] = [["Code", "How it stands", "What answers it", "What is wrong"]]
    for line in lines:
        through = [f"as {', '.join(line.through)}"] if line.through else []
        answered = "; ".join((*through, *line.ratings))
        rows.append([line.code, line.verdict_words, answered, line.wrong])
    table(rows)
