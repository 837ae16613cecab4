"""What a worksheet holds beside its rows, moved: widths, panes, merges, rules, filters, breaks."""

from __future__ import annotations

import copy

from lxml import etree

from sheetplan.ooxml.insertion.anchors import move_control_anchors
from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.ranges import LAST_COLUMN, Area, column_number
from sheetplan.ooxml.xml import main, xm

_COL = main("col")

# Attributes that name cells of the sheet itself.
_CELLS = {
    main("sheetPr"): ("syncRef",),
    main("dimension"): ("ref",),
    main("selection"): ("activeCell", "sqref"),
    main("protectedRange"): ("sqref",),
    main("scenarios"): ("sqref",),
    main("inputCells"): ("r",),
    main("autoFilter"): ("ref",),
    main("sortState"): ("ref",),
    main("sortCondition"): ("ref",),
    main("mergeCell"): ("ref",),
    main("conditionalFormatting"): ("sqref",),
    main("dataValidation"): ("sqref",),
    main("hyperlink"): ("ref",),
    main("cellWatch"): ("r",),
    main("ignoredError"): ("sqref",),
    main("cellSmartTags"): ("r",),
    main("singleXmlCell"): ("r",),
}
_VIEWS = (main("sheetView"), main("customSheetView"))
_NOT_COPIED = ("hidden", "collapsed", "outlineLevel")


def move_frame(root: etree._Element, moving: Moving) -> None:
    """Move what the worksheet that is given columns holds beside its rows and its formulas."""
    for element in root.iter("*"):
        tag = str(element.tag)
        if tag in (main("autoFilter"), main("filterColumn")):
            continue
        move_cells(element, moving, f"<{tag.rpartition('}')[2]}> {element.get('ref', '')}")
    for filtered in root.iter(main("autoFilter")):
        move_filter(filtered, moving)
    for areas in root.iter(xm("sqref")):
        areas.text = moving.cells(areas.text or "", f"a rule for {areas.text}")
    for view in root.iter(*_VIEWS):
        _move_view(view, moving)
    for breaks in root.iter(main("colBreaks")):
        _move_column_breaks(breaks, moving)
    for item in root.iterfind(f".//{main('rowBreaks')}/{main('brk')}"):
        _move_ends(item, moving)
    _move_columns(root, moving)
    move_control_anchors(root, moving)


def move_cells(element: etree._Element, moving: Moving, place: str) -> None:
    """Move the attributes of one element that name cells of its sheet."""
    for name in _CELLS.get(str(element.tag), ()):
        value = element.get(name)
        if value:
            element.set(name, moving.cells(value, place))


def move_filter(filtered: etree._Element, moving: Moving) -> None:
    """Move a filter, which knows its columns by counting from its first (18.3.2.7, colId)."""
    insertion = moving.insertion
    if not filtered.get("ref"):
        return
    first = Area.parse(filtered.get("ref", "")).first_column
    for column in filtered.iterchildren(main("filterColumn")):
        old = first + int(column.get("colId", "0"))
        column.set("colId", str(insertion.column(old) - insertion.column(first)))
    move_cells(filtered, moving, f"the filter of {filtered.get('ref')}")


def _move_view(view: etree._Element, moving: Moving) -> None:
    """Move what a view shows first, and how many columns it holds still.

    A view that begins with the column where the new ones come begins with them then.
    """
    insertion = moving.insertion
    start = _column_in(view.get("topLeftCell", "A1"))
    pane = view.find(main("pane"))
    if pane is not None and pane.get("state") in ("frozen", "frozenSplit"):
        held = int(float(pane.get("xSplit", "0")))
        if held:
            last = insertion.column(start + held - 1)
            first = start if insertion.at >= start else insertion.column(start)
            pane.set("xSplit", str(min(last, LAST_COLUMN) - first + 1))
    for element in (view, pane):
        corner = None if element is None else element.get("topLeftCell")
        if element is not None and corner and _column_in(corner) != insertion.at:
            element.set("topLeftCell", moving.cells(corner, "the view of the sheet"))


def _column_in(cell: str) -> int:
    return column_number(cell.rstrip("0123456789"))


