"""Finding what people mean when they type a theme, or the reference of an action."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from sheetplan.model.action import Action, Tracker
from sheetplan.model.reference import Reference
from sheetplan.model.wording import compact, did_you_mean

_THEME_NUMBER = re.compile(r"^(?:theme)?[0-9]+(?=[^0-9]|$)")
_NEAR_ENOUGH = 0.8


def titles(tracker: Tracker) -> list[str]:
    """The titles of the themes; the sheet's name where several sheets have one title."""
    said = [" ".join(theme.title.split()) for theme in tracker.themes]
    times = Counter(said)
    return [
        title if title and times[title] == 1 else theme.sheet
        for title, theme in zip(said, tracker.themes, strict=True)
    ]


class Themes:
    """The themes of a tracker, by what people call them: "Theme 3 – Finance", "Finance"."""

    def __init__(self, tracker: Tracker) -> None:
        self.titles = titles(tracker)
        self._of_rows = {
            (action.sheet, action.row): place
            for place, theme in enumerate(tracker.themes)
            for action in theme.actions
        }
        self._meant: dict[str, int | None] = {}
        for index, (title, theme) in enumerate(zip(self.titles, tracker.themes, strict=True)):
            whole = {compact(title), compact(theme.sheet)}
            for name in whole | {_THEME_NUMBER.sub("", name) for name in whole}:
                # A name that two themes share means neither.
                known = self._meant.setdefault(name, index)
                self._meant[name] = index if known == index else None
        self._meant.pop("", None)
        self._by_code: dict[str, int] = {}
        for index, theme in enumerate(tracker.themes):
            for action in theme.actions:
                if action.reference and action.reference.theme:
                    self._by_code.setdefault(action.reference.theme, index)

    def named(self, typed: str) -> int | None:
        """The place of the theme that `typed` names; None where it names none, or several."""
        name = compact(typed)
        return self._meant.get(name, self._meant.get(_THEME_NUMBER.sub("", name)))

    def of_action(self, action: Action) -> int:
        """The place of the theme that an action is in."""
        return self._of_rows[action.sheet, action.row]

    def of_code(self, reference: Reference) -> int | None:
        """The theme whose references begin as this one does, though no row bears it."""
        return self._by_code.get(reference.theme)

    def nearest(self, typed: str) -> str:
        """A question for "Did you mean", empty where no theme is near."""
        return did_you_mean(typed, self.titles)


class References:
    """The rows of a tracker by their references, however badly either was typed."""

    def __init__(self, actions: Iterable[Action]) -> None:
        self._rows: dict[Reference, list[Action]] = {}
        for action in actions:
            if action.reference:
                self._rows.setdefault(action.reference, []).append(action)

    def bear(self, reference: Reference) -> bool:
        """Whether any row bears exactly this reference."""
        return reference in self._rows

    def rows(self, typed: str) -> list[Action]:
        """The rows that bear the reference; OC.A2 stands for the main action OC.A2.0."""
        reference = Reference.parse(typed)
        if reference is None:
            return []
        main = Reference(f"{reference.canonical}.0")
        return self._rows.get(reference) or self._rows.get(main) or []

    def nearest(self, typed: str) -> str:
        """A question for "Did you mean", empty where no reference is near."""
        start = compact(typed)[:2]
        near_by = [str(known) for known in self._rows if compact(known.canonical[:3])[:2] == start]
        return did_you_mean(typed, near_by, _NEAR_ENOUGH)
