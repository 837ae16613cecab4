"""Updates by what they say: promises, reasons, delays, notes and initials."""

from __future__ import annotations

import pytest

from sheetplan.checks import update_texts as texts
from sheetplan.checks import updates
from sheetplan.model import Month, Severity
from sheetplan.model.workbook_facts import WorkbookFacts
from tests.checks.building import found, plan, told
from tests.checks.update_rows import LONG, findings, references, row, table
from tests.reports.building import JULY

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
