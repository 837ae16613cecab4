"""The rules on references: what each finds, and beside it what looks alike and is right."""

from __future__ import annotations

from sheetplan.checks.content import Place
from sheetplan.checks.references import (
    main_action_missing,
    reference_badly_formed,
    reference_cited_unknown,
    reference_duplicate,
    reference_out_of_sequence,
    reference_unreadable,
)
from sheetplan.checks.rule import Rule
from sheetplan.model import Severity
from sheetplan.model.support import (
    Achievement,
    Milestone,
    Narrative,
    Recommendation,
    RecommendationLink,
    Standing,
    SupportRecords,
)
from sheetplan.model.workbook_facts import CellFact, WorkbookFacts
from tests.checks.building import found, plan, told
from tests.reports.building import JULY, JUNE


def table(*references: str) -> str:
    return "\n".join(["Money", *references])


def references_of(rule: Rule, *tables: str) -> list[str]:
    return [reference for reference, _ in found(rule, plan(*tables))]


# ---------------------------------------------------------------- duplicate


def test_a_reference_on_two_rows_is_an_error_that_says_which_rows() -> None:
    twice = plan(table("BC.A1.0", "BC.A1.1"), table("LC.A1.0", "BCA1.1"))
    assert found(reference_duplicate, twice) == [
        (
            reference,
            "BC.A1.1 stands on 2 rows: Sheet 1 row 6 and Sheet 2 row 6. Give each action a "
            "reference of its own.",
        )
        for reference in ("BC.A1.1", "BCA1.1")
    ]
    assert reference_duplicate.severity is Severity.ERROR


def test_references_that_look_alike_are_no_duplicates() -> None:
    alike = table("BC.A1.1", "BC.A1.10", "BC.A11.0", "BC.A1.1b", "CB.A1.1")
    assert references_of(reference_duplicate, alike) == []


def test_a_duplicate_that_may_have_lost_a_nought_says_so() -> None:
    """Excel shows 1.10 as 1.1 where it was typed as a number."""
    [numbers] = reference_duplicate.find(plan(table("1.1", "1.2", "1.1")))
    assert numbers.message.endswith(
        "If one is 1.10, type it as text: Excel shows the number 1.10 as 1.1."
    )
    for reference in ("1.12", "BC.A1.1"):
        [other] = reference_duplicate.find(plan(table(reference, reference)))
        assert other.message.endswith("a reference of its own.")


def test_an_answer_to_a_duplicate_holds_until_one_more_row_has_the_reference() -> None:
    says = {
        rows: {
            place.says for f in reference_duplicate.find(plan(table(*rows))) for place in f.places
        }
        for rows in [("BC.A1.1",) * 2, ("BC.A1.1",) * 3]
    }
    two, three = says.values()
    assert len(two) == len(three) == 1
    assert two != three


def test_where_each_sheet_counts_for_itself_that_is_said_once() -> None:
    first, second = table("1.1", "1.2", "1.3", "1.4"), table("1.1", "1.2", "1.3", "1.3")
    finds = list(reference_duplicate.find(plan(first, second)))
    assert [(f.severity, [place.words for place in f.places]) for f in finds] == [
        (Severity.WARNING, ["Sheet 1", "Sheet 2"]),
        (None, ["Sheet 2!A7 (1.3)", "Sheet 2!A8 (1.3)"]),
    ]
    assert "each sheet counted for itself" in finds[0].message


# ---------------------------------------------------------------- badly formed and unreadable


def test_a_badly_formed_reference_is_found_with_the_right_form() -> None:
    rows = table("BC.A1.0", "BCA1.1", "BC.A1.2 b", "BC.A1.3", "bc.a1.4", "BC.A1.5", "BC.A1.6")
    assert found(reference_badly_formed, plan(rows)) == [
        ("BCA1.1", 'is not typed as other references are. Write "BC.A1.1".'),
        ("BC.A1.2 b", 'is not typed as other references are. Write "BC.A1.2b".'),
        ("bc.a1.4", 'is not typed as other references are. Write "BC.A1.4".'),
    ]


