"""Templates from text tables, filled and saved as the layers above do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.saving import save_new
from tests.builders import workbook_from_text

Decorate = Callable[[Any], Any]


def template(
    path: Path,
    table: str,
    marks: Mapping[str, str],
    decorate: Decorate | None = None,
    *,
    sheet: str = "Report",
    more: Mapping[str, str] | None = None,
) -> Filled:
    """A template with one sheet of patterns, and others beside it.

    Args:
        path: The folder that it is written to.
        table: The sheet, as `workbook_from_text` takes it.
        marks: What each name marks: {"row_item": "$A$3:$C$3"}.
        decorate: What a text cannot say; called with XlsxWriter's workbook.
        sheet: The sheet's name.
        more: Other sheets.
    """
    quoted = "'" + sheet.replace("'", "''") + "'"

    def mark(book: Any) -> None:
        for name, cells in marks.items():
            book.define_name(f"{quoted}!{name}", f"={quoted}!{cells}")
        if decorate is not None:
            decorate(book)

    file = path / "template.xlsx"
    made = Filled.open(workbook_from_text(file, {sheet: table, **(more or {})}, decorate=mark))
    made.folder = path
    return made


class Filled(Template):
    """A template that knows the folder where a test keeps it."""

    folder: Path


def items(*names: str, row: str = "item") -> list[tuple[str, dict[str, Any]]]:
    """A line for each name, which is both what {name} and, in capitals, what {note} says."""
    values = [{"name": name, "note": name.upper(), "count": at} for at, name in enumerate(names)]
    return [(row, each) for each in values]


def filled(
    made: Filled,
    lines: Iterable[tuple[str, Mapping[str, Any]]],
    cells: Mapping[str, Any] | None = None,
    *,
    sheet: str = "Report",
    **options: Any,
) -> Path:
    """Fill one sheet, and save the workbook."""
    made.fill(sheet, lines, cells or {}, **options)
    return saved(made)


def saved(made: Filled) -> Path:
    """Save a filled template as filled.xlsx beside itself, in place of an earlier one."""
    target = made.folder / "filled.xlsx"
    target.unlink(missing_ok=True)
    save_new(made.package, target)
    return target
