"""A small tracker that has sent returns, and the returns that come back to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

import sheetplan
from sheetplan.cycle.collect_plan import CollectPlan
from sheetplan.model.month import Month
from sheetplan.model.owner_return import ReturnIdentity, owner_key
from sheetplan.model.return_records import RegisterChanges, ReturnRecord
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.register_writing import plan_registers
from tests.builders import workbook_from_text
from tests.cli.running import unharmed
from tests.judges import openpyxl_values
from tests.return_files import ReturnBook, row

TRACKER_ID = "1a2b3c4d"
JUNE, JULY = Month(2023, 6), Month(2023, 7)
HR, ICT = "Head of HR", "Head of ICT"

TRACKER = """
    | Ref     | Workstream | Action                       | Update owner | Due date   | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Finance    | Do what OC.A1.1 asks for     | Head of HR   | March 2024 | Medium Progress    | Begun in June      |                    |                    |
    | OC.A1.2 | Finance    | Do what OC.A1.2 asks for     | Head of HR   | March 2024 | Medium Progress    | Begun in June      |                    |                    |
    | OC.A1.3 | Finance    | Do what OC.A1.3 asks for     | Head of ICT  | March 2024 | Medium Progress    | Begun in June      |                    |                    |
    | OC.A1.4 | Finance    | Do what OC.A1.4 asks for     | Head of ICT  | March 2024 | Medium Progress    | Begun in June      |                    |                    |
"""  # noqa: E501


def sent_tracker(folder: Path, text: str = TRACKER, *, decorate: Any = None) -> Path:
    """A tracker that has sent returns before: it has an id of its own."""
    folder.mkdir(parents=True, exist_ok=True)

    def finish(book: xlsxwriter.Workbook) -> None:
        book.set_custom_property("sheetplan_tracker_id", TRACKER_ID)
        if decorate is not None:
            decorate(book)

    return workbook_from_text(folder / "plan.xlsx", {"Theme 1": text}, decorate=finish)


def return_book(
    owner: str,
    *rows: Mapping[str, Any],
    tracker: str = TRACKER_ID,
    month: Month = JULY,
    **facts: Any,
) -> ReturnBook:
    """What an owner sends back."""
    identity = ReturnIdentity(tracker, month, owner_key(owner))
    return ReturnBook(rows=rows, identity=identity, owner_name=owner, **facts)


def from_hr(path: Path, **facts: Any) -> Path:
    """The return of Head of HR with both rows filled in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (
        row("OC.A1.1", status="Complete", update="Done in July"),
        row("OC.A1.2", status="On track", update="Going well"),
    )
    return return_book(HR, *rows, **facts).save(path)


def from_ict(path: Path, **facts: Any) -> Path:
    """The return of Head of ICT with one of two rows filled in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (row("OC.A1.3", status="On track", update="Servers bought"), row("OC.A1.4"))
    return return_book(ICT, *rows, **facts).save(path)


def both_returns(folder: Path) -> Path:
    """A folder with the returns of both owners."""
    from_hr(folder / "Head of HR.xlsx")
    from_ict(folder / "Head of ICT.xlsx")
    return folder


def said_of_july(tracker: Path) -> dict[str, object]:
    """What the tracker's cells of July 2023 say, by their names; blank ones are left out."""
    cells = openpyxl_values(tracker)["Theme 1"]
    return {name: text for name, text in cells.items() if name[0] in "HI" and name[1:] != "1"}


def records(tracker: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a register by the headings of their columns, as openpyxl reads them."""
    cells = openpyxl_values(tracker).get(sheet, {})
    by_row: dict[int, dict[str, object]] = {}
    for name, value in cells.items():
        letters = name.rstrip("0123456789")
        by_row.setdefault(int(name.removeprefix(letters)), {})[letters] = value
    rows = iter(sorted(by_row.items()))
    headings = next((row for _, row in rows if len(row) > 4), {})
    return [{str(headings[c]): v for c, v in row.items() if c in headings} for _, row in rows]


def registered(tracker: Path, sent: date, due: date) -> Path:
    """Put both owners into the register of a tracker, as sending them returns does."""
    workbook = Workbook.open(tracker)
    settings = load_profile("standard")
    added = tuple(
        ReturnRecord(
            month=JULY,
            owner=owner,
            reference=str(ReturnIdentity(TRACKER_ID, JULY, owner_key(owner))),
            email=email,
            sent=sent,
            due=due,
            asked=2,
        )
        for owner, email in ((HR, "hr@wexcombe.example"), (ICT, "ict@wexcombe.example"))
    )
    state = FileState.of(tracker)
    plan_registers(workbook, RegisterChanges(added), settings).carry_out()
    save(workbook.package, tracker, source=tracker, state=state)
    return tracker


def collect(tracker: Path, *files: Path, **options: Any) -> CollectPlan:
    return sheetplan.collect_returns(tracker, files, **options).plan


def type_into(path: Path, sheet: str, cells: dict[str, str]) -> None:
    """Type into a workbook as an officer does."""
    book = openpyxl.load_workbook(path)
    for name, text in cells.items():
        book[sheet][name] = text
    book.save(path)


def choose(tracker: Path, choice: str, of: str) -> None:
    """Choose on the Conflicts sheet, in the row with an answer."""
    sheet = openpyxl.load_workbook(tracker)["Conflicts"]
    rows = list(sheet.iter_rows())
    heading = next(cells for cells in rows if any(c.value == "Choice" for c in cells))
    columns = {cell.value: cell.column_letter for cell in heading}
    number = next(c.row for cells in rows for c in cells if c.value == of)
    type_into(tracker, "Conflicts", {f"{columns['Choice']}{number}": choice})


def rejected(tracker: Path, *files: Path, **options: Any) -> dict[str, str]:
    """The files that are rejected, with what is said of each; nothing is written."""
    with unharmed(tracker.parent):
        plan = sheetplan.plan_collect_returns(tracker, files, **options)
        assert not plan.returns
        result = plan.apply()
    assert result.output is None
    return {file.file: f"{file.reason} {file.remedy}" for file in plan.rejected}
