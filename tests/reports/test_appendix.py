"""The appendix: what each theme does for a recommendation, and what is wrong with the map."""

import pytest

from sheetplan.model import Finding, Severity
from sheetplan.model.support import (
    Milestone,
    Recommendation,
    RecommendationLink,
    Standing,
    SupportRecords,
)
from sheetplan.reports.appendix import appendix
from tests.reports.building import JULY, JUNE, MAY, STANDARD, date, tracker

PEOPLE = """
Theme 1 - People
BC.A1.0 | Focus 2 | | N/A | N/A: N/A | N/A: N/A
BC.A1.1 | | Jul-26 > Oct-26 | On track: May | On track: June | On hold
BC.A1.2 | | | | | Complete: Done
BC.A2.0 | Focus 2 | | | | On track: Alone
"""
MONEY = """
Theme 2 - Money
MF.A1.0 | Focus 2 | | | | N/A
MF.A1.1 | | @ S2 and s 1 | | | On track: Own column
"""
S1, S2 = (
    Recommendation(code, "Statutory", f"Text of {code}", standing=Standing("Recommendations", row))
    for row, code in enumerate(("S1", "S2"), start=5)
)


def link(target: str, code: str = "S1", heading: str = "") -> RecommendationLink:
    return RecommendationLink(code, target, heading, Standing("Recommendation map", 9))


def report(*links: RecommendationLink, recommendations=(S1, S2), plan=(PEOPLE, MONEY), **records):
    found = SupportRecords(recommendations=recommendations, links=links, **records)
    return appendix(tracker(*plan, months=(MAY, JUNE, JULY)), found, JULY, STANDARD)


def printed(*links: RecommendationLink, code: str = "S1", **how):
    """By theme and heading: the references that are printed for a recommendation."""
    (block,) = [block for block in report(*links, **how).blocks if block.code == code]
    return {
        (theme.title, group.heading): [item.reference for item in group.items]
        for theme in block.themes
        for group in theme.groups
    }


def found(code: str, *links: RecommendationLink, **how):
    return [finding for finding in report(*links, **how).findings if finding.code == code]


def items(*links: RecommendationLink, **how):
    return {
        item.reference: item
        for theme in report(*links, **how).blocks[0].themes
        for group in theme.groups
        for item in group.items
    }


PEOPLE_A1 = ("Theme 1 - People", "Work A1")
OWN = {("Theme 2 - Money", "Work A1"): ["MF.A1.1"]}


@pytest.mark.parametrize(
    ("target", "rows"),
    [
        ("BC.A1.2", {PEOPLE_A1: ["BC.A1.2"]}),
        ("bca1.2", {PEOPLE_A1: ["BC.A1.2"]}),
        ("BC.A1.1, BC.A1.2", {PEOPLE_A1: ["BC.A1.1", "BC.A1.2"]}),
        ("BC.A1.0", {PEOPLE_A1: ["BC.A1.0"]}),
        ("BC.A1", {PEOPLE_A1: ["BC.A1.1", "BC.A1.2"]}),
        ("work a2", {("Theme 1 - People", "Work A2"): ["BC.A2.0"]}),
        ("People", {PEOPLE_A1: ["BC.A1.1", "BC.A1.2"],
                    ("Theme 1 - People", "Work A2"): ["BC.A2.0"]}),
    ],
)  # fmt: skip
def test_a_target_is_a_reference_a_workstream_or_a_theme(target, rows):
    assert printed(link(target)) == rows | OWN


def test_a_workstream_counts_in_every_theme_that_has_it():
    assert printed(link("Work A1")) == {PEOPLE_A1: ["BC.A1.1", "BC.A1.2"]} | OWN


def test_the_maps_heading_stands_over_the_workstream():
    assert (
        printed(link("BC.A1.2", heading="The new offer"))
        == {("Theme 1 - People", "The new offer"): ["BC.A1.2"]} | OWN
    )


def test_an_action_stands_under_each_heading_that_the_map_gives_it_and_once():
    twice = link("BC.A1.2", heading="One"), link("BC.A1.2", heading="Two")
    assert (
        printed(*twice, link("BC.A1.2", heading="one"))
        == {
            ("Theme 1 - People", "One"): ["BC.A1.2"],
            ("Theme 1 - People", "Two"): ["BC.A1.2"],
        }
        | OWN
    )


def test_what_is_named_by_reference_is_not_printed_again_with_its_workstream():
    assert printed(link("Work A1", heading="All"), link("BC.A1.2", heading="One")) == {
        ("Theme 1 - People", "All"): ["BC.A1.1"],
        ("Theme 1 - People", "One"): ["BC.A1.2"],
        ("Theme 2 - Money", "All"): ["MF.A1.1"],
    }


def test_every_theme_is_there_in_the_trackers_order():
    block = report(link("MF.A1.1")).blocks[0]
    assert [(theme.title, len(theme.groups)) for theme in block.themes] == [
        ("Theme 1 - People", 0),
        ("Theme 2 - Money", 1),
    ]


def test_an_action_may_answer_several_recommendations():
    assert printed(code="S2") == printed(code="S1") == OWN


def test_latest_update_that_says_something_is_printed_with_its_month():
    seen = items(link("People"), link("BC.A1.0"))
    assert (seen["BC.A1.1"].update, seen["BC.A1.1"].dated) == ("June", JUNE)
    assert (seen["BC.A1.2"].update, seen["BC.A1.2"].dated) == ("Done", None)
    assert (seen["BC.A1.0"].update, seen["BC.A1.0"].dated) == ("No update given", None)


