"""Cell formats and rule formats: read by index, appended at the end, never reordered.

Cells, rules and tables point at formats by position (ISO/IEC 29500-1, 18.8), so an index that was
given out keeps its meaning for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.xml.functions import tostring

from sheetplan.ooxml.format_lists import NO_STYLES, FormatLists
from sheetplan.ooxml.xml import MAIN, OFFICE_RELATIONSHIPS, main

if TYPE_CHECKING:
    from sheetplan.ooxml.package import Package
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True)
class RuleColours:
    """How a conditional format draws a cell: six hexadecimal figures for each colour."""

    fill: str
    text: str
    edge: str

    def as_xml(self) -> etree._Element:
        """The format as a <dxf> (18.8.14). White words are bold: they are easier to read so."""
        side = Side(style="thin", color=f"FF{self.edge}")
        bold = self.text.upper() == "FFFFFF" or None
        style = DifferentialStyle(
            font=Font(name=None, sz=None, family=None, b=bold, color=f"FF{self.text}"),
            fill=PatternFill(bgColor=f"FF{self.fill}"),
            border=Border(left=side, right=side, top=side, bottom=side),
        )
        spelled = bytes(tostring(style.to_tree("dxf")))
        return etree.fromstring(spelled.replace(b"<dxf", f'<dxf xmlns="{MAIN}"'.encode(), 1))


class Styles:
    """The workbook's styles part."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package = package
        self._part = part

    @property
    def can_grow(self) -> bool:
        """Whether there is a part to add formats to; some programs write none."""
        return self._part is not None

    @cached_property
    def _formats(self) -> list[str]:
        """The number format code of each cell format."""
        if self._part is None:
            return []
        root = self._package.xml(self._part)
        custom = {
            int(item.get("numFmtId", "-1")): item.get("formatCode", "")
            for item in root.iterfind(f"{main('numFmts')}/{main('numFmt')}")
        }
        return [
            custom.get(number) or str(BUILTIN_FORMATS.get(number, "General"))
            for number in (
                int(xf.get("numFmtId") or 0)
                for xf in root.iterfind(f"{main('cellXfs')}/{main('xf')}")
            )
        ]

    def number_format(self, index: int) -> str:
        """The number format code of a cell format, "General" for one that does not exist."""
        return self._formats[index] if 0 <= index < len(self._formats) else "General"

    def is_date(self, index: int) -> bool:
        """Whether numbers in this cell format show as dates or times."""
        return bool(is_date_format(self.number_format(index)))

    @cached_property
    def _locks(self) -> list[bool]:
        """Whether each cell format locks its cells, which it does unless it says otherwise."""
        found = []
        for xf in self.lists.items("cellXfs"):
            protection = xf.find(main("protection"))
            stated = "1" if protection is None else protection.get("locked", "1")
            found.append(stated not in ("0", "false"))
        return found

    def is_locked(self, index: int) -> bool:
        """Whether cells of this format are locked, as soon as their sheet is protected."""
        return self._locks[index] if 0 <= index < len(self._locks) else True

    def add_rule_formats(self, formats: list[etree._Element]) -> list[int]:
        """Give each <dxf> an index: that of an equal one, or a new one at the end.

        Raises:
            ValueError: the workbook has no styles part.
        """
        if self._part is None:
            raise ValueError("the workbook has no styles part")
        lists = self.lists
        indexes = [lists.index_of("dxfs", dxf) for dxf in formats]
        self.write(lists)
        return indexes

    @property
    def lists(self) -> FormatLists:
        """The lists of formats, to look formats up in and to add some; `write` keeps these."""
        if self._part is None:
            return FormatLists(etree.fromstring(NO_STYLES))
        return FormatLists(self._package.xml(self._part))

    def write(self, lists: FormatLists) -> None:
        """Put what was added to the lists at their ends; into a new part where there is none."""
        if not lists.has_grown:
            return
        if self._part is None:
            package, usual = self._package, "xl/styles.xml"  # where some programs look for it
            self._part = package.free_name("xl/styles{}.xml") if usual in package else usual
            package.add(self._part, NO_STYLES, _STYLES)
            package.relate(package.main_part, f"{OFFICE_RELATIONSHIPS}/styles", self._part)
        with self._package.editing(self._part) as root:
            lists.write(root)
        for name in ("_formats", "_locks"):
            self.__dict__.pop(name, None)
