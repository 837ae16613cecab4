"""Every formula of a workbook that may name a sheet, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from lxml import etree

from sheetplan.ooxml.filling.charts import CHART_TYPE
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import CHART, main, parse, serialise, xm

Change = Callable[[str, str], str]
"""From a formula and the sheet that it stands on (empty for none) to the formula as it is to be."""

FORMULAS = (
    *map(
        main,
        (
            "f",
            "formula",
            "formula1",
            "formula2",
            "definedName",
            "calculatedColumnFormula",
            "totalsRowFormula",
        ),
    ),
    xm("f"),
    f"{{{CHART}}}f",
)
_LINK = main("hyperlink")
_CELL_FORMULA = re.compile(rb"<(?!xm:)(?:\w+:)?f[ >]")


def change_references(
    workbook: Workbook, sheet: str, change: Change, *, besides: Collection[str] = ()
) -> None:
    """Change the formulas of a workbook that may name a sheet.

    Args:
        workbook: The workbook; the parts that change are overwritten.
        sheet: The sheet's name.
        change: What is done to each formula.
        besides: Parts that are left alone.
    """
    package = workbook.package
    for part, own in _parts(workbook):
        if part in besides:
            continue
        data = package.current(part)
        if not _may_name(data, sheet):
            continue
        root = parse(data, part)
        referring = [e for e in _referring(root) if own == sheet or _may_name(_said_by(e), sheet)]
        if [element for element in referring if _changed(element, own, change)]:
            package.overwrite(part, serialise(root))


def has_formulas(data: bytes) -> bool:
    """Whether a worksheet may hold a formula, or a link to a place."""
    return any(sign in data for sign in (b"f>", b"<f ", b":f ", b"ormula", b"location="))


def holds_results(data: bytes) -> bool:
    """Whether cells of a worksheet hold formulas, whose results may change."""
    return _CELL_FORMULA.search(data) is not None


def _parts(workbook: Workbook) -> Iterator[tuple[str, str]]:
    package = workbook.package
    yield package.main_part, ""
    for sheet in workbook.sheets:
        yield sheet.part, sheet.name
        for table in package.related(sheet.part, "table"):
            yield table, sheet.name
    for part in package.names:
        if package.content_types.of(part).endswith(CHART_TYPE):
            yield part, ""


def _may_name(data: bytes, sheet: str) -> bool:
    """A quick look; a name that may be spelled in several ways needs the careful one."""
    is_plain = sheet.isascii() and sheet.replace(" ", "").isalnum()
    return not is_plain or sheet.lower().encode() in data.lower()


def _referring(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(*FORMULAS, _LINK):
        if element.text or element.get("location"):
            yield element


def _said_by(element: etree._Element) -> bytes:
    return (element.get("location") or element.text or "").encode()


def _changed(element: etree._Element, own: str, change: Change) -> bool:
    """Change one formula or link; whether it reads otherwise now."""
    location = element.get("location")
    if location is not None:
        new = change(location, own)
        if ":" not in location:
            new = new.partition(":")[0]  # a link to a cell leads to one cell
        element.set("location", new)
        return new != location
    old = element.text or ""
    new = change(old, own)
    element.text = new
    if new != old and element.tag == main("f"):
        forget_result(element)
    return new != old


def forget_result(formula: etree._Element) -> None:
    """Take away what a cell's formula came to."""
    cell = formula.getparent()
    assert cell is not None
    for value in cell.findall(main("v")):
        cell.remove(value)
    cell.attrib.pop("t", "")
