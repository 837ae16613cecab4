"""The defined names that mark a template's pattern rows and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.filling.elements import remove
from sheetplan.ooxml.filling.moves import LOST
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.xml import main

ROW, CELL = "row_", "cell_"

_NAMES = f"{main('definedNames')}/{main('definedName')}"
_REFERENCE = re.compile(r"=?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<cells>.+)\Z")


@dataclass(frozen=True)
class Mark:
    """A name that marks a row or a cell.

    Attributes:
        name: The name as it stands in the workbook, such as row_exception.
        sheet: The sheet that it points to, empty for a name of the workbook that points nowhere.
        area: The cells that it points to; None when they are gone or cannot be read.
        is_local: Whether it belongs to one sheet.
    """

    name: str
    sheet: str
    area: Area | None
    is_local: bool

    @property
    def marks_a_row(self) -> bool:
        return self.name.casefold().startswith(ROW)

    @property
    def key(self) -> str:
        """What the row or cell is called: exception for row_exception. Names mind no capitals."""
        return self.name.casefold().removeprefix(ROW if self.marks_a_row else CELL)

    @property
    def is_sound(self) -> bool:
        """Whether it marks one row, or one cell."""
        area = self.area
        if area is None or area.first_row != area.last_row:
            return False
        return self.marks_a_row or area.first_column == area.last_column


def marks_in(book: etree._Element, sheet_names: Sequence[str]) -> list[Mark]:
    """The marks of a workbook; a sheet's own come first, since they hold where both are there."""
    found = [mark_of(element, sheet_names) for element in mark_elements(book)]
    return sorted(found, key=lambda mark: not mark.is_local)


def mark_elements(book: etree._Element) -> Iterator[etree._Element]:
    """The <definedName>s that mark something."""
    for element in book.iterfind(_NAMES):
        if element.get("name", "").casefold().startswith((ROW, CELL)):
            yield element


def mark_of(element: etree._Element, sheet_names: Sequence[str]) -> Mark:
    """What a <definedName> marks."""
    scope = element.get("localSheetId")
    sheet = sheet_names[int(scope)] if scope and int(scope) < len(sheet_names) else ""
    area = None
    match = _REFERENCE.match(element.text or "")
    if match is not None:
        sheet = match["plain"] or match["quoted"].replace("''", "'")
        try:
            area = Area.parse(match["cells"])
        except ValueError:
            area = None
    return Mark(element.get("name", ""), sheet, area, scope is not None)


def remove_marks(book: etree._Element, sheet_names: Sequence[str], sheet: str) -> None:
    """Take the marks of a sheet out of the workbook."""
    for element in list(mark_elements(book)):
        if mark_of(element, sheet_names).sheet.casefold() == sheet.casefold():
            remove(element)


def remove_lost_names(book: etree._Element) -> None:
    """Take Excel's own names out whose cells are gone, such as a print area."""
    for element in list(book.iterfind(_NAMES)):
        if element.get("name", "").startswith("_xlnm.") and LOST in (element.text or ""):
            remove(element)
