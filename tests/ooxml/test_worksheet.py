import pytest
from lxml import etree

from sheetplan.errors import DamagedWorkbookError, UnsafeWorkbookError
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.sheet_rows import cells_of, name_the_cells
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import CHILD_ORDER
from sheetplan.ooxml.xml import MAIN, local_name, main
from tests.builders import FIRST_SHEET, parts_of, patched, workbook_from_text, workbook_with_sheet
from tests.judges import calamine_values, openpyxl_values
from tests.ooxml.editing import edited

NAMELESS = """
    <sheetData>
      <row><c><v>1</v></c><c><v>2</v></c></row>
      <row><c><v>3</v></c><c r="D2"><v>4</v></c><c><v>5</v></c></row>
      <row r="5" spans="1:1"><c r="A5"><v>6</v></c></row>
    </sheetData>
"""


def put(text, row, column):
    """The change that writes text into a cell."""
    return lambda sheet: put_text(sheet.ensure_cell(row, column), [Run(text)])


def rows_of(path):
    """The names of the first sheet's cells, as they stand in the file, row by row."""
    root = etree.fromstring(parts_of(path)[FIRST_SHEET])
    return [[c.get("r") for c in row] for row in root.find(main("sheetData"))]


@pytest.fixture
def nameless(tmp_path):
    """A workbook whose rows and cells leave out their names."""
    return workbook_with_sheet(tmp_path / "nameless.xlsx", NAMELESS)


@pytest.fixture
def plan(tmp_path):
    """A plan with a gap between its rows and between its cells."""
    table = "| Ref | | Status |\n|\n| A1 | | On track |"
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": table}, first_row=2)


# ---------------------------------------------------------------- reading


def test_rows_and_cells_without_names_follow_those_before_them(nameless):
    sheet = Workbook.open(nameless)["Sheet1"]
    assert list(sheet.rows) == [1, 2, 5]
    assert [column for column, _ in cells_of(sheet.rows[2])] == [1, 4, 5]
    assert [sheet.value(1, 1), sheet.value(1, 2), sheet.value(2, 4), sheet.value(2, 5)] == [
        1, 2, 4, 5,
    ]  # fmt: skip


def test_cells_without_names_are_seen_where_another_reader_sees_them(nameless):
    sheet = Workbook.open(nameless)["Sheet1"]
    seen = openpyxl_values(nameless)["Sheet1"]
    names = {"A1": (1, 1), "B1": (1, 2), "A2": (2, 1), "D2": (2, 4), "E2": (2, 5), "A5": (5, 1)}
    assert {name: sheet.value(*place) for name, place in names.items()} == seen


def test_a_cell_that_does_not_stand_there_is_empty(plan):
    sheet = Workbook.open(plan)["Plan"]
    assert sheet.cell(2, 2) is None
    assert sheet.cell(99, 1) is None
    assert (sheet.value(2, 2), sheet.text(2, 2)) == (None, "")


@pytest.mark.parametrize(
    "rows", ['<row r="5"/><row r="3"/>', '<row r="5"/><row r="5"/>', '<row r="2"/><row r="1"/>']
)
def test_rows_out_of_order_are_refused_because_excel_would_drop_their_cells(tmp_path, rows):
    path = workbook_with_sheet(tmp_path / "odd.xlsx", f"<sheetData>{rows}</sheetData>")
    with pytest.raises(DamagedWorkbookError, match=r"odd.xlsx: row \d of sheet Sheet1 comes after"):
        _ = Workbook.open(path)["Sheet1"].rows


BROKEN = {
    "an end that is missing": '<sheetData><row r="1"><c r="A1"><v>1</v></row></sheetData>',
    "a prefix of no namespace": '<sheetData><row r="1"><y:c r="A1"/></row></sheetData>',
    "a stray ampersand": '<sheetData><row r="1"><c r="A1"><v>1 & 2</v></c></row></sheetData>',
    "a broken end": '<sheetData><row r="1"/></sheetData><pageMargins left=1/>',
}


@pytest.mark.parametrize("inside", [*BROKEN.values()], ids=[*BROKEN])
def test_a_sheet_that_is_not_well_formed_is_refused_before_it_is_read(tmp_path, inside):
    sheet = Workbook.open(workbook_with_sheet(tmp_path / "odd.xlsx", inside))["Sheet1"]
    with pytest.raises(UnsafeWorkbookError, match=r"odd.xlsx: .*sheet1.xml.*cannot be read as XML"):
        sheet.refuse_broken()


