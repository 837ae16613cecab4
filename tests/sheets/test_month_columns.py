"""The plan for one sheet's new columns, and what stands in their way."""

from __future__ import annotations

import pytest

from sheetplan.errors import ColumnsInTheWayError, LayoutError
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.month_columns import plan_month_columns
from sheetplan.sheets.reading import read_layouts
from tests.builders import replaced
from tests.shapes import AUGUST, PAIRS, SHAPES
from tests.sheets.building import STANDARD, reading_of


def plan_of(path, text=PAIRS, **options):
    reading = reading_of(path, text, **options)
    return plan_month_columns(reading, reading.layout.latest.month.next, STANDARD)


def test_a_plan_says_what_will_stand_where(tmp_path):
    plan = plan_of(tmp_path / "plan.xlsx")
    assert plan.letters == "G:H"
    assert (plan.old_month.iso, plan.new_month.iso) == ("2023-07", "2023-08")
    writes = [*plan.headings, *plan.carried]
    assert {write.cell: write.text for write in writes} == AUGUST
    assert (plan.actions, plan.filled) == (3, 1)
    assert (plan.formulas, plan.banners, plan.doubts) == ([], [], [])


def test_planning_changes_nothing(tmp_path):
    reading = reading_of(tmp_path / "plan.xlsx", PAIRS)
    package = reading.sheet.workbook.package
    plan_month_columns(reading, reading.layout.latest.month.next, STANDARD)
    assert package.changed == []


def test_what_stands_to_the_right_is_named_and_nothing_is_planned(tmp_path):
    def decorate(_, sheet):
        sheet.write("G1", "Evidence link")
        sheet.write("J3", "See file 7")

    with pytest.raises(ColumnsInTheWayError) as caught:
        plan_of(tmp_path / "plan.xlsx", decorate=decorate)
    assert "G1, J3" in caught.value.message
    assert "July 2023" in caught.value.message
    assert caught.value.remedy


def test_of_many_cells_in_the_way_the_first_are_named_and_the_others_counted(tmp_path):
    def decorate(_, sheet):
        sheet.write_column("H1", range(1, 21))

    with pytest.raises(ColumnsInTheWayError, match=r"H1, H2, H3, H4, H5, H6 and 14 more"):
        plan_of(tmp_path / "plan.xlsx", decorate=decorate)


def test_a_formula_to_the_right_is_in_the_way_too(tmp_path):
    with pytest.raises(ColumnsInTheWayError, match="I2"):
        plan_of(
            tmp_path / "plan.xlsx", decorate=lambda _, sheet: sheet.write_formula("I2", "=A2&B2")
        )


def test_empty_cells_with_a_format_are_not_in_the_way(tmp_path):
    def decorate(book, sheet):
        sheet.write_blank("G2", None, book.add_format({"border": 1}))

    assert plan_of(tmp_path / "plan.xlsx", decorate=decorate).preformatted == ["G2"]


@pytest.mark.parametrize(
    ("area", "is_refused"), [("A1:E4", True), ("A1:F4", False), ("A1:B4", False)]
)
def test_a_table_that_ends_inside_the_month_is_refused(tmp_path, area, is_refused):
    def decorate(_, sheet):
        headings = [h.strip() for h in PAIRS.strip().splitlines()[0].strip("|").split("|")]
        count = ord(area[3]) - ord("A") + 1
        columns = [{"header": heading} for heading in headings[:count]]
        sheet.add_table(area, {"name": "Actions", "columns": columns})

    if is_refused:
        with pytest.raises(LayoutError, match=r"Actions \(A1:E4\) does not end with"):
            plan_of(tmp_path / "plan.xlsx", decorate=decorate)
    else:
        edits = plan_of(tmp_path / "plan.xlsx", decorate=decorate).edits
        assert any(edit.what == "table Actions" for edit in edits) == (area == "A1:F4")


def test_a_table_that_is_filled_by_a_query_is_refused(tmp_path):
    path = tmp_path / "plan.xlsx"
    SHAPES["table"].build(path)
    replaced(path, "xl/tables/table1.xml", "<table ", '<table tableType="queryTable" ')
    (reading,) = read_layouts(Workbook.open(path), STANDARD).trackers
    with pytest.raises(LayoutError, match=r"Actions .* is filled from elsewhere"):
        plan_month_columns(reading, reading.layout.latest.month.next, STANDARD)


def test_an_array_formula_over_several_cells_is_not_copied_and_it_is_said(tmp_path):
    def decorate(_, sheet):
        sheet.write_array_formula("E5:F5", "{=LEN(E2:F2)}", None, 8)

    plan = plan_of(tmp_path / "plan.xlsx", decorate=decorate)
    assert plan.doubts == ["E5 belongs to an array or data table over E5:F5; not copied"]
    assert plan.formulas == []


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        (
            "Quarter 2 of 2023/24",
            ['C1 ("Quarter 2 of 2023/24") reaches over August 2023 as well; split it if it ended'],
        ),
        ("Progress against plan", []),
    ],
)
def test_a_heading_over_several_months_grows_and_a_period_is_doubted(tmp_path, text, doubts):
    plan = plan_of(
        tmp_path / "plan.xlsx",
        first_row=2,
        decorate=lambda _, sheet: sheet.merge_range("C1:F1", text),
    )
    assert ("merge", "C1:F1", "C1:H1") in [(e.what, e.before, e.after) for e in plan.edits]
    assert plan.doubts == doubts


def test_a_heading_that_would_lie_under_merged_cells_is_said(tmp_path):
    def decorate(_, sheet):
        sheet.merge_range("G1:J1", "")

    plan = plan_of(tmp_path / "plan.xlsx", decorate=decorate)
    assert plan.doubts == ['H1 ("Update (August 2023)") lies hidden under the merged cells G1:J1']
