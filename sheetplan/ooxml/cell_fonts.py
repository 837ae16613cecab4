"""The fonts of cells, and stretches of rich text that stand in them.

A stretch with formatting of its own takes nothing from its cell: what its <rPr> does not say is the
program's default, in another font and size than the words beside it (ISO/IEC 29500-1, 18.4.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from lxml import etree

from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.format_lists import FormatLists
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN, local_name, main

_FONT_NAME, _RUN_FONT_NAME = "name", "rFont"
_ORDER = (
    "b i strike condense extend outline shadow u vertAlign sz color rFont family charset scheme"
).split()
"""The order in which Excel writes the properties of a stretch."""


_TYPEFACE = ("sz", "rFont", "family", "charset", "scheme")
_SYMBOLS = "2"  # the charset of fonts that have pictures for letters
_OFF = ("0", "false", "none")


class CellFonts:
    """The fonts of a workbook's cells, by the cell format that they wear (their `s`)."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook

    def colours(self, cell_format: str | None) -> frozenset[str]:
        """The colours of a cell's font and of the workbook's usual one, each in six hexadecimal
        figures.

        Both, since LibreOffice gives a cell of rich text the font of its first stretch.
        """
        named = (self._font(each).get("color", {}) for each in (cell_format, None))
        return frozenset(colour["rgb"][-6:].upper() for colour in named if "rgb" in colour)

    def worn_by(self, runs: Iterable[Run], cell_format: str | None) -> tuple[Run, ...]:
        """Stretches in the font of a cell, with what makes each of them stand out."""
        return tuple(
            Run(run.text, self._dressed(run.properties, cell_format)) if run.properties else run
            for run in runs
        )

    def beside(self, properties: bytes, cell_format: str | None, *, bold: bool) -> bytes:
        """Properties for words that are put beside others: in their font and size, and in the
        colour of their cell, since colours of single words mean something. Beside a tick of
        Wingdings, whose font has no letters, they are in the font of their cell.

        Args:
            properties: Those of the words beside; none where they look as their cell.
            cell_format: The format of the cell.
            bold: Whether the new words are bold.
        """
        usual = self._font(cell_format)
        near = _settings(etree.fromstring(properties)) if properties else usual
        if near.get("charset", {}).get("val") == _SYMBOLS:
            near = usual
        said = {name: near[name] for name in _TYPEFACE if name in near}
        said |= {"color": usual["color"]} if "color" in usual else {}
        return _properties(said | ({"b": {}} if bold else {}))

    def not_bold(self, properties: bytes, cell_format: str | None) -> bytes:
        """Properties for words that look as before but are not bold; the same where they are not.

        Words that are underlined too, as leads of a commentary are, stay as they are.

        Args:
            properties: Those of the words; none where they look as their cell.
            cell_format: The format of the cell.
        """
        element = etree.fromstring(properties or _properties(self._font(cell_format)))
        said = _settings(element)
        if not _is_on(said, "b") or _is_on(said, "u"):
            return properties
        for bold in element.findall(main("b")):
            element.remove(bold)
        return etree.tostring(element)

    def _dressed(self, properties: bytes, cell_format: str | None) -> bytes:
        return _properties(self._font(cell_format) | _settings(etree.fromstring(properties)))

    def _font(self, cell_format: str | None) -> dict[str, Mapping[str, str]]:
        """What a cell's font says, as a stretch says it."""
        chosen = self._item("cellXfs", cell_format)
        font = None if chosen is None else self._item("fonts", chosen.get("fontId"))
        said = {} if font is None else _settings(font)
        if _FONT_NAME in said:
            said[_RUN_FONT_NAME] = said.pop(_FONT_NAME)
        return said

    def _item(self, name: str, index: str | None) -> etree._Element | None:
        """What stands at a place of a list; None where there is no such place."""
        items, place = self._lists.items(name), index or "0"
        return items[int(place)] if place.isdecimal() and int(place) < len(items) else None

    @cached_property
    def _lists(self) -> FormatLists:
        return self._workbook.styles.lists


def _settings(element: etree._Element) -> dict[str, Mapping[str, str]]:
    """The properties of a <font> or an <rPr> by their names."""
    return {
        local_name(child): {str(name): str(value) for name, value in child.attrib.items()}
        for child in element
        if local_name(child)
    }


def _properties(said: Mapping[str, Mapping[str, str]]) -> bytes:
    """An <rPr> that says what `said` does."""
    made = etree.fromstring(f'<rPr xmlns="{MAIN}"/>')
    for name in _ORDER:
        if name in said:
            etree.SubElement(made, main(name), dict(said[name]))
    return etree.tostring(made)


def _is_on(said: Mapping[str, Mapping[str, str]], name: str) -> bool:
    return name in said and said[name].get("val", "1") not in _OFF
