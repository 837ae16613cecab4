"""Which return a file is: any one of four places says it, and two that disagree reject the file."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import openpyxl
import pytest

from sheetplan.model.month import Month
from sheetplan.model.owner_return import SCHEMA, ReceivedReturn, RejectedFile, owner_key
from sheetplan.settings import load_profile
from sheetplan.sheets.return_reading import read_return
from tests.return_files import (
    FACTS,
    GUIDE,
    HIDDEN,
    IDENTITY,
    MAIN,
    NAME,
    PLACES,
    PROPERTIES,
    VISIBLE,
    ReturnBook,
    row,
)

STANDARD = load_profile("standard")
ROWS = (row("OC.A1.1", status="On track", update="Begun"),)
OTHERS = {
    "tracker": replace(IDENTITY, tracker="99999999"),
    "month": replace(IDENTITY, month=Month(2023, 8)),
    "owner": replace(IDENTITY, owner=owner_key("Head of ICT")),
}


def outcome(**facts: Any) -> ReceivedReturn | RejectedFile:
    return read_return(ReturnBook(rows=ROWS, **facts).data, "return.xlsx", STANDARD)


def read(**facts: Any) -> ReceivedReturn:
    received = outcome(**facts)
    assert isinstance(received, ReceivedReturn), received
    return received


def rejected(**facts: Any) -> RejectedFile:
    found = outcome(**facts)
    assert isinstance(found, RejectedFile), found
    return found


# ---------------------------------------------------------------- one is enough


@pytest.mark.parametrize("place", PLACES)
def test_any_one_place_says_which_return_it_is(place: str) -> None:
    assert read(places=[place]).identity == IDENTITY


def test_where_no_place_says_it_the_return_is_read_all_the_same() -> None:
    received = read(places=[])
    assert received.identity is None
    assert received.owner_name == ""
    assert received.rows[0].text("update") == "Begun"


@pytest.mark.parametrize("place", [PROPERTIES, HIDDEN])
def test_the_owners_name_is_in_two_of_them(place: str) -> None:
    assert read(places=[place]).owner_name == "Head of HR"


def test_single_properties_say_it_where_the_whole_is_gone_and_the_other_way_round() -> None:
    def drop(*names: str) -> ReceivedReturn:
        def edit(book: openpyxl.Workbook) -> None:
            for name in names:
                del book.custom_doc_props[name]

        return read(places=[PROPERTIES], edit=edit)

    assert drop("sheetplan_id").identity == IDENTITY
    assert drop("sheetplan_month", "sheetplan_tracker_id").identity == IDENTITY
    assert drop("sheetplan_id", "sheetplan_month").identity is None


def test_other_programs_properties_and_names_say_nothing() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.custom_doc_props["sheetplan_id"].value = "a label"
        book[MAIN]["A2"] = "ab/2023/x"

    assert read(edit=edit).identity == IDENTITY


@pytest.mark.parametrize("cell", ["A1", "H4", "C30"])
def test_the_visible_line_may_stand_anywhere_near_the_top_among_other_words(cell: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[MAIN]["A3"] = None
        book[GUIDE][cell] = f"Please keep this: Return reference: {IDENTITY}. Thank you"

    assert read(places=[VISIBLE], edit=edit).identity == IDENTITY


def test_a_reference_further_down_is_somebodys_text() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[MAIN]["H31"] = f"See {OTHERS['month']}"

    assert read(edit=edit).identity == IDENTITY


def test_rows_that_were_copied_into_a_new_workbook_keep_the_visible_line() -> None:
    def copy(made: openpyxl.Workbook) -> None:
        for name in made.sheetnames[1:]:
            del made[name]
        made[MAIN].title = "Sheet1"

    received = read(places=[VISIBLE], edit=copy)
    assert received.identity == IDENTITY
    assert received.sent is None
    assert received.new_actions_sheet == ""


# ---------------------------------------------------------------- the hidden sheet


def test_the_hidden_sheet_may_be_shown_renamed_and_moved_and_lose_its_blank_rows() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[FACTS]
        sheet.title, sheet.sheet_state = "Sheet4", "visible"
        book.move_sheet(sheet, -3)
        sheet.insert_rows(1, 5)
        sheet.insert_rows(12, 2)
        sheet.insert_cols(1, 2)

    received = read(places=[HIDDEN], edit=edit)
    assert received.identity == IDENTITY
    assert received.sent is not None
    assert set(received.sent["OC.A1.1"].fields) == set(ROWS[0]) | {
        "date_change",
        "date_change_reason",
    }
    assert received.sheet == MAIN


def test_a_hidden_sheet_that_lost_a_fact_still_says_what_was_sent() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[FACTS].delete_rows(2)  # the month

    received = read(places=[HIDDEN], edit=edit)
    assert received.identity is None
    assert received.sent is not None


def test_a_digest_that_is_none_is_left_out() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for cells in book[FACTS].iter_rows(min_row=3):
            if cells[0].value == "OC.A1.1":
                cells[2].value = "gone"

    received = read(edit=edit)
    assert received.sent is not None
    assert "reference" not in received.sent["OC.A1.1"].fields
    assert "action" in received.sent["OC.A1.1"].fields


# ---------------------------------------------------------------- two that disagree


@pytest.mark.parametrize(("first", "second"), [*combinations(PLACES, 2)])
@pytest.mark.parametrize("other", [*OTHERS.values()], ids=[*OTHERS])
def test_two_places_that_disagree_reject_the_file_with_both_values(
    first: str, second: str, other: Any
) -> None:
    found = rejected(places=[first, second], identities={second: other})
    assert found.code == "identities-disagree"
    assert str(IDENTITY) in found.reason
    assert str(other) in found.reason


def test_the_reason_says_where_each_value_stands() -> None:
    found = rejected(identities={VISIBLE: OTHERS["month"]})
    assert found.reason == (
        "the file says that it is more than one return: 1a2b3c4d/2023-07/head-of-hr-dc06/1 in its "
        "properties (File > Info), the name _sheetplan_id and the sheet _sheetplan; "
        "1a2b3c4d/2023-08/head-of-hr-dc06/1 in Your update!A3."
    )


# ---------------------------------------------------------------- versions


@pytest.mark.parametrize("places", [[place] for place in PLACES])
def test_a_return_of_a_newer_version_is_rejected(places: list[str]) -> None:
    found = rejected(identity=replace(IDENTITY, schema=SCHEMA + 1), places=places)
    assert found.code == "newer-version"
    assert "newer version of sheetplan" in found.reason
    assert "Update sheetplan" in found.remedy


def test_a_return_of_an_older_version_is_read_and_that_is_noted() -> None:
    received = read(identity=replace(IDENTITY, schema=SCHEMA - 1))
    assert received.rows[0].text("update") == "Begun"
    assert received.notes == ("It was made by an older version of sheetplan (its form is 0).",)
    assert read(places=[NAME]).notes[0].startswith("Its hidden sheet is gone")
