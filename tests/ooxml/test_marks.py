"""The mark of a made sheet shows whether somebody edited it, whichever program saved it last."""

import re
import subprocess

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.grafting import graft, replace_sheet
from sheetplan.ooxml.marks import Mark, is_edited, mark_of, put_mark
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import package_with, parts_of, replaced, workbook_from_text
from tests.judges import diff, office, openpyxl_values, valid
from tests.ooxml.report_sheet import NAME, report

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

SUMMARY = "Summary"
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet2.xml"
PLAN = "| Ref | Month | Done |\n| OC.A1.1 | 2026-07-31 | 0.1 |"


def decorate(book):
    """More kinds of values and looks than the report has."""
    sheet = book.get_worksheet_by_name("Plan")
    filled = book.add_format({"bg_color": "#FFC000", "border": 1})
    sheet.write_boolean("D1", True)
    sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D3", '=IF(C2 > 0, "a b", "")', filled, "a b")
    sheet.write("D4", 0.1 + 0.2)
    sheet.write("D5", "two\nlines", filled)
    sheet.write_blank("D6", None, filled)
    sheet.merge_range("A8:C8", "merged", filled)
    sheet.write_rich_string("A9", "rich ", book.add_format({"bold": True}), "text")
    sheet.write_comment("A1", "a note")
    sheet.set_column("F:F", 12, filled)


def marked(path, source, sheet):
    """A workbook with a sheet of the source, marked as it was made."""
    workbook = Workbook.open(path)
    new = graft(workbook, Workbook.open(source), sheet, name=SUMMARY)
    put_mark(workbook, new, "exception-summary", "2026-07")
    target = path.with_name("marked.xlsx")
    save(workbook.package, target, source=path, state=FileState.of(path))
    return target


def tracker_in(folder):
    return workbook_from_text(folder / "tracker.xlsx", {"Plan": "| Ref | 1 |"})


def made_in(folder):
    """A tracker with a marked report."""
    return marked(tracker_in(folder), report(folder / "report.xlsx"), NAME)


def varied_in(folder):
    """A tracker with a marked sheet of many kinds of values and looks."""
    source = workbook_from_text(folder / "varied.xlsx", {"Plan": PLAN}, decorate=decorate)
    return marked(tracker_in(folder), source, "Plan")


@pytest.fixture
def tracker(tmp_path):
    return tracker_in(tmp_path)


@pytest.fixture
def made(tmp_path):
    return made_in(tmp_path)


@pytest.fixture
def varied(tmp_path):
    return varied_in(tmp_path)


def was_edited(path, sheet=SUMMARY):
    workbook = Workbook.open(path)
    return is_edited(workbook, workbook[sheet])


# ---------------------------------------------------------------- the mark


def test_a_mark_says_what_the_sheet_is(made):
    workbook = Workbook.open(made)
    mark = mark_of(workbook, workbook[SUMMARY])
    assert isinstance(mark, Mark)
    assert (mark.kind, mark.detail) == ("exception-summary", "2026-07")
    assert re.fullmatch("[0-9a-f]{32}", mark.digest)


def test_a_sheet_that_nobody_made_has_no_mark_and_counts_as_edited(made):
    workbook = Workbook.open(made)
    assert mark_of(workbook, workbook["Plan"]) is None
    assert is_edited(workbook, workbook["Plan"])


def test_the_mark_is_a_hidden_name_of_the_sheet(tracker, made):
    name = openpyxl.load_workbook(made)[SUMMARY].defined_names["_sheetplan_made"]
    assert name.hidden
    assert name.attr_text.startswith('"exception-summary 2026-07 ')
    assert diff(tracker, made).harm == []
    assert valid(tracker, made) == []


def test_words_with_blanks_and_quotes_come_back(tracker):
    workbook = Workbook.open(tracker)
    put_mark(workbook, workbook["Plan"], "summary", 'July "final" 2026')
    assert mark_of(workbook, workbook["Plan"]).detail == 'July "final" 2026'


@pytest.mark.parametrize(("kind", "detail"), [("two words", ""), ("", ""), ("x", "y" * 250)])
def test_a_mark_that_could_not_be_read_back_is_refused(tracker, kind, detail):
    workbook = Workbook.open(tracker)
    with pytest.raises(ValueError, match="a sheet cannot be marked"):
        put_mark(workbook, workbook["Plan"], kind, detail)
    assert names_of(workbook) == []


