"""Achievements by month, and milestones in their one form."""

import pytest

from sheetplan.model import Month
from sheetplan.model.support import Achievement, Milestone, Standing, SupportRecords
from sheetplan.reports.milestones import milestone_line
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, date, tracker

PLAN = (
    "Theme 1 - People\nBC.A1.0 | Focus 2 | | | On track: a",
    "Theme 2 - Money\nMF.A1.0 | Focus 2 | | | On track: a\nMF.A2.0 | Focus 2 | | | On track: b",
)


def report(**records):
    return summarise(tracker(*PLAN), SupportRecords(**records), JULY, STANDARD)


def achieved(month: Month, wording: str, theme: str = "People", reference: str = "") -> Achievement:
    return Achievement(month, theme, reference, wording, Standing("Achievements", 4))


def codes(summary) -> list[str]:
    return [finding.code for finding in summary.findings]


def test_achievements_stand_newest_first_and_no_month_between_is_left_out():
    april = Month(2026, 4)
    summary = report(
        achievements=(achieved(april, "First"), achieved(JULY, "Last"), achieved(JULY, "Too"))
    )
    assert [(m.month, m.items) for m in summary.themes[0].achievements] == [
        (JULY, (("", "Last"), ("", "Too"))),
        (JUNE, ()),
        (MAY, ()),
        (april, (("", "First"),)),
    ]
    assert summary.themes[1].achievements == ()


def test_a_gap_of_years_is_not_spelt_out():
    summary = report(achievements=(achieved(JULY, "Last"), achieved(Month(2006, 6), "A slip")))
    assert [m.month for m in summary.themes[0].achievements] == [JULY, Month(2006, 6)]


def test_an_achievement_stands_under_its_theme_or_else_by_its_reference():
    summary = report(
        achievements=(
            achieved(JULY, "By name", "theme 2 money"),
            achieved(JULY, "By row", "", "MFA1.0"),
            achieved(JULY, "By letters", "", "MF.Z9.4"),
        )
    )
    (month,) = summary.themes[1].achievements
    assert [wording for _, wording in month.items] == ["By name", "By row", "By letters"]


def test_an_achievement_of_no_theme_is_a_finding():
    summary = report(achievements=(achieved(JULY, "Where?", "Theme 1 - Poeple"),))
    (finding,) = [f for f in summary.findings if f.code == "achievement-theme-unknown"]
    assert 'Did you mean "Theme 1 - People"?' in finding.message
    assert (finding.sheet, finding.cell) == ("Achievements", "4:4")


def test_an_achievement_of_a_later_month_is_left_out_and_noted():
    summary = report(achievements=(achieved(JULY.next, "Soon"), achieved(JULY, "Now")))
    assert [m.month for m in summary.themes[0].achievements] == [JULY]
    assert "achievement-later" in codes(summary)


def milestone(**what) -> Milestone:
    return Milestone(**{"id": "M1", "reference": "BC.A1.0", "wording": "Strategy approved", **what})


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"due": date("Jul-26"), "completed": JULY},
         "Strategy approved – due Jul-26 – Complete July 2026"),
        ({"due": date("Jul-26"), "revised": date("Oct-26"), "status": "On track"},
         "Strategy approved – due Jul-26, revised Oct-26 – On track"),
        ({"wording": "Strategy approved. -", "due": date("Jul-26")},
         "Strategy approved – due Jul-26 – Open"),
        ({"status": "Complete."}, "Strategy approved – Complete"),
        ({"status": "Date to be confirmed"}, "Strategy approved – Date to be confirmed"),
        ({"completed": JULY.next, "status": "Complete"}, "Strategy approved – Open"),
    ],
)  # fmt: skip
def test_milestones_have_one_form(what, words):
    assert milestone_line(milestone(**what), JULY, STANDARD).words == words


@pytest.mark.parametrize(
    ("what", "is_complete"),
    [
        ({"completed": MAY}, True),
        ({"completed": JULY.next}, False),
        ({"status": "complete"}, True),
        ({"status": "Not complete"}, False),
        ({}, False),
    ],
)
def test_a_milestone_is_complete_at_the_end_of_the_month_or_is_open(what, is_complete):
    assert milestone_line(milestone(**what), JULY, STANDARD).is_complete is is_complete


def test_all_milestones_of_a_theme_are_printed_in_the_order_of_their_sheet():
    summary = report(
        milestones=(
            milestone(id="M1", completed=MAY),
            milestone(id="M2", reference="MF.A1.0"),
            milestone(id="M3"),
        )
    )
    assert [line.id for line in summary.themes[0].milestones] == ["M1", "M3"]
    assert [line.id for line in summary.themes[1].milestones] == ["M2"]


def test_a_milestone_outlives_its_row_and_is_a_finding():
    summary = report(milestones=(milestone(reference="MF.A2.9"), milestone(reference="ZZ.A1.0")))
    assert [line.reference for line in summary.themes[1].milestones] == ["MF.A2.9"]
    messages = [f.message for f in summary.findings if f.code == "milestone-reference-unknown"]
    assert "is printed by how its reference begins" in messages[0]
    assert "is left out" in messages[1]


def test_what_became_complete_is_proposed_until_somebody_has_decided():
    rows = "1.1 | | | On track: a | Complete: b\n1.2 | | | On track: a | Closed: b"
    plan = f"Theme 1 - People\n{rows}"
    sheets = {"achievements": "Achievements"}

    def proposed(*rows: Achievement) -> list[str]:
        records = SupportRecords(achievements=rows, sheets=sheets)
        summary = summarise(tracker(plan, months=(JUNE, JULY)), records, JULY, STANDARD)
        return [f.reference for f in summary.findings if f.code == "achievement-proposed"]

    no = Achievement(JULY, "People", "1.1", "", None, is_printed=False)
    assert proposed() == ["1.1, 1.2"]
    assert proposed(no) == ["1.2"]
    assert proposed(no, achieved(JULY, "Well done", reference="1.2")) == []
    assert proposed(no, achieved(JUNE, "Well done", reference="1.2")) == ["1.2"]
    sheets.clear()
    assert proposed() == []
