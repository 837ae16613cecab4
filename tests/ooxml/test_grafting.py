"""A sheet of another workbook comes to stand at the end of this one, and nothing else changes."""

import re

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.saving import FileState, save, save_new
from sheetplan.ooxml.workbook import Workbook
from tests.builders import parts_of, patched, replaced
from tests.judges import calamine_values, diff, openpyxl_values, sdk_errors, valid
from tests.ooxml.report_sheet import NAME, NEW, grafted, report, tracker_workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
REPORT = "xl/worksheets/sheet2.xml"
MAY_CHANGE = {BOOK, STYLES, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}


@pytest.fixture
def tracker(tmp_path):
    return tracker_workbook(tmp_path / "tracker.xlsx")


@pytest.fixture
def source(tmp_path):
    return report(tmp_path / "report.xlsx")


@pytest.fixture
def after(tracker, source):
    return grafted(tracker, source)


def sheet_part(path):
    return parts_of(path)["xl/worksheets/sheet3.xml"].decode()


# ---------------------------------------------------------------- the whole


def test_others_read_the_same_values_as_in_the_source(source, after):
    for read in (openpyxl_values, calamine_values):
        assert read(after)[NEW] == read(source)[NAME]


def test_nothing_else_changes(tracker, after):
    before, now = parts_of(tracker), parts_of(after)
    assert {name for name in before if before[name] != now[name]} <= MAY_CHANGE
    assert diff(tracker, after).harm == []
    for read in (openpyxl_values, calamine_values):
        new = read(after)
        del new[NEW]
        assert new == read(tracker)


def test_the_workbook_keeps_the_rules_of_excel(tracker, after):
    assert valid(tracker, after) == []


@pytest.mark.validator
def test_the_sdk_finds_nothing_wrong(after):
    assert sdk_errors(after) == []


def test_the_sheet_stands_at_the_end_and_is_not_selected(after):
    book = openpyxl.load_workbook(after)
    assert book.sheetnames == ["Plan", "Lists", NEW]
    assert book.active.title == "Lists"
    assert [bool(s.sheet_view.tabSelected) for s in book] == [False, True, False]
    ids = re.findall(r'sheetId="(\d+)"', parts_of(after)[BOOK].decode())
    assert ids == ["1", "2", "3"]


def test_the_new_sheet_can_be_read_and_edited_at_once(tracker, source):
    workbook = Workbook.open(tracker)
    sheet = graft(workbook, Workbook.open(source), NAME, name=NEW)
    assert workbook.sheets[-1] is sheet is workbook[NEW.upper()]
    assert sheet.text(5, 1) == "WB.A1.1"
    with workbook.editing(sheet):
        put_text(sheet.ensure_cell(30, 1), [Run("new")])
    after = tracker.with_name("after.xlsx")
    save(workbook.package, after, source=tracker, state=FileState.of(tracker))
    assert openpyxl_values(after)[NEW]["A30"] == "new"


def test_sheets_of_several_workbooks_make_a_pack(tracker, source, tmp_path):
    workbook = Workbook.open(source)
    graft(workbook, Workbook.open(tracker), "Plan", name="Plan")
    graft(workbook, Workbook.open(source), NAME, name="Again")
    save_new(workbook.package, tmp_path / "pack.xlsx")
    values = openpyxl_values(tmp_path / "pack.xlsx")
    assert list(values) == ["Not wanted", NAME, "Plan", "Again"]
    assert values["Again"] == values[NAME]
    assert values["Plan"] == openpyxl_values(tracker)["Plan"]
    assert valid(source, tmp_path / "pack.xlsx") == []


# ---------------------------------------------------------------- what comes along


def test_formulas_and_links_read_the_sheet_by_its_new_name(after):
    sheet = openpyxl.load_workbook(after)[NEW]
    assert sheet["B20"].value == "=SUM(Exceptions[Months])+'July''s summary'!C5"
    assert sheet["A22"].hyperlink.location == "'July''s summary'!A4"
    assert sheet["A23"].hyperlink.target == "https://example.invalid/?a=1&b=2"


def test_excel_is_asked_to_work_out_formulas(after):
    assert b'fullCalcOnLoad="1"' in parts_of(after)[BOOK]


def test_rich_text_stays_rich(after):
    value = openpyxl.load_workbook(after, rich_text=True)[NEW]["A2"].value
    assert isinstance(value, CellRichText)
    assert [str(piece) for piece in value] == ["Three of ", "seventy", " & more "]
    assert isinstance(value[1], TextBlock)
    assert value[1].font.b


def test_rules_of_both_generations_come_with_their_formats(after):
    sheet = openpyxl.load_workbook(after)[NEW]
    rules = {str(r.sqref): r.rules for r in sheet.conditional_formatting}
    assert rules["B5:B6"][0].formula == ["'July''s summary'!$C5>4"]
    assert rules["B5:B6"][0].dxf.fill.bgColor.rgb == "FFC00000"
    assert rules["B5:B6"][0].dxf.font.b
    assert {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation} == {
        "B5:B6": "Choices",
        "F5:F6": "'July''s summary'!$E$5:$E$6",
    }
    assert "<x14:dataBar" in sheet_part(after)


