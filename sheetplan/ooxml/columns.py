"""Column widths and outlines: the <cols> of a worksheet (ISO/IEC 29500-1, 18.3.1.13).

One <col> may stand for many columns, so a change to one of them splits it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from sheetplan.ooxml.ranges import ColumnCopy
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main

_COL = main("col")
_SPAN = ("min", "max")
# A new month is to be seen, whatever was done to the old one.
_NOT_COPIED = (*_SPAN, "hidden", "collapsed")


def column_settings(sheet: Worksheet, column: int) -> dict[str, str]:
    """The width, format and outline level of a column; empty for one that has none."""
    col = _col_of(sheet, column)
    return {} if col is None else {str(k): str(v) for k, v in col.attrib.items()}


def copy_columns(sheet: Worksheet, columns: ColumnCopy) -> None:
    """Give the new columns the widths, formats and outline of those they copy, but show them."""
    if sheet.child("cols") is None:
        return
    for source in range(columns.first, columns.last + 1):
        settings = column_settings(sheet, source)
        for name in _NOT_COPIED:
            settings.pop(name, None)
        _set_column(sheet, columns.target(source), settings)


def hide_columns(sheet: Worksheet, columns: Iterable[int]) -> None:
    """Keep columns out of sight; what stands in them stays."""
    for column in columns:
        sheet.ensure_child("cols")
        settings = column_settings(sheet, column)
        own = {name: value for name, value in settings.items() if name not in _SPAN}
        _set_column(sheet, column, {**own, "hidden": "1"})


def _col_of(sheet: Worksheet, column: int) -> etree._Element | None:
    cols = sheet.child("cols")
    for col in cols.iterchildren(_COL) if cols is not None else ():
        if int(col.get("min", "1")) <= column <= int(col.get("max", "1")):
            return col
    return None


def _set_column(sheet: Worksheet, column: int, settings: dict[str, str]) -> None:
    """Make one column's settings just these."""
    cols = sheet.child("cols")
    if cols is None:  # it held only what was taken out for the columns before this one
        return
    col = _col_of(sheet, column)
    if col is not None:
        col = _isolate(col, column)
    elif not settings:
        return
    else:
        col = etree.Element(_COL)
        before = [c for c in cols.iterchildren(_COL) if int(c.get("max", "1")) < column]
        if before:
            before[-1].addnext(col)
        else:
            cols.insert(0, col)
    col.attrib.clear()
    col.set("min", str(column))
    col.set("max", str(column))
    if not settings:
        # A <col> that says nothing is what Excel writes for the sheet's default width.
        parent = col.getparent()
        assert parent is not None
        parent.remove(col)
        if len(cols) == 0:  # an empty <cols> makes Excel call the sheet corrupt
            sheet.root.remove(cols)
        return
    for name, value in settings.items():
        col.set(name, value)


def _isolate(col: etree._Element, column: int) -> etree._Element:
    """Split a <col> so that one of the pieces stands for just this column, and give that piece."""
    first, last = int(col.get("min", "1")), int(col.get("max", "1"))
    for start, end, place in ((first, column - 1, "before"), (column + 1, last, "after")):
        if start > end:
            continue
        piece = copy.deepcopy(col)
        piece.set("min", str(start))
        piece.set("max", str(end))
        if place == "before":
            col.addprevious(piece)
        else:
            col.addnext(piece)
    col.set("min", str(column))
    col.set("max", str(column))
    return col
