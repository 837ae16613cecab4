"""`sheetplan change-control` as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run, unharmed
from tests.cycle.controlling import AGREED, OPEN, controlled
from tests.judges import openpyxl_values


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 5 August 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1785922200")


def tracker(folder: Path, *requests: dict[str, str]) -> Path:
    return controlled(folder / "plan.xlsx", *requests)


def test_what_was_carried_out_is_said_with_its_cell_and_both_dates(tmp_path: Path) -> None:
    path = tracker(tmp_path, AGREED)
    done = run("change-control", path)
    assert done.status == 0
    assert done.printed.startswith(
        "plan.xlsx: change control, 5 August 2026 Carried out: 1 request "
        "Id Reference Cell From To CC-1 LC.A1.2 Theme 1!D3 Jun-26 Sep-26 Verified"
    )
    assert "Backup plan (before change control).xlsx" in done.printed
    assert f"To take it back: sheetplan undo {path}" in done.printed
    assert openpyxl_values(path)["Theme 1"]["D3"] == "Sep-26"


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = tracker(tmp_path, AGREED)
    with unharmed(tmp_path):
        done = run("change-control", path, "--dry-run")
    assert done.status == 0
    assert "To carry out: 1 request" in done.printed
    assert "CC-1 LC.A1.2 Theme 1!D3 Jun-26 Sep-26" in done.printed
    assert "Would write plan.xlsx" in done.printed
    assert "Nothing was written." in done.printed


def test_it_may_be_written_to_a_new_file(tmp_path: Path) -> None:
    path = tracker(tmp_path, AGREED)
    before = path.read_bytes()
    done = run("change-control", path, "-o", tmp_path / "new.xlsx")
    assert done.status == 0
    assert path.read_bytes() == before
    assert openpyxl_values(tmp_path / "new.xlsx")["Theme 1"]["D3"] == "Sep-26"


def test_a_refused_request_is_named_with_its_reason_and_exits_with_1(tmp_path: Path) -> None:
    path = tracker(tmp_path, {**AGREED, "Decided by": ""})
    with unharmed(tmp_path):
        done = run("change-control", path)
    assert done.status == 1
    assert (
        "Not carried out: 1 request Change control!K2 (LC.A1.2) CC-1 is agreed and does not say "
        "who decided. Fill in Decided by." in done.printed
    )
    assert done.printed.endswith("There is nothing to carry out; nothing was written.")


def test_requests_that_wait_are_listed_and_one_that_waits_for_too_long_exits_with_1(
    tmp_path: Path,
) -> None:
    new = {**OPEN, "Id": "CC-2", "Reference": "LC.A1.1", "Asked by": "Head of HR"}
    old = {**OPEN, "Requested": "May 2026"}
    fresh = run("change-control", tracker(tmp_path, new))
    assert fresh.status == 0
    assert "Waiting for a decision: 1 request" in fresh.printed
    assert "CC-2 LC.A1.1 Due date Jun-26 Sep-26 Head of HR 5 days" in fresh.printed
    assert "TOO LONG" not in fresh.printed
    done = run("change-control", tracker(tmp_path, new, old))
    assert done.status == 1
    assert "CC-1 LC.A1.2 Due date Jun-26 Sep-26 2 months: TOO LONG CC-2" in done.printed


def test_a_council_says_for_how_long_a_request_may_wait(tmp_path: Path) -> None:
    settings = 'profile = "standard"\n[checks]\nrequest_months = 6\n'
    (tmp_path / "sheetplan.toml").write_text(settings, "utf-8")
    done = run("change-control", tracker(tmp_path, {**OPEN, "Requested": "May 2026"}))
    assert (done.status, "TOO LONG" in done.printed) == (0, False)


def test_what_is_to_be_done_by_hand_is_listed_until_somebody_says_that_it_is(
    tmp_path: Path,
) -> None:
    asked = {**AGREED, "Field": "Lead", "From": "Ben", "To": "Cleo"}
    done = run("change-control", tracker(tmp_path, asked))
    assert done.status == 0
    assert "Agreed, and to be done by hand: 1 request" in done.printed
    assert "CC-1 LC.A1.2 Director lead Ben Cleo When one is done, write so" in done.printed
    again = run("change-control", tracker(tmp_path, {**asked, "Carried out": "4 August 2026"}))
    assert "by hand" not in again.printed


def test_a_tracker_without_the_sheet_is_told_how_to_get_one(tmp_path: Path) -> None:
    path = tracker(tmp_path)
    done = run("change-control", path)
    assert done.status == 0
    assert "There is no sheet Change control, so nothing is asked for." in done.printed
    assert f"To add one: sheetplan prepare {path}" in done.printed


def test_json_has_each_request_where_it_belongs(tmp_path: Path) -> None:
    path = tracker(
        tmp_path,
        AGREED,
        {**OPEN, "Id": "CC-2", "Reference": "LC.A1.1"},
        {**AGREED, "Id": "CC-3", "Reference": "LC.A9.9"},
        {**AGREED, "Id": "CC-4", "Field": "Lead"},
    )
    done = run("change-control", path, "--json", "--dry-run")
    data = done.data
    assert done.status == 1
    assert data["carried_out"] == [
        {
            "requests": ["CC-1"], "reference": "LC.A1.2", "also": [], "sheet": "Theme 1",
            "cell": "D3", "field": "due_date", "before": "Jun-26", "after": "Sep-26",
            "was_there_already": False,
        }
    ]  # fmt: skip
    assert [(w["request"], w["months"], w["is_too_long"]) for w in data["waiting"]] == [
        ("CC-2", 0, False)
    ]
    assert [finding["code"] for finding in data["refused"]] == ["request-action-unknown"]
    assert [request["request"] for request in data["by_hand"]] == ["CC-4"]
    assert (data["month"], data["today"], data["dry_run"]) == ("2026-07", "2026-08-05", True)
    assert (data["sheet"], data["output"]) == ("Change control", str(path))
