"""Columns inserted into a sheet: each part of the workbook moved, and put in place only then.

What Excel does by itself when a person inserts columns. Two things are done otherwise: a link to a
place in the workbook goes on leading to the same cells, which Excel forgets, and a note's box goes
with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.insertion.anchors import move_drawing_anchors, moved_vml
from sheetplan.ooxml.insertion.beside import (
    headings_for,
    look_at_pivot_table,
    move_mapped_cells,
    move_named_views,
    move_notes,
    move_sources,
    move_table,
)
from sheetplan.ooxml.insertion.formula_places import move_formulas
from sheetplan.ooxml.insertion.frames import move_frame
from sheetplan.ooxml.insertion.known import MOVED, look_for_obstacles
from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.insertion.relative_rules import look_at_relative_rules
from sheetplan.ooxml.insertion.rows import Rows
from sheetplan.ooxml.insertion.shifting import Insertion
from sheetplan.ooxml.inventory.undoing import Undoing
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.ranges import LAST_COLUMN, column_letters
from sheetplan.ooxml.sheet_rows import sheet_data_prefix, split_sheet
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, main, parse, serialise

# What several sheets may lead to.
_SHARED = ("pivotCacheDefinition", "slicerCache", "timelineCache", "worksheet", "workbook")
_IN_WORDS = {
    ".chart+xml": "a chart",
    ".chartex+xml": "a chart",
    ".drawing+xml": "a shape",
    ".table+xml": "a table",
    ".controlproperties+xml": "a form control",
    ".connections+xml": "a data connection",
}
# A reference such as Sheet1:Sheet3!A1, which may span the sheet without naming it.
_SPANNING = re.compile(rb"<(?:\w+:)?f(?:ormula\d?)?\b[^>]*>[^<]*:[^<!]*!")


@dataclass(frozen=True)
class Inserted:
    """What an insertion did.

    Attributes:
        sheet: The sheet's name.
        at: The first new column.
        count: How many are new.
        agreed: The (part, place) pairs that `save` has to be told are agreed.
        remarks: What a person should look at, a sentence each: what cannot be known to read the
            right cells.
    """

    sheet: str
    at: int
    count: int
    agreed: frozenset[tuple[str, str]] = frozenset()
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        first, last = column_letters(self.at), column_letters(self.at + self.count - 1)
        return f"{self.sheet}: {first if first == last else f'{first}:{last}'} inserted"


def insert_columns(
    workbook: Workbook,
    sheet: Worksheet,
    at: int,
    count: int,
    *,
    headings: Sequence[str] = (),
    copying: bool = False,
) -> Inserted:
    """Insert columns into a sheet, and move all in the workbook that refers to those right of them.

    The new columns are empty, and as wide as the one to their left. In a table that they come
    inside of they get heading cells, which Excel demands.

    Args:
        workbook: The workbook; nothing in it has changed when this raises.
        sheet: One of its sheets, which is not being edited.
        at: The first new column; what stood there moves right.
        count: How many columns are new.
        headings: What the new columns of such a table are called; otherwise Column1 and so on.
        copying: Whether the new columns of such a table are worked out, and counted in its totals,
            as those to their left are that will be copied into them.

    Raises:
        CannotInsertColumnsError: the workbook holds something that would be harmed, or the columns
            do not fit. The message names all of it.
    """
    if not 1 <= at <= LAST_COLUMN or count < 1:
        raise ValueError(f"{count} columns cannot come at column {at}")
    with workbook.package.naming_the_file():
        inserting = _Inserting(workbook, sheet, at, count, headings, copying)
        return inserting.carry_out()


Change = Callable[[bytes], bytes]


class _Inserting:
    def __init__(
        self,
        workbook: Workbook,
        sheet: Worksheet,
        at: int,
        count: int,
        headings: Sequence[str],
        copying: bool,
    ) -> None:
        self._workbook, self._sheet = workbook, sheet
        self._package = workbook.package
        self._insertion = Insertion(sheet.name, at, count, tuple(workbook.sheet_names))
        self._moving = Moving(self._insertion)
        self._wanted, self._copying = headings, copying
        self._headings = self._headings_inside()
        self._owners = _owners(self._package)

    def carry_out(self) -> Inserted:
        """Find how every part moves, and only when nothing is in the way move them."""
        look_for_obstacles(self._workbook, self._sheet, self._moving)
        look_at_relative_rules(self._sheet, self._moving)
        self._moving.raise_obstacles()
        changes = [(part, self._change(part)) for part in self._parts()]
        moves = [self._package.planned_move(part, change) for part, change in changes]
        self._moving.raise_obstacles()
        heading_rows = self._heading_rows()
        for move in moves:
            self._package.move(move, self._undoing(move.part))
        for sheet in self._workbook.sheets:
            sheet.read_anew()
        self._write_headings(heading_rows)
        insertion = self._insertion
        return Inserted(
            insertion.sheet, insertion.at, insertion.count, self._forget_order(),
            self._moving.remarks,
        )  # fmt: skip

    def _undoing(self, part: str) -> Undoing:
        insertion = self._insertion
        return Undoing(insertion.sheet, insertion.at, insertion.count, self._owners.get(part, ""))

    # ---------------------------------------------------------------- parts

    def _parts(self) -> Iterator[str]:
        """The parts that may have to change: those of the sheet, and those that may name it."""
        for part in self._package.names:
            kind = self._package.content_types.of(part)
            if kind.endswith(MOVED) and (
                self._insertion.is_on(self._owners.get(part, ""))
                or self._may_name(self._package.current(part))
            ):
                yield part

    def _may_name(self, data: bytes) -> bool:
        """A quick look; a name that may be spelled in several ways needs the careful one."""
        name = self._insertion.sheet.lower()
        is_plain = name.isascii() and name.replace(" ", "").isalnum()
        return not is_plain or name.encode() in data.lower() or bool(_SPANNING.search(data))

    def _change(self, part: str) -> Change:
        kind = self._package.content_types.of(part)
        own = self._owners.get(part, "")
        if kind.endswith(".vmlDrawing"):
            return partial(moved_vml, own_sheet=own, place=part, moving=self._moving)
        if kind.endswith(".worksheet+xml"):
            return partial(self._moved_sheet, part, own)
        return partial(self._moved_part, part, kind, own)

    def _moved_sheet(self, part: str, own: str, data: bytes) -> bytes:
        head, rows, tail = split_sheet(data)
        moved = Rows(rows, sheet_data_prefix(data), own, self._moving).moved()
        frame = head + tail
        root = parse(frame, part)
        before = serialise(root)
        move_formulas(root, own, f'a rule or link on sheet "{own}"', self._moving)
        move_sources(root, own, self._moving)
        if self._insertion.is_on(own):
            move_frame(root, self._moving)
        after = serialise(root)
        if after != before:
            head, _, tail = split_sheet(after)
        return head + moved + tail

    def _moved_part(self, part: str, kind: str, own: str, data: bytes) -> bytes:
        root = parse(data, part)
        move_formulas(root, own, _in_words(part, kind, own), self._moving)
        move_sources(root, own, self._moving)
        if self._insertion.is_on(own):
            self._move_what_belongs(root, part, kind)
        return serialise(root)

    def _move_what_belongs(self, root: etree._Element, part: str, kind: str) -> None:
        """Move a part of the sheet itself."""
        moving = self._moving
        if kind.endswith(".drawing+xml"):
            move_drawing_anchors(root, moving)
        elif kind.endswith((".comments+xml", ".threadedcomments+xml")):
            move_notes(root, moving)
        elif kind.endswith(".table+xml"):
            move_table(root, self._headings.get(part, ()), moving, copying=self._copying)
        elif kind.endswith(".tableSingleCells+xml"):
            move_mapped_cells(root, moving)
        elif kind.endswith(".pivotTable+xml"):
            look_at_pivot_table(root, moving)
        elif kind.endswith(".namedsheetviews+xml"):
            move_named_views(root, moving)

    # ---------------------------------------------------------------- headings of tables

    def _headings_inside(self) -> dict[str, list[str]]:
        """By the parts of tables that the columns come inside of: the names of the new ones."""
        return {
            table.part: headings_for(table, self._wanted, self._insertion.count)
            for table in tables_of(self._workbook, self._sheet)
            if self._insertion.splits(table.area)
        }

    def _heading_rows(self) -> dict[int, list[str]]:
        """The same by the rows in which these tables have their headings."""
        tables = tables_of(self._workbook, self._sheet)
        return {
            table.header_row: self._headings[table.part]
            for table in tables
            if table.part in self._headings and table.header_row is not None
        }

    def _write_headings(self, rows: dict[int, list[str]]) -> None:
        """Give the new columns of tables their heading cells, which look like their neighbour."""
        if not rows:
            return
        first = self._insertion.at
        with self._workbook.editing(self._sheet) as sheet:
            for row, headings in rows.items():
                like = sheet.cell(row, first - 1)
                for column, heading in enumerate(headings, first):
                    cell = sheet.ensure_cell(row, column)
                    if like is not None and like.get("s"):
                        cell.set("s", like.get("s", ""))
                    put_text(cell, [Run(heading)])

    # ---------------------------------------------------------------- results

    def _forget_order(self) -> frozenset[tuple[str, str]]:
        """Let Excel work all formulas out again: the order in which it did names cells (18.6)."""
        package = self._package
        main_part = package.main_part
        orders = {r.id for r in package.relationships(main_part) if r.kind == "calcChain"}
        if orders or self._moving.has_formulas:
            self._workbook.recalculate_on_opening()
        return package.unrelate(main_part, orders)


def _owners(package: Package) -> dict[str, str]:
    """The sheet that each part belongs to, be it its own or something that stands on it."""
    identifiers = {r.id: r for r in package.relationships(package.main_part)}
    owners: dict[str, str] = {}
    sheets = package.xml(package.main_part).iterfind(f"{main('sheets')}/{main('sheet')}")
    for sheet in sheets:
        relationship = identifiers.get(sheet.get(f"{{{OFFICE_RELATIONSHIPS}}}id", ""))
        to_do = [relationship] if relationship is not None else []
        while to_do:
            target = to_do.pop().target
            if target in package and package.resolve(target) not in owners:
                part = package.resolve(target)
                owners[part] = sheet.get("name", "")
                to_do += [
                    r
                    for r in package.relationships(part)
                    if not r.external and r.kind not in _SHARED and r.target
                ]
    return owners


def _in_words(part: str, kind: str, own: str) -> str:
    """What a person is told a formula stands in."""
    what = next((words for ending, words in _IN_WORDS.items() if kind.endswith(ending)), part)
    return f'{what} on sheet "{own}"' if own else what
