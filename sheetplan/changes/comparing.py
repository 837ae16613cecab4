"""Comparing two trackers: what changed from the older to the newer."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.changes.content import (
    Change,
    ComparedFile,
    ListedAction,
    PlanChanges,
    PlanFile,
    Renumbering,
    StatusMove,
    ThemeMove,
)
from sheetplan.changes.fields import date_changes, field_changes, update_changes
from sheetplan.changes.matching import Matched, match, repeated_references, theme_pairs
from sheetplan.changes.past import past_changes
from sheetplan.changes.sameness import is_same_rating
from sheetplan.changes.structure import structure_changes
from sheetplan.errors import NothingInCommonError
from sheetplan.model.action import Action
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.wording import compact, listed
from sheetplan.reports.months import newest_filled
from sheetplan.reports.numbers import movement_between
from sheetplan.reports.ratings import Ratings


def compare(older: PlanFile, newer: PlanFile) -> PlanChanges:
    """Compare two trackers by the references of their actions.

    Statuses are those of the newest month that each has filled in.

    Raises:
        NothingInCommonError: no action of one is in the other.
    """
    matched = match(older.tracker, newer.tracker)
    if not matched.pairs:
        raise _nothing_in_common(older, newer)
    return _Comparison(older, newer, matched).changes()


class _Comparison:
    def __init__(self, older: PlanFile, newer: PlanFile, matched: Matched) -> None:
        self._files, self._matched = (older, newer), matched
        self.older, self.newer = _compared(older), _compared(newer)
        self._ratings = Ratings(older.settings), Ratings(newer.settings)
        self._titles = [
            {theme.sheet: theme.title for theme in file.tracker.themes} for file in self._files
        ]
        self._theme_pairs = theme_pairs(older.tracker, newer.tracker, matched)

    def changes(self) -> PlanChanges:
        older, newer = self._files
        pairs = [(self._of(after), before, after) for before, after in self._matched.pairs]
        months = self.older.month, self.newer.month
        return PlanChanges(
            self.older,
            self.newer,
            added=tuple(self._listed(a, is_newer=True) for a in self._matched.added),
            removed=tuple(self._listed(a, is_newer=False) for a in self._matched.removed),
            renumbered=tuple(
                Renumbering(**vars(self._of(after)), before=before.reference_text)
                for before, after in self._matched.renumbered
            ),
            moved=tuple(self._theme_moves()),
            fields=tuple(
                change
                for of, before, after in pairs
                for change in (
                    *field_changes(of, before, after),
                    *update_changes(of, before, after, months),
                )
            ),
            dates=tuple(
                change for of, before, after in pairs for change in date_changes(of, before, after)
            ),
            statuses=tuple(self._status_moves()),
            past=tuple(
                change
                for of, before, after in pairs
                for change in past_changes(of, before, after, months, self._ratings)
            ),
            structure=tuple(structure_changes(older, newer, self._theme_pairs)),
            findings=tuple(self._findings()),
        )

    def _of(self, action: Action, *, is_newer: bool = True) -> Change:
        return Change(
            action.reference_text,
            action.words("theme") or self._titles[is_newer].get(action.sheet, action.sheet),
            action.title,
            action.sheet,
            action.cell("reference"),
        )

    def _listed(self, action: Action, *, is_newer: bool) -> ListedAction:
        month = (self.newer if is_newer else self.older).month
        ratings = self._ratings[is_newer]
        return ListedAction(
            **vars(self._of(action, is_newer=is_newer)),
            due=action.due.text if action.due else "",
            lead=action.words("director_lead"),
            rating=(ratings.rate(action, month) if month else ratings.no_status).words,
        )

    def _theme_moves(self) -> Iterator[ThemeMove]:
        for before, after in self._matched.pairs:
            if self._is_moved(before, after):
                now, then = self._of(after), self._of(before, is_newer=False)
                yield ThemeMove(**vars(now), before=then.theme, after=now.theme)

    def _is_moved(self, before: Action, after: Action) -> bool:
        """Whether an action went to another theme: its row to another one's sheet, or the words of
        its theme changed.

        Where neither sheet has a twin in the other tracker, the sheets were cut otherwise.
        """
        themes = before.words("theme"), after.words("theme")
        if all(themes):
            return compact(themes[0]) != compact(themes[1])
        twin = self._theme_pairs.get(before.sheet)
        has_twin = twin is not None or after.sheet in self._theme_pairs.values()
        return has_twin and twin != after.sheet

    def _status_moves(self) -> Iterator[StatusMove]:
        then, now = self.older.month, self.newer.month
        if then is None or now is None:
            return
        for before, after in self._matched.pairs:
            old, new = self._ratings[0].rate(before, then), self._ratings[1].rate(after, now)
            is_still_to_come = now != then and new.is_blank and not after.update(now)
            if not is_still_to_come and not is_same_rating(old, new):
                yield StatusMove(
                    **vars(self._of(after)),
                    before=old.words,
                    after=new.words,
                    movement=movement_between(old.meaning, new.meaning),
                )

    def _findings(self) -> Iterator[Finding]:
        older, newer = self.older, self.newer
        if older.month is not None and newer.month is not None and older.month > newer.month:
            yield Finding(
                "older-is-newer", Severity.WARNING, "", "", "",
                f"{older.name} was named as the older, but it is filled in up to {older.month} "
                f"and {newer.name} up to {newer.month}. They are compared as they were named; name "
                "them the other way round if that was a slip.",
            )  # fmt: skip
        for file in self._files:
            yield from repeated_references(file)


def _compared(file: PlanFile) -> ComparedFile:
    months = file.tracker.months
    month = newest_filled(file.tracker, file.settings) or (months[-1] if months else None)
    return ComparedFile(file.name, month, len(months), len(file.tracker.actions))


def _nothing_in_common(older: PlanFile, newer: PlanFile) -> NothingInCommonError:
    empty = [file.name for file in (older, newer) if not file.tracker.actions]
    if empty:
        return NothingInCommonError(
            f"{listed(empty)} {'have' if len(empty) > 1 else 'has'} no action to compare.",
            remedy="Name two copies of one plan.",
        )
    return NothingInCommonError(
        f"{older.name} and {newer.name} share no reference, so there is nothing to compare them "
        "by.",
        remedy="Name two copies of one plan.",
    )
