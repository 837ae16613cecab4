"""Whom an owner cell names, and when that is in doubt."""

from __future__ import annotations

import pytest

from sheetplan.model import Action
from sheetplan.model.owner_return import Owner
from sheetplan.model.return_records import OwnerRecord
from sheetplan.returns.owners import OwnerBook, owner_cell

BOTH = "Head of HR / Payroll Manager"


def row(**fields: str) -> Action:
    return Action("BC.A1.1", None, "Sheet 1", 5, fields, {})


# ---------------------------------------------------------------- the cell


def test_the_update_owner_is_the_owner() -> None:
    action = row(update_owner=" Head of HR\n", director_lead="Chief Executive")
    assert owner_cell(action) == ("update_owner", "Head of HR")


@pytest.mark.parametrize("nobody", ["", "  ", "-", "N/A", "n/a", "None", "Same as lead", "TBC"])
def test_the_lead_is_the_owner_where_no_update_owner_is_named(nobody: str) -> None:
    action = row(update_owner=nobody, director_lead="Chief Executive")
    assert owner_cell(action) == ("director_lead", "Chief Executive")


def test_the_lead_alone_is_asked_where_that_is_wanted() -> None:
    action = row(update_owner="Head of HR", director_lead="Chief Executive")
    assert owner_cell(action, "director_lead") == ("director_lead", "Chief Executive")


def test_a_row_that_names_nobody_has_no_owner() -> None:
    assert owner_cell(row()) is None
    assert owner_cell(row(update_owner="n/a", director_lead="vacant")) is None
    assert owner_cell(row(update_owner="Head of HR"), "director_lead") is None


def test_line_breaks_in_a_cell_are_kept_since_they_may_divide_it() -> None:
    cell = owner_cell(row(update_owner="Head of HR\nPayroll"))
    assert cell is not None
    assert cell.text == "Head of HR\nPayroll"


# ---------------------------------------------------------------- whom it names


def test_a_text_is_one_owner_where_nothing_is_said_of_it() -> None:
    assert OwnerBook().owners_of(BOTH) == (Owner(BOTH),)


def test_spellings_of_one_name_are_one_owner_called_as_it_was_first_spelt() -> None:
    book = OwnerBook()
    spellings = ["Director - Law & Governance", "director-law and\ngovernance", "DIRECTOR LAW & "
                 "GOVERNANCE."]  # fmt: skip
    assert {book.owners_of(text) for text in spellings} == {(Owner(spellings[0]),)}


def test_names_that_differ_in_a_word_are_two_owners() -> None:
    book = OwnerBook()
    assert book.owners_of("Director of Law") != book.owners_of("Director for Law")


def test_a_row_of_owners_gives_the_address_and_the_spelling() -> None:
    book = OwnerBook([OwnerRecord("Head of HR", email="hr@wexcombe.example; b@wexcombe.example")])
    assert book.owners_of("head  of H.R.") == (
        Owner("Head of HR", "hr@wexcombe.example; b@wexcombe.example"),
    )


def test_a_cell_that_is_split_names_each_owner_once_with_an_address_of_its_own() -> None:
    book = OwnerBook(
        [
            OwnerRecord(BOTH, ("Head of HR", "Payroll Manager", "head of hr")),
            OwnerRecord("Payroll manager", email="pay@wexcombe.example"),
        ]
    )
    assert book.owners_of("head of hr / payroll manager") == (
        Owner("Head of HR"),
        Owner("Payroll manager", "pay@wexcombe.example"),
    )
    assert book.owners_of("HEAD OF HR") == (Owner("Head of HR"),)


def test_a_name_that_is_split_into_another_spelling_is_that_owner() -> None:
    book = OwnerBook([OwnerRecord("Director- Finan", ("Director-Finance",))])
    assert book.owners_of("Director- Finan") == book.owners_of("Director - Finance")


def test_what_is_split_into_may_be_split_again() -> None:
    book = OwnerBook([OwnerRecord("Both", ("One", "Two")), OwnerRecord("All", ("Both", "Three"))])
    assert [owner.name for owner in book.owners_of("All")] == ["One", "Two", "Three"]


