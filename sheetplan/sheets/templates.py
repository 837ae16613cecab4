"""Finding a template, and checking that it can be filled before anything is.

A council's own copy of a template is an officer's work in Excel, so everything that is wrong with
it is said at once, each with its sheet and place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Protocol

from sheetplan.errors import TemplateError
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import closest
from sheetplan.ooxml.cells import put, stored_words
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.filling.charts import SeriesLook, restyle_series
from sheetplan.ooxml.ranges import Area, cell_name
from sheetplan.ooxml.table_headings import rename_headings
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import STANDARD, Settings, load_profile
from sheetplan.settings.rating_words import meaning_words, rating_words
from sheetplan.settings.reports import ReportSettings

SHIPPED = "sheetplan.workbook_templates"
_NUMBERS_BY_RATING = ("exception_summary",)


class NeededRow(Protocol):
    """A pattern row that a template must have."""

    @property
    def name(self) -> str:
        """Its name without "row_"."""

    @property
    def purpose(self) -> str:
        """What it is for."""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What may stand in braces in its cells."""


class NeededSheet(Protocol):
    """A sheet that a template must have: marked cells with what they are for, and pattern rows."""

    @property
    def sheet(self) -> str: ...

    @property
    def cells(self) -> Mapping[str, str]: ...

    @property
    def rows(self) -> Sequence[NeededRow]: ...


def find_template(settings: Settings, name: str) -> Template:
    """The council's own template of that name, or the shipped one in the council's words.

    Raises:
        TemplateError: [templates] names a file that is not there.
        WorkbookError: the file cannot be read as a workbook.
    """
    path = settings.templates.get(name)
    if path is None:
        file = f"{name}.xlsx"
        template = Template.read((resources.files(SHIPPED) / file).read_bytes(), file)
        restyle_series(template.package, dict(_chart_looks(settings)))
        if name in _NUMBERS_BY_RATING:
            _head_with_own_words(template, settings)
        return template
    if not path.is_file():
        raise TemplateError(
            f"[templates] names {path} as {name}, and there is no such file.",
            where=settings.profile_name,
            remedy="Mend the path, which starts from the folder of the settings file; or take the "
            "line out to use the template that comes with sheetplan.",
        )
    return Template.open(path)


def _chart_looks(settings: Settings) -> Iterator[tuple[str, SeriesLook | None]]:
    """How charts name and draw each rating, by the words of the shipped templates; None for one
    that the legend does not have.

    These call on track green, which may be amber to the council.
    """
    usual = load_profile(STANDARD)
    rags = {entry.meaning: entry.rag for entry in usual.vocabulary.entries}
    for entry in settings.vocabulary.entries:
        rag = rags[entry.meaning]
        old, new = usual.palette.get(rag), settings.palette.get(entry.rag)
        name = rating_words(entry.meaning, entry.rag, settings.reports)
        drawn = SeriesLook(name, {old.fill: new.fill} if old and new else {})
        look = drawn if entry in settings.legend else None
        yield rating_words(entry.meaning, rag, usual.reports), look
        yield entry.meaning.words.capitalize(), look


def _head_with_own_words(template: Template, settings: Settings) -> None:
    """Head the numbers by rating with the council's words for ratings."""
    usual = load_profile(STANDARD).reports
    words = {
        old: new
        for meaning in StatusMeaning
        if (old := _heading(meaning, usual)) != (new := _heading(meaning, settings.reports)) and new
    }
    if not words:
        return
    workbook = template.workbook
    for sheet in workbook.sheets:
        for table in tables_of(workbook, sheet):
            headings = {words.get(old, old).casefold() for old in table.columns}
            if len(headings) == len(table.columns):  # Excel knows columns by their headings
                rename_headings(table, words)
        rows = [row for name, row in template.rows(sheet.name).items() if name.endswith("_heading")]
        with workbook.editing(sheet):
            for row in rows:
                for column in list(sheet.rows.cells_from(row, 1)):
                    own = words.get(sheet.text(row, column))
                    if own is not None:
                        put(sheet.ensure_cell(row, column), stored_words(own))


