"""`sheetplan import`: a tracker from a plan that has no month columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    heading,
    json_option,
    month_option,
    paragraph,
    print_json,
    print_nothing_written,
    profile_option,
    quoted_path,
    table,
)
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.import_plan import ImportPlan
    from sheetplan.model.finding import Finding
    from sheetplan.model.month import Month

_SHOWN = 3  # findings of each kind; all of them stand in the tracker


@click.command("import", short_help="Make a tracker from a plan that has no month columns.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="TRACKER",
    required=True,
    help="The new tracker.",
)
@month_option(
    "The month in which the plan was written, such as 2018-09. [default: that of its newest stamp]"
)
@dry_run_option
@profile_option
@json_option
def import_plan(
    plan: Path,
    output: Path,
    month: Month | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Make a tracker from PLAN, a Word document or a workbook in which months have no columns.

    Such a plan has a row for each aim, and one cell in which every month's paragraphs stand under
    their leads: "(September Update)". Each aim becomes a main action, each of its leads a
    sub-action, and each paragraph the update of its month. The sheet Where it went lists every
    paragraph of the plan with the cell that it went to.

    A Word document needs an extra: pip install "sheetplan[word]".

    \b
    Examples:
      sheetplan import plan.docx -o improvement_plan.xlsx --dry-run
      sheetplan import plan.docx -o improvement_plan.xlsx
      sheetplan import plan.xlsx -o improvement_plan.xlsx --month 2018-09
    """
    made = sheetplan.plan_import(plan, output, month=month, profile=profile)
    result = None if dry_run else made.apply()
    if as_json:
        data = made.as_data() if result is None else result.as_data()
        print_json({"output": None, **data, "dry_run": dry_run})
        return
    _print_plan(made)
    if result is None:
        print_nothing_written()
        return
    click.echo()
    table([["Written", str(result.output)]])
    click.echo()
    paragraph(f"Next: sheetplan inspect {quoted_path(made.path)}", indent=0)


def _print_plan(made: ImportPlan) -> None:
    plan = made.plan
    months = listed([month.label for month in plan.months], most=12)
    click.secho(f"{plan.name}: read as of {plan.written}, with updates of {months}", bold=True)
    click.echo()
    rows = [["Section", "Code", "Rows", "Sheet"]]
    for theme in plan.themes:
        rows.append([theme.title, theme.code, str(len(theme.rows)), theme.sheet])
    table(rows, right=[2])
    click.echo()
    kept = sum(not fate.targets for fate in plan.fates)
    went = len(plan.fates) - kept
    paragraph(
        f"Of {count_of(len(plan.fates), 'paragraph')} {went:,} went into rows and titles, and "
        f"{kept:,} stand on the sheet Where it went alone, each with the reason."
    )
    if plan.findings:
        _print_findings(plan.findings)


def _print_findings(findings: tuple[Finding, ...]) -> None:
    """A few findings of each kind; what is longer would be read by nobody."""
    heading(f"To look at: {count_of(len(findings), 'doubtful place')}")
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    shown = [found for all_ in kinds.values() for found in all_[:_SHOWN]]
    table([[found.place, found.message] for found in shown])
    if more := len(findings) - len(shown):
        click.echo()
        paragraph(f"And {more} more of these kinds: all stand on the sheet To look at.")
