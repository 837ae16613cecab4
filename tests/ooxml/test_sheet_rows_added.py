"""Cells and rows that are added to a sheet, while the others keep their text."""

import pytest
from lxml import etree

from sheetplan.ooxml.cells import NOTHING, stored_words
from sheetplan.ooxml.new_cells import NewCell
from sheetplan.ooxml.plain_form import plain_form
from sheetplan.ooxml.ranges import column_number
from sheetplan.ooxml.sheet_rows import SheetRows
from sheetplan.ooxml.xml import main
from tests.builders import FIRST_SHEET, SHEET_ROOT

# ---------------------------------------------------------------- the ends of rows


def cells_named(*names):
    """New cells of row 2 in the cell format 7."""
    return [NewCell(column_number(name.rstrip("0123456789")), "7") for name in names]


def rows_with(rows):
    """The rows of a sheet of this XML, and what the whole sheet has become of it."""
    data = f"{SHEET_ROOT}<sheetData>{rows}</sheetData></worksheet>".encode()
    rows = SheetRows(plain_form(data, FIRST_SHEET), "Sheet1")
    return rows, lambda: rows.sheet_text(rows.frame).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<row r="2" spans="1:1" ht="30"><c r="A2"><v>1</v></c></row>',
            '<row r="2" ht="30"><c r="A2"><v>1</v></c><c r="B2" s="7"/><c r="C2" s="7"/></row>',
        ),
        ('<row r="2" ht="30"/>', '<row r="2" ht="30"><c r="B2" s="7"/><c r="C2" s="7"/></row>'),
        ('<row r="2"></row>', '<row r="2"><c r="B2" s="7"/><c r="C2" s="7"/></row>'),
    ],
)
def test_cells_are_added_at_the_end_of_a_row_whose_text_stays(before, after):
    rows, text = rows_with(before)
    assert rows.cell(2, 3) is None
    rows.append(2, cells_named("B2", "C2"))
    assert f"<sheetData>{after}</sheetData>" in text()
    assert rows.cell(2, 3).get("s") == "7"
    assert rows.last_column(2) == 3


def test_cells_can_be_added_twice():
    rows, text = rows_with('<row r="2"/>')
    for name in ("A2", "B2"):
        rows.append(2, cells_named(name))
    assert '<row r="2"><c r="A2" s="7"/><c r="B2" s="7"/></row>' in text()


def test_a_row_that_was_opened_after_cells_were_added_holds_them():
    rows, text = rows_with('<row r="2"><c r="A2"/></row>')
    rows.append(2, cells_named("B2"))
    assert rows.cell(2, 2).get("s") == "7"
    rows.open(2)[1].set("s", "9")
    assert rows.cell(2, 2).get("s") == "9"
    assert '<row r="2"><c r="A2"/><c r="B2" s="9"/></row>' in text()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('<row r="2"><c r="A2"/></row>', True),
        ('<row r="2"/>', True),
        ('<row r="2"><c r="A2"/><c r="C2"/></row>', False),  # a cell stands there
        ('<row r="2"><c r="A2"/><c r="D2"/></row>', False),  # and here behind it
        ('<row r="2"><c r="A2"/><extLst/></row>', False),  # no cell may follow an extension
    ],
)
def test_a_cell_may_be_added_only_where_it_would_stand_last(row, expected):
    rows, _ = rows_with(row)
    assert rows.can_append(2, 3) is expected


def test_no_text_is_added_to_a_row_that_is_open():
    rows, _ = rows_with('<row r="2"><c r="A2"/></row>')
    rows.open(2)
    assert not rows.can_append(2, 3)


# ---------------------------------------------------------------- cells in the places of others


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<row r="2" spans="1:3"><c r="A2"/><c r="B2" s="7" t="s"><v>0</v></c><c r="C2"/></row>',
            '<row r="2" spans="1:3"><c r="A2"/><c r="B2" s="7" t="inlineStr"><is><t>Begun</t></is>'
            '</c><c r="C2"/></row>',
        ),
        (
            '<row r="2"><c r="B2" s="7"/></row><row r="3"><c r="B3"/></row>',
            '<row r="2"><c r="B2" s="7" t="inlineStr"><is><t>Begun</t></is></c></row>'
            '<row r="3"><c r="B3"/></row>',
        ),
    ],
)
def test_a_cell_takes_the_place_of_another_and_the_rest_of_the_row_stays(before, after):
    rows, text = rows_with(before)
    rows.fill(2, 2, stored_words("Begun"))
    assert f"<sheetData>{after}</sheetData>" in text()
    assert rows.cell(2, 2).get("t") == "inlineStr"


