"""The recommendations that an appendix reports on, and what is wrong with their codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sheetplan.model.action import Action, Tracker
from sheetplan.model.finding import Finding
from sheetplan.model.support import Recommendation, RecommendationLink, SupportRecords, codes_in
from sheetplan.model.wording import compact, did_you_mean
from sheetplan.reports.places import found_at, found_in
from sheetplan.reports.recommendation_dates import is_before

_REGISTER = "Recommendations"  # what a finding names where there is no such sheet
_COLUMN = "recommendations"  # the field of the tracker


@dataclass(frozen=True)
class Register:
    """The recommendations in their order, and what names each of them by its code.

    `links` are the rows of the map, and `rows` those of the tracker whose own column names it,
    both by the code as it is compared.
    """

    recommendations: tuple[Recommendation, ...]
    links: Mapping[str, tuple[RecommendationLink, ...]]
    rows: Mapping[str, tuple[Action, ...]]
    findings: tuple[Finding, ...]


def register(tracker: Tracker, records: SupportRecords) -> Register:
    """Read the register. Where it is empty, every code that is named stands without its text."""
    links: dict[str, list[RecommendationLink]] = {}
    for link in records.links:
        links.setdefault(compact(link.code), []).append(link)
    rows: dict[str, list[Action]] = {}
    typed: dict[str, str] = {key: group[0].code for key, group in links.items()}
    for action in tracker.actions:
        for code in codes_in(action.words(_COLUMN)):
            rows.setdefault(compact(code), []).append(action)
            typed.setdefault(compact(code), code)
    known = {compact(found.code): found for found in records.recommendations}
    findings = [
        _considered_before_it_was_sent(recommendation)
        for recommendation in known.values()
        if is_before(recommendation.considered, recommendation.sent)
    ]
    if known:
        findings += _unknown(rows, [found.code for found in known.values()], typed)
    else:
        known = {key: Recommendation(code, "", "") for key, code in typed.items()}
        findings += [_without_text(recommendation) for recommendation in known.values()]
    return Register(
        tuple(known.values()),
        {key: tuple(group) for key, group in links.items()},
        {key: tuple(group) for key, group in rows.items()},
        tuple(findings),
    )


def _considered_before_it_was_sent(recommendation: Recommendation) -> Finding:
    return found_in(
        recommendation.standing,
        _REGISTER,
        "recommendation-dates-contradict",
        f"{recommendation.code} was considered ({recommendation.considered}) before it was sent "
        f"({recommendation.sent}). Correct one of the dates.",
        reference=recommendation.code,
    )


def _without_text(recommendation: Recommendation) -> Finding:
    return found_in(
        recommendation.standing,
        _REGISTER,
        "recommendation-text-missing",
        f"recommendation {recommendation.code} has no text. Copy its full text in.",
        reference=recommendation.code,
    )


def _unknown(
    rows: Mapping[str, Iterable[Action]], codes: list[str], typed: Mapping[str, str]
) -> Iterator[Finding]:
    """Codes in the tracker's own column; those of the map were found when it was read."""
    known = set(map(compact, codes))
    for key, actions in rows.items():
        if key in known:
            continue
        message = (
            f'no recommendation has the code "{typed[key]}", so this is left out.'
            f"{did_you_mean(typed[key], codes)} Correct it, or add the recommendation to its sheet."
        )
        for action in actions:
            yield found_at(action, _COLUMN, "recommendation-code-unknown", message)
