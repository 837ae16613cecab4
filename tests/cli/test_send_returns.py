"""`sheetplan send-returns` as an officer meets it."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from tests.builders import workbook_from_text
from tests.cli.running import Outcome, names_in, run, start_code, unharmed
from tests.cli.test_kills import _deaths
from tests.judges import openpyxl_values

PLAN = """
    | Ref     | Action       | Update owner | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Fix the roof | Head of HR   | On track           |                    |
    | OC.A1.2 | Paint it     | Head of HR   | On track           |                    |
    | OC.A1.3 | Sell it      | Asha Roy     | Medium progress    |                    |
"""
OWNERS = """
    | Name       | Split into | E-mail             |
    | Head of HR |            | hr@wexcombe.example |
    | Asha Roy   |            | ar@wexcombe.example |
"""
HR, ASHA = "2023-07_head-of-hr-dc06.xlsx", "2023-07_asha-roy-ae17.xlsx"
SETTINGS = '[returns]\nreturn_to = "plan@wexcombe.example"\n'


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 15 August 2023."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1692100800")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A tracker whose owners and settings lack nothing."""
    (tmp_path / "sheetplan.toml").write_text(f'profile = "standard"\n\n{SETTINGS}', "utf-8")
    return workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, "Owners": OWNERS})


def send(plan: Path, *words: object, **options: int) -> Outcome:
    return run("send-returns", plan, "--to", plan.parent / "returns", *words, **options)


def table_of(outcome: Outcome) -> dict[str, str]:
    """The State of each owner, from the table."""
    lines = outcome.out.split("\n\n")[1].splitlines()[1:]
    return {line[2:14].strip(): line.split("  ")[-1].strip() for line in lines}


def test_it_says_who_gets_what_and_what_was_written(plan):
    outcome = send(plan, "--eml")
    assert outcome.status == 0
    assert outcome.err == ""
    lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
    folder = plan.parent / "returns"
    for line in (
        "plan.xlsx: returns for July 2023",
        "Owner Rows E-mail File State",
        f"Head of HR 2 yes {HR} New",
        f"Asha Roy 1 yes {ASHA} New",
        "Due Friday 25 August 2023",
        "Back to plan@wexcombe.example",
        "Messages send-list.csv, 2 .eml",
        f"New files 5 in {folder}",
        f"Written {plan}",
        "Backup plan (before sending returns July 2023).xlsx",
    ):
        assert line in lines
    assert "Verified" in outcome.out
    assert outcome.printed.endswith(
        f"To take it back: sheetplan undo {plan}, and delete the new files"
    )
    assert len(names_in(folder)) == 5


def test_a_rehearsal_shows_the_same_and_makes_no_folder(plan):
    with unharmed(plan.parent):
        shown = send(plan, "--eml", "-n")
    done = send(plan, "--eml")
    assert shown.status == 0
    assert table_of(shown) == table_of(done) == {"Head of HR": "New", "Asha Roy": "New"}
    assert "New files 5 in" in shown.printed
    assert "Would write plan.xlsx" in shown.printed
    assert "Nothing was written. Run it again without --dry-run" in shown.printed


def test_a_second_run_says_that_there_is_nothing_to_do(plan):
    send(plan)
    with unharmed(plan.parent):
        outcome = send(plan)
    assert outcome.status == 0
    assert table_of(outcome) == {"Head of HR": "Sent 15 Aug", "Asha Roy": "Sent 15 Aug"}
    assert "Every return has been sent; nothing was written." in outcome.printed
    assert f"{plan.parent / 'returns'} --reminders" in outcome.printed


def test_what_is_missing_is_made_again_and_said_so(plan):
    send(plan)
    (plan.parent / "returns" / HR).unlink()
    outcome = send(plan)
    assert table_of(outcome) == {"Head of HR": "Made again", "Asha Roy": "Sent 15 Aug"}
    assert "New files 2 in" in outcome.printed
    assert "Written" not in outcome.out  # the tracker has it already
    assert "undo" not in outcome.out


def test_reminders_are_said_and_made(plan):
    send(plan, "--only", "Head of HR")
    (plan.parent / "returns" / HR).unlink()
    outcome = send(plan, "--reminders")
    assert table_of(outcome) == {"Head of HR": "Reminder, made again", "Asha Roy": "Not sent"}
    assert f"reminder-{Path(HR).stem}.eml" in names_in(plan.parent / "returns")
    shown = send(plan, "--reminders", "-n")
    assert table_of(shown)["Head of HR"] == "Reminder"
    assert "New files 2 in" in shown.printed
    assert "Would write" not in shown.out


def test_with_nobody_to_remind_that_is_said(plan):
    outcome = send(plan, "--reminders")
    assert outcome.status == 0
    assert "Nobody is to be reminded; nothing was written." in outcome.printed


def test_where_nothing_is_asked_that_is_said(tmp_path):
    text = "\n".join(line.replace("On track", "Closed  ") for line in PLAN.splitlines()[:4])
    plan = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text})
    outcome = send(plan)
    assert "No update is asked for in July 2023; nothing was written." in outcome.printed
    assert not (tmp_path / "returns").exists()


def test_what_a_person_should_look_at_is_listed_and_is_exit_status_1(plan):
    (plan.parent / "sheetplan.toml").unlink()
    outcome = send(plan)
    assert outcome.status == 1
    assert "To look at" in outcome.out
    assert "nothing says whom returns go back to" in outcome.printed


