"""Which action of the newer tracker is which of the older, and which theme is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetplan.changes.content import PlanFile
from sheetplan.changes.sameness import one_line
from sheetplan.model.action import Action, Theme, Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month_spelling import without_months
from sheetplan.model.wording import compact

Key = tuple[str, int]
"""A reference in its tidy spelling, and the how manieth row it is that has it."""


@dataclass(frozen=True)
class Matched:
    """The actions of two trackers, matched by reference.

    Attributes:
        pairs: An action before and after, in the newer tracker's order.
        renumbered: Those of the pairs whose reference is another.
        added: Those that only the newer has.
        removed: Those that only the older has.
    """

    pairs: tuple[tuple[Action, Action], ...]
    renumbered: tuple[tuple[Action, Action], ...]
    added: tuple[Action, ...]
    removed: tuple[Action, ...]


def match(older: Tracker, newer: Tracker) -> Matched:
    """Match the actions by reference, however badly it is typed.

    Rows that repeat a reference are matched in their order. An action whose reference is gone, and
    a new one with the very same words, are one and the same if no other has these words.
    """
    before, after = keyed(older), keyed(newer)
    gone = {key: action for key, action in before.items() if key not in after}
    new = {key: action for key, action in after.items() if key not in before}
    known = before | {key: gone.pop(old) for key, old in _same_words(gone, new)}
    return Matched(
        tuple((known[key], action) for key, action in after.items() if key in known),
        tuple((known[key], action) for key, action in new.items() if key in known),
        tuple(action for key, action in new.items() if key not in known),
        tuple(gone.values()),
    )


def keyed(tracker: Tracker) -> dict[Key, Action]:
    """The actions by their keys, in the order of the tracker."""
    rows: Counter[str] = Counter()
    found: dict[Key, Action] = {}
    for action in tracker.actions:
        reference = _reference(action)
        rows[reference] += 1
        found[reference, rows[reference]] = action
    return found


def repeated_references(file: PlanFile) -> Iterator[Finding]:
    """The references that several rows of a tracker have."""
    rows: dict[str, list[Action]] = {}
    for (reference, _), action in keyed(file.tracker).items():
        rows.setdefault(reference, []).append(action)
    for actions in rows.values():
        for action in actions[1:]:
            first = actions[0]
            yield Finding(
                "reference-duplicate", Severity.WARNING, action.sheet, action.cell("reference"),
                action.reference_text,
                f"in {file.name} another row has this reference as well, {first.sheet} row "
                f"{first.row}. They are compared in their order; give each row its own.",
            )  # fmt: skip


def theme_pairs(older: Tracker, newer: Tracker, matched: Matched) -> dict[str, str]:
    """Which theme of the newer tracker is which of the older, by the names of their sheets.

    A theme is known by its sheet's name, else by its title; else one is another if four in five of
    each one's actions are the other's.
    """
    pairs: dict[str, str] = {}
    for name in (_by_sheet, _by_title):
        known = {name(theme): theme.sheet for theme in _left(newer.themes, pairs.values())}
        for theme in _left(older.themes, pairs):
            if name(theme) in known:
                pairs[theme.sheet] = known.pop(name(theme))
    sizes = Counter(action.sheet for action in older.actions)
    new_sizes = Counter(action.sheet for action in newer.actions)
    shared = Counter((before.sheet, after.sheet) for before, after in matched.pairs)
    for (sheet, new_sheet), count in shared.items():
        is_left = sheet not in pairs and new_sheet not in pairs.values()
        if is_left and 5 * count >= 4 * max(sizes[sheet], new_sizes[new_sheet]):
            pairs[sheet] = new_sheet
    return pairs


def _left(themes: Sequence[Theme], taken: Iterable[str]) -> list[Theme]:
    known = set(taken)
    return [theme for theme in themes if theme.sheet not in known]


def _by_sheet(theme: Theme) -> str:
    return theme.sheet.casefold()


def _by_title(theme: Theme) -> str:
    """The words of a title; a month in it is another in each month."""
    return compact(without_months(theme.title))


def _reference(action: Action) -> str:
    if action.reference is not None:
        return action.reference.canonical
    return " ".join(action.reference_text.split())


def _same_words(gone: Mapping[Key, Action], new: Mapping[Key, Action]) -> list[tuple[Key, Key]]:
    """The keys of actions that are new, each with that of the one that is gone and says the same.

    Of several with the same words nobody can tell which is which.
    """
    earlier, later = _by_words(gone), _by_words(new)
    return [
        (keys[0], earlier[words][0])
        for words, keys in later.items()
        if words and len(keys) == len(earlier.get(words, ())) == 1
    ]


def _by_words(actions: Mapping[Key, Action]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for key, action in actions.items():
        found.setdefault(one_line(action.words("action")), []).append(key)
    return found
