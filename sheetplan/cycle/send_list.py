"""The list of messages to send, for whoever sends them by hand or with a mail merge."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class SendListRow:
    """A message to send. `to` is blank where nobody gave an address.

    `file` is the workbook to attach, `rows` the number of actions for which an update is asked.
    """

    to: str
    name: str
    subject: str
    file: str
    rows: int
    due: str
    message: str


def send_list(rows: Iterable[SendListRow]) -> bytes:
    """The rows as a file of comma-separated values that Excel opens with every accent right."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(SendListRow)])
    for row in rows:
        writer.writerow([_as_text(str(value)) for value in astuple(row)])
    return (_BYTE_ORDER_MARK + stream.getvalue()).encode("utf-8")


def _as_text(value: str) -> str:
    """A value that no program takes for a formula: with an apostrophe before what begins one."""
    return f"'{value}" if value.startswith(_BEGINS_A_FORMULA) else value
