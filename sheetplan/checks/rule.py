"""Rules: small generator functions that challenge a plan, each with its code and its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found
from sheetplan.model.finding import Severity


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes:
        code: Its name, such as "update-copied".
        severity: How much its findings matter, unless the profile or the finding says otherwise.
        why: Why it matters, in one sentence that an officer can repeat to a committee.
        find: Yields what it finds.
        unless: Codes of rules whose finding on the same row explains this one's, so that only
            theirs is told.
    """

    code: str
    severity: Severity
    why: str
    find: Callable[[CheckedPlan], Iterator[Found]]
    unless: tuple[str, ...] = ()


def rule(
    code: str, severity: Severity, why: str, *, unless: tuple[str, ...] = ()
) -> Callable[[Callable[[CheckedPlan], Iterator[Found]]], Rule]:
    """Make a rule of a generator function."""

    def made(find: Callable[[CheckedPlan], Iterator[Found]]) -> Rule:
        return Rule(code, severity, why, find, unless)

    return made
