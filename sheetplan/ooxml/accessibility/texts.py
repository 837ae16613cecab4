"""Rules 17 and 19: notes and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetplan.ooxml.accessibility.breach import Breach, breach, ranges
from sheetplan.ooxml.accessibility.sheet_view import SheetView
from sheetplan.ooxml.accessibility.view_cells import Cell
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.xml import main

_NOTE = re.compile(r"\[note \d+\]", re.I)
_MARK_ALONE = re.compile("[†‡]|(?<![mM])[¹²³⁴⁵⁶⁷⁸⁹]")
# An asterisk behind a word; not 2*3, *stressed*, **stressed** or the grade A*.
_ASTERISK = re.compile(r"(?<=[\w)%])(?<!\bA)\*{1,3}(?=\s|$|[.,;:)])")
_STRESSED = re.compile(r"\*\S[^*\n]*\*")
_MARK = re.compile(r"[\d*†‡§(),\[\]\s]+\Z|[a-z]\Z")
_UNIT = re.compile(r"m\Z", re.I)
_ADDRESS = re.compile(r"\s*(https?://|www\.)\S+\s*\Z")
_SAYS_NOTHING = re.compile(
    r"(please )?(click|press|tap|see|read|view|go|follow)? ?(on )?(this |the )?"
    r"(here|link|this|more|more information|read more|find out more|download)[.!>»… ]*\Z",
    re.I,
)


def note_marks(view: SheetView) -> Iterator[Breach]:
    """Rule 17: marks that are not words."""
    marked = {cell for cell in view.marked if _has_mark(view, cell)}
    places = ranges(view.places(marked))
    if places:
        message = "A raised figure, asterisk or dagger marks a note."
        yield breach(17, view.name, message, places)


def notes_without_sheet(view: SheetView) -> Iterator[Breach]:
    """Rule 17: marks in words that lead nowhere."""
    if any("note" in name.casefold() for name in view.sheet.workbook.sheet_names):
        return
    marked = {cell for cell in view.marked if "[" in cell[1].text and _NOTE.search(cell[1].text)}
    if marked:
        message = "Notes are marked, but no sheet is called Notes."
        remedy = "Put the notes on a sheet called Notes, in a table of numbers and texts."
        yield breach(17, view.name, message, ranges(view.places(marked)), remedy)


def _has_mark(view: SheetView, cell: Cell) -> bool:
    words = cell[1]
    text = words.text
    if not text.isascii() and _MARK_ALONE.search(text):
        return True
    if "*" in text and _ASTERISK.search(text) and not _STRESSED.search(text):
        return True
    if view.look(cell).raised and _MARK.match(text):
        return True
    before = ""
    for run in words.runs:
        is_raised = b'"superscript"' in run.properties and _MARK.match(run.text)
        is_power = run.text.strip() in ("2", "3") and _UNIT.search(before)
        if is_raised and not is_power:
            return True
        before = run.text
    return False


def links(view: SheetView) -> Iterator[Breach]:
    """Rule 19."""
    addresses = {cell for cell in view.marked if _ADDRESS.match(cell[1].text)}
    places = ranges(view.places(addresses))
    if places:
        message = "The address itself stands in the place of words that say where it leads."
        yield breach(19, view.name, message, places)
    blank, vague = [], []
    for row, column in _linked_cells(view):
        text = " ".join(view.text(row, column).split())
        if not view.is_filled(row, column):
            blank.append(cell_name(row, column))
        elif text and _SAYS_NOTHING.match(text):
            vague.append(cell_name(row, column))
    if blank:
        yield breach(19, view.name, "A cell without words is a link.", blank)
    if vague:
        yield breach(19, view.name, "A link does not say where it leads.", vague)


def _linked_cells(view: SheetView) -> Iterator[tuple[int, int]]:
    """The first cells of all links."""
    holder = view.sheet.child("hyperlinks")
    for link in holder.iterchildren(main("hyperlink")) if holder is not None else ():
        area = Area.parse(link.get("ref", "A1"))
        yield area.first_row, area.first_column
