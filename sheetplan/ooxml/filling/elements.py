"""The elements of a sheet beside its rows, made to follow its rows."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.rules import Rule, rules_of
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import parent_of, x14, xm

_MOST_BREAKS = 1_026  # on one sheet: Excel's specifications and limits


def follow_elements(sheet: Worksheet, moves: Moves) -> None:
    """Make all elements of the sheet but its rows refer to what their rows have become."""
    _follow_views(sheet, moves)
    for rule in list(rules_of(sheet)):
        _follow_rule(rule, sheet, moves)
    _follow_sparklines(sheet, moves)
    follow_one_area(sheet.child("dimension"), moves)
    follow_one_area(sheet.child("autoFilter"), moves)
    follow_one_area(sheet.child("sortState"), moves)
    for merge in _children(sheet, "mergeCells"):
        area = Area.parse(merge.get("ref", "A1"))
        if moves.touches(area.first_row, area.last_row):
            remove(merge)  # a row that is made anew has no merged cells
        else:
            follow_one_area(merge, moves)
    for link in _children(sheet, "hyperlinks"):
        _follow_link(link, sheet, moves)
    for watch in _children(sheet, "cellWatches"):
        cell = moves.area(Area.parse(watch.get("r", "A1")))
        _set_or_remove(watch, "r", cell_name(cell.first_row, cell.first_column) if cell else None)
    _follow_breaks(sheet, moves)


def follow_location(location: str, own_sheet: str, moves: Moves) -> str:
    """The place that a link leads to: one cell stays one."""
    new = moves.formula(location, own_sheet)
    return new if ":" in location else new.partition(":")[0]


def remove(element: etree._Element | None) -> None:
    """Take an element away, with what held nothing but it, and count the others again."""
    parent = None if element is None else element.getparent()
    if element is None or parent is None:
        return
    parent.remove(element)
    if len(parent) == 0 and parent.getparent() is not None:
        remove(parent)
    elif parent.get("count"):
        parent.set("count", str(len(parent)))


def _children(sheet: Worksheet, name: str) -> list[etree._Element]:
    holder = sheet.child(name)
    return [] if holder is None else [child for child in holder if isinstance(child.tag, str)]


def _set_or_remove(element: etree._Element, attribute: str, value: str | None) -> None:
    if value is None:
        remove(element)
    else:
        element.set(attribute, value)


def follow_one_area(element: etree._Element | None, moves: Moves) -> None:
    """An element whose `ref` is one area, with those inside it (a filter with its sorting)."""
    for part in [] if element is None else list(element.iter()):
        if part.get("ref"):
            area = moves.area(Area.parse(part.get("ref", "")))
            _set_or_remove(part, "ref", area.corners if area else None)


def _follow_views(sheet: Worksheet, moves: Moves) -> None:
    """What is selected, and what stands at the top: a cell of the pattern rows is now the first
    of the rows that came in their place."""

    def follow(cell: str) -> str:
        area = Area.parse(cell)
        if moves.touches(area.first_row, area.first_row):
            return cell_name(moves.first, area.first_column)
        row = moves.row(area.first_row) or area.first_row
        return cell_name(row, area.first_column)

    for view in _children(sheet, "sheetViews"):
        for element in view.iter():
            for attribute in ("topLeftCell", "activeCell"):
                if element.get(attribute):
                    element.set(attribute, follow(element.get(attribute, "")))
            if element.get("sqref"):
                element.set("sqref", element.get("activeCell") or "A1")
                element.attrib.pop("activeCellId", "")


def _follow_rule(rule: Rule, sheet: Worksheet, moves: Moves) -> None:
    """A drop-down, a conditional format and the like: it holds for all rows that were made from
    its own, and its formulas are said for the first of them."""
    old = rule.areas
    new = [(source, area) for source in old for area in moves.areas(source)]
    if not old:
        return
    if not new:
        remove(rule.element)
        return
    source, first = new[0]
    filled = None
    if moves.touches(source.first_row, source.last_row):
        filled = source.first_row, first.first_row
    for formula in rule.formulas:
        text = moved_from(formula.text or "", _corner(old[0]), _corner(source))
        formula.text = moves.formula(text, sheet.name, filled=filled)
    rule.set_areas([area for _, area in new])


def _corner(area: Area) -> tuple[int, int]:
    return area.first_row, area.first_column


def _follow_link(link: etree._Element, sheet: Worksheet, moves: Moves) -> None:
    if link.get("location"):
        link.set("location", follow_location(link.get("location", ""), sheet.name, moves))
    areas = moves.areas(Area.parse(link.get("ref", "A1")))
    for area in areas[1:]:
        twin = copy.deepcopy(link)
        twin.set("ref", area.corners)
        link.addnext(twin)
    _set_or_remove(link, "ref", areas[0].corners if areas else None)


def _follow_breaks(sheet: Worksheet, moves: Moves) -> None:
    """Page breaks: each stands above a row, and is there above all rows made from it."""
    holder = sheet.child("rowBreaks")
    if holder is None:
        return
    breaks = {
        row: item for item in list(holder) for row in _above(int(item.get("id", "0")) + 1, moves)
    }
    for item in list(holder):
        holder.remove(item)
    for row in sorted(breaks)[:_MOST_BREAKS]:
        item = copy.deepcopy(breaks[row])
        item.set("id", str(row - 1))
        holder.append(item)
    if len(holder) == 0:
        remove(holder)
        return
    holder.set("count", str(len(holder)))
    holder.set("manualBreakCount", str(sum(item.get("man") in ("1", "true") for item in holder)))


def _above(row: int, moves: Moves) -> Iterator[int]:
    for first, last in moves.runs(row, row):
        yield from range(max(first, 2), last + 1)


def _follow_sparklines(sheet: Worksheet, moves: Moves) -> None:
    """Small charts in cells: one for each row that was made from its own."""
    extensions = sheet.child("extLst")
    for line in [] if extensions is None else list(extensions.iter(x14("sparkline"))):
        cell = Area.parse(line.findtext(xm("sqref")) or "A1")
        touched = moves.touches(cell.first_row, cell.first_row)
        for area in reversed(moves.areas(cell)):
            for row in reversed(range(area.first_row, area.last_row + 1)):
                twin = copy.deepcopy(line)
                filled = (cell.first_row, row) if touched else None
                for part in twin:
                    if part.tag == xm("sqref"):
                        part.text = cell_name(row, cell.first_column)
                    elif part.text:
                        part.text = moves.formula(part.text, sheet.name, filled=filled)
                line.addnext(twin)
        group = parent_of(parent_of(line))
        remove(line)
        if group is not None and group.find(x14("sparklines")) is None:
            remove(group)
