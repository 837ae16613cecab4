"""How `sheetplan check` prints what it found on one screen, and the rules that it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from sheetplan.cli.check_printing import commas, foot, head, note_on_month, print_head, print_lines
from sheetplan.cli.common import (
    count_of,
    heading,
    height_of_terminal,
    paragraph,
    table,
    width_of_terminal,
)
from sheetplan.model.finding import Severity
from sheetplan.model.wording import shortened

if TYPE_CHECKING:
    from sheetplan.checks.content import Place
    from sheetplan.cycle.check_plan import CheckPlan
    from sheetplan.cycle.check_rules import CheckRule

_RESULT = 8  # lines that follow where the tracker is written
_MOST_OFF = 3  # rules that are switched off
_BESIDE = 21  # characters of a row, without the rule's code and the sheets


def print_summary(plan: CheckPlan, done: bool) -> None:
    """Print how often each rule was broken.

    Args:
        plan: What was found.
        done: Whether the sheet Findings has been written, where it was to be.
    """
    print_head(plan)
    after = [*_beside(plan), *foot(plan, done)]
    taken = len(head(plan)) + len(note_on_month(plan)) + len(after) + 3 + _RESULT * plan.has_work
    rows, room = _rows(plan), height_of_terminal() - 1 - taken
    shown = rows if len(rows) <= room else rows[: room - 1]
    if rows:
        click.echo()
        table([["", "Rule", "Places", "Sheets"], *shown], right=[2])
    if len(shown) < len(rows):
        click.echo(f"  and {len(rows) - len(shown)} more; without --summary all are told")
    print_lines(after)


def _rows(plan: CheckPlan) -> list[list[str]]:
    """A row for each rule and severity: the gravest and then the most frequent first."""
    grouped: dict[tuple[Severity, str], list[Place]] = {}
    for found in plan.checking.open:
        grouped.setdefault((found.severity, found.code), []).extend(found.places)
    order = list(Severity)
    told = sorted(grouped.items(), key=lambda item: (order.index(item[0][0]), -len(item[1])))
    widest = max((len(code) for _, code in grouped), default=0)
    room = width_of_terminal() - widest - _BESIDE
    return [
        [severity.value, code, f"{len(places):,}", _sheets(places, room)]
        for (severity, code), places in told
    ]


def _sheets(places: Iterable[Place], room: int) -> str:
    """The sheets of places, as many as fit into a line."""
    names = list(dict.fromkeys(place.sheet for place in places))
    for most in range(len(names), 0, -1):
        words = commas(names, most)
        if len(words) <= room:
            return words
    return count_of(len(names), "sheet")


def _beside(plan: CheckPlan) -> Iterator[str]:
    """A line for each thing beside what was found that there is to say."""
    if plan.doubts:
        yield f"{count_of(len(plan.doubts), 'cell')} on sheets beside the plan cannot be read."
    off = list(plan.checking.off.items())
    for code, reason in off[:_MOST_OFF]:
        yield shortened(f"Switched off: {code} ({reason})", width_of_terminal())
    if len(off) > _MOST_OFF:
        yield f"Switched off: {len(off) - _MOST_OFF} more, which --rules names"


def print_rules(rules: Sequence[CheckRule]) -> None:
    """Print every rule and why it matters, family by family."""
    click.secho(f"The {count_of(len(rules), 'rule')} of sheetplan check", bold=True)
    for family in dict.fromkeys(rule.family for rule in rules):
        heading(family)
        for rule in rules:
            if rule.family == family:
                _print_rule(rule)
    click.echo()
    paragraph(
        "To switch a rule off, write it with the reason under [checks.off] in sheetplan.toml; to "
        "make it matter more or less, under [checks.severity].",
        indent=0,
    )


def _print_rule(rule: CheckRule) -> None:
    click.echo(f"  {rule.code}: {'switched off' if rule.off else rule.severity.value}")
    paragraph(rule.off or rule.why, indent=6)
