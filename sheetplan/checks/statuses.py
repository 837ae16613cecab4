"""Statuses: not understood, spelt in several ways, or blank where one is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from textwrap import shorten

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.months import says_something
from sheetplan.checks.rule import rule
from sheetplan.checks.spellings import spellings
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusEntry, StatusMeaning
from sheetplan.model.wording import compact, listed
from sheetplan.reports.due_dates import has_passed
from sheetplan.returns.lengths import shown
from sheetplan.settings import SETTINGS_FILE

Uses = Mapping[str, Mapping[Month, int]]
"""By what a status cell says: in how many cells it stands, month by month, oldest first."""

_LEAST_ROWS = 2
"""One blank row is a row without a status; from two on a sheet may not be filled in yet."""


@rule(
    "status-not-understood",
    Severity.ERROR,
    "A status that nobody defined is in no count, and is nobody's exception.",
    unless=("cell-error",),
)
def status_not_understood(plan: CheckedPlan) -> Iterator[Found]:
    """Of the checked month each cell; a text of earlier months only is told of once, with the cells
    of the last month that has it."""
    by_text: dict[Month, Mapping[str, tuple[Place, ...]]] = {}
    for text, months in _uses(plan).items():
        if plan.settings.vocabulary.understand(text) is not None:
            continue
        latest, quoted = max(months), f'status "{shown(text)}"'
        if latest not in by_text:
            by_text[latest] = _cells_by_text(plan, latest)
        nearest = plan.settings.vocabulary.nearest(text)
        meant = f' Did you mean "{nearest}"?' if nearest else ""
        remedy = f"Correct the cell, or add the words under [status] in {SETTINGS_FILE}."
        places = by_text[latest][text]
        if latest == plan.month:
            yield Found(f"{quoted} is not in the vocabulary.{meant} {remedy}", places)
        else:
            cells = _cell_count(sum(months.values()))
            yield Found(
                f"{quoted}, in {cells} of earlier months, the last of them {latest}, is not in "
                f"the vocabulary.{meant} {remedy}",
                places,
                Severity.NOTE,
            )


@rule(
    "status-spellings",
    Severity.NOTE,
    "Filters, counts and colour rules of the workbook take each spelling for another status.",
)
def status_spellings(plan: CheckedPlan) -> Iterator[Found]:
    """Of all months; the cells are those of the last month that has the odd spelling.

    What the drop-downs offer is right, however few have it; without one, what most cells have is.
    """
    offered = {_on_one_line(choice.says) for choice in plan.facts.status_choices}
    uses = _uses(plan)
    for entry, texts in _by_meaning(plan, uses).items():
        ways = spellings(entry, {text: sum(uses[text].values()) for text in texts})
        right = [way for way in ways if not offered.isdisjoint(map(_on_one_line, way.texts))]
        odd = [way for way in ways if way not in (right or ways[:1])]
        if not odd:
            continue
        each = [f'"{shorten(way.shown, 100)}" ({_cell_count(way.count)})' for way in ways]
        places: list[Place] = []
        for way in odd:
            latest = max(max(uses[text]) for text in way.texts)
            places += _cells(plan, way.texts, latest)
        yield Found(
            f'"{entry.meaning.words}" is spelt in {len(ways)} ways: {listed(each)}. Use '
            f"{'the words of the drop-down' if right else 'the first'} everywhere.",
            tuple(place._replace(month=None) for place in places),
        )


@rule(
    "status-blank",
    Severity.WARNING,
    "Nobody can say how the action stands, and silence is read as bad news.",
    unless=("cell-error",),
)
def status_blank(plan: CheckedPlan) -> Iterator[Found]:
    """A sheet on which nobody has filled in the month is told of once."""
    for sheet, group in groupby(plan.rated, key=lambda action: action.sheet):
        due = [action for action in group if _needs_status(plan, action)]
        blank = [action for action in due if not action.status(plan.month).strip()]
        if len(blank) == len(due) >= _LEAST_ROWS:
            yield Found(
                f"none of the actions on this sheet that need a status for {plan.month} has one. "
                "Ask the update owners for them.",
                (Place(sheet, "", "", month=plan.month),),
            )
            continue
        for action in blank:
            yield _without_status(plan, action)


def _without_status(plan: CheckedPlan, action: Action) -> Found:
    """What is late and says nothing at all is in no list of what is late: that misleads."""
    place = at(action, "status", plan.month)
    if says_something(plan, action):
        return Found(
            f"has an update and no status for {plan.month}. Ask its owner for one.", (place,)
        )
    if has_passed(action.due, plan.month):
        return Found(
            f"has neither status nor update for {plan.month}, and its due date has passed. Ask its "
            "owner for both.",
            (place._replace(says=str(action.due)),),
            Severity.ERROR,
        )
    return Found(f"has no status for {plan.month}. Ask its owner for one.", (place,))


@rule(
    "status-na-with-update",
    Severity.WARNING,
    "Work that somebody reports on is left out of every count.",
)
def status_na_with_update(plan: CheckedPlan) -> Iterator[Found]:
    """A main action that has sub-actions needs no status of its own, so of those it only tells."""
    for action in plan.actions:
        if plan.meaning(action) is not StatusMeaning.NOT_APPLICABLE:
            continue
        if says_something(plan, action):
            said = f"{action.status(plan.month)}\n{action.update(plan.month)}"
            yield Found(
                "has an update, and its status says that none is needed. Give it a status, or "
                "take the update out.",
                (at(action, "status", plan.month, says=said),),
                Severity.NOTE if action.reference in plan.children else None,
            )


@rule(
    "legend-not-understood",
    Severity.WARNING,
    "Whoever chooses these words from the list is in no count.",
)
def legend_not_understood(plan: CheckedPlan) -> Iterator[Found]:
    """Both what the drop-downs offer and what the workbook's own key defines."""
    vocabulary = plan.settings.vocabulary
    offered = [("the drop-down offers", choice) for choice in plan.facts.status_choices]
    defined = [("the key defines", word) for word in plan.facts.status_key]
    for which, choice in (*offered, *defined):
        if not compact(choice.says) or vocabulary.understand(choice.says) is not None:
            continue
        nearest = vocabulary.nearest(choice.says)
        meant = f' Did you mean "{nearest}"?' if nearest else ""
        yield Found(
            f'{which} "{shown(choice.says)}", which is not in the vocabulary.{meant} '
            f"Correct the list, or add the words under [status] in {SETTINGS_FILE}.",
            (Place(choice.sheet, choice.cell, choice.reference, choice.says),),
        )


