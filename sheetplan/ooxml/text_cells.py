"""What a cell holds that is gone when its words are written anew.

Words are kept in runs, each with its <rPr>. A phonetic guide, linked data and the like are beside
them, and numbers and dates are not words at all.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from lxml import etree

from sheetplan.ooxml.cells import CellReader, ErrorValue
from sheetplan.ooxml.xml import MAIN, main

_SAFE = frozenset(map(main, ("c", "v", "f", "is", "si", "r", "t", "rPr", "phoneticPr")))
_GUIDE, _LOOK = main("rPh"), main("rPr")
_LOST = "which would be lost"


def held_beside_words(reader: CellReader, cell: etree._Element) -> str:
    """What a cell without a formula holds that would be lost if its runs were written anew, to
    follow "holds" in a sentence; empty for words alone and for an empty cell.

    How a guide would be shown (18.4.3) does not count where there is no guide.
    """
    if "vm" in cell.attrib or "cm" in cell.attrib:
        return f"linked data, {_LOST}"
    item = reader.item(cell)
    if item is None:
        return _kind(reader.value(cell)) or _foreign(cell)
    if item.find(_GUIDE) is not None:
        return f"phonetic guides, {_LOST}"
    return _foreign(cell) or _foreign(item)


def _kind(value: object) -> str:
    """What a value is that is not words."""
    if value is None or isinstance(value, str):
        return ""
    if isinstance(value, bool):
        return "TRUE or FALSE, not words"
    if isinstance(value, date | time | timedelta):
        return "a date, not words"
    error = isinstance(value, ErrorValue)
    return f"the error {value}, not words" if error else "a number, not words"


def _foreign(element: etree._Element) -> str:
    """What in an element is none of the things that runs are made of."""
    for each in element.iter(etree.Element):
        name, parent = etree.QName(each), each.getparent()
        is_look = parent is not None and parent.tag == _LOOK and name.namespace == MAIN
        attributes = each.attrib if is_look or each.tag == _LOOK else ()
        if (each.tag not in _SAFE and not is_look) or any("}" in str(name) for name in attributes):
            return f'something that is not known here ("{name.localname}"), {_LOST}'
    return ""
