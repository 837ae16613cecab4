"""Workbooks from text tables, and packages with odd parts, so that a test shows what it reads.

workbook_from_text(
    path,
    {
        "Theme 1": '''
            | Ref     | Action       | June 2023 | <           |
            |         |              | Status    | Update      |
            | OC.A1.1 | Fix the roof | On track  | Begun [AB]  |
        '''
    },
)
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import xlsxwriter

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_CREATED = datetime(2023, 7, 3, 9, 0)

FIRST_SHEET = "xl/worksheets/sheet1.xml"
"""The part in which XlsxWriter keeps the first sheet; the second is sheet2.xml, and so on."""

SHEET_ROOT = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' mc:Ignorable="xr">'
)


def workbook_from_text(
    path: Path,
    sheets: Mapping[str, str],
    *,
    first_row: int = 1,
    date_format: str = "dd/mm/yyyy",
    decorate: Callable[[xlsxwriter.Workbook], Any] | None = None,
) -> Path:
    """Build a workbook with XlsxWriter from a text table for each sheet.

    A row is a line, its cells stand between bars, and a cell is

        (nothing)         no cell at all
        2023-07-01        a date, shown as `date_format` ("mmm yyyy" for the heading of a month)
        12 or 12.5        a number
        =A1+1             a formula, with the result 0 stored
        =A1+1 -> 5        a formula, with the result 5 stored
        <                 merged with the cell to its left
        'OC or '12        the text after the apostrophe, whatever it looks like
        anything else     text; \\n in it is a line break

    Args:
        path: The file to write.
        sheets: Text tables by the names of their sheets, in order.
        first_row: The row of the first line; the rows above it stay empty.
        date_format: How date cells are shown.
        decorate: Called with XlsxWriter's workbook before it is closed, for what a text cannot
            say: `lambda book: book.get_worksheet_by_name("Theme 1").autofilter("A1:D9")`.
    """
    options = {"default_date_format": date_format, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": _CREATED})
    for name, text in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(_rows(text), first_row - 1):
            _write_row(sheet, row, cells)
    if decorate is not None:
        decorate(book)
    book.close()
    return path


def _rows(text: str) -> list[list[str]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    bare = [line.removeprefix("|").removesuffix("|") for line in lines]
    return [[cell.strip() for cell in line.split("|")] for line in bare]


def _write_row(sheet: Any, row: int, cells: list[str]) -> None:
    for column, text in enumerate(cells):
        if text == "<":
            continue
        last = column
        while cells[last + 1 : last + 2] == ["<"]:
            last += 1
        if last > column:
            sheet.merge_range(row, column, row, last, "")
        _write_cell(sheet, row, column, text)


def _write_cell(sheet: Any, row: int, column: int, text: str) -> None:
    if not text:
        return
    if _DATE.match(text):
        sheet.write_datetime(row, column, datetime.fromisoformat(text))
    elif _NUMBER.match(text):
        sheet.write_number(row, column, float(text))
    elif text.startswith("="):
        formula, _, result = text.partition(" -> ")
        number = float(result or 0) if _NUMBER.match(result or "0") else result
        shown = int(number) if isinstance(number, float) and number.is_integer() else number
        sheet.write_formula(row, column, formula, None, shown)
    else:
        sheet.write_string(row, column, text.removeprefix("'").replace("\\n", "\n"))


def workbook_with_sheet(path: Path, inside: str, *, name: str = "Sheet1") -> Path:
    """A workbook whose one sheet holds just this XML; x14, xm, xr, mc and r are declared.

    For what XlsxWriter does not write: `workbook_with_sheet(path, "<sheetData><row><c>…")`.
    """
    workbook_from_text(path, {name: ""})
    return package_with(path, {FIRST_SHEET: f"{SHEET_ROOT}{inside}</worksheet>".encode()})


def package_with(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """Give parts of a package other bytes, in their places; None takes a part out.

    Parts that are not there yet are added at the end.
    """
    members = _members(path)
    known = {info.filename for info, _ in members}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in members:
            new = parts.get(info.filename, data)
            if new is not None:
                archive.writestr(info, new)
        for name, new in parts.items():
            if name not in known and new is not None:
                archive.writestr(name, new)
    return path


def patched(path: Path, changes: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """Run parts of a package through functions: `{FIRST_SHEET: lambda xml: xml.replace(…)}`."""
    before = parts_of(path)
    return package_with(path, {name: change(before[name]) for name, change in changes.items()})


def replaced(path: Path, part: str, old: str, new: str) -> Path:
    """Put `new` in the place of `old`, which must stand in the part."""
    data = parts_of(path)[part]
    assert old.encode() in data, f"{old!r} does not stand in {part}"
    return package_with(path, {part: data.replace(old.encode(), new.encode())})


def parts_of(path: Path) -> dict[str, bytes]:
    """The content of each part by its name."""
    return {info.filename: data for info, data in _members(path)}


def _members(path: Path) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(path) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def picture(path: Path, width: int, height: int) -> Path:
    """Write a picture of one colour, as the PNG standard has it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    rows = (b"\0" + b"\0\0\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", compress(rows)), chunk(b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    return path
