"""What the Word documents are made of: headings, paragraphs, bullets, and one long table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetplan.disk import write_new
from sheetplan.documents.look import dress, element, shade
from sheetplan.errors import MissingExtraError
from sheetplan.reports.content import ActionLine, AppendixItem
from sheetplan.settings.reports import ReportSettings

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_LINE_ENDS = re.compile("\r\n|[\r\v\f]")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS = (".", "!", "?", "…")


def safe_text(text: str) -> str:
    """Text as a Word document can hold it.

    Tabs stay, and become Word's tabs; so do line breaks, in all their spellings. A vertical tab
    or a form feed, which is how programs send a break within a paragraph or a page, becomes a line
    break. What no XML can hold, such as other control characters, is shown to have been there: it
    becomes U+FFFD. All else is as typed.

    >>> safe_text("Q1 < Q2 & \\x01\\r\\nnext")
    'Q1 < Q2 & \ufffd\\nnext'
    """
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub("\n", text))


def sentences(*pieces: str) -> str:
    """Pieces one after the other, each with a full stop unless it ends in a mark of its own.

    >>> sentences("Due Mar-23", "", "Why?")
    'Due Mar-23. Why?'
    """
    said = (piece.rstrip() for piece in pieces)
    return " ".join(piece if piece.endswith(_ENDS) else f"{piece}." for piece in said if piece)


def due_words(line: ActionLine | AppendixItem, reports: ReportSettings) -> str:
    """When an action is due, or that it has no date."""
    return line.due_words if line.due is None else reports.say("due", due=line.due_words)


def refuse_without_python_docx() -> None:
    """Raise MissingExtraError where no Word document can be written."""
    _python_docx()


def _python_docx() -> Any:
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError(
            "Word documents are written with python-docx, which is not installed.",
            remedy='Install it with: pip install "sheetplan[word]"',
        ) from error
    return docx


class Paper:
    """A committee's paper: a title, a few lines, and a table.

    Raises:
        MissingExtraError: python-docx is not installed.
    """

    def __init__(self, title: str, reports: ReportSettings) -> None:
        self._document: Document = _python_docx().Document()
        self._title = safe_text(title)
        dress(
            self._document,
            title=self._title,
            author=safe_text(reports.council) or "sheetplan",
            footer=safe_text(reports.phrases["page"]),
        )
        _write(self._document.add_paragraph(style="Heading 1"), title)
        if reports.contact:
            self.text(reports.say("contact", contact=reports.contact))

    def text(self, text: str, *, label: str = "") -> None:
        """A paragraph, after a label in bold."""
        if text:
            _write(self._document.add_paragraph(), text, label)

    def links(self, texts: Sequence[str]) -> None:
        """A line of links: the first leads to the heading whose `link` is 1, and so on.

        Word's navigation pane leaves out headings that stand in a table; these links do not.
        """
        paragraph = self._document.add_paragraph()
        for number, text in enumerate(texts, 1):
            if number > 1:
                paragraph.add_run("; ")
            link = element("w:hyperlink", anchor=_bookmark(number))
            link.append(paragraph.add_run(safe_text(text), style="Hyperlink")._r)
            paragraph._p.append(link)

    def table(self, headings: Sequence[str], widths: Sequence[int], description: str) -> PaperTable:
        """A table with a heading row that every page repeats; widths are in millimetres."""
        from docx.shared import Mm

        table = self._document.add_table(rows=1, cols=len(headings), style="Table Grid")
        table.autofit = False
        heads = table.rows[0]
        for column, cell, heading, width in zip(
            table.columns, heads.cells, headings, widths, strict=True
        ):
            column.width = cell.width = Mm(width)
            shade(cell._tc)
            cell.paragraphs[0].style = "Table heading"
            _write(cell.paragraphs[0], heading)
        properties = heads._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        properties.append(element("w:tblHeader"))
        for tag, text in (("w:tblCaption", self._title), ("w:tblDescription", description)):
            table._tbl.tblPr.append(element(tag, val=" ".join(safe_text(text).split())))
        return PaperTable(table)

    def save(self, target: Path) -> None:
        """Write the document to a new file.

        Raises:
            CannotWriteError: it cannot be there.
        """
        write_new(target, self._document.save)


class PaperTable:
    """The table of a paper. Its rows may break across pages: some are pages long."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def row(self) -> list[Cell]:
        """Add a row, and give its cells to be written."""
        return [Cell(cell) for cell in self._table.add_row().cells]


class Cell:
    """A cell that is written from top to bottom. Empty texts leave nothing behind."""

    def __init__(self, cell: _Cell) -> None:
        self._cell = cell
        self.is_empty = True

    def heading(self, text: str, level: int, *, link: int = 0) -> None:
        """A heading, which the link of that number leads to."""
        if not text.strip():
            return
        paragraph = self._paragraph(f"Heading {level}")
        if link:
            paragraph._p.append(element("w:bookmarkStart", id=str(link), name=_bookmark(link)))
        _write(paragraph, text)
        if link:
            paragraph._p.append(element("w:bookmarkEnd", id=str(link)))

    def text(self, text: str, *, label: str = "") -> None:
        """A paragraph, after a label in bold."""
        if text or label:
            _write(self._paragraph("Normal"), text, label)

    def bullets(self, texts: Sequence[str], *, otherwise: str = "") -> None:
        """A list, or a paragraph where there is nothing to list."""
        for text in filter(None, texts):
            _write(self._paragraph("List Bullet"), text)
        if not texts:
            self.text(otherwise)

    def _paragraph(self, style: str) -> Paragraph:
        """The next paragraph; a cell is born with its first."""
        is_first, self.is_empty = self.is_empty, False
        paragraph: Paragraph = self._cell.paragraphs[0] if is_first else self._cell.add_paragraph()
        if style != "Normal":
            # By its id: python-docx reads through all styles to find one by its name.
            paragraph._p.style = style.replace(" ", "")
        if is_first:
            paragraph.paragraph_format.space_before = 0
        return paragraph


def _write(paragraph: Paragraph, text: str, label: str = "") -> None:
    if label:
        paragraph.add_run(safe_text(label)).bold = True
    if text:
        paragraph.add_run(safe_text(f" {text}" if label else text))


def _bookmark(number: int) -> str:
    return f"part_{number}"
