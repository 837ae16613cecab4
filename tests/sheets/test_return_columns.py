"""Reading returns: sheets that were renamed, columns that were moved, and nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from tests.return_files import (
    COLUMNS,
    FACTS,
    HEADINGS,
    HIDDEN,
    MAIN,
    NEW_ACTIONS,
    PLACES,
    ReturnBook,
    row,
)
from tests.sheets.received import TWO, edited, read, rejected, said

# ---------------------------------------------------------------- sheets and columns


def test_sheets_may_be_renamed_and_moved_and_shown() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Copy of data"].sheet_state = "visible"
        book.move_sheet(MAIN + " ", 3)

    names = {MAIN: MAIN + " ", NEW_ACTIONS: "Sheet2", FACTS: "Copy of data"}
    new = [{"action": "Buy bikes"}]
    received = read(ReturnBook(rows=TWO, names=names, new_actions=new, edit=edit))
    assert said(received) == list(TWO)
    assert received.new_actions_sheet == "Sheet2"
    assert received.sent is not None
    assert received.notes == ()


def test_columns_may_be_moved_and_rows_inserted_above_the_headings() -> None:
    received = read(ReturnBook(rows=TWO, columns=COLUMNS[::-1], blank_rows=40))
    assert said(received) == list(TWO)
    assert received.rows[0].cells["reference"].cell == "K46"


def test_headings_further_down_than_people_put_them_are_not_looked_for() -> None:
    assert rejected(ReturnBook(rows=TWO, blank_rows=60)).code == "no-headings"


def test_headings_are_known_by_their_words_and_by_what_the_file_says_of_them() -> None:
    headings = {**HEADINGS, "status": "RAG now", "update": "Where are we?"}
    typed = {**headings, "status": "rag  NOW:", "action": "ACTION"}
    received = read(ReturnBook(rows=TWO, headings=typed, said_headings=headings))
    assert said(received) == list(TWO)


def test_without_the_hidden_sheet_the_usual_headings_and_those_of_the_settings_are_known() -> None:
    places = [place for place in PLACES if place != HIDDEN]
    headings = {**HEADINGS, "reference": "Ref.", "due_date": "Deadline"}
    received = read(ReturnBook(rows=TWO, headings=headings, places=places))
    assert said(received) == list(TWO)
    assert received.sent is None
    assert received.notes == (
        "Its hidden sheet is gone, so it no longer says what was sent in it. What stands above "
        "the headings was not looked at.",
    )


def test_what_the_file_calls_a_column_counts_for_more_than_what_others_call_it() -> None:
    columns = ["Ref", *COLUMNS]  # a column of the owner's own, with a usual name
    rows = [{**row, "Ref": "mine"} for row in TWO]
    received = read(ReturnBook(rows=rows, columns=columns))
    assert said(received) == list(TWO)
    assert received.notes == (
        'Column A of Your update, headed "Ref", was not sent, so what it says was not merged: '
        "see A6 and A7.",
    )


def test_columns_that_were_added_are_named_if_anything_stands_in_them() -> None:
    columns = ["My notes", *COLUMNS, "Blank"]
    received = read(ReturnBook(rows=[{**TWO[0], "My notes": "ask Jo"}, TWO[1]], columns=columns))
    assert said(received) == list(TWO)
    assert received.notes == (
        'Column A of Your update, headed "My notes", was not sent, so what it says was not '
        "merged: see A6.",
    )


def test_what_the_sheet_works_out_is_no_added_column_even_when_pasted_as_text() -> None:
    assert edited(lambda sheet: sheet.__setitem__("I6", "Filled in")).notes == ()
    assert "see I6." in edited(lambda sheet: sheet.__setitem__("I6", "ask Jo")).notes[0]


def test_a_return_without_its_references_is_read_and_so_is_one_without_its_actions() -> None:
    for gone in ("reference", "action"):
        columns = [name for name in COLUMNS if name != gone]
        received = read(ReturnBook(rows=TWO, columns=columns))
        assert gone not in received.columns
        assert said(received) == [{n: t for n, t in row.items() if n != gone} for row in TWO]


def test_a_return_without_either_is_rejected_as_no_row_can_be_told() -> None:
    columns = [name for name in COLUMNS if name not in ("reference", "action")]
    found = rejected(ReturnBook(rows=TWO, columns=columns))
    assert found.code == "no-keys"
    assert MAIN in found.reason


def test_a_column_to_fill_in_that_is_gone_is_missing_from_the_columns() -> None:
    columns = [name for name in COLUMNS if name != "update"]
    received = read(ReturnBook(rows=TWO, columns=columns))
    assert "update" not in received.columns
    assert [row.text("status") for row in received.rows] == ["On track", "Complete"]


def test_a_renamed_heading_of_answers_does_not_hide_them() -> None:
    received = read(
        ReturnBook(rows=TWO, headings={**HEADINGS, "update": "Words"}, said_headings=HEADINGS)
    )
    assert "update" not in received.columns
    assert 'headed "Words", was not sent' in received.notes[0]
    assert "H6 and H7" in received.notes[0]


@pytest.mark.parametrize("rows", [(), [row("OC.A1.1")]], ids=["no rows", "nothing filled in"])
def test_a_return_in_which_nothing_is_filled_in_is_read(rows: Sequence[Any]) -> None:
    assert said(read(ReturnBook(rows=rows))) == list(rows)


def test_a_workbook_without_the_headings_is_no_return() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Action", "Status (July 2023)", "Update (July 2023)"])
    book.active.append(["OC.A1.1", "Fix", "On track", "Begun"])
    found = rejected(book)
    assert found.code == "no-headings"
    assert '"This month\'s status"' in found.reason


def test_headings_that_were_pasted_again_are_no_row() -> None:
    def paste(sheet: Any) -> None:
        for column, name in enumerate(COLUMNS, 1):
            sheet.cell(8, column, HEADINGS.get(name, name))

    assert said(edited(paste)) == list(TWO)


def test_rows_above_headings_that_were_pasted_again_are_read_though_one_heading_was_changed() -> (
    None
):
    def paste(sheet: Any) -> None:
        for column, name in enumerate(COLUMNS, 1):
            sheet.cell(9, column, HEADINGS.get(name, name))
            sheet.cell(10, column, sheet.cell(7, column).value)
        sheet["G5"] = "What we say"

    received = edited(paste)
    assert [row.row for row in received.rows] == [6, 7, 10]
    done = "Done in July"
    assert [row.text("update") for row in received.rows] == ["Begun", done, done]
    assert 'headed "What we say"' in received.notes[0]


# ---------------------------------------------------------------- nothing is guessed


def _copy(book: openpyxl.Workbook) -> Any:
    copy = book.copy_worksheet(book[MAIN])
    copy.title = "Your update (2)"
    return copy


def test_a_copy_of_the_sheet_that_says_the_same_is_no_matter_whatever_its_order() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        copy = _copy(book)
        for column in range(1, len(COLUMNS) + 1):
            first, second = copy.cell(6, column), copy.cell(7, column)
            first.value, second.value = second.value, first.value

    received = read(ReturnBook(rows=TWO, edit=edit))
    assert (received.sheet, said(received)) == (MAIN, list(TWO))


def test_a_copy_of_the_sheet_that_differs_in_an_answer_is_not_chosen_from() -> None:
    found = rejected(ReturnBook(rows=TWO, edit=lambda book: _copy(book).__setitem__("H6", "No")))
    assert found.code == "sheets-disagree"
    assert "Your update and Your update (2)" in found.reason


def test_a_copy_of_the_sheet_without_rows_is_passed_over() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        _copy(book).delete_rows(6, 2)
        book.move_sheet("Your update (2)", -4)

    assert said(read(ReturnBook(rows=TWO, edit=edit))) == list(TWO)


def test_a_column_that_is_there_twice_must_say_the_same_twice() -> None:
    headings = {**HEADINGS, "again": HEADINGS["update"]}
    facts: dict[str, Any] = {"columns": [*COLUMNS, "again"], "headings": headings}
    same = [{**row, "again": row["update"]} for row in TWO]
    assert said(read(ReturnBook(rows=same, said_headings=HEADINGS, **facts))) == list(TWO)
    other = [same[0], {**same[1], "again": "Late"}]
    found = rejected(ReturnBook(rows=other, said_headings=HEADINGS, **facts))
    assert found.code == "columns-disagree"
    assert 'columns H and L of Your update are both headed "This month\'s update"' in found.reason
