"""What still speaks of the old month when the new one is open: formulas, charts, names, words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sheetplan.cycle.copied_months import CopiedMonths
from sheetplan.cycle.made_sheets import made_sheets
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.rules import Rule, can_repoint, rules_of, rules_still_reading
from sheetplan.ooxml.sheet_rows import column_of
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import CHART, main
from sheetplan.sheets.reading import WorkbookReading

# &R&"Arial,Regular"&9July: fonts, sizes and places in a page header (18.3.1.46).
_HEADER_CODE = re.compile(r'&"[^"]*"|&\d+|&[A-Za-z&]')


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


def other_readers(
    workbook: Workbook, copied: CopiedMonths, growing: Collection[Edit]
) -> list[Reader]:
    """Rules, names, charts and pivot tables that go on reading the old month.

    Args:
        workbook: The workbook.
        copied: What the roll copies.
        growing: Names that grow over the new month, and so read both.
    """
    return [
        *_rules(workbook, copied),
        *_names(workbook, copied, {edit.before for edit in growing}),
        *_charts(workbook, copied),
        *_pivots(workbook, copied),
    ]


def _rules(workbook: Workbook, copied: CopiedMonths) -> Iterator[Reader]:
    for sheet in workbook.sheets:
        columns = copied.columns.get(sheet.name.casefold())
        if columns is not None:
            for rule in rules_still_reading(sheet, columns):
                yield from _rule(rule, sheet, copied, can_move=can_repoint(rule, columns))
        elsewhere = copied.without(sheet.name)
        for rule in rules_of(sheet):
            yield from _rule(rule, sheet, elsewhere, can_move=False)


def _rule(
    rule: Rule, sheet: Worksheet, copied: CopiedMonths, *, can_move: bool
) -> Iterator[Reader]:
    """A rule, with the first of its formulas that reads the old month."""
    for formula in rule.formulas:
        text = formula.text or ""
        month = copied.month_read(text, sheet.name)
        if month is not None:
            areas = " ".join(map(str, rule.areas))
            yield Reader(f"{rule.what} on {sheet.name}!{areas}", text, month, can_move=can_move)
            return


def _names(workbook: Workbook, copied: CopiedMonths, growing: set[str]) -> Iterator[Reader]:
    root = workbook.package.xml(workbook.package.main_part)
    for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        text = name.text or ""
        month = copied.month_read(text, "")
        if month is not None and text not in growing:
            yield Reader(f"the name {name.get('name')}", text, month, can_move=False)


def _charts(workbook: Workbook, copied: CopiedMonths) -> Iterator[Reader]:
    package = workbook.package
    places = [(sheet.part, sheet.name, f"a chart on {sheet.name}") for sheet in workbook.sheets]
    for part in package.related(package.main_part, "chartsheet"):
        places.append((part, "", "the chart of a chart sheet"))
    for part, name, place in places:
        for drawing in package.related(part, "drawing"):
            for chart in package.related(drawing, "chart"):
                formulas = [f.text or "" for f in package.xml(chart).iter(f"{{{CHART}}}f")]
                found = ((formula, copied.month_read(formula, name)) for formula in formulas)
                read = next(((formula, month) for formula, month in found if month), None)
                if read is not None:
                    yield Reader(place, *read, can_move=False)


def _pivots(workbook: Workbook, copied: CopiedMonths) -> Iterator[Reader]:
    """Pivot tables whose source holds the old month: it ends there, and does not grow."""
    package = workbook.package
    for part in package.related(package.main_part, "pivotCacheDefinition"):
        source = package.xml(part).find(f"{main('cacheSource')}/{main('worksheetSource')}")
        sheet = "" if source is None else source.get("sheet", "")
        columns = copied.columns.get(sheet.casefold())
        text = "" if source is None else source.get("ref", "")
        if columns is not None and text and columns.moved(Area.parse(text)) is not None:
            month = copied.months[sheet.casefold()]
            yield Reader("the source of a pivot table", f"{sheet}!{text}", month, can_move=False)


def sayings(reading: WorkbookReading, workbook: Workbook, old: Month) -> list[Saying]:
    """Titles, labels and page headers that name the old month with its year.

    Support sheets hold months as data, generated sheets are made anew, and the account of an import
    says what was: these are passed over.
    """
    layouts = {item.sheet.name: item.layout for item in reading.trackers}
    made = made_sheets(workbook)
    found = []
    for sheet in workbook.sheets:
        if sheet.name in made:
            continue
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
