"""Rows of a register that are shaded, since the plan is not meant to monitor them.

Colour alone says nothing: a fill counts where a key on the sheet says in words what it means, as
"Shaded: not intended to be monitored through the plan". The key is a cell that has the fill itself,
or words beside a cell that has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.wording import words_of
from sheetplan.ooxml.cell_looks import CellLooks
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings

_WHITE = "FFFFFF"
_KEYS_AFTER = 40  # columns in which a key is looked for
_LONGEST_KEY = 200  # characters; what is longer is an answer, and no key


class Shading:
    """What the fills of a sheet say."""

    def __init__(self, sheet: Worksheet, settings: Settings) -> None:
        self._sheet = sheet
        self._looks = CellLooks(sheet.workbook)
        self._phrases = [words_of(words) for words in settings.recommendations.not_monitored]
        self.findings: list[Finding] = []
        self.keys: set[tuple[int, int]] = set()
        self._fills: set[str] = set()

    def read_keys(self, rows: Collection[int], columns: Collection[int]) -> None:
        """Look for keys, in cells that are none of the register's own.

        Args:
            rows: The rows of the register that hold a recommendation, and that of its headings.
            columns: The columns of its fields.
        """
        for row, column, text in self._texts():
            if (row in rows and column in columns) or not self._is_key(text):
                continue
            fills = {self._fill(row, near) for near in (column, column - 1, column + 1)} - {""}
            own = self._fill(row, column)
            meant = {own} if own else fills
            if len(meant) == 1:
                self.keys.add((row, column))
                self._fills |= meant
            else:
                self.findings.append(_unclear(self._sheet.name, cell_name(row, column)))

    def is_shaded(self, row: int, column: int) -> bool:
        """Whether a cell has a fill that a key speaks of."""
        return bool(self._fills) and self._fill(row, column) in self._fills

    def _texts(self) -> Iterator[tuple[int, int, str]]:
        rows = self._sheet.rows
        for row in rows:
            for column in range(1, min(rows.last_column(row), _KEYS_AFTER) + 1):
                if text := self._sheet.text(row, column).strip():
                    yield row, column, text

    def _is_key(self, text: str) -> bool:
        if len(text) > _LONGEST_KEY:
            return False
        words = f" {' '.join(words_of(text))} "
        return any(f" {' '.join(phrase)} " in words for phrase in self._phrases)

    def _fill(self, row: int, column: int) -> str:
        if column < 1:
            return ""
        cell = self._sheet.cell(row, column)
        fill = "" if cell is None else self._looks.of(cell.get("s")).fill
        return "" if fill.upper() == _WHITE else fill


def _unclear(sheet: str, cell: str) -> Finding:
    return Finding(
        "register-key-unclear",
        Severity.WARNING,
        sheet,
        cell,
        "",
        "this key says what is not monitored, and no fill can be told to belong to it, so it marks "
        "no row. Give the cell the fill of those rows.",
    )
