"""Reading a tracker: its sheets' layouts, and the actions in their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sheetplan.errors import LayoutError, ReturnGivenError, SheetNotFoundError
from sheetplan.model.action import Theme, Tracker
from sheetplan.model.date_words import DateWords
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.return_marks import HIDDEN_SHEET
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.marks import marks_of
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.commentary_actions import commentary_themes
from sheetplan.sheets.commentary_layout import PlanSheet, find_plan_sheet, plan_names
from sheetplan.sheets.commentary_sheets import CommentarySheet, read_commentary_sheets
from sheetplan.sheets.headings import FieldNames
from sheetplan.sheets.layout import NotATracker, SheetLayout, find_layout
from sheetplan.sheets.register_columns import FINDINGS, REGISTER_KINDS
from sheetplan.sheets.support_tables import find_support_tables
from sheetplan.sheets.tracker_rows import TrackerRows

SOUGHT = {
    TrackerKind.MONTHS: 'a heading such as "Ref" and beside it one with a month and its '
    'year, such as "Status (July 2023)"',
    TrackerKind.COMMENTARY: 'headings such as "No.", "Required action" and "Lead / RAG status" '
    "beside each other",
}
"""What a sheet is known by."""
_REMEDIES = {
    TrackerKind.MONTHS: "If the headings have other words, add them under [fields] in "
    "sheetplan.toml (sheetplan init writes one). For a plan without month columns, which adds each "
    "month's words in one cell, run sheetplan init with --profile commentary.",
    TrackerKind.COMMENTARY: "If the headings have other words, add them under [import] in "
    "sheetplan.toml (sheetplan init --profile commentary writes one). For a tracker with month "
    'columns, run it with --profile standard, or write kind = "months" under [tracker].',
}
_DESCRIBED = 6  # sheets that a message lists
_READ_AT_ONCE = 7  # months: a reporting month and the six before it


@dataclass(frozen=True)
class SheetReading:
    """A tracker sheet with its layout, and its commentary where months have no columns."""

    sheet: Worksheet
    layout: SheetLayout
    commentary: CommentarySheet | None = None


@dataclass(frozen=True)
class WorkbookReading:
    """The sheets of a workbook, those that are tracker sheets and those that are not."""

    trackers: tuple[SheetReading, ...]
    others: tuple[NotATracker, ...]
    date_words: DateWords = field(default_factory=DateWords)

    @property
    def latest_month(self) -> Month:
        """The latest month of any sheet."""
        return max(reading.layout.latest.month for reading in self.trackers)


def read_layouts(workbook: Workbook, settings: Settings) -> WorkbookReading:
    """Find the layout of every sheet.

    A generated report is no tracker sheet, whatever its headings are, and nor is a register,
    whatever words its rows quote.

    Raises:
        SheetNotFoundError: no sheet is a tracker sheet; says what was looked for and what is
            nearest to it.
        ReturnGivenError: the workbook is a return of an update owner.
    """
    is_commentary = settings.kind is TrackerKind.COMMENTARY
    names = plan_names(settings) if is_commentary else FieldNames.of(settings)
    trackers: list[SheetReading] = []
    plans: list[PlanSheet] = []
    others: list[NotATracker] = []
    made = dict.fromkeys(marks_of(workbook), "a report that sheetplan made")
    registers, _, _ = find_support_tables(workbook, REGISTER_KINDS)
    made |= {
        table.sheet.name: "what checks found"
        if table.kind is FINDINGS
        else "a register of the returns"
        for table in registers.values()
    }
    for sheet in workbook.sheets:
        if sheet.name in made:
            found: SheetLayout | PlanSheet | NotATracker = NotATracker(sheet.name, made[sheet.name])
        elif is_commentary:
            found = find_plan_sheet(sheet, settings, names)
        else:
            found = find_layout(sheet, settings, names)
        if isinstance(found, SheetLayout):
            trackers.append(SheetReading(sheet, found))
        elif isinstance(found, PlanSheet):
            plans.append(found)
        else:
            others.append(found)
    if plans:
        trackers += [
            SheetReading(plan.found.sheet, plan.layout, plan)
            for plan in read_commentary_sheets(workbook, plans, settings)
        ]
    if not trackers:
        raise _no_tracker(workbook, others, settings)
    return WorkbookReading(tuple(trackers), tuple(others), settings.dates)


def _no_tracker(workbook: Workbook, others: list[NotATracker], settings: Settings) -> LayoutError:
    if HIDDEN_SHEET in workbook:
        return ReturnGivenError(
            "this is a return, which an update owner fills in, and not the tracker.",
            where=workbook.package.name,
            remedy="Name the tracker. Returns that came back are merged into it by "
            "sheetplan collect-returns.",
        )
    near = [other for other in others if other.is_near] or others
    by_reason: dict[str, list[str]] = {}
    for other in near:
        by_reason.setdefault(other.reason, []).append(other.sheet)
    described = list(by_reason.items())[:_DESCRIBED]
    seen = "; ".join(f"on {_some(sheets)}: {reason}" for reason, sheets in described)
    error = SheetNotFoundError(
        f"no sheet is a tracker sheet. Looked, in the first 30 rows of each sheet, for "
        f"{SOUGHT[settings.kind]}. What is there: {seen or 'no worksheets'}.",
        where=workbook.package.name,
        remedy=_REMEDIES[settings.kind],
    )
    error.seen = tuple(others)
    return error


def _some(sheets: list[str]) -> str:
    more = f" and {len(sheets) - _DESCRIBED} more" if len(sheets) > _DESCRIBED else ""
    return f"{', '.join(sheets[:_DESCRIBED])}{more}"


@dataclass(frozen=True)
class ActionRow:
    """A row that has something in the reference column."""

    row: int
    reference_text: str
    reference: Reference | None


def action_rows(sheet: Worksheet, layout: SheetLayout) -> Iterator[ActionRow]:
    """The rows under the headings whose reference cell is filled, in order."""
    column = layout.reference_column
    cells = ColumnCells(sheet, [column])
    for row in sheet.rows:
        if row < layout.first_row:
            continue
        text = cells.text(row, column).strip()
        if text and row not in layout.other_rows:
            yield ActionRow(row, text, Reference.parse(text))


def read_tracker(
    reading: WorkbookReading,
    *,
    months: Collection[Month] | None = None,
    until: Month | None = None,
) -> Tracker:
    """Read the actions of all tracker sheets.

    Args:
        reading: The layouts.
        months: The months that will be asked for of every action, read at once; the latest seven
            when None. The others are read when they are asked for, which takes longer where many
            are.
        until: The month that the seven end with; the latest when None.
    """
    found = sorted({block.month for item in reading.trackers for block in item.layout.months})
    if months is None:
        months = [month for month in found if until is None or month <= until][-_READ_AT_ONCE:]
    with collecting_no_garbage():
        themes = tuple(
            theme for item in reading.trackers for theme in _themes(item, reading, months)
        )
    return Tracker(themes, tuple(found))


def _themes(
    item: SheetReading, reading: WorkbookReading, months: Collection[Month]
) -> Iterator[Theme]:
    if item.commentary is not None:
        yield from commentary_themes(item.commentary, _title(item), reading.date_words)
    else:
        rows = TrackerRows(item.sheet, item.layout, reading.date_words, months)
        yield Theme(_title(item), item.sheet.name, tuple(rows.actions()))


def _title(item: SheetReading) -> str:
    """The words in the sheet's first filled cell above its headings; its name if there are none."""
    for row in item.sheet.rows:
        if row >= item.layout.heading_rows[0]:
            break
        for column in range(1, item.layout.reference_column + 3):
            text = item.sheet.text(row, column).strip()
            if text:
                return text
    return item.sheet.name