def test_a_circle_of_splits_ends() -> None:
    book = OwnerBook([OwnerRecord("One", ("Two", "Three")), OwnerRecord("Two", ("One",))])
    assert [owner.name for owner in book.owners_of("One")] == ["One", "Three"]


# ---------------------------------------------------------------- doubts


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Head of HR\nPayroll", "a line break may divide it"),
        ("Head of HR / Payroll", "a slash may divide it"),
        ("JW/SB", "a slash may divide it"),
        ("Jane Wood; Sam Birch", "a semicolon may divide it"),
        ("Jane Wood + Sam Birch", "a plus may divide it"),
        ("Jane Wood | Sam Birch", "a bar may divide it"),
        ("Head of HR Payroll Manager", 'it has the job titles "Head" and "Manager"'),
        ("Head of HR HR Payroll Manager L&D/OD", "a slash may divide it"),
        ("Head of HR and Head of IT", 'it has the job titles "Head" and "Head"'),
        ("AD - HR Strategic Lead - Change", 'it has the job titles "AD" and "Lead"'),
        ("Deputy Chief Executive, Chair", 'it has the job titles "Executive" and "Chair"'),
        ("Clerk, Solicitor, Planner", 'it has the job titles "Clerk", "Solicitor" and "Planner"'),
        ("Jane Wood - Sam Birch", "a dash may divide it"),
        ("HR– Payroll", "a dash may divide it"),
        ("Jane Wood, Sam Birch", "a comma may divide it"),
        ("Jane Wood and Sam Birch", 'an "and" may divide it'),
        ("Legal & Finance", 'an "and" may divide it'),
        ("Jane Wood (Head of HR) and Sam Birch (Manager)", 'an "and" may divide it'),
    ],
)
def test_a_cell_that_may_name_several_owners_is_doubtful(text: str, doubt: str) -> None:
    assert OwnerBook().doubt(text) == doubt


@pytest.mark.parametrize(
    "text",
    [
        "Head of HR",
        "Director - Law & Governance",
        "Director-Regeneration & Growth",
        "Director of Housing and Communities",
        "Manager, Equality, Learning and Inclusion Team",
        "Strategic Lead - Communications",
        "Executive Director, Place",
        "Chief Finance Officer",
        "Executive Support Manager",
        "Lead Officer for Handover",
        "Co-ordinator - Volunteers",
        "Jane Wood",
        "Jane Wood, Head of HR",
        "Jane Wood (Head of HR)",
        "Director of Finance (Section 151 Officer)",
        "Anne-Marie Wood",
        "Leadership Team",
    ],
)
def test_a_cell_that_names_one_owner_is_not(text: str) -> None:
    assert OwnerBook().doubt(text) == ""


@pytest.mark.parametrize(
    "record",
    [
        OwnerRecord(BOTH, ("Head of HR", "Payroll Manager")),
        OwnerRecord(BOTH, (BOTH,)),
        OwnerRecord(BOTH, email="hr@wexcombe.example"),
    ],
    ids=["split", "split into itself", "an address"],
)
def test_a_row_that_says_who_it_is_settles_a_doubt(record: OwnerRecord) -> None:
    assert OwnerBook([record]).doubt(BOTH.upper()) == ""


def test_a_row_with_the_bare_name_settles_nothing() -> None:
    assert OwnerBook([OwnerRecord(BOTH)]).doubt(BOTH) == "a slash may divide it"


def test_a_piece_that_may_itself_be_several_is_doubtful() -> None:
    split = OwnerRecord("HR", ("Head of HR", "Payroll Manager, Pensions Lead"))
    piece = OwnerRecord("Payroll Manager, Pensions Lead", email="pay@wexcombe.example")
    assert OwnerBook([split]).doubt("HR") == (
        'of its piece "Payroll Manager, Pensions Lead", it has the job titles "Manager" and "Lead"'
    )
    assert OwnerBook([split, piece]).doubt("HR") == ""


def test_a_name_split_into_itself_is_one_owner_with_its_address() -> None:
    book = OwnerBook([OwnerRecord(BOTH, (BOTH,), "hr@wexcombe.example")])
    assert book.owners_of(BOTH) == (Owner(BOTH, "hr@wexcombe.example"),)
