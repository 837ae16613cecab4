"""What an imported plan comes to: rows of a tracker, and where each paragraph of it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.plan_source import SourceParagraph
from sheetplan.model.status import StatusMeaning

LONGEST_TEXT = 32_000
"""Characters that a cell is given at most; Excel takes 767 more."""


class Column(NamedTuple):
    """A column of the tracker: a field, or the update of a month."""

    name: str
    month: Month | None = None


ACTION, LEAD, OUTPUTS, UNDATED, SOURCE = map(
    Column, ("action", "director_lead", "outputs", "undated", "source")
)


def update_of(month: Month) -> Column:
    """The column of a month's updates."""
    return Column("update", month)


@dataclass
class ImportedRow:
    """A row of the tracker.

    Attributes:
        reference: Its reference.
        number: The number of its row in the source.
        lines: What its cells say, line by line.
        statuses: The statuses that the source tells, by month.
    """

    reference: str
    number: str
    lines: dict[Column, list[str]] = field(default_factory=dict)
    statuses: dict[Month, StatusMeaning] = field(default_factory=dict)

    def text(self, column: Column) -> str:
        """What a cell says."""
        return "\n".join(self.lines.get(column, ()))

    def put(self, column: Column, text: str) -> bool:
        """Add a line to a cell; says whether there was room for it."""
        lines = self.lines.setdefault(column, [])
        has_room = sum(len(line) + 1 for line in lines) + len(text) <= LONGEST_TEXT
        if has_room:
            lines.append(text)
        return has_room


@dataclass(frozen=True)
class ImportedTheme:
    """A theme: its code, the names of its sheet and of the section, and its rows."""

    code: str
    sheet: str
    title: str
    rows: tuple[ImportedRow, ...]


class Target(NamedTuple):
    """A cell of the tracker, by the reference of its row."""

    reference: str
    column: Column


@dataclass
class Fate:
    """What became of a paragraph of the source.

    Attributes:
        paragraph: The paragraph.
        section: The section that it stands in.
        number: The number of its row.
        column: The kind of its column.
        targets: The cells that it went to.
        why: How its month is known, or why it went nowhere.
    """

    paragraph: SourceParagraph
    section: str = ""
    number: str = ""
    column: str = ""
    targets: list[Target] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ImportedPlan:
    """A plan as a tracker will have it.

    Attributes:
        name: The name of its file.
        written: The month in which it was written.
        months: The months that it has updates of, oldest first.
        themes: Its themes.
        fates: Every paragraph of the source, in its order, with what became of it.
        findings: What is doubtful.
    """

    name: str
    written: Month
    months: tuple[Month, ...]
    themes: tuple[ImportedTheme, ...]
    fates: tuple[Fate, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> Iterator[ImportedRow]:
        """The rows of all themes."""
        for theme in self.themes:
            yield from theme.rows
