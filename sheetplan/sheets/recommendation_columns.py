"""Finding a register of recommendations on a sheet: by what its headings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetplan.model.wording import compact, words_of
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.settings.recommendations import REGISTER_COLUMNS
from sheetplan.sheets.headings import SEARCHED_ROWS

_ANSWERS = ("response", "incorporation", "change_control")
_FEWEST = 2  # headings, for a row to be near enough to be spoken of
_IN_WORDS = {name: name.replace("_", " ") for name in REGISTER_COLUMNS}


@dataclass(frozen=True)
class RegisterColumns:
    """Where a sheet has its register: the row of the headings, and the column of each field."""

    sheet: Worksheet
    heading_row: int
    columns: Mapping[str, int]


@dataclass(frozen=True)
class NotARegister:
    """A sheet without a register, and what it lacks."""

    sheet: str
    reason: str


def find_register(sheet: Worksheet, settings: Settings) -> RegisterColumns | NotARegister:
    """The register of a sheet: under one row that heads a text and an answer to it."""
    names = _Names(settings)
    near: dict[str, int] = {}
    for row in sheet.rows:
        if row > SEARCHED_ROWS:
            break
        columns = names.columns(sheet, row)
        if "text" in columns and any(name in columns for name in _ANSWERS):
            return RegisterColumns(sheet, row, columns)
        if len(columns) > len(near):
            near = columns
    return NotARegister(sheet.name, _lacking(near))


def _lacking(near: Mapping[str, int]) -> str:
    if len(near) < _FEWEST:
        return "no headings of a register"
    found = ", ".join(_IN_WORDS[name] for name in REGISTER_COLUMNS if name in near)
    if "text" not in near:
        return f"no column for the text of the recommendations (there are {found})"
    return (
        "no column for the response, for where it is in the plan or for change control (there are "
        f"{found})"
    )


class _Names:
    """The fields that headings name."""

    def __init__(self, settings: Settings) -> None:
        self._by_words = {
            compact(words): name
            for name, all_ in settings.recommendations.headings.items()
            for words in all_
        }

    def columns(self, sheet: Worksheet, row: int) -> dict[str, int]:
        """The column of each field that a row heads.

        A heading that is a field's name counts before one that only begins with it: "Response" is
        taken, not "Response due", where both are there.
        """
        whole: dict[str, int] = {}
        begun: dict[str, int] = {}
        for column in range(1, sheet.rows.last_column(row) + 1):
            words = words_of(sheet.text(row, column))
            if name := self._by_words.get("".join(words)):
                whole.setdefault(name, column)
            elif name := self._beginning(words):
                begun.setdefault(name, column)
        return {**begun, **whole}

    def _beginning(self, words: list[str]) -> str | None:
        """The field whose name a heading begins with; a code's has to be the whole of it."""
        for length in range(len(words) - 1, 0, -1):
            name = self._by_words.get("".join(words[:length]))
            if name and name != "code":
                return name
        return None