def test_a_form_that_most_references_have_is_the_councils_own() -> None:
    assert references_of(reference_badly_formed, table("BCA1.0", "BCA1.1", "BC.A1.2")) == []
    assert references_of(reference_badly_formed, table("1.1", "1.2a", "IP-012", "ASC/04")) == []


def test_a_row_without_a_readable_reference_is_found() -> None:
    rows = (
        CellFact("Sheet 1", "A7", "to be\nconfirmed"),
        CellFact("Sheet 1", "A8", ""),
        CellFact("Sheet 2", "A9", ""),
    )
    with_facts = plan(table("BC.A1.1"), facts=WorkbookFacts(unread_rows=rows))
    finds = list(reference_unreadable.find(with_facts))
    assert [place for f in finds for place in f.places] == [
        Place("Sheet 1", "A7", "", "to be\nconfirmed"),
        Place("Sheet 1", "A8", ""),
        Place("Sheet 2", "A9", ""),
    ]
    assert finds[0].message.startswith('"to be confirmed" is not a reference, so the row is left')
    assert finds[1].message.startswith("there is no reference, so the row is left out")
    assert finds[1].message == finds[2].message


def test_a_plan_without_unreadable_rows_has_none() -> None:
    assert references_of(reference_unreadable, table("BC.A1.1")) == []


# ---------------------------------------------------------------- out of sequence


def test_only_the_row_that_is_out_of_place_is_found() -> None:
    rows = table("BC.A1.0", "BC.A1.6", "BC.A1.4", "BC.A1.5", "BC.A1.7", "BC.A1.10")
    assert found(reference_out_of_sequence, plan(rows)) == [
        ("BC.A1.6", "stands before BC.A1.4. Move the row down, or change its reference.")
    ]


def test_a_row_that_stands_too_late_is_found_as_such() -> None:
    rows = table("BC.A1.0", "BC.A1.4", "BC.A1.5", "BC.A1.6", "BC.A1.2")
    assert found(reference_out_of_sequence, plan(rows)) == [
        ("BC.A1.2", "stands after BC.A1.4. Move the row up, or change its reference.")
    ]


def test_of_two_rows_that_changed_places_one_is_found() -> None:
    rows = table("BC.A1.0", "BC.A1.1", "BC.A1.3", "BC.A1.2")
    assert references_of(reference_out_of_sequence, rows) == ["BC.A1.3"]


def test_gaps_suffixes_and_other_workstreams_are_in_sequence() -> None:
    rows = table(
        "BC.B1.0", "BC.B1.2", "BC.B1.2b", "BC.B1.9", "BC.B1.10", "BC.A1.0", "BC.A1.1", "BC.B1.11"
    )
    assert references_of(reference_out_of_sequence, rows) == []
    assert references_of(reference_out_of_sequence, table("BC.A1.2"), table("BC.A1.1")) == []


def test_a_sheet_with_an_order_of_its_own_is_left_alone() -> None:
    by_date = [f"BC.A1.{number}" for number in (9, 2, 7, 4, 1, 8, 3, 6, 5)]
    assert references_of(reference_out_of_sequence, table(*by_date)) == []


# ---------------------------------------------------------------- main actions


def test_sub_actions_without_their_main_action_are_found_together() -> None:
    rows = table("BC.A1.0", "BC.A1.1", "BC.B2.1", "BC.B2.2")
    assert found(main_action_missing, plan(rows)) == [
        (
            reference,
            "there is no row for its main action BC.B2.0. Add the row, or correct the reference.",
        )
        for reference in ("BC.B2.1", "BC.B2.2")
    ]


def test_a_main_action_may_stand_on_another_sheet_or_be_badly_typed() -> None:
    assert references_of(main_action_missing, table("BC.A1.1"), table("BCA1.0", "LC.B1.0")) == []


def test_a_council_without_main_actions_misses_none() -> None:
    assert references_of(main_action_missing, table("BC.A1.1", "BC.A1.2", "1.1")) == []


# ---------------------------------------------------------------- citations


