"""Rules 12 and 13: text that is cut off, and colour without words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from sheetplan.ooxml.accessibility.breach import Breach, breach, ranges
from sheetplan.ooxml.accessibility.formats import Look
from sheetplan.ooxml.accessibility.sheet_view import SheetView
from sheetplan.ooxml.accessibility.tables import body_rows
from sheetplan.ooxml.accessibility.view_cells import Cell
from sheetplan.ooxml.ranges import LAST_COLUMN
from sheetplan.ooxml.rules import CONDITIONAL_FORMAT, rules_of
from sheetplan.ooxml.xml import local_name

_TALLEST_ROW = 409  # points, Excel's specifications and limits
# Estimates on the safe side: what is reported is cut for certain.
_LETTER = 0.85  # the width of an average letter, in those of a figure
_LINE = 1.2  # the height of a line, in sizes of the letters


def cut_text(view: SheetView) -> Iterator[Breach]:
    """Rule 12."""
    yield from _cut_at_the_side(view)
    yield from _cut_below(view)


def _cut_at_the_side(view: SheetView) -> Iterator[Breach]:
    """Text in one line that runs into a filled neighbour; in front of blank ones it is seen."""
    looks = view.formats.looks
    letters = {n: _letter_width(view, look) for n, look in enumerate(looks) if not look.wraps}
    narrowest = view.narrowest + 1
    needed = {
        (number, words): need
        for number, words in view.distinct
        if (need := len(words.text) * letters.get(number, 0)) > narrowest
    }
    cut = []
    formats = {number for number, _ in needed}
    for row, cells in view.rows.items() if needed else ():
        for column, cell in cells.items():
            need = needed.get(cell, 0) if cell[0] in formats else 0
            if (
                need
                and need > view.width(column) + 1
                and view.is_shown(row, column)
                and _room(view, row, column, need) < need
            ):
                cut.append((row, column))
    if cut:
        message = "Text is longer than its column and does not wrap, so it is cut off."
        yield breach(12, view.name, message, ranges(cut))


def _room(view: SheetView, row: int, column: int, need: float) -> float:
    """The width from a cell to the next filled one at its right, or as much of it as is needed."""
    area = view.merged.get((row, column))
    last = area.last_column if area else column
    room = sum(view.width(c) for c in range(column, last + 1)) + 1
    if area:
        return room
    while room < need and last < LAST_COLUMN and not view.is_filled(row, last + 1):
        last += 1
        room += view.width(last)
    return room


def _cut_below(view: SheetView) -> Iterator[Breach]:
    """Text that needs more lines than its row shows: Excel gives a row with a height no other on
    opening, and none more than the tallest."""
    heights = view.heights
    long = {cell for cell in view.distinct if len(cell[1].text) > _TALLEST_ROW}
    measures = [(look.size * _LINE, _letter_width(view, look)) for look in view.formats.looks]
    usual = Look().size * _LINE, _letter_width(view, Look())
    cut: list[tuple[int, int]] = []
    too_long: list[tuple[int, int]] = []
    for row, cells in view.rows.items() if heights or long else ():
        height = heights.get(row, _TALLEST_ROW)
        for column, cell in cells.items():
            number, words = cell
            if not words.text or not (row in heights or cell in long):
                continue
            line, letter = measures[number] if number < len(measures) else usual
            shown = height / line + 0.5
            most = len(words.text) * letter / (view.width(column) or 1) + words.text.count("\n") + 1
            if most > shown and (need := _lines(view, row, column, cell)) > shown:
                (too_long if need * line > _TALLEST_ROW else cut).append((row, column))
    if cut:
        yield breach(12, view.name, "The row's height cuts the text off.", ranges(cut))
    if too_long:
        message = f"The text needs more than {_TALLEST_ROW} points, the tallest that a row can be."
        remedy = "Make the column wider, or go on in further rows."
        yield breach(12, view.name, message, ranges(too_long), remedy)


def _lines(view: SheetView, row: int, column: int, cell: Cell) -> int:
    """How many lines a text takes; none where it is hidden, or merged over rows."""
    look = view.look(cell)
    area = view.merged.get((row, column))
    last = area.last_column if area else column
    width = sum(view.width(c) for c in range(column, last + 1))
    if width <= 0 or (area and area.last_row > row) or row in view.hidden_rows:
        return 0
    if not look.wraps:
        return 1
    letter = _letter_width(view, look)
    return sum(max(1, math.ceil(len(p) * letter / width)) for p in cell[1].text.split("\n"))


def _letter_width(view: SheetView, look: Look) -> float:
    """How wide a letter is, in figures of the workbook's plain text."""
    plain = view.formats.look(0).size or 11
    return _LETTER * look.size / plain


# ---------------------------------------------------------------- colour


def colour_alone(view: SheetView) -> Iterator[Breach]:
    """Rule 13."""
    cells = list(_signals(view))
    if cells:
        message = "Cells have a colour and no words, while others of their column have words."
        yield breach(13, view.name, message, ranges(cells))
    bare = []
    for rule in rules_of(view.sheet):
        if rule.what == CONDITIONAL_FORMAT and any(
            local_name(e) in ("iconSet", "dataBar") and e.get("showValue") in ("0", "false")
            for e in rule.element.iter()
        ):
            bare += [str(area) for area in rule.areas if str(area) not in bare]
    if bare:
        message = "A conditional format shows icons or bars in the place of the values."
        remedy = "Edit the rule and take off Show Icon Only (Show Bar Only)."
        yield breach(13, view.name, message, bare, remedy)


def _signals(view: SheetView) -> Iterator[tuple[int, int]]:
    """Cells of the data that are coloured and blank, in a colour that is not their whole row's
    nor their whole column's."""
    coloured = {number for number, look in enumerate(view.formats.looks) if look.is_filled}
    for rows, columns in _bodies(view) if coloured else ():
        blank: dict[int, list[int]] = {}
        for row in rows:
            for column, (number, words) in view.rows[row].items():
                if number in coloured and not words.is_filled and column in columns:
                    blank.setdefault(column, []).append(row)
        for column, found in blank.items():
            down = Counter(_fills(view, row, column) for row in rows)
            if len(down) > 1 and any(view.text(row, column) for row in rows):
                for row in found:
                    across = Counter(_fills(view, row, c) for c in columns)
                    own = across[_fills(view, row, column)]
                    if own * 2 < len(columns) and view.is_shown(row, column):
                        yield row, column


def _fills(view: SheetView, row: int, column: int) -> tuple[str, ...]:
    return view.look(view.cell(row, column)).fills


def _bodies(view: SheetView) -> Iterator[tuple[list[int], range]]:
    """The rows and columns of the data, without its headings."""
    for table in view.tables:
        area = table.area
        rows = [row for row in body_rows(table) if row in view.filled]
        yield rows, range(area.first_column, area.last_column + 1)
    data = view.loose_data
    if data:
        yield list(data.rows[1:]), range(data.area.first_column, data.area.last_column + 1)
