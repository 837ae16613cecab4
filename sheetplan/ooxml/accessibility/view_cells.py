"""The cells of a worksheet by their words and formats, read from the rows as they are stored.

A tracker may have more than a million cells, and every one of them is looked at, so no element is
built for those that are spelt as Excel spells them; and equal cells are one object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.cells import Run, item_runs
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.ranges import column_number
from sheetplan.ooxml.sheet_rows import SheetRows, cells_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN, main

_CELL = re.compile(rb'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMAT = re.compile(rb'\ss="(\d+)"')
_KIND = re.compile(rb'\st="(\w+)"')
_MARKS = re.compile(r"[*\[]|//|www")


@dataclass(eq=False, slots=True)
class Words:
    """What a cell holds; cells that hold the same text share one.

    Attributes:
        is_filled: Whether it holds anything that can be seen.
        text: Its words, empty for numbers.
        runs: The stretches of its text, if any of them has a look of its own.
        has_marks: Whether the text has characters that marks of notes or addresses need.
    """

    is_filled: bool
    text: str = ""
    runs: tuple[Run, ...] = ()
    has_marks: bool = False


Cell = tuple[int, Words]
"""The number of a cell's format, and what the cell holds."""

_NOTHING, _NUMBER = Words(False), Words(True)
BLANK: Cell = (0, _NOTHING)
"""What stands where no cell is stored."""


def _words(runs: list[Run]) -> Words:
    """What a cell with this text holds: nothing, when there are no words in it."""
    text = "".join([run.text for run in runs])
    if not text.strip():
        return _NOTHING
    formatted = tuple(runs) if any(run.properties for run in runs) else ()
    return Words(True, text, formatted, not text.isascii() or bool(_MARKS.search(text)))


class _Numbers(dict[bytes, Words]):
    """What cells hold that are no text, by the XML inside them."""

    def __missing__(self, content: bytes) -> Words:
        return _NUMBER if content else _NOTHING


_NUMBERS = _Numbers()


class _Texts(dict[bytes, Words]):
    """What cells hold that have their text inside them, by the XML inside them."""

    def __missing__(self, content: bytes) -> Words:
        words = _NOTHING
        if content:
            cell = _parsed(content)
            inline, value = cell.find(main("is")), cell.findtext(main("v"))
            if inline is not None:
                words = _words(item_runs(inline))
            else:
                words = _NUMBER if value is None else _words([Run(value)])
        self[content] = words
        return words


class Strings(dict[bytes, Words]):
    """What cells hold that have their text among the shared ones, by the XML inside them."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__()
        package = workbook.package
        parts = package.related(package.main_part, "sharedStrings")
        self._items = list(package.xml(parts[0]).iterchildren(main("si"))) if parts else []

    def __missing__(self, content: bytes) -> Words:
        plain = content.startswith(b"<v>") and content[3:-4].isdigit()
        stored = content[3:-4] if plain else _parsed(content).findtext(main("v"), "-").encode()
        place = int(stored) if stored.strip().isdigit() else -1
        known = 0 <= place < len(self._items)
        self[content] = words = _words(item_runs(self._items[place])) if known else _NOTHING
        return words


class _Columns(dict[bytes, int]):
    """The numbers of columns by their letters."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = number = column_number(letters.decode())
        return number


class _Formatted(dict[bytes, Cell]):
    """The cells that have one format and keep their content in one way, by the XML inside them."""

    def __init__(self, number: int, meanings: dict[bytes, Words]) -> None:
        super().__init__()
        self._number = number
        self._meanings = meanings

    def __missing__(self, content: bytes) -> Cell:
        self[content] = cell = self._number, self._meanings[content]
        return cell


class _Known(dict[bytes, _Formatted]):
    """The cells of a sheet by their attributes and then by the XML inside them."""

    def __init__(self, strings: Strings) -> None:
        super().__init__()
        texts = _Texts()
        self._kinds: dict[bytes, dict[bytes, Words]] = {
            b"s": strings,
            b"str": texts,
            b"inlineStr": texts,
        }

    def __missing__(self, attributes: bytes) -> _Formatted:
        number, kind = _FORMAT.search(attributes), _KIND.search(attributes)
        meanings = self._kinds.get(kind[1] if kind else b"n", _NUMBERS)
        self[attributes] = found = _Formatted(int(number[1]) if number else 0, meanings)
        return found


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(b'<c xmlns="' + MAIN.encode() + b'">' + content + b"</c>")


class SheetCells:
    """The cells of one sheet, read in one go."""

    def __init__(self, rows: SheetRows, strings: Strings) -> None:
        self._known = _Known(strings)
        with collecting_no_garbage():
            self.rows = dict(self._read(rows))

    @property
    def distinct(self) -> Iterator[Cell]:
        """Every different cell once."""
        for cells in self._known.values():
            yield from cells.values()

    def _read(self, rows: SheetRows) -> Iterator[tuple[int, dict[int, Cell]]]:
        columns, known = _Columns(), self._known
        for number in rows:
            text = rows.stored(number)
            matches = _CELL.findall(text)
            if len(matches) == text.count(b"<c ") and text.startswith(b"<row"):
                yield (
                    number,
                    {
                        columns[letters]: known[attributes][content]
                        for letters, attributes, content in matches
                    },
                )
            else:
                yield number, dict(self._odd_cells(rows[number]))

    def _odd_cells(self, row: etree._Element) -> Iterator[tuple[int, Cell]]:
        """The cells of a row that is spelt in a way of its own."""
        for column, element in cells_of(row):
            settings = {name: element.get(name) for name in ("s", "t") if element.get(name)}
            attributes = "".join(f' {name}="{value}"' for name, value in settings.items())
            content = b"".join(map(etree.tostring, element))
            yield column, self._known[attributes.encode()][content]
