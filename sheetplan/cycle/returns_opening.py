"""Opening a tracker for its returns: its actions, its registers, and whom to ask for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheetplan.errors import MonthMissingError
from sheetplan.model.action import Tracker
from sheetplan.model.month import Month
from sheetplan.model.owner_return import ReturnIdentity, owner_key
from sheetplan.model.return_marks import TRACKER_PROPERTY
from sheetplan.model.return_records import ReturnRecords
from sheetplan.model.wording import listed
from sheetplan.ooxml.custom_properties import read_properties
from sheetplan.ooxml.workbook import Workbook
from sheetplan.returns.asking import ask
from sheetplan.returns.content import Asking
from sheetplan.returns.history import statuses_before_answers
from sheetplan.returns.owners import OwnerField
from sheetplan.settings import Settings
from sheetplan.sheets.owner_reading import read_owners
from sheetplan.sheets.reading import WorkbookReading, read_layouts, read_tracker
from sheetplan.sheets.register_reading import read_registers

_USUAL_CONFLICTS_SHEET = "Conflicts"
_USUAL_REQUESTS_SHEET = "Change control"
_NAMED_MONTHS = 4


@dataclass(frozen=True)
class OpenedReturns:
    """A tracker that is asked about the returns of a month.

    Attributes:
        workbook: The tracker, open.
        settings: The council's settings.
        reading: Where everything stands on its sheets.
        tracker: Its actions.
        records: What its registers say.
        month: The month.
        asking: Whom to ask for what, as it was before answers were merged; with the rows that are
            not asked for.
        tracker_id: The tracker's own id; empty where it has never sent a return.
        has_lost_its_id: Whether only the register knows it any more.
    """

    workbook: Workbook
    settings: Settings
    reading: WorkbookReading
    tracker: Tracker
    records: ReturnRecords
    month: Month
    asking: Asking
    tracker_id: str
    has_lost_its_id: bool

    @property
    def conflicts_sheet(self) -> str:
        """The name of the sheet on which officers settle conflicts."""
        return self.records.sheets.get("conflicts", _USUAL_CONFLICTS_SHEET)

    @property
    def requests_sheet(self) -> str:
        """The name of the sheet on which officers decide on requests."""
        return self.records.sheets.get("requests", _USUAL_REQUESTS_SHEET)

    @property
    def owner_names(self) -> dict[str, str]:
        """The owners whom the tracker or its registers know, by their keys."""
        names = {rows.owner.key: rows.owner.name for rows in self.asking.owners}
        for owner in self.records.owners:
            for name in owner.split_into or (owner.name,):
                names.setdefault(owner_key(name), name)
        for record in self.records.returns:
            names.setdefault(record.owner_key, record.owner)
        return names


def read_for_returns(workbook: Workbook, settings: Settings, month: Month | None) -> OpenedReturns:
    """Read what returns need of a tracker.

    Args:
        workbook: The tracker, open.
        settings: The council's settings.
        month: The month that returns are for; the tracker's latest when None.

    Raises:
        LayoutError: no tracker sheet.
        MonthMissingError: the tracker does not have the month.
    """
    settings = _with_return_to(settings)
    reading = read_layouts(workbook, settings)
    chosen = month or reading.latest_month
    months = sorted({block.month for item in reading.trackers for block in item.layout.months})
    refuse_missing_month(chosen, months, workbook.package.name)
    tracker = read_tracker(reading, months=[m for m in months if m <= chosen][-2:])
    records = _read_records(workbook, settings)
    own_id = read_properties(workbook.package).get(TRACKER_PROPERTY, "")
    tracker_id = own_id or _registered_id(records)
    return OpenedReturns(
        workbook=workbook,
        settings=settings,
        reading=reading,
        tracker=tracker,
        records=records,
        month=chosen,
        asking=_asking(tracker, records, chosen, settings),
        tracker_id=tracker_id,
        has_lost_its_id=tracker_id != own_id,
    )


def _with_return_to(settings: Settings) -> Settings:
    """The settings, in which returns go back to whom reports name, unless they say who it is."""
    return_to = settings.returns.return_to or settings.reports.contact
    return replace(settings, returns=replace(settings.returns, return_to=return_to))


def _registered_id(records: ReturnRecords) -> str:
    """The id by which the register knows the tracker; empty where it has no return.

    Excel's Document Inspector, and a copy into a new workbook, lose the tracker's own property.
    """
    named = (ReturnIdentity.find(record.reference) for record in records.returns)
    return next((identity.tracker for identity in named if identity), "")


def refuse_missing_month(month: Month, months: Sequence[Month], file: str) -> None:
    """Raise MonthMissingError when the tracker does not have the month.

    Args:
        month: The month that was asked for.
        months: Those of the tracker, oldest first.
        file: The name of its file.
    """
    if month not in months:
        latest = [str(found) for found in months[-_NAMED_MONTHS:]]
        raise MonthMissingError(
            f"the tracker does not have {month}; its latest months are {listed(latest)}.",
            where=file,
            remedy=f"To open the next month: sheetplan roll-month {file}",
        )


def _read_records(workbook: Workbook, settings: Settings) -> ReturnRecords:
    """The registers, Owners among them."""
    records = read_registers(workbook, settings)
    owners, findings, sheet = read_owners(workbook, settings)
    return replace(
        records,
        owners=owners,
        sheets={**records.sheets, **({"owners": sheet} if sheet else {})},
        findings=(*records.findings, *findings),
    )


def _asking(tracker: Tracker, records: ReturnRecords, month: Month, settings: Settings) -> Asking:
    """Whom to ask, as it was before answers were merged: by the field by which the month's returns
    were sent, as the register shows."""
    before = statuses_before_answers(month, records.log)
    sent = {record.owner_key for record in records.returns if record.month == month}

    def known(asking: Asking) -> int:
        return sum(rows.owner.key in sent for rows in asking.owners)

    def asking_by(field: OwnerField) -> Asking:
        return ask(
            tracker, month, settings, records.owners,
            by=field, all_rows=True, statuses_before=before,
        )  # fmt: skip

    asking = asking_by("update_owner")
    if known(asking) < len(sent):
        return max(asking, asking_by("director_lead"), key=known)
    return asking
