"""Columns inserted into a sheet: its cells, its tables, and what else in the workbook reads it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.insertion import insert_columns
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from tests.builders import (
    FIRST_SHEET,
    package_with,
    parts_of,
    patched,
    replaced,
    workbook_from_text,
    workbook_with_sheet,
)
from tests.judges import calamine_values, openpyxl_values, valid
from tests.ooxml.inserting import PLAN, inserted, made, shifted_values

BOOK = "xl/workbook.xml"


@pytest.fixture
def plan(tmp_path):
    return workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, "Key": "| 1 | 2 |"})


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize("read", [openpyxl_values, calamine_values])
@pytest.mark.parametrize(("at", "count"), [(1, 1), (4, 2), (5, 30), (6, 1), (90, 1)])
def test_every_value_is_in_its_new_place(plan, read, at, count):
    done = inserted(plan, at, count)
    before, after = read(plan), read(done.path)
    assert after == before | {"Theme 1": shifted_values(before["Theme 1"], at, count)}
    assert done.verified.cells_lost == 0


def test_what_was_checked_is_said(plan):
    done = inserted(plan, 4, 2)
    assert str(done.inserted) == "Theme 1: D:E inserted"
    assert str(inserted(plan, 4).inserted) == "Theme 1: D inserted"
    assert (done.verified.cells_unchanged, done.verified.cells_moved) == (15, 6)
    assert "15 cells unchanged (6 of them moved), 0 added, 0 lost" in str(done.verified)


def test_only_parts_that_change_are_written(plan):
    done = inserted(plan, 4, 2)
    before, after = parts_of(plan), parts_of(done.path)
    assert [name for name in before if after.get(name) != before[name]] == [FIRST_SHEET]


def test_cells_without_names_and_with_a_prefix_move(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "made.xlsx",
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c><c><f>A1+B1</f><v>3</v></c></row></sheetData>",
    )
    patched(path, {FIRST_SHEET: _prefixed})
    done = inserted(path, 2)
    assert openpyxl_values(done.path, formulas=True)["Sheet1"] == {"A1": 1, "C1": 2, "D1": "=A1+C1"}


def _prefixed(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
    return xml.replace(b"xmlns=", b"xmlns:x=")


def test_words_that_look_like_cells_stay(tmp_path):
    words = '&lt;c r="E1"&gt; spans="1:9" Sheet1!E1'
    cell = f'<c r="E1" t="inlineStr"><is><t>{words}</t></is></c>'
    inside = f'<sheetData><row r="1">{cell}</row></sheetData>'
    path = workbook_with_sheet(tmp_path / "made.xlsx", inside)
    done = inserted(path, 2)
    assert openpyxl_values(done.path)["Sheet1"] == {"F1": '<c r="E1"> spans="1:9" Sheet1!E1'}


def test_shared_formulas_that_would_read_otherwise_are_written_out(tmp_path):
    """The cells of one stand on both sides of the new column, and so do those that they read."""
    text = made(
        tmp_path,
        '<sheetData><row r="1"><c r="B1"><f t="shared" ref="B1:E1" si="0">A1+1</f><v>1</v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>2</v></c><c r="D1"><f t="shared" si="0"/><v>3</v></c>'
        '<c r="E1"><f t="shared" si="0"/><v>4</v></c></row></sheetData>',
    )
    assert re.findall(r'r="(\w+)"><f>(.*?)</f>', text) == [
        ("B1", "A1+1"), ("C1", "B1+1"), ("F1", "C1+1"), ("G1", "F1+1"),
    ]  # fmt: skip


def test_shared_formulas_that_read_the_same_stay_shared(tmp_path):
    text = made(
        tmp_path,
        '<sheetData><row r="1"><c r="E1"><f t="shared" ref="E1:E2" si="0">$A1+F1</f></c></row>'
        '<row r="2"><c r="E2"><f t="shared" si="0"/></c></row></sheetData>',
    )
    assert '<f t="shared" ref="G1:G2" si="0">$A1+H1</f>' in text
    assert '<f t="shared" si="0"/>' in text


def test_a_formula_with_line_breaks_and_signs_keeps_them(tmp_path):
    formula = 'IF(E1&lt;&gt;"a &amp; b",&#10;  E1&amp;"x",\r\n"E1")'
    inside = f'<sheetData><row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row></sheetData>'
    path = workbook_with_sheet(tmp_path / "made.xlsx", inside)
    after = openpyxl_values(inserted(path, 4, 2).path, formulas=True)["Sheet1"]["A1"]
    assert after == '=IF(G1<>"a & b",\n  G1&"x",\n"E1")'


def test_a_dynamic_array_keeps_its_metadata(tmp_path):
    text = made(
        tmp_path,
        '<sheetData><row r="1"><c r="E1" cm="1"><f t="array" ref="E1:E3">_xlfn.UNIQUE(G1:G9)</f>'
        "<v>1</v></c></row></sheetData>",
    )
    assert '<c r="G1" cm="1"><f t="array" ref="G1:G3">_xlfn.UNIQUE(I1:I9)</f>' in text


def test_a_data_table_moves_with_the_cells_that_it_varies(tmp_path):
    text = made(
        tmp_path,
        '<sheetData><row r="1"><c r="F1"><f t="dataTable" ref="F1:G2" dt2D="1" dtr="1" r1="B9" '
        'r2="E9"/><v>1</v></c></row></sheetData>',
    )
    assert '<f t="dataTable" ref="H1:I2" dt2D="1" dtr="1" r1="B9" r2="G9"/>' in text


def test_the_order_of_calculation_goes_and_excel_works_everything_out_again(plan):
    path = with_formula_and_order(plan)
    done = inserted(path, 4)
    after = parts_of(done.path)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    assert b'fullCalcOnLoad="1"' in after[BOOK]
    assert valid(path, done.path) == []


def with_formula_and_order(path):
    cell = '<c r="H1"><f>E1</f><v>0</v></c>'
    replaced(path, FIRST_SHEET, '</row><row r="2"', f'{cell}</row><row r="2"')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = f'<calcChain xmlns="{main}"><c r="H1" i="1"/></calcChain>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    replaced(
        path,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{office}/calcChain" Target="calcChain.xml"/>'
        "</Relationships>",
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    replaced(
        path,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>',
    )
    return package_with(path, {"xl/calcChain.xml": chain.encode()})


# ---------------------------------------------------------------- tables


def table(path):
    book = Workbook.open(path)
    (found,) = tables_of(book, book.sheets[0])
    return found


@pytest.fixture
def in_table(tmp_path):
    def decorate(book):
        sheet = book.worksheets()[0]
        heads = [{"header": h} for h in ("Ref", "Action", "Status", "Update", "Evidence")]
        sheet.add_table("A1:E3", {"name": "Plan", "columns": heads})
        sheet.write_formula("H1", "=COUNTA(Plan[[Action]:[Update]])")

    return workbook_from_text(tmp_path / "table.xlsx", {"Theme 1": PLAN}, decorate=decorate)


def test_a_table_grows_by_columns_with_headings_of_their_own(in_table):
    done = inserted(in_table, 4, 2)
    assert valid(in_table, done.path) == []
    after = table(done.path)
    assert str(after.area) == "A1:G3"
    assert after.columns == ["Ref", "Action", "Status", "Column1", "Column2", "Update", "Evidence"]
    values = openpyxl_values(done.path)["Theme 1"]
    assert [values[f"{letter}1"] for letter in "CDEF"] == ["Status", "Column1", "Column2", "Update"]
    assert openpyxl_values(done.path, formulas=True)["Theme 1"]["J1"] == (
        "=COUNTA(Plan[[Action]:[Update]])"
    )
    assert re.findall(
        r'autoFilter ref="(\S+)"', parts_of(done.path)["xl/tables/table1.xml"].decode()
    ) == ["A1:G3"]


def test_the_headings_that_are_wanted_are_made_unique(in_table):
    done = inserted(in_table, 5, 3, headings=["Status", "New\nline"])
    assert valid(in_table, done.path) == []
    assert table(done.path).columns[4:7] == ["Status2", "New\nline", "Column1"]
    values = openpyxl_values(done.path)["Theme 1"]
    assert (values["E1"], values["F1"], values["G1"]) == ("Status2", "New\nline", "Column1")


@pytest.mark.parametrize(("at", "area"), [(1, "B1:F3"), (6, "A1:E3")])
def test_a_table_beside_the_new_columns_has_the_same_ones(in_table, at, area):
    done = inserted(in_table, at)
    after = table(done.path)
    assert (str(after.area), after.columns) == (area, table(in_table).columns)


# ---------------------------------------------------------------- the workbook


def test_the_source_of_a_pivot_table_moves(plan):
    """A part that only says what a pivot table is made from, as another sheet would have it."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    source = (
        f'<pivotCacheDefinition xmlns="{main}"><cacheSource type="worksheet">'
        '<worksheetSource ref="{}" sheet="{}"/></cacheSource></pivotCacheDefinition>'
    )
    part = "xl/pivotCache/pivotCacheDefinition1.xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
    replaced(
        plan,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/{part}" ContentType="{kind}"/></Types>',
    )
    for sheet, expected in (("Theme 1", "A1:G9"), ("Key", "A1:E9")):
        package_with(plan, {part: source.format("A1:E9", sheet).encode()})
        after = parts_of(inserted(plan, 4, 2).path)[part].decode()
        assert f'ref="{expected}"' in after


