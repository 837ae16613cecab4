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
    places: dict[Place, None] = field(default_factory=dict)


def check(
    plan: CheckedPlan,
    *,
    only: Collection[str] = (),
    answers: Mapping[str, str] | None = None,
    families: Mapping[str, tuple[Rule, ...]] = FAMILIES,
) -> Checking:
    """Ask every rule what is wrong with a plan.

    Args:
        plan: The plan.
        only: The codes of the rules, or the families, to tell of; all when empty. The others are
            asked as well, since their findings may explain these.
        answers: What officers answered, by the keys of the finding's places.
        families: The rules.
    """
    off = plan.settings.checks.off
    groups = [
        group
        for family, rules in families.items()
        for rule in rules
        if rule.code not in off
        for group in _found(family, rule, plan)
    ]
    asked = [g for g in groups if not only or g.rule.code in only or g.family in only]
    told, knock_on = _without_knock_on(asked, groups)
    sheets = {theme.sheet: place for place, theme in enumerate(plan.tracker.themes)}
    told.sort(key=lambda group: (_ORDER[group.severity], *_standing(group, sheets)))
    known = answers or {}
    return Checking(
        month=plan.month,
        challenges=tuple(found for group in told for found in _challenges(group, known)),
        off=dict(off),
        knock_on=knock_on,
        rules=sum(rule.code not in off for rules in families.values() for rule in rules),
    )


def _found(family: str, rule: Rule, plan: CheckedPlan) -> Iterable[_Group]:
    """What a rule finds, by what it says."""
    groups: dict[tuple[str, Severity], _Group] = {}
    for found in rule.find(plan):
        severity = plan.settings.checks.severities.get(rule.code, found.severity or rule.severity)
        key = found.message, severity
        group = groups.setdefault(key, _Group(family, rule, severity, found.message))
        group.places.update(dict.fromkeys(found.places))
    return groups.values()


def _without_knock_on(asked: list[_Group], groups: list[_Group]) -> tuple[list[_Group], int]:
    """The groups that are asked for, without the places at which a finding of another rule explains
    theirs; and how many places that leaves out."""
    rows: dict[str, set[tuple[str, ...]]] = {}
    for group in groups:
        for place in group.places:
            rows.setdefault(group.rule.code, set()).update(_explained_by(place))
    explained: dict[str, set[tuple[str, ...]]] = {}
    kept, left_out = [], 0
    for group in asked:
        code, unless = group.rule.code, group.rule.unless
        if code not in explained:
            explained[code] = set().union(*(rows.get(other, ()) for other in unless))
        places = [place for place in group.places if not _is_explained(place, explained[code])]
        left_out += len(group.places) - len(places)
        if places:
            group.places = dict.fromkeys(places)
            kept.append(group)
    return kept, left_out


def _explained_by(place: Place) -> Iterator[tuple[str, ...]]:
    """What a finding at a place explains: all on its row, where it is not of one of its actions."""
    yield (*_row(place), place.reference)
    yield (*_row(place), "any")


def _is_explained(place: Place, explained: Collection[tuple[str, ...]]) -> bool:
    """Whether a finding on the same row explains one at this place.

    A row may hold several actions, each with a reference of its own, as leads in a plan without
    month columns are: what is wrong with one explains nothing of another.
    """
    row = _row(place)
    if not place.reference:
        return (*row, "any") in explained
    return (*row, place.reference) in explained or (*row, "") in explained


def _row(place: Place) -> tuple[str, str]:
    """The row that a place is in."""
    return place.sheet, "".join(filter(str.isdigit, place.cell.partition(":")[0])) or place.cell


def _standing(group: _Group, sheets: Mapping[str, int]) -> tuple[int, int]:
    """Where a group's first place stands in the tracker; other sheets come behind its own."""
    sheet, row = _row(next(iter(group.places)))
    return sheets.get(sheet, len(sheets)), int(row) if row.isdecimal() else 0


def _challenges(group: _Group, answers: Mapping[str, str]) -> Iterator[Challenge]:
    """What is told of a group: the places that nobody has answered, and those of each answer."""
    by_answer: dict[str, list[tuple[str, Place]]] = {}
    for key, place in zip(_keys(group), group.places, strict=True):
        by_answer.setdefault(answers.get(key, "").strip(), []).append((key, place))
    for answer, keyed in by_answer.items():
        yield Challenge(
            code=group.rule.code,
            family=group.family,
            severity=group.severity,
            message=group.message,
            why=group.rule.why,
            places=tuple(place for _, place in keyed),
            keys=tuple(key for key, _ in keyed),
            answer=answer,
        )


def _keys(group: _Group) -> list[str]:
    """What a finding is known by again: its rule, and what its places say, wherever they are now.

    Rows and columns move and the message may be worded anew; neither makes it another finding.
    Very many places, more than a cell could name the keys of, have one key together.
    """
    said = list(map(_identity, group.places))
    if len(said) > _MOST_KEYS:
        return [_key(group.rule, "\0".join(sorted(said)))] * len(said)
    return [_key(group.rule, text) for text in said]


def _key(rule: Rule, text: str) -> str:
    return hashlib.sha256(f"{rule.code}\0{text}".encode()).hexdigest()[:8]


def _identity(place: Place) -> str:
    month = place.month.iso if place.month else ""
    return "\0".join((place.reference or f"{place.sheet}!{place.cell}", month, place.says.strip()))


def rules_by_code() -> Iterator[tuple[str, Rule]]:
    """Every rule with its family, in the order in which they are asked."""
    for family, rules in FAMILIES.items():
        for rule in rules:
            yield family, rule
