"""What differs in how two workbooks are made."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.changes.comparing import compare
from sheetplan.model import Month
from sheetplan.model.workbook_structure import (
    ColumnStructure,
    NameStructure,
    SheetStructure,
    WorkbookStructure,
)
from tests.changes.building import plan

ROWS = "reference | action\nOC.A1.1 | Mend the roof"
JUNE, JULY = Month(2026, 6), Month(2026, 7)
REF = ColumnStructure("A", "Ref", "reference")
STATUS_JUNE = ColumnStructure("C", "Status (June 2026)", "status", JUNE, ("On track, Red",), 5)
STATUS_JULY = ColumnStructure("D", "Status (July 2026)", "status", JULY, ("On track, Red",), 5)


def sheet(*columns: ColumnStructure, name: str = "Theme 1", state: str = "visible"):
    return SheetStructure(name, state, bool(columns), columns)


def told(
    before: Iterable[SheetStructure],
    after: Iterable[SheetStructure],
    names: tuple[tuple[NameStructure, ...], tuple[NameStructure, ...]] = ((), ()),
    titles: tuple[str, str] = ("Theme 1: Homes", "Theme 1: Homes"),
) -> list[tuple[str, tuple[str, ...], str, str]]:
    """What changed, of which sheets, from what to what."""
    files = [
        plan(f"{title}\n{ROWS}", structure=WorkbookStructure(tuple(sheets), own))
        for title, sheets, own in zip(titles, (before, after), names, strict=True)
    ]
    return [(c.what, c.sheets, c.before, c.after) for c in compare(*files).structure]


def test_nothing_differs_between_a_structure_and_itself():
    sheets = [sheet(REF, STATUS_JUNE), sheet(name="Notes", state="hidden")]
    assert told(sheets, sheets) == []


def test_sheets_that_came_and_went_are_each_told_once():
    before = [sheet(REF), sheet(name="Notes")]
    after = [sheet(REF), sheet(name="Lists"), sheet(name="Dashboard")]
    assert told(before, after) == [
        ("sheet removed", ("Notes",), "", ""),
        ("sheet added", ("Lists", "Dashboard"), "", ""),
    ]


def test_a_sheet_is_renamed_where_its_actions_are_the_same():
    before, after = [sheet(REF)], [sheet(REF, name="1 Homes")]
    assert told(before, after, titles=("Theme 1: Homes", "1 Homes: Homes")) == [
        ("sheet renamed", ("1 Homes",), "Theme 1", "1 Homes")
    ]


def test_a_sheet_that_is_hidden_now_is_told():
    assert told([sheet(REF)], [sheet(REF, state="hidden")]) == [
        ("sheet shown or hidden", ("Theme 1",), "visible", "hidden")
    ]


def test_the_title_of_a_theme_that_is_another_is_told_but_not_its_month():
    titles = "Theme 1: Homes, June 2026", "Theme 1: Homes, July 2026"
    assert told([sheet(REF)], [sheet(REF)], titles=titles) == []
    titles = "Theme 1: Homes", "Theme 1: Roofs"
    assert told([sheet(REF)], [sheet(REF)], titles=titles) == [
        ("theme renamed", ("Theme 1",), "Homes", "Roofs")
    ]


def test_a_new_month_is_one_change_and_its_columns_are_none():
    assert told([sheet(REF, STATUS_JUNE)], [sheet(REF, STATUS_JUNE, STATUS_JULY)]) == [
        ("month added", ("Theme 1",), "", "July 2026")
    ]
    assert told([sheet(REF, STATUS_JUNE, STATUS_JULY)], [sheet(REF, STATUS_JULY)]) == [
        ("month removed", ("Theme 1",), "June 2026", "")
    ]


def test_columns_are_known_by_their_field_else_by_their_heading():
    lead = ColumnStructure("B", "Lead", "director_lead")
    reworded = ColumnStructure("E", "Lead Director", "director_lead")
    odd, other = ColumnStructure("F", "Odd one"), ColumnStructure("F", "Another")
    assert told([sheet(REF, lead, odd)], [sheet(REF, reworded, other)]) == [
        ("column removed", ("Theme 1",), "Odd one", ""),
        ("heading reworded", ("Theme 1",), "Lead", "Lead Director"),
        ("column added", ("Theme 1",), "", "Another"),
    ]


def test_a_column_that_moved_or_is_spelt_otherwise_is_no_change():
    before, after = ColumnStructure("F", "Odd one"), ColumnStructure("B", "odd-One")
    assert told([sheet(REF, before)], [sheet(REF, after)]) == []


def test_drop_downs_and_colour_rules_of_the_latest_months_are_compared():
    plain = ColumnStructure("D", "Status (July 2026)", "status", JULY, (), 1)
    assert told([sheet(REF, STATUS_JUNE)], [sheet(REF, STATUS_JUNE, plain)])[1:] == [
        ("drop-down changed", ("Theme 1",), "Status: On track, Red", "Status: no drop-down"),
        ("colour rules changed", ("Theme 1",), "Status: 5 colour rules", "Status: 1 colour rule"),
    ]


def test_names_that_came_or_went_are_told_but_not_excels_own_nor_where_they_point():
    def names(*pairs: tuple[str, str]) -> tuple[NameStructure, ...]:
        return tuple(NameStructure(name, meaning) for name, meaning in pairs)

    before = names(("Leads", "Lists!$A$1"), ("Old", "Lists!$B$1"))
    after = names(
        ("leads", "Lists!$A$9"), ("New", "Lists!$B$1"), ("_xlnm.Print_Area", "'Theme 1'!$A$1")
    )
    assert told([sheet(REF)], [sheet(REF)], (before, after)) == [
        ("name removed", (), "Old", ""),
        ("name added", (), "", "New"),
    ]
