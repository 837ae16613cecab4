"""A sheet that was grafted before is made anew where it stands."""

import re

import openpyxl
import pytest

from sheetplan.errors import ContentLossError
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.grafting import graft, replace_sheet
from sheetplan.ooxml.inventory import compare_packages
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import package_with, parts_of, replaced, workbook_from_text
from tests.judges import calamine_values, diff, openpyxl_values, sdk_errors, valid
from tests.ooxml.report_sheet import NAME, ROWS, report

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

SUMMARY = "Summary"
BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
SHEET = "xl/worksheets/sheet3.xml"
SHEET_RELS = "xl/worksheets/_rels/sheet3.xml.rels"
MORE = [["WB.B1.1", "Dredge the harbour", 7], *ROWS, ["WB.C1.1", "Light the pier", 1]]
PLAN = """
    | Ref     | Months  | Link |
    | OC.A1.1 | 1       |      |
    | OC.A1.2 | =B2 -> 1 |     |
"""


def decorate(book):
    book.get_worksheet_by_name("Lists").add_table("A1:B3", {"name": "Lists"})


def written(workbook, source, target, agreed=frozenset()):
    state = FileState.of(source)
    return save(workbook.package, target, source=source, state=state, agreed=agreed)


@pytest.fixture
def before(tmp_path):
    """A tracker with a report in its last sheet, to which another sheet points; a sheet follows."""
    path = tmp_path / "tracker.xlsx"
    workbook_from_text(path, {"Plan": PLAN, "Lists": ""}, decorate=decorate)
    workbook = Workbook.open(path)
    source = Workbook.open(report(tmp_path / "first.xlsx"))
    graft(workbook, source, NAME, name=SUMMARY)
    graft(workbook, Workbook.open(path), "Plan", name="Behind")
    target = tmp_path / "before.xlsx"
    written(workbook, path, target)
    link = '<hyperlinks><hyperlink ref="C2" location="Summary!A4"/></hyperlinks><pageMargins'
    replaced(target, "xl/worksheets/sheet1.xml", "<pageMargins", link)
    replaced(target, "xl/worksheets/sheet1.xml", "<f>B2</f>", "<f>SUM(Exceptions[Months])</f>")
    own = '<definedName name="Worst">Summary!$C$5</definedName></definedNames>'
    return replaced(target, BOOK, "</definedNames>", own)


@pytest.fixture
def newer(tmp_path):
    return report(tmp_path / "newer.xlsx", rows=MORE)


def anew(before, newer, sheet=NAME):
    """The tracker with its report made anew, saved beside it, and what was verified."""
    workbook = Workbook.open(before)
    agreed = replace_sheet(workbook, workbook[SUMMARY], Workbook.open(newer), sheet)
    target = before.with_name("after.xlsx")
    return target, written(workbook, before, target, agreed)


@pytest.fixture
def after(before, newer):
    return anew(before, newer)[0]


def test_others_read_the_new_values_and_the_old_ones_elsewhere(before, newer, after):
    for read in (openpyxl_values, calamine_values):
        values = read(after)
        assert values.pop(SUMMARY) == read(newer)[NAME]
        old = read(before)
        del old[SUMMARY]
        assert values == old


def test_the_sheet_keeps_its_part_its_ids_and_its_place(before, after):
    sheets = [re.search(rb"<sheets>.*</sheets>", parts_of(p)[BOOK])[0] for p in (before, after)]
    assert sheets[0] == sheets[1]
    rels = [parts_of(p)["xl/_rels/workbook.xml.rels"] for p in (before, after)]
    assert rels[0] == rels[1]
    assert openpyxl.load_workbook(after).sheetnames == ["Plan", "Lists", SUMMARY, "Behind"]


def test_links_names_and_formulas_that_point_at_it_still_do(before, after):
    assert (
        parts_of(after)["xl/worksheets/sheet1.xml"]
        == (parts_of(before)["xl/worksheets/sheet1.xml"])
    )
    book = openpyxl.load_workbook(after)
    assert list(book[SUMMARY].tables) == ["Exceptions"]
    assert book[SUMMARY].tables["Exceptions"].ref == "A4:C8"
    assert book.defined_names["Worst"].attr_text == "Summary!$C$5"
    assert b'fullCalcOnLoad="1"' in parts_of(after)[BOOK]


