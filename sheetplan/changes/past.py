"""What somebody altered in a past month afterwards, which the plan itself does not tell."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.changes.content import Change, PastChange
from sheetplan.changes.sameness import is_same_rating, is_same_text
from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.owner_return import without_controls
from sheetplan.reports.ratings import Ratings


def past_changes(
    of: Change,
    before: Action,
    after: Action,
    months: tuple[Month | None, Month | None],
    ratings: tuple[Ratings, Ratings],
) -> Iterator[PastChange]:
    """The past months of which the newer tracker says something else than the older.

    The month that one tracker ends with and the other is past may still have been open when the
    first was saved: what was blank then and is filled in now is no change of the past.

    Args:
        of: What every change says of the action.
        before: The action in the older tracker.
        after: The action in the newer one.
        months: The newest month that each tracker has filled in.
        ratings: Rate the actions of each.
    """
    if months[0] is None or months[1] is None:
        return
    last = min(months[0], months[1])
    for month in before.entries:
        if month > last or month not in after.entries or month == months[0] == months[1]:
            continue
        for field, then, now in (
            ("status", before.status(month), after.status(month)),
            ("update", before.update(month), after.update(month)),
        ):
            if then == now or (month == last and not (then and now)):
                continue
            if field == "status":
                is_same = is_same_rating(ratings[0].of(then), ratings[1].of(now))
            else:
                is_same = is_same_text(then, now)
            if not is_same:
                cell = after.cell(field, month) or of.cell
                yield PastChange(
                    **{**vars(of), "cell": cell}, month=month, field=field,
                    before=without_controls(then), after=without_controls(now),
                )  # fmt: skip
