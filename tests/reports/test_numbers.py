"""Numbers always say of how many, and each action moved in exactly one way."""

from dataclasses import replace

import pytest

from sheetplan.model import StatusMeaning
from sheetplan.model.support import SupportRecords
from sheetplan.reports.content import Movement
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker


def numbers(*rows: str, months=(JUNE, JULY), settings=STANDARD):
    """The numbers of a theme with these rows, of July."""
    plan = tracker("\n".join(["Theme 1", *rows]), months=months)
    return summarise(plan, SupportRecords(), JULY, settings).numbers


def rows_of(**statuses: int) -> list[str]:
    """Rows with these statuses in July: `on_track=2` makes two."""
    said = [
        name.replace("_", " ") if name != "blank" else ""
        for name, count in statuses.items()
        for _ in range(count)
    ]
    return [f"1.{at} | | | | {status}: done" for at, status in enumerate(said, start=1)]


def test_sentence_has_its_denominator_and_says_what_it_leaves_out():
    found = numbers(
        *rows_of(on_track=4, complete=1, significant_slippage=1, not_due=2, not_applicable=3)
    )
    assert found.sentence == (
        "On track or complete: 5 of 6 due (83%), 2 not yet due and 3 not applicable left out"
    )
    assert (found.on_track_or_complete, found.due) == (5, 6)


def test_sentence_names_each_other_group_that_is_left_out():
    found = numbers(*rows_of(on_track=1, assurance_action=1, new_action=2))
    assert found.sentence == (
        "On track or complete: 1 of 1 due (100%), 1 rated assurance action and 2 rated new action "
        "left out"
    )


def test_sentence_leaves_out_nothing_where_all_are_due():
    assert (
        numbers(*rows_of(on_track=1, on_hold=1)).sentence
        == "On track or complete: 1 of 2 due (50%)"
    )


def test_blank_and_misspelt_statuses_are_due_and_not_on_track():
    found = numbers(*rows_of(on_track=1, blank=1, onn_trakc=2))
    assert found.sentence == "On track or complete: 1 of 4 due (25%)"
    assert (found.months[-1].blank, found.months[-1].not_understood) == (1, 2)


@pytest.mark.parametrize(
    ("good", "bad", "percent"),
    [(1, 7, "13%"), (1, 39, "3%"), (5, 3, "63%"), (1, 2, "33%"), (2, 1, "67%"), (0, 3, "0%")],
)
def test_percentages_are_rounded_half_up(good, bad, percent):
    found = numbers(*rows_of(on_track=good, on_hold=bad))
    assert f"({percent})" in found.sentence


def test_no_percentage_where_nothing_is_due():
    found = numbers(*rows_of(not_due=2))
    assert found.sentence == "On track or complete: none due, 2 not yet due left out"


def test_theme_without_actions_says_so():
    assert numbers().sentence == "No actions to report"


def test_main_actions_with_sub_actions_are_not_counted():
    found = numbers(
        "BC.A1.0 | Focus 2 | | N/A | N/A",
        "BC.A1.1 | | | On track | On track: fine",
        "BC.A2.0 | Focus 2 | | On track | Complete: done",
    )
    assert found.months[-1].total == 2
    assert found.months[-1].counts[StatusMeaning.NOT_APPLICABLE] == 0


def test_counts_reach_back_as_far_as_the_profile_says():
    few = replace(STANDARD, reports=replace(STANDARD.reports, history_months=1))
    row = "1.1 | | | On track | On track | Complete: done"
    assert [m.month for m in numbers(row, months=(MAY, JUNE, JULY)).months] == [MAY, JUNE, JULY]
    assert [m.month for m in numbers(row, months=(MAY, JUNE, JULY), settings=few).months] == [
        JUNE,
        JULY,
    ]


def test_themes_add_up_to_the_whole_plan():
    plan = tracker(
        "Theme 1\n1.1 | | | On track | Medium progress: late",
        "Theme 2\n2.1 | | | Medium progress | On track: better\n2.2 | | | | On hold: why",
    )
    summary = summarise(plan, SupportRecords(), JULY, STANDARD)
    last = [theme.numbers.months[-1] for theme in summary.themes]
    whole = summary.numbers.months[-1]
    assert whole.total == sum(counts.total for counts in last) == 3
    for meaning, count in whole.counts.items():
        assert count == sum(counts.counts[meaning] for counts in last)
    for movement, references in summary.numbers.movement.items():
        parts = [r for theme in summary.themes for r in theme.numbers.movement[movement]]
        assert list(references) == parts


@pytest.mark.parametrize(
    ("before", "now", "movement"),
    [
        ("Medium progress", "On track", Movement.IMPROVED),
        ("Significant slippage", "Medium progress", Movement.IMPROVED),
        ("On hold", "On track", Movement.IMPROVED),
        ("On track", "Medium progress", Movement.WORSENED),
        ("Not due to start", "Significant slippage", Movement.WORSENED),
        ("Significant slippage", "On hold", Movement.WORSENED),
        ("Complete", "On track", Movement.WORSENED),
        ("On track", "On track", Movement.UNCHANGED),
        ("Not due to start", "On track", Movement.UNCHANGED),
        ("New action", "On track", Movement.UNCHANGED),
        ("Complete", "Closed", Movement.UNCHANGED),
        ("On track", "Complete", Movement.COMPLETED),
        ("", "Complete", Movement.COMPLETED),
        ("", "On track", Movement.NEW),
        ("", "New action", Movement.NEW),
        ("Onn trakc", "On track", Movement.NEW),
        ("On track", "", Movement.NO_UPDATE),
        ("On track", "Onn trakc", Movement.NO_UPDATE),
    ],
)  # fmt: skip
def test_an_action_moves_in_exactly_one_way(before, now, movement):
    moved = numbers(
        f"1.1 | | | {before} | {now}", "1.2 | | | On track | Closed: filled in"
    ).movement
    assert [way for way, references in moved.items() if "1.1" in references] == [movement]


def test_a_blank_month_between_does_not_make_an_action_new():
    moved = numbers(
        "1.1 | | | Medium progress | | On track: better", months=(MAY, JUNE, JULY)
    ).movement
    assert moved[Movement.IMPROVED] == ("1.1",)
    assert moved[Movement.NEW] == ()


def test_nothing_moved_where_there_is_no_month_before():
    moved = numbers("1.1 | | | On track: fine", months=(JULY,)).movement
    assert set(moved) == set(Movement)
    assert not any(moved.values())
