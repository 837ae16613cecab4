"""Draws sheets of pattern rows: the cells that take values, the rows, and the tables of a pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from look import ONE_LINE, VERDICT_WORDS, Look
from xlsxwriter.utility import xl_range_abs

TITLE = (0, 0)
ABOUT = (1, 0)


class Cell(NamedTuple):
    """A cell of a pattern row: what it says, with placeholders in braces, and its kind of look.

    `strong` stands before the text in bold.
    """

    text: str
    kind: str = "text"
    strong: str = ""


def headings(*words: str) -> list[Cell]:
    """The cells of a row of headings."""
    return [Cell(word, "heading") for word in words]


class Column(NamedTuple):
    """A column of a pack's table: its heading, its width in characters, and its cells."""

    heading: str
    width: float
    placeholder: str
    kind: str = "text"


class PatternSheet:
    """A sheet whose rows are drawn from the top down."""

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        widths: Sequence[float],
        paper: str,
        repeat_row: int | None = None,
    ) -> None:
        self.look = look
        self.name = name
        self.sheet = look.sheet(name, widths=widths, paper=paper, repeat_row=repeat_row)
        self.next_row = 0
        self._last_column = len(widths) - 1

    def value(self, name: str, kind: str, column: int = 0) -> None:
        """Draw the cell that takes a single value, and go on to the next row."""
        self.sheet.write(self.next_row, column, f"{{{name}}}", self.look.style(kind))
        if kind in ONE_LINE:
            self.sheet.set_row(self.next_row, ONE_LINE[kind])
        area = xl_range_abs(self.next_row, column, self.next_row, column)
        self.look.name(self.sheet, f"cell_{name}", area)
        self.next_row += 1

    def note(self, text: str, *, height: float | None = None) -> int:
        """Draw a row with a text that stays as it is, and give its number."""
        row = self.next_row
        self.sheet.write(row, 0, text, self.look.style("note"))
        self.sheet.set_row(row, height or ONE_LINE["note"])
        self.next_row += 1
        return row

    def row(
        self,
        name: str,
        cells: Sequence[Cell],
        *,
        rest: str | None = None,
        height: float | None = None,
    ) -> int:
        """Draw a pattern row with these cells from column A on, and give its number.

        Cells to the right of them stay empty; with `rest` they have the look of that kind. Only a
        row with `height` keeps its height whatever it holds.
        """
        row = self.next_row
        for column, cell in enumerate(cells):
            self._write(row, column, cell)
        if rest is not None:
            for column in range(len(cells), self._last_column + 1):
                self._write(row, column, Cell("", rest))
        self.look.name(self.sheet, f"row_{name}", xl_range_abs(row, 0, row, self._last_column))
        kinds = {cell.kind for cell in cells if cell.text}
        if height is None and kinds and kinds <= ONE_LINE.keys():
            height = max(ONE_LINE[kind] for kind in kinds)
        if height is not None:
            self.sheet.set_row(row, height)
        self.next_row += 1
        return row

    def _write(self, row: int, column: int, cell: Cell) -> None:
        style = self.look.style(cell.kind)
        if cell.strong:
            pieces = (self.look.style("strong"), cell.strong, self.look.style("words"), cell.text)
            self.sheet.write_rich_string(row, column, *pieces, style)
        else:
            self.sheet.write(row, column, cell.text or None, style)
        if cell.kind == "rating":
            self.look.colour_ratings(self.sheet, row, column)
        elif cell.kind == "verdict":
            self.look.colour_ratings(self.sheet, row, column, words_of=VERDICT_WORDS)


def draw_table(
    sheet: PatternSheet,
    table: str,
    description: str,
    columns: Sequence[Column],
    rows: Mapping[str, str],
) -> dict[str, int]:
    """Draw an Excel table on a pack's sheet: its headings, and a pattern row for each name.

    `rows` has, for each name of a pattern row, the kind of look of its text cells. The answer has
    the number of each row.
    """
    top = sheet.next_row
    sheet.next_row += 1
    drawn = {
        name: sheet.row(
            name,
            [
                Cell(column.placeholder, kind if column.kind == "text" else column.kind)
                for column in columns
            ],
        )
        for name, kind in rows.items()
    }
    look = sheet.look
    headings = [
        {
            "header": column.heading,
            "header_format": look.style("count heading" if column.kind == "count" else "heading"),
        }
        for column in columns
    ]
    sheet.sheet.add_table(
        top,
        0,
        sheet.next_row - 1,
        len(columns) - 1,
        {"name": table, "columns": headings, "style": None, "description": description},
    )
    return drawn


def pack_sheet(look: Look, name: str, columns: Sequence[Column], *, paper: str) -> PatternSheet:
    """A sheet of the published pack: its title and what is here; a note and the table follow."""
    widths = [column.width for column in columns]
    sheet = PatternSheet(look, name, widths=widths, paper=paper, repeat_row=3)
    sheet.value("title", "title")
    sheet.value("about", "about")
    return sheet
