"""The recommendation map: which actions answer a recommendation, and under which heading.

A link names a reference, a workstream or a theme; the tracker's own column of recommendations
links its row. What is named more exactly wins: an action that the map names by its reference is
not printed again because its workstream is named too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetplan.model.action import Action, Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.reference import Reference
from sheetplan.model.support import Recommendation, RecommendationLink, codes_in
from sheetplan.model.wording import compact, did_you_mean
from sheetplan.reports.outline import Outline
from sheetplan.reports.places import found_in
from sheetplan.reports.recommendation_register import Register
from sheetplan.reports.themes import References, Themes

_REGISTER = "Recommendations"  # what a finding names where there is no such sheet
_MAP = "Recommendation map"


class Mapped(NamedTuple):
    """An action that answers a recommendation, and the heading to print it under.

    `heading` is the map's own; empty where the workstream is to stand there.
    """

    action: Action
    heading: str


class RecommendationMap:
    """Finds the actions that answer a recommendation. `findings` say what is wrong."""

    def __init__(self, tracker: Tracker, register: Register, plan: Outline, themes: Themes) -> None:
        self.findings: list[Finding] = []
        self._register = register
        self._plan = plan
        self._themes = themes
        self._references = References(tracker.actions)
        self._places = {id(action): place for place, action in enumerate(tracker.actions)}
        self._headings = {id(action) for action in plan.headings}
        self._families: dict[str, list[Action]] = {}
        self._workstreams: dict[str, list[Action]] = {}
        self._names: dict[str, str] = {}  # of workstreams, as typed
        for action in plan.reported:
            main = action.reference and (action.reference.main_action or action.reference)
            if main:
                stem = main.canonical.removesuffix(".0")
                self._families.setdefault(stem, []).append(action)
            workstream = action.words("workstream")
            if compact(workstream):
                self._workstreams.setdefault(compact(workstream), []).append(action)
                self._names.setdefault(compact(workstream), workstream)

    def answering(self, recommendation: Recommendation) -> list[Mapped]:
        """The actions that answer a recommendation, in the order of the tracker."""
        key = compact(recommendation.code)
        found: dict[tuple[int, str], Mapped] = {}
        wider: list[tuple[Sequence[Action], str]] = []
        for link in self._register.links.get(key, ()):
            if rows := self._named_rows(link):
                self._add(found, rows, link.heading)
            elif group := self._group(link.target):
                wider.append((group, link.heading))
            else:
                self._find_without_target(link)
        self._add_others(found, wider)
        self._add_others(found, [(self._register.rows.get(key, ()), "")])
        if not found:
            self.findings.append(
                found_in(
                    recommendation.standing,
                    _REGISTER,
                    "recommendation-not-mapped",
                    f"no action answers recommendation {recommendation.code}. Add those that do "
                    "to the recommendation map.",
                    reference=recommendation.code,
                )
            )
        return [found[place] for place in sorted(found, key=lambda place: place[0])]

    def _add(
        self, found: dict[tuple[int, str], Mapped], rows: Iterable[Action], heading: str
    ) -> None:
        for action in rows:
            place = self._places[id(action)], compact(heading)
            found.setdefault(place, Mapped(action, " ".join(heading.split())))

    def _add_others(
        self,
        found: dict[tuple[int, str], Mapped],
        groups: Iterable[tuple[Sequence[Action], str]],
    ) -> None:
        """Add the actions that are not there yet under any heading."""
        there = {place for place, _ in found}
        for rows, heading in groups:
            others = [action for action in rows if self._places[id(action)] not in there]
            self._add(found, others, heading)

    def _named_rows(self, link: RecommendationLink) -> list[Action]:
        """The rows that a target names by reference; several may stand in one cell."""
        if rows := self._rows(link, link.target):
            return rows
        pieces = {piece: self._rows(link, piece) for piece in codes_in(link.target)}
        if any(pieces.values()):
            for piece in (piece for piece, rows in pieces.items() if not rows):
                self._find_no_row(link, piece)
        return [action for rows in pieces.values() for action in rows]

    def _rows(self, link: RecommendationLink, typed: str) -> list[Action]:
        reference = Reference.parse(typed)
        if reference is None:
            return []
        family = self._families.get(reference.canonical)
        if family and not self._references.bear(reference):
            return family  # OC.A2 without a number is all that belongs to OC.A2.0
        rows = self._references.rows(typed)
        for action in rows:
            if id(action) in self._headings:
                self._find_heading(link, action)
        return rows

    def _group(self, typed: str) -> Sequence[Action]:
        """The reported actions of a workstream or of a theme."""
        if rows := self._workstreams.get(compact(typed)):
            return rows
        place = self._themes.named(typed)
        return () if place is None else self._plan.themes[place].reported

    def _find_without_target(self, link: RecommendationLink) -> None:
        if Reference.parse(link.target):
            self._find_no_row(link, link.target)
            return
        question = did_you_mean(link.target, [*self._names.values(), *self._themes.titles])
        self._find(
            link,
            "recommendation-target-unknown",
            f'"{link.target}" is no reference, workstream or theme of the tracker, so this is '
            f"left out.{question} Correct it.",
        )

    def _find_no_row(self, link: RecommendationLink, typed: str) -> None:
        self._find(
            link,
            "recommendation-reference-unknown",
            f'no row of the tracker has the reference "{typed}", so this is left out.'
            f"{self._references.nearest(typed)} Correct it.",
        )

    def _find_heading(self, link: RecommendationLink, action: Action) -> None:
        family = action.reference_text.removesuffix(".0")
        self._find(
            link,
            "recommendation-main-action",
            f"{action.reference_text} is a main action with sub-actions, and only its own row is "
            f"printed. To print them, name them, or write {family} for all.",
            Severity.NOTE,
        )

    def _find(
        self,
        link: RecommendationLink,
        code: str,
        message: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        self.findings.append(
            found_in(link.standing, _MAP, code, message, reference=link.code, severity=severity)
        )
