"""Inspecting a tracker: what sheetplan sees, said before anything is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetplan.cycle.commentary_inspection import (
    CommentaryInspection,
    commentary_doubts,
    inspect_commentary,
)
from sheetplan.cycle.files import saying_which_file
from sheetplan.cycle.made_sheets import made_sheets
from sheetplan.errors import SheetNotFoundError
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusEntry
from sheetplan.ooxml.inventory import Holding, contents
from sheetplan.ooxml.ranges import cell_name, column_letters
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import SETTINGS_FILE, Settings, find_settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.commentary_actions import commentary_themes, paragraphs_by_lead
from sheetplan.sheets.layout import NotATracker, SheetLayout
from sheetplan.sheets.reading import (
    SOUGHT,
    ActionRow,
    SheetReading,
    WorkbookReading,
    action_rows,
    read_layouts,
)


@dataclass(frozen=True)
class StatusCount:
    """One spelling of a status: how often it stands, in all months and in the latest one."""

    text: str
    entry: StatusEntry | None
    count: int
    in_latest: int
    first_cell: str


@dataclass(frozen=True)
class SheetInspection:
    """A tracker sheet: its layout, and how many actions it has."""

    name: str
    layout: SheetLayout
    actions: int
    state: str

    def columns(self) -> Iterator[tuple[str, str]]:
        """The fields outside the months, with the letters of their columns."""
        for field, column in sorted(self.layout.fields.items(), key=lambda item: item[1]):
            yield field, column_letters(column)

    def latest_columns(self) -> list[tuple[str, str]]:
        """The letters and fields of the latest month's columns."""
        return [(column_letters(c.column), c.field) for c in self.layout.latest.columns]


@dataclass(frozen=True)
class Inspection:
    """What sheetplan sees in a workbook.

    Attributes:
        path: The workbook.
        profile: The profile or settings file whose words were used.
        sheets: The tracker sheets.
        others: The sheets that are none, and why.
        statuses: Every spelling of a status, the most frequent first.
        findings: What was not understood, cell by cell.
        holdings: What the workbook holds beyond the values of its cells.
        blank: How many actions have no status in their sheet's latest month.
        commentary: What its commentary holds; None where months have columns of their own.
        sought: What a tracker sheet is known by.
        is_commentary: Whether the settings say that each month's words are added in one cell.
    """

    path: Path
    profile: str
    sheets: tuple[SheetInspection, ...]
    others: tuple[NotATracker, ...]
    statuses: tuple[StatusCount, ...]
    findings: tuple[Finding, ...]
    holdings: tuple[Holding, ...]
    blank: int
    commentary: CommentaryInspection | None = None
    sought: str = ""
    is_commentary: bool = False

    @property
    def months(self) -> list[Month]:
        """The months that have columns, the oldest first."""
        return sorted({block.month for sheet in self.sheets for block in sheet.layout.months})

    @property
    def actions(self) -> int:
        """How many actions the tracker has."""
        return sum(sheet.actions for sheet in self.sheets)

    @property
    def needs_attention(self) -> bool:
        """Whether there is no tracker sheet, or something that a person should put right."""
        return not self.sheets or any(f.severity is not Severity.NOTE for f in self.findings)

    def as_data(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "tracker": str(self.path),
            "profile": self.profile,
            "months": [month.iso for month in self.months],
            "actions": self.actions,
            "sheets": [_sheet_data(sheet) for sheet in self.sheets],
            "other_sheets": [{"sheet": o.sheet, "reason": o.reason} for o in self.others],
            "statuses": [
                {
                    "text": status.text,
                    "meaning": status.entry.meaning.words if status.entry else None,
                    "rag": status.entry.rag.value if status.entry else None,
                    "count": status.count,
                    "count_in_latest_month": status.in_latest,
                }
                for status in self.statuses
            ],
            "blank_in_latest_month": self.blank,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity.value,
                    "sheet": finding.sheet,
                    "cell": finding.cell,
                    "reference": finding.reference,
                    "message": finding.message,
                }
                for finding in self.findings
            ],
            "holds": [{"what": h.plural, "count": h.count} for h in self.holdings],
            **({"commentary": self.commentary.as_data()} if self.commentary else {}),
        }


def _sheet_data(sheet: SheetInspection) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "state": sheet.state,
        "heading_rows": list(sheet.layout.heading_rows),
        "actions": sheet.actions,
        "columns": dict(sheet.columns()),
        "months": [
            {
                "month": block.month.iso,
                "columns": {
                    column_letters(c.column): {"field": c.field or None, "heading": c.heading}
                    for c in block.columns
                },
            }
            for block in sheet.layout.months
        ],
    }


def inspect(tracker: str | Path, *, profile: str | Path | None = None) -> Inspection:
    """See what sheetplan sees in a workbook; nothing is written.

    A workbook without a tracker sheet can be inspected too: that is when it is needed most.

    Args:
        tracker: The workbook.
        profile: A settings file or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        WorkbookError: the file cannot be read.
        SettingsError: the settings cannot be understood.
    """
    path = Path(tracker)
    with saying_which_file(path):
        settings = find_settings(path, profile)
        workbook = Workbook.open(path)
        try:
            reading = read_layouts(workbook, settings)
        except SheetNotFoundError as error:
            reading = WorkbookReading((), error.seen)
        return _inspection(path, workbook, reading, settings)


