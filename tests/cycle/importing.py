"""Importing for tests, and a count of what became of every paragraph that shares no code with it.

The count reads the source by python-docx or openpyxl, and the tracker by openpyxl.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import docx
import openpyxl

import sheetplan
from sheetplan.cycle.import_plan import ImportPlan
from tests.judges import openpyxl_values
from tests.plans import draw_document, plan_row

ACCOUNT = "Where it went"
JUNE_AND_JULY = plan_row(
    "1.1",
    "__Head of Roads__",
    "Begun. (June Update)",
    "**Half done. (July 2026 Update)**",
    fill="92D050",
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LABEL = re.compile(r"^(• )+")
_MARK = re.compile(r"\[\d+\]")
_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^\s',!]+))!([A-Z]+\d+)")


def planned(folder: Path, plan: dict[str, Any], **more: Any) -> ImportPlan:
    """What importing a drawn plan would make."""
    return sheetplan.plan_import(
        draw_document(plan, folder / "plan.docx"), folder / "tracker.xlsx", **more
    )


class Listed(NamedTuple):
    """A row of the sheet Where it went."""

    part: str
    column: str
    text: str
    cells: tuple[tuple[str, str], ...]
    why: str


def opened(path: Path) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it; it warns of what it would lose if it were to save."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def document_paragraphs(path: Path) -> Counter[str]:
    """Every paragraph of a document with text in it, as python-docx has it; notes from the zip."""
    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        cells = dict.fromkeys(cell._tc for row in table.rows for cell in row.cells)
        texts += [
            paragraph.text for tc in cells for paragraph in docx.table._Cell(tc, table).paragraphs
        ]
    with zipfile.ZipFile(path) as archive:
        if "word/footnotes.xml" in archive.namelist():
            root = ElementTree.fromstring(archive.read("word/footnotes.xml"))
            texts += ["".join(t.text or "" for t in p.iter(f"{_W}t")) for p in root.iter(f"{_W}p")]
    return Counter(plain(text) for text in texts if text.strip())


def workbook_lines(path: Path) -> Counter[str]:
    """Every line of every cell of a workbook, as openpyxl has it."""
    book = opened(path)
    texts = [
        line
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
        for line in str(value).split("\n")
    ]
    return Counter(plain(text) for text in texts if text.strip())


def plain(text: str) -> str:
    """A paragraph without its bullet and the marks of notes, which are no text in Word."""
    return _MARK.sub("", _LABEL.sub("", text)).strip()


def listed(tracker: Path) -> list[Listed]:
    """The rows of the sheet Where it went."""
    rows = list(opened(tracker)[ACCOUNT].iter_rows(min_row=5, values_only=True))
    return [
        Listed(
            str(row[0]),
            str(row[4] or ""),
            str(row[6]),
            tuple(
                ((match[1] or match[2]).replace("''", "'"), match[3])
                for match in _CELL.finditer(str(row[7] or ""))
            ),
            str(row[8] or ""),
        )
        for row in rows
        if row[0]
    ]


def unaccounted(source: Counter[str], tracker: Path) -> Iterator[str]:
    """What of a source is not listed, or is listed and does not stand where that says."""
    rows = listed(tracker)
    found = Counter(plain(row.text) for row in rows)
    yield from (f"missing: {text}" for text in source - found)
    yield from (f"invented: {text}" for text in found - source)
    cells = openpyxl_values(tracker)
    for row in rows:
        if not row.cells and not row.why:
            yield f"nowhere, and nothing says why: {row.text}"
        said = [str(cells[sheet].get(cell, "")) for sheet, cell in row.cells]
        if any(not _stands_in(row, text) for text in said):
            yield f"not where it is said to be: {row.text}"


def _stands_in(row: Listed, text: str) -> bool:
    """Whether all words of a paragraph stand in a cell, or in part: a lead stands by itself."""
    if row.column == "Commentary":
        return plain(row.text) in _MARK.sub("", text) or text.casefold() in row.text.casefold()
    return plain(row.text) in _MARK.sub("", text)


def counted(source: Counter[str]) -> tuple[int, int]:
    """How many paragraphs, and how many characters."""
    return source.total(), sum(len(text) * times for text, times in source.items())
