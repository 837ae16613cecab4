"""Carrying the narrative forward: the rows of a new month, with the words of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.ooxml.cells import Run, formula_of
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.headings import dated_month
from sheetplan.sheets.month_formulas import formula_text
from sheetplan.sheets.support_columns import NARRATIVE
from sheetplan.sheets.support_rows import SupportRow
from sheetplan.sheets.support_tables import SupportTable, find_support_tables
from sheetplan.sheets.writes import CellWrite

_CARRIED, _TO_WRITE = "Carried", "To write"  # what the formula in the column State comes to


@dataclass(frozen=True)
class NarrativeCarrying:
    """The rows that a roll adds to the narrative.

    Attributes:
        sheet: The sheet of the narrative.
        before: The month whose words are carried.
        month: The month of the new rows.
        blocks: The block of each new row.
        rows: Where they stand.
        writes: What is written in them.
        edits: What grows with the table.
        reformatted: Empty cells below the table that had another look.
    """

    sheet: Worksheet
    before: Month
    month: Month
    blocks: tuple[str, ...]
    rows: NewTableRows
    writes: tuple[CellWrite, ...]
    edits: tuple[Edit, ...]
    reformatted: tuple[str, ...]

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        """What is written over, for the promise."""
        return frozenset((self.sheet.part, cell) for cell in self.reformatted)

    def as_data(self) -> dict[str, Any]:
        """The new rows as plain data."""
        return {
            "sheet": self.sheet.name,
            "after": self.before.iso,
            "rows": f"{self.rows.targets.start}:{self.rows.targets.stop - 1}",
            "blocks": list(self.blocks),
            "cells": [{"cell": write.cell, "content": write.text} for write in self.writes],
            "grown": [
                {"what": edit.what, "before": edit.before, "after": edit.after}
                for edit in self.edits
            ],
        }

    def carry_out(self) -> None:
        """Add the rows; inside `Workbook.editing` of the sheet."""
        self.rows.make_cells()
        for write in self.writes:
            write.put(self.sheet.ensure_cell(write.row, write.column))
        for edit in self.edits:
            edit.make()


def plan_carrying(
    workbook: Workbook, month: Month, settings: Settings
) -> NarrativeCarrying | Finding | None:
    """Plan the rows of a month, with the words that each block had in the last month before it.

    Returns:
        The rows; where they cannot be added, a finding that says why; None where there is no
        narrative, or it has rows of the month already.
    """
    tables, there, findings = find_support_tables(workbook)
    if NARRATIVE.name not in there:
        return None
    if NARRATIVE.name not in tables:
        return next(f for f in findings if f.sheet == there[NARRATIVE.name])
    narrative = tables[NARRATIVE.name]
    months = {row: _month(narrative, row, settings) for row in narrative.rows}
    latest = max(filter(None, months.values()), default=None)
    if latest is None or latest >= month:
        return None
    sources = [row for row, found in months.items() if found == latest]
    return _new_rows(narrative, sources, latest, month)


def _new_rows(
    narrative: SupportTable, sources: list[int], before: Month, month: Month
) -> NarrativeCarrying | Finding:
    """A row of `month` for each of the rows of the month before; a finding where there is no room
    for them."""
    if narrative.table is None:
        return _not_carried(narrative, sources, month, "the rows are not an Excel table")
    rows = NewTableRows.under(narrative.table, sources)
    obstacle = rows.obstacle()
    if obstacle:
        return _not_carried(narrative, sources, month, obstacle)
    writes = [
        write
        for source, target in zip(sources, rows.targets, strict=True)
        for write in _copied_row(narrative, source, target, month)
    ]
    return NarrativeCarrying(
        sheet=narrative.sheet,
        before=before,
        month=month,
        blocks=tuple(narrative.text(row, "block") for row in sources),
        rows=rows,
        writes=tuple(writes),
        edits=tuple(rows.edits()),
        reformatted=tuple(rows.reformatted()),
    )


def _month(narrative: SupportTable, row: int, settings: Settings) -> Month | None:
    return SupportRow(narrative, row, settings, []).month("month", "")


def _not_carried(
    narrative: SupportTable, sources: list[int], month: Month, obstacle: str
) -> Finding:
    return Finding(
        "narrative-not-carried",
        Severity.WARNING,
        narrative.sheet.name,
        narrative.cell(sources[-1], "month"),
        "",
        f"no rows for {month} are added, because {obstacle}. Copy rows "
        f"{sources[0]} to {sources[-1]} by hand, and give the copies the month {month}.",
    )


def _copied_row(
    narrative: SupportTable, source: int, target: int, month: Month
) -> Iterator[CellWrite]:
    """The cells of a new row. Columns of the council's own stay empty, but for formulas."""
    assert narrative.table is not None
    names = {column: name for name, column in narrative.columns.items()}
    area = narrative.table.area
    for column in range(area.first_column, area.last_column + 1):
        name = names.get(column)
        formula = _formula(narrative, source, column, target)
        if name == "month":
            yield _month_write(narrative.sheet, source, column, target, month)
        elif formula:
            result = (Run(_state(narrative, source)),) if name == "state" else ()
            yield CellWrite(target, column, runs=result, formula=formula)
        elif name is not None and name != "state":
            yield from _copied_value(narrative.sheet, source, column, target)


def _copied_value(sheet: Worksheet, source: int, column: int, target: int) -> Iterator[CellWrite]:
    value = sheet.value(source, column)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield CellWrite(target, column, number=float(value), shown=f"{value:g}")
    elif value is not None:
        runs = sheet.workbook.reader.runs(sheet.cell(source, column))
        yield CellWrite(target, column, runs=tuple(runs))


def _month_write(
    sheet: Worksheet, source: int, column: int, target: int, month: Month
) -> CellWrite:
    """The new month as the old one stands there: a real date, or spelt in the same way."""
    value = sheet.value(source, column)
    if isinstance(value, datetime):
        if dated_month(sheet, source, column, value)[1]:  # its format would hide the year
            return CellWrite(target, column, runs=(Run(month.label),))
        serial = sheet.workbook.reader.serial(datetime(month.year, month.month, 1))
        return CellWrite(target, column, number=serial, shown=month.label)
    text = sheet.text(source, column).strip()
    mentions = find_months(text)
    spelt = mentions[0].respelled(month) if len(mentions) == 1 else month.label
    return CellWrite(target, column, runs=(Run(spelt),))


def _state(narrative: SupportTable, source: int) -> str:
    words = narrative.text(source, "summary") + narrative.text(source, "next_steps")
    return _CARRIED if words else _TO_WRITE


def _formula(narrative: SupportTable, source: int, column: int, target: int) -> str:
    """The formula of a new cell: that of the cell above it, or of the whole column."""
    sheet, table = narrative.sheet, narrative.table
    assert table is not None
    element = formula_of(sheet.cell(source, column))
    if element is not None and element.get("t", "normal") in ("normal", "shared"):
        text = formula_text(sheet, element, source, column)
        return moved_from(text, (source, column), (target, column))
    if narrative.columns.get("state") == column:
        return table.column_formula(column - table.area.first_column)
    return ""
