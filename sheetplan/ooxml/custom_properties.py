"""Properties that a workbook carries beside its sheets, each a name and a value.

Excel shows them under File > Info > Properties > Advanced > Custom. Sensitivity labels and
SharePoint keep theirs in the same list (ISO/IEC 29500-1, 22.3).
"""

from __future__ import annotations

from itertools import count

from lxml import etree

from sheetplan.errors import WorkbookError
from sheetplan.ooxml.inventory.elements import place_of_property
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.xml import DECLARATION, OFFICE_RELATIONSHIPS

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_KIND = "custom-properties"
_PROPERTY, _TEXT = f"{{{_PROPERTIES}}}property", f"{{{_TYPES}}}lpwstr"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every property that a person named
_FIRST_ID = 2  # 0 and 1 are the list's own
_NO_PROPERTIES = DECLARATION + f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>'.encode()


def read_properties(package: Package) -> dict[str, str]:
    """The properties by name, numbers and dates as they are stored; lists and the like left out.

    What cannot be read says nothing: a workbook that came back may have lost its properties.
    """
    try:
        roots = [package.xml(part) for part in package.related("", _KIND)]
    except WorkbookError:
        return {}
    return {
        element.get("name", ""): value.text or ""
        for root in roots
        for element in root.iterchildren(_PROPERTY)
        for value in element.iterchildren(f"{{{_TYPES}}}*")
        if len(value) == 0
    }


def set_property(package: Package, name: str, value: str) -> frozenset[tuple[str, str]]:
    """Give the workbook a property of this name and value, or another value to the one it has.

    Returns:
        The (part, place) pairs that the promise has to be told are agreed; none for a new one.

    Raises:
        UnsafeWorkbookError: the part that holds the properties cannot be read.
        ValueError: a character that no XML can hold.
    """
    part = _part(package)
    agreed = frozenset[tuple[str, str]]()
    with package.editing(part) as root:
        listed = list(root.iterchildren(_PROPERTY))
        found = next((e for e in listed if e.get("name", "").casefold() == name.casefold()), None)
        if found is None:
            taken = {e.get("pid") for e in listed}
            free = next(number for number in map(str, count(_FIRST_ID)) if number not in taken)
            found = etree.SubElement(root, _PROPERTY, fmtid=_FORMAT_ID, pid=free, name=name)
        elif [(e.tag, e.text) for e in found] == [(_TEXT, value)]:
            return frozenset()
        else:
            agreed = frozenset({(part, place_of_property(found))})
            for child in list(found):
                found.remove(child)
        etree.SubElement(found, _TEXT, nsmap={"vt": _TYPES}).text = value
    return agreed


def _part(package: Package) -> str:
    """The part that holds the properties, made where there is none."""
    parts = package.related("", _KIND)
    if parts:
        return parts[0]
    usual = "docProps/custom.xml"
    part = package.free_name("docProps/custom{}.xml") if usual in package else usual
    package.add(part, _NO_PROPERTIES, _CONTENT_TYPE)
    package.relate("", f"{OFFICE_RELATIONSHIPS}/{_KIND}", part)
    return part
