"""What a workbook reads of other workbooks: the files, and the cells that read them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from sheetplan.model.workbook_facts import CellFact
from sheetplan.ooxml.cells import formula_of
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, main
from sheetplan.sheets.month_formulas import formula_text


def external_links(workbook: Workbook) -> Iterator[CellFact]:
    """The cells whose formulas read another workbook, each with the name of its file.

    A file that no cell reads is told without a place: Excel asks about it all the same.
    """
    for number, file in _files(workbook):
        cells = list(_readers(workbook, number, file))
        yield from cells or [CellFact("", "", file)]


def _files(workbook: Workbook) -> Iterator[tuple[int, str]]:
    """The numbers by which formulas know other workbooks, and the names of their files.

    Programs that give data (DDE) and objects have a number as well; they are no workbooks.
    """
    package = workbook.package
    parts = {r.id: r.target for r in package.relationships(package.main_part)}
    root = package.xml(package.main_part)
    links = root.iterfind(f"{main('externalReferences')}/{main('externalReference')}")
    for number, link in enumerate(links, start=1):
        part = parts.get(link.get(f"{{{OFFICE_RELATIONSHIPS}}}id", ""), "")
        if part not in package or package.xml(part).find(main("externalBook")) is None:
            continue
        for relationship in package.relationships(part):
            if relationship.external:
                path = unquote(relationship.target).replace("\\", "/").rstrip("/")
                yield number, path.rpartition("/")[2] or path
                break


def _readers(workbook: Workbook, number: int, file: str) -> Iterator[CellFact]:
    mark = f"[{number}]"
    for sheet in workbook.sheets:
        for row, column in sheet.rows.cells_holding(mark.encode()):
            element = formula_of(sheet.cell(row, column))
            if element is not None and mark in formula_text(sheet, element, row, column):
                yield CellFact(sheet.name, cell_name(row, column), file)
