"""The rows of a worksheet, kept as the text that they are stored as, and parsed cell by cell.

A tracker of 4,000 actions and three years has more than a million cells, of which a month's work
reads a few and adds two in a row. Parsed as a whole they would take gigabytes; so only what is
asked for is parsed, a row that changes is written anew, and the others stay byte for byte as they
were.

This works on XML in its plain form (see `plain_form`), in which a cell is found by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from sheetplan.errors import DamagedWorkbookError
from sheetplan.ooxml.cells import Stored
from sheetplan.ooxml.new_cells import CellSpelling, NewCell
from sheetplan.ooxml.ranges import cell_name, column_number
from sheetplan.ooxml.xml import main, parse

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet\b[^>]*>")
_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*?(/?)>")
_SPANS = re.compile(rb'\sspans="[^"]*"')
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_CELL_NAME = re.compile(rb'[^<>]*?\sr="([A-Z]+)(\d+)"')
_SETTING = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_KIND = re.compile(rb"""\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ROW, _C, _F = main("row"), main("c"), main("f")
# Making a parser takes longer than parsing a cell.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def place_of_rows(data: bytes) -> tuple[int, int]:
    """Where the rows of a worksheet begin and end; two ends of the data where it has none."""
    opening = _SHEET_DATA.search(data)
    if opening is None or opening[2]:
        return len(data), len(data)
    return opening.end(), data.rindex(b"</" + opening[1] + b"sheetData")


def split_sheet(data: bytes) -> tuple[bytes, bytes, bytes]:
    """A worksheet as (all before its rows, its rows, all after them); no rows leave the middle
    empty, and a sheet without <sheetData> is all "before"."""
    opening = _SHEET_DATA.search(data)
    if opening is None:
        return data, b"", b""
    closing = b"</" + opening[1] + b"sheetData"
    if opening[2]:
        head = data[: opening.end() - 2].rstrip() + b">"
        return head, b"", closing + b">" + data[opening.end() :]
    start, end = place_of_rows(data)
    return data[:start], data[start:end], data[end:]


def sheet_data_prefix(data: bytes) -> bytes:
    """The prefix of the sheet's own tags, such as b"x:"; empty for none."""
    opening = _SHEET_DATA.search(data)
    return opening[1] if opening else b""


