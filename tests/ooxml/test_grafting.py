"""A sheet of another workbook comes to stand at the end of this one, and nothing else changes."""

import re
from datetime import datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from sheetplan.errors import CannotGraftError, SheetNameError
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.saving import FileState, save, save_new
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
from tests.judges import calamine_values, diff, openpyxl_values, sdk_errors, valid
from tests.ooxml.report_sheet import NAME, report

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

NEW = "July's summary"
BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
REPORT = "xl/worksheets/sheet2.xml"
MAY_CHANGE = {BOOK, STYLES, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
PLAN = """
    | Ref     | Action       | Status   | Months |
    | OC.A1.1 | Fix the roof | Complete | 1      |
    | OC.A1.2 | Sell the hut | On track | =D2 -> 1 |
"""


def decorate(book):
    """A tracker with a table, a chart, a note, rules and names of its own."""
    sheet = book.get_worksheet_by_name("Plan")
    sheet.write_comment("A1", "a note")
    sheet.conditional_format("C2:C3", {"type": "duplicate", "format": book.add_format({"bold": 1})})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Plan!$D$2:$D$3"})
    sheet.insert_chart("G2", chart)
    other = book.get_worksheet_by_name("Lists")
    other.add_table("A1:B3", {"name": "Lists"})
    other.activate()
    book.define_name("Rate", "=0.2")


@pytest.fixture
def tracker(tmp_path):
    path = tmp_path / "tracker.xlsx"
    return workbook_from_text(path, {"Plan": PLAN, "Lists": ""}, decorate=decorate)


@pytest.fixture
def source(tmp_path):
    return report(tmp_path / "report.xlsx")


def grafted(tracker, source, *, sheet=NAME, name=NEW):
    """The tracker with a sheet of the source, saved beside it."""
    state, workbook = FileState.of(tracker), Workbook.open(tracker)
    graft(workbook, Workbook.open(source), sheet, name=name)
    after = tracker.with_name("after.xlsx")
    save(workbook.package, after, source=tracker, state=state)
    return after


@pytest.fixture
def after(tracker, source):
    return grafted(tracker, source)


def part_named(path, like):
    """The one added part whose name matches, as text."""
    found = [data for name, data in parts_of(path).items() if re.search(like, name)]
    assert len(found) == 1
    return found[0].decode()


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


# ---------------------------------------------------------------- odd workbooks


def test_dates_are_the_same_days_in_a_workbook_of_the_1904_system(tmp_path, tracker):
    dates = workbook_from_text(tmp_path / "dates.xlsx", {"Dates": "| 2026-07-31 | 46234 |"})
    replaced(tracker, BOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    values = openpyxl_values(grafted(tracker, dates, sheet="Dates"))[NEW]
    assert values == {"A1": datetime(2026, 7, 31), "B1": 46234}


def test_cells_with_a_prefix_are_understood(tmp_path, tracker):
    path = workbook_from_text(tmp_path / "prefixed.xlsx", {"Plan": "| Ref | 7 |\n| =B1 -> 7 | & |"})

    def prefixed(xml):
        xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
        return xml.replace(b"xmlns=", b"xmlns:x=")

    patched(path, {FIRST_SHEET: prefixed})
    after = grafted(tracker, path, sheet="Plan")
    assert openpyxl_values(after)[NEW] == {"A1": "Ref", "B1": 7, "A2": 7, "B2": "&"}
    assert valid(tracker, after) == []


def test_what_only_its_own_workbook_can_explain_stays_behind(tmp_path, tracker):
    path = workbook_with_sheet(
        tmp_path / "odd.xlsx",
        '<sheetPr codeName="Sheet1"/><sheetData><row r="1"><c r="A1" cm="1" vm="2"><v>1</v></c>'
        "<c r='B1' s='0'><v>2</v></c></row></sheetData>"
        '<phoneticPr fontId="7"/>',
    )
    after = grafted(tracker, path, sheet="Sheet1")
    assert openpyxl_values(after)[NEW] == {"A1": 1, "B1": 2}
    assert not re.search(r'codeName|[cv]m="|phoneticPr', sheet_part(after))


def test_a_sheet_that_is_spelled_with_apostrophes_is_understood(tmp_path, tracker):
    path = workbook_from_text(tmp_path / "odd.xlsx", {"Plan": "| Ref | Action | Ref | 7 |"})
    replaced(path, STYLES, '<name val="Calibri"/>', '<name val="Arial"/>')
    patched(path, {FIRST_SHEET: lambda xml: re.sub(rb' ([st])="(\w)"', rb" \1='\2'", xml)})
    assert b"t='s'" in parts_of(path)[FIRST_SHEET]
    after = grafted(tracker, path, sheet="Plan")
    assert openpyxl_values(after)[NEW] == {"A1": "Ref", "B1": "Action", "C1": "Ref", "D1": 7}
    assert openpyxl.load_workbook(after)[NEW]["D1"].font.name == "Arial"
    assert valid(tracker, after) == []


def test_texts_keep_their_blanks_breaks_and_odd_characters(tmp_path, tracker):
    text = " two  blanks \n<b>&amp;</b> _x0041_ {braces} ~ é \U0001f6a7"
    path = workbook_from_text(
        tmp_path / "odd.xlsx",
        {"Plan": ""},
        decorate=lambda book: book.worksheets()[0].write_string("A1", text),
    )
    after = grafted(tracker, path, sheet="Plan")
    assert openpyxl_values(after)[NEW] == openpyxl_values(path)["Plan"]
    assert calamine_values(after)[NEW] == calamine_values(path)["Plan"] == {"A1": text}


def test_a_result_that_is_stored_as_a_shared_string_is_worked_out_anew(tmp_path, tracker):
    path = workbook_with_sheet(
        tmp_path / "odd.xlsx",
        '<sheetData><row r="1"><c r="A1" t="s"><f>"a"</f><v>9</v></c><c r="B1" t="s"/></row>'
        "</sheetData>",
    )
    after = grafted(tracker, path, sheet="Sheet1")
    assert openpyxl_values(after, formulas=True)[NEW] == {"A1": '="a"'}
    assert openpyxl_values(after)[NEW] == {}
    assert valid(tracker, after) == []


def test_a_workbook_without_styles_is_given_some(tmp_path, source):
    bare = workbook_from_text(tmp_path / "bare.xlsx", {"Plan": "| Ref | 1 |"})
    relationship = re.search(
        r'<Relationship [^>]*?styles"[^>]*/>', parts_of(bare)["xl/_rels/workbook.xml.rels"].decode()
    )[0]
    replaced(bare, "xl/_rels/workbook.xml.rels", relationship, "")
    kind = re.search(
        r'<Override PartName="/xl/styles.xml"[^>]*/>',
        parts_of(bare)["[Content_Types].xml"].decode(),
    )[0]
    replaced(bare, "[Content_Types].xml", kind, "")
    package_with(bare, {STYLES: None})
    after = grafted(bare, source)
    assert openpyxl.load_workbook(after)[NEW]["A1"].font.sz == 18
    assert valid(bare, after) == []


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x" * 32, "it has 32 characters, and 31 are the most"),
        ("Q1/Q2", "it holds '/'; no sheet may have [ ] : * ? / or \\ in its name"),
        ("[July]", "it holds '['"),
        ("plan", "there is a sheet of that name already"),
        ("'July'", "it begins or ends with an apostrophe"),
        ("History", "Excel keeps that name for itself"),
        (" ", "it is empty"),
    ],
)
def test_a_name_that_no_sheet_can_have_is_refused(tracker, source, name, why):
    workbook = Workbook.open(tracker)
    with pytest.raises(SheetNameError, match=re.escape(why)) as caught:
        graft(workbook, Workbook.open(source), NAME, name=name)
    assert str(caught.value).startswith(f'tracker.xlsx: a sheet cannot be called "{name}": ')
    assert str(caught.value).endswith("Choose another name for it.")
    assert workbook.package.changed == []


