"""Reading returns: each cell says what the sheet shows."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from sheetplan.model.owner_return import ReceivedRow
from tests.builders import FIRST_SHEET, package_with, parts_of
from tests.return_files import ReturnBook, row
from tests.sheets.received import FILE, TWO, edited, read, said


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
