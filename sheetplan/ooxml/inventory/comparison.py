"""What a change did to a part: what stayed, what was added, what grew, changed or went.

This is how the promise is checked. Both forms of a part are compared as text that `xml.serialise`
made of them, so that a row which begins with all that it held before is known to be unchanged
without looking at each of its cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from lxml import etree

from sheetplan.ooxml.inventory.elements import (
    compare_content_types,
    compare_custom_properties,
    compare_relationships,
    compare_sheet_elements,
    compare_styles,
    compare_table,
    compare_workbook_elements,
)
from sheetplan.ooxml.inventory.rows import compare_rows
from sheetplan.ooxml.plain_form import plain_form
from sheetplan.ooxml.sheet_rows import split_sheet
from sheetplan.ooxml.xml import parse, serialise

if TYPE_CHECKING:
    from sheetplan.ooxml.package import Package


ALL_OF_IT = "all of it"
"""The place that stands for everything in a part. Agreed, it lets the whole part be another."""

THE_PART = "the part"
"""The place of a part that is added or gone."""


class Kind(Enum):
    """What happened to a thing."""

    ADDED = "added"
    GROWN = "grown"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two forms of a part."""

    kind: Kind
    part: str
    place: str
    detail: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind.value, self.part, self.place, self.detail)))


@dataclass
class Comparison:
    """The differences between two packages, or two forms of one part, and what stayed."""

    differences: list[Difference] = field(default_factory=list)
    cells_unchanged: int = 0
    cells_filled: int = 0
    cells_added: int = 0
    cells_changed: int = 0
    cells_lost: int = 0
    cells_moved: int = 0

    def add(self, other: Comparison) -> None:
        """Count another part's comparison in."""
        self.differences += other.differences
        self.cells_unchanged += other.cells_unchanged
        self.cells_filled += other.cells_filled
        self.cells_added += other.cells_added
        self.cells_changed += other.cells_changed
        self.cells_lost += other.cells_lost
        self.cells_moved += other.cells_moved

    def broken(self, agreed: frozenset[tuple[str, str]] = frozenset()) -> list[Difference]:
        """What is lost or reads differently, apart from the agreed (part, place) pairs.

        The place "all of it" agrees to every change in that part, though not to its going.
        """
        return [
            d
            for d in self.differences
            if d.kind in (Kind.CHANGED, Kind.LOST)
            and (d.part, d.place) not in agreed
            and (d.place == THE_PART or (d.part, ALL_OF_IT) not in agreed)
        ]


def compare_part(part: str, content_type: str, before: bytes, after: bytes) -> Comparison:
    """Compare two forms of one XML part, both as `xml.serialise` gives them.

    A part of a kind that has no rule of its own may not change at all.
    """
    comparison = Comparison()

    def note(kind: str, place: str, detail: str = "") -> None:
        comparison.differences.append(Difference(Kind(kind), part, place, detail))

    rule = _rule(part, content_type)
    if rule is None and content_type.endswith(".worksheet+xml"):
        _compare_sheet(before, after, part, note, comparison)
        return comparison
    if rule is None:
        if before != after:
            note("changed", ALL_OF_IT)
    else:
        rule(parse(before, part), parse(after, part), note)
    return comparison


Note = Callable[..., None]
Rule = Callable[[etree._Element, etree._Element, Note], None]

_RULES: list[tuple[str, Rule]] = [
    (".sheet.main+xml", compare_workbook_elements),
    (".sheet.macroEnabled.main+xml", compare_workbook_elements),
    (".styles+xml", compare_styles),
    (".table+xml", compare_table),
    (".custom-properties+xml", compare_custom_properties),
]


def _rule(part: str, content_type: str) -> Rule | None:
    """How two forms of a part are compared. The package's own are known by their names: what they
    are said to be is what their ending is, and that may be anything."""
    if part == "[Content_Types].xml":
        return compare_content_types
    if part.endswith(".rels"):
        return compare_relationships
    return next((rule for ending, rule in _RULES if content_type.endswith(ending)), None)


def _compare_sheet(
    before: bytes, after: bytes, part: str, note: Note, comparison: Comparison
) -> None:
    old_head, old_rows, old_tail = split_sheet(before)
    new_head, new_rows, new_tail = split_sheet(after)
    old_frame, new_frame = old_head + old_tail, new_head + new_tail
    count = compare_rows(old_frame, old_rows, new_frame, new_rows, note)
    comparison.cells_unchanged += count.unchanged
    comparison.cells_filled += count.filled
    comparison.cells_added += count.added
    comparison.cells_changed += count.changed
    comparison.cells_lost += count.lost
    compare_sheet_elements(parse(old_frame, part), parse(new_frame, part), note)


def compare_packages(before: Package, after: Package) -> Comparison:
    """Compare two packages part by part, each read from its own file."""
    comparison = Comparison()
    for name in before.names:
        if name not in after:
            comparison.differences.append(Difference(Kind.LOST, name, THE_PART))
            continue
        old, new = before.read(name), after.read(name)
        kind = before.content_types.of(name)
        is_sheet = kind.endswith(".worksheet+xml")
        if old != new or is_sheet:
            if is_sheet:
                old, new = plain_form(old, name), plain_form(new, name)
            elif name.endswith((".xml", ".rels")):
                old, new = serialise(before.xml(name)), serialise(after.xml(name))
            comparison.add(compare_part(name, kind, old, new))
    for name in after.names:
        if name not in before:
            comparison.differences.append(Difference(Kind.ADDED, name, THE_PART))
    return comparison
