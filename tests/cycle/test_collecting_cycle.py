"""A month: roll, prepare, send, fill in as people do, collect; every word is accounted for."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.collect_plan import CollectPlan
from tests.cli.running import unharmed
from tests.cycle.collecting import records
from tests.judges import ROOT, diff, office, openpyxl_values, sdk_errors, valid


@dataclass
class FilledReturn:
    """A return while somebody fills it in, and all that they typed.

    Attributes:
        sheet: The sheet of the rows.
        typed: Their answers: (reference, heading) -> text.
        dates: The dates that they ask for, by reference.
    """

    book: Any
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)

    @property
    def sheet(self) -> Worksheet:
        found: Worksheet = self.book.worksheets[0]
        return found

    @property
    def headings(self) -> dict[str, int]:
        """The columns by their headings."""
        row = next(cells for cells in self.sheet.iter_rows() if cells[0].value == "Reference")
        return {str(cell.value): cell.column for cell in row if cell.value}

    @property
    def rows(self) -> list[int]:
        """The rows that hold an action."""
        column = self.headings["Action"]
        first = next(c.row for cells in self.sheet.iter_rows() for c in cells
                     if c.value == "Action") + 1  # fmt: skip
        numbers = range(first, self.sheet.max_row + 1)
        return [row for row in numbers if self.sheet.cell(row, column).value]

    def put(self, row: int, heading: str, text: str) -> None:
        cell = self.sheet.cell(row, self.headings[heading])
        cell.value = text
        cell.data_type = "s"

    def fill(self) -> None:
        """Answer every row but the third of a return."""
        statuses = ["On track", "Medium Progress", "Complete"]
        for at, row in enumerate(self.rows):
            if at == 2:
                continue
            key = str(self.sheet.cell(row, self.headings["Reference"]).value)
            status, update = statuses[at % 3], f"{key} moved on in July;\nnext: café – “soon”"
            self.put(row, "This month's status", status)
            self.put(row, "This month's update", update)
            self.typed |= {(key, "Status"): status, (key, "Update"): update}


def as_sent(_: FilledReturn) -> None:
    """Nothing odd."""


def misspell_references(filled: FilledReturn) -> None:
    for row in filled.rows:
        cell = filled.sheet.cell(row, filled.headings["Reference"])
        cell.value = str(cell.value).replace(".", "", 1).lower() + " "


def turn_rows_round(filled: FilledReturn) -> None:
    columns = [c for name, c in filled.headings.items() if name != "To do"]
    rows = filled.rows
    texts = [[filled.sheet.cell(row, column).value for column in columns] for row in rows]
    for row, values in zip(rows, reversed(texts), strict=True):
        for column, value in zip(columns, values, strict=True):
            filled.sheet.cell(row, column).value = value


def lose_references(filled: FilledReturn) -> None:
    for row in filled.rows:
        filled.sheet.cell(row, filled.headings["Reference"]).value = None


def insert_rows_and_columns(filled: FilledReturn) -> None:
    filled.sheet.insert_rows(filled.rows[0], 2)
    filled.sheet.insert_cols(2)
    filled.sheet.cell(filled.rows[0], 2).value = "My own note"


def rename_the_sheet(filled: FilledReturn) -> None:
    filled.sheet.title = "Sheet1 "


def ask_for_a_date(filled: FilledReturn) -> None:
    row = filled.rows[0]
    key = str(filled.sheet.cell(row, filled.headings["Reference"]).value)
    filled.put(row, "Date change requested", "September 2027")
    filled.put(row, "Reason for date change", "The supplier is late")
    filled.dates[key] = "September 2027"


MISCHIEF: tuple[Callable[[FilledReturn], None], ...] = (
    as_sent,
    misspell_references,
    turn_rows_round,
    lose_references,
    insert_rows_and_columns,
    rename_the_sheet,
    ask_for_a_date,
)


@dataclass(frozen=True)
class Month:
    """A tracker before and after its returns were collected."""

    before: Path
    after: Path
    returns: Path
    result: ChangeResult[CollectPlan]
    filled: tuple[FilledReturn, ...]

    @property
    def typed(self) -> dict[tuple[str, str], str]:
        """All answers that were typed."""
        return {place: text for filled in self.filled for place, text in filled.typed.items()}


def sent_month(folder: Path) -> tuple[Path, Path]:
    """The example, rolled and prepared, and the folder of its returns."""
    tracker = Path(shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", folder))
    sheetplan.roll_month(tracker)
    sheetplan.prepare(tracker)
    sheetplan.send_returns(tracker, folder / "returns")
    return tracker, folder / "returns"


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The example's July, in which every owner returns."""
    folder = tmp_path_factory.mktemp("month")
    tracker, returns = sent_month(folder)
    filled = []
    for number, path in enumerate(sorted(returns.glob("*.xlsx"))):
        item = FilledReturn(openpyxl.load_workbook(path))
        item.fill()
        MISCHIEF[number % len(MISCHIEF)](item)
        path.unlink()
        item.book.save(returns / f"Copy of return {number}.xlsx")
        filled.append(item)
    before = Path(shutil.copy(tracker, folder / "before.xlsx"))
    with unharmed(returns):
        result = sheetplan.collect_returns(tracker, [returns])
    return Month(before, tracker, returns, result, tuple(filled))


