"""A new tracker that begins with a register of recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import NoRecommendationsError, RegisterNotFoundError, SheetplanError
from tests.builders import workbook_from_text
from tests.cycle.starting import THEMES, blank, opened
from tests.judges import openpyxl_values

REGISTER = """
    | Reviewer    | Strand             | Ref | Recommendation            | Response | Monitored |
    | Peer team   | finance            | R1  | Agree a budget by March   | Yes      |           |
    | Auditor     | Finance            | S1  | Keep reserves             |          |           |
    | Peer team   | Homes / People and Culture | R2 | Fill the posts |          |           |
    | Peer team   | Housing            | R3  | Inspect every home        |          |           |
    | Peer team   | Finance            | R4  | Thank the finance team    |          | no        |
    | Peer team   | Finance            | R5  | Publish the accounts      |          |           |
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of two reviews."""
    path = workbook_from_text(tmp_path / "register.xlsx", {"Register": REGISTER})
    book = openpyxl.load_workbook(path)
    cell = book["Register"]["D3"]
    cell.value, cell.data_type = "=Keep reserves", "s"  # words that look like a formula
    book.save(path)
    return path


def _rows(path: Path, theme: str) -> list[tuple[Any, ...]]:
    sheet = opened(path)[theme]
    cells = [[sheet.cell(row, column).value for column in (1, 2, 3, 13)] for row in range(5, 9)]
    return [tuple(row) for row in cells if row[1]]


def test_each_recommendation_becomes_a_main_action_of_its_theme(
    tmp_path: Path, register: Path
) -> None:
    path = blank(tmp_path, from_register=register)
    assert _rows(path, "Finance") == [
        ("Peer team", "FI.A1.0", "Agree a budget by March", "R1"),
        ("Peer team", "FI.A2.0", "Publish the accounts", "R5"),
        ("Auditor", "FI.B1.0", "=Keep reserves", "S1"),
    ]
    assert _rows(path, "People and culture") == [("Peer team", "PC.A1.0", "Fill the posts", "R2")]
    assert _rows(path, "Review recommendations") == [
        ("Peer team", "RR.A1.0", "Inspect every home", "R3")
    ]
    assert opened(path)["Finance"].tables["Plan_FI"].ref == "A4:O7"


def test_the_words_of_a_register_are_no_formula(tmp_path: Path, register: Path) -> None:
    path = blank(tmp_path, from_register=register)
    assert opened(path)["Finance"]["C7"].data_type == "s"


def test_a_registers_control_characters_that_no_cell_can_hold_are_left_out(
    tmp_path: Path, register: Path
) -> None:
    book = openpyxl.load_workbook(register)
    book["Register"]["D3"] = "Keep_x0007_ reserves_x000B_safe"
    book.save(register)
    path = blank(tmp_path, from_register=register)
    assert opened(path)["Finance"]["C7"].value == "Keep reserves\nsafe"


def test_the_recommendations_and_their_map_are_filled_in(tmp_path: Path, register: Path) -> None:
    path = blank(tmp_path, from_register=register)
    values = openpyxl_values(path)
    texts = [values["Recommendations"].get(f"C{row}") for row in range(5, 11)]
    assert texts == [
        "Agree a budget by March", "=Keep reserves", "Fill the posts", "Inspect every home",
        "Publish the accounts", None,
    ]  # fmt: skip
    sheet = values["Recommendation map"]
    mapped = {sheet[f"A{row}"]: sheet[f"B{row}"] for row in range(5, 10)}
    assert mapped == {
        "R1": "FI.A1.0", "R5": "FI.A2.0", "S1": "FI.B1.0", "R2": "PC.A1.0", "R3": "RR.A1.0",
    }  # fmt: skip
    assert not sheetplan.inspect(path).findings


def test_what_is_not_monitored_through_the_plan_is_left_out_and_named(
    tmp_path: Path, register: Path
) -> None:
    plan = sheetplan.plan_new(tmp_path / "plan.xlsx", THEMES, from_register=register)
    assert plan.left_out == ("R4",)
    assert plan.recommendations == 5
    assert plan.as_data()["not_monitored"] == ["R4"]


def test_without_themes_a_register_makes_one(tmp_path: Path, register: Path) -> None:
    plan = sheetplan.plan_new(tmp_path / "plan.xlsx", from_register=register)
    assert [theme.name for theme in plan.themes] == ["Review recommendations"]
    assert len(plan.themes[0].actions) == 5


def test_a_workbook_without_a_register_is_refused(tmp_path: Path) -> None:
    other = workbook_from_text(tmp_path / "other.xlsx", {"Notes": "| Ref | Note |\n| 1 | Hm |"})
    with pytest.raises(RegisterNotFoundError, match="no sheet is a register") as caught:
        blank(tmp_path, from_register=other)
    assert caught.value.where == "other.xlsx"
    assert "Notes" in caught.value.message


def test_a_register_without_recommendations_is_refused(tmp_path: Path) -> None:
    empty = "| Ref | Recommendation | Response |\n|     |                |          |"
    path = workbook_from_text(tmp_path / "register.xlsx", {"Register": empty})
    with pytest.raises(NoRecommendationsError, match="no recommendation under them"):
        blank(tmp_path, from_register=path)


@pytest.mark.parametrize("name", ["gone.xlsx", "words.xlsx"])
def test_a_register_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "words.xlsx").write_text("words")
    with pytest.raises(SheetplanError):
        blank(tmp_path, from_register=tmp_path / name)
    assert not (tmp_path / "plan.xlsx").exists()
