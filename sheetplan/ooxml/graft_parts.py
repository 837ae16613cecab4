"""The parts that a sheet leads to, copied into another workbook: drawings, charts, tables …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from sheetplan.errors import CannotGraftError
from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.graft_names import NewNames
from sheetplan.ooxml.graft_styles import GraftedStyles
from sheetplan.ooxml.relationships import Relationship
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import local_name, main, parse, serialise

# Kinds of parts that stand by themselves. A pivot table, a slicer, a query belong to the workbook.
_CARRIED = (
    "drawing chart chartStyle chartColorStyle chartUserShapes themeOverride image hyperlink table "
    "comments vmlDrawing printerSettings package"
).split()
_TABLE = ".table+xml"
_NUMBERED = re.compile(r"\d*(?=\.\w+\Z)")
_FORMATS_OF_TABLES = re.compile(r"\w*[dD]xfId\Z")
_STYLES_OF_TABLES = re.compile(r"\w*CellStyle\Z")


class GraftedParts:
    """The parts beside a sheet, as they are copied from `source` to `target`.

    Args:
        source: The workbook that the sheet comes from.
        target: The workbook that it is brought into.
        names: What its formulas call things there.
        styles: Its formats there.
        earlier_tables: The tables that the sheet had before it was made anew: they keep their
            names.
    """

    def __init__(
        self,
        source: Workbook,
        target: Workbook,
        names: NewNames,
        styles: GraftedStyles,
        earlier_tables: Iterable[str] = (),
    ) -> None:
        self._source = source.package
        self._target = target.package
        self._names = names
        self._styles = styles
        self._copied: dict[str, str] = {}
        self._taken = {name.name.casefold() for name in names_of(target)}
        self._highest_table = 0
        for part in self._target.names:
            if self._target.content_types.of(part).endswith(_TABLE):
                root = self._target.xml(part)
                names.other_tables.add(root.get("displayName", "").casefold())
                self._taken.add(root.get("name", "").casefold())
                self._highest_table = max(self._highest_table, int(root.get("id", "0")))
        self._taken |= names.other_tables
        self._earlier = list(earlier_tables)

    def name_tables(self, sheet_part: str) -> None:
        """Choose a name for each table of the sheet; formulas are rewritten by these."""
        for part in self._source.related(sheet_part, "table"):
            old = self._source.xml(part).get("displayName", "")
            new = self._table_name(old)
            self._taken.add(new.casefold())
            self._names.tables[old.casefold()] = new

    def _table_name(self, name: str) -> str:
        """The name of its earlier self, its own, or that with a number that makes it free."""
        alike = re.compile(rf"{re.escape(name)}(?:_\d+)?\Z", re.IGNORECASE)
        number, new = 1, name
        for earlier in self._earlier:
            if alike.match(earlier) and earlier.casefold() not in self._taken:
                return earlier
        while new.casefold() in self._taken:
            number += 1
            new = f"{name}_{number}"
        return new

    def relationships(self, part: str) -> list[Relationship]:
        """A part's relationships as its copy has them, what they lead to copied as well.

        Raises:
            CannotGraftError: one leads to what belongs to the workbook as a whole.
        """
        found = []
        for relationship in self._source.relationships(part):
            if relationship.kind not in _CARRIED:
                raise CannotGraftError(
                    f"it holds something that cannot be brought into another workbook "
                    f"({relationship.kind}).",
                    where=self._source.name,
                    remedy="Take it out of the template: what may stay are tables, charts, "
                    "pictures, notes and links.",
                )
            if relationship.external:
                found.append(relationship)
            elif relationship.place:
                found.append(replace(relationship, place=self._names.place(relationship.place)))
            else:
                found.append(replace(relationship, target=self._copy(relationship.target)))
        return found

    def _copy(self, part: str) -> str:
        """The name of a part's copy, which is made when it is first asked for."""
        part = self._source.resolve(part)
        if part not in self._copied:
            kind = self._source.content_types.of(part)
            name = self._copied[part] = self._target.free_name(_NUMBERED.sub("{}", part, count=1))
            self._target.add(name, self._content(part, kind), kind)
            related = self.relationships(part)
            if related:
                self._target.relate_all(name, related)
        return self._copied[part]

    def _content(self, part: str, kind: str) -> bytes:
        data = self._source.current(part)
        if kind.endswith(_TABLE):
            root = parse(data, part)
            self._change_table(root)
            return serialise(root)
        if kind.endswith((".chart+xml", ".drawing+xml")):
            root = parse(data, part)
            if self._change_drawn(root):
                return serialise(root)
        return data

    def _change_drawn(self, root: etree._Element) -> bool:
        """Rewrite the formulas of a chart, or of a drawing's boxes; whether any reads otherwise."""
        changed = False
        for element in root.iter():
            if local_name(element) == "f" and element.text:
                new = self._names.formula(element.text)
                changed |= new != element.text
                element.text = new
            if element.get("textlink"):
                new = self._names.formula(element.get("textlink", ""))
                changed |= new != element.get("textlink")
                element.set("textlink", new)
        return changed

    def _change_table(self, root: etree._Element) -> None:
        self._highest_table += 1
        new = self._names.tables[root.get("displayName", "").casefold()]
        root.set("id", str(self._highest_table))
        root.set("name", new)
        root.set("displayName", new)
        used = {
            int(value)
            for element in root.iter()
            for name, value in element.attrib.items()
            if _FORMATS_OF_TABLES.match(str(name))
        }
        formats = self._styles.rule_formats(used)
        for element in root.iter():
            for name, value in list(element.attrib.items()):
                if _FORMATS_OF_TABLES.match(str(name)):
                    renumber(element, str(name), formats)
                elif (
                    _STYLES_OF_TABLES.match(str(name)) and not self._styles.has_style(str(value))
                ) or str(name).endswith("}uid"):
                    del element.attrib[name]
        for tag in ("calculatedColumnFormula", "totalsRowFormula"):
            for formula in root.iter(main(tag)):
                formula.text = self._names.formula(formula.text or "")


def renumber(element: etree._Element, name: str, formats: dict[int, int]) -> None:
    """Put the target's number of a format in the place of the source's; none for one that was not
    there."""
    new = formats.get(int(element.get(name, "0")))
    if new is None:
        element.attrib.pop(name)
    else:
        element.set(name, str(new))
