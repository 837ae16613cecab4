"""Reading a plan from a Word document: every paragraph with its look, and where it stands.

Insertions that somebody tracked are read as accepted, and deletions are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetplan.documents.numbering import Numbering
from sheetplan.documents.word_file import damaged, open_document
from sheetplan.documents.word_looks import WordLooks, shading
from sheetplan.documents.word_runs import WordRuns
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.plan_source import (
    SourceCell,
    SourceDocument,
    SourceParagraph,
    SourcePlace,
    SourceTable,
    SourceTableRow,
)

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_TEXT_BOX = f"{_W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = {"header": "Page header", "footer": "Page footer", "comments": "Comment"}


def read_plan_document(path: Path) -> SourceDocument:
    """Read a Word document.

    Raises:
        MissingExtraError: python-docx is not installed.
        NotADocumentError: it cannot be read as a Word document.
    """
    document = open_document(path)
    try:
        return _Reading(document, path.name).document()
    except SyntaxError as error:  # of its XML: the parts beside the text are read here
        raise damaged(path) from error


class _Reading:
    """The reading of one document, from top to bottom."""

    def __init__(self, document: Document, name: str) -> None:
        self._document, self._name = document, name
        self._looks = WordLooks(document)
        self._numbering = Numbering(document)
        self._runs = WordRuns(self._looks)
        self._tables = 0
        self._findings: list[Finding] = []

    def document(self) -> SourceDocument:
        body = self._document.element.body
        blocks: list[SourceParagraph | SourceTable] = []
        numbers = count(1)
        for element in _inside(body, "p", "tbl"):
            if element.tag == f"{_W}tbl":
                blocks.append(self._table(element))
            else:
                blocks += self._paragraph(element, SourcePlace("Text", paragraph=next(numbers)))
        margins = list(self._text_boxes(body))
        notes: dict[str, tuple[SourceParagraph, ...]] = {}
        for kind, root in self._parts():
            if kind in ("footnotes", "endnotes"):
                notes |= self._notes(kind, root)
            else:
                margins += self._part(_PARTS[kind], root)
        if self._runs.pictures:
            self._find(
                "import-picture",
                self._name,
                f"{self._runs.pictures} of its pictures cannot be brought along. Keep the "
                "document with the tracker.",
            )
        return SourceDocument(
            self._name, tuple(blocks), notes, tuple(margins), tuple(self._findings)
        )

    # ---------------------------------------------------------------- tables

    def _table(self, table: Any) -> SourceTable:
        self._tables += 1
        name = f"Table {self._tables}"
        rows = [
            SourceTableRow(number, tuple(self._cells(row, SourcePlace(name, number))))
            for number, row in enumerate(_inside(table, "tr"), 1)
            if row.find(f"{_W}trPr/{_W}del") is None
        ]
        return SourceTable(name, tuple(rows))

    def _cells(self, row: Any, place: SourcePlace) -> Iterator[SourceCell]:
        column = 1 + _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _inside(row, "tc"):
            properties = cell.find(f"{_W}tcPr")
            span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            own = place._replace(column=column)
            yield SourceCell(column, span, tuple(self._cell(cell, own)), shading(properties))
            column += span

    def _cell(self, cell: Any, place: SourcePlace) -> Iterator[SourceParagraph]:
        """The paragraphs of a cell, and those of the tables in it."""
        nested = [table for table in cell.iter(f"{_W}tbl") if _is_read(table, cell)]
        if nested:
            self._find(
                "import-nested-table",
                place.part,
                f"{place.cell} holds a table. Its cells are read one after the other, as lines of "
                "this cell; look whether they still make sense.",
            )
        paragraphs = (p for p in cell.iter(f"{_W}p") if _is_read(p, cell))
        for number, paragraph in enumerate(paragraphs, 1):
            yield from self._paragraph(paragraph, place._replace(paragraph=number))

    # ---------------------------------------------------------------- paragraphs

    def _paragraph(self, element: Any, place: SourcePlace) -> Iterator[SourceParagraph]:
        """The paragraph, unless nothing is in it."""
        label = self._numbering.label(element)
        runs, notes = self._runs.of(element)
        text = "".join(run.text for run in runs)
        if not text.strip() and (not label or not any(map(str.isalnum, label))):
            return
        if label:
            look = next((run for run in runs if run.text.strip()), None)
            label = label if text.strip() else label.rstrip()
            runs = [look._replace(text=label) if look else self._runs.plain(label), *runs]
        level = self._looks.heading_level(element)
        yield SourceParagraph(place, tuple(runs), tuple(notes), level)

    def _text_boxes(self, root: Any) -> Iterator[SourceParagraph]:
        boxes = [box for box in root.iter(_TEXT_BOX) if not _is_under(box, _FALLBACK)]
        for number, box in enumerate(boxes, 1):
            for at, paragraph in enumerate(_inside(box, "p"), 1):
                place = SourcePlace(f"Text box {number}", paragraph=at)
                yield from self._paragraph(paragraph, place)

    # ---------------------------------------------------------------- other parts

    def _parts(self) -> Iterator[tuple[str, Any]]:
        """The parts beside the text that hold paragraphs, each once, by their kind."""
        from docx.oxml.parser import parse_xml

        for relation in self._document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if not relation.is_external and kind in (*_PARTS, "footnotes", "endnotes"):
                yield kind, parse_xml(relation.target_part.blob)

    def _notes(self, kind: str, root: Any) -> dict[str, tuple[SourceParagraph, ...]]:
        """Notes that the text refers to, by the mark that stands there."""
        found = {}
        for note in root.iterfind(f"{_W}{kind.removesuffix('s')}"):
            mark = self._runs.marks.get((kind, note.get(f"{_W}id")))
            if mark is not None:
                part = f"{kind.removesuffix('s').capitalize()} {mark}"
                found[mark] = tuple(self._part(part, note))
        return found

    def _part(self, name: str, root: Any) -> Iterator[SourceParagraph]:
        paragraphs = (p for p in root.iter(f"{_W}p") if _is_read(p, root))
        for number, paragraph in enumerate(paragraphs, 1):
            yield from self._paragraph(paragraph, SourcePlace(name, paragraph=number))

    def _find(self, code: str, place: str, message: str) -> None:
        self._findings.append(Finding(code, Severity.WARNING, place, "", "", message))


def _inside(element: Any, *names: str) -> Iterator[Any]:
    """The children of these names, through what Word wraps around them."""
    wanted = {f"{_W}{name}" for name in names}
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, *names)


def _is_read(element: Any, root: Any) -> bool:
    """Whether an element counts as its cell's: not in a text box or a row that was deleted."""
    for parent in element.iterancestors():
        if parent is root:
            return True
        if parent.tag == _TEXT_BOX:
            return False
        if parent.tag == f"{_W}tr" and parent.find(f"{_W}trPr/{_W}del") is not None:
            return False
    return True


def _is_under(element: Any, tag: str) -> bool:
    return any(parent.tag == tag for parent in element.iterancestors())


def _number(element: Any, otherwise: int) -> int:
    text = "" if element is None else element.get(f"{_W}val", "")
    return int(text) if text.isdigit() else otherwise
