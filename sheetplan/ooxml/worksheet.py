"""One worksheet: its rows and cells, and its other elements in the order that Excel demands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from sheetplan.errors import DamagedWorkbookError
from sheetplan.ooxml.ranges import Area, cell_name, column_letters, column_number
from sheetplan.ooxml.xml import local_name, main

if TYPE_CHECKING:
    from sheetplan.ooxml.workbook import Workbook

# CT_Worksheet, ISO/IEC 29500-1, 18.3.1.99. Excel calls a sheet in another order corrupt.
CHILD_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
    "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions "
    "pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture "
    "oleObjects controls webPublishItems tableParts extLst"
).split()
_PLACE = {name: place for place, name in enumerate(CHILD_ORDER)}

_ROW, _C = main("row"), main("c")


class Worksheet:
    """A worksheet of an open workbook.

    Reading works on the part as it was read. Writing happens inside `Workbook.editing(sheet)`;
    the row index is made again for each side.
    """

    def __init__(self, workbook: Workbook, name: str, part: str, state: str) -> None:
        self.workbook = workbook
        self.name = name
        self.part = part
        self.state = state

    def __repr__(self) -> str:
        return f"<Worksheet {self.name!r}>"

    @property
    def root(self) -> etree._Element:
        """The <worksheet> element."""
        return self.workbook.package.xml(self.part)

    # ---------------------------------------------------------------- elements

    def child(self, name: str) -> etree._Element | None:
        """The sheet's element of a name, such as "autoFilter"."""
        return self.root.find(main(name))

    def ensure_child(self, name: str) -> etree._Element:
        """The sheet's element of a name, made in its right place if it is not there."""
        found = self.child(name)
        return found if found is not None else self.insert_child(etree.Element(main(name)))

    def insert_child(self, element: etree._Element) -> etree._Element:
        """Put an element among the sheet's own where Excel expects it, after others like it."""
        place = _PLACE[local_name(element)]
        root = self.root
        for sibling in root.iterchildren(reversed=True):
            if _place_of(sibling) <= place:
                sibling.addnext(element)
                return element
        root.insert(0, element)
        return element

    # ---------------------------------------------------------------- rows and cells

    @cached_property
    def rows(self) -> dict[int, etree._Element]:
        """The rows that stand in the sheet, by number, in order.

        Raises:
            DamagedWorkbookError: rows out of order or twice: Excel would drop cells in silence.
        """
        data = self.root.find(main("sheetData"))
        if data is None:
            return {}
        rows: dict[int, etree._Element] = {}
        last = 0
        for row in data.iterchildren(_ROW):
            number = int(row.get("r") or last + 1)
            if number <= last:
                raise DamagedWorkbookError(
                    f"row {number} of sheet {self.name} comes after row {last}.",
                    where=self.workbook.package.name,
                    remedy="Open it in Excel, let it repair the file, save it and try again.",
                )
            rows[number] = row
            last = number
        return rows

    def forget_rows(self) -> None:
        """Make the row index anew when it is next asked for."""
        self.__dict__.pop("rows", None)
        self.__dict__.pop("shared_formulas", None)

    def cell(self, row: int, column: int) -> etree._Element | None:
        """The cell element, or None where nothing was ever typed or formatted."""
        element = self.rows.get(row)
        if element is None:
            return None
        name = cell_name(row, column)
        # Most rows have a cell in every column: then it stands at its own number.
        if len(element) >= column:
            guess = element[column - 1]
            if guess.get("r") == name:
                return guess
        for position, cell in cells_of(element):
            if position == column:
                return cell
        return None

    def ensure_row(self, number: int) -> etree._Element:
        """The row element, made in its right place if it is not there."""
        row = self.rows.get(number)
        if row is None:
            data = self.ensure_child("sheetData")
            row = etree.Element(_ROW, r=str(number))
            later = next((r for n, r in self.rows.items() if n > number), None)
            if later is None:
                data.append(row)
            else:
                later.addprevious(row)
            self.forget_rows()
        return row

    def ensure_cell(self, row: int, column: int) -> etree._Element:
        """The cell element, made in its right place if it is not there.

        The row's `spans` goes: it is a hint for readers (18.3.1.73) that would now be false.
        """
        cell = self.cell(row, column)
        if cell is not None:
            return cell
        element = self.ensure_row(row)
        element.attrib.pop("spans", "")
        name_the_cells(element, row)
        cell = etree.Element(_C, r=cell_name(row, column))
        for sibling in element.iterchildren(_C, reversed=True):
            if column_of(sibling) < column:
                sibling.addnext(cell)
                return cell
        element.insert(0, cell)
        return cell

    def grow_dimension(self, row: int, column: int) -> None:
        """Make the sheet's stated extent hold a cell."""
        dimension = self.child("dimension")
        if dimension is None or not dimension.get("ref"):
            return
        area = Area.parse(dimension.get("ref", ""))
        grown = Area(
            min(area.first_row, row),
            min(area.first_column, column),
            max(area.last_row, row),
            max(area.last_column, column),
        )
        if grown != area:
            dimension.set("ref", str(grown))

    # ---------------------------------------------------------------- values

    def value(self, row: int, column: int) -> object:
        """The value of a cell, None for an empty one."""
        return self.workbook.reader.value(self.cell(row, column))

    def text(self, row: int, column: int) -> str:
        """The value of a cell as words."""
        return self.workbook.reader.text(self.cell(row, column))

    @cached_property
    def shared_formulas(self) -> dict[str, etree._Element]:
        """The cells that hold the text of a shared formula, by its index (18.3.1.40)."""
        masters: dict[str, etree._Element | None] = {}
        for f in self.root.iter(main("f")):
            index = f.get("si")
            if f.get("t") == "shared" and f.text and index is not None:
                masters.setdefault(index, f.getparent())
        return {index: cell for index, cell in masters.items() if cell is not None}

    @property
    def merged(self) -> list[Area]:
        """The merged areas."""
        merges = self.child("mergeCells")
        if merges is None:
            return []
        return [Area.parse(item.get("ref", "")) for item in merges.iterchildren(main("mergeCell"))]


def _place_of(element: etree._Element) -> int:
    """Where an element of a sheet belongs; a choice of markups belongs where its content does."""
    if local_name(element) == "AlternateContent":
        inside = [_PLACE[local_name(e)] for e in element.iter() if local_name(e) in _PLACE]
        return min(inside, default=len(_PLACE))
    return _PLACE.get(local_name(element), len(_PLACE))


def column_of(cell: etree._Element) -> int:
    """The column of a cell that has a name."""
    return column_number(cell.get("r", "").rstrip("0123456789"))


def cells_of(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns; a cell without a name follows the one before it."""
    column = 0
    for cell in row.iterchildren(_C):
        column = column_of(cell) if cell.get("r") else column + 1
        yield column, cell


def cells_beyond(row: etree._Element, last: int) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row to the right of a column, from right to left."""
    for cell in row.iterchildren(_C, reversed=True):
        if not cell.get("r"):
            yield from [(c, e) for c, e in reversed(list(cells_of(row))) if c > last]
            return
        column = column_of(cell)
        if column <= last:
            return
        yield column, cell


def name_the_cells(row: etree._Element, number: int) -> None:
    """Give the row and its cells the names that they may leave out (18.3.1.4, r)."""
    if row.get("r") is None:
        row.set("r", str(number))
    for column, cell in cells_of(row):
        if cell.get("r") is None:
            cell.set("r", f"{column_letters(column)}{number}")
