"""Which month a roll opens, and every reason why it may not."""

from __future__ import annotations

from sheetplan.errors import (
    DuplicateHeadingError,
    LayoutError,
    MonthEmptyError,
    MonthExistsError,
    MonthGapError,
)
from sheetplan.model.month import Month
from sheetplan.model.wording import listed
from sheetplan.ooxml.ranges import column_letters
from sheetplan.sheets.heading_block import MonthBlock
from sheetplan.sheets.month_columns import MonthColumns
from sheetplan.sheets.reading import SheetReading, WorkbookReading

_ROLLED_IN_PART = (
    "The tracker was probably rolled in part. Put the backup from before that back with "
    "sheetplan undo, or delete the new columns on the sheets that have them."
)


def choose_month(
    reading: WorkbookReading, month: Month | None, *, allow_gap: bool, file: str
) -> Month:
    """The month to open: the one that was asked for, or the one after the tracker's last.

    Raises:
        DuplicateHeadingError: a month, or a field of one, stands on two columns.
        LayoutError: the months do not run from left to right.
        MonthExistsError: a sheet has the month already.
        MonthGapError: the month does not follow a sheet's last one.
    """
    for item in reading.trackers:
        _refuse_disorder(item, file)
    if month is None:
        _refuse_half_rolled(reading, file)
    chosen = month or reading.latest_month.next
    _refuse_month_that_is_there(reading, chosen, file)
    refuse_gap(reading, chosen, named=month is not None, allow_gap=allow_gap, file=file)
    return chosen


def _refuse_disorder(item: SheetReading, file: str) -> None:
    layout = item.layout
    if layout.repeated:
        raise DuplicateHeadingError(
            f"{item.sheet.name} has {'; '.join(layout.repeated)}.",
            where=file,
            remedy="One of the headings names the wrong month, or the columns were pasted "
            "twice. Correct the heading in Excel and run this again.",
        )
    latest, rightmost = layout.latest, layout.rightmost
    if rightmost.month != latest.month:
        raise LayoutError(
            f"on {item.sheet.name} {latest.month} ({_columns(latest)}) is the latest month, but "
            f"{rightmost.month} ({_columns(rightmost)}) stands to the right of it.",
            where=file,
            remedy="sheetplan adds months at the right. Put the months in order, oldest at "
            "the left, or correct the heading that names the wrong month.",
        )


def _columns(block: MonthBlock) -> str:
    return f"columns {column_letters(block.first)} to {column_letters(block.last)}"


def _refuse_half_rolled(reading: WorkbookReading, file: str) -> None:
    """Which month comes next is not plain when the sheets end with different ones."""
    latest = reading.latest_month
    ahead = [i.sheet.name for i in reading.trackers if i.layout.latest.month == latest]
    behind = [i for i in reading.trackers if i.layout.latest.month != latest]
    if behind:
        first = behind[0].layout.latest.month
        raise MonthGapError(
            f"the sheets do not end with the same month: {listed(ahead)} with {latest}, but "
            f"{listed([i.sheet.name for i in behind if i.layout.latest.month == first])} with "
            f"{first}.",
            where=file,
            remedy=_ROLLED_IN_PART,
        )


def _refuse_month_that_is_there(reading: WorkbookReading, chosen: Month, file: str) -> None:
    there = [
        item.sheet.name
        for item in reading.trackers
        if any(block.month == chosen for block in item.layout.months)
    ]
    if there:
        everywhere = len(there) == len(reading.trackers)
        sheets = "every tracker sheet" if everywhere else listed(there)
        raise MonthExistsError(
            f"{chosen} is there already on {sheets}.",
            where=file,
            remedy=f"The next month is {reading.latest_month.next}. To take back a roll that was "
            "made too early: sheetplan undo."
            if everywhere
            else _ROLLED_IN_PART,
        )


def refuse_gap(
    reading: WorkbookReading, chosen: Month, *, named: bool, allow_gap: bool, file: str
) -> None:
    """Raise MonthGapError when a month does not follow a sheet's last one."""
    for item in reading.trackers:
        last = item.layout.latest.month
        gap = chosen.months_since(last)
        if gap < 1:
            raise MonthGapError(
                f"{chosen} is before {last}, the last month of {item.sheet.name}.",
                where=file,
                remedy=f"The next month is {last.next}.",
            )
        if gap > 1 and not (named and allow_gap):
            raise MonthGapError(
                f"{item.sheet.name} ends with {last}, so {chosen} would leave out "
                f"{last.next}{'' if gap == 2 else f' to {chosen.previous}'}.",
                where=file,
                remedy=f"Roll {last.next} first. If "
                f"{'that month was' if gap == 2 else 'those months were'} never collected, name "
                f"the month and say so: --month {chosen.iso} --allow-gap.",
            )


def refuse_unfilled_month(sheets: list[MonthColumns], file: str) -> None:
    """Raise MonthEmptyError when nobody has written anything for the last month yet."""
    actions = sum(sheet.actions for sheet in sheets)
    if actions and not any(sheet.filled for sheet in sheets):
        last, new = sheets[0].old_month, sheets[0].new_month
        which = "its only action" if actions == 1 else f"any of its {actions:,} actions"
        raise MonthEmptyError(
            f"{last} has no status and no update on {which}, beyond those that were carried "
            "forward, so the tracker was probably rolled already.",
            where=file,
            remedy=f"Fill in {last} first; or, to open {new} all the same, add --force.",
        )
