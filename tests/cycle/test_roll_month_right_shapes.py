"""Columns to the right of the months in trackers of any shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

import sheetplan
from sheetplan.model.month import Month
from sheetplan.ooxml.archive import write
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import find_settings
from sheetplan.sheets.reading import read_layouts
from tests.cycle.looking import book_of
from tests.cycle.right import by_heading
from tests.judges import openpyxl_values, valid
from tests.shapes import SHAPES, plan

# ---------------------------------------------------------------- whatever it looks like

WORDS = st.text("abcxyz ", min_size=1, max_size=6).map(lambda text: f"'{text}.")


@settings(max_examples=40)  # 1,000 others were found to hold
@given(
    before=st.integers(0, 2),
    months=st.integers(1, 3),
    blank=st.integers(0, 2),
    right=st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4),
    again=st.booleans(),
)
def test_what_is_read_by_heading_is_the_same_after_the_roll(
    tmp_path_factory, before, months, blank, right, again
):
    lead = [[f"Column {n}", *"abc"] for n in range(before)]
    first = Month(2023, 11)
    monthly = [
        [f"{what} {first.plus(n).label}", "On track", "N/A", "Closed"]
        for n in range(months)
        for what in ("Status", "Update")
    ]
    others = [[f"Other {n}", *cells] for n, cells in enumerate(right)]
    columns = [["Ref", "A1.1", "A1.2", "A1.3"], *lead, *monthly, *[[""] * 4] * blank, *others]
    text = "\n".join("|" + "|".join(row) + "|" for row in zip(*columns, strict=True))
    path = plan(tmp_path_factory.mktemp("any") / "plan.xlsx", text)
    old = by_heading(path)
    for _ in range(2 if again else 1):
        sheetplan.roll_month(path, force=True)
    new = by_heading(path)
    assert {heading: new[heading] for heading in old} == old
    assert [heading for heading in new if heading in old] == list(old)
    opened = [heading for heading in new if heading not in old]
    assert len(opened) == (4 if again else 2)
    place = list(new).index(f"Update {first.plus(months - 1).label}")
    assert list(new)[place + 1 : place + 1 + len(opened)] == opened


# ---------------------------------------------------------------- every shape of the catalogue


def with_evidence(path: Path) -> dict[str, tuple[int, int, int]]:
    """Put evidence behind the last month of each tracker sheet that has nothing there.

    Returns:
        By sheet: the row of its headings, the evidence's column, and how many a month has.
    """
    workbook = Workbook.open(path)
    put_there = {}
    for item in read_layouts(workbook, find_settings(path, None)).trackers:
        row, block = item.layout.heading_rows[1], item.layout.rightmost
        column = block.last + 1
        with workbook.editing(item.sheet) as sheet:
            put_text(sheet.ensure_cell(row, column), [Run("Proof of it")])
            put_text(sheet.ensure_cell(row + 1, column), [Run("File 1")])
        put_there[item.sheet.name] = (row, column, len(block.columns))
    with path.open("wb") as stream:
        write(stream, workbook.package.members())
    return put_there


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_rolls_with_evidence_beside_it_as_it_does_without(name, all_rolled, tmp_path):
    shape = SHAPES[name]
    before = tmp_path / f"plan{shape.suffix}"
    before.write_bytes(all_rolled[name].before.read_bytes())
    places = with_evidence(before)
    after = tmp_path / f"after{shape.suffix}"
    sheetplan.roll_month(before, output=after)
    assert valid(before, after) == []
    expected, found = openpyxl_values(all_rolled[name].after), openpyxl_values(after)
    for sheet, (row, column, count) in places.items():
        letters = get_column_letter(column + count)
        assert found[sheet].pop(f"{letters}{row}") == "Proof of it"
        assert found[sheet].pop(f"{letters}{row + 1}") == "File 1"
    assert found == expected
    assert rules_in(after) == rules_in(all_rolled[name].after)


def rules_in(path: Path) -> dict[str, object]:
    """What each sheet has beside its cells that evidence behind the months does not touch."""
    return {
        sheet.title: (
            sorted(str(rule.sqref) for rule in sheet.data_validations.dataValidation),
            sorted(str(rule.sqref) for rule in sheet.conditional_formatting),
            {table.name: table.ref for table in sheet.tables.values()},
            sheet.auto_filter.ref,
            sheet.print_area,
            sheet.freeze_panes,
        )
        for sheet in book_of(path).worksheets
    }
