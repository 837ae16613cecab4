"""Workbooks of plans without month columns, built by XlsxWriter for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from sheetplan.model.commentary import CommentaryRun
from tests.commentary import published_rows, published_runs

HEADINGS = ("No.", "Improvement aim", "Required action", "Outputs / outcomes", "Lead / RAG status")
_CREATED = datetime(2023, 9, 3, 9, 0)


class Row(NamedTuple):
    """A row of a plan; what stands in the columns after the commentary is `more`."""

    number: str | float
    aim: str
    action: str
    outputs: str
    runs: Sequence[CommentaryRun]
    more: Sequence[str | datetime] = ()


class Section(NamedTuple):
    """A section of a plan."""

    title: str
    rows: Sequence[Row]


class PlanBook:
    """A workbook that is being built, with the formats that its commentary needs."""

    def __init__(self, path: Path, headings: Sequence[str] = HEADINGS) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"default_date_format": "mmm-yy"})
        self._book.set_properties({"created": _CREATED})
        self._headings = headings
        self._formats: dict[tuple[Any, ...], Any] = {}

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def add_sheet(self, name: str, title: str, sections: Iterable[Section]) -> None:
        """A sheet with a title and its sections, each with a row of headings of its own."""
        sheet = self._book.add_worksheet(name)
        if title:
            sheet.write_string(0, 0, title)
        row = 2 if title else 0
        for section in sections:
            if section.title:
                sheet.write_string(row, 0, section.title)
                row += 1
            sheet.write_row(row, 0, self._headings)
            for line in section.rows:
                row += 1
                for column, value in enumerate(line[:4]):
                    sheet.write(row, column, value)
                self.write_runs(sheet, row, 4, line.runs)
                sheet.write_row(row, 5, line.more)
            row += 2

    def write_runs(self, sheet: Any, row: int, column: int, runs: Sequence[CommentaryRun]) -> None:
        """Write rich text, which has two stretches at least."""
        told = [run for run in runs if run.text]
        if len(told) == 1:
            sheet.write_string(row, column, told[0].text, self._format(told[0]))
        elif told:
            pieces = [piece for run in told for piece in (self._format(run), run.text)]
            assert sheet.write_rich_string(row, column, *pieces) == 0

    def _format(self, run: CommentaryRun) -> Any:
        look = run[1:]
        if look not in self._formats:
            chosen = {"bold": run.bold, "underline": int(run.underline)}
            if run.colour:
                chosen["font_color"] = f"#{run.colour}"
            self._formats[look] = self._book.add_format(chosen)
        return self._formats[look]


def plan_book(
    path: Path,
    sections: Iterable[Section],
    *,
    title: str = "Improvement Plan",
    name: str = "Plan",
    headings: Sequence[str] = HEADINGS,
) -> Path:
    """A workbook with one sheet that holds all sections."""
    book = PlanBook(path, headings)
    book.add_sheet(name, title, sections)
    book.close()
    return path


def published_sections() -> list[Section]:
    """The sections of the other council's plan."""
    sections: dict[str, Section] = {}
    for row in published_rows():
        section = sections.setdefault(row.section, Section(f"{row.section}. {row.title}", []))
        cells = ("improvement_aim", "required_action", "outputs_outcomes")
        aim, action, outputs = ("\n".join(row.item[name]) for name in cells)
        section.rows.append(Row(row.number, aim, action, outputs, published_runs(row)))
    return list(sections.values())


def published_book(path: Path, *, sheet_per_section: bool = False) -> Path:
    """The other council's plan as a workbook."""
    book = PlanBook(path)
    sections = published_sections()
    if sheet_per_section:
        for section in sections:
            book.add_sheet(
                f"Section {section.title[0]}", section.title, [Section("", section.rows)]
            )
    else:
        book.add_sheet("Plan", "Governance Improvement Plan: September Update 2018", sections)
    book.close()
    return path
