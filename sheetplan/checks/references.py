"""References: duplicate, badly formed, out of sequence, orphaned, or cited and not there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.rule import Rule, rule
from sheetplan.checks.support_texts import support_texts
from sheetplan.model.action import Action, Theme
from sheetplan.model.citations import KnownReferences, cited
from sheetplan.model.finding import Severity
from sheetplan.model.reference import Reference
from sheetplan.model.wording import listed, shortened

_ONE_DECIMAL = re.compile(r"\d+\.[1-9]")
_CITING_FIELDS = ("action", "milestones")


@rule(
    "reference-duplicate",
    Severity.ERROR,
    "What is reported of one action is told of another that bears the same reference.",
)
def reference_duplicate(plan: CheckedPlan) -> Iterator[Found]:
    """Two ways to type one reference are one reference: OC.A2.1 and OCA2.1.

    Where each sheet counts from 1 again, that is said once.
    """
    rows: dict[Reference, list[Action]] = defaultdict(list)
    for action in plan.actions:
        if action.reference is not None:
            rows[action.reference].append(action)
    on_several = [actions for actions in rows.values() if len({a.sheet for a in actions}) > 1]
    if count_again := 2 * len(on_several) > len(rows) > 2:
        yield Found(
            "most references stand on several sheets, as if each sheet counted for itself. Put "
            "letters of the theme before the numbers, so that each action has its own.",
            tuple(Place(theme.sheet, "", "") for theme in plan.tracker.themes),
            Severity.WARNING,
        )
    for reference, actions in rows.items():
        if count_again:
            sheets = Counter(action.sheet for action in actions)
            actions = [action for action in actions if sheets[action.sheet] > 1]
        if len(actions) > 1:
            yield _duplicate(reference, actions)


def _duplicate(reference: Reference, actions: Sequence[Action]) -> Found:
    where = listed([f"{action.sheet} row {action.row}" for action in actions])
    titles = "\n".join(f"{action.reference_text} {action.title}" for action in actions)
    typed = actions[0].reference_text.strip()
    lost = (
        f" If one is {typed}0, type it as text: Excel shows the number {typed}0 as {typed}."
        if _ONE_DECIMAL.fullmatch(typed)
        else ""
    )
    return Found(
        f"{reference} stands on {len(actions)} rows: {where}. Give each action a reference of its "
        f"own.{lost}",
        tuple(at(action, "reference", says=titles) for action in actions),
    )


@rule(
    "reference-badly-formed",
    Severity.WARNING,
    "Filters, formulas and readers do not find an action whose reference is typed differently.",
)
def reference_badly_formed(plan: CheckedPlan) -> Iterator[Found]:
    """Where most references of the tracker leave out the same dot, that is how they are there."""
    themed = [action for action in plan.actions if action.reference and action.reference.theme]
    bad = [action for action in themed if action.reference and not action.reference.is_well_formed]
    if 2 * len(bad) > len(themed):
        return
    for action in bad:
        yield Found(
            f'is not typed as other references are. Write "{action.reference}".',
            (at(action, "reference"),),
        )


@rule(
    "reference-unreadable",
    Severity.WARNING,
    "A row without a reference is in no report, and nobody is asked for its update.",
)
def reference_unreadable(plan: CheckedPlan) -> Iterator[Found]:
    """Rows that look like actions, and of which no report knows."""
    for fact in plan.facts.unread_rows:
        says = shortened(fact.says)
        problem = f'"{says}" is not a reference' if says else "there is no reference"
        yield Found(
            f"{problem}, so the row is left out of reports. Give the action its reference, or move "
            "what stands here out of the table.",
            (Place(fact.sheet, fact.cell, fact.reference, fact.says),),
        )


@rule(
    "reference-out-of-sequence",
    Severity.NOTE,
    "Readers look for an action after the one before it, and take it for missing.",
    unless=("reference-duplicate",),
)
def reference_out_of_sequence(plan: CheckedPlan) -> Iterator[Found]:
    """Only the fewest rows that would have to move, and none where a sheet has its own order."""
    for theme in plan.tracker.themes:
        misplaced = [row for family in _families(theme) for row in _misplaced(family)]
        if 3 * len(misplaced) > max(len(theme.actions), 6):
            continue
        for row in misplaced:
            other = row.other.reference_text
            says = f"{row.action.reference_text}\n{other}"
            side, way = ("before", "down") if row.is_early else ("after", "up")
            yield Found(
                f"stands {side} {other}. Move the row {way}, or change its reference.",
                (at(row.action, "reference", says=says),),
            )


@rule(
    "main-action-missing",
    Severity.WARNING,
    "Its actions have no focus, no milestones and no heading in a report.",
    unless=("reference-duplicate",),
)
def main_action_missing(plan: CheckedPlan) -> Iterator[Found]:
    """Only where the council has main actions at all."""
    known = plan.by_reference
    if not any(reference.is_main_action for reference in known):
        return
    for main, family in plan.children.items():
        if main not in known:
            yield Found(
                f"there is no row for its main action {main}. Add the row, or correct the "
                "reference.",
                tuple(at(action, "reference") for action in family),
            )


@rule(
    "reference-cited-unknown",
    Severity.WARNING,
    "A reader who looks the action up finds nothing.",
)
def reference_cited_unknown(plan: CheckedPlan) -> Iterator[Found]:
    """In updates of the month, in what actions say of themselves, and in the support sheets."""
    known = KnownReferences(plan.by_reference)
    for action in plan.actions:
        texts = [(name, str(action.fields.get(name, "")), None) for name in _CITING_FIELDS]
        for name, text, month in (*texts, ("update", action.update(plan.month), plan.month)):
            for message in _unknown_in(text, known):
                yield Found(message, (at(action, name, month, says=text),))
    for text, place in support_texts(plan):
        for message in _unknown_in(text, known):
            yield Found(message, (place,))


def _unknown_in(text: str, known: KnownReferences) -> Iterator[str]:
    """What is to be said of each reference that a text cites and no row bears."""
    for citation in cited(text, known) if text else ():
        for unknown in citation.unknown:
            typed = "" if citation.text == str(unknown) else f' (as "{citation.text}")'
            nearest = known.nearest(unknown)
            near = f" The nearest to it is {nearest}." if nearest else ""
            yield (
                f"cites {unknown}{typed}, which no row bears.{near} Correct it, or say what became "
                "of that action."
            )


# ---------------------------------------------------------------- what is out of sequence


class _Misplaced(NamedTuple):
    """An action out of its sequence, and one that it stands before, or after, wrongly."""

    action: Action
    other: Action
    is_early: bool


def _families(theme: Theme) -> list[list[Action]]:
    """The numbered actions of each workstream of a sheet, in the order of the sheet."""
    families: dict[str, list[Action]] = defaultdict(list)
    for action in theme.actions:
        if action.reference is not None and action.reference.number is not None:
            families[action.reference.canonical.rpartition(".")[0]].append(action)
    return list(families.values())


def _misplaced(family: Sequence[Action]) -> Iterator[_Misplaced]:
    """The fewest actions without which the others are in order."""
    keys = [_key(action) for action in family]
    kept = _longest_run(keys)
    in_order = sorted(kept)
    for index, action in enumerate(family):
        if index in kept:
            continue
        for other in in_order:
            is_early = index < other
            if keys[index] != keys[other] and is_early == (keys[index] > keys[other]):
                yield _Misplaced(action, family[other], is_early)
                break


def _key(action: Action) -> tuple[int, str]:
    reference = action.reference
    return (reference.number or 0, reference.suffix) if reference else (0, "")


def _longest_run(keys: Sequence[tuple[int, str]]) -> set[int]:
    """Where the longest run of keys stands of which none is smaller than the one before it."""
    ends: list[tuple[int, str]] = []  # the smallest key at which a run of each length can end
    at: list[int] = []  # where that key stands
    before: list[int | None] = []
    for index, key in enumerate(keys):
        length = bisect_right(ends, key)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [key]
        at[length : length + 1] = [index]
    found: set[int] = set()
    last = at[-1] if at else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


RULES: tuple[Rule, ...] = (
    reference_duplicate,
    reference_badly_formed,
    reference_unreadable,
    reference_out_of_sequence,
    main_action_missing,
    reference_cited_unknown,
)