def test_an_owner_without_an_address_is_told_of_and_no_fault(plan):
    book = openpyxl.load_workbook(plan)
    book["Owners"]["C2"] = None
    book.save(plan)
    outcome = send(plan, "-n")
    assert outcome.status == 0
    assert f"Head of HR 2 none {HR}" in outcome.printed
    assert "no e-mail address is given for Head of HR" in outcome.printed


def test_json_is_one_object_with_every_owner(plan):
    shown = send(plan, "--eml", "--json", "-n").data
    done = send(plan, "--eml", "--json").data
    assert list(shown) == list(done)
    assert (shown["dry_run"], done["dry_run"]) == (True, False)
    assert shown["backup"] == done["backup"]
    assert [owner["file"] for owner in done["owners"]] == [HR, ASHA]
    assert done["verified"]["cells_lost"] == 0
    again = send(plan, "--json").data
    assert (again["output"], again["backup"], again["send_list"]) == (None, None, None)


# ---------------------------------------------------------------- wrong usage and bad input


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--due", "soon"],
            '"soon" is not a day. Write it as 25 August 2023, 25/08/2023 or 2023-08-25.',
        ),
        (["--due", "2023-08-14"], "14 August 2023 has passed: today is 15 August 2023."),
        (["--due", "31 June 2024"], '"31 June 2024" is not a day'),
        (["--by", "me"], "'me' is not one of 'update-owner', 'director-lead'"),
        (["--month", "soon"], "is not a month"),
    ],
)
def test_wrong_usage_is_exit_status_2(plan, words, said):
    with unharmed(plan.parent):
        outcome = send(plan, *words)
    assert outcome.status == 2
    assert said in outcome.said


def test_without_a_folder_it_asks_for_one(plan):
    outcome = run("send-returns", plan)
    assert outcome.status == 2
    assert "Missing option '--to'" in outcome.said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "Hed of HR"], 'asked for anything in July 2023. Did you mean "Head of HR"?'),
        (["--month", "2024-05"], "plan.xlsx: the tracker does not have May 2024"),
        (["-o", "new.docx"], "new.docx: the new file must end in .xlsx"),
    ],
)
def test_what_cannot_be_done_is_exit_status_3(plan, words, said):
    with unharmed(plan.parent):
        outcome = send(plan, *words)
    assert outcome.status == 3
    assert said in outcome.said
    assert outcome.said.endswith("Nothing was written.")


def test_a_tracker_that_is_open_in_excel_is_refused(plan):
    (plan.parent / "~$plan.xlsx").write_bytes(b"\x04Jess")
    with unharmed(plan.parent):
        outcome = send(plan)
    assert outcome.status == 3
    assert "Jess has it" in outcome.said


_NO_ACCESS = """
import tempfile
from sheetplan.cli.main import main
make = tempfile.mkstemp
def refused(*words, dir=None, **more):
    if str(dir).endswith("returns"):
        raise PermissionError(13, "Permission denied")
    return make(*words, dir=dir, **more)
tempfile.mkstemp = refused
main()
"""


def test_a_folder_that_may_not_be_written_to_is_said_plainly(plan):
    words = ("send-returns", plan, "--to", plan.parent / "returns")
    with unharmed(plan.parent):
        outcome = start_code(_NO_ACCESS, *words)
    assert outcome.status == 3
    assert "you may not write to this folder" in outcome.said
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("columns", [100, 80, 60])
def test_no_line_is_wider_than_the_terminal(plan, columns):
    outcome = send(plan, "--dry-run", "--eml", columns=columns)
    lines = [line for line in outcome.out.splitlines() if not line.startswith("Nothing was")]
    assert max(map(len, lines)) <= columns


# ---------------------------------------------------------------- deaths


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, as on Linux")
def test_killed_at_any_moment_the_tracker_is_whole_and_nothing_is_sent_twice(tmp_path):
    stage = tmp_path / "stage"
    stage.mkdir()
    (stage / "sheetplan.toml").write_text(f'profile = "standard"\n\n{SETTINGS}', "utf-8")
    old = workbook_from_text(stage / "plan.xlsx", {"Theme 1": PLAN.rpartition("\n    |")[0]})
    words = ("send-returns", "plan.xlsx", "--to", "returns")
    seen = {}
    for folder in _deaths(tmp_path / "deaths", stage, *words):
        path = folder / "plan.xlsx"
        is_old = path.read_bytes() == old.read_bytes()
        assert is_old or "Returns" in openpyxl_values(path), folder.name
        there = folder / "returns"
        named = [n for n in names_in(there) if n[0] != "."] if there.exists() else []
        assert is_old or len(named) == 2, folder.name  # files first, the tracker last
        seen[is_old, tuple(named)] = path
    assert len(seen) >= 3
    for (is_old, named), path in seen.items():
        outcome = run("send-returns", path, "--to", path.parent / "returns")
        if not is_old:
            assert "Every return has been sent" in outcome.printed
        elif HR in named:  # of a tracker that never got its id
            assert outcome.status == 3
            assert f"{HR} is there already" in outcome.said
            assert "a run that was stopped" in outcome.said
        else:
            assert outcome.status == 0
            assert HR in names_in(path.parent / "returns")
