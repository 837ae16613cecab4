"""`sheetplan compare` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import TRACKER, run, tracker_in, unharmed
from tests.judges import openpyxl_values


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A tracker, and a copy in which an action came, one went, and July says something else."""
    after = TRACKER.replace("Half done [AB]", "Three parts done [AB]").replace(
        "OC.A1.3 | Sell it ", "OC.A1.4 | Keep it "
    )
    return tracker_in(tmp_path, "older.xlsx"), tracker_in(tmp_path, "newer.xlsx", after)


def test_it_prints_both_files_the_counts_and_each_kind_of_change(pair):
    outcome = run("compare", *pair)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "older.xlsx to newer.xlsx",
        "July 2023, 3 actions to July 2023, 3 actions",
        "1 action added, 1 action removed, 1 text changed",
        "",
        "Actions added",
        "  OC.A1.4  Theme 1  Keep it",
        "",
        "Actions removed",
        "  OC.A1.3  Theme 1  Sell it",
        "",
        "Texts",
        "  OC.A1.1  update  Half done [AB] -> Three parts done [AB]",
    ]


def test_nothing_that_differs_is_said_and_is_exit_status_0(tmp_path):
    outcome = run("compare", tracker_in(tmp_path, "older.xlsx"), tracker_in(tmp_path, "newer.xlsx"))
    assert outcome.status == 0
    assert outcome.out.splitlines()[-1] == "Nothing differs."


def test_a_past_month_that_was_altered_is_exit_status_1(tmp_path):
    older = tracker_in(tmp_path, "older.xlsx")
    newer = tracker_in(tmp_path, "newer.xlsx", TRACKER.replace("Begun [AB]", "Not begun [AB]"))
    outcome = run("compare", older, newer)
    assert outcome.status == 1
    assert "Past months altered afterwards" in outcome.out
    assert "OC.A1.1  June 2023  update  Begun [AB] -> Not begun [AB]" in outcome.out


def test_a_reference_that_stands_twice_is_exit_status_1_and_said(tmp_path):
    twice = tracker_in(tmp_path, "twice.xlsx", TRACKER.replace("OC.A1.3", "OC.A1.2"))
    outcome = run("compare", twice, tracker_in(tmp_path, "newer.xlsx"))
    assert outcome.status == 1
    assert "To look at first" in outcome.out
    assert "in twice.xlsx another row has this reference as well" in outcome.printed


def test_the_months_the_wrong_way_round_are_said_and_compared(tmp_path):
    rows = [line.split("|") for line in TRACKER.strip().splitlines()]
    june = "\n".join("|".join([*row[:5], ""]) for row in rows)
    older = tracker_in(tmp_path, "june.xlsx", june)
    newer = tracker_in(tmp_path, "july.xlsx")
    outcome = run("compare", newer, older)
    assert outcome.status == 1
    assert "july.xlsx was named as the older" in outcome.printed
    assert "Month removed" in outcome.out
    assert run("compare", older, newer).status == 0


def test_more_rows_than_a_screen_holds_are_counted(tmp_path):
    head, *_ = TRACKER.strip().splitlines()
    rows = [f"| OC.A1.{at} | Do {at} | On track | Begun | On track | On |" for at in range(1, 41)]
    older = tracker_in(tmp_path, "older.xlsx", "\n".join([head, rows[0]]))
    newer = tracker_in(tmp_path, "newer.xlsx", "\n".join([head, *rows]))
    outcome = run("compare", older, newer)
    assert "39 actions added" in outcome.out
    assert "and 19 more; -o CHANGES.xlsx and --json list them all." in outcome.out


def test_long_texts_are_shown_from_a_little_in_front_of_where_they_differ(tmp_path):
    long = "word " * 40
    older = tracker_in(tmp_path, "older.xlsx", TRACKER.replace("Half done", f"{long}slow"))
    newer = tracker_in(tmp_path, "newer.xlsx", TRACKER.replace("Half done", f"{long}fast {long}"))
    printed = run("compare", older, newer).printed
    assert "…word word word slow [AB] -> …word word word fast word" in printed


def test_a_workbook_is_written_and_a_rehearsal_writes_none(pair, tmp_path):
    output = tmp_path / "changes.xlsx"
    with unharmed(tmp_path):
        outcome = run("compare", *pair, "-o", output, "--dry-run")
    assert "Would write" in outcome.out
    assert "Nothing was written." in outcome.out
    outcome = run("compare", *pair, "-o", output)
    assert outcome.status == 0
    assert outcome.out.splitlines()[-1].split() == ["Written", str(output)]
    assert openpyxl_values(output)["Texts"]["A5"] == "OC.A1.1"


def test_json_has_every_change_and_what_was_written(pair, tmp_path):
    output = tmp_path / "changes.xlsx"
    data = run("compare", *pair, "--json", "-o", output).data
    assert (data["older"], data["newer"]) == tuple(map(str, pair))
    assert data["counts"] == {
        "added": 1, "removed": 1, "renumbered": 0, "moved": 0, "fields": 1, "dates": 0,
        "statuses": 0, "past": 0, "structure": 0,
    }  # fmt: skip
    assert data["changes"]["fields"] == [
        {
            "reference": "OC.A1.1",
            "theme": "Theme 1",
            "action": "Fix the roof",
            "sheet": "Theme 1",
            "cell": "F2",
            "field": "update",
            "month": "2023-07",
            "before": "Half done [AB]",
            "after": "Three parts done [AB]",
        }
    ]
    assert data["changes"]["older"] == {
        "name": "older.xlsx", "month": "2023-07", "months": 2, "actions": 3
    }  # fmt: skip
    assert data["written"] == str(output)
    assert run("compare", *pair, "--json").data["written"] is None


def test_two_different_plans_are_exit_status_3(tmp_path):
    other = TRACKER.replace("OC.A", "ZZ.Q").replace(" it", " them").replace("the", "a")
    outcome = run(
        "compare", tracker_in(tmp_path, "one.xlsx"), tracker_in(tmp_path, "two.xlsx", other)
    )
    assert (outcome.status, outcome.out) == (3, "")
    assert "one.xlsx and two.xlsx share no reference" in outcome.said


def test_both_files_have_to_be_named(tmp_path):
    outcome = run("compare", tracker_in(tmp_path))
    assert outcome.status == 2
    assert "NEWER" in outcome.err


def test_a_summary_can_be_asked_for_what_changed_since(pair):
    outcome = run("summarise", pair[1], "--since", pair[0], "--dry-run")
    assert outcome.status in (0, 1)
    outcome = run("summarise", pair[1], "--since", pair[0].with_name("gone.xlsx"), "--dry-run")
    assert outcome.status == 3
    assert "gone.xlsx" in outcome.said