def test_a_text_that_cites_what_no_row_bears_is_found_with_the_nearest() -> None:
    rows = """Money
        BC.A1.1 | | | : old | : Waits for BC.A1.4.
        BC.A1.2 | action=See BC.A1.1 and CB.A1.2
        BC.A1.3 | milestones=Agreed with BC.A1.7-9
        """
    assert found(reference_cited_unknown, plan(rows)) == [
        (
            "BC.A1.1",
            "cites BC.A1.4, which no row bears. The nearest to it is BC.A1.3. Correct it, or say "
            "what became of that action.",
        ),
        (
            "BC.A1.2",
            "cites CB.A1.2, which no row bears. The nearest to it is BC.A1.2. Correct it, or say "
            "what became of that action.",
        ),
        *(
            (
                "BC.A1.3",
                f'cites BC.A1.{number} (as "BC.A1.7-9"), which no row bears. The nearest to it is '
                "BC.A1.3. Correct it, or say what became of that action.",
            )
            for number in (7, 9)
        ),
    ]


def test_texts_that_cite_well_or_not_at_all_are_left_alone() -> None:
    rows = """Money
        BC.A1.1 | | | : BC.A1.4 last month | : As BC.A1.2, BCA1.2 and BC.A1 say; Q3.24, S1, A1.9.
        BC.A1.2 | action=Do it by 31.07.26 (COVID-19) | milestones=ISO 9001.2 agreed
        """
    assert references_of(reference_cited_unknown, rows) == []


def test_the_place_is_the_cell_that_cites() -> None:
    rows = "Money\nBC.A1.1 | | | : x | : See BC.A1.9"
    (one,) = reference_cited_unknown.find(plan(rows))
    action = plan(rows).actions[0]
    update = action.cell("update", JULY)
    assert one.places == (Place("Sheet 1", update, "BC.A1.1", "See BC.A1.9", JULY),)


def test_the_texts_of_support_sheets_are_read_where_they_speak_of_now() -> None:
    sheet = Standing("Support", 3, {"text": "C", "summary": "F", "wording": "D", "target": "B"})
    records = SupportRecords(
        recommendations=(Recommendation("S1", "", "See BC.A1.4", standing=sheet),),
        links=(RecommendationLink("S1", "BC.A1.5", standing=sheet),),
        milestones=(Milestone("M1", "BC.A1.1", "After BC.A1.6", standing=sheet),),
        narratives=(Narrative(JULY, "BC.A1.1", summary="Waits for BC.A1.7", standing=sheet),),
        achievements=(Achievement(JULY, "Money", "BC.A1.1", "BC.A1.8 is done", standing=sheet),),
    )
    finds = reference_cited_unknown.find(plan(table("BC.A1.1"), records=records))
    assert [(p.cell, p.reference, f.message.split(",")[0]) for f in finds for p in f.places] == [
        ("C3", "S1", "cites BC.A1.4"),
        ("B3", "S1", "cites BC.A1.5"),
        ("D3", "M1", "cites BC.A1.6"),
        ("F3", "BC.A1.1", "cites BC.A1.7"),
        ("D3", "BC.A1.1", "cites BC.A1.8"),
    ]


def test_what_was_written_earlier_may_speak_of_actions_that_have_gone() -> None:
    records = SupportRecords(
        milestones=(Milestone("M1", "BC.A1.9", "After BC.A1.6", completed=JUNE),),
        narratives=(Narrative(JUNE, "BC.A1.9", summary="Waits for BC.A1.7"),),
        achievements=(Achievement(JUNE, "Money", "BC.A1.9", "BC.A1.8 is done"),),
    )
    assert found(reference_cited_unknown, plan(table("BC.A1.1"), records=records)) == []


def test_a_record_that_nobody_can_place_is_found_on_its_sheet() -> None:
    records = SupportRecords(
        links=(RecommendationLink("S1", "BC.A1.5"),), sheets={"recommendation_map": "Map"}
    )
    (one,) = reference_cited_unknown.find(plan(table("BC.A1.1"), records=records))
    assert one.places == (Place("Map", "", "S1", "BC.A1.5"),)


# ---------------------------------------------------------------- beside each other


def test_a_duplicate_explains_what_else_is_wrong_with_its_place() -> None:
    rows = plan(table("BC.A1.0", "BC.A1.2", "BC.A1.1", "BC.A1.2"))
    rules = ["references"]
    assert told(rows, only=rules) == [
        ("reference-duplicate", "BC.A1.2"),
        ("reference-duplicate", "BC.A1.2"),
    ]
