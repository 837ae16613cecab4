"""A real council's tracker, rolled twice. It is no part of the project; see shared/README.md."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.cycle.looking import book_of, fill_in
from tests.judges import (
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    shared_folder,
    valid,
)

pytestmark = pytest.mark.shared

THEMES = {  # by theme: the row of its headings, the columns of July and of August, its actions
    "Theme 1": (3, "OP", "QR", 31),
    "Theme 2": (4, "OP", "QR", 53),
    "Theme 3": (4, "OP", "QR", 28),
    "Theme 4": (4, "OP", "QR", 2),
    "Theme 5": (4, "MN", "OP", 26),
    "Theme 6": (4, "OP", "QR", 17),
}
BANNERS = {name: columns for name, (_, *columns, _) in THEMES.items() if name != "Theme 1"}


@pytest.fixture(scope="module")
def july() -> Path:
    folder = shared_folder()
    assert folder is not None
    return folder / "data" / "improvement_plan_tracker_2023-07.xlsx"


@pytest.fixture(scope="module")
def august(july, tmp_path_factory):
    return sheetplan.roll_month(july, output=tmp_path_factory.mktemp("real") / "august.xlsx")


@pytest.fixture(scope="module")
def september(august, tmp_path_factory):
    """August filled in and September opened, with all formulas repointed: before, and the roll."""
    filled = tmp_path_factory.mktemp("real") / "filled.xlsx"
    filled.write_bytes(august.output.read_bytes())
    fill_in(filled, Month(2023, 8))
    output = filled.with_name("september.xlsx")
    return filled, sheetplan.roll_month(filled, output=output, repoint=True)


def test_every_action_is_found(august):
    found = {sheet.sheet.name: (sheet.letters, sheet.actions) for sheet in august.plan.sheets}
    assert found == {
        name: (":".join(new), actions) for name, (_, _, new, actions) in THEMES.items()
    }
    assert sum(sheet.actions for sheet in august.plan.sheets) == 157


def test_only_the_banners_move(july, august):
    harm = []
    for name, (old, _) in BANNERS.items():
        harm.append(f"{name}!{old[0]}2 'July Update Due' -> ''")
        harm.append(f"{name} mergeCell {old[0]}2:{old[1]}2")
    assert sorted(diff(july, august.output).harm) == sorted(harm)


def test_the_new_headings_are_spelt_as_each_sheet_spells_them(august):
    for values in (openpyxl_values(august.output), calamine_values(august.output)):
        for name, (row, _, new, _) in THEMES.items():
            status, update = (values[name][f"{column}{row}"] for column in new)
            assert status == "Status (August 2023)"
            slip = "/" if name == "Theme 1" else "("
            assert update == f"Update (Initial and Date){slip}August 2023)"
        for name, (old, new) in BANNERS.items():
            assert values[name][f"{new[0]}2"] == "August Update Due"
            assert f"{old[0]}2" not in values[name]


def test_closed_and_not_applicable_are_all_that_is_carried_forward(july, august):
    before, after = openpyxl_values(july), openpyxl_values(august.output)
    for name, (row, old, new, _) in THEMES.items():
        for number in range(row + 1, 100):
            status = str(before[name].get(f"{old[0]}{number}") or "")
            starts = after[name].get(f"{new[0]}{number}")
            is_carried = status.casefold().replace(" ", "").startswith(("n/a", "closed"))
            if starts is not None:
                assert starts == status
            assert (starts is not None) or not is_carried


def test_what_excel_and_the_open_xml_sdk_hold_a_workbook_to_still_holds(july, august, september):
    assert valid(july, august.output) == []
    assert valid(july, september[1].output) == []


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_new(july, september):
    assert set(sdk_errors(september[1].output)) <= set(sdk_errors(july))


def test_the_dashboard_goes_on_counting_july_and_it_is_said(august):
    (place, count, _), *others = august.plan.grouped_readers()
    assert (place, count, others) == ("Dashboard!B6:L11", 66, [])


def test_with_repoint_the_dashboard_counts_the_new_month(september):
    # July's formulas were left on July, so in September there is nothing that reads August.
    filled, result = september
    assert result.plan.moved == []
    assert result.plan.readers == []
    before, after = (openpyxl_values(path)["Dashboard"] for path in (filled, result.output))
    assert after == before


def test_repoint_moves_all_of_the_dashboard_and_nothing_else(july, tmp_path):
    result = sheetplan.roll_month(july, output=tmp_path / "after.xlsx", repoint=True)
    before, after = (
        openpyxl_values(path, formulas=True)["Dashboard"] for path in (july, result.output)
    )
    moved = {cell for cell in before if before[cell] != after[cell]}
    assert moved == {f"{column}{row}" for column in "BCDEFGHIJKL" for row in range(6, 12)}
    for cell in moved:
        _, old, new, _ = next(THEMES[name] for name in THEMES if f"'{name}'!" in before[cell])
        assert after[cell] == before[cell].replace(f"${old[0]}$", f"${new[0]}$")


def test_rules_and_filters_hold_for_the_new_month(august):
    book = book_of(august.output)
    for name, (_, old, new, _) in THEMES.items():
        sheet = book[name]
        areas = [str(area.sqref) for area in sheet.conditional_formatting]
        areas += [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
        assert any(area.count(old[0]) == area.count(new[0]) == 2 for area in areas)
        assert sheet.auto_filter.ref.split(":")[1].startswith(new[1])
        assert f"${new[1]}$" in sheet.print_area


def test_a_second_roll_loses_nothing_either(september):
    filled, result = september
    assert result.plan.month == Month(2023, 9)
    assert len(diff(filled, result.output).harm) == 2 * len(BANNERS)
    assert result.verified.cells_lost == 0
    assert result.verified.cells_changed == len(BANNERS)


@pytest.mark.office
def test_libreoffice_shows_both_new_months(september):
    shown = office_texts([september[1].output])[september[1].output]
    for name, (row, _, new, _) in THEMES.items():
        assert shown[name][f"{new[0]}{row}"] == "Status (August 2023)"
        assert "Status (September 2023)" in shown[name].values()
