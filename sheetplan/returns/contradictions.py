"""Merged answers that contradict the row that they stand in, or cannot be understood."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheetplan.model.action import Action
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.returns.lengths import shown
from sheetplan.settings import Settings

_FINISHED = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED)


def contradictions(
    action: Action,
    month: Month,
    status: str,
    update: str,
    settings: Settings,
    disputed: Collection[str] = (),
) -> Iterator[Finding]:
    """What does not fit in a row, now that answers were merged into it.

    Args:
        action: The action.
        month: The month.
        status: What its status says now.
        update: What its update says now.
        settings: The council's words, and which statuses need an update.
        disputed: The fields whose answers wait on Conflicts: nobody is asked for more of these.
    """

    def found(code: str, field: str, message: str) -> Finding:
        place = action.cell(field, month) or f"{action.row}:{action.row}"
        reference = action.reference_text
        return Finding(code, Severity.WARNING, action.sheet, place, reference, message)

    if not status.strip():
        if update.strip() and "status" not in disputed:
            message = "there is an update and no status. Ask the owner for one."
            yield found("status-missing", "status", message)
        return
    entry = settings.vocabulary.understand(status)
    if entry is None:
        yield found("status-not-understood", "status", _not_understood(status, settings))
        return
    start = action.dates.get("start_date")
    if entry.meaning in _FINISHED and start and start.first and start.first > month.last_day:
        yield found(
            "status-before-start", "status",
            f'status "{shown(status)}", and the start date {start} is after {month}. Ask the '
            "owner which is right.",
        )  # fmt: skip
    is_needed = entry.meaning in settings.returns.update_needed and "update" not in disputed
    if is_needed and not update.strip():
        yield found(
            "update-missing", "update",
            f'status "{shown(status)}" needs an update, and there is none. Ask the owner for it.',
        )  # fmt: skip


def _not_understood(status: str, settings: Settings) -> str:
    near = settings.vocabulary.nearest(status)
    hint = f' Did you mean "{near}"?' if near else ""
    return (
        f'status "{shown(status)}" is not in the vocabulary.{hint} It was merged as typed. '
        "Correct the cell, or add the words under [status] in sheetplan.toml."
    )
