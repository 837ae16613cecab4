"""What is told of updates: each rule with its opposite beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.checks import updates
from sheetplan.model import Severity
from tests.checks.building import found, plan, told
from tests.checks.update_rows import LONG, findings, references, row, table
from tests.reports.building import JULY, JUNE, MAY, STANDARD

# ---------------------------------------------------------------- blank


def test_a_blank_update_is_told_and_one_that_is_behind_matters_more():
    checked = plan(
        table(
            row("MO.A1.1", "On track: Begun", "On track:"),
            row("MO.A1.2", "On track: Begun", "Medium progress:"),
            row("MO.A1.3", "On track: Begun", "On hold: N/A"),
            row("MO.A1.4", "On track: Begun", "On track: All forms are printed"),
            row("MO.A1.5", "On track: Begun", "Nearly there:"),
        )
    )
    told_of = {
        place.reference: found_one.severity
        for found_one in findings(updates.update_blank, checked)
        for place in found_one.places
    }
    assert told_of == {
        "MO.A1.1": Severity.NOTE,
        "MO.A1.2": Severity.WARNING,
        "MO.A1.3": Severity.WARNING,
        "MO.A1.5": Severity.NOTE,
    }


@pytest.mark.parametrize(
    ("june", "july"),
    [
        ("Complete: Done on 3 June", "Complete:"),
        ("Complete: Done on 3 June", "Closed:"),
        ("On track: Begun", "Closed:"),
        ("Not due to start:", "Not due to start:"),
        ("New action:", "New action:"),
        ("N/A:", "N/A:"),
    ],
)
def test_no_update_is_due_where_there_is_nothing_new_to_tell(june, july):
    filled_in = row("MO.A1.2", "On track: Begun", "On track: All forms are printed")
    assert not found(updates.update_blank, plan(table(row("MO.A1.1", june, july), filled_in)))


def test_an_action_that_is_complete_for_the_first_time_has_something_to_tell():
    checked = plan(table(row("MO.A1.1", "On track: Begun", "Complete:")))
    assert references(updates.update_blank, checked) == ["MO.A1.1"]


def test_a_month_that_nobody_has_filled_in_on_a_sheet_is_not_blank_yet():
    unfilled = table(row("MO.A1.1", "On track: Begun", ":"), row("MO.A1.2", "Closed: x", "Closed:"))
    filled = table(
        row("PE.A1.1", "On track: Begun", ":"), row("PE.A1.2", "On track: x", "On track")
    )
    assert references(updates.update_blank, plan(unfilled, filled)) == ["PE.A1.1", "PE.A1.2"]


def test_a_main_action_with_sub_actions_needs_no_update():
    checked = plan(table("MO.A1.0 | | Dec-26 | N/A | ", row("MO.A1.1", "On track", "On track: x")))
    assert not found(updates.update_blank, checked)


def test_a_blank_update_beside_a_blank_status_is_told_once():
    other = row("MO.A1.2", "On track: Begun", "On track: All forms are printed")
    checked = plan(table(row("MO.A1.1", "On track: Begun", ":"), other))
    assert references(updates.update_blank, checked) == ["MO.A1.1"]
    assert ("update-blank", "MO.A1.1") not in told(checked)


# ---------------------------------------------------------------- copied


def test_a_copy_is_told_with_the_month_in_which_it_was_written():
    checked = plan(
        table(
            "MO.A1.1 | | Dec-26 | On track: Forms printed | On track: Forms printed"
            " | On track: Forms printed",
            "MO.A1.2 | | Dec-26 | On track: Forms sent | On track: Forms printed"
            " | On track: forms  printed.",
            "MO.A1.3 | | Dec-26 | On track: Forms printed | On track: Forms sent"
            " | On track: Forms printed",
        ),
        months=(MAY, JUNE, JULY),
    )
    said = dict(found(updates.update_copied, checked))
    assert list(said) == ["MO.A1.1", "MO.A1.2"]
    assert "May 2026" in said["MO.A1.1"]
    assert "June 2026" in said["MO.A1.2"]


def test_a_copy_beside_another_status_is_told_as_that():
    checked = plan(table(row("MO.A1.1", "On track: Forms printed", "Complete: Forms printed")))
    assert "status has changed" in dict(found(updates.update_copied, checked))["MO.A1.1"]


@pytest.mark.parametrize(
    ("june", "july"),
    [
        ("Complete: Forms printed", "Complete: Forms printed"),
        ("Complete: Forms printed", "Closed: Forms printed"),
        ("Not due to start: Begins in May", "Not due to start: Begins in May"),
        ("New action: New action added", "New action: New action added"),
        ("On track: Forms printed", "On track: Forms printed and sent"),
        ("On track:", "On track:"),
        ("On track: N/A", "On track: N/A"),
    ],
)
def test_what_is_settled_or_not_the_same_is_no_copy(june, july):
    assert not found(updates.update_copied, plan(table(row("MO.A1.1", june, july))))


def test_the_copy_of_an_assurance_action_is_only_a_note():
    said = "Assurance action: Read each quarter"
    (copy,) = findings(updates.update_copied, plan(table(row("MO.A1.1", said, said))))
    assert copy.severity is Severity.NOTE


def test_a_long_copy_matters_on_an_assurance_action_as_well():
    said = f"Assurance action: {LONG}"
    (copy,) = findings(updates.update_copied, plan(table(row("MO.A1.1", said, said))))
    assert copy.severity is Severity.WARNING


def test_the_first_month_of_a_tracker_has_no_copies():
    checked = plan(table(row("MO.A1.1", "On track: Begun", "On track: Begun")), month=JUNE)
    assert not found(updates.update_copied, checked)


def test_a_blank_update_of_what_is_on_track_matters_where_the_others_have_one():
    told_of = [row(f"MO.A1.{number}", "", f"On track: {number} done") for number in range(1, 10)]
    blank = row("MO.A2.1", "", "On track:")
    (one,) = findings(updates.update_blank, plan(table(*told_of, blank)))
    assert one.severity is Severity.WARNING
    silent = [row(f"MO.A3.{number}", "", "On track:") for number in range(1, 10)]
    checked = plan(table(*told_of, blank, *silent))
    assert {each.severity for each in findings(updates.update_blank, checked)} == {Severity.NOTE}


# ---------------------------------------------------------------- says nothing


def test_a_formula_is_told_and_its_copy_is_not_told_as_well():
    checked = plan(table(row("MO.A1.1", "On track: As above", "On track: As above")))
    (said,) = found(updates.update_says_nothing, checked)
    assert '"As above"' in said[1]
    assert references(updates.update_copied, checked) == ["MO.A1.1"]
    assert [code for code, _ in told(checked) if code.startswith("update-")] == [
        "update-says-nothing"
    ]


@pytest.mark.parametrize(
    ("june", "july", "is_told"),
    [
        ("On track: Begun", "Complete: Complete", True),
        ("Complete: Done on 3 June", "Complete: Complete", False),
        ("Not due to start: x", "Not due to start: No update", False),
        ("On track: Begun", "On track: As above, and the forms are printed", False),
    ],
)
def test_a_formula_is_told_where_something_new_is_due(june, july, is_told):
    checked = plan(table(row("MO.A1.1", june, july)))
    assert bool(found(updates.update_says_nothing, checked)) is is_told


def test_what_was_finished_and_no_month_tells_how_is_a_note():
    checked = plan(
        table(
            row("MO.A1.1", "Closed: Closed", "Closed: Closed"),
            row("MO.A1.2", "Complete: All 40 are printed", "Complete: Complete"),
            row("MO.A1.3", "Complete", "Complete"),
        )
    )
    (one,) = findings(updates.update_says_nothing, checked)
    assert (one.severity, one.places[0].reference) == (Severity.NOTE, "MO.A1.1")


# ---------------------------------------------------------------- same on rows


def test_one_text_on_several_rows_is_one_finding():
    checked = plan(
        table(
            row("MO.A1.1", "On track", f"On track: {LONG}"),
            row("MO.A1.2", "On track", f"On track: {LONG.upper()}"),
            row("MO.A1.3", "On track", f"On track: {LONG} but one"),
            row("MO.A1.4", "On track", "On track: Forms printed"),
            row("MO.A1.5", "On track", "On track: Forms printed"),
            row("MO.A1.6", "Complete", f"Complete: {LONG}"),
        )
    )
    (one,) = findings(updates.update_same_on_rows, checked)
    assert [place.reference for place in one.places] == ["MO.A1.1", "MO.A1.2"]


def test_how_long_a_text_must_be_is_the_councils_choice():
    rows = [row(f"MO.A1.{n}", "On track", "On track: Forms printed") for n in (1, 2)]
    settings = replace(STANDARD, checks=replace(STANDARD.checks, shortest_copy=10))
    assert not found(updates.update_same_on_rows, plan(table(*rows)))
    assert len(found(updates.update_same_on_rows, plan(table(*rows), settings=settings))) == 2
