"""The words of an improvement plan as values: months, references, statuses, actions, findings.

Nothing here knows of Excel, and nothing here needs more than Python's standard library.
"""

from sheetplan.model.action import Action, FieldValue, MonthEntry, Theme, Tracker
from sheetplan.model.colour import LOWEST_CONTRAST, Colours
from sheetplan.model.date_words import DateWords, Precision
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.focus import Focus
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import (
    MonthMention,
    find_months,
    replace_month,
    without_months,
)
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.reference import Reference
from sheetplan.model.status import Rag, StatusEntry, StatusMeaning, Vocabulary
from sheetplan.model.wording import closest, compact, words_of

__all__ = [
    "LOWEST_CONTRAST",
    "Action",
    "Colours",
    "DateWords",
    "FieldValue",
    "Finding",
    "Focus",
    "Month",
    "MonthEntry",
    "MonthMention",
    "PlanDate",
    "Precision",
    "Rag",
    "Reference",
    "Severity",
    "StatusEntry",
    "StatusMeaning",
    "Theme",
    "Tracker",
    "Vocabulary",
    "closest",
    "compact",
    "find_months",
    "replace_month",
    "without_months",
    "words_of",
]
