"""`sheetplan new`: a blank tracker to begin a plan with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
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
    from sheetplan.cycle.new_plan import NewPlan
    from sheetplan.model.month import Month


def _names(ctx: click.Context, parameter: click.Parameter, value: str) -> list[str]:
    """The themes as they were typed: commas stand between, or semicolons where there are any."""
    return value.split(";" if ";" in value else ",") if value.strip() else []


@click.command(short_help="Make a blank tracker, to begin a plan with.")
@click.argument("tracker", type=click.Path(path_type=Path))
@click.option(
    "--themes",
    callback=_names,
    default="",
    metavar="NAMES",
    help='The themes, with commas between: "Finance, People". With semicolons, names may have '
    "commas.",
)
@month_option("The first month, such as 2026-08. [default: this month]")
@click.option(
    "--from-register",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A workbook with a register of recommendations: each becomes an action.",
)
@click.option(
    "--protect",
    is_flag=True,
    help="Lock headings and the columns of the plan, without a password; statuses and updates "
    "stay open.",
)
@dry_run_option
@profile_option
@json_option
def new(
    tracker: Path,
    themes: list[str],
    month: Month | None,
    from_register: Path | None,
    protect: bool,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Make a blank tracker: a sheet for each theme, with rows that are ready to be filled in.

    It has drop-downs, colours, a key, a dashboard that follows the newest month by itself, and the
    sheets that reports and returns need. Its words and colours are those of the settings.

    \b
    Examples:
      sheetplan new improvement_plan.xlsx --themes "Finance, People, Housing"
      sheetplan new improvement_plan.xlsx --themes "Finance; Culture, values" --month 2026-08
      sheetplan new improvement_plan.xlsx --themes "Finance" --from-register register.xlsx
    """
    plan = sheetplan.plan_new(
        tracker, themes, month=month, from_register=from_register, protect=protect, profile=profile
    )
    result = None if dry_run else plan.apply()
    if as_json:
        data = plan.as_data() if result is None else result.as_data()
        print_json({"output": None, **data, "dry_run": dry_run})
        return
    _print_plan(plan)
    if result is None:
        print_nothing_written()
        return
    click.echo()
    table([["Written", str(result.output)]])
    click.echo()
    click.echo("Open it in Excel: type the leads on the sheet Lists, then the actions.")
    click.echo(f"Then: sheetplan inspect {quoted_path(plan.path)}")


def _print_plan(plan: NewPlan) -> None:
    protected = "; protected without a password" if plan.is_protected else ""
    click.secho(f"{plan.path.name}: a new tracker from {plan.month}{protected}", bold=True)
    click.echo()
    rows = [["Theme", "Code", "Rows", "First reference"]]
    for theme in plan.themes:
        first = theme.actions[0].reference
        rows.append([theme.name, theme.code, str(len(theme.actions)), first])
    table(rows, right=[2])
    click.echo()
    if plan.recommendations:
        became = "a main action" if plan.recommendations == 1 else "main actions"
        paragraph(f"{count_of(plan.recommendations, 'recommendation')} became {became}.")
    if plan.left_out:
        paragraph(
            f"Left out, since the register says that they are not monitored through the plan: "
            f"{listed(list(plan.left_out))}."
        )
    paragraph(f"Other sheets: {listed(plan.other_sheets)}.")
