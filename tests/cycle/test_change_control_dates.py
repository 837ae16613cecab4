"""How `change-control` writes a date that was agreed: as its cell, or its column, shows dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builders import parts_of
from tests.cycle.controlling import AGREED, DATED, PLAN, carried_out, controlled, row_of, sheet_of
from tests.judges import openpyxl_values


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 5 August 2026, half past nine."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1785922200")


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """A tracker with some requests."""
    return lambda *requests, **options: controlled(tmp_path / "plan.xlsx", *requests, **options)


def moved_to(path: Path, cell: str = "D3") -> tuple[object, str]:
    """What a cell holds after a move, and its format, which is what it was."""
    _, output = carried_out(path)
    after = sheet_of(output)[cell]
    assert after.number_format == sheet_of(path)[cell].number_format
    return after.value, after.number_format


@pytest.mark.parametrize(
    ("code", "agreed", "written"),
    [
        ("mmm-yy", "Mar-27", datetime(2027, 3, 1)),
        ("mmm-yy", "March 2027", datetime(2027, 3, 1)),
        ("mmm-yy", "31/03/2027", "31/03/2027"),
        ("mmm-yy", "Autumn 2027", "Autumn 2027"),
        ("mmm-yy", "TBC", "TBC"),
        ("dd/mm/yyyy", "31 March 2027", datetime(2027, 3, 31)),
        ("dd/mm/yyyy", "Mar-27", "Mar-27"),
        ("d-mmm", "24 March 2027", "24 March 2027"),
        ("d-mmm", "Mar-27", "Mar-27"),
    ],
)
def test_a_real_date_is_written_where_it_shows_what_was_agreed(
    code: str, agreed: str, written: object, made: Callable[..., Path]
) -> None:
    path = made({**AGREED, "From": "", "To": agreed}, plan=DATED, date_format=code)
    assert moved_to(path) == (written, code)


@pytest.mark.parametrize("code", ["yyyy-mm-dd h:mm:ss", "dd/mm/yyyy hh:mm", "d-mmm", "dddd"])
def test_a_real_date_may_be_asked_for_however_its_cell_shows_it(
    code: str, made: Callable[..., Path]
) -> None:
    path = made(AGREED)
    book = openpyxl.load_workbook(path)
    asked = book["Change control"]["E2"]
    asked.value, asked.number_format = datetime(2026, 9, 30), code
    book.save(path)
    assert moved_to(path)[0] == "30 September 2026"


def test_a_cell_of_text_gets_text_though_its_column_holds_dates(made: Callable[..., Path]) -> None:
    plan = DATED.replace("2026-06-01", "Jun-26    ")
    assert moved_to(made(AGREED, plan=plan, date_format="mmm-yy"))[0] == "Sep-26"


@pytest.mark.parametrize("is_dated", [True, False])
def test_a_blank_cell_gets_what_its_column_holds(is_dated: bool, made: Callable[..., Path]) -> None:
    def styled(book: Any) -> None:
        look = book.add_format({"num_format": "mmm-yy"})
        book.get_worksheet_by_name("Theme 1").write_blank("D4", None, look)

    path = made(
        {**AGREED, "Reference": "LC.A1.3", "From": ""}, plan=DATED if is_dated else PLAN,
        date_format="mmm-yy", decorate=styled,
    )  # fmt: skip
    expected = datetime(2026, 9, 1) if is_dated else "Sep-26"
    assert moved_to(path, "D4") == (expected, "mmm-yy")


def test_a_real_date_counts_from_1904_where_the_workbook_does(made: Callable[..., Path]) -> None:
    path = made(AGREED, plan=DATED, date_format="mmm-yy")
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    assert moved_to(path)[0] == datetime(2026, 9, 1)


def test_a_new_date_stands_beside_the_first_one_where_there_is_a_column_for_it(
    made: Callable[..., Path],
) -> None:
    plan = PLAN.replace("Start  ", "Revised date")
    _, output = carried_out(made(AGREED, plan=plan))
    values = openpyxl_values(output)["Theme 1"]
    assert (values["C3"], values["D3"]) == ("Sep-26", "Jun-26")
    entry = row_of(output, "Update log", 1)
    assert (entry["Field"], entry["After"], "Before" in entry) == ("Revised date", "Sep-26", False)


def test_text_that_looks_like_a_formula_stays_text(made: Callable[..., Path]) -> None:
    asked = {**AGREED, "Field": "Action", "From": "Use them", "To": "'=1+1 of them"}
    _, output = carried_out(made(asked))
    assert openpyxl_values(output, formulas=True)["Theme 1"]["B3"] == "=1+1 of them"
    assert b"<f>" not in parts_of(output)["xl/worksheets/sheet1.xml"]
