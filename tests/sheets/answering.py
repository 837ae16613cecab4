"""Plans whose commentary is answered, and what their cells say then."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_cells import CommentaryCells
from sheetplan.sheets.month_cells import (
    MonthText,
    PlacedText,
    agreed_writes,
    put_month_cells,
)
from sheetplan.sheets.reading import read_layouts, read_tracker
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book

SETTINGS = load_profile("commentary")
JUNE, JULY = Month(2026, 6), Month(2026, 7)
TWO_LEADS = (
    "[[Head of Waste]]\nVans were bought. (May update)\nRounds were drawn. (June 2026 update)\n"
    "**(July update)**\n\n[[Head of Streets]]\nBins were counted. (June update)\n**(July update)**"
)
ONE_LEAD = "[[Head of Waste]]\nVans were bought. (June 2026 update)\n**(July update)**"
Answer = tuple[str, str, str]  # a reference, a field and a text


def plan(folder: Path, *texts: str, name: str = "plan.xlsx") -> Path:
    """A plan with a row of commentary for each text."""
    rows = [Row(f"1.{n}", "Aim", "Act", "", marked(text)) for n, text in enumerate(texts, start=1)]
    return plan_book(folder / name, [Section("1. Waste", rows)])


class Opened:
    """A plan whose month is answered."""

    def __init__(self, path: Path, month: Month = JULY) -> None:
        self.path, self.month = path, month
        self.workbook = Workbook.open(path)
        reading = read_layouts(self.workbook, SETTINGS)
        self.actions = {each.reference_text: each for each in read_tracker(reading).actions}
        self.cells = CommentaryCells(self.workbook, reading, month, SETTINGS)

    def obstacle(self, reference: str, field: str, text: str) -> str:
        return self.cells.obstacle(self.actions[reference], field, text)

    def placed(self, *answers: Answer) -> tuple[PlacedText, ...]:
        return self.cells.placed(
            [MonthText(self.actions[key], field, (Run(text),)) for key, field, text in answers]
        )

    def written(self, *answers: Answer) -> Path:
        """The plan with answers, saved as a new file and proved."""
        placed = self.placed(*answers)
        assert [each.obstacle for each in placed] == [""] * len(answers)
        writes = list(dict.fromkeys(each.write for each in placed if each.write))
        put_month_cells(self.workbook, writes)
        after = self.path.with_name(f"after {self.path.name}")
        after.unlink(missing_ok=True)
        save(
            self.workbook.package, after, source=self.path, state=FileState.of(self.path),
            agreed=agreed_writes(writes),
        )  # fmt: skip
        return after


def commentary(path: Path, row: int = 5) -> str:
    """What a cell of commentary says, as openpyxl reads it."""
    return str(openpyxl.load_workbook(path, rich_text=True)["Plan"].cell(row, 5).value)


def bold_lines(path: Path, row: int = 5) -> list[str]:
    """The lines of a cell that are all in bold and not underlined."""
    text = openpyxl.load_workbook(path, rich_text=True)["Plan"].cell(row, 5).value
    assert isinstance(text, CellRichText)
    looks = [
        (letter, isinstance(piece, TextBlock) and bool(piece.font.b) and not piece.font.u)
        for piece in text
        for letter in str(piece)
    ]
    lines = [list(line) for is_end, line in itertools.groupby(looks, _breaks) if not is_end]
    return ["".join(c for c, _ in line) for line in lines if all(is_bold for _, is_bold in line)]


def _breaks(look: tuple[str, bool]) -> bool:
    return look[0] == "\n"


def actions_of(path: Path) -> Mapping[str, Action]:
    return Opened(path).actions
