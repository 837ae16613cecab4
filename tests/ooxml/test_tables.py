import openpyxl
import pytest
from lxml import etree

from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.ranges import Area, ColumnCopy
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.tables import free_heading, rename_columns, tables_of, unescaped
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main
from tests.builders import parts_of, replaced, workbook_from_text
from tests.judges import diff, sdk_errors, valid

TABLE = "xl/tables/table1.xml"
JUNE = ColumnCopy(2, 3)  # B and C, copied to D and E
LENGTH = "LEN(Actions[[#This Row],[Status (June 2023)]])"
HEADINGS = ["Status (July 2023)", "Update (July 2023)"]
PLAN = """
    | Ref     | Status (June 2023) | Update (June 2023) |
    | OC.A1.1 | On track           | Begun [AB]         |
    | OC.A1.2 | Complete           | Done [CD]          |
"""


@pytest.fixture
def tabled(tmp_path):
    """A workbook whose plan is a table."""

    def build(text=PLAN, area="A1:C3", **options):
        headings = [cell.strip() for cell in text.strip().splitlines()[0].strip("| ").split("|")]
        columns = [{"header": heading.replace("\\n", "\n")} for heading in headings]
        for name, settings in options.pop("columns", {}).items():
            columns["ABC".index(name)] |= settings

        def add_table(book):
            sheet = book.get_worksheet_by_name("Plan")
            sheet.add_table(area, {"name": "Actions", "columns": columns, **options})

        return workbook_from_text(tmp_path / "before.xlsx", {"Plan": text}, decorate=add_table)

    return build


def grown(path, headings=HEADINGS):
    """Copy the last month's columns of the table, headings included."""
    target = path.with_name("after.xlsx")
    state = FileState.of(path)
    workbook = Workbook.open(path)
    (table,) = tables_of(workbook, workbook["Plan"])
    edit = table.growth(JUNE, list(headings))
    with workbook.editing(workbook["Plan"]) as sheet:
        for column, heading in zip(JUNE.targets, headings, strict=True):
            if table.header_row is not None:
                put_text(sheet.ensure_cell(table.header_row, column), [Run(heading)])
        sheet.grow_dimension(1, JUNE.targets[-1])
    edit.make()
    save(workbook.package, target, source=path, state=state)
    assert diff(path, target).harm == []
    assert valid(path, target) == []
    return target


def table_of(path):
    """The <table> and its columns."""
    root = etree.fromstring(parts_of(path)[TABLE])
    return root, root.findall(f"{main('tableColumns')}/{main('tableColumn')}")


# ---------------------------------------------------------------- reading


def test_a_table_says_where_it_stands_and_what_its_columns_are_called(tabled):
    workbook = Workbook.open(tabled())
    (table,) = tables_of(workbook, workbook["Plan"])
    assert (table.name, table.area, table.header_row) == ("Actions", Area.parse("A1:C3"), 1)
    assert table.columns == ["Ref", "Status (June 2023)", "Update (June 2023)"]


def test_a_sheet_without_tables_has_none(tmp_path):
    workbook = Workbook.open(workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN}))
    assert list(tables_of(workbook, workbook["Plan"])) == []


def test_a_table_without_headings_has_no_row_of_them(tabled):
    workbook = Workbook.open(tabled(header_row=False))
    (table,) = tables_of(workbook, workbook["Plan"])
    assert table.header_row is None


def test_a_line_break_in_a_heading_is_one_in_the_columns_name(tabled):
    path = tabled("| Ref | Status\\n(June 2023) | Update |\n| A1 | x | y |", "A1:C2")
    replaced(path, TABLE, "Status&#xA;(June", "Status_x000a_(June")  # as Excel spells it
    workbook = Workbook.open(path)
    (table,) = tables_of(workbook, workbook["Plan"])
    assert table.columns[1] == "Status\n(June 2023)"


def test_what_stands_for_a_line_break_is_read_in_either_case():
    assert unescaped("a_x000a_b_x000D_c_x0a_") == "a\nb\rc_x0a_"


# ---------------------------------------------------------------- growth


def test_a_table_grows_by_the_months_columns_under_their_new_names(tabled):
    root, columns = table_of(grown(tabled()))
    assert root.get("ref") == root.find(main("autoFilter")).get("ref") == "A1:E3"
    assert [column.get("name") for column in columns][3:] == HEADINGS
    assert [column.get("id") for column in columns] == ["1", "2", "3", "4", "5"]
    assert root.find(main("tableColumns")).get("count") == "5"


def test_openpyxl_reads_the_grown_table(tabled):
    sheet = openpyxl.load_workbook(grown(tabled()))["Plan"]
    table = sheet.tables["Actions"]
    assert table.ref == "A1:E3"
    assert table.column_names[3:] == [sheet["D1"].value, sheet["E1"].value] == HEADINGS


@pytest.mark.validator
def test_the_grown_table_is_sound_to_the_open_xml_sdk(tabled):
    path = tabled(columns={"C": {"formula": f"={LENGTH}"}}, total_row=True)
    assert sdk_errors(grown(path)) == sdk_errors(path)


