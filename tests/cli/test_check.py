"""`sheetplan check`: what it prints, on a screen and as data, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from tests.cli.running import Outcome, run, unharmed
from tests.cycle.checking import PLAN, RULES, answer, rows_of, tracker_to_check, type_into

BY_RULES = [word for rule in RULES for word in ("--rule", rule)]


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker with a status that nobody knows in July, and without two leads."""
    return tracker_to_check(tmp_path / "plan.xlsx")


def check(path: Path, *words: object, columns: int = 100) -> Outcome:
    """Run the check by two rules."""
    return run("check", path, *BY_RULES, *words, columns=columns)


# ---------------------------------------------------------------- what it says


def test_findings_stand_under_their_sheet_with_what_to_do(tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = check(tracker)
    assert done.status == 1
    assert done.err == ""
    assert done.out == (
        "plan.xlsx, July 2026: 1 error, 1 warning in 3 places\n"
        "\n"
        "Theme 1\n"
        "  error    G3 (LC.A1.2)\n"
        '           Status "Onn track" is not in the vocabulary. Did you mean "On track"? Correct '
        "the cell,\n"
        "           or add the words under [status] in sheetplan.toml. [status-not-understood]\n"
        "  warning  C3, C5 (LC.A1.2, LC.A1.4)\n"
        "           Has no lead. Write who answers for it in the lead column. [lead-missing]\n"
        "\n"
        "Why each rule matters: sheetplan check --rules\n"
        f"To answer findings in Excel: sheetplan check {tracker} --into-tracker\n"
    )


def test_where_nothing_is_wrong_the_status_is_0(tmp_path: Path) -> None:
    sound = PLAN.replace("Onn track", "On track ").replace("|      |", "| Cleo |")
    done = check(tracker_to_check(tmp_path / "plan.xlsx", sound))
    assert (done.status, done.out) == (0, "plan.xlsx, July 2026: nothing to put right\n")


def test_warnings_alone_are_no_reason_to_stop(tracker: Path) -> None:
    assert run("check", tracker, "--rule", "lead-missing").status == 0


def test_what_is_on_several_sheets_is_told_once(tmp_path: Path) -> None:
    path = tracker_to_check(tmp_path / "plan.xlsx", **{"Theme 2": PLAN.replace("LC.", "FA.")})
    done = check(path)
    assert "Several sheets" in done.out.splitlines()
    assert (
        "warning Theme 1!C3, C5; Theme 2!C3, C5 (LC.A1.2, LC.A1.4, FA.A1.2, FA.A1.4) Has no lead."
    ) in done.printed
    assert done.out.count("[lead-missing]") == 1


def test_of_many_cells_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    rows = [f"| LC.A1.{n} | Do it {n} | | On track |" for n in range(1, 46)]
    text = "\n".join(["| Ref | Action | Lead | RAG Jul-26 |", *rows])
    done = check(tracker_to_check(tmp_path / "plan.xlsx", text))
    assert "C2, C3, C4, C5, C6, C7, C8, C9 and 37 more (LC.A1.1," in done.printed
    assert "LC.A1.6 and 39 more)" in done.printed


def test_answered_findings_are_counted_and_not_listed(tracker: Path) -> None:
    check(tracker, "--into-tracker")
    answer(tracker, "The auditor's", lambda row: row["Severity"] == "Error")
    done = check(tracker)
    assert done.status == 0
    assert "plan.xlsx, July 2026: 1 warning in 2 places; 1 answered" in done.out
    assert "Onn track" not in done.out


def test_a_rule_that_is_off_is_named_with_its_reason(tracker: Path) -> None:
    text = 'profile = "standard"\n[checks.off]\nlead-missing = "Leads stand elsewhere"\n'
    (tracker.parent / "sheetplan.toml").write_text(text, "utf-8")
    assert "Switched off lead-missing Leads stand elsewhere" in check(tracker).printed
    assert "Switched off: lead-missing (Leads stand elsewhere)" in check(tracker, "--summary").out
    assert (
        "lead-missing: switched off Leads stand elsewhere"
        in run("check", tracker, "--rules").printed
    )


@pytest.mark.parametrize("columns", [120, 100, 80, 60])
@pytest.mark.parametrize("words", [[], ["--summary"], ["--rules"]], ids=str)
def test_no_line_is_wider_than_the_terminal(
    words: list[str], columns: int, example_path: Path
) -> None:
    done = run("check", example_path, *words, columns=columns)
    lines = [line for line in done.out.splitlines() if not line.startswith("To answer findings")]
    assert max(map(len, lines)) <= columns


# ---------------------------------------------------------------- the month


def test_another_month_than_the_latest_is_said(tmp_path: Path) -> None:
    rolled = PLAN.replace("Update Jul-26 |", "Update Jul-26 | RAG Aug-26 |")
    path = tracker_to_check(tmp_path / "plan.xlsx", rolled)
    assert check(path).out.splitlines()[:2] == [
        "plan.xlsx, July 2026: 1 error, 1 warning in 3 places",
        "Nobody has filled in August 2026 yet. To check it all the same: --month 2026-08",
    ]
    asked = check(path, "--month", "2026-08")
    assert "Nobody has filled in August 2026 yet; the newest month that is, is July 2026." in (
        asked.printed
    )
    assert "Nobody" not in check(path, "--month", "2026-06").out


def test_a_tracker_that_nobody_has_filled_in_is_said(tmp_path: Path) -> None:
    text = "| Ref | Action | RAG Jul-26 |\n| LC.A1.1 | Train | |"
    done = check(tracker_to_check(tmp_path / "plan.xlsx", text))
    assert "Nobody has filled in any month yet." in done.out


def test_a_month_that_is_not_there_stops_it(tracker: Path) -> None:
    done = check(tracker, "--month", "2027-01")
    assert (done.status, done.out) == (3, "")
    assert "plan.xlsx: the tracker does not have January 2027" in done.said


# ---------------------------------------------------------------- one screen


def test_a_summary_counts_each_rule(tracker: Path) -> None:
    done = check(tracker, "--summary")
    assert done.status == 1
    assert (
        "           Rule                   Places  Sheets\n"
        "  error    status-not-understood       1  Theme 1\n"
        "  warning  lead-missing                2  Theme 1\n"
    ) in done.out
    assert "Onn track" not in done.out


@pytest.mark.parametrize("lines", [24, 40])
def test_a_summary_fits_on_the_screen(
    lines: int, example_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINES", str(lines))
    sheetplan.check(example_path, into_tracker=True)
    type_into(example_path, "Theme 1", O6="?", O7="??", P6="As above", J6="soon", K7="one day")
    for words in ([], ["--into-tracker", "--dry-run"], ["--into-tracker"]):
        done = run("check", example_path, "--summary", *words, columns=80)
        assert 10 < len(done.out.splitlines()) < lines


# ---------------------------------------------------------------- rules


def test_the_rules_are_listed_without_a_tracker() -> None:
    done = run("check", "--rules")
    assert done.status == 0
    assert "lead-missing: warning Nobody answers for an action without a lead." in done.printed
    assert [rule["code"] for rule in run("check", "--rules", "--json").data["rules"]] == [
        rule.code for rule in sheetplan.check_rules()
    ]


def test_without_a_tracker_and_without_rules_the_command_is_put_wrongly() -> None:
    done = run("check")
    assert done.status == 2
    assert "Missing argument 'TRACKER'." in done.err


def test_an_unknown_rule_is_wrong_usage(tracker: Path) -> None:
    done = run("check", tracker, "--rule", "led-missing")
    assert (done.status, done.out) == (2, "")
    assert 'Did you mean "lead-missing"?' in done.said


# ---------------------------------------------------------------- into the tracker


def test_into_tracker_writes_the_sheet_and_says_so(tracker: Path) -> None:
    done = check(tracker, "--into-tracker")
    assert done.status == 1
    assert "Rows of the sheet Findings: 2 new." in done.out
    assert "Backup plan (before checking July 2026).xlsx" in done.printed
    assert len(rows_of(tracker)) == 2
    type_into(tracker, "Theme 1", G3="On track", C2=None)
    assert "Rows of the sheet Findings: 2 changed." in check(tracker, "--into-tracker").out
    again = check(tracker, "--into-tracker").out
    assert "The sheet Findings says all of this already; nothing was written." in again


def test_a_dry_run_writes_nothing(tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = check(tracker, "--into-tracker", "--dry-run")
    assert "Rows of the sheet Findings to write: 2 new." in done.out
    assert "Nothing was written." in done.out


def test_where_nothing_is_found_there_is_no_sheet_to_speak_of(tmp_path: Path) -> None:
    sound = PLAN.replace("Onn track", "On track ").replace("|      |", "| Cleo |")
    done = check(tracker_to_check(tmp_path / "plan.xlsx", sound), "--into-tracker")
    assert "There is nothing for the sheet Findings; nothing was written." in done.out


def test_an_output_needs_something_to_write(tracker: Path) -> None:
    done = check(tracker, "-o", tracker.with_name("new.xlsx"))
    assert done.status == 2
    assert "--output goes with --into-tracker" in done.said


def test_data_says_what_was_found_and_what_is_written(tracker: Path) -> None:
    found = check(tracker, "--json")
    assert (found.status, found.err) == (1, "")
    assert found.data["totals"]["errors"] == {"findings": 1, "places": 1}
    assert "dry_run" not in found.data
    shown, done = (check(tracker, "--into-tracker", "--json", *n).data for n in (["-n"], []))
    assert list(shown) == list(done)
    (sheet,) = done["registers"]
    assert (sheet["sheet"], sheet["is_new"]) == ("Findings", True)
    assert [row["severity"] for row in sheet["rows"]] == ["Error", "Warning"]
    assert check(tracker, "--json").data["registers"] == []


def test_what_cannot_be_read_beside_the_plan_is_said(tmp_path: Path) -> None:
    owners = {"Owners": "| Owner | E-mail |\n| Asha | none at all |"}
    path = tracker_to_check(tmp_path / "plan.xlsx", **owners)
    assert "Not checked, since it cannot be read Owners!B2 (Asha)" in check(path).printed
    assert "1 cell on sheets beside the plan cannot be read." in check(path, "--summary").out
    assert [doubt["cell"] for doubt in check(path, "--json").data["doubts"]] == ["B2"]
