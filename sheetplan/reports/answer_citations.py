"""What the answer to a recommendation points to: actions of the plan, and other recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheetplan.model.citations import (
    Citation,
    KnownReferences,
    cited,
    cited_sections,
    listed_references,
)
from sheetplan.model.reference import Reference
from sheetplan.model.support import Recommendation
from sheetplan.model.wording import compact

ANSWERS = ("response", "incorporation", "change_control")
"""The fields of an answer, in their order."""

_REACH = 60  # characters from "see" to the code of a recommendation
_ELSEWHERE = re.compile(
    r"\b(?:see|refer to|same as|covered (?:by|in|under)|as (?:at|in|for|per|with)|"
    r"(?:response|answer) (?:to|at|under|for))\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[;\n]|[.!?](?=\s|$)")
# "Key Recommendation 2" is what K2 is called in running text.
_SPELT_OUT = re.compile(r"\b([A-Z])[a-z]+ [Rr]ecommendation (\d+)\b")
_NOTHING = r"(?!)"
_CALLED = r"(?:recommendations?|recs?|nos?)\.?\s"


@dataclass(frozen=True)
class AnswerCitation:
    """A citation, and the field of the answer that it stands in."""

    field: str
    citation: Citation


def citations_in(
    recommendation: Recommendation, known: KnownReferences
) -> Iterator[AnswerCitation]:
    """What the answer to a recommendation cites, field by field.

    In running text a reference has to look like one; the field that says where the answer is in
    the plan may be a bare list.
    """
    for field in ANSWERS:
        text = getattr(recommendation.answer, field)
        found = [*cited(text, known), *cited_sections(text, known)]
        if field == "incorporation" and known.plain:
            there = {citation.start for citation in found}
            found += [c for c in listed_references(text, known) if c.start not in there]
        for citation in sorted(found, key=lambda citation: citation.start):
            yield AnswerCitation(field, citation)


def unknown_in(found: Iterable[AnswerCitation]) -> dict[Reference, str]:
    """The references that no row bears, each with the field that cites it first."""
    fields: dict[Reference, str] = {}
    for item in found:
        for reference in item.citation.unknown:
            fields.setdefault(reference, item.field)
    return fields


class OtherRecommendations:
    """The recommendations of a register by the codes by which answers name them."""

    def __init__(self, recommendations: Iterable[Recommendation]) -> None:
        self._by_code: dict[str, list[Recommendation]] = {}
        for recommendation in recommendations:
            if any(sign.isdigit() for sign in recommendation.code):
                self._by_code.setdefault(compact(recommendation.code), []).append(recommendation)
        typed = {found[0].code for found in self._by_code.values()}
        self._pattern = _naming(sorted(typed, key=len, reverse=True))

    def named_by(self, recommendation: Recommendation) -> tuple[Recommendation, ...]:
        """The recommendations whose answers this one points to: "see response to K1"."""
        found: dict[int, Recommendation] = {}
        for field in ANSWERS:
            for code in self._codes(getattr(recommendation.answer, field)):
                other = self._called(code, recommendation.source)
                if other is not None and other is not recommendation:
                    found.setdefault(id(other), other)
        return tuple(found.values())

    def _codes(self, text: str) -> Iterator[str]:
        for match in _ELSEWHERE.finditer(text):
            end = _SENTENCE_ENDS.search(text, match.end())
            last = min(end.start() if end else len(text), match.end() + _REACH)
            stretch = text[match.end() : last]
            for named in self._pattern.finditer(stretch):
                yield named[named.lastgroup or 0]
            for spelt in _SPELT_OUT.finditer(stretch):
                yield spelt[1] + spelt[2]

    def _called(self, code: str, source: str) -> Recommendation | None:
        """The recommendation of a code; of several that of the same reviewer."""
        all_ = self._by_code.get(compact(code), [])
        own = [other for other in all_ if compact(other.source) == compact(source)]
        return next(iter(own or all_), None)


def _naming(codes: Sequence[str]) -> re.Pattern[str]:
    """What names one of the codes; a bare number only after "recommendation"."""
    words = "|".join(re.escape(code) for code in codes if not code.isdigit()) or _NOTHING
    numbers = "|".join(code for code in codes if code.isdigit()) or _NOTHING
    pattern = rf"(?<![\w.])(?:(?P<word>{words})|{_CALLED}(?P<number>{numbers}))(?!\w|\.\w)"
    return re.compile(pattern, re.IGNORECASE)
