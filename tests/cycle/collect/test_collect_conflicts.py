"""Answers that differ wait on Conflicts until somebody chooses, in whatever order they came."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.return_records import KEEP, USE_THIS
from tests.cli.running import unharmed
from tests.cycle.collecting import (
    HR,
    ICT,
    choose,
    collect,
    from_hr,
    from_ict,
    records,
    return_book,
    said_of_july,
    sent_tracker,
    type_into,
)
from tests.return_files import row


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """A folder with the return of Head of HR."""
    folder = tmp_path / "returns"
    from_hr(folder / "Head of HR.xlsx")
    return folder


def _different_answers(folder: Path) -> list[Path]:
    """Three returns; two of them answer OC.A1.1, and its update, differently."""
    folder.mkdir()
    first = from_hr(folder / "first.xlsx")
    again = return_book(HR, row("OC.A1.1", status="Complete", update="Not done at all"))
    return [first, again.save(folder / "again.xlsx"), from_ict(folder / "ict.xlsx")]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_half_now_and_half_later_comes_to_the_same_in_any_order(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    files = _different_answers(tmp_path / "returns")
    at_once = sent_tracker(tmp_path / "at once")
    collect(at_once, *files)
    one_by_one = sent_tracker(tmp_path / "one by one")
    for number in order:
        collect(one_by_one, files[number])
    assert said_of_july(one_by_one) == said_of_july(at_once)
    assert "I2" not in said_of_july(at_once)
    assert _conflicts(one_by_one) == _conflicts(at_once)


def _conflicts(tracker: Path) -> set[tuple[object, ...]]:
    return {
        (r["Reference"], r["Field"], r.get("Tracker keeps"), r["Answer"], r["Outcome"])
        for r in records(tracker, "Conflicts")
    }


def test_two_answers_to_one_cell_wait_and_the_tracker_keeps_what_it_has(
    tracker: Path, tmp_path: Path
) -> None:
    plan = collect(tracker, *_different_answers(tmp_path / "returns"))
    assert _conflicts(tracker) == {
        ("OC.A1.1", "Update", None, "Done in July", "Open"),
        ("OC.A1.1", "Update", None, "Not done at all", "Open"),
    }
    assert "I2" not in said_of_july(tracker)
    assert said_of_july(tracker)["H2"] == "Complete"  # on which both agree
    assert (plan.open_conflicts, plan.conflicts_sheet) == (1, "Conflicts")
    assert plan.needs_attention


def test_what_an_officer_typed_since_is_kept_and_the_answer_waits(
    tracker: Path, returns: Path
) -> None:
    type_into(tracker, "Theme 1", {"I2": "Typed after a telephone call"})
    collect(tracker, returns)
    assert said_of_july(tracker)["I2"] == "Typed after a telephone call"
    assert _conflicts(tracker) == {
        ("OC.A1.1", "Update", "Typed after a telephone call", "Done in July", "Open")
    }


def test_a_choice_is_carried_out(tracker: Path, tmp_path: Path) -> None:
    collect(tracker, *_different_answers(tmp_path / "returns"))
    choose(tracker, USE_THIS, of="Not done at all")
    result = sheetplan.collect_returns(tracker, resolve=True)
    assert result.backup is not None
    assert result.backup.name == "plan (before resolving conflicts July 2023).xlsx"
    assert sheetplan.undo(tracker, dry_run=True).backup == result.backup
    assert said_of_july(tracker)["I2"] == "Not done at all"
    assert "Open" not in {outcome for *_, outcome in _conflicts(tracker)}
    assert result.plan.open_conflicts == 0
    assert records(tracker, "Update log")[-1]["After"] == "Not done at all"


def test_the_trackers_own_words_can_be_kept(tracker: Path, returns: Path) -> None:
    type_into(tracker, "Theme 1", {"I2": "Typed after a telephone call"})
    collect(tracker, returns)
    choose(tracker, KEEP, of="Done in July")
    plan = collect(tracker, resolve=True)
    assert said_of_july(tracker)["I2"] == "Typed after a telephone call"
    assert plan.open_conflicts == 0


def test_what_was_settled_stays_settled_when_the_returns_come_again(
    tracker: Path, tmp_path: Path
) -> None:
    files = _different_answers(tmp_path / "returns")
    collect(tracker, *files)
    choose(tracker, USE_THIS, of="Not done at all")
    collect(tracker, resolve=True)
    plan = collect(tracker, *files)
    assert said_of_july(tracker)["I2"] == "Not done at all"
    assert (plan.open_conflicts, plan.writes) == (0, ())


def test_without_a_choice_there_is_nothing_to_carry_out(tracker: Path, tmp_path: Path) -> None:
    collect(tracker, *_different_answers(tmp_path / "returns"))
    with unharmed(tracker.parent):
        result = sheetplan.collect_returns(tracker, resolve=True)
    assert result.output is None
    assert result.plan.open_conflicts == 1


def test_choices_are_carried_out_before_new_returns_are_merged(
    tracker: Path, tmp_path: Path
) -> None:
    collect(tracker, *_different_answers(tmp_path / "returns"))
    choose(tracker, USE_THIS, of="Not done at all")
    late = return_book(ICT, row("OC.A1.4", status="Complete", update="Sold")).save(
        tmp_path / "late.xlsx"
    )
    result = sheetplan.collect_returns(tracker, [late], resolve=True)
    assert result.plan.has_work
    said = said_of_july(tracker)
    assert (said["I2"], said["I5"]) == ("Not done at all", "Sold")
    assert result.plan.open_conflicts == 0
    assert [e["After"] for e in records(tracker, "Update log")][-3:] == [
        "Not done at all", "Complete", "Sold",
    ]  # fmt: skip
