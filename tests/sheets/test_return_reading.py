"""Reading returns: whatever was done to them, nothing is lost and nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment

from sheetplan.model.owner_return import RETURN_FIELDS, digest
from tests.builders import package_with, parts_of
from tests.return_files import MAIN, NEW_ACTIONS, ReturnBook
from tests.sheets.received import FILE, TWO, edited, read, said

# ---------------------------------------------------------------- as it was sent


def test_a_return_is_read_by_its_fields_with_the_names_of_its_cells() -> None:
    book = ReturnBook(rows=TWO)
    received = read(book)
    assert said(received) == list(TWO)
    assert received.file == FILE
    assert (received.sheet, received.owner_name) == (MAIN, "Head of HR")
    assert received.rows[1].cells["update"].cell == book.cell(1, "update") == "H7"
    assert received.columns == dict(zip(RETURN_FIELDS, "ABCDEFGHJK", strict=True))
    assert received.notes == ()


def test_an_owners_long_name_is_whole_though_excel_cuts_a_property_to_255_characters() -> None:
    name = "Head of HR and " + "of much else, " * 30

    def cut(book: openpyxl.Workbook) -> None:
        book.custom_doc_props["sheetplan_owner_name"].value = name[:255]

    assert read(ReturnBook(rows=TWO, owner_name=name, edit=cut)).owner_name == name.strip()


def test_what_was_sent_is_known_by_key_as_digests() -> None:
    received = read(ReturnBook(rows=TWO, not_asked=["OC.A1.2"]))
    assert received.sent is not None
    assert {key: sent.is_asked for key, sent in received.sent.items()} == {
        "OC.A1.1": True,
        "OC.A1.2": False,
    }
    sent = received.sent["OC.A1.1"].fields
    assert set(sent) == set(RETURN_FIELDS)
    assert sent["action"] == digest("Do what OC.A1.1 asks for")
    assert sent["update"] == digest("") != digest("Begun")


def test_new_actions_are_read_and_blank_rows_of_their_sheet_are_not() -> None:
    new = [{"action": "Buy bikes", "lead": "AB"}, {}, {"theme": "Place", "due_date": "Mar-27"}]
    received = read(ReturnBook(rows=TWO, new_actions=new))
    assert [{n: c.text for n, c in row.cells.items()} for row in received.new_actions] == [
        new[0],
        new[2],
    ]
    assert received.new_actions_sheet == NEW_ACTIONS
    assert received.new_actions[1].cells["theme"].cell == "A6"


def test_two_files_of_one_content_have_the_same_mark_and_others_have_not() -> None:
    data, other = ReturnBook(rows=TWO).data, ReturnBook(rows=TWO[:1]).data
    assert read(data).content == read(data).content != read(other).content


# ---------------------------------------------------------------- rows


def test_a_blank_row_between_shifts_nothing() -> None:
    received = edited(lambda sheet: sheet.insert_rows(7, 3))
    assert said(received) == list(TWO)
    assert [row.row for row in received.rows] == [6, 10]


def test_a_deleted_row_shifts_nothing() -> None:
    assert said(edited(lambda sheet: sheet.delete_rows(6))) == [TWO[1]]


def test_hidden_and_filtered_rows_and_columns_are_read() -> None:
    def hide(sheet: Any) -> None:
        sheet.auto_filter.ref = "A5:K7"
        sheet.auto_filter.add_filter_column(6, ["Complete"])
        sheet.row_dimensions[6].hidden = True
        sheet.column_dimensions["H"].hidden = True

    assert said(edited(hide)) == list(TWO)


def test_a_row_that_was_added_is_read_with_what_it_has() -> None:
    received = edited(lambda sheet: sheet.__setitem__("H9", "More to say"))
    assert said(received)[2:] == [{"update": "More to say"}]


def test_merged_cells_count_for_the_first_and_are_named() -> None:
    received = edited(lambda sheet: sheet.merge_cells("H6:H7"))
    assert [row.text("update") for row in received.rows] == ["Begun", ""]
    assert received.notes == (
        "Your update has merged cells (H6:H7): what they say counts for the first cell of each "
        "only.",
    )


def test_cells_merged_above_the_headings_are_no_matter() -> None:
    assert edited(lambda sheet: sheet.merge_cells("A1:H2")).notes == ()


def test_ten_thousand_pasted_rows_are_read() -> None:
    def paste(sheet: Any) -> None:
        for number in range(10_000):
            sheet.cell(8 + number, 8, f"Pasted {number}")

    received = edited(paste)
    assert len(received.rows) == 10_002
    assert received.rows[-1].text("update") == "Pasted 9999"


def test_formatted_blank_rows_are_no_rows() -> None:
    def fill(sheet: Any) -> None:
        for number in range(8, 500):
            sheet.cell(number, 8).number_format = "@"
            sheet.cell(number, 7, "  ").number_format = "@"

    assert said(edited(fill)) == list(TWO)


# ---------------------------------------------------------------- what is said elsewhere


def test_comments_and_other_sheets_and_drawings_are_named() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[MAIN]["H6"].comment = Comment("And one more thing", "Jo")
        book.create_sheet("Budget")["A1"] = 5
        book.create_sheet("Sheet2")

    assert read(ReturnBook(rows=TWO, edit=edit)).notes == (
        "Your update has comments (H6); what they say was not merged.",
        "Nothing was read from the sheet Budget, which was not sent.",
    )


def test_macros_are_named_and_not_run(tmp_path: Path) -> None:
    path = ReturnBook(rows=TWO).save(tmp_path / FILE)
    parts = parts_of(path)
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
    )
    related = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="vbaProject.bin" '
        b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
        b"</Relationships>",
    )
    assert kind in types
    changed = {
        "[Content_Types].xml": types,
        "xl/_rels/workbook.xml.rels": related,
        "xl/vbaProject.bin": b"Sub Auto_Open()",
    }
    received = read(package_with(path, changed).read_bytes())
    assert said(received) == list(TWO)
    assert received.notes == ("It has macros; they were not run.",)