def test_the_cell_that_a_data_connection_asks_moves(plan):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml"
    part = "xl/connections.xml"
    replaced(
        plan,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/{part}" ContentType="{kind}"/></Types>',
    )
    connection = (
        f'<connections xmlns="{main}"><connection id="1" refreshedVersion="1"><parameters '
        'count="1"><parameter parameterType="cell" cell="\'Theme 1\'!$E$2"/></parameters>'
        "</connection></connections>"
    )
    package_with(plan, {part: connection.encode()})
    assert "cell=\"'Theme 1'!$G$2\"" in parts_of(inserted(plan, 4, 2).path)[part].decode()


def test_addresses_in_words_are_spoken_of(plan):
    written = {
        "G1": 'INDIRECT("E2")',
        "H1": "VLOOKUP(A2,A1:E3,5)",
        "I1": 'HYPERLINK("#Key!A1","x")',
        "J1": '"INDIRECT(E2)"',
    }
    cells = "".join(f'<c r="{cell}"><f>{formula}</f></c>' for cell, formula in written.items())
    replaced(plan, FIRST_SHEET, '</row><row r="2"', f'{cells}</row><row r="2"')
    assert inserted(plan, 4).inserted.remarks == (
        "INDIRECT names an address in words, which cannot be moved: look at Theme 1!G1.",
        "VLOOKUP names columns by counting them, which cannot be moved: look at Theme 1!H1.",
        "HYPERLINK names an address in words, which cannot be moved: look at Theme 1!I1.",
    )


