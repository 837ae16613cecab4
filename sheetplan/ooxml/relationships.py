"""Relationships and content types: how the parts of a package find one another.

A part is found through these and never by its file name, which is the maker's own affair
(ISO/IEC 29500-2, 6.5 and 7.2.3).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from sheetplan.ooxml.xml import CONTENT_TYPES, PACKAGE_RELATIONSHIPS

_KINDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)


@dataclass(frozen=True)
class Relationship:
    """One arrow from a part to another, or out of the package."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: worksheet, styles, sharedStrings, comments …"""
        return self.type.rstrip("/").rpartition("/")[2]

    @property
    def is_office(self) -> bool:
        """Whether the type is one of the standard's own, transitional or strict."""
        return self.type.startswith(_KINDS)


def relationships_part(part: str) -> str:
    """The part that holds `part`'s relationships; the package's own for an empty name."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def read_relationships(root: etree._Element, source: str) -> list[Relationship]:
    """The relationships of `source`, with targets made part names."""
    found = []
    for element in root.iterchildren(f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = part_name(target, source)
        found.append(Relationship(element.get("Id", ""), element.get("Type", ""), target, external))
    return found


def part_name(target: str, source: str) -> str:
    """`target`, which may be relative to `source`, as a name inside the package."""
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


class ContentTypes:
    """What kind each part is, by its name or by its ending; neither minds capitals."""

    def __init__(self, root: etree._Element) -> None:
        self._parts: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        for element in root.iterchildren(f"{{{CONTENT_TYPES}}}*"):
            kind = element.get("ContentType", "")
            name, ending = element.get("PartName"), element.get("Extension")
            if name is not None:
                self._parts[name.lstrip("/").lower()] = kind
            elif ending is not None:
                self._endings[ending.lower()] = kind

    def of(self, part: str) -> str:
        """The content type of a part, empty when the package does not say."""
        by_ending = self._endings.get(part.rpartition(".")[2].lower(), "")
        return self._parts.get(part.lower(), by_ending)
