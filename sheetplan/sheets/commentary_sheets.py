"""Reading the commentary of a plan without month columns, as far as its rows were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sheetplan.model.clock import now
from sheetplan.model.commentary import Commentary, CommentaryRun
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.commentary_stamps import plan_month
from sheetplan.model.month import Month
from sheetplan.ooxml.text_looks import TextLooks
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_layout import PlanRow, PlanSheet
from sheetplan.sheets.heading_block import MonthBlock, MonthColumn
from sheetplan.sheets.layout import SheetLayout


@dataclass(frozen=True)
class CommentaryCell:
    """The commentary of a row.

    Attributes:
        row: The row.
        runs: Its text, stretch by stretch, as it looks.
        commentary: What it says.
        fill: The colour behind it, or empty.
    """

    row: PlanRow
    runs: tuple[CommentaryRun, ...]
    commentary: Commentary
    fill: str = ""


@dataclass(frozen=True)
class CommentarySection:
    """A section of a plan: its title, empty where it has none, and the commentary of its rows."""

    title: str
    cells: tuple[CommentaryCell, ...]


@dataclass(frozen=True)
class CommentarySheet:
    """A sheet of a plan without month columns.

    Attributes:
        found: What was found on it.
        layout: Its layout, in which the column of the commentary stands for each month.
        sections: Its sections.
        written: The month in which the plan was written.
        settings: The council's settings.
    """

    found: PlanSheet
    layout: SheetLayout
    sections: tuple[CommentarySection, ...]
    written: Month
    settings: Settings

    @property
    def cells(self) -> tuple[CommentaryCell, ...]:
        """The commentary of every row."""
        return tuple(cell for section in self.sections for cell in section.cells)


def read_commentary_sheets(
    workbook: Workbook, found: Sequence[PlanSheet], settings: Settings
) -> Iterator[CommentarySheet]:
    """Read the commentary of all sheets of a plan.

    Args:
        workbook: The workbook.
        found: The sheets that are the plan's.
        settings: The council's settings.
    """
    looks = TextLooks(workbook)
    runs = [
        {row.row: _runs(looks, item, row) for section in item.sections for row in section.rows}
        for item in found
    ]
    texts = ["".join(run.text for run in cell) for by_row in runs for cell in by_row.values()]
    written = month_written_in(workbook, found, texts, settings)
    sections = [
        tuple(
            CommentarySection(
                section.title,
                tuple(
                    CommentaryCell(
                        row,
                        by_row[row.row],
                        read_commentary(by_row[row.row], settings.commentary.words, written),
                        looks.fill(item.sheet, row.row, _column(item)),
                    )
                    for row in section.rows
                ),
            )
            for section in item.sections
        )
        for item, by_row in zip(found, runs, strict=True)
    ]
    months = {
        month
        for of_sheet in sections
        for section in of_sheet
        for cell in section.cells
        for month in _months(cell.commentary)
    }
    for item, of_sheet in zip(found, sections, strict=True):
        layout = _with_months(item, sorted(months or {written}))
        yield CommentarySheet(item, layout, of_sheet, written, settings)


def _column(item: PlanSheet) -> int:
    return item.layout.fields["commentary"]


def _runs(looks: TextLooks, item: PlanSheet, row: PlanRow) -> tuple[CommentaryRun, ...]:
    return tuple(
        CommentaryRun(run.text, *run.look) for run in looks.runs(item.sheet, row.row, _column(item))
    )


def month_written_in(
    workbook: Workbook, found: Iterable[PlanSheet], texts: Iterable[str], settings: Settings
) -> Month:
    """The month in which a plan was written, if the commentaries of its rows say `texts`."""
    return plan_month(
        (line for text in texts for line in text.splitlines()),
        (workbook.package.name, *(title for item in found for title in item.titles)),
        settings.commentary.words,
        Month.of(now().date()),
    )


def _months(commentary: Commentary) -> Iterator[Month]:
    for paragraph in commentary.paragraphs:
        if paragraph.month is not None:
            yield paragraph.month


def _with_months(item: PlanSheet, months: Iterable[Month]) -> SheetLayout:
    """A layout in which the column of the commentary stands for each month."""
    column = _column(item)
    top, _ = item.layout.heading_rows
    heading = " ".join(item.sheet.text(top, column).split())
    blocks = (MonthBlock(m, (MonthColumn(column, "update", heading),)) for m in months)
    return replace(item.layout, months=tuple(blocks))
