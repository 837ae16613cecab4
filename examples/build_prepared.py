"""Builds improvement_plan_prepared.xlsx: the example tracker once its support sheets are filled in.

    python examples/build_prepared.py             writes it beside this script
    python examples/build_prepared.py FILE.xlsx   writes it somewhere else

`sheetplan prepare` adds the sheets to improvement_plan.xlsx; this then types into them what
improvement_plan/support.toml says, as officers would in Excel. Two runs give the same bytes.
"""

import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import sheetplan
from sheetplan.model.reference import Reference
from sheetplan.ooxml.cells import Run, put, put_text, stored_number
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.table_rows import NewTableRows
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.support_columns import PREPARED_KINDS
from sheetplan.sheets.support_tables import SupportTable, find_support_tables

HERE = Path(__file__).resolve().parent
TRACKER = HERE / "improvement_plan.xlsx"
FILE = HERE / "improvement_plan_prepared.xlsx"
WORDS = HERE / "improvement_plan" / "support.toml"
ARE_DATES = ("sent", "considered", "auditor_view_date", "completed")

Record = Mapping[str, str]


def build(path: Path) -> None:
    """Build the prepared tracker at this path, replacing what is there."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / TRACKER.name
        sheetplan.prepare(TRACKER, output=prepared)
        workbook = Workbook.open(prepared)
    fill_in(workbook)
    workbook.recalculate_on_opening()  # State, beside what was written
    path.unlink(missing_ok=True)
    save_new(workbook.package, path)


def fill_in(workbook: Workbook) -> None:
    """Type what support.toml says into the support sheets of the example tracker.

    Of the achievements only those are worded that `prepare` proposed: those of June 2026.
    """
    words = tomllib.loads(WORDS.read_text("utf-8"))
    tables, _, _ = find_support_tables(workbook, PREPARED_KINDS)
    _fill_from_the_top(workbook, tables["recommendations"], words["recommendation"])
    _fill_from_the_top(workbook, tables["recommendation_map"], words["link"])
    _fill_where(workbook, tables["narrative"], "block", words["narrative"])
    _fill_where(workbook, tables["milestones"], "wording", words["milestone"])
    achievements = tables["achievements"]
    proposed = {achievements.text(row, "reference") for row in achievements.rows}
    achieved = [{**r, "printed": "yes"} for r in words["achievement"] if r["reference"] in proposed]
    _fill_where(workbook, achievements, "reference", achieved)
    owners = [{"name": name, "email": address} for name, address in words["owners"].items()]
    _fill_where(workbook, tables["owners"], "name", owners)


def _fill_from_the_top(workbook: Workbook, table: SupportTable, records: list[Record]) -> None:
    """Type records into a table's blank rows, and below it, where Excel makes it grow."""
    grow(workbook, table, table.first_row + len(records) - 1)
    _type(workbook, table, enumerate(records, table.first_row))


def grow(workbook: Workbook, table: SupportTable, last_row: int) -> None:
    """Make a table reach down to a row, as Excel does when somebody types below it."""
    assert table.table is not None
    last = table.table.area.last_row
    if last_row > last:
        new = NewTableRows.under(table.table, [last] * (last_row - last))
        with workbook.editing(table.sheet):
            for edit in new.edits():
                edit.make()
            new.make_cells()


def _fill_where(
    workbook: Workbook, table: SupportTable, key: str, records: Iterable[Record]
) -> None:
    """Type into the rows that `prepare` filled in: each record into that with its key."""
    rows = {_plain(table.text(row, key)): row for row in table.rows}
    _type(workbook, table, [(rows[_plain(record[key])], record) for record in records])


def _type(workbook: Workbook, table: SupportTable, rows: Iterable[tuple[int, Record]]) -> None:
    with workbook.editing(table.sheet) as sheet:
        for row, record in rows:
            for name, words in record.items():
                cell = sheet.ensure_cell(row, table.columns[name])
                if name in ARE_DATES:
                    serial = workbook.reader.serial(datetime.fromisoformat(words))
                    put(cell, stored_number(serial))
                else:
                    put_text(cell, [Run(words)])


def _plain(text: str) -> str:
    """A reference in its tidy spelling; other words as they are."""
    reference = Reference.parse(text)
    return str(reference) if reference is not None else " ".join(text.split())


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
