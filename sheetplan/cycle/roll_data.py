"""What a roll writes as plain data, for --json and for whoever keeps a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheetplan.ooxml.edits import Edit
from sheetplan.sheets.month_columns import MonthColumns
from sheetplan.sheets.writes import CellWrite


def sheet_data(sheet: MonthColumns) -> dict[str, Any]:
    """What will be written on one sheet."""
    return {
        "sheet": sheet.sheet.name,
        "after": sheet.old_month.iso,
        "columns": sheet.letters,
        "actions": sheet.actions,
        "headings": _writes(sheet.headings),
        "carried_forward": _writes(sheet.carried),
        "formulas": _writes(sheet.formulas),
        "moved": [
            {"from": banner.old_cell, "to": banner.write.cell, "text": banner.write.text}
            for banner in sheet.banners
        ],
        "grown": edits_data(sheet.edits),
        "doubts": sheet.doubts,
    }


def _writes(writes: Iterable[CellWrite]) -> list[dict[str, str]]:
    return [{"cell": write.cell, "content": write.text} for write in writes]


def edits_data(edits: Iterable[Edit]) -> list[dict[str, str]]:
    """What grows or is copied beside the cells."""
    return [
        {"what": edit.what, "sheet": edit.sheet, "before": edit.before, "after": edit.after}
        for edit in edits
    ]
