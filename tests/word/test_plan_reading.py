"""Reading a plan from Word: what officers see in Word is what is read, and where it stands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from sheetplan.documents import word_file
from sheetplan.documents.plan_reading import read_plan_document
from sheetplan.documents.word_file import open_document
from sheetplan.errors import NotADocumentError
from sheetplan.model.plan_source import SourceDocument, SourceParagraph, SourceTable
from tests.plans import draw_document, one_section, plan_row


def read(document: Any, folder: Path) -> SourceDocument:
    path = folder / "plan.docx"
    document.save(str(path))
    return read_plan_document(path)


def cell_texts(found: SourceDocument) -> list[list[list[str]]]:
    """The first table: for each row and cell its paragraphs."""
    table = next(block for block in found.blocks if isinstance(block, SourceTable))
    return [[[p.text for p in cell.paragraphs] for cell in row.cells] for row in table.rows]


def paragraph_of(found: SourceDocument) -> SourceParagraph:
    [first] = [block for block in found.blocks if isinstance(block, SourceParagraph)]
    return first


def element(xml: str) -> Any:
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1).replace("/ xmlns", " xmlns"))


# ---------------------------------------------------------------- text


def test_looks_are_read_whether_they_are_direct_or_of_a_style(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("Head of Roads")
    run.bold, run.underline = True, True
    paragraph.add_run(" plain ")
    paragraph.add_run("strong", style="Strong")
    paragraph.add_run(" red").font.color.rgb = RGBColor(255, 0, 0)
    paragraph.add_run(" marked").font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN
    assert [tuple(run) for run in paragraph_of(read(document, tmp_path)).runs] == [
        ("Head of Roads", True, True, ""),
        (" plain ", False, False, ""),
        ("strong", True, False, ""),
        (" red", False, False, "FF0000"),
        (" marked", False, False, "00FF00"),
    ]


def test_a_run_that_is_not_bold_in_a_bold_style_is_not_bold(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_heading("", 1)
    paragraph.add_run("bold")
    paragraph.add_run("not").bold = False
    found = paragraph_of(read(document, tmp_path))
    assert [run.bold for run in found.runs] == [True, False]
    assert found.level == 1


def test_insertions_are_accepted_and_deletions_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("On ")._p
    paragraph.append(element('<w:ins w:id="1" w:author="A"><w:r><w:t>track</w:t></w:r></w:ins>'))
    paragraph.append(
        element('<w:del w:id="2" w:author="A"><w:r><w:delText>hold</w:delText></w:r></w:del>')
    )
    assert paragraph_of(read(document, tmp_path)).text == "On track"


def test_a_row_that_was_deleted_with_changes_tracked_is_gone(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = "kept", "gone"
    table.rows[1]._tr.get_or_add_trPr().append(
        OxmlElement("w:del", {qn("w:id"): "3", qn("w:author"): "A"})
    )
    assert cell_texts(read(document, tmp_path)) == [[["kept"]]]


def test_links_fields_breaks_tabs_and_content_controls_are_text(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()._p
    for xml in (
        '<w:hyperlink w:anchor="x"><w:r><w:t>Link</w:t></w:r></w:hyperlink>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText>DATE</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:t xml:space="preserve"> 1 May</w:t></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>',
        "<w:r><w:br/><w:t>next</w:t><w:tab/><w:noBreakHyphen/></w:r>",
        "<w:sdt><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph.append(element(xml))
    assert paragraph_of(read(document, tmp_path)).text == "Link 1 May7\nnext\t-chosen"


def test_a_page_break_is_no_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("one").add_run().add_break(WD_BREAK.PAGE)
    assert paragraph_of(read(document, tmp_path)).text == "one"


def test_bullets_and_numbers_of_lists_are_read_as_word_shows_them(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    for text in ("one", "two"):
        table.cell(0, 0).add_paragraph(text, style="List Bullet")
        table.cell(0, 1).add_paragraph(text, style="List Number")
    assert cell_texts(read(document, tmp_path)) == [[["• one", "• two"], ["1. one", "2. two"]]]


LEVELS = """
<w:abstractNum w:abstractNumId="90">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%4)"/></w:lvl>
</w:abstractNum>"""


def test_numbers_of_several_levels_are_counted_as_word_counts(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, element(LEVELS.strip()))
    numbering.append(element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in enumerate(["a", "b"]):
        _number(document.add_paragraph(text), level)
    for level in (1, 2, 2, 3, 0, 1):
        _number(document.add_paragraph("x" if level else ""), level)
    found = read(document, tmp_path)
    texts = [block.text for block in found.blocks if isinstance(block, SourceParagraph)]
    assert texts == ["3. a", "3.1 b", "3.2 x", "(i) x", "(ii) x", "A) x", "4.", "4.1 x"]


def _number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))


# ---------------------------------------------------------------- tables and notes


def test_merged_cells_tell_their_columns(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Title"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "1.1"
    table.cell(1, 2).text, table.cell(2, 2).text = "first", "goes on"
    [found] = [b for b in read(document, tmp_path).blocks if isinstance(b, SourceTable)]
    assert [[(c.column, c.span, c.text) for c in row.cells] for row in found.rows] == [
        [(1, 3, "Title")],
        [(1, 1, "1.1"), (2, 1, ""), (3, 1, "first")],
        [(1, 1, ""), (2, 1, ""), (3, 1, "goes on")],
    ]


def test_the_colour_behind_a_cell_is_read(tmp_path: Path) -> None:
    path = draw_document(one_section(plan_row("1.1", "x", fill="92D050")), tmp_path / "plan.docx")
    [table] = [b for b in read_plan_document(path).blocks if isinstance(b, SourceTable)]
    assert [cell.fill for cell in table.rows[1].cells] == ["", "", "", "", "92D050"]


def test_a_table_in_a_cell_is_read_as_its_lines_and_that_is_said(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "before"
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "left", "right"
    found = read(document, tmp_path)
    assert cell_texts(found) == [[["before", "left", "right"]]]
    assert [(f.code, f.sheet) for f in found.findings] == [("import-nested-table", "Table 1")]
    assert "row 1, column 1" in found.findings[0].message


def test_footnotes_are_read_by_the_mark_that_refers_to_them(tmp_path: Path) -> None:
    plan = one_section(
        plan_row("1.1", "x", aim=["Better[^2] roads[^1]"]), footnotes=["First", "Second"]
    )
    found = read_plan_document(draw_document(plan, tmp_path / "plan.docx"))
    assert cell_texts(found)[1][1] == ["Better[1] roads[2]"]
    assert {mark: [p.text.strip() for p in note] for mark, note in found.notes.items()} == {
        "1": ["Second"],
        "2": ["First"],
    }


def test_headers_comments_and_text_boxes_stand_beside_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "ITEM 6"
    paragraph = document.add_paragraph("Text")
    document.add_comment(paragraph.runs, text="Is that so?", author="A")
    paragraph._p.append(
        element(
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    found = read(document, tmp_path)
    assert sorted((p.place.part, p.text) for p in found.margins) == [
        ("Comment", "Is that so?"),
        ("Page header", "ITEM 6"),
        ("Text box 1", "In a box"),
    ]
    assert paragraph_of(found).text == "Text"
    assert found.findings == ()


def test_a_picture_is_not_brought_along_and_that_is_said(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Text")._p.append(element("<w:r><w:drawing/></w:r>"))
    assert [f.code for f in read(document, tmp_path).findings] == ["import-picture"]


# ---------------------------------------------------------------- files that are none


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _zip(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def _whole(folder: Path) -> bytes:
    plan = one_section(plan_row("1.1", "x", aim=["Roads[^1]"]), footnotes=["Since 2025"])
    return draw_document(plan, folder / "whole.docx").read_bytes()


def _without(name: str, put: bytes | None = None) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(_whole(folder))) as old,
            zipfile.ZipFile(stream, "w") as new,
        ):
            for member in old.namelist():
                if member != name:
                    new.writestr(member, old.read(member))
                elif put is not None:
                    new.writestr(member, put)
        return stream.getvalue()

    return make


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda _: b"", "the file is empty (0 bytes)."),
        (lambda _: b"Just words", "this is not a Word document."),
        (lambda _: OLE, "this is a document of the old kind (.doc, Word 97-2003)"),
        (
            lambda _: OLE + "EncryptedPackage".encode("utf-16-le"),
            "the document is encrypted: it has a password to open",
        ),
        (lambda folder: _whole(folder)[:2000], "the document is damaged"),
        (lambda _: _zip(hello="world"), "this is not a Word document."),
        (_without("word/document.xml"), "the document is damaged"),
        (_without("word/document.xml", b"<w:document"), "the document is damaged"),
        (_without("word/styles.xml", b"<<"), "the document is damaged"),
        (_without("word/footnotes.xml", b"<<"), "the document is damaged"),
    ],
)
def test_a_file_that_is_no_document_is_refused(
    data: Callable[[Path], bytes], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(data(tmp_path))
    with pytest.raises(NotADocumentError) as refused:
        read_plan_document(path)
    assert f"plan.docx: {message}" in str(refused.value)
    assert refused.value.remedy


def test_a_workbook_under_the_name_of_a_document_is_refused(tmp_path: Path) -> None:
    content = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    path = tmp_path / "plan.docx"
    path.write_bytes(
        _zip(
            **{
                "[Content_Types].xml": content,
                "_rels__.rels": relations,
                "xl__workbook.xml": "<workbook/>",
            }
        )
    )
    with pytest.raises(NotADocumentError, match="an Office file of another kind"):
        open_document(path)


def test_a_document_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADocumentError, match="there is no such file"):
        open_document(tmp_path / "plan.docx")
    with pytest.raises(NotADocumentError, match="it is a folder"):
        open_document(tmp_path)


def test_what_would_unpack_to_something_huge_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.docx"
    monkeypatch.setattr(word_file, "LARGEST", 2 * 1024**2)
    path.write_bytes(_zip(huge="x" * 3 * 1024**2))
    with pytest.raises(NotADocumentError, match="it would unpack to 3 MB"):
        open_document(path)
