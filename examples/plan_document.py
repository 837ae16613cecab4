"""Draws a plan as a Word document, in the way that plans without month columns are kept.

A section has a heading and a table; a row has a number, an aim, required actions, outputs, and one
cell with the leads and the paragraphs of each month. In what is written here

    __Head of Housing__             is a lead: bold and underlined
    **Survey done (June Update)**   is of the newest month: bold
    ----                            is where the row goes on over the page
    - Publish the plan              has a bullet
    the code[^1]                    has a footnote, the first of the plan's
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

HEADINGS = (
    "No.",
    "Improvement aim",
    "Required action",
    "Outputs / outcomes",
    "Lead / RAG status (latest update in bold)",
)
_WIDTHS = (14, 50, 65, 50, 88)  # millimetres
_OVER_THE_PAGE = "----"
_FOOTNOTE = re.compile(r"\[\^(\d+)\]")
_NEVER = datetime(2018, 1, 1, tzinfo=UTC)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Plan = Mapping[str, Any]


def draw_plan(plan: Plan, path: Path) -> None:
    """Draw a plan at this path, replacing what is there. Two runs give the same bytes.

    Args:
        plan: Its title, introduction, footnotes and sections; each of these has a number, a title
            and rows, and a row its number, aim, action, outputs and commentary, as lists of
            paragraphs.
        path: The new document.
    """
    document = Document()
    _lie_down(document)
    document.add_paragraph(plan["title"], style="Title")
    for text in plan.get("introduction", ()):
        document.add_paragraph(text)
    for section in plan["sections"]:
        document.add_heading(f"{section['number']}. {section['title']}", 1)
        for text in section.get("about", ()):
            document.add_paragraph(text)
        _draw_table(document, section)
    for text in plan.get("annex", ()):
        document.add_paragraph(text)
    _add_footnotes(document, plan.get("footnotes", ()))
    properties = document.core_properties
    properties.title, properties.author = plan["title"], ""
    properties.created = properties.modified = _NEVER
    _save(document, path)


def _lie_down(document: Any) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENTATION.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)


def _draw_table(document: Any, section: Plan) -> None:
    """A table whose headings come again on every page, and a row in it with its name."""
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    table.autofit = False
    heads = table.rows[0]
    heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, heading in zip(heads.cells, HEADINGS, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    if section.get("banner"):
        cells = table.add_row().cells
        banner = cells[0].merge(cells[-1])
        banner.paragraphs[0].add_run(section["banner"]).bold = True
    for row in section["rows"]:
        _draw_row(table, row)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for cells in (each.cells for each in table.rows):
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = Mm(width) if cells[0]._tc is not cells[-1]._tc else Mm(sum(_WIDTHS))


def _draw_row(table: Any, row: Plan) -> None:
    """A row, and one without a number for each time that it goes on over a page."""
    pages = list(_pages(row["commentary"]))
    for at, commentary in enumerate(pages):
        cells = table.add_row().cells
        _fill(cells[4], commentary)
        if at == 0:
            _fill(cells[0], [row["number"]])
            _fill(cells[1], row["aim"])
            _fill(cells[2], row["action"])
            _fill(cells[3], row["outputs"])
        if row.get("fill"):
            shade = OxmlElement("w:shd", {qn("w:val"): "clear", qn("w:fill"): row["fill"]})
            cells[4]._tc.get_or_add_tcPr().append(shade)


def _pages(lines: Sequence[str]) -> Iterable[Sequence[str]]:
    page: list[str] = []
    for line in lines:
        if line == _OVER_THE_PAGE:
            yield page
            page = []
        else:
            page.append(line)
    yield page


def _fill(cell: Any, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        bulleted = line.startswith("- ")
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if bulleted:
            paragraph.style = "List Bullet"
        _write(paragraph, line.removeprefix("- ") if bulleted else line)


def _write(paragraph: Any, line: str) -> None:
    """Write a line, whose look stands in its first and last characters."""
    is_lead = len(line) > 4 and line.startswith("__") and line.endswith("__")
    is_bold = len(line) > 4 and line.startswith("**") and line.endswith("**")
    text = line[2:-2] if is_lead or is_bold else line
    for place, piece in enumerate(_FOOTNOTE.split(text)):
        run = paragraph.add_run("" if place % 2 else piece)
        run.bold, run.underline = (is_lead or is_bold) or None, is_lead or None
        if place % 2:
            run.font.superscript = True
            run._r.append(OxmlElement("w:footnoteReference", {qn("w:id"): str(int(piece) + 1)}))


def _add_footnotes(document: Any, notes: Sequence[str]) -> None:
    """The part with the footnotes, which python-docx does not write. Ids 0 and 1 are lines."""
    if not notes:
        return
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p>'
        "</w:footnote>"
        for number, note in enumerate(notes, 2)
    )
    data = f'<w:footnotes xmlns:w="{_W}">{lines}{texts}</w:footnotes>'.encode()
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _save(document: Any, path: Path) -> None:
    """Save a document with no time of day in it."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(path, "w") as target:
        for name in made.namelist():
            member = zipfile.ZipInfo(name, (2018, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, made.read(name))
