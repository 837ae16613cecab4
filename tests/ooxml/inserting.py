"""Inserting columns and looking at what came of it, through readers that are not ours."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from sheetplan.ooxml.insertion import Inserted, insert_columns
from sheetplan.ooxml.saving import FileState, Verified, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import XM
from tests.builders import FIRST_SHEET, package_with, parts_of, replaced, workbook_with_sheet
from tests.judges import valid
from tests.office_macro import run_macro

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PLAN = """
    | Ref     | Action       | Status   | Update | Evidence |
    | OC.A1.1 | Fix the roof | On track | Begun  | Minutes  |
    | OC.A1.2 | Fix the door | Complete | Done   | Photo    |
"""


@dataclass(frozen=True)
class Done:
    """An insertion that was saved: the file, what it says of itself and what was checked."""

    path: Path
    inserted: Inserted
    verified: Verified


def inserted(
    source: Path,
    at: int,
    count: int = 1,
    *,
    sheet: int = 0,
    headings: Sequence[str] = (),
    target: Path | None = None,
) -> Done:
    """Insert columns into a sheet of a workbook, and save it as after.xlsx beside it."""
    target = target or source.with_name("after.xlsx")
    state = FileState.of(source)
    workbook = Workbook.open(source)
    done = insert_columns(workbook, workbook.sheets[sheet], at, count, headings=headings)
    verified = save(workbook.package, target, source=source, state=state, agreed=done.agreed)
    return Done(target, done, verified)


def made(tmp_path: Path, inside: str, at: int = 4, count: int = 2) -> str:
    """A sheet of just this XML once columns have been inserted."""
    path = workbook_with_sheet(tmp_path / "made.xlsx", inside)
    done = inserted(path, at, count)
    assert valid(path, done.path) == []
    return sheet_of(done.path)


def sheet_of(path: Path, part: str = FIRST_SHEET) -> str:
    """The XML of a sheet."""
    return parts_of(path)[part].decode()


def related(path: Path, kind: str, part: str, content_type: str, xml: str) -> Path:
    """Give the first sheet of a workbook a part."""
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="/{part}"/></Relationships>'
    )
    with_type(path, part, content_type)
    return package_with(
        path,
        {"xl/worksheets/_rels/sheet1.xml.rels": relationships.encode(), part: xml.encode()},
    )


def with_type(path: Path, part: str, content_type: str) -> None:
    """Say of which type a part of a workbook is."""
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    replaced(path, "[Content_Types].xml", "</Types>", override)


def with_pivot_table(path: Path, area: str) -> Path:
    """Give the first sheet of a workbook a pivot table."""
    return related(
        path,
        "pivotTable",
        "xl/pivotTables/pivotTable1.xml",
        f"{SPREADSHEET}.pivotTable+xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="Counts" cacheId="1"><location ref="{area}" '
        'firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>',
    )


def shifted_values(values: dict[str, object], at: int, count: int) -> dict[str, object]:
    """Values by cell, with the cells where they should be."""
    found = {}
    for name, value in values.items():
        letters = name.rstrip("0123456789")
        column = column_index_from_string(letters)
        new = column + count if column >= at else column
        found[f"{get_column_letter(new)}{name[len(letters) :]}"] = value
    return found


_MACRO = """
Sub Main
    {steps}
    StarDesktop.terminate()
End Sub

Sub Insert(source As String, target As String, sheet As Integer, at As Integer, count As Integer)
    Dim options(0) As New com.sun.star.beans.PropertyValue, book As Object
    On Error GoTo Done ' else it waits for somebody to read what went wrong
    options(0).Name = "Hidden"
    options(0).Value = True
    book = StarDesktop.loadComponentFromURL(source, "_blank", 0, options())
    If count > 0 Then
        book.Sheets.getByIndex(sheet).Columns.insertByIndex(at - 1, count)
    End If
    options(0).Name = "FilterName"
    options(0).Value = "Calc MS Excel 2007 XML"
    book.storeToURL(target, options())
Done:
    book.close(True)
