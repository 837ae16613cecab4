"""Rules 1 to 6, 8 and 9: how data is laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sheetplan.ooxml.accessibility.breach import Breach, breach, column_words, ranges, row_words
from sheetplan.ooxml.accessibility.sheet_view import SheetView
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.tables import Table, unescaped

_EXCELS_OWN_NAME = re.compile(r"tab(le|elle|leau|el|la)_?\d+(_\d+)*\Z", re.I)
_EXCELS_OWN_HEADING = re.compile(r"column\d+\Z", re.I)
_SPEAKS_OF_BLANKS = re.compile(r"\b(blank|empty)\b", re.I)


def body_rows(table: Table) -> range:
    """The rows of a table below its headings and above its totals."""
    totals = int(table.root.get("totalsRowCount") or 0)
    first = table.area.first_row + (table.header_row is not None)
    return range(first, table.area.last_row - totals + 1)


# ---------------------------------------------------------------- rules


def merged_cells(view: SheetView) -> Iterator[Breach]:
    """Rule 1."""
    if view.merged:
        areas = [str(area) for area in view.merged.values()]
        yield breach(1, view.name, "Cells are merged.", areas)


def unmarked_data(view: SheetView) -> Iterator[Breach]:
    """Rule 2."""
    data = view.loose_data
    if data is not None:
        yield breach(2, view.name, "Data that is not marked up as a table.", [str(data.area)])


def headings(view: SheetView) -> Iterator[Breach]:
    """Rule 3."""
    wrong: dict[str, list[str]] = {}
    for table in view.tables:
        row, area = table.header_row, table.area
        if row is None:
            wrong.setdefault("The table shows no row of headings.", []).append(str(area))
            continue
        for column, message in _wrong_headings(view, table, row):
            wrong.setdefault(message, []).append(cell_name(row, column))
        columns = area.last_column - area.first_column + 1
        if len(_filled_in(view, table, row - 1)) > max(1, columns // 4):
            message = "The headings stand in two rows, of which only the lower one is read."
            wrong.setdefault(message, []).append(f"rows {row - 1} and {row}")
    for message, places in wrong.items():
        yield breach(3, view.name, message, places)


def _wrong_headings(view: SheetView, table: Table, row: int) -> Iterator[tuple[int, str]]:
    area = table.area
    texts = {c: view.text(row, c) for c in range(area.first_column, area.last_column + 1)}
    counts = Counter(_folded(text) for text in texts.values())
    for (column, text), name in zip(texts.items(), table.columns, strict=False):
        if not view.is_filled(row, column):
            yield column, "A heading is blank."
        elif not text:
            yield column, "A heading is a number or a date, not text."
        elif _EXCELS_OWN_HEADING.match(text.strip()):
            yield column, "A heading is the one that Excel gave, and says nothing."
        elif counts[_folded(text)] > 1:
            yield column, "Columns have the same heading."
        elif _folded(text) != _folded(unescaped(name)):
            yield column, "A heading is not the name that the table has for the column."


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def table_names(view: SheetView) -> Iterator[Breach]:
    """Rule 4."""
    names = [table.name for table in view.tables if _EXCELS_OWN_NAME.match(table.name)]
    if names:
        yield breach(4, view.name, "A table has a name that says nothing.", names)


def one_table(view: SheetView) -> Iterator[Breach]:
    """Rule 5."""
    tables = view.tables
    if len(tables) > 1:
        yield breach(5, view.name, "Several tables on one sheet.", [str(t.area) for t in tables])
    if tables:
        end = max(table.area.last_row for table in tables)
        below = [
            (row, column) for row, found in view.filled.items() if row > end for column in found
        ]
        if below:
            yield breach(5, view.name, "Cells below the table are filled.", ranges(below))


def starting_place(view: SheetView) -> Iterator[Breach]:
    """Rule 6."""
    if not view.filled:
        return
    data = view.loose_data
    areas = [table.area for table in view.tables] + ([data.area] if data else [])
    top = min((area.first_row for area in areas), default=0)
    if top == 1:
        yield breach(6, view.name, "The sheet begins with its data; it has no title.", ["A1"])
    elif not view.text(1, 1):
        yield breach(6, view.name, "There is no title in A1.", ["A1"])
    elif top and (top == 2 or not view.text(2, 1)):
        yield breach(6, view.name, "Nothing in row 2 says what the sheet holds.", ["A2"])
    shifted = [str(area) for area in areas if area.first_column > 1]
    if shifted:
        yield breach(6, view.name, "Data does not begin in column A.", shifted)


def blanks_in_data(view: SheetView) -> Iterator[Breach]:
    """Rule 8."""
    if not view.filled and not view.sheet.workbook.package.related(view.sheet.part, "drawing"):
        yield breach(8, view.name, "The sheet is blank.")
        return
    empty = [t.name for t in view.tables if not any(_filled_in(view, t, r) for r in body_rows(t))]
    if empty:
        remedy = "Write in its first row that there is nothing to report, or delete the table."
        yield breach(8, view.name, "A table has no data.", empty, remedy)
    blank = [*_blank_rows(view, empty), *_blank_columns(view, empty)]
    if blank:
        yield breach(8, view.name, "Blank rows or columns inside the data.", blank)


def _blank_rows(view: SheetView, empty_tables: list[str]) -> Iterator[str]:
    for table in view.tables:
        if table.name not in empty_tables:
            rows = [row for row in body_rows(table) if not _filled_in(view, table, row)]
            yield from row_words(rows)
    data = view.loose_data
    if data:
        full = set(data.rows)
        yield from row_words(
            row
            for row in range(data.area.first_row, data.area.last_row)
            if row - 1 in full and row + 1 in full and row not in view.filled
        )


def _blank_columns(view: SheetView, empty_tables: list[str]) -> Iterator[str]:
    """Columns without a heading (but for one that Excel gave) and without anything below."""
    data = view.loose_data
    found: list[tuple[Area, int, Sequence[int]]] = [
        (table.area, table.area.first_row, body_rows(table))
        for table in view.tables
        if table.name not in empty_tables
    ]
    found += [(data.area, data.rows[0], data.rows[1:])] if data else []
    for area, top, rows in found:
        used = set().union(*(view.filled.get(row, ()) for row in rows))
        for merged in view.merged.values():
            used.update(range(merged.first_column, merged.last_column + 1))
        yield from column_words(
            column
            for column in range(area.first_column, area.last_column + 1)
            if column not in used
            and (
                not view.is_filled(top, column) or _EXCELS_OWN_HEADING.match(view.text(top, column))
            )
        )


def _filled_in(view: SheetView, table: Table, row: int) -> list[int]:
    area = table.area
    columns = view.filled.get(row, ())
    return [column for column in columns if area.first_column <= column <= area.last_column]


def unexplained_blanks(view: SheetView) -> Iterator[Breach]:
    """Rule 9."""
    blank: list[tuple[int, int]] = []
    for table in view.tables:
        area = table.area
        above = range(1, area.first_row)
        lines = (view.text(row, column) for row in above for column in view.filled.get(row, ()))
        if any(map(_SPEAKS_OF_BLANKS.search, lines)):
            continue
        columns = set(range(area.first_column, area.last_column + 1))
        for row in body_rows(table):
            filled = _filled_in(view, table, row)
            if filled:
                blank += [(row, column) for column in columns.difference(filled)]
    if blank:
        yield breach(9, view.name, "Blank cells that nothing explains.", ranges(blank))
