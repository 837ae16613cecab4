"""What the tests of a roll do with workbooks: look into them without sheetplan, fill them in."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl
from lxml import etree
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.roll_plan import RollPlan
from sheetplan.model.month import Month
from sheetplan.ooxml import workbook as ooxml
from sheetplan.ooxml.archive import write
from sheetplan.ooxml.cells import Run, is_empty, put_text
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import action_rows, read_layouts
from tests.builders import FIRST_SHEET, parts_of
from tests.shapes import SHAPES

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def book_of(path: Path) -> Workbook:
    """The workbook as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        return openpyxl.load_workbook(path, rich_text=True)


def sheet_of(path: Path, name: str = "Plan") -> Worksheet:
    """A sheet as openpyxl reads it."""
    return book_of(path)[name]


def xml_of(path: Path, part: str = FIRST_SHEET) -> str:
    """A part as text."""
    return parts_of(path)[part].decode()


def root_of(path: Path, part: str = FIRST_SHEET) -> etree._Element:
    """The root of a part."""
    return etree.fromstring(parts_of(path)[part])


def roll_shape(tmp_path: Path, name: str, **options: object) -> tuple[ChangeResult[RollPlan], Path]:
    """One shape rolled with options: the result, and the path of the new file."""
    shape = SHAPES[name]
    before, after = tmp_path / f"before{shape.suffix}", tmp_path / f"after{shape.suffix}"
    shape.build(before)
    return sheetplan.roll_month(before, output=after, **options), after


def fill_in(path: Path, month: Month) -> None:
    """Do what officers do in Excel: write into every empty cell of the month's actions."""
    workbook = ooxml.Workbook.open(path)
    for item in read_layouts(workbook, load_profile("standard")).trackers:
        block = next(block for block in item.layout.months if block.month == month)
        rows = [found.row for found in action_rows(item.sheet, item.layout)]
        with workbook.editing(item.sheet) as sheet:
            for row in rows:
                for column in block.columns:
                    cell = sheet.ensure_cell(row, column.column)
                    if is_empty(cell):
                        put_text(cell, [Run(f"On track [{month.iso}]")])
    with path.open("wb") as stream:
        write(stream, workbook.package.members())
