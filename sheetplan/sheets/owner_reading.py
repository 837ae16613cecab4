"""Reading the sheet Owners: who the tracker's owners are, and what is wrong in its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sheetplan.model.finding import Finding
from sheetplan.model.return_records import OwnerRecord
from sheetplan.model.wording import compact
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.support_columns import OWNERS
from sheetplan.sheets.support_rows import SupportRow
from sheetplan.sheets.support_tables import find_support_tables

_BETWEEN_OWNERS = re.compile(r"[;\r\n\u2028]")
# What browsers accept in a field for an address (the HTML standard, "valid e-mail address").
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)


def read_owners(
    workbook: Workbook, settings: Settings
) -> tuple[tuple[OwnerRecord, ...], tuple[Finding, ...], str]:
    """Read the rows of the sheet Owners.

    What is wrong in a row is left out of its record, and said.

    Returns:
        The rows, each name once; what is wrong in them; and the name of the sheet, empty where
        there is none.
    """
    tables, there, findings = find_support_tables(workbook, (OWNERS,))
    sheet = there.get(OWNERS.name, "")
    if OWNERS.name not in tables:
        return (), tuple(findings), sheet
    table = tables[OWNERS.name]
    found: dict[str, tuple[SupportRow, OwnerRecord]] = {}
    for number in table.rows:
        row = SupportRow(table, number, settings, findings)
        record = _record(row)
        name = compact(record.name)
        if not name:
            _find_nameless(row, record)
        elif name not in found or not any(_contents(found[name][1])):
            found[name] = row, record
        elif any(_contents(record)) and _contents(found[name][1]) != _contents(record):
            row.find("owner-repeated", "name", record.name,
                     f"row {found[name][0].number} has this name too and says something else of "
                     "it; only that row is read. Delete one of them.")  # fmt: skip
    records = {name: record for name, (_, record) in found.items()}
    sound = tuple(_unless_circular(row, record, records) for row, record in found.values())
    return sound, tuple(findings), sheet


def _record(row: SupportRow) -> OwnerRecord:
    name = row.text("name")
    split: dict[str, str] = {}
    for piece in _BETWEEN_OWNERS.split(row.text("split_into")):
        if compact(piece):
            split.setdefault(compact(piece), " ".join(piece.split()))
    return OwnerRecord(name, tuple(split.values()), _email(row, name), row.standing)


def _email(row: SupportRow, name: str) -> str:
    """The address or addresses of a row as typed, without what is none."""
    typed = row.text("email")
    addresses = [address.strip() for address in typed.split(";")]
    sound = [address for address in addresses if _ADDRESS.fullmatch(address)]
    wrong = [address for address in addresses if address and address not in sound]
    for address in wrong:
        shown = " ".join(address.split())
        row.find("owner-email-unreadable", "email", name,
                 f'"{shown}" is not an e-mail address, so it is left out. Type it as '
                 "jane.doe@example.org, and put a semicolon between several.")  # fmt: skip
    return "; ".join(sound) if wrong else " ".join(typed.split())


def _find_nameless(row: SupportRow, record: OwnerRecord) -> None:
    if record.split_into or record.email:
        row.find("owner-name-missing", "name", "",
                 "this row does not say which owner of the tracker it is about, so it is not "
                 "read. Type the name as the tracker has it.")  # fmt: skip


def _contents(record: OwnerRecord) -> tuple[list[str], str]:
    """What a row says of its name, in which rows of one name have to agree."""
    return [compact(piece) for piece in record.split_into], record.email.casefold()


def _unless_circular(
    row: SupportRow, record: OwnerRecord, records: Mapping[str, OwnerRecord]
) -> OwnerRecord:
    """The record, without a split that comes back to its own name.

    Split into the same name and nothing else is another matter: it says that this is one owner.
    """
    name = compact(record.name)
    if [compact(piece) for piece in record.split_into] == [name]:
        return record
    waiting, seen = [*record.split_into], set[str]()
    while waiting:
        piece = compact(waiting.pop())
        if piece == name:
            row.find("owner-split-circular", "split_into", record.name,
                     "this name is split into others and, by way of them, into itself, so it is "
                     "taken for one owner. Name those whom it stands for.")  # fmt: skip
            return replace(record, split_into=())
        if piece not in seen:
            seen.add(piece)
            waiting += records[piece].split_into if piece in records else ()
    return record
