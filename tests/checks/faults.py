"""A small tracker without a fault, written with openpyxl, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

MONTHS = ("2025-12", *(f"2026-{month:02}" for month in range(1, 8)))
CHECKED = MONTHS[-1]
SHEET = "Homes"
FIELDS = {
    "workstream": "Workstream", "ref": "Ref", "action": "Action", "milestones": "Milestones",
    "we_will": "We will", "lead": "Director Lead", "owner": "Update owner", "start": "Start date",
    "due": "Due date", "focus": "Focus",
}  # fmt: skip
ON_TRACK, AMBER, RED = "On track", "Medium progress", "Significant slippage"
STATUSES = (
    ON_TRACK, AMBER, RED, "Not due to start", "Complete", "Closed", "On hold", "N/A",
    "Assurance action", "New action",
)  # fmt: skip
FIRST_ROW = 4
_LEAD, _OWNER = "Director of Homes", "Repairs Manager"
_MAINS = {
    "HO.A1.0": ("Repairs", "H1 - We will mend homes at the first visit", "Focus 1"),
    "HO.A2.0": ("Fire safety", "H2 - We will keep tall buildings safe", "Focus 2"),
}
_WORK = (
    "kitchens fitted", "boilers serviced", "roofs surveyed", "lifts tested", "doors replaced",
    "alarms checked", "stairs cleared", "risers sealed",
)  # fmt: skip


class Fault:
    """The tracker that is being spoilt."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.sheet: Worksheet = book[SHEET]
        rows = range(FIRST_ROW, self.sheet.max_row + 1)
        self._rows = {self.sheet.cell(row, 2).value: row for row in rows}

    def row(self, reference: str) -> int:
        """The row of an action."""
        return self._rows[reference]

    def write(self, reference: str, **cells: Any) -> None:
        """Write into an action's cells: its fields, and "status" and "update" of the month that is
        checked; "status_2026_06" is that of June."""
        for name, value in cells.items():
            self.sheet.cell(self.row(reference), column(name)).value = value

    def add(self, sheet: str, *values: Any) -> None:
        """Write a row below the last one of a sheet."""
        self.book[sheet].append(values)


def column(name: str) -> int:
    """The number of a column."""
    if name in FIELDS:
        return list(FIELDS).index(name) + 1
    what, _, month = name.partition("_")
    place = MONTHS.index(month.replace("_", "-") or CHECKED)
    return len(FIELDS) + 1 + 2 * place + (what == "update")


def write(path: Path, spoil: Callable[[Fault], object] | None = None) -> Path:
    """Write the tracker, spoilt where asked."""
    book = _book()
    if spoil is not None:
        spoil(Fault(book))
    book.save(path)
    return path


def _book() -> Workbook:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet["A1"] = "Theme 1 - Homes"
    headings = list(FIELDS.values())
    for month in MONTHS:
        words = f"{datetime.fromisoformat(f'{month}-01'):%B %Y}"
        headings += [f"Status ({words})", f"Update (Initials and Date) ({words})"]
    for place, heading in enumerate(headings, 1):
        sheet.cell(FIRST_ROW - 1, place).value = heading
    for main in _MAINS:
        _write_family(sheet, main)
    for place in range(len(MONTHS)):
        letters = sheet.cell(1, len(FIELDS) + 1 + 2 * place).column_letter
        choices = DataValidation("list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
        choices.add(f"{letters}{FIRST_ROW}:{letters}{sheet.max_row}")
        sheet.add_data_validation(choices)
    _add_registers(book)
    return book


def _write_family(sheet: Worksheet, main: str) -> None:
    workstream, we_will, focus = _MAINS[main]
    stones = "Plan agreed - March 2026\nWork done - March 2027"
    begins, ends = datetime(2025, 12, 1), datetime(2027, 3, 1)
    row = [workstream, main, f"{workstream} as they should be", stones, we_will, _LEAD, "", begins]
    sheet.append([*row, ends, focus, *["N/A"] * (2 * len(MONTHS))])
    for number in range(1, 5):
        work = _WORK[sheet.max_row % len(_WORK)]
        reference = f"{main[:-1]}{number}"
        row = [workstream, reference, f"All {work}", "", "", _LEAD, _OWNER, begins, ends, "N/A"]
        for month in range(len(MONTHS)):
            year = 2025 if month == 0 else 2026
            stamp = f"(RH 03/{(month + 11) % 12 + 1:02}/{year})"
            done = 20 + 9 * month + number
            row += [ON_TRACK, f"{done} of 120 {work}, as planned for the first year. {stamp}"]
        sheet.append(row)
    for rows in sheet.iter_rows(FIRST_ROW, min_col=8, max_col=9):
        for cell in rows:
            cell.number_format = "mmm-yy"


def _add_registers(book: Workbook) -> None:
    owners = book.create_sheet("Owners")
    owners.append(["Name in the tracker", "Split into", "E-mail", "Actions"])
    owners.append([_LEAD, "", "director@wexcombe.example", 10])
    owners.append([_OWNER, "", "repairs@wexcombe.example", 8])
    book.create_sheet("Change control").append(
        ["Id", "Reference", "Field", "From", "To", "Requested", "Reason", "Asked by", "Received",
         "Decision", "Decided by", "Decided on", "Carried out", "File"]
    )  # fmt: skip
    book.create_sheet("Update log").append(
        ["When", "Month", "Reference", "Field", "Before", "After", "What happened", "Owner", "File"]
    )
    book.create_sheet("Achievements").append(
        ["Month", "Theme", "Reference", "Achievement", "Print"]
    )
