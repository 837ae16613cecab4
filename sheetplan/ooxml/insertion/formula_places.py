"""Where formulas stand in the XML of a workbook's parts, cells apart."""

from __future__ import annotations

import re

from lxml import etree

from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.xml import local_name, main, xm

_FORMULAS = {
    *map(
        main,
        (
            "formula",
            "formula1",
            "formula2",
            "definedName",
            "calculatedColumnFormula",
            "totalsRowFormula",
        ),
    ),
    xm("f"),
}
_IN_CHARTS = ("f", "sqref")  # the second in the extensions of 2012
# Of shapes, form controls and their properties; `location` of links, `cell` of connections.
_ATTRIBUTES = (
    "textlink",
    "cellRange",
    "fmlaLink",
    "fmlaRange",
    "fmlaTxbx",
    "fmlaPict",
    "fmlaGroup",
    "linkedCell",
    "listFillRange",
    "location",
    "cell",
)
_HAVE_A_LOCATION = (main("hyperlink"),)
_NUMBER = re.compile(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?\Z")


def move_formulas(root: etree._Element, own_sheet: str, place: str, moving: Moving) -> None:
    """Move all formulas in a part.

    Args:
        root: The part's root.
        own_sheet: The sheet that references without a sheet's name mean; empty for none.
        place: The part, or the sheet, in words.
        moving: The insertion.
    """
    for element in root.iter("*"):
        tag = str(element.tag)
        if element.text and _is_formula(tag):
            where = _name_of(element) or place
            element.text = moving.formula(
                element.text, own_sheet, where, only_fixed=tag == main("definedName")
            )
        for name in _ATTRIBUTES:
            value = element.get(name)
            if value and (name != "location" or tag in _HAVE_A_LOCATION):
                element.set(name, moving.formula(value, own_sheet, place))
        value = element.get("val") if tag == main("cfvo") else None
        if value and not _NUMBER.match(value):
            element.set("val", moving.formula(value, own_sheet, place))


def _is_formula(tag: str) -> bool:
    if tag in _FORMULAS:
        return True
    namespace, _, name = tag.removeprefix("{").partition("}")
    return name in _IN_CHARTS and "chart" in namespace


def _name_of(element: etree._Element) -> str:
    """What a person knows a formula by: its name, or the cells that its rule is for."""
    if local_name(element) == "definedName":
        return f"the name {element.get('name')}"
    return ""
