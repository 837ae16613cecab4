"""The content of the report on how the recommendations of registers are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.reports.content import Rating


class Verdict(Enum):
    """How a recommendation stands. The first that fits is its verdict, in the order of `_judged`:
    a recommendation is only as well answered as by the worst of its actions."""

    DELIVERED = "delivered"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    NOT_RATED = "not rated"
    OUTSIDE_THE_PLAN = "outside the plan"
    NO_TRACE = "no trace"
    UNKNOWN_REFERENCE = "unknown reference"

    @property
    def key(self) -> str:
        """Its name among the values of a template: "on_track"."""
        return self.value.replace(" ", "_")

    @property
    def phrase(self) -> str:
        """The name of the phrase that says it."""
        return f"verdict_{self.key}"


@dataclass(frozen=True)
class AnsweringAction:
    """An action that answers a recommendation, and its rating in the reporting month."""

    reference: str
    action: str
    rating: Rating


@dataclass(frozen=True)
class UnknownCitation:
    """What an answer cites as an action, and no row bears; the nearest is empty where none is."""

    reference: str
    nearest: str


@dataclass(frozen=True)
class RecommendationLine:
    """How one recommendation stands.

    Attributes:
        code: Its code, or its row where it has none.
        source: Who made it.
        question: The question of the review that it belongs to.
        strand: The strand of work.
        text: What is recommended.
        is_monitored: Whether the plan is meant to monitor it.
        verdict: How it stands.
        verdict_words: The same, fit to be printed.
        cited: What its answer cites, as typed, each once.
        through: The codes of the recommendations whose answers it shares.
        actions: The actions that answer it, the worst rated first.
        unknown: What its answer cites and no row bears.
        ratings: The actions' references by rating, a line each, fit to be printed.
        wrong: What is wrong, in sentences; empty where nothing is.
    """

    code: str
    source: str
    question: str
    strand: str
    text: str
    is_monitored: bool
    verdict: Verdict
    verdict_words: str
    cited: tuple[str, ...]
    through: tuple[str, ...]
    actions: tuple[AnsweringAction, ...]
    unknown: tuple[UnknownCitation, ...]
    ratings: tuple[str, ...]
    wrong: str


@dataclass(frozen=True)
class Coverage:
    """How the recommendations of one reviewer stand, or those of all.

    `codes` has an entry for every verdict; those that are not monitored are in none of them.
    """

    source: str
    codes: Mapping[Verdict, tuple[str, ...]]
    not_monitored: tuple[str, ...]

    @property
    def monitored(self) -> int:
        """How many the plan is meant to monitor."""
        return sum(map(len, self.codes.values()))


@dataclass(frozen=True)
class RecommendationProgress:
    """How recommendations are answered in a month.

    `coverage` has a row for each reviewer in the order of the register; `total` is for all.
    """

    month: Month
    lines: tuple[RecommendationLine, ...]
    coverage: tuple[Coverage, ...]
    total: Coverage
    findings: tuple[Finding, ...]
