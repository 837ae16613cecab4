"""How recommendations are answered: what is cited, the verdict by rule, and the coverage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.errors import MonthEmptyError, MonthMissingError
from sheetplan.model.month import Month
from sheetplan.model.support import (
    Answer,
    Recommendation,
    RecommendationLink,
    Standing,
    SupportRecords,
)
from sheetplan.reports import register_lines
from sheetplan.reports.patterns import REGISTER_PACK, REGISTER_SHEET
from sheetplan.reports.progress_content import RecommendationLine, RecommendationProgress, Verdict
from sheetplan.reports.recommendation_progress import recommendation_progress
from tests.reports.building import JULY, STANDARD, tracker
from tests.reports.test_lines import refuse_unfit

PLAN = tracker(
    """
    Theme 1 - People
    BC.A1.0 | Focus 2 | | N/A | N/A
    BC.A1.1 | | Apr-26 | On track: Begun | Complete: Done
    BC.A1.2 | | Apr-26 | On track: Begun | Closed: Done
    BC.A1.3 | | Apr-26 | On track: Begun | Assurance action: Looked at
    BC.A2.0 | Focus 2 | | N/A | N/A
    BC.A2.1 | | May-26 | On track: Begun | On track: Half done
    BC.A2.2 | | Aug-26 | N/A | Not due to start
    BC.B1.1 | | Aug-26 | On track: Begun | Medium progress: Late
    BC.B1.2 | | Aug-26 | On track: Begun | On hold: Waits
    BC.C1.1 | | Aug-26 | On track: Begun |
    BC.C1.2 | | Aug-26 | On track: Begun | Onn track: Going on
    BC.C1.3 | | Aug-26 | N/A | New action
    """,
)
NONE = SupportRecords()
COLUMNS = {"code": "A", "text": "B", "response": "C", "incorporation": "D", "change_control": "E"}


def one(
    plan: str = "", response: str = "", change: str = "", code: str = "R1", source: str = "Audit"
) -> Recommendation:
    """A recommendation, by what its answer says of where it is in the plan."""
    answer = Answer(response, plan, change)
    return Recommendation(
        code, source, "Do better.", standing=Standing("Register", 5, COLUMNS), answer=answer
    )


def progress(
    *recommendations: Recommendation, records: SupportRecords = NONE, plan=PLAN
) -> RecommendationProgress:
    return recommendation_progress(plan, records, recommendations, JULY, STANDARD)


def line(plan: str = "", response: str = "", change: str = "") -> RecommendationLine:
    (found,) = progress(one(plan, response, change)).lines
    return found


# ---------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        ("BC.A1.1", Verdict.DELIVERED),
        ("BC.A1.1 and BC.A1.2", Verdict.DELIVERED),
        ("BC.A1.1, BC.A1.3", Verdict.DELIVERED),  # an assurance action needs no rating
        ("BC.A2.1", Verdict.ON_TRACK),
        ("BC.A2.2", Verdict.ON_TRACK),
        ("BC.A1.1, BC.A2.1", Verdict.ON_TRACK),
        ("BC.B1.1", Verdict.AT_RISK),
        ("BC.B1.2", Verdict.AT_RISK),
        ("BC.A1.1, BC.A2.1, BC.B1.1", Verdict.AT_RISK),
        ("BC.C1.1", Verdict.NOT_RATED),
        ("BC.C1.2", Verdict.NOT_RATED),
        ("BC.C1.3", Verdict.NOT_RATED),
        ("BC.A1.3", Verdict.NOT_RATED),  # nothing else says how it stands
        ("BC.A2.1, BC.C1.1", Verdict.NOT_RATED),
        ("BC.B1.1, BC.C1.1", Verdict.AT_RISK),
        ("BC.A1.9", Verdict.UNKNOWN_REFERENCE),
        ("BC.A1.1, BC.A1.9", Verdict.UNKNOWN_REFERENCE),
        ("BC.C1.1, BC.A1.9", Verdict.UNKNOWN_REFERENCE),
        ("BC.B1.1, BC.A1.9", Verdict.AT_RISK),
    ],
)
def test_the_worst_of_the_cited_actions_decides(cited: str, verdict: Verdict) -> None:
    assert line(f"See {cited}").verdict is verdict


def test_the_profile_says_what_puts_a_recommendation_at_risk() -> None:
    milder = replace(STANDARD, reports=replace(STANDARD.reports, exceptions=()))
    found = recommendation_progress(PLAN, SupportRecords(), [one("BC.B1.2")], JULY, milder)
    assert found.lines[0].verdict is Verdict.NOT_RATED


@pytest.mark.parametrize(
    ("plan", "response", "change", "verdict"),
    [
        ("", "", "", Verdict.NO_TRACE),
        ("-", "N/A", "None", Verdict.NO_TRACE),
        ("", "TBC", "", Verdict.NO_TRACE),
        ("", "We meet every month.", "", Verdict.OUTSIDE_THE_PLAN),
        ("Not required", "", "", Verdict.OUTSIDE_THE_PLAN),
        ("Business as usual", "We do.", "Not required", Verdict.OUTSIDE_THE_PLAN),
        ("Already included in the plan", "We do.", "", Verdict.NO_TRACE),
        ("", "We do.", "New action", Verdict.NO_TRACE),
        ("To be added to the plan", "", "", Verdict.NO_TRACE),
        # What begins with "not required" says so, whatever else is said to be in the plan.
        ("Not required: already in the plan", "We do.", "", Verdict.OUTSIDE_THE_PLAN),
        ("Required: already in the plan", "We do.", "", Verdict.NO_TRACE),
    ],
)
def test_an_answer_without_a_reference_is_outside_the_plan_or_leaves_no_trace(
    plan: str, response: str, change: str, verdict: Verdict
) -> None:
    assert line(plan, response, change).verdict is verdict


def test_what_is_wrong_is_said_in_words() -> None:
    assert line("See BC.A1.4").wrong == "BC.A1.4 is not in the plan. Did you mean BC.A1.3?"
    assert line("See BC.K7.77").wrong == "BC.K7.77 is not in the plan."
    assert line().wrong == "There is no answer."
    assert line("In the plan").wrong == (
        "The answer says that it is in the plan, and names no action."
    )
    assert line("See BC.A1.1").wrong == ""


# ---------------------------------------------------------------- what is cited


@pytest.mark.parametrize(
    ("text", "cited", "actions"),
    [
        ("(see ref BC.A1)", "BC.A1", "BC.A1.1 BC.A1.2 BC.A1.3"),
        ("BC.A1.1-2", "BC.A1.1-2", "BC.A1.1 BC.A1.2"),
        ("bc.a1.1", "bc.a1.1", "BC.A1.1"),
        ("BCA1.1", "BCA1.1", "BC.A1.1"),
        ("People (BC.A)", "BC.A", "BC.A1.1 BC.A1.2 BC.A1.3 BC.A2.1 BC.A2.2"),
        ("BC.A1.0", "BC.A1.0", "BC.A1.1 BC.A1.2 BC.A1.3"),
        ("COVID-19, B15 and CP7-CP15 (KPIs)", "", ""),
        ("Rated by BC.Z and J.B", "", ""),
    ],
)
def test_references_are_found_however_they_are_typed(text: str, cited: str, actions: str) -> None:
    found = line(text)
    assert " ".join(found.cited) == cited
    assert sorted(action.reference for action in found.actions) == actions.split()


def test_all_three_fields_of_an_answer_are_looked_at() -> None:
    found = line("BC.A1.1", "See BC.A2.1", "Added at BC.A1.2 and BC.A1.1")
    assert found.cited == ("BC.A2.1", "BC.A1.1", "BC.A1.2")


def test_references_without_a_theme_may_be_listed_where_the_answer_is_in_the_plan() -> None:
    plan = tracker("Plan\n1.1 | | | | Complete\n1.2 | | | | On track\n1.3 | | | | Amber")
    listed, running = progress(
        one("1.1, 1.2", code="R1"), one("", "Spent 1.3 million", code="R2"), plan=plan
    ).lines
    assert (listed.verdict, listed.cited) == (Verdict.ON_TRACK, ("1.1", "1.2"))
    assert (running.verdict, running.cited) == (Verdict.OUTSIDE_THE_PLAN, ())


def test_an_unknown_reference_is_a_finding_in_the_cell_that_cites_it() -> None:
    (found,) = progress(one("BC.A1.1", "", "Added at BC.A1.4")).findings
    assert (found.code, found.sheet, found.cell, found.reference) == (
        "recommendation-reference-unknown", "Register", "E5", "R1",
    )  # fmt: skip
    assert 'the reference "BC.A1.4". Did you mean "BC.A1.3"?' in found.message


def test_ratings_are_told_the_worst_first() -> None:
    assert line("BC.A1.1, BC.A2.1, BC.B1.1-2").ratings == (
        "Amber – medium progress: BC.B1.1",
        "On hold: BC.B1.2",
        "Green – on track: BC.A2.1",
        "Complete: BC.A1.1",
    )


# ---------------------------------------------------------------- answers that point elsewhere


@pytest.mark.parametrize(
    "words",
    [
        "See response to K2",
        "(See response to Audit K2 above)",
        "As at response to K2.",
        "Please read the response to Key Recommendation 2.",
        "Same as k2",
    ],
)
def test_an_answer_that_points_to_another_recommendation_shares_its_actions(words: str) -> None:
    found, _ = progress(one("-", words), one("BC.B1.1", code="K2")).lines
    assert (found.verdict, found.through, found.cited) == (Verdict.AT_RISK, ("K2",), ())


@pytest.mark.parametrize("words", ["K2 was hard", "See XYZ.K2.1", "See K22", "See it. K2 is other"])
def test_other_mentions_of_a_code_point_nowhere(words: str) -> None:
    found, _ = progress(one("-", words), one("BC.B1.1", code="K2")).lines
    assert (found.verdict, found.through) == (Verdict.OUTSIDE_THE_PLAN, ())


def test_a_code_that_is_a_number_is_pointed_to_as_a_recommendation() -> None:
    found, other, _ = progress(
        one("-", "See recommendation 2"), one("-", "See 2 reports", code="R2"),
        one("BC.A1.1", code="2"),
    ).lines  # fmt: skip
    assert (found.through, other.through) == (("2",), ())


def test_recommendations_that_point_to_each_other_come_to_an_end() -> None:
    first, second, third = progress(
        one("See K2", code="K1"), one("See K3", code="K2"), one("BC.A1.1; see K1", code="K3")
    ).lines
    assert first.through == ("K2", "K3")
    assert {first.verdict, second.verdict, third.verdict} == {Verdict.DELIVERED}


def test_of_two_recommendations_with_one_code_the_same_reviewers_is_meant() -> None:
    found = progress(
        one("See R1", code="R2", source="Peers"),
        one("BC.A1.1", source="Audit"),
        one("BC.B1.1", source="Peers"),
    ).lines[0]
    assert found.verdict is Verdict.AT_RISK


# ---------------------------------------------------------------- statutory ones


STATUTORY = SupportRecords(
    recommendations=(Recommendation("S1", "statutory", "Lead better."),),
    links=(RecommendationLink("S1", "BC.A2"), RecommendationLink("S1", "BC.A1.1")),
)


def test_a_statutory_recommendation_is_answered_by_the_map() -> None:
    register, found = progress(one("BC.A1.1"), records=STATUTORY).lines
    assert (register.source, register.verdict) == ("Audit", Verdict.DELIVERED)
    assert (found.code, found.source, found.verdict) == ("S1", "statutory", Verdict.ON_TRACK)
    assert found.cited == ("BC.A2", "BC.A1.1")


def test_one_that_stands_in_both_is_one_recommendation_with_all_that_answers_it() -> None:
    both = replace(one("BC.B1.1", code="s1", source="Statutory"), text="Lead better.")
    (found,) = progress(both, records=STATUTORY).lines
    assert (found.verdict, found.cited) == (Verdict.AT_RISK, ("BC.B1.1", "BC.A2", "BC.A1.1"))


def test_another_recommendation_of_the_same_code_is_another_one() -> None:
    found = progress(one("BC.B1.1", code="S1"), records=STATUTORY).lines
    assert [(o.source, o.verdict) for o in found] == [
        ("Audit", Verdict.AT_RISK),
        ("statutory", Verdict.ON_TRACK),
    ]
    assert found[0].cited == ("BC.B1.1",)


def test_the_trackers_own_column_may_name_the_codes_of_a_register() -> None:
    plan = tracker("Plan\nBC.A1.1 | | @R1 | | Complete\nBC.A1.2 | | @R7 | | On track")
    found = progress(one("", "We do."), plan=plan)
    assert [(o.code, o.verdict) for o in found.lines] == [("R1", Verdict.DELIVERED)]
    (finding,) = found.findings
    assert (finding.code, finding.reference) == ("recommendation-code-unknown", "BC.A1.2")


def test_codes_alone_are_recommendations_where_there_is_no_register() -> None:
    plan = tracker("Plan\nBC.A1.1 | | @R1 | | Complete")
    found = progress(plan=plan)
    assert [(o.code, o.verdict) for o in found.lines] == [("R1", Verdict.DELIVERED)]


def test_a_statutory_recommendation_that_nothing_answers_is_a_finding() -> None:
    bare = SupportRecords(recommendations=STATUTORY.recommendations)
    found = progress(one("BC.A1.1"), records=bare)
    assert found.lines[1].verdict is Verdict.NO_TRACE
    assert [finding.code for finding in found.findings] == ["recommendation-not-mapped"]


# ---------------------------------------------------------------- coverage and lines


def several() -> RecommendationProgress:
    return progress(
        one("BC.A1.1", code="A1"),
        one("BC.B1.1", code="A2"),
        replace(one("BC.B1.1", code="A3"), is_monitored=False),
        one("BC.A1.9", code="P1", source="Peers"),
        one(code="P2", source="Peers"),
    )


def test_each_reviewer_is_counted_and_what_is_not_monitored_is_counted_apart() -> None:
    found = several()
    audit, peers = found.coverage
    assert (audit.source, audit.monitored, audit.not_monitored) == ("Audit", 2, ("A3",))
    assert {v for v, codes in audit.codes.items() if codes} == {Verdict.DELIVERED, Verdict.AT_RISK}
    assert audit.codes[Verdict.AT_RISK] == ("A2",)
    assert (peers.monitored, peers.not_monitored) == (2, ())
    assert (found.total.monitored, found.total.not_monitored) == (4, ("A3",))


def test_lines_fit_their_patterns_and_use_all_of_them() -> None:
    found = several()
    lines = register_lines.sheet_lines(found, STANDARD)
    refuse_unfit(lines, REGISTER_SHEET)
    assert {line.pattern for line in lines} == {pattern.name for pattern in REGISTER_SHEET.rows}
    assert set(register_lines.cells(found, STANDARD)) == set(REGISTER_SHEET.cells)
    findings = [line.values["message"] for line in lines if line.pattern == "finding"]
    assert [text for text in findings if text[:1].islower()] == []
    pack = register_lines.pack(found, STANDARD)
    assert list(pack) == [sheet.sheet for sheet in REGISTER_PACK]
    for sheet in REGISTER_PACK:
        refuse_unfit(pack[sheet.sheet].lines, sheet)
        assert set(pack[sheet.sheet].cells) == set(sheet.cells)


def test_a_register_of_one_reviewer_is_counted_once() -> None:
    lines = register_lines.sheet_lines(progress(one("BC.A1.1")), STANDARD)
    reviewers = [line.values["source"] for line in lines if line.pattern == "reviewer"]
    assert reviewers == ["All reviews"]


def test_a_month_that_is_not_there_or_not_filled_in_is_refused() -> None:
    with pytest.raises(MonthMissingError, match="does not have August 2026"):
        recommendation_progress(PLAN, SupportRecords(), [one()], Month(2026, 8), STANDARD)
    empty = tracker("Plan\nBC.A1.1 | | | On track: Begun |")
    with pytest.raises(MonthEmptyError, match="nobody has filled in July 2026"):
        recommendation_progress(empty, SupportRecords(), [one()], JULY, STANDARD)
