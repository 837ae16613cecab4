"""Finding the layout of a plan without month columns: its sections, and the rows of each.

A sheet is such a plan when a row among its first thirty has headings for the number, for the aim or
the action, and for the commentary. It may hold several sections, each under a title and with a row
of headings of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sheetplan.model.reference import Reference
from sheetplan.model.wording import compact
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.shown_values import shown_text
from sheetplan.ooxml.usual_cells import ColumnCells
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.headings import SEARCHED_ROWS, FieldNames, Heading, HeadingGrid
from sheetplan.sheets.layout import NotATracker, SheetLayout

_FIELDS = {"number": "reference", "outputs": "milestones"}
"""The fields of an action that columns of the plan hold, where they have other names."""
_TITLE = re.compile(
    r"(?:(?:section|theme|priority|part)\s+)?(?P<number>\d{1,2})\b\s*[.:)–-]?\s*\S", re.IGNORECASE
)
_LONGEST_TITLE = 150


@dataclass(frozen=True)
class PlanRow:
    """A row of a plan: its number in the sheet, and its reference as the sheet shows it."""

    row: int
    reference_text: str
    reference: Reference


@dataclass
class PlanSection:
    """A section of a plan: its title, empty where it has none, and its rows."""

    title: str
    rows: list[PlanRow] = field(default_factory=list)


@dataclass(frozen=True)
class PlanSheet:
    """A sheet of a plan.

    Attributes:
        sheet: The sheet.
        layout: Its layout, as yet without months.
        sections: Its sections.
        unread: Rows that say something, but have no reference that can be read.
        titles: What stands above its rows.
    """

    sheet: Worksheet
    layout: SheetLayout
    sections: tuple[PlanSection, ...]
    unread: tuple[int, ...]
    titles: tuple[str, ...]


def plan_names(settings: Settings) -> FieldNames:
    """The fields that the headings of a plan can name.

    What the section [import] says of the plan's own columns comes before what other trackers mean
    by the same words.
    """
    found: dict[str, str] = {}
    for kind, all_words in settings.importing.headings.items():
        found |= {compact(words): _FIELDS.get(kind, kind) for words in all_words}
    for name, all_words in settings.fields.items():
        for words in all_words if name not in settings.monthly_fields else ():
            found.setdefault(compact(words), name)
    return FieldNames(found)


def find_plan_sheet(
    sheet: Worksheet, settings: Settings, names: FieldNames
) -> PlanSheet | NotATracker:
    """Find the sections of a sheet, or say why it is no sheet of a plan.

    Args:
        sheet: The sheet.
        settings: The council's words.
        names: What its headings can name.
    """
    grid = HeadingGrid(sheet, settings)
    nearest = NotATracker(sheet.name, "no heading names a reference column and a commentary")
    for row in range(1, SEARCHED_ROWS + 1):
        headings = grid.row_headings(row)
        fields = _fields(headings, names)
        if "reference" in fields and {"aim", "action"} & fields.keys():
            if "commentary" in fields:
                monthly = _month_of_column(grid, headings, row, fields)
                if monthly is None:
                    return _PlanRows(sheet, grid, names, headings, fields).read()
                return NotATracker(
                    sheet.name,
                    f"{monthly.cell} heads a column of one month, and no heading names a "
                    "commentary of all months",
                    is_near=True,
                )
            nearest = NotATracker(
                sheet.name,
                f"{cell_name(row, fields['reference'])} heads a reference column, but no heading "
                "beside it names a commentary",
                is_near=True,
            )
    return nearest


def _month_of_column(
    grid: HeadingGrid, headings: list[Heading], row: int, fields: Mapping[str, int]
) -> Heading | None:
    """The heading by which the column of the commentary is that of one month among others; None
    where it is of all months. A title over the whole plan, or a month in one heading alone, says
    when the plan was written."""
    column = fields["commentary"]
    own = [heading for heading in headings if heading.month is not None]
    if len(own) > 1:
        return next((heading for heading in own if heading.column == column), None)
    above = grid.at(row - 1, column)
    if above is None or above.month is None or fields["reference"] in grid.columns_of(above):
        return None
    return above


def _fields(headings: list[Heading], names: FieldNames) -> dict[str, int]:
    """The column of each field that a row heads; of two the one with the commoner name."""
    best: dict[str, Heading] = {}
    for heading in headings:
        name = names.field_of(heading.text)
        if name is not None:
            kept = best.setdefault(name, heading)
            if names.rank(heading.text) < names.rank(kept.text):
                best[name] = heading
    return {name: heading.column for name, heading in best.items()}


class _PlanRows:
    """The rows under the headings of one sheet."""

    def __init__(
        self,
        sheet: Worksheet,
        grid: HeadingGrid,
        names: FieldNames,
        headings: list[Heading],
        fields: dict[str, int],
    ) -> None:
        self._sheet, self._names, self._fields = sheet, names, fields
        self._headings = headings
        self._top = headings[0].row
        self._bottom = max(grid.bottom_of(self._top, heading.column) for heading in headings)
        self._columns = range(1, grid.last_column + 1)
        self._cells = ColumnCells(sheet, self._columns)
        self._sections: list[PlanSection] = []
        self._others: list[int] = []
        self._unread: list[int] = []
        self._above: list[str] = []
        self._is_headed = False  # whether headings stand between the last row and this one

    def read(self) -> PlanSheet:
        """Sort the rows of the sheet."""
        titles = [text for row in self._sheet.rows if row < self._top for text in self._texts(row)]
        self._above = [" ".join(self._texts(r)) for r in self._sheet.rows if r < self._top]
        for row in self._sheet.rows:
            if row > self._bottom:
                self._read_row(row)
        return PlanSheet(
            self._sheet,
            SheetLayout(
                self._sheet.name,
                (self._top, self._bottom),
                self._fields,
                (),
                tuple(h for h in self._headings if h.column not in self._fields.values()),
                other_rows=frozenset(self._others),
            ),
            tuple(self._sections),
            tuple(self._unread),
            (*titles, *(heading.text for heading in self._headings)),
        )

    def _read_row(self, row: int) -> None:
        texts = self._texts(row)
        if not texts:
            return
        if self._is_heading(row):
            self._others.append(row)
            self._is_headed = True
        elif self._is_title(row):
            self._others.append(row)
            self._above.append(" ".join(texts))
        else:
            self._add(row)

    def _add(self, row: int) -> None:
        typed = shown_text(self._sheet, row, self._fields["reference"]).strip()
        reference = Reference.parse(typed)
        if reference is None:
            if any(self._says(row, name) for name in ("aim", "action", "commentary")):
                self._unread.append(row)
            return
        title = self._title_above(typed)
        if title or not self._sections:
            self._sections.append(PlanSection(title))
        self._sections[-1].rows.append(PlanRow(row, typed, reference))
        self._above, self._is_headed = [], False

    def _title_above(self, typed: str) -> str:
        """The title of the section that a row begins; empty where it goes on with the last one."""
        number = _section_number(typed)
        before = self._sections[-1].rows if self._sections else []
        goes_on = bool(before) and _section_number(before[-1].reference_text) == number
        if goes_on and (number or not self._is_headed):
            return ""
        short = [" ".join(text.split()) for text in self._above]
        short = [text for text in short if text and len(text) <= _LONGEST_TITLE]
        for text in short:
            match = _TITLE.match(text)
            if match and match["number"].lstrip("0") == number:
                return text
        return short[-1] if short else ""

    def _is_heading(self, row: int) -> bool:
        """Whether a row repeats the headings, as each section or page may."""
        return all(
            self._names.field_of(self._cells.text(row, self._fields[name])) == name
            for name in ("reference", "commentary")
        )

    def _is_title(self, row: int) -> bool:
        """Whether a row has a title, or a note: one text, or a section's number and its title."""
        if self._says(row, "commentary"):
            return False
        filled = [column for column in self._columns if self._cells.text(row, column).strip()]
        if len(filled) == 1:
            typed = self._cells.text(row, filled[0]).strip()
            is_reference = len(typed.split()) == 1 and Reference.parse(typed) is not None
            return filled[0] != self._fields["reference"] or not is_reference
        number = self._cells.text(row, filled[0]).strip()
        return len(filled) == 2 and number.isdecimal() and self._numbers_have_sections

    @cached_property
    def _numbers_have_sections(self) -> bool:
        """Whether rows are numbered 1.1, so that 1 alone is the number of a section."""
        values = self._cells.values(self._fields["reference"]).values()
        return any(re.match(r"\s*\d+\.\d", str(value)) for value in values)

    def _says(self, row: int, name: str) -> bool:
        column = self._fields.get(name)
        return column is not None and bool(self._cells.text(row, column).strip())

    def _texts(self, row: int) -> list[str]:
        texts: Iterator[str] = (self._cells.text(row, column).strip() for column in self._columns)
        return [text for text in texts if text]


def _section_number(typed: str) -> str:
    """The number of the section that a reference names: 6 of 6.1; empty for another kind."""
    number, dot, _ = typed.partition(".")
    return number.strip().lstrip("0") if dot and number.strip().isdecimal() else ""