def test_a_sheet_in_an_unusual_form_is_not_broken(tmp_path, nameless):
    commented = workbook_with_sheet(
        tmp_path / "commented.xlsx",
        '<sheetData><!-- 1 & 2 --><row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row></sheetData>',
    )
    for path in (nameless, commented):
        Workbook.open(path)["Sheet1"].refuse_broken()


def test_a_sheet_without_rows_has_none(tmp_path):
    path = workbook_with_sheet(tmp_path / "empty.xlsx", "<sheetData/>")
    assert Workbook.open(path)["Sheet1"].rows == {}


def test_sheets_are_found_by_name_whatever_the_capitals(plan):
    workbook = Workbook.open(plan)
    assert workbook["PLAN"] is workbook["plan"] is workbook.sheets[0]
    assert "plan" in workbook
    assert "Theme 1" not in workbook
    with pytest.raises(KeyError):
        workbook["Theme 1"]


def test_every_cell_is_named_where_some_were():
    row = etree.fromstring(f'<row xmlns="{MAIN}"><c/><c r="C7"/><c/></row>')
    name_the_cells(row, 7)
    assert row.get("r") == "7"
    assert [c.get("r") for c in row] == ["A7", "C7", "D7"]


# ---------------------------------------------------------------- writing cells


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (2, 2, [["A2", "B2", "C2"], ["A4", "C4"]]),  # in a gap of a row
        (2, 4, [["A2", "C2", "D2"], ["A4", "C4"]]),  # at its end
        (3, 1, [["A2", "C2"], ["A3"], ["A4", "C4"]]),  # in a gap between rows
        (1, 1, [["A1"], ["A2", "C2"], ["A4", "C4"]]),  # before all rows
        (9, 3, [["A2", "C2"], ["A4", "C4"], ["C9"]]),  # after all rows
    ],
)
def test_a_new_cell_stands_in_its_place(plan, row, column, expected):
    after = edited(plan, put("new", row, column))
    assert rows_of(after) == expected
    name = f"{'ABCD'[column - 1]}{row}"
    assert openpyxl_values(after)["Plan"][name] == calamine_values(after)["Plan"][name] == "new"


def test_a_cell_of_a_sheet_that_was_empty_is_written(tmp_path):
    path = workbook_with_sheet(tmp_path / "empty.xlsx", "<sheetData/>")
    assert rows_of(edited(path, put("new", 3, 2))) == [["B3"]]


def test_a_cell_between_nameless_ones_gives_its_row_names(nameless):
    after = edited(nameless, put("new", 2, 2))
    assert rows_of(after)[1] == ["A2", "B2", "D2", "E2"]
    before, now = openpyxl_values(nameless)["Sheet1"], openpyxl_values(after)["Sheet1"]
    assert now == before | {"B2": "new"}


def test_a_nameless_cell_is_changed_where_it_stands(nameless):
    after = edited(nameless, put("new", 2, 5), agreed=["E2"])
    assert openpyxl_values(after)["Sheet1"]["E2"] == "new"


def test_a_new_cell_takes_the_hint_of_its_row_away(plan):
    assert b'spans="1:3"' in parts_of(plan)[FIRST_SHEET]
    after = parts_of(edited(plan, put("new", 2, 4)))[FIRST_SHEET]
    assert after.count(b"spans=") == 1  # that of the row that was not touched


def test_a_cell_that_is_there_keeps_the_hint_of_its_row(plan):
    after = parts_of(edited(plan, put("new", 2, 3), agreed=["C2"]))[FIRST_SHEET]
    assert after.count(b"spans=") == 2


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [
        ("A2:C4", (9, 5), "A2:E9"),
        ("B2:C4", (1, 1), "A1:C4"),
        ("A1", (1, 2), "A1:B1"),
        ("A2:C4", (3, 2), "A2:C4"),
    ],
)
def test_the_stated_extent_grows_to_hold_a_cell(tmp_path, before, cell, after):
    path = workbook_with_sheet(tmp_path / "b.xlsx", f'<dimension ref="{before}"/><sheetData/>')
    written = edited(path, lambda sheet: sheet.grow_dimension(*cell))
    assert f'<dimension ref="{after}"/>'.encode() in parts_of(written)[FIRST_SHEET]


