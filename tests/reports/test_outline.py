"""Which rows are reported, and what is said where that is not plain."""

from dataclasses import replace

from sheetplan.model.support import SupportRecords
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, STANDARD, tracker


def summary(*themes: str, settings=STANDARD):
    return summarise(tracker(*themes), SupportRecords(), JULY, settings)


def found(report, code: str) -> list[str]:
    return [finding.reference for finding in report.findings if finding.code == code]


def test_a_main_action_without_focus_is_by_exception_and_a_finding():
    report = summary(
        "T\nBC.A1.0 | | | | N/A\nBC.A1.1 | | | | On hold: a\nBC.A2.0 | Focus 2 | | | On track: b"
    )
    assert [line.reference for line in report.themes[0].exceptions] == ["BC.A1.1"]
    assert found(report, "focus-missing") == ["BC.A1.0"]


def test_a_focus_that_is_not_understood_is_by_exception_and_a_finding():
    report = summary("T\nBC.A1.0 | Focus 3 | | | On hold: a\nBC.A2.0 | Focus 2 | | | On track: b")
    assert [line.reference for line in report.themes[0].exceptions] == ["BC.A1.0"]
    assert found(report, "focus-not-understood") == ["BC.A1.0"]


def test_sub_actions_without_their_main_action_are_by_exception_and_one_finding():
    report = summary(
        "T\nBC.A1.1 | N/A | | | On hold: a\nBC.A1.2 | | | | On hold: b\n"
        "BC.A2.0 | Focus 2 | | | On track: c"
    )
    assert [line.reference for line in report.themes[0].exceptions] == ["BC.A1.1", "BC.A1.2"]
    (finding,) = [f for f in report.findings if f.code == "main-action-missing"]
    assert "BC.A1.1, BC.A1.2" in finding.message
    assert found(report, "focus-missing") == found(report, "focus-not-understood") == []


def test_a_council_without_main_actions_gives_each_action_its_own_focus():
    report = summary("T\n1.1 | Focus 1 | | | On hold: a\n1.2 | Focus 2 | | | On hold: b")
    assert [block.reference for block in report.themes[0].focus_blocks] == ["1.1"]
    assert [line.reference for line in report.themes[0].exceptions] == ["1.2"]
    assert found(report, "main-action-missing") == []


def test_a_council_without_any_focus_gets_one_note():
    report = summary("T\n1.1 | | | | On hold: a\n1.2 | | | | On track: b")
    assert [line.reference for line in report.themes[0].exceptions] == ["1.1"]
    assert found(report, "focus-missing") == ["1.1"]


def test_the_words_for_focus_are_the_profiles():
    theirs = replace(
        STANDARD,
        reports=replace(
            STANDARD.reports, focus_in_full=("High risk",), focus_by_exception=("Low risk",)
        ),
    )
    report = summary(
        "T\nBC.A1.0 | high-risk | | | On hold: a\nBC.A2.0 | Low Risk | | | On hold: b",
        settings=theirs,
    )
    assert [block.reference for block in report.themes[0].focus_blocks] == ["BC.A1.0"]
    assert [line.reference for line in report.themes[0].exceptions] == ["BC.A2.0"]
    assert found(report, "focus-not-understood") == []


def test_a_rating_of_a_main_action_that_is_not_counted_is_a_finding():
    report = summary(
        "T\nBC.A1.0 | Focus 2 | | | On hold: a\nBC.A1.1 | | | | On track: b\n"
        "BC.A2.0 | Focus 2 | | | Complete: c\nBC.A2.1 | | | | On track: d"
    )
    assert report.themes[0].exceptions == ()
    assert found(report, "main-action-rated") == ["BC.A1.0"]


def test_badly_typed_references_belong_to_their_family_all_the_same():
    report = summary("T\nBCA1.0 | Focus 1 | | | N/A\nBC.A1.2 b | | | | On hold: a")
    (block,) = report.themes[0].focus_blocks
    assert (block.reference, [line.reference for line in block.issues]) == ("BCA1.0", ["BC.A1.2 b"])


def test_themes_with_one_title_are_told_apart_by_their_sheets():
    report = summary("Our plan\n1.1 | | | | On track: a", "Our plan\n2.1 | | | | On track: b")
    assert [theme.title for theme in report.themes] == ["Sheet 1", "Sheet 2"]