def changed_cells(month: Month) -> Iterator[tuple[str, str, object, object]]:
    """The cells of the themes that changed: sheet, cell, before, after."""
    old, new = openpyxl_values(month.before), openpyxl_values(month.after)
    for sheet in old:
        if sheet.startswith("Theme "):
            for name in sorted(old[sheet].keys() | new[sheet].keys()):
                pair = old[sheet].get(name), new[sheet].get(name)
                if pair[0] != pair[1]:
                    yield sheet, name, *pair


def test_every_answer_stands_in_the_tracker_and_nothing_else_changed(month: Month) -> None:
    arrived = sorted(str(after) for *_, after in changed_cells(month))
    assert arrived == sorted(month.typed.values())
    assert len(arrived) > 80
    assert all(before is None for *_, before, _ in changed_cells(month))


def test_every_answer_stands_in_the_row_of_its_reference(month: Month) -> None:
    values = openpyxl_values(month.after)
    for sheet, cell, _, text in changed_cells(month):
        row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if " moved on in July" in str(text):
            key = str(text).split(" moved on")[0]
            assert key in [v for name, v in values[sheet].items() if name.endswith(row)]


def test_the_update_log_names_just_these_cells(month: Month) -> None:
    logged = {
        (str(entry["Reference"]), str(entry["Field"])): entry["After"]
        for entry in records(month.after, "Update log")
    }
    typed = {(key, name): text for (key, name), text in month.typed.items()}
    assert sorted(map(str, logged.values())) == sorted(typed.values())
    assert len(logged) == len(typed)


def test_every_date_that_is_asked_for_is_a_change_request(month: Month) -> None:
    asked = [text for filled in month.filled for text in filled.dates.values()]
    requests = records(month.after, "Change control")
    assert [request["To"] for request in requests] == asked
    assert asked
    assert {request["Reason"] for request in requests} == {"The supplier is late"}


def test_nothing_is_in_conflict_or_rejected(month: Month) -> None:
    plan = month.result.plan
    assert (plan.rejected, plan.rejected_answers, plan.open_conflicts) == ((), (), 0)
    assert plan.totals.merged == len(month.typed)
    assert plan.totals.merged_files == len(month.filled)


def test_every_owner_has_returned(month: Month) -> None:
    status = sheetplan.status(month.after)
    assert status.standing.returned == status.standing.sent == len(month.filled)
    unanswered = sum(len(filled.rows) > 2 for filled in month.filled)
    assert status.standing.blank == unanswered
    assert len(status.chase) == unanswered


def test_other_programs_find_nothing_wrong_with_the_tracker(month: Month) -> None:
    assert valid(month.before, month.after) == []
    assert not diff(month.before, month.after).lost
    assert month.result.verified is not None
    assert month.result.verified.cells_lost == 0


@pytest.mark.validator
def test_the_sdk_finds_nothing_wrong_that_was_not_there(month: Month) -> None:
    assert set(sdk_errors(month.after)) <= set(sdk_errors(month.before))


def test_collecting_all_of_it_again_changes_nothing(month: Month) -> None:
    with unharmed(month.after.parent):
        again = sheetplan.collect_returns(month.after, [month.returns])
    assert again.output is None
    assert again.plan.totals.same == len(month.typed)


@pytest.mark.office
def test_returns_that_libreoffice_saved_come_to_the_same(month: Month, tmp_path: Path) -> None:
    command = [str(office()), "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/profile"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")]
    command += map(str, month.returns.glob("*.xlsx"))
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    tracker = Path(shutil.copy(month.before, tmp_path))
    plan = sheetplan.collect_returns(tracker, [tmp_path / "saved"]).plan
    assert plan.totals.merged_files == len(month.filled)
    assert (plan.rejected, plan.rejected_answers) == ((), ())
    names = [name for name in openpyxl_values(tracker) if name.startswith("Theme ")]
    there, here = openpyxl_values(month.after), openpyxl_values(tracker)
    assert {name: here[name] for name in names} == {name: there[name] for name in names}