@pytest.mark.parametrize("text", ["2026", '"short"', '"only two"', "Plan!$A$1"])
def test_a_name_that_is_no_mark_is_none(made, text):
    data = parts_of(made)[BOOK].decode()
    data = re.sub(r'(name="_sheetplan_made"[^>]*>)[^<]*', rf"\g<1>{text}", data)
    package_with(made, {BOOK: data.encode()})
    workbook = Workbook.open(made)
    assert mark_of(workbook, workbook[SUMMARY]) is None


def test_a_sheet_made_anew_is_marked_anew(made, tmp_path):
    workbook = Workbook.open(made)
    sheet = workbook[SUMMARY]
    newer = Workbook.open(report(tmp_path / "newer.xlsx", rows=[["WB.Z1", "New", 1]]))
    agreed = replace_sheet(workbook, sheet, newer, NAME)
    assert mark_of(workbook, sheet) is None
    put_mark(workbook, sheet, "exception-summary", "2026-08")
    after = tmp_path / "after.xlsx"
    save(workbook.package, after, source=made, state=FileState.of(made), agreed=agreed)
    assert not was_edited(after)
    assert mark_of(Workbook.open(after), Workbook.open(after)[SUMMARY]).detail == "2026-08"
    assert parts_of(after)[BOOK].count(b"_sheetplan_made") == 1


# ---------------------------------------------------------------- what is an edit


def test_a_sheet_that_was_only_saved_is_not_edited(made, varied):
    assert not was_edited(made)
    assert not was_edited(varied)


def set_value(cell, value):
    def edit(sheet):
        sheet[cell] = value

    return edit


def set_look(cell, **look):
    def edit(sheet):
        for name, value in look.items():
            setattr(sheet[cell], name, value)

    return edit


