"""What reports need and a tracker's rows do not hold: the records of its support sheets.

Each record knows where it stands, so that a finding can name the cell that a person can mend.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.wording import compact

_BETWEEN_CODES = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)
_NO_CODES = ("", "na", "none", "nil", "no", "tbc")


def codes_in(text: str) -> tuple[str, ...]:
    """The codes of recommendations in a cell, each once, as typed.

    >>> codes_in("S1, S3 & s1")
    ('S1', 'S3')
    """
    found: dict[str, str] = {}
    if compact(text) in _NO_CODES:
        return ()
    for piece in _BETWEEN_CODES.split(text):
        code = " ".join(piece.split()).strip(" .")
        if compact(code) not in _NO_CODES:
            found.setdefault(compact(code), code)
    return tuple(found.values())


@dataclass(frozen=True)
class Standing:
    """Where a record stands: a row of a sheet, and the letters of the columns of its fields."""

    sheet: str
    row: int
    columns: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """The cell of a field; the whole row where the sheet has no column for it."""
        column = self.columns.get(name)
        return f"{column}{self.row}" if column else f"{self.row}:{self.row}"


@dataclass(frozen=True)
class Answer:
    """What a council answers to a recommendation, in the words of its register.

    `response` says what it does about it, `incorporation` where that stands in the plan, and
    `change_control` what was changed in the plan for it.
    """

    response: str = ""
    incorporation: str = ""
    change_control: str = ""


@dataclass(frozen=True)
class Recommendation:
    """A recommendation that the plan answers: a statutory one of the auditor, or one of a review.

    `source` is as typed: statutory, external audit, LGA, directions, internal, or the reviewer. A
    written recommendation under Schedule 7 to the Local Audit and Accountability Act 2014 is to be
    considered at a meeting of the council within one month of the day on which it was sent.

    What answers it says a register in its own `answer`, and else the recommendation map. In a
    register it also has the `question` of the review that it belongs to (the key line of enquiry),
    the `strand` of work, a `note` that somebody left beside it, and whether the plan is meant to
    monitor it.
    """

    code: str
    source: str
    text: str
    sent: PlanDate | None = None
    considered: PlanDate | None = None
    accepted: str = ""
    auditor_view: str = ""
    auditor_view_date: PlanDate | None = None
    standing: Standing | None = None
    answer: Answer = Answer()
    question: str = ""
    strand: str = ""
    note: str = ""
    is_monitored: bool = True


@dataclass(frozen=True)
class RecommendationLink:
    """One row of the recommendation map: a recommendation, and what answers it.

    `target` is as typed: a reference, a workstream or a theme. A link may also come from a
    "Statutory recommendation" column of the tracker; then it is a reference.
    """

    code: str
    target: str
    heading: str = ""
    standing: Standing | None = None


@dataclass(frozen=True)
class Milestone:
    """A milestone of a main action. `completed` is None while it is open."""

    id: str
    reference: str
    wording: str
    due: PlanDate | None = None
    revised: PlanDate | None = None
    status: str = ""
    completed: Month | None = None
    codes: tuple[str, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True)
class Narrative:
    """What is written about a Focus 1 block for one month.

    `block` is the reference of its main action as typed. `theme` is the title or the sheet of the
    theme to print it under, empty for its own. `carried` is true while the words are those of an
    earlier month.
    """

    month: Month
    block: str
    title: str = ""
    theme: str = ""
    order: float | None = None
    summary: str = ""
    next_steps: str = ""
    carried: bool = False
    standing: Standing | None = None


@dataclass(frozen=True)
class Achievement:
    """An achievement of a month, as officers worded it. `theme` is a title or a sheet.

    `is_printed` is false for one that was proposed and not picked.
    """

    month: Month
    theme: str
    reference: str
    wording: str
    standing: Standing | None = None
    is_printed: bool = True


@dataclass(frozen=True)
class SupportRecords:
    """All that a workbook's support sheets hold, and what is wrong in them.

    `sheets` names the support sheets that are there, by the kind of their records:
    "recommendations", "recommendation_map", "milestones", "narrative", "achievements".
    """

    recommendations: tuple[Recommendation, ...] = ()
    links: tuple[RecommendationLink, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    findings: tuple[Finding, ...] = ()
    sheets: dict[str, str] = field(default_factory=dict)
