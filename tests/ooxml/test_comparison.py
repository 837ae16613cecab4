"""The promise is checked by comparing what was with what is; here that check has to fail."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.ooxml.inventory import Kind, compare_packages
from sheetplan.ooxml.inventory.rows import CellCount, compare_rows
from sheetplan.ooxml.package import Package
from tests.builders import (
    FIRST_SHEET,
    SHEET_ROOT,
    package_with,
    parts_of,
    replaced,
    workbook_from_text,
)
from tests.judges import diff

BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
TABLE, NOTES = "xl/tables/table1.xml", "xl/comments1.xml"
TYPES, RELS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"

PLAN = """
    | Plan    | <            | <        |
    | Ref     | Action       | Status   |
    | OC.A1.1 | Fix the roof | Complete |
    | OC.A1.2 | Sell the hut | =C3 -> 5 |
"""
ROW_EXTENSION = '<extLst><ext uri="row"/></extLst>'
EXTENSION = """<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
    xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:conditionalFormattings>
    <x14:conditionalFormatting><x14:cfRule type="expression" priority="9"
    id="{00000000-0000-0000-0000-000000000001}"><xm:f>C3=1</xm:f></x14:cfRule>
    <xm:sqref>C3:C4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>
"""


def decorate(book):
    """Give the plan something of every kind that the comparison knows."""
    sheet, other = book.worksheets()
    red, bold = book.add_format({"bg_color": "red"}), book.add_format({"bold": True})
    odd = book.add_format({"num_format": "0.0 odd"})
    sheet.set_column("B:B", 30, odd)
    sheet.set_row(2, 40.5)
    sheet.write_blank("D3", None, bold)
    sheet.conditional_format(
        "C3:C4", {"type": "formula", "criteria": '=C3="Complete"', "format": red}
    )
    sheet.data_validation("C3:C4", {"validate": "list", "source": ["Complete", "On track"]})
    sheet.autofilter("A2:C4")
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_header("&LJune 2023")
    sheet.print_area("A1:C4")
    sheet.write_url("F1", "https://example.invalid/", string="Help")
    sheet.write_comment("B3", "Ann: when?")
    sheet.protect("", {"select_locked_cells": True})
    sheet.ignore_errors({"number_stored_as_text": "A3:A4"})
    other.add_table("A1:B3", {"name": "Lists", "total_row": True})
    book.define_name("Statuses", "=Plan!$C$3:$C$4")
    book.define_name("Latest", "=MAX(Plan!$C$3:$C$4)")
    book.define_name("Rate", "=0.2")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A workbook that holds something of every kind."""
    path = tmp_path_factory.mktemp("original") / "before.xlsx"
    workbook_from_text(path, {"Plan": PLAN, "Lists": ""}, decorate=decorate)
    replaced(path, FIRST_SHEET, "</row></sheetData>", ROW_EXTENSION + "</row></sheetData>")
    return replaced(path, FIRST_SHEET, "</worksheet>", EXTENSION + "</worksheet>")


@pytest.fixture
def compared(original, tmp_path):
    """What the comparison says of a change to one part; a judge of our own and another's."""

    def compare(part, old, new, *, count=1):
        data = parts_of(original)[part].decode()
        changed, times = re.subn(old, new, data, count=count, flags=re.DOTALL)
        assert times, f"{old!r} does not stand in {part}"
        return compared_with(original, tmp_path, {part: changed.encode()})

    return compare


def compared_with(original, tmp_path, parts):
    """The comparison of a workbook with itself after its parts were exchanged, and the diff."""
    after = tmp_path / "after.xlsx"
    after.write_bytes(original.read_bytes())
    package_with(after, parts)
    comparison = compare_packages(Package.open(original), Package.open(after))
    return comparison, diff(original, after)


def test_a_workbook_that_nobody_changed_has_lost_nothing(original, tmp_path):
    comparison, _ = compared_with(original, tmp_path, {})
    assert comparison.differences == []
    assert (comparison.cells_added, comparison.cells_changed, comparison.cells_lost) == (0, 0, 0)
    assert comparison.cells_unchanged == 14


# ---------------------------------------------------------------- what is a loss

