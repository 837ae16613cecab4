"""Exceptions: which actions are, in which order, and what is said of each."""

from dataclasses import replace

import pytest

from sheetplan.model import Month, StatusMeaning
from sheetplan.model.support import Milestone, SupportRecords
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker

MAIN = "BC.A1.0 | Focus 2 | | N/A | N/A"


def theme(*rows: str, months=(JUNE, JULY), settings=STANDARD, records=None):
    """The summary of a theme with these rows."""
    plan = tracker("\n".join(["Theme 1", *rows]), months=months)
    return summarise(plan, records or SupportRecords(), JULY, settings).themes[0]


def exceptions(*rows: str, **how):
    """The exceptions of a theme with a Focus 2 main action and these rows."""
    return theme(MAIN, *rows, **how).exceptions


def only(*rows: str, **how):
    """The one exception."""
    (line,) = exceptions(*rows, **how)
    return line


def references(lines) -> list[str]:
    return [line.reference for line in lines]


def test_exceptions_stand_red_amber_on_hold_and_then_by_reference():
    lines = exceptions(
        "BC.A1.10 | | | | Medium progress: a",
        "BC.A1.2 | | | | Medium progress: b",
        "BC.A1.3 | | | | On hold: c",
        "BC.A1.4 | | | | Significant slippage: d",
        "BC.A1.5 | | | | On track: e",
        "BC.A1.6 | | | | Complete: f",
    )
    assert references(lines) == ["BC.A1.4", "BC.A1.2", "BC.A1.10", "BC.A1.3"]


def test_what_counts_as_an_exception_is_the_profiles_affair():
    no_holds = replace(
        STANDARD,
        reports=replace(STANDARD.reports, exceptions=(StatusMeaning.MEDIUM_PROGRESS,)),
    )
    rows = ("BC.A1.1 | | | | Medium progress: a", "BC.A1.2 | | | | On hold: b")
    assert references(exceptions(*rows, settings=no_holds)) == ["BC.A1.1"]
    assert references(exceptions(*rows)) == ["BC.A1.1", "BC.A1.2"]


def test_a_main_action_is_an_exception_only_where_it_has_no_sub_actions():
    lines = theme(
        "BC.A1.0 | Focus 2 | | | Medium progress: a",
        "BC.A2.0 | Focus 2 | | | Medium progress: b",
        "BC.A2.1 | | | | On track: c",
    ).exceptions
    assert references(lines) == ["BC.A1.0"]


def test_sub_actions_take_the_focus_of_their_main_action_and_not_their_own():
    found = theme(
        "BC.A1.0 | Focus 1 | | N/A | N/A",
        "BC.A1.1 | Focus 2 | | | Medium progress: a",
        "BC.A2.0 | Focus 2 | | N/A | N/A",
        "BC.A2.1 | Focus 1 | | | Medium progress: b",
    )
    assert references(found.exceptions) == ["BC.A2.1"]
    assert references(found.focus_blocks[0].issues) == ["BC.A1.1"]


def test_colour_never_crosses_between_councils(tmp_path):
    from sheetplan.settings import load_profile

    path = tmp_path / "sheetplan.toml"
    path.write_text(
        'profile = "standard"\n[status.on_track]\nalone = ["Amber"]\nrag = "amber"\n', "utf-8"
    )
    theirs = load_profile(path)
    rows = ("BC.A1.1 | | | | Amber: a",)
    assert only(*rows).rating.words == "Amber – medium progress"
    assert exceptions(*rows, settings=theirs) == ()
    summary = theme(MAIN, *rows, settings=theirs)
    assert summary.numbers.sentence == "On track or complete: 1 of 1 due (100%)"


