"""Drawings of a filled sheet: pictures, charts and shapes that stand on its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lxml import etree

from sheetplan.ooxml.filling.elements import remove
from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import CHART, OFFICE_RELATIONSHIPS, main, parent_of, parse, serialise

_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_FROM, _TO, _ROW = (f"{{{_NAMESPACE}}}{name}" for name in ("from", "to", "row"))
_CHART, _ID = f"{{{CHART}}}chart", f"{{{OFFICE_RELATIONSHIPS}}}id"


def follow_drawings(
    workbook: Workbook, sheet: Worksheet, moves: Moves, empty_charts: Collection[str]
) -> None:
    """Move what stands on the sheet's rows with them. What stood on a pattern row is on the first
    row that was made from it, and goes where there is none; charts with nothing to draw go too.

    Args:
        workbook: The workbook.
        sheet: The filled sheet; what changes in it is its `root`.
        moves: Where its rows have gone.
        empty_charts: The charts of the workbook that have nothing to draw.
    """
    for other in workbook.sheets:
        for part in workbook.package.related(other.part, "drawing"):
            root = parse(workbook.package.current(part), part)
            before = serialise(root)
            if other is sheet:
                _move(root, moves)
            _drop_charts(root, workbook, part, empty_charts)
            if serialise(root) != before:
                _store(root, workbook, other, part, sheet)


def _move(root: etree._Element, moves: Moves) -> None:
    homeless = []
    for start in root.iter(_FROM):
        old = int(start.findtext(_ROW) or 0) + 1
        new = moves.row(old)
        if new is None:
            homeless.append(start)
            continue
        ends = parent_of(start).findall(_TO)
        for row in (corner.find(_ROW) for corner in (start, *ends)):
            if row is not None:
                row.text = str(int(row.text or 0) + new - old)
    _drop(root, homeless)


def _drop_charts(
    root: etree._Element, workbook: Workbook, part: str, empty_charts: Collection[str]
) -> None:
    package = workbook.package
    ids = {
        r.id
        for r in package.relationships(part)
        if r.kind == "chart" and package.resolve(r.target) in empty_charts
    }
    _drop(root, [chart for chart in root.iter(_CHART) if chart.get(_ID) in ids])


def _drop(root: etree._Element, inside: Iterable[etree._Element]) -> None:
    """Take away the children of the root that some elements stand in."""
    for child in {[element, *element.iterancestors()][-2] for element in inside}:
        root.remove(child)


def _store(
    root: etree._Element, workbook: Workbook, owner: Worksheet, part: str, filled: Worksheet
) -> None:
    """Keep the drawing, or nothing of it where nothing is left in it."""
    package = workbook.package
    used = {value for item in root.iter() for value in _related(item)}
    package.unrelate(part, {r.id for r in package.relationships(part)} - used)
    if len(root):
        package.overwrite(part, serialise(root))
        return
    package.remove(part, source=owner.part)
    if owner is filled:
        remove(owner.root.find(main("drawing")))
    else:
        data = parse(package.current(owner.part), owner.part)
        remove(data.find(main("drawing")))
        package.overwrite(owner.part, serialise(data))


def _related(item: etree._Element) -> list[str]:
    prefix = f"{{{OFFICE_RELATIONSHIPS}}}"
    return [str(v) for name, v in item.attrib.items() if str(name).startswith(prefix)]
