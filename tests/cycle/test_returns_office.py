"""Returns that were opened, filled in and saved in LibreOffice."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

import sheetplan
from tests.cycle.looking import book_of
from tests.cycle.mischief_filling import Filling
from tests.cycle.office_owner import fill_in_office, save_by_office, saved_by_office
from tests.cycle.sending import HR, file_of, made_tracker, register
from tests.judges import openpyxl_values, sdk_errors, valid

pytestmark = pytest.mark.office

MONTH = ("H", "I")  # the columns of August's status and update
KEYS = {("Fix the roof", "OC.A1.1"): "OC.A1.1", ("Let it", "OC.A1.5"): "OC.A1.5"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker that has sent its returns, which are only read."""
    folder = tmp_path_factory.mktemp("office")
    sheetplan.send_returns(made_tracker(folder / "plan"), folder / "sent")
    return folder


@pytest.fixture
def tracker(folder: Path, tmp_path: Path) -> Path:
    """A copy of the tracker, to be changed."""
    return Path(shutil.copytree(folder / "plan", tmp_path / "plan")) / "plan.xlsx"


@pytest.fixture(scope="module")
def sent(folder: Path) -> Path:
    """The return of the Head of HR: OC.A1.1 in row 7 and OC.A1.5 in row 8."""
    return folder / "sent" / file_of(HR)


@pytest.fixture(scope="module")
def filled(folder: Path, sent: Path) -> Path:
    """That return, filled in."""
    return filled_in(sent, folder / "filled.xlsx")


@pytest.fixture(scope="module")
def by_office(folder: Path, sent: Path, filled: Path) -> Path:
    """A folder with both, saved in one run of LibreOffice."""
    save_by_office([sent, filled], folder / "by office")
    return folder / "by office"


def of_august(tracker: Path) -> dict[str, object]:
    """What the tracker says of August, by cell."""
    cells = openpyxl_values(tracker)["Theme 1"]
    return {name: value for name, value in cells.items() if name[0] in MONTH and name[1:] != "1"}


# ---------------------------------------------------------------- opened and saved


def filled_in(sent: Path, path: Path) -> Path:
    """The return with rich text, line breaks and accents in it, as Excel would save it."""
    filling = Filling(sent.read_bytes(), KEYS, [], Random(0), "HR")
    one, other = filling.lines
    filling.put(one, "status", "Complete")
    filling.put(one, "update", "Roof done at last", is_rich=True)
    filling.put(other, "status", "On track")
    filling.put(other, "update", "=Café\n\nZoë’s “flat” 😀")
    filling.put(other, "date_change", "31/03/27")
    filling.put(other, "date_change_reason", "The tenant asks")
    path.write_bytes(filling.book.data())
    return path


def test_a_return_that_libreoffice_saved_comes_to_the_same(
    tracker: Path, filled: Path, by_office: Path
) -> None:
    saved = by_office / filled.name
    trackers = [Path(shutil.copy(tracker, tracker.with_name(f"{n}.xlsx"))) for n in "ab"]
    plans = [
        sheetplan.collect_returns(path, [file]).plan
        for path, file in zip(trackers, (filled, saved), strict=True)
    ]
    totals = [plan.totals for plan in plans]
    assert totals[0] == totals[1]
    assert (totals[0].merged, totals[0].requests) == (4, 2)
    assert plans[1].findings == plans[0].findings
    assert plans[1].returns[0].notes == ()
    there, here = (openpyxl_values(path) for path in trackers)
    assert here["Theme 1"] == there["Theme 1"]
    assert here["Change control"] == there["Change control"]


def test_bold_words_are_bold_in_the_tracker_and_nothing_else_is(
    tracker: Path, filled: Path, by_office: Path
) -> None:
    """LibreOffice names font, size and colour beside every word; only bold means anything."""
    sheetplan.collect_returns(tracker, [by_office / filled.name])
    cell = book_of(tracker)["Theme 1"]["I2"]
    assert isinstance(cell.value, CellRichText)
    bold, plain = cell.value
    assert (bold.font.b, bold.text + plain) == (True, "Roof done at last")
    assert (bold.font.rFont, bold.font.sz) == (cell.font.name, cell.font.sz)
    assert isinstance(plain, str)


def test_a_return_that_libreoffice_saved_is_one_that_excel_opens(
    sent: Path, by_office: Path
) -> None:
    assert valid(sent, by_office / sent.name) == []


def test_a_return_as_it_was_sent_is_passed_over_when_libreoffice_saved_it(
    tracker: Path, sent: Path, by_office: Path
) -> None:
    plan = sheetplan.plan_collect_returns(tracker, [by_office / sent.name])
    assert [file.reason for file in plan.passed_over] == [
        "nothing has been filled in since it was sent"
    ]


def test_an_opendocument_spreadsheet_is_rejected_with_what_to_do(
    tracker: Path, sent: Path, tmp_path: Path
) -> None:
    saved = saved_by_office(sent, tmp_path / "by office", "ods")
    (rejected,) = sheetplan.plan_collect_returns(tracker, [saved]).rejected
    assert "OpenDocument" in rejected.reason
    assert "Save As, type Excel 2007-365 (.xlsx)" in rejected.remedy


# ---------------------------------------------------------------- filled in there


@pytest.fixture(scope="module")
def filled_there(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The return filled in in LibreOffice, and what its owner saw."""
    back = tmp_path_factory.mktemp("there") / "back.xlsx"
    seen = fill_in_office(
        sent,
        back,
        [
            'Look "I7"',
            'Choose "G7", 3',
            'Look "I7"',
            'TypeIn "H7", "Slipped: the slates are late"',
            'Look "I7"',
            'TypeIn "G8", "=On track"',
            'TypeIn "H8", "=1+1 flats let"',
            'TypeIn "J8", "31/03/27"',
            'TypeIn "C8", "Sell it"',
            'TypeIn "D8", "Mar-30"',
            'Look "C8"',
            'Look "D8"',
            'HideOtherRows "ActionUpdates", 1, "OC.A1.1"',
            'LookWhetherShown "A8"',
        ],
    )
    return back, seen


def test_an_owner_is_told_what_is_missing_and_kept_from_locked_cells(
    filled_there: tuple[Path, list[str]],
) -> None:
    _, seen = filled_there
    assert seen == [
        "Status needed", "Update needed", "Filled in", "Let it", "Jul-24", "False"
    ]  # fmt: skip


def test_all_that_was_typed_there_is_collected(
    tracker: Path, filled_there: tuple[Path, list[str]]
) -> None:
    back, _ = filled_there
    plan = sheetplan.collect_returns(tracker, [back]).plan
    words = openpyxl.load_workbook(back)["Guide"]
    status = of_august(tracker)["H2"]
    assert status in {cell.value for cell in words["A"]}
    assert of_august(tracker) == {
        "H2": status, "I2": "Slipped: the slates are late",
        "H6": "=On track", "I6": "=1+1 flats let",
    }  # fmt: skip
    assert (plan.totals.requests, plan.totals.rejected, plan.totals.conflicts) == (1, 0, 0)
    (row,) = (row for row in register(tracker) if row["Owner"] == HR)
    assert (row["Answered"], row["Blank"], row["Change requests"]) == (2, 0, 1)


def test_what_it_saved_keeps_excels_rules_as_the_sent_one_does(
    sent: Path, filled_there: tuple[Path, list[str]]
) -> None:
    assert valid(sent, filled_there[0]) == []


@pytest.mark.validator
def test_the_sdk_finds_nothing_in_what_it_saved(filled_there: tuple[Path, list[str]]) -> None:
    assert sdk_errors(filled_there[0]) == []
