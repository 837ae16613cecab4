"""Rule 14: text that does not stand out from what is behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from sheetplan.ooxml.accessibility.breach import Breach, breach, ranges
from sheetplan.ooxml.accessibility.formats import WHITE, Look, RuleLook
from sheetplan.ooxml.accessibility.sheet_view import SheetView
from sheetplan.ooxml.accessibility.view_cells import Cell
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.rules import CONDITIONAL_FORMAT, Rule, rules_of
from sheetplan.ooxml.tables import Table
from sheetplan.ooxml.xml import local_name, main, parse

Contrast = Callable[[str, str], float]
"""The contrast of two colours, each six hexadecimal figures, as WCAG reckons it."""

# WCAG 2.2, 1.4.3: 18 points, or 14 in bold, are large.
LOWEST, LOWEST_LARGE = 4.5, 3.0


def faint_text(view: SheetView, contrast: Contrast) -> Iterator[Breach]:
    """Rule 14."""
    yield from _faint_cells(view, contrast)
    yield from _faint_rules(view, contrast)


def _faint_cells(view: SheetView, contrast: Contrast) -> Iterator[Breach]:
    """Cells by their own formats, gathered by the two colours."""
    faint: dict[tuple[str, str], set[Cell]] = {}
    looks = enumerate(view.formats.looks)
    known = {number: pair for number, look in looks if (pair := _pair(look, contrast))}
    for cell in view.distinct:
        number, words = cell
        if words.runs:
            plain = view.look(cell)
            shown = (replace(plain, colour=colour) for colour in _colours(view, cell))
            for pair in filter(None, (_pair(look, contrast) for look in shown)):
                faint.setdefault(pair, set()).add(cell)
        elif number in known:
            faint.setdefault(known[number], set()).add(cell)
    unknown = [area for table in view.tables for area in _drawn_by_style(table)]
    for (colour, fill), cells in sorted(faint.items()):
        places = [
            (row, column)
            for row, column in view.places(cells)
            if view.look(view.rows[row][column]).fills
            or not any(area.contains(row, column) for area in unknown)
        ]
        if places:
            message = f"Text {colour} on {fill} {_figure(contrast(fill, colour))}."
            yield breach(14, view.name, message, ranges(places))


def _colours(view: SheetView, cell: Cell) -> set[str]:
    """The colours of the stretches of a cell's text."""
    found = set()
    for run in cell[1].runs:
        own = None
        if run.properties:
            own = parse(run.properties, view.sheet.part).find(main("color"))
        found.add(view.formats.colour(own) or view.look(cell).colour)
    return found


def _pair(look: Look, contrast: Contrast) -> tuple[str, str] | None:
    """The colours of a look's text and of its fill, if the text is too faint on it."""
    if look.is_patterned:
        return None
    fill = min(look.fills or (WHITE,), key=lambda fill: contrast(fill, look.colour))
    lowest = LOWEST_LARGE if look.is_large else LOWEST
    return (look.colour, fill) if contrast(fill, look.colour) < lowest else None


def _figure(ratio: float) -> str:
    """The contrast in words, rounded down: 4.499 must not read as enough."""
    return f"has a contrast of {int(ratio * 100) / 100:.2f} to 1"


def _drawn_by_style(table: Table) -> list[Area]:
    """Where a table's style may draw dark colours, which are not in the workbook, behind cells
    that have none of their own: its headings and totals; all of it in a dark style or an own one.
    """
    style = table.root.find(main("tableStyleInfo"))
    name = style.get("name", "") if style is not None else ""
    area = table.area
    if not name:
        return []
    if not name.startswith(("TableStyleLight", "TableStyleMedium")):
        return [area]
    ends = [area.first_row] if table.header_row is not None else []
    ends += [area.last_row] if table.root.get("totalsRowCount") else []
    return [Area(row, area.first_column, row, area.last_column) for row in ends]


# ---------------------------------------------------------------- conditional formats


def _faint_rules(view: SheetView, contrast: Contrast) -> Iterator[Breach]:
    """What conditional formats show where they hold, with the cells' own colours for the rest."""
    faint: dict[tuple[str, str], list[str]] = {}
    for rule in rules_of(view.sheet):
        changes = _changes(view, rule) if rule.what == CONDITIONAL_FORMAT else ()
        doubtful = [
            c for c in changes if not (c.colour and c.fill) or _pair(c.over(Look()), contrast)
        ]
        looks = _looks_in(view, rule.areas) if doubtful else ()
        for changed, look in product(doubtful, looks):
            pair = _pair(changed.over(look), contrast)
            if pair is not None:
                places = faint.setdefault(pair, [])
                places += [str(area) for area in rule.areas if str(area) not in places]
    for (colour, fill), places in sorted(faint.items()):
        message = (
            f"Where a conditional format holds, text {colour} on {fill} "
            f"{_figure(contrast(fill, colour))}."
        )
        yield breach(14, view.name, message, places)


def _changes(view: SheetView, rule: Rule) -> Iterator[RuleLook]:
    """What the conditions of a conditional format make of colours, of both generations."""
    looks = view.formats.rule_looks
    for condition in rule.element:
        if local_name(condition) != "cfRule":
            continue
        number = condition.get("dxfId", "")
        own = next((e for e in condition if local_name(e) == "dxf"), None)
        if own is not None:
            changed = view.formats.rule_look(own)
        elif number.isdecimal() and int(number) < len(looks):
            changed = looks[int(number)]
        else:
            continue
        if changed.colour or changed.fill:
            yield changed


def _looks_in(view: SheetView, areas: list[Area]) -> set[Look]:
    """The looks of the cells that a rule is for; a plain one where none holds text."""
    numbers: set[int] = set()
    last = max((max(cells, default=0) for cells in view.rows.values()), default=0)
    for area in areas:
        for column in range(area.first_column, min(area.last_column, last) + 1):
            for number, rows in view.formats_in(column).items():
                place = bisect_left(rows, area.first_row)
                if place < len(rows) and rows[place] <= area.last_row:
                    numbers.add(number)
    return {view.formats.look(number) for number in numbers} or {Look()}