def test_a_sheet_with_a_name_like_markup_is_found_in_formulas(tmp_path):
    name = "R&D <'x'>"
    path = workbook_from_text(tmp_path / "odd.xlsx", {name: PLAN, "Key": "| ='R&D <''x''>'!E2 |"})
    done = inserted(path, 4, 2)
    assert openpyxl_values(done.path, formulas=True)["Key"]["A1"] == "='R&D <''x''>'!G2"


def test_what_reads_the_sheet_from_elsewhere_follows(plan):
    """Of a table, a shape and a name; in a name only what is fixed, as in Excel."""
    moved = "'Theme 1'!$E$2"

    def decorate(book):
        key = book.worksheets()[1]
        columns = [{"header": "One", "formula": f"={moved}"}, {"header": "Two"}]
        columns[1] |= {"total_function": f"={moved}*2"}
        key.add_table("A3:B5", {"columns": columns, "total_row": True})
        key.insert_textbox("D3", "", {"textlink": f"={moved}"})
        book.define_name("Fixed", f"={moved}")
        book.define_name("Relative", "='Theme 1'!E2")

    path = workbook_from_text(
        plan.with_name("read.xlsx"), {"Theme 1": PLAN, "Key": "| 1 | 2 |"}, decorate=decorate
    )
    after = parts_of(inserted(path, 4, 2).path)
    table = after["xl/tables/table1.xml"].decode()
    assert "<calculatedColumnFormula>'Theme 1'!$G$2</calculatedColumnFormula>" in table
    assert "<totalsRowFormula>'Theme 1'!$G$2*2</totalsRowFormula>" in table
    assert "textlink=\"'Theme 1'!$G$2\"" in after["xl/drawings/drawing1.xml"].decode()
    names = re.findall(r"<definedName name=[^>]*>(.*?)<", after[BOOK].decode())
    assert names == ["'Theme 1'!$G$2", "'Theme 1'!E2"]


