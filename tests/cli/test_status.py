"""`sheetplan status` as a person runs it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import run, tracker_in, unharmed
from tests.cycle.collecting import HR, from_hr, registered, return_book, sent_tracker
from tests.return_files import row

SENT, DUE = date(2023, 7, 10), date(2023, 7, 20)
"""On this day and by that, returns were sent and are due."""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 18 July 2023."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1689681600")


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker that has sent returns to both owners."""
    return registered(sent_tracker(tmp_path), SENT, DUE)


def test_each_owner_has_a_row_and_the_totals_stand_below(tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = run("status", tracker)
    assert done.status == 1
    assert "plan.xlsx: returns for July 2023" in done.printed
    assert (
        "Owner Sent Due Returned Asked Blank In conflict Deadline "
        "Head of HR 10 Jul 20 Jul - 2 2 0 in 2 days "
        "Head of ICT 10 Jul 20 Jul - 2 2 0 in 2 days "
        "All 2 0 4 4 0"
    ) in done.printed


def test_the_messages_to_chase_with_can_be_pasted(tracker: Path) -> None:
    done = run("status", tracker, columns=40)
    assert (
        "To Head of HR <hr@wexcombe.example>\n"
        "Subject: Improvement Plan: your update for July 2023\n"
        "\n"
        "Dear Head of HR,\n"
        "\n"
        "We have not had your Improvement Plan update for July 2023 yet. It is due on 20 July "
        "2023.\n"
        "\n"
        "Still blank are 2 actions:\n"
        "- OC.A1.1 Do what OC.A1.1 asks for: no status and no update\n"
        "- OC.A1.2 Do what OC.A1.2 asks for: no status and no update\n"
    ) in done.out


def test_who_has_returned_everything_is_left_in_peace(tracker: Path, tmp_path: Path) -> None:
    run("collect-returns", tracker, from_hr(tmp_path / "hr.xlsx"))
    done = run("status", tracker)
    assert "Head of HR 10 Jul 20 Jul 18 Jul 2 0 0 Head of ICT" in done.printed
    assert "To Head of ICT" in done.out
    assert "To Head of HR" not in done.out


def test_who_returned_with_blanks_is_asked_for_the_rest(tracker: Path, tmp_path: Path) -> None:
    rows = (row("OC.A1.1", status="On track", update="Fine"), row("OC.A1.2", status="On track"))
    run("collect-returns", tracker, return_book(HR, *rows).save(tmp_path / "hr.xlsx"))
    done = run("status", tracker)
    assert "which came back on 18 July 2023. Part of it is still blank." in done.printed
    assert "Still blank is 1 action: - OC.A1.2 Do what OC.A1.2 asks for: no update" in done.printed


def test_what_an_officer_typed_is_no_longer_blank(tracker: Path) -> None:
    book = openpyxl.load_workbook(tracker)
    book["Theme 1"]["H2"], book["Theme 1"]["I2"] = "On track", "Said on the telephone"
    book.save(tracker)
    assert "Head of HR 10 Jul 20 Jul - 2 1 0" in run("status", tracker).printed


def test_the_days_over_the_deadline_are_counted(
    tracker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1690027200")  # 22 July 2023
    done = run("status", tracker)
    assert "2 days late" in done.printed
    assert "It was due on 20 July 2023." in done.printed


def test_conflicts_are_counted_with_the_way_to_settle_them(tracker: Path, tmp_path: Path) -> None:
    other = return_book(HR, row("OC.A1.1", update="Not so")).save(tmp_path / "other.xlsx")
    run("collect-returns", tracker, from_hr(tmp_path / "hr.xlsx"), other)
    done = run("status", tracker)
    assert done.status == 1
    assert "Answers to 1 cell differ" in done.printed
    assert f"sheetplan collect-returns {tracker} --resolve --month 2023-07" in done.printed


def test_a_tracker_that_has_sent_nothing_is_told_how(tmp_path: Path) -> None:
    path = sent_tracker(tmp_path)
    done = run("status", path)
    assert done.status == 0
    assert "No return for July 2023 has been sent." in done.printed
    assert (
        f"To send them: sheetplan send-returns {path} --to FOLDER --month 2023-07" in done.printed
    )


def test_a_month_before_is_looked_at_where_it_is_named(tracker: Path) -> None:
    done = run("status", tracker, "--month", "June 2023")
    assert "No return for June 2023 has been sent." in done.printed


def test_conflicts_of_another_month_are_not_forgotten(tracker: Path, tmp_path: Path) -> None:
    other = return_book(HR, row("OC.A1.1", status="On hold", update="Stopped"))
    run("collect-returns", tracker, from_hr(tmp_path / "a.xlsx"), other.save(tmp_path / "b.xlsx"))
    done = run("status", tracker, "--month", "June 2023")
    assert done.status == 1
    assert (
        "To look at Conflicts 2 cells are still in conflict for July 2023. Run status --month "
        "2023-07 to see how to settle that."
    ) in done.printed
    assert "2 cells are still in conflict" not in run("status", tracker).printed


def test_a_tracker_that_names_no_owner_has_nobody_to_ask(tmp_path: Path) -> None:
    done = run("status", tracker_in(tmp_path))
    assert done.status == 1
    assert "There is no action for which an update is asked." in done.printed
    assert "nobody is asked for its rows" in done.printed


def test_a_month_that_the_tracker_lacks_is_refused(tracker: Path) -> None:
    done = run("status", tracker, "--month", "2023-12")
    assert done.status == 3
    assert "the tracker does not have December 2023" in done.said


def test_json_has_the_same(tracker: Path) -> None:
    data = run("status", tracker, "--json").data
    first = data["owners"][0]
    assert (first["owner"], first["sent"], first["days_left"]) == ("Head of HR", "2023-07-10", 2)
    assert [blank["key"] for blank in first["blank"]] == ["OC.A1.1", "OC.A1.2"]
    assert data["totals"] == {
        "owners": 2, "sent": 2, "returned": 0, "asked": 4, "blank": 4, "conflicts": 0,
    }  # fmt: skip
    assert [message["email"] for message in data["chase"]] == [
        "hr@wexcombe.example",
        "ict@wexcombe.example",
    ]
    assert data["today"] == "2023-07-18"


@pytest.mark.parametrize("columns", [100, 80])
def test_no_line_of_the_table_is_wider_than_the_terminal(tracker: Path, columns: int) -> None:
    out = run("status", tracker, columns=columns).out
    table = out[: out.index("To Head of HR")]
    assert max(map(len, table.splitlines())) <= columns
