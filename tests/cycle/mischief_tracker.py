"""The tracker that sends the returns to which mischief is done, and what officers do to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

import sheetplan
from tests.builders import workbook_from_text
from tests.cycle.mischief_filling import FIELDS, Filling

_FIRST = """
    | Ref       | Workstream | Action                          | Update owner | Director lead | Due date   | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) | Row |
    | OC.A1.0   | Finance    | Put finances in order           | Head of HR   | Asha Okoro    | Mar-24     |                    |                    |                    |                    | r01 |
    | OC.A1.1   | Finance    | Publish the workforce plan      | Head of HR   | Asha Okoro    | 2024-03-31 | On track           | Begun in June [AB] |                    |                    | r02 |
    | OC.A1.2   | Finance    | Train every manager             | Head of HR   | Asha Okoro    | Mar-24     | Medium Progress    | Begun in June [AB] | On track           |                    | r03 |
    | OC.A1.3   | Digital    | Replace the payroll system      | Head of ICT  | Asha Okoro    | Autumn 2024 | On track          | Begun in June [AB] |                    |                    | r04 |
    | OC.A1.3   | Digital    | Retire the old payroll          | Head of ICT  | Asha Okoro    | Mar-25     | On track           |                    |                    | Carried on [CD]    | r05 |
    | OC.A2.1   | Legal      | Review the constitution         | Head of Legal | Ben Price    | Ongoing    | On track           | Begun in June [AB] |                    |                    | r06 |
    | OC.A2.2   | People     | Adopt one appraisal scheme      | HR / ICT     | Ben Price     | Mar-24     | On hold            | '=waiting          |                    |                    | r07 |
    | OC.A2.3   | Legal      | Close the old contracts         | Head of Legal | Ben Price    | Mar-24     | Closed             | Done               |                    |                    | r08 |
    | OC.A2.4   | People     | Fill the vacant posts           | Head of HR   | Ben Price     | TBC        | On track           | Two of five filled | Medium Progress    | Three of five      | r09 |
    | OCA2.5    | Digital    | Move the servers                | Head of ICT  | Ben Price     | Mar-24     | Complete           | Begun in June [AB] |                    |                    | r10 |
"""  # noqa: E501
_SECOND = """
    | Action                       | Ref        | Lead       | Update owner  | Update (June 2023) | Status (June 2023) | Update (July 2023) | Status (July 2023) | Due date | Row |
    | Adopt the local plan         | PR.C1.1    | Asha Okoro | Chief Planner | Begun              | On track           |                    |                    | Mar-24   | s01 |
    | Consult on design codes      | PR.C1.2 a  | Asha Okoro | Chief Planner |                    | On track           |                    |                    | Mar-24   | s02 |
    | Train the committee          | PR.C1.2 b  | Asha Okoro | Head of HR    | Begun              | Medium Progress    |                    |                    | Mar-24   | s03 |
    | Report on appeals            | PR.C1.3    | Asha Okoro | N/A           | Begun              | On track           |                    |                    | Mar-24   | s04 |
    | Share the case system        | PR.C1.4    | Asha Okoro | HR / ICT      | Begun              | On track           | Halfway there      |                    | Mar-24   | s05 |
    | Publish decisions            | PR.C1.5    | Asha Okoro | Head of Legal | Begun              | On track           |                    |                    | Mar-24   | s06 |
    | Record decisions             | PR.C1.5    | Asha Okoro | Chief Planner | Begun              | On track           |                    |                    | Mar-24   | s07 |
    | Report to the board          | PR.C1.6    | Asha Okoro | N/A           | Begun              | On track           |                    | On track           | Mar-24   | s08 |
    | Report to the board          | PR.C1.7    | Asha Okoro | N/A           | Begun              | On track           |                    |                    | Mar-24   | s09 |
"""  # noqa: E501
_OWNERS = """
    | Name     | Split into               | E-mail |
    | HR / ICT | Head of HR; Head of ICT  |        |
