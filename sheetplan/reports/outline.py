"""The outline of a plan: which rows are reported, and whether in full or by exception.

A row is reported when it is a sub-action, or a main action without sub-actions. A main action that
has sub-actions is only their heading. Sub-actions take the focus of their main action.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sheetplan.model.action import Action, Theme, Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.focus import Focus
from sheetplan.model.reference import Reference
from sheetplan.model.wording import compact
from sheetplan.reports.places import found_at
from sheetplan.reports.themes import titles
from sheetplan.settings import Settings


@dataclass(frozen=True)
class Block:
    """A main action that is reported in full, and the actions that it is reported by.

    `actions` are its sub-actions, or itself where it has none. `is_alone` tells whether no other
    main action belongs to its workstream.
    """

    main: Action
    theme: Theme
    actions: tuple[Action, ...]
    is_alone: bool


@dataclass(frozen=True)
class OutlinedTheme:
    """A theme's reported actions, all of them and those that are reported by exception."""

    theme: Theme
    title: str
    reported: tuple[Action, ...]
    by_exception: tuple[Action, ...]


@dataclass(frozen=True)
class Outline:
    """Which rows of a tracker are reported, and how.

    `headings` are the main actions that are not, since they have sub-actions.
    """

    themes: tuple[OutlinedTheme, ...]
    blocks: tuple[Block, ...]
    headings: tuple[Action, ...]
    findings: tuple[Finding, ...]

    @property
    def reported(self) -> tuple[Action, ...]:
        """Every action that is reported, in the order of the tracker."""
        return tuple(action for theme in self.themes for action in theme.reported)


def outline(tracker: Tracker, settings: Settings) -> Outline:
    """Sort the rows of a tracker by how they are reported.

    What has no focus is reported by exception, so that nothing is hidden.
    """
    return _Outlining(tracker, settings).outline()


class _Outlining:
    def __init__(self, tracker: Tracker, settings: Settings) -> None:
        self._tracker = tracker
        self._settings = settings
        self._families: dict[Reference, list[Action]] = {}
        self._mains: dict[Reference, Action] = {}
        self._main_of: dict[int, Reference] = {}
        for action in tracker.actions:
            if action.reference is None:
                continue
            if action.reference.is_main_action:
                self._mains.setdefault(action.reference, action)
                self._main_of[id(action)] = action.reference
            elif main := action.reference.main_action:
                self._families.setdefault(main, []).append(action)
                self._main_of[id(action)] = main
        # A row whose own focus holds: a main action, or an action that has none.
        self._heads = {
            id(action): self._focus(action)
            for action in tracker.actions
            if self._head(action) is action
        }

    def outline(self) -> Outline:
        themes: list[OutlinedTheme] = []
        blocks: list[Block] = []
        for theme, title in zip(self._tracker.themes, titles(self._tracker), strict=True):
            reported = [action for action in theme.actions if not self._family(action)]
            by_exception = [
                action
                for action in reported
                if self._heads[id(self._head(action))] is not Focus.IN_FULL
            ]
            themes.append(OutlinedTheme(theme, title, tuple(reported), tuple(by_exception)))
            blocks += self._blocks(theme)
        headings = [action for action in self._tracker.actions if self._family(action)]
        return Outline(tuple(themes), tuple(blocks), tuple(headings), tuple(self._findings()))

    def _family(self, action: Action) -> list[Action]:
        """The sub-actions of a main action."""
        return self._families.get(action.reference, []) if action.reference else []

    def _head(self, action: Action) -> Action:
        """The row whose focus holds for `action`."""
        main = self._main_of.get(id(action))
        return self._mains.get(main, action) if main else action

    def _focus(self, action: Action) -> Focus | None:
        reports = self._settings.reports
        return Focus.read(
            action.fields.get("focus"),
            in_full=reports.focus_in_full,
            by_exception=reports.focus_by_exception,
        )

    def _blocks(self, theme: Theme) -> Iterator[Block]:
        heads = [action for action in theme.actions if id(action) in self._heads]
        workstreams = Counter(compact(head.words("workstream")) for head in heads)
        for head in heads:
            if self._heads[id(head)] is Focus.IN_FULL:
                is_alone = workstreams[compact(head.words("workstream"))] == 1
                yield Block(head, theme, tuple(self._family(head) or [head]), is_alone)

    def _findings(self) -> Iterator[Finding]:
        orphans = self._orphans()
        for main, family in orphans.items():
            named = ", ".join(action.reference_text for action in family)
            yield found_at(
                family[0],
                "reference",
                "main-action-missing",
                f"there is no row for the main action {main}, so what has no focus of its own is "
                f"reported by exception: {named}. Add the row, or correct the references.",
            )
        said = {id(action) for family in orphans.values() for action in family}
        heads = [action for action in self._tracker.actions if id(action) in self._heads]
        if heads and not any(head.words("focus") for head in heads):
            yield found_at(
                heads[0],
                "focus",
                "focus-missing",
                "no action of the tracker has a focus, so all are reported by exception.",
                severity=Severity.NOTE,
            )
            return
        for head in heads:
            if self._heads[id(head)] is None and id(head) not in said:
                yield self._without_focus(head)

    def _orphans(self) -> dict[Reference, list[Action]]:
        """Families whose main action has no row, unless this council has no main actions."""
        return {
            main: family
            for main, family in self._families.items()
            if self._mains and main not in self._mains
        }

    def _without_focus(self, head: Action) -> Finding:
        typed = head.words("focus")
        if not typed:
            return found_at(
                head,
                "focus",
                "focus-missing",
                "has no focus, so it is reported by exception. Write one in the focus column.",
            )
        return found_at(
            head,
            "focus",
            "focus-not-understood",
            f'focus "{typed}" is not understood, so it is reported by exception. Correct the '
            "cell, or add the words under [reports] in sheetplan.toml.",
        )