def _inspection(
    path: Path, workbook: Workbook, reading: WorkbookReading, settings: Settings
) -> Inspection:
    statuses, findings, blank = _statuses(reading, settings)
    sheets = []
    for item in reading.trackers:
        rows = list(action_rows(item.sheet, item.layout))
        count = _count_actions(item, rows)
        if item.commentary is not None:
            findings += commentary_doubts(item.commentary)
        sheets.append(SheetInspection(item.sheet.name, item.layout, count, item.sheet.state))
        findings += _headings_not_understood(item)
        findings += [
            Finding(
                "reference-unreadable",
                Severity.NOTE,
                item.sheet.name,
                cell_name(row.row, item.layout.reference_column),
                "",
                f'"{row.reference_text}" is not a reference, so the row is not read as an action.',
            )
            for row in rows
            if row.reference is None
        ]
    return Inspection(
        path,
        settings.profile_name,
        tuple(sheets),
        tuple(_others(workbook, reading)),
        statuses,
        tuple(findings),
        tuple(contents(workbook)),
        blank,
        inspect_commentary(reading),
        SOUGHT[settings.kind],
        settings.kind is TrackerKind.COMMENTARY,
    )


def _count_actions(item: SheetReading, rows: list[ActionRow]) -> int:
    """How many actions a sheet has: its rows with a reference, or the leads of its rows."""
    if item.commentary is None:
        return sum(row.reference is not None for row in rows)
    return sum(len(paragraphs_by_lead(cell.commentary)) for cell in item.commentary.cells)


def _others(workbook: Workbook, reading: WorkbookReading) -> Iterator[NotATracker]:
    """The sheets that are no tracker sheets; of those that sheetplan added, what they are."""
    made = made_sheets(workbook)
    for other in reading.others:
        what = made.get(other.sheet)
        yield NotATracker(other.sheet, what) if what else other


def _statuses(
    reading: WorkbookReading, settings: Settings
) -> tuple[tuple[StatusCount, ...], list[Finding], int]:
    blank = 0
    counts: dict[str, list[int]] = {}
    first: dict[str, tuple[str, str, str]] = {}
    for item in reading.trackers:
        latest = item.layout.latest.month
        for month, text, cell, reference in _typed_statuses(item, reading):
            if not text:
                blank += month == latest
                continue
            count = counts.setdefault(text, [0, 0])
            count[0] += 1
            count[1] += month == latest
            first.setdefault(text, (item.sheet.name, cell, reference))
    found = [
        StatusCount(
            text,
            settings.vocabulary.understand(text),
            count[0],
            count[1],
            "!".join(first[text][:2]),
        )
        for text, count in sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    ]
    findings = [
        _status_not_understood(status, first[status.text], settings)
        for status in found
        if status.entry is None
    ]
    return tuple(found), findings, blank


def _typed_statuses(
    item: SheetReading, reading: WorkbookReading
) -> Iterator[tuple[Month, str, str, str]]:
    """The status of each row in each month: the month, what it says, its cell and reference."""
    if item.commentary is not None:
        for theme in commentary_themes(item.commentary, "", reading.date_words):
            for action in theme.actions:
                for month, entry in action.entries.items():
                    cell = action.cell("status", month)
                    yield month, entry.status, cell, action.reference_text
        return
    for row in action_rows(item.sheet, item.layout):
        for block in item.layout.months if row.reference is not None else ():
            column = block.column_of("status")
            if column is not None:
                text = item.sheet.text(row.row, column).strip()
                yield block.month, text, cell_name(row.row, column), row.reference_text


def _status_not_understood(
    status: StatusCount, place: tuple[str, str, str], settings: Settings
) -> Finding:
    nearest = settings.vocabulary.nearest(status.text)
    ask = f' Did you mean "{nearest}"?' if nearest else ""
    times = f" ({status.count} cells)" if status.count > 1 else ""
    return Finding(
        "status-not-understood",
        Severity.WARNING,
        *place,
        f'status "{status.text}" is not in the vocabulary{times}.{ask} Correct the cell, or add '
        f"the words under [status] in {SETTINGS_FILE}.",
    )


def _headings_not_understood(item: SheetReading) -> Iterator[Finding]:
    layout = item.layout
    for heading in layout.unknown:
        yield Finding(
            "heading-not-understood",
            Severity.NOTE,
            item.sheet.name,
            heading.cell,
            "",
            f'heading "{" ".join(heading.text.split())}" names no field that sheetplan knows; '
            f"the column is left alone. To have it read, add it under [fields] in {SETTINGS_FILE}.",
        )
    for heading in layout.misread:
        yield Finding(
            "month-misread-by-excel",
            Severity.WARNING,
            item.sheet.name,
            heading.cell,
            "",
            f'heading shows "{heading.text}": Excel took the month for a day of the year. It is '
            f"read as {heading.month}. To mend it type the month as {heading.month}.",
        )
    for text in layout.repeated:
        yield Finding(
            "month-repeated",
            Severity.ERROR,
            item.sheet.name,
            cell_name(layout.heading_rows[1], layout.rightmost.first),
            "",
            f"the sheet has {text}. Correct the heading that names the wrong month.",
        )