XFS = r"(<cellXfs[^>]*>)(<xf .*?/>)(<xf .*?(?:/>|</xf>))"
CELLS = [
    ("a cell is dropped", '<c r="C3"[^>]*><v>[^<]*</v></c>', "", "C3"),
    ("a value is changed", "<f>C3</f><v>5</v>", "<f>C3</f><v>6</v>", "C4"),
    ("a formula is changed", "<f>C3</f>", "<f>C2</f>", "C4"),
    ("a formula becomes its result", "<f>C3</f>", "", "C4"),
    ("a style is changed", '<c r="D3" s="[^"]*"', '<c r="D3" s="0"', "D3"),
    ("an empty cell with a style is dropped", '<c r="D3"[^>]*/>', "", "D3"),
    ("a cell moves", '<c r="C3"', '<c r="E3"', "C3"),
    ("a row is dropped", '<row r="4".*?</row>', "", "row 4"),
    ("a row's extension is dropped", ROW_EXTENSION, "", "row 4"),
    ("a row is lower", ' ht="[^"]*"', ' ht="9"', "row 3"),
]
ELEMENTS = [
    ("a colour rule is dropped", "<conditionalFormatting.*?</conditionalFormatting>", ""),
    ("a colour rule covers less", 'Formatting sqref="C3:C4"', 'Formatting sqref="C3"'),
    ("a colour rule asks for something else", '<formula>C3="Complete"', '<formula>C3="Closed"'),
    ("a colour rule shows another colour", ' dxfId="0"', ""),
    ("a drop-down is dropped", "<dataValidations.*?</dataValidations>", ""),
    ("a drop-down covers less", '(<dataValidation [^>]*sqref)="C3:C4"', r'\1="C3"'),
    ("a drop-down offers less", '"Complete,On track"', '"Complete"'),
    ("drop-downs are switched off", "<dataValidations ", '<dataValidations disablePrompts="1" '),
    ("a merge is dropped", "<mergeCells.*?</mergeCells>", ""),
    ("a merge covers less", '<mergeCell ref="A1:C1"', '<mergeCell ref="A1:B1"'),
    ("the filter is dropped", "<autoFilter[^>]*/>", ""),
    ("the filter covers less", '<autoFilter ref="A2:C4"', '<autoFilter ref="A2:B4"'),
    ("a column is narrower", 'width="30.7[^"]*"', 'width="9"'),
    ("a width is dropped", "<cols>.*</cols>", ""),
    ("panes are no longer frozen", "<pane [^>]*/>", ""),
    ("the page is turned", 'orientation="landscape"', 'orientation="portrait"'),
    ("the page header is dropped", "<headerFooter>.*?</headerFooter>", ""),
    ("a link is dropped", "<hyperlinks>.*?</hyperlinks>", ""),
    ("the notes' boxes are dropped", "<legacyDrawing [^>]*/>", ""),
    ("the sheet is no longer protected", "<sheetProtection [^>]*/>", ""),
    ("an ignored error is dropped", "<ignoredErrors>.*?</ignoredErrors>", ""),
    ("the extent shrinks", '<dimension ref="A1:F4"', '<dimension ref="A1:B4"'),
    ("the extent is dropped", "<dimension [^>]*/>", ""),
    ("the extensions are dropped", '<extLst><ext uri="{.*</extLst>', ""),
    ("a rule of 2010 is dropped", "<x14:conditionalFormatting>.*</x14:conditionalFormatting>", ""),
    ("a rule of 2010 covers less", "<xm:sqref>C3:C4", "<xm:sqref>C3"),
    ("a rule of 2010 asks for something else", "<xm:f>C3=1", "<xm:f>C3=2"),
    ("a prefix means something else", "<worksheet ", '<worksheet xmlns:q="urn:q" '),
]  # fmt: skip
OTHER_PARTS = [
    ("a sheet is renamed", BOOK, 'name="Lists"', 'name="Listen"'),
    ("sheets change places", BOOK, '(<sheet name="Plan".*?/>)(<sheet name="Lists".*?/>)', r"\2\1"),
    ("a sheet is added before", BOOK, "(<sheets>)", r'\1<sheet name="N" sheetId="9" r:id="rId1"/>'),
    ("a sheet is hidden", BOOK, '<sheet name="Lists"', '<sheet state="hidden" name="Lists"'),
    ("a name is dropped", BOOK, '<definedName name="Rate">.*?</definedName>', ""),
    ("all names are dropped", BOOK, "<definedNames>.*</definedNames>", ""),
    ("a name means something else", BOOK, ">0.2<", ">0.3<"),
    ("a name covers less", BOOK, r"(name=\"Statuses\">Plan!\$C\$3:\$C\$)4", r"\g<1>3"),
    ("a name covers another sheet", BOOK, '(name="Statuses">)Plan', r"\1Lists"),
    ("a name works something else out", BOOK, r"MAX(\(Plan!\$C\$3:\$)C", r"MIN\1D"),
    ("a name belongs to all sheets", BOOK, ' localSheetId="0"', ""),
    ("formulas are worked out in another way", BOOK, 'fullCalcOnLoad="1"', 'calcMode="manual"'),
    ("the workbook opens elsewhere", BOOK, "<workbookView ", '<workbookView activeTab="1" '),
    ("cell formats change places", STYLES, XFS, r"\1\3\2"),
    ("a cell format is dropped", STYLES, r"(<cellXfs[^>]*>)<xf .*?/>", r"\1"),
    ("a rule's format is dropped", STYLES, "(<dxfs[^>]*>)<dxf>.*?</dxf>", r"\1"),
    ("a number format changes", STYLES, "0.0 odd", "0.00 odd"),
    ("the fonts are dropped", STYLES, "<fonts.*?</fonts>", ""),
    ("another table style is the standard", STYLES, "TableStyleMedium9", "TableStyleMedium2"),
    ("a shared string is changed", STRINGS, "Fix the roof", "Fix the root"),
    ("a note is changed", NOTES, "when", "where"),
    ("the notes' boxes are changed", "xl/drawings/vmlDrawing1.vml", "width:", "width:1"),
    ("the theme is changed", "xl/theme/theme1.xml", "Office Theme", "Theme"),
    ("properties are changed", "docProps/app.xml", "Microsoft Excel", "Something"),
    ("a table is renamed", TABLE, 'displayName="Lists"', 'displayName="List"'),
    ("a table covers less", TABLE, '(<table[^>]*?) ref="A1:B3"', r'\1 ref="A1:A3"'),
    ("a table's totals are dropped", TABLE, ' totalsRowCount="1"', ""),
    ("a table's column is renamed", TABLE, 'name="Column1"', 'name="Column9"'),
    ("a table's column is dropped", TABLE, '<tableColumn id="2"[^>]*/>', ""),
    ("a table's style is changed", TABLE, "TableStyleMedium9", "TableStyleMedium2"),
    ("a content type is dropped", TYPES, '<Override PartName="/xl/comments1.xml"[^>]*/>', ""),
    ("a content type is changed", TYPES, "extended-properties", "properties"),
    ("a relationship is dropped", RELS, '<Relationship Id="rId2"[^>]*/>', ""),
    ("a relationship leads elsewhere", RELS, "worksheets/sheet2.xml", "worksheets/sheet1.xml"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_a_loss_in_the_cells_is_noticed_and_named(compared, old, new, place):
    comparison, _ = compared(FIRST_SHEET, old, new)
    assert place in [difference.place for difference in comparison.broken()]


@pytest.mark.parametrize(("old", "new"), [c[1:] for c in ELEMENTS], ids=[c[0] for c in ELEMENTS])
def test_a_loss_beside_the_cells_is_noticed(compared, old, new):
    comparison, _ = compared(FIRST_SHEET, old, new)
    assert comparison.broken()
    assert comparison.cells_unchanged == 14


@pytest.mark.parametrize(
    ("part", "old", "new"), [c[1:] for c in OTHER_PARTS], ids=[c[0] for c in OTHER_PARTS]
)
def test_a_loss_in_another_part_is_noticed(compared, part, old, new):
    comparison, _ = compared(part, old, new)
    assert {difference.part for difference in comparison.broken()} == {part}


def test_a_part_that_is_gone_is_noticed(original, tmp_path):
    comparison, _ = compared_with(original, tmp_path, {NOTES: None})
    assert [(d.kind, d.part) for d in comparison.broken()] == [(Kind.LOST, NOTES)]


# ---------------------------------------------------------------- what is none

GROWTH = [
    ("a cell is added at the end of a row", FIRST_SHEET, '(</row><row r="4")', r'<c r="H3"/>\1'),
    ("a cell is added inside a row", FIRST_SHEET, '(<c r="C3")', r'<c r="BB3"><v>1</v></c>\1'),
    ("a row is added", FIRST_SHEET, "</sheetData>", '<row r="9"><c r="A9"/></row></sheetData>'),
    ("an empty cell is filled", FIRST_SHEET, r'(<c r="D3" s="\d+")/>', r"\1><v>1</v></c>"),
    ("the hints of rows are dropped", FIRST_SHEET, ' spans="1:6"', ""),
    ("the extent grows", FIRST_SHEET, '<dimension ref="A1:F4"', '<dimension ref="A1:H9"'),
    ("a colour rule grows", FIRST_SHEET, '(Formatting sqref="C3:C4)"', r'\1 E3:E4"'),
    ("a colour rule is added", FIRST_SHEET, "(<conditionalF.*?</conditionalFormatting>)", r"\1\1"),
    ("a drop-down grows", FIRST_SHEET, '(<dataValidation [^>]*sqref)="C3:C4"', r'\1="C3:D4"'),
    ("a merge is added", FIRST_SHEET, '(<mergeCell ref="A1:C1"/>)', r'\1<mergeCell ref="D1:E1"/>'),
    ("a merge grows", FIRST_SHEET, '<mergeCell ref="A1:C1"', '<mergeCell ref="A1:E1"'),
    ("the filter grows", FIRST_SHEET, '<autoFilter ref="A2:C4"', '<autoFilter ref="A2:E4"'),
    ("a width is added", FIRST_SHEET, "</cols>", '<col min="9" max="9" width="3"/></cols>'),
    ("a rule of 2010 grows", FIRST_SHEET, "<xm:sqref>C3:C4", "<xm:sqref>C3:C4 E3:E4"),
    ("a rule's format is added", STYLES, '(dxfs count=)"1"(.*)(</dxfs)', r'\1"2"\2<dxf/>\3'),
    ("a cell format is added", STYLES, '(<cellXfs count=)"4"(.*?)(</c)', r'\1"5"\2<xf/>\3'),
    ("a name grows", BOOK, r"(name=\"Statuses\">Plan!\$C\$3:\$)C", r"\1E"),
    ("a sheet is added", BOOK, "(</sheets>)", r'<sheet name="N" sheetId="9" r:id="rId1"/>\1'),
    ("a name is added", BOOK, "(</definedNames>)", r'<definedName name="N">1</definedName>\1'),
    ("a table grows", TABLE, '(ref="A1:)B(.*?)(</t)', r'\1C\2<tableColumn id="9" name="New"/>\3'),
    ("a content type is added", TYPES, "(</T)", r'<Default Extension="x" ContentType="y"/>\1'),
    ("a relationship is added", RELS, '(Id="rId)1(".*?/>)', r'\g<1>1\2<Relationship \g<1>99\2'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "old", "new"), [c[1:] for c in GROWTH], ids=[c[0] for c in GROWTH]
)
def test_what_grows_or_is_added_is_no_loss(compared, part, old, new):
    comparison, other = compared(part, old, new)
    assert comparison.broken() == []
    assert other.harm == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' fullCalcOnLoad="1"', ""),
        ("<calcPr ", '<calcPr fullCalcOnLoad="0" '),
        ("<calcPr.*?/>", ""),
    ],
)
def test_a_workbook_may_ask_to_be_worked_out_anew(original, tmp_path, old, new):
    asking = parts_of(original)[BOOK]
    before = tmp_path / "before.xlsx"
    before.write_bytes(original.read_bytes())
    calm = re.sub(' fullCalcOnLoad="1"', "", asking.decode())
    package_with(before, {BOOK: re.sub(old, new, calm).encode()})
    assert parts_of(before)[BOOK] != asking
    comparison, other = compared_with(before, tmp_path, {BOOK: asking})
    assert comparison.broken() == []
    assert other.harm == []


