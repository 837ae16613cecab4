"""What openpyxl reads of a template: its marks, its rules and its colours."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.judges import ROOT

FOLDER = ROOT / "workbook_templates"
REGISTERS, RETURN = FOLDER / "registers.xlsx", FOLDER / "owner_return.xlsx"
SUMMARY, APPENDIX = FOLDER / "exception_summary.xlsx", FOLDER / "statutory_appendix.xlsx"
CHANGES, RECOMMENDATIONS = FOLDER / "changes.xlsx", FOLDER / "recommendations.xlsx"
IMPORTED = FOLDER / "imported_plan.xlsx"
PAGE_WIDTHS = {"8": 1587, "9": 1123}  # pixels of A3 and A4 on their side, 96 to the inch


def members_of(path: Path) -> dict[str, bytes]:
    """The parts of a workbook in their order."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def area_of(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what a name stands for."""
    return range_boundaries(reference.rpartition("!")[2].replace("$", ""))


def marked(sheet: Worksheet, name: str) -> list[Cell]:
    """The cells of the row that a name marks."""
    left, top, right, bottom = area_of(sheet.defined_names[name].attr_text)
    assert top == bottom
    return list(sheet[top][left - 1 : right])


def rules_of(sheet: Worksheet) -> Iterator[tuple[str, openpyxl.formatting.rule.Rule]]:
    """Each conditional format, after the cells that it is for."""
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            yield str(area.sqref), rule


def rgb(color: Color | None) -> str:
    """The colour, which no theme decides, as six hexadecimal digits."""
    assert color is not None
    assert color.type == "rgb"
    return str(color.rgb)[2:]


def fill_of(cell: Cell) -> str:
    return rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else "FFFFFF"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 computes it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
