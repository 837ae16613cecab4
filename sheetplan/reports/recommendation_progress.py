"""How recommendations are answered: the actions that answer each, their ratings, and a verdict.

A recommendation is only as well answered as by the worst of its actions. Its verdict is the first
of these that fits:

1. At risk: an action that answers it is an exception by the profile.
2. Cites a reference that is not there: no row bears a reference of its answer.
3. Where actions answer it, not rated: one of them has no rating that says how it stands.
4. On track: one of them is under way, or not yet due.
5. Delivered: all of them are complete or closed; those that need no rating are passed over.
6. Where none does, no trace: there is no answer, or it says that it is in the plan and names no
   action.
7. Answered outside the plan: there is an answer, and it does not say that.

An answer that points to another recommendation has the actions of that one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetplan.model.action import Tracker
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.model.support import Recommendation, SupportRecords
from sheetplan.model.wording import compact, words_of
from sheetplan.reports.content import Rating
from sheetplan.reports.months import months_up_to
from sheetplan.reports.progress_content import (
    AnsweringAction,
    Coverage,
    RecommendationLine,
    RecommendationProgress,
    UnknownCitation,
    Verdict,
)
from sheetplan.reports.ratings import DONE, Ratings
from sheetplan.reports.recommendation_answers import RecommendationAnswers
from sheetplan.settings import Settings

_SAYS_NOTHING = ("", "na", "none", "nil", "no", "tbc", "tba", "tbd", "tobeconfirmed", "tofollow")


def recommendation_progress(
    tracker: Tracker,
    records: SupportRecords,
    registers: Sequence[Recommendation],
    month: Month,
    settings: Settings,
    findings: Iterable[Finding] = (),
) -> RecommendationProgress:
    """Report how recommendations are answered.

    Args:
        tracker: The actions.
        records: The support sheets, whose recommendations and map count too.
        registers: The recommendations of registers.
        month: The reporting month.
        settings: The council's settings.
        findings: What was wrong in the registers when they were read.

    Raises:
        MonthMissingError: the tracker does not have the month.
        MonthEmptyError: nobody has filled the month in.
    """
    months_up_to(tracker, month, settings)
    answers = RecommendationAnswers(tracker, records, registers, settings)
    lines = _Lines(answers, month, settings)
    said = tuple(map(lines.line, answers.recommendations))
    sources = dict.fromkeys(line.source for line in said)
    return RecommendationProgress(
        month,
        said,
        tuple(_coverage(source, [o for o in said if o.source == source]) for source in sources),
        _coverage(settings.reports.say("all_reviews"), said),
        (*findings, *answers.findings),
    )


def _coverage(source: str, lines: Iterable[RecommendationLine]) -> Coverage:
    codes: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    apart: list[str] = []
    for line in lines:
        (codes[line.verdict] if line.is_monitored else apart).append(line.code)
    return Coverage(source, {v: tuple(found) for v, found in codes.items()}, tuple(apart))


class _Lines:
    """Says how each recommendation stands in a month."""

    def __init__(self, answers: RecommendationAnswers, month: Month, settings: Settings) -> None:
        self._answers = answers
        self._month = month
        self._settings = settings
        self._ratings = Ratings(settings)

    def line(self, recommendation: Recommendation) -> RecommendationLine:
        """How one recommendation stands."""
        reports = self._settings.reports
        own, *others = self._answers.shared_with(recommendation)
        actions = self._rated((own, *others))
        unknown = [
            UnknownCitation(str(reference), str(self._answers.known.nearest(reference) or ""))
            for each in (own, *others)
            for reference in self._answers.unknown(each)
        ]
        unknown = list(dict.fromkeys(unknown))
        verdict = self._verdict(recommendation, [a.rating for a in actions], unknown)
        return RecommendationLine(
            code=recommendation.code,
            source=recommendation.source.strip() or reports.say("not_recorded"),
            question=recommendation.question,
            strand=recommendation.strand,
            text=recommendation.text.strip() or reports.say("no_text"),
            is_monitored=recommendation.is_monitored,
            verdict=verdict,
            verdict_words=reports.say(verdict.phrase),
            cited=self._answers.cited(recommendation),
            through=tuple(other.code for other in others),
            actions=tuple(actions),
            unknown=tuple(unknown),
            ratings=self._by_rating(actions),
            wrong=self._wrong(recommendation, verdict, unknown),
        )

    def _rated(self, recommendations: Iterable[Recommendation]) -> list[AnsweringAction]:
        """The actions that answer one of them, each once, the worst rated first."""
        found = {
            id(action): action
            for recommendation in recommendations
            for action in self._answers.actions(recommendation)
        }
        rated = [
            AnsweringAction(a.reference_text, a.title, self._ratings.rate(a, self._month))
            for a in found.values()
        ]
        return sorted(rated, key=lambda action: self._rank(action.rating))

    # ---------------------------------------------------------------- verdicts

    def _verdict(
        self,
        recommendation: Recommendation,
        ratings: Sequence[Rating],
        unknown: Sequence[UnknownCitation],
    ) -> Verdict:
        reports = self._settings.reports
        if any(rating.meaning in reports.exceptions for rating in ratings):
            return Verdict.AT_RISK
        if unknown:
            return Verdict.UNKNOWN_REFERENCE
        if not ratings:
            is_traced = self._has_answer(recommendation) and not self._says_in_plan(recommendation)
            return Verdict.OUTSIDE_THE_PLAN if is_traced else Verdict.NO_TRACE
        ranks = {self._rank(rating) for rating in ratings}
        if _UNRATED in ranks or not ranks & {_GOING_WELL, _DONE}:
            return Verdict.NOT_RATED
        return Verdict.ON_TRACK if _GOING_WELL in ranks else Verdict.DELIVERED

    def _rank(self, rating: Rating) -> int:
        """How grave a rating is, the gravest first."""
        reports, meaning = self._settings.reports, rating.meaning
        if meaning in reports.exceptions:
            return reports.exceptions.index(meaning) - len(reports.exceptions)
        if meaning in DONE:
            return _DONE
        if meaning in reports.not_applicable or meaning is StatusMeaning.ASSURANCE_ACTION:
            return _NOT_NEEDED
        goes_well = meaning in (*reports.on_track_or_complete, *reports.not_yet_due)
        return _GOING_WELL if goes_well else _UNRATED

    def _has_answer(self, recommendation: Recommendation) -> bool:
        answer = recommendation.answer
        said = (answer.response, answer.incorporation, answer.change_control)
        return any(compact(text) not in _SAYS_NOTHING for text in said)

    def _says_in_plan(self, recommendation: Recommendation) -> bool:
        """Whether an answer says that it is in the plan, or will be."""
        answer, words = recommendation.answer, self._settings.recommendations
        where = f" {' '.join(words_of(answer.incorporation))} "
        if any(where.startswith(f" {_spelt(phrase)} ") for phrase in words.outside_the_plan):
            return False
        said = f"{where} {' '.join(words_of(answer.change_control))} "
        return any(f" {_spelt(phrase)} " in said for phrase in words.in_the_plan)

    # ---------------------------------------------------------------- words

    def _by_rating(self, actions: Iterable[AnsweringAction]) -> tuple[str, ...]:
        """The references of the actions by rating, a line for each rating."""
        found: dict[str, list[str]] = {}
        for action in actions:
            found.setdefault(action.rating.words, []).append(action.reference)
        say = self._settings.reports.say
        return tuple(
            say("rated_alike", rating=words, references=", ".join(references))
            for words, references in found.items()
        )

    def _wrong(
        self,
        recommendation: Recommendation,
        verdict: Verdict,
        unknown: Iterable[UnknownCitation],
    ) -> str:
        say = self._settings.reports.say
        said = [
            say("unknown_reference_near", reference=item.reference, nearest=item.nearest)
            if item.nearest
            else say("unknown_reference", reference=item.reference)
            for item in unknown
        ]
        if verdict is Verdict.NO_TRACE:
            has_answer = self._has_answer(recommendation)
            said.append(say("no_action_named" if has_answer else "no_answer"))
        return " ".join(said)


_UNRATED, _GOING_WELL, _DONE, _NOT_NEEDED = range(4)
"""Ranks of ratings that are no exceptions; exceptions are below 0."""


def _spelt(phrase: str) -> str:
    return " ".join(words_of(phrase))