def test_a_sheet_that_states_no_extent_goes_on_stating_none(tmp_path):
    path = workbook_with_sheet(tmp_path / "before.xlsx", "<sheetData/>")
    after = edited(path, lambda sheet: sheet.grow_dimension(9, 9))
    assert b"<dimension" not in parts_of(after)[FIRST_SHEET]


def test_an_edit_that_fails_leaves_the_workbook_as_it_was_read(plan):
    workbook = Workbook.open(plan)
    sheet = workbook["Plan"]

    def edit():
        with workbook.editing(sheet):
            put_text(sheet.ensure_cell(2, 1), [Run("half")])
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        edit()
    assert sheet.value(2, 1) == "Ref"
    assert workbook.package.changed == []


def test_an_edit_that_changes_nothing_changes_no_part(plan):
    workbook = Workbook.open(plan)
    with workbook.editing(workbook["Plan"]) as sheet:
        sheet.ensure_cell(2, 1)
    assert workbook.package.changed == []


# ---------------------------------------------------------------- prefixes


def with_prefix(xml):
    """The part as some programs write it: <x:row> for <row>."""
    root = etree.fromstring(xml)
    text = etree.tostring(root, encoding="unicode").replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    text = text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    return text.encode()


def test_new_elements_wear_the_prefix_of_their_sheet(plan):
    patched(plan, {FIRST_SHEET: with_prefix})
    after = edited(plan, put("new", 2, 2))
    xml = parts_of(after)[FIRST_SHEET]
    assert b'<x:c r="B2" t="inlineStr"><x:is><x:t>new</x:t></x:is></x:c>' in xml
    assert b"xmlns=" not in xml
    before, now = openpyxl_values(plan)["Plan"], openpyxl_values(after)["Plan"]
    assert now == before | {"B2": "new"}


def test_cells_under_a_prefix_are_read(plan):
    patched(plan, {FIRST_SHEET: with_prefix})
    assert Workbook.open(plan)["Plan"].value(4, 3) == "On track"


# ---------------------------------------------------------------- other elements

LATE = "<sheetData/><mergeCells/><pageMargins/><legacyDrawing/><extLst/>"
CONTROLS = """
    <sheetData/><pageMargins/>
    <mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>
    <extLst/>
"""


def children_after(path, name):
    """The sheet's elements, by their bare names, when one has been made."""
    sheet = Workbook.open(path)["Sheet1"]
    sheet.ensure_child(name)
    return [local_name(child) for child in sheet.root]


@pytest.mark.parametrize(
    ("inside", "name", "before"),
    [
        (LATE, "sheetPr", "sheetData"),
        (LATE, "cols", "sheetData"),
        (LATE, "autoFilter", "mergeCells"),
        (LATE, "conditionalFormatting", "pageMargins"),
        (LATE, "dataValidations", "pageMargins"),
        (LATE, "drawing", "legacyDrawing"),
        (LATE, "tableParts", "extLst"),
        (CONTROLS, "drawing", "AlternateContent"),
        (CONTROLS, "tableParts", "extLst"),
    ],
)
def test_an_element_that_is_made_stands_where_excel_expects_it(tmp_path, inside, name, before):
    path = workbook_with_sheet(tmp_path / "book.xlsx", inside)
    children = children_after(path, name)
    assert children[children.index(name) + 1] == before


def test_an_element_that_is_there_is_not_made_again(tmp_path):
    path = workbook_with_sheet(tmp_path / "book.xlsx", LATE)
    assert children_after(path, "mergeCells").count("mergeCells") == 1


@pytest.mark.parametrize("name", CHILD_ORDER)
def test_elements_that_are_made_in_any_order_stand_in_excels(tmp_path, name):
    path = workbook_with_sheet(tmp_path / "book.xlsx", "<sheetData/>")
    sheet = Workbook.open(path)["Sheet1"]
    for each in [name, *reversed(CHILD_ORDER)]:
        sheet.ensure_child(each)
    assert [local_name(child) for child in sheet.root] == list(CHILD_ORDER)


def test_a_second_element_of_a_kind_stands_behind_the_first(tmp_path):
    first = '<conditionalFormatting sqref="A1"/>'
    path = workbook_with_sheet(tmp_path / "book.xlsx", f"<sheetData/>{first}<pageMargins/>")
    sheet = Workbook.open(path)["Sheet1"]
    sheet.insert_child(etree.Element(main("conditionalFormatting"), sqref="B1"))
    assert [child.get("sqref") for child in sheet.root] == [None, "A1", "B1", None]
