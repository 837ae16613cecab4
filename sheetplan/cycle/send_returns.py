"""Sending a month's returns: a workbook for each update owner, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.due_day import due_day
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.new_files import choose_folder
from sheetplan.cycle.returns_opening import read_for_returns
from sheetplan.cycle.send_plan import SendPlan
from sheetplan.cycle.sending import Sending
from sheetplan.errors import OwnerNotFoundError
from sheetplan.model.clock import now
from sheetplan.model.month import Month
from sheetplan.model.wording import compact, did_you_mean
from sheetplan.returns.asking import ask
from sheetplan.returns.content import Asking, OwnerRows
from sheetplan.returns.owners import OwnerField
from sheetplan.settings import find_settings
from sheetplan.sheets.register_writing import plan_registers

By = Literal["update-owner", "director-lead"]

_FIELDS: dict[str, OwnerField] = {"update-owner": "update_owner", "director-lead": "director_lead"}


def plan_send_returns(
    tracker: str | Path,
    to: str | Path,
    month: Month | str | None = None,
    *,
    by: By = "update-owner",
    only: str | Sequence[str] | None = None,
    all_rows: bool = False,
    eml: bool = False,
    reminders: bool = False,
    due: date | str | None = None,
    profile: str | Path | None = None,
) -> SendPlan:
    """Plan a return for each owner who has not been sent one; nothing is written.

    Args:
        tracker: The workbook.
        to: The folder that the returns go into; it is made where it is not there.
        month: The month that is asked for; the tracker's latest when None.
        by: Whom to ask for a row: its update owner or, where none is named, its director lead; or
            the director lead always.
        only: The name of an owner, or several: nobody else is sent anything.
        all_rows: Whether an owner's other rows are shown as well.
        eml: Whether to make a draft message beside each return.
        reminders: Make drafts for those who were sent a return and have not returned it; nobody
            is sent a first one.
        due: The day by which returns are to come back; so many days from today as the settings
            say when None.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        CannotWriteError: the folder cannot be there, or holds another file of a return's name.
        MonthMissingError: the tracker does not have the month.
        OwnerNotFoundError: no owner of that name is asked for anything.
        SheetplanError: the tracker, its settings or the template cannot be used.
        ValueError: `month` or `due` cannot be read, or the day has passed; `by` is not known.
    """
    path, folder, month = Path(tracker), Path(to), Month.given(month)
    if by not in _FIELDS:
        raise ValueError(f'"{by}" is not known. Accepted: {", ".join(_FIELDS)}.')
    named = [only] if isinstance(only, str) else list(only or ())
    today = now().date()
    chosen_due = None if due is None else due_day(due, today)
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        opened = read_for_returns(workbook, settings, month)
        asking = ask(
            opened.tracker,
            opened.month,
            settings,
            opened.records.owners,
            by=_FIELDS[by],
            all_rows=all_rows,
        )
        sending = Sending(
            opened=opened,
            asking=asking,
            folder=choose_folder(folder),
            today=today,
            due=chosen_due,
            has_drafts=eml or reminders,
            reminders=reminders,
        )
        owners = sending.owners(_chosen(asking, named, opened.month))
        changes = sending.changes(owners)
        return SendPlan(
            path=path,
            workbook=workbook,
            state=state,
            month=opened.month,
            folder=folder,
            owners=owners,
            tracker_id=sending.tracker_id,
            has_id=opened.tracker_id == sending.tracker_id and not opened.has_lost_its_id,
            registers=plan_registers(workbook, changes, settings),
            list_name=sending.list_name(owners),
            return_to=sending.return_to,
            today=today,
            reminders=reminders,
            findings=tuple(sending.findings(owners, is_all=not named)),
            phrases=settings.returns,
            make=sending.workbook_of,
        )


def send_returns(
    tracker: str | Path,
    to: str | Path,
    month: Month | str | None = None,
    *,
    by: By = "update-owner",
    only: str | Sequence[str] | None = None,
    all_rows: bool = False,
    eml: bool = False,
    reminders: bool = False,
    due: date | str | None = None,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ChangeResult[SendPlan]:
    """Make a return for each owner who has not been sent one, and say so in the tracker.

    Args:
        tracker: The workbook.
        to: The folder that the returns go into; it is made where it is not there.
        month: The month that is asked for; the tracker's latest when None.
        by: Whom to ask for a row: "update-owner" or "director-lead".
        only: The name of an owner, or several: nobody else is sent anything.
        all_rows: Whether an owner's other rows are shown as well.
        eml: Whether to make a draft message beside each return.
        reminders: Make drafts for those who have not returned what they were sent.
        due: The day by which returns are to come back.
        output: A new file for the tracker; the tracker itself, with a backup, when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the tracker is as it was, and no file is new.
    """
    plan = plan_send_returns(
        tracker,
        to,
        month,
        by=by,
        only=only,
        all_rows=all_rows,
        eml=eml,
        reminders=reminders,
        due=due,
        profile=profile,
    )
    return plan.apply(output)


def _chosen(asking: Asking, named: Sequence[str], month: Month) -> tuple[OwnerRows, ...]:
    """The owners of these names; all where none is named.

    Raises:
        OwnerNotFoundError: one of them is asked for nothing.
    """
    if not named:
        return asking.owners
    names = {compact(rows.owner.name): rows.owner.name for rows in asking.owners}
    for name in named:
        if compact(name) not in names:
            near = did_you_mean(name, names.values())
            raise OwnerNotFoundError(
                f'no owner called "{name}" is asked for anything in {month}.{near}',
                remedy="Run it without --only and with --dry-run to see all the owners.",
            )
    wanted = {compact(name) for name in named}
    return tuple(rows for rows in asking.owners if compact(rows.owner.name) in wanted)
