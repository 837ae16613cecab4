"""The content of the exception summary and of the recommendations appendix.

Everything printed is words or whole numbers here; where they stand and how they look is the
templates' affair. Words that are printed as they stand come from the profile's [reports].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.status import Rag, StatusMeaning


@dataclass(frozen=True)
class Rating:
    """What an action was rated in one month.

    `meaning` is None where the cell is blank, or its words are not understood. `words` are always
    fit to be printed: "Amber – medium progress", "On hold", "No status", or the text as typed.
    """

    meaning: StatusMeaning | None
    rag: Rag
    words: str
    is_blank: bool = False


class Movement(Enum):
    """How an action's rating moved from the month before, or from the last in which it had one."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    NEW = "new"
    COMPLETED = "completed"
    NO_UPDATE = "no update"


@dataclass(frozen=True)
class MonthCounts:
    """How many actions had each rating in a month.

    `counts` has an entry for every meaning of the profile, in its order, zero where there is none;
    `blank` and `not_understood` count the rest.
    """

    month: Month
    counts: Mapping[StatusMeaning, int]
    blank: int
    not_understood: int

    @property
    def total(self) -> int:
        """All actions that were counted."""
        return sum(self.counts.values()) + self.blank + self.not_understood


@dataclass(frozen=True)
class Numbers:
    """The numbers of a theme, or of the whole plan.

    Attributes:
        months: The counts by month, oldest first; the last is the reporting month.
        movement: The references that moved in each way, as typed, in the order of the tracker;
            every movement has an entry. All are empty where there is no month before.
        on_track_or_complete: How many of those that are due go well.
        due: How many are due: all but those that are not yet due, not applicable or left out.
        sentence: "On track or complete: 61 of 74 due (82%), 12 not yet due and 39 not applicable
            left out", always with its denominator.
    """

    months: tuple[MonthCounts, ...]
    movement: Mapping[Movement, tuple[str, ...]]
    on_track_or_complete: int
    due: int
    sentence: str


@dataclass(frozen=True)
class ActionLine:
    """An action as a report shows it: an exception, an issue, or a line for attention.

    Attributes:
        history: The ratings of the last months, oldest first, without the reporting one, from the
            first month that has any.
        due: The due date that holds; None where none is given.
        due_words: The due date as typed, "Jul-23, revised Oct-23" or "originally Jul-23, now
            Mar-24, moved twice", or that there is none.
        slippage: Months from the last day that the due date can mean to the end of the reporting
            month; 0 where it has not passed, None where the date names no day, or the action has
            come to its end.
        slippage_words: "3 months; the legend calls this significant", "Not yet due", "No fixed due
            date"; empty where the action has come to its end.
        reason: Why it is an exception, or that the tracker does not say; empty for other actions.
        change_control: The change-control note, empty where there is none.
        commentary: The update of the reporting month, marked where it is copied, or that there is
            none. It is ready to be printed.
        has_update: Whether there is an update in the reporting month.
        is_copied: Whether the update is word for word that of the month before.
        update_owner: Who writes the update: the director lead where none is named.
    """

    reference: str
    theme: str
    workstream: str
    action: str
    rating: Rating
    last_rating: Rating | None
    history: tuple[tuple[Month, Rating], ...]
    due: PlanDate | None
    due_words: str
    slippage: int | None
    slippage_words: str
    lead: str
    update_owner: str
    reason: str
    change_control: str
    commentary: str
    has_update: bool
    is_copied: bool
    sheet: str
    row: int


@dataclass(frozen=True)
class FocusBlock:
    """A main action that is reported in full.

    `progress` has the updates of its actions in the reporting month (reference, words). `issues`
    are its actions rated as exceptions. `theme` is the title of where it is printed, which may not
    be its own. `summary` and `next_steps` are ready to be printed: they say so where nothing was
    written, or where the words are those of an earlier month (`is_carried`).
    """

    reference: str
    title: str
    theme: str
    summary: str
    is_carried: bool
    progress: tuple[tuple[str, str], ...]
    next_steps: str
    issues: tuple[ActionLine, ...]


@dataclass(frozen=True)
class Attention:
    """What else Leadership Team should know of a theme.

    `no_update` are the actions that lack an update or a status where one is due;
    `due_next` are the actions due within the profile's number of months after the reporting one.
    """

    no_update: tuple[ActionLine, ...]
    not_understood: tuple[ActionLine, ...]
    copied: tuple[ActionLine, ...]
    due_next: tuple[ActionLine, ...]


@dataclass(frozen=True)
class AchievementMonth:
    """The achievements of one month (reference, wording); no month is left out between two."""

    month: Month
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone in its one printed form.

    `words` is "wording – due Jul-23 – Complete July 2023"; the pieces stand beside it for tables.
    """

    id: str
    reference: str
    wording: str
    due: str
    status: str
    is_complete: bool
    words: str


@dataclass(frozen=True)
class ThemeSummary:
    """All that the summary says of one theme."""

    title: str
    sheet: str
    numbers: Numbers
    focus_blocks: tuple[FocusBlock, ...]
    exceptions: tuple[ActionLine, ...]
    attention: Attention
    achievements: tuple[AchievementMonth, ...]
    milestones: tuple[MilestoneLine, ...]


@dataclass(frozen=True)
class ExceptionSummary:
    """The exception summary of a month. `previous` is the tracker's month before, if it has one."""

    month: Month
    previous: Month | None
    numbers: Numbers
    themes: tuple[ThemeSummary, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class AppendixItem:
    """An action that answers a recommendation, with its latest update that is not empty.

    `dated` is the update's month where that is not the reporting month, else None. `update` is
    the profile's "no update" phrase where there never was one. `due_words` is the due date as
    typed, with what is known of its moves and of a request to move it, or that there is none.
    """

    reference: str
    action: str
    update: str
    dated: Month | None
    rating: Rating
    due: PlanDate | None
    due_words: str


@dataclass(frozen=True)
class AppendixGroup:
    """Items of a theme under one heading: the map's own, or the workstream."""

    heading: str
    items: tuple[AppendixItem, ...]


@dataclass(frozen=True)
class AppendixTheme:
    """What one theme does for a recommendation; no groups where it has no actions for it."""

    title: str
    groups: tuple[AppendixGroup, ...]


@dataclass(frozen=True)
class AppendixBlock:
    """Progress on one recommendation: all themes in the tracker's order.

    `dates` says in words when it was sent and considered, and whether within the month that
    Schedule 7 to the Local Audit and Accountability Act 2014 gives.
    """

    code: str
    source: str
    text: str
    dates: str
    accepted: str
    auditor_view: str
    themes: tuple[AppendixTheme, ...]
    open_milestones: tuple[MilestoneLine, ...]
    completed_milestones: tuple[MilestoneLine, ...]


@dataclass(frozen=True)
class RecommendationsAppendix:
    """The appendix of a month. `findings` say what is wrong with the map."""

    month: Month
    blocks: tuple[AppendixBlock, ...]
    findings: tuple[Finding, ...]
