"""Odd workbooks that a sheet is grafted from or to, and what is refused."""

import re
from datetime import datetime

import openpyxl
import pytest

from sheetplan.errors import CannotGraftError, SheetNameError
from sheetplan.ooxml.grafting import graft
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
from tests.ooxml.report_sheet import NAME, NEW, grafted, report, tracker_workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
REPORT = "xl/worksheets/sheet2.xml"


@pytest.fixture
def tracker(tmp_path):
    return tracker_workbook(tmp_path / "tracker.xlsx")


@pytest.fixture
def source(tmp_path):
    return report(tmp_path / "report.xlsx")


def sheet_part(path):
    return parts_of(path)["xl/worksheets/sheet3.xml"].decode()


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
    text = " two  blanks \n<b>&amp;</b> {braces} ~ é \U0001f6a7"
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
    replaced(source, rels, "relationships/comments", "relationships/pivotTable")
    with pytest.raises(CannotGraftError, match=r"cannot be brought .* \(pivotTable\)"):
        grafted(tracker, source)