def _move_column_breaks(breaks: etree._Element, moving: Moving) -> None:
    """Move page breaks, each of which stands left of a column that counts from 0 (18.3.1.3)."""
    for item in breaks.iterchildren(main("brk")):
        new = moving.insertion.column(int(item.get("id", "0")) + 1) - 1
        if new >= LAST_COLUMN:
            moving.refuse(f"the page break before column number {item.get('id')}")
        item.set("id", str(new))


def _move_ends(item: etree._Element, moving: Moving) -> None:
    """Move the first and the last column of a page break between rows; they count from 0."""
    for name in ("min", "max"):
        if int(item.get(name, LAST_COLUMN)) < LAST_COLUMN - 1:  # else it is as wide as the sheet
            column = moving.insertion.column(int(item.get(name, "0")) + 1)
            item.set(name, str(min(column, LAST_COLUMN) - 1))


# ---------------------------------------------------------------- widths


def _move_columns(root: etree._Element, moving: Moving) -> None:
    """Move widths, formats and outline; the new columns take those of their left neighbour."""
    cols = root.find(main("cols"))
    if cols is None:
        return
    insertion = moving.insertion
    pieces = [piece for col in cols.iterchildren(_COL) for piece in _pieces(col, insertion.at)]
    like = next((col for col in pieces if _max(col) == insertion.at - 1), None)
    new = _new_columns(like, _level_at(pieces, insertion.at), moving)
    moved = [col for col in pieces if _moved(col, moving)]
    for col in list(cols):
        cols.remove(col)
    left = [col for col in moved if _max(col) < insertion.at]
    cols.extend(_joined([*left, *new, *moved[len(left) :]]))
    if len(cols) == 0:  # an empty <cols> makes Excel call the sheet corrupt
        root.remove(cols)


def _max(col: etree._Element) -> int:
    return int(col.get("max", "1"))


def _pieces(col: etree._Element, at: int) -> list[etree._Element]:
    """A <col> cut where the new columns come."""
    first, last = int(col.get("min", "1")), _max(col)
    if not first < at <= last:
        return [copy.deepcopy(col)]
    left, right = copy.deepcopy(col), copy.deepcopy(col)
    left.set("max", str(at - 1))
    right.set("min", str(at))
    return [left, right]


def _moved(col: etree._Element, moving: Moving) -> bool:
    """Move a <col>; whether any of its columns is still there."""
    first = moving.insertion.column(int(col.get("min", "1")))
    col.set("min", str(first))
    col.set("max", str(min(moving.insertion.column(_max(col)), LAST_COLUMN)))
    return first <= LAST_COLUMN


def _level_at(cols: list[etree._Element], column: int) -> int:
    """The outline level of a column."""
    for col in cols:
        if int(col.get("min", "1")) <= column <= _max(col):
            return int(col.get("outlineLevel", "0"))
    return 0


def _new_columns(like: etree._Element | None, level: int, moving: Moving) -> list[etree._Element]:
    """The <col> of the new columns. They are to be seen, and stand in a group that goes on."""
    if like is None:
        return []
    insertion = moving.insertion
    new = copy.deepcopy(like)
    level = min(level, int(like.get("outlineLevel", "0")))
    for name in _NOT_COPIED:
        new.attrib.pop(name, "")
    if level:
        new.set("outlineLevel", str(level))
    if not _settings(new):
        return []
    new.set("min", str(insertion.at))
    new.set("max", str(insertion.at + insertion.count - 1))
    return [new]


def _joined(cols: list[etree._Element]) -> list[etree._Element]:
    """Columns that adjoin and are alike as one, as Excel writes them."""
    joined: list[etree._Element] = []
    for col in cols:
        if joined and _adjoins(joined[-1], col):
            joined[-1].set("max", col.get("max", "1"))
        else:
            joined.append(col)
    return joined


def _adjoins(col: etree._Element, other: etree._Element) -> bool:
    """Whether another <col> comes right after one and is like it."""
    is_next = _max(col) + 1 == int(other.get("min", "1"))
    return is_next and _settings(col) == _settings(other)


def _settings(col: etree._Element) -> dict[str, str]:
    return {str(k): str(v) for k, v in col.attrib.items() if k not in ("min", "max")}
