"""Anchors: where drawings, controls and notes stand on a sheet, moved as Excel moves them.

An object may move and grow with the cells below it, only move, or do neither. Columns of an anchor
count from 0.
"""

from __future__ import annotations

import re

from lxml import etree

from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.insertion.shifting import Insertion
from sheetplan.ooxml.ranges import LAST_COLUMN
from sheetplan.ooxml.xml import main

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_TRUE = ("1", "true")


def _xdr(name: str) -> str:
    return f"{{{_XDR}}}{name}"


def moved_columns(
    first: tuple[int, int], last: tuple[int, int], insertion: Insertion, *, moves: bool, grows: bool
) -> tuple[int, int]:
    """The columns, counted from 0, between which an object stands now.

    Args:
        first: The column that it begins in, and how far inside.
        last: The column that it ends in, and how far inside.
        insertion: Where the columns come.
        moves: Whether it moves with its cells.
        grows: Whether it grows with them.
    """
    start, end = first[0] + 1, last[0] + 1
    is_moved = moves and start >= insertion.at
    # One that ends with the left edge of the first new column does not reach into it.
    reaches = (end, min(last[1], 1)) > (insertion.at, 0)
    if is_moved:
        start, end = insertion.column(start), end + insertion.count
    elif moves and grows and reaches:
        end = insertion.column(end)
    return min(start, LAST_COLUMN) - 1, min(end, LAST_COLUMN) - 1


# ---------------------------------------------------------------- drawings and controls


def move_drawing_anchors(root: etree._Element, moving: Moving) -> None:
    """Move what is drawn on the sheet."""
    for anchor in root.iter(_xdr("twoCellAnchor"), _xdr("oneCellAnchor")):
        behaviour = anchor.get("editAs", "twoCell")
        is_single = anchor.tag == _xdr("oneCellAnchor")
        moves, grows = behaviour != "absolute", behaviour == "twoCell" and not is_single
        _move(anchor, moving, moves=moves, grows=grows)


def move_control_anchors(root: etree._Element, moving: Moving) -> None:
    """Move controls and embedded objects of a worksheet (18.3.1.2)."""
    for anchor in root.iter(main("anchor")):
        moves, grows = (anchor.get(n) in _TRUE for n in ("moveWithCells", "sizeWithCells"))
        _move(anchor, moving, moves=moves, grows=grows)


def _move(anchor: etree._Element, moving: Moving, *, moves: bool, grows: bool) -> None:
    start, end = (_marker(anchor, name) for name in ("from", "to"))
    if start is None:
        return
    first, last = _place(start), _place(start if end is None else end)
    new = moved_columns(first, last, moving.insertion, moves=moves, grows=grows)
    if new == (first[0], last[0]) and last[0] + 1 >= moving.insertion.at and not grows:
        moving.remark(
            "A drawing stays where it is on the sheet, and may be as wide as other columns now."
        )
    for marker, column in zip((start, end), new, strict=True):
        if marker is not None:
            _column(marker).text = str(column)


def _marker(anchor: etree._Element, name: str) -> etree._Element | None:
    found = anchor.find(_xdr(name))
    return anchor.find(main(name)) if found is None else found


def _column(marker: etree._Element) -> etree._Element:
    column = marker.find(_xdr("col"))
    assert column is not None  # the schema demands it
    return column


def _place(marker: etree._Element) -> tuple[int, int]:
    offset = re.match(r"\s*(-?\d+)", marker.findtext(_xdr("colOff")) or "0")
    return int(_column(marker).text or "0"), int(offset[1]) if offset else 0


# ---------------------------------------------------------------- VML

_CLIENT_DATA = re.compile(
    rb"<((?:\w+:)?)ClientData\b[^>]*?ObjectType\s*=\s*[\"'](\w+)[\"'][^>]*>(.*?)</\1ClientData>",
    re.DOTALL,
)
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)(?=<)")
_COLUMN = re.compile(rb"(<(?:\w+:)?Column>)\s*(\d+)\s*(?=<)")
_FORMULA = re.compile(rb"(<(?:\w+:)?Fmla(?:Link|Range|Txbx|Pict|Group)>)([^<]+)(?=<)")


def moved_vml(data: bytes, own_sheet: str, place: str, moving: Moving) -> bytes:
    """A part of notes and controls in the old language of shapes, which is not always XML.

    Args:
        data: The part.
        own_sheet: The sheet that they stand on.
        place: The part in words.
        moving: The insertion.
    """
    is_here = moving.insertion.is_on(own_sheet)

    def formula(match: re.Match[bytes]) -> bytes:
        text = match[2].decode()
        return match[1] + moving.formula(text, own_sheet, place).encode()

    def change(match: re.Match[bytes]) -> bytes:
        inside = _FORMULA.sub(formula, match[3])
        if is_here:
            inside = _moved_shape(inside, match[2] == b"Note", moving)
        whole, start = match[0], match.start()
        return whole[: match.start(3) - start] + inside + whole[match.end(3) - start :]

    return _CLIENT_DATA.sub(change, data)


def _moved_shape(inside: bytes, is_note: bool, moving: Moving) -> bytes:
    """What is said of one shape. A note goes with its cell, whatever it does otherwise."""
    insertion = moving.insertion
    column = _COLUMN.search(inside)
    by = 0
    if column is not None:
        old = int(column[2]) + 1
        by = insertion.column(old) - old
        inside = _COLUMN.sub(lambda m: m[1] + str(old + by - 1).encode(), inside)
    anchor = _ANCHOR.search(inside)
    if anchor is None:
        return inside
    numbers = [int(number) for number in re.findall(rb"-?\d+", anchor[2])]
    if len(numbers) != 8:
        moving.refuse("the anchor of a note or control that cannot be read")
        return inside
    if is_note:
        first, last = (min(numbers[at] + by, LAST_COLUMN - 1) for at in (0, 4))
    else:
        # The two settings are there when the object does NOT move, or grow, with its cells.
        moves, grows = (b"%bWithCells" % word not in inside for word in (b"Move", b"Size"))
        ends = (numbers[0], numbers[1]), (numbers[4], numbers[5])
        first, last = moved_columns(*ends, insertion, moves=moves, grows=grows)
    new = [first, *numbers[1:4], last, *numbers[5:]]
    if new == numbers:
        return inside
    return _ANCHOR.sub(lambda m: m[1] + ", ".join(map(str, new)).encode(), inside)
