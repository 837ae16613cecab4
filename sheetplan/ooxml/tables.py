"""Excel tables: columns added at the right, with names that agree with their heading cells.

Excel repairs a table whose column names are not unique, or not the text of its heading cells
(ISO/IEC 29500-1, 18.5.1.3).
"""

from __future__ import annotations

import copy
import re
import uuid
from collections.abc import Iterator

from lxml import etree

from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.formulas import moved_from, rewrite
from sheetplan.ooxml.ranges import Area, ColumnCopy
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main

_COLUMN = f"{main('tableColumns')}/{main('tableColumn')}"
# A whole name inside [brackets], where an apostrophe quotes the character behind it.
_COLUMN_NAME = re.compile(r"(?<![^\[@])(?:'.|[^'\[\]@])+(?=\])", re.DOTALL)
# The 2 of "Status2", which tells equal headings apart; not the year of "Target 2026" or "Mar-26".
_COUNTED = re.compile(r"(?<=[^\s\d./-])\d{1,2}\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Table:
    """One table of a sheet."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, part: str) -> None:
        self._package = workbook.package
        self.sheet = sheet
        self.part = part

    @property
    def root(self) -> etree._Element:
        """The <table> element."""
        return self._package.xml(self.part)

    @property
    def name(self) -> str:
        """The name that formulas use."""
        return self.root.get("displayName", "")

    @property
    def is_fed(self) -> bool:
        """Whether a query or an XML map fills it, which knows each column by a number."""
        return self.root.get("tableType", "worksheet") != "worksheet"

    @property
    def area(self) -> Area:
        """The cells of the table, headings and totals included."""
        return Area.parse(self.root.get("ref", "A1"))

    @property
    def header_row(self) -> int | None:
        """The row of the headings; None when the table shows none."""
        return None if self.root.get("headerRowCount") == "0" else self.area.first_row

    @property
    def totals_rows(self) -> int:
        """How many rows of totals end it: none or one."""
        return int(self.root.get("totalsRowCount") or 0)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, as their headings show them."""
        return [unescaped(column.get("name", "")) for column in self.root.iterfind(_COLUMN)]

    def column_formula(self, position: int) -> str:
        """The formula that a column, counted from 0, gives to each of its cells; empty for none."""
        column = self.root.findall(_COLUMN)[position]
        return column.findtext(main("calculatedColumnFormula")) or ""

    def growth(self, columns: ColumnCopy, headings: list[str]) -> Edit:
        """The edit that copies the table's last columns under new headings.

        Args:
            columns: The copied columns of the sheet; the table ends with them.
            headings: A unique name for each new column, the text of its heading cell.
        """
        old, new = self.area, columns.stretched(self.area)

        def make() -> None:
            with self._package.editing(self.part) as root:
                _grow(root, columns, new, headings)

        return Edit(f"table {self.name}", self.sheet.name, str(old), str(new), make)


def tables_of(workbook: Workbook, sheet: Worksheet) -> Iterator[Table]:
    """The tables that stand on a sheet."""
    for part in workbook.package.related(sheet.part, "table"):
        yield Table(workbook, sheet, part)


def free_heading(heading: str, taken: set[str]) -> str:
    """`heading`, or with the next free number behind it, as Excel numbers equal headings."""
    if heading.casefold() not in taken:
        return heading
    stem = _COUNTED.sub("", heading)
    number = 2
    while f"{stem}{number}".casefold() in taken:
        number += 1
    return f"{stem}{number}"


def rename_columns(
    formula: str, table: str, renamed: dict[str, str], *, whole: bool = False
) -> str:
    """A formula that reads the new columns of a table where it read those that were copied.

    Args:
        formula: With or without its equals sign.
        table: The table's name; references without one are taken to mean it too.
        renamed: New names by old names.
        whole: Leave a reference that spans other columns as well.
    """

    spelled = {_in_brackets(old): _in_brackets(new) for old, new in renamed.items()}

    def in_new_words(match: re.Match[str]) -> str:
        return spelled.get(match[0], match[0])

    def change(text: str) -> str | None:
        start, bracket, rest = text.partition("[")
        if not bracket or start.casefold() not in ("", table.casefold()):
            return None
        if whole and "]:[" in rest and not set(_COLUMN_NAME.findall(rest)[-2:]) <= spelled.keys():
            return None
        return start + bracket + _COLUMN_NAME.sub(in_new_words, rest)

    return rewrite(formula, change)


def columns_named(text: str) -> list[str]:
    """The columns that a structured reference names.

    >>> columns_named("[#Headers],[Status (June '#1)]]")
    ['#Headers', 'Status (June #1)']
    """
    return [re.sub(r"'(.)", r"\1", name) for name in _COLUMN_NAME.findall(text)]


def unescaped(name: str) -> str:
    """A column's name with its _x000a_ made line breaks."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)


def escaped(name: str) -> str:
    """A column's name as it is stored, its line breaks made _x000a_."""
    return re.sub(r"[\r\n\t]", lambda match: f"_x{ord(match[0]):04x}_", name)


def _in_brackets(name: str) -> str:
    """A name as a structured reference spells it, with its own brackets quoted."""
    return re.sub(r"(['\[\]#@])", r"'\1", name)


def copied_columns(root: etree._Element, start: int, headings: list[str]) -> list[etree._Element]:
    """Copies of a table's columns under new headings, which stand nowhere yet.

    Args:
        root: The table.
        start: The first of the columns, counted from 0; as many are copied as there are headings.
        headings: What the copies are called, each unlike any other column.
    """
    columns = root.findall(_COLUMN)
    table = root.get("displayName", "")
    number = max((int(column.get("id", "0")) for column in columns), default=0)
    sources = columns[start : start + len(headings)]
    old_names = [unescaped(source.get("name", "")) for source in sources]
    renamed = dict(zip(old_names, headings, strict=True))
    twins = [copy.deepcopy(source) for source in sources]
    for at, (twin, heading) in enumerate(zip(twins, headings, strict=True), 1):
        twin.set("id", str(number + at))
        twin.set("name", escaped(heading))
        twin.attrib.pop("uniqueName", "")
        for attribute in [a for a in twin.attrib if str(a).endswith("}uid")]:
            fresh = uuid.uuid5(uuid.NAMESPACE_OID, str(twin.get(attribute)) + heading)
            twin.set(attribute, "{" + str(fresh).upper() + "}")
        for formula in twin:
            if formula.text:
                moved = moved_from(formula.text, (1, 1), (1, 1 + len(headings)))
                formula.text = rename_columns(moved, table, renamed)
    return twins


def _grow(root: etree._Element, columns: ColumnCopy, area: Area, headings: list[str]) -> None:
    holder = root.find(main("tableColumns"))
    assert holder is not None
    holder.extend(copied_columns(root, columns.first - area.first_column, headings))
    holder.set("count", str(len(holder)))
    root.set("ref", area.corners)
    filtered = root.find(main("autoFilter"))
    if filtered is not None and filtered.get("ref"):
        reach = Area.parse(filtered.get("ref", ""))
        filtered.set("ref", columns.stretched(reach).corners)
