"""What is said of the workbook, and how much it matters, beside what alike matters less or not."""

from __future__ import annotations

import pytest

from sheetplan.checks.checking import check
from sheetplan.checks.content import Challenge
from sheetplan.model.finding import Severity
from sheetplan.model.workbook_facts import CellFact, OldMonthFormula, UnevenColumn, WorkbookFacts
from tests.checks.building import plan
from tests.reports.building import JULY, JUNE

ERROR, WARNING, NOTE = Severity
THEME = """
    Housing
    HO.A1.1 | N/A | Mar-27 | On track: a | On track: b
    HO.A1.2 | N/A | Mar-27 | Complete: a | Complete: b
"""
"""HO.A1.1 stands in row 5 and HO.A1.2 in row 6 of Sheet 1."""


def asked(facts: WorkbookFacts) -> list[Challenge]:
    """What the rules of the workbook tell of a plan with these facts."""
    return list(check(plan(THEME, facts=facts), only=["workbook"]).challenges)


def only(facts: WorkbookFacts) -> Challenge:
    (found,) = asked(facts)
    return found


def cell_of(field: str, month: object = None) -> str:
    return plan(THEME).actions[0].cell(field, month)  # type: ignore[arg-type]


def test_of_a_workbook_without_faults_nothing_is_told() -> None:
    assert asked(WorkbookFacts(asks_for_initials=frozenset({"Sheet 1"}))) == []


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("cell", "reference", "severity"),
    [
        (cell_of("director_lead"), "HO.A1.1", ERROR),
        (cell_of("status", JULY), "HO.A1.1", ERROR),
        (cell_of("status", JUNE), "HO.A1.1", WARNING),
        ("ZZ5", "HO.A1.1", WARNING),
        ("A99", "", WARNING),
    ],
    ids=["a field", "this month", "an old month", "an unknown column", "beside the plan"],
)
def test_an_error_that_reports_would_print_blocks_them(
    cell: str, reference: str, severity: Severity
) -> None:
    found = only(WorkbookFacts(errors=(CellFact("Sheet 1", cell, "#N/A", reference),)))
    assert (found.code, found.severity) == ("cell-error", severity)
    assert found.message == "shows #N/A. Mend the formula, or type what is meant."


def test_an_error_on_a_dashboard_is_a_warning_and_so_is_one_that_is_hidden() -> None:
    facts = (
        CellFact("Dashboard", "B2", "#REF!"),
        CellFact("Dashboard", "B3", "#REF!"),
        CellFact("Dashboard", "B4", "=IFERROR(#REF!,0)"),
    )
    shown, hidden = asked(WorkbookFacts(errors=facts))
    assert [place.words for place in shown.places] == ["Dashboard!B2", "Dashboard!B3"]
    assert (shown.severity, hidden.severity) == (WARNING, WARNING)
    assert "reads a cell which was deleted" in hidden.message


# ---------------------------------------------------------------- hidden rows


@pytest.mark.parametrize(
    ("why", "remedy"),
    [
        ("hidden by hand", "Unhide"),
        ("hidden by a filter", "Clear the filter"),
        ("folded away in a group", "+"),
    ],
)
def test_a_hidden_row_is_told_with_how_to_show_it(why: str, remedy: str) -> None:
    found = only(WorkbookFacts(hidden_rows=(CellFact("Sheet 1", "B5", why, "HO.A1.1"),)))
    assert (found.code, found.severity) == ("row-hidden", WARNING)
    assert why in found.message
    assert remedy in found.message


def test_a_hidden_row_of_an_action_that_is_done_is_only_noted() -> None:
    facts = WorkbookFacts(hidden_rows=(CellFact("Sheet 1", "B6", "hidden by hand", "HO.A1.2"),))
    assert only(facts).severity is NOTE


# ---------------------------------------------------------------- text, formulas, links


def test_numbers_and_days_as_text_are_told_together() -> None:
    facts = (
        CellFact("Sheet 1", "K5", "14/03/2027", "HO.A1.1"),
        CellFact("Sheet 1", "K6", "15/03/2027", "HO.A1.2"),
    )
    found = only(WorkbookFacts(numbers_as_text=facts))
    assert (found.code, found.severity) == ("number-as-text", WARNING)
    assert [place.cell for place in found.places] == ["K5", "K6"]


