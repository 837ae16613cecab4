"""Every shape of the catalogue in tests/shapes, rolled and then read by others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from sheetplan.ooxml.inventory import compare_packages
from sheetplan.ooxml.package import Package
from tests.judges import Values, calamine_values, diff, openpyxl_values, sdk_errors, valid


def with_what_is_expected(before: Values, shape, *, formulas: bool) -> Values:
    """The cells that a workbook has when a shape's banners moved and its new month is open."""
    expected = {sheet: dict(cells) for sheet, cells in before.items()}
    for sheet, cells in shape.takes.items():
        for cell in cells:
            del expected[sheet][cell]
    for sheet, cells in shape.adds.items():
        for cell, value in cells.items():
            if formulas or not str(value).startswith("="):
                expected[sheet][cell] = value
    return expected


def with_formulas(path: Path) -> Values:
    """What openpyxl reads, array formulas as their text."""
    return {
        sheet: {
            cell: value.text if isinstance(value, ArrayFormula) else value
            for cell, value in cells.items()
        }
        for sheet, cells in openpyxl_values(path, formulas=True).items()
    }


def test_openpyxl_reads_the_new_month_and_all_that_was_there(rolled):
    expected = with_what_is_expected(with_formulas(rolled.before), rolled.shape, formulas=True)
    assert with_formulas(rolled.after) == expected


def test_calamine_reads_the_new_month_and_all_that_was_there(rolled):
    expected = with_what_is_expected(calamine_values(rolled.before), rolled.shape, formulas=False)
    for cells in expected.values():
        for cell, value in cells.items():
            if isinstance(value, datetime):  # it reads midnight as a date
                cells[cell] = value.date()
    found = calamine_values(rolled.after)
    worked_out = [
        (sheet, cell)
        for sheet, cells in rolled.shape.adds.items()
        for cell, value in cells.items()
        if str(value).startswith("=")
    ]
    for sheet, cell in worked_out:  # a heading that is a formula has its month beside it
        found[sheet].pop(cell, None)
    assert found == expected


@pytest.mark.shared
def test_nothing_is_lost_or_changed_but_what_must_be(rolled):
    assert sorted(diff(rolled.before, rolled.after).harm) == sorted(rolled.shape.harm)


@pytest.mark.shared
def test_every_rule_that_excel_holds_a_workbook_to_is_kept(rolled):
    assert valid(rolled.before, rolled.after) == []


def test_our_own_comparison_of_the_two_files_finds_no_harm_that_was_not_agreed(rolled):
    compared = compare_packages(Package.open(rolled.before), Package.open(rolled.after))
    assert compared.broken(rolled.result.plan.agreed) == []
    assert bool(compared.broken()) == bool(rolled.shape.harm)


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_that_it_did_not_find_before(rolled, found_by_sdk):
    found = found_by_sdk[rolled.after].result()
    assert not found or set(found) <= set(sdk_errors(rolled.before))


@pytest.mark.office
def test_libreoffice_shows_the_new_month(rolled, shown_by_office):
    shown = shown_by_office[rolled.after]
    for sheet, cells in rolled.shape.adds.items():
        words = {
            cell: value
            for cell, value in cells.items()
            if isinstance(value, str) and not value.startswith("=")
        }
        assert {cell: shown[sheet].get(cell) for cell in words} == words


@pytest.mark.office
def test_a_date_in_a_heading_is_shown_as_a_month(all_rolled, shown_by_office):
    names = {
        "real_date_merged_above": "Aug 2023",
        "dates_since_1904": "Aug 2023",
        "excel_read_jul_23_as_a_day": "23-Aug",
        "excel_read_dec_23_as_a_day": "24-Jan",
        "months_worked_out": "August 2023",
    }
    shown = {name: shown_by_office[all_rolled[name].after]["Plan"]["G1"] for name in names}
    assert shown == names


def test_a_heading_that_is_a_formula_can_be_read_before_excel_has_worked_it_out(all_rolled):
    after = all_rolled["months_worked_out"].after
    assert openpyxl_values(after)["Plan"]["G1"] == datetime(2023, 8, 1)
