"""The pattern rows and cells of a template, and what each is for.

A template is an ordinary workbook. A row that a defined name `row_exception` marks shows how every
exception looks; `{reference}` in one of its cells is where an exception's reference goes. A cell
marked `cell_title` takes the title. The names belong to their sheet, so two sheets may each have a
`row_exception`.
"""

from __future__ import annotations

from typing import NamedTuple


class Pattern(NamedTuple):
    """A pattern row: its name without "row_", what it is for, and the placeholders it may use."""

    name: str
    purpose: str
    placeholders: tuple[str, ...]


class SheetPatterns(NamedTuple):
    """A sheet of a template: its cells by their names without "cell_", and its pattern rows."""

    sheet: str
    cells: dict[str, str]
    rows: tuple[Pattern, ...]