@pytest.mark.parametrize(
    ("due", "months", "words"),
    [
        ("Apr-26", 3, "3 months; the legend calls this significant"),
        ("May-26", 2, "2 months; the legend calls this medium"),
        ("Jun-26", 1, "1 month; the legend calls this medium"),
        ("15 July 2026", 0, "Less than 1 month; the legend calls this on track"),
        ("Jul-26", 0, "Due this month"),
        ("Aug-26", 0, "Not yet due"),
        ("Spring 2026", 2, "2 months; the legend calls this medium"),
        ("Apr-26 > Jun-26", 1, "1 month; the legend calls this medium"),
        ("Ongoing", None, "No fixed due date"),
        ("TBC", None, "No fixed due date"),
        ("wibble", None, "Due date not understood"),
        ("", None, "No due date"),
    ],
)
def test_slippage_counts_from_the_last_day_that_the_due_date_can_mean(due, months, words):
    line = only(f"BC.A1.1 | | {due} | | Medium progress: a")
    assert (line.slippage, line.slippage_words) == (months, words)


def test_the_legends_limits_are_the_profiles():
    strict = replace(
        STANDARD,
        reports=replace(STANDARD.reports, medium_slippage=2, significant_slippage=4),
    )
    said = [
        only(f"BC.A1.1 | | {due} | | Medium progress: a", settings=strict).slippage_words
        for due in ("Jun-26", "May-26", "Mar-26", "Feb-26")
    ]
    assert said == [
        "1 month; the legend calls this on track",
        "2 months; the legend calls this medium",
        "4 months; the legend calls this medium",
        "5 months; the legend calls this significant",
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("BC.A1.1 | | Apr-26 | | Medium progress: a", "Slippage of 3 months against Apr-26"),
        ("BC.A1.1 | | Apr-26 > Jun-26 | | Medium progress: a",
         "Slippage of 1 month against Jun-26"),
        ("BC.A1.1 | | 1 July 2026 | | Medium progress: a",
         "Slippage of less than 1 month against 1 July 2026"),
        ("BC.A1.1 | | Apr-26 | | On hold: a", "On hold"),
        ("BC.A1.1 | | Aug-26 | | Medium progress: a", "No reason given in the tracker"),
        ("BC.A1.1 | | TBC | | Medium progress: a", "No reason given in the tracker"),
    ],
)  # fmt: skip
def test_only_a_certain_reason_is_given(row, reason):
    assert only(row).reason == reason


@pytest.mark.parametrize(
    ("due", "words"),
    [("Jul- 26", "Jul- 26"), ("Jul-26 > Oct-26", "Jul-26, revised Oct-26"), ("", "No due date")],
)
def test_due_date_stands_as_typed(due, words):
    assert only(f"BC.A1.1 | | {due} | | Medium progress: a").due_words == words


@pytest.mark.parametrize(
    ("update", "note"),
    [
        ("Date goes to change control.", "Date to be amended at change control"),
        ("Change-control form sent", "Date to be amended at change control"),
        ("see CC in August", "Date to be amended at change control"),
        ("cc Finance", ""),
        ("The account is closed", ""),
        ("exchange controls", ""),
        ("Success", ""),
    ],
)
def test_change_control_is_noted_where_whole_words_ask_for_it(update, note):
    assert only(f"BC.A1.1 | | | | Medium progress: {update}").change_control == note


def test_an_open_milestone_of_the_action_can_ask_for_change_control():
    def noted(status: str, completed: Month | None = None) -> str:
        milestone = Milestone("M1", "BCA1.1", "Approved", status=status, completed=completed)
        records = SupportRecords(milestones=(milestone,))
        return only("BC.A1.1 | | | | Medium progress: a", records=records).change_control

    assert noted("Date change at change control") == "Date to be amended at change control"
    assert noted("Date change at change control", MAY) == ""
    assert noted("On track") == ""


def test_a_request_that_was_open_last_month_too_is_a_finding():
    rows = (
        "1.1 | | | Not due: to change control | Not due: change control asked for",
        "1.2 | | | Not due: not yet | Not due: change control asked for",
    )
    plan = tracker("\n".join(["Theme 1", *rows]))
    findings = summarise(plan, SupportRecords(), JULY, STANDARD).findings
    assert [(f.reference, f.sheet) for f in findings if f.code == "change-control-open"] == [
        ("1.1", "Sheet 1")
    ]


