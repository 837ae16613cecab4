"""Whatever the headings look like, the month that is opened is found again like the last one."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sheetplan
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import without_months
from sheetplan.ooxml.archive import write
from sheetplan.ooxml.inventory import compare_packages
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.layout import SheetLayout, find_layout
from tests.sheets.building import STANDARD
from tests.sheets.test_layout_properties import headings


def opened_in_memory(path, month: Month | None) -> tuple[Package, Package]:
    """The workbook before and after its next month is opened; nothing is written to disk."""
    plan = sheetplan.plan_roll_month(path, month, allow_gap=True, force=True)
    plan.carry_out()
    stream = BytesIO()
    write(stream, plan.workbook.package.members())
    before, after = Package(path.read_bytes()), Package(stream.getvalue())
    assert compare_packages(before, after).broken(plan.agreed) == []
    return before, after


def layout_in(package: Package) -> SheetLayout:
    found = find_layout(Workbook(package)["Plan"], STANDARD)
    assert isinstance(found, SheetLayout), found
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("rolled") / "plan.xlsx"


@given(made=headings(), step=st.integers(1, 14))
def test_the_new_month_is_found_with_the_fields_of_the_last_one(path, made, step):
    made.write(path)
    new = made.first.plus(made.months - 1 + step)
    before, after = opened_in_memory(path, new)
    old, found = layout_in(before), layout_in(after)
    assert found.months[:-1] == old.months
    assert (found.fields, found.heading_rows) == (old.fields, old.heading_rows)
    last, latest = old.months[-1], found.months[-1]
    assert latest.month == new
    width = len(last.columns)
    assert [c.column - width for c in latest.columns] == [c.column for c in last.columns]
    assert [c.field for c in latest.columns] == [c.field for c in last.columns]
    for one, other in zip(last.columns, latest.columns, strict=True):
        assert without_months(one.heading) == without_months(other.heading)
