"""`sheetplan accessibility`: what in a workbook keeps people from reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.common import (
    count_of,
    heading,
    json_option,
    paragraph,
    print_json,
    profile_option,
    quoted_path,
    table,
)
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.accessibility import AccessibilityReport
    from sheetplan.ooxml.accessibility.breach import Breach

_SEVERAL = 3  # sheets from which on a breach that they share is told once


@click.command(
    short_help="Report what in a workbook keeps people with disabilities from reading it."
)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="NAME",
    help="Look at this sheet alone; may be given several times. [default: the workbook and all "
    "of its visible sheets]",
)
@click.option("--tracker", is_flag=True, help="Look at the tracker sheets alone.")
@profile_option
@json_option
@click.pass_context
def accessibility(
    ctx: click.Context,
    workbook: Path,
    sheets: tuple[str, ...],
    tracker: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Report what in a workbook keeps people with disabilities from reading it. Writes nothing.

    Checks the rules of the Government Analysis Function's guidance on releasing statistics in
    spreadsheets, which serve WCAG 2.2 AA: tables, headings, blank cells, text that is cut off,
    colour and contrast, alternative texts, links, and the document's properties. Says for each
    rule that is broken where, and what to do.

    Exit status: 0 no essential rule is broken, 1 some are, 3 the file could not be read.

    \b
    Examples:
      sheetplan accessibility summary.xlsx
      sheetplan accessibility improvement_plan.xlsx --sheet "Theme 1"
    """
    report = sheetplan.accessibility(workbook, sheets=sheets, tracker=tracker, profile=profile)
    if as_json:
        print_json(report.as_data())
    else:
        _print(report)
    ctx.exit(1 if report.essential else 0)


def _print(report: AccessibilityReport) -> None:
    click.secho(report.path.name, bold=True)
    paragraph(_summary(report), indent=0)
    shared = _shared(report)
    _print_breaches("The workbook", [b for b in report.breaches if not b.sheet])
    for names, breaches in shared.items():
        heading(f"Each of {listed(names)}")
        table([[*_rule(breach), breach.message] for breach in breaches], right=[0])
    told = {(b.rule.number, b.message) for breaches in shared.values() for b in breaches}
    for name in dict.fromkeys(b.sheet for b in report.breaches if b.sheet):
        _print_breaches(
            name,
            [
                b
                for b in report.breaches
                if b.sheet == name and (b.rule.number, b.message) not in told
            ],
        )
    _print_remedies(report)
    if shared:
        click.echo()
        sheet = next(iter(shared))[0]
        click.echo(
            "To see the cells of one sheet: sheetplan accessibility "
            f'{quoted_path(report.path)} --sheet "{sheet}"'
        )


def _summary(report: AccessibilityReport) -> str:
    looked = count_of(len(report.sheets), "sheet")
    if not report.breaches:
        return f"No rule is broken; looked at {looked}."
    numbers = {
        word: len({breach.rule.number for breach in found})
        for word, found in (("essential", report.essential), ("desirable", report.desirable))
    }
    told = [count_of(count, f"{word} rule") for word, count in numbers.items() if count]
    broken = "is" if sum(numbers.values()) == 1 else "are"
    return f"{' and '.join(told)} {broken} broken; looked at {looked}."


def _shared(report: AccessibilityReport) -> dict[tuple[str, ...], list[Breach]]:
    """What several sheets have in common, by the names of these: essential first, then by rule."""
    alike: dict[tuple[int, str], list[Breach]] = {}
    for breach in report.breaches:
        if breach.sheet:
            alike.setdefault((breach.rule.number, breach.message), []).append(breach)
    shared: dict[tuple[str, ...], list[Breach]] = {}
    for same in sorted(alike.values(), key=lambda same: _order(same[0])):
        if len(same) >= _SEVERAL:
            shared.setdefault(tuple(breach.sheet for breach in same), []).append(same[0])
    return shared


def _order(breach: Breach) -> tuple[bool, int]:
    return not breach.rule.is_essential, breach.rule.number


def _print_breaches(title: str, breaches: Iterable[Breach]) -> None:
    rows = [[*_rule(breach), breach.message, listed(breach.places, 4)] for breach in breaches]
    if rows:
        heading(title)
        table(rows, right=[0])


def _rule(breach: Breach) -> tuple[str, str]:
    return str(breach.rule.number), breach.rule.level


def _print_remedies(report: AccessibilityReport) -> None:
    """What to do for each rule that is broken, once."""
    for audience, title in (
        ("published or e-mailed", "What to do in what you publish or e-mail"),
        ("published", "What to do besides in what you publish"),
    ):
        found = [b for b in report.breaches if b.rule.audience.value == audience]
        if found:
            heading(title)
            table(list(_remedies(found)), right=[0])


def _remedies(breaches: list[Breach]) -> Iterator[list[str]]:
    remedies: dict[int, list[str]] = {}
    for breach in breaches:
        known = remedies.setdefault(breach.rule.number, [])
        if breach.remedy not in known:
            known.append(breach.remedy)
    for number, texts in sorted(remedies.items()):
        for text in texts:
            yield [str(number), text]
