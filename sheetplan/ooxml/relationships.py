"""Relationships and content types: how the parts of a package find one another.

A part is found through these and never by its file name, which is the maker's own affair
(ISO/IEC 29500-2, 6.5 and 7.2.3).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from lxml import etree

from sheetplan.ooxml.xml import CONTENT_TYPES, DECLARATION, PACKAGE_RELATIONSHIPS

_KINDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)


RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
NO_RELATIONSHIPS = DECLARATION + f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"/>'.encode()
_RELATIONSHIP = f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"
_OVERRIDE = f"{{{CONTENT_TYPES}}}Override"
_NUMBERED = re.compile(r"rId(\d{1,9})\Z")


@dataclass(frozen=True)
class Relationship:
    """One arrow from a part to another, or out of the package.

    `target` is a part's name, or what is external as it is spelled. `place` is what stands behind
    the # of a target inside the package: a link to a cell has nothing else.
    """

    id: str
    type: str
    target: str
    external: bool
    place: str = ""

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
    for element in root.iterchildren(_RELATIONSHIP):
        external = element.get("TargetMode") == "External"
        target, place = element.get("Target", ""), ""
        if not external:
            start, _, place = target.partition("#")
            target = part_name(start, source) if start or not place else ""
        found.append(
            Relationship(element.get("Id", ""), element.get("Type", ""), target, external, place)
        )
    return found


def append_relationships(
    root: etree._Element, source: str, relationships: Iterable[Relationship]
) -> None:
    """Add relationships of `source` to the root of the part that holds them."""
    for item in relationships:
        element = etree.SubElement(root, _RELATIONSHIP, Id=item.id, Type=item.type)
        if item.external:
            element.set("Target", item.target)
            element.set("TargetMode", "External")
            continue
        path = posixpath.relpath(item.target, posixpath.dirname(source)) if item.target else ""
        element.set("Target", quote(path) + (f"#{item.place}" if item.place else ""))


def free_id(taken: Iterable[str]) -> str:
    """An id that is higher than all that are taken."""
    numbers = [int(match[1]) for match in map(_NUMBERED.match, taken) if match]
    return f"rId{max(numbers, default=0) + 1}"


@lru_cache(maxsize=1_000)
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
        self._to_add: dict[str, str] = {}
        self._to_remove: dict[str, str] = {}
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

    def add(self, part: str, content_type: str) -> None:
        """Say what kind a new part is, where its ending does not say so already."""
        if self._to_remove.get(part.lower()) == content_type:  # another of that name was there
            self._parts[part.lower()] = self._to_remove.pop(part.lower())
        elif self.of(part) != content_type:
            self._parts[part.lower()] = self._to_add[part] = content_type

    def remove(self, part: str) -> None:
        """Say no longer what kind a part was."""
        kind = self._parts.pop(part.lower(), None)
        if self._to_add.pop(part, None) is None and kind is not None:
            self._to_remove[part.lower()] = kind

    @property
    def is_settled(self) -> bool:
        """Whether the package's own list says all this."""
        return not self._to_add and not self._to_remove

    def settle(self, root: etree._Element) -> None:
        """Bring the list, given by its root, up to what this says."""
        for element in list(root.iterchildren(_OVERRIDE)):
            if element.get("PartName", "").lstrip("/").lower() in self._to_remove:
                root.remove(element)
        for part, kind in self._to_add.items():
            etree.SubElement(root, _OVERRIDE, PartName=f"/{part}", ContentType=kind)
        self._to_add.clear()
        self._to_remove.clear()
