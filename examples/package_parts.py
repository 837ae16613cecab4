"""Adds to a finished workbook the parts that Microsoft 365 writes and XlsxWriter cannot.

They are what an improvement plan picks up on its way through a council: a sensitivity label,
SharePoint's properties, threaded comments, drop-downs and icons of the 2010 kind, printer settings.
Nothing here is random and every date is fixed, so that the same input gives the same bytes.
"""

import struct
from collections.abc import Iterable, Mapping

from example_plan import Thread
from lxml import etree
from package import MAIN, RELATED, WORKBOOK, Package, fixed_id, new_root

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PROPERTIES = "http://schemas.microsoft.com/office/2006/metadata/properties"
PARTNERS = "http://schemas.microsoft.com/office/infopath/2007/PartnerControls"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LABELS = "http://schemas.microsoft.com/office/2020/mipLabelMetadata"
MICROSOFT_RELATED = "http://schemas.microsoft.com/office"

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CHOICES_EXTENSION = "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
FORMATS_EXTENSION = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"


def add_printer_settings(package: Package, titles: Iterable[str]) -> None:
    """Give each sheet the settings of a shared office printer, as Excel stores them (DEVMODE)."""
    for number, title in enumerate(titles, start=1):
        name = f"printerSettings/printerSettings{number}.bin"
        package.add(f"xl/{name}", _printer_settings(), f"{SHEET_TYPE}.printerSettings")
        part = package.sheet(title)
        root = package.xml(part)
        new = package.relate(part, f"{RELATED}/printerSettings", f"../{name}")
        setup = root.find(f"{{{MAIN}}}pageSetup")
        assert setup is not None, f"{title} has no page settings"
        setup.set(f"{{{RELATED}}}id", new)
        package.put(part, root)


def _printer_settings() -> bytes:
    device = "Collect Anywhere".encode("utf-16-le").ljust(64, b"\0")
    version, size, extra, fields = 0x0401, 220, 0, 0x0001 | 0x0002 | 0x0100
    landscape, a3, copies = 2, 8, 1
    start = struct.pack("<4HI", version, version, size, extra, fields)
    page = struct.pack("<5H", landscape, a3, 0, 0, 100) + struct.pack("<H", copies)
    return (device + start + page).ljust(size, b"\0")


def add_director_list(package: Package, title: str, cells: str, source: str) -> None:
    """Offer the list of directors on these cells with a drop-down of the 2010 kind.

    Excel writes that kind when the list was picked by pointing at another sheet.
    """
    part = package.sheet(title)
    root = package.xml(part)
    group = _extension(root, CHOICES_EXTENSION, "dataValidations")
    group.set("count", "1")
    choice = etree.SubElement(group, f"{{{X14}}}dataValidation")
    choice.attrib.update(
        {
            "type": "list",
            "errorStyle": "information",
            "allowBlank": "1",
            "showInputMessage": "1",
            "showErrorMessage": "1",
            "errorTitle": "Director Lead",
            "error": "This is not the title of a director on the list.",
        }
    )
    formula = etree.SubElement(choice, f"{{{X14}}}formula1")
    etree.SubElement(formula, f"{{{XM}}}f").text = source
    etree.SubElement(choice, f"{{{XM}}}sqref").text = cells
    package.put(part, root)


def add_change_icons(package: Package, title: str, cells: str) -> None:
    """Put triangles beside the changes; the three triangles are a set that Excel 2010 brought."""
    part = package.sheet(title)
    root = package.xml(part)
    group = _extension(root, FORMATS_EXTENSION, "conditionalFormattings")
    rules = etree.SubElement(group, f"{{{X14}}}conditionalFormatting", nsmap={"xm": XM})
    rule = etree.SubElement(rules, f"{{{X14}}}cfRule")
    rule.attrib.update({"type": "iconSet", "priority": "2", "id": fixed_id("change-icons")})
    icons = etree.SubElement(rule, f"{{{X14}}}iconSet", {"iconSet": "3Triangles"})
    for kind, value in (("percent", "0"), ("num", "0"), ("num", "1")):
        limit = etree.SubElement(icons, f"{{{X14}}}cfvo", {"type": kind})
        etree.SubElement(limit, f"{{{XM}}}f").text = value
    etree.SubElement(rules, f"{{{XM}}}sqref").text = cells
    package.put(part, root)


def _extension(root: etree._Element, uri: str, group: str) -> etree._Element:
    """The group of this name inside the sheet's extension list, made where it is missing."""
    found = root.find(f".//{{{X14}}}{group}")
    if found is not None:
        return found
    extensions = root.find(f"{{{MAIN}}}extLst")
    if extensions is None:
        extensions = etree.SubElement(root, f"{{{MAIN}}}extLst")
    entry = etree.SubElement(extensions, f"{{{MAIN}}}ext", {"uri": uri}, nsmap={"x14": X14})
    return etree.SubElement(entry, f"{{{X14}}}{group}", nsmap={"xm": XM})


