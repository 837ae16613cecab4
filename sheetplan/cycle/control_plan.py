"""The plan of `change-control`: what is carried out in the tracker, what waits, and what cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sheetplan.cycle.backups import CHANGE_CONTROL
from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.plain_data import plain
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.return_records import RequestRecord
from sheetplan.returns.control_content import AgreedMove, ChangeControl, WaitingRequest
from sheetplan.sheets.month_cells import MonthCellWrite, agreed_writes, put_month_cells
from sheetplan.sheets.register_writing import RegisterPlan


@dataclass
class ControlPlan(ChangePlan):
    """What the requests on Change control come to; nothing has been done.

    Attributes:
        month: The reporting month in which agreed dates are moved.
        today: The day from which is counted how long requests wait.
        sheet: The name of the sheet; empty where the tracker has none.
        control: What the requests come to.
        cells: What will be written into the tracker's rows, in the order of `control.writes`.
        registers: What will be written into Change control and the Update log.
        sheet_findings: What could not be read on these two sheets.
    """

    month: Month
    today: date
    sheet: str
    control: ChangeControl
    cells: tuple[MonthCellWrite, ...]
    registers: RegisterPlan
    sheet_findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        return CHANGE_CONTROL

    @property
    def has_work(self) -> bool:
        return bool(self.cells) or self.registers.has_work

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        return agreed_writes(self.cells) | self.registers.agreed

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at beside what was refused."""
        return (*self.sheet_findings, *self.control.notes)

    @property
    def needs_attention(self) -> bool:
        """Whether something was refused, has waited for too long, or could not be read."""
        return bool(
            self.control.refused
            or self.control.too_long
            or any(finding.severity is not Severity.NOTE for finding in self.findings)
        )

    def as_data(self) -> dict[str, Any]:
        control = self.control
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "today": self.today.isoformat(),
            "sheet": self.sheet or None,
            "carried_out": [_move_data(move) for move in control.moves],
            "refused": plain(control.refused),
            "waiting": [_waiting_data(waiting) for waiting in control.waiting],
            "by_hand": [_request_data(request) for request in control.by_hand],
            "registers": self.registers.as_data(),
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        put_month_cells(self.workbook, self.cells)
        self.registers.carry_out()
        if self.cells:
            self.workbook.recalculate_on_opening()


def _move_data(move: AgreedMove) -> dict[str, Any]:
    return {
        "requests": [request.id for request in move.requests],
        "reference": move.action.reference_text,
        "also": [action.reference_text for action in move.also.values()],
        "sheet": move.action.sheet,
        "cell": move.action.cell(move.field),
        "field": move.field,
        "before": move.before,
        "after": move.after,
        "was_there_already": move.is_there,
    }


def _waiting_data(waiting: WaitingRequest) -> dict[str, Any]:
    return {
        **_request_data(waiting.request),
        "since": plain(waiting.since),
        "months": waiting.months,
        "is_too_long": waiting.is_too_long,
    }


def _request_data(request: RequestRecord) -> dict[str, Any]:
    return {
        "request": request.id,
        "reference": request.key,
        "field": request.field,
        "from": request.before,
        "to": request.after,
        "reason": request.reason,
        "asked_by": request.owner,
        "decision": request.decision,
    }