"""
KEYS = {
    "r01": "OC.A1.0", "r02": "OC.A1.1", "r03": "OC.A1.2", "r04": "OC.A1.3", "r05": "OC.A1.3 (2)",
    "r06": "OC.A2.1", "r07": "OC.A2.2", "r08": "OC.A2.3", "r09": "OC.A2.4", "r10": "OC.A2.5",
    "s01": "PR.C1.1", "s02": "PR.C1.2a", "s03": "PR.C1.2b", "s04": "PR.C1.3", "s05": "PR.C1.4",
    "s06": "PR.C1.5", "s07": "PR.C1.5 (2)", "s08": "PR.C1.6", "s09": "PR.C1.7",
}  # fmt: skip
_MONTH_CELLS = {"Theme 1": ("I", "J", "K"), "Theme 2": ("H", "G", "J")}
"""The columns of July's status and update, and of the words by which rows are known here."""

OFFICERS_WORK = 5  # seeds from here on let officers edit the tracker

Place = tuple[str, str]


@dataclass(frozen=True)
class Sent:
    """A tracker that has sent its returns, and these, by owner."""

    tracker: Path
    returns: Sequence[bytes]
    keys: Mapping[tuple[str, str], str]
    lines: Sequence[list[tuple[dict[str, str], str]]]


def send(folder: Path, *, all_rows: bool) -> Sent:
    """Send the returns of the tracker above."""
    (folder / "sheetplan.toml").write_text('profile = "standard"\n', "utf-8")
    sheets = {"Theme 1": _FIRST, "Theme 2": _SECOND, "Owners": _OWNERS}
    tracker = workbook_from_text(folder / "plan.xlsx", sheets)
    sheetplan.send_returns(tracker, folder / "returns", all_rows=all_rows)
    returns = [path.read_bytes() for path in sorted((folder / "returns").glob("*.xlsx"))]
    keys = {}
    for sheet, reference, wording in (("Theme 1", "A", "C"), ("Theme 2", "B", "A")):
        for row in openpyxl.load_workbook(tracker)[sheet].iter_rows(min_row=2):
            texts = {cell.column_letter: cell.value for cell in row}
            key = KEYS[texts[_MONTH_CELLS[sheet][2]]]
            number = f" {key.split()[1]}" if "(" in key else ""
            keys[texts[wording], texts[reference] + number] = key
    lines = []
    for data in returns:
        filling = Filling(data, keys, [], Random(0), "")
        names = FIELDS[:8]
        lines.append(
            [({n: filling.text(x.row, n) for n in names}, str(x.key)) for x in filling.lines]
        )
    return Sent(tracker, returns, keys, lines)


def edited_by_officers(tracker: Path, seed: int) -> None:
    """What officers type into the tracker while returns are out; nothing for half of the seeds."""
    if seed < OFFICERS_WORK:
        return
    random, book = Random(seed), openpyxl.load_workbook(tracker, rich_text=True)
    for _ in range(random.randint(1, 6)):
        sheet = book[random.choice(("Theme 1", "Theme 2"))]
        letters = random.choice(("I", "J", "F", "C") if sheet.title[-1] == "1" else "GHIA")
        cell = sheet[f"{letters}{random.randint(2, 10)}"]
        is_blanked = letters in "GHIJ" and random.random() < 0.3
        cell.value = None if is_blanked else random.choice(("On track", "Officer's words", "Begun"))
    book.save(tracker)


def month_places(book: openpyxl.Workbook) -> dict[Place, Place]:
    """The sheet and the cell of each cell of July, by key and field."""
    found = {}
    for sheet, (status, update, known_by) in _MONTH_CELLS.items():
        for cell in book[sheet][known_by][1:]:
            for name, letters in (("status", status), ("update", update)):
                found[KEYS[cell.value], name] = (sheet, f"{letters}{cell.row}")
    return found


def values(book: openpyxl.Workbook) -> dict[Place, Any]:
    """The cells of the themes."""
    return {
        (name, cell.coordinate): cell.value
        for name in _MONTH_CELLS
        for row in book[name].iter_rows()
        for cell in row
        if cell.value is not None
    }
