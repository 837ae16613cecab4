"""What a person should look at before, or after, a month's returns are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetplan.cycle.send_plan import OwnerSending, SendState
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.return_records import ReturnRecord
from sheetplan.model.wording import listed
from sheetplan.settings import SETTINGS_FILE

_OWNERS = "Owners"


def no_return_to() -> Finding:
    """Nobody said whom returns go back to."""
    return Finding(
        "return-to-missing",
        Severity.WARNING,
        SETTINGS_FILE,
        "",
        "",
        "nothing says whom returns go back to. Write a name and an address under [returns] as "
        "return_to; until then owners read that they go back to whoever sent them.",
    )


def no_address(sendings: Iterable[OwnerSending], sheet: str) -> Iterator[Finding]:
    """The owners for whom no e-mail address is given, in one finding.

    Args:
        sendings: The returns.
        sheet: The name of the sheet Owners; empty where the tracker has none.
    """
    lacking = [sending.name for sending in sendings if sending.has_message and not sending.to]
    if lacking:
        where = "Type it on this sheet" if sheet else "sheetplan prepare adds this sheet for it"
        yield Finding(
            "email-missing",
            Severity.NOTE,
            sheet or _OWNERS,
            "",
            "",
            f"no e-mail address is given for {listed(lacking)}. {where}.",
        )


def register_doubts(
    sendings: Iterable[OwnerSending], gone: Iterable[ReturnRecord], sheet: str
) -> Iterator[Finding]:
    """What the register says of this month and the tracker no longer does.

    Args:
        sendings: The returns.
        gone: The rows of the register whose owner nothing is asked of now.
        sheet: The name of the register's sheet.
    """
    for sending in sendings:
        record, now = sending.record, len(sending.rows.asked)
        if record is None or sending.is_made or sending.state is SendState.RETURNED:
            continue
        if record.asked != now:
            yield _found(
                record, sheet, "asked", "rows-asked-changed",
                f"{sending.name} was sent a return that asks for {_rows(record.asked)}; the "
                f"tracker now asks for {now}. The return stays as it was sent. To send another "
                f"one, move {sending.file} out of the folder and run this again.",
            )  # fmt: skip
    for record in gone:
        yield _found(
            record, sheet, "owner", "owner-gone",
            f"{record.owner} was sent a return, but the tracker asks nothing of this name any "
            "more. The return can still be collected.",
        )  # fmt: skip


def _found(record: ReturnRecord, sheet: str, field: str, code: str, message: str) -> Finding:
    cell = record.standing.cell(field) if record.standing else ""
    return Finding(code, Severity.WARNING, sheet, cell, "", message)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