def test_only_what_belongs_to_the_sheet_changes(before, after):
    old, new = parts_of(before), parts_of(after)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {SHEET, "xl/charts/chart1.xml", "xl/tables/table2.xml"}
    about = ("Summary", "part xl/charts/chart1.xml", "xl/tables/table2.xml")
    assert [line for line in diff(before, after).harm if not line.startswith(about)] == []


def test_the_workbook_keeps_the_rules_of_excel(before, after):
    assert valid(before, after) == []


@pytest.mark.validator
def test_the_sdk_finds_nothing_wrong(after):
    assert sdk_errors(after) == []


def test_a_drop_down_list_follows_the_new_content(before, newer):
    replaced(newer, "xl/workbook.xml", "$E$5:$E$6", "$E$5:$E$7")
    after, _ = anew(before, newer)
    names = openpyxl.load_workbook(after).defined_names
    assert names["Choices"].attr_text == "Summary!$E$5:$E$7"


def test_a_name_that_officers_made_for_something_else_stays_theirs(before, newer):
    replaced(before, BOOK, "Summary!$E$5:$E$6", "Plan!$A$2:$A$3")
    after, _ = anew(before, newer)
    book = openpyxl.load_workbook(after)
    assert book.defined_names["Choices"].attr_text == "Plan!$A$2:$A$3"
    assert book[SUMMARY].defined_names["Choices"].attr_text == "Summary!$E$5:$E$6"


def test_what_the_sheet_had_and_has_no_more_goes(before, tmp_path):
    plain = workbook_from_text(tmp_path / "plain.xlsx", {"Plain": "| Ref | 1 |"})
    after, verified = anew(before, plain, "Plain")
    gone = set(parts_of(before)) - set(parts_of(after))
    assert {re.sub(r"\d", "", name) for name in gone} == {
        "xl/charts/chart.xml",
        "xl/comments.xml",
        "xl/drawings/drawing.xml",
        "xl/drawings/_rels/drawing.xml.rels",
        "xl/drawings/vmlDrawing.vml",
        "xl/tables/table.xml",
    }
    assert verified.parts_removed == len(gone) == 6
    assert openpyxl_values(after)[SUMMARY] == {"A1": "Ref", "B1": 1}
    assert not openpyxl.load_workbook(after)[SUMMARY].print_title_rows
    assert valid(before, after) == []


def test_parts_that_another_sheet_uses_stay(before, newer):
    """Excel shares nothing of these; other programs let two sheets show one drawing."""
    drawing = re.search(rb'Target="../(drawings/drawing\d.xml)"', parts_of(before)[SHEET_RELS])[1]
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/drawing" Target="../' + drawing + b'"/></Relationships>'
    )
    package_with(before, {"xl/worksheets/_rels/sheet1.xml.rels": rels})
    after, _ = anew(before, newer)
    shared = f"xl/{drawing.decode()}"
    assert parts_of(after)[shared] == parts_of(before)[shared]
    assert parts_of(after)["xl/charts/chart1.xml"] == parts_of(before)["xl/charts/chart1.xml"]
    assert "xl/charts/chart2.xml" in parts_of(after)


# ---------------------------------------------------------------- the promise


def test_without_being_agreed_it_is_refused(before, newer):
    workbook = Workbook.open(before)
    replace_sheet(workbook, workbook[SUMMARY], Workbook.open(newer), NAME)
    with pytest.raises(ContentLossError, match=r"changed xl/worksheets/sheet3\.xml all of it"):
        written(workbook, before, before.with_name("after.xlsx"))


def test_what_was_agreed_covers_nothing_else(before, newer):
    workbook = Workbook.open(before)
    agreed = replace_sheet(workbook, workbook[SUMMARY], Workbook.open(newer), NAME)
    with workbook.editing(workbook["Plan"]) as sheet:
        put_text(sheet.ensure_cell(2, 2), [Run("another")])
    with pytest.raises(ContentLossError, match=r"changed xl/worksheets/sheet1\.xml B2\."):
        written(workbook, before, before.with_name("after.xlsx"), agreed)


def test_the_comparison_of_files_agrees(before, newer):
    workbook = Workbook.open(before)
    agreed = replace_sheet(workbook, workbook[SUMMARY], Workbook.open(newer), NAME)
    after = before.with_name("after.xlsx")
    written(workbook, before, after, agreed)
    comparison = compare_packages(Package.open(before), Package.open(after))
    assert comparison.broken()
    assert comparison.broken(agreed) == []


