"""A tracker as it should be kept, as a workbook: what checks must leave alone."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MONTHS = ("April 2026", "May 2026", "June 2026", "July 2026")
STATUSES = [
    "On track", "Medium progress", "Significant slippage", "Not due to start", "Complete",
    "Closed", "On hold", "N/A", "Assurance action", "New action",
]  # fmt: skip
HEADINGS = (
    "Workstream", "Ref", "Action", "Milestones", "We will", "Director Lead", "Start date",
    "Due date", "Focus",
)  # fmt: skip
ROW_OF_HEADINGS = 2


def themes() -> list[dict[str, Any]]:
    """The themes as they were written down."""
    text = Path(__file__).with_name("well_kept.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["theme"]
    return found


def rated_rows() -> int:
    """How many rows carry a status."""
    return sum("status" in action for theme in themes() for action in theme["action"])


def build(path: Path) -> Path:
    """Write it as a workbook."""
    with Workbook(path) as book:
        date = book.add_format({"num_format": "mmm-yy", "align": "left"})
        for theme in themes():
            _write(book.add_worksheet(theme["sheet"]), theme, date)
    return path


def _write(sheet: Worksheet, theme: dict[str, Any], date: Format) -> None:
    sheet.write_string(0, 0, theme["title"])
    months = [
        f"{what} ({month})" for month in MONTHS for what in ("Status", "Update (Initials and Date)")
    ]
    sheet.write_row(ROW_OF_HEADINGS, 0, [*HEADINGS, *months])
    main: dict[str, Any] = {}
    for row, action in enumerate(theme["action"], ROW_OF_HEADINGS + 1):
        is_main = action["ref"].endswith(".0")
        main = action if is_main else main
        sheet.write_row(row, 0, [
            main["workstream"], action["ref"], action["action"], action.get("milestones", ""),
            action.get("we_will", ""), action.get("lead", main["lead"]),
        ])  # fmt: skip
        for column, value in ((6, action["start"]), (7, action["due"])):
            _write_date(sheet, row, column, value, date)
        sheet.write_string(row, 8, action.get("focus", "N/A"))
        for at, (status, update) in enumerate(_said(action, is_main)):
            sheet.write_row(row, len(HEADINGS) + 2 * at, [status, update])
    last = ROW_OF_HEADINGS + len(theme["action"])
    for at in range(len(MONTHS)):
        column = len(HEADINGS) + 2 * at
        sheet.data_validation(
            ROW_OF_HEADINGS + 1, column, last, column, {"validate": "list", "source": STATUSES}
        )


def _write_date(sheet: Worksheet, row: int, column: int, value: str, date: Format) -> None:
    try:
        sheet.write_datetime(row, column, datetime.strptime(value, "%b-%y"), date)
    except ValueError:
        sheet.write_string(row, column, value)


def _said(action: dict[str, Any], is_main: bool) -> list[tuple[str, str]]:
    """Status and update of each month; of April and May only the status was written down."""
    if is_main:
        return [("N/A", "N/A")] * len(MONTHS)
    updates = ["", "", action["june"], action["july"]]
    return list(zip(action["status"], updates, strict=True))
