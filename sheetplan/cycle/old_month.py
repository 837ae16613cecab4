"""What still speaks of the old month when the new one is open: formulas, charts, names, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.ooxml.cells import formula_of
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.formulas import may_read, reads, references, repoint
from sheetplan.ooxml.ranges import Area, ColumnCopy
from sheetplan.ooxml.rules import rules_of, rules_still_reading
from sheetplan.ooxml.sheet_rows import column_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import CHART, main
from sheetplan.sheets.reading import WorkbookReading

# &R&"Arial,Regular"&9July: fonts, sizes and places in a page header (18.3.1.46).
_HEADER_CODE = re.compile(r'&"[^"]*"|&\d+|&[A-Za-z&]')

Copies = Mapping[str, ColumnCopy]
"""The copied columns of each tracker sheet, by its casefolded name."""


@dataclass(frozen=True)
class Reader:
    """Something that reads cells of the old month.

    Attributes:
        place: The sheet, or words for what is not a cell: "a chart on Dashboard".
        formula: What it reads it with, without an equals sign.
        month: The month that it reads.
        cell: The cell, where it is one.
        can_move: Whether it can be made to read the new month.
    """

    place: str
    formula: str
    month: Month
    cell: str = ""
    can_move: bool = True

    @property
    def where(self) -> str:
        """The cell with its sheet, or the words."""
        return f"{self.place}!{self.cell}" if self.cell else self.place


@dataclass(frozen=True)
class Saying:
    """Words that name the old month, and that only a person can judge."""

    place: str
    text: str


def reading_formulas(
    workbook: Workbook, copies: Copies, old: Mapping[str, Month]
) -> Iterator[tuple[Worksheet, str, str, Month]]:
    """The formulas outside the copied columns that read them: sheet, cell, formula, month.

    Of shared formulas, the one that holds the text stands for all.
    """
    for sheet in workbook.sheets:
        own = copies.get(sheet.name.casefold())
        for cell in sheet.rows.formulas():
            element = formula_of(cell)
            if element is None or not element.text:
                continue
            if own is not None and own.includes(column_of(cell)):
                continue
            month = month_read(element.text, copies, old, sheet.name)
            if month is not None:
                yield sheet, cell.get("r", ""), element.text, month


def month_read(
    formula: str, copies: Copies, old: Mapping[str, Month], own_sheet: str
) -> Month | None:
    """The month whose columns a formula reads; None when it reads no copied column."""
    if not any(may_read(formula, columns) for columns in set(copies.values())):
        return None
    if not reads(formula, copies, own_sheet):
        return None
    sheets = [(r.sheet or own_sheet).casefold() for r in references(formula)]
    return next(old[sheet] for sheet in sheets if sheet in old)


def repoint_edits(
    workbook: Workbook, found: list[tuple[Worksheet, str, str, Month]], copies: Copies
) -> list[tuple[Worksheet, Edit]]:
    """The edits that make formulas read the new month; Excel works them out when it opens."""
    return [
        (sheet, _repoint_cell(sheet, cell, formula, copies)) for sheet, cell, formula, _ in found
    ]


def _repoint_cell(sheet: Worksheet, name: str, formula: str, copies: Copies) -> Edit:
    new = repoint(formula, copies, sheet.name)
    area = Area.parse(name)

    def make() -> None:
        cell = sheet.ensure_cell(area.first_row, area.first_column)
        element = formula_of(cell)
        assert element is not None
        element.text = new
        value = cell.find(main("v"))
        if value is not None:  # the old month's result would look like the new one's
            cell.remove(value)
            cell.attrib.pop("t", "")

    return Edit("formula", sheet.name, f"{name} ={formula}", f"={new}", make, replaces=(name,))


def other_readers(workbook: Workbook, copies: Copies, old: Mapping[str, Month]) -> list[Reader]:
    """Rules, names and charts that go on reading the old month."""
    return [
        *_rules(workbook, copies, old),
        *_names(workbook, copies, old),
        *_charts(workbook, copies, old),
    ]


def _rules(workbook: Workbook, copies: Copies, old: Mapping[str, Month]) -> Iterator[Reader]:
    for sheet in workbook.sheets:
        own = copies.get(sheet.name.casefold())
        staying = set()
        if own is not None:
            for rule in rules_still_reading(sheet, own):
                staying.add(id(rule.element))
                areas = " ".join(map(str, rule.areas))
                text = next(f.text or "" for f in rule.formulas)
                month = old[sheet.name.casefold()]
                yield Reader(f"{rule.what} on {sheet.name}!{areas}", text, month)
        others = {name: columns for name, columns in copies.items() if columns is not own}
        for rule in rules_of(sheet):
            for formula in rule.formulas:
                read = month_read(formula.text or "", others, old, sheet.name)
                if read is not None and id(rule.element) not in staying:
                    areas = " ".join(map(str, rule.areas))
                    place = f"{rule.what} on {sheet.name}!{areas}"
                    yield Reader(place, formula.text or "", read, can_move=False)


def _names(workbook: Workbook, copies: Copies, old: Mapping[str, Month]) -> Iterator[Reader]:
    root = workbook.package.xml(workbook.package.main_part)
    for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        text = name.text or ""
        whole = all(
            (columns := copies.get((r.sheet or "").casefold())) is None
            or r.columns == (columns.first, columns.last)
            for r in references(text)
        )
        month = month_read(text, copies, old, "")
        if month is not None and not whole:
            yield Reader(f"the name {name.get('name')}", text, month, can_move=False)


def _charts(workbook: Workbook, copies: Copies, old: Mapping[str, Month]) -> Iterator[Reader]:
    package = workbook.package
    for sheet in workbook.sheets:
        for drawing in package.related(sheet.part, "drawing"):
            for chart in package.related(drawing, "chart"):
                for element in package.xml(chart).iter(f"{{{CHART}}}f"):
                    month = month_read(element.text or "", copies, old, sheet.name)
                    if month is not None:
                        place = f"a chart on {sheet.name}"
                        yield Reader(place, element.text or "", month, can_move=False)
                        break


def sayings(reading: WorkbookReading, workbook: Workbook, old: Month) -> list[Saying]:
    """Titles, labels and page headers that name the old month with its year."""
    layouts = {item.sheet.name: item.layout for item in reading.trackers}
    found = []
    for sheet in workbook.sheets:
        layout = layouts.get(sheet.name)
        monthly = {c.column for b in layout.months for c in b.columns} if layout else set()
        for number, row in sheet.rows.items():
            if layout is not None and number >= layout.first_row:
                break
            for cell in row.iterchildren(main("c")):
                if cell.get("t") not in ("s", "inlineStr", "str") or column_of(cell) in monthly:
                    continue
                text = sheet.workbook.reader.text(cell)
                if len(text) < 200 and _names_month(text, old):
                    found.append(Saying(f"{sheet.name}!{cell.get('r')}", text.strip()))
        found += _page_headers(sheet, old)
    return found


def _page_headers(sheet: Worksheet, old: Month) -> Iterator[Saying]:
    headers = sheet.child("headerFooter")
    for element in headers if headers is not None else ():
        text = _HEADER_CODE.sub(" ", element.text or "")
        if _names_month(text, old):
            mention = next(m for m in find_months(text) if m.number == old.month)
            yield Saying(f"the page header or footer of {sheet.name}", mention.text)
            return


def _names_month(text: str, month: Month) -> bool:
    return any(m.month == month for m in find_months(text))
