"""One worksheet: its rows and cells, and its other elements in the order that Excel demands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from sheetplan.ooxml.cells import Stored, put, words_for
from sheetplan.ooxml.new_cells import NewCell
from sheetplan.ooxml.plain_form import ReadForm, form_to_read, plain_form, refuse_broken
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.sheet_rows import SheetRows, column_of
from sheetplan.ooxml.usual_cells import UnusualCellError, value_in
from sheetplan.ooxml.xml import local_name, main, parse, serialise

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

_C = main("c")


class Worksheet:
    """A worksheet of an open workbook.

    Reading works on the part as it was read. Writing happens inside `Workbook.editing(sheet)`,
    where the rows that are touched are open: their elements are the sheet's own.
    """

    def __init__(self, workbook: Workbook, name: str, part: str, state: str) -> None:
        self.workbook = workbook
        self.name = name
        self.part = part
        self.state = state
        self.is_being_edited = False

    def __repr__(self) -> str:
        return f"<Worksheet {self.name!r}>"

    # ---------------------------------------------------------------- the part

    @cached_property
    def _form(self) -> ReadForm:
        """The part in its plain form."""
        package = self.workbook.package
        with package.naming_the_file():
            return form_to_read(package.current(self.part), self.part)

    @property
    def _data(self) -> bytes:
        return self._form.data

    @cached_property
    def rows(self) -> SheetRows:
        """The rows that stand in the sheet, by number, in order.

        Raises:
            DamagedWorkbookError: rows out of order or twice: Excel would drop cells in silence.
        """
        with self.workbook.package.naming_the_file():
            try:
                return SheetRows(self._data, self.name, is_usual=self._form.is_usual)
            except ValueError:
                plain_form(self._data, self.part)  # says what is wrong with it
                raise

    @cached_property
    def root(self) -> etree._Element:
        """The <worksheet> element with all but its rows."""
        return parse(self.rows.frame, self.part)

    def refuse_broken(self) -> None:
        """Raise UnsafeWorkbookError where the sheet is not well-formed: cells of such a sheet might
        be passed over in silence."""
        with self.workbook.package.naming_the_file():
            refuse_broken(self._data, self.part)

    def begin(self) -> None:
        """Make what is asked for from now on the sheet's own, to be changed.

        Raises:
            UnsafeWorkbookError: the sheet is not well-formed.
        """
        with self.workbook.package.naming_the_file():
            plain_form(self._data, self.part)
        self.is_being_edited = True

    def finish(self, *, keep: bool) -> None:
        """Hand what the sheet has become to the package, or forget it."""
        try:
            if keep:
                frame = serialise(self.root)
                if frame == serialise(parse(self.rows.frame, self.part)):
                    frame = self.rows.frame
                after = self.rows.sheet_text(frame)
                self.workbook.package.replace(self.part, self._data, after)
        finally:
            self.is_being_edited = False
            self.read_anew()

    def read_anew(self) -> None:
        """Forget what was read, since the part has become another."""
        for name in ("_form", "rows", "root", "shared_formulas"):
            self.__dict__.pop(name, None)

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

    def cell(self, row: int, column: int) -> etree._Element | None:
        """The cell element, or None where nothing was ever typed or formatted.

        A copy, unless the sheet is being edited.
        """
        if self.is_being_edited and row in self.rows:
            self.rows.open(row)
        return self.rows.cell(row, column)

    def ensure_row(self, number: int) -> etree._Element:
        """The row element, made in its right place if it is not there; while editing."""
        if not self.rows.is_open(number) and self.child("sheetData") is None:
            self.insert_child(etree.Element(main("sheetData")))
        return self.rows.open(number)

    def ensure_cell(self, row: int, column: int) -> etree._Element:
        """The cell element, made in its right place if it is not there; while editing.

        The row's `spans` goes: it is a hint for readers (18.3.1.73) that would now be false.
        """
        element = self.ensure_row(row)
        cell = self.rows.cell(row, column)
        if cell is not None:
            return cell
        element.attrib.pop("spans", "")
        cell = etree.Element(_C, r=cell_name(row, column))
        for sibling in element.iterchildren(_C, reversed=True):
            if column_of(sibling) < column:
                sibling.addnext(cell)
                return cell
        element.insert(0, cell)
        return cell

    def has_cell(self, row: int, column: int) -> bool:
        """Whether a cell is stored there, be it an empty one."""
        return bool(self.rows.stored_cell(row, column)) or self.rows.cell(row, column) is not None

    def fill_cell(self, row: int, column: int, content: Stored) -> None:
        """Give a cell that is stored other content. Its look stays; while editing."""
        if self.rows.is_open(row):
            put(self.ensure_cell(row, column), content)
        else:
            self.rows.fill(row, column, content)

    def put_cell(self, row: int, new: NewCell) -> None:
        """Put a cell in its place, over what may stand there; while editing."""
        if self.rows.can_append(row, new.column):
            self.rows.append(row, [new])
            return
        cell = self.ensure_cell(row, new.column)
        cell.attrib.pop("s", "")
        if new.style is not None:
            cell.set("s", new.style)
        put(cell, new.content)

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
            dimension.set("ref", grown.corners)

    # ---------------------------------------------------------------- values

    def value(self, row: int, column: int) -> object:
        """The value of a cell, None for an empty one."""
        reader = self.workbook.reader
        if not self.is_being_edited:
            stored = self.rows.stored_cell(row, column)
            try:
                return value_in(stored, reader) if stored else None
            except UnusualCellError:
                pass
        return reader.value(self.cell(row, column))

    def text(self, row: int, column: int) -> str:
        """The value of a cell as words."""
        return words_for(self.value(row, column))

    @cached_property
    def shared_formulas(self) -> dict[str, etree._Element]:
        """The cells that hold the text of a shared formula, by its index (18.3.1.40)."""
        masters: dict[str, etree._Element] = {}
        for cell in self.rows.formulas():
            f = cell.find(main("f"))
            index = None if f is None else f.get("si")
            if f is not None and f.get("t") == "shared" and f.text and index is not None:
                masters.setdefault(index, cell)
        return masters

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
