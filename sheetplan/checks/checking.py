"""Checking a plan: every rule is asked, and what they find is told once, each with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Challenge, Checking, Place
from sheetplan.checks.families import FAMILIES
from sheetplan.checks.rule import Rule
from sheetplan.model.finding import Severity

_MOST_KEYS = 3_000
_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass
class _Group:
    """What one rule found with one message."""

    family: str
    rule: Rule
    severity: Severity
    message: str
    places: list[Place] = field(default_factory=list)


def check(
    plan: CheckedPlan, *, only: Collection[str] = (), answers: Mapping[str, str] | None = None
) -> Checking:
    """Ask every rule what is wrong with a plan.

    Args:
        plan: The plan.
        only: The codes of the rules, or the families, to tell of; all when empty. The others are
            asked as well, since their findings may explain these.
        answers: What officers answered, by the keys of the finding's places.
    """
    off = plan.settings.checks.off
    groups = [
        group
        for family, rules in FAMILIES.items()
        for rule in rules
        if rule.code not in off
        for group in _found(family, rule, plan)
    ]
    kept, knock_on = _without_knock_on(groups)
    told = [g for g in kept if not only or g.rule.code in only or g.family in only]
    told.sort(key=lambda group: _ORDER[group.severity])
    known = answers or {}
    return Checking(
        month=plan.month,
        challenges=tuple(_challenge(group, known) for group in told),
        off=dict(off),
        knock_on=knock_on,
        rules=sum(map(len, FAMILIES.values())) - len(off),
    )


def _found(family: str, rule: Rule, plan: CheckedPlan) -> Iterable[_Group]:
    """What a rule finds, by what it says."""
    groups: dict[tuple[str, Severity], _Group] = {}
    for found in rule.find(plan):
        severity = plan.settings.checks.severities.get(rule.code, found.severity or rule.severity)
        key = found.message, severity
        group = groups.setdefault(key, _Group(family, rule, severity, found.message))
        group.places += [place for place in found.places if place not in group.places]
    return groups.values()


def _without_knock_on(groups: list[_Group]) -> tuple[list[_Group], int]:
    """The groups without the places at which another rule's finding explains theirs."""
    rows: dict[str, set[tuple[str, str]]] = {}
    for group in groups:
        rows.setdefault(group.rule.code, set()).update(map(_row, group.places))
    kept, left_out = [], 0
    for group in groups:
        explained = set().union(*(rows.get(code, ()) for code in group.rule.unless))
        places = [place for place in group.places if _row(place) not in explained]
        left_out += len(group.places) - len(places)
        if places:
            group.places = places
            kept.append(group)
    return kept, left_out


def _row(place: Place) -> tuple[str, str]:
    """The row that a place is in."""
    return place.sheet, "".join(filter(str.isdigit, place.cell.partition(":")[0])) or place.cell


def _challenge(group: _Group, answers: Mapping[str, str]) -> Challenge:
    keys = _keys(group)
    given = [answers.get(key, "").strip() for key in keys]
    return Challenge(
        code=group.rule.code,
        family=group.family,
        severity=group.severity,
        message=group.message,
        why=group.rule.why,
        places=tuple(group.places),
        keys=keys,
        answer="; ".join(dict.fromkeys(given)) if all(given) else "",
    )


def _keys(group: _Group) -> tuple[str, ...]:
    """What a finding is known by again: its rule, and what its places say, wherever they are now.

    Rows and columns move and the message may be worded anew; neither makes it another finding.
    Very many places, more than a cell could name, have one key together.
    """
    said = [f"{group.rule.code}\0{_identity(place)}" for place in group.places]
    if len(said) > _MOST_KEYS:
        said = ["\0".join(sorted(said))]
    return tuple(hashlib.sha256(text.encode()).hexdigest()[:8] for text in said)


def _identity(place: Place) -> str:
    month = place.month.iso if place.month else ""
    return "\0".join((place.reference or f"{place.sheet}!{place.cell}", month, place.says.strip()))


def rules_by_code() -> Iterator[tuple[str, Rule]]:
    """Every rule with its family, in the order in which they are asked."""
    for family, rules in FAMILIES.items():
        for rule in rules:
            yield family, rule