def _heading(meaning: StatusMeaning, reports: ReportSettings) -> str:
    words = " ".join(meaning_words(meaning, reports).split())
    return words[:1].upper() + words[1:]


def check_template(template: Template, needed: Sequence[NeededSheet]) -> None:
    """Check that a template has what its lines and values will ask for.

    Raises:
        TemplateError: it lacks something, or something in it means nothing; all of it is said.
    """
    refuse(template, list(_faults(template, needed)))


def refuse(template: Template, faults: Sequence[str]) -> None:
    """Raise TemplateError where a template has faults; all of them are said."""
    if faults:
        listed = "".join(f"\n  {fault}" for fault in faults)
        error = TemplateError(
            f"this template cannot be used:{listed}\n",
            where=template.name,
            remedy="Names are listed in Excel under Formulas > Name Manager. Mend the template, or "
            "take its line out of [templates] to use the one that comes with sheetplan.",
        )
        error.faults = tuple(faults)
        raise error


def _faults(template: Template, needed: Sequence[NeededSheet]) -> Iterator[str]:
    if template.has_macros:
        yield "It is a workbook with macros. Save it as an Excel Workbook (*.xlsx), which has none."
    for wanted in needed:
        if wanted.sheet in template.workbook:
            sheet = _Sheet(template, template.workbook[wanted.sheet], wanted)
            yield from sheet.faults()
        else:
            near = closest(wanted.sheet, template.sheet_names)
            yield f"The sheet {wanted.sheet} is missing.{_did_you_mean(near)}"


