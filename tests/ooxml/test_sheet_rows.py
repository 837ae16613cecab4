"""Rows are kept as text and parsed cell by cell, so every way to write the same XML is tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.plain_form import plain_form
from sheetplan.ooxml.sheet_rows import SheetRows
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN, main
from tests.builders import FIRST_SHEET, SHEET_ROOT, parts_of, patched, workbook_with_sheet
from tests.judges import diff, openpyxl_values, valid
from tests.ooxml.editing import edited

ROWS = """<sheetData>
<row r="1" spans="1:2"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>two</t></is></c></row>
<row r="3"><c r="A3" t="str"><f>B1&amp;"&lt;c&gt;"</f><v>two&lt;c&gt;</v></c><c r="C3"/></row>
<row r="4" ht="30"/>
<row r="5"><c r="B5"><v>5</v></c></row>
</sheetData>"""
VALUES = {"A1": 1, "B1": "two", "A3": "two<c>", "B5": 5}


def swapped(old, new):
    """The function that puts something in the place of all that reads so."""

    def swap(xml):
        assert old.encode() in xml
        return xml.replace(old.encode(), new.encode())

    return swap


def in_encoding(encoding):
    """The function that writes a part in another encoding."""

    def encode(xml):
        text = f"<?xml version='1.0' encoding='{encoding}'?>" + xml.decode()
        return text.replace("two", "twö").encode(encoding)

    return encode


SAME = {
    "as Excel writes it": lambda xml: xml,
    "with a mark of byte order": lambda xml: b"\xef\xbb\xbf" + xml,
    "with apostrophes": lambda xml: xml.replace(b'"', b"'").replace(b"'&lt;c&gt;'", b'"&lt;c&gt;"'),
    "with line breaks in tags": swapped('<c r="', '<c\n  r="'),
    "with tabs in tags": swapped('<c r="', '<c\tr="'),
    "with line breaks in the tags of rows": swapped('<row r="', '<row\nr="'),
    "with blanks before an equals sign": swapped('<c r="', '<c r ="'),
    "with blanks in closing tags": swapped("</c>", "</c >"),
    "with blanks in the closing tags of rows": swapped("</row>", "</row\n>"),
    "with a blank in the closing tag of them all": swapped("</sheetData>", "</sheetData >"),
    "with the name behind other attributes": swapped('<c r="A1"', '<c s="0" r="A1"'),
    "with blanks at the ends of tags": swapped('r="C3"/>', 'r="C3" />'),
    "with empty cells written out": swapped('<c r="C3"/>', '<c r="C3"></c>'),
    "with empty rows written out": swapped('ht="30"/>', 'ht="30"></row>'),
    "with comments": swapped("</row>", '<!-- <c r="A1"> --></row><!-- <row r="2"> -->'),
    "with instructions": swapped("</row>", '</row><?pi <row r="2"> ?>'),
    "with raw text": swapped("<t>two</t>", "<t><![CDATA[two]]></t>"),
    "with a comment before it all": lambda xml: b'<!-- <sheetData><row r="9"> -->' + xml,
    "without the names of cells": lambda xml: swapped('<c r="A1">', "<c>")(
        swapped('<c r="B1"', "<c")(xml)
    ),
    "without the names of rows": swapped('<row r="1"', "<row"),
    "with a name as a reference to a character": swapped('r="A3"', 'r="&#65;3"'),
}


@pytest.fixture(params=SAME.values(), ids=SAME)
def path(request, tmp_path):
    """The same workbook, written in different ways."""
    book = workbook_with_sheet(tmp_path / "before.xlsx", ROWS)
    return patched(book, {FIRST_SHEET: request.param})


def test_every_way_to_write_the_same_sheet_is_read_as_the_same(path):
    sheet = Workbook.open(path)["Sheet1"]
    assert list(sheet.rows) == [1, 3, 4, 5]
    assert {name: sheet.value(int(name[1]), "ABC".index(name[0]) + 1) for name in VALUES} == VALUES
    assert sheet.value(3, 3) is None
    assert openpyxl_values(path)["Sheet1"] == VALUES


def test_every_way_to_write_the_same_sheet_can_be_changed(path):
    def change(sheet):
        for row, column in ((1, 3), (2, 1), (3, 3), (4, 2), (5, 1), (9, 9)):
            put_text(sheet.ensure_cell(row, column), [Run("new")])

    after = edited(path, change)
    new = dict.fromkeys(("C1", "A2", "C3", "B4", "A5", "I9"), "new")
    assert openpyxl_values(after)["Sheet1"] == VALUES | new
    assert diff(path, after).harm == []
    assert valid(path, after) == []


def test_every_way_to_write_the_same_sheet_has_the_same_formulas(path):
    sheet = Workbook.open(path)["Sheet1"]
    found = [(cell.get("r"), cell.findtext(main("f"))) for cell in sheet.rows.formulas()]
    assert found == [("A3", 'B1&"<c>"')]


def test_every_way_to_write_the_same_sheet_has_a_piece_in_the_same_cells(path):
    rows = Workbook.open(path).sheets[0].rows
    assert list(rows.cells_holding(b"wo")) == [(1, 2), (3, 1)]
    assert list(rows.cells_holding(b"nowhere")) == []
    assert [number in rows for number in range(1, 7)] == [True, False, True, True, True, False]


def test_raw_text_that_looks_like_cells_is_text(tmp_path):
    words = '<c r="A3">9</c></row>'
    rows = ROWS.replace("<t>two</t>", f"<t><![CDATA[{words}]]></t>")
    book = workbook_with_sheet(tmp_path / "before.xlsx", rows)
    sheet = Workbook.open(book)["Sheet1"]
    assert [sheet.value(1, 2), sheet.value(3, 1), sheet.value(5, 2)] == [words, "two<c>", 5]
    after = edited(book, lambda sheet: put_text(sheet.ensure_cell(1, 3), [Run("new")]))
    assert openpyxl_values(after)["Sheet1"] == VALUES | {"B1": words, "C1": "new"}


def test_words_behind_a_comment_are_not_lost_with_it(tmp_path):
    rows = ROWS.replace("<t>two</t>", "<t>t<!-- w -->wo</t>")
    book = workbook_with_sheet(tmp_path / "before.xlsx", rows)
    assert Workbook.open(book)["Sheet1"].value(1, 2) == "two"
    after = edited(book, lambda sheet: put_text(sheet.ensure_cell(1, 3), [Run("new")]))
    assert openpyxl_values(after)["Sheet1"] == VALUES | {"C1": "new"}


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8"])
def test_a_sheet_in_another_encoding_is_read_and_changed(tmp_path, encoding):
    book = workbook_with_sheet(tmp_path / "before.xlsx", ROWS)
    patched(book, {FIRST_SHEET: in_encoding(encoding)})
    assert Workbook.open(book)["Sheet1"].value(1, 2) == "twö"
    after = edited(book, lambda sheet: put_text(sheet.ensure_cell(1, 3), [Run("né")]))
    seen = openpyxl_values(after)["Sheet1"]
    assert (seen["B1"], seen["C1"]) == ("twö", "né")


def test_rows_that_nothing_touched_stay_byte_for_byte(tmp_path):
    book = workbook_with_sheet(tmp_path / "before.xlsx", ROWS)
    after = edited(book, lambda sheet: put_text(sheet.ensure_cell(3, 4), [Run("new")]))
    now = parts_of(after)[FIRST_SHEET]
    rows = [line.encode() for line in ROWS.splitlines()[1:-1]]
    assert [row in now for row in rows] == [True, False, True, True]


WORDS = [' r="A1"', '<c r="A1"><v>9</v></c>', "</row>", '</sheetData><row r="7">', "a>b", "]]>"]


@pytest.mark.parametrize("words", WORDS)
def test_words_that_look_like_cells_are_words(tmp_path, words):
    book = workbook_with_sheet(tmp_path / "before.xlsx", "<sheetData/>")

    def write(sheet):
        put_text(sheet.ensure_cell(1, 2), [Run(words)])
        put_text(sheet.ensure_cell(2, 1), [Run("last")])

    written = edited(book, write)
    sheet = Workbook.open(written)["Sheet1"]
    assert [sheet.value(1, 1), sheet.value(1, 2), sheet.value(2, 1)] == [None, words, "last"]
    assert openpyxl_values(written)["Sheet1"] == {"B1": words, "A2": "last"}


# ---------------------------------------------------------------- many cells

LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"]
numbers = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 30)), st.integers(0, 99), max_size=25
)


def name(row, column):
    return f"{LETTERS[column - 1]}{row}"


def sheet_of(cells):
    """A worksheet with these values by (row, column), as SheetRows reads it."""
    rows = ""
    for row in sorted({row for row, _ in cells}):
        inside = "".join(
            f'<c r="{name(row, c)}"><v>{cells[row, c]}</v></c>'
            for r, c in sorted(cells)
            if r == row
        )
        rows += f'<row r="{row}">{inside}</row>'
    data = f"{SHEET_ROOT}<sheetData>{rows}</sheetData></worksheet>".encode()
    return SheetRows(plain_form(data, FIRST_SHEET), "Sheet1")


@given(numbers)
def test_each_cell_is_found_at_its_place_and_none_elsewhere(cells):
    rows = sheet_of(cells)
    found = {
        (row, column): int(cell.findtext(main("v")))
        for row in range(1, 10)
        for column in range(1, 31)
        if (cell := rows.cell(row, column)) is not None
    }
    assert found == cells
    for row in rows:
        columns = sorted(column for r, column in cells if r == row)
        assert rows.last_column(row) == columns[-1]
        for first in (1, columns[-1], 31):
            assert sorted(rows.cells_from(row, first)) == [c for c in columns if c >= first]


@given(numbers, numbers)
def test_cells_written_in_any_order_stand_in_order_with_those_that_were_there(before, new):
    rows = sheet_of(before)
    for row, column in new:
        element = rows.open(row)
        for cell in element:
            if cell.get("r") == name(row, column):
                break
        else:
            cell = etree.SubElement(element, main("c"), r=name(row, column))
            element[:] = sorted(element, key=lambda c: (len(c.get("r")), c.get("r")))
        cell[:] = [etree.Element(main("v"))]
        cell[0].text = str(new[row, column])
    text = rows.sheet_text(rows.frame)
    again = SheetRows(plain_form(text, FIRST_SHEET), "Sheet1")
    assert list(again) == sorted({row for row, _ in before | new})
    stored = etree.fromstring(text).find(f"{{{MAIN}}}sheetData")
    values = {c.get("r"): int(c.findtext(main("v"))) for row in stored for c in row}
    assert values == {name(*place): value for place, value in (before | new).items()}