def test_commentary_that_is_copied_is_printed_and_marked():
    line = only("BC.A1.1 | | | On track: Draft  is out | Medium progress: Draft is out")
    assert line.is_copied
    assert line.commentary == "Draft is out (word for word as in June 2026)"


def test_commentary_that_is_new_is_printed_as_typed():
    line = only("BC.A1.1 | | | On track: Draft is out | Medium progress: =1+1 & <b> {x}")
    assert not line.is_copied
    assert line.commentary == "=1+1 & <b> {x}"


@pytest.mark.parametrize("update", ["", "N/A", "-", "n/a."])
def test_an_update_that_says_nothing_is_no_update(update):
    line = only(f"BC.A1.1 | | | | Medium progress: {update}")
    assert (line.has_update, line.commentary) == (False, "No update given")


def test_history_is_of_the_months_before_from_the_first_that_has_a_rating():
    months = tuple(JULY.plus(back) for back in range(-9, 1))
    row = f"BC.A1.1 | | | {' | ' * 5} On track | On track | | Medium progress | On hold: a"
    line = only(row, months=months)
    assert [(str(month), rating.words) for month, rating in line.history] == [
        ("March 2026", "Green – on track"),
        ("April 2026", "Green – on track"),
        ("May 2026", "No status"),
        ("June 2026", "Amber – medium progress"),
    ]
    assert line.last_rating is not None
    assert line.last_rating.words == "Amber – medium progress"


def test_history_goes_back_no_further_than_the_profile_says():
    months = tuple(JULY.plus(back) for back in range(-9, 1))
    row = f"BC.A1.1 | | | {'On track | ' * 9} On hold: a"
    assert len(only(row, months=months).history) == 6


def test_no_last_rating_where_the_tracker_begins():
    line = only("BC.A1.1 | | | On hold: a", months=(JULY,))
    assert (line.last_rating, line.history) == (None, ())


# ---------------------------------------------------------------- what else to note


def noted(*rows: str, **how) -> dict[str, list[str]]:
    """The references of what else to note."""
    found = theme(*rows, **how).attention
    return {
        name: references(getattr(found, name))
        for name in ("no_update", "not_understood", "copied", "due_next")
        if getattr(found, name)
    }


def test_actions_without_an_update_or_a_status_are_noted():
    assert noted(
        "1.1 | | | | On track",
        "1.2 | | | | : an update without a status",
        "1.3 | | | | ",
        "1.4 | | | | On track: fine",
        "1.5 | | | | Closed",
        "1.6 | | | | N/A",
    ) == {"no_update": ["1.1", "1.2", "1.3"]}


def test_statuses_that_are_not_understood_are_noted_and_found():
    row = "1.1 | | | | Onn track: fine"
    assert noted(row) == {"not_understood": ["1.1"]}
    plan = tracker(f"Theme 1\n{row}")
    (finding,) = [
        f
        for f in summarise(plan, SupportRecords(), JULY, STANDARD).findings
        if f.code == "status-not-understood"
    ]
    assert 'Did you mean "On track"?' in finding.message


def test_copied_updates_are_noted_but_not_of_what_was_complete_before():
    assert noted(
        "1.1 | | | On track: Same | On track: Same",
        "1.2 | | | On track: Same | Complete: Same",
        "1.3 | | | Complete: Same | Complete: Same",
        "1.4 | | | On track: Same | On track: Other",
    ) == {"copied": ["1.1", "1.2"]}


def test_open_actions_due_in_the_next_two_months_are_noted():
    assert noted(
        "1.1 | | Jul-26 | | On track: a",
        "1.2 | | Aug-26 | | On track: a",
        "1.3 | | 30 September 2026 | | On hold: a",
        "1.4 | | Oct-26 | | On track: a",
        "1.5 | | Aug-26 | | Complete: a",
        "1.6 | | Jun-26 > Sep-26 | | On track: a",
        "1.7 | | Ongoing | | On track: a",
    ) == {"due_next": ["1.2", "1.3", "1.6"]}
