"""The months of an imported plan: those that are stamped, and the one in which it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cycle.importing import JUNE_AND_JULY, planned
from tests.judges import openpyxl_values
from tests.plans import one_section, plan_row


def test_the_month_in_which_it_was_written_is_that_of_its_newest_stamp(tmp_path: Path) -> None:
    plan = planned(tmp_path, one_section(JUNE_AND_JULY)).plan
    assert (str(plan.written), [str(month) for month in plan.months]) == (
        "July 2026",
        ["June 2026", "July 2026"],
    )


def test_a_title_helps_where_no_stamp_has_a_year(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "Begun. (June Update)")
    plan = planned(tmp_path, one_section(row, introduction=["As at September 2018"])).plan
    assert [str(month) for month in plan.months] == ["June 2018"]


def test_a_month_that_is_named_holds(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "Begun. (November Update)")
    plan = planned(tmp_path, one_section(row), month="2020-01").plan
    assert [str(month) for month in plan.months] == ["November 2019"]
    with pytest.raises(ValueError, match="is not a month"):
        planned(tmp_path, one_section(row), month="soon")


def test_a_plan_without_any_stamp_gets_the_month_that_is_named(tmp_path: Path) -> None:
    made = planned(tmp_path, one_section(plan_row("1.1", "__Head__", "Begun.")), month="2020-01")
    assert [str(month) for month in made.plan.months] == ["January 2020"]
    cells = openpyxl_values(made.apply().output)["Streets"]
    assert (cells["F6"], cells["Q4"]) == ("Begun.", "Status (January 2020)")


def test_months_between_that_nobody_wrote_in_are_not_made_up(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "Begun. (March 2026 Update)", "Done. (June 2026 Update)")
    assert [str(m) for m in planned(tmp_path, one_section(row)).plan.months] == [
        "March 2026",
        "June 2026",
    ]
