"""The commentary of a row as a text that can be changed by place, and read again before it is
written: what no change touches stays as it was, to the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sheetplan.model.commentary import Commentary, CommentaryRun
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.month import Month
from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import LONGEST_TEXT, Run, is_empty, length
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.rich_text import Span, TextChange, changed, restyled, run_at
from sheetplan.ooxml.text_cells import held_beside_words
from sheetplan.ooxml.text_looks import TextLooks
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.commentary_sheets import CommentaryCell, CommentarySheet
from sheetplan.sheets.month_cells import MonthCellWrite, formula_obstacle
from sheetplan.sheets.writes import CellWrite


class Put(NamedTuple):
    """Words for the stretch of a text from `first` to before `last`: none to take it out, and one
    place for both to put them in between.

    They are in the font of the words before them, bold or not; with `is_alike` they look in all as
    those do, as words of the same sentence.
    """

    first: int
    last: int
    text: str = ""
    bold: bool = False
    is_alike: bool = False


class CommentaryTexts:
    """The commentaries of a workbook as texts that can be changed."""

    def __init__(self, workbook: Workbook) -> None:
        self._reader = workbook.reader
        self._looks, self._fonts = TextLooks(workbook), CellFonts(workbook)

    def of(self, item: CommentarySheet, cell: CommentaryCell) -> CommentaryText:
        """The text of one row's commentary."""
        column = item.layout.fields["commentary"]
        stored = item.found.sheet.cell(cell.row.row, column)
        return CommentaryText(
            item=item,
            cell=cell,
            column=column,
            cell_format=None if stored is None else stored.get("s"),
            runs=tuple(self._reader.runs(stored)),
            held="" if stored is None else held_beside_words(self._reader, stored),
            looks=self._looks,
            fonts=self._fonts,
        )


@dataclass(frozen=True)
class CommentaryText:
    """The text of one row's commentary.

    Attributes:
        item: Its sheet.
        cell: What was read in it.
        column: Its column.
        cell_format: The format that its cell wears.
        runs: Its words, stretch by stretch, as the file has them.
        held: What its cell holds that writing its words anew would lose; empty for nothing.
        looks: How words look in the workbook.
        fonts: The fonts of its cells.
    """

    item: CommentarySheet
    cell: CommentaryCell
    column: int
    cell_format: str | None
    runs: tuple[Run, ...]
    held: str
    looks: TextLooks
    fonts: CellFonts

    @property
    def name(self) -> str:
        """The name of its cell."""
        return cell_name(self.cell.row.row, self.column)

    @cached_property
    def words(self) -> str:
        """All that it says."""
        return "".join(run.text for run in self.runs)

    @property
    def obstacle(self) -> str:
        """Why nothing can be written into it, as a sentence; empty where something can."""
        sheet, row = self.item.found.sheet, self.cell.row.row
        for area in sheet.merged:
            anchor = cell_name(area.first_row, area.first_column)
            if self.name != anchor and area.contains(row, self.column):
                return (
                    f"{sheet.name}!{self.name} is part of the merged cells {area}, whose words "
                    f"stand in {anchor}. Unmerge them and run this again."
                )
        formula = formula_obstacle(sheet, row, self.column)
        if formula or not self.held:
            return formula
        return f"{sheet.name}!{self.name} holds {self.held}. Change it there by hand."

    def with_changes(self, not_bold: Iterable[Span], puts: Iterable[Put]) -> tuple[Run, ...]:
        """Its runs with changes, of which none has been made.

        Args:
            not_bold: The stretches that lose their bold; leads in them, which are underlined too,
                keep it.
            puts: What is put where.
        """
        runs = restyled(
            self.runs, not_bold, lambda worn: self.fonts.not_bold(worn, self.cell_format)
        )
        return changed(runs, [self._change(runs, put) for put in puts])

    def read(self, runs: Sequence[Run], written: Month) -> Commentary:
        """What its commentary would say with other runs, in a plan that was written in a month;
        what would be doubtful in it is left out."""
        looked = self.looks.looked(runs, self.cell_format)
        return read_commentary(
            [CommentaryRun(run.text, *run.look) for run in looked],
            self.item.settings.commentary.words,
            written,
            doubting=False,
        )

    def is_too_long(self, runs: Iterable[Run]) -> bool:
        """Whether a cell cannot hold so much."""
        return sum(length(run.text) for run in runs) > LONGEST_TEXT

    def write(self, runs: Iterable[Run]) -> MonthCellWrite:
        """What writing it anew comes to."""
        sheet = self.item.found.sheet
        write = CellWrite(self.cell.row.row, self.column, runs=tuple(runs))
        stored = sheet.cell(write.row, write.column)
        replaces = stored is not None and not is_empty(stored)
        return MonthCellWrite(sheet, write, replaces, is_dressed=True)

    def _change(self, runs: Sequence[Run], put: Put) -> TextChange:
        if not put.text:
            return TextChange(put.first, put.last)
        near = run_at(runs, put.first).properties
        look = near if put.is_alike else self.fonts.beside(near, self.cell_format, bold=put.bold)
        return TextChange(put.first, put.last, (Run(put.text, look),))
