"""Reading returns: whatever was done to them, nothing is lost and nothing is guessed."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

import sheetplan
from sheetplan.model.owner_return import (
    RETURN_FIELDS,
    ReceivedReturn,
    ReceivedRow,
    RejectedFile,
    digest,
    owner_key,
)
from sheetplan.settings import load_profile
from sheetplan.sheets.return_reading import read_return
from tests.builders import FIRST_SHEET, package_with, parts_of
from tests.judges import ROOT, office, openpyxl_values
from tests.return_files import (
    COLUMNS,
    FACTS,
    HEADINGS,
    HIDDEN,
    IDENTITY,
    MAIN,
    NEW_ACTIONS,
    PLACES,
    ReturnBook,
    row,
)

STANDARD = load_profile("standard")
FILE = "Head of HR.xlsx"
TWO = (
    row("OC.A1.1", status="On track", update="Begun"),
    row("OC.A1.2", status="Complete", update="Done in July", date_change="Mar-27"),
)


def read(book: ReturnBook | openpyxl.Workbook | bytes) -> ReceivedReturn:
    """A return that can be read."""
    received = outcome(book)
    assert isinstance(received, ReceivedReturn), received
    return received


def rejected(book: ReturnBook | openpyxl.Workbook | bytes) -> RejectedFile:
    """A file that cannot be read as a return."""
    found = outcome(book)
    assert isinstance(found, RejectedFile), found
    assert found.file == FILE
    assert found.reason.endswith(".")
    assert found.remedy.endswith(".")
    return found


def outcome(book: ReturnBook | openpyxl.Workbook | bytes) -> ReceivedReturn | RejectedFile:
    if isinstance(book, ReturnBook):
        book = book.data
    if isinstance(book, openpyxl.Workbook):
        stream = io.BytesIO()
        book.save(stream)
        book = stream.getvalue()
    return read_return(book, FILE, STANDARD)


def said(received: ReceivedReturn) -> list[dict[str, str]]:
    """What the rows say, by the names of their fields."""
    return [{name: cell.text for name, cell in row.cells.items()} for row in received.rows]


def edited(*edits: Callable[[Any], object], **facts: Any) -> ReceivedReturn:
    """The return of two rows after its main sheet was edited."""

    def edit(book: openpyxl.Workbook) -> None:
        for each in edits:
            each(book[MAIN])

    return read(ReturnBook(rows=TWO, edit=edit, **facts))


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


# ---------------------------------------------------------------- cells


def test_each_kind_of_cell_says_what_the_sheet_shows() -> None:
    """A time says its own text, never that of the cell before it."""
    values = {
        "status": time(14, 30),
        "update": timedelta(hours=26, minutes=5),
        "date_change": date(2027, 3, 31),
        "date_change_reason": 12.5,
    }
    shown = {
        "status": "14:30:00",
        "update": "26:05:00",
        "date_change": "31 March 2027",
        "date_change_reason": "12.5",
    }
    found = said(read(ReturnBook(rows=[row("OC.A1.1", **values)])))[0]
    assert {name: found[name] for name in shown} == shown


def test_yes_and_no_as_excel_has_them_are_read_as_shown() -> None:
    found = edited(lambda sheet: sheet.__setitem__("G6", True))
    assert found.rows[0].text("status") == "TRUE"


def test_an_error_is_told_from_a_text_that_reads_like_one() -> None:
    def put(sheet: Any) -> None:
        sheet["G6"] = "#REF!"
        sheet["G6"].data_type = "e"
        sheet["G7"] = "#REF!"
        sheet["G7"].data_type = "s"

    wrong, text = (row.cells["status"] for row in edited(put).rows)
    assert (wrong.text, wrong.is_error) == ("#REF!", True)
    assert (text.text, text.is_error) == ("#REF!", False)


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@SUM(A1)", "='x'!A1", "_x0041_"])
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    cell = read(ReturnBook(rows=[row("OC.A1.1", update=text)])).rows[0].cells["update"]
    assert (cell.text, cell.formula, cell.runs) == (text.replace("_x0041_", "A"), "", ())


def raw(path: Path, cells: dict[str, str]) -> list[ReceivedRow]:
    """The rows of a return whose main sheet has these cells as XML, in the place of its own."""
    data = parts_of(ReturnBook(rows=TWO).save(path))[FIRST_SHEET].decode()
    for name, xml in cells.items():
        data = re.sub(rf'<c r="{name}".*?</c>', lambda _, xml=xml: xml, data, count=1)
    return list(read(package_with(path, {FIRST_SHEET: data.encode()}).read_bytes()).rows)


def test_a_formula_is_told_with_the_result_that_was_stored(tmp_path: Path) -> None:
    cells = {
        "G6": '<c r="G6" t="str"><f>"On "&amp;"track"</f><v>On track</v></c>',
        "G7": '<c r="G7"><f>SUM(1,2)</f></c>',
        "H7": '<c r="H7"><f t="array" ref="H7">A7*2</f><v>3.5</v></c>',
    }
    first, second = raw(tmp_path / FILE, cells)
    assert first.cells["status"].formula == '"On "&"track"'
    assert first.text("status") == "On track"
    assert (second.cells["status"].formula, second.text("status")) == ("SUM(1,2)", "")
    assert (second.cells["update"].formula, second.text("update")) == ("A7*2", "3.5")


def test_a_shared_formula_is_told_in_every_cell_that_shares_it(tmp_path: Path) -> None:
    cells = {
        "G6": '<c r="G6" t="str"><f t="shared" ref="G6:G7" si="0">A6&amp;""</f><v>x</v></c>',
        "G7": '<c r="G7" t="str"><f t="shared" si="0"/><v>y</v></c>',
    }
    rows = raw(tmp_path / FILE, cells)
    assert [row.cells["status"].formula for row in rows] == ['A6&""', 'A6&""']
    assert [row.text("status") for row in rows] == ["x", "y"]


def test_control_characters_are_dropped_and_counted_and_words_do_not_run_together(
    tmp_path: Path,
) -> None:
    text = "a_x0007_b_x000B_c_x000D_\nd_xD83D__xDE00_"
    cells = {"H6": f'<c r="H6" t="inlineStr"><is><t>{text}</t></is></c>'}
    cell = raw(tmp_path / FILE, cells)[0].cells["update"]
    assert (cell.text, cell.controls) == ("ab\nc\nd\U0001f600", 1)


def test_rich_text_comes_with_its_formatting_and_plain_text_without() -> None:
    rich = CellRichText("Begun ", TextBlock(InlineFont(b=True), "at last"))
    rows = [row("OC.A1.1", update=rich, status="On track")]
    cells = read(ReturnBook(rows=rows, sent={})).rows[0].cells
    assert cells["update"].text == "Begun at last"
    assert [run.text for run in cells["update"].runs] == ["Begun ", "at last"]
    assert [b"<b" in run.properties for run in cells["update"].runs] == [False, True]
    assert cells["status"].runs == ()


def test_line_breaks_and_accents_arrive_whole() -> None:
    text = "Zoë’s café –\nsecond line\n\n• a point\t£5"
    assert said(read(ReturnBook(rows=[row("OC.A1.1", update=text)])))[0]["update"] == text


def test_a_text_of_blanks_is_a_blank() -> None:
    received = read(ReturnBook(rows=[row("OC.A1.1", update=" \u00a0\n", status="On track")]))
    assert "update" not in received.rows[0].cells
    assert "status" in received.rows[0].cells


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


# ---------------------------------------------------------------- files that cannot be read


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "not-a-workbook", "empty"),
        (b"Ref,Action\n1,2\n", "not-a-workbook", "CSV"),
        (b"PK\x03\x04" + b"\0" * 50, "damaged", "cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "not-a-workbook", "password"),
    ],
    ids=["empty", "text", "cut short", "encrypted"],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_rejected_with_the_reason(
    data: bytes, code: str, words: str
) -> None:
    found = rejected(data)
    assert found.code == code
    assert words in found.reason


def test_a_return_that_was_cut_short_is_rejected() -> None:
    data = ReturnBook(rows=TWO).data
    assert rejected(data[: len(data) // 2]).code == "damaged"


def test_a_return_that_would_unpack_to_very_much_is_rejected_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    path = ReturnBook(rows=TWO).save(tmp_path / FILE)
    block = random.Random(0).randbytes(10_000).hex().encode()
    swollen = parts_of(path)[FIRST_SHEET].replace(b"<sheetData>", b"<sheetData>" + block * 3_500)
    found = rejected(package_with(path, {FIRST_SHEET: swollen}).read_bytes())
    assert found.code == "too-large"
    assert "would unpack to 67 MB" in found.reason


def test_a_workbook_that_contradicts_itself_is_rejected_and_raises_nothing(tmp_path: Path) -> None:
    path = ReturnBook(rows=TWO).save(tmp_path / FILE)
    broken = parts_of(path)[FIRST_SHEET].replace(b'r="H7"', b'r="ZZZZZ7"')
    found = rejected(package_with(path, {FIRST_SHEET: broken}).read_bytes())
    assert found.code == "not-understood"


def _unpacked() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


SOUND = ReturnBook(rows=TWO, new_actions=[{"action": "Buy bikes"}]).data


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_no_damage_raises_anything(chance: random.Random) -> None:
    parts = _unpacked()
    name = chance.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) or 1)
        piece = chance.choice([b"", b"<", b'"', b"&", b"\xff", b"x" * 9, b"</row>", b"-1"])
        data[start : start + chance.randint(0, 30)] = piece
    assert isinstance(
        outcome(_packed({**parts, name: bytes(data)})), (ReceivedReturn, RejectedFile)
    )


# ---------------------------------------------------------------- other programs, any order


MISCHIEF = (
    row("OC.A1.1", status="On track", update="=1+1 is “two” – Zoë\n• second line"),
    row("OC.A1.2", update="x" * 32_767),
    row("1.10", status="00123", date_change="31/03/2027", date_change_reason="Späte Lieferung"),
)


def test_a_return_that_openpyxl_saved_again_is_the_same() -> None:
    book = ReturnBook(rows=MISCHIEF, new_actions=[{"action": "+Bikes"}])
    before = read(book)
    after = read(openpyxl.load_workbook(io.BytesIO(book.data), rich_text=True))
    assert (said(after), after.sent, after.identity, after.notes) == (
        list(MISCHIEF),
        before.sent,
        IDENTITY,
        (),
    )
    assert after.new_actions == before.new_actions


@pytest.mark.office
def test_a_return_that_libreoffice_saved_is_the_same(tmp_path: Path) -> None:
    book = ReturnBook(rows=MISCHIEF, new_actions=[{"action": "+Bikes"}])
    before = read(book)
    after = read(saved_by_office(book.save(tmp_path / FILE)).read_bytes())
    assert said(after) == list(MISCHIEF)
    assert (after.sent, after.identity, after.owner_name) == (before.sent, IDENTITY, "Head of HR")
    assert [row.text("action") for row in after.new_actions] == ["+Bikes"]
    assert after.notes == ()


def saved_by_office(path: Path) -> Path:
    """The workbook as LibreOffice writes it."""
    target = path.parent / "by office"
    profile = (path.parent / "profile").as_uri()
    command = [str(office()), "--headless", f"-env:UserInstallation={profile}", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target / path.name


ROWS = tuple(
    row(f"OC.A{theme}.{number}", status=f"Status {number}", update=f"Update {theme} {number}")
    for theme in (1, 2)
    for number in (1, 2, 10)
)


@settings(max_examples=60)
@given(
    columns=st.permutations([*COLUMNS, "Mine", ""]),
    rows=st.permutations(ROWS),
    blanks=st.lists(st.integers(6, 12), max_size=4),
    above=st.integers(0, 50),
    name=st.text(st.characters(whitelist_categories=["L", "N", "Zs"]), min_size=1, max_size=20),
)
def test_whatever_the_order_and_the_blanks_the_rows_are_the_same(
    columns: list[str], rows: list[dict[str, str]], blanks: list[int], above: int, name: str
) -> None:
    def insert(book: openpyxl.Workbook) -> None:
        for at in blanks:
            book.worksheets[0].insert_rows(at + above)

    book = ReturnBook(
        rows=rows, columns=columns, blank_rows=above, edit=insert, names={MAIN: f"x{name}"},
        headings={**HEADINGS, "": ""},
    )  # fmt: skip
    received = read(book)
    assert sorted(said(received), key=_by_reference) == sorted(ROWS, key=_by_reference)
    assert received.sent is not None
    assert set(received.sent) == {texts["reference"] for texts in ROWS}


def _by_reference(texts: Mapping[str, str]) -> str:
    return texts["reference"]


# ---------------------------------------------------------------- what is really sent


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A return as it is sent to one owner of the example."""
    folder = tmp_path_factory.mktemp("sent")
    tracker = shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", folder)
    sheetplan.send_returns(tracker, folder / "out", only="Head of People Services")
    (path,) = (folder / "out").glob("*.xlsx")
    return path


