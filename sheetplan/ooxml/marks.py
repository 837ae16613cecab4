"""The mark of a sheet that sheetplan made, which shows whether somebody has edited it since.

The mark is a hidden name of the sheet's own. It holds what the sheet is and a digest of what an
officer can edit in it, in a form that does not depend on which program saved the workbook last:
saved again by Excel or LibreOffice, an untouched sheet should be told from an edited one. Where
that cannot be told, it counts as edited.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.cell_looks import CellLooks
from sheetplan.ooxml.cells import ErrorValue
from sheetplan.ooxml.defined_names import DefinedName, change_names, names_of
from sheetplan.ooxml.formulas import moved_from, tokens
from sheetplan.ooxml.plain_form import plain_form
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.strings import unescaped
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import local_name, main, parse

MARK = "_sheetplan_made"
_HIDDEN = (("hidden", "1"),)
_LONGEST_MARK = 255  # characters in a text that stands in a formula, Excel's limit
_DIGITS = 32
_C, _F, _T, _V = main("c"), main("f"), main("t"), main("v")
_ANCHORS = ("oneCellAnchor", "twoCellAnchor", "absoluteAnchor")


@dataclass(frozen=True)
class Mark:
    """What a made sheet is: its kind, such as "exception-summary", more about it, such as the
    month, and the digest of what it held when it was made."""

    kind: str
    detail: str
    digest: str


def put_mark(
    workbook: Workbook, sheet: Worksheet, kind: str, detail: str
) -> frozenset[tuple[str, str]]:
    """Mark a sheet as made, as it is now.

    Args:
        workbook: The workbook.
        sheet: Its sheet.
        kind: What it is, without blanks: "exception-summary".
        detail: More about it: "2026-07".

    Returns:
        The (part, place) pair of the earlier mark, if there was one.

    Raises:
        ValueError: the kind holds a blank, or is too long together with the detail.
    """
    text = f"{kind} {detail} {_digest(workbook, sheet)}"
    if len(kind.split()) != 1 or len(text) > _LONGEST_MARK:
        raise ValueError(f"a sheet cannot be marked {kind!r}, {detail!r}")
    quoted = '"' + text.replace('"', '""') + '"'
    name = DefinedName(MARK, quoted, workbook.position(sheet), _HIDDEN)
    return change_names(workbook, [name])


def marks_of(workbook: Workbook) -> dict[str, Mark]:
    """The marks of a workbook, by the names of the sheets that sheetplan made."""
    sheets = {workbook.position(sheet): sheet.name for sheet in workbook.sheets}
    found = {}
    for name in names_of(workbook):
        if name.name.casefold() != MARK or name.scope not in sheets:
            continue
        if name.text.startswith('"') and name.text.endswith('"'):
            words = name.text[1:-1].replace('""', '"').split(" ")
            if len(words) > 2:
                mark = Mark(words[0], " ".join(words[1:-1]), words[-1])
                found[sheets[name.scope]] = mark
    return found


def mark_of(workbook: Workbook, sheet: Worksheet) -> Mark | None:
    """The mark of a sheet; None for one that sheetplan did not make."""
    return marks_of(workbook).get(sheet.name)


def is_edited(workbook: Workbook, sheet: Worksheet) -> bool:
    """Whether a sheet is not what it was when it was marked; one without a mark counts as
    edited."""
    mark = mark_of(workbook, sheet)
    return mark is None or mark.digest != _digest(workbook, sheet)


def _digest(workbook: Workbook, sheet: Worksheet) -> str:
    found = hashlib.sha256()
    for line in _contents(workbook, sheet):
        found.update(line.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()[:_DIGITS]


def _contents(workbook: Workbook, sheet: Worksheet) -> Iterator[str]:
    """What an officer can edit, line by line in a fixed order."""
    package = workbook.package
    root = parse(plain_form(package.current(sheet.part), sheet.part), sheet.part)
    yield from _Cells(workbook, sheet).lines(root)
    yield from sorted(f"merged {item.get('ref')}" for item in root.iter(main("mergeCell")))
    yield from sorted(f"table {table.name}" for table in tables_of(workbook, sheet))
    for kind, item in (("comments", "comment"), ("threadedComment", "threadedComment")):
        yield from sorted(
            f"note {note.get('ref')} {_words(note)}"
            for part in package.related(sheet.part, kind)
            for note in package.xml(part).iter()
            if local_name(note) == item
        )
    drawn = [e for part in package.related(sheet.part, "drawing") for e in package.xml(part)]
    yield f"drawn {sum(local_name(element) in _ANCHORS for element in drawn)}"


def _words(element: etree._Element) -> str:
    """The words inside an element, without what says how they look."""
    notes = (e.text or "" for e in element.iter() if local_name(e) == "t")
    threads = ((e.text or "").strip() for e in element.iter() if local_name(e) == "text")
    return "".join((*notes, *threads)).replace("\r\n", "\n")


class _Cells:
    """The cells of one sheet as lines."""

    def __init__(self, workbook: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._reader, self._strings = workbook.reader, workbook.strings
        self._looks = CellLooks(workbook)
        self._merged = sheet.merged

    def lines(self, root: etree._Element) -> Iterator[str]:
        """A line for each cell that holds something or is filled."""
        for row in root.iter(main("row")):
            if row.get("customFormat") in ("1", "true"):
                fill = self._looks.of(row.get("s")).fill
                if fill:
                    yield f"row {row.get('r')} {fill}"
            for cell in row.iterchildren(_C):
                look = self._looks.of(cell.get("s"))
                content = self._content(cell, look.words) if len(cell) else ""
                if content:
                    yield f"{cell.get('r')} {look.fill} {content}"
                elif look.fill and not self._is_covered(cell):
                    yield f"{cell.get('r')} {look.fill}"

    def _is_covered(self, cell: etree._Element) -> bool:
        """Whether a cell lies under another one that it is merged with, so is not seen."""
        row, column = _place(cell)
        return any(
            area.contains(row, column) and (row, column) != (area.first_row, area.first_column)
            for area in self._merged
        )

    def _content(self, cell: etree._Element, look: str) -> str:
        """What stands in a cell and how it looks, the same for the same thing however stored."""
        kind = cell.get("t", "n")
        if cell[0].tag == _F:
            return f"{look} {self._formula(cell, cell[0])}"
        if kind in ("s", "inlineStr"):
            return self._words(cell, look)
        if kind == "n":
            stored = cell.findtext(_V) or ""
            return f"{look} #{float(stored):.15g}" if stored.strip() else ""
        value = self._reader.value(cell)
        if isinstance(value, bool):
            return f"{look} ={value!s}()".upper()  # a formula, as LibreOffice stores it
        sign = "#" if isinstance(value, ErrorValue) else "'"
        return "" if value is None else f"{look} {sign}{value}"

    def _words(self, cell: etree._Element, look: str) -> str:
        """The stretches of text in a cell, each with its look; those that look alike are one."""
        plain = self._plain(cell)
        if plain is not None:
            return f"{look} '{plain}" if plain else ""
        pieces: list[list[str]] = []
        for run in self._reader.runs(cell):
            own = self._looks.of_run(run.properties) if run.properties else look
            text = run.text
            if pieces:  # a blank looks like nothing; LibreOffice puts it to what is before it
                text = text.lstrip()
                pieces[-1][1] += run.text.removesuffix(text)
            if pieces and pieces[-1][0] == own:
                pieces[-1][1] += text
            elif text:
                pieces.append([own, text])
        return " ".join(f"{own} '{text}" for own, text in pieces)

    def _plain(self, cell: etree._Element) -> str | None:
        """The text of a cell that has no formatting inside it, found quickly; else None."""
        first = cell[0]
        if first.tag == _V:
            stored = first.text or ""
            return self._strings.plain_text(int(stored)) if stored.isdecimal() else None
        if len(first) == 1 and first[0].tag == _T:
            return unescaped(first[0].text or "")
        return None

    def _formula(self, cell: etree._Element, formula: etree._Element) -> str:
        """A cell's formula without its blanks; its result is not what anybody typed."""
        text = formula.text or ""
        master = self._sheet.shared_formulas.get(formula.get("si", "")) if not text else None
        if master is not None:
            text = moved_from(master.findtext(_F) or "", _place(master), _place(cell))
        return "=" + "".join(t.value for t in tokens(text) if t.type != t.WSPACE)


def _place(cell: etree._Element) -> tuple[int, int]:
    area = Area.parse(cell.get("r", ""))
    return area.first_row, area.first_column
