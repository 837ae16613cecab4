"""The zip package of a workbook: reads it, adds parts to it and writes it the same every time."""

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK = "xl/workbook.xml"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def fixed_id(name: str) -> str:
    """The same identifier every time for the same name, in the form that Office writes."""
    return f"{{{uuid5(NAMESPACE_URL, f'https://wexcombe.example/{name}')}}}".upper()


def new_root(space: str, name: str, **prefixes: str) -> etree._Element:
    """The root of a new part: its namespace is the default one, and these prefixes are declared."""
    declared: dict[Any, str] = {None: space, **prefixes}
    return etree.Element(f"{{{space}}}{name}", nsmap=declared)


class Package:
    """The members of a workbook file, with what is needed to add parts to it."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self._members = {name: archive.read(name) for name in archive.namelist()}

    def xml(self, name: str) -> etree._Element:
        """The XML of a part."""
        return etree.fromstring(self._members[name])

    def put(self, name: str, root: etree._Element) -> None:
        """Replace or add an XML part."""
        text = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
        self._members[name] = DECLARATION + text

    def add(self, name: str, data: bytes | etree._Element, content_type: str) -> None:
        """Add a part and say in [Content_Types].xml what it is."""
        if isinstance(data, bytes):
            self._members[name] = data
        else:
            self.put(name, data)
        types = self.xml("[Content_Types].xml")
        ending = PurePosixPath(name).suffix.lstrip(".")
        if ending == "bin":
            if not any(entry.get("Extension") == ending for entry in types):
                entry = etree.Element(f"{{{TYPES}}}Default")
                entry.attrib.update({"Extension": ending, "ContentType": content_type})
                types.insert(0, entry)
        elif content_type:
            entry = etree.SubElement(types, f"{{{TYPES}}}Override")
            entry.attrib.update({"PartName": f"/{name}", "ContentType": content_type})
        self.put("[Content_Types].xml", types)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part (or the package, "") to another one and give the relationship's id."""
        name = self._relationships(source)
        if name in self._members:
            root = self.xml(name)
        else:
            root = new_root(PACKAGE_RELATED, "Relationships")
        new = f"rId{len(root) + 1}"
        entry = etree.SubElement(root, f"{{{PACKAGE_RELATED}}}Relationship")
        entry.attrib.update({"Id": new, "Type": kind, "Target": target})
        self.put(name, root)
        return new

    def related(self, source: str, kind: str) -> str:
        """The part that a sheet is related to in this way, by its name in the package."""
        for entry in self.xml(self._relationships(source)):
            if entry.get("Type") == kind:
                return "xl/" + str(entry.get("Target")).removeprefix("../")
        raise LookupError(f"{source} has no relationship of type {kind}")

    def sheet(self, title: str) -> str:
        """The part of the sheet with this name; XlsxWriter numbers the parts in sheet order."""
        titles = [entry.get("name") for entry in self.xml(WORKBOOK).iter(f"{{{MAIN}}}sheet")]
        return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"

    def save(self, path: Path) -> None:
        """Write the package with every member dated alike, whatever the machine and the day."""
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in self._members.items():
                info = zipfile.ZipInfo(name, FIRST_ZIP_DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                info.external_attr = 0
                archive.writestr(info, data, compresslevel=9)

    @staticmethod
    def _relationships(source: str) -> str:
        path = PurePosixPath(source)
        return f"{path.parent}/_rels/{path.name}.rels" if source else "_rels/.rels"
