"""Commentary: what cannot be read for certain where every month's words stand in one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place
from sheetplan.checks.rule import Rule, rule
from sheetplan.model.finding import Severity


def _doubts(kind: str) -> Callable[[CheckedPlan], Iterator[Found]]:
    """The doubts of a kind, which came up while the cells were read."""

    def find(plan: CheckedPlan) -> Iterator[Found]:
        for doubt in plan.facts.commentary:
            if doubt.kind == kind:
                at = doubt.place
                place = Place(at.sheet, at.cell, at.reference, at.says)
                yield Found(doubt.sentence, (place,))

    return find


RULES: tuple[Rule, ...] = (
    rule(
        "commentary-stamp",
        Severity.WARNING,
        "A paragraph whose stamp cannot be read is told in no month, or in the wrong one.",
    )(_doubts("stamp")),
    rule(
        "commentary-lead",
        Severity.WARNING,
        "What stands under no lead is nobody's, so nobody is asked for its next update.",
    )(_doubts("lead")),
    rule(
        "commentary-month",
        Severity.NOTE,
        "A paragraph of no month is in no report: nobody can tell how old it is.",
    )(_doubts("month")),
    rule(
        "commentary-bold",
        Severity.NOTE,
        "Bold marks the newest words; readers take older ones in bold for news.",
    )(_doubts("bold")),
    rule(
        "commentary-complete",
        Severity.NOTE,
        "Work that is said to be complete in passing is counted as still going on.",
    )(_doubts("complete")),
)
