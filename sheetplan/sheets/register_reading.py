"""Reading the registers of returns: their rows as records, and what is wrong in them as findings.

Officers sort, filter and delete the rows, and move, rename and add columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sheetplan.model.finding import Finding
from sheetplan.model.finding_record import FindingRecord
from sheetplan.model.return_records import (
    ConflictRecord,
    LogRecord,
    RegisterRecord,
    RequestRecord,
    ReturnRecord,
    ReturnRecords,
    ReturnRegisterRecord,
)
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.register_columns import (
    CONFLICTS,
    FINDINGS,
    KEYS,
    KIND_OF,
    LOG,
    REQUESTS,
    RETURN_KINDS,
    RETURNS,
)
from sheetplan.sheets.register_rows import RegisterRow
from sheetplan.sheets.support_tables import SupportTable, find_support_tables, is_of_kind

_Record = TypeVar("_Record", bound=ReturnRegisterRecord)


def read_registers(workbook: Workbook, settings: Settings) -> ReturnRecords:
    """Read the registers that a workbook has; all but Owners.

    A sheet that lacks a column which it cannot be read without is skipped, and a finding says so.
    """
    tables, there, findings = find_support_tables(workbook, RETURN_KINDS)

    def rows_of(kind: str) -> list[RegisterRow]:
        table = tables.get(kind)
        if table is None:
            return []
        return [RegisterRow(table, number, settings, findings) for number in table.rows]

    with collecting_no_garbage():
        return ReturnRecords(
            returns=_each_once(rows_of(RETURNS.name), _return),
            conflicts=_each_once(rows_of(CONFLICTS.name), _conflict),
            requests=_each_once(rows_of(REQUESTS.name), _request),
            log=tuple(record for row in rows_of(LOG.name) if (record := _entry(row)) is not None),
            sheets=there,
            findings=tuple(findings),
        )


def read_findings(
    workbook: Workbook, settings: Settings
) -> tuple[tuple[FindingRecord, ...], tuple[Finding, ...]]:
    """Read the sheet Findings.

    A sheet of the council's own that only bears the name is none, and nothing is said of it.

    Returns:
        The rows, in their order; and what is wrong in them.
    """
    tables, there, doubts = find_support_tables(workbook, (FINDINGS,))
    table = tables.get(FINDINGS.name)
    if table is None:
        sheet = there.get(FINDINGS.name)
        is_ours = sheet is not None and any(
            is_of_kind(found, FINDINGS) for found in tables_of(workbook, workbook[sheet])
        )
        return (), tuple(doubts) if is_ours else ()
    with collecting_no_garbage():
        rows = [RegisterRow(table, number, settings, doubts) for number in table.rows]
        return tuple(map(_finding, rows)), tuple(doubts)


def record_at(table: SupportTable, row: int, settings: Settings) -> RegisterRecord | None:
    """The record in one row of a register; None where it cannot be read."""
    return _READERS[table.kind.name](RegisterRow(table, row, settings, []))


def _each_once(
    rows: list[RegisterRow], read: Callable[[RegisterRow], _Record | None]
) -> tuple[_Record, ...]:
    """The records of the rows. Of rows that are about the same, the first is read."""
    found: dict[object, _Record] = {}
    for row in rows:
        record = read(row)
        if record is None:
            continue
        key = key_of(record) or row.number
        if key in found:
            first = found[key].standing
            assert first is not None
            name = KEYS[row.table.kind.name][0]
            row.find("register-row-repeated", name, row.text(name),
                     f"row {first.row} says this already, so this one is not read. Delete one of "
                     "them.")  # fmt: skip
            continue
        found[key] = record
    return tuple(found.values())


def key_of(record: RegisterRecord) -> tuple[object, ...] | None:
    """What a record is known by; None for one that lost it."""
    key = tuple(getattr(record, name) for name in KEYS[KIND_OF[type(record)].name])
    return key if any(key) else None


def _return(row: RegisterRow) -> ReturnRecord | None:
    owner, reference = row.text("owner"), row.text("reference")
    month = row.month("month", owner, is_needed=True)
    if not reference:
        row.find("register-reference-missing", "reference", owner,
                 "this row has no reference, so no return can be known as this one. Copy the one "
                 "that the return itself shows into it.")  # fmt: skip
    if month is None:
        return None
    return ReturnRecord(
        month=month,
        owner=owner,
        reference=reference,
        email=row.text("email"),
        sent=row.day("sent", owner),
        due=row.day("due", owner),
        returned=row.day("returned", owner),
        asked=row.count("asked", owner),
        answered=row.count("answered", owner),
        blank=row.count("blank", owner),
        missing=row.count("missing", owner),
        merged=row.count("merged", owner),
        conflicts=row.count("conflicts", owner),
        requests=row.count("requests", owner),
        rejected=row.count("rejected", owner),
        file=row.text("file"),
        standing=row.standing,
    )


def _conflict(row: RegisterRow) -> ConflictRecord | None:
    key = row.needed_key()
    month = row.month("month", key, is_needed=True)
    if month is None or not key:
        return None
    return ConflictRecord(
        month=month,
        key=key,
        field=row.field(key),
        kept=row.text("kept"),
        answer=row.text("answer"),
        owners=row.text("owners"),
        files=row.text("files"),
        choice=row.text("choice"),
        outcome=row.outcome(),
        standing=row.standing,
    )


def _request(row: RegisterRow) -> RequestRecord:
    key = row.text("key")
    return RequestRecord(
        id=row.text("id"),
        month=row.month("month", key),
        key=key,
        field=row.requested_field(),
        before=row.as_shown("before"),
        after=row.as_shown("after"),
        reason=row.text("reason"),
        owner=row.text("owner"),
        file=row.text("file"),
        received=row.day("received", key),
        decision=row.text("decision"),
        decided_by=row.text("decided_by"),
        decided_on=row.day("decided_on", key),
        carried_out=row.text("carried_out"),
        standing=row.standing,
    )


def _entry(row: RegisterRow) -> LogRecord | None:
    key = row.needed_key()
    month = row.month("month", key, is_needed=True)
    if month is None or not (key or row.is_of_new_action):
        return None
    return LogRecord(
        when=row.moment("when", key, month),
        month=month,
        file=row.text("file"),
        owner=row.text("owner"),
        key=key,
        field=row.field(key),
        before=row.text("before"),
        after=row.text("after"),
        what=row.text("what"),
        standing=row.standing,
    )


def _finding(row: RegisterRow) -> FindingRecord:
    reference = row.text("reference")
    return FindingRecord(
        severity=row.text("severity"),
        finding=row.text("finding"),
        where=row.text("where"),
        reference=reference,
        answer=row.text("answer"),
        state=row.text("state"),
        found_in=row.month("found_in", reference),
        last_found=row.month("last_found", reference),
        why=row.text("why"),
        rule=row.text("rule"),
        key=row.text("key"),
        standing=row.standing,
    )


_READERS: Mapping[str, Callable[[RegisterRow], RegisterRecord | None]] = {
    RETURNS.name: _return,
    CONFLICTS.name: _conflict,
    REQUESTS.name: _request,
    LOG.name: _entry,
    FINDINGS.name: _finding,
}
