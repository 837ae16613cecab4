"""What of a tracker a report cannot show as it should, for whoever can put it right.

A row that is left out, or a sheet that nobody has filled in, must not pass in silence: a report
that lacks an exception reads like one that has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetplan.cycle.report_opening import OpenedTracker
from sheetplan.model.action import Action
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.reference import Reference
from sheetplan.ooxml.ranges import cell_name
from sheetplan.reports.months import is_filled
from sheetplan.reports.places import found_at
from sheetplan.sheets.reading import SheetReading
from sheetplan.sheets.unread_rows import unread_rows


def doubts(opened: OpenedTracker) -> Iterator[Finding]:
    """Rows that are left out or share a reference, and sheets that lack what the others have."""
    seen: set[Reference] = set()
    of_sheets: dict[str, list[Action]] = {}
    for action in opened.tracker.actions:
        of_sheets.setdefault(action.sheet, []).append(action)
    for item in opened.reading.trackers:
        actions = of_sheets.get(item.sheet.name, [])
        if item.sheet.state != "visible":
            yield _about(
                item,
                "sheet-hidden",
                "this sheet is hidden, and its actions are reported like all others.",
                Severity.NOTE,
            )
        yield from _about_month(item, actions, opened)
        yield from _rows_left_out(item, actions, opened)
        for action in actions:
            if action.reference in seen:
                yield _repeated(action)
            elif action.reference is not None:
                seen.add(action.reference)


def _about(
    item: SheetReading, code: str, message: str, severity: Severity = Severity.WARNING
) -> Finding:
    return Finding(code, severity, item.sheet.name, "", "", message)


def _about_month(
    item: SheetReading, actions: Sequence[Action], opened: OpenedTracker
) -> Iterator[Finding]:
    month = opened.month
    if all(block.month != month for block in item.layout.months):
        yield _about(
            item,
            "month-missing",
            f"this sheet has no columns for {month}; its latest are those of "
            f"{item.layout.latest.month}. Its actions are reported without a rating. Open the "
            "month here as well, or correct the headings.",
        )
    elif actions and not is_filled(actions, month, opened.settings):
        yield _about(
            item,
            "month-not-filled",
            f"nobody has filled in {month} on this sheet yet. Its actions are reported without a "
            "rating.",
        )


def _rows_left_out(
    item: SheetReading, actions: Sequence[Action], opened: OpenedTracker
) -> Iterator[Finding]:
    known = {action.row for action in actions}
    for row, typed, has_status in unread_rows(item, known, opened.month, opened.settings):
        if not has_status:
            continue
        code = "reference-unreadable" if typed else "reference-missing"
        what = f'"{typed}" is not a reference' if typed else "this row has no reference"
        yield Finding(
            code,
            Severity.WARNING,
            item.sheet.name,
            cell_name(row, item.layout.reference_column),
            "",
            f"{what}, so the row is left out, though it has a commentary. Correct the reference; "
            "if the row is no action, take out its commentary."
            if item.commentary
            else f"{what}, so the row is left out, though it has a status for {opened.month}. "
            "Correct the reference; if the row is no action, clear its status.",
        )


def _repeated(action: Action) -> Finding:
    return found_at(
        action,
        "reference",
        "reference-repeated",
        "an earlier row has this reference too, so nobody can tell the two apart. Give each row "
        "its own.",
    )
