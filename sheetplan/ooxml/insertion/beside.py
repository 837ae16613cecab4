"""Parts that belong to a sheet or read it, moved: notes, tables, pivot tables and their sources."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import etree

from sheetplan.ooxml.insertion.frames import move_cells, move_filter
from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.tables import Table, copied_columns, escaped, free_heading
from sheetplan.ooxml.xml import local_name, main

_NOTES = ("comment", "threadedComment")
_SOURCES = (main("worksheetSource"), main("rangeSet"), main("dataRef"))


def move_notes(root: etree._Element, moving: Moving) -> None:
    """Move notes, or what was said in threads, to where their cells are."""
    for element in root.iter("*"):
        reference = element.get("ref")
        if reference and local_name(element) in _NOTES:
            element.set("ref", moving.cells(reference, f"the note on {reference}"))


def move_mapped_cells(root: etree._Element, moving: Moving) -> None:
    """Move single cells that are mapped to XML."""
    for element in root.iter(main("singleXmlCell")):
        move_cells(element, moving, f"the mapped cell {element.get('r')}")


def move_sources(root: etree._Element, own_sheet: str, moving: Moving) -> None:
    """Move what pivot tables and consolidations are made from, where it lies on the sheet."""
    for source in root.iter(*_SOURCES):
        is_elsewhere = any(str(name).endswith("}id") for name in source.attrib)
        reference = source.get("ref")
        if (
            reference
            and not is_elsewhere
            and moving.insertion.is_on(source.get("sheet", own_sheet))
        ):
            source.set("ref", moving.cells(reference, f"the source {reference} of a pivot table"))


def look_at_pivot_table(root: etree._Element, moving: Moving) -> None:
    """Find a pivot table that would have to move: where each of its pieces stands is for Excel to
    say."""
    location = root.find(main("location"))
    reference = "" if location is None else location.get("ref", "")
    if reference and Area.parse(reference).last_column >= moving.insertion.at:
        moving.refuse(
            f'the pivot table "{root.get("name")}" in {reference} of sheet '
            f'"{moving.insertion.sheet}"'
        )


def move_named_views(root: etree._Element, moving: Moving) -> None:
    """Move the filters and the order of each person's own view of the sheet."""
    insertion = moving.insertion
    for filtered in root.iter("{*}nsvFilter"):
        if not filtered.get("ref"):
            continue
        first = Area.parse(filtered.get("ref", "")).first_column
        for column in filtered.iterfind(".//*[@colId]"):
            old = first + int(column.get("colId", "0"))
            column.set("colId", str(insertion.column(old) - insertion.column(first)))
        filtered.set("ref", moving.cells(filtered.get("ref", ""), "a view of the sheet"))
    for condition in root.iter("{*}sortCondition"):
        if condition.get("ref"):
            condition.set("ref", moving.cells(condition.get("ref", ""), "a view of the sheet"))


# ---------------------------------------------------------------- tables


def move_table(
    root: etree._Element, headings: Sequence[str], moving: Moving, *, copying: bool = False
) -> None:
    """Move a table, or make it wider when the columns come inside it.

    Args:
        root: The table.
        headings: What the new columns of a table are to be called.
        moving: The insertion.
        copying: Whether the new columns are copies of as many to their left.
    """
    insertion = moving.insertion
    area = Area.parse(root.get("ref", "A1"))
    for filtered in root.iter(main("autoFilter")):
        move_filter(filtered, moving)
    for element in root.iter(main("sortState"), main("sortCondition")):
        move_cells(element, moving, f'the order of the table "{root.get("displayName")}"')
    if insertion.splits(area):
        if root.get("tableType", "worksheet") != "worksheet":
            moving.refuse(
                f'the table "{root.get("displayName")}" in {area}, which a query or an XML map '
                "fills"
            )
            return
        _add_columns(root, insertion.at - area.first_column, headings, copying=copying)
    root.set("ref", moving.cells(root.get("ref", ""), f'the table "{root.get("displayName")}"'))


def _add_columns(
    root: etree._Element, position: int, headings: Sequence[str], *, copying: bool
) -> None:
    """Put new columns into a table; they look like their left neighbour."""
    holder = root.find(main("tableColumns"))
    assert holder is not None  # the schema demands it
    columns = list(holder)
    if copying and position >= len(headings):
        twins = copied_columns(root, position - len(headings), list(headings))
        for place, twin in enumerate(twins, position):
            holder.insert(place, twin)
        holder.set("count", str(len(holder)))
        return
    number = max(int(column.get("id", "0")) for column in columns)
    for place, heading in enumerate(headings, position):
        new = copy.deepcopy(columns[position - 1])
        for child in list(new):
            new.remove(child)
        for name in list(new.attrib):
            if not str(name).endswith("DxfId"):
                del new.attrib[name]
        number += 1
        new.set("id", str(number))
        new.set("name", escaped(heading))
        holder.insert(place, new)
    holder.set("count", str(len(holder)))


def headings_for(table: Table, wanted: Sequence[str], count: int) -> list[str]:
    """Names for new columns of a table: those that are wanted, then Column1, Column2 and so on as
    Excel calls them; none that the table has."""
    taken = {name.casefold() for name in table.columns}
    names: list[str] = []
    for at in range(count):
        name = free_heading(wanted[at], taken) if at < len(wanted) else _numbered(taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _numbered(taken: set[str]) -> str:
    number = 1
    while f"column{number}" in taken:
        number += 1
    return f"Column{number}"
