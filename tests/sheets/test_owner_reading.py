"""Reading the sheet Owners: who the tracker's owners are, and what is wrong in its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.finding import Finding
from sheetplan.model.return_records import OwnerRecord
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.owner_reading import read_owners
from tests.builders import workbook_from_text
from tests.sheets.building import STANDARD

Read = tuple[tuple[OwnerRecord, ...], tuple[Finding, ...], str]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """What a sheet says that a text table builds."""

    def reading(text: str, name: str = "Owners", **options: Any) -> Read:
        path = workbook_from_text(tmp_path / "plan.xlsx", {name: text}, **options)
        return read_owners(Workbook.open(path), STANDARD)

    return reading


def said(found: Read) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.cell, finding.reference) for finding in found[1]]


def contents(found: Read) -> list[tuple[str, tuple[str, ...], str]]:
    return [(record.name, record.split_into, record.email) for record in found[0]]


def test_rows_say_who_an_owner_is(read: Callable[..., Read]) -> None:
    found = read(
        """
        | Name in the tracker | Split into                         | E-mail              |
        | HR / Payroll        | Head of HR; Payroll  Manager ;     |                     |
        | Legal               | Solicitor\\nClerk\\n\\nSOLICITOR     |                     |
        | Head of HR          |                                    | hr@wexcombe.example |
        """
    )
    assert contents(found) == [
        ("HR / Payroll", ("Head of HR", "Payroll Manager"), ""),
        ("Legal", ("Solicitor", "Clerk"), ""),
        ("Head of HR", (), "hr@wexcombe.example"),
    ]
    assert found[1:] == ((), "Owners")
    standing = found[0][2].standing
    assert standing is not None
    assert (standing.sheet, standing.cell("email")) == ("Owners", "C4")


def test_a_workbook_without_the_sheet_has_no_owners(read: Callable[..., Read]) -> None:
    assert read("| Ref | Status |", "Theme 1") == ((), (), "")


def test_the_sheet_is_found_by_its_table_and_its_columns_by_their_headings(
    read: Callable[..., Read],
) -> None:
    def decorate(book: Any) -> None:
        columns = [{"header": heading} for heading in ("Email", "Note", "Update owner")]
        sheet = book.get_worksheet_by_name("People")
        sheet.add_table("A1:C2", {"name": "Owners", "columns": columns})

    text = "| Email | Note | Update owner |\n| hr@wexcombe.example | new | Head of HR |"
    found = read(text, "People", decorate=decorate)
    assert contents(found) == [("Head of HR", (), "hr@wexcombe.example")]
    assert found[2] == "People"


def test_a_sheet_without_names_is_not_read_and_said(read: Callable[..., Read]) -> None:
    found = read("| Person | Split into | E-mail |\n| HR | | hr@wexcombe.example |")
    assert (found[0], found[2]) == ((), "Owners")
    assert said(found) == [("support-column-missing", "", "")]
    assert '"Name in the tracker"' in found[1][0].message


def test_blank_rows_and_counts_alone_say_nothing(read: Callable[..., Read]) -> None:
    found = read("| Name | E-mail | Actions |\n| HR | | 2 |\n| | | |\n| | | 3 |\n| IT | | 1 |")
    assert [record.name for record in found[0]] == ["HR", "IT"]
    assert found[1] == ()


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "typed",
    [
        "hr@wexcombe.example",
        "hr@wexcombe.example; pay.roll+1@mail.wexcombe.example",
        "o'brien_x@wexcombe.example;",
    ],
)
def test_addresses_are_kept_as_typed(typed: str, read: Callable[..., Read]) -> None:
    found = read(f"| Name | E-mail |\n| HR | {typed} |")
    assert (contents(found), found[1]) == ([("HR", (), typed)], ())


@pytest.mark.parametrize(
    "typed",
    [
        "hr.wexcombe.example",
        "hr@",
        "@wexcombe.example",
        "hr@pay@wexcombe.example",
        "hr @wexcombe.example",
        "Head of HR <hr@wexcombe.example>",
        "hr@wexcombe.example, it@wexcombe.example",
        "hr@wexcombe.example\\nBcc: all@wexcombe.example",
        "hr@wexcombe.example\u200b",
        "hr@wexcombe..example",
        "=2+2 -> 4",
    ],
)
def test_what_is_no_address_is_left_out_and_named(typed: str, read: Callable[..., Read]) -> None:
    found = read(f"| Name | E-mail |\n| HR | {typed} |")
    assert contents(found) == [("HR", (), "")]
    assert said(found) == [("owner-email-unreadable", "B2", "HR")]
    assert "is not an e-mail address, so it is left out. Type it as" in found[1][0].message


def test_of_several_addresses_those_that_are_none_are_left_out(read: Callable[..., Read]) -> None:
    found = read("| Name | E-mail |\n| HR | hr@wexcombe.example; tbc; pay@wexcombe.example |")
    assert contents(found) == [("HR", (), "hr@wexcombe.example; pay@wexcombe.example")]
    assert found[1][0].message.startswith('"tbc" is not an e-mail address')


# ---------------------------------------------------------------- rows that contradict


def test_a_row_without_a_name_is_named(read: Callable[..., Read]) -> None:
    found = read("| Name | E-mail |\n| | hr@wexcombe.example |\n| - | it@wexcombe.example |")
    assert found[0] == ()
    assert said(found) == [("owner-name-missing", "A2", ""), ("owner-name-missing", "A3", "")]


def test_of_two_rows_of_a_name_that_differ_only_the_first_is_read(
    read: Callable[..., Read],
) -> None:
    found = read("| Name | E-mail |\n| HR | hr@wexcombe.example |\n| h.r. | it@wexcombe.example |")
    assert contents(found) == [("HR", (), "hr@wexcombe.example")]
    assert said(found) == [("owner-repeated", "A3", "h.r.")]
    assert found[1][0].message.startswith("row 2 has this name too and says something else")


def test_two_rows_of_a_name_that_agree_are_one(read: Callable[..., Read]) -> None:
    found = read("| Name | Split into |\n| HR/IT | HR; IT |\n| hr it | hr;\\nit |")
    assert (contents(found), found[1]) == ([("HR/IT", ("HR", "IT"), "")], ())


@pytest.mark.parametrize(
    "rows", ["| HR | |\n| HR | a@b.example |", "| HR | a@b.example |\n| HR | |"]
)
def test_a_row_with_the_bare_name_says_nothing_against_another(
    rows: str, read: Callable[..., Read]
) -> None:
    found = read(f"| Name | E-mail |\n{rows}")
    assert (contents(found), found[1]) == ([("HR", (), "a@b.example")], ())


def test_a_name_split_into_itself_alone_is_one_owner(read: Callable[..., Read]) -> None:
    found = read("| Name | Split into |\n| HR / IT | hr/it |")
    assert (contents(found), found[1]) == ([("HR / IT", ("hr/it",), "")], ())


def test_a_name_split_into_itself_and_others_is_named(read: Callable[..., Read]) -> None:
    found = read("| Name | Split into |\n| HR | HR; Payroll |")
    assert contents(found) == [("HR", (), "")]
    assert said(found) == [("owner-split-circular", "B2", "HR")]
    assert "by way of them, into itself" in found[1][0].message


def test_a_circle_of_splits_is_named_in_each_of_its_rows_and_no_other(
    read: Callable[..., Read],
) -> None:
    found = read(
        """
        | Name | Split into |
        | A    | B; X       |
        | B    | C          |
        | C    | a          |
        | D    | A; Y       |
        | E    | X; Y       |
        """
    )
    assert [cell for _, cell, _ in said(found)] == ["B2", "B3", "B4"]
    assert contents(found) == [
        ("A", (), ""),
        ("B", (), ""),
        ("C", (), ""),
        ("D", ("A", "Y"), ""),
        ("E", ("X", "Y"), ""),
    ]


def test_text_that_looks_like_a_formula_is_a_name(read: Callable[..., Read]) -> None:
    assert contents(read("| Name |\n| '=HYPERLINK(1) |")) == [("=HYPERLINK(1)", (), "")]
