"""The rules on owners and structure, each with what looks alike and is right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.checks.owners import (
    focus_missing,
    focus_on_sub_action,
    lead_missing,
    milestone_doubtful,
    owner_not_on_sheet,
    workstream_one_letter,
)
from sheetplan.checks.rule import Rule
from sheetplan.model import Severity
from sheetplan.model.return_records import OwnerRecord
from sheetplan.model.support import Milestone, Standing, SupportRecords
from tests.checks.building import found, plan, told
from tests.reports.building import JULY, STANDARD


def references_of(rule: Rule, *tables: str, **more: object) -> list[str]:
    return [reference for reference, _ in found(rule, plan(*tables, **more))]


# ---------------------------------------------------------------- leads


LEADS = """Money
BC.A1.0 | director_lead=
BC.A1.1 | director_lead=TBC
BC.A1.2
BC.A1.3
BC.B1.0
"""


def test_a_row_without_a_lead_is_found() -> None:
    assert found(lead_missing, plan(LEADS)) == [
        (reference, "has no lead. Write who answers for it in the lead column.")
        for reference in ("BC.A1.0", "BC.A1.1")
    ]


def test_a_sheet_without_a_column_for_leads_misses_none() -> None:
    assert references_of(lead_missing, LEADS, columns=("reference", "action")) == []


def test_an_update_owner_is_no_lead() -> None:
    rows = "Money\nBC.A1.0\nBC.A1.1\nBC.A1.2 | director_lead= | update_owner=Jo"
    assert references_of(lead_missing, rows) == ["BC.A1.2"]


def test_where_sub_actions_leave_the_lead_to_their_main_action_they_have_one() -> None:
    rows = """Money
        BC.A1.0
        BC.A1.1 | director_lead=
        BC.A1.2 | director_lead=
        BC.B1.0 | director_lead=
        BC.B1.1 | director_lead=
        """
    assert references_of(lead_missing, rows) == ["BC.B1.0", "BC.B1.1"]


# ---------------------------------------------------------------- the Owners sheet


OWNERS = (
    OwnerRecord("Head of Finance", email="f@wexcombe.example"),
    OwnerRecord("Head of IT and Head of Property", ("Head of IT", "Head of Property")),
    OwnerRecord("Head of Property"),
)


def test_an_owner_who_is_not_on_the_sheet_is_found_once_with_all_cells() -> None:
    rows = """Money
        BC.A1.1 | update_owner=head of  finance
        BC.A1.2 | director_lead=Head of Finances
        BC.A1.3 | update_owner=Head of Finances
        BC.A1.4 | update_owner=Monitoring Officer
        """
    finds = list(owner_not_on_sheet.find(plan(rows, owners=OWNERS)))
    assert [([p.reference for p in f.places], f.message) for f in finds] == [
        (
            ["BC.A1.2", "BC.A1.3"],
            '"Head of Finances" is not on the Owners sheet. Did you mean "Head of Finance"? Add a '
            "row for that name, or correct the cell.",
        ),
        (
            ["BC.A1.4"],
            '"Monitoring Officer" is not on the Owners sheet. Add a row for that name, or correct '
            "the cell.",
        ),
    ]


def test_each_owner_that_the_sheet_splits_a_cell_into_needs_a_row() -> None:
    rows = "Money\nBC.A1.1 | update_owner=Head of IT and Head of Property"
    assert [
        m.partition(" is")[0] for _, m in found(owner_not_on_sheet, plan(rows, owners=OWNERS))
    ] == ['"Head of IT"']


def test_owners_who_are_never_asked_need_no_row() -> None:
    rows = """Money
        BC.A1.0 | | | N/A: | N/A: | director_lead=Somebody
        BC.A1.1 | | | Closed: | Closed: | director_lead=Somebody
        BC.A1.2 | director_lead=N/A
        BC.A1.3 | director_lead=Somebody | update_owner=Head of Finance
        """
    assert references_of(owner_not_on_sheet, rows, owners=OWNERS) == []


def test_without_an_owners_sheet_nobody_is_missing_from_it() -> None:
    rows = "Money\nBC.A1.1 | update_owner=Somebody"
    assert references_of(owner_not_on_sheet, rows) == []
    assert references_of(owner_not_on_sheet, rows, owners=()) == ["BC.A1.1"]


# ---------------------------------------------------------------- focus


def test_a_sub_action_that_contradicts_its_main_action_is_a_warning() -> None:
    rows = "Money\nBC.A1.0 | Focus 2\nBC.A1.1 | Focus 1\nBC.A1.2 | N/A\nBC.A1.3 | N/A"
    (one,) = focus_on_sub_action.find(plan(rows))
    assert (one.places[0].reference, one.severity) == ("BC.A1.1", Severity.WARNING)
    assert one.message.startswith('says "Focus 1" and its main action "Focus 2".')
    assert one.places[0].says == "Focus 1\nFocus 2"


def test_a_sub_action_that_agrees_with_its_main_action_is_a_note() -> None:
    rows = "Money\nBC.A1.0 | Focus 2\nBC.A1.1 | Focus 2\nBC.A1.2 | N/A\nBC.A1.3 |"
    assert found(focus_on_sub_action, plan(rows)) == [
        (
            "BC.A1.1",
            "is a sub-action and has a focus of its own. It takes that of its main action: write "
            "N/A here.",
        )
    ]
    assert focus_on_sub_action.severity is Severity.NOTE


def test_where_each_sub_action_repeats_the_focus_only_a_contradiction_is_found() -> None:
    rows = "Money\nBC.A1.0 | Focus 2\nBC.A1.1 | Focus 2\nBC.A1.2 | Focus 1\nBC.A1.3 | Focus 2"
    assert references_of(focus_on_sub_action, rows) == ["BC.A1.2"]


def test_an_action_without_a_main_action_has_a_focus_of_its_own() -> None:
    assert references_of(focus_on_sub_action, "Money\nBC.A1.1 | Focus 1\n1.2 | Focus 2") == []


def test_a_main_action_without_a_focus_is_found() -> None:
    rows = "Money\nBC.A1.0 |\nBC.A1.1 |\nBC.B1.0 | Focus 1\nBC.C1.0 | Focus 2\nBC.D1.0 | Focus 7"
    assert found(focus_missing, plan(rows)) == [
        (
            "BC.A1.0",
            "has no focus, so it is reported by exception. Write one that the settings know.",
        ),
        (
            "BC.D1.0",
            '"Focus 7" is no focus, so it is reported by exception. Write one that the settings '
            "know.",
        ),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("BC.A1.0 |\nBC.B1.0 |", "no action has a focus"),
        ("BC.A1.0 |\nBC.B1.0 |\nBC.C1.0 | Focus 1", "most actions do not have a focus"),
    ],
)
def test_where_a_blank_is_usual_one_note_says_so(rows: str, message: str) -> None:
    (one,) = focus_missing.find(plan(f"Money\n{rows}"))
    assert one.message.startswith(message)
    assert (one.severity, len(one.places)) == (Severity.NOTE, 1)


def test_a_sheet_without_a_focus_column_misses_none() -> None:
    assert references_of(focus_missing, "Money\nBC.A1.0 |", columns=("reference",)) == []


def test_orphans_are_told_of_as_such_and_not_for_their_focus() -> None:
    rows = plan("Money\nBC.A1.0 | Focus 1\nBC.C1.0 | Focus 1\nBC.B1.1 |")
    assert [place for place, _ in found(focus_missing, rows)] == ["BC.B1.1"]
    assert told(rows, only=["main-action-missing", "focus-missing"]) == [
        ("main-action-missing", "BC.B1.1")
    ]


# ---------------------------------------------------------------- workstreams


def test_a_lone_letter_is_no_workstream() -> None:
    rows = "Money\nBC.A1.0\nBC.A1.1 | workstream= c.\nBC.A1.2 | workstream=\nBC.B1.0 | workstream=Q"
    rows += "\nBC.C1.0\nBC.D1.0"
    assert found(workstream_one_letter, plan(rows)) == [
        (
            "BC.A1.1",
            'the workstream says "c." only. Its main action says "Work A1". Write its name.',
        ),
        ("BC.B1.0", 'the workstream says "Q" only. Write its name.'),
    ]


def test_letters_are_workstreams_where_most_rows_have_them() -> None:
    rows = "Money\n" + "\n".join(f"BC.A1.{n} | workstream={w}" for n, w in enumerate("ABBC"))
    assert references_of(workstream_one_letter, rows + "\nBC.B1.1") == []
    assert references_of(workstream_one_letter, "Money\nBC.A1.0 | workstream=IT\nBC.B1.0") == []


# ---------------------------------------------------------------- milestones


def test_a_milestone_cell_that_does_not_split_is_found_with_the_reason() -> None:
    rows = """Money
        BC.A1.0 | milestones=Design approved Pilot complete
        BC.B1.0 | milestones=Design approved\\nPilot complete
        BC.C1.0 | milestones=Report to Cabinet
        BC.D1.0 | milestones=N/A
        """
    assert found(milestone_doubtful, plan(rows)) == [
        (
            "BC.A1.0",
            'may hold several milestones: "approved" stands in its middle, as if a milestone '
            "ended there. Put each on a line of its own.",
        )
    ]


def test_where_the_milestones_sheet_has_them_its_rows_are_judged_instead() -> None:
    rows = "Money\nBC.A1.0 | milestones=Design approved Pilot complete"
    standing = Standing("Milestones", 4, {"wording": "D"})
    milestone = Milestone("BC.A1-M1", "BCA1.0", "Design approved", standing=standing)
    joined = replace(milestone, wording="Design approved Pilot complete")
    done = replace(joined, completed=JULY)

    def places(*milestones: Milestone) -> list[str]:
        records = SupportRecords(milestones=milestones, sheets={"milestones": "Milestones"})
        finds = milestone_doubtful.find(plan(rows, records=records))
        return [place.words for f in finds for place in f.places]

    assert places(milestone) == []
    assert places(milestone, joined) == ["Milestones!D4 (BC.A1-M1)"]
    assert places(milestone, done) == []
    assert places(replace(milestone, reference="BC.B9.0")) == ["Sheet 1!E5 (BC.A1.0)"]


def test_the_councils_settings_can_switch_a_rule_of_owners_off() -> None:
    settings = replace(STANDARD, checks=replace(STANDARD.checks, off={"lead-missing": "Agreed."}))
    assert told(plan(LEADS, settings=settings), only=["lead-missing"]) == []
    assert told(plan(LEADS), only=["lead-missing"]) != []