# ---------------------------------------------------------------- again and again


def test_made_anew_with_the_same_content_the_workbook_is_the_same_to_the_byte(before, tmp_path):
    after, verified = anew(before, tmp_path / "first.xlsx")
    assert parts_of(after) == parts_of(before)
    assert verified.parts_unchanged == verified.parts


def test_a_hundred_times_over_nothing_grows(before, newer):
    workbook = Workbook.open(before)
    sources = [Workbook.open(newer), Workbook.open(before.with_name("first.xlsx"))]
    agreed = frozenset()
    for turn in range(100):
        agreed |= replace_sheet(workbook, workbook[SUMMARY], sources[turn % 2], NAME)
    after = before.with_name("after.xlsx")
    written(workbook, before, after, agreed)
    assert parts_of(after) == parts_of(before)


def test_a_table_with_a_number_in_its_name_keeps_it(before, newer):
    """Formulas of the officers' name it so, whether or not its own name has become free."""
    for part in (BOOK, "xl/tables/table2.xml", "xl/worksheets/sheet1.xml"):
        data = parts_of(before)[part].decode().replace("Exceptions", "Exceptions_2")
        package_with(before, {part: data.encode()})
    after, _ = anew(before, newer)
    sheet = openpyxl.load_workbook(after)[SUMMARY]
    assert list(sheet.tables) == ["Exceptions_2"]
    assert sheet["B20"].value == "=SUM(Exceptions_2[Months])+Summary!C5"


def test_it_stays_selected_and_keeps_what_macros_call_it(before, newer):
    replaced(before, SHEET, "<sheetView ", '<sheetView tabSelected="1" ')
    data = parts_of(before)[SHEET].decode()
    package_with(before, {SHEET: data.replace("<sheetPr>", '<sheetPr codeName="Sheet7">').encode()})
    after, _ = anew(before, newer)
    sheet = openpyxl.load_workbook(after)[SUMMARY]
    assert sheet.sheet_view.tabSelected
    assert sheet.sheet_properties.codeName == "Sheet7"


def test_names_that_officers_gave_the_sheet_stay(before, newer):
    own = '<definedName name="Mine" localSheetId="2">Summary!$A$4</definedName></definedNames>'
    replaced(before, BOOK, "</definedNames>", own)
    after, _ = anew(before, newer)
    names = openpyxl.load_workbook(after)[SUMMARY].defined_names
    assert names["Mine"].attr_text == "Summary!$A$4"


def test_the_order_of_calculation_goes_where_it_names_a_formula_of_the_old_sheet(before, newer):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    replaced(before, "[Content_Types].xml", "</Types>", types)
    link = (
        '<Relationship Id="rId98" Target="calcChain.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    replaced(before, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    for cells, stays in (
        ('<c r="B3" i="1"/>', True),
        ('<c r="B3" i="1"/><c r="B20" i="3"/>', False),
    ):
        chain = f'<calcChain xmlns="{space}">{cells}</calcChain>'
        package_with(before, {"xl/calcChain.xml": chain.encode()})
        after, _ = anew(before, newer)
        assert ("xl/calcChain.xml" in parts_of(after)) is stays
        assert valid(before, after) == []


def test_a_list_of_formulas_that_is_not_there_is_no_hindrance(before, newer):
    link = (
        '<Relationship Id="rId98" Target="calcChain.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    replaced(before, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    after, _ = anew(before, newer)
    assert openpyxl_values(after)[SUMMARY]["A5"] == "WB.B1.1"


def test_a_sheet_that_was_grafted_just_now_can_be_made_anew(before, newer, tmp_path):
    workbook = Workbook.open(before)
    sheet = graft(workbook, Workbook.open(newer), NAME, name="Another")
    agreed = replace_sheet(workbook, sheet, Workbook.open(tmp_path / "first.xlsx"), NAME)
    assert sheet.text(5, 1) == "WB.A1.1"
    after = tmp_path / "after.xlsx"
    written(workbook, before, after, agreed)
    assert diff(before, after).harm == []
    assert valid(before, after) == []
    assert list(openpyxl.load_workbook(after)["Another"].tables) == ["Exceptions_2"]
