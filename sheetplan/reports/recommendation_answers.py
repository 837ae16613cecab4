"""What answers recommendations: the answers of registers, the map, and the tracker's own column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetplan.model.action import Action, Tracker
from sheetplan.model.citations import KnownReferences
from sheetplan.model.finding import Finding
from sheetplan.model.reference import Reference
from sheetplan.model.support import Recommendation, RecommendationLink, SupportRecords
from sheetplan.model.wording import compact
from sheetplan.reports.answer_citations import OtherRecommendations, citations_in, unknown_in
from sheetplan.reports.outline import outline
from sheetplan.reports.places import found_in_register
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
        self._statutory = register(tracker, records)
        self._map = RecommendationMap(tracker, self._statutory, plan, Themes(tracker))
        self.recommendations = _joined(registers, self._statutory)
        self._others = OtherRecommendations(self.recommendations)
        self._of_register = set(map(id, registers))
        self._mapped = {compact(found.code): found for found in self._statutory.recommendations}
        self._cited = {id(r): tuple(citations_in(r, self.known)) for r in self.recommendations}
        self._actions = {id(r): self._found_actions(r) for r in self.recommendations}
        self.findings = (
            *(found for each in registers for found in self._unknown_references(each)),
            *self._statutory.findings,
            *self._map.findings,
        )

    def cited(self, recommendation: Recommendation) -> tuple[str, ...]:
        """What answers it by name, as typed, each once."""
        typed = [item.citation.text for item in self._cited[id(recommendation)]]
        typed += [link.target for link in self._links(recommendation)]
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
        if statutory := self._statutory_one(recommendation):
            for mapped in self._map.answering(statutory):
                found |= {id(action): action for action in self._rated(mapped.action)}
        return tuple(sorted(found.values(), key=lambda action: self._order[id(action)]))

    def unknown(self, recommendation: Recommendation) -> dict[Reference, str]:
        """What its answer cites and no row bears, each with the field that cites it."""
        return unknown_in(self._cited[id(recommendation)])

    def _rated(self, row: Action) -> list[Action]:
        if id(row) in self._headings and row.reference:
            return self._families.get(row.reference, [])
        return [row]

    def _statutory_one(self, recommendation: Recommendation) -> Recommendation | None:
        found = self._mapped.get(compact(recommendation.code))
        if found is None or id(recommendation) not in self._of_register:
            return found
        is_linked = self._links(recommendation) or self._statutory.rows.get(compact(found.code))
        return found if is_linked and _are_one(recommendation, found) else None

    def _links(self, recommendation: Recommendation) -> tuple[RecommendationLink, ...]:
        return self._statutory.links.get(compact(recommendation.code), ())

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


def _joined(registers: Sequence[Recommendation], statutory: Register) -> tuple[Recommendation, ...]:
    """The recommendations of the registers, and the statutory ones that are not among them."""
    others = [
        found
        for found in statutory.recommendations
        if not any(_are_one(known, found) for known in registers)
    ]
    return (*registers, *others)


def _are_one(one: Recommendation, other: Recommendation) -> bool:
    """Whether two recommendations of one code are one, said in two places."""
    return compact(one.code) == compact(other.code) and (
        compact(one.text) == compact(other.text) or compact(one.source) == compact(other.source)
    )