def test_a_name_of_31_characters_will_do(tracker, source):
    assert "x" * 31 in openpyxl_values(grafted(tracker, source, name="x" * 31))


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("'Not wanted'!A1", 'the sheet "Not wanted"'),
        ("Other[Months]", 'the table "Other"'),
        ("[1]Plan!A1", "another workbook"),
        ("'[1]Not wanted'!A1", "another workbook"),
    ],
)
def test_a_formula_that_reads_what_the_workbook_does_not_have_is_refused(
    tracker, source, formula, what
):
    replaced(source, REPORT, "!C5</f>", f"!C5+{formula}</f>")
    with pytest.raises(CannotGraftError) as caught:
        grafted(tracker, source)
    assert str(caught.value) == (
        f"sheet {NAME}: a formula, rule or chart on it reads {what} ({formula}), which the "
        "workbook does not have. Let the template's formulas read its own sheet only."
    )


def test_a_formula_that_reads_a_sheet_of_the_workbook_is_brought(tracker, source):
    replaced(source, REPORT, "!C5</f>", "!C5+Plan!D2+SUM(Lists[Column1])</f>")
    formula = openpyxl_values(grafted(tracker, source), formulas=True)[NEW]["B20"]
    assert formula.endswith("!C5+Plan!D2+SUM(Lists[Column1])")


def test_what_belongs_to_a_workbook_as_a_whole_is_refused(tracker, source):
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    replaced(source, rels, "relationships/table", "relationships/pivotTable")
    with pytest.raises(CannotGraftError, match=r"cannot be brought .* \(pivotTable\)"):
        grafted(tracker, source)