def test_rules_of_2010_read_the_sheet_by_its_new_name(tracker, source, tmp_path):
    space = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    extension = (
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {space}><x14:dataValidations '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        "<x14:dataValidation type=\"list\"><x14:formula1><xm:f>'Leadership''s report'!$E$5:$E$6"
        "</xm:f></x14:formula1><xm:sqref>C5:C6</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    replaced(source, REPORT, "</extLst>", extension)
    after = grafted(tracker, source)
    assert "<xm:f>'July''s summary'!$E$5:$E$6</xm:f>" in sheet_part(after)
    assert valid(tracker, after) == []


def test_the_page_the_panes_and_the_sizes_come_along(source, after):
    old, new = openpyxl.load_workbook(source)[NAME], openpyxl.load_workbook(after)[NEW]
    assert new.print_title_rows == "$4:$4"
    assert new.print_area == "'July''s summary'!$A$1:$P$30"
    assert new.freeze_panes == "B5"
    assert new.oddFooter.center.text == old.oddFooter.center.text
    for name in ("orientation", "paperSize", "fitToHeight"):
        assert getattr(new.page_setup, name) == getattr(old.page_setup, name)
    assert new.column_dimensions["B"].width == old.column_dimensions["B"].width
    assert new.row_dimensions[1].height == 30
    assert new["A1"].comment.text == "Ann: to be agreed"


def test_the_chart_comes_with_its_alt_text_and_reads_the_new_sheet(tracker, after):
    before = parts_of(tracker)
    new = {n: d.decode() for n, d in parts_of(after).items() if n not in before}
    chart = next(data for name, data in new.items() if "charts/chart" in name)
    read = re.findall(r"<c:f>(.*?)</c:f>", chart)
    assert read == ["'July''s summary'!$A$5:$A$6", "'July''s summary'!$C$5:$C$6"]
    drawing = next(d for n, d in new.items() if re.search(r"drawings/drawing\d", n))
    assert 'descr="Months of slippage by action"' in drawing


def test_names_that_drop_downs_need_come_along_and_others_do_not(after):
    book = openpyxl.load_workbook(after)
    assert set(book.defined_names) == {"Rate", "Choices"}
    assert book.defined_names["Choices"].attr_text == "'July''s summary'!$E$5:$E$6"


def test_a_name_that_means_something_else_in_the_tracker_becomes_the_sheets_own(tracker, source):
    replaced(tracker, BOOK, 'name="Rate"', 'name="choices"')
    book = openpyxl.load_workbook(grafted(tracker, source))
    assert book.defined_names["choices"].attr_text == "0.2"
    assert book[NEW].defined_names["Choices"].attr_text == "'July''s summary'!$E$5:$E$6"


def test_a_sheet_that_keeps_its_name_keeps_its_formulas(tracker, source):
    after = grafted(tracker, source, name=NAME)
    assert (
        openpyxl_values(after, formulas=True)[NAME]
        == (openpyxl_values(source, formulas=True)[NAME])
    )
    before = set(parts_of(tracker))
    charts = [n for n in parts_of(after) if n not in before and "charts/chart" in n]
    assert parts_of(after)[charts[0]] == parts_of(source)["xl/charts/chart1.xml"]


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize("taken", ["a table", "a name"])
def test_a_table_whose_name_is_taken_gets_another_and_formulas_follow(tracker, source, taken):
    if taken == "a table":
        patched(
            tracker, {"xl/tables/table1.xml": lambda xml: xml.replace(b'"Lists"', b'"EXCEPTIONS"')}
        )
    else:
        replaced(tracker, BOOK, 'name="Rate"', 'name="exceptions"')
    after = grafted(tracker, source)
    sheet = openpyxl.load_workbook(after)[NEW]
    assert list(sheet.tables) == ["Exceptions_2"]
    assert sheet["B20"].value == "=SUM(Exceptions_2[Months])+'July''s summary'!C5"
    assert valid(tracker, after) == []


def test_a_table_has_an_id_of_its_own(tracker, after):
    ids = [
        re.search(rb'<table [^>]*?\sid="(\d+)"', data)[1]
        for name, data in parts_of(after).items()
        if "/tables/" in name
    ]
    assert len(ids) == len(set(ids)) == 2


def test_formulas_of_a_table_follow_as_well(tracker, source):
    calculated = "<calculatedColumnFormula>Exceptions[Months]*2</calculatedColumnFormula>"
    replaced(source, "xl/tables/table1.xml", 'name="Months" dataDxfId="0"/>',
             f'name="Months" dataDxfId="0">{calculated}</tableColumn>')  # fmt: skip
    replaced(tracker, BOOK, 'name="Rate"', 'name="Exceptions"')
    after = grafted(tracker, source)
    table = openpyxl.load_workbook(after)[NEW].tables["Exceptions_2"]
    assert table.tableColumns[2].calculatedColumnFormula.attr_text == "Exceptions_2[Months]*2"