def test_a_part_may_be_added(original, tmp_path):
    comparison, _ = compared_with(original, tmp_path, {"xl/new.xml": b"<new/>"})
    assert [(d.kind, d.part) for d in comparison.differences] == [(Kind.ADDED, "xl/new.xml")]
    assert comparison.broken() == []


def test_the_order_of_attributes_and_the_spelling_of_empty_elements_are_no_difference(compared):
    comparison, _ = compared(FIRST_SHEET, r'<c r="D3" s="(\d+)"/>', r'<c s="\1" r="D3"></c>')
    assert comparison.differences == []


def test_a_loss_that_was_agreed_is_none_and_one_beside_it_is(compared):
    comparison, _ = compared(FIRST_SHEET, "<f>C3</f>", "<f>C2</f>")
    assert comparison.broken(frozenset([(FIRST_SHEET, "C4")])) == []
    assert comparison.broken(frozenset([("xl/worksheets/sheet2.xml", "C4")])) != []
    assert comparison.broken(frozenset([(FIRST_SHEET, "C5")])) != []


def test_agreeing_to_all_of_a_part_is_agreeing_to_each_change_in_it_alone(compared):
    comparison, _ = compared(FIRST_SHEET, "<f>C3</f>", "<f>C2</f>")
    assert comparison.broken(frozenset([(FIRST_SHEET, "all of it")])) == []
    assert comparison.broken(frozenset([("xl/worksheets/sheet2.xml", "all of it")])) != []


