"""What the two reports' verbs share: their options, and how they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sheetplan.cli.common import (
    dry_run_option,
    heading,
    json_option,
    month_option,
    paragraph,
    print_destination,
    print_json,
    print_nothing_written,
    profile_option,
    quoted_path,
    table,
    tracker_argument,
)
from sheetplan.model.finding import Finding, Severity, cell_words, place_words
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.report_plan import ReportPlan, ReportResult

F = TypeVar("F", bound=Callable[..., Any])

MOST_FINDINGS = 12
MOST_NAMED = 6  # cells, and references, of those that say the same


def report_options(command: F) -> F:
    """The tracker, the month, the forms of the report, and what every verb takes."""
    options = (
        tracker_argument,
        month_option('The reporting month, such as 2023-08. [default: the tracker\'s latest]'),
        _file_option("-o", "--output", "PACK.xlsx", "Write a new workbook with each table on a "
                     "sheet of its own; the tracker stays as it is."),
        _file_option("--word", "--word", "FILE.docx", "Write a Word document in the committee's "
                     "layout; the tracker stays as it is."),
        click.option("--replace", is_flag=True, help="Replace the sheet in the tracker though "
                     "somebody has edited it; the backup keeps it."),
        click.option("--checked", is_flag=True, help="Refuse while sheetplan check finds an error "
                     "in the month that nobody has answered."),
        dry_run_option,
        profile_option,
        json_option,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _file_option(short: str, name: str, metavar: str, words: str) -> Callable[[F], F]:
    names = [short, name] if short != name else [name]
    return click.option(*names, type=click.Path(path_type=Path), metavar=metavar, help=words)


def carry_out(
    plan: ReportPlan[Any],
    output: Path | None,
    word: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
    show: Callable[[ReportPlan[Any]], None],
) -> int:
    """Show the plan or write the report, and print what there is to say.

    Args:
        plan: The report, ready to be written.
        output: The pack to write.
        word: The Word document to write.
        dry_run: Whether to show only.
        as_json: Whether to print data.
        show: Prints the report's own figures.

    Returns:
        The exit status: 1 when there is something to put right.
    """
    files = plan.rehearse(output, word) if dry_run else []
    results = [] if dry_run else plan.write(output, word)
    if as_json:
        written = [result.as_data() for result in results]
        data = plan.as_data()
        if output is not None or word is not None:
            data["sheet"] = None  # the tracker stays as it is
        print_json({**data, "written": written, "dry_run": dry_run})
    else:
        click.secho(f"{plan.path.name}: {plan.kind.words}, {plan.month}", bold=True)
        click.echo()
        show(plan)
        print_findings(plan.findings, "To put right or to look at")
        if dry_run:
            _print_places(plan, files)
        else:
            _print_results(plan, results)
    return int(any(finding.severity is not Severity.NOTE for finding in plan.findings))


def print_findings(findings: Iterable[Finding], title: str) -> None:
    """The findings, the gravest first; those that say the same of one sheet in one line."""
    order = list(Severity)
    grouped: dict[tuple[int, str, str], list[Finding]] = {}
    for finding in findings:
        key = order.index(finding.severity), finding.sheet, finding.message
        grouped.setdefault(key, []).append(finding)
    if not grouped:
        return
    heading(title)
    shown = sorted(grouped, key=lambda key: key[0])[:MOST_FINDINGS]
    for key in shown:
        place = _place(grouped[key])
        if place:
            paragraph(place)
        paragraph(key[2], indent=6 if place else 2)
    if len(grouped) > MOST_FINDINGS:
        click.echo(f"  and {len(grouped) - MOST_FINDINGS} more; --json lists them all.")


def _place(findings: list[Finding]) -> str:
    """Where findings of one sheet stand: "Theme 1!O9, O12 (OC.B2.4, OC.B2.7)"."""
    named = [cell_words(finding.cell) for finding in findings if finding.cell]
    cells = ", ".join(named) if len(named) <= MOST_NAMED else listed(named, most=MOST_NAMED)
    references = listed(
        list(dict.fromkeys(f.reference for f in findings if f.reference)), most=MOST_NAMED
    )
    place = place_words(findings[0].sheet, cells)
    return f"{place} ({references})" if references else place


def _print_places(plan: ReportPlan[Any], files: list[Path]) -> None:
    if not files:
        click.echo()
        table([["Sheet", plan.placement.words]])
        print_destination(plan.destination())
        return
    click.echo()
    table([["Would write", file.name] for file in files])
    print_nothing_written()


def _print_results(plan: ReportPlan[Any], results: list[ReportResult]) -> None:
    click.echo()
    rows = []
    for result in results:
        if result.verified is not None:
            rows += [["Sheet", plan.placement.words], ["Verified", str(result.verified)]]
        rows.append(["Written", str(result.output)])
        if result.backup is not None:
            rows.append(["Backup", result.backup.name])
    table(rows)
    if any(result.backup for result in results):
        click.echo()
        if plan.placement.edited is not None and plan.placement.replaces is None:
            click.echo("To replace the edited sheet, which the backup keeps: --replace")
        click.echo(f"To take it back: sheetplan undo {quoted_path(plan.path)}")
