"""Rules 15 and 16: charts, pictures, shapes and what else lies over the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.accessibility.breach import Breach, breach
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, local_name, main

_DRAWN = ("pic", "graphicFrame", "sp", "cxnSp", "grpSp", "contentPart")
_SAYS_NOTHING = re.compile(
    r"(chart|picture|image|graph|diagram|logo)?\s*\d*\Z|\S+\.(png|jpe?g|gif|bmp|svg|emf|tiff?)\Z",
    re.I,
)
_HEADER_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d+|&[LCRBIUESXYPN]')
_ABOUT_PAGES = re.compile(r"\b(page|of)\b|[\W\d_]", re.I)


class _Object(NamedTuple):
    """Something drawn over the cells: its name, what it is, and its alternative text."""

    name: str
    kind: str
    alternative: str
    is_decorative: bool
    has_words: bool


def alternative_texts(sheet: Worksheet) -> Iterator[Breach]:
    """Rule 15."""
    return _alternative_texts(sheet.workbook, sheet.name, sheet.part)


def chart_sheets(workbook: Workbook) -> Iterator[Breach]:
    """Rule 15, on the sheets that are one chart."""
    package = workbook.package
    links = {link.id: link for link in package.relationships(package.main_part)}
    for sheet in package.xml(package.main_part).iterfind(f"{main('sheets')}/{main('sheet')}"):
        link = links.get(sheet.get(f"{{{OFFICE_RELATIONSHIPS}}}id", ""))
        if link is not None and link.kind == "chartsheet" and sheet.get("state") is None:
            yield from _alternative_texts(workbook, sheet.get("name", ""), link.target)


def _alternative_texts(workbook: Workbook, sheet: str, part: str) -> Iterator[Breach]:
    without, useless = [], []
    for item in _objects(workbook, part):
        if item.is_decorative or item.has_words:
            continue
        text = " ".join(item.alternative.split())
        if not text:
            without.append(f"{item.kind} {item.name}".strip())
        elif _SAYS_NOTHING.match(text) or text.casefold() == item.name.casefold():
            useless.append(f"{item.kind} {item.name}".strip())
    if without:
        yield breach(15, sheet, "There is no alternative text.", without)
    if useless:
        yield breach(15, sheet, "The alternative text is a name, and says nothing.", useless)


def floating_objects(sheet: Worksheet) -> Iterator[Breach]:
    """Rule 16, but for headers and footers. Charts and pictures are for rule 15 alone."""
    kinds = ("chart", "picture")
    floating = [item for item in _objects(sheet.workbook, sheet.part) if item.kind not in kinds]
    if floating:
        places = [f"{item.kind} {item.name}".strip() for item in floating]
        yield breach(16, sheet.name, "Objects float over the cells.", places)
    if sheet.child("picture") is not None:
        message = "The sheet has a picture as its background."
        remedy = "Take it off with Page Layout > Delete Background."
        yield breach(16, sheet.name, message, (), remedy)


def page_headers(sheet: Worksheet) -> Iterator[Breach]:
    """Rule 16: headers and footers that say more than the number of the page."""
    holder = sheet.child("headerFooter")
    said = []
    for element in holder if holder is not None else ():
        words = _HEADER_CODES.sub(" ", (element.text or "").replace("&&", " and "))
        if _ABOUT_PAGES.sub("", words):
            said.append("header" if local_name(element).endswith("Header") else "footer")
    if said:
        message = "A header or footer says more than the number of the page."
        yield breach(16, sheet.name, message, dict.fromkeys(said))


# ---------------------------------------------------------------- reading drawings


def _objects(workbook: Workbook, part: str) -> Iterator[_Object]:
    package = workbook.package
    for drawing in package.related(part, "drawing"):
        for anchor in package.xml(drawing):
            for element in _drawn(anchor):
                item = _object(element)
                if item is not None:
                    yield item


def _drawn(holder: etree._Element) -> Iterator[etree._Element]:
    """What is drawn in an anchor: a group is one thing, and of two spellings the first counts."""
    for element in holder:
        name = local_name(element)
        if name in _DRAWN:
            yield element
        elif name == "AlternateContent":
            yield from _drawn(next(iter(element)))


def _object(element: etree._Element) -> _Object | None:
    properties = next(element.iter("{*}cNvPr"), None)
    if properties is None or properties.get("hidden") in ("1", "true"):
        return None
    decorative = any(e.get("val") in ("1", "true") for e in properties.iter("{*}decorative"))
    words = any((t.text or "").strip() for t in element.iter("{*}t"))
    return _Object(
        properties.get("name", ""),
        _kind(element),
        properties.get("descr") or properties.get("title") or "",
        decorative,
        words and local_name(element) in ("sp", "grpSp"),
    )


def _kind(element: etree._Element) -> str:
    name = local_name(element)
    if name == "graphicFrame":
        uri = next((data.get("uri", "") for data in element.iter("{*}graphicData")), "")
        kinds = {"chart": "chart", "chartex": "chart", "slicer": "slicer", "diagram": "drawing"}
        return kinds.get(uri.rstrip("/").rpartition("/")[2], "object")
    if name == "sp":
        is_box = any(e.get("txBox") in ("1", "true") for e in element.iter("{*}cNvSpPr"))
        return "text box" if is_box else "shape"
    return {"pic": "picture", "cxnSp": "line", "grpSp": "group of shapes"}.get(name, "object")