ITALIC = InlineFont(i=True)
YELLOW = PatternFill("solid", fgColor="FFFFFF00")
EDITS = {
    "a word": set_value("B2", "OC.A1.2"),
    "a number": set_value("C2", 0.2),
    "a number that became text": set_value("C2", "0.1"),
    "a date": set_value("B2", "2026-08-31"),
    "a formula": set_value("D3", '=IF(C2>0,"ab","")'),
    "a formula that became its result": set_value("D3", "a b"),
    "a new cell": set_value("E1", "new"),
    "a cell that was emptied": set_value("A2", None),
    "a stretch of rich text": set_value("A9", CellRichText("rich ", TextBlock(ITALIC, "text"))),
    "a fill": set_look("D5", fill=YELLOW),
    "a fill that was taken away": set_look("D5", fill=PatternFill()),
    "a fill of an empty cell": set_look("E7", fill=YELLOW),
    "bold words": set_look("A2", font=Font(bold=True)),
    "red words": set_look("A2", font=Font(color="FFFF0000")),
    "words struck out": set_look("A2", font=Font(strike=True)),
    "a merge": lambda sheet: sheet.merge_cells("A10:B10"),
    "a merge that was taken away": lambda sheet: sheet.unmerge_cells("A8:C8"),
    "a note": lambda sheet: setattr(sheet["A2"], "comment", Comment("why?", "Ann")),
    "the words of a note": lambda sheet: setattr(sheet["A1"], "comment", Comment("why?", "Ann")),
    "a new row": lambda sheet: sheet.insert_rows(2),
    "a row that was taken out": lambda sheet: sheet.delete_rows(2),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_seen(varied, edit):
    book = openpyxl.load_workbook(varied, rich_text=True)
    edit(book[SUMMARY])
    book.save(varied)
    assert was_edited(varied)


def test_a_chart_that_was_taken_out_is_seen(made):
    book = openpyxl.load_workbook(made, rich_text=True)
    book[SUMMARY]._charts.clear()
    book.save(made)
    assert was_edited(made)


def test_rich_text_that_a_program_made_plain_is_seen(made):
    openpyxl.load_workbook(made, rich_text=False).save(made)
    assert was_edited(made)


def test_a_table_that_was_renamed_is_seen(made):
    replaced(made, "xl/tables/table1.xml", 'displayName="Exceptions"', 'displayName="Ours"')
    assert was_edited(made)


def test_a_threaded_comment_is_seen(made):
    comment = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="A5" id="{1}"><text>Is this so?</text>'
        "</threadedComment></ThreadedComments>"
    )
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    link = (
        '<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        'threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    replaced(made, rels, "</Relationships>", link)
    package_with(made, {"xl/threadedComments/threadedComment1.xml": comment.encode()})
    assert was_edited(made)


# ---------------------------------------------------------------- what is none


UNSEEN = {
    "the width of a column": lambda sheet: setattr(sheet.column_dimensions["B"], "width", 50),
    "the height of a row": lambda sheet: setattr(sheet.row_dimensions[2], "height", 50),
    "the page": lambda sheet: setattr(sheet.page_setup, "orientation", "landscape"),
    "the panes": lambda sheet: setattr(sheet, "freeze_panes", "B2"),
    "nothing": lambda sheet: None,
}


@pytest.mark.parametrize("edit", UNSEEN.values(), ids=UNSEEN)
def test_another_program_may_save_it_and_change_what_is_not_content(varied, edit):
    book = openpyxl.load_workbook(varied, rich_text=True)
    edit(book[SUMMARY])
    book.save(varied)
    assert not was_edited(varied)


def test_the_report_with_its_table_and_chart_survives_openpyxl(made):
    openpyxl.load_workbook(made, rich_text=True).save(made)
    assert not was_edited(made)


def test_how_a_cell_is_stored_is_no_edit(varied):
    data = parts_of(varied)[SHEET].decode()
    assert "<v>0.1</v>" in data
    data = data.replace("<v>0.1</v>", "<v>0.10000000000000001</v>")
    data = re.sub(
        r'<t xml:space="preserve">OC.A1.1</t>', "<r><t>OC.</t></r><r><t>A1.1</t></r>", data
    )
    data = data.replace('IF(C2 &gt; 0, "a b", "")', 'IF(C2&gt;0,"a b","")')
    package_with(varied, {SHEET: data.encode()})
    assert not was_edited(varied)


def test_a_formula_that_is_stored_as_shared_is_no_edit(tracker, tmp_path):
    text = "| 1 | =A1*2 -> 2 |\n| 2 | =A2*2 -> 4 |"
    path = marked(tracker, workbook_from_text(tmp_path / "f.xlsx", {"F": text}), "F")
    replaced(path, SHEET, "<f>A1*2</f>", '<f t="shared" ref="B1:B2" si="0">A1*2</f>')
    replaced(path, SHEET, "<f>A2*2</f>", '<f t="shared" si="0"/>')
    assert openpyxl_values(path, formulas=True)[SUMMARY]["B2"] == "=A2*2"
    assert not was_edited(path)
    replaced(path, SHEET, ">A1*2</f>", ">A1*3</f>")
    assert was_edited(path)


def test_what_a_formula_comes_to_is_no_edit(varied):
    replaced(varied, SHEET, "<v>a b</v>", "<v>another</v>")
    assert not was_edited(varied)


def test_another_sheet_may_be_edited(made):
    book = openpyxl.load_workbook(made, rich_text=True)
    book["Plan"]["A1"] = "edited"
    book.save(made)
    assert not was_edited(made)


@pytest.fixture(scope="module")
def by_office(tmp_path_factory):
    """Two marked workbooks as LibreOffice writes them, in one run."""
    folder = tmp_path_factory.mktemp("office")
    paths = {}
    for name, make in {"made": made_in, "varied": varied_in}.items():
        (folder / name).mkdir()
        paths[name] = make(folder / name).rename(folder / f"{name}.xlsx")
    return saved_by_office(paths, folder)


@pytest.mark.office
@pytest.mark.parametrize("which", ["made", "varied"])
def test_libreoffice_may_save_it(which, by_office):
    path = by_office[which]
    assert not was_edited(path)
    book = openpyxl.load_workbook(path)
    book[SUMMARY]["A2"] = "edited"
    book.save(path)
    assert was_edited(path)


def saved_by_office(paths, folder):
    """Workbooks, by name, as LibreOffice writes them."""
    target = folder / "by office"
    command = [office(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target)]
    command += map(str, paths.values())
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: target / path.name for name, path in paths.items()}
