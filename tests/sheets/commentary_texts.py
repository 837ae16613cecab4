"""Commentary changed and saved for tests, and what openpyxl sees of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_text import CommentaryText, CommentaryTexts
from sheetplan.sheets.month_cells import MonthCellWrite, agreed_writes, put_month_cells
from sheetplan.sheets.reading import read_layouts
from tests.builders import FIRST_SHEET, patched
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book
from tests.judges import diff, valid

SETTINGS = load_profile("commentary")
TEXT = (
    "[[Head of Roads]]\nOne. (June 2026 update)\n**Two. (July update)**\n\n"
    "[[Head of Trees]]\n**Three. (July update)**"
)


def plan(path: Path, *texts: str) -> Path:
    """A plan with a row for each text, the first of which is row 5."""
    rows = [
        Row(f"1.{at}", "An aim", "Do it", "A report", marked(text))
        for at, text in enumerate(texts, 1)
    ]
    return plan_book(path, [Section("1. Streets", rows)])


def with_cells(path: Path, cells: Sequence[str]) -> Path:
    """A plan of which the commentary cells are these, as XML."""
    plan(path, *[TEXT] * len(cells))
    xml = iter(cells)

    def put(sheet: bytes) -> bytes:
        return re.sub(rb'<c r="E(?:[5-9]|\d\d+)".*?</c>', lambda _: next(xml).encode(), sheet)

    return patched(path, {FIRST_SHEET: put})


def texts_of(workbook: Workbook) -> list[CommentaryText]:
    """The commentary of each row."""
    texts = CommentaryTexts(workbook)
    found = [item.commentary for item in read_layouts(workbook, SETTINGS).trackers]
    return [texts.of(item, cell) for item in found if item is not None for cell in item.cells]


def saved(
    path: Path, change: Callable[[CommentaryText], tuple[Run, ...] | None], name: str = "after.xlsx"
) -> Path:
    """The plan with its commentary changed, saved as a new file and proved."""
    workbook = Workbook.open(path)
    writes: list[MonthCellWrite] = []
    for text in texts_of(workbook):
        runs = change(text)
        if runs is not None:
            writes.append(text.write(runs))
    put_month_cells(workbook, writes)
    after = path.with_name(name)
    agreed = agreed_writes(writes)
    save(workbook.package, after, source=path, state=FileState.of(path), agreed=agreed)
    assert valid(path, after) == []
    assert not diff(path, after).lost
    return after


class Seen(NamedTuple):
    """A character as openpyxl sees it."""

    character: str
    bold: bool
    underline: str | None
    font: str | None
    colour: str | None


def seen(path: Path, cell: str) -> list[Seen]:
    """The characters of a cell as openpyxl reads them."""
    found = openpyxl.load_workbook(path, rich_text=True)["Plan"][cell]
    pieces = found.value if isinstance(found.value, CellRichText) else [found.value or ""]
    return [
        Seen(
            character,
            bool(font.b),
            font.u,
            font.rFont if isinstance(piece, TextBlock) else font.name,
            None if font.color is None else str(font.color.rgb or font.color.theme),
        )
        for piece in pieces
        for font in [piece.font if isinstance(piece, TextBlock) else found.font]
        for character in str(piece)
    ]


def bold_words(path: Path, cell: str) -> list[str]:
    """The stretches of a cell that openpyxl reads as bold."""
    groups = itertools.groupby(seen(path, cell), lambda each: each.bold)
    return ["".join(each.character for each in group) for bold, group in groups if bold]


class Typed(NamedTuple):
    """A stretch of text as a file may have it."""

    text: str
    looks: tuple[str, ...] | None
    """The children of its <rPr>; None for no <rPr>."""

    @property
    def is_lead(self) -> bool:
        return self.is_bold and bool({"<u/>", '<u val="double"/>'} & set(self.looks or ()))

    @property
    def is_bold(self) -> bool:
        return bool({"<b/>", '<b val="1"/>'} & set(self.looks or ()))


def rich(stretches: Iterable[Typed]) -> str:
    """Stretches as they stand in an <si> or <is>."""
    return "".join(
        f"<r>{'' if each.looks is None else '<rPr>' + ''.join(each.looks) + '</rPr>'}"
        f'<t xml:space="preserve">{escape(each.text)}</t></r>'
        for each in stretches
    )
