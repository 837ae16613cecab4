"""Reading a plan from a workbook: each sheet as a table, each line of a cell as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.plan_source import (
    SourceCell,
    SourceDocument,
    SourceParagraph,
    SourcePlace,
    SourceTable,
    SourceTableRow,
)
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.shown_values import shown_text
from sheetplan.ooxml.text_looks import TextLooks
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet

_LINE_ENDS = re.compile("\r\n|[\r\v\f\u2028]")
_NOT_STORABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHITE = "FFFFFF"


def read_plan_sheets(workbook: Workbook, name: str) -> SourceDocument:
    """Read all sheets of a workbook, hidden ones too."""
    looks = TextLooks(workbook)
    tables = tuple(_table(sheet, looks) for sheet in workbook.sheets)
    return SourceDocument(name, tables)


def _table(sheet: Worksheet, looks: TextLooks) -> SourceTable:
    anchors = {(area.first_row, area.first_column): area for area in sheet.merged}
    covered = {
        (row, column)
        for area in sheet.merged
        for row in range(area.first_row, min(area.last_row, max(sheet.rows, default=0)) + 1)
        for column in range(area.first_column, area.last_column + 1)
    } - set(anchors)
    rows = tuple(
        SourceTableRow(row, tuple(_cells(sheet, row, anchors, covered, looks)))
        for row in sheet.rows
    )
    return SourceTable(sheet.name, rows, title=sheet.name)


def _cells(
    sheet: Worksheet,
    row: int,
    anchors: dict[tuple[int, int], Area],
    covered: set[tuple[int, int]],
    looks: TextLooks,
) -> Iterator[SourceCell]:
    for column in range(1, sheet.rows.last_column(row) + 1):
        cell = sheet.cell(row, column)
        if cell is None or (row, column) in covered:
            continue
        area = anchors.get((row, column))
        span = 1 if area is None else area.last_column - area.first_column + 1
        fill = looks.fill(sheet, row, column)
        paragraphs = tuple(_paragraphs(sheet, row, column, looks))
        yield SourceCell(column, span, paragraphs, "" if fill == _WHITE else fill)


def _paragraphs(
    sheet: Worksheet, row: int, column: int, looks: TextLooks
) -> Iterator[SourceParagraph]:
    """The lines of a cell that say something. A number reads as its sheet shows it."""
    runs = [CommentaryRun(run.text, *run.look) for run in looks.runs(sheet, row, column)]
    if not isinstance(sheet.value(row, column), str):
        shown = shown_text(sheet, row, column)
        runs = [runs[0]._replace(text=shown)] if runs and shown else []
    for number, line in enumerate(_lines(runs), 1):
        if any(run.text.strip() for run in line):
            place = SourcePlace(sheet.name, row, column, number)
            yield SourceParagraph(place, tuple(line))


def _lines(runs: list[CommentaryRun]) -> Iterator[list[CommentaryRun]]:
    """The lines of a cell, each in its stretches."""
    line: list[CommentaryRun] = []
    for run in runs:
        text = _NOT_STORABLE.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub("\n", run.text))
        first, *rest = text.split("\n")
        line.append(run._replace(text=first))
        for piece in rest:
            yield line
            line = [run._replace(text=piece)]
    yield line