class _Sheet:
    """A sheet of a template beside what it has to have."""

    def __init__(self, template: Template, sheet: Worksheet, wanted: NeededSheet) -> None:
        self._template, self._sheet, self._wanted = template, sheet, wanted
        self._rows, self._cells = template.rows(sheet.name), template.cells(sheet.name)
        numbers = self._rows.values()
        self._first, self._last = min(numbers, default=0), max(numbers, default=0)

    def faults(self) -> Iterator[str]:
        """All that is wrong with it."""
        yield from self._unusable_names()
        yield from self._missing_names()
        yield from self._wrong_placeholders()
        yield from self._rows_between()
        yield from self._cells_among_patterns()
        yield from self._merged_cells()
        yield from self._tables()
        yield from self._notes()

    def _at(self, row: int, column: int | str = 1) -> str:
        place = cell_name(row, column) if isinstance(column, int) else f"{column}{row}"
        return f"{self._sheet.name}!{place}"

    # ---------------------------------------------------------------- names

    def _needs(self) -> Iterator[tuple[str, str, Mapping[str, object], str]]:
        """Each name that is needed, its purpose, the names of its kind, and what it marks."""
        for key, purpose in self._wanted.cells.items():
            yield f"cell_{key}", purpose, self._cells, "cell"
        for row in self._wanted.rows:
            yield f"row_{row.name}", row.purpose, self._rows, "row"

    def _unusable_names(self) -> Iterator[str]:
        needed = {name for name, *_ in self._needs()}
        for mark in self._template.marks:
            here = mark.sheet.casefold() in ("", self._sheet.name.casefold())
            if not here or mark.is_sound or mark.name.casefold() not in needed:
                continue
            what = "one row" if mark.marks_a_row else "one cell"
            if mark.area is None:
                yield f"{self._sheet.name}: the name {mark.name} points to cells that are gone."
            else:
                yield f"{self._sheet.name}!{mark.area}: the name {mark.name} has to mark {what}."

    def _missing_names(self) -> Iterator[str]:
        broken = {mark.name.casefold() for mark in self._template.marks if not mark.is_sound}
        for name, purpose, there, what in self._needs():
            prefix, _, key = name.partition("_")
            if key in there or name in broken:
                continue
            near = closest(key, [other for other in there if not self._is_needed(other, what)])
            yield (
                f"{self._sheet.name}: no {what} has the name {name} ({purpose})."
                f"{f' Is {prefix}_{near} meant for it?' if near else ''}"
            )

    def _is_needed(self, key: str, what: str) -> bool:
        rows = {row.name for row in self._wanted.rows}
        return key in (rows if what == "row" else self._wanted.cells)

    # ---------------------------------------------------------------- cells

    def _wrong_placeholders(self) -> Iterator[str]:
        """Names in braces that get no value: a slip of the pen would print as it stands.

        Of a row that nothing marks, one is told: its own fault is that its mark is missing.
        """
        told: set[int] = set()
        for row, column, name in self._template.all_placeholders(self._sheet.name):
            accepted = self._accepted(row, column)
            if name in accepted or row in told:
                continue
            if not accepted:
                told.add(row)
            if accepted:
                yield (
                    f"{self._at(row, column)}: {{{name}}} means nothing here."
                    f"{_did_you_mean(closest(name, accepted), braces=True)}"
                    f" Accepted: {', '.join(f'{{{other}}}' for other in accepted)}."
                )
            elif name in self._known():
                yield f"{self._at(row, column)}: {{{name}}} stands in no marked row or cell."
            elif self._first <= row <= self._last:
                yield f"{self._at(row, column)}: {{{name}}} means nothing here."

    def _accepted(self, row: int, column: int) -> tuple[str, ...]:
        """What may stand in braces in a cell."""
        if (row, column) in self._cells.values():
            return tuple(self._wanted.cells)
        here = {name for name, number in self._rows.items() if number == row}
        known = [set(need.placeholders) for need in self._wanted.rows if need.name in here]
        shared = set.intersection(*known) if known else set()
        return tuple(sorted(shared))

    def _known(self) -> set[str]:
        rows = {name for row in self._wanted.rows for name in row.placeholders}
        return rows | set(self._wanted.cells)

    def _rows_between(self) -> Iterator[str]:
        """Words between pattern rows, which would be gone without a word."""
        for row in range(self._first + 1, self._last):
            if row in self._rows.values() or row not in self._sheet.rows:
                continue
            for column in self._sheet.rows.cells_from(row, 1):
                if self._sheet.text(row, column):
                    yield (
                        f"{self._at(row, column)}: this row lies between pattern rows and is none, "
                        "so it would be gone. Move it above or below them."
                    )
                    break

    def _cells_among_patterns(self) -> Iterator[str]:
        for name, (row, column) in self._cells.items():
            if self._first <= row <= self._last and name in self._wanted.cells:
                yield (
                    f"{self._at(row, column)}: the name cell_{name} marks a cell among the pattern "
                    "rows, which are cloned. Move the cell above or below them."
                )

    def _merged_cells(self) -> Iterator[str]:
        for area in self._sheet.merged:
            if self._touches(area):
                yield (
                    f"{self._sheet.name}!{area}: merged cells in a pattern row are not cloned. "
                    "Unmerge them."
                )

    def _touches(self, area: Area) -> bool:
        return area.first_row <= self._last and self._first <= area.last_row

    def _tables(self) -> Iterator[str]:
        for table in tables_of(self._template.workbook, self._sheet):
            headings, area = table.header_row, table.area
            if headings is not None and any(row == headings for row, _ in self._cells.values()):
                yield (
                    f"{self._at(headings)}: the headings of the table {table.name} cannot take "
                    "values. Take the name off the cell."
                )
            if self._touches(area) and headings != self._first - 1:
                yield (
                    f"{self._sheet.name}!{area}: the headings of the table {table.name} have to "
                    f"stand right above the first pattern row, in row {self._first - 1}."
                )

    def _notes(self) -> Iterator[str]:
        """Notes stay where they are while the rows below them move, so none may be there."""
        package = self._template.package
        for part in package.related(self._sheet.part, "comments"):
            for note in package.xml(part).iter("{*}comment"):
                area = Area.parse(note.get("ref", "A1"))
                if self._first and area.first_row >= self._first:
                    yield (
                        f"{self._sheet.name}!{area}: a note on a pattern row, or below, cannot "
                        "move with its cell. Delete it."
                    )


def _did_you_mean(near: str | None, *, braces: bool = False) -> str:
    if near is None:
        return ""
    return f" Did you mean {{{near}}}?" if braces else f" Did you mean {near}?"
