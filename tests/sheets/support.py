"""Support sheets, and what is read from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sheetplan.model.support import SupportRecords
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.support_reading import read_support
from tests.builders import workbook_from_text
from tests.sheets.building import STANDARD

RECOMMENDATIONS = """
    | Code | Source    | Recommendation  | Date sent  | Considered at council | Accepted | Auditor's latest view | Date of view |
    | S1   | statutory | Mend the budget | 2026-02-16 | 2026-03-10            | yes      | Good progress         | Jun-26       |
    | S2   | LGA       | Sign accounts   |            | TBC                   | partly   |                       |              |
"""  # noqa: E501


def read(path: Path, sheets: dict[str, str], tables: dict[str, str] | None = None, **options: Any):
    """The records of sheets that text tables say; `tables` gives some of them an Excel table."""
    wanted = tables or {}

    def decorate(book: Any) -> None:
        for name, table in wanted.items():
            lines = [line for line in sheets[name].strip().splitlines() if line.strip()]
            headings = [cell.strip() for cell in lines[0].strip().strip("|").split("|")]
            sheet = book.get_worksheet_by_name(name)
            columns = [{"header": heading} for heading in headings]
            first = options.get("first_row", 1) - 1
            sheet.add_table(
                first, 0, first + len(lines) - 1, len(headings) - 1,
                {"name": table, "columns": columns},
            )  # fmt: skip

    workbook_from_text(path, sheets, decorate=decorate, **options)
    return read_support(Workbook.open(path), STANDARD)


def said(records: SupportRecords) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.cell, finding.reference) for finding in records.findings]
