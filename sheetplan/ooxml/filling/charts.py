"""Charts of a template: their words and colours, and what they remember of the cells.

A chart keeps the values that it drew last beside each reference (ISO/IEC 29500-1, 21.2.2.117).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.filling.moves import LOST, named_sheet
from sheetplan.ooxml.filling.text import number_text, storable
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.xml import CHART, parent_of, parse, serialise

CellValue = Callable[[int, int], object]
"""The value of a cell by its row and column."""

CHART_TYPE = ".drawingml.chart+xml"
_COLOUR = "{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"
_CACHE_OF = {"numRef": "numCache", "strRef": "strCache", "multiLvlStrRef": "multiLvlStrCache"}


@dataclass(frozen=True)
class SeriesLook:
    """What a series is called, and the colours that take the place of others: "0F7A52"."""

    name: str
    colours: Mapping[str, str]


def restyle_series(package: Package, looks: Mapping[str, SeriesLook | None]) -> None:
    """Give the series of all charts the looks of their names, and take out those without any.

    A name that the chart takes from a cell stays: the cell says it.
    """
    for part, root in _charts(package):
        before = serialise(root)
        for series in list(root.iter(_c("ser"))):
            name = series.find(_c("tx"))
            words = None if name is None else next(name.iter(_c("v")), None)
            if words is None or (words.text or "") not in looks:
                continue
            look = looks[words.text or ""]
            if look is None:
                parent_of(series).remove(series)
                continue
            if parent_of(words) is name:
                words.text = look.name
            for drawn in series.iterchildren(_c("spPr")):
                for colour in drawn.iter(_COLOUR):
                    value = colour.get("val", "")
                    colour.set("val", look.colours.get(value, value))
        after = serialise(root)
        if after != before:
            package.overwrite(part, after)


def _charts(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for part in package.names:
        if package.content_types.of(part).endswith(CHART_TYPE):
            yield part, parse(package.current(part), part)


def refresh_charts(package: Package, sheet: str, value: CellValue) -> set[str]:
    """Make all charts remember what the cells of a sheet hold now.

    A series whose values are gone goes too.

    Returns:
        The charts of which no series is left.
    """
    empty = set()
    for part, root in _charts(package):
        before = serialise(root)
        gone = [series for series in root.iter(_c("ser")) if _has_lost_its_values(series)]
        for series in gone:
            parent_of(series).remove(series)
        if gone and next(root.iter(_c("ser")), None) is None:
            empty.add(part)
        for kind, cache in _CACHE_OF.items():
            for reference in root.iter(_c(kind)):
                _remember(reference, _c(cache), sheet, value)
        after = serialise(root)
        if after != before:
            package.overwrite(part, after)
    return empty


def _has_lost_its_values(series: etree._Element) -> bool:
    return any(
        LOST in (reference.text or "")
        for values in series.iterchildren(_c("val"), _c("yVal"))
        for reference in values.iter(_c("f"))
    )


def _c(name: str) -> str:
    return f"{{{CHART}}}{name}"


def _remember(reference: etree._Element, cache_tag: str, sheet: str, value: CellValue) -> None:
    place, _, cells = (reference.findtext(_c("f")) or "").rpartition("!")
    if named_sheet(place) != sheet.casefold():
        return
    try:
        area = Area.parse(cells)
    except ValueError:
        return
    cache = reference.find(cache_tag)
    if cache is None:
        cache = etree.Element(cache_tag)
        reference.find(_c("f")).addnext(cache)  # type: ignore[union-attr]
    for child in list(cache):
        if child.tag != _c("formatCode"):
            cache.remove(child)
    rows = range(area.first_row, area.last_row + 1)
    columns = range(area.first_column, area.last_column + 1)
    levels = [[value(row, column) for row in rows] for column in columns]
    if cache_tag == _c("multiLvlStrCache"):
        etree.SubElement(cache, _c("ptCount"), val=str(len(rows)))
        for values in reversed(levels):  # the innermost labels come first
            _points(etree.SubElement(cache, _c("lvl")), values)
    else:
        values = [item for level in zip(*levels, strict=True) for item in level]
        etree.SubElement(cache, _c("ptCount"), val=str(len(values)))
        _points(cache, values, only_numbers=cache_tag == _c("numCache"))


def _points(
    holder: etree._Element, values: Sequence[object], *, only_numbers: bool = False
) -> None:
    for index, value in enumerate(values):
        is_number = isinstance(value, (int, float))
        if value in (None, "") or (only_numbers and not is_number):
            continue
        point = etree.SubElement(holder, _c("pt"), idx=str(index))
        text = number_text(value) if isinstance(value, (int, float)) else storable(str(value))
        etree.SubElement(point, _c("v")).text = text