def test_names_of_two_sheets_are_told_apart(original, tmp_path):
    own = '<definedName name="Due" localSheetId="{}">Plan!$A$1</definedName>'
    book = parts_of(original)[BOOK].decode()
    both = book.replace("</definedNames>", own.format(0) + own.format(1) + "</definedNames>")
    before = tmp_path / "before.xlsx"
    before.write_bytes(original.read_bytes())
    package_with(before, {BOOK: both.encode()})
    comparison, _ = compared_with(
        before, tmp_path, {BOOK: both.replace(own.format(1), "").encode()}
    )
    assert [str(d) for d in comparison.broken()] == [f"lost {BOOK} name Due of sheet 2"]
    assert comparison.broken(frozenset([(BOOK, "name Due of sheet 2")])) == []
    assert comparison.broken(frozenset([(BOOK, "name Due of sheet 1")])) != []


def test_a_name_that_stands_twice_stands_twice_afterwards(original, tmp_path):
    twice = re.sub(
        rb"(<definedName name=.Rate.*?</definedName>)", rb"\1\1", parts_of(original)[BOOK]
    )
    before = tmp_path / "before.xlsx"
    before.write_bytes(original.read_bytes())
    package_with(before, {BOOK: twice})
    changed = twice.replace(
        b"</definedNames>", b'<definedName name="N">1</definedName></definedNames>'
    )
    assert compared_with(before, tmp_path, {BOOK: changed})[0].broken() == []
    broken = compared_with(before, tmp_path, {BOOK: parts_of(original)[BOOK]})[0].broken()
    assert [str(d) for d in broken] == [f"lost {BOOK} name Rate"]