def test_new_ids_follow_the_highest_one_that_was_given_out(tabled):
    path = tabled()
    replaced(path, TABLE, '<tableColumn id="2"', '<tableColumn id="9"')
    _, columns = table_of(grown(path))
    assert [column.get("id") for column in columns] == ["1", "9", "3", "10", "11"]


def test_a_column_that_is_worked_out_reads_the_new_month(tabled):
    path = tabled(columns={"C": {"formula": f"={LENGTH}&Actions[[#This Row],[Ref]]"}})
    _, columns = table_of(grown(path))
    calculated = [column.findtext(main("calculatedColumnFormula")) for column in columns]
    assert calculated[2] == f"{LENGTH}&Actions[[#This Row],[Ref]]"
    assert calculated[4] == calculated[2].replace("June", "July")
    assert calculated[:2] == [calculated[3]] * 2 == [None] * 2


def test_a_columns_total_comes_with_it(tabled):
    path = tabled(
        PLAN + "    | Total | | |",
        "A1:C4",
        total_row=True,
        columns={"B": {"total_function": "count"}},
    )
    root, columns = table_of(grown(path))
    assert [column.get("totalsRowFunction") for column in columns] == [
        None, "count", None, "count", None,
    ]  # fmt: skip
    assert (root.get("ref"), root.get("totalsRowCount")) == ("A1:E4", "1")
    assert root.find(main("autoFilter")).get("ref") == "A1:E3"


def test_a_new_heading_with_a_line_break_is_spelled_as_excel_spells_it(tabled):
    path = tabled("| Ref | Status | Update |\n| A1 | x | y |", "A1:C2")
    after = grown(path, ["Status\n(July 2023)", "Update2"])
    _, columns = table_of(after)
    assert columns[3].get("name") == "Status_x000a_(July 2023)"
    assert openpyxl.load_workbook(after)["Plan"]["D1"].value == "Status\n(July 2023)"


def test_identities_of_copied_columns_are_their_own(tabled):
    path = tabled()
    space = "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    spaces = f'xmlns:mc="{compatible}" mc:Ignorable="xr3" xmlns:xr3="{space}"'
    replaced(path, TABLE, "<table ", f"<table {spaces} ")
    for number in "23":
        identity = f'xr3:uid="{{0000000{number}-0000-4000-8000-000000000000}}"'
        replaced(
            path, TABLE, f'<tableColumn id="{number}"', f'<tableColumn {identity} id="{number}"'
        )
    _, columns = table_of(grown(path))
    identities = [column.get(f"{{{space}}}uid") for column in columns[1:]]
    assert len(set(identities)) == 4


def test_a_copied_column_is_not_the_source_of_the_same_xml(tabled):
    path = tabled()
    replaced(path, TABLE, '<tableColumn id="2"', '<tableColumn id="2" uniqueName="status"')
    _, columns = table_of(grown(path))
    assert [column.get("uniqueName") for column in columns] == [None, "status", None, None, None]


def test_growth_says_what_it_will_do(tabled):
    workbook = Workbook.open(tabled())
    (table,) = tables_of(workbook, workbook["Plan"])
    edit = table.growth(JUNE, HEADINGS)
    assert (edit.what, edit.sheet, edit.before, edit.after) == (
        "table Actions", "Plan", "A1:C3", "A1:E3",
    )  # fmt: skip
    assert workbook.package.changed == []


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("heading", "free"),
    [
        ("Status", "Status4"),
        ("Status2", "Status4"),
        ("STATUS", "STATUS4"),
        ("Update", "Update"),
        ("Target 2026", "Target 20262"),  # a year is no number that counts equal headings
    ],
)
def test_a_heading_that_is_taken_gets_the_next_free_number(heading, free):
    assert free_heading(heading, {"status", "status2", "status3", "target 2026"}) == free


RENAMED = {"Status": "Status2", "Cost [£m]": "Cost [£m]2"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Actions[Status]", "Actions[Status2]"),
        ("=SUM(Actions[Status])", "=SUM(Actions[Status2])"),
        ("ACTIONS[Status]", "ACTIONS[Status2]"),
        ("[Status]", "[Status2]"),
        ("[@Status]", "[@Status2]"),
        ("Actions[@[Status]]", "Actions[@[Status2]]"),
        ("Actions[[#This Row],[Status]]", "Actions[[#This Row],[Status2]]"),
        ("Actions[[#Headers],[Ref]:[Status]]", "Actions[[#Headers],[Ref]:[Status2]]"),
        ("Actions[Cost '[£m']]", "Actions[Cost '[£m']2]"),
    ],
)
def test_a_formula_reads_the_copied_columns_under_their_new_names(before, after):
    assert rename_columns(before, "Actions", RENAMED) == after


@pytest.mark.parametrize(
    "formula",
    [
        "Actions[Ref]",
        "Actions[RAG Status]",  # ends with the name of a copied column
        "Actions[[RAG Status]:[Ref]]",
        "Actions[Status of it]",
        "Others[Status]",
        '"Actions[Status]"',
        "Status",
        "Actions[#Totals]",
        "[1]Sheet1!A1",
        "Actions[",
    ],
)
def test_a_formula_that_reads_something_else_stays(formula):
    assert rename_columns(formula, "Actions", RENAMED) == formula
