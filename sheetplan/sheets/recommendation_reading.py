"""Reading registers of recommendations: what reviewers recommended, and what a council answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.support import Answer, Recommendation, Standing
from sheetplan.model.wording import compact
from sheetplan.ooxml.cell_notes import cell_notes
from sheetplan.ooxml.ranges import cell_name, column_letters
from sheetplan.ooxml.received_text import received_text
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.recommendation_columns import NotARegister, RegisterColumns, find_register
from sheetplan.sheets.recommendation_shading import Shading

_SAYS_NO = ("no", "n", "false", "notmonitored")


@dataclass(frozen=True)
class RegisterReading:
    """The registers of a workbook.

    Attributes:
        recommendations: Those of all its registers, sheet by sheet in their order.
        findings: What is wrong in them.
        sheets: The sheets that are registers.
        others: The sheets that are none, and why.
    """

    recommendations: tuple[Recommendation, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[str, ...]
    others: tuple[NotARegister, ...]


def read_recommendations(
    workbook: Workbook, settings: Settings, *, without: Collection[str] = (), file: str = ""
) -> RegisterReading:
    """Read every register of a workbook.

    Args:
        workbook: The workbook.
        settings: The council's settings.
        without: The sheets that are known to be something else.
        file: The workbook's name, where its cells are to be told from those of the tracker.
    """
    recommendations: list[Recommendation] = []
    findings: list[Finding] = []
    sheets: list[str] = []
    others: list[NotARegister] = []
    for sheet in workbook.sheets:
        if sheet.name in without:
            continue
        found = find_register(sheet, settings)
        if isinstance(found, NotARegister):
            others.append(found)
            continue
        sheets.append(sheet.name)
        register = _Register(found, settings, file)
        recommendations += register.recommendations()
        findings += register.findings
    return RegisterReading(tuple(recommendations), tuple(findings), tuple(sheets), tuple(others))


class _Entry(NamedTuple):
    """One recommendation: the rows that it stands on, and what they say in each field."""

    rows: tuple[int, ...]
    words: Mapping[str, str]

    @property
    def is_band(self) -> bool:
        """Whether one cell, which may be merged over others, is all there is beside the text."""
        return len(set(self.words.values())) == 1 and tuple(self.words) != ("text",)

    @property
    def is_whole(self) -> bool:
        """Whether it has a text, and anything else beside it."""
        return "text" in self.words and len(set(self.words.values())) > 1


class _Register:
    """The register of one sheet."""

    def __init__(self, place: RegisterColumns, settings: Settings, file: str) -> None:
        self._sheet, self._columns = place.sheet, place.columns
        self._heading_row = place.heading_row
        self._name = f"[{file}]{place.sheet.name}" if file else place.sheet.name
        self._letters = {name: column_letters(at) for name, at in place.columns.items()}
        self._covering = _covering(place.sheet, place.columns.values(), place.heading_row)
        self._shading = Shading(place.sheet, settings)
        self._notes = cell_notes(place.sheet.workbook, place.sheet)
        self._seen: dict[tuple[str, str], str] = {}
        self.findings: list[Finding] = []

    def recommendations(self) -> Iterator[Recommendation]:
        """Its recommendations, in their order."""
        entries = list(self._entries())
        whole = [row for entry in entries if entry.is_whole for row in entry.rows]
        self._shading.read_keys({self._heading_row, *whole}, set(self._columns.values()))
        self.findings += self._shading.findings
        band = ""
        for entry in entries:
            if self._is_aside(entry):
                continue
            if entry.is_band:
                band = next(iter(entry.words.values()))
            elif "text" in entry.words:
                yield self._recommendation(entry, band)
            else:
                self._find(entry, "recommendation-text-missing", "text", "",
                           "this row of the register has no recommendation, so it is left out. "
                           "Copy its text in.")  # fmt: skip
        if not any(entry.is_whole for entry in entries):
            self._find_empty()

    # ---------------------------------------------------------------- rows

    def _entries(self) -> Iterator[_Entry]:
        """What stands in the fields, row by row; a text that is merged down makes one of several
        rows."""
        rows: list[int] = []
        for row in self._sheet.rows:
            if row <= self._heading_row:
                continue
            above = self._covering.get((row, self._columns["text"]), (row, 0))[0]
            if rows and above != rows[0]:
                yield from self._entry(rows)
                rows = []
            rows.append(row)
        yield from self._entry(rows)

    def _entry(self, rows: Sequence[int]) -> Iterator[_Entry]:
        words = {}
        for name, column in self._columns.items():
            said = dict.fromkeys(self._text(row, column) for row in rows)
            if text := "\n".join(filter(None, said)):
                words[name] = text
        if words:
            yield _Entry(tuple(rows), words)

    def _text(self, row: int, column: int) -> str:
        """What a cell says; a merged one says the same in all of its rows."""
        text = self._sheet.text(*self._covering.get((row, column), (row, column)))
        return received_text(text).text.strip()

    def _is_aside(self, entry: _Entry) -> bool:
        """Whether a row repeats the headings, or holds a key to the fills."""
        if any(row in entry.rows for row, _ in self._shading.keys) and not entry.is_whole:
            return True
        headings = {
            name: self._sheet.text(self._heading_row, column)
            for name, column in self._columns.items()
        }
        return all(compact(words) == compact(headings[name]) for name, words in entry.words.items())

    # ---------------------------------------------------------------- recommendations

    def _recommendation(self, entry: _Entry, band: str) -> Recommendation:
        words = {name: entry.words.get(name, "") for name in (*_FIELDS, "monitored")}
        source = " ".join((words["reviewer"] if "reviewer" in self._columns else band).split())
        return Recommendation(
            code=self._code(entry, source, " ".join(words["code"].split())),
            source=source,
            text=words["text"],
            standing=Standing(self._name, entry.rows[0], self._letters),
            answer=Answer(words["response"], words["incorporation"], words["change_control"]),
            question=" ".join(words["question"].split()),
            strand=" ".join(words["strand"].split()),
            note="\n".join(filter(None, (words["note"], *self._notes_on(entry)))),
            is_monitored=not self._is_left_out(entry, words["monitored"]),
        )

    def _code(self, entry: _Entry, source: str, typed: str) -> str:
        """Its code; a recommendation without one, or with that of another, is named by its row."""
        row = f"row {entry.rows[0]}"
        if not typed:
            self._find(entry, "recommendation-code-missing", "code", "",
                       "this recommendation has no code, so it is named by its row. Give it one.",
                       Severity.NOTE)  # fmt: skip
            return row.capitalize()
        key = compact(source), compact(typed)
        if key in self._seen:
            self._find(entry, "recommendation-code-repeated", "code", typed,
                       f"the recommendation in {self._seen[key]} has this code too. Give this one "
                       "a code of its own.")  # fmt: skip
            return f"{typed} ({row})"
        self._seen[key] = row
        return typed

    def _is_left_out(self, entry: _Entry, monitored: str) -> bool:
        if monitored:
            return compact(monitored) in _SAYS_NO
        columns = [self._columns[name] for name in ("text", "code") if name in self._columns]
        return any(self._shading.is_shaded(entry.rows[0], column) for column in columns)

    def _notes_on(self, entry: _Entry) -> Iterator[str]:
        """What notes and comments hang on the cells of a recommendation say."""
        for (row, _), text in sorted(self._notes.items()):
            if row in entry.rows:
                yield text

    # ---------------------------------------------------------------- findings

    def _find_empty(self) -> None:
        self.findings.append(
            Finding(
                "register-empty",
                Severity.WARNING,
                self._name,
                f"{self._heading_row}:{self._heading_row}",
                "",
                "these are the headings of a register, and no recommendation with a code or an "
                "answer stands under them. Fill it in.",
            )
        )

    def _find(
        self,
        entry: _Entry,
        code: str,
        field: str,
        reference: str,
        message: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        column = self._columns.get(field, self._columns["text"])
        cell = cell_name(entry.rows[0], column)
        self.findings.append(Finding(code, severity, self._name, cell, reference, message))


_FIELDS = (
    "reviewer", "question", "strand", "code", "text", "response", "incorporation",
    "change_control", "note",
)  # fmt: skip


def _covering(
    sheet: Worksheet, columns: Collection[int], heading_row: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of the columns that is merged with another, the first of them."""
    return {
        (row, column): (area.first_row, area.first_column)
        for area in sheet.merged
        if area.last_row > heading_row
        for column in columns
        if area.first_column <= column <= area.last_column
        for row in range(area.first_row, area.last_row + 1)
    }
