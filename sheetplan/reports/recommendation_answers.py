"""What answers recommendations: the answers of registers, the map, and the tracker's own column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetplan.model.action import Action, Tracker
from sheetplan.model.citations import KnownReferences
from sheetplan.model.finding import Finding
from sheetplan.model.reference import Reference
from sheetplan.model.support import Recommendation, SupportRecords
from sheetplan.model.wording import compact
from sheetplan.reports.answer_citations import OtherRecommendations, citations_in, unknown_in
from sheetplan.reports.outline import outline
from sheetplan.reports.places import found_in_register, with_those_of
from sheetplan.reports.recommendation_map import RecommendationMap
from sheetplan.reports.recommendation_register import Register, register
from sheetplan.reports.themes import Themes
from sheetplan.settings import Settings


class RecommendationAnswers:
    """The recommendations, and what answers each.

    Attributes:
        recommendations: Those of the registers, then those of the support sheet that are not among
            them.
        known: The references that rows bear.
        findings: What is wrong.
    """

    def __init__(
        self,
        tracker: Tracker,
        records: SupportRecords,
        registers: Sequence[Recommendation],
        settings: Settings,
    ) -> None:
        plan = outline(tracker, settings)
        self._order = {id(action): place for place, action in enumerate(tracker.actions)}
        self._rows: dict[Reference, list[Action]] = {}
        for action in tracker.actions:
            if action.reference:
                self._rows.setdefault(action.reference, []).append(action)
        self._headings = {id(action) for action in plan.headings}
        self._families: dict[Reference, list[Action]] = {}
        for action in plan.reported:
            if action.reference and (main := action.reference.main_action):
                self._families.setdefault(main, []).append(action)
        self.known = KnownReferences(self._rows)
        self._own = records.recommendations
        all_ = register(tracker, replace(records, recommendations=(*self._own, *registers)))
        self._links, self._coded = all_.links, all_.rows
        self._map = RecommendationMap(tracker, all_, plan, Themes(tracker))
        self.recommendations = (*registers, *self._not_among(registers, all_))
        self._others = OtherRecommendations(self.recommendations)
        self._cited = {id(r): tuple(citations_in(r, self.known)) for r in self.recommendations}
        self._actions = {id(r): self._found_actions(r) for r in self.recommendations}
        self.findings = (
            *(found for each in registers for found in self._unknown_references(each)),
            *with_those_of(records, ("recommendations",), all_.findings),
            *self._map.findings,
        )

    def cited(self, recommendation: Recommendation) -> tuple[str, ...]:
        """What answers it by name, as typed, each once."""
        typed = [item.citation.text for item in self._cited[id(recommendation)]]
        if self._is_mapped(recommendation):
            key = compact(recommendation.code)
            typed += [link.target for link in self._links.get(key, ())]
        return tuple(dict.fromkeys(" ".join(words.split()) for words in typed))

    def shared_with(self, recommendation: Recommendation) -> list[Recommendation]:
        """It and, after it, the recommendations whose answers it shares, directly or through
        another."""
        found = [recommendation]
        for other in found:
            found += [o for o in self._others.named_by(other) if all(o is not f for f in found)]
        return found

    def actions(self, recommendation: Recommendation) -> tuple[Action, ...]:
        """The actions that answer it, in the order of the tracker.

        A main action that has sub-actions stands for these, since they carry the ratings.
        """
        return self._actions[id(recommendation)]

    def _found_actions(self, recommendation: Recommendation) -> tuple[Action, ...]:
        found: dict[int, Action] = {}
        for item in self._cited[id(recommendation)]:
            for reference in item.citation.references:
                for row in self._rows[reference]:
                    found |= {id(action): action for action in self._rated(row)}
        if self._is_mapped(recommendation):
            for mapped in self._map.answering(recommendation):
                found |= {id(action): action for action in self._rated(mapped.action)}
        return tuple(sorted(found.values(), key=lambda action: self._order[id(action)]))

    def unknown(self, recommendation: Recommendation) -> dict[Reference, str]:
        """What its answer cites and no row bears, each with the field that cites it."""
        return unknown_in(self._cited[id(recommendation)])

    def _rated(self, row: Action) -> list[Action]:
        if id(row) in self._headings and row.reference:
            return self._families.get(row.reference, [])
        return [row]

    def _is_mapped(self, recommendation: Recommendation) -> bool:
        """Whether the map or the tracker's own column is asked what answers it: for one of a
        register, where they name its code and mean no other by it."""
        if any(recommendation is own for own in self._own):
            return True
        key = compact(recommendation.code)
        named = [own for own in self._own if compact(own.code) == key]
        is_meant = not named or any(_are_one(recommendation, own) for own in named)
        return is_meant and (key in self._links or key in self._coded)

    def _not_among(
        self, registers: Sequence[Recommendation], all_: Register
    ) -> Iterator[Recommendation]:
        """The recommendations that no register has: of the support sheet, and where that has none
        and there is no register either, of the codes that the map and the tracker name."""
        for found in self._own or (() if registers else all_.recommendations):
            if not any(_are_one(known, found) for known in registers):
                yield found

    def _unknown_references(self, recommendation: Recommendation) -> Iterator[Finding]:
        for reference, field in self.unknown(recommendation).items():
            near = self.known.nearest(reference)
            question = f' Did you mean "{near}"?' if near else ""
            yield found_in_register(
                recommendation,
                field,
                "recommendation-reference-unknown",
                f'no row of the tracker has the reference "{reference}".{question} Correct it.',
            )


def _are_one(one: Recommendation, other: Recommendation) -> bool:
    """Whether two recommendations of one code are one, said in two places."""
    return compact(one.code) == compact(other.code) and (
        compact(one.text) == compact(other.text) or compact(one.source) == compact(other.source)
    )
