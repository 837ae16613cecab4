"""A template: an ordinary workbook in which some rows and cells are patterns to be filled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from sheetplan.ooxml.archive import write
from sheetplan.ooxml.filling import book
from sheetplan.ooxml.filling.cells import placeholders_in
from sheetplan.ooxml.filling.marks import Mark, marks_in
from sheetplan.ooxml.filling.references import has_formulas, holds_results
from sheetplan.ooxml.filling.sheet import FilledSheet, Line
from sheetplan.ooxml.filling.text import Value
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook


class Template:
    """A workbook that is filled sheet by sheet.

    A name `row_exception` marks a pattern row: it is cloned for every line that says "exception".
    A name `cell_title` marks a cell that takes one value. Names belong to the sheet that they
    point to; they are gone when the sheet has been filled.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._workbook: Workbook | None = None
        self._looked_through: set[str] = set()
        self._without_formulas: set[str] = set()
        self._has_results = False
        self._marks: tuple[object, list[Mark]] = None, []

    @classmethod
    def open(cls, path: Path) -> Template:
        """Read the template at `path`.

        Raises:
            WorkbookError: one of its families, saying what is wrong with the file and what to do.
        """
        return cls._of(Package.open(path))

    @classmethod
    def read(cls, data: bytes, name: str) -> Template:
        """Read a template from its bytes; `name` is what messages call it.

        Raises:
            WorkbookError: one of its families, saying what is wrong with it.
        """
        return cls._of(Package(data, name))

    def anew(self) -> Template:
        """The same template as it was read, for the next of many workbooks."""
        return self.read(self.package.archive.data, self.name)

    def changed(self) -> Template:
        """The template as it is now, for many workbooks."""
        stream = BytesIO()
        write(stream, self.package.members())
        return self.read(stream.getvalue(), self.name)

    @classmethod
    def _of(cls, package: Package) -> Template:
        template = cls(package)
        with package.naming_the_file():
            template.workbook  # noqa: B018 - what cannot be edited is refused here
        return template

    # ---------------------------------------------------------------- reading

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.package.name

    @property
    def has_macros(self) -> bool:
        """Whether it is a workbook with macros, whatever its name ends in."""
        kind = self.package.content_types.of(self.package.main_part)
        return "macroenabled" in kind.lower()

    @property
    def workbook(self) -> Workbook:
        """The workbook as it is now; to be asked for anew after every change."""
        if self._workbook is None:
            self._workbook = Workbook(self.package)
        return self._workbook

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, in their order."""
        return self.workbook.sheet_names

    @property
    def marks(self) -> list[Mark]:
        """All names that mark something, of all sheets, whether or not they can be used."""
        book = self.package.xml(self.package.main_part)
        if self._marks[0] is not book:  # it is parsed anew when it has changed
            self._marks = book, marks_in(book, self.sheet_names)
        return self._marks[1]

    def rows(self, sheet: str) -> dict[str, int]:
        """The pattern rows of a sheet: their numbers by name, without "row_"."""
        rows: dict[str, int] = {}
        for mark in self._sound_marks(sheet):
            if mark.marks_a_row and mark.area is not None:
                rows.setdefault(mark.key, mark.area.first_row)
        return rows

    def cells(self, sheet: str) -> dict[str, tuple[int, int]]:
        """The cells of a sheet that take values: row and column by name, without "cell_"."""
        cells: dict[str, tuple[int, int]] = {}
        for mark in self._sound_marks(sheet):
            if not mark.marks_a_row and mark.area is not None:
                cells.setdefault(mark.key, (mark.area.first_row, mark.area.first_column))
        return cells

    def _sound_marks(self, sheet: str) -> list[Mark]:
        name = sheet.casefold()
        return [mark for mark in self.marks if mark.is_sound and mark.sheet.casefold() == name]

    def placeholders(self, sheet: str, row: str) -> tuple[str, ...]:
        """The names in braces in a pattern row, from left to right, each once."""
        number = self.rows(sheet)[row]
        here = [name for at, _, name in self.all_placeholders(sheet) if at == number]
        return tuple(dict.fromkeys(here))

    def all_placeholders(self, sheet: str) -> list[tuple[int, int, str]]:
        """Every name in braces on a sheet: row, column, and the name."""
        worksheet = self.workbook[sheet]
        return [
            (number, column, name)
            for number in worksheet.rows
            for column in worksheet.rows.cells_from(number, 1)
            for name in placeholders_in(worksheet.text(number, column))
        ]

    # ---------------------------------------------------------------- writing

    def fill(
        self,
        sheet: str,
        lines: Iterable[Line],
        cells: Mapping[str, Value],
        *,
        blank: str = "",
        whole_rows: bool = False,
    ) -> None:
        """Write lines in place of a sheet's pattern rows, and values into its marked cells.

        Args:
            sheet: The sheet's name.
            lines: For every row the name of its pattern, and its values by placeholder.
            cells: The values of marked cells, by name. Values that nothing asks for are fine.
            blank: What the first cell of a table says of which no line is made. Excel knows no
                table without a row, so it keeps one, blank but for this.
            whole_rows: Whether each line becomes one row, even where its text is taller than Excel
                can show a row; else it is split over several.

        Raises:
            KeyError: there is no such sheet or pattern, or a value is missing.
            ValueError: a number that no cell can hold, or text that is too long for a marked cell
                or for a whole row.
            TemplateError: more rows than a sheet can have, or a table that begins among the
                pattern rows.
        """
        worksheet = self.workbook[sheet]
        try:
            filled = FilledSheet(
                self.workbook,
                worksheet,
                self.rows(sheet),
                self.cells(sheet),
                whole_rows=whole_rows,
            )
            filled.make(lines, cells, blank)
            self._look_for_formulas()
            data = filled.store(besides=self._without_formulas)
        finally:
            self._workbook = None
        self._has_results |= holds_results(data)
        self._without_formulas.discard(worksheet.part)
        if not has_formulas(data):
            self._without_formulas.add(worksheet.part)
        book.forget_the_list_of_sheets(self.package)
        book.forget_the_order_of_results(self.package)
        if self._has_results:
            self.workbook.recalculate_on_opening()

    def _look_for_formulas(self) -> None:
        """Find out, once, which sheets need no looking through whenever another is filled."""
        for worksheet in self.workbook.sheets:
            if worksheet.part not in self._looked_through:
                self._looked_through.add(worksheet.part)
                data = self.package.current(worksheet.part)
                self._has_results |= holds_results(data)
                if not has_formulas(data):
                    self._without_formulas.add(worksheet.part)

    def keep_only(self, sheets: Collection[str]) -> None:
        """Take all other sheets out.

        Raises:
            KeyError: a sheet that is not there.
        """
        book.keep_only(self.workbook, sheets)
        book.forget_the_order_of_results(self.package)
        self._workbook = None

    def rename(self, old: str, new: str) -> None:
        """Give a sheet another name; formulas, names, links and charts follow.

        Raises:
            KeyError: there is no such sheet.
            SheetNameError: Excel takes no such name, or another sheet has it.
        """
        book.rename(self.workbook, old, new)
        self._workbook = None

    def set_properties(
        self,
        *,
        title: str | None = None,
        creator: str | None = None,
        language: str | None = None,
        made: datetime | None = None,
    ) -> None:
        """Say in the file's properties what it is, who made it and when, and its language.

        Args:
            title: What it is.
            creator: Who made it, and was the last to change it.
            language: Its language, such as en-GB.
            made: When, aware of its time zone; the template's own dates stay when None.
        """
        values = {
            "title": title, "creator": creator, "lastModifiedBy": creator, "language": language
        }  # fmt: skip
        said = {name: value for name, value in values.items() if value is not None}
        book.set_properties(self.package, said, made)
