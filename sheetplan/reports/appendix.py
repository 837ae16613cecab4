"""The appendix: progress on each recommendation, in the words of the actions that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetplan.model.action import Action, Tracker
from sheetplan.model.date_history import DateRecords
from sheetplan.model.month import Month
from sheetplan.model.support import Milestone, Recommendation, SupportRecords
from sheetplan.model.wording import compact
from sheetplan.reports.content import (
    AppendixBlock,
    AppendixGroup,
    AppendixItem,
    AppendixTheme,
    RecommendationsAppendix,
)
from sheetplan.reports.due_dates import action_due_words
from sheetplan.reports.milestones import open_first
from sheetplan.reports.months import months_up_to
from sheetplan.reports.outline import Outline, outline
from sheetplan.reports.places import with_those_of
from sheetplan.reports.ratings import Ratings
from sheetplan.reports.recommendation_dates import dates_in_words
from sheetplan.reports.recommendation_map import Mapped, RecommendationMap
from sheetplan.reports.recommendation_register import register
from sheetplan.reports.themes import Themes
from sheetplan.reports.updates import Updates
from sheetplan.settings import Settings

_KINDS = ("recommendations", "recommendation_map", "milestones")


def appendix(
    tracker: Tracker,
    records: SupportRecords,
    month: Month,
    settings: Settings,
    plan: Outline | None = None,
    dates: DateRecords | None = None,
) -> RecommendationsAppendix:
    """Report a month's progress on each recommendation.

    Args:
        tracker: The actions.
        records: The support sheets.
        month: The reporting month.
        settings: The council's settings.
        plan: The tracker's outline, where that is known.
        dates: What is known of moved dates, and of requests to move them.

    Raises:
        MonthMissingError: the tracker does not have the month.
        MonthEmptyError: nobody has filled the month in.
    """
    months = months_up_to(tracker, month, settings)
    known = register(tracker, records)
    themes = Themes(tracker)
    mapped = RecommendationMap(tracker, known, plan or outline(tracker, settings), themes)
    items = _Items(months, themes, settings, dates or DateRecords())
    blocks = tuple(
        _block(recommendation, mapped.answering(recommendation), records, items, settings)
        for recommendation in known.recommendations
    )
    findings = with_those_of(records, _KINDS, (*known.findings, *mapped.findings))
    return RecommendationsAppendix(month, blocks, findings)


def _block(
    recommendation: Recommendation,
    mapped: Sequence[Mapped],
    records: SupportRecords,
    items: _Items,
    settings: Settings,
) -> AppendixBlock:
    reports = settings.reports
    view, dated = recommendation.auditor_view.strip(), recommendation.auditor_view_date
    if view and dated is not None and dated.text:
        view = reports.say("view_dated", view=view, date=dated.text)
    open_, completed = open_first(
        _milestones_for(recommendation, records.milestones), items.month, settings
    )
    return AppendixBlock(
        code=recommendation.code,
        source=recommendation.source.strip() or reports.say("not_recorded"),
        text=recommendation.text.strip() or reports.say("no_text"),
        dates=dates_in_words(recommendation, items.month, settings),
        accepted=recommendation.accepted.strip() or reports.say("not_recorded"),
        auditor_view=view or reports.say("not_recorded"),
        themes=items.by_theme(mapped),
        open_milestones=open_,
        completed_milestones=completed,
    )


def _milestones_for(
    recommendation: Recommendation, milestones: Iterable[Milestone]
) -> list[Milestone]:
    code = compact(recommendation.code)
    return [one for one in milestones if code in map(compact, one.codes)]


class _Items:
    """Makes the items of one appendix, which is of one month."""

    def __init__(
        self,
        months: Sequence[Month],
        themes: Themes,
        settings: Settings,
        dates: DateRecords,
    ) -> None:
        self.month = months[-1]
        self._newest_first = tuple(reversed(months))
        self._themes = themes
        self._settings = settings
        self._dates = dates
        self._ratings = Ratings(settings)
        self._updates = Updates(settings)

    def by_theme(self, mapped: Iterable[Mapped]) -> tuple[AppendixTheme, ...]:
        """All themes in the tracker's order, and in each the actions under their headings."""
        placed: list[dict[str, tuple[str, list[AppendixItem]]]] = [{} for _ in self._themes.titles]
        for action, heading in mapped:
            heading = (
                heading or action.words("workstream") or self._settings.reports.say("no_workstream")
            )
            groups = placed[self._themes.of_action(action)]
            groups.setdefault(compact(heading), (heading, []))[1].append(self._item(action))
        return tuple(
            AppendixTheme(
                title,
                tuple(AppendixGroup(heading, tuple(items)) for heading, items in groups.values()),
            )
            for title, groups in zip(self._themes.titles, placed, strict=True)
        )

    def _item(self, action: Action) -> AppendixItem:
        update, month = self._latest(action)
        return AppendixItem(
            reference=action.reference_text,
            action=action.title,
            update=update,
            dated=month if month != self.month else None,
            rating=self._ratings.rate(action, self.month),
            due=action.due,
            due_words=self._due_words(action),
        )

    def _due_words(self, action: Action) -> str:
        """The due date, and that it is to be amended where change control has yet to decide."""
        reports, reference = self._settings.reports, action.reference
        history = None if reference is None else self._dates.histories.get(reference)
        words = action_due_words(action, history, self._settings)
        if reference not in self._dates.awaiting:
            return words
        return reports.say("due_awaiting", due=words, change_control=reports.say("change_control"))

    def _latest(self, action: Action) -> tuple[str, Month]:
        """The latest update that says something, and its month."""
        for month in self._newest_first:
            if text := self._updates.read(action, month):
                return text, month
        return self._settings.reports.say("no_update_given"), self.month
