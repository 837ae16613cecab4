"""Where a month's returns stand: who has returned, who has not, and what to send to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sheetplan.cycle.files import saying_which_file
from sheetplan.cycle.plain_data import plain
from sheetplan.cycle.returns_opening import read_for_returns
from sheetplan.model.clock import now
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.returns.standing import (
    ChaseMessage,
    MonthStanding,
    chase_messages,
    conflicts_of_other_months,
    standing,
)
from sheetplan.settings import find_settings


@dataclass(frozen=True)
class ReturnsStatus:
    """Where the returns of a month stand.

    Attributes:
        path: The tracker.
        month: The month.
        today: The day from which days are counted.
        is_sent: Whether any return of the month has been sent.
        standing: Where each owner stands.
        conflicts_sheet: The name of the sheet on which officers settle conflicts.
        chase: A message to each owner who owes something.
        findings: What is doubtful about whom to ask, and conflicts of other months.
    """

    path: Path
    month: Month
    today: date
    is_sent: bool
    standing: MonthStanding
    conflicts_sheet: str
    chase: tuple[ChaseMessage, ...]
    findings: tuple[Finding, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether there is somebody to chase, a conflict to settle, or a doubt to look at."""
        return bool(
            self.chase
            or self.standing.conflicts
            or any(finding.severity is not Severity.NOTE for finding in self.findings)
        )

    def as_data(self) -> dict[str, Any]:
        """Where the returns stand, as plain data."""
        found = self.standing
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "today": self.today.isoformat(),
            "sent": self.is_sent,
            "owners": plain(found.owners),
            "totals": {
                "owners": len(found.owners),
                "sent": found.sent,
                "returned": found.returned,
                "asked": found.asked,
                "blank": found.blank,
                "conflicts": found.conflicts,
            },
            "chase": plain(self.chase),
            "findings": plain(self.findings),
        }


def status(
    tracker: str | Path,
    month: Month | str | None = None,
    *,
    profile: str | Path | None = None,
) -> ReturnsStatus:
    """See who has returned and who has not; nothing is written.

    Args:
        tracker: The workbook.
        month: The month that the returns are for; the tracker's latest when None.
        profile: A settings file or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        WorkbookError: the file cannot be read.
        MonthMissingError: the tracker does not have the month.
        SettingsError: the settings cannot be understood.
    """
    path, asked = Path(tracker), Month.given(month)
    with saying_which_file(path):
        settings = find_settings(path, profile)
        opened = read_for_returns(Workbook.open(path), settings, asked)
    today = now().date()
    found = standing(opened.records, opened.asking, today)
    return ReturnsStatus(
        path=path,
        month=opened.month,
        today=today,
        is_sent=bool(found.sent),
        standing=found,
        conflicts_sheet=opened.conflicts_sheet,
        chase=chase_messages(found, settings.returns),
        findings=(
            *conflicts_of_other_months(opened.records, opened.month),
            *opened.records.findings,
            *opened.asking.findings,
        ),
    )