End Sub
"""


@dataclass(frozen=True)
class Job:
    """What LibreOffice is to do: open a file, insert columns (none of them to only save it)."""

    source: Path
    target: Path
    at: int = 1
    count: int = 0
    sheet: int = 0


def insert_by_office(jobs: Sequence[Job], folder: Path) -> None:
    """Have LibreOffice do it, in one run."""
    steps = [
        f'Insert "{job.source.as_uri()}", "{job.target.as_uri()}", {job.sheet}, {job.at}, '
        f"{job.count}"
        for job in jobs
    ]
    run_macro(folder, _MACRO.format(steps="\n    ".join(steps)))


# ---------------------------------------------------------------- what is in a workbook


def facts(path: Path) -> dict[str, object]:
    """What openpyxl finds in a workbook, and the references and anchors of what is drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    found: dict[str, object] = {}
    for sheet in book.worksheets:
        found |= {f"{sheet.title} {what}": fact for what, fact in _sheet_facts(sheet).items()}
    found["names"] = {name: item.attr_text for name, item in book.defined_names.items()}
    found["drawn"] = drawn(path)
    found["extended"] = extended(path)
    return {what: fact for what, fact in found.items() if fact}


def _sheet_facts(sheet) -> dict[str, object]:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    formats = sheet.conditional_formatting
    columns = sheet.column_dimensions
    return {
        "cells": {c.coordinate: _value(c.value) for c in cells if c.value is not None},
        "notes": {c.coordinate: c.comment.text for c in cells if c.comment},
        "links": {c.coordinate for c in cells if c.hyperlink},
        "bold": {c.coordinate for c in cells if c.font.b},
        "merges": sorted(map(str, sheet.merged_cells.ranges)),
        # LibreOffice moves their formulas in some runs and in others not.
        "drop-downs": sorted(str(rule.sqref) for rule in sheet.data_validations.dataValidation),
        "formats": sorted((str(f.sqref), *r.formula) for f in formats for r in f.rules),
        "filter": sheet.auto_filter.ref,
        "filtered": [column.colId for column in sheet.auto_filter.filterColumn],
        "tables": dict(sheet.tables.items()),
        "print area": str(sheet.print_area),
        "titles": (sheet.print_title_cols, sheet.print_title_rows),
        "frozen": sheet.freeze_panes,
        "breaks": [item.id for item in sheet.col_breaks.brk],
        "widths": {
            column: round(item.width, 1)
            for item in columns.values()
            for column in range(item.min, item.max + 1)
            if item.width > 13 and column < 40
        },
        "names": {name: item.attr_text for name, item in sheet.defined_names.items()},
    }


def _value(value: object) -> object:
    """The value of a cell; a formula for several cells with them."""
    if hasattr(value, "ref"):
        return value.ref, value.text
    return value


def drawn(path: Path) -> dict[str, list[str]]:
    """The references of charts, and between which columns each thing is drawn."""
    references, columns = [], []
    for name, data in sorted(parts_of(path).items()):
        if re.match(r"xl/charts/chart\d+\.xml", name):
            found = [e.text or "" for e in etree.fromstring(data).iter("{*}f")]
            # LibreOffice spells one cell as $H$1:$H$1.
            references += [re.sub(r"(\$\w+\$\d+):\1\Z", r"\1", text) for text in found]
        if re.match(r"xl/drawings/drawing\d+\.xml", name):
            columns += [e.text or "" for e in etree.fromstring(data).iter("{*}col")]
    return {"references": sorted(references), "columns": columns} if references + columns else {}


def extended(path: Path) -> list[str]:
    """The formulas and ranges of what Excel added in 2010: drop-downs, formats, sparklines."""
    found = []
    for name, data in sorted(parts_of(path).items()):
        if name.startswith("xl/worksheets/sheet"):
            root = etree.fromstring(data)
            found += [e.text or "" for e in root.iter(f"{{{XM}}}f", f"{{{XM}}}sqref")]
    return sorted(text.replace("$", "") for text in found)  # LibreOffice drops dollars
