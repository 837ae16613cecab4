"""Rows added at the end of an Excel table, with the rules that hold for its rows.

In Excel a table grows when somebody types right below it: its range, its filter, its drop-downs
and conditional formats. What stands below it is never moved, so nothing may stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from sheetplan.ooxml.cells import NOTHING, Stored, is_empty
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.new_cells import NewCell
from sheetplan.ooxml.ranges import LAST_ROW, Area, cell_name
from sheetplan.ooxml.rules import Rule, rules_of
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.tables import Table, tables_of
from sheetplan.ooxml.xml import main

_NOT_COPIED = ("hidden", "collapsed")  # a new row is to be seen
_HEIGHT = ("ht", "customHeight")

Contents = Mapping[int, Mapping[int, Stored]]
"""What cells hold, by row and column."""


@dataclass(frozen=True)
class NewTableRows:
    """Rows that will stand under the last one of a table, each with the look of another row of it.

    Attributes:
        table: The table.
        old: The table's cells before it grows.
        sources: The rows whose look the new ones take, one for each.
    """

    table: Table
    old: Area
    sources: tuple[int, ...]

    @classmethod
    def under(cls, table: Table, sources: Iterable[int]) -> NewTableRows:
        """New rows for a table that has not grown yet."""
        return cls(table, table.area, tuple(sources))

    @property
    def targets(self) -> range:
        """The new rows."""
        first = self.old.last_row + 1
        return range(first, first + len(self.sources))

    @property
    def _area(self) -> Area:
        return replace(self.old, first_row=self.targets.start, last_row=self.targets.stop - 1)

    def obstacle(self) -> str:
        """Why the table cannot grow, to follow "because"; empty where it can."""
        sheet, area = self.table.sheet, self._area
        if self.table.is_fed:
            return "a query fills it"
        if self.table.totals_rows:
            return "it ends with a row of totals"
        if area.last_row > LAST_ROW:
            return "the sheet has no more rows"
        others = [t for t in tables_of(sheet.workbook, sheet) if t.part != self.table.part]
        if any(other.area.overlaps(area) for other in others):
            return "another table stands right below it"
        if any(merged.overlaps(area) for merged in sheet.merged):
            return "merged cells stand right below it"
        filled = next(self._filled(area), "")
        return f"something stands right below it, in {filled}" if filled else ""

    def _filled(self, area: Area) -> Iterator[str]:
        rows = self.table.sheet.rows
        for row in self.targets:
            if row in rows:
                for column, cell in cells_of(rows[row]):
                    if area.contains(row, column) and not is_empty(cell):
                        yield cell_name(row, column)

    def reformatted(self) -> list[str]:
        """The empty cells below the table whose look will be that of its rows instead."""
        rows, columns = self.table.sheet.rows, self._columns
        found = []
        for source, target in zip(self.sources, self.targets, strict=True):
            for column in columns:
                old = rows.cell(target, column) if target in rows else None
                if old is not None and old.get("s") != self._style(source, column):
                    found.append(cell_name(target, column))
        return found

    @property
    def _columns(self) -> range:
        return range(self.old.first_column, self.old.last_column + 1)

    def _style(self, source: int, column: int) -> str | None:
        cell = self.table.sheet.rows.cell(source, column)
        return None if cell is None else cell.get("s")

    def edits(self) -> list[Edit]:
        """What makes the table and its rules hold for the new rows."""
        old = self.old
        new = replace(old, last_row=self.targets.stop - 1)
        part, package = self.table.part, self.table.sheet.workbook.package

        def make() -> None:
            with package.editing(part) as root:
                root.set("ref", new.corners)
                for element in root.iter(main("autoFilter")):
                    if Area.parse(element.get("ref", old.corners)) == old:
                        element.set("ref", new.corners)

        name = self.table.sheet.name
        grown = [Edit(f"table {self.table.name}", name, str(old), str(new), make)]
        for rule in rules_of(self.table.sheet):
            areas = rule.areas
            longer = [self._stretched(area) for area in areas]
            if longer != areas:
                grown.append(self._rule_edit(rule, areas, longer))
        return grown

    def _stretched(self, area: Area) -> Area:
        """The area of a rule that ends with the table's last row, made to end with the new one."""
        if area.last_row != self.old.last_row or not area.overlaps(self.old):
            return area
        return replace(area, last_row=self.targets.stop - 1)

    def _rule_edit(self, rule: Rule, old: list[Area], new: list[Area]) -> Edit:
        before, after = (", ".join(map(str, areas)) for areas in (old, new))
        return Edit(rule.what, self.table.sheet.name, before, after, lambda: rule.set_areas(new))

    def make_cells(
        self, contents: Contents | None = None, heights: Mapping[int, str] | None = None
    ) -> None:
        """Make the new rows' cells; inside `Workbook.editing` of the sheet.

        Args:
            contents: What they hold; all others are empty.
            heights: How tall rows are, in points, empty where that is for Excel to say. All others
                are as tall as the row whose look they take.
        """
        sheet, rows = self.table.sheet, self.table.sheet.rows
        looks = {source: self._look(source) for source in dict.fromkeys(self.sources)}
        for source, target in zip(self.sources, self.targets, strict=True):
            settings, styles = looks[source]
            held = (contents or {}).get(target, {})
            cells = [NewCell(column, s, held.get(column, NOTHING)) for column, s in styles]
            height = (heights or {}).get(target)
            if target in rows:
                for cell in cells:
                    sheet.put_cell(target, cell)
                if height is not None:
                    _set_height(sheet.ensure_row(target), height)
                continue
            if height is not None:
                settings = {k: v for k, v in settings.items() if k not in _HEIGHT}
                if height:
                    settings["ht"] = height
            rows.add(target, settings, cells)
        sheet.grow_dimension(self.targets.stop - 1, self.old.last_column)

    def _look(self, source: int) -> tuple[dict[str, str], list[tuple[int, str | None]]]:
        """The height and the like of a row, and the styles of its cells."""
        settings = self.table.sheet.rows.settings(source)
        copied = {name: value for name, value in settings.items() if name not in _NOT_COPIED}
        return copied, [(column, self._style(source, column)) for column in self._columns]


def _set_height(row: etree._Element, height: str) -> None:
    """Make a row as tall as it says, in points; empty where that is for Excel to say."""
    for name in _HEIGHT:
        row.attrib.pop(name, "")
    if height:
        row.set("ht", height)