@rule(
    "status-not-in-key",
    Severity.NOTE,
    "A reader who looks the words up in the workbook's own key does not find them.",
)
def status_not_in_key(plan: CheckedPlan) -> Iterator[Found]:
    """Statuses that are understood, and that the sheet with the key does not define."""
    key = plan.facts.status_key
    if not key:
        return
    entries = [plan.settings.vocabulary.understand(word.says) for word in key]
    defined = {entry.meaning for entry in entries if entry is not None}
    rows: dict[StatusMeaning, list[Place]] = {}
    for action in plan.rated:
        meaning = plan.meaning(action)
        if meaning is not None and meaning not in defined:
            rows.setdefault(meaning, []).append(at(action, "status", plan.month))
    for meaning, places in rows.items():
        yield Found(
            f'has a status that the key on the sheet "{key[0].sheet}" does not define: '
            f'"{meaning.words}". Define it there, or give the action one that is.',
            tuple(places),
        )


def _uses(plan: CheckedPlan) -> Uses:
    found: dict[str, dict[Month, int]] = {}
    for month in plan.months:
        for text, count in Counter(action.status(month) for action in plan.actions).items():
            if text.strip():
                found.setdefault(text, {})[month] = count
    return found


def _by_meaning(plan: CheckedPlan, uses: Uses) -> dict[StatusEntry, list[str]]:
    found: dict[StatusEntry, list[str]] = {}
    for text in uses:
        entry = plan.settings.vocabulary.understand(text)
        if entry is not None:
            found.setdefault(entry, []).append(text)
    return found


def _cells(plan: CheckedPlan, texts: Collection[str], month: Month) -> tuple[Place, ...]:
    """The status cells of a month that say one of these texts."""
    return tuple(
        at(action, "status", month) for action in plan.actions if action.status(month) in texts
    )


def _cells_by_text(plan: CheckedPlan, month: Month) -> Mapping[str, tuple[Place, ...]]:
    """The status cells of a month by what they say: each may say something else."""
    found: dict[str, list[Place]] = {}
    for action in plan.actions:
        found.setdefault(action.status(month), []).append(at(action, "status", month))
    return {text: tuple(places) for text, places in found.items()}


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _cell_count(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"


def _needs_status(plan: CheckedPlan, action: Action) -> bool:
    """Whether a status is due: it is not where the last one is carried forward, as closed is."""
    if action.status(plan.month).strip():
        return plan.meaning(action) not in plan.settings.vocabulary.carried_forward
    for month in reversed(plan.months[:-1]):
        if action.status(month).strip():
            return plan.meaning(action, month) not in plan.settings.vocabulary.carried_forward
    return True


RULES = (
    status_not_understood,
    status_spellings,
    status_blank,
    status_na_with_update,
    legend_not_understood,
    status_not_in_key,
)