def test_a_formula_of_an_old_month_matters_less_where_the_words_over_it_say_so() -> None:
    facts = (
        OldMonthFormula("Dashboard", "B2", "COUNTA(O5:O9)", JUNE),
        OldMonthFormula("Dashboard", "B9", "COUNTA(O5:O9)", JUNE, is_labelled=True),
    )
    silent, labelled = asked(WorkbookFacts(old_month_formulas=facts))
    assert (silent.code, silent.severity) == ("formula-reads-old-month", WARNING)
    assert (labelled.code, labelled.severity) == ("formula-reads-old-month", NOTE)
    assert silent.message.startswith(f"reads {JUNE}, and no formula of its sheet reads the same")
    assert silent.places[0].says == "=COUNTA(O5:O9)"


def test_links_are_noted_by_their_file_even_where_no_cell_reads_it() -> None:
    facts = (
        CellFact("Dashboard", "B2", "Budget.xlsx"),
        CellFact("Dashboard", "B3", "Budget.xlsx"),
        CellFact("", "", "Old.xlsx"),
    )
    old, budget = asked(WorkbookFacts(external_links=facts))
    assert (budget.code, budget.severity) == ("external-link", NOTE)
    assert 'reads the workbook "Budget.xlsx".' in budget.message
    assert len(budget.places) == 2
    assert [place.words for place in old.places] == ["The workbook"]


# ---------------------------------------------------------------- uneven columns


def uneven(what: str, usual: str, says: str) -> Challenge:
    facts = tuple(CellFact("Sheet 1", f"O{row}", says, f"HO.A1.{row - 4}") for row in (5, 6))
    column = UnevenColumn("Sheet 1", "O", "Status (July 2026)", what, usual, facts)
    found = only(WorkbookFacts(uneven=(column,)))
    assert found.code == "rules-uneven"
    assert len(found.places) == 2
    return found


@pytest.mark.parametrize(
    ("what", "usual", "says", "severity", "message"),
    [
        (
            "drop-down",
            "On track, Late",
            "none",
            WARNING,
            'most cells of its column offer "On track',
        ),
        ("drop-down", "On track, Late", "On track", WARNING, 'column: it lacks "Late".'),
        (
            "drop-down",
            "On track, Late",
            "Closed, Late",
            WARNING,
            'it lacks "On track", and it also offers "Closed".',
        ),
        ("drop-down", "On track, Late", "Late, On track", WARNING, "the order differs"),
        ("drop-down", "none", "On track", NOTE, "has a drop-down, where most"),
        ("colour rule", "9 colour rules", "none", NOTE, "have 9 colour rules"),
        ("colour rule", "9 colour rules", "1 of 9 missing", NOTE, "have: 1 of 9 missing."),
        ("colour rule", "none", "1 more", NOTE, "most cells of its column have none"),
        ("number format", "dates such as Mar-26", "45352", NOTE, "show dates such as Mar-26."),
        ("protection", "not locked", "locked", WARNING, "nobody can fill it in"),
        ("protection", "locked", "not locked", NOTE, "can be typed over"),
    ],
)
def test_cells_that_differ_from_most_of_their_column_are_told_together(
    what: str, usual: str, says: str, severity: Severity, message: str
) -> None:
    found = uneven(what, usual, says)
    assert found.severity is severity
    assert message in found.message
    assert found.message.endswith(".")


def test_long_lists_are_told_by_a_few_of_their_words() -> None:
    usual = ", ".join(f"Status {number} with quite a few words in it" for number in range(9))
    assert len(uneven("drop-down", usual, "none").message) < 250
    assert "and 6 more" in uneven("drop-down", usual, "Closed").message


def test_cells_of_one_row_are_answered_each_for_itself() -> None:
    """An answer holds for the cell that it was given for, and not for its neighbour."""
    cells = (cell_of("director_lead"), cell_of("focus"), cell_of("status", JULY), "ZZ5")
    errors = tuple(CellFact("Sheet 1", cell, "#N/A", "HO.A1.1") for cell in cells)
    texts = tuple(CellFact("Sheet 1", cell, "12", "HO.A1.1") for cell in cells)
    columns = tuple(
        UnevenColumn(
            "Sheet 1", cell[:-1], cell, what, "1", (CellFact("Sheet 1", cell, "none", "HO.A1.1"),)
        )
        for cell in cells
        for what in ("drop-down", "colour rule")
    )
    facts = WorkbookFacts(errors=errors, numbers_as_text=texts, uneven=columns)
    keys = [key for challenge in asked(facts) for key in challenge.keys]
    assert len(keys) == len(set(keys)) == 16