def test_several_cells_of_a_row_take_the_places_of_others():
    rows, text = rows_with('<row r="2"><c r="A2"/><c r="B2"/></row>')
    for column, words in ((2, "late"), (1, "early"), (2, "later")):
        rows.fill(2, column, stored_words(words))
    assert (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>early</t></is></c>'
        '<c r="B2" t="inlineStr"><is><t>later</t></is></c></row>'
    ) in text()


@pytest.mark.parametrize(
    "held",
    [
        "t=\"s\" cm='1'><v>0</v></c>",
        'vm="2" t = "str"><f>A1</f><v>x</v></c>',
        't="n"></c>',
        't="e" />',
        "/>",
    ],
)
def test_a_cell_that_is_filled_keeps_its_look_and_nothing_of_what_it_held(held):
    rows, text = rows_with(f"<row r='2'><c r=\"B2\" ph='1' s='7' {held}<c r=\"C2\"/></row>")
    rows.fill(2, 2, stored_words("Begun"))
    rows.fill(2, 3, NOTHING)
    cell, other = etree.fromstring(text().encode()).iter(main("c"))
    assert dict(cell.attrib) == {"r": "B2", "ph": "1", "s": "7", "t": "inlineStr"}
    assert [child.tag for child in cell] == [main("is")]
    assert dict(other.attrib) == {"r": "C2"}


def test_a_cell_that_is_filled_with_nothing_is_empty():
    rows, text = rows_with('<row r="2"><c r="B2" s="7" t="s"><v>0</v></c></row>')
    rows.fill(2, 2, NOTHING)
    assert '<row r="2"><c r="B2" s="7"/></row>' in text()


# ---------------------------------------------------------------- rows that are added


def test_a_row_is_added_in_its_place_with_its_settings_and_cells():
    rows, text = rows_with('<row r="2"><c r="A2"/></row><row r="9"><c r="A9"/></row>')
    cells = [NewCell(1, "3", stored_words("Begun")), NewCell(3, None)]
    rows.add(4, {"ht": "30", "x14ac:dyDescent": "0.25"}, cells)
    rows.add(10, {}, [])
    assert list(rows) == [2, 4, 9, 10]
    assert (
        '<row r="2"><c r="A2"/></row><row r="4" ht="30" x14ac:dyDescent="0.25"><c r="A4" s="3" '
        't="inlineStr"><is><t>Begun</t></is></c><c r="C4"/></row><row r="9"><c r="A9"/></row>'
        '<row r="10"></row>'
    ) in text()
    assert (rows.last_column(4), rows.last_column(10)) == (3, 0)


def test_what_a_row_says_is_given_to_another_as_it_is_stored():
    rows, text = rows_with(
        '<row r="2" spans="1:1" ht=\'30\' odd=\'a"&amp;b\'><c r="A2" s="1"/></row>'
    )
    rows.add(3, rows.settings(2), [])
    assert rows.settings(2) == {"ht": "30", "odd": "a&quot;&amp;b"}
    old, new = etree.fromstring(text().encode()).iter(main("row"))
    assert dict(new.attrib) == {"r": "3", "ht": "30", "odd": old.get("odd")}


def test_what_an_open_row_says_is_what_it_has_become():
    rows, _ = rows_with('<row r="2" ht="30"/>')
    rows.open(2).set("ht", "45")
    assert rows.settings(2)["ht"] == "45"
    assert rows.settings(5) == {}


def test_a_row_knows_whether_it_is_open():
    rows, _ = rows_with('<row r="2"><c r="A2"/></row>')
    assert not rows.is_open(2)
    rows.open(2)
    assert rows.is_open(2)
