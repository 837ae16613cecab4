"""A small tracker to report on, and what officers do to generated sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.support_tables import find_support_tables
from tests.builders import workbook_from_text

SUMMARY = "Exception summary"
APPENDIX = "Statutory appendix"

PLAN = {
    "Theme 1": """
        | Ref     | Action       | Lead | Due date | Focus   | RAG Jun-26 | Update Jun-26   | RAG Jul-26 | Update Jul-26   |
        | LC.A1.0 | Lead well    | Asha | Mar-27   | Focus 1 | N/A        | N/A             | N/A        | N/A             |
        | LC.A1.1 | Agree values | Asha | Jul-26   | N/A     | On track   | Drafted [AB]    | Complete   | Adopted [AB]    |
        | LC.A1.2 | Use values   | Asha | May-26   | N/A     | On track   | Begun [AB]      | Amber      | Slipped [AB]    |
        | LC.B1.0 | Manage well  | Ben  | Mar-27   | Focus 2 | N/A        | N/A             | N/A        | N/A             |
        | LC.B1.1 | Train        | Ben  | Apr-26   | N/A     | Amber      | Late [BC]       | Red        | Still late [BC] |
        | LC.B1.2 | Appraise     | Ben  | Sep-26   | N/A     | On track   | Going well [BC] | On track   | Going well [BC] |
    """,  # noqa: E501
    "Theme 2": """
        | Ref     | Action  | Lead | Due date | Focus   | RAG Jun-26 | Update Jun-26   | RAG Jul-26 | Update Jul-26 |
        | FA.A1.0 | Balance | Cleo | Feb-27   | Focus 2 | N/A        | N/A             | N/A        | N/A           |
        | FA.A1.1 | Save    | Cleo | Aug-26   | N/A     | On track   | =1+1 saved [CD] | On hold    | '=SUM(A1:A9)  |
        | FA.A1.2 | Sell    | Cleo | Jul-26   | N/A     | On track   | Offers in [CD]  |            |               |
    """,  # noqa: E501
    "Recommendations": """
        | Code | Source    | Recommendation                  |
        | S1   | statutory | The Council should lead better. |
    """,
    "Recommendation map": """
        | Code | Answered by | Heading |
        | S1   | LC.A1.1     | Values  |
        | S1   | FA.A1.1     |         |
        | S1   | FA.Z9.9     |         |
    """,
}


def small_tracker(path: Path) -> Path:
    """Two themes with June and July 2026, and a recommendation whose map has a slip."""
    return workbook_from_text(path, PLAN)


def save_typed(workbook: Workbook, path: Path, state: FileState) -> None:
    """Save what an officer typed, which may be in the place of anything."""
    agreed = {(d.part, d.place) for d in workbook.package.comparison.differences}
    save(workbook.package, path, source=path, state=state, agreed=frozenset(agreed))


def type_into(path: Path, sheet: str, row: int, column: int, words: str) -> None:
    """What an officer types into a cell in Excel."""
    workbook, state = Workbook.open(path), FileState.of(path)
    with workbook.editing(workbook[sheet]):
        put_text(workbook[sheet].ensure_cell(row, column), [Run(words)])
    save_typed(workbook, path, state)


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets in their order."""
    return Workbook.open(path).sheet_names


def fill_in_support(path: Path, kind: str, records: Sequence[Mapping[str, str]]) -> None:
    """What officers do with a support sheet: type into its blank rows, and on below them, where
    Excel makes the table grow."""
    workbook, state = Workbook.open(path), FileState.of(path)
    table = find_support_tables(workbook)[0][kind]
    assert table.table is not None
    last = table.table.area.last_row
    missing = table.first_row + len(records) - 1 - last
    with workbook.editing(table.sheet) as sheet:
        if missing > 0:
            new = NewTableRows.under(table.table, [last] * missing)
            for edit in new.edits():
                edit.make()
            new.make_cells()
        for row, record in enumerate(records, table.first_row):
            for name, words in record.items():
                put_text(sheet.ensure_cell(row, table.columns[name]), [Run(words)])
    save_typed(workbook, path, state)
