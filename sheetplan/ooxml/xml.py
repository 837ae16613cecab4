"""XML as Office Open XML uses it: namespaces, a safe parser, and a faithful serialiser.

Names of the transitional namespaces are those of ISO/IEC 29500-4; the 2009 extensions are
described in [MS-XLSX].
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from sheetplan.errors import UnsafeWorkbookError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"

Element = etree._Element
"""An XML element, for layers above that hand one on without looking inside."""

# The declaration that Excel itself writes; lxml's own has single quotes.
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def main(name: str) -> str:
    """`name` in the SpreadsheetML namespace, as lxml spells it."""
    return f"{{{MAIN}}}{name}"


def x14(name: str) -> str:
    """`name` in the namespace of the 2010 extensions."""
    return f"{{{X14}}}{name}"


def xm(name: str) -> str:
    """`name` in the namespace that the 2010 extensions take formulas and ranges from."""
    return f"{{{XM}}}{name}"


def parse(data: bytes, part: str) -> etree._Element:
    """Parse one part.

    Nothing is fetched and no entity is expanded. White space, comments and prefixes are kept, so
    that the part can be written again without losing what we do not know.

    Raises:
        UnsafeWorkbookError: the part is not well-formed, or declares entities, which no Office
            program does.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data:  # entities that swell are stopped before the end is reached
            raise _document_type(part) from error
        raise UnsafeWorkbookError(
            f"the workbook is damaged: {part} inside it cannot be read as XML ({error.msg}).",
            remedy="Open the workbook in Excel, let it repair the file, save it and try again.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _document_type(part)
    return root


def _document_type(part: str) -> UnsafeWorkbookError:
    return UnsafeWorkbookError(
        f"{part} inside the workbook declares a document type or entities, which no Office "
        "program writes and which can be used to do harm.",
        remedy="Nothing was read from it. Ask whoever sent the file where it came from.",
    )


def serialise(root: etree._Element) -> bytes:
    """The whole part as bytes in UTF-8, with Excel's own declaration."""
    return DECLARATION + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def canonical(element: etree._Element, *, without: Iterable[str] = ()) -> bytes:
    """The element in a form that does not depend on the order of attributes, or on where its
    namespaces are declared; it does on their prefixes.

    Args:
        element: Any element; it is not changed.
        without: Attributes of the element itself that do not count.
    """
    twin = copy.deepcopy(element)
    twin.tail = None
    for name in without:
        twin.attrib.pop(name, "")
    return etree.tostring(twin, method="c14n", exclusive=True, with_tail=False)


def parent_of(element: etree._Element) -> etree._Element:
    """The element that holds another, which is not the root of its part."""
    parent = element.getparent()
    assert parent is not None
    return parent


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
