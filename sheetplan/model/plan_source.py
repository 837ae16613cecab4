"""A plan as its document has it: the paragraphs and tables, each with where it stands.

A Word document and a workbook come to the same: a sheet is a table, and a line of a cell is a
paragraph of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.finding import Finding


class SourcePlace(NamedTuple):
    """Where a paragraph stands: in which table or other part, and in which cell of it.

    Rows, columns and paragraphs are counted from 1; row and column are 0 outside tables.
    """

    part: str
    row: int = 0
    column: int = 0
    paragraph: int = 1

    @property
    def cell(self) -> str:
        """The cell in words: "row 3, column 5"; empty outside tables."""
        return f"row {self.row}, column {self.column}" if self.row else ""


@dataclass(frozen=True)
class SourceParagraph:
    """A paragraph with text in it.

    Attributes:
        place: Where it stands.
        runs: Its text, with the bullet or number that stands before it.
        notes: The marks of the notes that it refers to, such as "1".
        level: The level of a heading, 0 for any other paragraph.
    """

    place: SourcePlace
    runs: tuple[CommentaryRun, ...]
    notes: tuple[str, ...] = ()
    level: int = 0

    @property
    def text(self) -> str:
        """The text."""
        return "".join(run.text for run in self.runs)

    @property
    def is_bold(self) -> bool:
        """Whether all of its words are bold."""
        return all(run.bold for run in self.runs if run.text.strip())


@dataclass(frozen=True)
class SourceCell:
    """A cell of a table.

    Attributes:
        column: The first column that it covers, from 1.
        span: How many columns it covers.
        paragraphs: What stands in it.
        fill: The colour behind it, as six figures, or empty.
    """

    column: int
    span: int
    paragraphs: tuple[SourceParagraph, ...]
    fill: str = ""

    @property
    def text(self) -> str:
        """Its paragraphs, one to a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class SourceTableRow:
    """A row of a table: its number, from 1, and its cells from left to right."""

    number: int
    cells: tuple[SourceCell, ...]

    @property
    def filled(self) -> tuple[SourceCell, ...]:
        """The cells with something in them."""
        return tuple(cell for cell in self.cells if cell.paragraphs)


@dataclass(frozen=True)
class SourceTable:
    """A table, or a sheet of a workbook; `title` is what a sheet is called."""

    name: str
    rows: tuple[SourceTableRow, ...]
    title: str = ""


@dataclass(frozen=True)
class SourceDocument:
    """A document: what stands in it from top to bottom.

    Attributes:
        name: The name of the file.
        blocks: Its paragraphs and tables in their order.
        notes: The paragraphs of each note, by its mark.
        margins: What stands outside the text: page headers, text boxes, comments.
        findings: What in it cannot be brought along.
    """

    name: str
    blocks: tuple[SourceParagraph | SourceTable, ...]
    notes: Mapping[str, tuple[SourceParagraph, ...]] = field(default_factory=dict)
    margins: tuple[SourceParagraph, ...] = ()
    findings: tuple[Finding, ...] = ()

    def paragraphs(self) -> Iterator[SourceParagraph]:
        """Every paragraph in it."""
        for block in self.blocks:
            if isinstance(block, SourceParagraph):
                yield block
                continue
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        for note in self.notes.values():
            yield from note
        yield from self.margins


@dataclass(frozen=True)
class PlanRow:
    """A row of a plan, put together again where it goes on over pages.

    Attributes:
        place: Where it begins.
        number: Its number as typed, such as "1.2"; empty where it has none.
        cells: Its paragraphs by the kind of their column: number, aim, action, outputs,
            commentary, and other for the rest.
        fills: The colours behind its commentary.
    """

    place: SourcePlace
    number: str
    cells: Mapping[str, tuple[SourceParagraph, ...]]
    fills: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanSection:
    """A section of a plan: its number and title as typed, the paragraphs of its heading, its
    rows."""

    number: str
    title: str
    heading: tuple[SourceParagraph, ...]
    rows: tuple[PlanRow, ...]


class Aside(NamedTuple):
    """A paragraph that becomes no part of a row, and why."""

    paragraph: SourceParagraph
    why: str


@dataclass(frozen=True)
class PlanSource:
    """A plan: its sections with their rows, and all that stands beside them."""

    name: str
    sections: tuple[PlanSection, ...]
    asides: tuple[Aside, ...]
    notes: Mapping[str, tuple[SourceParagraph, ...]]
    findings: tuple[Finding, ...]
