"""Headings: what the cells above a tracker's rows say, and which field or month each names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import only_month, without_months
from sheetplan.model.wording import compact, words_of
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.shown_dates import shows_day_and_month
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings

# The 2 of "Status2", with which Excel tells a table's headings apart.
_NUMBERED = re.compile(r"(?<=[^\W\d_])\d{1,2}\Z")
SEARCHED_ROWS = 30  # a heading block begins within these
_LOOKED_AT = SEARCHED_ROWS + 4  # and is four rows tall at most


@dataclass(frozen=True)
class Heading:
    """One cell above the rows: its words, where they are stored, and the month it names."""

    row: int
    column: int
    text: str
    month: Month | None = None
    is_date: bool = False
    is_misread: bool = False
    """Whether Excel took Mar-23 for the 23rd of March, which the number format shows."""

    @property
    def cell(self) -> str:
        """Where it stands."""
        return cell_name(self.row, self.column)


class HeadingGrid:
    """The cells of a sheet's first rows as headings; merged ones count for all that they cover."""

    def __init__(self, sheet: Worksheet, settings: Settings) -> None:
        self._sheet = sheet
        self._settings = settings
        self.merged = sheet.merged
        self._rows: dict[int, dict[int, Heading]] = {}
        first = [number for number in sheet.rows if number <= _LOOKED_AT]
        self.last_column = max(map(sheet.rows.last_column, first), default=0)

    def _row(self, number: int) -> dict[int, Heading]:
        """The headings stored in a row, by column; read when they are first asked for."""
        if number not in self._rows:
            row = self._sheet.rows.get(number) if number <= _LOOKED_AT else None
            found = {
                column: self._read(number, column)
                for column, cell in (cells_of(row) if row is not None else ())
                if len(cell)
            }
            self._rows[number] = {c: heading for c, heading in found.items() if heading}
        return self._rows[number]

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Area]:
        """The merged area that covers each cell of the first rows."""
        covering = {}
        for area in self.merged:
            if area.first_row <= _LOOKED_AT:
                for row in range(area.first_row, min(area.last_row, _LOOKED_AT) + 1):
                    last = min(area.last_column, self.last_column + 50)
                    for column in range(area.first_column, last + 1):
                        covering[row, column] = area
        return covering

    def _read(self, row: int, column: int) -> Heading | None:
        value = self._sheet.value(row, column)
        if isinstance(value, datetime):
            return self._dated(row, column, value)
        text = "" if value is None else str(value)
        if not text.strip():
            return None
        month = only_month(text)
        if month is not None and self.says_banner(text):
            month = None
        return Heading(row, column, text, month)

    def _dated(self, row: int, column: int, moment: datetime) -> Heading:
        month, is_misread = dated_month(self._sheet, row, column, moment)
        text = f"{moment.day}-{month.name[:3]}" if is_misread else month.label
        return Heading(row, column, text, month, is_date=True, is_misread=is_misread)

    def at(self, row: int, column: int) -> Heading | None:
        """The heading that counts at a cell: its own, or that of the merged cell over it."""
        own = self.own(row, column)
        if own is not None:
            return own
        area = self._covering.get((row, column))
        return self.own(area.first_row, area.first_column) if area else None

    def own(self, row: int, column: int) -> Heading | None:
        """The heading that is stored in just this cell."""
        return self._row(row).get(column)

    def bottom_of(self, row: int, column: int) -> int:
        """The last row of the merged cell over a cell; its own row if it is not merged."""
        area = self._covering.get((row, column))
        return area.last_row if area else row

    def columns_of(self, heading: Heading) -> list[int]:
        """The columns that a heading is merged over; just its own if it is not merged."""
        area = self._covering.get((heading.row, heading.column))
        last = min(area.last_column, self.last_column) if area else heading.column
        return list(range(heading.column, last + 1))

    def row_headings(self, row: int) -> list[Heading]:
        """The headings stored in a row, from left to right."""
        return [heading for _, heading in sorted(self._row(row).items())]

    def says_banner(self, text: str) -> bool:
        """Whether a text has one of the words by which banners are known."""
        words = set(words_of(text))
        return any(words.issuperset(banner) for banner in self._banners)

    @cached_property
    def _banners(self) -> list[list[str]]:
        return [words_of(banner) for banner in self._settings.banner_words]


def dated_month(sheet: Worksheet, row: int, column: int, moment: datetime) -> tuple[Month, bool]:
    """The month that a date in a heading means, and whether Excel misread what was typed.

    Where only day and month show, Mar-23 was typed and Excel took it for the 23rd of March.
    """
    cell = sheet.cell(row, column)
    style = 0 if cell is None else int(cell.get("s") or 0)
    return month_shown(moment, sheet.workbook.styles.number_format(style))


def month_shown(moment: datetime, code: str) -> tuple[Month, bool]:
    """The month that a date of a number format means, and whether Excel misread what was typed."""
    if shows_day_and_month(code):
        return Month(2000 + moment.day, moment.month), True
    return Month(moment.year, moment.month), False


@dataclass(frozen=True)
class FieldNames:
    """The fields that a heading can name, by its words."""

    by_words: Mapping[str, str]
    _known: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> FieldNames:
        """The names that a profile gives."""
        return cls(
            {compact(word): name for name, words in settings.fields.items() for word in words}
        )

    def field_of(self, text: str) -> str | None:
        """The field that a heading names; None when it names none that we know.

        The whole heading counts first, without its month. Then the longest name that it begins
        with, except for the reference: "No. of milestones" is no reference column.
        """
        name = self._name_in(text)
        return None if name is None else self.by_words[name]

    def rank(self, text: str) -> int:
        """How far down the profile has the name: of "Status" and "Progress", Status is first."""
        names = [*self.by_words, None]
        return names.index(self._name_in(text))

    def _name_in(self, text: str) -> str | None:
        """The name in a heading, worked out once: the same headings stand on every sheet."""
        if text not in self._known:
            self._known[text] = self._find_name(text)
        return self._known[text]

    def _find_name(self, text: str) -> str | None:
        words = words_of(without_months(text))
        whole = "".join(words)
        if whole in self.by_words:
            return whole
        numbered = _NUMBERED.sub("", whole)
        if self.by_words.get(numbered, "reference") != "reference":
            return numbered
        for length in range(len(words) - 1, 0, -1):
            name = "".join(words[:length])
            if self.by_words.get(name, "reference") != "reference":
                return name
        return None