def test_a_return_as_it_is_sent_is_read_whole(sent: Path) -> None:
    received = read(sent.read_bytes())
    assert tuple(received.columns) == RETURN_FIELDS
    assert received.owner_name == "Head of People Services"
    assert received.identity is not None
    assert received.identity.owner == owner_key("Head of People Services")
    assert (received.notes, received.new_actions) == ((), ())
    assert received.sent is not None
    assert list(received.sent) == [row.text("reference").replace(" ", "") for row in received.rows]
    for row_ in received.rows:
        digests = received.sent[row_.text("reference").replace(" ", "")].fields
        assert digests == {name: digest(row_.text(name)) for name in RETURN_FIELDS}
    values = openpyxl_values(sent)[received.sheet]
    cells = [cell for row_ in received.rows for cell in row_.cells.values()]
    assert {cell.cell: cell.text for cell in cells}.items() <= values.items()


@pytest.mark.office
def test_a_return_as_it_is_sent_comes_back_from_libreoffice_as_it_was(
    sent: Path, tmp_path: Path
) -> None:
    before = read(sent.read_bytes())
    after = read(saved_by_office(Path(shutil.copy(sent, tmp_path))).read_bytes())
    assert said(after) == said(before)
    assert (after.sent, after.identity, after.notes) == (before.sent, before.identity, ())
