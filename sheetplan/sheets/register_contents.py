"""What the cells of a register say of its records."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

from sheetplan.model.month import Month
from sheetplan.model.return_records import ConflictRecord, RegisterRecord, ReturnRecord
from sheetplan.ooxml.cells import LONGEST_TEXT, length
from sheetplan.sheets.register_columns import OPEN, field_words
from sheetplan.sheets.support_adding import Content

_NOT_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no workbook can hold: names of files may have it."""

_CUT = "…"


def contents_of(record: RegisterRecord) -> dict[str, Content]:
    """The contents of a record's row, by the names of its columns; "" for a blank cell."""
    values = {f.name: getattr(record, f.name) for f in fields(record) if f.name != "standing"}
    if "field" in values:
        values["field"] = field_words(values["field"])
    if isinstance(record, ConflictRecord) and record.is_open:
        values["outcome"] = OPEN
    if isinstance(record, ReturnRecord) and record.returned is None:
        values = {name: None if value == 0 else value for name, value in values.items()}
    return {name: _content(value) for name, value in values.items()}


def _content(value: str | int | Month | date | None) -> Content:
    if value is None:
        return ""
    return _storable(value) if isinstance(value, str) else value


def _storable(text: str) -> str:
    """A text that a cell can hold: cut where it is too long, which its end then shows."""
    text = _NOT_STORED.sub("\ufffd", text)
    if length(text) <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT
