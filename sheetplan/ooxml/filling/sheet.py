"""One sheet of a template, filled: its rows, and all that has to follow them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from lxml import etree

from sheetplan.errors import TemplateError
from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import LONGEST_TEXT, change_formula, formula_of, length
from sheetplan.ooxml.filling.cells import (
    FormulaCell,
    Frame,
    ValueCell,
    Values,
    pattern_cell,
)
from sheetplan.ooxml.filling.charts import refresh_charts
from sheetplan.ooxml.filling.drawings import follow_drawings
from sheetplan.ooxml.filling.elements import follow_elements
from sheetplan.ooxml.filling.marks import remove_lost_names, remove_marks
from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.filling.references import change_references
from sheetplan.ooxml.filling.room import SheetRoom
from sheetplan.ooxml.filling.rows import Part, PatternRow
from sheetplan.ooxml.filling.tables import follow_table, rows_to_keep
from sheetplan.ooxml.filling.text import Value
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.ranges import LAST_ROW, Area, cell_name
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import MAIN, main, parent_of, parse, serialise

Line = tuple[str, Values]
"""A line to be written: the name of its pattern row, and its values by placeholder."""

_MARKER = "rows"
_TAG = re.compile(r"<(/?)(?=\w)")


class FilledSheet:
    """A sheet that is being filled.

    Args:
        workbook: The template.
        sheet: The sheet; it is not to be used any more afterwards.
        rows: The numbers of its pattern rows, by name.
        cells: Row and column of its marked cells, by name.
        whole_rows: Whether one row is made of each line, however tall it has to be.
    """

    def __init__(
        self,
        workbook: Workbook,
        sheet: Worksheet,
        rows: Mapping[str, int],
        cells: Mapping[str, tuple[int, int]],
        *,
        whole_rows: bool = False,
    ) -> None:
        self._workbook, self._sheet = workbook, sheet
        self._tables = list(tables_of(workbook, sheet))
        self._numbers, self._cells = rows, cells
        self._room = room = SheetRoom(workbook, sheet)
        self._fonts = fonts = CellFonts(workbook)
        self._patterns = {
            number: PatternRow(
                self._own_row(number), number, workbook.reader, fonts, room, is_whole=whole_rows
            )
            for number in sorted(set(rows.values()))
        }
        self._first = min(self._patterns, default=LAST_ROW + 1)
        self._last = max(self._patterns, default=LAST_ROW)
        self._made: list[tuple[PatternRow, Part]] = []
        self._static: dict[int, etree._Element] = {}

    def _own_row(self, number: int) -> etree._Element:
        """A row of the sheet in which no formula is shared with others."""
        sheet = self._sheet
        row = sheet.rows[number] if number in sheet.rows else etree.Element(main("row"))
        for column, cell in cells_of(row):
            f = formula_of(cell)
            master = None if f is None else sheet.shared_formulas.get(f.get("si", ""))
            if f is not None and master is not None:
                home = Area.parse(master.get("r", "A1"))
                text = formula_of(master).text or ""  # type: ignore[union-attr]
                own = moved_from(text, (home.first_row, home.first_column), (number, column))
                change_formula(cell, own, keep_result=False)
        return row

    # ---------------------------------------------------------------- rows

    def make(self, lines: Iterable[Line], cells: Mapping[str, Value], blank: str) -> None:
        """Take the lines and values in; nothing of the workbook changes yet."""
        for name, values in lines:
            if name not in self._numbers:
                raise KeyError(f"{self._sheet.name} has no pattern row {name}")
            pattern = self._patterns[self._numbers[name]]
            try:
                self._made += [(pattern, part) for part in pattern.parts(values)]
            except KeyError as error:
                raise KeyError(f"row {name} of {self._sheet.name} needs {error.args[0]}") from None
        used = {pattern.number for pattern, _ in self._made}
        for number in sorted(set(rows_to_keep(self._tables, self._patterns, used)), reverse=True):
            pattern = self._patterns[number].blank(blank)
            self._made.insert(0, (pattern, pattern.parts({})[0]))
        below = max(self._sheet.rows, default=0) - self._last
        if self._made and self._first - 1 + len(self._made) + max(below, 0) > LAST_ROW:
            raise TemplateError(
                f"{len(self._made):,} rows are more than a sheet can have.", where=self._place
            )
        self._put_values(cells)

    @property
    def _place(self) -> str:
        return f"{self._workbook.package.name}, {self._sheet.name}"

    def _put_values(self, values: Mapping[str, Value]) -> None:
        """Fill the marked cells, in the sheet's own rows."""
        self._sheet.begin()
        for name, (row, column) in self._cells.items():
            if self._first <= row <= self._last:
                continue
            old = self._sheet.ensure_cell(row, column)
            cell = pattern_cell(column, old, row, self._workbook.reader, self._fonts)
            if not cell.placeholders or isinstance(cell, FormulaCell):
                cell = ValueCell(Frame.of(column, old), name, self._fonts)
            missing = [wanted for wanted in cell.placeholders if wanted not in values]
            if missing:
                raise KeyError(f"cell {name} of {self._sheet.name} needs {', '.join(missing)}")
            if length(str(cell.value(values))) > LONGEST_TEXT:
                raise ValueError(f"the text for cell {name} of {self._sheet.name} is too long")
            spelled = f'<row xmlns="{MAIN}">{cell.spell(row, values)}</row>'
            parent_of(old).replace(old, etree.fromstring(spelled)[0])

    def _moves(self) -> Moves:
        made: dict[int, list[int]] = {number: [] for number in self._patterns}
        for row, (pattern, _) in enumerate(self._made, self._first):
            made[pattern.number].append(row)
        return Moves(self._sheet.name, self._first, self._last, made)

    # ---------------------------------------------------------------- storing

    def store(self, *, besides: Collection[str]) -> bytes:
        """Write the sheet into the package, and make all that refers to its rows follow.

        Args:
            besides: Parts that are known to refer to nothing.

        Returns:
            A worksheet's text that refers to all that the sheet refers to: of the rows that were
            made it has one from each pattern.
        """
        workbook, sheet, moves = self._workbook, self._sheet, self._moves()
        package = workbook.package
        follow_elements(sheet, moves)
        for table in self._tables:
            follow_table(workbook, table, moves)
        self._settle_names(remove_marks_of=sheet.name)
        own = {sheet.part, *(table.part for table in self._tables)}
        change_references(workbook, sheet.name, moves.formula, besides={*besides, *own})
        self._settle_names()
        rows = self._rows(moves)
        empty = refresh_charts(package, sheet.name, self._value)
        follow_drawings(workbook, sheet, moves, empty)
        marker, frame = f"<?{_MARKER} ?>".encode(), serialise(sheet.root)
        package.overwrite(sheet.part, frame.replace(marker, rows, 1))
        samples = dict(self._made).items()
        made = "".join(pattern.made(1, part) for pattern, part in samples)
        return frame.replace(marker, made.encode())

    def _settle_names(self, remove_marks_of: str = "") -> None:
        package = self._workbook.package
        root = parse(package.current(package.main_part), package.main_part)
        before = serialise(root)
        if remove_marks_of:
            remove_marks(root, self._workbook.sheet_names, remove_marks_of)
        else:
            remove_lost_names(root)
        if serialise(root) != before:
            package.overwrite(package.main_part, serialise(root))

    def _rows(self, moves: Moves) -> bytes:
        """The rows that are made, as XML. The others are put into the sheet's root, with a marker
        where these belong."""
        holder = self._sheet.ensure_child("sheetData")
        for number in self._sheet.rows:
            if number < self._first:
                holder.append(self._followed(number, number, moves))
        holder.append(etree.ProcessingInstruction(_MARKER))
        for number in self._sheet.rows:
            if number > self._last:
                holder.append(self._followed(number, moves.row(number) or number, moves))
        for pattern in {pattern for pattern, _ in self._made}:
            pattern.attach(moves)
        made = enumerate(self._made, self._first)
        text = "".join([pattern.made(row, part) for row, (pattern, part) in made])
        prefix = holder.prefix
        return (_TAG.sub(rf"<\1{prefix}:", text) if prefix else text).encode()

    def _followed(self, number: int, target: int, moves: Moves) -> etree._Element:
        """A row that is no pattern, where it stands now."""
        row = self._own_row(number)
        row.set("r", str(target))
        for column, cell in cells_of(row):
            cell.set("r", cell_name(target, column))
            f = formula_of(cell)
            if f is not None and f.text:
                change_formula(cell, moves.formula(f.text, moves.sheet), keep_result=False)
            if f is not None and f.get("ref"):
                area = moves.area(Area.parse(f.get("ref", "")))
                f.set("ref", area.corners if area else cell_name(target, column))
        self._find_height(row, is_filled=number in {row for row, _ in self._cells.values()})
        self._static[target] = row
        return row

    def _find_height(self, row: etree._Element, *, is_filled: bool) -> None:
        """Make a row as tall as its words, unless it says how tall it is and is as it was."""
        if is_filled and row.get("customHeight") not in ("1", "true"):
            row.attrib.pop("ht", "")
        if row.get("ht") is None:
            points = self._room.height(self._room.static_height(row, self._workbook.reader))
            if points:
                row.set("ht", points)

    def _value(self, row: int, column: int) -> object:
        """What a cell of the filled sheet holds."""
        at = row - self._first
        if 0 <= at < len(self._made):
            pattern, part = self._made[at]
            return pattern.value(column, part.values)
        cells = dict(cells_of(self._static[row])) if row in self._static else {}
        return self._workbook.reader.value(cells.get(column))
