"""The recommendations that an appendix reports on, and what is wrong with their codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheetplan.model.action import Action, Tracker
from sheetplan.model.finding import Finding
from sheetplan.model.support import Recommendation, RecommendationLink, SupportRecords, codes_in
from sheetplan.model.wording import closest, compact
from sheetplan.reports.places import found_at, found_in
from sheetplan.reports.recommendation_dates import is_before

_REGISTER = "Recommendations"  # what a finding names where there is no such sheet
_MAP = "Recommendation map"
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
    known: dict[str, Recommendation] = {}
    findings: list[Finding] = []
    for recommendation in records.recommendations:
        if known.setdefault(compact(recommendation.code), recommendation) is not recommendation:
            findings.append(_repeated(recommendation))
            continue
        if not recommendation.text.strip():
            findings.append(_without_text(recommendation))
        if is_before(recommendation.considered, recommendation.sent):
            findings.append(_considered_before_it_was_sent(recommendation))
    if known:
        findings += _unknown(links, rows, [found.code for found in known.values()], typed)
    else:
        known = {key: Recommendation(code, "", "") for key, code in typed.items()}
        findings += [_without_text(recommendation) for recommendation in known.values()]
    return Register(
        tuple(known.values()),
        {key: tuple(group) for key, group in links.items()},
        {key: tuple(group) for key, group in rows.items()},
        tuple(findings),
    )


def _repeated(recommendation: Recommendation) -> Finding:
    return found_in(
        recommendation.standing,
        _REGISTER,
        "recommendation-code-repeated",
        "another recommendation above has this code; only that one is read. Give this one a code "
        "of its own.",
        reference=recommendation.code,
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
    links: Mapping[str, Iterable[RecommendationLink]],
    rows: Mapping[str, Iterable[Action]],
    codes: list[str],
    typed: Mapping[str, str],
) -> list[Finding]:
    known = set(map(compact, codes))
    findings = []
    for key in typed:
        if key in known:
            continue
        near = closest(typed[key], codes)
        question = f' Did you mean "{near}"?' if near else ""
        message = (
            f'no recommendation has the code "{typed[key]}", so this is left out.{question} '
            "Correct it, or add the recommendation to its sheet."
        )
        findings += [
            found_in(
                link.standing, _MAP, "recommendation-code-unknown", message, reference=link.target
            )
            for link in links.get(key, ())
        ]
        findings += [
            found_at(action, _COLUMN, "recommendation-code-unknown", message)
            for action in rows.get(key, ())
        ]
    return findings