def test_types_are_types_where_the_ending_is_said_to_be_a_workbook(original, tmp_path):
    before = tmp_path / "before.xlsx"
    before.write_bytes(original.read_bytes())
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    replaced(before, TYPES, "application/xml", book)
    more = parts_of(before)[TYPES].replace(b"</T", b'<Default Extension="x" ContentType="y"/></T')
    assert compared_with(before, tmp_path, {TYPES: more})[0].broken() == []


def test_a_difference_is_told_in_words(compared):
    comparison, _ = compared(FIRST_SHEET, "<f>C3</f>", "<f>C2</f>")
    assert [str(d) for d in comparison.broken()] == [f"changed {FIRST_SHEET} C4"]


# ---------------------------------------------------------------- cells of a row, one by one

EMPTY_FORMS = ("/>", ' s="1"/>')
CELL_FORMS = (
    *EMPTY_FORMS,
    "><v>1</v></c>",
    ' s="1"><v>1</v></c>',
    ' t="str"><v>1</v></c>',
    "><f>B2</f><v>1</v></c>",
    ' t="inlineStr"><is><t>&lt;c r="B2"</t></is></c>',
    ' s="1" t="inlineStr"><is><r><t>1</t></r></is></c>',
)
row_cells = st.dictionaries(st.integers(1, 12), st.sampled_from(CELL_FORMS), max_size=12)


def row_of(cells):
    """A row of a sheet: cells by their columns."""
    inside = (f'<c r="{chr(64 + column)}2"{form}' for column, form in sorted(cells.items()))
    return f'<row r="2">{"".join(inside)}</row>'.encode()


def is_styled(cells, column):
    return ' s="1"' in cells[column]


@given(row_cells, row_cells)
def test_each_cell_of_a_row_is_compared_wherever_it_stands(before, after):
    noted = []
    frame = f"{SHEET_ROOT}<sheetData></sheetData></worksheet>".encode()
    count = compare_rows(
        frame, row_of(before), frame, row_of(after), lambda kind, place: noted.append((kind, place))
    )
    lost = {c for c in before if c not in after}
    other = {c for c in before if c in after and before[c] != after[c]}
    filled = {
        c for c in other if before[c] in EMPTY_FORMS and is_styled(before, c) is is_styled(after, c)
    }
    changed = other - filled
    assert sorted(noted) == sorted(
        (kind, f"{chr(64 + column)}2")
        for kind, columns in (("lost", lost), ("added", filled), ("changed", changed))
        for column in columns
    )
    same = len(before) - len(lost) - len(changed) - len(filled)
    added = after.keys() - before.keys()
    assert count == CellCount(same, *map(len, (filled, added, changed, lost)))
