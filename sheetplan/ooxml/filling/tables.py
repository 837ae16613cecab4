"""Tables of a filled sheet: they grow to the rows that were made, and are never without one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sheetplan.errors import TemplateError
from sheetplan.ooxml.filling.elements import follow_one_area
from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.tables import Table
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main, parse, serialise

_FORMULAS = (main("calculatedColumnFormula"), main("totalsRowFormula"))


def rows_to_keep(
    tables: Iterable[Table], patterns: Collection[int], used: Collection[int]
) -> Iterator[int]:
    """The pattern rows of which a blank row has to be made, since Excel knows no table without
    one: the first of each table of which no line was made.

    Args:
        tables: The tables of the sheet.
        patterns: Its pattern rows.
        used: Those of which rows are made.
    """
    for table in tables:
        own = [row for row in sorted(patterns) if table.area.contains(row, table.area.first_column)]
        if own and not set(own) & set(used):
            yield own[0]


def follow_table(workbook: Workbook, table: Table, moves: Moves) -> None:
    """Make a table hold the rows that were made from its own.

    Raises:
        TemplateError: it begins among the pattern rows, so its headings would be gone.
    """
    package = workbook.package
    old = table.area
    if moves.first <= old.first_row <= moves.last:
        raise TemplateError(
            f"the table {table.name} begins with a pattern row, {old}.",
            where=f"{package.name}, {moves.sheet}",
            remedy="Its headings have to stand in the row above the first pattern row.",
        )
    root = parse(package.current(table.part), table.part)
    before = serialise(root)
    follow_one_area(root, moves)
    first = old.first_row + 1
    filled = (first, moves.row(first) or first) if moves.touches(first, first) else None
    for formula in root.iter(*_FORMULAS):
        formula.text = moves.formula(formula.text or "", moves.sheet, filled=filled)
    if serialise(root) != before:
        package.overwrite(table.part, serialise(root))