# ---------------------------------------------------------------- one after another


def test_two_insertions_in_a_row_are_one_of_both(plan, tmp_path):
    once = inserted(plan, 4, 3, target=tmp_path / "once.xlsx").path
    state = FileState.of(plan)
    workbook = Workbook.open(plan)
    for count in (1, 2):
        insert_columns(workbook, workbook.sheets[0], 4, count)
    twice = tmp_path / "twice.xlsx"
    verified = save(workbook.package, twice, source=plan, state=state)
    assert parts_of(twice) == parts_of(once)
    assert (verified.cells_unchanged, verified.cells_moved) == (15, 6)


def test_a_change_before_and_one_after_an_insertion_are_both_checked(plan, tmp_path):
    state = FileState.of(plan)
    workbook = Workbook.open(plan)
    sheet = workbook.sheets[0]
    with workbook.editing(sheet):
        put_text(sheet.ensure_cell(2, 9), [Run("before")])
    insert_columns(workbook, sheet, 4, 2)
    with workbook.editing(sheet):
        put_text(sheet.ensure_cell(2, 4), [Run("after")])
    verified = save(workbook.package, tmp_path / "both.xlsx", source=plan, state=state)
    assert (verified.cells_unchanged, verified.cells_added, verified.cells_lost) == (15, 2, 0)
    values = openpyxl_values(tmp_path / "both.xlsx")["Theme 1"]
    assert (values["K2"], values["D2"], values["F2"]) == ("before", "after", "Begun")


def test_a_loss_after_an_insertion_is_seen(plan):
    workbook = Workbook.open(plan)
    sheet = workbook.sheets[0]
    insert_columns(workbook, sheet, 4, 2)
    with workbook.editing(sheet):
        put_text(sheet.ensure_cell(2, 6), [Run("overwritten")])
    assert [d.place for d in workbook.package.comparison.broken()] == ["F2"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 40)), st.integers(0, 999), min_size=1
    ),
    at=st.integers(1, 45),
    count=st.integers(1, 40),
)
def test_whatever_a_sheet_holds_is_read_by_its_heading_as_before(tmp_path, cells, at, count):
    """Row 1 names each column, so that a value is known by its row and its heading."""

    def decorate(book):
        sheet = book.worksheets()[0]
        for column in range(40):
            sheet.write(0, column, f"column {column}")
        for (row, column), number in cells.items():
            sheet.write(row, column - 1, number)

    path = workbook_from_text(tmp_path / "any.xlsx", {"Theme 1": ""}, decorate=decorate)
    done = inserted(path, at, count)

    def by_heading(path):
        values = calamine_values(path)["Theme 1"]
        split = {re.fullmatch(r"([A-Z]+)(\d+)", name).groups(): v for name, v in values.items()}
        return {(split[letters, "1"], row): value for (letters, row), value in split.items()}

    assert by_heading(done.path) == by_heading(path)
