"""What sheetplan knows how to move. Anything else that could hold references is in the way.

The list is of what is known, and not of what is not, so that what Excel may come to store in future
is refused and not forgotten.
"""

from __future__ import annotations

import re

from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import CHILD_ORDER, Worksheet
from sheetplan.ooxml.xml import local_name, main

_NOT_KNOWN = {
    "webPublishItems": "a range that is published as a web page",
    "smartTags": "smart tags",
}
_ELEMENTS = {*CHILD_ORDER, "AlternateContent"} - _NOT_KNOWN.keys()

# What an extension of a worksheet, or of something in it, is known by ([MS-XLSX] 2.6).
_EXTENSIONS = {
    "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",  # conditional formats
    "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",  # drop-downs
    "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",  # sparklines
    "{01252117-D84E-4E92-8308-4BE1C098FCBB}",  # ignored errors
    "{FC87AEE6-9EDD-4A0A-B7FB-166176984837}",  # protected ranges
    "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}",  # the other half of a conditional format
    # These hold no references.
    "{A8765BA9-456A-4dab-B4F3-ACF838C121DE}",  # slicers of pivot tables
    "{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}",  # slicers of tables
    "{7E03D99C-DC04-49d9-9315-930204A7B6E9}",  # timelines
    "{64002731-A6B0-56B0-2670-7721B7C09600}",  # the page layout view of a Mac
    "http://schemas.microsoft.com/office/mac/excel/2008/main",
}
_EXTENSIONS_FOLDED = {uri.casefold() for uri in _EXTENSIONS}

# Kinds of parts that a worksheet leads to.
_RELATIONSHIPS = {
    "comments",
    "vmlDrawing",
    "threadedComment",
    "drawing",
    "table",
    "tableSingleCells",
    "pivotTable",
    "namedSheetView",
    # These hold no references.
    "slicer",
    "timeline",
    "hyperlink",
    "image",
    "printerSettings",
    "customProperty",
    "control",
    "ctrlProp",
    "oleObject",
    "package",
}
_NAMES = {"queryTable": "a query that fills cells", "wsSortMap": "a map of sorted cells"}

# Endings of content types: of parts that are moved, and of those that name no cells by address.
MOVED = (
    ".worksheet+xml",
    ".chartsheet+xml",
    ".dialogsheet+xml",
    ".sheet.main+xml",
    ".sheet.macroEnabled.main+xml",
    ".drawing+xml",
    ".chart+xml",
    ".chartshapes+xml",
    ".chartex+xml",
    ".table+xml",
    ".tableSingleCells+xml",
    ".controlproperties+xml",
    ".comments+xml",
    ".threadedcomments+xml",
    ".connections+xml",
    ".pivotTable+xml",
    ".pivotCacheDefinition+xml",
    ".namedsheetviews+xml",
    ".vmlDrawing",
)
_WITHOUT_ADDRESSES = (
    ".styles+xml",
    ".theme+xml",
    ".sharedStrings+xml",
    ".calcChain+xml",
    ".pivotCacheRecords+xml",
    ".externalLink+xml",
    ".person+xml",
    ".extended-properties+xml",
    ".core-properties+xml",
    ".custom-properties+xml",
    ".customXmlProperties+xml",
    ".relationships+xml",
    "application/xml",
    "text/xml",
)


def look_for_obstacles(workbook: Workbook, sheet: Worksheet, moving: Moving) -> None:
    """Find what nobody here knows how to move, on the sheet and in the workbook."""
    for element in sheet.root.iterchildren("*"):
        name = local_name(element)
        if name not in _ELEMENTS:
            moving.refuse(f'{_NOT_KNOWN.get(name, f"<{name}>")} on sheet "{sheet.name}"')
    _look_at_extensions(sheet, moving)
    for relationship in workbook.package.relationships(sheet.part):
        kind = relationship.kind
        if kind not in _RELATIONSHIPS:
            what = _NAMES.get(kind, f"a part of the kind {kind}")
            moving.refuse(f'{what} on sheet "{sheet.name}"')
    _look_at_parts(workbook, moving)


def _look_at_extensions(sheet: Worksheet, moving: Moving) -> None:
    for extension in sheet.root.iter(main("ext")):
        uri = extension.get("uri", "")
        if uri.casefold() not in _EXTENSIONS_FOLDED:
            inside = ", ".join(filter(None, map(local_name, extension))) or "nothing"
            moving.refuse(
                f'an extension of sheet "{sheet.name}" that sheetplan does not know '
                f"({uri}, with {inside})"
            )


def _look_at_parts(workbook: Workbook, moving: Moving) -> None:
    """Find parts of other kinds that name cells of the sheet."""
    package = workbook.package
    named = re.escape(moving.insertion.sheet.replace("'", "''"))
    address = re.compile(rf"\b{named}'?!\$?[A-Z]{{1,3}}\$?[\d:]", re.IGNORECASE)
    for part in package.names:
        kind = package.content_types.of(part)
        if kind.endswith(".volatileDependencies+xml"):
            if package.xml(part).find(f".//{main('tr')}") is not None:
                moving.refuse("cells that a program outside keeps up to date (real-time data)")
        elif kind.endswith("+xml") and not kind.endswith(MOVED + _WITHOUT_ADDRESSES):
            text = package.current(part).decode("utf-8", "replace").replace("&apos;", "'")
            if address.search(text):
                moving.refuse(f"{part}, of the kind {kind}, which names cells of the sheet")
        elif kind.endswith(".drawing+xml"):
            _look_at_links(workbook, part, moving)
        elif kind.endswith(".vbaProject"):
            moving.remark("The workbook has macros; columns that they name were not moved.")


def _look_at_links(workbook: Workbook, part: str, moving: Moving) -> None:
    """Find shapes that lead to cells which move."""
    for relationship in workbook.package.relationships(part):
        place = relationship.place or relationship.target.removeprefix("#")
        if relationship.kind == "hyperlink" and moving.formula(place, "", part) != place:
            moving.remark(f"A shape is a link to {place}, which was not moved.")