class SheetRows(Mapping[int, etree._Element]):
    """The rows of one worksheet by number. Elements that it gives are copies, but for open rows.

    Args:
        data: The worksheet in its plain form.
        sheet: The sheet's name, for messages.
        is_usual: Whether every cell is known to begin with its name, and has no prefix.
    """

    def __init__(self, data: bytes, sheet: str, *, is_usual: bool = False) -> None:
        self._sheet = sheet
        self.is_usual = is_usual
        self._text = data
        self._start, self._end = place_of_rows(data)
        self._head, _, self._tail = split_sheet(data[: self._start] + data[self._end :])
        root = _ROOT.search(self._head)
        assert root is not None
        self._prefix = root[1]
        self._spelling = CellSpelling(root[1].decode())
        self._wrap = root[0], b"</" + root[1] + b"worksheet>"
        self._cell_tag = b"<" + self._prefix + b"c "
        self._cell_end = b"</" + self._prefix + b"c>"
        self._row_start = b"<" + self._prefix + b"row"
        self._row_end = b"</" + self._prefix + b"row>"
        self._places = self._find_rows()
        self._changed: dict[int, bytes] = {}
        self._open: dict[int, etree._Element] = {}
        self._last_columns: dict[int, int] = {}
        self._parsed: tuple[int, dict[int, etree._Element | None]] = (0, {})

    def _find_rows(self) -> dict[int, tuple[int, int]]:
        """Where each row's text begins and ends.

        Raises:
            DamagedWorkbookError: rows out of order or twice: Excel would drop cells in silence.
        """
        text, places, last = self._text, {}, 0
        at = text.find(self._row_start, self._start, self._end)
        while at >= 0:
            close = text.index(b">", at)
            stated = _ROW_NUMBER.search(text, at, close)
            number = int(stated[1]) if stated else last + 1
            if number <= last:
                raise DamagedWorkbookError(
                    f"row {number} of sheet {self._sheet} comes after row {last}.",
                    remedy="Open it in Excel, let it repair the file, save it and try again.",
                )
            end = close + 1
            if text[close - 1 : close] != b"/":
                end = text.index(self._row_end, close, self._end) + len(self._row_end)
            places[number] = at, end
            last = number
            at = text.find(self._row_start, end, self._end)
        return places

    # ---------------------------------------------------------------- reading

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, number: object) -> bool:
        return number in self._places

    def __getitem__(self, number: int) -> etree._Element:
        """The row, parsed: a copy unless the row is open."""
        if number in self._open:
            return self._open[number]
        return self._parse(self._text_of(number))[0]

    def stored(self, number: int) -> bytes:
        """The row as it is stored, for whoever reads all of them."""
        return self._text_of(number)

    def stored_cell(self, number: int, column: int) -> bytes:
        """A cell as it is stored; empty where the row has none there, or is open."""
        if number in self._open or number not in self._places:
            return b""
        return self._cell_text(number, column)

    def settings(self, number: int) -> dict[str, str]:
        """What the tag of a row says besides its number and `spans`, by name and as XML between
        quotes; nothing of a row that is not there."""
        if number not in self:
            return {}
        text = self._text_of(number)
        stated = _SETTING.findall(text, 0, text.index(b">"))
        return {
            name.decode(): (quoted or other.replace(b'"', b"&quot;")).decode()
            for name, quoted, other in stated
            if name not in (b"r", b"spans")
        }

    def _text_of(self, number: int) -> bytes:
        if number in self._open:
            wrapper = self._open[number].getparent()
            assert wrapper is not None
            return _inside(etree.tostring(wrapper, encoding="UTF-8"))
        if number in self._changed:
            return self._changed[number]
        start, end = self._places[number]
        return self._text[start:end]

    def _parse(self, text: bytes) -> etree._Element:
        whole = self._wrap[0] + text + self._wrap[1]
        try:
            return etree.fromstring(whole, _PARSER)
        except etree.XMLSyntaxError:
            return parse(whole, f"sheet {self._sheet}")  # says what is wrong

    def cell(self, number: int, column: int) -> etree._Element | None:
        """One cell, None where there is none: a copy unless its row is open."""
        if number in self._open:
            name = cell_name(number, column)
            cells = self._open[number].iterchildren(_C)
            return next((cell for cell in cells if cell.get("r") == name), None)
        if number not in self._places:
            return None
        if self._parsed[0] != number:
            self._parsed = number, {}
        known = self._parsed[1]
        if column not in known:
            text = self._cell_text(number, column)
            known[column] = self._parse(text)[0] if text else None
        return known[column]

    def _cell_text(self, number: int, column: int) -> bytes:
        """A cell as it is stored; empty when the row has none there."""
        text, _, _ = self._row_place(number)
        start, end = self._cell_place(number, column)
        return text[start:end]

    def _row_place(self, number: int) -> tuple[bytes, int, int]:
        """The text that a row stands in, and where it begins and ends."""
        if number in self._changed:
            return self._changed[number], 0, len(self._changed[number])
        return self._text, *self._places[number]

    def _cell_place(self, number: int, column: int) -> tuple[int, int]:
        """Where a cell begins and ends in that text; (0, 0) when the row has none there."""
        text, start, end = self._row_place(number)
        name = f' r="{cell_name(number, column)}"'.encode()
        at = text.find(name, start, end)
        while at >= 0:
            tag = text.rfind(b"<", start, at)
            if text.startswith(self._cell_tag, tag) and text.find(b">", tag, at) < 0:
                close = text.index(b">", at)
                if text[close - 1 : close] == b"/":
                    return tag, close + 1
                return tag, text.index(self._cell_end, close) + len(self._cell_end)
            at = text.find(name, at + 1, end)  # it was in the words of a cell
        return 0, 0

    def cells_from(self, number: int, first: int) -> dict[int, etree._Element]:
        """The cells of a row from a column on: copies unless the row is open."""
        if number in self._open:
            return {c: cell for c, cell in cells_of(self._open[number]) if c >= first}
        text = self._text_of(number)
        start = tag = text.rfind(self._cell_tag)
        while tag >= 0:
            found = _CELL_NAME.match(text, tag + 1)
            if found is None or column_number(found[1].decode()) < first:
                break
            start = tag
            tag = text.rfind(self._cell_tag, 0, tag)
        if start < 0 or start == tag:
            return {}
        end = text.rfind(self._row_end)
        cells = {column_of(c): c for c in self._parse(text[start:end]) if c.tag == _C}
        self._parsed = number, dict(cells)
        return cells

    def last_column(self, number: int) -> int:
        """The column of a row's last cell; 0 for a row without cells."""
        if number in self._open:
            return max((column for column, _ in cells_of(self._open[number])), default=0)
        if number not in self._last_columns:
            text = self._text_of(number)
            tag = text.rfind(self._cell_tag)
            found = _CELL_NAME.match(text, tag + 1) if tag >= 0 else None
            self._last_columns[number] = column_number(found[1].decode()) if found else 0
        return self._last_columns[number]

    def formulas(self) -> Iterator[etree._Element]:
        """The cells that hold a formula, in no particular order."""
        start = b"<" + self._prefix + b"f"
        found = (self.cell(*place) for place in self.cells_holding(start))
        if self._changed or self._open:
            rows = (n for n in list(self._places) if n in self._open or start in self._text_of(n))
            found = (cell for number in rows for _, cell in cells_of(self[number]))
        yield from (cell for cell in found if cell is not None and cell.find(_F) is not None)

    def cells_holding(self, piece: bytes) -> Iterator[tuple[int, int]]:
        """Rows and columns of the cells in whose text, as it was read, a piece stands; in order."""
        text, end = self._text, self._end
        at = text.find(piece, self._start, end)
        while at >= 0:
            tag = text.rfind(self._cell_tag, self._start, at + 1)
            name = _CELL_NAME.match(text, tag + 1) if tag >= 0 else None
            if name is not None:
                yield int(name[2]), column_number(name[1].decode())
            close = text.find(self._cell_tag, at + 1, end)
            at = text.find(piece, close, end) if close >= 0 else -1

    # ---------------------------------------------------------------- writing

    def is_open(self, number: int) -> bool:
        """Whether a row has been opened to be changed."""
        return number in self._open

    def open(self, number: int) -> etree._Element:
        """The row itself, to be changed; made in its right place if it is not there."""
        if number not in self._open:
            if number in self._places:
                row = self[number]
                name_the_cells(row, number)
            else:
                row = etree.SubElement(self._parse(b""), _ROW, r=str(number))
                self._make_place(number)
            self._open[number] = row
            self._last_columns.pop(number, None)
            if self._parsed[0] == number:
                self._parsed = (0, {})
        return self._open[number]

    def _make_place(self, number: int) -> None:
        """Let there be a row that is not there yet."""
        is_last = number > next(reversed(self._places), 0)
        self._places[number] = 0, 0
        if not is_last:
            self._places = dict(sorted(self._places.items()))

    def add(self, number: int, settings: Mapping[str, str], cells: Iterable[NewCell]) -> None:
        """Add a row that is not there yet.

        Args:
            number: The row.
            settings: What its tag says besides its number, as `settings` gives it.
            cells: Its cells, in order.
        """
        self._make_place(number)
        stated = "".join([f' {name}="{value}"' for name, value in settings.items()])
        inside = "".join([self._spelling.cell(number, cell) for cell in cells])
        start = self._row_start + f' r="{number}"{stated}>'.encode()
        self._changed[number] = start + inside.encode() + self._row_end

    def append(self, number: int, cells: Iterable[NewCell]) -> None:
        """Add cells at the right end of a row. The rest of its text stays as it is.

        `spans` goes: it hints at where cells stand (18.3.1.73), and would be false.

        Args:
            number: The row, which must be there.
            cells: New cells in order, all to the right of the row's last one.
        """
        added = "".join([self._spelling.cell(number, cell) for cell in cells]).encode()
        text = self._text_of(number)
        close = text.index(b">")
        empty = text[close - 1 : close] == b"/"
        tag = _SPANS.sub(b"", text[: close - 1 if empty else close])
        inside = b"" if empty else text[close + 1 : -len(self._row_end)]
        self._changed[number] = tag + b">" + inside + added + self._row_end
        self._last_columns.pop(number, None)
        if self._parsed[0] == number:
            self._parsed = (0, {})

    def fill(self, number: int, column: int, content: Stored) -> None:
        """Give a cell that is there other content. Its look and the rest of its row's text stay.

        Args:
            number: The row, which is not open.
            column: The column, in which the row has a cell.
            content: What the cell will hold.
        """
        text, first, last = self._row_place(number)
        start, end = self._cell_place(number, column)
        tag = text[start : text.index(b">", start)].rstrip(b"/")
        new = _KIND.sub(b"", tag) + self._spelling.rest(content).encode()
        self._changed[number] = text[first:start] + new + text[end:last]
        if self._parsed[0] == number:
            self._parsed = (0, {})

    def can_append(self, number: int, column: int) -> bool:
        """Whether a cell in this column would stand at the end of the row's text."""
        return (
            number in self._places
            and number not in self._open
            and self.last_column(number) < column
            and b"extLst" not in self._text_of(number)[-200:]
        )

    def sheet_text(self, frame: bytes) -> bytes:
        """The whole worksheet: its other elements as given, with the rows as they are now."""
        head, _, tail = split_sheet(frame)
        if not self._changed and not self._open:
            return head + self._text[self._start : self._end] + tail
        return head + b"".join([self._text_of(number) for number in self._places]) + tail

    @property
    def frame(self) -> bytes:
        """The worksheet without its rows, as it was read."""
        return self._head + self._tail

    @property
    def rich_texts(self) -> int:
        """How many inline strings have formatting inside them."""
        inline, run = b"<" + self._prefix + b"is>", b"<" + self._prefix + b"r>"
        return self._text.count(inline + run, self._start, self._end)


def _inside(wrapped: bytes) -> bytes:
    """What stands between the tags of the wrapping element."""
    return wrapped[wrapped.index(b">") + 1 : wrapped.rindex(b"</")]


def column_of(cell: etree._Element) -> int:
    """The column of a cell that has a name."""
    return column_number(cell.get("r", "").rstrip("0123456789"))


def cells_of(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns; a cell without a name follows the one before it."""
    column = 0
    for cell in row.iterchildren(_C):
        column = column_of(cell) if cell.get("r") else column + 1
        yield column, cell


def name_the_cells(row: etree._Element, number: int) -> None:
    """Give the row and its cells the names that they may leave out (18.3.1.4, r)."""
    if row.get("r") is None:
        row.set("r", str(number))
    for column, cell in cells_of(row):
        if cell.get("r") is None:
            cell.set("r", cell_name(number, column))
