"""What is told of updates: each rule with its opposite beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.checks import update_texts as texts
from sheetplan.checks import updates
from sheetplan.checks.content import Found
from sheetplan.model import Month, Severity
from sheetplan.model.workbook_facts import WorkbookFacts
from tests.checks.building import found, plan, told
from tests.reports.building import JULY, JUNE, MAY, STANDARD


def references(rule, checked) -> list[str]:
    """The references that a rule finds."""
    return [reference for reference, _ in found(rule, checked)]


def findings(rule, checked) -> list[Found]:
    return list(rule.find(checked))


def row(reference: str, june: str, july: str) -> str:
    """A line of a table: what each month says, as "status: update"."""
    return f"{reference} | | Dec-26 | {june} | {july}"


def table(*rows: str) -> str:
    return "\n".join(["Money", *rows])


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

LONG = "Forms were printed and sent to every school in the town"


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


# ---------------------------------------------------------------- out of date


def test_a_promise_that_has_passed_is_told_with_its_words():
    checked = plan(
        table(
            row("MO.A1.1", "On track", "On track: Guide printed. Will go to Cabinet in May."),
            row("MO.A1.2", "On track", "On track: Will go to Cabinet on 12 July."),
            row("MO.A1.3", "On track", "On track: Went to Cabinet in May."),
        )
    )
    ((reference, message),) = found(texts.update_out_of_date, checked)
    assert reference == "MO.A1.1"
    assert '"Will go to Cabinet in May"' in message


def test_a_month_without_a_year_is_read_from_when_the_sentence_was_written():
    months = tuple(Month(2026, 1).plus(count) for count in range(7))
    old = "On track: Forms due in February."
    checked = plan(
        table(
            " | ".join(["MO.A1.1", "", "Dec-26", *[old] * 6, f"{old} Two are ready"]),
            " | ".join(["MO.A1.2", "", "Dec-26", *["On track: Begun"] * 6, old]),
        ),
        months=months,
    )
    assert references(texts.update_out_of_date, checked) == ["MO.A1.1"]


def test_main_actions_are_read_as_well():
    checked = plan(
        table(
            "MO.A1.0 | | Dec-26 | N/A | N/A: Due to go to Cabinet in May 2026",
            row("MO.A1.1", "On track", "On track: Begun"),
        )
    )
    assert references(texts.update_out_of_date, checked) == ["MO.A1.0"]


# ---------------------------------------------------------------- reason and next step


@pytest.mark.parametrize("status", ["Medium progress", "Significant slippage", "On hold"])
def test_what_is_behind_needs_a_reason_and_a_next_step(status):
    checked = plan(
        table(
            row("MO.A1.1", "On track", f"{status}: The paper will go to Cabinet in September"),
            row("MO.A1.2", "On track", f"{status}: The printer has closed because of the flood"),
            row("MO.A1.3", "On track", f"{status}: The printer closed, so Cabinet is in September"),
            row("MO.A1.4", "On track", f"{status}: Half of the forms are printed"),
            row("MO.A1.5", "On track", f"{status}:"),
        )
    )
    reasons = findings(texts.update_without_reason, checked)
    steps = findings(texts.update_without_next_step, checked)
    assert [f.places[0].reference for f in reasons] == ["MO.A1.1", "MO.A1.4"]
    assert [f.places[0].reference for f in steps] == ["MO.A1.2", "MO.A1.4"]
    half = Severity.WARNING if status == "Significant slippage" else None
    assert [f.severity for f in reasons] == [half, Severity.WARNING]
    assert [f.severity for f in steps] == [half, Severity.WARNING]


def test_what_goes_well_needs_neither():
    checked = plan(table(row("MO.A1.1", "On track", "On track: Half of the forms are printed")))
    assert not found(texts.update_without_reason, checked)
    assert not found(texts.update_without_next_step, checked)


def test_a_copied_or_empty_update_is_not_asked_for_its_reason_as_well():
    half = "Medium progress: Half of the forms are printed"
    checked = plan(
        table(row("MO.A1.1", half, half), row("MO.A1.2", "On track", "On hold: As above"))
    )
    codes = [code for code, _ in told(checked) if code.startswith("update-")]
    assert sorted(codes) == ["update-copied", "update-says-nothing"]


# ---------------------------------------------------------------- at odds with the status


def test_an_update_that_tells_of_a_delay_contradicts_on_track():
    late = "The opening has slipped to October"
    checked = plan(
        table(
            row("MO.A1.1", "On track", f"On track: {late}"),
            row("MO.A1.2", "On track", f"Medium progress: {late}"),
            row("MO.A1.3", "On track", "On track: The opening has not slipped"),
        )
    )
    ((reference, message),) = found(texts.update_contradicts_status, checked)
    assert (reference, '"slipped"' in message) == ("MO.A1.1", True)


def test_an_update_of_what_has_not_begun_contradicts_on_track():
    checked = plan(
        table(
            row("MO.A1.1", "On track", "On track: Due to start September 26"),
            row("MO.A1.2", "On track", "On track: Tender out. Works due to start September 26"),
            row("MO.A1.3", "On track", "Not due to start: Due to start September 26"),
        )
    )
    assert references(texts.update_contradicts_status, checked) == ["MO.A1.1"]


def test_no_change_contradicts_a_status_that_has_changed():
    checked = plan(
        table(
            row("MO.A1.1", "On track", "Complete: No change for July, we are writing the report"),
            row("MO.A1.2", "On track", "On track: No change, we are writing the report"),
            row("MO.A1.3", "On track", "Complete: No change to the scope was needed. It is done"),
            row("MO.A1.4", "", "Complete: No change - the report is written"),
        )
    )
    ((reference, message),) = found(texts.update_contradicts_status, checked)
    assert (reference, '"No change for July"' in message) == ("MO.A1.1", True)


# ---------------------------------------------------------------- not for print


def test_a_text_that_is_cut_off_is_told_with_its_last_words():
    checked = plan(
        table(
            row("MO.A1.1", "On track", f"On track: {LONG}, and the rest will be"),
            row("MO.A1.2", "On track", f"On track: {LONG}"),
        )
    )
    ((reference, message),) = found(texts.update_cut_off, checked)
    assert reference == "MO.A1.1"
    assert "the rest will be" in message


def test_a_note_to_a_colleague_is_told_with_its_words():
    checked = plan(
        table(
            row("MO.A1.1", "On track", "On track: Forms printed - check with RT"),
            row("MO.A1.2", "On track", "On track: Officers check with schools that forms came"),
        )
    )
    ((reference, message),) = found(texts.update_note_to_colleague, checked)
    assert (reference, '"check with RT"' in message) == ("MO.A1.1", True)


# ---------------------------------------------------------------- initials

ASKED = WorkbookFacts(asks_for_initials=frozenset(["Sheet 1"]))


def signed(*marks: str) -> str:
    return table(
        *(row(f"MO.A1.{n}", "On track", f"On track: Done {m}") for n, m in enumerate(marks, 1))
    )


def test_an_update_without_initials_and_date_is_told_where_the_heading_asks_for_them():
    rows = signed("(JS 12/07/26)", "", "(JS)", "12/07/26", "KW 3 July")
    assert references(texts.update_without_initials, plan(rows, facts=ASKED)) == [
        "MO.A1.2",
        "MO.A1.3",
        "MO.A1.4",
    ]
    assert not found(texts.update_without_initials, plan(rows))


def test_it_is_told_once_of_a_sheet_on_which_hardly_anyone_signs():
    checked = plan(signed(*[""] * 6), signed(*[""] * 6), facts=ASKED)
    (one,) = findings(texts.update_without_initials, checked)
    assert [(place.sheet, place.cell) for place in one.places] == [("Sheet 1", "")]


def test_what_stays_by_itself_needs_no_initials():
    checked = plan(table(row("MO.A1.1", "Closed: Done", "Closed: Done")), facts=ASKED)
    assert not found(texts.update_without_initials, checked)


def test_an_answer_holds_as_long_as_the_words_that_were_judged_stay():
    checked = plan(
        table(
            row("MO.A1.1", "On track: Begun", "Medium progress: Half of the forms are printed"),
            row("MO.A1.2", "On track: Begun", "Complete: complete"),
        )
    )
    (reason,) = findings(texts.update_without_reason, checked)
    (formula,) = findings(updates.update_says_nothing, checked)
    assert reason.places[0].says == "Medium progress\nHalf of the forms are printed"
    assert formula.places[0].says == "Complete\ncomplete"
    assert reason.places[0].month == JULY
