"""What stands in the way of an insertion is found, by name and place, before anything changes."""

from __future__ import annotations

import pytest

from sheetplan.errors import CannotInsertColumnsError
from sheetplan.ooxml.insertion import insert_columns
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook
from tests.builders import (
    FIRST_SHEET,
    package_with,
    parts_of,
    replaced,
    workbook_from_text,
    workbook_with_sheet,
)
from tests.ooxml.inserting import MAIN, SPREADSHEET, related, with_pivot_table, with_type


def obstacle(path, at: int = 4, count: int = 1) -> str:
    """What an insertion into the first sheet is refused for; nothing has changed then."""
    workbook = Workbook.open(path)
    with pytest.raises(CannotInsertColumnsError) as caught:
        insert_columns(workbook, workbook.sheets[0], at, count)
    error = caught.value
    assert error.where == path.name
    assert error.remedy
    assert workbook.package.changed == workbook.package.removed == []
    assert workbook.package.comparison.differences == []
    return error.message


def is_free(path, at: int, count: int = 1) -> bool:
    """Whether the same insertion is made elsewhere."""
    workbook = Workbook.open(path)
    insert_columns(workbook, workbook.sheets[0], at, count)
    return not workbook.package.comparison.broken()


def cells(*written: str) -> str:
    return f'<sheetData><row r="1">{"".join(written)}</row></sheetData>'


# ---------------------------------------------------------------- cells and formulas


def test_cells_that_would_be_pushed_off_the_sheet(tmp_path):
    path = workbook_with_sheet(tmp_path / "wide.xlsx", cells('<c r="XFC1"><v>1</v></c>'))
    assert 'cells in column XFC of sheet "Sheet1", which would be pushed off' in obstacle(
        path, 4, 2
    )
    assert is_free(path, 4, 1)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ('<f t="array" ref="C1:F1">A1:D1</f>', "the array formula of Sheet1!C1, which fills C1:F1"),
        (
            '<f t="dataTable" ref="C1:F3" r1="A1"/>',
            "the data table of Sheet1!C1, which fills C1:F3",
        ),
    ],
)
def test_columns_inside_of_what_belongs_together(tmp_path, formula, says):
    path = workbook_with_sheet(tmp_path / "array.xlsx", cells(f'<c r="C1">{formula}<v>1</v></c>'))
    assert says in obstacle(path, 4)
    assert is_free(path, 3)
    assert is_free(path, 7)


def test_a_reference_to_several_sheets(tmp_path):
    path = workbook_from_text(
        tmp_path / "span.xlsx", {"One": "| 1 |", "Two": "| 2 |", "All": "| =SUM(One:Two!E1) |"}
    )
    assert obstacle(path) == (
        "columns cannot be inserted at One!D: All!A1 (One:Two!E1 spans several sheets, of which "
        "one would be given columns)."
    )
    assert is_free(path, 6)


def test_a_formula_that_reads_the_last_column(tmp_path):
    path = workbook_from_text(tmp_path / "last.xlsx", {"One": "| =XFD1 |", "Two": "| =One!XFD9 |"})
    message = obstacle(path)
    assert "One!A1 (XFD1 would stand past the last column)" in message
    assert "Two!A1 (XFD9 would stand past the last column)" in message


def test_a_formula_that_cannot_be_read(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "broken.xlsx", cells('<c r="A1"><f>SUM(E1,"x</f><v>1</v></c>')
    )
    assert 'Sheet1!A1 (the formula SUM(E1,"x cannot be read)' in obstacle(path)


def test_a_merge_at_the_edge_of_the_sheet(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "merge.xlsx",
        '<sheetData/><mergeCells count="1"><mergeCell ref="XFD1:XFD3"/></mergeCells>',
    )
    assert "<mergeCell> XFD1:XFD3 (XFD1:XFD3 would stand past the last column)" in obstacle(path)


# ---------------------------------------------------------------- what is not known


def test_an_extension_of_a_sheet_that_nobody_here_knows(tmp_path):
    extension = '<ext uri="{NEW}"><x14:news/></ext>'
    path = workbook_with_sheet(tmp_path / "ext.xlsx", f"<sheetData/><extLst>{extension}</extLst>")
    message = obstacle(path)
    assert (
        'an extension of sheet "Sheet1" that sheetplan does not know ({NEW}, with news)' in message
    )


def test_an_extension_inside_of_another_element(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "ext.xlsx",
        '<sheetData/><sortState ref="A1:B2"><extLst><ext uri="{NEW}"/></extLst></sortState>',
    )
    assert "({NEW}, with nothing)" in obstacle(path)


def test_an_extension_of_a_cell(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "ext.xlsx", cells('<c r="A1"><v>1</v><extLst><ext uri="{NEW}"/></extLst></c>')
    )
    assert 'an extension of rows or cells on sheet "Sheet1"' in obstacle(path)


