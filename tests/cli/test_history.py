"""`sheetplan history`: what it prints, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import names_in, run, unharmed
from tests.cycle.test_history import JULY, JUNE, MAY, made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made(tmp_path / "may.xlsx", MAY, "May-26")
    made(tmp_path / "june.xlsx", JUNE, "May-26", "Jun-26")
    made(tmp_path / "plan.xlsx", JULY, "Jun-26", "Jul-26")
    return tmp_path


def test_a_dry_run_shows_each_move_and_writes_nothing(folder: Path) -> None:
    with unharmed(folder):
        outcome = run(
            "history", folder / "plan.xlsx", folder / "june.xlsx", folder / "may.xlsx", "-n"
        )
    assert outcome.status == 0
    assert "May 2026 may.xlsx June 2026 june.xlsx July 2026 plan.xlsx" in outcome.printed
    assert "LC.A1.1 Jul-26 Oct-26 +3 does not know to add may.xlsx and june.xlsx" in outcome.printed
    assert (
        "LC.B1.1 Sep-26 taken out does not know to add june.xlsx and plan.xlsx" in outcome.printed
    )
    assert "Change control does not know of 3 moves" in outcome.printed
    assert "Originally Now Moved Months in all" in outcome.printed
    assert "LC.A1.1 Jul-26 " in outcome.printed
    assert "Backup plan (before date history).xlsx" in outcome.printed


def test_moves_are_written_once(folder: Path) -> None:
    words = ("history", folder / "plan.xlsx", folder / "june.xlsx")
    outcome = run(*words)
    assert outcome.status == 0
    assert "added june.xlsx and plan.xlsx" in outcome.printed
    assert "sheetplan undo" in outcome.printed
    with unharmed(folder):
        again = run(*words)
    assert again.status == 0
    assert "The Update log has every move already; nothing was written." in again.printed


def test_json_says_what_was_found_and_written(folder: Path) -> None:
    target = folder / "filled.xlsx"
    data = run("history", folder / "plan.xlsx", folder / "may.xlsx", "-o", target, "--json").data
    assert (data["added"], data["dry_run"], data["output"]) == (2, False, str(target))
    assert [move["months"] for move in data["moves"]] == [8, None]
    assert [date["slippage"] for date in data["dates"]] == [8, None]
    assert [date["times"] for date in data["dates"]] == [1, 1]
    assert data["findings"] == []


def test_what_was_passed_over_is_said_with_exit_status_1(folder: Path) -> None:
    (folder / "notes.xlsx").write_text("minutes")
    outcome = run("history", folder / "plan.xlsx", folder / "notes.xlsx")
    assert outcome.status == 1
    assert "notes.xlsx passed over:" in outcome.printed
    assert "There is no older copy to compare with; nothing was written." in outcome.printed
    assert "plan (before date history).xlsx" not in names_in(folder)


def test_when_nothing_moved_it_says_so(folder: Path) -> None:
    same = made(folder / "same.xlsx", JULY, "Jun-26")
    outcome = run("history", folder / "plan.xlsx", same)
    assert outcome.status == 0
    assert "No date moved; nothing was written." in outcome.printed


def test_a_call_without_older_copies_or_with_one_that_is_not_there_is_wrong_usage(
    folder: Path,
) -> None:
    assert run("history", folder / "plan.xlsx").status == 2
    outcome = run("history", folder / "plan.xlsx", folder / "april.xlsx")
    assert outcome.status == 2
    assert "april.xlsx: there is no such file. Check the name." in outcome.said


def test_a_narrow_terminal_and_a_long_date_are_borne(folder: Path) -> None:
    long = {"LC.A1.1": "31 October 2026 at the latest, " + "as agreed with all partners " * 3}
    made(folder / "plan.xlsx", {**JULY, **long}, "Jul-26")
    outcome = run("history", folder / "plan.xlsx", folder / "june.xlsx", "-n", columns=40)
    assert outcome.status in (0, 1)
    assert max(map(len, outcome.out.splitlines())) < 120
