"""What is seen in a plan that keeps every month in one cell: leads, paragraphs, stamps, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sheetplan.checks.named_times import named_times, names_a_time
from sheetplan.model.commentary_doubts import commentary_findings
from sheetplan.model.date_spelling import tidied
from sheetplan.model.date_words import DateWords
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.ooxml.ranges import cell_name
from sheetplan.sheets.commentary_sheets import CommentaryCell, CommentarySheet
from sheetplan.sheets.reading import WorkbookReading


@dataclass(frozen=True)
class StampSpelling:
    """One spelling of a stamp: the months that it names, and how often it stands."""

    text: str
    months: tuple[Month, ...]
    count: int


class NamedDate(NamedTuple):
    """A time that a paragraph names: where, how it is typed, and the last day that it can mean."""

    sheet: str
    cell: str
    reference: str
    text: str
    last: date


@dataclass(frozen=True)
class CommentaryInspection:
    """What a plan's commentary holds.

    Attributes:
        written: The month in which the plan was written.
        rows: How many rows it has.
        leads: Each lead, and how many paragraphs stand under it.
        bases: How many paragraphs have their month by each way of knowing it; "" for none.
        stamps: The stamps by their spelling, the most frequent first.
        complete: How many paragraphs say that the work is done.
        newest: How many are in bold.
        dates: The times that the words name, the earliest first.
    """

    written: Month
    rows: int
    leads: Mapping[str, int]
    bases: Mapping[str, int]
    stamps: tuple[StampSpelling, ...]
    complete: int
    newest: int
    dates: tuple[NamedDate, ...]

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return sum(self.bases.values())

    @property
    def to_come(self) -> tuple[NamedDate, ...]:
        """The times after the month of the plan."""
        return tuple(named for named in self.dates if named.last > self.written.last_day)

    def as_data(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "written": self.written.iso,
            "rows": self.rows,
            "paragraphs": self.paragraphs,
            "leads": dict(self.leads),
            "months_known_by": {basis or "nothing": n for basis, n in self.bases.items()},
            "stamps": [
                {"text": s.text, "months": [m.iso for m in s.months], "count": s.count}
                for s in self.stamps
            ],
            "complete": self.complete,
            "newest": self.newest,
            "dates": [{**named._asdict(), "last": named.last.isoformat()} for named in self.dates],
        }


def inspect_commentary(reading: WorkbookReading) -> CommentaryInspection | None:
    """What the commentary of a plan holds; None for a tracker whose months have columns."""
    sheets = [item.commentary for item in reading.trackers if item.commentary is not None]
    if not sheets:
        return None
    cells = [cell for sheet in sheets for cell in sheet.cells]
    said = [paragraph for cell in cells for paragraph in cell.commentary.paragraphs]
    stamps = Counter((p.stamp.text, p.stamp.months) for p in said if p.stamp is not None)
    leads: Counter[str] = Counter()
    for cell in cells:
        leads.update(dict.fromkeys(cell.commentary.leads, 0))
        leads.update(paragraph.lead for paragraph in cell.commentary.paragraphs)
    dates = [found for sheet in sheets for found in _dates(sheet, reading.date_words)]
    return CommentaryInspection(
        written=sheets[0].written,
        rows=len(cells),
        leads=dict(leads.most_common()),
        bases=dict(Counter(paragraph.basis for paragraph in said).most_common()),
        stamps=tuple(StampSpelling(*key, count) for key, count in stamps.most_common()),
        complete=sum(paragraph.is_complete for paragraph in said),
        newest=sum(paragraph.is_latest for paragraph in said),
        dates=tuple(sorted(dates, key=lambda found: found.last)),
    )


def commentary_doubts(sheet: CommentarySheet) -> Iterator[Finding]:
    """What is doubtful in the commentary of a sheet, and the rows that have no reference."""
    for cell in sheet.cells:
        yield from commentary_findings(
            cell.commentary,
            sheet=sheet.layout.sheet,
            cell=_name(sheet, cell),
            reference=cell.row.reference_text,
        )
    for row in sheet.found.unread:
        if sheet.found.sheet.text(row, sheet.layout.reference_column).strip():
            continue  # it is told of with what it says there
        yield Finding(
            "reference-missing",
            Severity.WARNING,
            sheet.layout.sheet,
            cell_name(row, sheet.layout.reference_column),
            "",
            "this row has no number that can be read, so it is left out. Give it one.",
        )


def _name(sheet: CommentarySheet, cell: CommentaryCell) -> str:
    return cell_name(cell.row.row, sheet.layout.fields["commentary"])


def _dates(sheet: CommentarySheet, words: DateWords) -> Iterator[NamedDate]:
    for cell in sheet.cells:
        for paragraph in cell.commentary.paragraphs:
            for text, last in _times(paragraph.words, paragraph.month or sheet.written, words):
                yield NamedDate(
                    sheet.layout.sheet, _name(sheet, cell), cell.row.reference_text, text, last
                )


def _times(typed: str, month: Month, words: DateWords) -> Sequence[tuple[str, date]]:
    tidy = tidied(typed)
    if not names_a_time(typed) or len(tidy) != len(typed):
        return []
    return [
        (" ".join(typed[time.start : time.end].split()).rstrip(".,;"), last)
        for time, _ in named_times(tidy, typed, words)
        if (last := time.last_day(month)) != date.max
    ]