def test_rating_and_due_date_are_of_the_reporting_month():
    seen = items(link("BC.A1.1"), link("BC.A1.2"))
    assert (seen["BC.A1.1"].rating.words, seen["BC.A1.1"].due_words) == (
        "On hold",
        "Jul-26, revised Oct-26",
    )
    assert (seen["BC.A1.2"].rating.words, seen["BC.A1.2"].due_words) == ("Complete", "No due date")


def test_milestones_are_open_soonest_first_and_then_completed():
    def of(name: str, **what) -> Milestone:
        return Milestone(name, "BC.A1.0", name, codes=what.pop("codes", ("S1",)), **what)

    block = report(
        milestones=(
            of("later", due=date("Jul-26"), revised=date("Dec-26")),
            of("open", status="On track"),
            of("done", completed=JUNE),
            of("soon", due=date("Sep-26")),
            of("first done", completed=MAY),
            of("other", codes=("S2",)),
            of("both", due=date("2027"), codes=("s-1", "S2")),
        )
    ).blocks[0]
    assert [line.wording for line in block.open_milestones] == ["soon", "later", "both", "open"]
    assert [line.wording for line in block.completed_milestones] == ["first done", "done"]


def test_facts_of_a_recommendation_are_words_even_where_they_are_missing():
    whole = Recommendation(
        "S1", "Statutory", " Do it. ", date("3 March 2026"), date("20 March 2026"), "Yes",
        "Good progress", date("May-26"), Standing("Recommendations", 5),
    )  # fmt: skip
    block, bare = report(recommendations=(whole, Recommendation("S2", "", "Text"))).blocks
    assert block.text == "Do it."
    assert (block.accepted, block.auditor_view) == ("Yes", "Good progress (May-26)")
    assert (bare.source, bare.accepted, bare.auditor_view) == ("Not recorded",) * 3


# ---------------------------------------------------------------- what is wrong with the map


def test_a_reference_that_no_row_bears_is_a_finding_with_the_nearest():
    (finding,) = found("recommendation-reference-unknown", link("BC.A1.22"))
    assert finding.sheet == "Recommendation map"
    assert finding.cell == "9:9"
    assert 'Did you mean "BC.A1.2"?' in finding.message


def test_one_wrong_reference_among_several_is_a_finding_and_the_others_are_printed():
    both = link("BC.A1.2, BC.Z9.9")
    assert printed(both) == {PEOPLE_A1: ["BC.A1.2"]} | OWN
    (finding,) = found("recommendation-reference-unknown", both)
    assert '"BC.Z9.9"' in finding.message


def test_words_that_name_nothing_are_a_finding_with_the_nearest():
    (finding,) = found("recommendation-target-unknown", link("Wrok A1"))
    assert 'Did you mean "Work A1"?' in finding.message


def test_a_recommendation_with_nothing_mapped_is_a_finding():
    lonely = Recommendation("S3", "Statutory", "Text", standing=Standing("Recommendations", 8))
    (finding,) = found("recommendation-not-mapped", recommendations=(S1, S2, lonely))
    assert (finding.reference, finding.cell) == ("S3", "8:8")


def test_a_recommendation_without_text_says_so():
    empty = Recommendation("S1", "Statutory", " ", standing=Standing("Recommendations", 5))
    assert report(recommendations=(empty, S2)).blocks[0].text == (
        "The sheet of recommendations has no text for it"
    )


def test_a_code_in_the_tracker_that_no_recommendation_has_is_a_finding():
    (seen,) = found("recommendation-code-unknown", recommendations=(S1,))
    assert (seen.sheet, seen.reference) == ("Sheet 2", "MF.A1.1")
    assert [block.code for block in report(link("BC.A1.1", code="S11")).blocks] == ["S1", "S2"]


def test_links_without_any_register_are_printed_with_findings():
    blocks = report(link("BC.A1.2"), recommendations=()).blocks
    assert [block.code for block in blocks] == ["S1", "S2"]
    assert printed(link("BC.A1.2"), recommendations=()) == {PEOPLE_A1: ["BC.A1.2"]} | OWN
    seen = found("recommendation-text-missing", link("BC.A1.2"), recommendations=())
    assert [finding.reference for finding in seen] == ["S1", "S2"]


def test_a_main_action_with_sub_actions_is_printed_alone_and_noted():
    (finding,) = found("recommendation-main-action", link("BC.A1.0"))
    assert finding.severity is Severity.NOTE
    assert "write BC.A1 for all" in finding.message
    assert found("recommendation-main-action", link("BC.A2.0"), link("BC.A1")) == []


def test_what_reading_its_sheets_found_is_told():
    read = Finding(
        "recommendation-code-unknown", Severity.WARNING, "Recommendation map", "B9", "BC.A1.1", "x"
    )
    other = Finding("wording-missing", Severity.WARNING, "Achievements", "D4", "", "y")
    report_ = report(
        link("BC.A1.1", code="S11"),
        findings=(read, other),
        sheets={"recommendation_map": "Recommendation map", "achievements": "Achievements"},
    )
    seen = [f for f in report_.findings if f.code == "recommendation-code-unknown"]
    assert seen == [read]
    assert other not in report_.findings


def test_a_recommendation_considered_before_it_was_sent_is_a_finding_and_no_claim():
    slip = Recommendation("S1", "Statutory", "Text", date("3 March 2026"), date("3 March 2025"))
    assert report(recommendations=(slip,)).blocks[0].dates == (
        "Sent 3 March 2026; considered 3 March 2025"
    )
    assert len(found("recommendation-dates-contradict", recommendations=(slip,))) == 1


def test_nothing_is_found_where_the_map_is_right():
    assert report(link("BC.A1.1"), link("Work A2", heading="Two")).findings == ()
