"""Drop-downs, conditional formats and protection, which hold for the new month as for the old."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sheetplan
from tests.builders import parts_of
from tests.cycle.looking import roll_shape, root_of, sheet_of, xml_of
from tests.shapes import pairs


def colours(path: Path) -> list[tuple[str, list[str]]]:
    """Each conditional format of 2007: its range, and its formulas in the order of priority."""
    found = []
    for area in sheet_of(path).conditional_formatting:
        rules = sorted(area.rules, key=lambda rule: rule.priority)
        found.append((str(area.sqref), [rule.formula[0] for rule in rules]))
    return sorted(found)


def in_order(path: Path, column: str) -> list[str]:
    """The formulas of the rules that hold for a column, as Excel tries them."""
    rules = [
        (rule.priority, rule.formula[0])
        for area in sheet_of(path).conditional_formatting
        if f"{column}2" in area.sqref
        for rule in area.rules
    ]
    return [formula for _, formula in sorted(rules)]


# ---------------------------------------------------------------- drop-downs


def test_a_drop_down_holds_for_the_new_statuses_and_another_for_the_new_updates(all_rolled):
    rules = sheet_of(all_rolled["drop_downs"].after).data_validations.dataValidation
    assert {rule.type: str(rule.sqref) for rule in rules} == {
        "list": "C2:C4 E2:E4 G2:G4",
        "textLength": "F2:F4 H2:H4",
    }


def test_a_drop_down_of_2010_holds_for_the_new_statuses(all_rolled):
    text = xml_of(all_rolled["drop_downs_of_2010"].after)
    assert "<xm:sqref>C2:C4 E2:E4 G2:G4</xm:sqref>" in text


def test_a_drop_down_goes_on_taking_its_words_from_where_they_stand(all_rolled):
    rules = sheet_of(all_rolled["drop_down_from_cells_below"].after).data_validations
    assert [(str(rule.sqref), rule.formula1) for rule in rules.dataValidation] == [
        ("E2:E4 G2:G4", "$E$8:$E$11")
    ]


def test_a_rule_for_a_whole_column_is_spelt_by_its_corners(all_rolled):
    after = all_rolled["rules_over_whole_rows_and_columns"].after
    assert 'sqref="E1:E1048576 G1:G1048576"' in xml_of(after)


def test_a_rule_for_whole_rows_stays_as_it_is(all_rolled):
    item = all_rolled["rules_over_whole_rows_and_columns"]
    assert ("A2:XFD4", ['A2="Closed"']) in colours(item.before)
    assert colours(item.after) == colours(item.before)


@pytest.mark.parametrize(
    ("prepared", "areas"),
    [
        ("G2:G4", ["E2:E4", "G2:G4"]),
        ("G2:G9 I2:I9", ["E2:E4", "G2:G9 I2:I9"]),
        ("G3", ["E2:E4 G2:G4", "G3"]),
    ],
)
def test_drop_downs_that_were_prepared_for_the_new_month_are_left_to_it(tmp_path, prepared, areas):
    def decorate(_, sheet):
        for where in ("E2:E4", prepared):
            first, *more = where.split()
            others = [[1, 8, 8, 8]] if more else []
            rule = {"validate": "list", "source": ["Complete"], "other_cells": others}
            sheet.data_validation(first, rule)

    path = pairs(tmp_path / "plan.xlsx", decorate)
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output
    rules = sheet_of(after).data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == areas


# ---------------------------------------------------------------- conditional formats


def test_each_months_colours_hold_for_that_month_alone_and_julys_for_august(all_rolled):
    assert colours(all_rolled["colours_of_2007"].after) == [
        ("C2:C4", ['C2="Complete"']),
        ("E2:E4 G2:G4", ['E2="Complete"']),
    ]


def test_colours_of_2010_hold_for_the_new_month(all_rolled):
    assert "<xm:sqref>C2:C4 E2:E4 G2:G4</xm:sqref>" in xml_of(all_rolled["colours_of_2010"].after)


def test_both_halves_of_a_data_bar_grow(all_rolled):
    text = xml_of(all_rolled["data_bars_of_both_kinds"].after)
    assert 'sqref="E2:H4"' in text
    assert "<xm:sqref>E2:H4</xm:sqref>" in text


def test_colours_by_a_fixed_column_are_copied_once_with_it_moved_on(all_rolled):
    assert colours(all_rolled["colours_by_a_fixed_column"].after) == [
        ("C2:D4", ['$C2="Complete"', '$C2="Closed"']),
        ("E2:F4", ['$E2="Complete"', '$E2="Closed"']),
        ("G2:H4", ['$G2="Complete"', '$G2="Closed"']),
    ]


def test_copied_colours_are_tried_in_the_order_in_which_the_old_ones_are(all_rolled):
    after = all_rolled["rules_that_stop_others"].after
    tried = in_order(after, "E")
    assert tried == ['$E2="Closed"', '$E2="Complete"', '$E2<>""']
    assert in_order(after, "G") == [formula.replace("E", "G") for formula in tried]


def test_no_two_rules_of_a_sheet_have_the_same_priority(rolled):
    found = re.findall(r'priority="(\d+)"', xml_of(rolled.after))
    assert len(found) == len(set(found))


def test_every_count_is_that_of_what_is_counted(rolled):
    holders = "mergeCells", "dataValidations", "tableColumns", "dxfs", "conditionalFormattings"
    for part in parts_of(rolled.after):
        if part.startswith(("xl/worksheets/sheet", "xl/tables/", "xl/styles")):
            for element in root_of(rolled.after, part).iter():
                if element.get("count") and element.tag.rpartition("}")[2] in holders:
                    assert int(element.get("count")) == len(element)


def test_whole_rows_go_on_reading_the_old_month_and_it_is_said(all_rolled):
    item = all_rolled["whole_rows_by_the_latest_status"]
    assert colours(item.after) == [
        ("A2:F4", ['$E2="Complete"']),
        ("G2:H4", ['$G2="Complete"']),
    ]
    said = [(reader.place, reader.can_move) for reader in item.result.plan.readers]
    assert said == [("conditional format on Plan!A2:F4", True)]


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("whole_rows_by_the_latest_status", "A2:H4"),
        ("rows_to_the_edge_by_the_latest_status", "A2:XFD4"),
    ],
)
def test_whole_rows_read_the_new_month_when_they_are_repointed(tmp_path, name, area):
    result, after = roll_shape(tmp_path, name, repoint=True)
    assert colours(after) == [(area, ['$G2="Complete"'])]
    assert result.plan.readers == []


def test_rows_coloured_to_the_edge_of_the_sheet_are_said_to_read_the_old_month(all_rolled):
    item = all_rolled["rows_to_the_edge_by_the_latest_status"]
    assert colours(item.after) == colours(item.before)
    assert [reader.formula for reader in item.result.plan.readers] == ['$E2="Complete"']


def test_a_rule_that_held_for_months_to_come_is_said_to_read_the_old_one(tmp_path):
    def decorate(book, sheet):
        bold = book.add_format({"bold": True})
        rule = {"type": "formula", "criteria": '=$E2="Complete"', "format": bold}
        sheet.conditional_format("E2:Z4", rule)

    path = pairs(tmp_path / "plan.xlsx", decorate)
    plan = sheetplan.plan_roll_month(path)
    assert [(reader.formula, reader.can_move) for reader in plan.readers] == [
        ('$E2="Complete"', False)
    ]


def test_statuses_without_colours_get_those_of_the_profile(all_rolled):
    (area, formulas), = colours(all_rolled["month_in_each_heading"].after)  # fmt: skip
    assert area == "G2:G4"
    assert len(formulas) == 5


def test_statuses_with_colours_get_no_others(all_rolled):
    assert "SUBSTITUTE" not in xml_of(all_rolled["colours_of_2007"].after)


def test_a_profile_that_adds_no_colours_adds_none(tmp_path):
    profile = tmp_path / "plain.toml"
    profile.write_text('profile = "standard"\n[roll]\nadd_colours = false\n')
    _, after = roll_shape(tmp_path, "month_in_each_heading", profile=profile)
    assert colours(after) == []


# ---------------------------------------------------------------- protection


def test_a_protected_sheet_stays_protected_and_what_may_be_filled_in_grows(all_rolled):
    item = all_rolled["protected_sheet"]
    text = xml_of(item.after)
    lock = re.compile(r"<sheetProtection[^>]*>")
    assert lock.search(text)[0] == lock.search(xml_of(item.before))[0]
    assert '<protectedRange sqref="C2:H4" name="Months"/>' in text
    assert '<protectedRange sqref="E2:E4 G2:G4" name="Status"/>' in text
    assert '<ignoredError sqref="C2:H4" numberStoredAsText="1"/>' in text
    assert not sheet_of(item.after)["G2"].protection.locked
    assert sheet_of(item.after)["G3"].protection.locked
