"""What people wrote beside the cells of a sheet: notes, and comments with their answers."""

from __future__ import annotations

from lxml import etree

from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import local_name


def cell_notes(workbook: Workbook, sheet: Worksheet) -> dict[tuple[int, int], str]:
    """The words of the notes and comments of a sheet, by row and column.

    Excel stores a note beside each comment, for programs that know no comments; it is left out.
    """
    notes = _texts(workbook, sheet, "comments", "comment")
    comments = _texts(workbook, sheet, "threadedComment", "threadedComment")
    return {place: "\n".join(said) for place, said in (notes | comments).items()}


def _texts(
    workbook: Workbook, sheet: Worksheet, kind: str, name: str
) -> dict[tuple[int, int], list[str]]:
    """The texts of the elements of a name in the parts of a kind, in their order."""
    package = workbook.package
    found: dict[tuple[int, int], list[str]] = {}
    for part in package.related(sheet.part, kind):
        for element in package.xml(part).iter():
            if local_name(element) == name and element.get("ref") and (said := _words(element)):
                area = Area.parse(element.get("ref", ""))
                found.setdefault((area.first_row, area.first_column), []).append(said)
    return found


def _words(element: etree._Element) -> str:
    """The words inside a note, or inside a comment."""
    notes = [e.text or "" for e in element.iter() if local_name(e) == "t"]
    comments = [e.text or "" for e in element.iter() if local_name(e) == "text"]
    return " ".join("".join(notes or comments).split())
