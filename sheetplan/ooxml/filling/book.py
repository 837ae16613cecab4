"""The workbook around the sheets: which sheets it has, what they are called, what it is about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from lxml import etree
from openpyxl.utils import quote_sheetname

from sheetplan.ooxml.filling.elements import remove
from sheetplan.ooxml.filling.moves import LOST, named_sheet
from sheetplan.ooxml.filling.references import change_references
from sheetplan.ooxml.filling.text import storable
from sheetplan.ooxml.formulas import rewrite
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, main, parent_of, parse, serialise

_SHEETS = f"{main('sheets')}/{main('sheet')}"
_NAMES = f"{main('definedNames')}/{main('definedName')}"

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATIONSHIP = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PROPERTIES = {
    "title": _DC,
    "creator": _DC,
    "language": _DC,
    "lastModifiedBy": _CORE,
    "created": _DCTERMS,
    "modified": _DCTERMS,
}
"""The vocabulary of each property (ISO/IEC 29500-2, 8.3.4)."""


def keep_only(workbook: Workbook, kept: Collection[str]) -> None:
    """Take all other sheets out of a workbook, and the names that mean their cells.

    Raises:
        KeyError: a sheet that is not there.
    """
    package = workbook.package
    wanted = {name.casefold() for name in kept}
    missing = wanted - {name.casefold() for name in workbook.sheet_names}
    if missing or not wanted:
        raise KeyError(f"no sheet {', '.join(sorted(missing))} to keep in {package.name}")
    gone = [name for name in workbook.sheet_names if name.casefold() not in wanted]
    for name in gone:
        _forget(workbook, name)
    root = parse(package.current(package.main_part), package.main_part)
    elements = list(root.iterfind(_SHEETS))
    stays = [element.get("name", "").casefold() in wanted for element in elements]
    new_index = {old: sum(stays[:old]) for old, stay in enumerate(stays) if stay}
    for defined in list(root.iterfind(_NAMES)):
        scope = defined.get("localSheetId")
        if LOST in (defined.text or "") or (scope and int(scope) not in new_index):
            remove(defined)
        elif scope:
            defined.set("localSheetId", str(new_index[int(scope)]))
    ids = set()
    for element, stay in zip(elements, stays, strict=True):
        if not stay:
            ids.add(element.get(f"{{{OFFICE_RELATIONSHIPS}}}id", ""))
            parent_of(element).remove(element)
    _show_a_sheet(root, new_index)
    package.overwrite(package.main_part, serialise(root))
    package.unrelate(package.main_part, ids)
    forget_the_list_of_sheets(package)


def _forget(workbook: Workbook, sheet: str) -> None:
    """Make every formula that reads a sheet say that it is gone."""

    def change(operand: str) -> str | None:
        return LOST if _is_on(operand, sheet) else None

    change_references(workbook, sheet, lambda formula, own: rewrite(formula, change))


def _is_on(operand: str, sheet: str) -> bool:
    place, mark, _ = operand.rpartition("!")
    return bool(mark) and named_sheet(place) == sheet.casefold()


def _show_a_sheet(root: etree._Element, new_index: dict[int, int]) -> None:
    """Make the workbook open on a sheet that is there and can be seen; Excel needs one."""
    elements = list(root.iterfind(_SHEETS))
    visible = [i for i, e in enumerate(elements) if e.get("state", "visible") == "visible"]
    if not visible:
        elements[0].attrib.pop("state", "")
        visible = [0]
    for view in root.iterfind(f"{main('bookViews')}/{main('workbookView')}"):
        active = new_index.get(int(view.get("activeTab") or 0), visible[0])
        view.set("activeTab", str(active if active in visible else visible[0]))
        view.attrib.pop("firstSheet", "")


def rename(workbook: Workbook, old: str, new: str) -> None:
    """Give a sheet another name, in everything that speaks of it.

    Raises:
        KeyError: there is no such sheet.
        SheetNameError: Excel takes no such name, or another sheet has it.
    """
    package = workbook.package
    names = [name.casefold() for name in workbook.sheet_names]
    if old.casefold() not in names:
        raise KeyError(f"no sheet {old} in {package.name}")
    if new.casefold() != old.casefold():
        workbook.refuse_name(new)

    def change(operand: str) -> str | None:
        if not _is_on(operand, old):
            return None
        return f"{quote_sheetname(new)}!{operand.rpartition('!')[2]}"

    change_references(workbook, old, lambda formula, own: rewrite(formula, change))
    root = parse(package.current(package.main_part), package.main_part)
    list(root.iterfind(_SHEETS))[names.index(old.casefold())].set("name", new)
    package.overwrite(package.main_part, serialise(root))
    forget_the_list_of_sheets(package)


def forget_the_list_of_sheets(package: Package) -> None:
    """Take the lists of sheets and names out of the file's properties: they would be false."""
    for part in package.related("", "extended-properties"):
        root = parse(package.current(part), part)
        lists = [
            child for child in root if str(child.tag).endswith(("}HeadingPairs", "}TitlesOfParts"))
        ]
        for child in lists:
            root.remove(child)
        if lists:
            package.overwrite(part, serialise(root))


def forget_the_order_of_results(package: Package) -> None:
    """Take away the order in which Excel works formulas out, which names cells (18.6)."""
    for part in package.related(package.main_part, "calcChain"):
        package.remove(part, source=package.main_part)


def set_properties(package: Package, values: dict[str, str], made: datetime | None = None) -> None:
    """Set what the file says of itself (ISO/IEC 29500-2, 8.3).

    Args:
        package: The file.
        values: Its title, creator, lastModifiedBy and language; what is left out stays.
        made: When it was made and last changed, aware of its time zone; None to leave that.
    """
    parts = package.related("", "core-properties")
    part = parts[0] if parts else "docProps/core.xml"
    if parts:
        root = parse(package.current(part), part)
    else:
        root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    for name, value in values.items():
        _property(root, name).text = storable(value)
    if made is not None:
        for name in ("created", "modified"):
            element = _property(root, name)
            element.set(f"{{{_XSI}}}type", f"{element.prefix}:W3CDTF")
            element.text = f"{made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if parts:
        package.overwrite(part, serialise(root))
    else:
        package.add(part, serialise(root), _CORE_TYPE)
        package.relate("", _CORE_RELATIONSHIP, part)


def _property(root: etree._Element, name: str) -> etree._Element:
    tag = f"{{{_PROPERTIES[name]}}}{name}"
    found = root.find(tag)
    if found is not None:
        return found
    return etree.SubElement(root, tag, nsmap={"dcterms": _DCTERMS, "xsi": _XSI})
