"""Returns as they come back from owners, built by openpyxl: in the layout in which they are sent,
filled in, and with the mischief that people and programs do to them.

book = ReturnBook(rows=[row("OC.A1.1", status="On track", update="Begun")])
book.save(tmp_path / "Head of HR.xlsx")

For mischief that has no switch here, change what `book.make()` gives before it is saved.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.model.month import Month
from sheetplan.model.owner_return import RETURN_FIELDS, ReturnIdentity, digest, owner_key

Row = Mapping[str, str]

HEADINGS = {
    "reference": "Reference",
    "workstream": "Workstream",
    "action": "Action",
    "due_date": "Due",
    "last_status": "Last month's status",
    "last_update": "Last month's update",
    "status": "This month's status",
    "update": "This month's update",
    "date_change": "Date change requested",
    "date_change_reason": "Reason for date change",
}
TO_DO = "To do"
COLUMNS = (*RETURN_FIELDS[:8], TO_DO, *RETURN_FIELDS[8:])
"""The columns as they are sent."""

NEW_ACTION_HEADINGS = {
    "theme": "Theme",
    "workstream": "Workstream",
    "action": "Action",
    "start_date": "Start date",
    "due_date": "Due date",
    "lead": "Lead",
    "reason": "Reason",
}

PROPERTIES, NAME, HIDDEN, VISIBLE = "properties", "name", "hidden sheet", "visible line"
PLACES = (PROPERTIES, NAME, HIDDEN, VISIBLE)
"""The places in which a return says which it is."""

OWNER = "Head of HR"
IDENTITY = ReturnIdentity("1a2b3c4d", Month(2023, 7), owner_key(OWNER))

MAIN, NEW_ACTIONS, GUIDE, FACTS = "Your update", "New actions", "Guide", "_sheetplan"
"""The names of the sheets as they are sent."""


def row(reference: str, **texts: str) -> dict[str, str]:
    """A row by the names of RETURN_FIELDS: its locked cells as they are sent, nothing filled in."""
    return {
        "reference": reference,
        "workstream": "Finance",
        "action": f"Do what {reference} asks for",
        "due_date": "March 2024",
        "last_status": "Medium Progress",
        "last_update": "Begun in June",
        **texts,
    }


def as_sent(texts: Row) -> dict[str, str]:
    """A row as it was before its owner filled it in."""
    inputs = RETURN_FIELDS[-4:]
    return {name: text for name, text in texts.items() if name not in inputs}


@dataclass
class ReturnBook:
    """One return.

    Attributes:
        rows: The rows as they come back, by the names of RETURN_FIELDS. What is no text (a number,
            a date, openpyxl's rich text) becomes such a cell.
        sent: The rows as they were sent, by their keys; those of `rows` with blank inputs if None.
        not_asked: The keys of rows that were sent as context only.
        identity: Which return it is.
        owner_name: The owner's name.
        places: The places that still say which return it is, of PLACES.
        identities: What single places say instead.
        columns: The columns from left to right: fields, or headings of columns that were added.
        headings: What the headings say.
        said_headings: What the hidden sheet says that they were; the same if None.
        new_actions: The rows of the sheet for new actions.
        names: What the sheets are called, where it is another name.
        blank_rows: How many blank rows were inserted above the headings.
        edit: Called with openpyxl's workbook at last, for anything else.
    """

    rows: Sequence[Mapping[str, Any]] = ()
    sent: Mapping[str, Row] | None = None
    not_asked: Collection[str] = ()
    identity: ReturnIdentity = IDENTITY
    owner_name: str = OWNER
    places: Collection[str] = PLACES
    identities: Mapping[str, ReturnIdentity] = field(default_factory=dict)
    columns: Sequence[str] = COLUMNS
    headings: Mapping[str, str] = field(default_factory=lambda: HEADINGS)
    said_headings: Mapping[str, str] | None = None
    new_actions: Sequence[Mapping[str, Any]] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    blank_rows: int = 0
    edit: Callable[[openpyxl.Workbook], Any] | None = None

    @property
    def heading_row(self) -> int:
        """Where the headings of the main sheet stand."""
        return 5 + self.blank_rows

    def cell(self, at: int, name: str) -> str:
        """The name of a cell: of a field in the row of that number, counted from 0."""
        return f"{get_column_letter(list(self.columns).index(name) + 1)}{self.heading_row + 1 + at}"

    def save(self, path: Path) -> Path:
        """Write the return to a file."""
        self.make().save(path)
        return path

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        stream = io.BytesIO()
        self.make().save(stream)
        return stream.getvalue()

    def make(self) -> openpyxl.Workbook:
        """The return as openpyxl's workbook."""
        book = openpyxl.Workbook()
        self._write_main(book.active)
        self._write_new_actions(book.create_sheet(self._name(NEW_ACTIONS)))
        book.create_sheet(self._name(GUIDE))["A1"] = "How to fill this in"
        if HIDDEN in self.places:
            self._write_facts(book.create_sheet(self._name(FACTS)))
        if NAME in self.places:
            text = f'"{self._said(NAME)}"'
            book.defined_names["_sheetplan_id"] = DefinedName(
                "_sheetplan_id", attr_text=text, hidden=True
            )
        if PROPERTIES in self.places:
            for name, value in self._properties().items():
                book.custom_doc_props.append(StringProperty(name=name, value=value))
        if self.edit is not None:
            self.edit(book)
        return book

    def _name(self, sheet: str) -> str:
        return self.names.get(sheet, sheet)

    def _said(self, place: str) -> ReturnIdentity:
        return self.identities.get(place, self.identity)

    def _properties(self) -> dict[str, str]:
        said = self._said(PROPERTIES)
        return {
            "sheetplan_id": str(said),
            "sheetplan_tracker_id": said.tracker,
            "sheetplan_month": said.month.iso,
            "sheetplan_owner": said.owner,
            "sheetplan_owner_name": self.owner_name,
            "sheetplan_schema": str(said.schema),
        }

    def _write_main(self, sheet: Worksheet) -> None:
        sheet.title = self._name(MAIN)
        sheet["A1"] = f"Improvement Plan update, {self.identity.month}"
        sheet["A2"] = "Fill in the white cells and send this workbook back."
        if VISIBLE in self.places:
            sheet["A3"] = f"Return reference: {self._said(VISIBLE)}"
        for column, name in enumerate(self.columns, 1):
            sheet.cell(self.heading_row, column, self.headings.get(name, name))
        for number, texts in enumerate(self.rows, self.heading_row + 1):
            for column, name in enumerate(self.columns, 1):
                put(sheet, number, column, texts.get(name))
                if name == TO_DO:
                    sheet.cell(number, column, f'=IF(A{number}="","","Filled in")')

    def _write_new_actions(self, sheet: Worksheet) -> None:
        sheet["A1"] = "New actions"
        for column, (name, heading) in enumerate(NEW_ACTION_HEADINGS.items(), 1):
            sheet.cell(3, column, heading)
            for number, texts in enumerate(self.new_actions, 4):
                put(sheet, number, column, texts.get(name))

    def _write_facts(self, sheet: Worksheet) -> None:
        sheet.sheet_state = "veryHidden"
        said = self._said(HIDDEN)
        headings = self.headings if self.said_headings is None else self.said_headings
        lines: list[tuple[str, ...]] = [
            ("tracker", said.tracker),
            ("month", said.month.iso),
            ("owner", said.owner),
            ("owner_name", self.owner_name),
            ("schema", str(said.schema)),
            *(("heading", name, text) for name, text in headings.items()),
            *(("new_action_heading", *item) for item in NEW_ACTION_HEADINGS.items()),
            ("status", "On track", "green", "no"),
            ("key", "asked", *RETURN_FIELDS),
        ]
        for key, texts in self._sent().items():
            asked = "no" if key in self.not_asked else "yes"
            lines.append((key, asked, *(digest(texts.get(name, "")) for name in RETURN_FIELDS)))
        for number, line in enumerate(lines, 1):
            for column, text in enumerate(line, 1):
                put(sheet, number, column, text)

    def _sent(self) -> Mapping[str, Row]:
        if self.sent is not None:
            return self.sent
        return {str(texts["reference"]): as_sent(texts) for texts in self.rows}


def put(sheet: Worksheet, number: int, column: int, value: Any) -> None:
    """Put a value into a cell; text stays text, whatever it begins with."""
    if value is None or value == "":
        return
    cell = sheet.cell(number, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