def add_threads(package: Package, title: str, threads: Mapping[str, Thread], number: int) -> None:
    """Add the threaded comments of one sheet, by cell, over the notes that stand in for them."""
    part = package.sheet(title)
    root = new_root(THREADED, "ThreadedComments", x=MAIN)
    for cell, thread in threads.items():
        first = fixed_id(thread.entry_name(0))
        for place, comment in enumerate(thread.comments):
            entry = etree.SubElement(root, f"{{{THREADED}}}threadedComment")
            entry.attrib.update({"ref": cell, "dT": comment.at})
            entry.set("personId", fixed_id(f"person/{comment.person}"))
            entry.set("id", fixed_id(thread.entry_name(place)))
            if place:
                entry.set("parentId", first)
            elif thread.resolved:
                entry.set("done", "1")
            etree.SubElement(entry, f"{{{THREADED}}}text").text = comment.text
    name = f"threadedComments/threadedComment{number}.xml"
    package.add(f"xl/{name}", root, "application/vnd.ms-excel.threadedcomments+xml")
    package.relate(part, f"{MICROSOFT_RELATED}/2017/10/relationships/threadedComment", f"../{name}")
    _join_notes(package, part, threads)


def _join_notes(package: Package, part: str, threads: Mapping[str, Thread]) -> None:
    """Say on each stand-in note which thread it stands for."""
    name = package.related(part, f"{RELATED}/comments")
    old = package.xml(name)
    root = new_root(MAIN, "comments", mc=MC, xr=XR)
    root.set(f"{{{MC}}}Ignorable", "xr")
    root.extend(list(old))
    for note in root.iter(f"{{{MAIN}}}comment"):
        thread = threads.get(str(note.get("ref")))
        if thread is not None:
            note.set("shapeId", "0")
            note.set(f"{{{XR}}}uid", fixed_id(thread.entry_name(0)))
    package.put(name, root)


def add_persons(package: Package, people: Iterable[str]) -> None:
    """Add the list of people who have written in a thread."""
    root = new_root(THREADED, "personList", x=MAIN)
    for person in people:
        entry = etree.SubElement(root, f"{{{THREADED}}}person")
        mailbox = person.lower().replace(" ", ".") + "@wexcombe.example"
        account = fixed_id(f"account/{person}").strip("{}").lower()
        entry.attrib.update({"displayName": person, "id": fixed_id(f"person/{person}")})
        entry.attrib.update({"userId": f"S::{mailbox}::{account}", "providerId": "AD"})
    package.add("xl/persons/person.xml", root, "application/vnd.ms-excel.person+xml")
    kind = f"{MICROSOFT_RELATED}/2017/10/relationships/person"
    package.relate(WORKBOOK, kind, "persons/person.xml")


def add_label(package: Package) -> None:
    """Add the sensitivity label in the part where Microsoft 365 looks for it first."""
    root = etree.Element(f"{{{LABELS}}}labelList", nsmap={"clbl": LABELS})
    label = etree.SubElement(root, f"{{{LABELS}}}label")
    label.attrib.update({"id": fixed_id("label/official").lower(), "enabled": "1"})
    label.attrib.update({"method": "Standard", "siteId": fixed_id("tenant").lower()})
    label.attrib.update({"contentBits": "2", "removed": "0"})
    name = "docMetadata/LabelInfo.xml"
    package.add(name, root, "application/vnd.ms-office.classificationlabels+xml")
    package.relate("", f"{MICROSOFT_RELATED}/2020/02/relationships/classificationlabels", name)


def add_library_properties(package: Package, period: str) -> None:
    """Add the properties that a SharePoint library keeps inside the files that it holds."""
    space = fixed_id("library").strip("{}").lower()
    root = etree.Element(
        f"{{{PROPERTIES}}}properties", nsmap={"p": PROPERTIES, "xsi": XSI, "pc": PARTNERS}
    )
    management = etree.SubElement(root, "documentManagement")
    entry = etree.SubElement(management, f"{{{space}}}ReportingPeriod", nsmap={"library": space})
    entry.text = period
    terms = etree.SubElement(management, f"{{{space}}}TaxKeywords", nsmap={"library": space})
    etree.SubElement(terms, f"{{{PARTNERS}}}Terms")
    empty = etree.SubElement(management, f"{{{space}}}TaxCatchAll", nsmap={"library": space})
    empty.set(f"{{{XSI}}}nil", "true")
    package.add("customXml/item1.xml", root, "")

    store = etree.Element(f"{{{CUSTOM}}}datastoreItem", nsmap={"ds": CUSTOM})
    store.set(f"{{{CUSTOM}}}itemID", fixed_id("library/item"))
    schemas = etree.SubElement(store, f"{{{CUSTOM}}}schemaRefs")
    for uri in (PROPERTIES, PARTNERS):
        etree.SubElement(schemas, f"{{{CUSTOM}}}schemaRef", {f"{{{CUSTOM}}}uri": uri})
    content_type = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    package.add("customXml/itemProps1.xml", store, content_type)
    package.relate("customXml/item1.xml", f"{RELATED}/customXmlProps", "itemProps1.xml")
    package.relate(WORKBOOK, f"{RELATED}/customXml", "../customXml/item1.xml")