@pytest.mark.parametrize(
    ("element", "says"),
    [
        ("<smartTags/>", 'smart tags on sheet "Sheet1"'),
        (
            '<webPublishItems count="1"><webPublishItem id="1" divId="a" sourceType="range" '
            'sourceRef="A1:E9" destinationFile="a.htm"/></webPublishItems>',
            'a range that is published as a web page on sheet "Sheet1"',
        ),
        ("<futureThing/>", '<futureThing> on sheet "Sheet1"'),
    ],
)
def test_an_element_of_a_sheet_that_nobody_here_knows(tmp_path, element, says):
    path = workbook_with_sheet(tmp_path / "element.xlsx", f"<sheetData/>{element}")
    assert says in obstacle(path)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("queryTable", 'a query that fills cells on sheet "Sheet1"'),
        ("futureThing", 'a part of the kind futureThing on sheet "Sheet1"'),
    ],
)
def test_a_part_of_a_sheet_that_nobody_here_knows(tmp_path, kind, says):
    path = workbook_with_sheet(tmp_path / "part.xlsx", "<sheetData/>")
    related(path, kind, "xl/odd/odd1.xml", f"{SPREADSHEET}.{kind}+xml", "<odd/>")
    assert says in obstacle(path)


def test_a_part_of_another_kind_that_names_cells_of_the_sheet(tmp_path):
    path = workbook_from_text(tmp_path / "names.xlsx", {"It's": "| 1 |", "Key": "| 2 |"})
    with_type(path, "xl/odd.xml", "application/x-odd+xml")
    for address in ("'It''s'!$E$2", "&apos;It&apos;&apos;s&apos;!E:F"):
        package_with(path, {"xl/odd.xml": f"<odd>{address}</odd>".encode()})
        assert "xl/odd.xml, of the kind application/x-odd+xml, which names cells" in obstacle(path)
    package_with(path, {"xl/odd.xml": b"<odd>Key!$E$2 and It's!</odd>"})
    assert is_free(path, 4)


def test_cells_that_a_program_outside_keeps_up_to_date(tmp_path):
    path = workbook_with_sheet(tmp_path / "rtd.xlsx", "<sheetData/>")
    with_type(path, "xl/volatileDependencies.xml", f"{SPREADSHEET}.volatileDependencies+xml")
    topic = '<volType type="realTimeData"><main first="p"><tp><v>1</v>{}</tp></main></volType>'
    for cell, refused in (('<tr r="E1" s="1"/>', True), ("", False)):
        xml = f'<volTypes xmlns="{MAIN}">{topic.format(cell)}</volTypes>'
        package_with(path, {"xl/volatileDependencies.xml": xml.encode()})
        if refused:
            assert "real-time data" in obstacle(path)
        else:
            assert is_free(path, 4)


# ---------------------------------------------------------------- tables and pivot tables


def test_a_pivot_table_on_the_part_that_would_move(tmp_path):
    path = with_pivot_table(workbook_with_sheet(tmp_path / "pivot.xlsx", "<sheetData/>"), "C3:E9")
    message = 'the pivot table "Counts" in C3:E9 of sheet "Sheet1"'
    for at in (1, 3, 5):
        assert message in obstacle(path, at)
    assert is_free(path, 6)


def test_a_table_that_a_query_fills(tmp_path):
    path = workbook_from_text(
        tmp_path / "query.xlsx",
        {"Sheet1": "| One | Two | Three |\n| 1 | 2 | 3 |"},
        decorate=lambda book: book.worksheets()[0].add_table(
            "A1:C2", {"name": "Fed", "columns": [{"header": h} for h in ("One", "Two", "Three")]}
        ),
    )
    replaced(
        path, "xl/tables/table1.xml", " totalsRowShown=", ' tableType="queryTable" totalsRowShown='
    )
    assert 'the table "Fed" in A1:C2, which a query or an XML map fills' in obstacle(path, 2)
    assert is_free(path, 1)
    assert is_free(path, 4)


# ---------------------------------------------------------------- all at once


def test_everything_in_the_way_is_named_at_once_and_the_file_is_as_it_was(tmp_path):
    arrays = [
        f'<c r="C{row}"><f t="array" ref="C{row}:E{row}">A1</f><v>1</v></c>' for row in range(1, 9)
    ]
    rows = "".join(f'<row r="{n}">{cell}</row>' for n, cell in enumerate(arrays, 1))
    path = workbook_with_sheet(tmp_path / "many.xlsx", f"<sheetData>{rows}</sheetData>")
    before = parts_of(path)
    message = obstacle(path)
    assert message.count("the array formula of") == 5
    assert message.endswith("; and 3 more.")
    assert parts_of(path) == before


@pytest.mark.parametrize(("at", "count"), [(0, 1), (16385, 1), (3, 0), (3, -1)])
def test_a_place_or_number_that_is_none_is_the_callers_mistake(tmp_path, at, count):
    path = workbook_with_sheet(tmp_path / "plain.xlsx", "<sheetData/>")
    workbook = Workbook.open(path)
    with pytest.raises(ValueError, match="cannot come at column"):
        insert_columns(workbook, workbook.sheets[0], at, count)


def test_the_package_can_still_be_used_after_a_refusal(tmp_path):
    path = workbook_with_sheet(tmp_path / "wide.xlsx", cells('<c r="XFD1"><v>1</v></c>'))
    workbook = Workbook.open(path)
    with pytest.raises(CannotInsertColumnsError):
        insert_columns(workbook, workbook.sheets[0], 2, 1)
    assert workbook.package.current(FIRST_SHEET) == Package.open(path).read(FIRST_SHEET)
    assert workbook.sheets[0].value(1, 16384) == 1
