"""What the dates of an action say of its status, each beside what looks alike and is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.checks.date_cells import (
    date_mended,
    date_unreadable,
    start_after_due,
    start_without_due,
)
from sheetplan.checks.dates import (
    RULES,
    complete_in_future,
    due_passed_on_track,
    not_due_after_start,
    rating_harsher,
    rating_milder,
)
from sheetplan.model import Month
from sheetplan.settings import load_profile
from tests.checks.building import found, graded, plan, told
from tests.reports.building import JULY

HEAD = "Theme"


def row(status, due="", start="", update="Done as planned", **more):
    """A plan of one month and one action."""
    line = f"BC.A1.1 | N/A | {due} | {status}: {update} | start_date={start}"
    return plan(f"{HEAD}\n{line}", months=(JULY,), **more)


# ---------------------------------------------------------------- on track and late


def test_on_track_after_the_due_date_is_graded_by_the_months_of_the_legend():
    checked = plan(
        """Theme
        BC.A1.1 | N/A | 10 July 2026 | On track
        BC.A1.2 | N/A | Jun-26 | On track
        BC.A1.3 | N/A | May-26 | On track
        BC.A1.4 | N/A | Apr-26 | On track
        BC.A1.5 | N/A | Jul-26 | On track
        BC.A1.6 | N/A | Aug-26 | On track
        """,
        months=(JULY,),
    )
    assert graded(due_passed_on_track, checked) == {
        "BC.A1.1": "note", "BC.A1.2": "warning", "BC.A1.3": "warning", "BC.A1.4": "error",
    }  # fmt: skip
    assert found(due_passed_on_track, checked)[0] == (
        "BC.A1.1",
        "is on track, and its due date passed this month. Rate it by the legend, or have the date "
        "moved by change control.",
    )
    assert "its due date passed 3 months ago." in found(due_passed_on_track, checked)[3][1]


@pytest.mark.parametrize(
    "status",
    ["Complete", "Closed", "Medium progress", "Significant slippage", "On hold", "N/A", ""],
)
def test_a_late_action_that_is_not_on_track_is_another_matter(status):
    assert found(due_passed_on_track, row(status, "Jan-26")) == []


@pytest.mark.parametrize(
    "due",
    [
        "",
        "TBC",
        "Ongoing",
        "Quarterly",
        "Monthly",
        "sometime",
        "TBC (was Jan-26)",
        "Jan-26 TBC",
        "Dec-26 TBC",
        "N/A",
    ],
)
def test_a_date_that_names_no_last_day_is_not_judged(due):
    for rule in RULES:
        if rule.code not in ("date-unreadable", "start-without-due"):
            assert found(rule, row("On track", due)) == []
            assert found(rule, row("Medium progress", due)) == []


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("Mid 2026", {}),  # until August
        ("Spring 2026", {"BC.A1.1": "warning"}),  # until May
        ("Winter 2025", {"BC.A1.1": "error"}),  # until February 2026
        ("2026", {}),
        ("2025", {"BC.A1.1": "error"}),
        ("Q4 2025/26", {"BC.A1.1": "error"}),  # until March
        ("Q1 2026/27", {"BC.A1.1": "warning"}),  # until June
        ("Jan 26 to Jul 26", {}),
    ],
)
def test_a_vague_date_has_passed_only_when_its_last_day_has(due, expected):
    assert graded(due_passed_on_track, row("On track", due)) == expected


@pytest.mark.parametrize("due", ["Marhc 26", "Jan 26, Apr 26", "Quarterly until March 2026"])
def test_what_rests_on_a_mended_date_or_ends_a_series_never_blocks_a_report(due):
    assert graded(due_passed_on_track, row("On track", due)) == {"BC.A1.1": "warning"}


def test_a_revised_date_that_names_a_day_takes_the_place_of_the_first():
    assert found(due_passed_on_track, row("On track", "Jan-26 > Sep-26")) == []
    late = row("On track", "Jan-26 > Jun-26")
    assert graded(due_passed_on_track, late) == {"BC.A1.1": "warning"}
    assert graded(due_passed_on_track, row("On track", "Jan-26 > TBC")) == {"BC.A1.1": "error"}


def test_an_earlier_month_is_judged_as_it_stood_then():
    checked = plan("Theme\nBC.A1.1 | N/A | May-26 | On track | Complete", month=Month(2026, 6))
    assert graded(due_passed_on_track, checked) == {"BC.A1.1": "warning"}


def test_the_legend_of_the_council_says_what_is_late(tmp_path):
    file = tmp_path / "sheetplan.toml"
    file.write_text(
        'profile = "standard"\n[reports]\nmedium_slippage = 3\nsignificant_slippage = 6'
    )
    slow = load_profile(file)
    late = {due: graded(due_passed_on_track, row("On track", due, settings=slow)) for due in
            ("May-26", "Apr-26", "Jan-26", "Dec-25")}  # fmt: skip
    assert [grade["BC.A1.1"] for grade in late.values()] == ["note", "warning", "warning", "error"]


def test_a_main_action_that_leaves_its_status_to_sub_actions_is_not_judged():
    with_child = plan("Theme\nBC.A1.0 | | Jan-26 | On track\nBC.A1.1 | | Aug-26 | On track",
                      months=(JULY,))  # fmt: skip
    alone = plan("Theme\nBC.A1.0 | | Jan-26 | On track", months=(JULY,))
    assert found(due_passed_on_track, with_child) == []
    assert graded(due_passed_on_track, alone) == {"BC.A1.0": "error"}


MONTHS = st.integers(2020 * 12, 2032 * 12).map(lambda n: Month(n // 12, n % 12 + 1))


@given(month=MONTHS, late=st.integers(-30, 30))
def test_grading_is_a_matter_of_whole_months(month, late):
    due = month.plus(-late).label
    checked = plan(f"Theme\nBC.A1.1 | N/A | {due} | On track", months=(month,))
    expected = {}
    if late > 0:
        expected = {"BC.A1.1": "error" if late > 2 else "warning"}
    assert graded(due_passed_on_track, checked) == expected


@given(month=MONTHS, late=st.integers(-30, 30), status=st.sampled_from(["Amber", "Red"]))
def test_a_rating_is_milder_or_harsher_or_neither_and_never_both(month, late, status):
    due = month.plus(-late).label
    checked = plan(f"Theme\nBC.A1.1 | N/A | {due} | {status}: Work goes on", months=(month,))
    milder, harsher = found(rating_milder, checked), found(rating_harsher, checked)
    assert bool(milder) == (status == "Amber" and late > 2)
    assert bool(harsher) == (late < 0 if status == "Amber" else late <= 2)
    assert found(due_passed_on_track, checked) == []


# ---------------------------------------------------------------- not due to start


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        ("Aug-26", "Dec-26", {}),
        ("Jul-26", "Dec-26", {}),  # it may still start on the 31st
        ("10 July 2026", "Dec-26", {"BC.A1.1": "note"}),
        ("Jun-26", "Dec-26", {"BC.A1.1": "warning"}),
        ("Jan-26", "Dec-26", {"BC.A1.1": "warning"}),
        ("", "Dec-26", {}),
        ("Quarterly", "Dec-26", {}),
        ("", "Jun-26", {"BC.A1.1": "warning"}),
        ("Jan-26", "Mar-26", {"BC.A1.1": "error"}),
    ],
)
def test_not_due_to_start_ends_with_the_start_date(start, due, expected):
    assert graded(not_due_after_start, row("Not due to start", due, start)) == expected


def test_the_due_date_is_told_of_where_both_have_passed():
    ((_, message),) = found(not_due_after_start, row("Not started", "Jun-26", "Jan-26"))
    assert message.startswith("is not due to start, and its due date passed 1 month ago.")
    ((_, message),) = found(not_due_after_start, row("Not started", "Dec-26", "Jun-26"))
    assert message.startswith("is not due to start, and its start date passed 1 month ago.")


def test_work_that_has_begun_may_have_a_start_date_that_has_passed():
    assert found(not_due_after_start, row("On track", "Dec-26", "Jan-26")) == []


# ---------------------------------------------------------------- complete before its time


def test_complete_before_the_start_is_an_error_unless_an_update_speaks_of_it():
    silent = row("Complete", "Dec-26", "Sep-26", update="Complete")
    assert graded(complete_in_future, silent) == {"BC.A1.1": "error"}
    told_of = row("Complete", "Dec-26", "Sep-26", update="Brought forward and done in June")
    assert graded(complete_in_future, told_of) == {"BC.A1.1": "warning"}
    misspelt = row("Complete", "Dec-26", "Setp 26", update="Complete")
    assert graded(complete_in_future, misspelt) == {"BC.A1.1": "warning"}
    assert found(complete_in_future, row("Complete", "Dec-26", "Jul-26", update="Done early")) == []


@pytest.mark.parametrize(
    ("due", "update", "is_found"),
    [
        ("Dec-26", "", True),
        ("Dec-26", "complete", True),
        ("Dec-26", "N/A", True),
        ("Dec-26", "Contract signed on 3 July, five months early", False),
        ("Sep-26", "", True),
        ("Aug-26", "", False),  # within the month
        ("Jul-26", "", False),
        ("Jan-26", "", False),
        ("Ongoing", "", False),
        ("TBC", "", False),
        ("", "", False),
    ],
)
def test_complete_long_before_the_due_date_needs_a_word(due, update, is_found):
    assert bool(found(complete_in_future, row("Complete", due, update=update))) == is_found


def test_the_word_may_have_been_said_when_it_was_completed():
    said = "Theme\nBC.A1.1 | N/A | Dec-26 | Complete: {june} | Complete: complete"
    assert found(complete_in_future, plan(said.format(june="Signed on 3 June"))) == []
    assert len(found(complete_in_future, plan(said.format(june="Complete")))) == 1


def test_what_was_said_before_it_was_complete_does_not_count():
    before = "Theme\nBC.A1.1 | N/A | Dec-26 | On track: Draft is written | Closed:"
    ((_, message),) = found(complete_in_future, plan(before))
    assert message == (
        "is complete or closed over a month before its due date, and no update says how. Say what "
        "was done and when, or correct the status."
    )


# ---------------------------------------------------------------- milder and harsher


def test_amber_over_two_months_late_is_milder_than_the_legend():
    assert graded(rating_milder, row("Medium progress", "Apr-26")) == {"BC.A1.1": "warning"}
    assert found(rating_milder, row("Medium progress", "May-26")) == []
    assert found(rating_milder, row("Significant slippage", "Jan-26")) == []


@pytest.mark.parametrize(
    ("status", "due", "is_found"),
    [
        ("Significant slippage", "Dec-26", True),
        ("Significant slippage", "May-26", True),
        ("Significant slippage", "Apr-26", False),
        ("Medium progress", "Aug-26", True),
        ("Medium progress", "Jul-26", False),  # it is due, and will not be there
        ("Medium progress", "Jun-26", False),
        ("Medium progress", "Mid 2026", False),  # it may have been due in May
        ("On track", "Dec-26", False),
        ("On hold", "Dec-26", False),
    ],
)
def test_red_or_amber_before_its_time_is_harsher_than_the_legend(status, due, is_found):
    checked = row(status, due, update="Work goes on")
    assert graded(rating_harsher, checked) == ({"BC.A1.1": "note"} if is_found else {})


@pytest.mark.parametrize(
    "update", ["The tender has slipped to October", "Date to be amended at change control"]
)
def test_a_delay_that_is_named_explains_the_rating(update):
    assert found(rating_harsher, row("Red", "Dec-26", update=update)) == []


# ---------------------------------------------------------------- the dates themselves


def test_dates_that_cannot_be_read_and_that_were_mended_are_told_of_at_their_cells():
    checked = row("On track", "Ocr 26", "sometime soon")
    assert found(date_unreadable, checked) == [
        ("BC.A1.1", 'start date "sometime soon" cannot be read as a date. Type it as 31 July 2023, '
                    "Jul-23, Autumn 2023 or TBC.")
    ]  # fmt: skip
    assert found(date_mended, checked) == [
        ("BC.A1.1", 'due date "Ocr 26" was read as October 2026. Correct it if that is wrong.')
    ]
    (mended,) = date_mended.find(checked)
    action = checked.actions[0]
    assert mended.places[0][:2] == ("Sheet 1", action.cell("due_date"))
    assert mended.places[0].says == "Ocr 26"


@pytest.mark.parametrize("typed", ["Oct-26", "TBC", "Ongoing", "Quarterly", "Autumn 2026", ""])
def test_dates_that_are_understood_are_not_told_of(typed):
    checked = row("On track", typed, typed)
    assert found(date_unreadable, checked) == found(date_mended, checked) == []


@pytest.mark.parametrize(
    ("start", "due", "is_found"),
    [
        ("Sep-26", "Aug-26", True),
        ("Aug-26", "Aug-26", False),
        ("3 August 2026", "3 August 2026", False),
        ("4 August 2026", "3 August 2026", True),
        ("Autumn 2026", "Sep-26", False),  # it may start in September
        ("Autumn 2026", "Aug-26", True),
        ("2026", "Mar-26", False),
        ("Sep-26", "", False),
        ("Sep-26", "Ongoing", False),
        ("Sep-26", "TBC", False),
        ("", "Aug-26", False),
        ("Quarterly", "Aug-26", False),
        ("Sep-26", "Aug-26 > Dec-26", False),
    ],
)
def test_a_start_after_the_due_date_is_found_when_no_reading_helps(start, due, is_found):
    assert bool(found(start_after_due, row("On track", due, start))) == is_found


def test_dates_the_wrong_way_round_explain_what_they_say_of_the_status():
    checked = row("On track", "Jan-26", "Mar-26")
    codes = {code for code, _ in told(checked, ["dates"])}
    assert "start-after-due" in codes
    assert "due-passed-on-track" not in codes


def test_a_start_without_a_due_date_is_found_where_others_have_one():
    checked = plan(
        """Theme
        BC.A1.0 | Focus 2 | | On track | start_date=Jan-26
        BC.A1.1 | N/A | | On track | start_date=Jan-26
        BC.A1.2 | N/A | TBC | On track | start_date=Jan-26
        BC.A1.3 | N/A | | On track | start_date=Ongoing
        BC.A1.4 | N/A | | On track
        BC.A1.5 | N/A | | Complete | start_date=Jan-26
        BC.A1.6 | N/A | | Closed | start_date=Jan-26
        BC.A1.7 | N/A | | | start_date=Jan-26
        """,
        months=(JULY,),
    )
    assert [reference for reference, _ in found(start_without_due, checked)] == [
        "BC.A1.1", "BC.A1.7",
    ]  # fmt: skip


def test_a_sheet_without_due_dates_is_not_asked_for_them():
    assert found(start_without_due, row("On track", "", "Jan-26")) == []
    other = "Other\nBC.B1.1 | N/A | Dec-26 | On track"
    line = "Theme\nBC.A1.1 | N/A | | On track | start_date=Jan-26"
    assert found(start_without_due, plan(line, other, months=(JULY,))) == []


# ---------------------------------------------------------------- what an answer holds for


def test_an_answer_holds_for_the_status_and_the_date_that_were_judged():
    def says(status, due):
        (told_of,) = due_passed_on_track.find(row(status, due))
        return told_of.places[0].says

    assert says("On track", "Jan-26") == "On track\nJan-26"
    assert (
        len({says("On track", "Jan-26"), says("On track", "Feb-26"), says("Green", "Jan-26")}) == 3
    )


def test_what_is_equally_late_is_said_once():
    rows = "\n".join(f"BC.A1.{n} | N/A | Apr-26 | On track" for n in range(1, 9))
    messages = {f.message for f in due_passed_on_track.find(plan(f"Theme\n{rows}", months=(JULY,)))}
    assert len(messages) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_tracker_without_dates_or_rows_has_nothing_wrong_with_its_dates(rule):
    assert (
        found(rule, plan("Theme\nBC.A1.1 | N/A | | On track: Work goes on", months=(JULY,))) == []
    )
    assert found(rule, plan("Theme", months=(JULY,))) == []
    bare = plan("Theme\nBC.A1.1 | N/A | | Red: Work", months=(JULY,), columns=("reference",))
    assert found(rule, bare) == []
