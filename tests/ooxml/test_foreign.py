"""What a workbook from somewhere else holds that could act or reach out: it is said, in words."""

from pathlib import Path

import pytest

from sheetplan.ooxml.foreign import remarks
from sheetplan.ooxml.package import Package
from tests.builders import FIRST_SHEET, package_with, parts_of, workbook_from_text
from tests.judges import ROOT, shared_folder

BOOK, SHEET = "xl/workbook.xml", FIRST_SHEET
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
LINK = "xl/externalLinks/externalLink1.xml"
MAIN = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'


@pytest.fixture
def plain(tmp_path):
    """A workbook with what may stand in any: a picture, a note, a link to a page, a table."""

    def decorate(book):
        sheet = book.worksheets()[0]
        sheet.write_url("D1", "https://example.invalid/page")
        sheet.write_comment("A1", "Ann: when?")
        sheet.add_table("A5:B7")
        sheet.insert_textbox("F1", "Fill in column B")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Plan!$B$1:$B$2"})
        sheet.insert_chart("F9", chart)

    return workbook_from_text(tmp_path / "july.xlsx", {"Plan": "| Ref | 1 |"}, decorate=decorate)


def with_part(path, source, kind, target, content=b"", *, external=False):
    """Let a part lead to another, which is added with this content unless it lies elsewhere."""
    folder, _, base = source.rpartition("/")
    holder = f"{folder}/_rels/{base}.rels".lstrip("/") if source else "_rels/.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    before = parts_of(path).get(holder, empty)
    place = f'Target="{target}" TargetMode="External"' if external else f'Target="/{target}"'
    identifier = f"rIdNew{before.count(b'<Relationship ')}"
    line = f'<Relationship Id="{identifier}" Type="{kind}" {place}/></Relationships>'
    after = before.replace(b"</Relationships>", line.encode())
    assert after != before
    return package_with(path, {holder: after} | ({} if external else {target: content}))


def said(path):
    return remarks(Package.open(path))


def test_nothing_is_said_of_a_plain_workbook(plain):
    assert said(plain) == ()


@pytest.mark.parametrize(
    "path",
    [*ROOT.glob("examples/*.xlsx"), *ROOT.glob("workbook_templates/*.xlsx")],
    ids=lambda path: path.name,
)
def test_nothing_is_said_of_our_own_workbooks(path):
    assert said(path) == ()


@pytest.mark.parametrize(
    ("source", "kind", "target", "remark"),
    [
        (BOOK, f"{MICROSOFT}/vbaProject", "xl/vbaProject.bin", "macros; they were not run"),
        (BOOK, f"{MICROSOFT}/xlMacrosheet", "xl/macrosheets/sheet1.xml", "macros; they were not"),
        (BOOK, f"{MICROSOFT}/xlIntlMacrosheet", "xl/macrosheets/s.xml", "macros; they were not"),
        (BOOK, f"{OFFICE}/connections", "xl/connections.xml", "nothing was fetched"),
        (SHEET, f"{OFFICE}/queryTable", "xl/queryTables/queryTable1.xml", "nothing was fetched"),
        (SHEET, f"{OFFICE}/ctrlProp", "xl/ctrlProps/ctrlProp1.xml", "form controls"),
        (SHEET, f"{OFFICE}/control", "xl/activeX/activeX1.xml", "form controls"),
        (SHEET, f"{OFFICE}/oleObject", "xl/embeddings/oleObject1.bin", "other files inside it"),
        (SHEET, f"{OFFICE}/package", "xl/embeddings/Letter.docx", "other files inside it"),
        (
            "",
            "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
            "xl/webextensions/taskpanes.xml",
            "an add-in",
        ),
    ],
)
def test_what_could_act_is_said(plain, source, kind, target, remark):
    (sentence,) = said(with_part(plain, source, kind, target))
    assert remark in sentence
    assert sentence.endswith(".")


def test_one_thing_is_said_once_however_often_it_is_there(plain):
    for number in (1, 2):
        with_part(plain, SHEET, f"{OFFICE}/ctrlProp", f"xl/ctrlProps/ctrlProp{number}.xml")
    assert len(said(plain)) == 1


def test_several_things_are_all_said(plain):
    with_part(plain, BOOK, f"{MICROSOFT}/vbaProject", "xl/vbaProject.bin")
    with_part(plain, BOOK, f"{OFFICE}/connections", "xl/connections.xml")
    assert len(said(plain)) == 2


# ---------------------------------------------------------------- links


def linked(path, inside):
    content = f"<externalLink {MAIN}>{inside}</externalLink>".encode()
    return with_part(path, BOOK, f"{OFFICE}/externalLink", LINK, content)


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:/Finance/Budget%202024.xlsx",
        "\\\\server\\share\\Budget 2024.xlsx",
        "https://council.invalid/sites/x/Budget%202024.xlsx",
        "Budget 2024.xlsx",
    ],
)
def test_a_link_to_another_workbook_names_it(plain, target):
    linked(plain, '<externalBook r:id="rIdNew0"/>')
    with_part(plain, LINK, f"{OFFICE}/externalLinkPath", target, external=True)
    assert said(plain) == (
        'It has links to another workbook ("Budget 2024.xlsx"); they were not followed.',
    )


def test_a_link_to_a_program_names_it(plain):
    linked(plain, '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>')
    assert said(plain) == ("It has a DDE link (cmd); it was not followed.",)


def test_a_link_to_an_object_is_said(plain):
    linked(plain, '<oleLink r:id="rId1" progId="Word.Document.12"/>')
    assert said(plain) == ("It has a link to an object elsewhere; it was not followed.",)


def test_a_picture_that_lies_elsewhere_is_said(plain):
    with_part(plain, SHEET, f"{OFFICE}/image", "https://example.invalid/dot.png", external=True)
    assert said(plain) == ("It shows pictures that lie elsewhere; they were not fetched.",)


@pytest.mark.parametrize("content", [b"", b"<externalLink", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'])
def test_a_link_that_cannot_be_read_says_nothing(plain, content):
    assert said(with_part(plain, BOOK, f"{OFFICE}/externalLink", LINK, content)) == ()


def test_a_list_of_relationships_that_cannot_be_read_does_not_hide_the_others(plain):
    with_part(plain, BOOK, f"{MICROSOFT}/vbaProject", "xl/vbaProject.bin")
    package_with(plain, {"xl/worksheets/_rels/sheet1.xml.rels": b"<Relationships"})
    assert said(plain) == ("It has macros; they were not run.",)


# ---------------------------------------------------------------- others' workbooks

EXPECTED = {
    "PhpSpreadsheet__form_pass_print.xlsm": ["macros", "form controls"],
    "poi__63934.xlsx": ["links to another workbook"],
    "poi__ExcelWithAttachments.xlsm": ["macros", "other files"],
    "Aspose.Cells-for-.NET__sampleQueryTXT.xlsx": ["nothing was fetched"],
    "Aspose.Cells-for-.NET__WebExtensionsSample.xlsx": ["add-in"],
    "test_files__BlankSheetTypes.xlsm": ["macros"],
    "XlsxWriter__embed_image01.xlsx": [],
    "openxlsx-data__charts.xlsx": [],
}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "words"), EXPECTED.items())
def test_what_others_workbooks_hold_is_said(name, words):
    found = said((shared_folder() or Path("absent")) / "corpus" / name)
    assert len(found) == len(words)
    assert all(word in sentence for word, sentence in zip(words, found, strict=True))
