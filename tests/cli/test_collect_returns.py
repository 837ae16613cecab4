"""`sheetplan collect-returns` as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run, unharmed
from tests.cycle.collecting import (
    HR,
    choose,
    from_hr,
    from_ict,
    return_book,
    said_of_july,
    sent_tracker,
)
from tests.return_files import row


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return sent_tracker(tmp_path / "tracker")


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    folder = tmp_path / "returns"
    from_hr(folder / "hr.xlsx")
    from_ict(folder / "ict.xlsx")
    return folder


def test_each_return_has_a_row_and_the_totals_add_up(tracker: Path, returns: Path) -> None:
    done = run("collect-returns", tracker, returns)
    assert done.status == 0, done.said
    assert "plan.xlsx: returns for July 2023" in done.printed
    assert (
        "Owner Answered Merged Same Conflicts Requests Rejected "
        "Head of HR 2 of 2 4 0 0 0 0 "
        "Head of ICT 1 of 2 2 0 0 0 0"
    ) in done.printed
    assert (
        "Files 2 found = 2 merged + 0 rejected + 0 passed over "
        "Rows 4 asked for = 3 answered + 1 blank + 0 missing "
        "Cells 6 came back changed = 6 merged + 0 the same + 0 in conflict + "
        "0 in requests + 0 rejected"
    ) in done.printed
    assert "0 lost" in done.printed
    assert "Backup plan (before collecting returns July 2023).xlsx" in done.printed
    assert "To take it back: sheetplan undo" in done.printed
    assert len(said_of_july(tracker)) == 6


def test_a_dry_run_shows_the_same_and_writes_nothing(tracker: Path, returns: Path) -> None:
    with unharmed(tracker.parent), unharmed(returns):
        shown = run("collect-returns", tracker, returns, "--dry-run")
    assert shown.status == 0
    assert "Would write plan.xlsx" in shown.printed
    assert "Nothing was written. Run it again without --dry-run to do this." in shown.printed
    done = run("collect-returns", tracker, returns)
    rows = done.out[: done.out.index("Verified")].rstrip()
    rows = rows.replace("Written into", "To be written into")
    rows = rows.replace("is on the sheet Update log", "is listed by --json")
    assert rows == shown.out[: shown.out.index("Would write")].rstrip()
    assert "Written into the plan Theme 1 3 statuses and 3 updates" in done.printed


def test_collecting_again_says_that_there_is_nothing_new(tracker: Path, returns: Path) -> None:
    run("collect-returns", tracker, returns)
    with unharmed(tracker.parent):
        again = run("collect-returns", tracker, returns)
    assert again.status == 0
    assert "There is nothing new; nothing was written." in again.printed
    assert "Verified" not in again.printed


def test_files_that_are_not_merged_are_named_with_the_reason(tracker: Path, returns: Path) -> None:
    (returns / "torn.xlsx").write_bytes((returns / "hr.xlsx").read_bytes()[:900])
    (returns / "~$hr.xlsx").write_bytes(b"lock")
    from_ict(returns / "elsewhere.xlsx", tracker="ffff0000")
    done = run("collect-returns", tracker, returns)
    assert done.status == 1
    assert "Files rejected elsewhere.xlsx it belongs to another tracker" in done.printed
    assert "torn.xlsx" in done.printed
    assert "Files passed over ~$hr.xlsx a lock file" in done.printed
    assert "Files 5 found = 2 merged + 2 rejected + 1 passed over" in done.printed
    assert len(said_of_july(tracker)) == 6


def test_files_that_are_rejected_for_one_reason_are_named_together(
    tracker: Path, tmp_path: Path
) -> None:
    data = from_hr(tmp_path / "hr.xlsx").read_bytes()
    folder = tmp_path / "torn"
    folder.mkdir()
    names = [f"{number} torn.xlsx" for number in range(9)]
    for number, name in enumerate(names):
        (folder / name).write_bytes(data[: 900 + number])
    done = run("collect-returns", tracker, folder)
    assert f"Files rejected {', '.join(names[:-1])} and {names[-1]} the file is" in done.printed
    assert done.printed.count("the file is damaged") == 1


def test_an_answer_that_is_not_merged_is_printed(tracker: Path, tmp_path: Path) -> None:
    rows = (row("OC.A1.1", update="Ours"), row("OC.A1.3", update="Theirs, and long " * 9))
    book = return_book(HR, *rows, sent={"OC.A1.1": row("OC.A1.1")})
    done = run("collect-returns", tracker, book.save(tmp_path / "hr.xlsx"))
    assert done.status == 1
    assert "Not merged hr.xlsx: H7 (OC.A1.3) It is not among the rows sent to Head of HR." in (
        done.printed
    )
    assert 'It says "Theirs, and long Theirs, and long' in done.printed
    assert "1 rejected" in done.printed


def test_conflicts_are_counted_with_the_way_to_settle_them(tracker: Path, returns: Path) -> None:
    return_book(HR, row("OC.A1.1", update="Not so")).save(returns / "other.xlsx")
    done = run("collect-returns", tracker, returns)
    assert done.status == 1
    assert (
        "Answers to 1 cell differ, and the tracker keeps what it has. Choose in the column Choice "
        f"of the sheet Conflicts, then run sheetplan collect-returns {tracker} --resolve "
        "--month 2023-07"
    ) in done.printed


def test_requests_are_counted_with_the_way_to_carry_them_out(tracker: Path, tmp_path: Path) -> None:
    rows = (row("OC.A1.1", date_change="May 2024", date_change_reason="No staff"),)
    new = {"theme": "Theme 1", "action": "Hire two", "lead": "Head of HR", "reason": "No staff"}
    book = return_book(HR, *rows, new_actions=(new,))
    path = book.save(tmp_path / "hr.xlsx")
    done = run("collect-returns", tracker, path)
    assert "+ 6 in requests + 0 rejected" in done.printed
    said = (
        "Change control 6 cells ask for what only change control can grant, and 2 requests wait "
        "for a decision. Note it under Decision on the sheet Change control; then, to carry out "
        f"what is agreed, run sheetplan change-control {tracker}"
    )
    assert said in done.printed
    assert said in run("collect-returns", tracker, path).printed  # they wait until somebody decides
    assert run("collect-returns", tracker, path, "--json").data["open_requests"] == 2
    assert "Waiting for a decision: 2 requests" in run("change-control", tracker).printed


def test_nothing_is_said_of_requests_where_none_is_made(tracker: Path, returns: Path) -> None:
    assert "Change control" not in run("collect-returns", tracker, returns).printed


def test_resolving_without_a_choice_says_so(tracker: Path, returns: Path) -> None:
    return_book(HR, row("OC.A1.1", update="Not so")).save(returns / "other.xlsx")
    run("collect-returns", tracker, returns)
    with unharmed(tracker.parent):
        done = run("collect-returns", tracker, "--resolve")
    assert done.status == 1
    assert "plan.xlsx: conflicts of July 2023" in done.printed
    assert "There is no new choice to carry out; nothing was written." in done.printed


def test_resolving_says_which_conflicts_were_settled_and_how(tracker: Path, returns: Path) -> None:
    return_book(HR, row("OC.A1.1", update="Not so")).save(returns / "other.xlsx")
    run("collect-returns", tracker, returns)
    choose(tracker, "Use this answer", of="Not so")
    done = run("collect-returns", tracker, "--resolve")
    assert "Conflicts settled" in done.printed
    assert "OC.A1.1 update Used" in done.printed
    assert "OC.A1.1 update Not used" in done.printed
    assert "Conflicts settled" not in run("collect-returns", tracker, returns).printed


def test_json_has_what_became_of_every_file_and_answer(tracker: Path, returns: Path) -> None:
    (returns / "~$hr.xlsx").write_bytes(b"lock")
    (returns / "empty.xlsx").write_bytes(b"")
    return_book(HR, row("OC.A1.1", update="Not so")).save(returns / "other.xlsx")
    shown = run("collect-returns", tracker, returns, "--json", "-n")
    done = run("collect-returns", tracker, returns, "--json")
    assert (shown.status, done.status) == (1, 1)
    assert list(shown.data) == list(done.data)
    data = done.data
    assert {file["file"]: file["outcome"] for file in data["files"]} == {
        "hr.xlsx": "merged",
        "ict.xlsx": "merged",
        "other.xlsx": "merged",
        "~$hr.xlsx": "passed over",
        "empty.xlsx": "rejected",
    }
    assert data["totals"]["found"] == 5
    assert data["totals"]["conflicts"] == 2
    assert {answer["text"] for answer in data["not_merged"]} == {"Done in July", "Not so"}
    assert {write["cell"] for write in data["writes"]} == {"H2", "H3", "I3", "H4", "I4"}
    assert [register["sheet"] for register in data["registers"]]
    assert data["open_conflicts"] == 1
    assert data["verified"]["cells_lost"] == 0


def test_a_return_without_a_reference_is_taken_for_whom_is_named(
    tracker: Path, tmp_path: Path
) -> None:
    path = from_hr(tmp_path / "hr.xlsx", places=())
    assert "--owner NAME --month 2023-07" in run("collect-returns", tracker, path).printed
    done = run("collect-returns", tracker, path, "--owner", HR, "--month", "July 2023")
    assert done.status == 0
    assert len(said_of_july(tracker)) == 4


def test_owners_are_trusted_where_that_is_said(tracker: Path, tmp_path: Path) -> None:
    book = return_book(HR, row("OC.A1.3", status="On track"), sent={})
    path = book.save(tmp_path / "hr.xlsx")
    assert run("collect-returns", tracker, path).status == 1
    assert run("collect-returns", tracker, path, "--trust-owners").status == 0
    assert said_of_july(tracker) == {"H4": "On track"}


def test_no_file_and_no_resolve_is_wrong_usage(tracker: Path) -> None:
    done = run("collect-returns", tracker)
    assert done.status == 2
    assert "Only with --resolve can they be left out." in done.said


def test_a_file_that_is_not_there_is_wrong_usage(tracker: Path, returns: Path) -> None:
    with unharmed(tracker.parent):
        done = run("collect-returns", tracker, returns, "gone.xlsx")
    assert done.status == 2
    assert "gone.xlsx: there is no such file or folder." in done.said


@pytest.mark.parametrize("columns", [100, 80])
def test_no_line_is_wider_than_the_terminal(tracker: Path, returns: Path, columns: int) -> None:
    (returns / "empty.xlsx").write_bytes(b"")
    return_book(HR, row("OC.A1.1", update="Not so")).save(returns / "other.xlsx")
    done = run("collect-returns", tracker, returns, "--dry-run", columns=columns)
    to_paste = ("Nothing was written", "    sheetplan collect-returns")
    lines = [line for line in done.out.splitlines() if not line.startswith(to_paste)]
    assert max(map(len, lines)) <= columns
