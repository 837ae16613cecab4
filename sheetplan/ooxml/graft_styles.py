"""The formats of one workbook as another one has them, added to it where it has none alike."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from sheetplan.errors import CannotGraftError
from sheetplan.ooxml.palette import Palette, settle_colours
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main

_MOST_FORMATS = 65_490  # cell formats in a workbook, Excel's specifications and limits
_FIRST_FREE_NUMBER_FORMAT = 164  # those below are Excel's own (18.8.30)
_NORMAL = "0"  # the builtinId of the style that every cell has at first
# What a cell format takes from elsewhere, and the attribute that says that it is its own.
_APPLIES = {
    "numFmtId": "applyNumberFormat",
    "fontId": "applyFont",
    "fillId": "applyFill",
    "borderId": "applyBorder",
}
_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


class GraftedStyles:
    """What a source's cell formats, rule formats and colours are in a target.

    `write` adds to the target what it did not have; until then it is as it was.
    """

    def __init__(self, source: Workbook, target: Workbook) -> None:
        self._target = target
        self._palettes = Palette(source), Palette(target)
        self._theirs = source.styles.lists
        self._ours = target.styles.lists
        self._number_formats = {
            item.get("formatCode", ""): item.get("numFmtId", "0")
            for item in self._ours.items("numFmts")
        }
        self._styles: dict[int, int] = {}

    def write(self) -> None:
        """Add the formats that were asked for to the target.

        Raises:
            CannotGraftError: it has as many as Excel allows.
        """
        if len(self._ours.items("cellXfs")) > _MOST_FORMATS:
            raise CannotGraftError(
                f"the workbook has as many cell formats as Excel allows ({_MOST_FORMATS:,}).",
                where=self._target.package.name,
                remedy="In Excel remove formats that nothing uses: Home > Cell Styles, or the "
                "Inquire add-in's Clean Excess Cell Formatting.",
            )
        self._target.styles.write(self._ours)

    def settle_colours(self, element: etree._Element) -> None:
        """Make the colours under an element mean in the target what they do in the source."""
        settle_colours(element, *self._palettes)

    def cell_formats(self, indexes: Iterable[int]) -> dict[int, int]:
        """The target's cell formats by those of the source; the source's default is always there.

        One that the source does not have is its default.
        """
        theirs = self._theirs.items("cellXfs")
        if not theirs:
            return dict.fromkeys({0, *indexes}, 0)
        return {
            index: self._ours.index_of(
                "cellXfs", self._format(theirs[index if index < len(theirs) else 0], is_style=False)
            )
            for index in sorted({0, *indexes})
        }

    def rule_formats(self, indexes: Iterable[int]) -> dict[int, int]:
        """The target's rule formats by those of the source; one that it does not have is left
        out."""
        theirs = self._theirs.items("dxfs")
        return {
            index: self._ours.index_of("dxfs", self._twin(theirs[index]))
            for index in sorted(set(indexes))
            if index < len(theirs)
        }

    def has_style(self, name: str) -> bool:
        """Whether the target has a cell style of a name."""
        return any(
            style.get("name", "").casefold() == name.casefold()
            for style in self._ours.items("cellStyles")
        )

    # ---------------------------------------------------------------- formats

    def _format(self, xf: etree._Element, *, is_style: bool) -> etree._Element:
        """A cell format, or what a style says of cells, with its pieces found in the target."""
        twin = self._twin(xf)
        twin.set("numFmtId", self._number_format(xf.get("numFmtId", "0")))
        for attribute, name in _LISTS.items():
            pieces = self._theirs.items(name)
            place = int(xf.get(attribute, "0"))
            found = 0
            if place < len(pieces):
                found = self._ours.index_of(name, self._twin(pieces[place]))
            twin.set(attribute, str(found))
        if not is_style:
            style = self._style(int(xf.get("xfId", "0")))
            twin.set("xfId", str(style))
            self._say_what_is_its_own(twin, self._ours.items("cellStyleXfs")[style])
        return twin

    def _say_what_is_its_own(self, xf: etree._Element, style: etree._Element) -> None:
        """The target's style of the same name may look otherwise: then the cell's look counts."""
        for attribute, applies in _APPLIES.items():
            if xf.get(attribute) != style.get(attribute, "0"):
                xf.set(applies, "1")
        for child in ("alignment", "protection"):
            if xf.find(main(child)) is not None:
                xf.set(f"apply{child.title()}", "1")

    def _number_format(self, number: str) -> str:
        """The id of a number format: the target's for the same code, or a new one."""
        codes = {i.get("numFmtId"): i.get("formatCode", "") for i in self._theirs.items("numFmts")}
        code = codes.get(number)
        if code is None:
            return number
        known = self._number_formats
        if code not in known:
            highest = max(map(int, known.values()), default=0)
            known[code] = str(max(highest + 1, _FIRST_FREE_NUMBER_FORMAT))
            item = etree.Element(main("numFmt"), numFmtId=known[code], formatCode=code)
            self._ours.append("numFmts", item)
        return known[code]

    def _style(self, place: int) -> int:
        """The place of a named style's format in the target, by the place in the source."""
        if place not in self._styles:
            self._styles[place] = self._find_style(place)
        return self._styles[place]

    def _find_style(self, place: int) -> int:
        formats = self._theirs.items("cellStyleXfs")
        named = [s for s in self._theirs.items("cellStyles") if s.get("xfId") == str(place)]
        style = named[0] if named and place < len(formats) else None
        if style is None or style.get("builtinId") == _NORMAL:
            return self._normal()
        for other in self._ours.items("cellStyles"):
            if _is_same_style(style, other):
                return int(other.get("xfId", "0"))
        self._normal()  # or the new style would take its place
        added = self._ours.append("cellStyleXfs", self._format(formats[place], is_style=True))
        twin = self._twin(style)
        twin.set("xfId", str(added))
        self._ours.append("cellStyles", twin)
        return added

    def _normal(self) -> int:
        """The place of the format of the target's style Normal."""
        for name in ("cellStyleXfs", "cellStyles"):
            self._ours.fill_first_places(name)
        for style in self._ours.items("cellStyles"):
            if style.get("builtinId") == _NORMAL:
                place = int(style.get("xfId", "0"))
                return place if place < len(self._ours.items("cellStyleXfs")) else 0
        return 0

    def _twin(self, element: etree._Element) -> etree._Element:
        """A copy of a format that stands by itself, with colours that mean the same in the target.

        Attributes of other namespaces go: the target may not know them.
        """
        twin = _bare(element)
        self.settle_colours(twin)
        source, target = self._palettes
        if source.fonts != target.fonts:
            for scheme in list(twin.iter(main("scheme"))):  # "the theme's font" is another there
                parent = scheme.getparent()
                if parent is not None:
                    parent.remove(scheme)
        return twin


def _is_same_style(style: etree._Element, other: etree._Element) -> bool:
    """Whether two cell styles are one: by Excel's number for its own, or by name.

    RowLevel_1 and the like share a number, which their level tells apart (18.8.7).
    """
    number = style.get("builtinId")
    if number is not None and number == other.get("builtinId"):
        return style.get("iLevel") == other.get("iLevel")
    return style.get("name", "").casefold() == other.get("name", "").casefold()


def _bare(element: etree._Element) -> etree._Element:
    attributes = {str(k): str(v) for k, v in element.attrib.items() if not str(k).startswith("{")}
    twin = etree.Element(element.tag, attributes)
    twin.text = (element.text or "").strip() or None
    twin.extend([_bare(child) for child in element if isinstance(child.tag, str)])
    return twin
