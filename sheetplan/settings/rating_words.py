"""Ratings as they are printed: their words, and what the council's legend says that they mean."""

from __future__ import annotations

from sheetplan.model.status import Rag, StatusMeaning
from sheetplan.settings.reports import ReportSettings

_COLOURED = {Rag.GREEN: "green", Rag.AMBER: "amber", Rag.RED: "red"}


def rating_words(meaning: StatusMeaning, rag: Rag, reports: ReportSettings) -> str:
    """A rating as it is printed: "Amber – medium progress"; without a colour "On hold"."""
    said = meaning_words(meaning, reports)
    if rag in _COLOURED:
        return reports.say("rating", colour=reports.say(_COLOURED[rag]), meaning=said)
    return said[:1].upper() + said[1:]


def meaning_words(meaning: StatusMeaning, reports: ReportSettings) -> str:
    """The council's words for a meaning, as they stand within a sentence: "on track"."""
    return reports.say(_name(meaning))


def definition(meaning: StatusMeaning, reports: ReportSettings) -> str:
    """What the legend says of a meaning, with the council's own limits."""
    return reports.say(
        f"key_{_name(meaning)}",
        medium=months_words(reports.medium_slippage, reports),
        significant=months_words(reports.significant_slippage, reports),
    )


def months_words(months: int, reports: ReportSettings) -> str:
    """A number of months in words: "1 month", "3 months", "less than 1 month"."""
    if months == 0:
        return reports.say("under_a_month")
    return reports.say("one_month") if months == 1 else reports.say("months", count=months)


def _name(meaning: StatusMeaning) -> str:
    return meaning.words.replace(" ", "_")
