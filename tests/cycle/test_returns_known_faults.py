"""Faults that a tool of the same kind has: what they would do here, and that it does not happen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest

import sheetplan
from sheetplan.cycle.collect_plan import CollectPlan
from tests.cycle.collecting import records
from tests.cycle.mischief import insert_rows
from tests.cycle.mischief_filling import Filling
from tests.cycle.mischief_tracker import Sent, send

PLANNER, LEGAL = 1, 4  # where these owners stand among those who were sent a return


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    return send(tmp_path_factory.mktemp("sent"), all_rows=False)


@pytest.fixture
def tracker(sent: Sent, tmp_path: Path) -> Path:
    shutil.copy(sent.tracker.with_name("sheetplan.toml"), tmp_path)
    return Path(shutil.copy(sent.tracker, tmp_path))


def filled(sent: Sent, owner: int, path: Path, fill: Callable[[Filling], object]) -> Path:
    """A return as its owner sends it back."""
    filling = Filling(sent.returns[owner], dict(sent.keys), [], Random(0), "")
    fill(filling)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(filling.book.data())
    return path


def collected(tracker: Path, *paths: Path) -> CollectPlan:
    return sheetplan.collect_returns(tracker, paths).plan


def said_of_july(tracker: Path) -> list[tuple[object, ...]]:
    """The reference, the status and the update of each row of the second theme that has either."""
    sheet = openpyxl.load_workbook(tracker)["Theme 2"]
    rows = [(row[1], row[7], row[6]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    return [row for row in rows if any(row[1:])]


def finish(filling: Filling) -> None:
    """Answer the last row of a return."""
    filling.put(filling.lines[-1], "update", "Done")


OTHERS = [("PR.C1.4", None, "Halfway there"), ("PR.C1.6", "On track", None)]
"""What the second theme says before anybody answers."""


@pytest.mark.parametrize(
    ("shown", "number", "style"),
    [("09:30", "0.39583333333", "time"), ("25:30:00", "1.0625", "duration")],
)
def test_a_time_takes_no_text_of_the_cell_before_it(
    shown: str, number: str, style: str, sent: Sent, tracker: Path, tmp_path: Path
) -> None:
    def fill(filling: Filling) -> None:
        filling.put(filling.lines[0], "status", "On track")
        filling.put_value(filling.lines[0], "update", shown, number, "", style)

    collected(tracker, filled(sent, PLANNER, tmp_path / "return.xlsx", fill))
    assert said_of_july(tracker) == [("PR.C1.1", "On track", shown), *OTHERS]


def test_an_inserted_row_shifts_no_answer_into_the_row_of_another(
    sent: Sent, tracker: Path, tmp_path: Path
) -> None:
    def fill(filling: Filling) -> None:
        for line in filling.lines:
            filling.put(line, "update", f"About {line.key}")
        insert_rows(filling)

    collected(tracker, filled(sent, PLANNER, tmp_path / "return.xlsx", fill))
    assert said_of_july(tracker) == [
        ("PR.C1.1", None, "About PR.C1.1"),
        ("PR.C1.2 a", None, "About PR.C1.2a"),
        OTHERS[0],
        ("PR.C1.5", None, "About PR.C1.5 (2)"),
        OTHERS[1],
    ]


def test_names_that_are_alike_up_to_a_dot_are_two_returns(
    sent: Sent, tracker: Path, tmp_path: Path
) -> None:
    first, second = (
        filled(sent, owner, tmp_path / name, finish)
        for owner, name in ((PLANNER, "OC.A2.1.xlsx"), (LEGAL, "OC.A2.2.xlsx"))
    )
    plan = collected(tracker, first, second)
    assert [item.file for item in plan.returns] == ["OC.A2.1.xlsx", "OC.A2.2.xlsx"]
    assert [entry["File"] for entry in records(tracker, "Update log")] == [
        "OC.A2.2.xlsx", "OC.A2.1.xlsx",
    ]  # fmt: skip
    assert [row[0] for row in said_of_july(tracker)] == [
        "PR.C1.4", "PR.C1.5", "PR.C1.5", "PR.C1.6",
    ]  # fmt: skip


def test_a_sheet_with_a_blank_behind_its_name_drops_no_return(
    sent: Sent, tracker: Path, tmp_path: Path
) -> None:
    def fill(filling: Filling) -> None:
        filling.put(filling.lines[0], "update", "Done")
        filling.main.name += " "

    plan = collected(tracker, filled(sent, PLANNER, tmp_path / "return.xlsx", fill))
    assert plan.totals.merged_files == 1
    assert ("PR.C1.1", None, "Done") in said_of_july(tracker)


def test_a_torn_file_and_a_lock_file_stop_none_of_the_others(
    sent: Sent, tracker: Path, tmp_path: Path
) -> None:
    path = filled(sent, PLANNER, tmp_path / "returns" / "b.xlsx", finish)
    path.with_name("a.xlsx").write_bytes(path.read_bytes()[:3_000])
    path.with_name("~$b.xlsx").write_bytes(b"\x0cChief Planner")
    plan = collected(tracker, path.parent)
    assert ("PR.C1.5", None, "Done") in said_of_july(tracker)
    assert [item.file for item in plan.rejected] == ["a.xlsx"]
    assert [item.file for item in plan.passed_over] == ["~$b.xlsx"]


def test_whatever_the_order_of_the_files_the_tracker_is_the_same_and_was_kept(
    sent: Sent, tracker: Path, tmp_path: Path
) -> None:
    before, other = tracker.read_bytes(), Path(shutil.copy(tracker, tmp_path / "other.xlsx"))
    one, two = (
        filled(sent, owner, tmp_path / f"{owner}.xlsx", finish) for owner in (PLANNER, LEGAL)
    )
    result = sheetplan.collect_returns(tracker, [one, two])
    assert result.backup is not None
    assert result.backup.read_bytes() == before
    collected(other, two, one)
    assert said_of_july(other) == said_of_july(tracker)
    files = ["", "", "4.xlsx", "1.xlsx", ""]
    for path in (tracker, other):
        assert [str(row.get("File") or "") for row in records(path, "Returns")] == files


def test_those_who_did_not_return_are_named(sent: Sent, tracker: Path, tmp_path: Path) -> None:
    done = filled(sent, PLANNER, tmp_path / "return.xlsx", finish)
    collected(tracker, done)
    owners = sheetplan.status(tracker).standing.owners
    assert [owner.owner for owner in owners if owner.returned is None] == [
        "Head of HR", "Head of ICT", "Head of Legal", "Asha Okoro",
    ]  # fmt: skip
