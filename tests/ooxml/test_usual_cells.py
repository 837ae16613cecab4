"""Cells read from their text unparsed give the values that a parser would."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheetplan.errors import WorkbookError
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.strings import SharedStrings, characters
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import MAIN
from tests.builders import FIRST_SHEET, parts_of, patched, workbook_from_text, workbook_with_sheet
from tests.judges import calamine_values, openpyxl_values, shared_folder
from tests.shapes import SHAPES

STRINGS = "xl/sharedStrings.xml"
CORPUS = sorted((shared_folder() or Path("absent")).glob("corpus/*.xls?"))


def careful(sheet: Worksheet) -> dict[tuple[int, int], object]:
    """Every cell of a sheet, parsed row by row."""
    reader = sheet.workbook.reader
    return {
        (row, column): reader.value(cell)
        for row in sheet.rows
        for column, cell in cells_of(sheet.rows[row])
    }


def quick(sheet: Worksheet, places: dict[tuple[int, int], object]) -> dict[tuple[int, int], object]:
    """The same cells from the text of their columns."""
    cells = ColumnCells(sheet, {column for _, column in places})
    return {place: cells.value(*place) for place in places}


def assert_alike(path: Path) -> None:
    """Each way of reading gives the same values, and the same texts and formats."""
    for sheet in Workbook.open(path).sheets:
        wanted = careful(sheet)
        assert quick(sheet, wanted) == wanted
        assert {place: sheet.value(*place) for place in wanted} == wanted
        cells = ColumnCells(sheet, {column for _, column in wanted})
        for row, column in wanted:
            assert cells.text(row, column) == sheet.text(row, column)
            style = int(sheet.cell(row, column).get("s") or 0)
            code = sheet.workbook.styles.number_format(style)
            assert cells.number_format(row, column) == code


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: shape.name)
def test_every_shape_of_a_tracker_reads_the_same_unparsed(shape, tmp_path):
    path = tmp_path / f"plan{shape.suffix}"
    shape.build(path)
    assert_alike(path)


@pytest.mark.shared
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_other_programs_wrote_reads_the_same_unparsed(path):
    try:
        Workbook.open(path)
    except WorkbookError:
        return  # the tests of the corpus say why
    assert_alike(path)


ODD_CELLS = {
    "A1": '<c r="A1" s="0" t="inlineStr"><is><t>a &amp; b &#169; &#x41;</t></is></c>',
    "B1": '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> two\r\nlines\r </t></is></c>',
    "C1": '<c r="C1" t="inlineStr"><is><r><rPr><b/></rPr><t>Ann</t></r><r><t> is</t></r></is></c>',
    "D1": '<c r="D1" t="inlineStr"><is><t>_x0041_ _x005F_x0041_</t></is></c>',
    "E1": '<c r="E1" t="inlineStr"><is><t/></is></c>',
    "F1": '<c r="F1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>',
    "G1": '<c t="str" r="G1"><f>A1&amp;"&lt;c r="</f><v>&lt;c r=&quot;A1&quot;&gt;</v></c>',
    "H1": '<c r="H1"><f t="shared" si="0"/><v>-1.5E3</v></c>',
    "I1": '<c r="I1" t="b"><v>1</v></c>',
    "J1": '<c r="J1" t="b"><v></v></c>',
    "K1": '<c r="K1" t="e"><v>#REF!</v></c>',
    "L1": '<c r="L1" t="d"><v>2023-07-01</v></c>',
    "M1": '<c r="M1"/>',
    "N1": '<c r="N1" s="0"></c>',
    "O1": '<c r="O1"><f>A1</f></c>',
    "P1": '<c r="P1" t="str"><f>A1</f><v></v></c>',
    "Q1": '<c r="Q1" cm="1"><v>7</v></c>',
    "R1": '<c r="R1" t="s"><v>99</v></c>',
    "S1": "<c r=\"S1\" t='n'><v>7</v></c>",
    "T1": '<c r="T1"><v>no number</v></c>',
    "U1": '<c r="U1"><v>5</v><extLst/></c>',
    "V1": '<c r="V1" t="inlineStr"><v>5</v></c>',
    "W1": '<c r="W1" t="s"><v> 0 </v></c>',
    "X1": '<c r="X1" t="s"><v>&#48;</v></c>',
    "Y1": '<c r="Y1" t="s"/>',
    "AA1": '<c r="AA1"><v>27</v></c>',
}


@pytest.mark.parametrize("kept", [*ODD_CELLS, "all"])
def test_a_cell_in_an_odd_form_reads_the_same_unparsed(tmp_path, kept):
    cells = [xml for name, xml in ODD_CELLS.items() if kept in (name, "all")]
    inside = f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'
    assert_alike(workbook_with_sheet(tmp_path / "odd.xlsx", inside))


def test_odd_texts_are_those_that_another_reader_sees(tmp_path):
    cells = "".join(ODD_CELLS[name] for name in ("A1", "B1", "C1", "F1", "H1", "I1"))
    path = workbook_with_sheet(
        tmp_path / "odd.xlsx", f'<sheetData><row r="1">{cells}</row></sheetData>'
    )
    sheet, seen = Workbook.open(path)["Sheet1"], openpyxl_values(path)["Sheet1"]
    found = quick(sheet, careful(sheet))
    assert {f"{'ABCDEFGHI'[column - 1]}1": value for (_, column), value in found.items()} == seen


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r_x0D<&"))


@given(st.lists(texts, min_size=1, max_size=4))
def test_any_text_reads_the_same_unparsed_inline_and_shared(texts):
    texts = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    items = []
    for text in texts:
        cell = etree.Element(f"{{{MAIN}}}c", nsmap={None: MAIN})
        put_text(cell, [Run(text or "-")])
        items.append(etree.tostring(cell[0][0]).replace(f' xmlns="{MAIN}"'.encode(), b""))
    data = b'<sst xmlns="%b" uniqueCount="%d">' % (MAIN.encode(), len(items))
    data += b"".join(b"<si>%b</si>" % item for item in items) + b"</sst>"
    strings = SharedStrings(data, STRINGS)
    assert [strings.plain_text(at) for at in range(len(strings))] == [t or "-" for t in texts]


@pytest.mark.parametrize(
    "raw", ["&", "&unknown;", "&#0;", "&#xD800;", "&#xFFFE;", "&amp", "&#99999999;", "&# 65;"]
)
def test_what_is_no_reference_to_a_character_is_left_to_the_parser(raw):
    with pytest.raises(ValueError, match="is no character"):
        characters(raw.encode())


# ---------------------------------------------------------------- shared strings in odd forms


@pytest.fixture
def plan(tmp_path):
    """Four shared strings, of which the third is rich text."""

    def bold_name(book):
        bold = book.add_format({"bold": True})
        book.get_worksheet_by_name("Plan").write_rich_string("C1", bold, "Ann", ": begun")

    return workbook_from_text(
        tmp_path / "plan.xlsx", {"Plan": "| Ref | R&D <x> | | last |"}, decorate=bold_name
    )


def read(path: Path) -> list[object]:
    sheet = Workbook.open(path)["Plan"]
    return [sheet.value(1, column) for column in (1, 2, 3, 4)]


WANTED = ["Ref", "R&D <x>", "Ann: begun", "last"]


def test_shared_strings_are_those_that_another_reader_sees(plan):
    assert read(plan) == WANTED == list(calamine_values(plan)["Plan"].values())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<si>", b"<si >"),
        (b"<t>Ref</t>", b"<t><![CDATA[Ref]]></t>"),
        (b"<t>Ref</t></si>", b"<t>Ref</t></si><!-- <si><t>no</t></si> -->"),
        (b"<t>Ref</t>", b"<t>&#82;ef</t>"),
        (b'uniqueCount="4"', b'uniqueCount="9"'),
        (b' uniqueCount="4"', b""),
        (b"</si><si>", b"</si>\n  <si>"),
        (b"</sst>", b"<extLst/></sst>"),
        (b'encoding="UTF-8"', b'encoding="us-ascii"'),
        (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', b""),
        (b"<?xml", b"\xef\xbb\xbf<?xml"),
    ],
)
def test_shared_strings_in_another_form_read_the_same(plan, old, new):
    assert old in parts_of(plan)[STRINGS]
    assert read(patched(plan, {STRINGS: lambda xml: xml.replace(old, new)})) == WANTED


def test_shared_strings_in_another_encoding_read_the_same(plan):
    def utf_16(xml: bytes) -> bytes:
        return xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert read(patched(plan, {STRINGS: utf_16})) == WANTED


def test_shared_strings_with_prefixes_read_the_same(plan):
    def prefixed(xml: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")

    assert read(patched(plan, {STRINGS: prefixed})) == WANTED


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (STRINGS, b"<t>Ref</t>", b"<t>Ref</r>"),
        (STRINGS, b"<t>Ref</t>", b"<t>R & D</t>"),
        (STRINGS, b"</sst>", b""),
        (STRINGS, b"<sst", b'<!DOCTYPE x [<!ENTITY y "z">]><sst'),
        (FIRST_SHEET, b"<v>0</v>", b"<v>&</v>"),
        (FIRST_SHEET, b"<v>0</v></c>", b"<v>0</c>"),
        (FIRST_SHEET, b"</row>", b""),
        (FIRST_SHEET, b"</sheetData>", b""),
        (FIRST_SHEET, b"</worksheet>", b""),
        (FIRST_SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet"),
    ],
)
def test_xml_that_is_broken_where_it_is_read_is_refused(plan, part, old, new):
    path = patched(plan, {part: lambda xml: xml.replace(old, new, 1)})
    with pytest.raises(WorkbookError, match=r"damaged|document type"):
        read(path)


def test_a_sheet_that_is_broken_where_nobody_reads_is_refused_before_it_is_changed(plan):
    path = patched(plan, {FIRST_SHEET: lambda xml: xml.replace(b"<v>3</v>", b"<v>3<v>")})
    workbook = Workbook.open(path)
    assert workbook["Plan"].value(1, 1) == "Ref"
    with pytest.raises(WorkbookError), workbook.editing(workbook["Plan"]):
        pass
