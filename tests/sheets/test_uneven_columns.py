"""Columns whose rows differ: what is told, and beside it what differs lawfully."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.workbook_facts import CellFact, UnevenColumn
from tests.builders import FIRST_SHEET, patched, workbook_from_text
from tests.sheets.facts import HEADINGS, JUNE, PLAN, cells, facts, facts_of

LIST = {"validate": "list", "source": ["On track", "Complete"]}
LATE = {"validate": "list", "source": ["On track", "Late"]}
Decorate = Callable[[Any, Any], Any]


def uneven(
    folder: Path, decorate: Decorate, text: str = PLAN, **options: Any
) -> list[UnevenColumn]:
    return list(facts(folder, text, decorate, **options).uneven)


def offering(*ranges: str, rule: dict[str, Any] = LIST) -> Decorate:
    def decorate(book: Any, sheet: Any) -> None:
        for area in ranges:
            sheet.data_validation(area, rule)

    return decorate


# ---------------------------------------------------------------- drop-downs


def test_a_cell_without_the_drop_down_of_the_others_is_told(tmp_path: Path) -> None:
    assert uneven(tmp_path, offering("I3:I5", "I7:I8")) == [
        UnevenColumn(
            "Plan",
            "I",
            "Status (July 2023)",
            "drop-down",
            "On track, Complete",
            (CellFact("Plan", "I6", "none", "OC.A1.4"),),
        )
    ]


def test_a_cell_with_another_drop_down_is_told(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        offering("I3:I7")(book, sheet)
        offering("I8", rule=LATE)(book, sheet)

    (column,) = uneven(tmp_path, decorate)
    assert cells(column.cells) == {"I8": "On track, Late"}


def test_a_drop_down_that_the_others_have_not_is_told(tmp_path: Path) -> None:
    (column,) = uneven(tmp_path, offering("I8"))
    assert (column.usual, cells(column.cells)) == ("none", {"I8": "On track, Complete"})


@pytest.mark.parametrize(
    "ranges",
    [
        ("I3:I8",),
        ("I2:I900",),
        ("I3:I4", "I5", "I6:I8"),
        ("I3:I6",),
        ("G3:G5",),
    ],
    ids=["every sub-action", "spare rows too", "in pieces", "no use of most", "another month"],
)
def test_drop_downs_that_all_have_or_few_is_not_told(
    tmp_path: Path, ranges: tuple[str, ...]
) -> None:
    assert uneven(tmp_path, offering(*ranges)) == []


def test_two_lists_with_the_same_words_are_one_drop_down(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        offering("I3:I7")(book, sheet)
        sheet.write_column("N1", LIST["source"])
        offering("I8", rule={"validate": "list", "source": "=$N$1:$N$2"})(book, sheet)

    assert uneven(tmp_path, decorate) == []


def test_the_month_that_is_checked_is_looked_at(tmp_path: Path) -> None:
    (column,) = uneven(tmp_path, offering("G3:G7"), month=JUNE)
    assert cells(column.cells) == {"G8": "none"}


def test_rows_between_the_actions_do_not_count(tmp_path: Path) -> None:
    text = PLAN.replace("| OC.A1.4 |", "| Theme 2 | | | | | | | | | |\n| OC.A1.4 |")
    assert uneven(tmp_path, offering("I3:I5", "I7:I9"), text) == []


def test_a_drop_down_of_2010_is_one_as_well(tmp_path: Path) -> None:
    rule = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
        'count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>Lists!$A$1:$A$2</xm:f>'
        "</x14:formula1><xm:sqref>I3:I7</xm:sqref></x14:dataValidation></x14:dataValidations>"
        "</ext></extLst></worksheet>"
    )
    path = workbook_from_text(
        tmp_path / "plan.xlsx", {"Plan": PLAN, "Lists": "| On track |\n| Late |"}
    )
    patched(path, {FIRST_SHEET: lambda xml: xml.replace(b"</worksheet>", rule.encode())})
    (column,) = facts_of(path).uneven
    assert (column.usual, cells(column.cells)) == ("On track, Late", {"I8": "none"})


MAINS = "\n".join(
    f"| OC.A{n}.0 | Work | Jo | 2024-03-01 | | Focus 2 | N/A | | N/A | |\n"
    f"| OC.A{n}.1 | Task | Jo | 2024-03-01 | | N/A | On track | | On track | |"
    for n in range(1, 7)
)


def test_main_actions_are_compared_with_main_actions_alone(tmp_path: Path) -> None:
    """Main actions stand in rows 2, 4 … and choose a focus; sub-actions a status."""
    text = f"{HEADINGS}\n{MAINS}"
    mains = [f"F{row}" for row in range(2, 14, 2)]
    subs = [f"I{row}" for row in range(3, 15, 2)]
    assert uneven(tmp_path, offering(*mains, *subs), text) == []
    (column,) = uneven(tmp_path, offering(*mains[:-1], *subs), text)
    assert cells(column.cells) == {"F12": "none"}


# ---------------------------------------------------------------- colour rules


def coloured(*rules: tuple[str, str]) -> Decorate:
    """Colour rules by formulas, each over a range."""

    def decorate(book: Any, sheet: Any) -> None:
        green = book.add_format({"bg_color": "#C6EFCE"})
        for area, formula in rules:
            rule = {"type": "formula", "criteria": formula, "format": green}
            sheet.conditional_format(area, rule)

    return decorate


def test_a_cell_without_the_colour_rules_of_the_others_is_told(tmp_path: Path) -> None:
    rules = ("I3:I7", '=$I3="Complete"'), ("I3:I8", '=$I3="Late"'), ("I3:I8", '=$I3="Closed"')
    (column,) = uneven(tmp_path, coloured(*rules))
    assert (column.what, column.usual) == ("colour rule", "3 colour rules")
    assert cells(column.cells) == {"I8": "1 of 3 missing"}
    (column,) = uneven(tmp_path, coloured(rules[0]))
    assert (column.usual, cells(column.cells)) == ("1 colour rule", {"I8": "none"})


def test_a_colour_rule_in_pieces_is_one_rule(tmp_path: Path) -> None:
    pieces = ("I3:I7", '=$I3="Complete"'), ("I8", '=$I8="Complete"')
    assert uneven(tmp_path, coloured(*pieces)) == []


def test_a_piece_that_reads_another_row_is_another_rule(tmp_path: Path) -> None:
    pieces = ("I3:I7", '=$I3="Complete"'), ("I8", '=$I3="Complete"')
    (column,) = uneven(tmp_path, coloured(*pieces))
    assert cells(column.cells) == {"I8": "1 of 1 missing and 1 more"}


def test_a_piece_that_colours_otherwise_is_another_rule(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        for area, colour in (("I3:I7", "#C6EFCE"), ("I8", "#FFC7CE")):
            look = book.add_format({"bg_color": colour})
            rule = {"type": "cell", "criteria": "==", "value": '"Late"', "format": look}
            sheet.conditional_format(area, rule)

    (column,) = uneven(tmp_path, decorate)
    assert cells(column.cells) == {"I8": "1 of 1 missing and 1 more"}


def test_a_colour_rule_of_2010_is_one_as_well(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.conditional_format("E3:E7", {"type": "data_bar", "data_bar_2010": True})

    (column,) = uneven(tmp_path, decorate)
    assert (column.usual, cells(column.cells)) == ("1 colour rule", {"E8": "none"})


# ---------------------------------------------------------------- number formats


def shown(cell: str, value: object, look: dict[str, str]) -> Decorate:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.write(cell, value, book.add_format(look))

    return decorate


def test_a_date_that_shows_otherwise_is_told(tmp_path: Path) -> None:
    decorate = shown("D4", datetime(2024, 3, 1), {"num_format": "dd/mm/yyyy"})
    (column,) = uneven(tmp_path, decorate, date_format="mmm-yy")
    assert (column.what, column.usual) == ("number format", "dates such as Mar-26")
    assert cells(column.cells) == {"D4": "01/03/2024"}


def test_a_date_that_shows_as_a_number_is_told(tmp_path: Path) -> None:
    decorate = shown("D4", 45352, {"num_format": "0"})
    (column,) = uneven(tmp_path, decorate, date_format="mmm-yy")
    assert cells(column.cells) == {"D4": "45352"}


@pytest.mark.parametrize(
    ("value", "look"),
    [
        (datetime(2024, 3, 1), {"num_format": "[$-809]mmm\\-yy;@"}),
        ("Mar 24", {"num_format": "0.00"}),
        (None, {"num_format": "0.00"}),
    ],
    ids=["the same in other signs", "words", "blank"],
)
def test_what_shows_alike_is_not_told(tmp_path: Path, value: object, look: dict[str, str]) -> None:
    assert uneven(tmp_path, shown("D4", value, look), date_format="mmm-yy") == []


# ---------------------------------------------------------------- protection


def unlocking(rows: range, *, protect: bool = True, ranges: str = "") -> Decorate:
    """The status cells of some rows, open on a sheet that is protected."""

    def decorate(book: Any, sheet: Any) -> None:
        is_open = book.add_format({"locked": False})
        for row in rows:
            sheet.write(f"I{row}", "On track", is_open)
        if protect:
            sheet.protect()
        if ranges:
            sheet.unprotect_range(ranges)

    return decorate


def test_a_locked_cell_among_open_ones_is_told(tmp_path: Path) -> None:
    (column,) = uneven(tmp_path, unlocking(range(3, 8)))
    assert (column.what, column.usual) == ("protection", "not locked")
    assert cells(column.cells) == {"I8": "locked"}


def test_an_open_cell_among_locked_ones_is_told(tmp_path: Path) -> None:
    (column,) = uneven(tmp_path, unlocking(range(8, 9)))
    assert (column.usual, cells(column.cells)) == ("locked", {"I8": "not locked"})


@pytest.mark.parametrize(
    "decorate",
    [
        unlocking(range(3, 9)),
        unlocking(range(3, 8), protect=False),
        unlocking(range(3, 8), ranges="I8"),
    ],
    ids=["all open", "not protected", "open to some by a range"],
)
def test_protection_that_shuts_nobody_out_is_not_told(tmp_path: Path, decorate: Decorate) -> None:
    assert uneven(tmp_path, decorate) == []


def test_a_cell_that_is_not_stored_is_as_its_column_is(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.set_column("I:I", None, book.add_format({"locked": False}))
        unlocking(range(3, 9))(book, sheet)

    text = PLAN.replace("| OC.A1.6 | Task | Jo |", "| OC.A1.6 | Task | |")
    assert uneven(tmp_path, decorate, text) == []
