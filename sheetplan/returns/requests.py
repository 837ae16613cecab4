"""What owners ask for and only change control can grant: dates, wording, new actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.owner_return import DATE_FIELDS, NEW_ACTION_FIELDS, ReceivedCell, settled
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.return_records import RequestRecord
from sheetplan.returns.content import CellAnswer, Outcome
from sheetplan.returns.history import Giver
from sheetplan.returns.keys import keys_named
from sheetplan.returns.lengths import shown
from sheetplan.returns.today import Today
from sheetplan.settings import Settings

NEW_ACTION = "new_action"
"""The field of a request for an action that the plan does not have."""


@dataclass(frozen=True)
class Request:
    """What is asked for, and the cells that ask for it. Its texts may be too long for a cell."""

    record: RequestRecord
    answers: tuple[CellAnswer, ...]


class Requests:
    """Collects what one return asks for.

    Args:
        today: The tracker as it is now.
        settings: The council's words for dates.
        giver: Whose return it is.
    """

    def __init__(self, today: Today, settings: Settings, giver: Giver) -> None:
        self._today = today
        self._words = settings.dates
        self._giver = giver
        self.found: list[Request] = []
        self.findings: list[Finding] = []

    def says_what_the_tracker_says(self, text: str, key: str, name: str) -> bool:
        """Whether a locked cell says what the tracker says, perhaps in other words."""
        says = self._today.text(key, name)
        if settled(text) == settled(says):
            return True
        if name == "reference":
            return key in keys_named(text, self._today.keyed)
        return name == "due_date" and self._is_same_date(text, says)

    def of_locked_cell(self, key: str, name: str, cell: ReceivedCell) -> None:
        """Ask for other words than the tracker has."""
        self._add(key, name, {name: cell}, self._today.text(key, name), cell.text)

    def of_date(self, key: str, cells: Mapping[str, ReceivedCell]) -> None:
        """Ask for another date; what says so are the cells of DATE_FIELDS that are filled in."""
        asked, reason = (cells[name].text if name in cells else "" for name in DATE_FIELDS)
        self._add(key, "due_date", cells, self._today.text(key, "due_date"), asked, reason)
        if not asked:
            self._find(
                key, "date-change-without-date",
                f"{self._giver.owner} gives a reason for another date and no date. Ask for it.",
            )  # fmt: skip
        elif PlanDate.read(asked, self._words).precision is Precision.UNREADABLE:
            self._find(
                key, "date-change-unreadable",
                f'{self._giver.owner} asks for the date "{shown(asked)}", which cannot be read as '
                "one. It stands on Change control as typed; ask which date is meant.",
            )  # fmt: skip

    def of_new_action(self, cells: Mapping[str, ReceivedCell]) -> None:
        """Ask for an action that the plan does not have."""
        described = [
            f"{name.replace('_', ' ').capitalize()}: {cells[name].text}"
            for name in NEW_ACTION_FIELDS
            if name in cells and name != "reason"
        ]
        reason = cells["reason"].text if "reason" in cells else ""
        self._add("", NEW_ACTION, cells, "", "; ".join(described), reason)

    def _is_same_date(self, text: str, says: str) -> bool:
        typed, known = (PlanDate.read(each.strip(), self._words) for each in (text, says))
        return typed.first is not None and _meaning(typed) == _meaning(known)

    def _add(
        self,
        key: str,
        field: str,
        cells: Mapping[str, ReceivedCell],
        before: str,
        after: str,
        reason: str = "",
    ) -> None:
        giver = self._giver
        record = RequestRecord(
            self._today.month, key, field, before, after, reason, giver.owner, giver.file
        )
        answers = tuple(
            CellAnswer(
                giver.file, giver.owner, cell.cell, key, name, Outcome.CHANGE_REQUEST, cell.text
            )
            for name, cell in cells.items()
        )
        self.found.append(Request(record, answers))

    def _find(self, key: str, code: str, message: str) -> None:
        action = self._today.keyed[key]
        place = action.cell("due_date") or f"{action.row}:{action.row}"
        self.findings.append(Finding(
            code, Severity.WARNING, action.sheet, place, action.reference_text, message
        ))  # fmt: skip


def _meaning(date: PlanDate) -> tuple[object, ...]:
    return date.precision, date.first, date.last, date.months
