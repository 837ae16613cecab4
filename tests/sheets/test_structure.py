"""The structure of a workbook as data: sheets, columns, drop-downs, colour rules and names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.workbook_structure import (
    ColumnStructure,
    NameStructure,
    SheetStructure,
    WorkbookStructure,
)
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.reading import read_layouts
from sheetplan.sheets.structure import structure
from tests.builders import workbook_from_text
from tests.judges import ROOT
from tests.sheets.building import STANDARD
from tests.sheets.facts import JULY, JUNE, PLAN


def structure_of(path: Path) -> WorkbookStructure:
    workbook = Workbook.open(path)
    return structure(workbook, read_layouts(workbook, STANDARD))


def built(
    folder: Path, sheets: dict[str, str], decorate: Any = lambda book, sheet: None
) -> WorkbookStructure:
    """The structure of sheets that text tables say, the first of which is decorated."""
    path = workbook_from_text(
        folder / "plan.xlsx", sheets, decorate=lambda book: decorate(book, book.worksheets()[0])
    )
    return structure_of(path)


def columns(found: WorkbookStructure) -> dict[str, ColumnStructure]:
    return {column.letters: column for column in found.sheets[0].columns}


def test_sheets_and_columns_are_told_in_their_order(tmp_path: Path) -> None:
    plan = (
        "| Ref | What we\\n will do | Colour | Status (July 2023) | DoT |\n| A1 | Task | Red | | |"
    )

    def decorate(book: Any, sheet: Any) -> None:
        book.get_worksheet_by_name("Lists").hide()
        book.get_worksheet_by_name("Old").very_hidden()

    found = built(tmp_path, {"Plan": plan, "Lists": "| a |", "Old": "| b |"}, decorate)
    assert found == WorkbookStructure(
        (
            SheetStructure(
                "Plan",
                "visible",
                True,
                (
                    ColumnStructure("A", "Ref", "reference"),
                    ColumnStructure("B", "What we will do", "action"),
                    ColumnStructure("C", "Colour"),
                    ColumnStructure("D", "Status (July 2023)", "status", JULY),
                    ColumnStructure("E", "DoT", "direction", JULY),
                ),
            ),
            SheetStructure("Lists", "hidden", False),
            SheetStructure("Old", "veryHidden", False),
        )
    )
    assert hash(found) == hash(structure_of(tmp_path / "plan.xlsx"))


def test_a_heading_that_is_merged_over_two_rows_is_told(tmp_path: Path) -> None:
    plan = "| Ref | Action | July 2023 | < |\n| | | Status | Update |\n| A1 | Task | | |"

    def decorate(book: Any, sheet: Any) -> None:
        sheet.merge_range("B1:B2", "Action")

    found = columns(built(tmp_path, {"Plan": plan}, decorate))
    assert [column.heading for column in found.values()] == ["Ref", "Action", "Status", "Update"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"validate": "list", "source": ["On track", "Late"]}, "On track, Late"),
        ({"validate": "list", "source": "=INDIRECT($A$1)"}, "=INDIRECT($A$1)"),
        (
            {"validate": "date", "criteria": ">=", "value": "=DATE(2023,1,1)"},
            "a date from =DATE(2023,1,1)",
        ),
        ({"validate": "date", "criteria": "<", "value": "=45017"}, "a date under 1 April 2023"),
        (
            {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5},
            "a whole number between 1 and 5",
        ),
        ({"validate": "length", "criteria": "<=", "value": 400}, "text of a length up to 400"),
        ({"validate": "custom", "value": '=G2<>""'}, 'what fits =G2<>""'),
    ],
    ids=["list", "worked out", "formula", "date", "number", "length", "custom"],
)
def test_what_may_be_typed_is_told_in_words(
    tmp_path: Path, rule: dict[str, Any], words: str
) -> None:
    found = built(tmp_path, {"Plan": PLAN}, lambda b, sheet: sheet.data_validation("G2:G8", rule))
    assert columns(found)["G"].drop_downs == (words,)
    assert columns(found)["I"].drop_downs == ()


def test_a_message_alone_is_no_drop_down_and_nor_is_one_over_the_headings(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.data_validation("G2:G8", {"validate": "any", "input_message": "Choose"})
        sheet.data_validation("I1", {"validate": "list", "source": ["June", "July"]})

    found = columns(built(tmp_path, {"Plan": PLAN}, decorate))
    assert found["G"].drop_downs == found["I"].drop_downs == ()


def test_colour_rules_are_counted_by_what_they_do(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        look = book.add_format({"bg_color": "#C6EFCE"})
        for area in ("G2:G4", "G5:G8"):
            for words in ('"Late"', '"Closed"'):
                rule = {"type": "cell", "criteria": "==", "value": words, "format": look}
                sheet.conditional_format(area, rule)
        sheet.conditional_format("E2:E8", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("A1:J1", {"type": "no_blanks", "format": look})

    found = columns(built(tmp_path, {"Plan": PLAN}, decorate))
    counts = {letters: column.colour_rules for letters, column in found.items()}
    assert {letters: count for letters, count in counts.items() if count} == {"E": 1, "G": 2}


def test_names_are_told_with_their_sheets_and_not_those_that_excel_hides(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        book.define_name("Words", "=Lists!$A$1:$A$2")
        book.define_name("Lists!Own", "=Lists!$A$1")
        sheet.autofilter("A1:J8")  # Excel keeps it as a hidden name

    found = built(tmp_path, {"Plan": PLAN, "Lists": "| a |"}, decorate)
    assert found.names == (
        NameStructure("Own", "Lists!$A$1", "Lists"),
        NameStructure("Words", "Lists!$A$1:$A$2"),
    )


def test_the_example_has_the_structure_that_it_was_built_with() -> None:
    found = structure_of(ROOT / "examples" / "improvement_plan.xlsx")
    trackers = [sheet for sheet in found.sheets if sheet.is_tracker]
    assert [sheet.name.partition(" - ")[0] for sheet in trackers] == [
        f"Theme {number}" for number in range(1, 7)
    ]
    status = {sheet.name: sheet.columns[-2] for sheet in trackers}
    assert all(column.field == "status" for column in status.values())
    assert len({column.drop_downs for column in status.values()}) == 1
    assert JUNE not in {column.month for column in status.values()}
