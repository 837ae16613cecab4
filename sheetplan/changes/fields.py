"""The fields of an action that say something else: texts, and dates by what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.changes.content import Change, DateChange, FieldChange
from sheetplan.changes.sameness import is_same_date, is_same_text
from sheetplan.model.action import DATE_FIELDS, Action
from sheetplan.model.month import Month
from sheetplan.model.owner_return import without_controls
from sheetplan.model.plan_date import PlanDate
from sheetplan.settings.loading import FIELD_NAMES

_TOLD_ELSEWHERE = ("reference", "theme", *DATE_FIELDS)
_TEXTS = tuple(name for name in FIELD_NAMES if name not in _TOLD_ELSEWHERE)
_REVISED = "revised_date"


def field_changes(of: Change, before: Action, after: Action) -> Iterator[FieldChange]:
    """The texts that say something else, where both trackers have the column."""
    if before.fields == after.fields:
        return
    for name in _TEXTS:
        if _has(before, name) and _has(after, name):
            then, now = _text(before, name), _text(after, name)
            if not is_same_text(then, now):
                yield FieldChange(**_at(of, after, name), month=None, before=then, after=now)


def update_changes(
    of: Change, before: Action, after: Action, months: tuple[Month | None, Month | None]
) -> Iterator[FieldChange]:
    """The update of the month that both trackers end with, where it says something else."""
    month = months[0]
    if month is None or month != months[1]:
        return
    then, now = before.update(month), after.update(month)
    if not is_same_text(then, now):
        yield FieldChange(
            **_at(of, after, "update", month), month=month,
            before=without_controls(then), after=without_controls(now),
        )  # fmt: skip


def date_changes(of: Change, before: Action, after: Action) -> Iterator[DateChange]:
    """The dates that mean something else.

    A start or due date is compared where both trackers have its column. A revised date tells that
    the date moved even where the older tracker has no such column yet.
    """
    for name in DATE_FIELDS:
        if name != _REVISED and not (_has(before, name) and _has(after, name)):
            continue
        then, now = before.dates.get(name), after.dates.get(name)
        if is_same_date(then, now):
            continue
        moved = _months_between(then, now)
        if name == _REVISED and moved is None:
            moved = _months_between(before.due, after.due)
        yield DateChange(
            **_at(of, after, name),
            before=then.text if then else "",
            after=now.text if now else "",
            months=moved,
        )


def _at(of: Change, after: Action, name: str, month: Month | None = None) -> dict[str, str]:
    """What every change says, with the cell of the field."""
    return {**vars(of), "cell": after.cell(name, month) or of.cell, "field": name}


def _has(action: Action, name: str) -> bool:
    """Whether the sheet of an action has a column for a field."""
    return action.columns is None or name in action.columns.fields


def _text(action: Action, name: str) -> str:
    """What a field says, with its line breaks."""
    value = action.fields.get(name, "")
    return without_controls(value).strip() if isinstance(value, str) else action.words(name)


def _months_between(before: PlanDate | None, after: PlanDate | None) -> int | None:
    if before is None or after is None or before.last is None or after.last is None:
        return None
    return Month.of(after.last).months_since(Month.of(before.last))
