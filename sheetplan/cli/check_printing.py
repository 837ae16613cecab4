"""How `sheetplan check` prints what it found, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from sheetplan.cli.common import (
    count_of,
    heading,
    quoted_path,
    table,
    width_of_terminal,
    wrapped,
)
from sheetplan.cli.reporting import print_findings
from sheetplan.model.finding import Severity, cell_words, place_words
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.checks.content import Challenge, Place
    from sheetplan.cycle.check_plan import CheckPlan

_MOST_CELLS = 8  # that are named of a finding on one sheet
_MOST_CELLS_EACH = 3  # and of one on several
_MOST_SHEETS = 6
_MOST_REFERENCES = 6
_INDENT = 11  # of what is said of a finding, beside its severity
_SEVERAL = "Several sheets"


def print_found(plan: CheckPlan, done: bool) -> None:
    """Print each finding that nobody has answered, sheet by sheet.

    Args:
        plan: What was found.
        done: Whether the sheet Findings has been written, where it was to be.
    """
    print_head(plan)
    for title, found in _by_sheet(plan).items():
        heading(title)
        for one in found:
            _print_finding(one)
    print_findings(plan.doubts, "Not checked, since it cannot be read")
    if plan.checking.off:
        heading("Switched off")
        table(list(plan.checking.off.items()))
    print_lines(foot(plan, done))


def print_head(plan: CheckPlan) -> None:
    """The file, the month, and how much was found; and why it is this month."""
    for line in head(plan):
        click.secho(line, bold=True)
    for line in note_on_month(plan):
        click.echo(line)


def head(plan: CheckPlan) -> list[str]:
    """The lines that say how much was found."""
    counts = [
        count_of(len(found), severity.value)
        for severity in Severity
        if (found := plan.open_of(severity))
    ]
    said = "nothing to put right"
    if counts:
        places = sum(len(found.places) for found in plan.checking.open)
        said = f"{', '.join(counts)} in {count_of(places, 'place')}"
    if plan.answered:
        said += f"; {len(plan.answered):,} answered"
    return wrapped(f"{plan.path.name}, {plan.month}: {said}", width_of_terminal())


def note_on_month(plan: CheckPlan) -> list[str]:
    """The lines that say which month was checked, where another may have been expected."""
    newest, latest = plan.newest_filled, plan.latest_month
    if newest is None:
        note = "Nobody has filled in any month yet."
    elif plan.month > newest:
        note = f"Nobody has filled in {plan.month} yet; the newest month that is, is {newest}."
    elif plan.month == newest != latest:
        note = f"Nobody has filled in {latest} yet. To check it all the same: --month {latest.iso}"
    else:
        return []
    return wrapped(note, width_of_terminal())


def _by_sheet(plan: CheckPlan) -> dict[str, list[Challenge]]:
    """What nobody has answered, under the sheet that it is on: the gravest first."""
    names = (_SEVERAL, *plan.workbook.sheet_names)
    found: dict[str, list[Challenge]] = {name: [] for name in names}
    for one in plan.checking.open:
        sheets = {place.sheet for place in one.places}
        found.setdefault(_SEVERAL if len(sheets) > 1 else sheets.pop(), []).append(one)
    return {name: some for name, some in found.items() if some}


def _print_finding(found: Challenge) -> None:
    word = click.style(found.severity.value, bold=found.severity is Severity.ERROR)
    label = f"  {word}".ljust(_INDENT + len(word) - len(found.severity.value))
    message = found.message[:1].upper() + found.message[1:]
    for text in (_places(found.places), f"{message} [{found.code}]"):
        for line in wrapped(text, width_of_terminal() - _INDENT, breaking=False):
            click.echo(label + line)
            label = " " * _INDENT


def _places(places: Sequence[Place]) -> str:
    """Where a finding is: "O5, O9 (LC.A1.1, LC.A1.2)", with the sheets where they are several."""
    by_sheet: dict[str, list[str]] = {}
    for place in places:
        by_sheet.setdefault(place.sheet, []).append(cell_words(place.cell))
    if len(by_sheet) == 1:
        where = commas(by_sheet[places[0].sheet], _MOST_CELLS) or "The whole sheet"
    else:
        each = [
            place_words(sheet, commas(cells, _MOST_CELLS_EACH)) for sheet, cells in by_sheet.items()
        ]
        where = "; ".join(each[:_MOST_SHEETS])
        if len(each) > _MOST_SHEETS:
            where += f"; and {count_of(len(each) - _MOST_SHEETS, 'more sheet')}"
    references = commas((place.reference for place in places), _MOST_REFERENCES)
    return f"{where} ({references})" if references else where


def commas(words: Iterable[str], most: int) -> str:
    """ "O5, O9", each once, or with a count of those that are left out."""
    found = list(dict.fromkeys(filter(None, (" ".join(word.split()) for word in words))))
    return ", ".join(found) if len(found) <= most else listed(found, most=most)


def foot(plan: CheckPlan, done: bool) -> list[str]:
    """The lines on what is not told, on what becomes of the sheet Findings, and on the way on."""
    lines = []
    left_out = plan.checking.knock_on
    if left_out:
        each = "" if left_out == 1 else "each "
        lines.append(
            f"{count_of(left_out, 'finding')} left out, {each}explained by another on its row."
        )
    if plan.checking.open:
        lines.append("Why each rule matters: sheetplan check --rules")
    if plan.registers is not None:
        lines.append(_written(plan, done))
    elif plan.checking.open:
        command = f"sheetplan check {quoted_path(plan.path)} --into-tracker"
        lines.append(f"To answer findings in Excel: {command}")
    return lines


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, if there are any, under a blank one. What is to be pasted is not wrapped."""
    for number, line in enumerate(lines):
        click.echo(line if number else f"\n{line}")


def _written(plan: CheckPlan, done: bool) -> str:
    """What becomes of the sheet Findings."""
    if not plan.has_work:
        if not plan.checking.challenges:
            return "There is nothing for the sheet Findings; nothing was written."
        return "The sheet Findings says all of this already; nothing was written."
    rows = ((plan.rows_added, "new"), (plan.rows_changed, "changed"))
    said = " and ".join(f"{count:,} {what}" for count, what in rows if count)
    return f"Rows of the sheet Findings{'' if done else ' to write'}: {said}."
