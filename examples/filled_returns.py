"""Fills in returns as update owners do in Excel, from the words in improvement_plan/returns.toml.

    owner_returns()                 what each owner sends back
    references(sent_workbook)       the rows of a return
    filled_in(sent_workbook, words)     one return, filled in

The workbook is edited as sheetplan edits one, since the cells have to stay as Excel would leave
them: with their locks, drop-downs and colour rules.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetplan.model.owner_return import NEW_ACTION_FIELDS, RETURN_FIELDS
from sheetplan.model.return_marks import HIDDEN_SHEET
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main
from sheetplan.returns.patterns import FILLED_IN, STATUS_MISSING, UPDATE_MISSING
from sheetplan.settings import load_profile
from sheetplan.sheets.return_columns import NEW_ACTION_HEADINGS, ROW_HEADINGS

WORDS = Path(__file__).resolve().parent / "improvement_plan" / "returns.toml"
UPDATE, NEW_ACTIONS = "Your update", "New actions"
TO_DO = "To do"

Record = Mapping[str, Any]


def owner_returns() -> list[Record]:
    """What each owner sends back."""
    found: list[Record] = tomllib.loads(WORDS.read_text("utf-8"))["return"]
    return found


def filled_in(sent: Path, words: Record) -> Package:
    """A return as its owner sends it back.

    Args:
        sent: The workbook that was sent.
        words: What they typed: `row` and `new_action`; `sorted_by`, a column that they sorted the
            rows by; and `sheet`, the name that they gave to the first sheet.
    """
    workbook = Workbook.open(sent)
    with workbook.editing(workbook[UPDATE]) as sheet:
        table = _Table(sheet, ROW_HEADINGS, RETURN_FIELDS)
        for row in words.get("row", ()):
            table.type_into(table.row_of(row["reference"]), row)
        if "sorted_by" in words:
            table.sort(words["sorted_by"])
        table.work_out_to_do()
    with workbook.editing(workbook[NEW_ACTIONS]) as sheet:
        table = _Table(sheet, NEW_ACTION_HEADINGS, NEW_ACTION_FIELDS)
        for at, new in enumerate(words.get("new_action", ()), table.first_row):
            table.type_into(at, new)
    workbook.recalculate_on_opening()
    if "sheet" in words:
        _rename(workbook, UPDATE, words["sheet"])
    return workbook.package


def references(sent: Path) -> list[str]:
    """The references of the rows of a return."""
    table = _Table(Workbook.open(sent)[UPDATE], ROW_HEADINGS, RETURN_FIELDS)
    return [table.sheet.text(row, table.columns["reference"]) for row in table.rows]


class _Table:
    """The cells under a row of headings."""

    def __init__(
        self, sheet: Worksheet, headings: Mapping[str, Sequence[str]], fields: Sequence[str]
    ) -> None:
        wanted = {text: name for name in fields for text in headings[name]}
        self.sheet = sheet
        for row in sheet.rows:
            texts = {column: sheet.text(row, column) for column in range(1, len(fields) + 3)}
            self.columns = {wanted[t]: column for column, t in texts.items() if t in wanted}
            if len(self.columns) == len(fields):
                break
        self.to_do = next((column for column, text in texts.items() if text == TO_DO), 0)
        self.first_row = row + 1
        self.rows = [row for row in sheet.rows if row >= self.first_row]

    def row_of(self, reference: str) -> int:
        """The row of an action."""
        column = self.columns["reference"]
        return next(row for row in self.rows if self.sheet.text(row, column) == reference)

    def type_into(self, row: int, words: Record) -> None:
        """Type words into a row; `retyped` is the reference as its owner typed it again."""
        typed = {**words, "reference": words["retyped"]} if "retyped" in words else words
        for name, column in self.columns.items():
            if name in typed:
                put_text(self.sheet.ensure_cell(row, column), [Run(typed[name])])

    def sort(self, name: str) -> None:
        """Sort the rows by a column; each takes its height along, as Excel sees to."""
        elements = [self.sheet.ensure_row(row) for row in self.rows]
        found = [
            (
                element.get("ht", ""),
                {column: self.sheet.text(row, column) for column in self.columns.values()},
            )
            for row, element in zip(self.rows, elements, strict=True)
        ]
        found.sort(key=lambda each: each[1][self.columns[name]].casefold())
        for row, element, (height, said) in zip(self.rows, elements, found, strict=True):
            element.set("ht", height)
            for column, text in said.items():
                put_text(self.sheet.ensure_cell(row, column), [Run(text)] if text else [])

    def work_out_to_do(self) -> None:
        """Store what Excel works out under To do."""
        settings = load_profile("standard")
        for row in self.rows:
            status, update = (
                self.sheet.text(row, self.columns[name]) for name in ("status", "update")
            )
            meant = settings.vocabulary.understand(status)
            needs = meant is not None and meant.meaning in settings.returns.update_needed
            says = UPDATE_MISSING if needs and not update else FILLED_IN
            result = self.sheet.ensure_cell(row, self.to_do).find(main("v"))
            assert result is not None
            result.text = says if status else STATUS_MISSING


def _rename(workbook: Workbook, old: str, new: str) -> None:
    """Give a sheet another name, which the names that lead to it follow, as in Excel."""
    assert new.isalnum()
    assert old != HIDDEN_SHEET
    with workbook.package.editing(workbook.package.main_part) as root:
        for sheet in root.iter(main("sheet")):
            if sheet.get("name") == old:
                sheet.set("name", new)
        for name in root.iter(main("definedName")):
            name.text = (name.text or "").replace(f"'{old}'!", f"{new}!")
